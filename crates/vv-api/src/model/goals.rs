//! Requests and views of goals.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, GoalId, LoopId, PointId};

/// Holds what a goal says: the shape in which it is shown and changed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct GoalPlan {
    /// The wish.
    pub wish: String,
    /// The best result, as one picture.
    pub best_result: String,
    /// The obstacle in oneself.
    pub obstacle: String,
    /// If the obstacle shows, then this move.
    pub if_then: String,
    /// The smallest version that still counts, for a full week.
    pub fallback: String,
    /// The first step, of a quarter of an hour at most.
    pub first_step: String,
    /// Why it matters.
    pub why: String,
    /// When to look at it again.
    pub review_on: Option<NaiveDate>,
    /// The key of the template it was made from; empty for one's own.
    pub objective: String,
    /// What one would see: observable behaviours.
    pub behaviours: Vec<String>,
    /// The loop it belongs to.
    #[ts(type = "string | null")]
    pub loop_id: Option<LoopId>,
}

/// Shows a goal whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalView {
    /// Its id.
    #[ts(type = "string")]
    pub id: GoalId,
    /// What it says.
    pub plan: GoalPlan,
    /// The day it was begun on.
    pub begun_on: NaiveDate,
    /// How it ended, when it did.
    pub end: Option<GoalEnd>,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// Points of progress and honest skips, in order of their days.
    pub points: Vec<PointView>,
    /// Points that have an entry as evidence.
    pub evidence: u32,
    /// Whether the day to look at it again has come.
    pub review_due: bool,
}

/// Says how a goal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalEnding {
    /// It was reached.
    Reached,
    /// It was let go, which is nobody's failure.
    LetGo,
}

/// Shows how a goal ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GoalEnd {
    /// On which day.
    pub on: NaiveDate,
    /// How.
    pub ending: GoalEnding,
    /// What was said about it.
    pub words: String,
}

/// Says what a point of a goal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PointKind {
    /// Something moved.
    Progress,
    /// Not this week, because of something.
    Skip,
}

/// Shows a point of a goal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PointView {
    /// Its id.
    #[ts(type = "string")]
    pub id: PointId,
    /// What it is.
    pub kind: PointKind,
    /// On which day.
    pub on: NaiveDate,
    /// What happened, or the reason of the skip.
    pub words: String,
    /// The entry that is evidence of it.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// The title or first words of that entry; empty without one.
    pub entry_title: String,
    /// Whether that entry is there and outside the trash; true without one.
    pub is_there: bool,
    /// The behaviour it shows; empty when none in particular.
    pub behaviour: String,
}

/// Chooses goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum GoalFilter {
    /// Those that are open, the one to be reviewed next first.
    Open,
    /// Those that ended, the latest first.
    Ended,
    /// Those in the trash.
    Trashed,
}

/// Asks to change what a goal says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeGoal {
    /// Which goal.
    #[ts(type = "string")]
    pub id: GoalId,
    /// All that it says.
    pub plan: GoalPlan,
}

/// Asks to note how a goal goes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AddPoint {
    /// Which goal.
    #[ts(type = "string")]
    pub id: GoalId,
    /// What it is.
    pub kind: PointKind,
    /// What happened, or the reason of the skip.
    pub words: String,
    /// On which day; none means the day of the entry, or today.
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// The entry that is evidence of it.
    #[ts(type = "string", optional)]
    pub entry: Option<EntryId>,
    /// The behaviour it shows.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub behaviour: String,
}

/// Names a point of a goal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NamedPoint {
    /// Which goal.
    #[ts(type = "string")]
    pub id: GoalId,
    /// Which point.
    #[ts(type = "string")]
    pub point: PointId,
}

/// Asks to end a goal today.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndGoal {
    /// Which goal.
    #[ts(type = "string")]
    pub id: GoalId,
    /// How.
    pub ending: GoalEnding,
    /// What one would say about it.
    #[serde(default)]
    pub words: String,
}

/// Shows a template that a goal can begin from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Objective {
    /// Its key.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it is about, in one sentence.
    pub about: String,
    /// What others would see.
    pub behaviours: Vec<String>,
}
