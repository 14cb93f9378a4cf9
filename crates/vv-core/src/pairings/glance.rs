//! What is computed of a pairing at a glance: rhythm, who waits for whom, the balance of its lanes, cards.
//!
//! The desk computes it for all pairings from a few reads without words, the page of one pairing from its own rows; both get the
//! same.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::between::{Rhythm, health, nudges};
use super::home::Seat;
use super::model::{
    Agreement, Balance, Card, Health, LaneCount, NextSession, Nudge, PromiseState, SessionState, Waiting,
    WaitsFor, Who,
};
use super::promises::state_after;
use super::record::Deed;
use super::seats::Seats;
use super::sessions::state_of;
use super::table::{ActGlance, CharterRow, HomeKey, PromiseGlance, SessionGlance, SessionRow};
use super::{kinds::PairingKind, table};
use crate::store::{Reader, StoreError};

/// Holds the rows of one home without their words.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pub sessions: Vec<SessionGlance>,
    pub promises: Vec<PromiseGlance>,
    pub acts: Vec<ActGlance>,
    pub goals: Vec<table::GoalGlance>,
}

/// Reads the rows of one home, or of all.
pub(super) fn read_rows(
    reader: &Reader,
    only: Option<HomeKey>,
) -> Result<BTreeMap<HomeKey, Rows>, StoreError> {
    let sql = reader.sql();
    let mut all: BTreeMap<HomeKey, Rows> = BTreeMap::new();
    for (home, sessions) in table::glance_at_sessions(sql, only)? {
        all.entry(home).or_default().sessions = sessions;
    }
    for (home, promises) in table::glance_at_promises(sql, only)? {
        all.entry(home).or_default().promises = promises;
    }
    for (home, acts) in table::glance_at_acts(sql, only)? {
        all.entry(home).or_default().acts = acts;
    }
    for (home, goals) in table::glance_at_goals(sql, only)? {
        all.entry(home).or_default().goals = goals;
    }
    Ok(all)
}

/// Holds what was computed.
#[derive(Debug)]
pub(super) struct Glance {
    pub health: Health,
    pub nudges: Vec<Nudge>,
    pub waits: Vec<Waiting>,
    pub cards: Vec<Card>,
    pub balance: Balance,
    pub primers: Vec<Who>,
    pub next: Option<NextSession>,
    pub last_on: Option<NaiveDate>,
    pub held: u32,
    pub my_promises: u32,
    pub their_promises: u32,
}

/// Says of what a glance is.
pub(super) struct Of<'a> {
    pub rows: &'a Rows,
    pub charter: &'a CharterRow,
    /// The object of the charter.
    pub charter_id: [u8; 16],
    pub seats: &'a Seats,
    pub agreements: &'a [Agreement],
    pub today: NaiveDate,
}

type Acts<'a> = BTreeMap<[u8; 16], Vec<(Seat, &'a ActGlance)>>;

