//! The captured line, open and locked.

use vv_api::{
    error::ErrorCode,
    model::{journal::EntryOrigin, notebook::NotebookStatus},
};

use crate::computer::{Computer, PASSPHRASE, code};

#[test]
fn a_line_captured_while_locked_becomes_an_entry_at_the_unlock() {
    let computer = Computer::with_passphrase();
    vv_api::notebook_lock(&computer.app).unwrap();
    let written_at = computer.ports.host.clock.now();
    let kept = vv_api::capture_keep(&computer.app, "a thought on the train".to_owned()).unwrap();
    assert!(kept.sealed);
    assert!(matches!(computer.status(), NotebookStatus::Locked { waiting_captures: 1, .. }));

    computer.ports.clock.advance(chrono::TimeDelta::hours(3));
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts(), ["a thought on the train"]);
    let entry = vv_api::journal_get_entry(&computer.app, kept.id.to_string()).unwrap();
    assert_eq!(entry.origin, EntryOrigin::Captured);
    assert_eq!(entry.at, written_at, "it bears the instant of its writing");
    vv_api::notebook_lock(&computer.app).unwrap();
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts().len(), 1, "one line never becomes two entries");
}

#[test]
fn a_line_captured_while_open_is_an_entry_at_once() {
    let computer = Computer::with_keyring();
    let kept = vv_api::capture_keep(&computer.app, "now".to_owned()).unwrap();
    assert!(!kept.sealed);
    assert_eq!(computer.texts(), ["now"]);
}

#[test]
fn a_captured_line_can_be_taken_back_for_a_moment() {
    let computer = Computer::with_passphrase();
    let open = vv_api::capture_keep(&computer.app, "open".to_owned()).unwrap();
    vv_api::capture_undo(&computer.app, open.id.to_string()).unwrap();
    assert!(computer.texts().is_empty());
    assert!(vv_api::journal_get_entry(&computer.app, open.id.to_string()).unwrap().trashed);

    vv_api::notebook_lock(&computer.app).unwrap();
    let sealed = vv_api::capture_keep(&computer.app, "sealed".to_owned()).unwrap();
    vv_api::capture_undo(&computer.app, sealed.id.to_string()).unwrap();
    computer.unlock(PASSPHRASE).unwrap();
    assert!(computer.texts().is_empty());
}

#[test]
fn nothing_else_can_be_taken_back_that_way() {
    let computer = Computer::with_keyring();
    let written = computer.write("written in the editor");
    assert_eq!(code(vv_api::capture_undo(&computer.app, written.id.to_string())), ErrorCode::NotFound);
    let old = vv_api::capture_keep(&computer.app, "captured long ago".to_owned()).unwrap();
    computer.ports.clock.advance(chrono::TimeDelta::hours(1));
    assert_eq!(code(vv_api::capture_undo(&computer.app, old.id.to_string())), ErrorCode::NotFound);
    assert_eq!(computer.texts().len(), 2);
}

#[test]
fn without_a_notebook_nothing_is_kept_and_that_is_said() {
    let computer = Computer::new();
    assert_eq!(code(vv_api::capture_keep(&computer.app, "a line".to_owned())), ErrorCode::NoNotebook);
    let computer = Computer::with_keyring();
    assert_eq!(code(vv_api::capture_keep(&computer.app, " \n".to_owned())), ErrorCode::Invalid);
}
