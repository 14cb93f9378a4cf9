//! What goals hand out and take in.

use chrono::NaiveDate;

use crate::ids::{EntryId, GoalId, LoopId, PointId};

/// Describes a goal as a reflection makes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewGoal {
    /// The wish.
    pub wish: String,
    /// The best result, as one picture.
    pub best_result: String,
    /// The obstacle in oneself.
    pub obstacle: String,
    /// If the obstacle shows, then this move.
    pub if_then: String,
    /// The first step, of a quarter of an hour at most.
    pub first_step: String,
    /// When to look at it again.
    pub review_on: Option<NaiveDate>,
}

/// Holds what a goal says, whole; the shape in which it is changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
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
    pub loop_id: Option<LoopId>,
}

impl From<NewGoal> for GoalPlan {
    fn from(new: NewGoal) -> Self {
        Self {
            wish: new.wish,
            best_result: new.best_result,
            obstacle: new.obstacle,
            if_then: new.if_then,
            first_step: new.first_step,
            review_on: new.review_on,
            ..Self::default()
        }
    }
}

/// Describes a change of a goal; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoalChange {
    /// All that it says.
    pub plan: Option<GoalPlan>,
    /// Another day to look at it again; `Some(None)` takes the day away.
    pub review_on: Option<Option<NaiveDate>>,
}

/// Holds a goal whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Goal {
    /// Its id.
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
    pub points: Vec<Point>,
}

impl Goal {
    /// Counts the points that have an entry as evidence.
    pub fn evidence_count(&self) -> usize {
        self.points.iter().filter(|point| point.entry.is_some() && point.is_there).count()
    }
}

/// Says how a goal ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// It was reached.
    Reached,
    /// It was let go, which is nobody's failure.
    LetGo,
}

/// Holds how a goal ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoalEnd {
    /// On which day.
    pub on: NaiveDate,
    /// How.
    pub ending: Ending,
    /// What one would say about it.
    pub words: String,
}

/// Says what a point is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointKind {
    /// Something moved.
    Progress,
    /// Not this week, because of something.
    Skip,
}

/// Describes a point that is to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPoint {
    /// What it is.
    pub kind: PointKind,
    /// What happened, or the reason of the skip.
    pub words: String,
    /// On which day; none means the day of the entry, or today.
    pub on: Option<NaiveDate>,
    /// The entry that is evidence of it.
    pub entry: Option<EntryId>,
    /// The behaviour it shows; empty when none in particular.
    pub behaviour: String,
}

/// Holds a point of a goal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// Its id.
    pub id: PointId,
    /// What it is.
    pub kind: PointKind,
    /// On which day.
    pub on: NaiveDate,
    /// What happened, or the reason of the skip.
    pub words: String,
    /// The entry that is evidence of it.
    pub entry: Option<EntryId>,
    /// The title or first words of that entry; empty without one.
    pub entry_title: String,
    /// Whether that entry is there and outside the trash; true without one.
    pub is_there: bool,
    /// The behaviour it shows.
    pub behaviour: String,
}

/// Chooses goals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GoalFilter {
    /// Those that are open, the one to be reviewed next first.
    Open,
    /// Those that ended, the latest first.
    Ended,
    /// Those in the trash.
    Trashed,
}
