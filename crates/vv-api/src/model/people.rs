//! Requests and views of people, and of notes of who helped.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, HelpedId, PersonId};

/// Names somebody by id and name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedPerson {
    /// Who.
    #[ts(type = "string")]
    pub id: PersonId,
    /// The name of today.
    pub name: String,
}

/// Shows a person as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonRow {
    /// Who.
    #[ts(type = "string")]
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Other names they go by.
    pub other_names: Vec<String>,
    /// What they know, where they sit: free words.
    pub about: String,
    /// Whether somebody else has this name too.
    pub shares_name: bool,
}

/// Shows an entry that names somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamingEntry {
    /// The entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Its title; may be empty.
    pub title: String,
    /// Its first words.
    pub excerpt: String,
    /// The day it belongs to.
    pub on: NaiveDate,
}

/// Shows a person whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonView {
    /// Who; the one that stands for all who turned out to be the same.
    #[ts(type = "string")]
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Other names that were written down for them.
    pub other_names: Vec<String>,
    /// What they know, where they sit: free words.
    pub about: String,
    /// People that turned out to be the same, each by the name it had.
    pub same: Vec<NamedPerson>,
    /// The newest entries that name them.
    pub entries: Vec<NamingEntry>,
    /// How many entries there are.
    pub entry_count: u32,
    /// What they helped with, newest first.
    pub helped: Vec<HelpedView>,
}

/// Keeps a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavePerson {
    /// Which one; none makes a new one.
    #[ts(type = "string | null")]
    pub id: Option<PersonId>,
    /// The name.
    pub name: String,
    /// Other names.
    pub other_names: Vec<String>,
    /// What they know, where they sit.
    pub about: String,
}

/// Says that one person is another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MergePeople {
    /// Who turned out to be the other.
    #[ts(type = "string")]
    pub from: PersonId,
    /// The other.
    #[ts(type = "string")]
    pub into: PersonId,
}

/// Deletes a person for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DeletePerson {
    /// Who.
    #[ts(type = "string")]
    pub id: PersonId,
    /// Whether the notes of their help go too.
    pub with_notes: bool,
}

/// Shows whom an entry names, and whose help was noted with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EntryPeople {
    /// Whom it names, in the order in which they stand in it.
    pub people: Vec<NamedPerson>,
    /// The notes that belong to it.
    pub helped: Vec<HelpedView>,
}

/// Shows a note that somebody helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HelpedView {
    /// Its id.
    #[ts(type = "string")]
    pub id: HelpedId,
    /// Who helped; none when they were deleted.
    #[ts(type = "string | null")]
    pub person: Option<PersonId>,
    /// Their name.
    pub who: String,
    /// With what.
    pub subject: String,
    /// On which day.
    pub on: NaiveDate,
    /// The entry it belongs to, unless that is gone or lies in the trash.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// The title of that entry, or its first words.
    pub entry_title: String,
}

/// Asks for notes of help; what is not given does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ListHelped {
    /// Of this person.
    #[ts(type = "string", optional)]
    pub person: Option<PersonId>,
    /// About this subject, however it is capitalised.
    #[ts(optional)]
    pub subject: Option<String>,
}

/// Notes that somebody helped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteHelped {
    /// Who; none when only the name is known.
    #[ts(type = "string | null")]
    pub person: Option<PersonId>,
    /// The name of somebody who is looked up by it, or met; counts when `person` is none.
    pub who: String,
    /// With what.
    pub subject: String,
    /// On which day; none means the day of the entry, or today.
    pub on: Option<NaiveDate>,
    /// The entry it belongs to.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
}

/// Changes a note of help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeHelped {
    /// Which one.
    #[ts(type = "string")]
    pub id: HelpedId,
    /// With what.
    pub subject: String,
    /// On which day.
    pub on: NaiveDate,
}

/// Captures that somebody helped, from the window that can read nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptureHelped {
    /// Who, by name.
    pub who: String,
    /// With what.
    pub subject: String,
    /// The same as one sentence, which is sealed as a line while the notebook is locked.
    pub line: String,
}
