//! What comes back, and the page of a day.

use chrono::NaiveDate;

use crate::goals::Goal;
use crate::ids::LoopId;
use crate::intentions::Intention;
use crate::journal::EntryRow;
use crate::loops::{KeptFilling, LoopRow};

/// Says how long ago something was, to the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ago {
    /// So many years.
    Years(u32),
    /// So many months; for a journal that is younger than a year.
    Months(u32),
}

/// Holds an entry of this day in an earlier year or month.
#[derive(Debug, Clone, PartialEq)]
pub struct Remembered {
    /// How long ago.
    pub ago: Ago,
    /// The entry.
    pub entry: EntryRow,
}

/// Holds an entry that returns to be asked whether it still holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Keepsake {
    /// The entry.
    pub entry: EntryRow,
    /// How often it was said to be still true.
    pub times_true: u32,
}

/// Holds something that was learned a while ago.
#[derive(Debug, Clone, PartialEq)]
pub struct Learned {
    /// The loop.
    pub loop_id: LoopId,
    /// What is being learned in it.
    pub title: String,
    /// What was gained.
    pub gain: KeptFilling,
}

/// Holds what the page of a day shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Today {
    /// The day.
    pub on: NaiveDate,
    /// Whether something was written on it.
    pub written: bool,
    /// Loops that wait for the person, those nearest to their end first.
    pub loops: Vec<LoopRow>,
    /// A loop that has been open for long and surfaces today, once.
    pub surfaced: Option<LoopRow>,
    /// Intentions whose day has come, the oldest first.
    pub intentions: Vec<Intention>,
    /// Goals to look at again.
    pub goals: Vec<Goal>,
    /// What was written on this day before.
    pub on_this_day: Vec<Remembered>,
    /// An entry that returns.
    pub keepsake: Option<Keepsake>,
    /// Something that was learned six weeks ago.
    pub learned: Option<Learned>,
}

/// Holds the material of a look back.
#[derive(Debug, Clone, PartialEq)]
pub struct LookBack {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How many entries were written.
    pub entry_count: u32,
    /// How many words.
    pub word_count: u32,
    /// The entries, newest first; at most 100.
    pub entries: Vec<EntryRow>,
    /// Loops that something filled, or that were closed.
    pub loops: Vec<LoopRow>,
    /// Intentions that were made or answered.
    pub intentions: Vec<Intention>,
    /// Who taught or told one something, by name, in order of spelling.
    pub people: Vec<String>,
}
