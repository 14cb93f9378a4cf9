//! What the store promises, on notebooks in temporary folders.

mod apart;
mod arriving;
mod authors;
pub(crate) mod convergence;
mod crash;
mod damage;
pub(crate) mod devices;
mod joining;
mod keys;
pub(crate) mod records;
mod sweeping;
mod texts;
mod upgrade;
mod whole;

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Change, Kind, Op, StoreError, TextDoc, Tx, Value};
use crate::notebook::{NewKey, Notebook, Unlock};
use crate::ports::testing::TestHost;

pub(crate) const TITLE: u32 = 101;
pub(crate) const TAGS: u32 = 102;
pub(crate) const TEXT: u32 = 103;
/// A kind that no feature knows, so that these tests say nothing about features.
pub(crate) const THING: Kind = Kind(9_001);

/// The name of whoever these notebooks belong to; long enough to look for in ciphertext.
pub(crate) const NAME: &str = "Ada of the tests";

/// Holds a profile folder with one computer's ports.
pub(crate) struct Profile {
    pub folder: TempDir,
    pub host: TestHost,
}

impl Profile {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(1, &folder.path().join("state"));
        Self { folder, host }
    }

    /// Another person's computer, on which no id is the same.
    pub(crate) fn of_another() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(2, &folder.path().join("state"));
        Self { folder, host }
    }

    pub(crate) fn notebook(&self) -> PathBuf {
        self.folder.path().join("profile/notebook")
    }

    pub(crate) fn create(&self) -> Notebook {
        Notebook::create(&self.notebook(), &self.host.host, NAME, NewKey::Keyring).unwrap()
    }

    pub(crate) fn open(&self) -> Notebook {
        Notebook::open(&self.notebook(), &self.host.host, Unlock::Keyring).unwrap()
    }
}

pub(crate) fn make_thing(tx: &mut Tx, id: [u8; 16], title: &str, text: &str) -> Result<(), StoreError> {
    let mut ops = vec![Op::Create { kind: THING }, Op::Set { field: TITLE, value: Value::from(title) }];
    ops.extend(tx.rewrite_text(&id, TEXT, None, text)?);
    tx.commit(Change { object: id, ops }).map(|_| ())
}

pub(crate) fn set_title(tx: &mut Tx, id: [u8; 16], title: &str) -> Result<(), StoreError> {
    let ops = vec![Op::Set { field: TITLE, value: Value::from(title) }];
    tx.commit(Change { object: id, ops }).map(|_| ())
}

pub(crate) fn write_text(tx: &mut Tx, id: [u8; 16], text: &str) -> Result<(), StoreError> {
    let kept = tx.doc(&id, TEXT)?;
    let ops = tx.rewrite_text(&id, TEXT, kept.as_ref(), text)?;
    tx.commit(Change { object: id, ops }).map(|_| ())
}

pub(crate) fn title_of(notebook: &Notebook, id: [u8; 16]) -> Option<String> {
    let object = notebook.read(|reader| reader.object(&id)).unwrap()?;
    object.fields.get(&TITLE).and_then(Value::as_text).map(str::to_owned)
}

pub(crate) fn text_of(notebook: &Notebook, id: [u8; 16]) -> String {
    notebook.read(|reader| reader.doc(&id, TEXT)).unwrap().map(|doc| doc.text).unwrap_or_default()
}

pub(crate) fn files_under(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    entries
        .flat_map(|entry| {
            let path = entry.unwrap().path();
            if path.is_dir() { files_under(&path) } else { vec![path] }
        })
        .collect()
}

pub(crate) fn is_on_disk(folder: &Path, words: &str) -> bool {
    assert!(words.len() >= 6, "among so many bytes of ciphertext, “{words}” is found by chance");
    files_under(folder).iter().any(|path| {
        let bytes = std::fs::read(path).unwrap();
        bytes.windows(words.len()).any(|window| window == words.as_bytes())
    })
}

pub(crate) fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &place);
        } else {
            std::fs::copy(entry.path(), place).unwrap();
        }
    }
}
