//! What is done in a meeting: answering, sealing, going on. Each is one change, in the streams it belongs to.

use std::collections::BTreeSet;

use super::error::MeetingError;
use super::home::home_ops;
use super::model::Meeting;
use super::read::{answers_value, get_meeting, own_id};
use super::record;
use crate::guides::model::Readers;
use crate::guides::record as run_record;
use crate::guides::run::{self, Event, RunState, fields, steps};
use crate::guides::{Answer, AnswerKey, Refusal, around};
use crate::ids::MeetingId;
use crate::pairings::Home;
use crate::pairings::home;
use crate::sealed::{self, Matter};
use crate::store::Tx;
use crate::store::op::{Change, Kind, Op, Value};

/// Does something in a meeting.
///
/// # Errors
/// [`MeetingError::NotOnThisScreen`] for an answer to a question that is the other's alone; [`MeetingError::NotYours`] for an answer of
/// the other outside of one room, and for sealing in their name.
pub fn act(tx: &mut Tx, home: Home, id: MeetingId, event: Event) -> Result<(), MeetingError> {
    let meeting = get_meeting(tx, home, id, "en")?;
    if matches!(event, Event::Finish { .. }) {
        return super::finish::finish_meeting(tx, home, id, "en").map(drop);
    }
    check(&meeting, &event)?;
    let around = around(tx, &meeting.guide)?;
    if let Event::Seal { by, step } = &event {
        run::apply(&meeting.guide, &meeting.state, event.clone(), &around)?;
        let laid_out = steps(&meeting.guide, &meeting.state, &around);
        let at = laid_out.iter().find(|one| one.key == *step).ok_or(Refusal::NoStep)?;
        let answers: Vec<(AnswerKey, Answer)> = fields(&meeting.guide, &meeting.state, &around, at, by)
            .into_iter()
            .filter(|field| field.asked.capture.readers == Readers::Sealed)
            .filter_map(|field| Some((field.key.clone(), meeting.state.answer(by, &field.key)?.clone())))
            .collect();
        let matter = Matter::Step { meeting: *id.as_bytes(), step: step.clone() };
        return sealed::commit(tx, home, &matter, &answers_value(&answers));
    }
    let after = run::apply(&meeting.guide, &meeting.state, event, &around)?;
    write(tx, &meeting, &after, Vec::new())
}

/// Checks that what is done is this person's to do, on this screen.
fn check(meeting: &Meeting, event: &Event) -> Result<(), MeetingError> {
    match event {
        Event::Answer { by, key, .. } | Event::Clear { by, key } if *by != meeting.me => {
            if record::readers_of(&meeting.guide, key) != Readers::All {
                return Err(MeetingError::NotOnThisScreen);
            }
            if meeting.room { Ok(()) } else { Err(MeetingError::NotYours) }
        }
        Event::Seal { by, .. } if *by != meeting.me => Err(MeetingError::NotYours),
        _ if meeting.me.is_empty() => Err(MeetingError::NotYours),
        _ => Ok(()),
    }
}

/// Writes what differs between a meeting as it stands and as it is to stand.
pub(super) fn write(
    tx: &mut Tx,
    meeting: &Meeting,
    after: &RunState,
    mut process: Vec<Op>,
) -> Result<(), MeetingError> {
    process.extend(record::process_ops(Some(&meeting.state), after));
    let mut content = Vec::new();
    let mut own = Vec::new();
    let mut order = None;
    let names: BTreeSet<&String> = after.people.iter().map(|person| &person.id).collect();
    for person in names {
        for (key, answer) in record::changed_answers(&meeting.state, after, person) {
            if record::readers_of(&meeting.guide, &key) == Readers::All {
                let next = match order {
                    Some(order) => order,
                    None => next_order(tx, meeting)?,
                };
                order = Some(next + 1);
                content.push(record::answer_op(person, &key, answer, next));
            } else {
                own.push(own_op(person, &key, answer));
            }
        }
    }
    if !own.is_empty() {
        keep_own(tx, meeting, own)?;
    }
    Ok(home::commit(tx, meeting.home, *meeting.id.as_bytes(), None, process, content)?)
}

/// Finds a number greater than that of any answer that is here, and no less than the time, so that what is written last counts.
fn next_order(tx: &Tx, meeting: &Meeting) -> Result<i64, MeetingError> {
    let authored = meeting.home.read(tx, |reader| reader.authored(meeting.id.as_bytes()))?;
    let acts = authored.as_ref().map(|authored| authored.acts(record::SAID)).unwrap_or_default();
    let now = tx.now().timestamp_millis();
    let last = acts.iter().filter_map(record::answer_of).map(|said| said.order).max();
    Ok(last.map_or(now, |last| now.max(last.saturating_add(1))))
}

fn own_op(person: &str, key: &AnswerKey, answer: Option<&Answer>) -> Op {
    let value = answer.map_or(Value::Null, |answer| {
        Value::List(vec![person.into(), Value::Text(key.to_string()), run_record::answer_value(answer)])
    });
    Op::Set { field: run_record::answer_field(person, key), value }
}

/// Writes what a person keeps of a meeting into the journal.
pub(super) fn keep_own(tx: &mut Tx, meeting: &Meeting, ops: Vec<Op>) -> Result<(), MeetingError> {
    let id = own_id(meeting.home, meeting.id);
    let mut first = Vec::new();
    if tx.object(&id)?.is_none() {
        first.push(Op::Create { kind: Kind::MeetingOwn });
        first.extend(home_ops(meeting.home));
        first.push(Op::Set { field: record::OWN_OF, value: Value::Bytes(meeting.id.as_bytes().to_vec()) });
    }
    first.extend(ops);
    tx.commit(Change { object: id, ops: first })?;
    Ok(())
}
