//! The captured line: an entry at once while the notebook is open, sealed until the unlock while it is locked.

use chrono::TimeDelta;
use vv_core::{
    Notebook,
    ids::EntryId,
    journal::{self, EntryOrigin, JournalError, Moment, NewEntry},
    notebook::{Capture, Inspected, NotebookError, discard_capture, seal_capture},
};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    journal::entry_id,
    model::journal::CaptureKept,
};

/// How long a captured line can be taken back. Whoever may only capture shall not reach older entries by it.
const TAKEN_BACK_WITHIN: TimeDelta = TimeDelta::minutes(10);

/// Keeps one captured line: as an entry, or sealed until the unlock.
pub fn capture_keep(app: &App, request: String) -> Result<CaptureKept, ApiError> {
    if request.trim().is_empty() {
        return Err(ApiError::about("text", "There is nothing to keep yet. Write a line first."));
    }
    let id = EntryId::from(app.host.ids.make_id());
    let kept_open = app.with(|notebook| {
        let entry = NewEntry {
            id: Some(id),
            text: request.clone(),
            origin: EntryOrigin::Captured,
            ..NewEntry::default()
        };
        notebook.write(|tx| journal::create_entry(tx, entry)).map(drop)
    });
    match kept_open {
        Err(error) if error.code == ErrorCode::Locked => {
            seal(app, id, request)?;
            Ok(CaptureKept { id, sealed: true })
        }
        other => other.map(|()| CaptureKept { id, sealed: false }),
    }
}

/// Takes back a line that was captured a moment ago: what waits sealed is removed, an entry goes to the trash.
pub fn capture_undo(app: &App, request: String) -> Result<(), ApiError> {
    let id = entry_id(&request)?;
    if discard_capture(&app.folder(), id)? {
        return Ok(());
    }
    let entry = app.with(|notebook| notebook.read(|reader| journal::get_entry(reader, id)))?;
    let age = app.host.clock.now() - entry.at;
    if entry.origin != EntryOrigin::Captured || age > TAKEN_BACK_WITHIN {
        let message = "This line was not captured a moment ago, so it stays where it is.";
        return Err(ApiError::new(ErrorCode::NotFound, message));
    }
    app.with(|notebook| notebook.write(|tx| journal::trash_entry(tx, id)))
}

fn seal(app: &App, id: EntryId, text: String) -> Result<(), ApiError> {
    let folder = app.folder();
    if Notebook::inspect(&folder)? == Inspected::Absent {
        return Err(NotebookError::Absent.into());
    }
    let clock = &app.host.clock;
    let capture = Capture { id, text, at: clock.now(), time_zone: clock.time_zone() };
    seal_capture(&folder, &capture)?;
    Ok(())
}

/// Makes entries of the lines that waited. A line that cannot become one stays where it is.
pub(crate) fn take_in(notebook: &Notebook) -> Result<(), JournalError> {
    notebook.take_captures(|tx, capture| {
        // A zone that this version does not know costs the zone and not the line.
        let written =
            Moment::at(capture.at, capture.time_zone.as_deref()).or_else(|_| Moment::at(capture.at, None))?;
        let entry = NewEntry {
            id: Some(capture.id),
            text: capture.text.clone(),
            written: Some(written),
            origin: EntryOrigin::Captured,
            ..NewEntry::default()
        };
        journal::create_entry(tx, entry).map(drop)
    })?;
    Ok(())
}
