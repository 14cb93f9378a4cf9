//! What can go wrong with a notebook, as sentences: what happened, what is safe, what to do.
//!
//! No variant carries what a person wrote. A key that is wrong and a file that is damaged are never taken for one
//! another: damage is claimed only when the key was proven to be the right one.

use std::io;

use crate::ports::VaultError;

/// Says why reading or writing in an open notebook failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk is full.
    #[error("the disk is full; what was saved before is safe. Free some space and save again")]
    DiskFull,
    /// The disk or the system takes no file as large as this.
    #[error(
        "the disk takes no file as large as this would be; what was saved before is safe. Choose another disk"
    )]
    FileLimit,
    /// A newer version wrote something that this one would have to understand.
    #[error(
        "a newer version wrote something here that this one must understand before it writes; nothing was changed, and \
         everything can be read. Update the app on this computer"
    )]
    UpdateNeeded,
    /// The folder or file cannot be written.
    #[error("the notebook's folder cannot be written; everything can be read, and nothing was changed")]
    ReadOnly,
    /// The file is damaged although the key is right.
    #[error(
        "the notebook's file is damaged; nothing was moved. Restore a backup, or let what can be read be salvaged"
    )]
    Damaged,
    /// Another process writes for longer than was waited.
    #[error("another program is writing to the notebook; nothing was changed. Try again in a moment")]
    Busy,
    /// A record in the log does not hold what its signature or chain says.
    #[error(
        "a record of the log is not what was signed ({0}); nothing was changed. A check of the notebook says more"
    )]
    BadRecord(&'static str),
    /// A text update is not acceptable.
    #[error("a change of the text could not be applied: {0}")]
    BadUpdate(&'static str),
    /// A change is larger than one record may be.
    #[error("this is too large to be saved as one change; nothing was changed")]
    TooLarge,
    /// The object is not there.
    #[error("this is not in the notebook")]
    NotFound,
    /// The object was deleted for good.
    #[error("this was deleted for good and cannot be changed")]
    Erased,
    /// A sealed chunk of a file is not there.
    #[error("a part of this file is missing from the notebook's folder; a backup may hold it")]
    BlobMissing,
    /// A sealed chunk of a file is not what was put there.
    #[error("a part of this file is damaged; a backup may hold it whole")]
    BlobDamaged,
    /// What was read is longer than was allowed.
    #[error("this file is larger than allowed; nothing was kept of it")]
    BlobTooLarge,
    /// The disk or the system failed.
    #[error("the disk did not do what was asked ({0}); what was saved before is safe")]
    Io(#[source] io::Error),
    /// The database failed in a way that should not happen.
    #[error("the database failed ({0}); what was saved before is safe")]
    Sql(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::DiskFull,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            _ => Self::Sql(error),
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull,
            io::ErrorKind::FileTooLarge => Self::FileLimit,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            _ => Self::Io(error),
        }
    }
}

/// Says why a notebook was not made, opened, moved, saved to a backup or brought back.
#[derive(Debug, thiserror::Error)]
pub enum NotebookError {
    /// There is no notebook in the folder.
    #[error("there is no notebook in this folder")]
    Absent,
    /// A notebook, or a part of one, is already there.
    #[error(
        "there is already a notebook, or a part of one, in this folder; nothing was created and nothing was touched"
    )]
    AlreadyThere,
    /// The key file is there and the database is not.
    #[error(
        "the notebook's key file is there but its database is missing; nothing was touched. Bring `notebook.db` back or \
         restore a backup"
    )]
    DatabaseMissing,
    /// The database is there and the key file is not.
    #[error(
        "the notebook's database is there but its key file is missing; nothing was touched. Bring `notebook.key` back or \
         restore a backup"
    )]
    KeyFileMissing,
    /// Database and key file are gone, and something else of a notebook is left.
    #[error(
        "the notebook's database and key file are missing while files or backups of it are left; nothing was touched. \
         Bring them back or restore a backup"
    )]
    OnlyRemains,
    /// The key file is not what was written.
    #[error(
        "the notebook's key file is damaged; nothing was touched. A backup holds a copy that opens the same notebook"
    )]
    KeyFileDamaged,
    /// A newer version wrote it.
    #[error(
        "this notebook was written by a newer version of Vice Versa; it was left untouched. Update the app to open it"
    )]
    NewerVersion,
    /// The passphrase, kit or keyring entry belongs to another key.
    #[error("this does not open the notebook; nothing was touched")]
    WrongKey,
    /// The notebook has no slot of that sort.
    #[error("this notebook is not opened that way; nothing was touched")]
    NoSuchSlot,
    /// The keyring works and holds nothing for this notebook.
    #[error(
        "the keyring has no entry for this notebook; nothing was touched. Open it with the passphrase or the recovery kit"
    )]
    KeyringNoEntry,
    /// The keyring is locked or does not answer.
    #[error(
        "{0}; nothing was touched. Unlock the keyring and try again, or use a passphrase or the recovery kit"
    )]
    Vault(#[from] VaultError),
    /// The passphrase cannot be used.
    #[error(transparent)]
    Passphrase(#[from] vv_crypto::PassphraseError),
    /// The words of the recovery kit are no longer kept here.
    #[error(
        "the words of the recovery kit were removed from this computer after they were checked; use the copy you keep"
    )]
    KitForgotten,
    /// The words of the recovery kit were not checked yet.
    #[error("the recovery kit was not checked yet, so its words stay on this computer")]
    KitUnchecked,
    /// Another process restores it, changes its key or upgrades it, or has it open while this process wants to.
    #[error("the notebook is in use by another program; nothing was changed. Close it there and try again")]
    InUse,
    /// The file is no backup.
    #[error("this file is not a backup of a notebook; nothing was changed")]
    NotABackup,
    /// The backup is not whole.
    #[error("this backup is damaged or was cut short; nothing was changed. Try another one")]
    BackupDamaged,
    /// The backup was made of another notebook, or of one that has gone another way since.
    #[error(
        "this backup was not made of this notebook, or has gone another way since, so the two cannot be joined; nothing was \
         changed. Put it in the place of the notebook instead"
    )]
    OtherNotebook,
    /// A salvage found nothing that could be read.
    #[error("nothing could be read from the damaged notebook; nothing was moved. Restore a backup")]
    NothingToSalvage,
    /// Something below failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for NotebookError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<io::Error> for NotebookError {
    fn from(error: io::Error) -> Self {
        Self::Store(error.into())
    }
}
