//! Into the trash and out of it. Nothing is lost by it.

use super::error::JournalError;
use super::get::read_object;
use super::record::{EntryFacts, entry};
use crate::ids::EntryId;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;

/// Moves an entry to the trash; one that lies there already stays as it is.
pub fn trash_entry(tx: &mut Tx, id: EntryId) -> Result<(), JournalError> {
    let trashed = EntryFacts::of(&read_object(tx, id)?).trashed_at.is_some();
    let now = Value::Int(tx.now().timestamp_millis());
    if trashed { Ok(()) } else { set_trashed_at(tx, id, now) }
}

/// Takes an entry out of the trash, to where it was; one outside stays as it is.
pub fn restore_entry(tx: &mut Tx, id: EntryId) -> Result<(), JournalError> {
    let trashed = EntryFacts::of(&read_object(tx, id)?).trashed_at.is_some();
    if trashed { set_trashed_at(tx, id, Value::Null) } else { Ok(()) }
}

fn set_trashed_at(tx: &mut Tx, id: EntryId, value: Value) -> Result<(), JournalError> {
    tx.commit(Change { object: *id.as_bytes(), ops: vec![Op::Set { field: entry::TRASHED_AT, value }] })?;
    Ok(())
}
