//! Entries worth keeping: they return after a month, then later and later, and ask whether they still hold.
//!
//! An entry is worth keeping when it is starred or marked. One returns a day at most; when nobody answers, another one comes
//! the next day, and nothing is held against anybody. When it no longer holds, what changed becomes an entry of its own, linked
//! to the old one, and returns in its place.

use chrono::{Datelike, NaiveDate};

use super::error::PastError;
use super::model::Keepsake;
use super::record::{self, Schedule, next_due};
use super::table;
use crate::day;
use crate::ids::EntryId;
use crate::journal::{JournalError, NewEntry, create_entry, get_row};
use crate::store::op::{Change, Kind, Op, Value};
use crate::store::tx::{Reader, Tx};

/// Among so many of those whose day has come the days take turns.
const IN_TURN: usize = 7;

/// Answers an entry that returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StillTrue {
    /// It still holds, and returns later.
    Yes,
    /// It changed: these words become an entry that returns in its place.
    Changed(String),
    /// It shall not return any more.
    Stop,
}

/// Says whether an entry is marked to be kept, and not stopped.
pub fn is_kept(reader: &Reader, entry: EntryId) -> Result<bool, PastError> {
    Ok(schedule_of(reader, entry)?.is_some_and(|schedule| schedule.kept && !schedule.stopped))
}

/// Marks an entry to return, or takes the mark away. What is already so makes no record.
pub fn keep(tx: &mut Tx, entry: EntryId, kept: bool) -> Result<(), PastError> {
    get_row(tx, entry)?;
    let before = schedule_of(tx, entry)?;
    match before {
        None if !kept => return Ok(()),
        Some(before) if before.kept == kept && !(kept && before.stopped) => return Ok(()),
        _ => {}
    }
    let mut ops = vec![set(record::KEPT, Value::Bool(kept))];
    if kept {
        let due = next_due(day::today(tx), 0);
        ops.extend([
            set(record::STAGE, Value::Int(0)),
            set(record::DUE_ON, day::value(Some(due))),
            set(record::STOPPED, Value::Bool(false)),
        ]);
    }
    write(tx, entry, ops)
}

/// Chooses the entry that returns today; none when one was answered today already.
pub fn pick_keepsake(reader: &Reader, today: NaiveDate) -> Result<Option<Keepsake>, PastError> {
    let sql = reader.sql();
    if table::was_answered_on(sql, today)? {
        return Ok(None);
    }
    let mut due = table::due(sql, today, IN_TURN)?;
    if due.len() < IN_TURN {
        let old_enough = day::before(today, record::INTERVALS[0]);
        due.extend(table::starred_until(sql, old_enough, IN_TURN - due.len())?);
    }
    if due.is_empty() {
        return Ok(None);
    }
    let turn = usize::try_from(today.num_days_from_ce()).unwrap_or(0) % due.len();
    let (entry, times_true) = due[turn];
    Ok(Some(Keepsake { entry: get_row(reader, entry)?, times_true }))
}

/// Answers an entry that returned, and gives the entry that says what changed, when it did.
///
/// # Errors
/// [`PastError::NotKept`] for an entry that is neither starred nor marked, or was stopped.
pub fn answer_keepsake(
    tx: &mut Tx,
    entry: EntryId,
    answer: &StillTrue,
) -> Result<Option<EntryId>, PastError> {
    let row = get_row(tx, entry)?;
    let schedule = schedule_of(tx, entry)?;
    let returns = match &schedule {
        Some(schedule) => !schedule.stopped && (schedule.kept || row.starred),
        None => row.starred,
    };
    if !returns {
        return Err(PastError::NotKept);
    }
    let today = day::today(tx);
    let mut ops = vec![set(record::ANSWERED_ON, day::value(Some(today)))];
    let mut became = None;
    match answer {
        StillTrue::Yes => {
            let stage = schedule.map_or(0, |schedule| schedule.stage).saturating_add(1);
            ops.push(set(record::STAGE, Value::Int(i64::from(stage))));
            ops.push(set(record::DUE_ON, day::value(Some(next_due(today, stage)))));
        }
        StillTrue::Changed(words) => {
            if words.trim().is_empty() {
                let why = "write what changed, in a sentence";
                return Err(JournalError::invalid("words", why).into());
            }
            let text = format!("{}\n\n{}\n", words.trim_end(), link_to(&row.title, &row.excerpt, entry));
            let new = create_entry(tx, NewEntry { text, tags: row.tags, ..NewEntry::default() })?;
            keep(tx, new, true)?;
            ops.push(set(record::STOPPED, Value::Bool(true)));
            ops.push(set(record::BECAME, Value::Bytes(new.as_bytes().to_vec())));
            became = Some(new);
        }
        StillTrue::Stop => ops.push(set(record::STOPPED, Value::Bool(true))),
    }
    write(tx, entry, ops)?;
    Ok(became)
}

/// Writes a link as the editor does: its title, then the id.
fn link_to(title: &str, excerpt: &str, entry: EntryId) -> String {
    let words = if title.is_empty() { excerpt } else { title };
    let words: String = words.chars().filter(|c| !matches!(c, '[' | ']' | '|')).take(60).collect();
    format!("[[{}|{entry}]]", words.trim())
}

fn schedule_of(reader: &Reader, entry: EntryId) -> Result<Option<Schedule>, PastError> {
    let object = reader.object(&record::object_of(entry))?;
    Ok(object.filter(|object| !object.erased).and_then(|object| Schedule::of(&object)))
}

fn set(field: u32, value: Value) -> Op {
    Op::Set { field, value }
}

/// Writes into the schedule of an entry, which is made first where there is none.
fn write(tx: &mut Tx, entry: EntryId, mut ops: Vec<Op>) -> Result<(), PastError> {
    let object = record::object_of(entry);
    if tx.object(&object)?.is_none() {
        ops.insert(0, Op::Create { kind: Kind::Keepsake });
        ops.insert(1, set(record::ENTRY, Value::Bytes(entry.as_bytes().to_vec())));
    }
    tx.commit(Change { object, ops })?;
    Ok(())
}
