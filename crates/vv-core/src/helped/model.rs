//! Notes of help as they are read and written.

use chrono::NaiveDate;

use crate::ids::{EntryId, HelpedId, PersonId};

/// Describes a note that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHelped {
    /// Who helped.
    pub person: PersonId,
    /// With what; one line.
    pub subject: String,
    /// On which day; none means the day of the entry, or today.
    pub on: Option<NaiveDate>,
    /// The entry it belongs to.
    pub entry: Option<EntryId>,
}

/// Says which notes are wanted; what is none does not narrow.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HelpedFilter {
    /// Of this person, and of whoever turned out to be the same.
    pub person: Option<PersonId>,
    /// About this subject, however it is capitalised.
    pub subject: Option<String>,
    /// Of this entry.
    pub entry: Option<EntryId>,
}

/// Holds one note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helped {
    /// Its id.
    pub id: HelpedId,
    /// Who helped; none when the person was deleted.
    pub person: Option<PersonId>,
    /// The name of today; of somebody who was deleted, the name that was written.
    pub who: String,
    /// With what.
    pub subject: String,
    /// On which day.
    pub on: NaiveDate,
    /// The entry it belongs to, unless that is gone or lies in the trash.
    pub entry: Option<EntryId>,
    /// The title of that entry, or its first words.
    pub entry_title: String,
}
