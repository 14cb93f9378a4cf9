//! Locking: by hand, by itself after idle time, and what becomes of what was typed.

use chrono::TimeDelta;
use vv_api::{
    Event,
    error::ErrorCode,
    model::{
        journal::KeepDraft,
        notebook::{KeyPlace, NotebookStatus},
        settings::Settings,
    },
};

use crate::computer::{Computer, PASSPHRASE, code};

fn is_locked(computer: &Computer) -> bool {
    matches!(computer.status(), NotebookStatus::Locked { key_place: KeyPlace::Passphrase, .. })
}

#[test]
fn a_locked_notebook_shows_nothing_until_the_passphrase_comes() {
    let computer = Computer::with_passphrase();
    let entry = computer.write("words");
    vv_api::notebook_lock(&computer.app).unwrap();
    assert!(is_locked(&computer));
    assert_eq!(code(vv_api::journal_get_entry(&computer.app, entry.id.to_string())), ErrorCode::Locked);
    assert_eq!(code(vv_api::notebook_verify(&computer.app)), ErrorCode::Locked);
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts(), ["words"]);
}

#[test]
fn a_notebook_in_the_keyring_cannot_be_locked_and_says_why() {
    let computer = Computer::with_keyring();
    assert_eq!(code(vv_api::notebook_lock(&computer.app)), ErrorCode::Invalid);
    assert!(matches!(computer.status(), NotebookStatus::Open { .. }));
}

#[test]
fn it_locks_by_itself_when_nobody_was_there_for_so_long() {
    let computer = Computer::with_passphrase();
    let events = computer.app.subscribe();
    let minutes = |minutes| computer.ports.clock.advance(TimeDelta::minutes(minutes));
    minutes(9);
    computer.app.tick();
    assert!(!is_locked(&computer));
    computer.app.touch();
    minutes(9);
    computer.app.tick();
    assert!(!is_locked(&computer), "a key press begins the time anew");
    minutes(1);
    computer.app.tick();
    assert!(is_locked(&computer));
    assert!(events.try_iter().any(|event| event == Event::Locked));
}

#[test]
fn it_stays_open_when_the_person_wants_that_or_the_keyring_keeps_the_key() {
    let computer = Computer::with_passphrase();
    vv_api::settings_change(&computer.app, Settings { lock_after_minutes: None, ..Settings::default() })
        .unwrap();
    computer.ports.clock.advance(TimeDelta::days(1));
    computer.app.tick();
    assert!(!is_locked(&computer));

    let computer = Computer::with_keyring();
    computer.ports.clock.advance(TimeDelta::days(1));
    computer.app.tick();
    assert!(matches!(computer.status(), NotebookStatus::Open { .. }));
}

#[test]
fn what_was_typed_and_not_saved_is_there_after_a_lock() {
    let computer = Computer::with_passphrase();
    let entry = computer.write("first");
    let editor = vv_api::journal_open_editor(&computer.app, entry.id.to_string()).unwrap();
    let draft =
        KeepDraft { session: editor.session, text: "first, and more".to_owned(), title: String::new() };
    vv_api::journal_keep_draft(&computer.app, draft).unwrap();
    vv_api::notebook_lock(&computer.app).unwrap();
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts(), ["first, and more"]);
}

#[test]
fn what_was_typed_and_not_saved_is_there_after_a_crash() {
    let mut computer = Computer::with_passphrase();
    let entry = computer.write("first");
    let editor = vv_api::journal_open_editor(&computer.app, entry.id.to_string()).unwrap();
    let draft =
        KeepDraft { session: editor.session, text: "first, and more".to_owned(), title: String::new() };
    vv_api::journal_keep_draft(&computer.app, draft).unwrap();
    // Dropped without being closed, as a program that crashes.
    computer.restart();
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts(), ["first, and more"]);
}
