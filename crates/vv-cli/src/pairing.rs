//! `vv pairing`, `vv session`, `vv promise`: two people who learn from each other.

use chrono::{Local, NaiveDate};
use vv_api::{
    error::{ApiError, ErrorCode},
    model::{
        pairing_asks::{
            AnswerPromise, AnswerSession, EndPairing, MakePairing, MakePromise, NoteMet, PausePairing,
            PlanSession, PromiseAnswer, SessionAnswer,
        },
        pairings::{
            LaneWay, PairSessionState, PairSessionView, PairWho, PairingEnding, PairingHealth, PairingKind,
            PairingRow, PairingView, PromiseView,
        },
    },
};

use crate::{
    Done,
    arguments::{PairKind, Pairing, Promise, Session as Asked},
    failure::Failure,
    output::Output,
    session::Session,
};

/// Does what was asked with pairings.
pub fn run(session: &Session, output: &mut Output, command: Pairing) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Pairing::Add { name, hope, kind, learn, teach, i_teach } => {
            let request = MakePairing {
                name,
                hope: hope.unwrap_or_default(),
                kind: kind.into(),
                learn: learn.unwrap_or_default(),
                teach: teach.unwrap_or_default(),
                leads: Some(if i_teach { LaneWay::Teach } else { LaneWay::Learn }),
            };
            show(output, &vv_api::pairings_make(app, request)?)
        }
        Pairing::List => {
            for row in vv_api::pairings_list(app)? {
                output.row(&row, || row_line(&row))?;
            }
            output.finish()?;
            Ok(Done::Wholly)
        }
        Pairing::Show { name } => show(output, &vv_api::pairings_get(app, find(session, &name)?.id)?),
        Pairing::Pause { name, until } => {
            let request = PausePairing { id: find(session, &name)?.id, paused: true, until };
            show(output, &vv_api::pairings_pause(app, request)?)
        }
        Pairing::Resume { name } => {
            let request = PausePairing { id: find(session, &name)?.id, paused: false, until: None };
            show(output, &vv_api::pairings_pause(app, request)?)
        }
        Pairing::End { name, words } => {
            let request = EndPairing {
                id: find(session, &name)?.id,
                ending: PairingEnding::Ended,
                words: words.unwrap_or_default(),
                until: None,
                again: None,
            };
            show(output, &vv_api::pairings_end(app, request)?)
        }
    }
}

/// Does what was asked with sessions.
pub fn run_sessions(session: &Session, output: &mut Output, command: Asked) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    let shown = match command {
        Asked::List { name } => vv_api::pairings_get(app, find(session, &name)?.id)?,
        Asked::Propose { name, at, case, theirs, minutes, place } => {
            let pairing = vv_api::pairings_get(app, find(session, &name)?.id)?;
            // An hour that the clock skips in spring does not exist; one that it repeats in autumn is the first of both.
            let at = at.and_local_timezone(Local).earliest().ok_or_else(|| {
                ApiError::about(
                    "at",
                    "There is no such time on that day: the clock skips it. Nothing was changed.",
                )
            })?;
            let request = PlanSession {
                pairing: pairing.row.id,
                session: None,
                at: at.to_utc(),
                minutes: minutes.unwrap_or(pairing.minutes),
                place: place.unwrap_or_default(),
                case,
                whose: if theirs { PairWho::Other } else { PairWho::Me },
                lane: None,
            };
            vv_api::pairings_plan(app, request)?
        }
        Asked::Agree { name, session: of } => answer(session, &name, of, SessionAnswer::Agree)?,
        Asked::Held { name, session: of } => answer(session, &name, of, SessionAnswer::Held)?,
        Asked::Cancel { name, session: of, why } => {
            answer(session, &name, of, SessionAnswer::Cancelled { reason: why.unwrap_or_default() })?
        }
        Asked::Met { name, on } => {
            let on = on.unwrap_or_else(|| Local::now().date_naive());
            vv_api::pairings_note_met(app, NoteMet { pairing: find(session, &name)?.id, on })?
        }
    };
    for one in &shown.sessions {
        output.row(one, || session_line(one))?;
    }
    output.finish()?;
    Ok(Done::Wholly)
}

fn answer(session: &Session, name: &str, of: String, answer: SessionAnswer) -> Result<PairingView, Failure> {
    let request = AnswerSession { pairing: find(session, name)?.id, session: of, answer };
    Ok(vv_api::pairings_answer_session(&session.app, request)?)
}

/// Does what was asked with promises.
pub fn run_promises(session: &Session, output: &mut Output, command: Promise) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Promise::List => {}
        Promise::Add { name, what, by, if_then, small, theirs } => {
            let request = MakePromise {
                pairing: find(session, &name)?.id,
                promise: None,
                mine: !theirs,
                what,
                place: String::new(),
                if_then: if_then.unwrap_or_default(),
                small: small.unwrap_or_default(),
                due_on: by,
            };
            vv_api::pairings_promise(app, request)?;
        }
        Promise::Done { id, small } => {
            let answer = if small { PromiseAnswer::DoneSmall } else { PromiseAnswer::Done };
            say(session, id, answer, String::new())?;
        }
        Promise::Skip { id, because } => {
            say(session, id, PromiseAnswer::Skipped, because.unwrap_or_default())?;
        }
    }
    for one in vv_api::pairings_promises(app)? {
        output.row(&one, || promise_line(&one))?;
    }
    output.finish()?;
    Ok(Done::Wholly)
}

