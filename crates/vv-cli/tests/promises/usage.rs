//! Forms, exit code 2, and where output goes.

use std::process::{Command, Stdio};

use crate::profile::{Profile, code, refusal, stderr, stdout};

#[test]
fn wrong_usage_ends_with_2_and_says_how_it_is_used() {
    let profile = Profile::with_notebook();
    for words in [
        &[][..],
        &["frobnicate"],
        &["entry"],
        &["entry", "add"],
        &["entry", "add", "--on", "yesterday", "x"],
        &["entry", "edit", "01939d2e-7c00-7000-8000-000000000001"],
        &["export", "out"],
        &["export", "out", "--as", "docx"],
        &["init", "--keyring", "--passphrase-file", "x"],
        &["entry", "list", "--limit", "many"],
        &["--passphrase", "hunter2", "verify"],
    ] {
        let output = profile.vv(words).output().unwrap();
        assert_eq!(code(&output), 2, "{words:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), "");
    }
}

#[test]
fn wrong_usage_is_json_too_when_a_script_asks() {
    let profile = Profile::empty();
    for words in [&["--json", "frobnicate"][..], &["entry", "add", "--json"]] {
        let output = profile.vv(words).output().unwrap();
        assert_eq!(refusal(&output), (2, "usage".to_owned()));
    }
}

#[test]
fn help_and_version_are_no_failure() {
    let profile = Profile::empty();
    for words in ["--help", "--version"] {
        let output = profile.vv([words]).output().unwrap();
        assert_eq!(code(&output), 0);
        assert!(!stdout(&output).is_empty());
    }
}

#[test]
fn global_options_stand_before_or_behind_the_command() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let home = profile.path("home");
    for before in [true, false] {
        let mut command = profile.vv::<&str>([]);
        command.env_remove("VV_HOME");
        if before {
            command.arg("--home").arg(&home).args(["--json", "entry", "list"]);
        } else {
            command.args(["entry", "list", "--json"]).arg("--home").arg(&home);
        }
        let output = command.output().unwrap();
        assert_eq!(code(&output), 0, "{}", stderr(&output));
        assert!(stdout(&output).contains("words"));
    }
}

#[test]
fn the_option_home_wins_over_the_environment() {
    let profile = Profile::with_notebook();
    let other = profile.path("other");
    let output = profile.vv(["--json", "--home"]).arg(&other).args(["entry", "list"]).output().unwrap();
    assert_eq!(refusal(&output), (1, "no_notebook".to_owned()));
}

#[test]
fn progress_and_notes_never_reach_stdout() {
    let profile = Profile::with_notebook();
    for number in 0..20 {
        profile.write(&format!("notes/{number}.md"), b"words\n");
    }
    let output = profile.vv(["--json", "import"]).arg(profile.path("notes")).output().unwrap();
    assert_eq!(stdout(&output).lines().count(), 1);
    assert_eq!(stderr(&output), "", "no terminal, no progress");
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let profile = Profile::with_notebook();
    profile.add(&["words"]);
    let mut child: Command = profile.vv(["entry", "list"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(stderr(&output), "");
    assert_eq!(code(&output), 0);
}
