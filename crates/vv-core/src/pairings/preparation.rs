//! Before a session: where we left off, what was promised, my private thoughts, and what I want from this hour.
//!
//! Thoughts and wants are an object of the journal. What I want reaches the other only when I show it, and then it is an act of mine
//! in the session.

use super::begin::{id_value, touch};
use super::charter::open_home;
use super::error::PairingError;
use super::goals::goals_of;
use super::home::{Doing, act, home_of, set_text};
use super::model::{Preparation, Promise, PromiseState, Who};
use super::promises::promises_of;
use super::record::{Deed, preparation};
use super::sessions::{around, check, get_of, notes, sessions_of};
use super::table;
use crate::day;
use crate::ids::{PairSessionId, PairingId};
use crate::journal::text::plain_words;
use crate::store::op::{Change, Kind, ObjectId, Op};
use crate::store::{Reader, Tx};
use crate::words::paragraphs;

/// How many characters of the notes of last time are shown.
const NOTES_CHARS: usize = 600;

fn object_of(pairing: PairingId, session: PairSessionId) -> ObjectId {
    let hash = vv_protocol::hash("preparation/v1", &[pairing.as_bytes(), session.as_bytes()]);
    *hash.first_chunk().expect("a hash has more than sixteen bytes")
}

/// Gathers what there is before the session that comes next.
pub fn prepare(reader: &Reader, id: PairingId) -> Result<Preparation, PairingError> {
    let home = home_of(reader, id)?;
    let sessions = sessions_of(reader, home)?;
    let (next, last) = around(&sessions, day::today(reader));
    let last = match last {
        Some(last) => {
            let words = plain_words(&notes(reader, home, last.id)?, NOTES_CHARS);
            Some((last, words))
        }
        None => None,
    };
    let open: Vec<Promise> = promises_of(reader, home)?
        .into_iter()
        .filter(|promise| matches!(promise.state, PromiseState::Open | PromiseState::Offered))
        .collect();
    let (mine, theirs): (Vec<Promise>, Vec<Promise>) =
        open.into_iter().partition(|promise| promise.owner == Who::Me);
    let (thoughts, want) = match &next {
        Some(next) => table::preparation(reader.sql(), &object_of(id, next.id))?.unwrap_or_default(),
        None => Default::default(),
    };
    let said = |who: Who| next.as_ref().and_then(|next| next.wants.iter().find(|said| said.by == who));
    Ok(Preparation {
        is_shown: said(Who::Me).is_some_and(|said| said.words == want),
        their_want: said(Who::Other).cloned(),
        session: next,
        last,
        my_promises: mine,
        their_promises: theirs,
        thoughts,
        want,
        goals: goals_of(reader, home, id)?.into_iter().filter(|goal| goal.ended.is_none()).collect(),
    })
}

/// Keeps what I think of a session and what I want from it, for myself.
pub fn save_preparation(
    tx: &mut Tx,
    id: PairingId,
    session: PairSessionId,
    thoughts: &str,
    want: &str,
) -> Result<(), PairingError> {
    touch(tx, id)?;
    let home = home_of(tx, id)?;
    check(tx, home, session)?;
    let object = object_of(id, session);
    let known = tx.object(&object)?;
    let mut ops = Vec::new();
    if known.is_none() {
        ops.extend([
            Op::Create { kind: Kind::Preparation },
            Op::Set { field: preparation::PAIRING, value: id_value(id.as_bytes()) },
            Op::Set { field: preparation::SESSION, value: id_value(session.as_bytes()) },
        ]);
    }
    ops.extend(set_text(known.as_ref(), preparation::THOUGHTS, &paragraphs(thoughts, "thoughts")?));
    ops.extend(set_text(known.as_ref(), preparation::WANT, &paragraphs(want, "want")?));
    if !ops.is_empty() {
        tx.commit(Change { object, ops })?;
    }
    Ok(())
}

/// Shows the other what I want from a session, as it stands in my preparation; what I think of it stays mine.
pub fn show_want(tx: &mut Tx, id: PairingId, session: PairSessionId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let shown = get_of(tx, home, session)?;
    let (_, want) = table::preparation(tx.sql(), &object_of(id, session))?.unwrap_or_default();
    let now = shown.wants.iter().find(|said| said.by == Who::Me).map_or("", |said| said.words.as_str());
    if now == want {
        return Ok(());
    }
    act(tx, home, *session.as_bytes(), Deed::Wanted, Doing { words: want, ..Doing::default() })
}
