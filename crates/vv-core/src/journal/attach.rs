//! Attaching files: sealed first, then noted in the log.
//!
//! Sealing a large file takes time, so it happens before the transaction; when the transaction fails, the sealed chunks are
//! removed again.

use std::fs::File;
use std::io::{Cursor, Read, Seek};
use std::path::Path;

use super::delete::{erase_file, remove_leftovers};
use super::error::JournalError;
use super::get::read_object;
use super::model::Attachment;
use super::picture::{MAX_PICTURE_BYTES, Picture, can_open, claims_picture, find_mime, look_at};
use super::record;
use super::table::files;
use crate::Notebook;
use crate::ids::{AttachmentId, EntryId};
use crate::store::blobs::{Blob, BlobStore};
use crate::store::op::Change;
use crate::store::tx::Tx;

/// Bytes of a file that tell its media type.
const BEGINNING_BYTES: usize = 4_096;
const MAX_NAME_BYTES: usize = 200;

/// Tells what was attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The file.
    pub attachment: Attachment,
    /// Whether it claims to be a picture and could not be opened as one; it is kept as a file.
    pub not_a_picture: bool,
}

/// Holds a file that is sealed and waits for its record.
#[derive(Debug)]
pub struct PreparedFile {
    name: String,
    mime: &'static str,
    blob: Blob,
    size_in_pixels: Option<(u32, u32)>,
    thumbnail: Option<Picture>,
    not_a_picture: bool,
}

impl PreparedFile {
    /// Lends its name as it is kept.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Gives BLAKE3 of its bytes.
    pub fn blake3(&self) -> [u8; 32] {
        self.blob.blake3
    }

    /// Seals sound of this program's own making as it is read; nobody has to find out what it is.
    pub(crate) fn sound(blobs: &BlobStore, name: &str, source: &mut dyn Read) -> Result<Self, JournalError> {
        Ok(Self {
            name: clean_name(name),
            mime: "audio/ogg",
            blob: blobs.put(source, u64::MAX)?,
            size_in_pixels: None,
            thumbnail: None,
            not_a_picture: false,
        })
    }

    /// Removes the sealed chunks of a file that gets no record.
    pub fn discard(self, blobs: &BlobStore) -> Result<(), JournalError> {
        Ok(blobs.remove(&self.blob.chunks)?)
    }
}

