//! The keyring of the system, for real: a Secret Service on a bus of its own.
//!
//! Needs `dbus-run-session` and `gnome-keyring-daemon`; the tests fail where they are missing, and say so.

use std::{
    fs,
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Command, Output},
};

use crate::profile::{Profile, code, lines, refusal, stderr, stdout};

const UNLOCKED: &str =
    "printf 'pw\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null 2>&1";
const LOCKED: &str = "gnome-keyring-daemon --start --components=secrets >/dev/null 2>&1";

/// Runs `vv` in a login of its own, whose keyring lies in `keyrings`.
fn log_in(profile: &Profile, keyrings: &Path, begin: &str, words: &str) -> Output {
    let runtime = profile.path("runtime");
    fs::create_dir_all(&runtime).unwrap();
    fs::set_permissions(&runtime, fs::Permissions::from_mode(0o700)).unwrap();
    fs::create_dir_all(keyrings).unwrap();
    let mut command = Command::new("dbus-run-session");
    profile.surround(&mut command);
    command
        .env_remove("DBUS_SESSION_BUS_ADDRESS")
        .env("XDG_DATA_HOME", keyrings)
        .env("VV", env!("CARGO_BIN_EXE_vv"))
        .env("SAID", profile.path("said"))
        // What bus and keyring say for themselves is none of our words.
        .args(["--", "sh", "-c", &format!("{begin}; \"$VV\" --json {words} 2>\"$SAID\"")]);
    let mut output = command.output().expect("dbus-run-session is installed (package dbus)");
    output.stderr = fs::read(profile.path("said")).unwrap();
    output
}

#[test]
fn a_notebook_in_the_keyring_opens_with_the_login_and_never_looks_new() {
    let profile = Profile::empty();
    let (own, others) = (profile.path("keyrings"), profile.path("other-keyrings"));
    let made = log_in(&profile, &own, UNLOCKED, "init --keyring");
    assert_eq!(code(&made), 0, "is gnome-keyring installed? {}", stderr(&made));
    assert_eq!(lines(&stdout(&made))[0]["key_place"], "keyring");
    assert_eq!(code(&log_in(&profile, &own, UNLOCKED, "entry add words")), 0);
    assert_eq!(lines(&stdout(&log_in(&profile, &own, UNLOCKED, "entry list")))[0]["text"], "words");

    let expected = [(&own, LOCKED, "keyring_locked"), (&others, UNLOCKED, "keyring_no_entry")];
    for (keyrings, begin, code) in expected {
        assert_eq!(refusal(&log_in(&profile, keyrings, begin, "entry list")), (3, code.to_owned()));
        assert_eq!(
            refusal(&log_in(&profile, keyrings, begin, "init --keyring")),
            (1, "notebook_exists".to_owned())
        );
    }
    assert_eq!(profile.refused(["entry", "list"]), (3, "keyring_unreachable".to_owned()));
}

#[test]
fn a_kit_makes_the_entry_of_a_lost_keyring_anew() {
    let profile = Profile::empty();
    let (lost, new) = (profile.path("keyrings"), profile.path("new-keyrings"));
    assert_eq!(code(&log_in(&profile, &lost, UNLOCKED, "init --keyring")), 0);
    let kit = profile.path("my.kit");
    assert_eq!(code(&log_in(&profile, &lost, UNLOCKED, &format!("recovery kit {}", kit.display()))), 0);
    let used = log_in(&profile, &new, UNLOCKED, &format!("recovery use {}", kit.display()));
    assert_eq!(code(&used), 0, "{}", stderr(&used));
    assert_eq!(code(&log_in(&profile, &new, UNLOCKED, "entry list")), 0);
}
