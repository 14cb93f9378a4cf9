//! The rules of the house, as tests: who may import whom, which words and colours stand where, how things are named.
//!
//! Each test prints every place that breaks its rule. A rule that turns out wrong is changed here and in ARCHITECTURE.md
//! together.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root").to_owned()
}

/// Gives every file that git knows or would take in, by its path from the root with forward slashes.
fn files() -> Vec<String> {
    let output = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let listed: BTreeSet<&str> = listed.lines().collect();
    listed.into_iter().filter(|path| root().join(path).is_file()).map(str::to_owned).collect()
}

/// Gives what stands between backticks in a text.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn every_test_that_a_promise_names_is_there() {
    let sources: String =
        files().iter().filter(|path| path.ends_with(".rs")).map(|path| text(path)).collect();
    let table = text("crates/vv-core/src/sync/tests/evil.rs");
    let table: String = table.lines().filter(|line| line.starts_with("//! |")).collect();
    let promises = text("docs/promises.md");
    let mut missing = Vec::new();
    for name in quoted(&promises).chain(quoted(&table)) {
        let is_there = match name {
            command if command.starts_with("cargo ") => true,
            path if path.contains('/') => root().join(path).exists(),
            name => sources.contains(&format!("fn {name}(")),
        };
        if !is_there {
            missing.push(name.to_owned());
        }
    }
    assert_eq!(missing, Vec::<String>::new(), "docs/promises.md and evil.rs name what is not there");
    assert!((1..=18).all(|number| promises.contains(&format!("\n| {number} | "))), "a promise has no line");
}

fn text(path: &str) -> String {
    String::from_utf8_lossy(&fs::read(root().join(path)).unwrap_or_default()).into_owned()
}

fn sources(of: &[&str], endings: &[&str]) -> Vec<(String, String)> {
    files()
        .into_iter()
        .filter(|path| of.iter().any(|folder| path.starts_with(folder)))
        .filter(|path| endings.iter().any(|ending| path.ends_with(ending)))
        .filter(|path| !path.contains("/generated/"))
        .map(|path| (path.clone(), text(&path)))
        .collect()
}

/// Gives the places where a line holds one of the words and the place is not allowed.
fn lines_with(files: &[(String, String)], is_found: impl Fn(&str) -> bool) -> Vec<String> {
    files
        .iter()
        .flat_map(|(path, text)| text.lines().enumerate().map(move |(number, line)| (path, number + 1, line)))
        .filter(|(_, _, line)| is_found(line))
        .map(|(path, number, line)| format!("{path}:{number}: {}", line.trim()))
        .collect()
}

fn none(broken: Vec<String>, rule: &str) {
    assert!(broken.is_empty(), "{rule}\n{}", broken.join("\n"));
}

const RUST: &[&str] = &["crates/", "src-tauri/", "tests/", "benches/", "xtask/"];

#[test]
fn crates_depend_only_along_the_arrows() {
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .expect("cargo describes the workspace");
    let ours: BTreeSet<&str> = metadata.packages.iter().map(|package| package.name.as_str()).collect();
    let allowed: BTreeMap<&str, &[&str]> = BTreeMap::from([
        ("vv-crypto", &[][..]),
        ("vv-protocol", &[][..]),
        ("vv-core", &["vv-crypto", "vv-protocol"][..]),
        ("vv-api", &["vv-core"][..]),
        ("vv-cli", &["vv-api"][..]),
        ("vv-server", &["vv-protocol"][..]),
        ("vice-versa", &["vv-api"][..]),
        ("xtask", &[][..]),
    ]);
    let mut broken = Vec::new();
    for package in &metadata.packages {
        let Some(allowed) = allowed.get(package.name.as_str()) else { continue };
        for dependency in &package.dependencies {
            let is_normal = dependency.kind == cargo_metadata::DependencyKind::Normal;
            if is_normal
                && ours.contains(dependency.name.as_str())
                && !allowed.contains(&dependency.name.as_str())
            {
                broken.push(format!("{} may not depend on {}", package.name, dependency.name));
            }
        }
    }
    none(broken, "an arrow of ARCHITECTURE.md is broken:");
}

