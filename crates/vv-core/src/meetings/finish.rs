//! The end of a meeting: what comes of it is made in the home, each thing once.
//!
//! Whoever ends it writes the notes of the session, fills what is empty in the draft of the agreement, and plans the next day. Promises
//! are their owner's: each person's own device makes theirs, at the end or when it learns that the meeting ended. Before one screen,
//! where there is but one device, those of the other are offered to them. The id of a promise follows from the meeting, so two devices
//! of one person make the same one.

use chrono::NaiveDate;

use super::act::{keep_own, write};
use super::error::MeetingError;
use super::model::Meeting;
use super::read::get_meeting;
use super::record;
use super::table;
use crate::day;
use crate::guides::run::{self, Event};
use crate::guides::{PlannedPromise, Together, around, together};
use crate::ids::MeetingId;
use crate::pairings::home::{self, Doing, Seat};
use crate::pairings::record::{Deed, promise, session};
use crate::pairings::seats::Seats;
use crate::pairings::table::{self as pairing_table, SessionRow};
use crate::pairings::{self, Home, PairingError, Section, Who};
use crate::sealed;
use crate::spaces::{SpaceError, SpaceId};
use crate::store::Tx;
use crate::store::op::{Kind, Op, Value};

/// Tells what came of a meeting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FinishedMeeting {
    /// What it came to, for both.
    pub came: Together,
    /// The day that was planned for the next session; none when one was planned already, or nobody said when.
    pub planned_on: Option<NaiveDate>,
}

/// Brings a meeting to its end and makes what comes of it.
///
/// # Errors
/// [`crate::guides::Refusal::Held`] while something is missing without which the guide does not close. The meeting is as it was
/// then.
pub fn finish_meeting(
    tx: &mut Tx,
    home: Home,
    id: MeetingId,
    language: &str,
) -> Result<FinishedMeeting, MeetingError> {
    let meeting = get_meeting(tx, home, id, language)?;
    if meeting.me.is_empty() {
        return Err(MeetingError::NotYours);
    }
    let around = around(tx, &meeting.guide)?;
    let finish = Event::Finish { by: meeting.me.clone() };
    let after = run::apply(&meeting.guide, &meeting.state, finish, &around)?;
    let at = Value::Int(around.now.timestamp_millis());
    write(tx, &meeting, &after, vec![Op::Set { field: record::FINISHED_AT, value: at }])?;
    let came = together(&meeting.guide, &meeting.state, &around);
    write_notes(tx, &meeting, &came.notes)?;
    fill_draft(tx, home, &came)?;
    let planned_on = plan_next(tx, &meeting, &came)?;
    make_promises(tx, &meeting, &came)?;
    Ok(FinishedMeeting { came, planned_on })
}

/// Does what is due without anybody's asking: reveals what both have sealed, and makes the person's own promises of meetings that the
/// other ended. Called after something was taken in.
pub fn keep_up(tx: &mut Tx) -> Result<(), MeetingError> {
    sealed::keep_up(tx)?;
    for (id, home_key) in table::finished_unmade(tx.sql())? {
        if tx.core().keyring.space(&home_key).is_none() {
            continue;
        }
        let home = Home::Shared(SpaceId(home_key));
        let meeting = match get_meeting(tx, home, MeetingId::from_bytes(id), "en") {
            Ok(meeting) if !meeting.me.is_empty() => meeting,
            // A guide of a newer version waits for that version.
            Ok(_) | Err(MeetingError::Guide(_) | MeetingError::NotThere) => continue,
            Err(error) => return Err(error),
        };
        let around = around(tx, &meeting.guide)?;
        let came = together(&meeting.guide, &meeting.state, &around);
        match make_promises(tx, &meeting, &came) {
            // Frozen, or waiting for keys: at the next chance.
            Err(MeetingError::Pairing(PairingError::Space(
                SpaceError::Frozen | SpaceError::WaitsForKeys | SpaceError::NotMember,
            ))) => {}
            other => other?,
        }
    }
    Ok(())
}

/// Makes promises: one's own, and before one screen also offers the other theirs.
fn make_promises(tx: &mut Tx, meeting: &Meeting, came: &Together) -> Result<(), MeetingError> {
    // Whoever was in the room and ended it has offered the promises of the other; they take them on as they are.
    let is_other_writing = meeting.room
        && matches!(meeting.home, Home::Shared(_))
        && meeting.written_down.iter().any(|(person, _)| *person == meeting.me);
    for (at, planned) in came.promises.iter().enumerate() {
        let is_mine = planned.by == meeting.me;
        let is_to_make = if is_mine { !is_other_writing } else { meeting.room && !is_other_writing };
        if is_to_make {
            let owner = if is_mine { Who::Me } else { Who::Other };
            put_promise(tx, meeting, at, owner, planned)?;
        }
    }
    let made = Value::Int(tx.now().timestamp_millis());
    keep_own(tx, meeting, vec![Op::Set { field: record::OWN_MADE, value: made }])
}

