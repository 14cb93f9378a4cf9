//! Journal commands: entries, their editors, history, trash, tags, calendar and links. Files stand in `files.rs`.
//!
//! Each function is one command: it hands a request to a verb of the core and shows what comes back. It decides nothing.

mod files;
mod views;

use vv_core::{
    Notebook,
    ids::EntryId,
    journal::{self as core, JournalError},
};

pub use files::{
    OpenedFile, attach_bytes, journal_attach_bytes, journal_attach_path, journal_save_attachment,
    read_attachment, read_thumbnail,
};

use crate::{
    App,
    error::ApiError,
    model::journal::{
        CalendarDay, ChangeEntry, CreateEntry, DeletedView, EditorView, EntryPage, EntryView, FindLink,
        KeepDraft, LinkTarget, ListEntries, LocateEntry, ReadCalendar, ReadVersion, RestoreVersion, SaveText,
        SavedText, TagView, VersionRow, VersionView,
    },
};

/// Gives a window of the timeline.
pub fn journal_list_entries(app: &App, request: ListEntries) -> Result<EntryPage, ApiError> {
    let filter = request.filter.into();
    app.with(|notebook| {
        notebook.read(|reader| core::list_entries(reader, &filter, request.offset, request.limit))
    })
    .map(EntryPage::from)
}

/// Says at which row of the timeline an entry or day stands; none when it has none under this filter.
pub fn journal_locate_entry(app: &App, request: LocateEntry) -> Result<Option<u32>, ApiError> {
    let place = match (request.id, request.on) {
        (Some(id), None) => core::Place::Entry(id),
        (None, Some(day)) => core::Place::Day(day),
        _ => {
            return Err(ApiError::about(
                "id",
                "An entry or a day is looked for, one of the two. Nothing was changed.",
            ));
        }
    };
    let filter = request.filter.into();
    app.with(|notebook| notebook.read(|reader| core::locate_entry(reader, &filter, place)))
}

/// Gives one entry whole.
pub fn journal_get_entry(app: &App, request: String) -> Result<EntryView, ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| entry(notebook, id))
}

/// Makes an entry.
pub fn journal_create_entry(app: &App, request: CreateEntry) -> Result<EntryView, ApiError> {
    app.with(|notebook| {
        let id = notebook.write(|tx| core::create_entry(tx, request.into()))?;
        entry(notebook, id)
    })
}

/// Changes title, tags, star, date or time zone of an entry.
pub fn journal_change_entry(app: &App, request: ChangeEntry) -> Result<EntryView, ApiError> {
    let id = request.id;
    let change = request.into();
    app.with(|notebook| {
        notebook.write(|tx| core::change_entry(tx, id, &change))?;
        entry(notebook, id)
    })
}

/// Opens an entry in an editor.
pub fn journal_open_editor(app: &App, request: String) -> Result<EditorView, ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| core::open_editor(notebook, id)).map(EditorView::from)
}

/// Keeps what was typed since the last save, on this computer only.
pub fn journal_keep_draft(app: &App, request: KeepDraft) -> Result<(), ApiError> {
    app.with(|notebook| core::keep_draft(notebook, request.session, &request.text, &request.title))
}

/// Saves the text of an editor as records.
pub fn journal_save_text(app: &App, request: SaveText) -> Result<SavedText, ApiError> {
    app.with(|notebook| {
        core::save_text(notebook, request.session, &request.text, &request.title, request.close)
    })
    .map(SavedText::from)
}

/// Moves an entry to the trash.
pub fn journal_trash_entry(app: &App, request: String) -> Result<(), ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::trash_entry(tx, id)))
}

/// Takes an entry out of the trash.
pub fn journal_restore_entry(app: &App, request: String) -> Result<(), ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::restore_entry(tx, id)))
}

/// Deletes an entry of the trash for good.
pub fn journal_delete_entry(app: &App, request: String) -> Result<DeletedView, ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| core::delete_entry(notebook, id)).map(DeletedView::from)
}

/// Deletes every entry of the trash for good.
pub fn journal_empty_trash(app: &App) -> Result<DeletedView, ApiError> {
    app.with(core::empty_trash).map(DeletedView::from)
}

/// Lists the versions of an entry, newest first.
pub fn journal_list_versions(app: &App, request: String) -> Result<Vec<VersionRow>, ApiError> {
    let id = entry_id(&request)?;
    let rows = app.with(|notebook| notebook.read(|reader| core::list_versions(reader, id)))?;
    Ok(rows.into_iter().map(VersionRow::from).collect())
}

/// Gives one version and how it differs from another.
pub fn journal_read_version(app: &App, request: ReadVersion) -> Result<VersionView, ApiError> {
    app.with(|notebook| {
        notebook.read(|reader| core::read_version(reader, request.id, request.number, request.with))
    })
    .map(VersionView::from)
}

/// Writes an older version as the newest one.
pub fn journal_restore_version(app: &App, request: RestoreVersion) -> Result<EntryView, ApiError> {
    app.with(|notebook| {
        notebook.write(|tx| core::restore_version(tx, request.id, request.number))?;
        entry(notebook, request.id)
    })
}

/// Lists the tags in use, most used first.
pub fn journal_list_tags(app: &App) -> Result<Vec<TagView>, ApiError> {
    let tags = app.with(|notebook| notebook.read(core::list_tags))?;
    Ok(tags.into_iter().map(|tag| TagView { tag: tag.tag, count: tag.count }).collect())
}

/// Gives the days on which something was written.
pub fn journal_read_calendar(app: &App, request: ReadCalendar) -> Result<Vec<CalendarDay>, ApiError> {
    let days =
        app.with(|notebook| notebook.read(|reader| core::read_calendar(reader, request.from, request.to)))?;
    Ok(days
        .into_iter()
        .map(|day| CalendarDay { on: day.on, entries: day.entries, words: day.words })
        .collect())
}

/// Finds entries that a link could mean.
pub fn journal_find_link(app: &App, request: FindLink) -> Result<Vec<LinkTarget>, ApiError> {
    let found = app.with(|notebook| notebook.read(|reader| core::find_link(reader, &request.beginning)))?;
    Ok(found
        .into_iter()
        .map(|target| LinkTarget { id: target.id, title: target.title, on: target.on })
        .collect())
}

/// Reads the id of an entry as a program or person wrote it.
pub(crate) fn entry_id(text: &str) -> Result<EntryId, ApiError> {
    text.parse().map_err(|_| {
        ApiError::about("id", "This is not the id of an entry: an id is 32 hexadecimal digits, with or without hyphens. Nothing was changed.")
    })
}

fn entry(notebook: &Notebook, id: EntryId) -> Result<EntryView, JournalError> {
    notebook.read(|reader| core::get_entry(reader, id)).map(EntryView::from)
}
