//! Files of guides: those that come with the app are sound, and whatever else comes ends in a guide or a clear line.

use proptest::prelude::*;

use super::super::{built_in as shipped, format};
use super::*;

#[test]
fn every_file_that_comes_with_the_app_is_a_guide() {
    let mut ids = Vec::new();
    for file in shipped::files() {
        let guide = parse(file).unwrap_or_else(|error| panic!("{}: {error}", &file[..60]));
        let is_for_one = matches!(guide.kind, model::GuideKind::Reflection);
        assert_eq!(guide.people.least == 1, is_for_one, "{}", guide.id);
        ids.push((guide.language, guide.id));
    }
    let english: Vec<String> =
        ids.into_iter().filter(|(language, _)| language == "en").map(|(_, id)| id).collect();
    assert_eq!(english, shipped_ids());
}

#[test]
fn the_times_of_the_guides_are_those_that_were_planned() {
    // Minutes as the content says them, a quarter more or less.
    for (id, planned) in [("j1", 5..=5), ("j2", 11..=19), ("j3", 10..=20), ("j6", 9..=9)] {
        assert!(planned.contains(&english(id).minutes(false)), "{id}");
    }
    let short: Vec<String> =
        built_in("en").iter().filter(|one| one.guide.short).map(|one| one.guide.id.clone()).collect();
    assert_eq!(short, ["j1", "j6", "p4", "p5-short", "a2"]);
}

#[test]
fn a_language_that_is_lacking_is_shown_in_english() {
    assert_eq!(built_in("xx").len(), shipped_ids().len());
    assert_eq!(find_built_in("j3", "en-GB").unwrap().guide.language, "en");
    assert!(find_built_in("j99", "en").is_none());
}

#[test]
fn the_example_of_the_documents_can_be_run_and_every_field_stands_in_them() {
    let document = include_str!("../../../../../docs/guide-format.md");
    let example = document.split("```toml\n").nth(1).unwrap().split("```").next().unwrap();
    let guide = parse(example).unwrap();
    let mut run = begun(&guide);
    run_to_end(&guide, &mut run, &around(1));
    assert_eq!(outcome(&guide, &run, &around(1), SOLO).intentions.len(), 1);
    let model = [include_str!("../model.rs"), include_str!("../meeting.rs"), include_str!("../outputs.rs")]
        .join("\n");
    let names = [("learning_loop", "loop"), ("place", "where")];
    for line in model.lines().filter_map(|line| line.trim().strip_prefix("pub ")) {
        let Some((name, _)) =
            line.split_once(':').filter(|(name, _)| name.chars().all(|c| c.is_lowercase() || c == '_'))
        else {
            continue;
        };
        let name = names.iter().find(|(own, _)| *own == name).map_or(name, |(_, written)| written);
        let is_said = name == "prompt"
            || name == "entry"
            || document.contains(&format!("`{name}`"))
            || document.contains(name);
        assert!(is_said, "{name} is not explained");
    }
}

const SMALL: &str = r#"format = 1
id = "small"
version = 1
language = "en"
kind = "reflection"
title = "Small"
summary = "One question."

[[phases]]
id = "one"
name = "One"
ask = "What?"
minutes = 3
capture = { kind = "text" }
"#;

fn refused(text: &str) -> String {
    parse(text).expect_err("this is no sound guide").to_string()
}