#[test]
fn the_server_links_nothing_that_could_open_a_record() {
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(root())
        .exec()
        .expect("cargo describes everything");
    let resolved = metadata.resolve.expect("cargo says who depends on whom");
    let name_of: BTreeMap<_, _> =
        metadata.packages.iter().map(|package| (package.id.clone(), package.name.to_string())).collect();
    let server =
        metadata.packages.iter().find(|package| package.name.as_str() == "vv-server").expect("it is there");
    let (mut reached, mut open) = (BTreeSet::new(), vec![server.id.clone()]);
    while let Some(id) = open.pop() {
        if !reached.insert(id.clone()) {
            continue;
        }
        let node = resolved.nodes.iter().find(|node| node.id == id).expect("every package is a node");
        let is_normal = |kinds: &[cargo_metadata::DepKindInfo]| {
            kinds.iter().any(|it| it.kind == cargo_metadata::DependencyKind::Normal)
        };
        open.extend(node.deps.iter().filter(|dep| is_normal(&dep.dep_kinds)).map(|dep| dep.pkg.clone()));
    }
    let sealing = ["vv-crypto", "vv-core", "vv-api", "hpke", "chacha20poly1305", "argon2", "bip39", "yrs"];
    let broken =
        reached.iter().filter_map(|id| name_of.get(id)).filter(|name| sealing.contains(&name.as_str()));
    none(broken.cloned().collect(), "the server could read what it stores, through:");
}

#[test]
fn each_outside_library_has_one_home() {
    let metadata = cargo_metadata::MetadataCommand::new()
        .current_dir(root())
        .no_deps()
        .exec()
        .expect("cargo describes the workspace");
    let homes: &[(&str, &[&str])] = &[
        ("tauri", &["vice-versa", "vv-empty-window"]),
        ("rusqlite", &["vv-core", "vv-server", "vv-benches"]),
        ("keyring", &["vv-api"]),
        // The server names it so that its store for chunks speaks TLS with `ring`.
        ("reqwest", &["vv-api", "vv-server"]),
        ("axum", &["vv-server"]),
        ("tokio-postgres", &["vv-server"]),
        ("object_store", &["vv-server"]),
        ("yrs", &["vv-core"]),
        ("cpal", &["vv-api"]),
        ("opusic-c", &["vv-core"]),
        ("hpke", &["vv-crypto"]),
        ("chacha20poly1305", &["vv-crypto"]),
        ("argon2", &["vv-crypto"]),
    ];
    let mut broken = Vec::new();
    for package in &metadata.packages {
        for dependency in &package.dependencies {
            if let Some((name, homes)) = homes.iter().find(|(name, _)| *name == dependency.name)
                && dependency.kind == cargo_metadata::DependencyKind::Normal
                && !homes.contains(&package.name.as_str())
            {
                broken.push(format!("{} depends on {name}; its home is {homes:?}", package.name));
            }
        }
    }
    let api = sources(&["crates/vv-api/src/"], &[".rs"]);
    let elsewhere: Vec<_> = api.into_iter().filter(|(path, _)| !path.ends_with("host/keyring.rs")).collect();
    broken.extend(lines_with(&elsewhere, |line| {
        ["keyring::v1", "keyring::Entry", "keyring_core::"].iter().any(|name| line.contains(name))
    }));
    none(broken, "a library is used outside its home:");
}

#[test]
fn the_interface_reaches_the_host_only_through_ipc() {
    let ui = sources(&["ui/src/"], &[".ts", ".svelte"]);
    let outside: Vec<_> = ui.into_iter().filter(|(path, _)| !path.starts_with("ui/src/ipc/")).collect();
    none(
        lines_with(&outside, |line| line.contains("@tauri-apps/") || line.contains("__TAURI")),
        "only ui/src/ipc may name the shell:",
    );
}

