//! The charter: what two people agreed their pairing to be, and what each does about the whole of it.
//!
//! There is one in each home, under an id that follows from the home. Its fields are changed by either; pausing, taking up again,
//! saying why and doing the primer are acts, each its author's own.

use chrono::NaiveDate;

use super::between::CLOSES_AFTER;
use super::error::PairingError;
use super::home::{Doing, Seat, act, commit, home_of, set, set_text};
use super::kinds::PairingKind;
use super::model::{Charter, CharterChange, Home, Lane, Pause, Said, Who};
use super::record::{Deed, charter};
use super::seats::Seats;
use super::table::{self, ActRow, CharterRow, SessionRow};
use crate::day;
use crate::ids::PairingId;
use crate::store::op::{Kind, Object, Op, Value};
use crate::store::{Reader, StoreError, Tx};
use crate::words::{Unfit, line, paragraphs};

/// Describes a charter that is made.
pub(super) struct Beginning {
    pub kind: PairingKind,
    pub leads: Option<Seat>,
    pub first_about: String,
    pub second_about: String,
    pub begun_on: NaiveDate,
    pub purpose: String,
}

/// Makes the charter of a home with what its kind brings.
pub(super) fn make(tx: &mut Tx, home: Home, first: &Beginning) -> Result<(), PairingError> {
    let kind = first.kind;
    let row = CharterRow {
        kind,
        leads: first.leads.map_or(0, Seat::number),
        first_about: first.first_about.clone(),
        second_about: first.second_about.clone(),
        rhythm_days: kind.rhythm_days(),
        minutes: kind.minutes(),
        sessions: kind.sessions(),
        begun_on: first.begun_on,
        ends_on: Some(kind.ends_on(first.begun_on)),
        programme: kind.programme().to_owned(),
        purpose: first.purpose.clone(),
    };
    put(tx, home, &row)
}

/// Writes a charter into a home that has none.
pub(super) fn put(tx: &mut Tx, home: Home, row: &CharterRow) -> Result<(), PairingError> {
    let (process, content) = fields(None, row);
    commit(tx, home, home.charter(), Some(Kind::Charter), process, content)
}

/// Gives the operations that make a charter say something, of the process and of the content.
fn fields(before: Option<&Object>, row: &CharterRow) -> (Vec<Op>, Vec<Op>) {
    let number = |field: u32, number: i64| set(before, field, Value::Int(number));
    let process = [
        number(charter::KIND, row.kind.number()),
        number(charter::LEADS, row.leads),
        number(charter::RHYTHM, row.rhythm_days.into()),
        number(charter::MINUTES, row.minutes.into()),
        number(charter::SESSIONS, row.sessions.into()),
        set(before, charter::BEGUN_ON, day::value(Some(row.begun_on))),
        set(before, charter::ENDS_ON, day::value(row.ends_on)),
        set_text(before, charter::PROGRAMME, &row.programme),
    ];
    let content = [
        set_text(before, charter::FIRST_ABOUT, &row.first_about),
        set_text(before, charter::SECOND_ABOUT, &row.second_about),
        set_text(before, charter::PURPOSE, &row.purpose),
    ];
    (process.into_iter().flatten().collect(), content.into_iter().flatten().collect())
}

/// Reads the row of a charter; none while it has not arrived.
pub(crate) fn read_row(reader: &Reader, home: Home) -> Result<Option<CharterRow>, StoreError> {
    table::charter(reader.sql(), (home.sid(reader)?, home.key()))
}

/// Reads the row of a charter, or what one would be that says nothing.
pub(crate) fn row_or_default(reader: &Reader, home: Home) -> Result<CharterRow, StoreError> {
    Ok(read_row(reader, home)?.unwrap_or_else(|| CharterRow {
        kind: PairingKind::Mentoring,
        leads: 0,
        first_about: String::new(),
        second_about: String::new(),
        rhythm_days: PairingKind::Mentoring.rhythm_days(),
        minutes: PairingKind::Mentoring.minutes(),
        sessions: 0,
        begun_on: day::today(reader),
        ends_on: None,
        programme: String::new(),
        purpose: String::new(),
    }))
}

/// Shows the charter of a home.
pub(crate) fn read(reader: &Reader, home: Home) -> Result<Charter, PairingError> {
    let row = row_or_default(reader, home)?;
    Ok(shown(row, &Seats::load(reader, home)?))
}

