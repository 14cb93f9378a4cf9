//! Noting, changing, removing and reading who helped.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::error::HelpedError;
use super::model::{Helped, HelpedFilter, NewHelped};
use super::{record, table};
use crate::day;
use crate::ids::{HelpedId, PersonId, ThanksId};
use crate::journal::record::{instant_of, ms_of};
use crate::journal::{JournalError, get_row};
use crate::people::Directory;
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::tx::{Reader, Tx};
use crate::words::{Unfit, some_line};

const NEEDS_SUBJECT: &str = "say with what; one word is enough";

/// Notes that somebody helped, and gives the id of the note. One note is one record.
pub fn note_helped(tx: &mut Tx, new: &NewHelped) -> Result<HelpedId, HelpedError> {
    let subject = subject_of(&new.subject)?;
    let (person, who) = who_is(tx, new.person)?;
    let on = match (new.on, new.entry) {
        (on, Some(entry)) => match get_row(tx, entry) {
            Ok(row) if !row.trashed => on.unwrap_or(row.on),
            Err(JournalError::Store(error)) => return Err(error.into()),
            _ => return Err(HelpedError::NoEntry),
        },
        (Some(on), None) => on,
        (None, None) => day::today(tx),
    };
    let mut ops = vec![
        Op::Create { kind: Kind::Helped },
        Op::Set { field: record::PERSON, value: Value::Bytes(person.as_bytes().to_vec()) },
        Op::Set { field: record::WHO, value: Value::Text(who) },
        Op::Set { field: record::SUBJECT, value: Value::Text(subject) },
        Op::Set { field: record::ON, value: day::value(Some(day::check(on, "on")?)) },
    ];
    if let Some(entry) = new.entry {
        ops.push(Op::Set { field: record::ENTRY, value: Value::Bytes(entry.as_bytes().to_vec()) });
    }
    let id: HelpedId = tx.make_id();
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Changes with what somebody helped, and on which day. What is already so makes no record.
pub fn change_helped(tx: &mut Tx, id: HelpedId, subject: &str, on: NaiveDate) -> Result<(), HelpedError> {
    let object = read_object(tx, id)?;
    let wanted = [
        (record::SUBJECT, Value::Text(subject_of(subject)?)),
        (record::ON, day::value(Some(day::check(on, "on")?))),
    ];
    let ops: Vec<Op> = wanted
        .into_iter()
        .filter(|(field, value)| object.fields.get(field) != Some(value))
        .map(|(field, value)| Op::Set { field, value })
        .collect();
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

/// Notes that thanks were written for a note of help.
pub(crate) fn note_thanked(tx: &mut Tx, id: HelpedId, thanks: ThanksId) -> Result<(), HelpedError> {
    read_object(tx, id)?;
    let value = Value::Bytes(thanks.as_bytes().to_vec());
    tx.commit(Change { object: *id.as_bytes(), ops: vec![Op::Set { field: record::THANKS, value }] })?;
    Ok(())
}

/// Tells which thanks were written for a note of help; none when none were.
pub fn thanks_for(reader: &Reader, id: HelpedId) -> Result<Option<ThanksId>, HelpedError> {
    Ok(read_object(reader, id)?.id(record::THANKS).map(ThanksId::from_bytes))
}

/// Removes a note for good.
pub fn remove_helped(tx: &mut Tx, id: HelpedId) -> Result<(), HelpedError> {
    read_object(tx, id)?;
    Ok(tx.erase(id.as_bytes())?)
}

/// Gives one note.
pub fn get_helped(reader: &Reader, id: HelpedId) -> Result<Helped, HelpedError> {
    table::list(reader.sql())?.into_iter().find(|note| note.id == id).ok_or(HelpedError::NoNote)
}

/// Tells when a note was made.
pub fn made_at(reader: &Reader, id: HelpedId) -> Result<DateTime<Utc>, HelpedError> {
    Ok(instant_of(ms_of(read_object(reader, id)?.created)))
}

/// Lists notes, newest day first.
pub fn list_helped(reader: &Reader, filter: &HelpedFilter) -> Result<Vec<Helped>, HelpedError> {
    let mut notes = table::list(reader.sql())?;
    if let Some(person) = filter.person {
        let root = Directory::read(reader.sql())?.root(person).ok_or(HelpedError::NoPerson)?;
        notes.retain(|note| note.person == Some(root));
    }
    if let Some(subject) = &filter.subject {
        let wanted = subject.trim().to_lowercase();
        notes.retain(|note| note.subject.to_lowercase() == wanted);
    }
    if let Some(entry) = filter.entry {
        notes.retain(|note| note.entry == Some(entry));
    }
    Ok(notes)
}

/// Lists every subject once, in the spelling that was written last, in order of the alphabet.
pub fn list_subjects(reader: &Reader) -> Result<Vec<String>, HelpedError> {
    let mut subjects = BTreeMap::new();
    for note in table::list(reader.sql())? {
        subjects.entry(note.subject.to_lowercase()).or_insert(note.subject);
    }
    Ok(subjects.into_values().collect())
}

fn subject_of(written: &str) -> Result<String, Unfit> {
    some_line(written, "subject", NEEDS_SUBJECT)
}

fn who_is(tx: &Tx, person: PersonId) -> Result<(PersonId, String), HelpedError> {
    let known = Directory::read(tx.sql())?;
    let root = known.root(person).ok_or(HelpedError::NoPerson)?;
    Ok((root, known.name(root).unwrap_or_default().to_owned()))
}

fn read_object(reader: &Reader, id: HelpedId) -> Result<Object, HelpedError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Helped.0).ok_or(HelpedError::NoNote)
}
