//! How runs and a person's own guides stand in records: field numbers, and the way between fields and what they mean.
//!
//! Numbers are never used twice and never change what they mean. Each answer is a field of its own, so that two devices can
//! answer different questions of one run without one taking from the other.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};

use super::answer::{Answer, AnswerKey, MarkedLine};
use super::run::{Form, Participant, RunClock, RunState, Status};
use crate::ids::EntryId;
use crate::store::op::{Object, Op, Value};

/// Numbers of the fields of kind GuideRun.
pub(crate) mod run {
    /// Text: the id of the guide.
    pub(crate) const GUIDE: u32 = 1;
    /// Text: the file of the guide as it was when the run began.
    pub(crate) const SOURCE: u32 = 2;
    /// Number: milliseconds since 1970 UTC.
    pub(crate) const STARTED_AT: u32 = 3;
    /// Text: the key of the step.
    pub(crate) const AT: u32 = 4;
    /// Number: 0 open, 1 finished, 2 put away.
    pub(crate) const STATUS: u32 = 5;
    /// Number: 0 whole, 1 short.
    pub(crate) const FORM: u32 = 6;
    /// Number: per cent.
    pub(crate) const PACE: u32 = 7;
    /// List of lists of texts: each person and the roles taken.
    pub(crate) const PEOPLE: u32 = 8;
    /// Set of texts: steps.
    pub(crate) const SKIPPED: u32 = 9;
    /// Set of texts: checks that have stopped somebody.
    pub(crate) const ASKED: u32 = 10;
    /// Set of lists: step and person.
    pub(crate) const SEALED: u32 = 11;
    /// List: since, touched (milliseconds or null), list of pairs of step and seconds.
    pub(crate) const CLOCK: u32 = 12;
    /// Bytes: the entry that came of it.
    pub(crate) const ENTRY: u32 = 13;
    /// Number: milliseconds since 1970 UTC.
    pub(crate) const FINISHED_AT: u32 = 14;
    /// Text: the title of the guide.
    pub(crate) const TITLE: u32 = 15;
    /// Text: what the run is about, in a few words.
    pub(crate) const SUBJECT: u32 = 16;
    /// Number: the version of the guide, when it comes with the app; absent for a person's own.
    pub(crate) const BUILT_IN: u32 = 17;
    /// From here on each field is one answer: list of person, key, answer.
    pub(crate) const ANSWERS: u32 = 1 << 31;
}

/// Numbers of the fields of kind Guide.
pub(crate) mod guide {
    /// Text: the file.
    pub(crate) const SOURCE: u32 = 1;
    /// Text: the id that stands in it.
    pub(crate) const ID: u32 = 2;
    /// Text: its title.
    pub(crate) const TITLE: u32 = 3;
    /// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
    pub(crate) const TRASHED_AT: u32 = 4;
}

/// Gives the field of an answer: 31 bits of a hash over person and key.
pub(crate) fn answer_field(person: &str, key: &AnswerKey) -> u32 {
    let mut hash = blake3::Hasher::new();
    hash.update(person.as_bytes()).update(&[0]).update(key.to_string().as_bytes());
    let [a, b, c, d, ..] = *hash.finalize().as_bytes();
    run::ANSWERS | u32::from_be_bytes([a, b, c, d])
}

