//! What can go wrong with loops, as sentences that hold nothing a person wrote.

use crate::store::StoreError;
use crate::words::Unfit;

/// Says why a loop could not be changed as asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum LoopError {
    /// The loop is not there, or was deleted for good.
    #[error("this loop is not in the notebook any more")]
    NoLoop,
    /// What should be changed does not fill the loop any more.
    #[error("this is not part of the loop any more")]
    NoFilling,
    /// The entry is not there, or lies in the trash.
    #[error("this entry is not in the journal any more, or lies in the trash")]
    NoEntry,
    /// A loop closes only with a reflection.
    #[error("a loop closes with a reflection: write what changed in how you do it")]
    NeedsReflection,
    /// A closed loop is kept as it was closed.
    #[error("this loop is closed and stays as it was written; open it again to go on")]
    Closed,
    /// Only what lies in the trash can be deleted for good.
    #[error("the loop does not lie in the trash; move it there first")]
    NotInTrash,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