pub(super) fn glance(of: &Of) -> Glance {
    let seats = of.seats;
    let mut acts: Acts = BTreeMap::new();
    for act in &of.rows.acts {
        if let Some(seat) = seats.seat(act.fid, act.of_other) {
            acts.entry(act.object).or_default().push((seat, act));
        }
    }
    let on_charter = acts.get(&of.charter_id).map(Vec::as_slice).unwrap_or_default();
    let states: Vec<SessionState> =
        of.rows.sessions.iter().map(|row| session_state(seats, row, &acts)).collect();
    let held: Vec<&SessionGlance> =
        of.rows.sessions.iter().filter(|row| row.state == SessionRow::HELD).collect();
    let last_on = held.iter().map(|row| row.on).max();
    let open = || {
        let all = of.rows.sessions.iter().zip(&states);
        all.filter(|(row, _)| row.state != SessionRow::HELD && row.state != SessionRow::CANCELLED)
    };
    let next = open()
        .filter(|(row, _)| row.on >= of.today)
        .min_by_key(|(row, _)| (row.on, row.starts_ms, row.id))
        .map(|(row, state)| NextSession {
            id: row.id,
            state: *state,
            on: row.on,
            starts_at: row.starts_ms.and_then(chrono::DateTime::from_timestamp_millis),
        });
    let held_count = count(held.len());
    let review_on = of.agreements.iter().find(|one| one.holds).and_then(|one| one.text.review_on);
    let rhythm = Rhythm {
        begun_on: of.charter.begun_on,
        ends_on: of.charter.ends_on,
        rhythm_days: of.charter.rhythm_days,
        sessions: of.charter.sessions,
        held: held_count,
        last_held: last_on,
        next: next.as_ref().map(|next| next.on),
        rests: rests(on_charter),
        is_closing: latest(on_charter, &[Deed::ClosingBegun, Deed::Renewed]) == Some(Deed::ClosingBegun),
        has_ended: latest(on_charter, &[Deed::Ended, Deed::Renewed]) == Some(Deed::Ended),
        ends_by_itself: of.charter.kind.ends_by_itself(),
        review_on,
    };
    let primers: BTreeSet<Seat> =
        on_charter.iter().filter(|(_, act)| act.what == Deed::PrimerDone).map(|(seat, _)| *seat).collect();
    let health = health(&rhythm, of.today);
    let mut glance = Glance {
        health,
        nudges: nudges(&rhythm, of.today),
        waits: Vec::new(),
        cards: cards(of, &acts, last_on),
        balance: balance(of, &acts, &held),
        primers: primers.iter().map(|seat| seats.who_sits(*seat)).collect(),
        next,
        last_on,
        held: held_count,
        my_promises: 0,
        their_promises: 0,
    };
    promises(of, &acts, &mut glance);
    if health != Health::Closed {
        waits(of, &open().map(|(row, state)| (*row, *state)).collect::<Vec<_>>(), &primers, &mut glance);
    } else {
        glance.waits.clear();
    }
    glance
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn latest(acts: &[(Seat, &ActGlance)], wanted: &[Deed]) -> Option<Deed> {
    acts.iter().rev().find(|(_, act)| wanted.contains(&act.what)).map(|(_, act)| act.what)
}

fn session_state(seats: &Seats, row: &SessionGlance, acts: &Acts) -> SessionState {
    let own = acts.get(row.id.as_bytes()).map(Vec::as_slice).unwrap_or_default();
    let accepted = own.iter().filter(|(_, act)| act.what == Deed::Accepted);
    let accepted = accepted.map(|(seat, act)| (Some(*seat), act.number));
    state_of(seats, row.state, row.starts_ms, row.start_fid, accepted)
}

/// Finds the stretches during which a pairing rested: while either of the two had a pause of their own.
fn rests(acts: &[(Seat, &ActGlance)]) -> Vec<(NaiveDate, Option<NaiveDate>)> {
    let mut found = Vec::new();
    for seat in [Seat::First, Seat::Second] {
        let mut begun: Option<(NaiveDate, Option<NaiveDate>)> = None;
        for (_, act) in acts.iter().filter(|(by, _)| *by == seat) {
            match act.what {
                Deed::Paused => {
                    let until = act.number.and_then(crate::day::of_number);
                    if let Some((from, to)) = begun {
                        // Said again: what rested until then rested.
                        found.push((from, Some(to.map_or(act.on, |to| to.min(act.on)))));
                    }
                    begun = Some((act.on, until));
                }
                Deed::Resumed => {
                    if let Some((from, to)) = begun.take() {
                        let ended = crate::day::before(act.on, 1);
                        found.push((from, Some(to.map_or(ended, |to| to.min(ended)))));
                    }
                }
                _ => {}
            }
        }
        found.extend(begun);
    }
    found
}

fn promises(of: &Of, acts: &Acts, glance: &mut Glance) {
    for row in &of.rows.promises {
        let Some(owner) = Seat::of_number(row.owner) else { continue };
        let own = acts.get(row.id.as_bytes()).map(Vec::as_slice).unwrap_or_default();
        let deeds = own.iter().filter(|(seat, _)| *seat == owner).map(|(_, act)| act.what);
        let who = of.seats.who_sits(owner);
        match state_after(deeds) {
            PromiseState::Open => {
                let number =
                    if who == Who::Me { &mut glance.my_promises } else { &mut glance.their_promises };
                *number += 1;
                if let Some(due) = row.due_on.filter(|due| *due <= of.today) {
                    let what = WaitsFor::Promise(row.id);
                    glance.waits.push(Waiting { on: who, what, since: Some(due) });
                }
            }
            PromiseState::Offered => {
                let what = WaitsFor::TakingOn(row.id);
                glance.waits.push(Waiting { on: who, what, since: Some(row.made_on) });
            }
            _ => {}
        }
    }
}

fn waits(of: &Of, open: &[(SessionGlance, SessionState)], primers: &BTreeSet<Seat>, glance: &mut Glance) {
    let seats = of.seats;
    let found = &mut glance.waits;
    let waits = |on: Who, what: WaitsFor, since: Option<NaiveDate>| Waiting { on, what, since };
    if !seats.is_alone() && !seats.was_two() {
        found.push(waits(Who::Other, WaitsFor::ToJoin, Some(of.charter.begun_on)));
    }
    if let Some(newest) = of.agreements.last().filter(|one| !one.is_signed) {
        for who in [Who::Me, Who::Other] {
            if !newest.signatures.iter().any(|one| one.by == who && one.fits) {
                let since = Some(newest.at.date_naive());
                found.push(waits(who, WaitsFor::Signature(newest.id), since));
            }
        }
    }
    for (row, state) in open {
        if *state == SessionState::Proposed && row.on >= of.today {
            let by = seats.seat(row.start_fid, false);
            if let Some(by) = by {
                found.push(waits(seats.who_sits(by.other()), WaitsFor::Answer(row.id), None));
            }
        }
    }
    if of.charter.kind.has_primer() && glance.held == 0 {
        for seat in [Seat::First, Seat::Second] {
            if !primers.contains(&seat) {
                let since = Some(of.charter.begun_on);
                found.push(waits(seats.who_sits(seat), WaitsFor::Primer, since));
            }
        }
    }
    found.sort_by_key(|waiting| (waiting.on, waiting.since.is_none(), waiting.since));
}

fn balance(of: &Of, acts: &Acts, held: &[&SessionGlance]) -> Balance {
    let mut by_seat: BTreeMap<Seat, LaneCount> = BTreeMap::new();
    for (id, lane) in &of.rows.goals {
        let Some(seat) = Seat::of_number(*lane) else { continue };
        let own = acts.get(id).map(Vec::as_slice).unwrap_or_default();
        let lane = by_seat.entry(seat).or_default();
        match latest(own, &[Deed::Reached, Deed::LetGo, Deed::GoalReopened]) {
            Some(Deed::Reached) => lane.reached += 1,
            Some(Deed::LetGo) => {}
            _ => lane.goals += 1,
        }
    }
    for row in held {
        match Seat::of_number(row.lane) {
            Some(seat) => {
                let lane = by_seat.entry(seat).or_default();
                (lane.sessions, lane.minutes) = (lane.sessions + 1, lane.minutes + row.minutes);
            }
            None => {
                for seat in [Seat::First, Seat::Second] {
                    by_seat.entry(seat).or_default().minutes += row.minutes / 2;
                }
            }
        }
    }
    let mut take = |seat| by_seat.remove(&seat).unwrap_or_default();
    Balance { mine: take(of.seats.mine()), theirs: take(of.seats.mine().other()) }
}

/// Finds what both have to decide. A card goes away with the next session that is held.
fn cards(of: &Of, acts: &Acts, last_on: Option<NaiveDate>) -> Vec<Card> {
    let mut found = Vec::new();
    if of.charter.kind == PairingKind::Reverse
        && let Some(senior) = Seat::of_number(of.charter.leads)
    {
        let mut called_off: Vec<NaiveDate> = Vec::new();
        for row in &of.rows.sessions {
            let own = acts.get(row.id.as_bytes()).map(Vec::as_slice).unwrap_or_default();
            let by_senior = own.iter().find(|(seat, act)| *seat == senior && act.what == Deed::Cancelled);
            called_off.extend(by_senior.map(|(_, act)| act.on));
        }
        let latest = called_off.iter().max().copied();
        let met_since = latest.zip(last_on).is_some_and(|(off, held)| held > off);
        if called_off.len() >= 2 && !met_since {
            found.push(Card::MakeItMatterOrEnd { times: count(called_off.len()) });
        }
    }
    let mut row =
        of.rows.sessions.iter().rev().filter(|row| row.starts_ms.is_some() || row.state != SessionRow::OPEN);
    let changed_by = |row: Option<&SessionGlance>| -> BTreeSet<Seat> {
        let own = row.and_then(|row| acts.get(row.id.as_bytes())).map(Vec::as_slice).unwrap_or_default();
        let changes = own.iter().filter(|(_, act)| matches!(act.what, Deed::Moved | Deed::Cancelled));
        changes.map(|(seat, _)| *seat).collect()
    };
    let (last, before) = (changed_by(row.next()), changed_by(row.next()));
    if let Some(seat) = last.intersection(&before).next() {
        found.push(Card::TwoInARow { by: of.seats.who_sits(*seat) });
    }
    found
}