/// Gives the operations that turn one state of a run into another.
pub(crate) fn difference(before: Option<&RunState>, after: &RunState) -> Vec<Op> {
    let mut ops = Vec::new();
    let mut set = |field: u32, is_same: bool, value: Value| {
        if !is_same {
            ops.push(Op::Set { field, value });
        }
    };
    set(run::AT, before.is_some_and(|b| b.at == after.at), Value::from(after.at.as_str()));
    let is_same = before.map_or(after.status == Status::Open, |b| b.status == after.status);
    set(run::STATUS, is_same, Value::Int(status_number(after.status)));
    let is_same = before.map_or(after.form == Form::Whole, |b| b.form == after.form);
    set(run::FORM, is_same, Value::Int(i64::from(after.form == Form::Short)));
    set(run::PACE, before.map_or(0, |b| b.pace) == after.pace, Value::Int(i64::from(after.pace)));
    set(run::PEOPLE, before.is_some_and(|b| b.people == after.people), people_value(&after.people));
    set(run::CLOCK, before.is_some_and(|b| b.clock == after.clock), clock_value(&after.clock));
    let nobody = BTreeMap::new();
    for person in &after.people {
        let was = before.and_then(|b| b.answers.get(&person.id)).unwrap_or(&nobody);
        let is = after.answers.get(&person.id).unwrap_or(&nobody);
        for (key, answer) in is.iter().filter(|(key, answer)| was.get(key) != Some(answer)) {
            let parts = vec![person.id.as_str().into(), Value::Text(key.to_string()), answer_value(answer)];
            set(answer_field(&person.id, key), false, Value::List(parts));
        }
        for key in was.keys().filter(|key| !is.contains_key(key)) {
            set(answer_field(&person.id, key), false, Value::Null);
        }
    }
    let empty = BTreeSet::new();
    let text = |text: &String| Value::from(text.as_str());
    let pair = |(step, person): &(String, String)| Value::List(vec![text(step), text(person)]);
    ops.extend(set_changes(run::SKIPPED, before.map_or(&empty, |b| &b.skipped), &after.skipped, text));
    ops.extend(set_changes(run::ASKED, before.map_or(&empty, |b| &b.asked), &after.asked, text));
    let none = BTreeSet::new();
    ops.extend(set_changes(run::SEALED, before.map_or(&none, |b| &b.sealed), &after.sealed, pair));
    ops
}

fn set_changes<T: Ord>(
    field: u32,
    before: &BTreeSet<T>,
    after: &BTreeSet<T>,
    value: impl Fn(&T) -> Value,
) -> Vec<Op> {
    let came = after.difference(before).map(|one| Op::Add { field, element: value(one) });
    let gone = before.difference(after).map(|one| Op::Remove { field, element: value(one) });
    came.chain(gone).collect()
}

/// Reads the state of a run; what is missing or makes no sense gets its default.
pub(crate) fn state_of(object: &Object) -> RunState {
    let field = |number: u32| object.fields.get(&number);
    let int = |number: u32| field(number).and_then(Value::as_int).unwrap_or(0);
    let texts = |number: u32| -> BTreeSet<String> {
        let elements = object.sets.get(&number).into_iter().flatten();
        elements.filter_map(Value::as_text).map(str::to_owned).collect()
    };
    let mut answers: BTreeMap<String, BTreeMap<AnswerKey, Answer>> = BTreeMap::new();
    for (_, value) in object.fields.range(run::ANSWERS..) {
        let Some([person, key, answer]) = value.as_list() else { continue };
        let (Some(person), Some(key), Some(answer)) = (person.as_text(), key.as_text(), answer_of(answer))
        else {
            continue;
        };
        if let Ok(key) = key.parse() {
            answers.entry(person.to_owned()).or_default().insert(key, answer);
        }
    }
    let sealed = object.sets.get(&run::SEALED).into_iter().flatten().filter_map(|pair| {
        let [step, person] = pair.as_list()? else { return None };
        Some((step.as_text()?.to_owned(), person.as_text()?.to_owned()))
    });
    RunState {
        people: field(run::PEOPLE).map(people_of).unwrap_or_default(),
        form: if int(run::FORM) == 1 { Form::Short } else { Form::Whole },
        pace: i32::try_from(int(run::PACE)).unwrap_or(0).clamp(-25, 25),
        at: field(run::AT).and_then(Value::as_text).unwrap_or_default().to_owned(),
        status: status_of(int(run::STATUS)),
        answers,
        skipped: texts(run::SKIPPED),
        asked: texts(run::ASKED),
        sealed: sealed.collect(),
        clock: field(run::CLOCK).map(clock_of).unwrap_or_default(),
    }
}

/// Gives the number of a status.
pub(crate) fn status_number(status: Status) -> i64 {
    match status {
        Status::Open => 0,
        Status::Finished => 1,
        Status::PutAway => 2,
    }
}

fn status_of(number: i64) -> Status {
    match number {
        1 => Status::Finished,
        2 => Status::PutAway,
        _ => Status::Open,
    }
}

fn people_value(people: &[Participant]) -> Value {
    let one = |person: &Participant| {
        let roles = person.roles.iter().map(|role| role.as_str().into());
        Value::List(std::iter::once(person.id.as_str().into()).chain(roles).collect())
    };
    Value::List(people.iter().map(one).collect())
}

fn people_of(value: &Value) -> Vec<Participant> {
    let one = |value: &Value| {
        let mut texts = value.as_list()?.iter().filter_map(Value::as_text).map(str::to_owned);
        Some(Participant { id: texts.next()?, roles: texts.collect() })
    };
    value.as_list().unwrap_or_default().iter().filter_map(one).collect()
}

