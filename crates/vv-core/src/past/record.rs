//! How the schedule of an entry stands in records. Numbers are never used twice and never change what they mean.

use chrono::NaiveDate;

use crate::day;
use crate::ids::EntryId;
use crate::journal::record::{instant_of, ms_of};
use crate::store::op::{Object, ObjectId};

/// Bytes: the entry.
pub(crate) const ENTRY: u32 = 1;
/// Yes or no: whether the person marked it to be kept.
pub(crate) const KEPT: u32 = 2;
/// Number: how often it was said to be still true.
pub(crate) const STAGE: u32 = 3;
/// Number: the day it returns on.
pub(crate) const DUE_ON: u32 = 4;
/// Yes or no: whether it shall not return any more.
pub(crate) const STOPPED: u32 = 5;
/// Number: the day it was answered on.
pub(crate) const ANSWERED_ON: u32 = 6;
/// Bytes: the entry that says what changed.
pub(crate) const BECAME: u32 = 7;

/// Days until an entry returns, after it was said to be still true so many times; the last one goes on.
pub(crate) const INTERVALS: [u64; 5] = [30, 90, 180, 365, 730];

/// Names the schedule of an entry, the same on every device.
pub(crate) fn object_of(entry: EntryId) -> ObjectId {
    let hash = vv_protocol::hash("keepsake-object/v1", &[entry.as_bytes()]);
    *hash.first_chunk().expect("a hash has more than sixteen bytes")
}

/// Gives the day on which an entry returns next.
pub(crate) fn next_due(from: NaiveDate, stage: u32) -> NaiveDate {
    let at = usize::try_from(stage).unwrap_or(usize::MAX).min(INTERVALS.len() - 1);
    day::after(from, INTERVALS[at])
}

/// Is a schedule as its object tells it; none when it names no entry.
pub(crate) struct Schedule {
    pub(crate) entry: EntryId,
    pub(crate) kept: bool,
    pub(crate) stage: u32,
    pub(crate) due_on: NaiveDate,
    pub(crate) stopped: bool,
    pub(crate) answered_on: Option<NaiveDate>,
    pub(crate) became: Option<EntryId>,
}

impl Schedule {
    pub(crate) fn of(object: &Object) -> Option<Self> {
        let flag = |field: u32| object.fields.get(&field).and_then(|value| value.as_bool()).unwrap_or(false);
        let made = instant_of(ms_of(object.created)).date_naive();
        Some(Self {
            entry: EntryId::from_bytes(object.id(ENTRY)?),
            kept: flag(KEPT),
            stage: object.int(STAGE).and_then(|stage| u32::try_from(stage).ok()).unwrap_or(0),
            due_on: object.int(DUE_ON).and_then(day::of_number).unwrap_or_else(|| next_due(made, 0)),
            stopped: flag(STOPPED),
            answered_on: object.int(ANSWERED_ON).and_then(day::of_number),
            became: object.id(BECAME).map(EntryId::from_bytes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([ENTRY, KEPT, STAGE, DUE_ON, STOPPED, ANSWERED_ON, BECAME], [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(Kind::Keepsake.0, 11);
    }

    #[test]
    fn an_entry_returns_at_longer_and_longer_intervals() {
        let from: NaiveDate = "2026-01-01".parse().unwrap();
        let days: Vec<i64> = (0..7).map(|stage| (next_due(from, stage) - from).num_days()).collect();
        assert_eq!(days, [30, 90, 180, 365, 730, 730, 730]);
    }
}
