//! People and notes of help on their way out as Markdown: names in the front matter of the entries that name them, help beside
//! it, and all of it in a file of its own.
//!
//! The file is for reading; it is no note, so an import leaves it. What comes back whole stands in the export as JSON.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use serde_yaml_ng::{Mapping, Value};

use super::error::PortabilityError;
use super::export::unwritable;
use crate::helped::{self, Helped, HelpedError, HelpedFilter};
use crate::ids::{EntryId, PersonId};
use crate::journal::Entry;
use crate::people::{self, Directory, PersonError, PersonRow};
use crate::store::{Reader, StoreError};

/// The name of the file; in the front matter, whom an entry names, and whose help belongs to it.
const FILE: &str = "people.yaml";
pub(super) const PEOPLE: &str = "people";
pub(super) const HELPED: &str = "helped";

/// Holds who is known and who helped.
pub(super) struct PeopleBeside {
    known: Directory,
    rows: Vec<PersonRow>,
    notes: Vec<Helped>,
    of_entry: HashMap<EntryId, Vec<String>>,
    is_whole: bool,
}

impl PeopleBeside {
    pub(super) fn read(reader: &Reader<'_>, is_whole: bool) -> Result<Self, PortabilityError> {
        let notes = helped::list_helped(reader, &HelpedFilter::default()).map_err(of_helped)?;
        let mut of_entry: HashMap<EntryId, Vec<String>> = HashMap::new();
        for note in &notes {
            if let Some(entry) = note.entry {
                of_entry.entry(entry).or_default().push(format!("{}: {}", note.who, note.subject));
            }
        }
        let rows = people::list_people(reader).map_err(of_people)?;
        Ok(Self { known: Directory::read(reader.sql())?, rows, notes, of_entry, is_whole })
    }

    /// Puts into the front matter of an entry whom it names and who helped.
    pub(super) fn put_into(&self, front: &mut Mapping, entry: &Entry) {
        let named = self.names(people::mentioned(&entry.text));
        if !named.is_empty() {
            front.insert(PEOPLE.into(), named.into());
        }
        if let Some(lines) = self.of_entry.get(&entry.id) {
            front.insert(HELPED.into(), lines.clone().into());
        }
    }

    fn names(&self, ids: Vec<PersonId>) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for name in ids.into_iter().filter_map(|id| self.known.name(id)) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Writes the file of people, when the whole journal goes and there is somebody in it.
    pub(super) fn finish(&self, part: &Path) -> Result<(), PortabilityError> {
        if !self.is_whole || (self.rows.is_empty() && self.notes.is_empty()) {
            return Ok(());
        }
        let mut all = Mapping::new();
        all.insert(PEOPLE.into(), Value::Sequence(self.rows.iter().map(of_person).collect()));
        all.insert(HELPED.into(), Value::Sequence(self.notes.iter().map(of_note).collect()));
        let text = serde_yaml_ng::to_string(&all).map_err(|error| unwritable(io::Error::other(error)))?;
        let write = || File::create_new(part.join(FILE))?.write_all(text.as_bytes());
        write().map_err(unwritable)
    }
}

fn of_person(row: &PersonRow) -> Value {
    let mut one = Mapping::new();
    one.insert("name".into(), row.name.clone().into());
    if !row.other_names.is_empty() {
        one.insert("other_names".into(), row.other_names.clone().into());
    }
    if !row.about.is_empty() {
        one.insert("about".into(), row.about.clone().into());
    }
    one.insert("id".into(), row.id.to_string().into());
    Value::Mapping(one)
}

fn of_note(note: &Helped) -> Value {
    let mut one = Mapping::new();
    one.insert("who".into(), note.who.clone().into());
    one.insert("with".into(), note.subject.clone().into());
    one.insert("on".into(), note.on.to_string().into());
    if let Some(entry) = note.entry {
        one.insert("entry".into(), entry.to_string().into());
    }
    Value::Mapping(one)
}

// Nobody and nothing in particular is asked for, so only the store can refuse.

fn of_people(error: PersonError) -> PortabilityError {
    if let PersonError::Store(error) = error { error.into() } else { StoreError::NotFound.into() }
}

fn of_helped(error: HelpedError) -> PortabilityError {
    if let HelpedError::Store(error) = error { error.into() } else { StoreError::NotFound.into() }
}
