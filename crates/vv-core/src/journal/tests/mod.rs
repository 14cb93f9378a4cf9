//! Stories of the journal, told over a notebook in a folder of its own.

mod editing;
mod entries;
mod files;
mod history;
mod interleaving;
mod timeline;
mod trash;

use std::path::{Path, PathBuf};

use chrono::{NaiveDate, TimeDelta};
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::EntryId;
use crate::notebook::{NewKey, Unlock};
use crate::ports::testing::TestHost;

/// A person at a computer, with an open notebook.
struct Story {
    notebook: Notebook,
    host: TestHost,
    _folder: TempDir,
    path: PathBuf,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(7, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, _folder: folder, path }
    }

    /// Opens the same notebook as another program does.
    fn another_program(&self) -> Notebook {
        Notebook::open(&self.path, &self.host.host, Unlock::Keyring).unwrap()
    }

    fn later(&self, minutes: i64) {
        self.host.clock.advance(TimeDelta::minutes(minutes));
    }

    fn write(&self, title: &str, text: &str) -> EntryId {
        self.make(NewEntry { title: title.into(), text: text.into(), ..NewEntry::default() })
    }

    fn make(&self, new: NewEntry) -> EntryId {
        self.notebook.write(|tx| create_entry(tx, new)).unwrap()
    }

    fn get(&self, id: EntryId) -> Entry {
        self.notebook.read(|reader| get_entry(reader, id)).unwrap()
    }

    fn change(&self, id: EntryId, change: EntryChange) {
        self.notebook.write(|tx| change_entry(tx, id, &change)).unwrap();
    }

    fn trash(&self, id: EntryId) {
        self.notebook.write(|tx| trash_entry(tx, id)).unwrap();
    }

    fn titles(&self, filter: &EntryFilter) -> Vec<String> {
        let page = self.notebook.read(|reader| list_entries(reader, filter, 0, 500)).unwrap();
        page.rows.into_iter().map(|row| row.title).collect()
    }

    fn records(&self, id: EntryId) -> usize {
        self.notebook.read(|reader| reader.log_of(id.as_bytes())).unwrap().len()
    }

    /// Checks the whole notebook: chain, signatures, and every projection against one rebuilt from the log.
    fn assert_sound(&self) {
        let report = self.notebook.verify().unwrap();
        assert_eq!(report.problems, Vec::<String>::new());
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Says whether bytes stand in any file below a folder.
fn stands_on_disk(folder: &Path, bytes: &[u8]) -> bool {
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if std::fs::read(&path).unwrap().windows(bytes.len()).any(|window| window == bytes) {
                return true;
            }
        }
    }
    false
}
