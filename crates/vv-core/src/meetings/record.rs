//! How a meeting stands in records: field numbers, and the way between records and the run of a guide.
//!
//! Numbers are never used twice and never change what they mean. A meeting has the numbers of a run (`guides/record.rs`) for what is
//! of its process; answers are elements that belong to whoever wrote them, so that nobody takes away or changes what another wrote:
//! of the elements of one person the latest counts.

use std::collections::{BTreeMap, BTreeSet};

use crate::guides::model::{Guide, Readers};
use crate::guides::record as run_record;
use crate::guides::run::RunState;
use crate::guides::{Answer, AnswerKey};
use crate::store::authors::Act;
use crate::store::op::{Op, Value};

/// Number, process: 0 open, 1 finished, 2 put away.
pub(crate) const STATUS: u32 = run_record::run::STATUS;
/// Number, process: milliseconds since 1970 UTC.
pub(crate) const STARTED_AT: u32 = run_record::run::STARTED_AT;
/// Text, process: the id of the guide.
pub(crate) const GUIDE: u32 = run_record::run::GUIDE;
/// Text, content: the file of a guide of the person's own.
pub(crate) const SOURCE: u32 = run_record::run::SOURCE;
/// Number, process: milliseconds since 1970 UTC.
pub(crate) const FINISHED_AT: u32 = run_record::run::FINISHED_AT;
/// Number, process: the version of a guide that comes with the app.
pub(crate) const BUILT_IN: u32 = run_record::run::BUILT_IN;
/// Bytes, process: the session it belongs to.
pub(crate) const SESSION: u32 = 20;
/// Number, process: 1 when both are in one room before one screen.
pub(crate) const ROOM: u32 = 21;
/// Set of lists, content: answers, each a list of person, key, answer or null, and a number that grows.
pub(crate) const SAID: u32 = 91;
/// Set of lists: rules that were called; in the content for all, in the process stream sealed for the facilitator.
pub(crate) const CALLS: u32 = 92;

/// Bytes, in the journal: the meeting.
pub(crate) const OWN_OF: u32 = 20;
/// Number, in the journal: when the person made of the meeting what is theirs, milliseconds since 1970 UTC.
pub(crate) const OWN_MADE: u32 = 21;

/// Is an answer as somebody wrote it down.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct SaidAnswer {
    pub(super) person: String,
    pub(super) key: AnswerKey,
    pub(super) answer: Option<Answer>,
    pub(super) order: i64,
    pub(super) by: Option<[u8; 32]>,
}

/// Reads an answer from an element.
pub(super) fn answer_of(act: &Act) -> Option<SaidAnswer> {
    let [person, key, answer, order] = act.value.as_list()? else { return None };
    let answer = match answer {
        Value::Null => None,
        value => Some(run_record::answer_of(value)?),
    };
    Some(SaidAnswer {
        person: person.as_text()?.to_owned(),
        key: key.as_text()?.parse().ok()?,
        answer,
        // A number at the end of all time would let nobody write after it.
        order: order.as_int().filter(|order| (0..i64::MAX / 2).contains(order))?,
        by: act.author,
    })
}

/// Writes an answer as an element.
pub(super) fn answer_op(person: &str, key: &AnswerKey, answer: Option<&Answer>, order: i64) -> Op {
    let answer = answer.map_or(Value::Null, run_record::answer_value);
    let parts = vec![person.into(), Value::Text(key.to_string()), answer, Value::Int(order)];
    Op::Add { field: SAID, element: Value::List(parts) }
}

/// Gives the operations of the process that turn one state into another. Answers and seals stand elsewhere.
pub(super) fn process_ops(before: Option<&RunState>, after: &RunState) -> Vec<Op> {
    let bare =
        |state: &RunState| RunState { answers: BTreeMap::new(), sealed: BTreeSet::new(), ..state.clone() };
    run_record::difference(before.map(bare).as_ref(), &bare(after))
}

/// Lists the answers of one person that differ between two states.
pub(super) fn changed_answers<'a>(
    before: &'a RunState,
    after: &'a RunState,
    person: &str,
) -> Vec<(AnswerKey, Option<&'a Answer>)> {
    let none = BTreeMap::new();
    let was = before.answers.get(person).unwrap_or(&none);
    let nothing = BTreeMap::new();
    let is: BTreeMap<AnswerKey, &Answer> = match after.answers.get(person) {
        Some(answers) => answers.iter().map(|(key, answer)| (key.clone(), answer)).collect(),
        None => nothing,
    };
    let came = is
        .iter()
        .filter(|(key, answer)| was.get(key) != Some(answer))
        .map(|(key, answer)| (key.clone(), Some(*answer)));
    let gone = was.keys().filter(|key| !is.contains_key(key)).map(|key| (key.clone(), None));
    came.chain(gone).collect()
}

/// Tells who may read the answer to a question.
pub(super) fn readers_of(guide: &Guide, key: &AnswerKey) -> Readers {
    guide.prompt(&key.prompt).map_or(Readers::Me, |(_, asked)| asked.capture.readers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_numbers_never_change() {
        assert_eq!([GUIDE, SOURCE, STARTED_AT, STATUS, FINISHED_AT, BUILT_IN], [1, 2, 3, 5, 14, 17]);
        assert_eq!([SESSION, ROOM, SAID, CALLS, OWN_OF, OWN_MADE], [20, 21, 91, 92, 20, 21]);
    }
}