/// Turns a row into what the person of this notebook sees.
pub(super) fn shown(row: CharterRow, seats: &Seats) -> Charter {
    let leads = seats.lane(row.leads);
    let (mine_about, theirs_about) = match seats.mine() {
        Seat::First => (row.first_about, row.second_about),
        Seat::Second => (row.second_about, row.first_about),
    };
    Charter {
        kind: row.kind,
        leads,
        mine_about,
        theirs_about,
        rhythm_days: row.rhythm_days,
        minutes: row.minutes,
        sessions: row.sessions,
        begun_on: row.begun_on,
        ends_on: row.ends_on,
        programme: row.programme,
        purpose: row.purpose,
    }
}

/// Changes what the two agreed their pairing to be. What is already so makes no record.
pub fn change_charter(tx: &mut Tx, id: PairingId, change: &CharterChange) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let seats = Seats::load(tx, home)?;
    let object = home.object(tx, &home.charter(), Kind::Charter)?.ok_or(PairingError::NotThere)?;
    let mut row = row_or_default(tx, home)?;
    if let Some(kind) = change.kind {
        row.kind = kind;
        if !kind.has_lead() {
            row.leads = 0;
        }
    }
    if let Some(leads) = change.leads {
        row.leads = if row.kind.has_lead() { seats.lane_number(leads) } else { 0 };
    }
    let mut about = |lane: Lane, words: &Option<String>, field: &'static str| -> Result<(), Unfit> {
        if let Some(words) = words {
            let words = line(words, field)?;
            let is_first = seats.lane_number(Some(lane)) == Seat::First.number();
            *(if is_first { &mut row.first_about } else { &mut row.second_about }) = words;
        }
        Ok(())
    };
    about(Lane::Mine, &change.mine_about, "mine_about")?;
    about(Lane::Theirs, &change.theirs_about, "theirs_about")?;
    if let Some(days) = change.rhythm_days {
        row.rhythm_days = within(days, 1, 365, "rhythm_days")?;
    }
    if let Some(minutes) = change.minutes {
        row.minutes = within(minutes, 5, 24 * 60, "minutes")?;
    }
    if let Some(sessions) = change.sessions {
        row.sessions = within(sessions, 0, 200, "sessions")?;
    }
    if let Some(ends_on) = change.ends_on {
        row.ends_on = ends_on.map(|on| day::check(on, "ends_on")).transpose()?;
    }
    if let Some(purpose) = &change.purpose {
        row.purpose = paragraphs(purpose, "purpose")?;
    }
    let (process, content) = fields(Some(&object), &row);
    commit(tx, home, home.charter(), None, process, content)
}

pub(super) fn within(number: u32, least: u32, most: u32, field: &'static str) -> Result<u32, Unfit> {
    if (least..=most).contains(&number) {
        return Ok(number);
    }
    Err(Unfit { field, why: format!("choose a number from {least} to {most}") })
}

/// Finds the home of a pairing that goes on, with a side that can be written in.
pub(super) fn open_home(tx: &mut Tx, id: PairingId) -> Result<Home, PairingError> {
    super::begin::touch(tx, id)?;
    let home = home_of(tx, id)?;
    if has_ended(tx, home)? { Err(PairingError::Ended) } else { Ok(home) }
}

/// Reads the acts on the whole of a pairing.
pub(crate) fn acts(reader: &Reader, home: Home) -> Result<Vec<ActRow>, StoreError> {
    table::acts_on(reader.sql(), (home.sid(reader)?, home.key()), &home.charter())
}

/// Tells whether a pairing has ended: somebody has said so and it was not renewed since, or its day has long passed, or it ends by
/// itself and has. On the day of its last session there is time to write down what it was.
pub(crate) fn has_ended(reader: &Reader, home: Home) -> Result<bool, StoreError> {
    let seats = Seats::load(reader, home)?;
    let acts = acts(reader, home)?;
    let mut by_two = acts.iter().filter(|act| seats.seat(act.fid, act.of_other).is_some());
    let last = by_two.rfind(|act| matches!(act.what, Deed::Ended | Deed::Renewed));
    if last.is_some_and(|act| act.what == Deed::Ended) {
        return Ok(true);
    }
    let Some(row) = read_row(reader, home)? else { return Ok(false) };
    let today = day::today(reader);
    let by_itself = row.kind.ends_by_itself();
    let last_day = |ends| if by_itself { ends } else { day::after(ends, CLOSES_AFTER) };
    if row.ends_on.is_some_and(|ends| last_day(ends) < today) {
        return Ok(true);
    }
    if !by_itself || row.sessions == 0 {
        return Ok(false);
    }
    let sessions = table::sessions(reader.sql(), (home.sid(reader)?, home.key()))?;
    let held: Vec<NaiveDate> =
        sessions.iter().filter(|one| one.state == SessionRow::HELD).map(|one| one.on).collect();
    let all = held.len() >= usize::try_from(row.sessions).unwrap_or(usize::MAX);
    Ok(all && held.iter().max().is_some_and(|last| *last < today))
}

