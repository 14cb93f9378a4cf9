//! The desk: all pairings at a glance; and what the page of a day shows of them.
//!
//! A few reads without words, whatever the number of pairings; everything else is computed.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::agreement::agreements_of;
use super::begin::{list_sides, side_row};
use super::charter::{self, parts};
use super::ending::endings;
use super::error::PairingError;
use super::glance::{Of, Rows, glance, read_rows};
use super::home::home_of_side;
use super::kinds::Part;
use super::model::{Desk, DeskRow, Ending, Health, Home, Promise, PromiseState, Session, SessionState, Who};
use super::promises::promises_of;
use super::room::room_of;
use super::seats::{Known, Seats};
use super::sessions::sessions_of;
use super::table::{self, CharterRow, SessionRow, SideRow};
use crate::day;
use crate::ids::PairingId;
use crate::store::Reader;

/// Reads all pairings at a glance.
pub fn read_desk(reader: &Reader) -> Result<Desk, PairingError> {
    let today = day::today(reader);
    let known = Known::all(reader)?;
    let charters = table::charters(reader.sql())?;
    let mut rows = read_rows(reader, None)?;
    let (mut open, mut closed) = (Vec::new(), Vec::new());
    let mut taken: BTreeMap<Part, u32> = BTreeMap::new();
    for side in list_sides(reader)? {
        let home = home_of_side(reader, &side);
        let key = (home.sid(reader)?, home.key());
        let seats = Seats::among(reader, &known, home)?;
        let charter = match charters.get(&key) {
            Some(charter) => charter.clone(),
            None => charter::row_or_default(reader, home)?,
        };
        let own = rows.remove(&key).unwrap_or_default();
        let row = row_of(reader, home, side, charter, &seats, &own)?;
        let my_part = row.my_part;
        if row.health == Health::Closed {
            closed.push(row);
        } else {
            *taken.entry(my_part).or_default() += 1;
            open.push(row);
        }
    }
    open.sort_by_cached_key(|row| {
        let waits_for_me = row.waits.iter().any(|waiting| waiting.on == Who::Me);
        let next = row.next.as_ref().map(|next| (next.on, next.starts_at));
        (!waits_for_me, next.is_none(), next, row.name.to_lowercase(), row.id)
    });
    closed.sort_by_key(|row| (std::cmp::Reverse(row.last_on.or(row.ends_on)), row.id));
    Ok(Desk { on: today, open, closed, room: room_of(reader, &taken)? })
}

/// Lists every pairing outside the trash.
pub(crate) fn every_pairing(reader: &Reader) -> Result<Vec<PairingId>, PairingError> {
    Ok(list_sides(reader)?.into_iter().map(|side| side.id).collect())
}

/// Reads one pairing at a glance.
pub fn desk_row(reader: &Reader, id: PairingId) -> Result<DeskRow, PairingError> {
    let side = side_row(reader, id)?;
    let home = home_of_side(reader, &side);
    let key = (home.sid(reader)?, home.key());
    let own = read_rows(reader, Some(key))?.remove(&key).unwrap_or_default();
    let charter = charter::row_or_default(reader, home)?;
    row_of(reader, home, side, charter, &Seats::load(reader, home)?, &own)
}

