//! A process that ends anywhere loses nothing it acknowledged, and a copy that was put back is noticed.

use std::fs;

use super::*;
use crate::ports::testing::VaultState;
use crate::store::log;

const A: [u8; 16] = [1; 16];

fn feeds(notebook: &Notebook) -> usize {
    let feeds = notebook.read(|reader| log::list_feeds(reader.sql())).unwrap();
    feeds.iter().filter(|feed| feed.head.stream == vv_protocol::CONTENT_STREAM).count()
}

/// Copies the folder as a kill -9 at this moment would leave it.
fn as_killed(profile: &Profile) -> Profile {
    let killed = Profile { folder: tempfile::tempdir().unwrap(), host: profile.host.clone() };
    copy_folder(&profile.notebook(), &killed.notebook());
    killed
}

#[test]
fn what_was_acknowledged_is_there_after_a_kill_at_any_moment() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "0", "begin")).unwrap();
    for number in 1..=12 {
        notebook.write(|tx| set_title(tx, A, &number.to_string())).unwrap();
        notebook.write(|tx| write_text(tx, A, &format!("begin {number}"))).unwrap();
        let killed = as_killed(&profile);
        let reopened = killed.open();
        assert_eq!(title_of(&reopened, A), Some(number.to_string()));
        assert_eq!(text_of(&reopened, A), format!("begin {number}"));
        if number % 4 == 0 {
            assert_eq!(reopened.verify().unwrap().problems, Vec::<String>::new());
        }
    }
}

#[test]
fn a_log_that_was_cut_anywhere_still_opens_to_a_whole_state() {
    let profile = Profile::new();
    let notebook = profile.create();
    for number in 0..6u8 {
        notebook.write(|tx| make_thing(tx, [number; 16], "t", "some words")).unwrap();
    }
    let killed = as_killed(&profile);
    let wal = fs::read(killed.notebook().join("notebook.db-wal")).unwrap();
    for cut in (0..wal.len()).step_by(wal.len() / 12) {
        let cut_off = as_killed(&profile);
        fs::write(cut_off.notebook().join("notebook.db-wal"), &wal[..cut]).unwrap();
        let _shm = fs::remove_file(cut_off.notebook().join("notebook.db-shm"));
        let notebook = cut_off.open();
        assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn closing_leaves_one_file_and_no_log_beside_it() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    drop(notebook);
    assert!(!profile.notebook().join("notebook.db-wal").exists());
    assert_eq!(title_of(&profile.open(), A).as_deref(), Some("One"));
}

#[test]
fn a_copy_that_was_put_back_begins_another_life_and_an_ordinary_open_does_not() {
    for without_keyring in [false, true] {
        let profile = Profile::new();
        drop(if without_keyring {
            profile.host.vault.set_state(VaultState::Unreachable);
            Notebook::create(&profile.notebook(), &profile.host.host, NAME, NewKey::Passphrase("one"))
                .unwrap()
        } else {
            profile.create()
        });
        let unlock = if without_keyring { Unlock::Passphrase("one") } else { Unlock::Keyring };
        let open = || Notebook::open(&profile.notebook(), &profile.host.host, unlock).unwrap();
        for round in 0..3u8 {
            let notebook = open();
            notebook.write(|tx| make_thing(tx, [round; 16], "t", "")).unwrap();
            assert_eq!(feeds(&notebook), 1);
        }
        let old = fs::read(profile.notebook().join("notebook.db")).unwrap();
        let notebook = open();
        notebook.write(|tx| make_thing(tx, [9; 16], "t", "")).unwrap();
        drop(notebook);
        fs::write(profile.notebook().join("notebook.db"), old).unwrap();
        let notebook = open();
        notebook.write(|tx| make_thing(tx, [10; 16], "t", "")).unwrap();
        assert_eq!(feeds(&notebook), 2);
        assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}
