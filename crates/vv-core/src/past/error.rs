//! What can go wrong with what returns, as sentences that hold nothing a person wrote.

use crate::goals::GoalError;
use crate::intentions::IntentionError;
use crate::journal::JournalError;
use crate::loops::LoopError;
use crate::store::StoreError;

/// Says why something could not return or be answered. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum PastError {
    /// The entry does not return: it was never starred nor marked to be kept, or was stopped.
    #[error("this entry does not return any more")]
    NotKept,
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A loop refused.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// A goal refused.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// An intention refused.
    #[error(transparent)]
    Intention(#[from] IntentionError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
