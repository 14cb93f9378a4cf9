//! Into the trash, out of it, and away for good.

use super::error::LoopError;
use super::make::read_object;
use super::record;
use crate::ids::LoopId;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;

/// Moves a loop to the trash; one that lies there already stays as it is. Its entries stay in the journal.
pub fn trash_loop(tx: &mut Tx, id: LoopId) -> Result<(), LoopError> {
    let trashed = read_object(tx, id)?.int(record::TRASHED_AT).is_some();
    let now = Value::Int(tx.now().timestamp_millis());
    if trashed { Ok(()) } else { set_trashed_at(tx, id, now) }
}

/// Takes a loop out of the trash; one outside stays as it is.
pub fn restore_loop(tx: &mut Tx, id: LoopId) -> Result<(), LoopError> {
    let trashed = read_object(tx, id)?.int(record::TRASHED_AT).is_some();
    if trashed { set_trashed_at(tx, id, Value::Null) } else { Ok(()) }
}

/// Deletes a loop of the trash for good, with the words in it. Entries that filled it stay in the journal.
///
/// # Errors
/// [`LoopError::NotInTrash`] for a loop that lies outside the trash.
pub fn erase_loop(tx: &mut Tx, id: LoopId) -> Result<(), LoopError> {
    if read_object(tx, id)?.int(record::TRASHED_AT).is_none() {
        return Err(LoopError::NotInTrash);
    }
    Ok(tx.erase(id.as_bytes())?)
}

fn set_trashed_at(tx: &mut Tx, id: LoopId, value: Value) -> Result<(), LoopError> {
    let ops = vec![Op::Set { field: record::TRASHED_AT, value }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}
