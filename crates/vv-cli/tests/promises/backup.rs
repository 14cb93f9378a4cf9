//! `vv backup`, `restore`, `verify`, `doctor`.

use std::fs;

use crate::profile::{PASSPHRASE, Profile};

#[test]
fn a_backup_is_proven_and_brings_everything_back_elsewhere() {
    let profile = Profile::with_notebook();
    profile.add(&["one"]);
    let id = profile.add(&["two"]);
    let file = profile.path("safe.vvbackup");
    let made = profile.json_line(["backup".as_ref(), file.as_os_str()]);
    assert_eq!(made["proven_entries"], 2);
    assert_eq!(made["path"].as_str(), file.to_str());

    let elsewhere = Profile::empty();
    let restored = elsewhere.json_line(["restore".as_ref(), file.as_os_str()]);
    assert_eq!(restored["entry_count"], 2);
    assert_eq!(elsewhere.json_line(["entry", "show", &id])["text"], "two");
    assert_eq!(elsewhere.json_line(["verify"])["problems"], serde_json::json!([]));
}

#[test]
fn a_restore_moves_what_was_there_aside_and_deletes_nothing() {
    let profile = Profile::with_notebook();
    profile.add(&["before"]);
    let file = profile.path("safe.vvbackup");
    profile.succeed(["backup".as_ref(), file.as_os_str()]);
    profile.add(&["after"]);
    profile.succeed(["restore".as_ref(), file.as_os_str()]);
    assert_eq!(profile.json(["entry", "list"]).len(), 1);
    let aside: Vec<_> = fs::read_dir(profile.path("home"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir() && path.file_name().unwrap() != "notebook")
        .collect();
    assert_eq!(aside.len(), 1, "{aside:?}");
    assert!(aside[0].join("notebook.db").exists());
    profile.add(&["life goes on"]);
    assert_eq!(profile.json_line(["verify"])["problems"], serde_json::json!([]));
}

#[test]
fn what_is_missing_here_is_joined_from_a_backup_and_nothing_goes() {
    let profile = Profile::with_notebook();
    profile.add(&["kept"]);
    let early = profile.path("early.vvbackup");
    profile.succeed(["backup".as_ref(), early.as_os_str()]);
    profile.add(&["lost and found"]);
    let late = profile.path("late.vvbackup");
    profile.succeed(["backup".as_ref(), late.as_os_str()]);
    profile.succeed(["restore".as_ref(), early.as_os_str()]);
    profile.add(&["since"]);
    let joined = profile.json_line(["restore".as_ref(), late.as_os_str(), "--join".as_ref()]);
    assert_eq!(joined["entries"], 1);
    assert_eq!(profile.json(["entry", "list"]).len(), 3);
    assert_eq!(profile.json(["search", "lost"]).len(), 1);
    assert_eq!(profile.json_line(["verify"])["problems"], serde_json::json!([]));
}

#[test]
fn a_restore_with_the_wrong_passphrase_leaves_everything_as_it_was() {
    let profile = Profile::with_notebook();
    let file = profile.path("safe.vvbackup");
    profile.succeed(["backup".as_ref(), file.as_os_str()]);
    profile.add(&["after"]);
    profile.write("passphrase", b"not this one");
    assert_eq!(profile.refused(["restore".as_ref(), file.as_os_str()]), (3, "wrong_key".to_owned()));
    profile.write("passphrase", PASSPHRASE.as_bytes());
    assert_eq!(profile.json(["entry", "list"]).len(), 1);
}

#[test]
fn what_is_no_backup_or_half_of_one_is_refused_and_nothing_is_touched() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let file = profile.path("safe.vvbackup");
    profile.succeed(["backup".as_ref(), file.as_os_str()]);
    let bytes = fs::read(&file).unwrap();
    let half = profile.write("half.vvbackup", &bytes[..bytes.len() / 2]);
    let text = profile.write("text.vvbackup", b"dear diary");
    for file in [half, text] {
        assert_eq!(
            profile.refused(["restore".as_ref(), file.as_os_str()]),
            (1, "unreadable_file".to_owned())
        );
    }
    assert_eq!(profile.json(["entry", "list"]).len(), 1);
}

#[test]
fn a_check_of_a_sound_notebook_says_how_much_it_checked() {
    let profile = Profile::with_notebook();
    profile.add(&["one"]);
    let report = profile.json_line(["verify"]);
    assert!(report["records"].as_u64().unwrap() >= 1);
    assert_eq!(report["entries"], 1);
    assert_eq!(report["problems"], serde_json::json!([]));
}

#[test]
fn the_doctor_speaks_with_and_without_a_notebook_and_never_of_content() {
    let profile = Profile::empty();
    let says = |profile: &Profile| profile.json(["doctor"]);
    assert!(says(&profile).iter().any(|line| line["what"] == "Notebook" && line["level"] == "note"));
    profile.succeed(["init"]);
    profile.add(&["--title", "quetzalcoatl", "--tag", "secretive", "xylophone"]);
    let lines = says(&profile);
    assert!(lines.iter().any(|line| line["what"] == "Notebook" && line["level"] == "ok"));
    assert!(lines.iter().any(|line| line["what"] == "Keyring" && line["level"] == "note"));
    let text = profile.succeed(["doctor"]);
    for word in ["quetzalcoatl", "secretive", "xylophone"] {
        assert!(!text.contains(word));
    }
}

#[test]
fn the_doctor_speaks_of_a_locked_notebook_too() {
    let profile = Profile::with_notebook();
    let output = profile.vv_without_passphrase(["doctor"]).output().unwrap();
    assert!(output.status.success());
    assert!(crate::profile::stdout(&output).contains("locked"));
}
