//! What a damage leaves is saved, and the damaged notebook is kept.

use std::fs;

use super::*;
use crate::notebook::NotebookError;

fn id(number: u16) -> [u8; 16] {
    let mut id = [0; 16];
    id[..2].copy_from_slice(&number.to_be_bytes());
    id
}

const THINGS: u16 = 400;

fn filled() -> Profile {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook
        .write(|tx| {
            for number in 0..THINGS {
                make_thing(
                    tx,
                    id(number),
                    &format!("title {number}"),
                    &format!("words of {number} ").repeat(20),
                )?;
            }
            Ok::<_, StoreError>(())
        })
        .unwrap();
    drop(notebook);
    profile
}

#[test]
fn damaged_pages_cost_little_and_the_rest_is_there_again() {
    let profile = filled();
    let path = profile.notebook().join("notebook.db");
    let whole = fs::read(&path).unwrap();
    let pages = whole.len() / 4096;
    let mut damaged = whole.clone();
    // None of them holds the founding operations, without which a notebook knows no device: those lie behind the empty tables.
    for page in [pages * 3 / 4, pages * 2 / 3 + 2, pages - 20] {
        damaged[page * 4096 + 100] ^= 0xff;
    }
    fs::write(&path, &damaged).unwrap();
    let host = &profile.host.host;
    let tried = Notebook::try_salvage(&profile.notebook(), host, Unlock::Keyring).unwrap();
    assert_eq!(fs::read(&path).unwrap(), damaged, "trying changes nothing");
    let (notebook, report) = Notebook::salvage(&profile.notebook(), host, Unlock::Keyring).unwrap();
    assert_eq!(tried, report);
    assert!(report.records > u64::from(THINGS) * 8 / 10, "{report:?}");
    let readable = (0..THINGS)
        .filter(|number| text_of(&notebook, id(*number)) == format!("words of {number} ").repeat(20))
        .count();
    assert!(readable > usize::from(THINGS) * 9 / 10, "{readable} of {THINGS}, {report:?}");
    let checked = notebook.verify().unwrap();
    assert_eq!(checked.problems, Vec::<String>::new());
    assert_eq!(checked.known_lost, report.lost_records);
    notebook.write(|tx| make_thing(tx, [9; 16], "goes on", "")).unwrap();
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    let aside = fs::read_dir(profile.folder.path().join("profile"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.file_name().unwrap().to_string_lossy().starts_with("notebook.aside-"))
        .unwrap();
    assert_eq!(fs::read(aside.join("notebook.db")).unwrap(), damaged);
}

#[test]
fn a_file_of_which_nothing_can_be_read_stays_where_it_is() {
    let profile = filled();
    let path = profile.notebook().join("notebook.db");
    let mut damaged = fs::read(&path).unwrap();
    damaged[50] ^= 1;
    fs::write(&path, &damaged).unwrap();
    let host = &profile.host.host;
    let salvaged = Notebook::salvage(&profile.notebook(), host, Unlock::Keyring).err().unwrap();
    assert!(matches!(salvaged, NotebookError::NothingToSalvage), "{salvaged:?}");
    assert_eq!(fs::read(&path).unwrap(), damaged);
}

#[test]
fn a_whole_notebook_comes_through_a_salvage_whole() {
    let profile = filled();
    let (notebook, report) =
        Notebook::salvage(&profile.notebook(), &profile.host.host, Unlock::Keyring).unwrap();
    assert_eq!((report.lost_records, report.rescued_objects), (0, 0));
    for number in 0..THINGS {
        assert_eq!(title_of(&notebook, id(number)), Some(format!("title {number}")));
    }
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_account_whose_records_are_lost_is_there_again_and_takes_further_devices() {
    use super::devices::{Laptop, assert_same, exchange};
    let profile = filled();
    let notebook = profile.open();
    let lost = "DELETE FROM record WHERE fid IN (SELECT fid FROM feed JOIN space ON space.sid = feed.space WHERE kind = 0)";
    notebook.write(|tx| Ok::<_, StoreError>(tx.sql().execute(lost, [])?)).unwrap();
    drop(notebook);
    let host = &profile.host.host;
    let (notebook, report) = Notebook::salvage(&profile.notebook(), host, Unlock::Keyring).unwrap();
    assert_eq!(report.rescued_objects, 0);
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    let two = Laptop::join(&notebook, 2);
    exchange(&notebook, &two.notebook);
    assert_same(&notebook, &two.notebook);
}
