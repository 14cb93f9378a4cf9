//! Keys, keyrings, kits, and what is never taken for one another.

use std::fs;

use vv_crypto::KitSeed;

use super::*;
use crate::notebook::{Capture, Inspected, KeyPlace, NotebookError, seal_capture};
use crate::ports::VaultError;
use crate::ports::testing::VaultState;

const A: [u8; 16] = [1; 16];

fn open_with(profile: &Profile, unlock: Unlock) -> Result<Notebook, NotebookError> {
    Notebook::open(&profile.notebook(), &profile.host.host, unlock)
}

/// Remembers every file, so that it can be said that nothing was touched.
fn snapshot(profile: &Profile) -> Vec<(PathBuf, Vec<u8>)> {
    let mut files: Vec<_> = files_under(&profile.notebook())
        .into_iter()
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_keyring_that_is_locked_silent_or_empty_says_so_and_never_looks_like_a_new_person() {
    let profile = Profile::new();
    drop(profile.create());
    let before = snapshot(&profile);
    profile.host.vault.set_state(VaultState::Locked);
    assert!(matches!(open_with(&profile, Unlock::Keyring), Err(NotebookError::Vault(VaultError::Locked))));
    profile.host.vault.set_state(VaultState::Unreachable);
    assert!(matches!(
        open_with(&profile, Unlock::Keyring),
        Err(NotebookError::Vault(VaultError::Unreachable))
    ));
    profile.host.vault.set_state(VaultState::Works);
    profile.host.vault.empty();
    assert!(matches!(open_with(&profile, Unlock::Keyring), Err(NotebookError::KeyringNoEntry)));
    let made = Notebook::create(&profile.notebook(), &profile.host.host, "Eve", NewKey::Keyring);
    assert!(matches!(made, Err(NotebookError::AlreadyThere)));
    assert!(matches!(Notebook::inspect(&profile.notebook()), Ok(Inspected::Present { .. })));
    assert_eq!(snapshot(&profile), before);
}

#[test]
fn nothing_is_made_when_the_keyring_does_not_take_the_key() {
    let profile = Profile::new();
    profile.host.vault.set_state(VaultState::Locked);
    let made = Notebook::create(&profile.notebook(), &profile.host.host, NAME, NewKey::Keyring);
    assert!(matches!(made, Err(NotebookError::Vault(VaultError::Locked))));
    assert_eq!(Notebook::inspect(&profile.notebook()).unwrap(), Inspected::Absent);
    assert!(
        files_under(&profile.folder.path().join("profile")).iter().all(|path| !path.ends_with("notebook.db"))
    );
    // And a notebook behind a passphrase needs no keyring at all.
    profile.host.vault.set_state(VaultState::Unreachable);
    drop(
        Notebook::create(&profile.notebook(), &profile.host.host, NAME, NewKey::Passphrase("quiet words"))
            .unwrap(),
    );
    assert!(open_with(&profile, Unlock::Passphrase("quiet words")).is_ok());
}

#[test]
fn a_wrong_passphrase_is_no_damage_and_touches_nothing() {
    let profile = Profile::new();
    drop(
        Notebook::create(&profile.notebook(), &profile.host.host, NAME, NewKey::Passphrase("right")).unwrap(),
    );
    let before = snapshot(&profile);
    assert!(matches!(open_with(&profile, Unlock::Passphrase("wrong")), Err(NotebookError::WrongKey)));
    assert!(matches!(open_with(&profile, Unlock::Kit(&KitSeed::make())), Err(NotebookError::WrongKey)));
    assert!(matches!(open_with(&profile, Unlock::Keyring), Err(NotebookError::NoSuchSlot)));
    assert_eq!(snapshot(&profile), before);
}

#[test]
fn a_notebook_whose_database_is_gone_or_damaged_or_whose_key_file_is_gone_has_its_own_error_each() {
    let profile = Profile::new();
    drop(profile.create());
    let (db, key) = (profile.notebook().join("notebook.db"), profile.notebook().join("notebook.key"));
    let kept = (fs::read(&db).unwrap(), fs::read(&key).unwrap());
    let create =
        || Notebook::create(&profile.notebook(), &profile.host.host, "Eve", NewKey::Keyring).err().unwrap();

    fs::remove_file(&db).unwrap();
    assert!(matches!(Notebook::inspect(&profile.notebook()), Err(NotebookError::DatabaseMissing)));
    assert!(matches!(create(), NotebookError::DatabaseMissing));
    fs::write(&db, &kept.0).unwrap();

    fs::remove_file(&key).unwrap();
    assert!(matches!(open_with(&profile, Unlock::Keyring), Err(NotebookError::KeyFileMissing)));
    assert!(matches!(create(), NotebookError::KeyFileMissing));
    fs::write(&key, b"vv-key\r\nnonsense").unwrap();
    assert!(matches!(
        open_with(&profile, Unlock::Keyring),
        Err(NotebookError::NewerVersion | NotebookError::KeyFileDamaged)
    ));
    fs::write(&key, &kept.1).unwrap();

    for broken in [Vec::new(), vec![0; kept.0.len()], kept.0[..1000].to_vec()] {
        fs::write(&db, &broken).unwrap();
        let opened = open_with(&profile, Unlock::Keyring).err().unwrap();
        assert!(matches!(opened, NotebookError::Store(StoreError::Damaged)), "{opened:?}");
        assert_eq!(fs::read(&db).unwrap(), broken, "a damaged file is left as it is");
    }
    fs::write(&db, &kept.0).unwrap();
    assert_eq!(open_with(&profile, Unlock::Keyring).unwrap().name().unwrap(), NAME);

    let files = profile.notebook().join("blobs/ab");
    fs::create_dir_all(&files).unwrap();
    fs::remove_file(&db).unwrap();
    fs::remove_file(&key).unwrap();
    fs::write(files.join("left"), b"sealed").unwrap();
    assert!(matches!(create(), NotebookError::OnlyRemains));
}

#[test]
fn a_notebook_of_a_newer_version_is_refused_and_untouched() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| Ok::<_, StoreError>(tx.sql().pragma_update(None, "user_version", 999)?)).unwrap();
    drop(notebook);
    let before = snapshot(&profile);
    assert!(matches!(open_with(&profile, Unlock::Keyring), Err(NotebookError::NewerVersion)));
    assert_eq!(snapshot(&profile), before);
}

