//! Two people that turned out to be one, and parting them again.

use super::directory::Directory;
use super::error::PersonError;
use super::record;
use super::verbs::read_object;
use crate::ids::PersonId;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;
use crate::words::paragraphs;

/// Says that one person is another. What was written about both stands at the other; the name of the first is another name.
pub fn merge_people(tx: &mut Tx, from: PersonId, into: PersonId) -> Result<PersonId, PersonError> {
    read_object(tx, from)?;
    read_object(tx, into)?;
    let known = Directory::read(tx.sql())?;
    let (Some(from), Some(into)) = (known.root(from), known.root(into)) else {
        return Err(PersonError::NoPerson);
    };
    if from == into {
        return Err(PersonError::SamePerson);
    }
    let (first, second) = (read_object(tx, from)?, read_object(tx, into)?);
    let about = both(second.text(record::ABOUT), first.text(record::ABOUT));
    if about != second.text(record::ABOUT) {
        let value = Value::Text(paragraphs(&about, "about")?);
        tx.commit(Change { object: *into.as_bytes(), ops: vec![Op::Set { field: record::ABOUT, value }] })?;
    }
    // After a ring that two devices made, the one that stands for it may still lead on.
    if record::merged_into(&second).is_some() {
        lead(tx, into, Value::Null)?;
    }
    lead(tx, from, Value::Bytes(into.as_bytes().to_vec()))?;
    Ok(into)
}

/// Takes back that somebody is another: from now on they stand for themselves again.
pub fn part_people(tx: &mut Tx, id: PersonId) -> Result<(), PersonError> {
    if record::merged_into(&read_object(tx, id)?).is_none() {
        return Ok(());
    }
    lead(tx, id, Value::Null)
}

fn lead(tx: &mut Tx, id: PersonId, value: Value) -> Result<(), PersonError> {
    tx.commit(Change { object: *id.as_bytes(), ops: vec![Op::Set { field: record::MERGED_INTO, value }] })?;
    Ok(())
}

fn both(kept: &str, added: &str) -> String {
    match (kept.is_empty(), added.is_empty() || kept.contains(added)) {
        (_, true) => kept.to_owned(),
        (true, false) => added.to_owned(),
        (false, false) => format!("{kept}\n{added}"),
    }
}
