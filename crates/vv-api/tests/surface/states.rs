//! Which state a notebook is in: exactly one, and never the wrong one.

use std::{fs, sync::Arc};

use vv_api::{
    App,
    error::ErrorCode,
    model::notebook::{KeyPlace, KeyringState, NotebookStatus},
};
use vv_core::ports::testing::VaultState;

use crate::computer::{Computer, PASSPHRASE, code};

#[test]
fn a_new_person_is_told_whether_the_keyring_can_be_offered() {
    let computer = Computer::new();
    for (vault, keyring) in [
        (VaultState::Works, KeyringState::Ready),
        (VaultState::Locked, KeyringState::Locked),
        (VaultState::Unreachable, KeyringState::Unreachable),
    ] {
        computer.ports.vault.set_state(vault);
        assert_eq!(computer.status(), NotebookStatus::Absent { keyring });
    }
    assert!(!computer.profile.notebook().exists(), "asking makes nothing");
}

#[test]
fn a_notebook_in_the_keyring_opens_by_itself() {
    let mut computer = Computer::with_keyring();
    computer.write("words");
    computer.restart();
    assert_eq!(computer.view().entry_count, 1);
    assert_eq!(computer.view().name, "Ada");
}

#[test]
fn an_opening_that_was_begun_early_is_told_once_and_asks_the_keyring_no_oftener() {
    let computer = Computer::with_keyring();
    let new = || Arc::new(App::with_host(computer.profile.clone(), computer.ports.host.clone()));
    let asked_by = |app: &App| {
        let before = computer.ports.vault.times_asked();
        let status = vv_api::notebook_status(app).unwrap();
        (status, computer.ports.vault.times_asked() - before)
    };
    computer.ports.vault.set_state(VaultState::Locked);
    let (plain, times) = asked_by(&new());

    let app = new();
    let before = computer.ports.vault.times_asked();
    app.open_early();
    assert_eq!(asked_by(&app).0, plain);
    assert_eq!(computer.ports.vault.times_asked() - before, times);

    computer.ports.vault.set_state(VaultState::Works);
    assert!(
        matches!(asked_by(&app).0, NotebookStatus::Open { .. }),
        "what was found early is not told twice"
    );
}

#[test]
fn a_keyring_that_is_empty_locked_or_silent_never_looks_like_a_new_person() {
    let mut computer = Computer::with_keyring();
    computer.write("words");
    let locked =
        |keyring| NotebookStatus::Locked { key_place: KeyPlace::Keyring, keyring, waiting_captures: 0 };
    for (vault, keyring) in
        [(VaultState::Locked, KeyringState::Locked), (VaultState::Unreachable, KeyringState::Unreachable)]
    {
        computer.ports.vault.set_state(vault);
        computer.restart();
        assert_eq!(computer.status(), locked(keyring));
        assert_eq!(code(computer.create(KeyPlace::Keyring)), ErrorCode::NotebookExists);
    }
    computer.ports.vault.set_state(VaultState::Works);
    assert_eq!(computer.view().entry_count, 1, "as soon as it answers, it opens");

    computer.ports.vault.empty();
    computer.restart();
    assert_eq!(computer.status(), locked(KeyringState::NoEntry));
    assert_eq!(code(computer.create(KeyPlace::Keyring)), ErrorCode::NotebookExists);
}

#[test]
fn a_notebook_behind_a_passphrase_waits_for_it() {
    let mut computer = Computer::with_passphrase();
    computer.write("words");
    computer.restart();
    assert!(matches!(computer.status(), NotebookStatus::Locked { key_place: KeyPlace::Passphrase, .. }));
    assert_eq!(code(vv_api::journal_list_tags(&computer.app)), ErrorCode::Locked);
    assert_eq!(code(computer.unlock("not this one")), ErrorCode::WrongKey);
    assert!(matches!(computer.unlock(PASSPHRASE), Ok(NotebookStatus::Open { .. })));
    assert_eq!(computer.texts(), ["words"]);
}

#[test]
fn the_first_sentence_becomes_the_first_entry() {
    let computer = Computer::new();
    let request = vv_api::model::notebook::CreateNotebook {
        name: "Ada".to_owned(),
        key_place: KeyPlace::Keyring,
        passphrase: None,
        first_sentence: Some("It begins.".to_owned()),
    };
    vv_api::notebook_create(&computer.app, request).unwrap();
    assert_eq!(computer.texts(), ["It begins."]);
}

#[test]
fn a_damaged_file_is_told_before_anything_is_moved_and_a_salvage_brings_back_what_it_can() {
    let mut computer = Computer::with_passphrase();
    computer.write("words");
    computer.app.close();
    let database = computer.profile.notebook().join("notebook.db");
    let mut bytes = fs::read(&database).unwrap();
    bytes[1000..3000].fill(0x55);
    fs::write(&database, &bytes).unwrap();
    computer.restart();

    assert!(matches!(computer.status(), NotebookStatus::Locked { .. }), "without the key nobody knows");
    assert_eq!(code(computer.unlock("not this one")), ErrorCode::WrongKey);
    assert!(matches!(computer.unlock(PASSPHRASE), Ok(NotebookStatus::Damaged { .. })));
    assert!(matches!(computer.status(), NotebookStatus::Damaged { .. }));
    assert_eq!(fs::read(&database).unwrap(), bytes, "nothing was moved");

    let salvaged = vv_api::notebook_salvage(&computer.app);
    let aside = fs::read_dir(&computer.profile.folder).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().contains("aside")
    });
    match salvaged {
        Ok(NotebookStatus::Open { .. }) => assert_eq!(aside.count(), 1, "the damaged one is kept"),
        Err(error) => {
            assert_eq!(error.code, ErrorCode::Damaged);
            assert_eq!(fs::read(&database).unwrap(), bytes, "what cannot be salvaged stays where it is");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn nothing_is_salvaged_that_was_not_found_damaged() {
    let computer = Computer::with_keyring();
    assert_eq!(code(vv_api::notebook_salvage(&computer.app)), ErrorCode::NotFound);
}