#[test]
fn the_key_moves_between_keyring_and_passphrase_and_the_old_way_no_longer_opens() {
    let profile = Profile::new();
    let notebook = profile.create();
    assert_eq!(notebook.key_place().unwrap(), KeyPlace::Keyring);
    notebook.move_key(NewKey::Passphrase("one"), None).unwrap();
    assert_eq!(notebook.key_place().unwrap(), KeyPlace::Passphrase);
    assert!(!profile.host.vault.names().iter().any(|name| !name.ends_with("token")));
    assert!(matches!(notebook.move_key(NewKey::Passphrase("two"), None), Err(NotebookError::WrongKey)));
    assert!(matches!(notebook.move_key(NewKey::Passphrase("two"), Some("no")), Err(NotebookError::WrongKey)));
    notebook.move_key(NewKey::Passphrase("two"), Some("one")).unwrap();
    drop(notebook);
    assert!(matches!(open_with(&profile, Unlock::Passphrase("one")), Err(NotebookError::WrongKey)));
    let notebook = open_with(&profile, Unlock::Passphrase("two")).unwrap();
    notebook.move_key(NewKey::Keyring, None).unwrap();
    drop(notebook);
    assert!(matches!(open_with(&profile, Unlock::Passphrase("two")), Err(NotebookError::NoSuchSlot)));
    drop(open_with(&profile, Unlock::Keyring).unwrap());
}

#[test]
fn the_key_is_not_moved_while_another_program_has_the_notebook() {
    let profile = Profile::new();
    let window = profile.create();
    let terminal = profile.open();
    assert!(matches!(window.move_key(NewKey::Passphrase("one"), None), Err(NotebookError::InUse)));
    drop(terminal);
    window.move_key(NewKey::Passphrase("one"), None).unwrap();
    assert!(open_with(&profile, Unlock::Passphrase("one")).is_ok());
}

