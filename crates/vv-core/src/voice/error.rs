//! What can go wrong with a recording, as sentences that hold nothing a person said.

use crate::journal::JournalError;
use crate::store::StoreError;

/// Says why a recording could not do what was asked. What was written before is kept.
#[derive(Debug, thiserror::Error)]
pub enum VoiceError {
    /// The entry was deleted for good while it was recorded into, and the sound went with it.
    #[error("the entry was deleted for good, and the recording with it")]
    Gone,
    /// The file is no voice note.
    #[error("this file is no voice note, so nothing can be marked in it; nothing was changed")]
    NotAVoiceNote,
    /// A moment lies outside of the note.
    #[error("the voice note is shorter than that; nothing was changed")]
    Beyond,
    /// The name of a mark is too long.
    #[error("the name of a mark has at most {} characters; nothing was changed", super::MAX_MARK_CHARS)]
    LongName,
    /// The sound could not be made smaller.
    #[error("the sound could not be written down; what was recorded before is kept")]
    Encoding,
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
