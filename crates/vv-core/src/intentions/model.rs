//! What intentions hand out and take in.

use chrono::NaiveDate;

use crate::ids::{EntryId, IntentionId, LoopId};
use crate::loops::Part;

/// Describes an intention that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIntention {
    /// What is to be done.
    pub text: String,
    /// The day it comes back on.
    pub due_on: NaiveDate,
    /// The entry it came from.
    pub entry: Option<EntryId>,
    /// The words it came from; empty when there are none.
    pub from_words: String,
    /// The loop it belongs to.
    pub loop_id: Option<LoopId>,
}

/// Describes a change of an intention; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IntentionChange {
    /// Other words.
    pub text: Option<String>,
    /// Another day.
    pub due_on: Option<NaiveDate>,
    /// Another loop; `Some(None)` takes it out of its loop.
    pub loop_id: Option<Option<LoopId>>,
}

/// Holds an intention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intention {
    /// Its id.
    pub id: IntentionId,
    /// What is to be done.
    pub text: String,
    /// The day it comes back on.
    pub due_on: NaiveDate,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// The entry it came from.
    pub entry: Option<EntryId>,
    /// Whether that entry is there and outside the trash; true without one.
    pub is_there: bool,
    /// The words it came from.
    pub from_words: String,
    /// The loop it belongs to.
    pub loop_id: Option<LoopId>,
    /// How it was answered; none while it waits.
    pub answered: Option<Answered>,
    /// How often it was moved to another day.
    pub moved: u32,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

/// Holds an answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it was.
    pub how: AnsweredAs,
    /// On which day.
    pub on: NaiveDate,
    /// What was said about it.
    pub words: String,
}

/// Says how an intention was answered for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnsweredAs {
    /// It was done.
    Done,
    /// It was let go.
    LetGo,
}

/// Answers an intention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It was done; the words say how it went, and go where `into` says.
    Done {
        /// How it went.
        words: String,
        /// Where the words go.
        into: Into,
    },
    /// Not yet: it comes back on another day.
    NotYet {
        /// The day.
        due_on: NaiveDate,
    },
    /// It is let go, with or without a reason.
    LetGo {
        /// The reason.
        words: String,
    },
}

/// Says where the words of an answer go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Into {
    /// They stay with the intention.
    Nothing,
    /// They fill a part of a loop; none is its next part: the first that is missing, or one more try.
    Loop {
        /// The loop.
        id: LoopId,
        /// The part.
        part: Option<Part>,
    },
    /// They begin a loop, as the first part of it.
    NewLoop {
        /// What is being learned.
        title: String,
    },
}

/// Chooses intentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntentionFilter {
    /// Those that wait, the next one first.
    Waiting,
    /// Those that were answered, the latest first.
    Answered,
    /// Those of a loop outside the trash, the latest first.
    OfLoop(LoopId),
    /// Those that came from an entry, outside the trash, the latest first.
    OfEntry(EntryId),
    /// Those in the trash.
    Trashed,
}
