//! Files of entries: in by path or by bytes, out as a copy; and for the window their bytes and small pictures.

use std::path::Path;

use data_encoding::BASE64;
use vv_core::{
    ids::AttachmentId,
    journal::{self as core, JournalError},
};
use zeroize::Zeroizing;

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::journal::{AttachBytes, AttachPath, AttachmentView, SaveAttachment},
};

/// Attaches a file of the disk to an entry.
pub fn journal_attach_path(app: &App, request: AttachPath) -> Result<AttachmentView, ApiError> {
    app.with(|notebook| core::attach_path(notebook, request.id, Path::new(&request.path)))
        .map(AttachmentView::from)
}

/// Attaches pasted or dropped bytes to an entry.
pub fn journal_attach_bytes(app: &App, request: AttachBytes) -> Result<AttachmentView, ApiError> {
    let bytes = BASE64.decode(request.base64.as_bytes()).map(Zeroizing::new).map_err(|_| {
        ApiError::about(
            "base64",
            "What was pasted did not arrive whole. Nothing was kept of it; paste it again.",
        )
    })?;
    app.with(|notebook| core::attach_bytes(notebook, request.id, &request.name, &bytes))
        .map(AttachmentView::from)
}

/// Attaches bytes as they are. No command of its own: the window's calls carry them without a detour over text.
pub fn attach_bytes(app: &App, id: &str, name: &str, bytes: &[u8]) -> Result<AttachmentView, ApiError> {
    let id = super::entry_id(id)?;
    app.with(|notebook| core::attach_bytes(notebook, id, name, bytes)).map(AttachmentView::from)
}

/// Writes a copy of a file out of the notebook.
pub fn journal_save_attachment(app: &App, request: SaveAttachment) -> Result<(), ApiError> {
    app.with(|notebook| core::save_attachment_to(notebook, request.id, Path::new(&request.path)))
}

/// Holds a file opened in memory.
pub struct OpenedFile {
    /// Its media type.
    pub mime: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Opens a file in memory. No command: the window loads it by its address.
pub fn read_attachment(app: &App, id: &str) -> Result<OpenedFile, ApiError> {
    let id = attachment_id(id)?;
    app.with(|notebook| {
        let file = notebook.read(|reader| core::get_attachment(reader, id))?;
        let mut bytes = core::read_attachment(notebook, id)?;
        Ok::<_, JournalError>(OpenedFile { mime: file.mime, bytes: std::mem::take(&mut bytes) })
    })
}

/// Opens a small picture of a file in memory; not found when it is no picture that can be opened. No command: the window
/// loads it by its address.
pub fn read_thumbnail(app: &App, id: &str) -> Result<OpenedFile, ApiError> {
    let id = attachment_id(id)?;
    let picture = app.with(|notebook| core::thumbnail(notebook, id))?;
    let picture = picture.ok_or_else(|| {
        ApiError::new(
            ErrorCode::NotFound,
            "This file is no picture that can be shown small. It is kept whole.",
        )
    })?;
    Ok(OpenedFile { mime: picture.mime.to_owned(), bytes: picture.bytes })
}

fn attachment_id(text: &str) -> Result<AttachmentId, ApiError> {
    text.parse().map_err(|_| ApiError::about("id", "This is not the id of a file. Nothing was changed."))
}
