//! Commands of sessions: proposing, moving, saying what became of them, and the evening before.

use vv_core::{ids::PairSessionId, pairings as core};

use super::{changed, inner_id, pairing_id, show};
use crate::{
    App,
    error::ApiError,
    model::{
        pairing_asks::{AnswerSession, KeepPreparation, NoteMet, PlanSession, SessionAnswer},
        pairings::{PairingView, PreparationView},
    },
};

/// Proposes a session, or moves one. What is changed of one that stands besides its time is changed with it.
pub fn pairings_plan(app: &App, request: PlanSession) -> Result<PairingView, ApiError> {
    let PlanSession { pairing, session, at, minutes, place, case, whose, lane } = request;
    let new = core::NewSession {
        starts_at: Some(at),
        minutes: Some(minutes),
        place,
        live_case: case,
        whose: Some(whose.into()),
        lane: lane.map(Into::into),
        topic: String::new(),
    };
    changed(app, &pairing, |notebook, id| {
        let Some(session) = session else {
            return notebook.write(|tx| core::propose_session(tx, id, &new)).map(drop);
        };
        let session: PairSessionId = inner_id(&session)?;
        notebook.write(|tx| {
            let stands = core::get_session(tx, id, session)?;
            if stands.starts_at.is_none() {
                return core::schedule_session(tx, id, session, &new);
            }
            if stands.starts_at != new.starts_at {
                core::move_session(tx, id, session, at, "")?;
            }
            core::set_case(tx, id, session, &new.live_case, new.whose)
        })
    })
}

/// Says what became of a session: yes to its time, held, called off.
pub fn pairings_answer_session(app: &App, request: AnswerSession) -> Result<PairingView, ApiError> {
    let session: PairSessionId = inner_id(&request.session)?;
    changed(app, &request.pairing, |notebook, id| {
        notebook.write(|tx| match &request.answer {
            SessionAnswer::Agree => core::accept_session(tx, id, session),
            SessionAnswer::Held => core::hold_session(tx, id, session),
            SessionAnswer::Cancelled { reason } => core::cancel_session(tx, id, session, reason),
        })
    })
}

/// Notes that both met without having planned it.
pub fn pairings_note_met(app: &App, request: NoteMet) -> Result<PairingView, ApiError> {
    changed(app, &request.pairing, |notebook, id| {
        notebook.write(|tx| core::met_without_logging(tx, id, Some(request.on))).map(drop)
    })
}

/// Gives the page for the evening before a session.
pub fn pairings_prepare(app: &App, request: String) -> Result<PreparationView, ApiError> {
    let id = pairing_id(&request)?;
    app.with(|notebook| notebook.read(|reader| show::preparation(reader, id)))
}

/// Keeps what a person thinks of an hour before it.
pub fn pairings_keep_preparation(app: &App, request: KeepPreparation) -> Result<PreparationView, ApiError> {
    let (id, session) = (pairing_id(&request.pairing)?, inner_id(&request.session)?);
    let shown = app.with(|notebook| {
        notebook.write(|tx| {
            core::save_preparation(tx, id, session, &request.thoughts, &request.want)?;
            if request.show { core::show_want(tx, id, session) } else { Ok(()) }
        })?;
        notebook.read(|reader| show::preparation(reader, id))
    });
    app.syncing.look_at_all();
    shown
}
