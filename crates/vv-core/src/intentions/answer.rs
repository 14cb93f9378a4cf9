//! Answering an intention: done, not yet, or let go. What was done goes on in a loop, if the person wants.

use super::error::IntentionError;
use super::make::{commit, read_object, read_waiting};
use super::model::{Answer, Answered, AnsweredAs, Into};
use super::record;
use crate::day;
use crate::ids::{IntentionId, LoopId};
use crate::loops::{self, Filling, Part};
use crate::store::op::{Op, Value};
use crate::store::tx::Tx;
use crate::words::{Unfit, paragraphs};

/// Answers an intention that waits, and gives the loop that took its words, when one did.
pub fn answer(tx: &mut Tx, id: IntentionId, answer: Answer) -> Result<Option<LoopId>, IntentionError> {
    let object = read_waiting(tx, id)?;
    match answer {
        Answer::NotYet { due_on } => {
            let due_on = day::check(due_on, "due_on")?;
            if due_on <= day::today(tx) {
                let why = "choose a day that lies ahead".to_owned();
                return Err(Unfit { field: "due_on", why }.into());
            }
            let moved = Value::Int(object.int(record::MOVED).unwrap_or(0).saturating_add(1));
            let ops = vec![
                Op::Set { field: record::DUE_ON, value: day::value(Some(due_on)) },
                Op::Set { field: record::MOVED, value: moved },
            ];
            commit(tx, id, ops)?;
            Ok(None)
        }
        Answer::LetGo { words } => {
            give(tx, id, AnsweredAs::LetGo, &words)?;
            Ok(None)
        }
        Answer::Done { words, into } => {
            give(tx, id, AnsweredAs::Done, &words)?;
            // Without words of their own, what was set out to be done says what was done.
            let said = paragraphs(&words, "words")?;
            let said = if said.is_empty() { object.text(record::TEXT).to_owned() } else { said };
            let taken = go_on(tx, &into, said)?;
            if let Some(of) = taken.filter(|of| object.id(record::LOOP) != Some(*of.as_bytes())) {
                let value = Value::Bytes(of.as_bytes().to_vec());
                commit(tx, id, vec![Op::Set { field: record::LOOP, value }])?;
            }
            Ok(taken)
        }
    }
}

/// Takes an answer back, so that the intention waits again. What went into a loop stays there.
pub fn take_back_answer(tx: &mut Tx, id: IntentionId) -> Result<(), IntentionError> {
    if record::answered_of(&read_object(tx, id)?).is_none() {
        return Ok(());
    }
    commit(tx, id, vec![Op::Set { field: record::ANSWER, value: Value::Null }])
}

fn give(tx: &mut Tx, id: IntentionId, how: AnsweredAs, words: &str) -> Result<(), IntentionError> {
    let answered = Answered { how, on: day::today(tx), words: paragraphs(words, "words")? };
    commit(tx, id, vec![Op::Set { field: record::ANSWER, value: record::answer_value(&answered) }])
}

fn go_on(tx: &mut Tx, into: &Into, words: String) -> Result<Option<LoopId>, IntentionError> {
    match into {
        Into::Nothing => Ok(None),
        Into::Loop { id, part } => {
            let part = match part {
                Some(part) => *part,
                None => next_part(&loops::get_loop(tx, *id)?.row.missing()),
            };
            loops::fill(tx, *id, part, Filling::Words(words))?;
            Ok(Some(*id))
        }
        Into::NewLoop { title } => {
            let id = loops::make_loop(tx, title)?;
            loops::fill(tx, id, Part::Gain, Filling::Words(words))?;
            Ok(Some(id))
        }
    }
}

/// Chooses the part that an answer fills: the first that is missing, or one more try.
fn next_part(missing: &[Part]) -> Part {
    missing.first().copied().unwrap_or(Part::Practise)
}
