//! `vv entry`: add, list, show, edit, trash, restore, delete, history.

use crate::profile::{Profile, code, feed, lines, refusal, stdout};

#[test]
fn an_entry_in_json_has_the_shape_that_scripts_know() {
    let profile = Profile::with_notebook();
    let entry = profile.json_line([
        "entry",
        "add",
        "--on",
        "2026-11-07",
        "--title",
        "Supper",
        "--tag",
        "home",
        "--tag",
        "cooking",
        "Soup.",
    ]);
    let mut keys: Vec<&str> = entry.as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    assert_eq!(
        keys,
        [
            "at",
            "attachments",
            "id",
            "loop",
            "on",
            "source",
            "starred",
            "tags",
            "text",
            "time_zone",
            "title",
            "trashed"
        ]
    );
    assert_eq!(entry["title"], "Supper");
    assert_eq!(entry["text"], "Soup.");
    assert_eq!(entry["tags"], serde_json::json!(["cooking", "home"]));
    assert_eq!(entry["on"], "2026-11-07");
    assert_eq!(entry["time_zone"], "Europe/Zurich");
    assert_eq!(entry["starred"], false);
    assert_eq!(entry["trashed"], false);
    assert!(entry["source"].is_null());
    assert_eq!(entry["attachments"], serde_json::json!([]));
    assert!(chrono::DateTime::parse_from_rfc3339(entry["at"].as_str().unwrap()).is_ok());
}

#[test]
fn what_was_added_is_shown_again_exactly() {
    let profile = Profile::with_notebook();
    let text = "Überraschung 🎈\n\n* one\n*  two  \n\ttab";
    let id = profile.add(&[text]);
    assert_eq!(profile.json_line(["entry", "show", &id])["text"], text);
    assert!(profile.succeed(["entry", "show", &id]).contains(text));
}

#[test]
fn a_text_is_read_from_standard_input() {
    let profile = Profile::with_notebook();
    let output = feed(profile.vv(["--json", "entry", "add", "-"]), "from a pipe\n".as_bytes());
    assert_eq!(code(&output), 0);
    assert_eq!(lines(&stdout(&output))[0]["text"], "from a pipe\n");
}

#[test]
fn broken_utf_8_is_refused_and_nothing_is_written() {
    let profile = Profile::with_notebook();
    let output = feed(profile.vv(["--json", "entry", "add", "-"]), &[b'a', 0xff, 0xfe, b'b']);
    assert_eq!(refusal(&output), (1, "invalid".to_owned()));
    assert!(profile.json(["entry", "list"]).is_empty());
}

#[test]
fn a_list_is_newest_first_and_can_be_narrowed() {
    let profile = Profile::with_notebook();
    let old = profile.add(&["--on", "2024-02-29", "--tag", "work", "leap"]);
    let new = profile.add(&["--on", "2026-03-01", "--tag", "home", "spring"]);
    let ids = |words: &[&str]| -> Vec<String> {
        let listed = profile.json(["entry", "list"].iter().chain(words));
        listed.iter().map(|entry| entry["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&[]), [new.clone(), old.clone()]);
    assert_eq!(ids(&["--limit", "1"]), std::slice::from_ref(&new));
    assert_eq!(ids(&["--tag", "work"]), std::slice::from_ref(&old));
    assert_eq!(ids(&["--from", "2025-01-01"]), std::slice::from_ref(&new));
    assert_eq!(ids(&["--to", "2025-01-01"]), std::slice::from_ref(&old));
    assert_eq!(ids(&["--from", "2024-02-29", "--to", "2024-02-29"]), [old]);
    assert!(ids(&["--trashed"]).is_empty());
    let text = profile.succeed(["entry", "list"]);
    assert_eq!(text.lines().count(), 2);
    assert!(text.lines().next().unwrap().contains(&new));
}

#[test]
fn a_list_without_a_limit_is_whole() {
    let profile = Profile::with_notebook();
    let folder = profile.path("many");
    for number in 0..620 {
        profile.write(
            &format!("many/{number}.md"),
            format!("---\ndate: 2025-01-01\n---\nnumber {number}\n").as_bytes(),
        );
    }
    profile.succeed(["import".as_ref(), folder.as_os_str()]);
    assert_eq!(profile.json(["entry", "list"]).len(), 620);
}

#[test]
fn an_edit_changes_what_is_named_and_keeps_the_rest() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["--title", "Draft", "--tag", "a", "--tag", "b", "first words"]);
    let edited = profile.json_line(["entry", "edit", &id, "second words"]);
    assert_eq!((&edited["text"], &edited["title"]), (&"second words".into(), &"Draft".into()));
    assert_eq!(edited["tags"], serde_json::json!(["a", "b"]));
    let edited = profile.json_line(["entry", "edit", &id, "--title", "Final", "--tag", "c"]);
    assert_eq!((&edited["text"], &edited["title"]), (&"second words".into(), &"Final".into()));
    assert_eq!(edited["tags"], serde_json::json!(["c"]));
    let edited = profile.json_line(["entry", "edit", &id, "--tag", ""]);
    assert_eq!(edited["tags"], serde_json::json!([]));
}

#[test]
fn the_history_of_an_entry_lists_its_versions() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["one two"]);
    profile.succeed(["entry", "edit", &id, "one two three"]);
    let versions = profile.json(["entry", "history", &id]);
    assert!(!versions.is_empty());
    assert_eq!(versions[0]["word_count"], 3);
    assert!(versions[0]["number"].as_u64().unwrap() >= versions.last().unwrap()["number"].as_u64().unwrap());
}

