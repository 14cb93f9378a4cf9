//! Stories of pulses between two people.

use super::*;
use crate::meetings::MeetingError;
use crate::meetings::tests::pair::{Pair, holds, later, pair};
use crate::pairings::Who;
use crate::sealed::SealState;
use crate::spaces::tests::people::Person;

fn due(pair: &Pair, person: &Person) -> Option<PulseName> {
    person.notebook.read(|reader| pulse_due(reader, pair.home)).unwrap()
}

fn see(pair: &Pair, person: &Person, name: PulseName) -> Pulse {
    person.notebook.read(|reader| get_pulse(reader, pair.home, name)).unwrap()
}

fn answer(change: &str) -> PulseAnswer {
    PulseAnswer { worth: 4, candour: 2, change: change.into() }
}

#[test]
fn a_pulse_is_asked_after_the_first_session_and_shown_once_both_have_answered() {
    let pair = pair();
    let (ana, ben, home) = (&pair.ana, &pair.ben, pair.home);
    assert_eq!(due(&pair, ana), None);
    pair.held("2026-02-20");
    let first = PulseName::Session(1);
    assert_eq!((due(&pair, ana), due(&pair, ben)), (Some(first), Some(first)));
    ana.notebook.write(|tx| answer_pulse(tx, home, first, &answer("less talk of budgets"))).unwrap();
    pair.meet();
    assert_eq!((due(&pair, ana), due(&pair, ben)), (None, Some(first)));
    assert!(!holds(ben, pair.space, "less talk of budgets"));
    assert_eq!(see(&pair, ben, first).theirs, None);
    ben.notebook.write(|tx| answer_pulse(tx, home, first, &answer(""))).unwrap();
    pair.meet();
    assert_eq!(see(&pair, ben, first).theirs, Some(answer("less talk of budgets")));
    assert_eq!(see(&pair, ana, first).theirs, Some(answer("")));
    pair.check();
}

#[test]
fn a_pulse_that_one_skips_shows_nothing_of_the_other_and_is_not_asked_again() {
    let pair = pair();
    let (ana, ben, home) = (&pair.ana, &pair.ben, pair.home);
    pair.held("2026-02-20");
    let first = PulseName::Session(1);
    ana.notebook.write(|tx| answer_pulse(tx, home, first, &answer("less talk of budgets"))).unwrap();
    ben.notebook.write(|tx| skip_pulse(tx, home, first)).unwrap();
    pair.meet();
    assert_eq!((due(&pair, ana), due(&pair, ben)), (None, None));
    let seen = see(&pair, ben, first);
    assert_eq!(
        (seen.theirs, seen.states),
        (None, vec![(Who::Me, SealState::Skipped), (Who::Other, SealState::Sealed)])
    );
    assert!(!holds(ben, pair.space, "less talk of budgets"));
    later(ana, 365);
    pair.meet();
    assert!(!holds(ben, pair.space, "less talk of budgets"), "time alone opens nothing");
}

#[test]
fn after_the_third_session_a_pulse_comes_every_sixty_days() {
    let pair = pair();
    for on in ["2026-02-01", "2026-02-10", "2026-02-20"] {
        pair.held(on);
    }
    assert_eq!(due(&pair, &pair.ana), Some(PulseName::Session(3)));
    later(&pair.ana, 60);
    assert_eq!(due(&pair, &pair.ana), Some(PulseName::Days(1)));
}

#[test]
fn a_mark_that_is_none_is_refused() {
    let pair = pair();
    pair.held("2026-02-20");
    let wrong = PulseAnswer { worth: 6, ..answer("") };
    let refused = pair.ana.notebook.write(|tx| answer_pulse(tx, pair.home, PulseName::Session(1), &wrong));
    assert!(matches!(refused, Err(MeetingError::Unfit(_))));
}