/// Lets a pairing rest, until a day or until it is taken up again. Each of the two has a pause of their own, and nobody lifts the
/// other's.
pub fn pause(tx: &mut Tx, id: PairingId, until: Option<NaiveDate>) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let until = until.map(|on| day::check(on, "until")).transpose()?;
    if until.is_some_and(|until| until < day::today(tx)) {
        return Err(Unfit { field: "until", why: "choose a day that lies ahead".to_owned() }.into());
    }
    let doing = Doing { number: until.map(day::number), ..Doing::default() };
    act(tx, home, home.charter(), Deed::Paused, doing)
}

/// Takes one's own pause back.
pub fn resume(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let own = pauses(tx, home)?.into_iter().any(|pause| pause.by == Who::Me);
    if !own {
        return Ok(());
    }
    act(tx, home, home.charter(), Deed::Resumed, Doing::default())
}

/// Lists the pauses that hold today.
pub(crate) fn pauses(reader: &Reader, home: Home) -> Result<Vec<Pause>, StoreError> {
    let (seats, acts) = (Seats::load(reader, home)?, acts(reader, home)?);
    Ok(pauses_of(&seats, &acts, day::today(reader)))
}

/// Finds the pauses among acts that hold on a day: of each of the two the latest word counts.
pub(super) fn pauses_of(seats: &Seats, acts: &[ActRow], on: NaiveDate) -> Vec<Pause> {
    let mut found = Vec::new();
    for seat in [Seat::First, Seat::Second] {
        let mut own = acts.iter().filter(|act| seats.seat(act.fid, act.of_other) == Some(seat));
        let last = own.rfind(|act| matches!(act.what, Deed::Paused | Deed::Resumed));
        if let Some(act) = last.filter(|act| act.what == Deed::Paused)
            && act.day().is_none_or(|until| on <= until)
        {
            found.push(Pause { by: seats.who_sits(seat), since: act.on, until: act.day() });
        }
    }
    found
}

/// Says why I said yes, for both to read; it replaces what I said before.
pub fn say_why(tx: &mut Tx, id: PairingId, words: &str) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let words = line(words, "words")?;
    act(tx, home, home.charter(), Deed::Why, Doing { words, ..Doing::default() })
}

/// Notes that I did the primer. A second time changes nothing.
pub fn note_primer(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let seats = Seats::load(tx, home)?;
    let is_done = acts(tx, home)?
        .iter()
        .any(|act| act.what == Deed::PrimerDone && seats.who(act.fid, act.of_other) == Who::Me);
    if is_done { Ok(()) } else { act(tx, home, home.charter(), Deed::PrimerDone, Doing::default()) }
}

/// Gives the latest words that each of the two said by a deed; empty words take it back.
pub(super) fn latest_words(seats: &Seats, acts: &[ActRow], what: Deed) -> Vec<Said> {
    let mut found = Vec::new();
    for seat in [Seat::First, Seat::Second] {
        let mut own = acts.iter().filter(|act| act.what == what);
        let last = own.rfind(|act| seats.seat(act.fid, act.of_other) == Some(seat));
        if let Some(act) = last.filter(|act| !act.words.is_empty()) {
            found.push(Said { by: seats.who_sits(seat), at: act.at(), words: act.words.clone() });
        }
    }
    found
}

/// Derives what the person and the other are to each other.
pub(crate) fn parts(charter: &Charter) -> (super::kinds::Part, super::kinds::Part) {
    let i_learn = charter.leads == Some(Lane::Mine);
    (charter.kind.part(i_learn), charter.kind.part(!i_learn))
}
