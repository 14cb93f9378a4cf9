//! Closing a loop, which takes a reflection, and opening it again.

use super::error::LoopError;
use super::fill::fill;
use super::make::{read_object, read_open};
use super::model::{Filling, Part};
use super::read::get_loop;
use super::record::{self, KeptClosing};
use crate::day;
use crate::ids::LoopId;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;
use crate::words::paragraphs;

/// Closes an open loop, and keeps then and now side by side for good.
///
/// `now` says what changed. Where nothing fills the reflect part yet, it fills it.
///
/// # Errors
/// [`LoopError::NeedsReflection`] when `now` is blank: no loop closes without it.
pub fn close(tx: &mut Tx, id: LoopId, then: &str, now: &str) -> Result<(), LoopError> {
    read_open(tx, id)?;
    let (then, now) = (paragraphs(then, "then")?, paragraphs(now, "now")?);
    if now.is_empty() {
        return Err(LoopError::NeedsReflection);
    }
    if get_loop(tx, id)?.row.missing().contains(&Part::Reflect) {
        fill(tx, id, Part::Reflect, Filling::Words(now.clone()))?;
    }
    let on = day::today(tx);
    let closing = KeptClosing { at_ms: tx.now().timestamp_millis(), on, then, now };
    let ops = vec![
        Op::Add { field: record::CLOSINGS, element: closing.to_value() },
        Op::Set { field: record::CLOSED_ON, value: day::value(Some(on)) },
        Op::Set { field: record::PARKED_UNTIL, value: Value::Null },
    ];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}

/// Opens a closed loop again. What was written at its closing stays. An open one stays as it is.
pub fn reopen(tx: &mut Tx, id: LoopId) -> Result<(), LoopError> {
    if read_object(tx, id)?.int(record::CLOSED_ON).is_none() {
        return Ok(());
    }
    let ops = vec![Op::Set { field: record::CLOSED_ON, value: Value::Null }];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(())
}
