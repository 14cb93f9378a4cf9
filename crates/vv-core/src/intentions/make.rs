//! Making intentions, changing them, and taking them away.

use super::error::IntentionError;
use super::model::{IntentionChange, NewIntention};
use super::record;
use crate::day;
use crate::ids::IntentionId;
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::tx::{Reader, Tx};
use crate::words::{paragraphs, some_line};

const NEEDS_TEXT: &str = "say in one sentence what you will do";

/// Makes an intention, and gives its id. One intention is one record.
pub fn make(tx: &mut Tx, new: NewIntention) -> Result<IntentionId, IntentionError> {
    let text = some_line(&new.text, "text", NEEDS_TEXT)?;
    let from_words = paragraphs(&new.from_words, "from_words")?;
    let due_on = day::check(new.due_on, "due_on")?;
    let id: IntentionId = tx.make_id();
    let mut ops = vec![
        Op::Create { kind: Kind::Intention },
        Op::Set { field: record::TEXT, value: Value::Text(text) },
        Op::Set { field: record::DUE_ON, value: day::value(Some(due_on)) },
        Op::Set { field: record::MADE_ON, value: day::value(Some(day::today(tx))) },
    ];
    if let Some(entry) = new.entry {
        ops.push(Op::Set { field: record::ENTRY, value: Value::Bytes(entry.as_bytes().to_vec()) });
    }
    if !from_words.is_empty() {
        ops.push(Op::Set { field: record::FROM_WORDS, value: Value::Text(from_words) });
    }
    if let Some(of) = new.loop_id {
        ops.push(Op::Set { field: record::LOOP, value: Value::Bytes(of.as_bytes().to_vec()) });
    }
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Changes an intention that waits. What is already so makes no record.
pub fn change_intention(
    tx: &mut Tx,
    id: IntentionId,
    change: &IntentionChange,
) -> Result<(), IntentionError> {
    let object = read_waiting(tx, id)?;
    let mut ops = Vec::new();
    if let Some(text) = &change.text {
        let text = some_line(text, "text", NEEDS_TEXT)?;
        if text != object.text(record::TEXT) {
            ops.push(Op::Set { field: record::TEXT, value: Value::Text(text) });
        }
    }
    if let Some(due_on) = change.due_on {
        let due_on = day::check(due_on, "due_on")?;
        if due_on != record::due_on(&object) {
            ops.push(Op::Set { field: record::DUE_ON, value: day::value(Some(due_on)) });
        }
    }
    if let Some(of) = change.loop_id {
        let of = of.map(|of| *of.as_bytes());
        if of != object.id(record::LOOP) {
            let value = of.map_or(Value::Null, |of| Value::Bytes(of.to_vec()));
            ops.push(Op::Set { field: record::LOOP, value });
        }
    }
    commit(tx, id, ops)
}

/// Moves an intention to the trash; one that lies there already stays as it is.
pub fn trash_intention(tx: &mut Tx, id: IntentionId) -> Result<(), IntentionError> {
    if read_object(tx, id)?.int(record::TRASHED_AT).is_some() {
        return Ok(());
    }
    let value = Value::Int(tx.now().timestamp_millis());
    commit(tx, id, vec![Op::Set { field: record::TRASHED_AT, value }])
}

/// Takes an intention out of the trash; one outside stays as it is.
pub fn restore_intention(tx: &mut Tx, id: IntentionId) -> Result<(), IntentionError> {
    if read_object(tx, id)?.int(record::TRASHED_AT).is_none() {
        return Ok(());
    }
    commit(tx, id, vec![Op::Set { field: record::TRASHED_AT, value: Value::Null }])
}

/// Deletes an intention of the trash for good.
///
/// # Errors
/// [`IntentionError::NotInTrash`] for one that lies outside the trash.
pub fn erase_intention(tx: &mut Tx, id: IntentionId) -> Result<(), IntentionError> {
    if read_object(tx, id)?.int(record::TRASHED_AT).is_none() {
        return Err(IntentionError::NotInTrash);
    }
    Ok(tx.erase(id.as_bytes())?)
}

/// Reads the object of an intention that is there and not deleted.
pub(super) fn read_object(reader: &Reader, id: IntentionId) -> Result<Object, IntentionError> {
    let object = reader.object(id.as_bytes())?;
    object
        .filter(|object| !object.erased && object.kind == Kind::Intention.0)
        .ok_or(IntentionError::NoIntention)
}

/// Reads the object of an intention that waits for an answer.
pub(super) fn read_waiting(reader: &Reader, id: IntentionId) -> Result<Object, IntentionError> {
    let object = read_object(reader, id)?;
    if record::answered_of(&object).is_some() { Err(IntentionError::Answered) } else { Ok(object) }
}

pub(super) fn commit(tx: &mut Tx, id: IntentionId, ops: Vec<Op>) -> Result<(), IntentionError> {
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}
