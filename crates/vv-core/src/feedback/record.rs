//! How feedback stands in records: a note as one sealed value, and replies as acts of whoever says them.
//!
//! Numbers are never used twice and never change what they mean.

use super::model::{FeedbackNote, Guess, Reply};
use crate::store::authors::Authored;
use crate::store::op::Value;

/// Bytes: the session.
pub(super) const SESSION: u32 = 1;
/// Set of lists: a number for what is said, when, and words.
pub(super) const SAID: u32 = 91;

/// Asked for feedback.
pub(super) const ASK: i64 = 1;
/// Said that a guess is so.
pub(super) const CONFIRM: i64 = 2;
/// Said what it is like.
pub(super) const CORRECT: i64 = 3;
/// Thanked, and said what they heard.
pub(super) const THANK: i64 = 4;
/// Said what they will do or keep.
pub(super) const FOLLOWS: i64 = 5;

/// Writes a note as the value that is sealed.
pub(super) fn note_value(note: &FeedbackNote) -> Value {
    let parts = [&note.guess, &note.saw, &note.effect, &note.next_time];
    Value::List(parts.into_iter().map(|part| part.as_str().into()).collect())
}

/// Reads a note.
pub(super) fn note_of(value: &Value) -> Option<FeedbackNote> {
    let text = |at: usize| value.as_list()?.get(at)?.as_text().map(str::to_owned);
    Some(FeedbackNote { guess: text(0)?, saw: text(1)?, effect: text(2)?, next_time: text(3)? })
}

/// Is one thing that was said.
pub(super) struct Said {
    pub(super) by: Option<[u8; 32]>,
    pub(super) what: i64,
    pub(super) at_ms: i64,
    pub(super) words: String,
    pub(super) more: String,
}

/// Writes something that is said.
pub(super) fn said_value(what: i64, at_ms: i64, words: &str, more: &str) -> Value {
    Value::List(vec![Value::Int(what), Value::Int(at_ms), words.into(), more.into()])
}

/// Reads what was said, in the order of its times.
pub(super) fn said_of(authored: &Authored) -> Vec<Said> {
    let one = |act: &crate::store::authors::Act| {
        let [what, at, words, more] = act.value.as_list()? else { return None };
        Some(Said {
            by: act.author,
            what: what.as_int()?,
            at_ms: at.as_int()?,
            words: words.as_text()?.to_owned(),
            more: more.as_text()?.to_owned(),
        })
    };
    let mut found: Vec<Said> = authored.acts(SAID).iter().filter_map(one).collect();
    found.sort_by(|a, b| (a.at_ms, a.what, &a.words).cmp(&(b.at_ms, b.what, &b.words)));
    found
}

/// Gives what one person said to a note: of each thing the latest, and what follows only after thanks.
pub(super) fn reply_of<'a>(said: impl Iterator<Item = &'a Said>) -> Reply {
    let mut reply = Reply::default();
    for one in said {
        match one.what {
            CONFIRM => reply.guess = Some(Guess::Confirmed),
            CORRECT => reply.guess = Some(Guess::Corrected(one.words.clone())),
            THANK => (reply.thanks, reply.heard) = (Some(one.words.clone()), one.more.clone()),
            FOLLOWS => reply.follows = Some(one.words.clone()),
            _ => {}
        }
    }
    if reply.thanks.is_none() {
        reply.follows = None;
    }
    reply
}
