//! The one error that crosses to a screen or a terminal.
//!
//! Each feature's error enum is matched exhaustively into an `ApiError`. The code exists for programs: the interface's
//! table says for each code how serious it is and what to do; the message is a sentence for the person that says what
//! happened and what is safe. Neither ever holds what a person wrote, nor a key.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names what went wrong, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// There is no notebook in the profile folder.
    NoNotebook,
    /// A notebook is already there; nothing was created over it.
    NotebookExists,
    /// The notebook is locked; open it first.
    Locked,
    /// The passphrase, words or key do not open this notebook; nothing was touched.
    WrongKey,
    /// The keyring answered, and has no entry for this notebook.
    KeyringNoEntry,
    /// The keyring did not answer, or is not there.
    KeyringUnreachable,
    /// The keyring is itself locked.
    KeyringLocked,
    /// The recovery words or kit file cannot be read; `message` says where.
    KitInvalid,
    /// The notebook was written by a newer version and was left untouched.
    NewerVersion,
    /// The file is damaged although the key is right; nothing was moved.
    Damaged,
    /// Another process holds the notebook for a restore or a change of key.
    InUse,
    /// The disk is full; what was saved before is safe.
    DiskFull,
    /// The folder cannot be written.
    ReadOnly,
    /// The thing asked for is not there (any more).
    NotFound,
    /// Something in the request is not acceptable; `field` says what.
    Invalid,
    /// The text is larger than an entry may hold; it can be kept as a file.
    TooLarge,
    /// The file is not what it says it is, or cannot be read.
    UnreadableFile,
    /// A file has this name already; nothing was written over it.
    FileExists,
    /// The person stopped it; things are whole.
    Cancelled,
    /// The thing changed meanwhile; load it again.
    Conflict,
    /// No microphone was found, or it could not be used.
    NoMicrophone,
    /// The system does not let this program listen.
    MicrophoneRefused,
    /// The microphone went away while it was heard; what was recorded is kept.
    MicrophoneGone,
    /// No folder or server answers that this needs; what was written is kept here and goes out later.
    Offline,
    /// It was good for a while only, and the while is over: a code, an invitation, a voucher.
    Expired,
    /// The rules of the space, or of the server, do not let this person do it.
    NotAllowed,
    /// Something this program should not have met; what was saved before is safe.
    Internal,
}

/// Says to a screen or terminal what happened, what is safe and, through its code, what to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS, thiserror::Error)]
#[error("{message}")]
pub struct ApiError {
    /// What went wrong, for programs.
    pub code: ErrorCode,
    /// What happened and what is safe, for the person.
    pub message: String,
    /// The field of the request it is about, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub field: Option<String>,
}

impl ApiError {
    /// Makes an error about the whole request.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), field: None }
    }

    /// Makes an error about one field of the request.
    pub fn about(field: &str, message: impl Into<String>) -> Self {
        Self { code: ErrorCode::Invalid, message: message.into(), field: Some(field.to_owned()) }
    }
}
