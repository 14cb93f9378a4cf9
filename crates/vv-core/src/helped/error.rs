//! What can go wrong with notes of help, as sentences that hold nothing a person wrote.

use crate::store::StoreError;
use crate::words::Unfit;

/// Says why a note of help could not be kept. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum HelpedError {
    /// The note is not there, or was removed.
    #[error("this note is not in the notebook any more")]
    NoNote,
    /// The person is not there, or was deleted for good.
    #[error("this person is not in the notebook any more")]
    NoPerson,
    /// The entry is not there, or lies in the trash.
    #[error("this entry is not in the journal any more, or lies in the trash")]
    NoEntry,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
