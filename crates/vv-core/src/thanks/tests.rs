//! Stories of thanks.

use super::*;
use crate::helped::{NewHelped, note_helped, thanks_for};
use crate::meetings::MeetingError;
use crate::meetings::tests::pair::{holds, pair};
use crate::pairings::Who;
use crate::people::{PersonWords, save_person};

#[test]
fn thanks_come_from_a_note_of_help_and_whoever_gets_them_decides_alone() {
    let pair = pair();
    let (ana, ben, home) = (&pair.ana, &pair.ben, pair.home);
    let note = ana
        .notebook
        .write(|tx| {
            let words = PersonWords { name: "Ben".into(), ..PersonWords::default() };
            let person = save_person(tx, None, words).unwrap();
            note_helped(tx, &NewHelped { person, subject: "the margin".into(), on: None, entry: None })
        })
        .unwrap();
    let new = NewThanks {
        on: Some("2026-02-20".parse().unwrap()),
        did: "You let me open the meeting".into(),
        let_me: "say what I had seen".into(),
        learned: "that nobody bites".into(),
        helped: Some(note),
    };
    let id = ana.notebook.write(|tx| send_thanks(tx, home, &new)).unwrap();
    assert_eq!(ana.notebook.read(|reader| thanks_for(reader, note)).unwrap(), Some(id));
    pair.meet();
    let seen = ben.notebook.read(|reader| list_thanks(reader, home)).unwrap().remove(0);
    assert_eq!(
        (seen.by, seen.did.as_str(), &seen.decision),
        (Who::Other, "You let me open the meeting", &ThanksDecision::Undecided)
    );
    assert!(!holds(ben, pair.space, "the margin"), "the note of help stays in the journal");
    let named = ThanksDecision::ShowTo(vec!["Katie".into()]);
    ben.notebook.write(|tx| decide_thanks(tx, home, id, &named)).unwrap();
    pair.meet();
    assert_eq!(ben.notebook.read(|reader| get_thanks(reader, home, id)).unwrap().decision, named);
    assert_eq!(
        ana.notebook.read(|reader| get_thanks(reader, home, id)).unwrap().decision,
        ThanksDecision::Undecided
    );
    assert!(!holds(ana, pair.space, "Katie"), "what becomes of it is said to nobody");
    let own = ana.notebook.write(|tx| decide_thanks(tx, home, id, &ThanksDecision::Keep));
    assert!(matches!(own, Err(MeetingError::NotYours)));
    pair.check();
}
