//! Stories of feedback between two people.

use super::*;
use crate::ids::PairSessionId;
use crate::loops::{get_loop, make_loop};
use crate::meetings::MeetingError;
use crate::meetings::tests::pair::{Pair, holds, pair};
use crate::pairings::Who;
use crate::sealed::SealState;
use crate::spaces::tests::people::Person;

fn note(guess: &str, saw: &str) -> FeedbackNote {
    FeedbackNote {
        guess: guess.into(),
        saw: saw.into(),
        effect: "I waited with my question".into(),
        next_time: "ask me first".into(),
    }
}

fn give(pair: &Pair, person: &Person, of: PairSessionId, note: &FeedbackNote) -> Result<(), MeetingError> {
    person.notebook.write(|tx| give_feedback(tx, pair.home, of, note))
}

fn see(pair: &Pair, person: &Person, of: PairSessionId) -> Feedback {
    person.notebook.read(|reader| get_feedback(reader, pair.home, of)).unwrap()
}

/// Practices 77, 78 and 84: both or neither, first their shoes, thanks before anything else.
#[test]
fn feedback_goes_both_ways_is_shown_together_and_answered_with_thanks_first() {
    let pair = pair();
    let (ana, ben, home) = (&pair.ana, &pair.ben, pair.home);
    let of = pair.held("2026-02-20");
    give(&pair, ana, of, &note("You have three of these talks a day", "You looked at the clock twice"))
        .unwrap();
    pair.meet();
    assert!(!holds(ben, pair.space, "looked at the clock"));
    let seen = see(&pair, ben, of);
    assert_eq!((seen.theirs, &seen.states[1]), (None, &(Who::Other, SealState::Sealed)));
    let early = ben.notebook.write(|tx| thank(tx, home, of, "Thank you", "x"));
    assert!(matches!(early, Err(MeetingError::NotOpen)));
    give(&pair, ben, of, &note("It is your first quarter here", "You brought the plan unfinished")).unwrap();
    pair.meet();
    let seen = see(&pair, ben, of);
    assert_eq!(seen.theirs.unwrap().saw, "You looked at the clock twice");
    let hasty = ben.notebook.write(|tx| say_what_follows(tx, home, of, "I hide the clock"));
    assert!(matches!(hasty, Err(MeetingError::ThankFirst)));
    let empty = ben.notebook.write(|tx| thank(tx, home, of, "Thank you", " "));
    assert!(matches!(empty, Err(MeetingError::Unfit(_))), "what was heard belongs to it");
    ben.notebook.write(|tx| thank(tx, home, of, "Thank you", "that my eyes go to the clock")).unwrap();
    ben.notebook.write(|tx| say_what_follows(tx, home, of, "I turn it to the wall")).unwrap();
    ben.notebook.write(|tx| correct_guess(tx, home, of, "It is eight of them")).unwrap();
    ana.notebook.write(|tx| confirm_guess(tx, home, of)).unwrap();
    pair.meet();
    let seen = see(&pair, ana, of);
    let reply = seen.their_reply;
    assert_eq!(reply.guess, Some(model::Guess::Corrected("It is eight of them".into())));
    assert_eq!(
        (reply.heard.as_str(), reply.follows.as_deref()),
        ("that my eyes go to the clock", Some("I turn it to the wall"))
    );
    assert_eq!(see(&pair, ben, of).their_reply.guess, Some(model::Guess::Confirmed));
    assert_eq!(ana.notebook.read(|reader| list_feedback(reader, home)).unwrap().len(), 1);
    pair.check();
}

#[test]
fn without_a_line_in_the_others_shoes_no_feedback_is_taken() {
    let pair = pair();
    let of = pair.held("2026-02-20");
    for (guess, saw) in [(" ", "You looked at the clock"), ("You are tired", " ")] {
        assert!(matches!(give(&pair, &pair.ana, of, &note(guess, saw)), Err(MeetingError::Unfit(_))));
    }
    assert!(see(&pair, &pair.ana, of).mine.is_none());
}

#[test]
fn feedback_is_due_after_every_second_session_and_where_it_is_asked_for_or_waited_for() {
    let pair = pair();
    let (ana, ben, home) = (&pair.ana, &pair.ben, pair.home);
    let due = |person: &Person| person.notebook.read(|reader| feedback_due(reader, home)).unwrap();
    let first = pair.held("2026-02-02");
    assert_eq!(due(ana), None);
    let second = pair.held("2026-02-20");
    assert_eq!(due(ana).map(|due| (due.session, due.is_waited_for)), Some((second, false)));
    give(&pair, ben, second, &note("a full day", "you asked first")).unwrap();
    pair.meet();
    assert!(due(ana).unwrap().is_waited_for);
    give(&pair, ana, second, &note("a full day", "you waited")).unwrap();
    pair.meet();
    assert_eq!((due(ana), due(ben)), (None, None));
    ben.notebook.write(|tx| ask_for_feedback(tx, home, first, "the way I open")).unwrap();
    pair.meet();
    assert_eq!(due(ana).map(|due| due.session), Some(first));
    assert_eq!(see(&pair, ana, first).asked, [(Who::Other, "the way I open".into())]);
}

/// Practice 71: feedback fills the loop it belongs to.
#[test]
fn feedback_that_was_received_fills_a_loop_in_its_own_words() {
    let pair = pair();
    let of = pair.held("2026-02-20");
    give(&pair, &pair.ana, of, &note("a full day", "you asked first")).unwrap();
    let learning = pair.ben.notebook.write(|tx| make_loop(tx, "Asking first")).unwrap();
    let early = pair.ben.notebook.write(|tx| fill_loop_with_feedback(tx, pair.home, of, learning));
    assert!(matches!(early, Err(MeetingError::NotOpen)));
    give(&pair, &pair.ben, of, &note("a full day", "you waited")).unwrap();
    pair.meet();
    pair.ben.notebook.write(|tx| fill_loop_with_feedback(tx, pair.home, of, learning)).unwrap();
    let filled = pair.ben.notebook.read(|reader| get_loop(reader, learning)).unwrap();
    assert!(format!("{filled:?}").contains("you asked first"));
    pair.check();
}
