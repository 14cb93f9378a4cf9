//! Into the trash, out of it, and away for good.

use super::error::GoalError;
use super::record;
use super::verbs::read_object;
use crate::ids::GoalId;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;

/// Moves a goal to the trash; one that lies there already stays as it is.
pub fn trash_goal(tx: &mut Tx, id: GoalId) -> Result<(), GoalError> {
    let trashed = read_object(tx, id)?.int(record::TRASHED_AT).is_some();
    let now = Value::Int(tx.now().timestamp_millis());
    if trashed { Ok(()) } else { set_trashed_at(tx, id, now) }
}

/// Takes a goal out of the trash; one outside stays as it is.
pub fn restore_goal(tx: &mut Tx, id: GoalId) -> Result<(), GoalError> {
    let trashed = read_object(tx, id)?.int(record::TRASHED_AT).is_some();
    if trashed { set_trashed_at(tx, id, Value::Null) } else { Ok(()) }
}

/// Deletes a goal of the trash for good.
///
/// # Errors
/// [`GoalError::NotInTrash`] for a goal that lies outside the trash.
pub fn erase_goal(tx: &mut Tx, id: GoalId) -> Result<(), GoalError> {
    if read_object(tx, id)?.int(record::TRASHED_AT).is_none() {
        return Err(GoalError::NotInTrash);
    }
    Ok(tx.erase(id.as_bytes())?)
}

fn set_trashed_at(tx: &mut Tx, id: GoalId, value: Value) -> Result<(), GoalError> {
    let ops = vec![Op::Set { field: record::TRASHED_AT, value }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}
