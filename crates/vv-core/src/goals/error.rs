//! What can go wrong with goals, as sentences that hold nothing a person wrote.

use crate::store::StoreError;
use crate::words::Unfit;

/// Says why a goal could not be changed as asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum GoalError {
    /// The goal is not there, or was deleted for good.
    #[error("this goal is not in the notebook any more")]
    NoGoal,
    /// The point is not there.
    #[error("this point is not part of the goal any more")]
    NoPoint,
    /// The entry is not there, or lies in the trash.
    #[error("this entry is not in the journal any more, or lies in the trash")]
    NoEntry,
    /// Only what lies in the trash can be deleted for good.
    #[error("the goal does not lie in the trash; move it there first")]
    NotInTrash,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
