//! How a pairing ends: a closing session, or one sentence without a reason; and how it goes on.
//!
//! Either may end it at any time. What is in it stays readable to both. Freezing the space is a step of its own, so that the other
//! can still answer.

use chrono::NaiveDate;

use super::begin::touch;
use super::charter::{self, has_ended, open_home};
use super::error::PairingError;
use super::home::{Doing, act, act_next, commit, home_of};
use super::model::{Ending, EndingAct, Home};
use super::record::{Deed, charter as field, side};
use super::seats::Seats;
use super::table::ActRow;
use crate::day;
use crate::ids::PairingId;
use crate::spaces;
use crate::store::op::{Change, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{Unfit, line};

/// Begins to close a pairing: a closing session is on its way.
pub fn begin_closing(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    act(tx, home, home.charter(), Deed::ClosingBegun, Doing::default())
}

/// Ends a pairing, with one sentence or without; no reason is asked. `wish` says whether I would do it again, and stays mine.
pub fn end_pairing(tx: &mut Tx, id: PairingId, words: &str, wish: Option<bool>) -> Result<(), PairingError> {
    let home = open_home(tx, id)?;
    let words = line(words, "words")?;
    let process = vec![act_next(tx, home, &home.charter(), Deed::Ended, Doing::default())?.to_op()];
    let said = Doing { words, ..Doing::default() };
    let content = if said.words.is_empty() {
        Vec::new()
    } else {
        vec![act_next(tx, home, &home.charter(), Deed::EndWords, said)?.to_op()]
    };
    commit(tx, home, home.charter(), None, process, content)?;
    if let Some(wish) = wish {
        let ops = vec![Op::Set { field: side::WISH, value: Value::Int(i64::from(wish)) }];
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

/// Says something about the end of a pairing that the other has ended already.
pub fn answer_ending(tx: &mut Tx, id: PairingId, words: &str) -> Result<(), PairingError> {
    touch(tx, id)?;
    let home = home_of(tx, id)?;
    let words = line(words, "words")?;
    act(tx, home, home.charter(), Deed::EndWords, Doing { words, ..Doing::default() })
}

/// Goes on with a pairing until another day, also after it has ended, as long as its space is not frozen.
pub fn renew_pairing(tx: &mut Tx, id: PairingId, ends_on: NaiveDate) -> Result<(), PairingError> {
    touch(tx, id)?;
    let home = home_of(tx, id)?;
    let ends_on = day::check(ends_on, "ends_on")?;
    if ends_on <= day::today(tx) {
        let why = "choose a day that lies ahead".to_owned();
        return Err(Unfit { field: "ends_on", why }.into());
    }
    let renewed = Doing { number: Some(day::number(ends_on)), ..Doing::default() };
    let process = vec![
        act_next(tx, home, &home.charter(), Deed::Renewed, renewed)?.to_op(),
        Op::Set { field: field::ENDS_ON, value: day::value(Some(ends_on)) },
    ];
    commit(tx, home, home.charter(), None, process, Vec::new())
}

/// Freezes the space of a pairing that has ended: nobody writes in it any more, and both keep what they have.
pub fn freeze_pairing(tx: &mut Tx, id: PairingId) -> Result<(), PairingError> {
    let home = home_of(tx, id)?;
    let Home::Shared(space) = home else { return Err(PairingError::NotTwo) };
    if !has_ended(tx, home)? {
        let why = "end the pairing first".to_owned();
        return Err(Unfit { field: "pairing", why }.into());
    }
    Ok(spaces::leave_space(tx, space)?)
}

/// Lists what was said and done about the end of a pairing.
pub(super) fn endings(reader: &Reader, home: Home) -> Result<Vec<EndingAct>, PairingError> {
    let seats = Seats::load(reader, home)?;
    let acts = charter::acts(reader, home)?;
    let words = charter::latest_words(&seats, &acts, Deed::EndWords);
    let of = |act: &ActRow| {
        let ending = match act.what {
            Deed::ClosingBegun => Ending::Closing,
            Deed::Ended => Ending::Ended,
            Deed::Renewed => Ending::Renewed,
            _ => return None,
        };
        let by = seats.who_sits(seats.seat(act.fid, act.of_other)?);
        let said = words.iter().find(|said| ending == Ending::Ended && said.by == by);
        let words = said.map(|said| said.words.clone()).unwrap_or_default();
        Some(EndingAct { by, ending, on: act.on, words })
    };
    let mut found: Vec<EndingAct> = acts.iter().filter_map(of).collect();
    // Whoever answers an end that the other has made has words and no act of their own.
    for said in &words {
        if !found.iter().any(|one| one.by == said.by && one.ending == Ending::Ended) {
            found.push(EndingAct {
                by: said.by,
                ending: Ending::Ended,
                on: said.at.date_naive(),
                words: said.words.clone(),
            });
        }
    }
    Ok(found)
}