fn clock_value(clock: &RunClock) -> Value {
    let at = |at: Option<DateTime<Utc>>| at.map_or(Value::Null, |at| Value::Int(at.timestamp_millis()));
    let pair = |(step, seconds): (&String, &u32)| {
        Value::List(vec![step.as_str().into(), Value::Int(i64::from(*seconds))])
    };
    Value::List(vec![at(clock.since), at(clock.touched), Value::List(clock.spent.iter().map(pair).collect())])
}

fn clock_of(value: &Value) -> RunClock {
    let parts = value.as_list().unwrap_or_default();
    let at =
        |index: usize| parts.get(index).and_then(Value::as_int).and_then(DateTime::from_timestamp_millis);
    let pair = |pair: &Value| {
        let [step, seconds] = pair.as_list()? else { return None };
        Some((step.as_text()?.to_owned(), u32::try_from(seconds.as_int()?).ok()?))
    };
    let spent = parts.get(2).and_then(Value::as_list).unwrap_or_default().iter().filter_map(pair).collect();
    RunClock { spent, since: at(0), touched: at(1) }
}

/// Writes an answer as a value: a list that begins with the number of its kind.
pub(crate) fn answer_value(answer: &Answer) -> Value {
    let parts = match answer {
        Answer::Words(text) => vec![Value::Int(0), text.as_str().into()],
        Answer::Lines(lines) => {
            let line =
                |line: &MarkedLine| Value::List(vec![line.text.as_str().into(), Value::Bool(line.marked)]);
            vec![Value::Int(1), Value::List(lines.iter().map(line).collect())]
        }
        Answer::Choice(chosen) => vec![Value::Int(2), chosen.as_str().into()],
        Answer::Rating(mark) => vec![Value::Int(3), Value::Int(i64::from(*mark))],
        Answer::Day(on) => vec![Value::Int(4), Value::Text(on.to_string())],
        Answer::Moment { on, time } => {
            let time = time.map_or(Value::Null, |time| Value::Text(time.format("%H:%M").to_string()));
            vec![Value::Int(5), Value::Text(on.to_string()), time]
        }
        Answer::Tick(done) => vec![Value::Int(6), Value::Bool(*done)],
        Answer::Rubric(levels) => {
            let row = |(id, level): (&String, &u32)| {
                Value::List(vec![id.as_str().into(), Value::Int(i64::from(*level))])
            };
            vec![Value::Int(8), Value::List(levels.iter().map(row).collect())]
        }
        Answer::Entry { id, title } => {
            vec![Value::Int(7), Value::Bytes(id.as_bytes().to_vec()), title.as_str().into()]
        }
    };
    Value::List(parts)
}

/// Reads an answer; none when it is of a kind this version does not know.
pub(crate) fn answer_of(value: &Value) -> Option<Answer> {
    let parts = value.as_list()?;
    let (kind, first) = (parts.first()?.as_int()?, parts.get(1)?);
    let day = |value: &Value| value.as_text()?.parse::<NaiveDate>().ok();
    let time = |value: &Value| NaiveTime::parse_from_str(value.as_text()?, "%H:%M").ok();
    Some(match kind {
        0 => Answer::Words(first.as_text()?.to_owned()),
        1 => {
            let line = |line: &Value| {
                let [text, marked] = line.as_list()? else { return None };
                Some(MarkedLine { text: text.as_text()?.to_owned(), marked: marked.as_bool()? })
            };
            Answer::Lines(first.as_list()?.iter().map(line).collect::<Option<_>>()?)
        }
        2 => Answer::Choice(first.as_text()?.to_owned()),
        3 => Answer::Rating(u32::try_from(first.as_int()?).ok()?),
        4 => Answer::Day(day(first)?),
        5 => Answer::Moment { on: day(first)?, time: parts.get(2).and_then(time) },
        6 => Answer::Tick(first.as_bool()?),
        7 => Answer::Entry {
            id: EntryId::from_bytes(first.as_bytes()?.try_into().ok()?),
            title: parts.get(2)?.as_text()?.to_owned(),
        },
        8 => {
            let row = |row: &Value| {
                let [id, level] = row.as_list()? else { return None };
                Some((id.as_text()?.to_owned(), u32::try_from(level.as_int()?).ok()?))
            };
            Answer::Rubric(first.as_list()?.iter().map(row).collect::<Option<_>>()?)
        }
        _ => return None,
    })
}
