//! Making loops and changing what they say of themselves.

use super::error::LoopError;
use super::model::{LoopChange, NewLoop};
use super::record;
use crate::day;
use crate::ids::{FillingId, LoopId};
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::tx::{Reader, Tx};
use crate::words;

const NEEDS_TITLE: &str = "say in a few words what you are learning";

/// Makes a loop that begins today, and gives its id.
pub fn make_loop(tx: &mut Tx, title: &str) -> Result<LoopId, LoopError> {
    make_loop_with(tx, NewLoop { title: title.to_owned(), ..NewLoop::default() })
}

/// Makes a loop, and gives its id. One loop is one record.
pub fn make_loop_with(tx: &mut Tx, new: NewLoop) -> Result<LoopId, LoopError> {
    let title = words::some_line(&new.title, "title", NEEDS_TITLE)?;
    let why = words::paragraphs(&new.why, "why")?;
    let begun_on = match new.begun_on {
        Some(on) => day::check(on, "begun_on")?,
        None => day::today(tx),
    };
    let id: LoopId = tx.make_id();
    let mut ops = vec![
        Op::Create { kind: Kind::Loop },
        Op::Set { field: record::TITLE, value: Value::Text(title) },
        Op::Set { field: record::BEGUN_ON, value: day::value(Some(begun_on)) },
    ];
    if !why.is_empty() {
        ops.push(Op::Set { field: record::WHY, value: Value::Text(why) });
    }
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Changes title, purpose or parking of a loop. What is already so makes no record.
pub fn change_loop(tx: &mut Tx, id: LoopId, change: &LoopChange) -> Result<(), LoopError> {
    let object = read_object(tx, id)?;
    let mut ops = Vec::new();
    if let Some(title) = &change.title {
        let title = words::some_line(title, "title", NEEDS_TITLE)?;
        if title != object.text(record::TITLE) {
            ops.push(Op::Set { field: record::TITLE, value: Value::Text(title) });
        }
    }
    if let Some(why) = &change.why {
        let why = words::paragraphs(why, "why")?;
        if why != object.text(record::WHY) {
            ops.push(Op::Set { field: record::WHY, value: Value::Text(why) });
        }
    }
    if let Some(parked) = change.parked_until {
        let parked = parked.map(|on| day::check(on, "parked_until")).transpose()?;
        if parked != object.int(record::PARKED_UNTIL).and_then(day::of_number) {
            ops.push(Op::Set { field: record::PARKED_UNTIL, value: day::value(parked) });
        }
    }
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

/// Notes that a loop surfaced by itself today; it never does so again. A second call changes nothing.
pub fn note_surfaced(tx: &mut Tx, id: LoopId) -> Result<(), LoopError> {
    let object = read_object(tx, id)?;
    if object.int(record::SURFACED_ON).is_some() {
        return Ok(());
    }
    let value = day::value(Some(day::today(tx)));
    let ops = vec![Op::Set { field: record::SURFACED_ON, value }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Notes that it was asked today whether something gained was used. A second call changes nothing.
pub fn note_asked(tx: &mut Tx, id: LoopId, gain: FillingId) -> Result<(), LoopError> {
    let object = read_object(tx, id)?;
    if !record::fillings_of(&object).iter().any(|kept| kept.id == gain) {
        return Err(LoopError::NoFilling);
    }
    if record::asked_on(&object, gain).is_some() {
        return Ok(());
    }
    let element = record::asked_value(gain, day::today(tx));
    let ops = vec![Op::Add { field: record::ASKED, element }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Reads the object of a loop that is there and not deleted.
pub(super) fn read_object(reader: &Reader, id: LoopId) -> Result<Object, LoopError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Loop.0).ok_or(LoopError::NoLoop)
}

/// Reads the object of a loop that is open.
pub(super) fn read_open(reader: &Reader, id: LoopId) -> Result<Object, LoopError> {
    let object = read_object(reader, id)?;
    if object.int(record::CLOSED_ON).is_some() { Err(LoopError::Closed) } else { Ok(object) }
}
