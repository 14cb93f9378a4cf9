//! People as they are read and written.

use chrono::NaiveDate;

use crate::ids::{EntryId, PersonId};

/// Holds what a person wrote down about somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonWords {
    /// The name; one line, never empty once it is kept.
    pub name: String,
    /// Other names they go by.
    pub other_names: Vec<String>,
    /// What they know, where they sit: free words.
    pub about: String,
}

/// Names somebody by id and name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Who; of people that are one, the one that the others lead to.
    pub id: PersonId,
    /// The name of today.
    pub name: String,
}

/// Is a line of the list of people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// Other names, those of people that turned out to be the same among them.
    pub other_names: Vec<String>,
    /// The line about them.
    pub about: String,
    /// Whether somebody else has this name too.
    pub shares_name: bool,
}

/// Is an entry that names somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamingEntry {
    /// The entry.
    pub id: EntryId,
    /// Its title; may be empty.
    pub title: String,
    /// Its first words.
    pub excerpt: String,
    /// The day it belongs to.
    pub on: NaiveDate,
}

/// Holds a person whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// What was written down, without the names of those that are the same.
    pub words: PersonWords,
    /// People that turned out to be the same, each by the name it had.
    pub same: Vec<Named>,
    /// The entries outside the trash that name them, newest first; the first hundred.
    pub entries: Vec<NamingEntry>,
    /// How many such entries there are.
    pub entry_count: u32,
}
