//! A meeting of somebody who tracks a pairing alone: the same guides, everything in the journal.

use crate::guides::Answer;
use crate::guides::run::{Event, Status};
use crate::ids::PairingId;
use crate::meetings::*;
use crate::pairings::{Home, NewPairing, begin_pairing};
use crate::spaces::tests::people::Person;

/// Practice 53: one person, no server, no other.
#[test]
fn somebody_alone_runs_a_meeting_and_keeps_what_both_said() {
    let ana = Person::new("Ana", 1);
    let new = NewPairing { name: "Bo".into(), ..NewPairing::default() };
    let id: PairingId = ana.notebook.write(|tx| begin_pairing(tx, new)).unwrap();
    let home = Home::Alone(id);
    let new = NewMeeting { guide: "p4".into(), language: "en".into(), ..NewMeeting::default() };
    let meeting = ana.notebook.write(|tx| begin_meeting(tx, home, &new)).unwrap();
    let see = || ana.notebook.read(|reader| get_meeting(reader, home, meeting, "en")).unwrap();
    let give = |by: &str, key: &str, answer: Answer| {
        let event = Event::Answer { by: by.into(), key: key.parse().unwrap(), answer };
        ana.notebook.write(|tx| act(tx, home, meeting, event))
    };
    give("me", "worth", Answer::Rating(4)).unwrap();
    assert!(matches!(give("other", "worth", Answer::Rating(1)), Err(MeetingError::NotOnThisScreen)));
    give("other", "surprise", Answer::Words("that I still write".into())).unwrap();
    ana.notebook
        .write(|tx| act(tx, home, meeting, Event::Seal { by: "me".into(), step: "alone".into() }))
        .unwrap();
    let seen = see();
    assert_eq!(seen.state.answer("me", &"worth".parse().unwrap()), Some(&Answer::Rating(4)));
    assert_eq!(
        seen.state.answer("other", &"surprise".parse().unwrap()),
        Some(&Answer::Words("that I still write".into()))
    );
    ana.notebook.write(|tx| finish_meeting(tx, home, meeting, "en")).unwrap();
    assert_eq!(see().state.status, Status::Finished);
    ana.has_no_problems();
}
