//! At a real terminal: a passphrase is asked for, and what is typed is not shown.

use std::io::{Read as _, Write as _};
use std::process::{Child, Command, Stdio};

use crate::profile::{PASSPHRASE, Profile};

/// Starts `vv` with a terminal of its own, made by `script`, which passes on what is written to it.
fn at_a_terminal(profile: &Profile, words: &str) -> Child {
    let mut command = Command::new("script");
    profile.surround(&mut command);
    command
        .args(["--quiet", "--return", "--flush", "--command"])
        .arg(format!("tty; '{}' {words}", env!("CARGO_BIN_EXE_vv")))
        .arg("/dev/null")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script belongs to every Debian and Ubuntu")
}

/// Waits until the terminal shows `words` and hides what is typed, types an answer, and gives all that was shown with the exit
/// code.
fn answer(mut child: Child, words: &str, typed: &str) -> (String, Option<i32>) {
    let mut out = child.stdout.take().unwrap();
    let mut shown = Vec::new();
    let mut byte = [0];
    while !String::from_utf8_lossy(&shown).contains(words) {
        assert_eq!(out.read(&mut byte).unwrap(), 1, "it never asked: {}", String::from_utf8_lossy(&shown));
        shown.push(byte[0]);
    }
    // The question is shown a moment before the terminal stops showing keys.
    let terminal = String::from_utf8_lossy(&shown).lines().next().unwrap_or_default().trim().to_owned();
    while shows_keys(&terminal) {
        std::thread::yield_now();
    }
    let mut keys = child.stdin.take().unwrap();
    keys.write_all(format!("{typed}\n").as_bytes()).unwrap();
    out.read_to_end(&mut shown).unwrap();
    (String::from_utf8_lossy(&shown).into_owned(), child.wait().unwrap().code())
}

fn shows_keys(terminal: &str) -> bool {
    let settings = Command::new("stty").args(["-F", terminal, "-a"]).output().unwrap();
    assert!(settings.status.success(), "{terminal} is a terminal");
    !String::from_utf8_lossy(&settings.stdout).contains("-echo ")
}

#[test]
fn a_passphrase_is_asked_for_and_not_shown() {
    let profile = Profile::with_notebook();
    profile.add(&["A word for the terminal"]);
    let (shown, code) = answer(at_a_terminal(&profile, "entry list"), "assphrase", PASSPHRASE);
    assert!(shown.contains("A word for the terminal"), "{shown}");
    assert!(!shown.contains(PASSPHRASE), "{shown}");
    assert_eq!(code, Some(0));
}

#[test]
fn a_wrong_passphrase_at_a_terminal_ends_with_3() {
    let profile = Profile::with_notebook();
    let (shown, code) = answer(at_a_terminal(&profile, "entry list"), "assphrase", "not this one");
    assert!(!shown.contains("not this one"), "{shown}");
    assert_eq!(code, Some(3));
}
