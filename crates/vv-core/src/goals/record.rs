//! How a goal stands in records: field numbers, and the way between fields and models.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use chrono::NaiveDate;

use super::model::{Ending, GoalEnd, GoalPlan, PointKind};
use crate::day;
use crate::ids::{EntryId, LoopId, PointId};
use crate::journal::record::{instant_of, ms_of};
use crate::store::op::{Object, Op, Value};

/// Text: the wish.
pub(crate) const WISH: u32 = 1;
/// Text: the best result.
pub(crate) const BEST_RESULT: u32 = 2;
/// Text: the obstacle.
pub(crate) const OBSTACLE: u32 = 3;
/// Text: the if-then plan.
pub(crate) const IF_THEN: u32 = 4;
/// Text: the smallest version that still counts.
pub(crate) const FALLBACK: u32 = 5;
/// Text: the first step.
pub(crate) const FIRST_STEP: u32 = 6;
/// Number: the day to look at it again.
pub(crate) const REVIEW_ON: u32 = 7;
/// Text: why it matters.
pub(crate) const WHY: u32 = 8;
/// Text: the key of a template.
pub(crate) const OBJECTIVE: u32 = 9;
/// List of texts: observable behaviours.
pub(crate) const BEHAVIOURS: u32 = 10;
/// Set of lists: points, see [`KeptPoint`].
pub(crate) const POINTS: u32 = 11;
/// List of day, number of the ending, words; null or absent while it is open.
pub(crate) const END: u32 = 12;
/// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
pub(crate) const TRASHED_AT: u32 = 13;
/// Bytes: the loop it belongs to.
pub(crate) const LOOP: u32 = 14;
/// Number: the day it was begun on.
pub(crate) const BEGUN_ON: u32 = 15;

/// Gives the number of an ending.
pub(crate) fn ending_number(ending: Ending) -> i64 {
    match ending {
        Ending::Reached => 0,
        Ending::LetGo => 1,
    }
}

/// Gives the ending of a number; one that a newer program knows counts as let go.
pub(crate) fn ending_of(number: i64) -> Ending {
    if number == 0 { Ending::Reached } else { Ending::LetGo }
}

/// Gives the number of a kind of point.
pub(crate) fn kind_number(kind: PointKind) -> i64 {
    match kind {
        PointKind::Progress => 0,
        PointKind::Skip => 1,
    }
}

/// Gives the kind of a number; one that a newer program knows counts as progress.
pub(crate) fn kind_of(number: i64) -> PointKind {
    if number == 1 { PointKind::Skip } else { PointKind::Progress }
}

/// Reads what a goal says.
pub(crate) fn plan_of(object: &Object) -> GoalPlan {
    let text = |field: u32| object.text(field).to_owned();
    let behaviours = object.fields.get(&BEHAVIOURS).and_then(Value::as_list).unwrap_or_default();
    GoalPlan {
        wish: text(WISH),
        best_result: text(BEST_RESULT),
        obstacle: text(OBSTACLE),
        if_then: text(IF_THEN),
        fallback: text(FALLBACK),
        first_step: text(FIRST_STEP),
        why: text(WHY),
        review_on: object.int(REVIEW_ON).and_then(day::of_number),
        objective: text(OBJECTIVE),
        behaviours: behaviours.iter().filter_map(Value::as_text).map(str::to_owned).collect(),
        loop_id: object.id(LOOP).map(LoopId::from_bytes),
    }
}

/// Gives the operations that turn one plan into another; what is the same makes none.
pub(crate) fn plan_ops(before: &GoalPlan, after: &GoalPlan) -> Vec<Op> {
    let texts = [
        (WISH, &before.wish, &after.wish),
        (BEST_RESULT, &before.best_result, &after.best_result),
        (OBSTACLE, &before.obstacle, &after.obstacle),
        (IF_THEN, &before.if_then, &after.if_then),
        (FALLBACK, &before.fallback, &after.fallback),
        (FIRST_STEP, &before.first_step, &after.first_step),
        (WHY, &before.why, &after.why),
        (OBJECTIVE, &before.objective, &after.objective),
    ];
    let mut ops: Vec<Op> = texts
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(field, _, after)| Op::Set { field, value: after.as_str().into() })
        .collect();
    if before.review_on != after.review_on {
        ops.push(Op::Set { field: REVIEW_ON, value: day::value(after.review_on) });
    }
    if before.behaviours != after.behaviours {
        let value = Value::List(after.behaviours.iter().map(|one| one.as_str().into()).collect());
        ops.push(Op::Set { field: BEHAVIOURS, value });
    }
    if before.loop_id != after.loop_id {
        let value = after.loop_id.map_or(Value::Null, |id| Value::Bytes(id.as_bytes().to_vec()));
        ops.push(Op::Set { field: LOOP, value });
    }
    ops
}

