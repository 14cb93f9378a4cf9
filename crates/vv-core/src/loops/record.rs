//! How a loop stands in records: field numbers, and the way between elements and models.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use chrono::NaiveDate;

use super::model::Part;
use crate::day;
use crate::ids::{EntryId, FillingId};
use crate::journal::record::ms_of;
use crate::store::op::{Object, Value};

/// Text: one line.
pub(crate) const TITLE: u32 = 1;
/// Text: what for.
pub(crate) const WHY: u32 = 2;
/// Set of lists: what fills the parts, see [`Kept`].
pub(crate) const FILLINGS: u32 = 3;
/// Number: the day it was closed on; null or absent while it is open.
pub(crate) const CLOSED_ON: u32 = 4;
/// Set of lists: milliseconds since 1970 UTC, day, then, now.
pub(crate) const CLOSINGS: u32 = 5;
/// Number: the day until which it is parked.
pub(crate) const PARKED_UNTIL: u32 = 6;
/// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
pub(crate) const TRASHED_AT: u32 = 7;
/// Number: the day it was begun on.
pub(crate) const BEGUN_ON: u32 = 8;
/// Number: the day on which it surfaced by itself.
pub(crate) const SURFACED_ON: u32 = 9;

/// Set of lists: the id of something gained, the day on which was asked whether it was used.
pub(crate) const ASKED: u32 = 10;

/// Gives the number of a part.
pub(crate) fn part_number(part: Part) -> i64 {
    part as i64
}

/// Gives the part of a number; one that a newer program knows counts as none.
pub(crate) fn part_of(number: i64) -> Option<Part> {
    Part::ALL.into_iter().find(|part| part_number(*part) == number)
}

/// Is what fills a part, as it stands in a record: a list of id, part, day, milliseconds of its writing, entry or null, words,
/// who, source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) id: FillingId,
    pub(crate) part: Part,
    pub(crate) on: NaiveDate,
    pub(crate) written_at: i64,
    pub(crate) entry: Option<EntryId>,
    pub(crate) words: String,
    pub(crate) who: String,
    pub(crate) source: String,
}

impl Kept {
    pub(crate) fn to_value(&self) -> Value {
        Value::List(vec![
            Value::Bytes(self.id.as_bytes().to_vec()),
            Value::Int(part_number(self.part)),
            day::value(Some(self.on)),
            Value::Int(self.written_at),
            self.entry.map_or(Value::Null, |entry| Value::Bytes(entry.as_bytes().to_vec())),
            self.words.as_str().into(),
            self.who.as_str().into(),
            self.source.as_str().into(),
        ])
    }

    fn of_value(value: &Value) -> Option<Self> {
        let parts = value.as_list()?;
        let text = |at: usize| parts.get(at).and_then(Value::as_text).unwrap_or_default().to_owned();
        Some(Self {
            id: FillingId::from_bytes(parts.first()?.as_id()?),
            part: part_of(parts.get(1)?.as_int()?)?,
            on: day::of_value(parts.get(2))?,
            written_at: parts.get(3)?.as_int()?,
            entry: parts.get(4).and_then(Value::as_id).map(EntryId::from_bytes),
            words: text(5),
            who: text(6),
            source: text(7),
        })
    }
}

/// Reads what fills the parts. Two devices may have changed one filling at once: the later writing is shown.
pub(crate) fn fillings_of(object: &Object) -> Vec<Kept> {
    let mut kept: Vec<(Kept, &Value)> =
        object.elements(FILLINGS).iter().filter_map(|value| Some((Kept::of_value(value)?, value))).collect();
    kept.sort_by(|(a, x), (b, y)| (a.id, b.written_at, *y).cmp(&(b.id, a.written_at, *x)));
    kept.dedup_by_key(|(kept, _)| kept.id);
    kept.into_iter().map(|(kept, _)| kept).collect()
}

/// Gives every element that stands for a filling, so that a change replaces all of them.
pub(crate) fn elements_of(object: &Object, id: FillingId) -> Vec<Value> {
    let of_it = |value: &&Value| Kept::of_value(value).is_some_and(|kept| kept.id == id);
    object.elements(FILLINGS).iter().filter(of_it).cloned().collect()
}

/// Is a closing as it stands in a record.
pub(crate) struct KeptClosing {
    pub(crate) at_ms: i64,
    pub(crate) on: NaiveDate,
    pub(crate) then: String,
    pub(crate) now: String,
}

impl KeptClosing {
    pub(crate) fn to_value(&self) -> Value {
        Value::List(vec![
            Value::Int(self.at_ms),
            day::value(Some(self.on)),
            self.then.as_str().into(),
            self.now.as_str().into(),
        ])
    }

    fn of_value(value: &Value) -> Option<Self> {
        let parts = value.as_list()?;
        Some(Self {
            at_ms: parts.first()?.as_int()?,
            on: day::of_value(parts.get(1))?,
            then: parts.get(2)?.as_text()?.to_owned(),
            now: parts.get(3)?.as_text()?.to_owned(),
        })
    }
}

/// Reads the closings. Of two in one millisecond the greater element stands.
pub(crate) fn closings_of(object: &Object) -> Vec<KeptClosing> {
    let mut closings: Vec<KeptClosing> =
        object.elements(CLOSINGS).iter().rev().filter_map(KeptClosing::of_value).collect();
    closings.sort_by_key(|closing| closing.at_ms);
    closings.dedup_by_key(|closing| closing.at_ms);
    closings
}

/// Gives the first day on which was asked whether something gained was used.
pub(crate) fn asked_on(object: &Object, id: FillingId) -> Option<NaiveDate> {
    let of_it = |value: &Value| {
        let parts = value.as_list()?;
        (parts.first()?.as_id()? == *id.as_bytes()).then(|| day::of_value(parts.get(1)))?
    };
    object.elements(ASKED).iter().filter_map(of_it).min()
}

/// Gives the element that notes a question.
pub(crate) fn asked_value(id: FillingId, on: NaiveDate) -> Value {
    Value::List(vec![Value::Bytes(id.as_bytes().to_vec()), day::value(Some(on))])
}

/// Gives the day a loop was begun on.
pub(crate) fn begun_on(object: &Object) -> NaiveDate {
    let made = crate::journal::record::instant_of(ms_of(object.created)).date_naive();
    object.int(BEGUN_ON).and_then(day::of_number).unwrap_or(made)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        let fields = [
            TITLE,
            WHY,
            FILLINGS,
            CLOSED_ON,
            CLOSINGS,
            PARKED_UNTIL,
            TRASHED_AT,
            BEGUN_ON,
            SURFACED_ON,
            ASKED,
        ];
        assert_eq!(fields, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
        assert_eq!(Kind::Loop.0, 13);
        assert_eq!(Part::ALL.map(part_number), [0, 1, 2, 3]);
        assert_eq!(Part::ALL.map(|part| part_of(part_number(part))), Part::ALL.map(Some));
    }

    #[test]
    fn a_filling_comes_back_as_it_was_kept() {
        let kept = Kept {
            id: FillingId::from_bytes([1; 16]),
            part: Part::Feedback,
            on: "2026-11-06".parse().unwrap(),
            written_at: 12,
            entry: Some(EntryId::from_bytes([2; 16])),
            words: "You can read it now.".into(),
            who: "Jon".into(),
            source: "session".into(),
        };
        assert_eq!(Kept::of_value(&kept.to_value()), Some(kept));
    }
}
