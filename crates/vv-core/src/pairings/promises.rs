//! Promises: what somebody will do, when, where, and what if something comes in between.
//!
//! Nobody promises for another: what is written for the other is offered, and is a promise once they take it on themselves. What
//! became of it is said by whoever it belongs to, and a skip needs no more than its reason.

use super::charter::open_home;
use super::error::PairingError;
use super::home::{Doing, Seat, act, act_now, commit, home_of, set_text};
use super::model::{Home, NewPromise, Promise, PromiseAnswer, PromiseState, Who};
use super::record::{Deed, promise};
use super::seats::Seats;
use super::sessions;
use super::table::{self, ActRow, PromiseRow};
use crate::day;
use crate::ids::{PairSessionId, PairingId, PromiseId};
use crate::store::op::{Kind, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs, some_line};

/// Makes a promise of one's own, or proposes one to the other; gives its id.
pub fn make_promise(tx: &mut Tx, id: PairingId, new: &NewPromise) -> Result<PromiseId, PairingError> {
    let home = open_home(tx, id)?;
    let seats = Seats::load(tx, home)?;
    let owner = seats.seat_of(new.owner).ok_or(PairingError::NotYours)?;
    let what = some_line(&new.what, "what", "say in one sentence what will be done")?;
    if let Some(session) = new.session {
        sessions::check(tx, home, session)?;
    }
    let due_on = new.due_on.map(|on| day::check(on, "due_on")).transpose()?;
    let promise: PromiseId = tx.make_id();
    let mut content = vec![
        Op::Set { field: promise::OWNER, value: Value::Int(owner.number()) },
        Op::Set { field: promise::WHAT, value: Value::Text(what) },
        Op::Set { field: promise::MADE_ON, value: day::value(Some(day::today(tx))) },
    ];
    content.extend(due_on.map(|on| Op::Set { field: promise::DUE_ON, value: day::value(Some(on)) }));
    content.extend(set_text(None, promise::PLACE, &line(&new.place, "place")?));
    content.extend(set_text(None, promise::IF_THEN, &line(&new.if_then, "if_then")?));
    content.extend(set_text(None, promise::SMALL, &line(&new.small, "small")?));
    content.extend(new.session.map(|session| Op::Set {
        field: promise::SESSION,
        value: Value::Bytes(session.as_bytes().to_vec()),
    }));
    let is_mine = new.owner == Who::Me;
    if is_mine || seats.is_alone() {
        // Somebody who tracks the pairing alone writes down what the other said.
        let doing = Doing { of_other: !is_mine, ..Doing::default() };
        content.push(act_now(tx, Deed::TakenOn, doing).to_op());
    }
    commit(tx, home, *promise.as_bytes(), Some(Kind::Promise), Vec::new(), content)?;
    Ok(promise)
}

/// Takes a promise on that was proposed to me, or does not.
pub fn take_on_promise(tx: &mut Tx, id: PairingId, of: PromiseId, yes: bool) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let found = find(tx, home, of)?;
    if found.owner != Who::Me {
        return Err(PairingError::NotYours);
    }
    match found.state {
        PromiseState::Offered | PromiseState::NotTaken => {
            let what = if yes { Deed::TakenOn } else { Deed::NotTaken };
            act(tx, home, *of.as_bytes(), what, Doing::default())
        }
        _ => Err(PairingError::Settled),
    }
}

/// Changes when, where and what if; what is promised stays. Only of one's own, and while it is open.
pub fn change_promise(
    tx: &mut Tx,
    id: PairingId,
    of: PromiseId,
    due_on: Option<chrono::NaiveDate>,
    place: &str,
    if_then: &str,
    small: &str,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    own(tx, home, of)?;
    let object = home.object(tx, of.as_bytes(), Kind::Promise)?;
    let before = object.as_ref();
    let due = day::value(due_on.map(|on| day::check(on, "due_on")).transpose()?);
    let ops = [
        super::home::set(before, promise::DUE_ON, due),
        set_text(before, promise::PLACE, &line(place, "place")?),
        set_text(before, promise::IF_THEN, &line(if_then, "if_then")?),
        set_text(before, promise::SMALL, &line(small, "small")?),
    ];
    commit(tx, home, *of.as_bytes(), None, Vec::new(), ops.into_iter().flatten().collect())
}

