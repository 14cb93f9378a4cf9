//! Asking for feedback, giving it, and answering it.

use super::model::{Due, Feedback, FeedbackNote, Reply};
use super::record::{self, SAID, SESSION, note_of, note_value, reply_of, said_of, said_value};
use crate::ids::{FillingId, LoopId, PairSessionId};
use crate::loops::{self, Filling, NewFilling, Part};
use crate::meetings::{MeetingError, of_pairing};
use crate::pairings::{Home, Who, home};
use crate::sealed::{self, Matter, SealState};
use crate::store::op::{Kind, Op, Value};
use crate::store::{Reader, Tx};
use crate::words::{line, paragraphs, some_line};

const NEEDS_GUESS: &str = "first one line: what you think this is like for them";
const NEEDS_SAW: &str = "say what you saw or heard; one line is enough";
const NEEDS_THANKS: &str = "thank first; one word is enough";
const NEEDS_HEARD: &str = "say what you heard, in your own words";
/// Feedback is due after every second session.
const EVERY: usize = 2;

/// Asks the other for feedback about a session, and for what in particular.
pub fn ask_for_feedback(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    about: &str,
) -> Result<(), MeetingError> {
    say(tx, home, session, record::ASK, &line(about, "about")?, "")
}

/// Gives feedback about a session. It is sealed until both have written.
///
/// # Errors
/// [`MeetingError::IsSealed`] for a second one. Without a line on what it is like for the other nothing is taken.
pub fn give_feedback(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    note: &FeedbackNote,
) -> Result<(), MeetingError> {
    let note = FeedbackNote {
        guess: some_line(&note.guess, "guess", NEEDS_GUESS)?,
        saw: paragraphs(&note.saw, "saw")?,
        effect: paragraphs(&note.effect, "effect")?,
        next_time: paragraphs(&note.next_time, "next_time")?,
    };
    if note.saw.is_empty() {
        return Err(crate::words::Unfit { field: "saw", why: NEEDS_SAW.to_owned() }.into());
    }
    sealed::commit(tx, home, &matter(session), &note_value(&note))
}

/// Says that the other's guess is so.
pub fn confirm_guess(tx: &mut Tx, home: Home, session: PairSessionId) -> Result<(), MeetingError> {
    open(tx, home, session)?;
    say(tx, home, session, record::CONFIRM, "", "")
}

/// Says what it is really like.
pub fn correct_guess(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    words: &str,
) -> Result<(), MeetingError> {
    open(tx, home, session)?;
    let words = some_line(words, "words", "say what it is like; one line is enough")?;
    say(tx, home, session, record::CORRECT, &words, "")
}

/// Thanks for the other's note, and says what was heard.
pub fn thank(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    thanks: &str,
    heard: &str,
) -> Result<(), MeetingError> {
    open(tx, home, session)?;
    let thanks = some_line(thanks, "thanks", NEEDS_THANKS)?;
    let heard = paragraphs(heard, "heard")?;
    if heard.is_empty() {
        return Err(crate::words::Unfit { field: "heard", why: NEEDS_HEARD.to_owned() }.into());
    }
    say(tx, home, session, record::THANK, &thanks, &heard)
}

/// Says what one will do or keep.
///
/// # Errors
/// [`MeetingError::ThankFirst`] before thanks.
pub fn say_what_follows(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    words: &str,
) -> Result<(), MeetingError> {
    let feedback = open(tx, home, session)?;
    if feedback.my_reply.thanks.is_none() {
        return Err(MeetingError::ThankFirst);
    }
    let words = some_line(words, "words", "say what you will do or keep; one line is enough")?;
    say(tx, home, session, record::FOLLOWS, &words, "")
}