fn say(session: &Session, id: String, answer: PromiseAnswer, words: String) -> Result<(), Failure> {
    let open = vv_api::pairings_promises(&session.app)?;
    let found = open.into_iter().find(|one| one.id == id).ok_or_else(|| {
        ApiError::new(ErrorCode::NotFound, "No open promise has this id. Nothing was changed.")
    })?;
    let request = AnswerPromise { pairing: found.pairing, promise: found.id, answer, words };
    vv_api::pairings_answer_promise(&session.app, request)?;
    Ok(())
}

/// Finds a pairing by its id or by the other's name; one that goes on before one that has ended.
fn find(session: &Session, name: &str) -> Result<PairingRow, Failure> {
    let rows = vv_api::pairings_list(&session.app)?;
    let wanted = name.to_lowercase();
    let mut named: Vec<PairingRow> =
        rows.into_iter().filter(|row| row.id == name || row.name.to_lowercase() == wanted).collect();
    if named.iter().any(|row| row.ended_on.is_none()) {
        named.retain(|row| row.ended_on.is_none());
    }
    match named.len() {
        0 => Err(ApiError::new(
            ErrorCode::NotFound,
            "No pairing goes by this name or id. “vv pairing list” shows them. Nothing was changed.",
        )
        .into()),
        1 => Ok(named.remove(0)),
        _ => Err(ApiError::new(
            ErrorCode::Conflict,
            "Several pairings go by this name. Give the id instead; “vv pairing list” shows it. Nothing was changed.",
        )
        .into()),
    }
}

fn show(output: &mut Output, pairing: &PairingView) -> Result<Done, Failure> {
    output.result(pairing, || whole(pairing))?;
    Ok(Done::Wholly)
}

fn row_line(row: &PairingRow) -> String {
    let next = row.next.as_ref().map(|next| format!("next {}", next.on));
    let waits = (!row.waits.is_empty()).then(|| "waits for you".to_owned());
    let parts = [row.id.clone(), row.name.clone(), kind(row.kind).to_owned(), health(row.health).to_owned()];
    parts.into_iter().chain(next).chain(waits).collect::<Vec<_>>().join("  ")
}

fn whole(pairing: &PairingView) -> String {
    let mut lines = vec![row_line(&pairing.row)];
    for lane in &pairing.row.lanes {
        let way = if lane.way == LaneWay::Learn { "You learn" } else { "You teach" };
        lines.push(format!("{way}: {}", if lane.about.is_empty() { "not said yet" } else { &lane.about }));
    }
    lines.push(match pairing.readers.len() {
        0 | 1 => "Only you can read this".to_owned(),
        _ => {
            let names: Vec<&str> = pairing.readers.iter().map(|reader| reader.name.as_str()).collect();
            format!("Readable by {}", names.join(", "))
        }
    });
    lines.extend(pairing.sessions.iter().map(session_line));
    lines.extend(pairing.promises.iter().map(promise_line));
    lines.join("\n")
}

fn session_line(session: &PairSessionView) -> String {
    let state = match session.state {
        PairSessionState::Planned => "planned",
        PairSessionState::Proposed => "proposed",
        PairSessionState::Agreed => "agreed",
        PairSessionState::Held => "held",
        PairSessionState::Cancelled => "called off",
    };
    let when = session.at.map_or_else(
        || session.on.to_string(),
        |at| at.with_timezone(&Local).format("%Y-%m-%d %H:%M").to_string(),
    );
    format!("{}  {when}  {state}  {}", session.id, session.case)
}

fn promise_line(promise: &PromiseView) -> String {
    let whose = if promise.mine { "you" } else { promise.with.as_str() };
    let due = promise.due_on.as_ref().map(NaiveDate::to_string).unwrap_or_default();
    format!("{}  {due}  {whose}  {}", promise.id, promise.what)
}

fn kind(kind: PairingKind) -> &'static str {
    match kind {
        PairingKind::Mentoring => "mentoring",
        PairingKind::Reverse => "reverse mentoring",
        PairingKind::Reciprocal => "both ways",
        PairingKind::PeerCoaching => "peer coaching",
        PairingKind::Buddy => "buddy",
        PairingKind::PracticePartner => "practice partner",
        PairingKind::Handover => "handover",
        PairingKind::Taster => "taster",
    }
}

fn health(health: PairingHealth) -> &'static str {
    match health {
        PairingHealth::New => "new",
        PairingHealth::OnRhythm => "on rhythm",
        PairingHealth::Quiet => "quiet",
        PairingHealth::Drifting => "drifting",
        PairingHealth::Paused => "paused",
        PairingHealth::Closing => "closing",
        PairingHealth::Closed => "ended",
    }
}

impl From<PairKind> for PairingKind {
    fn from(kind: PairKind) -> Self {
        match kind {
            PairKind::Mentoring => Self::Mentoring,
            PairKind::Reverse => Self::Reverse,
            PairKind::Reciprocal => Self::Reciprocal,
            PairKind::PeerCoaching => Self::PeerCoaching,
            PairKind::Buddy => Self::Buddy,
            PairKind::PracticePartner => Self::PracticePartner,
            PairKind::Handover => Self::Handover,
            PairKind::Taster => Self::Taster,
        }
    }
}