/// Says what became of a promise of one's own; of the other's only where the pairing is tracked alone. A skip needs its reason,
/// what is carried on the session.
pub fn answer_promise(
    tx: &mut Tx,
    id: PairingId,
    of: PromiseId,
    answer: PromiseAnswer,
    words: &str,
    to: Option<PairSessionId>,
) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let found = own(tx, home, of)?;
    let words = paragraphs(words, "words")?;
    let is_open = found.state == PromiseState::Open;
    let (what, about) = match answer {
        PromiseAnswer::Done if is_open => (Deed::Done, None),
        PromiseAnswer::DoneSmall if is_open => (Deed::DoneSmall, None),
        PromiseAnswer::Skipped if is_open && words.is_empty() => {
            let why = "say what came in between; that is enough".to_owned();
            return Err(Unfit { field: "words", why }.into());
        }
        PromiseAnswer::Skipped if is_open => (Deed::Skipped, None),
        PromiseAnswer::Carried if is_open => {
            let to = to.ok_or(PairingError::NotThere)?;
            sessions::check(tx, home, to)?;
            (Deed::Carried, Some(*to.as_bytes()))
        }
        PromiseAnswer::Reopened if !is_open => (Deed::Reopened, None),
        _ => return Err(PairingError::Settled),
    };
    let of_other = found.owner == Who::Other;
    act(tx, home, *of.as_bytes(), what, Doing { words, of: about, of_other, ..Doing::default() })
}

/// Finds a promise that is mine to speak of and was taken on.
fn own(reader: &Reader, home: Home, of: PromiseId) -> Result<Promise, PairingError> {
    let found = find(reader, home, of)?;
    let is_alone = matches!(home, Home::Alone(_));
    match (found.owner, &found.state) {
        (Who::Other, _) if !is_alone => Err(PairingError::NotYours),
        (_, PromiseState::Offered | PromiseState::NotTaken) => Err(PairingError::NotYours),
        _ => Ok(found),
    }
}

fn find(reader: &Reader, home: Home, of: PromiseId) -> Result<Promise, PairingError> {
    promises_of(reader, home)?.into_iter().find(|one| one.id == of).ok_or(PairingError::NotThere)
}

/// Lists the promises of a pairing, the one that is due first first.
pub fn list_promises(reader: &Reader, id: PairingId) -> Result<Vec<Promise>, PairingError> {
    promises_of(reader, home_of(reader, id)?)
}

pub(super) fn promises_of(reader: &Reader, home: Home) -> Result<Vec<Promise>, PairingError> {
    let key = (home.sid(reader)?, home.key());
    let seats = Seats::load(reader, home)?;
    let acts = table::acts(reader.sql(), key)?;
    let mut by_object = table::by_object(&acts);
    let rows = table::promises(reader.sql(), key)?;
    Ok(rows
        .into_iter()
        .filter_map(|row| {
            let own = by_object.remove(row.id.as_bytes()).unwrap_or_default();
            shown(row, &own, &seats)
        })
        .collect())
}

/// Tells what became of a promise from what its owner did, in the order of their times. The other's acts say nothing.
pub(super) fn state_after(deeds: impl Iterator<Item = Deed>) -> PromiseState {
    let mut state = PromiseState::Offered;
    for what in deeds {
        let is_taken = !matches!(state, PromiseState::Offered | PromiseState::NotTaken);
        state = match what {
            Deed::TakenOn if !is_taken => PromiseState::Open,
            Deed::NotTaken if !is_taken => PromiseState::NotTaken,
            Deed::Done if is_taken => PromiseState::Done,
            Deed::DoneSmall if is_taken => PromiseState::DoneSmall,
            Deed::Skipped if is_taken => PromiseState::Skipped,
            Deed::Reopened | Deed::Carried if is_taken => PromiseState::Open,
            _ => state,
        };
    }
    state
}

fn shown(row: PromiseRow, acts: &[&ActRow], seats: &Seats) -> Option<Promise> {
    let owner = Seat::of_number(row.owner)?;
    let own: Vec<&&ActRow> =
        acts.iter().filter(|act| seats.seat(act.fid, act.of_other) == Some(owner)).collect();
    let state = state_after(own.iter().map(|act| act.what));
    let settled = own
        .iter()
        .rev()
        .find(|act| matches!(act.what, Deed::Done | Deed::DoneSmall | Deed::Skipped | Deed::NotTaken))
        .filter(|_| !matches!(state, PromiseState::Open | PromiseState::Offered));
    let carried = own.iter().filter(|act| act.what == Deed::Carried).count();
    Some(Promise {
        id: row.id,
        owner: seats.who_sits(owner),
        by: seats.who(row.fid, false),
        what: row.what,
        due_on: row.due_on,
        place: row.place,
        if_then: row.if_then,
        small: row.small,
        made_in: row.session,
        made_on: row.made_on,
        state,
        settled_on: settled.map(|act| act.on),
        words: settled.map(|act| act.words.clone()).unwrap_or_default(),
        carried: u32::try_from(carried).unwrap_or(u32::MAX),
    })
}
