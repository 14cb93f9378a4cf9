//! Filling the parts of a loop, with entries or with words, and taking out again.

use chrono::NaiveDate;

use super::error::LoopError;
use super::make::read_open;
use super::model::{Filling, FillingChange, NewFilling, Part};
use super::record::{self, Kept};
use crate::day;
use crate::ids::{EntryId, FillingId, LoopId};
use crate::journal::{JournalError, get_row};
use crate::store::op::{Change, Op};
use crate::store::tx::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs};

/// Fills a part of an open loop. An entry that fills this part already is not put in twice.
pub fn fill(tx: &mut Tx, id: LoopId, part: Part, filling: Filling) -> Result<FillingId, LoopError> {
    let new = NewFilling { part, filling, on: None, who: String::new(), source: String::new() };
    fill_with(tx, id, new)
}

/// Fills a part of an open loop, with who, when and where it came from.
pub fn fill_with(tx: &mut Tx, id: LoopId, new: NewFilling) -> Result<FillingId, LoopError> {
    let object = read_open(tx, id)?;
    let (entry, words, its_day) = match &new.filling {
        Filling::Entry(entry) => (Some(*entry), String::new(), entry_day(tx, *entry)?),
        Filling::Words(words) => (None, some_words(words)?, day::today(tx)),
    };
    let same = |kept: &Kept| kept.entry.is_some() && kept.entry == entry && kept.part == new.part;
    if let Some(there) = record::fillings_of(&object).into_iter().find(same) {
        return Ok(there.id);
    }
    let kept = Kept {
        id: tx.make_id(),
        part: new.part,
        on: new.on.map_or(Ok(its_day), |on| day::check(on, "on"))?,
        written_at: tx.now().timestamp_millis(),
        entry,
        words,
        who: line(&new.who, "who")?,
        source: line(&new.source, "source")?,
    };
    let ops = vec![Op::Add { field: record::FILLINGS, element: kept.to_value() }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(kept.id)
}

/// Changes what fills a part of an open loop. What is already so makes no record.
pub fn change_filling(
    tx: &mut Tx,
    id: LoopId,
    filling: FillingId,
    change: &FillingChange,
) -> Result<(), LoopError> {
    let object = read_open(tx, id)?;
    let before = record::fillings_of(&object).into_iter().find(|kept| kept.id == filling);
    let before = before.ok_or(LoopError::NoFilling)?;
    let mut after = before.clone();
    if let Some(part) = change.part {
        after.part = part;
    }
    if let Some(words) = change.words.as_deref().filter(|_| before.entry.is_none()) {
        after.words = some_words(words)?;
    }
    if let Some(on) = change.on {
        after.on = day::check(on, "on")?;
    }
    if let Some(who) = &change.who {
        after.who = line(who, "who")?;
    }
    if let Some(source) = &change.source {
        after.source = line(source, "source")?;
    }
    if after == before {
        return Ok(());
    }
    after.written_at = tx.now().timestamp_millis().max(before.written_at + 1);
    let mut ops: Vec<Op> = record::elements_of(&object, filling)
        .into_iter()
        .map(|element| Op::Remove { field: record::FILLINGS, element })
        .collect();
    ops.push(Op::Add { field: record::FILLINGS, element: after.to_value() });
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Takes out what fills a part of an open loop. An entry stays in the journal.
pub fn empty(tx: &mut Tx, id: LoopId, filling: FillingId) -> Result<(), LoopError> {
    let object = read_open(tx, id)?;
    let elements = record::elements_of(&object, filling);
    if elements.is_empty() {
        return Err(LoopError::NoFilling);
    }
    let ops = elements.into_iter().map(|element| Op::Remove { field: record::FILLINGS, element }).collect();
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

fn some_words(words: &str) -> Result<String, Unfit> {
    let words = paragraphs(words, "words")?;
    if words.is_empty() {
        return Err(Unfit { field: "words", why: "write a few words, or choose an entry".to_owned() });
    }
    Ok(words)
}

/// Gives the day of an entry that is there, outside the trash.
fn entry_day(reader: &Reader, id: EntryId) -> Result<NaiveDate, LoopError> {
    match get_row(reader, id) {
        Ok(row) if !row.trashed => Ok(row.on),
        Ok(_) | Err(JournalError::NoEntry) => Err(LoopError::NoEntry),
        Err(JournalError::Store(error)) => Err(error.into()),
        // Reading a row reports nothing else.
        Err(_) => Err(LoopError::NoEntry),
    }
}
