//! What can go wrong in the journal, as sentences that hold nothing a person wrote.

use std::io;

use crate::store::StoreError;

/// Says why a verb of the journal could not do what was asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The entry is not there, or was deleted for good.
    #[error("this entry is not in the notebook any more")]
    NoEntry,
    /// The file is not there, or was removed.
    #[error("this file is not in the notebook any more")]
    NoAttachment,
    /// The entry has no version of that number.
    #[error("this entry has no version {0}")]
    NoVersion(u32),
    /// The editing session has ended or was never there.
    #[error(
        "this editor is not connected to the notebook any more: open the entry again; what was typed since the last save is still in the editor"
    )]
    NoSession,
    /// Only what lies in the trash can be deleted for good.
    #[error("the entry does not lie in the trash; move it there first")]
    NotInTrash,
    /// A field is not acceptable; `why` is a sentence.
    #[error("{why}")]
    Invalid {
        /// The field of the request.
        field: &'static str,
        /// What is wrong with it and what is allowed.
        why: String,
    },
    /// The text is larger than an entry holds.
    #[error(
        "the text is {bytes} bytes long; an entry holds at most 1,048,576. It can be kept as a file of the entry instead"
    )]
    TooLarge {
        /// How long it is.
        bytes: usize,
    },
    /// A file of the disk cannot be read.
    #[error("the file could not be read: {}", say_io(.0))]
    Unreadable(io::ErrorKind),
    /// A file of the disk cannot be written.
    #[error("the file could not be written: {}", say_io(.0))]
    Unwritable(io::ErrorKind),
    /// The path names something that is not a file.
    #[error("only files can be attached; this is a folder or a device")]
    NotAFile,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl JournalError {
    /// Makes the error about one field.
    pub(crate) fn invalid(field: &'static str, why: impl Into<String>) -> Self {
        Self::Invalid { field, why: why.into() }
    }
}

fn say_io(kind: &io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::PermissionDenied => "the system does not allow it",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        io::ErrorKind::IsADirectory => "it is a folder",
        _ => "the system reported an error",
    }
}
