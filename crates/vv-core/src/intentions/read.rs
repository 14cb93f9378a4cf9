//! Reading intentions.

use super::error::IntentionError;
use super::model::{Intention, IntentionFilter};
use super::table;
use crate::ids::IntentionId;
use crate::store::tx::Reader;

/// Gives an intention, wherever it lies.
pub fn get_intention(reader: &Reader, id: IntentionId) -> Result<Intention, IntentionError> {
    table::get(reader.sql(), id)?.ok_or(IntentionError::NoIntention)
}

/// Lists intentions.
pub fn list_intentions(reader: &Reader, filter: IntentionFilter) -> Result<Vec<Intention>, IntentionError> {
    Ok(table::list(reader.sql(), filter)?)
}
