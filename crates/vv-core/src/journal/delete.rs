//! Deleting for good: the one act that takes words away.
//!
//! Text, fields, drafts, index terms and small pictures leave the encrypted file, the sealed chunks leave the folder; in the
//! log a stub of each record remains. Backups made earlier still hold it all, and are named.

use super::error::JournalError;
use super::get::read_object;
use super::record::{EntryFacts, blob_of};
use super::table::{entries, files};
use crate::Notebook;
use crate::guides;
use crate::ids::{AttachmentId, EntryId};
use crate::notebook::Backup;
use crate::store::error::{NotebookError, StoreError};
use crate::sync;
use crate::store::tx::Tx;

/// Tells what deleting for good could not reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deleted {
    /// How many entries were deleted.
    pub entries: u32,
    /// Backups in the notebook's own folder that were made after the oldest of them, and may hold its text.
    pub backups: Vec<Backup>,
}

/// Deletes an entry of the trash for good.
///
/// # Errors
/// [`JournalError::NotInTrash`] for an entry that lies outside the trash.
pub fn delete_entry(notebook: &Notebook, id: EntryId) -> Result<Deleted, JournalError> {
    delete(notebook, |tx| {
        if EntryFacts::of(&read_object(tx, id)?).trashed_at.is_none() {
            return Err(JournalError::NotInTrash);
        }
        Ok(vec![id])
    })
}

/// Deletes every entry of the trash for good.
pub fn empty_trash(notebook: &Notebook) -> Result<Deleted, JournalError> {
    delete(notebook, |tx| Ok(entries::ids_in_trash(tx.sql())?))
}

fn delete(
    notebook: &Notebook,
    choose: impl FnOnce(&mut Tx) -> Result<Vec<EntryId>, JournalError>,
) -> Result<Deleted, JournalError> {
    // Listed first: when that fails, nothing was deleted.
    let mut backups = list_backups(notebook)?;
    let (count, oldest) = notebook.write(|tx| {
        let ids = choose(tx)?;
        let mut oldest = i64::MAX;
        for id in &ids {
            oldest = oldest.min(super::record::ms_of(read_object(tx, *id)?.created));
            for file in files::of_entry(tx.sql(), *id)? {
                erase_file(tx, file.id)?;
            }
            guides::delete_runs_of(tx, *id)?;
            tx.erase(id.as_bytes())?;
        }
        Ok::<_, JournalError>((u32::try_from(ids.len()).unwrap_or(u32::MAX), oldest))
    })?;
    if count > 0 {
        remove_leftovers(notebook)?;
        notebook.checkpoint()?;
    }
    backups.retain(|backup| count > 0 && backup.made_at.timestamp_millis() >= oldest);
    Ok(Deleted { entries: count, backups })
}

fn list_backups(notebook: &Notebook) -> Result<Vec<Backup>, StoreError> {
    notebook.backups().map_err(|error| match error {
        NotebookError::Store(error) => error,
        other => StoreError::Io(std::io::Error::other(other)),
    })
}

/// Erases a file of an entry and notes its chunks to be removed.
pub(super) fn erase_file(tx: &mut Tx, id: AttachmentId) -> Result<(), JournalError> {
    if let Some(object) = tx.object(id.as_bytes())? {
        if let Some(blob) = blob_of(&object) {
            files::note_leftovers(tx.sql(), &blob.chunks)?;
            sync::note_chunks(tx, &blob.chunks)?;
        }
        tx.erase(id.as_bytes())?;
    }
    Ok(())
}

/// Removes the sealed chunks whose keys were deleted. Called after every deletion, and at start for what a crash left.
pub fn remove_leftovers(notebook: &Notebook) -> Result<(), JournalError> {
    let names = notebook.read(|reader| files::leftovers(reader.sql()))?;
    if names.is_empty() {
        return Ok(());
    }
    notebook.blobs().remove(&names)?;
    Ok(notebook.write(|tx| files::forget_leftovers(tx.sql(), &names))?)
}
