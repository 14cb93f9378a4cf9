//! What can go wrong while a journal is brought in or taken out. No sentence holds what a person wrote.

use std::io;

use crate::journal::JournalError;
use crate::store::StoreError;

/// Says why an import or export did not go through.
#[derive(Debug, thiserror::Error)]
pub enum PortabilityError {
    /// There is nothing at the path, or it cannot be read.
    #[error("there is nothing to import that can be read: {}", say(.0))]
    Unreadable(io::ErrorKind),
    /// It is no format that is known here.
    #[error(
        "nothing in this can be imported; nothing was changed. What can be read: Day One (its JSON zip, a Classic .dayone \
         folder or its plain text), Joplin (JEX, RAW, or Markdown with front matter), jrnl (JSON, text, a folder, encrypted \
         or not), an Obsidian vault, RedNotebook, a folder of Markdown files or one such file, and what this program \
         has exported as JSON"
    )]
    UnknownFormat,
    /// It is not what the person says it is.
    #[error("this is no {0} that can be read; nothing was changed. Without naming a format, it is found out")]
    OtherFormat(&'static str),
    /// An archive breaks off or its list is broken.
    #[error(
        "the archive is damaged or breaks off in the middle; nothing was changed. Export it once more, and try that"
    )]
    DamagedArchive,
    /// An archive holds more than any journal does.
    #[error(
        "the archive says that it holds more than any journal does; it was not opened and nothing was changed"
    )]
    TooMuch,
    /// The journal is encrypted and no passphrase was given.
    #[error("this journal is encrypted; its passphrase is needed to bring it in. Nothing was changed")]
    NeedsPassphrase,
    /// The passphrase does not open the journal.
    #[error("this passphrase does not open the journal; nothing was changed. Try again")]
    WrongPassphrase,
    /// Something lies where the new folder was to be.
    #[error(
        "there is something at this place already; nothing was written. Choose a folder that does not exist yet"
    )]
    PlaceTaken,
    /// The loop is not there.
    #[error("this loop is not in the notebook; nothing was written")]
    NoLoop,
    /// The space is not there.
    #[error("this space is not in the notebook; nothing was written")]
    NoSpace,
    /// A file has the name already.
    #[error("there is a file with this name already; nothing was written and it is as it was")]
    FileTaken,
    /// The place lies inside the notebook's own folder.
    #[error(
        "this place lies inside the notebook's own folder, where nothing readable may lie; nothing was written"
    )]
    InsideNotebook,
    /// The new folder or file cannot be written.
    #[error("the export could not be written, and nothing of it was left behind: {}", say(.0))]
    Unwritable(io::ErrorKind),
    /// The person stopped it.
    #[error("the export was stopped, and nothing of it was left behind")]
    Stopped,
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn say(kind: &io::ErrorKind) -> &'static str {
    match kind {
        io::ErrorKind::NotFound => "it is not there",
        io::ErrorKind::PermissionDenied => "the system does not allow it",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "the disk is full",
        io::ErrorKind::FileTooLarge => "the disk takes no file as large as this",
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only",
        io::ErrorKind::NotADirectory => "a part of the path is not a folder",
        _ => "the system reported an error",
    }
}
