//! Reading loops: one whole, lists, and those that an entry fills.

use super::error::LoopError;
use super::model::{KeptFilling, Loop, LoopFilter, LoopRow};
use super::table;
use crate::ids::{EntryId, LoopId};
use crate::store::tx::Reader;

/// Gives a loop whole, wherever it lies.
pub fn get_loop(reader: &Reader, id: LoopId) -> Result<Loop, LoopError> {
    let row = table::row_of(reader.sql(), id)?.ok_or(LoopError::NoLoop)?;
    Ok(Loop {
        row,
        fillings: table::fillings(reader.sql(), id)?,
        closings: table::closings(reader.sql(), id)?,
    })
}

/// Lists loops.
pub fn list_loops(reader: &Reader, filter: LoopFilter) -> Result<Vec<LoopRow>, LoopError> {
    Ok(table::list(reader.sql(), filter)?)
}

/// Lists the loops outside the trash that an entry fills, each with what it is there.
pub fn loops_of_entry(reader: &Reader, entry: EntryId) -> Result<Vec<(LoopRow, KeptFilling)>, LoopError> {
    Ok(table::of_entry(reader.sql(), entry)?)
}
