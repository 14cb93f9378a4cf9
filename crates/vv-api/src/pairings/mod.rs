//! Commands of pairings: two people who learn from each other in two directions.
//!
//! Each function is one command: it hands a request to a verb of the core and shows the pairing as it then stands. `show.rs` puts a
//! pairing together, `views.rs` has the types, `sessions.rs`, `between.rs` and `agreement.rs` the rest of the commands.

mod agreement;
mod between;
mod sessions;
mod sharing;
mod show;
mod views;

use vv_core::{
    Notebook,
    ids::PairingId,
    pairings::{self as core, PairingError},
    words::Unfit,
};

pub use agreement::{pairings_draft, pairings_sign};
pub use between::{
    pairings_answer_promise, pairings_end_goal, pairings_goal, pairings_open_text, pairings_promise,
    pairings_promises, pairings_save_text,
};
pub use sessions::{
    pairings_answer_session, pairings_keep_preparation, pairings_note_met, pairings_plan, pairings_prepare,
};
pub use sharing::{pairings_preview_sharing, pairings_share};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        pairing_asks::{ChangePairing, EndPairing, MakePairing, PausePairing},
        pairings::{PairingEnding, PairingRow, PairingView},
    },
    refusals::say,
};

/// Lists the pairings: whoever waits first, and those that ended last.
pub fn pairings_list(app: &App) -> Result<Vec<PairingRow>, ApiError> {
    app.with(|notebook| notebook.read(show::rows))
}

/// Gives one pairing whole.
pub fn pairings_get(app: &App, request: String) -> Result<PairingView, ApiError> {
    let id = pairing_id(&request)?;
    app.with(|notebook| show::view(notebook, id))
}

/// Begins a pairing that this person keeps alone.
pub fn pairings_make(app: &App, request: MakePairing) -> Result<PairingView, ApiError> {
    let new = core::NewPairing {
        name: request.name,
        person: None,
        hope: request.hope,
        kind: Some(request.kind.into()),
        leads: request.leads.map(Into::into),
        mine_about: request.learn,
        theirs_about: request.teach,
        begun_on: None,
    };
    app.with(|notebook| {
        let id = notebook.write(|tx| core::begin_pairing(tx, new))?;
        show::view(notebook, id)
    })
}

/// Changes what a pairing says of itself.
pub fn pairings_change(app: &App, request: ChangePairing) -> Result<PairingView, ApiError> {
    let side = core::SideChange {
        name: request.name,
        hope: request.hope,
        why: request.why,
        ..core::SideChange::default()
    };
    let charter = core::CharterChange {
        mine_about: request.learn,
        theirs_about: request.teach,
        rhythm_days: request.every_days,
        minutes: request.minutes,
        sessions: request.planned,
        ends_on: request.ends_on.map(Some),
        ..core::CharterChange::default()
    };
    changed(app, &request.id, |notebook, id| {
        notebook.write(|tx| {
            core::change_side(tx, id, &side)?;
            core::change_charter(tx, id, &charter)
        })
    })
}

/// Pauses a pairing, or takes one's own pause back.
pub fn pairings_pause(app: &App, request: PausePairing) -> Result<PairingView, ApiError> {
    changed(app, &request.id, |notebook, id| {
        notebook.write(
            |tx| if request.paused { core::pause(tx, id, request.until) } else { core::resume(tx, id) },
        )
    })
}

/// Notes that this person has done the primer of a reverse or reciprocal mentoring.
pub fn pairings_note_primer(app: &App, request: String) -> Result<PairingView, ApiError> {
    changed(app, &request, |notebook, id| notebook.write(|tx| core::note_primer(tx, id)))
}

/// Ends a pairing, begins to close it, or lets it go on; a reason is asked of nobody.
pub fn pairings_end(app: &App, request: EndPairing) -> Result<PairingView, ApiError> {
    changed(app, &request.id, |notebook, id| {
        notebook.write(|tx| match (request.ending, request.until) {
            (PairingEnding::Closing, _) => core::begin_closing(tx, id),
            (PairingEnding::Ended, _) => core::end_pairing(tx, id, &request.words, request.again),
            (PairingEnding::Renewed, Some(until)) => core::renew_pairing(tx, id, until),
            (PairingEnding::Renewed, None) => {
                Err(Unfit { field: "until", why: "say until when it goes on".to_owned() }.into())
            }
        })
    })
}

/// Does something to a pairing, has it sent, and shows it.
fn changed(
    app: &App,
    id: &str,
    work: impl FnOnce(&Notebook, PairingId) -> Result<(), PairingError>,
) -> Result<PairingView, ApiError> {
    let id = pairing_id(id)?;
    let shown = app.with(|notebook| {
        work(notebook, id)?;
        show::view(notebook, id)
    })?;
    app.syncing.look_at_all();
    Ok(shown)
}

fn pairing_id(text: &str) -> Result<PairingId, PairingError> {
    text.parse().map_err(|_| PairingError::NoPairing)
}

/// Reads the id of something in a pairing.
fn inner_id<T: std::str::FromStr>(text: &str) -> Result<T, PairingError> {
    text.parse().map_err(|_| PairingError::NotThere)
}

impl From<PairingError> for ApiError {
    fn from(error: PairingError) -> Self {
        let code = match error {
            PairingError::Store(error) => return error.into(),
            PairingError::Unfit(error) => return error.into(),
            PairingError::Journal(error) => return error.into(),
            PairingError::Person(error) => return error.into(),
            PairingError::Goal(error) => return error.into(),
            PairingError::Space(error) => return error.into(),
            PairingError::NoPairing | PairingError::NotThere | PairingError::NoSession => ErrorCode::NotFound,
            PairingError::NotYours
            | PairingError::InLine(_)
            | PairingError::Ended
            | PairingError::NotTwo
            | PairingError::MovedAlready
            | PairingError::TooManyGoals => ErrorCode::NotAllowed,
            PairingError::AlreadyShared
            | PairingError::NotInTrash
            | PairingError::SharedStays
            | PairingError::Settled
            | PairingError::Changed => ErrorCode::Conflict,
            PairingError::NoCase => {
                return Self { field: Some("case".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            PairingError::NoCalendar | PairingError::CalendarTooLarge => ErrorCode::UnreadableFile,
        };
        say(code, &error)
    }
}
