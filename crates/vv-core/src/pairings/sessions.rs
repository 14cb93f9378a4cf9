//! Sessions: proposed, moved, called off, held.
//!
//! The day, the time, the length, the place and who was there belong to the process; what the hour is for, the real case, why it was
//! moved and the notes are content. A time holds once the other has said yes to exactly that time. Who moved how often is for the
//! two alone.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::charter::{open_home, parts, read, row_or_default, within};
use super::error::PairingError;
use super::home::{Doing, Seat, act, act_next, act_now, commit, home_of, seat_value, set, set_text};
use super::model::{Home, NewSession, Said, Session, SessionState, Who};
use super::record::{Deed, session};
use super::seats::Seats;
use super::table::{self, ActRow, SessionRow};
use crate::day;
use crate::ids::{PairSessionId, PairingId};
use crate::journal::Moment;
use crate::store::op::{Kind, Op, Value};
use crate::store::{Reader, StoreError, Tx};
use crate::words::{line, some_line};

/// Proposes a session at a time, for a real case; gives its id. While the pairing is tracked alone its time holds at once.
///
/// # Errors
/// [`PairingError::NoCase`] without a case: an hour needs somebody's real problem.
pub fn propose_session(tx: &mut Tx, id: PairingId, new: &NewSession) -> Result<PairSessionId, PairingError> {
    let home = open_home(tx, id)?;
    let session: PairSessionId = tx.make_id();
    let (process, content) = timed(tx, home, new)?;
    commit(tx, home, *session.as_bytes(), Some(Kind::PairSession), process, content)?;
    Ok(session)
}

/// Gives a planned session a time and a real case.
pub fn schedule_session(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    new: &NewSession,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let row = open_session(tx, home, session)?;
    if row.starts_ms.is_some() {
        return Err(PairingError::Settled);
    }
    let (process, content) = timed(tx, home, new)?;
    commit(tx, home, *session.as_bytes(), None, process, content)
}

fn timed(tx: &Tx, home: Home, new: &NewSession) -> Result<(Vec<Op>, Vec<Op>), PairingError> {
    let charter = row_or_default(tx, home)?;
    let seats = Seats::load(tx, home)?;
    let case = line(&new.live_case, "live_case")?;
    if case.is_empty() {
        return Err(PairingError::NoCase);
    }
    let starts_at = new
        .starts_at
        .ok_or_else(|| crate::words::Unfit { field: "starts_at", why: "say when it begins".to_owned() })?;
    let minutes = within(new.minutes.unwrap_or(charter.minutes), 5, 24 * 60, "minutes")?;
    let (on, zone) = local_day(tx, starts_at);
    let mut process = vec![
        Op::Set { field: session::STATE, value: Value::Int(SessionRow::OPEN) },
        Op::Set { field: session::ON, value: day::value(Some(day::check(on, "starts_at")?)) },
        Op::Set { field: session::STARTS_AT, value: Value::Int(starts_at.timestamp_millis()) },
        Op::Set { field: session::MINUTES, value: Value::Int(minutes.into()) },
        Op::Set { field: session::ZONE, value: Value::Text(zone) },
        Op::Set { field: session::LANE, value: Value::Int(seats.lane_number(new.lane)) },
    ];
    process.extend(set_text(None, session::PLACE, &line(&new.place, "place")?));
    process.extend(set_text(None, session::TOPIC, &line(&new.topic, "topic")?));
    let mut content = vec![Op::Set { field: session::CASE, value: Value::Text(case) }];
    let whose = new.whose.and_then(|who| seats.seat_of(who));
    content.extend(set(None, session::WHOSE, seat_value(whose)));
    Ok((process, content))
}

/// Gives the day on which an instant lies where the person is, and the zone.
fn local_day(reader: &Reader, at: DateTime<Utc>) -> (NaiveDate, String) {
    let zone = reader.time_zone();
    let local = Moment::at(at, zone.as_deref()).map(|moment| moment.local_at().date());
    (local.unwrap_or_else(|_| at.date_naive()), zone.unwrap_or_default())
}

/// Reads a session that is neither held nor called off.
fn open_session(reader: &Reader, home: Home, id: PairSessionId) -> Result<SessionRow, PairingError> {
    let row = read_row(reader, home, id)?;
    if row.state == SessionRow::OPEN { Ok(row) } else { Err(PairingError::Settled) }
}

pub(super) fn read_row(reader: &Reader, home: Home, id: PairSessionId) -> Result<SessionRow, PairingError> {
    table::session(reader.sql(), (home.sid(reader)?, home.key()), id)?.ok_or(PairingError::NotThere)
}