/// Attaches a file of the disk to an entry. The file itself stays where it is.
pub fn attach_path(notebook: &Notebook, entry: EntryId, path: &Path) -> Result<Attached, JournalError> {
    let found = std::fs::metadata(path).map_err(|error| JournalError::Unreadable(error.kind()))?;
    if !found.is_file() {
        return Err(JournalError::NotAFile);
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut file = File::open(path).map_err(|error| JournalError::Unreadable(error.kind()))?;
    attach(notebook, entry, || prepare(notebook.blobs(), &name, &mut file))
}

/// Attaches bytes that were pasted or dropped.
pub fn attach_bytes(
    notebook: &Notebook,
    entry: EntryId,
    name: &str,
    bytes: &[u8],
) -> Result<Attached, JournalError> {
    attach(notebook, entry, || prepare_file(notebook.blobs(), name, bytes))
}

fn attach(
    notebook: &Notebook,
    entry: EntryId,
    prepare: impl FnOnce() -> Result<PreparedFile, JournalError>,
) -> Result<Attached, JournalError> {
    notebook.read(|reader| read_object(reader, entry))?;
    let prepared = prepare()?;
    match notebook.write(|tx| add_file(tx, entry, &prepared)) {
        Ok(attached) => Ok(attached),
        Err(error) => {
            // The first error is the one to tell; a chunk that stays behind is sealed, and its key is gone.
            let _ = prepared.discard(notebook.blobs());
            Err(error)
        }
    }
}

/// Seals bytes, and finds out what they are. Follow with [`add_file`], or with [`PreparedFile::discard`].
pub fn prepare_file(blobs: &BlobStore, name: &str, bytes: &[u8]) -> Result<PreparedFile, JournalError> {
    prepare(blobs, name, &mut Cursor::new(bytes))
}

pub(crate) fn prepare(
    blobs: &BlobStore,
    name: &str,
    source: &mut (impl Read + Seek),
) -> Result<PreparedFile, JournalError> {
    let unreadable = |error: std::io::Error| JournalError::Unreadable(error.kind());
    let mut beginning = Vec::new();
    source.by_ref().take(BEGINNING_BYTES as u64).read_to_end(&mut beginning).map_err(unreadable)?;
    source.rewind().map_err(unreadable)?;

    let name = clean_name(name);
    let mime = find_mime(&beginning, &name);
    let mut looked = None;
    if can_open(mime) {
        let mut bytes = Vec::new();
        source.by_ref().take(MAX_PICTURE_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
        source.rewind().map_err(unreadable)?;
        looked = if bytes.len() as u64 > MAX_PICTURE_BYTES { None } else { look_at(&bytes) };
    }
    Ok(PreparedFile {
        not_a_picture: looked.is_none() && claims_picture(&name, mime),
        size_in_pixels: looked.as_ref().map(|looked| (looked.width, looked.height)),
        thumbnail: looked.map(|looked| looked.thumbnail),
        blob: blobs.put(source, u64::MAX)?,
        name,
        mime,
    })
}

/// Notes a sealed file as a file of an entry.
pub fn add_file(tx: &mut Tx, entry: EntryId, file: &PreparedFile) -> Result<Attached, JournalError> {
    let id = tx.make_id();
    add_file_as(tx, id, entry, file)
}

/// Notes a sealed file under an id that was made before, so that the text can name it.
pub(crate) fn add_file_as(
    tx: &mut Tx,
    id: AttachmentId,
    entry: EntryId,
    file: &PreparedFile,
) -> Result<Attached, JournalError> {
    read_object(tx, entry)?;
    let attachment = Attachment {
        id,
        entry,
        name: file.name.clone(),
        mime: file.mime.to_owned(),
        size: file.blob.size,
        blake3: file.blob.blake3,
        width: file.size_in_pixels.map(|(width, _)| width),
        height: file.size_in_pixels.map(|(_, height)| height),
        voice: None,
    };
    tx.commit(Change { object: *id.as_bytes(), ops: record::attachment_ops(&attachment, &file.blob) })?;
    if let Some(thumbnail) = &file.thumbnail {
        files::keep_thumbnail(tx.sql(), id, thumbnail)?;
    }
    Ok(Attached { attachment, not_a_picture: file.not_a_picture })
}

/// Removes a file from its entry for good: its record, its small picture and its sealed bytes.
pub fn remove_attachment(notebook: &Notebook, id: AttachmentId) -> Result<(), JournalError> {
    notebook.write(|tx| {
        files::read(tx.sql(), id)?.ok_or(JournalError::NoAttachment)?;
        erase_file(tx, id)
    })?;
    remove_leftovers(notebook)
}

/// Makes a file name that every system can write: no folders, no control characters, not too long, never empty.
pub(crate) fn clean_name(written: &str) -> String {
    let last = written.rsplit(['/', '\\']).next().unwrap_or_default();
    let forbidden = |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*');
    let mut name: String = last.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    name = name.trim().trim_end_matches('.').to_owned();
    if name.len() > MAX_NAME_BYTES {
        let ending = Path::new(&name)
            .extension()
            .and_then(|ending| ending.to_str())
            .filter(|ending| ending.len() < 20);
        let ending = ending.map(|ending| format!(".{ending}")).unwrap_or_default();
        let mut end = MAX_NAME_BYTES - ending.len();
        while !name.is_char_boundary(end) {
            end -= 1;
        }
        name = format!("{}{ending}", &name[..end]);
    }
    if name.is_empty() { "file".to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_holds_no_folder_and_nothing_a_system_refuses() {
        assert_eq!(clean_name("../../etc/pass\0wd"), "pass_wd");
        assert_eq!(clean_name("C:\\Pictures\\a?.png"), "a_.png");
        assert_eq!(clean_name("  "), "file");
        assert_eq!(clean_name("notes."), "notes");
        let long = clean_name(&format!("{}.jpeg", "ä".repeat(300)));
        assert!(long.len() <= MAX_NAME_BYTES && long.ends_with(".jpeg"));
    }
}
