//! Requests and views of intentions.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, IntentionId, LoopId};

use super::loops::LoopPart;

/// Shows an intention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IntentionView {
    /// Its id.
    #[ts(type = "string")]
    pub id: IntentionId,
    /// What is to be done.
    pub text: String,
    /// The day it comes back on.
    pub due_on: NaiveDate,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// The entry it came from.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// Whether that entry is there and outside the trash; true without one.
    pub is_there: bool,
    /// The words it came from.
    pub from_words: String,
    /// The loop it belongs to.
    #[ts(type = "string | null")]
    pub loop_id: Option<LoopId>,
    /// How it was answered; none while it waits.
    pub answered: Option<AnsweredView>,
    /// How often it was moved to another day.
    pub moved: u32,
    /// Whether it lies in the trash.
    pub trashed: bool,
}

/// Shows an answer that was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnsweredView {
    /// Whether it was done, and not let go.
    pub done: bool,
    /// On which day.
    pub on: NaiveDate,
    /// What was said about it.
    pub words: String,
}

/// Asks for a new intention.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeIntention {
    /// What is to be done.
    pub text: String,
    /// The day it comes back on.
    pub due_on: NaiveDate,
    /// The entry it came from.
    #[ts(type = "string", optional)]
    pub entry: Option<EntryId>,
    /// The words it came from.
    #[serde(default)]
    #[ts(as = "Option<String>", optional)]
    pub from_words: String,
    /// The loop it belongs to.
    #[ts(type = "string", optional)]
    pub loop_id: Option<LoopId>,
}

/// Asks to change an intention that waits; what is none stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeIntention {
    /// Which intention.
    #[ts(type = "string")]
    pub id: IntentionId,
    /// Other words.
    #[ts(optional)]
    pub text: Option<String>,
    /// Another day.
    #[ts(optional)]
    pub due_on: Option<NaiveDate>,
}

/// Answers an intention.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum IntentionAnswer {
    /// It was done.
    Done {
        /// How it went.
        words: String,
        /// Where the words go.
        into: AnswerInto,
    },
    /// Not yet: it comes back on another day.
    NotYet {
        /// The day.
        due_on: NaiveDate,
    },
    /// It is let go.
    LetGo {
        /// The reason, when there is one to be told.
        words: String,
    },
}

/// Says where the words of an answer go.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerInto {
    /// They stay with the intention.
    Nothing,
    /// They fill a part of a loop; none is its next part.
    Loop {
        /// The loop.
        #[ts(type = "string")]
        id: LoopId,
        /// The part.
        part: Option<LoopPart>,
    },
    /// They begin a loop, as the first part of it.
    NewLoop {
        /// What is being learned.
        title: String,
    },
}

/// Asks to answer an intention.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerIntention {
    /// Which intention.
    #[ts(type = "string")]
    pub id: IntentionId,
    /// The answer.
    pub answer: IntentionAnswer,
}

/// Tells where an answer went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IntentionAnswered {
    /// The intention as it now stands.
    pub intention: IntentionView,
    /// The loop that took the words, when one did.
    #[ts(type = "string | null")]
    pub loop_id: Option<LoopId>,
}

/// Chooses intentions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "which", rename_all = "snake_case")]
pub enum ListIntentions {
    /// Those that wait, the next one first.
    Waiting,
    /// Those that were answered, the latest first.
    Answered,
    /// Those of a loop.
    OfLoop {
        /// The loop.
        #[ts(type = "string")]
        id: LoopId,
    },
    /// Those that came from an entry.
    OfEntry {
        /// The entry.
        #[ts(type = "string")]
        id: EntryId,
    },
    /// Those in the trash.
    Trashed,
}