#[test]
fn trash_and_restore_move_an_entry_there_and_back() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["words"]);
    assert_eq!(profile.json_line(["entry", "trash", &id])["trashed"], true);
    assert!(profile.json(["entry", "list"]).is_empty());
    assert_eq!(profile.json(["entry", "list", "--trashed"]).len(), 1);
    assert_eq!(profile.json_line(["entry", "restore", &id])["trashed"], false);
    assert_eq!(profile.json(["entry", "list"])[0]["text"], "words");
}

#[test]
fn an_entry_deleted_for_good_is_nowhere() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["zanzibar"]);
    let deleted = profile.json_line(["entry", "delete", &id]);
    assert_eq!(deleted["deleted"].as_str(), Some(id.as_str()));
    assert_eq!(deleted["backups"], serde_json::json!([]));
    assert_eq!(profile.refused(["entry", "show", &id]), (1, "not_found".to_owned()));
    assert!(profile.json(["entry", "list", "--trashed"]).is_empty());
    assert!(profile.json(["search", "zanzibar"]).is_empty());
    assert_eq!(profile.json_line(["verify"])["problems"], serde_json::json!([]));
}

#[test]
fn deleting_says_which_backups_still_hold_the_text() {
    let profile = Profile::with_notebook();
    let id = profile.add(&["words"]);
    let file = profile.notebook("backups/mine.vvbackup");
    profile.succeed(["backup".as_ref(), file.as_os_str()]);
    let deleted = profile.json_line(["entry", "delete", &id]);
    assert_eq!(deleted["backups"], serde_json::json!([file.to_str().unwrap()]));
}

#[test]
fn what_is_no_id_and_what_is_nobodys_id_are_told_apart() {
    let profile = Profile::with_notebook();
    assert_eq!(profile.refused(["entry", "show", "42"]), (1, "invalid".to_owned()));
    let nobody = "01939d2e-7c00-7000-8000-000000000001";
    for verb in ["show", "trash", "restore", "delete", "history"] {
        assert_eq!(profile.refused(["entry", verb, nobody]), (1, "not_found".to_owned()), "{verb}");
    }
    assert_eq!(profile.refused(["entry", "edit", nobody, "x"]), (1, "not_found".to_owned()));
}

#[test]
fn days_outside_the_years_1_to_9999_are_refused() {
    let profile = Profile::with_notebook();
    profile.add(&["--on", "0001-01-01", "the first day"]);
    profile.add(&["--on", "9999-12-31", "the last day"]);
    assert_eq!(profile.refused(["entry", "add", "--on", "0000-12-31", "x"]), (1, "invalid".to_owned()));
    assert_eq!(profile.refused(["entry", "add", "--on=+99999-01-01", "x"]), (1, "invalid".to_owned()));
    assert_eq!(profile.json(["entry", "list"]).len(), 2);
}

#[test]
fn a_tag_of_ten_thousand_letters_is_refused_and_nothing_is_written() {
    let profile = Profile::with_notebook();
    assert_eq!(
        profile.refused(["entry", "add", "--tag", &"x".repeat(10_000), "text"]),
        (1, "invalid".to_owned())
    );
    assert!(profile.json(["entry", "list"]).is_empty());
}

#[test]
fn a_text_over_a_mebibyte_is_refused_with_advice() {
    let profile = Profile::with_notebook();
    let output = feed(profile.vv(["--json", "entry", "add", "-"]), &vec![b'x'; 2 << 20]);
    assert_eq!(refusal(&output), (1, "too_large".to_owned()));
}

#[test]
fn many_programs_may_write_at_once_and_every_entry_is_there() {
    let profile = Profile::with_notebook();
    let children: Vec<_> = (0..6)
        .map(|number| {
            profile
                .vv(["entry", "add", &format!("writer {number}")])
                .stdout(std::process::Stdio::null())
                .spawn()
                .unwrap()
        })
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(profile.json(["entry", "list"]).len(), 6);
    assert_eq!(profile.json_line(["verify"])["problems"], serde_json::json!([]));
}
