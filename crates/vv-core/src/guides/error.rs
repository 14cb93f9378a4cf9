//! What can go wrong with guides and their runs, as sentences that hold nothing a person wrote.

use crate::goals::GoalError;
use crate::intentions::IntentionError;
use crate::journal::JournalError;
use crate::loops::LoopError;
use crate::store::StoreError;

/// Says why a file is no guide this program can run: the line, the field, and what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.sentence())]
pub struct FormatError {
    /// The line, from 1; none when the whole file is meant.
    pub line: Option<usize>,
    /// The field, such as `phases[2].prompts[0].id`; empty when the whole file is meant.
    pub field: String,
    /// What is wrong, and what is allowed.
    pub why: String,
}

impl FormatError {
    fn sentence(&self) -> String {
        match (self.line, self.field.is_empty()) {
            (Some(line), false) => format!("line {line}, {}: {}", self.field, self.why),
            (Some(line), true) => format!("line {line}: {}", self.why),
            (None, false) => format!("{}: {}", self.field, self.why),
            (None, true) => self.why.clone(),
        }
    }
}

/// Says why the engine does not take an event. The run is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The run is finished or was put away.
    #[error("this run is not open any more")]
    NotOpen,
    /// The guide asks no such thing, or not now.
    #[error("the guide does not ask this")]
    NotAsked,
    /// The answer is of another kind than what is asked.
    #[error("this is not the kind of answer the guide asks for here")]
    WrongKind,
    /// The answer is longer than what is kept.
    #[error(
        "this answer is too long for a guide: 65,536 bytes are kept at most; write it as an entry instead"
    )]
    TooLong,
    /// Another role is asked this.
    #[error("somebody else is asked this")]
    NotYours,
    /// The answer was sealed, and is kept as it is until all are revealed together.
    #[error("this answer is sealed and cannot be changed")]
    Sealed,
    /// No such step.
    #[error("the guide has no such step now")]
    NoStep,
    /// Nothing was written yet.
    #[error("nothing was written yet, so there is nothing to keep")]
    Empty,
    /// Something is missing without which this guide does not close; the sentence of the guide.
    #[error("this page does not close yet: a part that closes it is still empty. It stays open until then")]
    Held,
}

/// Says why a verb of the guides could not do what was asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum GuideError {
    /// No such guide.
    #[error("this guide is not here any more")]
    NoGuide,
    /// No such run.
    #[error("this run of a guide is not here any more")]
    NoRun,
    /// The file or text is no guide.
    #[error("this is no guide that can be run: {0}. Nothing was changed")]
    Format(#[from] FormatError),
    /// Only a person's own guides can be changed.
    #[error("this guide comes with the app and stays as it is; make a copy of your own and change that")]
    BuiltIn,
    /// Only what was put away can be deleted for good.
    #[error("put it away first; only what was put away can be deleted for good")]
    NotPutAway,
    /// The guide takes several people and has no screen for one.
    #[error(
        "this guide takes more than one person; it can be read here, and run once there is somebody to run it with"
    )]
    NotAlone,
    /// The engine refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The loop that comes of a run cannot be made.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// The intention that comes of a run cannot be made.
    #[error(transparent)]
    Intention(#[from] IntentionError),
    /// The goal that comes of a run cannot be made.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
