//! An entry on its way in: what a file says, checked, before it is written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::archive::Lying;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{EntryOrigin, Moment, Source};
use crate::voice::Voice;

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
    /// A thing of a program that gives none of its own: several may be of one place, such as a minute or a day, and one of
    /// them is known again by its words.
    Vague {
        /// The program or format.
        app: &'static str,
        /// What stands for an id.
        id: String,
    },
}

impl Key {
    /// Gives the program and the id under which an entry of this key keeps its source.
    pub(crate) fn foreign(&self) -> Option<(&'static str, &str)> {
        match self {
            Self::Own(_) => None,
            Self::Foreign { app, id } | Self::Vague { app, id } => Some((app, id)),
        }
    }
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
    /// Where it lies; checked to be a file inside the folder or archive.
    pub(crate) lies: Lying,
    /// How many bytes it says it has.
    pub(crate) size: u64,
    /// The name to keep.
    pub(crate) name: String,
    /// What its source says of its bytes.
    pub(crate) expected: Option<Expected>,
    /// What is known of it, when it is a voice note of this program.
    pub(crate) voice: Option<Voice>,
}

/// Says what the bytes of a file should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Expected {
    /// Bytes with this hash.
    Md5([u8; 16]),
    /// So many bytes.
    Size(u64),
}

/// The longest value that is kept under Facts, and all values of an entry together: a record has an end.
const LONGEST_VALUE: usize = 32 << 10;
const LONGEST_FIELDS: usize = 96 << 10;
const LONGEST_NAME: usize = 200;
/// Bytes that a field costs beside its name and value, and how many may bear one name.
const FIELD_BYTES: usize = 16;
const MOST_OF_A_NAME: usize = 50;

/// Gathers fields that have no place of their own.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    pub(crate) fields: BTreeMap<String, String>,
    pub(crate) names: Vec<String>,
    bytes: usize,
}

impl Kept {
    /// Keeps a field and notes it for the report. What has no room in a record keeps its beginning, and the report says so.
    pub(crate) fn keep(&mut self, name: &str, mut value: String) {
        let name = &name[..name.floor_char_boundary(LONGEST_NAME)];
        let mut free = name.to_owned();
        let mut number = 2;
        while self.fields.contains_key(&free) && number < MOST_OF_A_NAME {
            free = format!("{name} {number}");
            number += 1;
        }
        let room = LONGEST_FIELDS.saturating_sub(self.bytes + free.len() + FIELD_BYTES);
        if room == 0 || number == MOST_OF_A_NAME {
            self.names.push(format!("{free}, which had no room"));
            return;
        }
        let room = room.min(LONGEST_VALUE);
        if value.len() > room {
            value.truncate(value.floor_char_boundary(room));
            self.names.push(format!("{free}, of which only the beginning"));
        } else {
            self.names.push(free.clone());
        }
        self.bytes += free.len() + FIELD_BYTES + value.len();
        self.fields.insert(free, value);
    }

    /// Keeps a value of JSON: what is nested under names with dots, and nothing that says nothing.
    pub(crate) fn keep_json(&mut self, name: &str, value: &serde_json::Value) {
        use serde_json::Value;
        match value {
            Value::Null | Value::Bool(false) => {}
            Value::String(text) if text.is_empty() => {}
            Value::String(text) => self.keep(name, text.clone()),
            Value::Object(parts) => {
                for (part, value) in parts {
                    self.keep_json(&format!("{name}.{part}"), value);
                }
            }
            Value::Array(parts) if parts.is_empty() => {}
            Value::Array(parts) if parts.iter().all(Value::is_string) => {
                let texts: Vec<&str> = parts.iter().filter_map(Value::as_str).collect();
                self.keep(name, texts.join(", "));
            }
            other => self.keep(name, other.to_string()),
        }
    }
}

/// Makes the fingerprint of what a draft says, whatever the order or program it was written with.
#[derive(Default)]
pub(crate) struct Mark(blake3::Hasher);

impl Mark {
    /// Takes in one part, with its length, so that no two sequences of parts are alike.
    pub(crate) fn take(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// Takes in all of a draft but its text, which the reader takes in as its source wrote it.
    pub(crate) fn finish(mut self, draft: &Draft) -> [u8; 32] {
        self.take(&draft.title).take(draft.written.instant().to_rfc3339());
        self.take(draft.written.offset_seconds().to_le_bytes())
            .take(draft.written.time_zone().unwrap_or_default());
        self.take([u8::from(draft.starred), u8::from(draft.trashed)]);
        self.take(draft.on.map(|on| on.to_string()).unwrap_or_default());
        for tag in &draft.tags {
            self.take(tag);
        }
        for (name, value) in draft.source.iter().flat_map(|source| &source.fields) {
            self.take(name).take(value);
        }
        for file in &draft.files {
            self.take(&file.name).take(file.size.to_le_bytes());
        }
        for name in &draft.missing {
            self.take(name);
        }
        self.end()
    }

    /// Gives the fingerprint.
    pub(crate) fn end(&self) -> [u8; 32] {
        *self.0.finalize().as_bytes()
    }
}