/// Reads how a goal ended.
pub(crate) fn end_of(object: &Object) -> Option<GoalEnd> {
    let parts = object.fields.get(&END)?.as_list()?;
    Some(GoalEnd {
        on: day::of_value(parts.first())?,
        ending: ending_of(parts.get(1)?.as_int()?),
        words: parts.get(2).and_then(Value::as_text).unwrap_or_default().to_owned(),
    })
}

/// Gives the value of an ending.
pub(crate) fn end_value(end: &GoalEnd) -> Value {
    Value::List(vec![
        day::value(Some(end.on)),
        Value::Int(ending_number(end.ending)),
        end.words.as_str().into(),
    ])
}

/// Gives the day a goal was begun on.
pub(crate) fn begun_on(object: &Object) -> NaiveDate {
    let made = instant_of(ms_of(object.created)).date_naive();
    object.int(BEGUN_ON).and_then(day::of_number).unwrap_or(made)
}

/// Is a point as it stands in a record: a list of id, kind, day, milliseconds of its making, words, entry or null, behaviour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KeptPoint {
    pub(crate) id: PointId,
    pub(crate) kind: PointKind,
    pub(crate) on: NaiveDate,
    pub(crate) made_at: i64,
    pub(crate) words: String,
    pub(crate) entry: Option<EntryId>,
    pub(crate) behaviour: String,
}

impl KeptPoint {
    pub(crate) fn to_value(&self) -> Value {
        Value::List(vec![
            Value::Bytes(self.id.as_bytes().to_vec()),
            Value::Int(kind_number(self.kind)),
            day::value(Some(self.on)),
            Value::Int(self.made_at),
            self.words.as_str().into(),
            self.entry.map_or(Value::Null, |entry| Value::Bytes(entry.as_bytes().to_vec())),
            self.behaviour.as_str().into(),
        ])
    }

    pub(crate) fn of_value(value: &Value) -> Option<Self> {
        let parts = value.as_list()?;
        let text = |at: usize| parts.get(at).and_then(Value::as_text).unwrap_or_default().to_owned();
        Some(Self {
            id: PointId::from_bytes(parts.first()?.as_id()?),
            kind: kind_of(parts.get(1)?.as_int()?),
            on: day::of_value(parts.get(2))?,
            made_at: parts.get(3)?.as_int()?,
            words: text(4),
            entry: parts.get(5).and_then(Value::as_id).map(EntryId::from_bytes),
            behaviour: text(6),
        })
    }
}

/// Reads the points, one for each id.
pub(crate) fn points_of(object: &Object) -> Vec<KeptPoint> {
    let mut points: Vec<KeptPoint> = object.elements(POINTS).iter().filter_map(KeptPoint::of_value).collect();
    points.sort_by_key(|point| point.id);
    points.dedup_by_key(|point| point.id);
    points
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        let fields = [
            WISH,
            BEST_RESULT,
            OBSTACLE,
            IF_THEN,
            FALLBACK,
            FIRST_STEP,
            REVIEW_ON,
            WHY,
            OBJECTIVE,
            BEHAVIOURS,
            POINTS,
            END,
            TRASHED_AT,
            LOOP,
            BEGUN_ON,
        ];
        assert_eq!(fields, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
        assert_eq!(Kind::Goal.0, 5);
        assert_eq!([Ending::Reached, Ending::LetGo].map(ending_number), [0, 1]);
        assert_eq!([PointKind::Progress, PointKind::Skip].map(kind_number), [0, 1]);
    }
}
