//! Commands for guides of one's own: kept, copied, brought in from a file, written into one, put away.

use std::{fs, io::Read as _, path::Path};

use vv_core::{
    guides::{self as core, GuideError, Imported, MAX_FILE_BYTES},
    ids::GuideId,
};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::guides::{CopyGuide, ExportGuide, GuideView, ImportedGuide, SaveGuide, TrashGuide},
    refusals::of_writing,
};

/// Keeps a guide of the person's own.
pub fn guides_save(app: &App, request: SaveGuide) -> Result<GuideView, ApiError> {
    let id = request.id.as_deref().map(own_id).transpose()?;
    app.with(|notebook| {
        let id = notebook.write(|tx| core::save_guide(tx, id, &request.text))?;
        notebook.read(|reader| core::find(reader, &id.to_string(), ""))
    })
    .map(GuideView::from)
}

/// Makes a copy of a guide that the person can change.
pub fn guides_copy(app: &App, request: CopyGuide) -> Result<GuideView, ApiError> {
    app.with(|notebook| {
        let id = notebook.write(|tx| core::copy_guide(tx, &request.id, &request.language, &request.title))?;
        notebook.read(|reader| core::find(reader, &id.to_string(), ""))
    })
    .map(GuideView::from)
}

/// Brings a guide in from a file.
pub fn guides_import(app: &App, request: String) -> Result<ImportedGuide, ApiError> {
    let bytes = read_file(Path::new(&request))?;
    app.with(|notebook| {
        let imported = notebook.write(|tx| core::import_guide(tx, &bytes))?;
        let (handle, language, added, built_in) = match imported {
            Imported::Added(id) => (id.to_string(), String::new(), true, false),
            Imported::Unchanged(id) => (id.to_string(), String::new(), false, false),
            Imported::BuiltIn => {
                let (_, guide) = core::parse_bytes(&bytes).map_err(GuideError::from)?;
                (guide.id, guide.language, false, true)
            }
        };
        let found = notebook.read(|reader| core::find(reader, &handle, &language))?;
        Ok::<_, GuideError>(ImportedGuide { id: found.handle, title: found.guide.title, added, built_in })
    })
}

/// Writes a guide into a file, to be kept or passed on.
pub fn guides_export(app: &App, request: ExportGuide) -> Result<(), ApiError> {
    let text =
        app.with(|notebook| notebook.read(|reader| core::source_of(reader, &request.id, &request.language)))?;
    fs::write(&request.path, text).map_err(|error| {
        ApiError::new(
            of_writing(error.kind()),
            "The file could not be written. The guide is unchanged; choose another place.",
        )
    })
}

/// Puts a guide of the person's own away, or takes it back. Runs of it go on.
pub fn guides_trash(app: &App, request: TrashGuide) -> Result<(), ApiError> {
    let id = own_id(&request.id)?;
    app.with(|notebook| notebook.write(|tx| core::trash_guide(tx, id, request.trashed)))
}

/// Deletes a guide of the person's own that was put away, for good.
pub fn guides_delete(app: &App, request: String) -> Result<(), ApiError> {
    let id = own_id(&request)?;
    app.with(|notebook| {
        notebook.write(|tx| core::delete_guide(tx, id))?;
        notebook.checkpoint().map_err(GuideError::from)
    })
}

fn own_id(text: &str) -> Result<GuideId, ApiError> {
    text.parse().map_err(|_| ApiError::from(GuideError::BuiltIn))
}

/// Reads a guide file, and no more of it than a guide can have.
fn read_file(path: &Path) -> Result<Vec<u8>, ApiError> {
    let unreadable = |_| {
        ApiError::new(
            ErrorCode::UnreadableFile,
            "The file cannot be read. Nothing was changed; choose another one.",
        )
    };
    let file = fs::File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        return Err(ApiError::new(
            ErrorCode::UnreadableFile,
            "Only a file can be brought in; this is a folder or a device. Nothing was changed.",
        ));
    }
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
