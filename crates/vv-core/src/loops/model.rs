//! What loops hand out and take in.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{EntryId, FillingId, LoopId};

/// Names one of the four parts of a loop, in the order of the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// What was read, heard, seen.
    Gain,
    /// What was tried.
    Practise,
    /// What others said.
    Feedback,
    /// What changed in how one does it.
    Reflect,
}

impl Part {
    /// Lists the parts in the order of the ring.
    pub const ALL: [Self; 4] = [Self::Gain, Self::Practise, Self::Feedback, Self::Reflect];
}

/// Holds a loop whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Loop {
    /// What the list says of it.
    pub row: LoopRow,
    /// What fills its parts, in order of their days.
    pub fillings: Vec<KeptFilling>,
    /// Each time it was closed, the latest first: more than one when it was opened again between.
    pub closings: Vec<Closing>,
}

/// Holds a loop as a row of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct LoopRow {
    /// Its id.
    pub id: LoopId,
    /// What is being learned.
    pub title: String,
    /// What for; empty when nobody said.
    pub why: String,
    /// The day it was begun on.
    pub begun_on: NaiveDate,
    /// The day it was closed on; none while it is open.
    pub closed_on: Option<NaiveDate>,
    /// The day until which it is parked.
    pub parked_until: Option<NaiveDate>,
    /// The day on which it surfaced by itself.
    pub surfaced_on: Option<NaiveDate>,
    /// The latest day on which something filled it, or the day it was begun on.
    pub touched_on: NaiveDate,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// How many things fill each part, in the order of [`Part::ALL`]; what lies in the trash does not count.
    pub counts: [u32; 4],
    /// Who gave the latest feedback; empty when nobody is named.
    pub feedback_from: String,
}

impl LoopRow {
    /// Lists the parts that nothing fills, in the order of the ring.
    pub fn missing(&self) -> Vec<Part> {
        Part::ALL.into_iter().filter(|part| self.counts[*part as usize] == 0).collect()
    }
}

/// Describes a loop that is to be made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewLoop {
    /// What is being learned.
    pub title: String,
    /// What for.
    pub why: String,
    /// The day it was begun on; none means today.
    pub begun_on: Option<NaiveDate>,
}

/// Describes a change of a loop; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LoopChange {
    /// Another title.
    pub title: Option<String>,
    /// Another purpose.
    pub why: Option<String>,
    /// Parked until another day; `Some(None)` takes it up again.
    pub parked_until: Option<Option<NaiveDate>>,
}

/// Fills a part of a loop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Filling {
    /// With an entry of the journal, which is linked and not copied.
    Entry(EntryId),
    /// With words of their own.
    Words(String),
}

/// Describes what is to fill a part, with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFilling {
    /// Which part.
    pub part: Part,
    /// With what.
    pub filling: Filling,
    /// On which day; none means the day of the entry, or today.
    pub on: Option<NaiveDate>,
    /// Who: whose exact words they are, or with whom it was tried.
    pub who: String,
    /// Where from: a course, a book, a talk.
    pub source: String,
}

/// Describes a change of what fills a part; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FillingChange {
    /// Another part.
    pub part: Option<Part>,
    /// Other words; an entry keeps its own.
    pub words: Option<String>,
    /// Another day.
    pub on: Option<NaiveDate>,
    /// Somebody else.
    pub who: Option<String>,
    /// Another source.
    pub source: Option<String>,
}

/// Holds what fills a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFilling {
    /// Its id.
    pub id: FillingId,
    /// Which part it fills.
    pub part: Part,
    /// On which day.
    pub on: NaiveDate,
    /// The entry that fills it, when one does.
    pub entry: Option<EntryId>,
    /// Its words; of an entry its title or first words, empty while the entry lies in the trash.
    pub words: String,
    /// Whether the entry that fills it is there and outside the trash; true for words.
    pub is_there: bool,
    /// Who.
    pub who: String,
    /// Where from.
    pub source: String,
}

/// Holds then and now, as they were written when a loop was closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// When it was closed.
    pub at: DateTime<Utc>,
    /// On which day.
    pub on: NaiveDate,
    /// How it was then.
    pub then: String,
    /// How it is now.
    pub now: String,
}

/// Chooses loops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoopFilter {
    /// Those that are open, the one touched last first.
    Open,
    /// Those that are closed, the one closed last first.
    Closed,
    /// Those in the trash.
    Trashed,
}
