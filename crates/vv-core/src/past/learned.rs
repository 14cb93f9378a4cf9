//! Six weeks ago you learned this: did you use it? Asked once of each thing gained in an open loop.

use chrono::NaiveDate;

use super::error::PastError;
use super::model::Learned;
use crate::day;
use crate::ids::{FillingId, LoopId};
use crate::loops::{self, Filling, Part};
use crate::store::tx::{Reader, Tx};

/// Days after which is asked whether something was used.
pub const LEARNED_DAYS: u64 = 42;
/// Days after which is not asked any more: what was missed is missed.
const TOO_LATE_DAYS: u64 = 120;

/// Answers whether something was used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Used {
    /// It was; the words fill the practise part, where there are some.
    Yes(String),
    /// Not yet.
    NotYet,
}

/// Chooses what is asked today.
pub fn pick_learned(reader: &Reader, today: NaiveDate) -> Result<Option<Learned>, PastError> {
    let (from, to) = (day::before(today, TOO_LATE_DAYS), day::before(today, LEARNED_DAYS));
    let Some((loop_id, gain)) = loops::gains_unasked(reader.sql(), from, to, 1)?.pop() else {
        return Ok(None);
    };
    let title = loops::loop_row(reader.sql(), loop_id)?.map(|row| row.title).unwrap_or_default();
    Ok(Some(Learned { loop_id, title, gain }))
}

/// Answers whether something was used; it is not asked again.
pub fn answer_learned(tx: &mut Tx, loop_id: LoopId, gain: FillingId, used: &Used) -> Result<(), PastError> {
    if let Used::Yes(words) = used
        && !words.trim().is_empty()
    {
        loops::fill(tx, loop_id, Part::Practise, Filling::Words(words.clone()))?;
    }
    Ok(loops::note_asked(tx, loop_id, gain)?)
}
