//! An entry on its way in: what a file says, checked, before it is written.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::ids::{AttachmentId, EntryId};
use crate::journal::{EntryOrigin, Moment, Source};

/// Says which entry a draft is, so that the same import finds it again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Key {
    /// An entry that a notebook of this program exported, under its own id.
    Own(EntryId),
    /// A thing of another program or folder, under its id there.
    Foreign {
        /// The program or format.
        app: &'static str,
        /// The id there.
        id: String,
    },
}

/// Holds an entry on its way in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Draft {
    /// How the report names it.
    pub(crate) item: String,
    /// Which entry it is.
    pub(crate) key: Key,
    /// A fingerprint of all it was read from; the same import changes nothing.
    pub(crate) mark: [u8; 32],
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) tags: Vec<String>,
    pub(crate) written: Moment,
    /// The day it belongs to, when that is not the day of `written`.
    pub(crate) on: Option<NaiveDate>,
    pub(crate) starred: bool,
    pub(crate) trashed: bool,
    pub(crate) origin: EntryOrigin,
    /// The program it came from; for a foreign draft its own fields.
    pub(crate) source: Option<Source>,
    /// Its files.
    pub(crate) files: Vec<DraftFile>,
    /// What the report says was kept under Facts.
    pub(crate) kept: Vec<String>,
    /// What the report says was left out, as sentences.
    pub(crate) left_out: Vec<String>,
    /// Files that are named and not there.
    pub(crate) missing: Vec<String>,
}

/// Names a file of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DraftFile {
    /// The id by which the text names it.
    pub(crate) id: AttachmentId,
    /// Where it lies; checked to be a file inside the folder.
    pub(crate) path: PathBuf,
    /// The name to keep.
    pub(crate) name: String,
}

/// Gathers fields that have no place of their own.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) names: Vec<String>,
}

impl Kept {
    /// Keeps a field and notes it for the report.
    pub(crate) fn keep(&mut self, name: &str, value: String) {
        let mut free = name.to_owned();
        while self.fields.contains_key(&free) {
            free.push('\'');
        }
        self.fields.insert(free, value);
        self.names.push(name.to_owned());
    }
}