#[test]
fn the_kit_opens_what_an_emptied_keyring_no_longer_opens_and_mends_the_keyring() {
    let profile = Profile::new();
    let notebook = profile.create();
    let words = notebook.kit().unwrap().to_words().join(" ");
    assert!(notebook.kit_made_at().unwrap().is_some());
    drop(notebook);
    profile.host.vault.empty();
    let seed = KitSeed::from_words(&words).unwrap();
    let notebook = open_with(&profile, Unlock::Kit(&seed)).unwrap();
    drop(notebook);
    assert!(open_with(&profile, Unlock::Keyring).is_ok());
}

#[test]
fn the_words_can_be_seen_again_until_the_person_lets_them_go_after_a_check() {
    let profile = Profile::new();
    let notebook = profile.create();
    assert!(matches!(notebook.forget_kit(), Err(NotebookError::KitUnchecked)));
    let seed = notebook.kit().unwrap();
    assert!(matches!(notebook.check_kit(&KitSeed::make()), Err(NotebookError::WrongKey)));
    assert_eq!(notebook.kit_checked_at().unwrap(), None);
    notebook.check_kit(&seed).unwrap();
    assert_eq!(notebook.kit_checked_at().unwrap(), Some(profile.host.host.clock.now()));
    assert_eq!(notebook.kit().unwrap(), seed);
    notebook.forget_kit().unwrap();
    assert!(matches!(notebook.kit(), Err(NotebookError::KitForgotten)));
    notebook.check_kit(&seed).unwrap();
    drop(notebook);
    assert!(open_with(&profile, Unlock::Kit(&seed)).is_ok());
}

#[test]
fn a_line_captured_while_locked_becomes_one_entry_even_when_killed_in_between() {
    let profile = Profile::new();
    let notebook = profile.create();
    let line = |number: u8| Capture {
        id: crate::ids::EntryId::from_bytes([number; 16]),
        text: format!("otter line {number}"),
        at: profile.host.host.clock.now(),
        time_zone: None,
    };
    drop(notebook);
    for number in 1..=2 {
        seal_capture(&profile.notebook(), &line(number)).unwrap();
    }
    assert!(!is_on_disk(&profile.notebook(), "otter line"));
    assert!(matches!(
        Notebook::inspect(&profile.notebook()).unwrap(),
        Inspected::Present { waiting_captures: 2, .. }
    ));
    let notebook = profile.open();
    let inbox = profile.notebook().join("inbox");
    let sealed: Vec<_> =
        files_under(&inbox).into_iter().map(|path| (path.clone(), fs::read(path).unwrap())).collect();
    let mut seen = Vec::new();
    let mut take = |notebook: &Notebook| {
        notebook
            .take_captures(|tx, capture| {
                seen.push(capture.text.clone());
                make_thing(tx, *capture.id.as_bytes(), &capture.text, "")
            })
            .unwrap()
    };
    assert_eq!(take(&notebook), 2);
    // As if the program had died after the entry was durable and before the file was removed.
    for (path, bytes) in sealed {
        fs::write(path, bytes).unwrap();
    }
    assert_eq!(take(&notebook), 0);
    assert_eq!(seen, ["otter line 1", "otter line 2"]);
    assert!(files_under(&inbox).is_empty());
}

#[test]
fn a_capture_that_could_not_be_kept_stays_sealed() {
    let profile = Profile::new();
    let notebook = profile.create();
    let capture = Capture {
        id: crate::ids::EntryId::from_bytes(A),
        text: "line".to_owned(),
        at: profile.host.host.clock.now(),
        time_zone: None,
    };
    seal_capture(&profile.notebook(), &capture).unwrap();
    assert!(notebook.take_captures(|_, _| Err(StoreError::DiskFull)).is_err());
    assert_eq!(files_under(&profile.notebook().join("inbox")).len(), 1);
    assert_eq!(notebook.take_captures(|tx, _| make_thing(tx, A, "kept", "")).unwrap(), 1);
}
