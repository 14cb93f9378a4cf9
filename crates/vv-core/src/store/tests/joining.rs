//! Joining a backup to the notebook it was made of, copies elsewhere, and the drill.

use std::fs;

use super::*;
use crate::journal::{self, NewEntry, create_entry, trash_entry};
use crate::notebook::NotebookError;

fn write(notebook: &Notebook, text: &str) -> crate::ids::EntryId {
    notebook.write(|tx| create_entry(tx, NewEntry { text: text.into(), ..NewEntry::default() })).unwrap()
}

fn texts(notebook: &Notebook) -> Vec<String> {
    let all = |reader: &crate::store::Reader| {
        let page = journal::list_entries(reader, &journal::EntryFilter::default(), 0, 100)?;
        page.rows
            .iter()
            .map(|row| Ok(journal::get_entry(reader, row.id)?.text))
            .collect::<Result<Vec<_>, journal::JournalError>>()
    };
    let mut texts = notebook.read(all).unwrap();
    texts.sort();
    texts
}

#[test]
fn what_a_backup_has_and_the_notebook_lost_comes_back_and_nothing_goes() {
    let profile = Profile::new();
    let notebook = profile.create();
    write(&notebook, "a first");
    let old = notebook.backup(None).unwrap();
    let second = write(&notebook, "b second");
    journal::attach_bytes(&notebook, second, "board.bin", &[9; 2000]).unwrap();
    let away = profile.folder.path().join("stick/later.vvbackup");
    notebook.backup(Some(&away)).unwrap();
    drop(notebook);

    // The computer broke, an old backup was brought back, a day went on; then the stick was found.
    let host = &profile.host.host;
    let notebook = Notebook::restore(&profile.notebook(), host, &old.path, Unlock::Keyring).unwrap();
    write(&notebook, "c since");
    let report = notebook.join_backup(&away).unwrap();
    assert_eq!(report.entries, 1);
    assert_eq!(texts(&notebook), ["a first", "b second", "c since"]);
    let entry = notebook.read(|reader| journal::get_entry(reader, second)).unwrap();
    assert_eq!(journal::read_attachment(&notebook, entry.attachments[0].id).unwrap().len(), 2000);
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    write(&notebook, "d on");

    // Once more brings nothing, and what stood before is there as a backup each time.
    assert_eq!(notebook.join_backup(&away).unwrap(), crate::notebook::JoinReport::default());
    let before = notebook.backups().unwrap();
    let kept = before.iter().filter(|backup| backup.path.to_string_lossy().contains("before-restore-"));
    assert_eq!(kept.count(), 2);
    assert_eq!(texts(&notebook), ["a first", "b second", "c since", "d on"]);
}

#[test]
fn what_was_deleted_for_good_here_stays_deleted() {
    let profile = Profile::new();
    let notebook = profile.create();
    let gone = write(&notebook, "gone");
    let backup = notebook.backup(None).unwrap();
    notebook.write(|tx| trash_entry(tx, gone)).unwrap();
    journal::delete_entry(&notebook, gone).unwrap();
    assert_eq!(notebook.join_backup(&backup.path).unwrap().records, 0);
    assert!(texts(&notebook).is_empty());
}

#[test]
fn a_backup_of_another_notebook_is_never_joined() {
    let (profile, other) = (Profile::new(), Profile::of_another());
    let notebook = profile.create();
    write(&notebook, "mine");
    let theirs = other.create().backup(Some(&profile.folder.path().join("theirs.vvbackup"))).unwrap();
    assert!(matches!(notebook.join_backup(&theirs.path), Err(NotebookError::OtherNotebook)));
    assert_eq!(texts(&notebook), ["mine"]);
    assert!(notebook.backups().unwrap().is_empty(), "nothing was begun");
}

#[test]
fn another_notebook_in_the_place_of_this_one_leaves_the_way_back_in_its_list() {
    let (profile, other) = (Profile::new(), Profile::of_another());
    let notebook = profile.create();
    write(&notebook, "mine");
    notebook.backup(None).unwrap();
    notebook.backup_before_restore().unwrap();
    drop(notebook);
    let theirs = other.create();
    theirs.move_key(NewKey::Passphrase("theirs"), None).unwrap();
    let file = theirs.backup(Some(&profile.folder.path().join("theirs.vvbackup"))).unwrap();
    let host = &profile.host.host;
    let notebook =
        Notebook::restore(&profile.notebook(), host, &file.path, Unlock::Passphrase("theirs")).unwrap();
    let left = notebook.backups().unwrap();
    let own: Vec<_> = left.iter().filter(|backup| backup.path.starts_with(profile.notebook())).collect();
    assert_eq!(own.len(), 1, "the backup of that day belongs to the other notebook and stays with it");
    let back = own[0].path.clone();
    drop(notebook);
    let notebook = Notebook::restore(&profile.notebook(), host, &back, Unlock::Keyring).unwrap();
    assert_eq!(texts(&notebook), ["mine"]);
}

#[test]
fn a_copy_elsewhere_is_proven_and_a_folder_that_is_away_is_never_made() {
    let profile = Profile::new();
    let notebook = profile.create();
    write(&notebook, "one");
    let backup = notebook.backup(None).unwrap();
    let stick = profile.folder.path().join("stick");
    assert!(notebook.copy_backup(&backup, &stick).is_err());
    assert!(!stick.exists());
    fs::create_dir(&stick).unwrap();
    let copy = notebook.copy_backup(&backup, &stick).unwrap();
    assert_eq!((copy.proven_entries, copy.made_at), (Some(1), backup.made_at));
    assert_eq!(fs::read(&copy.path).unwrap(), fs::read(&backup.path).unwrap());
    assert_eq!(notebook.rotate_backups(Some(&stick)).unwrap(), 0);
    assert_eq!(fs::read_dir(&stick).unwrap().count(), 1, "nothing half is left");
}

#[test]
fn a_drill_says_that_a_backup_opens_and_says_so_when_it_does_not() {
    let profile = Profile::new();
    let notebook = profile.create();
    let entry = write(&notebook, "one");
    journal::attach_bytes(&notebook, entry, "board.bin", &[9; 2000]).unwrap();
    let backup = notebook.backup(None).unwrap();
    let drill = notebook.drill_backup(&backup).unwrap();
    assert_eq!((drill.entries, &drill.problem), (Some(1), &None));
    assert_eq!(notebook.last_drill().unwrap(), Some(drill));

    let whole = fs::read(&backup.path).unwrap();
    for at in [whole.len() / 3, whole.len() - 40] {
        let mut broken = whole.clone();
        broken[at] ^= 1;
        fs::write(&backup.path, broken).unwrap();
        let drill = notebook.drill_backup(&backup).unwrap();
        assert!(drill.entries.is_none() && drill.problem.is_some(), "{drill:?}");
    }
    assert!(notebook.last_drill().unwrap().unwrap().problem.is_some());
    let left = fs::read_dir(profile.notebook().parent().unwrap()).unwrap();
    let left = left.filter(|file| file.as_ref().unwrap().file_name().to_string_lossy().contains("proving"));
    assert_eq!(left.count(), 0);
}