/// Says yes to the time the other proposed.
pub fn accept_session(tx: &mut Tx, id: PairingId, session: PairSessionId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let shown = get_of(tx, home, session)?;
    match shown.state {
        SessionState::Agreed => Ok(()),
        SessionState::Proposed if shown.proposed_by == Who::Me => Err(PairingError::NotYours),
        SessionState::Proposed => {
            let number = shown.starts_at.map(|at| at.timestamp_millis());
            act(tx, home, *session.as_bytes(), Deed::Accepted, Doing { number, ..Doing::default() })
        }
        _ => Err(PairingError::Settled),
    }
}

/// Moves a session to another time; the other says yes to it again.
///
/// # Errors
/// [`PairingError::MovedAlready`] for the senior of a reverse mentoring who has moved this session before.
pub fn move_session(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    starts_at: DateTime<Utc>,
    why: &str,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let row = open_session(tx, home, session)?;
    let why = line(why, "why")?;
    let (my_part, _) = parts(&read(tx, home)?);
    let kind = row_or_default(tx, home)?.kind;
    let own = get_of(tx, home, session)?.moves.iter().find(|(who, _)| *who == Who::Me).map_or(0, |(_, n)| *n);
    if kind.most_moves(my_part).is_some_and(|most| own >= most) {
        return Err(PairingError::MovedAlready);
    }
    let (on, zone) = local_day(tx, starts_at);
    let process = vec![
        Op::Set { field: session::ON, value: day::value(Some(day::check(on, "starts_at")?)) },
        Op::Set { field: session::STARTS_AT, value: Value::Int(starts_at.timestamp_millis()) },
        Op::Set { field: session::ZONE, value: Value::Text(zone) },
    ];
    let moved = Doing { number: row.starts_ms, words: why, ..Doing::default() };
    let content = vec![act_next(tx, home, session.as_bytes(), Deed::Moved, moved)?.to_op()];
    commit(tx, home, *session.as_bytes(), None, process, content)
}

/// Calls a session off, with a reason or without.
pub fn cancel_session(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    why: &str,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    open_session(tx, home, session)?;
    let words = line(why, "why")?;
    let state = Value::Int(SessionRow::CANCELLED);
    let process = vec![Op::Set { field: session::STATE, value: state }];
    let content = vec![
        act_next(tx, home, session.as_bytes(), Deed::Cancelled, Doing { words, ..Doing::default() })?.to_op(),
    ];
    commit(tx, home, *session.as_bytes(), None, process, content)
}

/// Notes that a session took place, and that I was there.
pub fn hold_session(tx: &mut Tx, id: PairingId, session: PairSessionId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let row = open_session(tx, home, session)?;
    // One that is held before its day took place today.
    let on = row.on.min(day::today(tx));
    let process = vec![
        Op::Set { field: session::STATE, value: Value::Int(SessionRow::HELD) },
        Op::Set { field: session::ON, value: day::value(Some(on)) },
        act_now(tx, Deed::Held, Doing::default()).to_op(),
        act_now(tx, Deed::Present, Doing::default()).to_op(),
    ];
    commit(tx, home, *session.as_bytes(), None, process, Vec::new())
}

/// Notes in one act that the two met without having planned it here.
pub fn met_without_logging(
    tx: &mut Tx,
    id: PairingId,
    on: Option<NaiveDate>,
) -> Result<PairSessionId, PairingError> {
    let home = open_home(tx, id)?;
    let today = day::today(tx);
    let on = day::check(on.unwrap_or(today), "on")?;
    if on > today {
        let why = "choose a day that has come".to_owned();
        return Err(crate::words::Unfit { field: "on", why }.into());
    }
    let minutes = row_or_default(tx, home)?.minutes;
    let session: PairSessionId = tx.make_id();
    let process = vec![
        Op::Set { field: session::STATE, value: Value::Int(SessionRow::HELD) },
        Op::Set { field: session::ON, value: day::value(Some(on)) },
        Op::Set { field: session::MINUTES, value: Value::Int(minutes.into()) },
        act_now(tx, Deed::Held, Doing::default()).to_op(),
    ];
    commit(tx, home, *session.as_bytes(), Some(Kind::PairSession), process, Vec::new())?;
    Ok(session)
}

/// Notes who was there. Of the other it is noted only by somebody who tracks the pairing alone.
pub fn note_attendance(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    who: Who,
    present: bool,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    read_row(tx, home, session)?;
    let of_other = match (who, home) {
        (Who::Me, _) => false,
        (Who::Other, Home::Alone(_)) => true,
        _ => return Err(PairingError::NotYours),
    };
    let what = if present { Deed::Present } else { Deed::Absent };
    act(tx, home, *session.as_bytes(), what, Doing { of_other, ..Doing::default() })
}

