//! `vv import` and `vv export`: reports, twice the same, and there and back.

use std::fs;

use crate::profile::{Profile, code, lines, stdout};

fn three_notes(profile: &Profile) -> std::path::PathBuf {
    profile.write(
        "notes/one.md",
        b"---\ntitle: One\ndate: 2025-03-01\ntags: [walk, home]\nmood: calm\n---\nFirst **words**.\n",
    );
    profile.write("notes/two.md", b"Second words, without a header.\n");
    profile.write("notes/three.md", b"---\ntitle: Three\n---\nThird.\n");
    profile.path("notes")
}

#[test]
fn an_import_reports_in_its_last_line_and_the_second_time_nothing_changes() {
    let profile = Profile::with_notebook();
    let notes = three_notes(&profile);
    let report = profile.json(["import".as_ref(), notes.as_os_str()]).pop().unwrap();
    assert_eq!((&report["found"], &report["added"]), (&3.into(), &3.into()));
    for key in ["unchanged", "updated", "skipped", "kept_as_fields", "attachments"] {
        assert!(!report[key].is_null(), "{key}");
    }
    assert!(report["kept_as_fields"].as_array().unwrap().iter().any(|kept| kept["field"] == "mood"));
    assert!(report["attachments"]["missing"].is_array());

    let report = profile.json(["import".as_ref(), notes.as_os_str()]).pop().unwrap();
    assert_eq!(
        (&report["added"], &report["unchanged"], &report["updated"]),
        (&0.into(), &3.into(), &0.into())
    );
    assert_eq!(profile.json(["entry", "list"]).len(), 3);
    assert_eq!(profile.json(["search", "third"]).len(), 1);
}

#[test]
fn a_dry_run_tells_and_writes_nothing() {
    let profile = Profile::with_notebook();
    let notes = three_notes(&profile);
    let report = profile.json(["import".as_ref(), notes.as_os_str(), "--dry-run".as_ref()]).pop().unwrap();
    assert_eq!(report["added"], 3);
    assert!(profile.json(["entry", "list"]).is_empty());
}

#[test]
fn an_import_that_is_not_whole_ends_with_4_and_says_what() {
    let profile = Profile::with_notebook();
    let notes = three_notes(&profile);
    profile.write("notes/broken.md", &[b'a', 0xff, 0xfe, b'b']);
    profile.write("notes/picture.md", b"![a picture](missing.png)\n");
    let output = profile.vv(["--json".as_ref(), "import".as_ref(), notes.as_os_str()]).output().unwrap();
    assert_eq!(code(&output), 4);
    let report = lines(&stdout(&output)).pop().unwrap();
    assert_eq!(report["added"], 5, "what can be read is there");
    assert!(report["skipped"][0]["item"].as_str().unwrap().contains("broken.md"));
    assert!(!report["skipped"][0]["why"].as_str().unwrap().is_empty());
    assert!(report["attachments"]["missing"][0].as_str().unwrap().contains("missing.png"));
}

#[test]
fn what_cannot_be_imported_is_refused() {
    let profile = Profile::with_notebook();
    let missing = profile.path("nowhere");
    assert_eq!(profile.refused(["import".as_ref(), missing.as_os_str()]).0, 1);
    let archive = profile.write("photo.png", b"\x89PNG\r\n\x1a\n");
    assert_eq!(profile.refused(["import".as_ref(), archive.as_os_str()]).0, 1);
}

#[test]
fn json_goes_out_and_comes_back_the_same() {
    let profile = Profile::with_notebook();
    profile.add(&["--on", "2024-02-29", "--title", "Leap", "--tag", "rare", "Überraschung\n\n* one"]);
    let folder = profile.path("out");
    let report = profile.json_line(["export".as_ref(), folder.as_os_str(), "--as".as_ref(), "json".as_ref()]);
    assert_eq!(report["entries"], 1);
    let exported = lines(&fs::read_to_string(folder.join("entries.jsonl")).unwrap());
    assert_eq!(exported[0]["title"], "Leap");

    let other = Profile::with_notebook();
    other.succeed(["import".as_ref(), folder.as_os_str(), "--as".as_ref(), "vice-versa".as_ref()]);
    let came = &other.json(["entry", "list"])[0];
    for key in ["title", "text", "tags", "on", "time_zone", "starred"] {
        assert_eq!(came[key], exported[0][key], "{key}");
    }
}