#[test]
fn errors_name_line_and_field_and_never_the_words() {
    let cases = [
        (SMALL.replace("kind = \"reflection\"", "kind = \"my secret\""), "line 5", "kind"),
        (SMALL.replace("minutes = 3", "minutes = \"my secret\""), "line 13", ""),
        (SMALL.replace("minutes = 3", "minuets = 3"), "line 13", "minuets"),
        (SMALL.replace("version = 1", "version = 0"), "line 3", "version"),
        (SMALL.replace("id = \"one\"", "id = \"My Secret\""), "line 10", "phases[0].id"),
        (SMALL.replace("ask = \"What?\"", "ask = \"What about {my secret}?\""), "line 12", "phases[0].ask"),
        (
            SMALL.replace("kind = \"text\" }", "kind = \"rating\", least = 5, most = 2 }"),
            "line 14",
            "phases[0].capture",
        ),
        (
            format!(
                "{SMALL}[[checks]]\nid = \"c\"\nkind = \"all_answered\"\nprompts = [\"my secret\"]\nsay = \"x\"\n"
            ),
            "line 18",
            "checks[0].prompts",
        ),
        (format!("{SMALL}[outputs.entry]\ntags = [\"{{my secret}}\"]\n"), "line 16", "outputs.entry.tags"),
        (SMALL.replace("minutes = 3", "minutes = 3\nspeaks = \"my secret\""), "line 14", "phases[0].speaks"),
        (SMALL.replace("[[phases]]", "[[phases"), "line 9", ""),
    ];
    for (text, line, field) in cases {
        let said = refused(&text);
        assert!(said.contains(line) && said.contains(field), "{said} should name {line} and {field}");
        assert!(!said.to_lowercase().contains("my secret") || field == "phases[0].ask", "{said}");
    }
}

#[test]
fn a_file_for_a_newer_version_says_so() {
    let said = refused(&SMALL.replace("format = 1", "format = 2\nsomething_new = true"));
    assert!(said.contains("newer version"), "{said}");
    assert!(refused("title = \"x\"").contains("format = 1"));
}

#[test]
fn what_other_programs_keep_survives_a_new_name() {
    let text = format!("# mine\n{SMALL}\n[extra]\ncolour = \"green\"\n");
    let renamed = format::renamed(&text, "small-2", Some("Small \"two\"")).unwrap();
    let guide = parse(&renamed).unwrap();
    assert_eq!((guide.id.as_str(), guide.title.as_str()), ("small-2", "Small \"two\""));
    assert_eq!(guide.extra["colour"].as_str(), Some("green"));
    assert!(renamed.starts_with("# mine\n") && renamed.contains("colour = \"green\""));
    let back = format::renamed(&renamed, "small", Some("Small")).unwrap();
    assert_eq!(back, text);
}

#[test]
fn hostile_files_end_in_a_clear_line() {
    let deep = format!("format = 1\nx = {}{}", "[".repeat(50_000), "]".repeat(50_000));
    let wide = format!("{SMALL}{}", "[[phases]]\nid = \"a\"\n".repeat(5_000));
    let many = SMALL.replace("minutes = 3", "minutes = 3\nrepeat = { times = 4000000000 }");
    let huge = "x".repeat(MAX_FILE_BYTES + 1);
    for text in [
        deep.as_str(),
        wide.as_str(),
        many.as_str(),
        huge.as_str(),
        "",
        "\0",
        "format = 99999999999999999999",
    ] {
        let said = parse(text).expect_err("this is no guide").to_string();
        assert!(!said.is_empty() && said.len() < 400, "{said}");
    }
    assert!(parse_bytes(&[0xff, 0xfe, 0x00]).unwrap_err().to_string().contains("UTF-8"));
    assert!(parse_bytes(&vec![b'x'; MAX_FILE_BYTES + 1]).is_err());
    let dos = SMALL.replace('\n', "\r\n");
    assert_eq!(parse_bytes(dos.as_bytes()).unwrap().0, SMALL);
}

proptest! {
    #[test]
    fn a_file_with_anything_in_it_is_read_or_refused_and_nothing_else(text in "\\PC{0,400}") {
        let _ = parse(&text);
        let _ = parse(&format!("format = 1\n{text}"));
    }

    #[test]
    fn a_shipped_file_with_a_hole_in_it_is_read_or_refused(file in 0..15usize, from in 0..6_000usize, gone in 1..200usize) {
        let source = shipped::files()[file];
        let cut: String = source.chars().enumerate().filter(|(at, _)| *at < from || *at >= from + gone).map(|(_, c)| c).collect();
        if let Ok(guide) = parse(&cut) {
            let mut run = begun(&guide);
            while run.at != END {
                run = apply(&guide, &run, Event::Skip, &around(1)).unwrap();
            }
        }
    }
}
