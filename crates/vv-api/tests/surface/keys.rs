//! Moving the key, and coming back by the recovery kit.

use vv_api::{
    error::ErrorCode,
    model::notebook::{CheckKit, KeyPlace, MoveKey, NotebookStatus, SaveKit, UnlockNotebook},
};

use crate::computer::{Computer, PASSPHRASE, code};

fn to_passphrase(passphrase: &str, current: Option<&str>) -> MoveKey {
    MoveKey::Passphrase { passphrase: passphrase.to_owned(), current: current.map(str::to_owned) }
}

#[test]
fn the_key_moves_from_the_keyring_behind_a_passphrase_and_back() {
    let mut computer = Computer::with_keyring();
    vv_api::notebook_move_key(&computer.app, to_passphrase("new", None)).unwrap();
    computer.restart();
    assert!(matches!(computer.status(), NotebookStatus::Locked { key_place: KeyPlace::Passphrase, .. }));
    computer.unlock("new").unwrap();
    vv_api::notebook_move_key(&computer.app, MoveKey::Keyring).unwrap();
    computer.restart();
    assert_eq!(computer.view().key_place, KeyPlace::Keyring);
}

#[test]
fn a_passphrase_is_changed_only_by_who_knows_it() {
    let mut computer = Computer::with_passphrase();
    for wrong in [None, Some("not this one")] {
        assert_eq!(
            code(vv_api::notebook_move_key(&computer.app, to_passphrase("new", wrong))),
            ErrorCode::WrongKey
        );
    }
    vv_api::notebook_move_key(&computer.app, to_passphrase("new", Some(PASSPHRASE))).unwrap();
    computer.restart();
    assert_eq!(code(computer.unlock(PASSPHRASE)), ErrorCode::WrongKey);
    computer.unlock("new").unwrap();
}

#[test]
fn whoever_comes_back_by_the_words_chooses_a_new_passphrase_without_the_lost_one() {
    let mut computer = Computer::with_passphrase();
    let words = vv_api::recovery_show_kit(&computer.app).unwrap().words;
    assert_eq!(words.len(), 24);
    computer.restart();
    let typed = format!("  1. {}\n", words.join("  ").to_uppercase());
    vv_api::notebook_unlock(&computer.app, UnlockNotebook::Words { words: typed }).unwrap();
    vv_api::notebook_move_key(&computer.app, to_passphrase("new", None)).unwrap();
    computer.restart();
    computer.unlock("new").unwrap();
}

#[test]
fn a_kit_that_was_made_and_checked_is_known_by_its_dates() {
    let computer = Computer::with_keyring();
    assert_eq!((computer.view().kit_made_at, computer.view().kit_checked_at), (None, None));
    let path = computer.profile.folder.join("my.kit").to_string_lossy().into_owned();
    vv_api::recovery_save_kit(&computer.app, SaveKit { path: path.clone(), passphrase: None }).unwrap();
    assert!(computer.view().kit_made_at.is_some());
    vv_api::recovery_check_kit(&computer.app, CheckKit::File { path, passphrase: None }).unwrap();
    assert!(computer.view().kit_checked_at.is_some());
}

#[test]
fn words_that_are_not_a_kit_say_which_word_is_wrong() {
    let computer = Computer::with_keyring();
    let mut words = vv_api::recovery_show_kit(&computer.app).unwrap().words;
    words[3] = "quixotic".to_owned();
    let error =
        vv_api::recovery_check_kit(&computer.app, CheckKit::Words { words: words.join(" ") }).unwrap_err();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::KitInvalid, Some("words")));
    assert!(error.message.contains("word 4") || error.message.contains("Word 4"));
    assert!(!error.message.contains("quixotic"), "what was typed stays out of messages");
}

#[test]
fn a_keyring_that_gives_nothing_is_said_as_what_it_is() {
    use vv_core::ports::testing::VaultState;
    let mut computer = Computer::with_keyring();
    let unlock = |computer: &Computer| code(vv_api::notebook_unlock(&computer.app, UnlockNotebook::Keyring));
    computer.restart();
    computer.ports.vault.set_state(VaultState::Locked);
    assert_eq!(unlock(&computer), ErrorCode::KeyringLocked);
    computer.ports.vault.set_state(VaultState::Unreachable);
    assert_eq!(unlock(&computer), ErrorCode::KeyringUnreachable);
    computer.ports.vault.set_state(VaultState::Works);
    computer.ports.vault.empty();
    assert_eq!(unlock(&computer), ErrorCode::KeyringNoEntry);
}