#[test]
fn markdown_goes_out_as_files_with_front_matter() {
    let profile = Profile::with_notebook();
    profile.add(&["--on", "2024-02-29", "--title", "Leap", "--tag", "rare", "words"]);
    let folder = profile.path("out");
    profile.succeed(["export".as_ref(), folder.as_os_str(), "--as".as_ref(), "markdown".as_ref()]);
    let files = crate::profile::contents(&folder);
    let text = files
        .iter()
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .find(|text| text.contains("words"))
        .unwrap();
    assert!(text.starts_with("---\n") && text.contains("2024-02-29") && text.contains("rare"));
}

#[test]
fn an_export_goes_into_a_new_folder_and_never_into_one_with_files() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    profile.write("out/mine.txt", b"mine");
    let folder = profile.path("out");
    assert_eq!(
        profile.refused(["export".as_ref(), folder.as_os_str(), "--as".as_ref(), "markdown".as_ref()]).0,
        1
    );
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
}

#[test]
fn one_page_goes_out_by_tag_and_day_and_is_replaced_only_when_told() {
    let profile = Profile::with_notebook();
    profile.add(&["--on", "2024-02-29", "--title", "Leap", "--tag", "rare", "words"]);
    profile.add(&["--on", "2024-03-05", "--title", "Later", "--tag", "rare", "words"]);
    profile.add(&["--on", "2024-03-05", "--title", "Other", "words"]);
    let file = profile.path("journal.html");
    let words = |more: &[&str]| {
        let mut words = vec!["export".into(), file.clone().into_os_string(), "--as".into(), "html".into()];
        words.extend(more.iter().map(std::ffi::OsString::from));
        words
    };
    let report = profile.json_line(words(&["--tag", "rare", "--from", "2024-03-01", "--to", "2024-12-31"]));
    assert_eq!((&report["entries"], &report["left_out"]), (&1.into(), &serde_json::json!([])));
    let page = fs::read_to_string(&file).unwrap();
    assert!(page.contains("Later") && !page.contains("Leap") && !page.contains("Other"));
    assert_eq!(profile.refused(words(&[])), (1, "file_exists".to_owned()));
    assert_eq!(fs::read_to_string(&file).unwrap(), page, "what was there is as it was");
    profile.succeed(words(&["--replace"]));
    assert!(fs::read_to_string(&file).unwrap().contains("Leap"));
}

#[test]
fn one_entry_goes_out_as_a_book() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["--title", "Only this", "words"]);
    profile.add(&["--title", "Not this", "words"]);
    let file = profile.path("book.pdf");
    let words = [
        "export".as_ref(),
        file.as_os_str(),
        "--as".as_ref(),
        "pdf".as_ref(),
        "--entry".as_ref(),
        id.as_ref(),
    ];
    assert_eq!(profile.json_line(words)["entries"], 1);
    assert!(fs::read(&file).unwrap().starts_with(b"%PDF-"));
}

/// Gives the place of a journal of another program, as the core's own tests have it.
fn foreign(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../vv-core/fixtures/import").join(name)
}

#[test]
fn journals_of_other_programs_come_in_by_what_they_hold_or_by_name() {
    let profile = Profile::with_notebook();
    let folder = foreign("joplin");
    let output = profile.vv(["--json".as_ref(), "import".as_ref(), folder.as_os_str()]).output().unwrap();
    assert_eq!(code(&output), 4, "the fixture has files that are missing");
    let report = lines(&stdout(&output)).pop().unwrap();
    assert_eq!((&report["format"], &report["added"]), (&"joplin".into(), &4.into()));
    let day_one = foreign("dayone-classic");
    let report = profile
        .json(["import".as_ref(), day_one.as_os_str(), "--as".as_ref(), "dayone".as_ref()])
        .pop()
        .unwrap();
    assert_eq!(report["added"], 1);
    assert_eq!(
        profile.refused(["import".as_ref(), day_one.as_os_str(), "--as".as_ref(), "joplin".as_ref()]).0,
        1
    );
}

#[test]
fn an_encrypted_journal_opens_with_its_own_passphrase_from_a_file() {
    let profile = Profile::with_notebook();
    let journal = foreign("jrnl/locked-2.txt");
    let right = profile.write("right", b"lantern\n");
    let wrong = profile.write("wrong", b"lamp\n");
    let import = |file: Option<&std::path::Path>| {
        let mut words = vec!["import".as_ref(), journal.as_os_str()];
        if let Some(file) = file {
            words.extend(["--journal-passphrase-file".as_ref(), file.as_os_str()]);
        }
        profile.vv(words).output().unwrap()
    };
    assert_eq!(code(&import(None)), 3, "nobody is here who could be asked");
    assert_eq!(code(&import(Some(&wrong))), 3);
    assert!(profile.json(["entry", "list"]).is_empty());
    assert_eq!(code(&import(Some(&right))), 0);
    assert_eq!(profile.json(["search", "nobody"]).len(), 1);
}
