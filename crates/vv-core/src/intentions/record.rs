//! How an intention stands in records: field numbers, and the way between fields and models.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them.

use chrono::NaiveDate;

use super::model::{Answered, AnsweredAs};
use crate::day;
use crate::journal::record::{instant_of, ms_of};
use crate::store::op::{Object, Value};

/// Text: what is to be done.
pub(crate) const TEXT: u32 = 1;
/// Number: the day it comes back on.
pub(crate) const DUE_ON: u32 = 2;
/// Bytes: the entry it came from.
pub(crate) const ENTRY: u32 = 3;
/// Text: the words it came from.
pub(crate) const FROM_WORDS: u32 = 4;
/// Bytes: the loop it belongs to.
pub(crate) const LOOP: u32 = 5;
/// List of number of the answer, day, words; null or absent while it waits.
pub(crate) const ANSWER: u32 = 6;
/// Number: the day it was made on.
pub(crate) const MADE_ON: u32 = 7;
/// Number: how often it was moved to another day.
pub(crate) const MOVED: u32 = 8;
/// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
pub(crate) const TRASHED_AT: u32 = 9;

/// Gives the number of an answer.
pub(crate) fn answer_number(answer: AnsweredAs) -> i64 {
    match answer {
        AnsweredAs::Done => 0,
        AnsweredAs::LetGo => 1,
    }
}

/// Gives the answer of a number; one that a newer program knows counts as let go.
pub(crate) fn answer_of(number: i64) -> AnsweredAs {
    if number == 0 { AnsweredAs::Done } else { AnsweredAs::LetGo }
}

/// Reads the answer.
pub(crate) fn answered_of(object: &Object) -> Option<Answered> {
    let parts = object.fields.get(&ANSWER)?.as_list()?;
    Some(Answered {
        how: answer_of(parts.first()?.as_int()?),
        on: day::of_value(parts.get(1))?,
        words: parts.get(2).and_then(Value::as_text).unwrap_or_default().to_owned(),
    })
}

/// Gives the value of an answer.
pub(crate) fn answer_value(answered: &Answered) -> Value {
    Value::List(vec![
        Value::Int(answer_number(answered.how)),
        day::value(Some(answered.on)),
        answered.words.as_str().into(),
    ])
}

/// Gives the day an intention was made on.
pub(crate) fn made_on(object: &Object) -> NaiveDate {
    let made = instant_of(ms_of(object.created)).date_naive();
    object.int(MADE_ON).and_then(day::of_number).unwrap_or(made)
}

/// Gives the day an intention comes back on; the day it was made on, where it has none.
pub(crate) fn due_on(object: &Object) -> NaiveDate {
    object.int(DUE_ON).and_then(day::of_number).unwrap_or_else(|| made_on(object))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn field_numbers_never_change() {
        let fields = [TEXT, DUE_ON, ENTRY, FROM_WORDS, LOOP, ANSWER, MADE_ON, MOVED, TRASHED_AT];
        assert_eq!(fields, [1, 2, 3, 4, 5, 6, 7, 8, 9]);
        assert_eq!(Kind::Intention.0, 6);
        assert_eq!([AnsweredAs::Done, AnsweredAs::LetGo].map(answer_number), [0, 1]);
    }
}
