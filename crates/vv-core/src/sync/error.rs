//! Why a round of sync ended before its end.

use super::model::AlarmKind;
use crate::ports::remote::RemoteError;
use crate::store::StoreError;

/// Says why a round ended early. What was taken in before is kept.
#[derive(Debug, thiserror::Error)]
pub enum SyncError {
    /// The server gave no answer, or not the one that was hoped for.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The notebook could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The folder could not be read or written.
    #[error(
        "the folder cannot be reached ({0}); everything is safe on this computer, and it is tried again by itself"
    )]
    Folder(#[source] std::io::Error),
    /// Something is wrong at the place; it is paused until a person has decided.
    #[error("sync with this place is paused; nothing was removed here, and somebody has to look at it")]
    Alarm(AlarmKind),
    /// It was asked to stop.
    #[error("sync was stopped; what was taken in before is kept")]
    Stopped,
    /// There is no such place.
    #[error("this place is not in use any more")]
    NoPlace,
    /// The place is in use already.
    #[error("this place is in use already; nothing was changed")]
    PlaceTaken,
}

impl From<rusqlite::Error> for SyncError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