/// Shows the feedback about a session.
pub fn get_feedback(reader: &Reader, home: Home, session: PairSessionId) -> Result<Feedback, MeetingError> {
    let sealed = sealed::read(reader, home, &matter(session))?;
    let id = object_of(home, session);
    let authored = match home.object(reader, &id, Kind::FeedbackReply)? {
        Some(_) => home.read(reader, |reader| reader.authored(&id))?,
        None => None,
    };
    let said = authored.map(|authored| said_of(&authored)).unwrap_or_default();
    let me = reader.core().account_id;
    let two = sealed::the_two(reader, home)?;
    let is_alone = matches!(home, Home::Alone(_));
    let who = |by: Option<[u8; 32]>| match by {
        Some(by) if by == me => Who::Me,
        None if is_alone => Who::Me,
        Some(by) if two.contains(&by) => Who::Other,
        _ => Who::Unknown,
    };
    let of = |wanted: Who| -> Reply { reply_of(said.iter().filter(|one| who(one.by) == wanted)) };
    let asked = said.iter().filter(|one| one.what == record::ASK).map(|one| (who(one.by), one.words.clone()));
    Ok(Feedback {
        session,
        asked: asked.filter(|(who, _)| *who != Who::Unknown).collect(),
        mine: sealed.mine.as_ref().and_then(note_of),
        theirs: sealed.answer_of(Who::Other).and_then(note_of),
        states: sealed.states,
        my_reply: of(Who::Me),
        their_reply: of(Who::Other),
    })
}

/// Lists the feedback of a home, in the order in which it was begun.
pub fn list_feedback(reader: &Reader, home: Home) -> Result<Vec<Feedback>, MeetingError> {
    let mut found = Vec::new();
    for matter in sealed::settled(reader, home, 2)? {
        if let Matter::Feedback { session } = matter {
            found.push(get_feedback(reader, home, PairSessionId::from_bytes(session))?);
        }
    }
    Ok(found)
}

/// Names the latest session after which the person owes feedback: every second one that was held, one for which the other asked, and
/// one about which the other has written.
pub fn feedback_due(reader: &Reader, home: Home) -> Result<Option<Due>, MeetingError> {
    let held = of_pairing::held_sessions(reader, home)?;
    for (at, (session, on)) in held.iter().enumerate().rev() {
        let feedback = get_feedback(reader, home, *session)?;
        let state = |who: Who| feedback.states.iter().find(|(one, _)| *one == who).map(|(_, state)| state);
        let is_waited_for =
            !matches!(state(Who::Other), None | Some(SealState::Waiting | SealState::Skipped));
        let is_asked = feedback.asked.iter().any(|(who, _)| *who == Who::Other);
        if ((at + 1) % EVERY == 0 || is_asked || is_waited_for) && feedback.mine.is_none() {
            return Ok(Some(Due { session: *session, on: *on, is_waited_for }));
        }
    }
    Ok(None)
}

/// Fills the part of a loop that is for feedback with what the other wrote, in their words.
pub fn fill_loop_with_feedback(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    id: LoopId,
) -> Result<FillingId, MeetingError> {
    let theirs = open(tx, home, session)?.theirs.ok_or(MeetingError::NotOpen)?;
    let parts = [&theirs.saw, &theirs.effect, &theirs.next_time];
    let words = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    let who = of_pairing::name_in(tx, home)?;
    let filling = Filling::Words(words);
    let new = NewFilling { part: Part::Feedback, filling, on: None, who, source: String::new() };
    Ok(loops::fill_with(tx, id, new)?)
}

fn matter(session: PairSessionId) -> Matter {
    Matter::Feedback { session: *session.as_bytes() }
}

fn object_of(home: Home, session: PairSessionId) -> [u8; 16] {
    home.derive_of("feedback-reply/v1", session.as_bytes())
}

/// Reads feedback that is open: both have written.
fn open(tx: &Tx, home: Home, session: PairSessionId) -> Result<Feedback, MeetingError> {
    let feedback = get_feedback(tx, home, session)?;
    if feedback.theirs.is_some() { Ok(feedback) } else { Err(MeetingError::NotOpen) }
}

fn say(
    tx: &mut Tx,
    home: Home,
    session: PairSessionId,
    what: i64,
    words: &str,
    more: &str,
) -> Result<(), MeetingError> {
    let id = object_of(home, session);
    let is_new = home.object(tx, &id, Kind::FeedbackReply)?.is_none();
    let mut ops = Vec::new();
    if is_new {
        ops.push(Op::Set { field: SESSION, value: Value::Bytes(session.as_bytes().to_vec()) });
    }
    let at_ms = tx.now().timestamp_millis();
    ops.push(Op::Add { field: SAID, element: said_value(what, at_ms, words, more) });
    Ok(home::commit(tx, home, id, is_new.then_some(Kind::FeedbackReply), Vec::new(), ops)?)
}