fn row_of(
    reader: &Reader,
    home: Home,
    side: SideRow,
    charter: CharterRow,
    seats: &Seats,
    rows: &Rows,
) -> Result<DeskRow, PairingError> {
    let agreements = agreements_of(reader, home)?;
    let at_a_glance = glance(&Of {
        rows,
        charter: &charter,
        charter_id: home.charter(),
        seats,
        agreements: &agreements,
        today: day::today(reader),
    });
    let of_state = |state: i64| rows.sessions.iter().filter(move |row| row.state == state);
    let mut held_on: Vec<NaiveDate> = of_state(SessionRow::HELD).map(|row| row.on).collect();
    held_on.sort_unstable();
    let today = day::today(reader);
    let unspoken = of_state(SessionRow::OPEN).filter(|row| row.on < today).max_by_key(|row| row.on);
    let paused_until = match at_a_glance.health {
        Health::Paused => charter::pauses(reader, home)?.into_iter().filter_map(|pause| pause.until).max(),
        _ => None,
    };
    let ended_on = match at_a_glance.health {
        // One that ends by itself ended with its last session.
        Health::Closed => endings(reader, home)?
            .into_iter()
            .rev()
            .find(|act| act.ending == Ending::Ended)
            .map(|act| act.on)
            .or(at_a_glance.last_on)
            .or(charter.ends_on),
        _ => None,
    };
    let kind = charter.kind;
    let shown = charter::shown(charter, seats);
    Ok(DeskRow {
        id: side.id,
        name: side.name,
        kind,
        my_part: parts(&shown).0,
        is_two: seats.is_two(),
        health: at_a_glance.health,
        waits: at_a_glance.waits,
        next: at_a_glance.next,
        last_on: at_a_glance.last_on,
        held: at_a_glance.held,
        my_promises: at_a_glance.my_promises,
        their_promises: at_a_glance.their_promises,
        balance: at_a_glance.balance,
        nudges: at_a_glance.nudges,
        space: match home {
            Home::Shared(space) => Some(space),
            Home::Alone(_) => None,
        },
        mine_about: shown.mine_about,
        theirs_about: shown.theirs_about,
        leads: shown.leads,
        rhythm_days: shown.rhythm_days,
        held_on,
        unspoken: unspoken.map(|row| (row.id, row.on)),
        paused_until,
        begun_on: shown.begun_on,
        ends_on: shown.ends_on,
        ended_on,
    })
}

/// Holds what the page of a day shows of pairings.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PairingsToday {
    /// Sessions of today and tomorrow, each with its pairing and the other's name.
    pub sessions: Vec<(PairingId, String, Session)>,
    /// Promises of mine whose day has come.
    pub promises: Vec<(PairingId, String, Promise)>,
}

/// Gathers what the page of today shows of pairings.
pub fn pairings_today(reader: &Reader) -> Result<PairingsToday, PairingError> {
    let today = day::today(reader);
    let rows = read_rows(reader, None)?;
    let mut found = PairingsToday::default();
    for side in list_sides(reader)? {
        let home = home_of_side(reader, &side);
        let Some(own) = rows.get(&(home.sid(reader)?, home.key())) else { continue };
        if !is_due(own, today) || charter::has_ended(reader, home)? {
            continue;
        }
        for session in due_sessions(reader, home, today)? {
            found.sessions.push((side.id, side.name.clone(), session));
        }
        for promise in due_promises(reader, home, today)? {
            found.promises.push((side.id, side.name.clone(), promise));
        }
    }
    found.sessions.sort_by_key(|(id, _, session)| (session.on, session.starts_at, *id));
    found.promises.sort_by_key(|(id, _, promise)| (promise.due_on, *id));
    Ok(found)
}

/// Tells whether anything of a home may be due, so that its words are read.
fn is_due(rows: &Rows, today: NaiveDate) -> bool {
    let tomorrow = day::after(today, 1);
    rows.sessions.iter().any(|row| row.state == SessionRow::OPEN && (today..=tomorrow).contains(&row.on))
        || rows.promises.iter().any(|row| row.due_on.is_some_and(|due| due <= today))
}

fn due_sessions(reader: &Reader, home: Home, today: NaiveDate) -> Result<Vec<Session>, PairingError> {
    let tomorrow = day::after(today, 1);
    let is_due = |session: &Session| {
        (today..=tomorrow).contains(&session.on)
            && !matches!(session.state, SessionState::Held | SessionState::Cancelled)
    };
    Ok(sessions_of(reader, home)?.into_iter().filter(is_due).collect())
}

fn due_promises(reader: &Reader, home: Home, today: NaiveDate) -> Result<Vec<Promise>, PairingError> {
    let is_due = |promise: &Promise| {
        promise.owner == Who::Me
            && promise.state == PromiseState::Open
            && promise.due_on.is_some_and(|due| due <= today)
    };
    Ok(promises_of(reader, home)?.into_iter().filter(is_due).collect())
}
