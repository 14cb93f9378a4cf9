//! The midpoint, sealed, through two notebooks and a second device.

use super::pair::*;
use crate::guides::Answer;
use crate::meetings::*;
use crate::pairings::Who;
use crate::sealed::SealState;
use crate::spaces::tests::people::{Person, meet as exchange_space};
use crate::store::tests::devices::{Laptop, exchange};

fn state(pair: &Pair, person: &Person, id: crate::ids::MeetingId, who: Who) -> SealState {
    let seals = pair.see(person, id).seals;
    seals.iter().find(|(step, _)| step == "alone").unwrap().1.state_of(who)
}

/// Practice 84: nobody learns an answer before both have committed, also not from the bytes.
#[test]
fn at_the_midpoint_nothing_of_an_answer_is_in_any_record_until_both_have_sealed() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p4", false, None);
    pair.answer(ana, id, "worth", Answer::Rating(2));
    pair.answer(ana, id, "still_right", words("the second goal is yours, not mine"));
    pair.answer(ben, id, "still_right", words("all of them"));
    pair.meet();
    assert!(!holds(ben, pair.space, "yours, not mine"), "typed and not sealed");
    pair.seal(ana, id, "alone").unwrap();
    pair.meet();
    assert!(!holds(ben, pair.space, "yours, not mine") && !holds(ana, pair.space, "yours, not mine"));
    assert_eq!(pair.read(ben, id, ana, "still_right"), None);
    assert_eq!(pair.read(ana, id, ana, "still_right"), Some(words("the second goal is yours, not mine")));
    assert_eq!(state(&pair, ben, id, Who::Other), SealState::Sealed);
    let again = pair.answer_as(ana, id, Who::Me, "worth", Answer::Rating(5));
    assert!(again.is_err(), "what is sealed stays as it is");
    assert!(matches!(pair.seal(ana, id, "alone"), Err(MeetingError::IsSealed)));
    pair.seal(ben, id, "alone").unwrap();
    pair.meet();
    for person in [ana, ben] {
        assert_eq!(pair.read(person, id, ana, "worth"), Some(Answer::Rating(2)));
        assert_eq!(pair.read(person, id, ben, "still_right"), Some(words("all of them")));
    }
    pair.check();
}

#[test]
fn an_answer_that_stays_away_is_seen_with_since_when() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p4", false, None);
    pair.answer(ana, id, "still_right", words("mine"));
    pair.answer(ben, id, "still_right", words("theirs"));
    pair.seal(ben, id, "alone").unwrap();
    exchange_space(&[ana, ben], pair.space);
    pair.seal(ana, id, "alone").unwrap();
    // Ben's program takes everything in and reveals nothing.
    exchange_space(&[ana, ben], pair.space);
    assert!(matches!(state(&pair, ana, id, Who::Other), SealState::Withheld(_)));
    assert_eq!(pair.read(ana, id, ben, "still_right"), None);
    pair.meet();
    assert!(matches!(state(&pair, ana, id, Who::Other), SealState::Shown(_)), "it was only late");
}

#[test]
fn two_devices_of_one_person_seal_one_answer_and_both_know_it() {
    let pair = pair();
    let (ana, ben) = (&pair.ana, &pair.ben);
    let id = pair.begin("p4", false, None);
    let Laptop { profile, notebook } = Laptop::join(&ben.notebook, 22);
    exchange(&ben.notebook, &notebook);
    let other = Person { name: ben.name.clone(), profile, notebook };
    meet_all(&[ana, ben, &other], pair.space);
    // Both laptops seal before they hear of each other.
    pair.answer(ben, id, "still_right", words("from the desk"));
    pair.answer(&other, id, "still_right", words("from the train"));
    pair.seal(ben, id, "alone").unwrap();
    pair.seal(&other, id, "alone").unwrap();
    pair.answer(ana, id, "still_right", words("mine"));
    pair.seal(ana, id, "alone").unwrap();
    for _ in 0..3 {
        exchange(&ben.notebook, &other.notebook);
        meet_all(&[ana, ben, &other], pair.space);
    }
    let shown = pair.read(ana, id, ben, "still_right").expect("it is shown");
    assert!([words("from the desk"), words("from the train")].contains(&shown));
    for person in [ben, &other] {
        assert_eq!(pair.read(person, id, ben, "still_right"), Some(shown.clone()), "the same for all");
        assert_eq!(pair.read(person, id, ana, "still_right"), Some(words("mine")));
    }
    pair.check();
    other.has_no_problems();
}
