//! Every code of an error can happen, every sentence is one, and none holds what a person wrote.

use std::{collections::HashSet, io::ErrorKind};

use vv_api::error::{ApiError, ErrorCode};
use vv_core::{
    journal::JournalError,
    notebook::{NotebookError, StoreError},
    portability::PortabilityError,
    ports::VaultError,
};

/// One error of the core for each code that comes from there.
fn from_the_core() -> Vec<ApiError> {
    vec![
        NotebookError::Absent.into(),
        NotebookError::DatabaseMissing.into(),
        NotebookError::AlreadyThere.into(),
        NotebookError::WrongKey.into(),
        NotebookError::KeyringNoEntry.into(),
        NotebookError::Vault(VaultError::Unreachable).into(),
        NotebookError::Vault(VaultError::Locked).into(),
        NotebookError::NewerVersion.into(),
        NotebookError::KeyFileDamaged.into(),
        NotebookError::InUse.into(),
        NotebookError::BackupDamaged.into(),
        StoreError::DiskFull.into(),
        StoreError::ReadOnly.into(),
        StoreError::Damaged.into(),
        StoreError::Io(std::io::Error::from(ErrorKind::TimedOut)).into(),
        JournalError::NoEntry.into(),
        JournalError::TooLarge { bytes: 2 << 20 }.into(),
        JournalError::NoSession.into(),
        JournalError::Unreadable(ErrorKind::NotFound).into(),
        JournalError::Unwritable(ErrorKind::StorageFull).into(),
        PortabilityError::PlaceTaken.into(),
        PortabilityError::Stopped.into(),
    ]
}

#[test]
fn every_code_is_produced_by_something() {
    let mut produced: HashSet<ErrorCode> = from_the_core().iter().map(|error| error.code).collect();
    // These two come from the surface itself: see `locking.rs` and `keys.rs`.
    produced.extend([ErrorCode::Locked, ErrorCode::KitInvalid]);
    let all = [
        ErrorCode::NoNotebook,
        ErrorCode::NotebookExists,
        ErrorCode::Locked,
        ErrorCode::WrongKey,
        ErrorCode::KeyringNoEntry,
        ErrorCode::KeyringUnreachable,
        ErrorCode::KeyringLocked,
        ErrorCode::KitInvalid,
        ErrorCode::NewerVersion,
        ErrorCode::Damaged,
        ErrorCode::InUse,
        ErrorCode::DiskFull,
        ErrorCode::ReadOnly,
        ErrorCode::NotFound,
        ErrorCode::Invalid,
        ErrorCode::TooLarge,
        ErrorCode::UnreadableFile,
        ErrorCode::Cancelled,
        ErrorCode::Conflict,
        ErrorCode::Internal,
    ];
    for code in all {
        assert!(produced.contains(&code), "nothing produces {code:?}");
    }
    assert_eq!(produced.len(), all.len());
}

#[test]
fn every_message_is_a_sentence() {
    for error in from_the_core() {
        assert!(error.message.chars().next().is_some_and(char::is_uppercase), "{}", error.message);
        assert!(error.message.ends_with('.'), "{}", error.message);
    }
}