/// Says whose real problem a session is for, in one line.
pub fn set_case(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    live_case: &str,
    whose: Option<Who>,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    open_session(tx, home, session)?;
    let case = some_line(live_case, "live_case", "say whose real problem this session is for")?;
    let whose = Seats::load(tx, home)?.seat_of(whose.unwrap_or(Who::Unknown));
    let object = home.object(tx, session.as_bytes(), Kind::PairSession)?;
    let content = [
        set_text(object.as_ref(), session::CASE, &case),
        set(object.as_ref(), session::WHOSE, seat_value(whose)),
    ];
    commit(tx, home, *session.as_bytes(), None, Vec::new(), content.into_iter().flatten().collect())
}

/// Plans the sessions that the charter counts, one rhythm after the other from a day, as days without a time. Those that are there
/// already stay. Gives the days of the whole programme.
pub fn plan_programme(
    tx: &mut Tx,
    id: PairingId,
    from: NaiveDate,
) -> Result<Vec<(u32, NaiveDate)>, PairingError> {
    let home = open_home(tx, id)?;
    let charter = row_or_default(tx, home)?;
    let days = programme_days(day::check(from, "from")?, charter.sessions, charter.rhythm_days);
    let key = (home.sid(tx)?, home.key());
    let known: Vec<u32> = table::sessions(tx.sql(), key)?.into_iter().filter_map(|row| row.number).collect();
    for (number, on) in &days {
        if known.contains(number) {
            continue;
        }
        let topic = if charter.programme.is_empty() {
            String::new()
        } else {
            format!("{}-s{number}", charter.programme)
        };
        // Two devices that plan at once make the same session.
        let name = vv_protocol::hash("programme-session/v1", &[&home.key(), &number.to_le_bytes()]);
        let session = *name.first_chunk().expect("a hash has more than sixteen bytes");
        let process = vec![
            Op::Set { field: session::STATE, value: Value::Int(SessionRow::OPEN) },
            Op::Set { field: session::ON, value: day::value(Some(*on)) },
            Op::Set { field: session::MINUTES, value: Value::Int(charter.minutes.into()) },
            Op::Set { field: session::NUMBER, value: Value::Int((*number).into()) },
            Op::Set { field: session::TOPIC, value: Value::Text(topic) },
        ];
        commit(tx, home, session, Some(Kind::PairSession), process, Vec::new())?;
    }
    Ok(days)
}

/// Computes the days of a programme: the first on its first day, each further one a rhythm later.
pub fn programme_days(from: NaiveDate, sessions: u32, rhythm_days: u32) -> Vec<(u32, NaiveDate)> {
    (0..sessions).map(|at| (at + 1, day::after(from, u64::from(at) * u64::from(rhythm_days)))).collect()
}

/// Computes the days on which those who teach upwards meet among themselves: before the first session, after the second and the
/// fifth. Their circle has no space yet; these are days alone.
pub fn junior_circle_days(programme: &[(u32, NaiveDate)]) -> Vec<NaiveDate> {
    let of = |number: u32| programme.iter().find(|(at, _)| *at == number).map(|(_, on)| *on);
    [of(1).map(|on| day::before(on, 7)), of(2).map(|on| day::after(on, 7)), of(5).map(|on| day::after(on, 7))]
        .into_iter()
        .flatten()
        .collect()
}

/// Lists the sessions of a pairing in the order of their days.
pub fn list_sessions(reader: &Reader, id: PairingId) -> Result<Vec<Session>, PairingError> {
    sessions_of(reader, home_of(reader, id)?)
}

/// Shows one session.
pub fn get_session(reader: &Reader, id: PairingId, session: PairSessionId) -> Result<Session, PairingError> {
    get_of(reader, home_of(reader, id)?, session)
}

pub(super) fn get_of(reader: &Reader, home: Home, id: PairSessionId) -> Result<Session, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let row = read_row(reader, home, id)?;
    let acts = table::acts_on(reader.sql(), key, id.as_bytes())?;
    Ok(shown(row, &acts.iter().collect::<Vec<_>>(), &Seats::load(reader, home)?))
}

pub(super) fn sessions_of(reader: &Reader, home: Home) -> Result<Vec<Session>, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let seats = Seats::load(reader, home)?;
    let acts = table::acts(reader.sql(), key)?;
    let mut by_object = table::by_object(&acts);
    let rows = table::sessions(reader.sql(), key)?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let own = by_object.remove(row.id.as_bytes()).unwrap_or_default();
            shown(row, &own, &seats)
        })
        .collect())
}

