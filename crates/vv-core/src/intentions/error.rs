//! What can go wrong with intentions, as sentences that hold nothing a person wrote.

use crate::loops::LoopError;
use crate::store::StoreError;
use crate::words::Unfit;

/// Says why an intention could not be changed as asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum IntentionError {
    /// The intention is not there, or was deleted for good.
    #[error("this intention is not in the notebook any more")]
    NoIntention,
    /// It was answered already.
    #[error("this intention was answered already; take the answer back to answer it anew")]
    Answered,
    /// Only what lies in the trash can be deleted for good.
    #[error("the intention does not lie in the trash; move it there first")]
    NotInTrash,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The loop that should take the answer refused.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
