//! Backups and bringing them back; checking; reading where nothing can be written.

use std::fs;

use super::*;
use crate::notebook::NotebookError;
use crate::store::log;

const A: [u8; 16] = [1; 16];
const B: [u8; 16] = [2; 16];

fn asides(profile: &Profile) -> Vec<PathBuf> {
    fs::read_dir(profile.folder.path().join("profile"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("notebook.aside-"))
        .collect()
}

#[test]
fn a_backup_brings_back_everything_and_what_was_there_is_moved_aside() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "Then", "old words")).unwrap();
    let blob = notebook.blobs().put(&mut [7u8; 3000].as_slice(), u64::MAX).unwrap();
    let backup = notebook.backup(None).unwrap();
    assert_eq!(backup.proven_entries, Some(0));
    assert_eq!(notebook.backups().unwrap(), std::slice::from_ref(&backup));
    notebook.write(|tx| set_title(tx, A, "Now")).unwrap();
    let in_use = Notebook::restore(&profile.notebook(), &profile.host.host, &backup.path, Unlock::Keyring);
    assert!(matches!(in_use, Err(NotebookError::InUse)));
    drop(notebook);

    let notebook =
        Notebook::restore(&profile.notebook(), &profile.host.host, &backup.path, Unlock::Keyring).unwrap();
    assert_eq!(title_of(&notebook, A).as_deref(), Some("Then"));
    assert_eq!(*notebook.blobs().read(&blob).unwrap(), [7u8; 3000]);
    assert_eq!(notebook.backups().unwrap().len(), 1, "the backups stay with the notebook");
    notebook.write(|tx| set_title(tx, A, "Again")).unwrap();
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    let lives = notebook.read(|reader| log::list_feeds(reader.sql())).unwrap();
    assert_eq!(lives.iter().filter(|feed| feed.head.stream == vv_protocol::CONTENT_STREAM).count(), 2);
    assert_eq!(asides(&profile).len(), 1);
    drop(notebook);
    let aside = Notebook::open(&asides(&profile)[0], &profile.host.host, Unlock::Keyring).unwrap();
    assert_eq!(title_of(&aside, A).as_deref(), Some("Now"));
}

#[test]
fn words_of_the_kit_open_a_backup_on_a_computer_that_knows_nothing() {
    let profile = Profile::new();
    let notebook = profile.create();
    // Long enough that no ciphertext holds it by chance.
    const CANARY: &str = "An otter on a stick";
    notebook.write(|tx| make_thing(tx, A, CANARY, "")).unwrap();
    let seed = notebook.kit().unwrap();
    let away = profile.folder.path().join("stick/copy.vvbackup");
    notebook.backup(Some(&away)).unwrap();
    assert!(!is_on_disk(&profile.folder.path().join("stick"), CANARY));
    let other = Profile::new();
    let wrong = Notebook::restore(&other.notebook(), &other.host.host, &away, Unlock::Keyring);
    assert!(matches!(wrong, Err(NotebookError::KeyringNoEntry)));
    let notebook = Notebook::restore(&other.notebook(), &other.host.host, &away, Unlock::Kit(&seed)).unwrap();
    assert_eq!(title_of(&notebook, A).as_deref(), Some(CANARY));
    drop(notebook);
    assert!(Notebook::open(&other.notebook(), &other.host.host, Unlock::Keyring).is_ok());
}

#[test]
fn a_backup_from_before_a_change_of_passphrase_opens_with_the_present_one() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    let backup = notebook.backup(None).unwrap();
    notebook.move_key(NewKey::Passphrase("present"), None).unwrap();
    drop(notebook);
    let unlock = Unlock::Passphrase("present");
    drop(Notebook::restore(&profile.notebook(), &profile.host.host, &backup.path, unlock).unwrap());
    assert!(Notebook::open(&profile.notebook(), &profile.host.host, unlock).is_ok());
}

#[test]
fn a_backup_that_was_cut_or_changed_anywhere_changes_nothing() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    let backup = notebook.backup(None).unwrap();
    drop(notebook);
    let whole = fs::read(&backup.path).unwrap();
    let bad = profile.folder.path().join("bad.vvbackup");
    let refused = |bytes: &[u8]| {
        fs::write(&bad, bytes).unwrap();
        let restored = Notebook::restore(&profile.notebook(), &profile.host.host, &bad, Unlock::Keyring);
        assert!(restored.is_err());
    };
    for cut in [0, 10, 30, 60, whole.len() / 2, whole.len() - 1] {
        refused(&whole[..cut]);
    }
    for place in (0..whole.len()).step_by(whole.len() / 40) {
        let mut changed = whole.clone();
        changed[place] ^= 1;
        refused(&changed);
    }
    assert!(asides(&profile).is_empty());
    assert_eq!(title_of(&profile.open(), A).as_deref(), Some("One"));
}