/// Tells how a session stands: what is held or called off is that; a time holds once the other said yes to it.
pub(super) fn state_of(
    seats: &Seats,
    state: i64,
    starts_ms: Option<i64>,
    start_fid: i64,
    accepted: impl Iterator<Item = (Option<Seat>, Option<i64>)>,
) -> SessionState {
    match (state, starts_ms) {
        (SessionRow::HELD, _) => SessionState::Held,
        (SessionRow::CANCELLED, _) => SessionState::Cancelled,
        (_, None) => SessionState::Planned,
        (_, Some(starts)) => {
            let by = seats.seat(start_fid, false);
            let yes: BTreeSet<Seat> =
                accepted.filter(|(_, time)| *time == Some(starts)).filter_map(|(seat, _)| seat).collect();
            // To a time that neither of the two proposed both say yes.
            let is_agreed =
                [Seat::First, Seat::Second].iter().all(|seat| by == Some(*seat) || yes.contains(seat));
            if seats.is_alone() || is_agreed { SessionState::Agreed } else { SessionState::Proposed }
        }
    }
}

fn shown(row: SessionRow, acts: &[&ActRow], seats: &Seats) -> Session {
    let seat = |act: &ActRow| seats.seat(act.fid, act.of_other);
    let accepted = acts.iter().filter(|act| act.what == Deed::Accepted).map(|act| (seat(act), act.number));
    let state = state_of(seats, row.state, row.starts_ms, row.start_fid, accepted);
    let mut moves: BTreeMap<Who, u32> = BTreeMap::new();
    let mut there: BTreeMap<Seat, bool> = BTreeMap::new();
    let mut wants: BTreeMap<Seat, &ActRow> = BTreeMap::new();
    let (mut cancelled_by, mut reason) = (None, String::new());
    for act in acts {
        let Some(by) = seat(act) else { continue };
        match act.what {
            Deed::Moved => *moves.entry(seats.who_sits(by)).or_default() += 1,
            Deed::Present | Deed::Absent => {
                there.insert(by, act.what == Deed::Present);
            }
            Deed::Wanted => {
                wants.insert(by, act);
            }
            Deed::Cancelled if state == SessionState::Cancelled => {
                (cancelled_by, reason) = (Some(seats.who_sits(by)), act.words.clone());
            }
            _ => {}
        }
    }
    let said =
        |(by, act): (Seat, &ActRow)| Said { by: seats.who_sits(by), at: act.at(), words: act.words.clone() };
    Session {
        id: row.id,
        state,
        on: row.on,
        starts_at: row.starts_at(),
        proposed_by: if row.starts_ms.is_some() { seats.who(row.start_fid, false) } else { Who::Unknown },
        minutes: row.minutes,
        place: row.place,
        zone: row.zone,
        number: row.number,
        lane: seats.lane(row.lane),
        topic: row.topic,
        live_case: row.live_case,
        whose: row.whose.and_then(|whose| seats.who_of_number(whose)),
        moves: moves.into_iter().collect(),
        cancelled_by,
        reason,
        present: there.into_iter().filter(|(_, is)| *is).map(|(by, _)| seats.who_sits(by)).collect(),
        wants: wants.into_iter().filter(|(_, act)| !act.words.is_empty()).map(said).collect(),
    }
}

/// Finds the session that comes next, and the one that was held last.
pub(super) fn around(sessions: &[Session], today: NaiveDate) -> (Option<Session>, Option<Session>) {
    let is_open = |session: &&Session| !matches!(session.state, SessionState::Held | SessionState::Cancelled);
    let open = || sessions.iter().filter(is_open);
    let next =
        open().filter(|session| session.on >= today).min_by_key(|session| (session.on, session.starts_at));
    // One whose day has passed and of which nobody has said a word is still the next to be spoken of.
    let next = next.or_else(|| open().max_by_key(|session| (session.on, session.starts_at)));
    let held = sessions.iter().filter(|session| session.state == SessionState::Held);
    (next.cloned(), held.max_by_key(|session| (session.on, session.starts_at)).cloned())
}

/// Checks that a session is in a home.
pub(super) fn check(reader: &Reader, home: Home, id: PairSessionId) -> Result<(), PairingError> {
    read_row(reader, home, id).map(drop)
}

/// Reads the shared notes of a session.
pub(super) fn notes(reader: &Reader, home: Home, id: PairSessionId) -> Result<String, StoreError> {
    let text = home.read(reader, |reader| reader.doc_text(id.as_bytes(), session::NOTES))?;
    Ok(text.unwrap_or_default())
}
