//! Requests and views of loops.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, FillingId, LoopId};

use super::{goals::GoalView, intentions::IntentionView};

/// Names one of the four parts of a loop, in the order of the ring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoopPart {
    /// What was read, heard, seen.
    Gain,
    /// What was tried.
    Practise,
    /// What others said.
    Feedback,
    /// What changed in how one does it.
    Reflect,
}

/// Chooses loops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LoopFilter {
    /// Those that are open.
    Open,
    /// Those that are closed, the one closed last first.
    Closed,
    /// Those in the trash.
    Trashed,
}

/// Shows a loop as a row of a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LoopRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: LoopId,
    /// What is being learned.
    pub title: String,
    /// What for; empty when nobody said.
    pub why: String,
    /// The day it was begun on.
    pub begun_on: NaiveDate,
    /// The day it was closed on; none while it is open.
    pub closed_on: Option<NaiveDate>,
    /// The day until which it is parked, as long as that lies ahead.
    pub parked_until: Option<NaiveDate>,
    /// The latest day on which something filled it, or the day it was begun on.
    pub touched_on: NaiveDate,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// How many things were gained.
    pub gain: u32,
    /// How many tries there were.
    pub practise: u32,
    /// How often somebody said something to it.
    pub feedback: u32,
    /// How often it was reflected on.
    pub reflect: u32,
    /// Who gave the latest feedback; empty when nobody is named.
    pub feedback_from: String,
    /// The parts that nothing fills.
    pub missing: Vec<LoopPart>,
    /// Whether it waits for the person.
    pub waiting: bool,
    /// Days since something filled it.
    pub quiet_days: u32,
}

/// Shows a loop whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LoopView {
    /// What the list says of it.
    pub row: LoopRow,
    /// What fills its parts, in order of their days.
    pub fillings: Vec<FillingView>,
    /// Each time it was closed, the latest first.
    pub closings: Vec<ClosingView>,
    /// The goals that belong to it.
    pub goals: Vec<GoalView>,
    /// The intentions that belong to it, the latest first.
    pub intentions: Vec<IntentionView>,
}

/// Shows what fills a part.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FillingView {
    /// Its id.
    #[ts(type = "string")]
    pub id: FillingId,
    /// Which part it fills.
    pub part: LoopPart,
    /// On which day.
    pub on: NaiveDate,
    /// The entry that fills it, when one does.
    #[ts(type = "string | null")]
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

/// Shows then and now, as they were written when a loop was closed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ClosingView {
    /// When it was closed.
    pub at: DateTime<Utc>,
    /// On which day.
    pub on: NaiveDate,
    /// How it was then.
    pub then: String,
    /// How it is now.
    pub now: String,
}

/// Shows what an entry is to loops and to the past.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryLoops {
    /// The loops it fills, and which part.
    pub loops: Vec<EntryLoop>,
    /// Intentions that came from it.
    pub intentions: Vec<IntentionView>,
    /// Whether it is marked to return.
    pub kept: bool,
}

/// Shows a loop that an entry fills.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryLoop {
    /// The loop.
    pub row: LoopRow,
    /// Which part the entry fills.
    pub part: LoopPart,
    /// By which filling.
    #[ts(type = "string")]
    pub filling: FillingId,
}

/// Asks for a new loop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeLoop {
    /// What is being learned.
    pub title: String,
    /// What for.
    #[serde(default)]
    pub why: String,
}

/// Asks to change what a loop says of itself; what is none stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeLoop {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// Another title.
    #[ts(optional)]
    pub title: Option<String>,
    /// Another purpose.
    #[ts(optional)]
    pub why: Option<String>,
}

/// Asks to park a loop until a day, or to take it up again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ParkLoop {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// Until which day; none takes it up again.
    pub until: Option<NaiveDate>,
}

/// Asks to fill a part of a loop: with an entry or with words, one of the two.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FillLoop {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// Which part.
    pub part: LoopPart,
    /// The entry.
    #[ts(type = "string", optional)]
    pub entry: Option<EntryId>,
    /// The words.
    #[ts(optional)]
    pub words: Option<String>,
    /// On which day; none means the day of the entry, or today.
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Who: whose exact words they are, or with whom it was tried.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub who: String,
    /// Where from: a course, a book, a talk.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub source: String,
}

/// Asks to change what fills a part; what is none stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeFilling {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// What fills it.
    #[ts(type = "string")]
    pub filling: FillingId,
    /// Another part.
    #[ts(optional)]
    pub part: Option<LoopPart>,
    /// Other words.
    #[ts(optional)]
    pub words: Option<String>,
    /// Another day.
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Somebody else.
    #[ts(optional)]
    pub who: Option<String>,
    /// Another source.
    #[ts(optional)]
    pub source: Option<String>,
}

/// Names what fills a part of a loop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NamedFilling {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// What fills it.
    #[ts(type = "string")]
    pub filling: FillingId,
}

/// Asks to close a loop.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseLoop {
    /// Which loop.
    #[ts(type = "string")]
    pub id: LoopId,
    /// How it was then.
    pub then: String,
    /// How it is now; a loop closes only with this.
    pub now: String,
}