fn put_promise(
    tx: &mut Tx,
    meeting: &Meeting,
    at: usize,
    owner: Who,
    planned: &PlannedPromise,
) -> Result<(), MeetingError> {
    let name = format!("{} {} {at}", meeting.id, planned.by);
    let id = meeting.home.derive_of("meeting-promise/v1", name.as_bytes());
    if meeting.home.object(tx, &id, Kind::Promise)?.is_some() {
        return Ok(());
    }
    let seat = Seats::load(tx, meeting.home)?.seat_of(owner).unwrap_or(Seat::First);
    let set = |field: u32, value: Value| Op::Set { field, value };
    let session = meeting.session.as_ref().map(|session| session.as_bytes());
    let mut content = vec![
        set(promise::OWNER, Value::Int(seat.number())),
        set(promise::WHAT, planned.text.as_str().into()),
        set(promise::DUE_ON, day::value(planned.due_on)),
        set(promise::PLACE, planned.place.as_str().into()),
        set(promise::IF_THEN, planned.if_then.as_str().into()),
        set(promise::SESSION, table::id_value(session)),
        set(promise::MADE_ON, day::value(Some(day::today(tx)))),
    ];
    // One's own is taken on with it. To the other it is offered, unless somebody tracks the pairing alone and notes what both said.
    let of_other = owner == Who::Other;
    if !of_other || matches!(meeting.home, Home::Alone(_)) {
        content.push(home::act_now(tx, Deed::TakenOn, Doing { of_other, ..Doing::default() }).to_op());
    }
    Ok(home::commit(tx, meeting.home, id, Some(Kind::Promise), Vec::new(), content)?)
}

/// Puts the lines of a meeting at the end of the shared notes of its session, unless they stand there already.
fn write_notes(tx: &mut Tx, meeting: &Meeting, notes: &str) -> Result<(), MeetingError> {
    let (Some(of), false) = (meeting.session, notes.is_empty()) else { return Ok(()) };
    let id = of.as_bytes();
    if meeting.home.object(tx, id, Kind::PairSession)?.is_none() {
        return Ok(());
    }
    let before = meeting.home.read(tx, |reader| reader.doc_text(id, session::NOTES))?.unwrap_or_default();
    if before.contains(notes.trim()) {
        return Ok(());
    }
    let gap = if before.trim().is_empty() { "" } else { "\n\n" };
    let whole = format!("{}{gap}{notes}", before.trim_end());
    Ok(pairings::write_whole(tx, meeting.home, *id, session::NOTES, Kind::PairSession, &whole)?)
}

/// Fills the empty sections of the draft of the agreement.
fn fill_draft(tx: &mut Tx, home: Home, came: &Together) -> Result<(), MeetingError> {
    let known = pairings::read_charter(tx, home)?.kind.sections();
    let sections: Vec<(Section, String)> = came
        .agreement
        .iter()
        .filter_map(|section| Some((Section::of_number(section.section)?, section.text.clone())))
        .filter(|(section, _)| known.contains(section))
        .collect();
    Ok(pairings::make_draft(tx, home, &sections)?)
}

/// Plans the next session as a day, unless one is planned already. Its time and its real case come with the invitation.
fn plan_next(tx: &mut Tx, meeting: &Meeting, came: &Together) -> Result<Option<NaiveDate>, MeetingError> {
    let Some((on, _)) = came.next else { return Ok(None) };
    let today = day::today(tx);
    let key = (meeting.home.sid(tx)?, meeting.home.key());
    let is_open = |row: &SessionRow| row.state == SessionRow::OPEN && Some(row.id) != meeting.session;
    if on < today || pairing_table::sessions(tx.sql(), key)?.iter().any(|row| is_open(row) && row.on >= today)
    {
        return Ok(None);
    }
    let id = meeting.home.derive_of("meeting-next/v1", meeting.id.as_bytes());
    if meeting.home.object(tx, &id, Kind::PairSession)?.is_some() {
        return Ok(None);
    }
    let minutes = pairings::read_charter(tx, meeting.home)?.minutes;
    let process = vec![
        Op::Set { field: session::STATE, value: Value::Int(SessionRow::OPEN) },
        Op::Set { field: session::ON, value: day::value(Some(day::check(on, "next")?)) },
        Op::Set { field: session::MINUTES, value: Value::Int(minutes.into()) },
    ];
    home::commit(tx, meeting.home, id, Some(Kind::PairSession), process, Vec::new())?;
    Ok(Some(on))
}