#[test]
fn features_of_the_interface_never_import_each_other() {
    let mut broken = Vec::new();
    for (path, text) in sources(&["ui/src/features/"], &[".ts", ".svelte"]) {
        let own =
            path.trim_start_matches("ui/src/features/").split('/').next().unwrap_or_default().to_owned();
        for (number, line) in text.lines().enumerate() {
            let Some(import) = line.split("from \"").nth(1).or_else(|| line.split("import(\"").nth(1)) else {
                continue;
            };
            let names_other =
                import.split("features/").nth(1).is_some_and(|rest| !rest.starts_with(&format!("{own}/")));
            let depth = path.trim_start_matches("ui/src/features/").matches('/').count();
            let climbs_out =
                import.starts_with(&"../".repeat(depth)) && !import.starts_with(&"../".repeat(depth + 1));
            if names_other || climbs_out {
                broken.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    none(broken, "a feature imports another feature; what both need belongs to components, ipc or app:");
}

#[test]
fn components_know_nothing_of_the_domain() {
    let components = sources(&["ui/src/components/"], &[".ts", ".svelte"]);
    none(
        lines_with(&components, |line| {
            (line.contains("from \"") || line.contains("import(\""))
                && ["features/", "/ipc", "/app/", "$ipc", "$features", "$app"]
                    .iter()
                    .any(|place| line.contains(place))
        }),
        "a component imports a feature, the host or the app:",
    );
}

#[test]
fn raw_colours_stand_only_in_the_tokens() {
    let ui = sources(&["ui/src/", "ui/index.html", "ui/capture.html"], &[".css", ".svelte", ".ts", ".html"]);
    let outside: Vec<_> = ui
        .into_iter()
        .filter(|(path, _)| !path.ends_with("styles/tokens.css") && !path.ends_with(".test.ts"))
        .collect();
    none(lines_with(&outside, holds_raw_colour), "a colour is written outside ui/src/styles/tokens.css:");
}

/// Says whether a line holds a colour in figures: `#` with 3, 4, 6 or 8 hexadecimal digits, or a colour function.
fn holds_raw_colour(line: &str) -> bool {
    if ["rgb(", "rgba(", "hsl(", "hsla(", "oklch("].iter().any(|name| line.contains(name)) {
        return true;
    }
    line.match_indices('#').any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let run: String = line[at + 1..].chars().take_while(char::is_ascii_alphanumeric).collect();
        let is_hex = matches!(run.len(), 3 | 4 | 6 | 8) && run.chars().all(|digit| digit.is_ascii_hexdigit());
        is_hex
            && matches!(before, Some(' ' | ':' | '"' | '\'' | '(' | ','))
            && !line.trim_start().starts_with("//")
            && !line.trim_start().starts_with('*')
            && run.chars().any(|digit| digit.is_ascii_digit() || run.len() >= 6)
    })
}

/// Places where a side of the screen is meant and not a side of the line, with the reason.
const SIDES: &[(&str, &str)] = &[
    // Drawn beside its twin for lines that run the other way: `select:dir(rtl)`.
    ("ui/src/styles/base.css", "background-position:"),
    // A corner in a drawing of a tick, which no language turns round.
    ("ui/src/components/Check.svelte", "border-width: 0 2px 2px 0"),
    // Measured in pixels of the window, and turned round beside it.
    ("ui/src/components/Popover.svelte", "panel.style.left"),
    ("ui/src/components/Menu.svelte", "panel.style.left"),
];

#[test]
fn the_interface_gives_places_along_the_line_and_not_left_or_right() {
    let ui: Vec<_> = sources(&["ui/src/"], &[".css", ".svelte", ".ts"])
        .into_iter()
        .filter(|(path, _)| !path.contains("/text/") && !path.ends_with(".test.ts"))
        .collect();
    let broken = lines_with(&ui, names_a_side)
        .into_iter()
        .filter(|found| !SIDES.iter().any(|(path, what)| found.starts_with(path) && found.contains(what)))
        .collect();
    none(broken, "a side of the screen is named, so it cannot be mirrored; use inline-start and inline-end:");
}

/// Says whether a line of a style names left or right, or gives four lengths of which the sides differ.
fn names_a_side(line: &str) -> bool {
    let sides = [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align: left",
        "text-align: right",
        "float: left",
        "float: right",
        "marginLeft",
        "marginRight",
        "paddingLeft",
        "paddingRight",
        "borderLeft",
        "borderRight",
        "-left-radius",
        "-right-radius",
        "style:left",
        "style:right",
        ".style.left",
        ".style.right",
        "to left,",
        "to right,",
        "background-position: right",
        "background-position: left",
    ];
    if sides.iter().any(|side| line.contains(side)) {
        return true;
    }
    let declared = line.split([';', '{', '}']).filter_map(|part| part.trim().split_once(':'));
    declared.into_iter().any(|(property, value)| match property.trim() {
        "left" | "right" => line.contains(';') && !line.contains("=>") && !line.trim_end().ends_with(','),
        "margin" | "padding" | "inset" | "border-width" | "scroll-margin" | "scroll-padding" => {
            let lengths: Vec<&str> = value.split_whitespace().collect();
            lengths.len() == 4 && !value.contains('(') && lengths[1] != lengths[3]
        }
        _ => false,
    })
}

#[test]
fn files_and_types_have_names_that_say_something() {
    let empty_files = ["utils", "util", "helpers", "helper", "common", "misc"];
    let mut broken: Vec<String> = files()
        .into_iter()
        .filter(|path| {
            let stem = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or_default();
            empty_files.contains(&stem.split('.').next().unwrap_or_default())
        })
        .collect();
    let empty_types = ["Manager", "Service", "Helper", "Util", "Utils", "Data", "Info"];
    for (path, text) in sources(RUST, &[".rs"]).into_iter().chain(sources(&["ui/src/"], &[".ts"])) {
        for (number, line) in text.lines().enumerate() {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let declares =
                words.any(|word| matches!(word, "struct" | "enum" | "trait" | "class" | "interface"));
            let name = words.next().unwrap_or_default();
            if declares
                && !line.trim_start().starts_with("//")
                && empty_types.iter().any(|ending| name.ends_with(ending))
            {
                broken.push(format!("{path}:{}: {name}", number + 1));
            }
        }
    }
    none(broken, "a name says nothing:");
}

#[test]
fn nothing_is_left_unfinished_or_switched_off() {
    let mut sources_of_all = sources(RUST, &[".rs"]);
    sources_of_all.extend(sources(&["ui/src/"], &[".ts", ".svelte"]));
    let own = "xtask/tests/house.rs";
    let others: Vec<_> = sources_of_all.into_iter().filter(|(path, _)| path != own).collect();
    let marks = [
        "todo!(",
        "unimplemented!(",
        "TODO",
        "FIXME",
        "#[ignore",
        "it.skip(",
        "test.skip(",
        "describe.skip(",
        "it.only(",
        "oming soon",
    ];
    none(
        lines_with(&others, |line| marks.iter().any(|mark| line.contains(mark))),
        "something is unfinished or switched off:",
    );
}

#[test]
fn no_file_names_a_machine_or_a_registry() {
    let own = "xtask/tests/house.rs";
    let endings = [".rs", ".ts", ".svelte", ".css", ".toml", ".md", ".yml", ".json", ".html", ".sh", "run"];
    let all: Vec<_> = sources(&[""], &endings)
        .into_iter()
        .filter(|(path, _)| {
            path != own && !path.ends_with("package-lock.json") && !path.starts_with("target/")
        })
        .collect();
    let machine = ["/work/", "/farm/", "/root/", "/home/runner"];
    let registries = ["crates.io/", "npmjs.", "pypi.org", "deb.debian.org", "static.rust-lang.org"];
    none(
        lines_with(&all, |line| machine.iter().chain(&registries).any(|word| line.contains(word))),
        "a file names a path of one machine or the host of a registry:",
    );
}

#[test]
fn libraries_do_not_print() {
    let libraries: Vec<_> = sources(
        &["crates/vv-crypto/src/", "crates/vv-protocol/src/", "crates/vv-core/src/", "crates/vv-server/src/"],
        &[".rs"],
    )
    .into_iter()
    .filter(|(path, _)| path != "crates/vv-server/src/main.rs")
    .collect();
    let prints = ["println!(", "eprintln!(", "print!(", "eprint!(", "dbg!("];
    none(lines_with(&libraries, |line| prints.iter().any(|print| line.contains(print))), "a library prints:");
}

#[test]
fn the_core_reads_clock_chance_and_environment_only_through_its_ports() {
    let core: Vec<_> = sources(&["crates/vv-core/src/"], &[".rs"])
        .into_iter()
        .filter(|(path, _)| {
            let is_test = ["tests.rs", "fuzz.rs", "fuzzing.rs"].iter().any(|name| path.ends_with(name));
            !path.ends_with("ports.rs") && !is_test && !path.contains("/tests/")
        })
        .map(|(path, text)| {
            let product = text.split("#[cfg(test)]\nmod tests").next().unwrap_or_default().to_owned();
            (path, product)
        })
        .collect();
    let doors = [
        "Utc::now(",
        "Local::now(",
        "SystemTime::now(",
        "Uuid::now_v7(",
        "Uuid::new_v4(",
        "std::env::var",
        "env::var(",
    ];
    none(
        lines_with(&core, |line| doors.iter().any(|door| line.contains(door))),
        "the core goes past its ports:",
    );
}

#[test]
fn source_files_stay_short_enough_to_be_read() {
    let mut long = Vec::new();
    for (path, text) in sources(RUST, &[".rs"]).into_iter().chain(sources(&["ui/src/"], &[".ts", ".svelte"]))
    {
        let most = if path.ends_with(".rs") { 600 } else { 350 };
        let lines = text.lines().count();
        if lines > most {
            long.push(format!("{path}: {lines} lines, at most {most}"));
        }
    }
    none(long, "a file holds more than one idea:");
}
