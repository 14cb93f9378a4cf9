//! The captured line: an entry at once while the notebook is open, sealed until the unlock while it is locked.

use chrono::{DateTime, TimeDelta, Utc};
use vv_core::{
    Notebook,
    helped::{self, NewHelped},
    ids::{EntryId, HelpedId},
    journal::{self, EntryOrigin, JournalError, Moment, NewEntry},
    notebook::{Capture, Inspected, NotebookError, discard_capture, seal_capture},
    people,
};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    journal::entry_id,
    model::{journal::CaptureKept, people::CaptureHelped},
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

/// Captures that somebody helped: as a note, or, while the notebook is locked, as a line that is sealed until the unlock.
pub fn capture_helped(app: &App, request: CaptureHelped) -> Result<CaptureKept, ApiError> {
    let CaptureHelped { who, subject, line } = request;
    let noted = app.with(|notebook| {
        notebook.write(|tx| {
            let person = people::find_or_meet(tx, &who)?;
            let new = NewHelped { person, subject, on: None, entry: None };
            Ok::<_, ApiError>(helped::note_helped(tx, &new)?)
        })
    });
    match noted {
        // What is made of it then is an entry, so its id is that of one.
        Err(error) if error.code == ErrorCode::Locked => capture_keep(app, line),
        other => other.map(|id| CaptureKept { id: EntryId::from_bytes(*id.as_bytes()), sealed: false }),
    }
}

/// Takes back a line that was captured a moment ago: what waits sealed is removed, an entry goes to the trash.
pub fn capture_undo(app: &App, request: String) -> Result<(), ApiError> {
    let id = entry_id(&request)?;
    if discard_capture(&app.folder(), id)? {
        return Ok(());
    }
    if let Some(made_at) = note_made_at(app, id)?
        && app.host.clock.now() - made_at <= TAKEN_BACK_WITHIN
    {
        return app.with(|notebook| {
            notebook.write(|tx| helped::remove_helped(tx, HelpedId::from_bytes(*id.as_bytes())))
        });
    }
    let entry = app.with(|notebook| notebook.read(|reader| journal::get_entry(reader, id)))?;
    let age = app.host.clock.now() - entry.at;
    if entry.origin != EntryOrigin::Captured || age > TAKEN_BACK_WITHIN {
        let message = "This line was not captured a moment ago, so it stays where it is.";
        return Err(ApiError::new(ErrorCode::NotFound, message));
    }
    app.with(|notebook| notebook.write(|tx| journal::trash_entry(tx, id)))
}

/// Tells when a note of help was made, if the id is that of one.
fn note_made_at(app: &App, id: EntryId) -> Result<Option<DateTime<Utc>>, ApiError> {
    let id = HelpedId::from_bytes(*id.as_bytes());
    match app.with(|notebook| notebook.read(|reader| helped::made_at(reader, id))) {
        Ok(at) => Ok(Some(at)),
        Err(error) if error.code == ErrorCode::NotFound => Ok(None),
        Err(error) => Err(error),
    }
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
