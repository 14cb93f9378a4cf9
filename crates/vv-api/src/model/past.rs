//! Requests and views of what comes back, and the page of a day.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, FillingId, LoopId};

use super::{
    goals::GoalView,
    intentions::IntentionView,
    journal::EntryRow,
    loops::{FillingView, LoopRow},
};

/// Shows the page of today.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TodayView {
    /// The day.
    pub on: NaiveDate,
    /// Whether something was written on it.
    pub written: bool,
    /// Loops that wait, those nearest to their end first.
    pub loops: Vec<LoopRow>,
    /// A loop that has been open for long and surfaces today, once.
    pub surfaced: Option<LoopRow>,
    /// Intentions whose day has come, the oldest first.
    pub intentions: Vec<IntentionView>,
    /// Goals to look at again.
    pub goals: Vec<GoalView>,
    /// What was written on this day before.
    pub on_this_day: Vec<RememberedView>,
    /// An entry that returns.
    pub keepsake: Option<KeepsakeView>,
    /// Something that was learned six weeks ago.
    pub learned: Option<LearnedView>,
    /// The time given this week, when somebody planned any.
    pub given: Option<WeekGivenView>,
}

/// Shows the time given in a week beside its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct WeekGivenView {
    /// Minutes since Monday in which something was written.
    pub minutes: u32,
    /// The minutes that were planned.
    pub planned: u32,
    /// The minutes that are enough this week: those planned, fewer after quiet weeks.
    pub enough: u32,
}

/// Shows an entry of this day in an earlier year or month: one of the two numbers is there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RememberedView {
    /// So many years ago.
    pub years: Option<u32>,
    /// So many months ago.
    pub months: Option<u32>,
    /// The entry.
    pub entry: EntryRow,
}

/// Shows an entry that returns to be asked whether it still holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct KeepsakeView {
    /// The entry.
    pub entry: EntryRow,
    /// How often it was said to be still true.
    pub times_true: u32,
}

/// Shows something that was learned a while ago.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LearnedView {
    /// The loop.
    #[ts(type = "string")]
    pub loop_id: LoopId,
    /// What is being learned in it.
    pub title: String,
    /// What was gained.
    pub gain: FillingView,
}

/// Asks that an entry returns, or returns no more.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeepEntry {
    /// Which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Whether it returns.
    pub kept: bool,
}

/// Answers an entry that returned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StillTrue {
    /// It still holds, and returns later.
    Yes,
    /// It changed; the words become an entry that returns in its place.
    Changed,
    /// It shall not return any more.
    Stop,
}

/// Asks to answer an entry that returned.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerKeepsake {
    /// Which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// The answer.
    pub answer: StillTrue,
    /// What changed, when it did.
    #[serde(default)]
    pub words: String,
}

/// Tells what became of an entry that returned.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeepsakeAnswered {
    /// The entry that says what changed, when it did.
    #[ts(type = "string | null")]
    pub became: Option<EntryId>,
}

/// Asks to answer whether something that was learned was used.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerLearned {
    /// The loop.
    #[ts(type = "string")]
    pub loop_id: LoopId,
    /// What was gained.
    #[ts(type = "string")]
    pub gain: FillingId,
    /// Whether it was used.
    pub used: bool,
    /// Where and how; fills the practise part.
    #[serde(default)]
    pub words: String,
}

/// Asks for the material of a look back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadLookBack {
    /// From this day.
    pub from: NaiveDate,
    /// To this day, inclusive.
    pub to: NaiveDate,
}

/// Shows the material of a look back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LookBackView {
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
    pub intentions: Vec<IntentionView>,
    /// Who taught or told one something, by name.
    pub people: Vec<String>,
}
