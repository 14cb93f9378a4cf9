//! Reading files of entries: whole, as a small picture, as a copy on the disk.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;

use vv_crypto::Zeroizing;

use super::error::JournalError;
use super::model::Attachment;
use super::picture::{MAX_PICTURE_BYTES, Picture, can_open, look_at};
use super::record::blob_of;
use super::table::files;
use crate::Notebook;
use crate::ids::AttachmentId;
use crate::store::blobs::Blob;
use crate::store::error::StoreError;
use crate::store::tx::Reader;

/// Gives what is known of a file.
pub fn get_attachment(reader: &Reader, id: AttachmentId) -> Result<Attachment, JournalError> {
    files::read(reader.sql(), id)?.ok_or(JournalError::NoAttachment)
}

/// Opens a file whole.
pub fn read_attachment(notebook: &Notebook, id: AttachmentId) -> Result<Zeroizing<Vec<u8>>, JournalError> {
    let blob = notebook.read(|reader| known_blob(reader, id))?;
    Ok(notebook.blobs().read(&blob)?)
}

/// Writes a copy of a file out of the notebook. The copy appears whole or not at all, in place of what had its name.
pub fn save_attachment_to(notebook: &Notebook, id: AttachmentId, path: &Path) -> Result<(), JournalError> {
    let blob = notebook.read(|reader| known_blob(reader, id))?;
    let unwritable = |error: std::io::Error| JournalError::Unwritable(error.kind());
    let mut part_name =
        path.file_name().ok_or(JournalError::Unwritable(std::io::ErrorKind::InvalidFilename))?.to_owned();
    part_name.push(format!(".{}.part", notebook.host().ids.make_id().simple()));
    let part = path.with_file_name(part_name);
    let mut file = File::create_new(&part).map_err(unwritable)?;
    let written =
        write_copy(notebook, &blob, &mut file).and_then(|()| fs::rename(&part, path).map_err(unwritable));
    if written.is_err() {
        // What was begun is no use to anybody; the first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    written
}

fn write_copy(notebook: &Notebook, blob: &Blob, file: &mut File) -> Result<(), JournalError> {
    let unwritable = |error: std::io::Error| JournalError::Unwritable(error.kind());
    let mut reader = notebook.blobs().reader(blob);
    let mut piece = Zeroizing::new(vec![0; 1 << 16]);
    loop {
        let read = std::io::Read::read(&mut reader, &mut piece)
            .map_err(|error| JournalError::Unreadable(error.kind()))?;
        if read == 0 {
            break;
        }
        file.write_all(&piece[..read]).map_err(unwritable)?;
    }
    file.sync_all().map_err(unwritable)
}

/// Gives a small picture of a file; none when it is not a picture that can be opened. Made once and kept.
pub fn thumbnail(notebook: &Notebook, id: AttachmentId) -> Result<Option<Picture>, JournalError> {
    let (file, kept) = notebook.read(|reader| {
        Ok::<_, JournalError>((get_attachment(reader, id)?, files::read_thumbnail(reader.sql(), id)?))
    })?;
    if kept.is_some() || !can_open(&file.mime) || file.size > MAX_PICTURE_BYTES {
        return Ok(kept);
    }
    let bytes = read_attachment(notebook, id)?;
    let Some(looked) = look_at(&bytes) else { return Ok(None) };
    notebook.write(|tx| files::keep_thumbnail(tx.sql(), id, &looked.thumbnail))?;
    Ok(Some(looked.thumbnail))
}

/// Lists every file of every entry.
pub(crate) fn all_attachments(reader: &Reader) -> Result<Vec<AttachmentId>, StoreError> {
    files::all(reader.sql())
}

/// Tells where the sealed bytes of a file lie and how they are opened; none when its record does not say.
pub(crate) fn blob_of_attachment(reader: &Reader, id: AttachmentId) -> Result<Option<Blob>, StoreError> {
    Ok(reader.object(id.as_bytes())?.as_ref().and_then(blob_of))
}

fn known_blob(reader: &Reader, id: AttachmentId) -> Result<Blob, JournalError> {
    blob_of_attachment(reader, id)?.ok_or(JournalError::NoAttachment)
}