#[test]
fn a_restore_that_was_killed_between_its_steps_is_finished_by_the_next_open() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "Here", "")).unwrap();
    drop(notebook);
    let beside = profile.folder.path().join("profile");
    for step in 0..3 {
        let prepared = beside.join("notebook.restoring-aaa");
        copy_folder(&profile.notebook(), &prepared);
        let aside = beside.join(format!("notebook.aside-{step}"));
        fs::write(
            beside.join("notebook.exchange"),
            format!("notebook.restoring-aaa\nnotebook.aside-{step}\n"),
        )
        .unwrap();
        if step >= 1 {
            fs::rename(profile.notebook(), &aside).unwrap();
        }
        if step >= 2 {
            fs::rename(&prepared, profile.notebook()).unwrap();
        }
        assert_eq!(title_of(&profile.open(), A).as_deref(), Some("Here"));
        assert!(aside.exists());
        assert!(!prepared.exists() && !beside.join("notebook.exchange").exists());
    }
}

#[test]
fn only_older_backups_that_were_made_by_themselves_are_pruned() {
    let profile = Profile::new();
    let notebook = profile.create();
    let named = profile.notebook().join("backups/before the move.vvbackup");
    notebook.backup(Some(&named)).unwrap();
    for _ in 0..15 {
        profile.host.clock.advance(chrono::TimeDelta::days(1));
        notebook.backup(None).unwrap();
    }
    let before = notebook.backups().unwrap();
    let removed = notebook.rotate_backups(None).unwrap() as usize;
    let left = notebook.backups().unwrap();
    assert!(removed >= 4 && left.len() == before.len() - removed, "{removed}");
    assert_eq!(left[..7], before[..7], "the last seven days stay");
    assert!(left.iter().any(|backup| backup.path == named));
    assert_eq!(notebook.rotate_backups(None).unwrap(), 0);
    notebook.remove_backup(&named).unwrap();
    assert!(notebook.remove_backup(&profile.notebook().join("notebook.key")).is_err());
}

#[test]
fn a_check_finds_a_changed_row_a_lost_row_and_a_changed_record() {
    let tampered = [
        "UPDATE field SET value = x'6374776f' WHERE field = 101",
        "DELETE FROM doc",
        "UPDATE doc SET text = 'other'",
        "INSERT INTO element (oid, field, element, tag, removed) VALUES (1, 5, x'01', x'00', 0)",
        "UPDATE obj SET kind = 77 WHERE kind = 9001",
        "UPDATE record SET raw = zeroblob(600) WHERE rid = (SELECT max(rid) FROM record)",
        "UPDATE record SET hlc = hlc + 1 WHERE rid = (SELECT max(rid) FROM record)",
        "DELETE FROM record WHERE rid = (SELECT max(rid) FROM record)",
        "DELETE FROM record WHERE rid = (SELECT max(rid) - 1 FROM record)",
        "UPDATE feed SET head_seq = head_seq + 1",
    ];
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    notebook.write(|tx| make_thing(tx, B, "Two", "words")).unwrap();
    notebook.write(|tx| set_title(tx, A, "Three")).unwrap();
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    for command in tampered {
        let copy = Profile { folder: tempfile::tempdir().unwrap(), host: profile.host.clone() };
        notebook.checkpoint().unwrap();
        copy_folder(&profile.notebook(), &copy.notebook());
        let copy = copy.open();
        copy.write(|tx| Ok::<_, StoreError>(tx.sql().execute_batch(command)?)).unwrap();
        assert!(!copy.verify().unwrap().problems.is_empty(), "nobody noticed: {command}");
    }
}

#[test]
fn where_nothing_can_be_written_everything_can_be_read() {
    use crate::store::folder::{Folder, Lock};
    use crate::store::open::Access;
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    drop(notebook);
    let before: Vec<_> =
        files_under(&profile.notebook()).into_iter().map(|path| fs::read(path).unwrap()).collect();
    let folder = Folder::new(&profile.notebook());
    let key_file = crate::store::key_file::KeyFile::read(&folder.key_file()).unwrap();
    let key = crate::notebook::unlock_key(&key_file, &profile.host.host, Unlock::Keyring).unwrap();
    let lock = Lock::shared(&folder).unwrap();
    let notebook = Notebook::open_as(folder, &profile.host.host, key, lock, Access::Frozen).unwrap();
    assert!(notebook.is_read_only());
    assert_eq!(title_of(&notebook, A).as_deref(), Some("One"));
    assert!(matches!(notebook.write(|tx| set_title(tx, A, "x")), Err(StoreError::ReadOnly)));
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    assert!(notebook.kit().is_ok());
    drop(notebook);
    let after: Vec<_> =
        files_under(&profile.notebook()).into_iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(before, after);
}

#[test]
fn no_word_is_readable_in_any_file_while_it_is_open() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "quokka title", "marmot words in a text")).unwrap();
    notebook.backup(None).unwrap();
    for words in ["quokka", "marmot", NAME, "Test laptop"] {
        assert!(!is_on_disk(&profile.folder.path().join("profile"), words), "{words}");
    }
}
