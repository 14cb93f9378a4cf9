//! Pairings that break off, go on, or meet a change at work.

use super::two::*;
use crate::day;
use crate::pairings::*;
use crate::spaces::*;

/// Practice 13: either can end it without a reason.
#[test]
fn one_breaks_it_off_with_a_sentence_or_without_and_nobody_asks_why() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let session = two.plan(3);
    two.ana.doing(|tx| make_promise(tx, two.a, &promise(Who::Me, "read the paper")));
    two.ben.doing(|tx| end_pairing(tx, two.b, "", Some(false)));
    two.meet();
    let seen = two.ana.pairing(two.a);
    assert_eq!(seen.health, Health::Closed);
    assert_eq!((seen.endings[0].by, seen.endings[0].words.as_str()), (Who::Other, ""));
    let more = two.ana.tries(|tx| accept_session(tx, two.a, session));
    assert!(matches!(more, Err(PairingError::Ended)));
    assert!(two.ana.waits_on_me(two.a).is_empty(), "nothing is due any more");
    assert_eq!(two.ana.notebook.read(pairings_today).unwrap(), PairingsToday::default());
    two.are_sound();
}

#[test]
fn it_is_asked_whether_it_goes_on_and_it_does_when_one_renews_it() {
    let two = Two::of_kind(PairingKind::PracticePartner, Lane::Mine);
    let ends = two.ana.pairing(two.a).charter.ends_on.unwrap();
    two.pass((ends - two.ana.today()).num_days() - 5);
    assert!(two.ana.pairing(two.a).nudges.contains(&Nudge::RenewOrClose));
    two.pass(6);
    assert_eq!(two.ana.pairing(two.a).health, Health::Closing);
    two.ben.doing(|tx| end_pairing(tx, two.b, "until we meet again", None));
    two.meet();
    let past = two.ana.tries(|tx| renew_pairing(tx, two.a, two.ana.today()));
    assert!(matches!(past, Err(PairingError::Unfit(_))));
    two.pass(1);
    two.ana.doing(|tx| renew_pairing(tx, two.a, day::after(two.ana.today(), 90)));
    two.meet();
    assert_ne!(two.ben.pairing(two.b).health, Health::Closed);
    two.ben.doing(|tx| met_without_logging(tx, two.b, None));
    two.meet();
    assert_eq!(two.ana.pairing(two.a).health, Health::OnRhythm);
    two.are_sound();
}

/// Practice 57: a change of the reporting line is seen, and the two pause and decide.
#[test]
fn when_one_comes_to_report_to_the_other_they_pause_and_decide() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let line = NewLine {
        person: None,
        account: Some(two.ben.id()),
        name: "B. Example".into(),
        relation: LineRelation::Manager,
        since: Some(two.ana.today()),
        until: None,
    };
    let (line, touched) = two.ana.doing(|tx| save_line(tx, None, line));
    assert_eq!(touched[0].0, two.a);
    assert_eq!(touched[0].1.rule, LineRule::Block);
    assert!(matches!(two.ana.pairing(two.a).cards[..], [Card::LineChanged { .. }]));
    two.meet();
    assert!(two.ben.pairing(two.b).cards.is_empty(), "nobody learns another's line");
    two.ana.doing(|tx| pause(tx, two.a, None));
    two.ana.doing(|tx| decide_line(tx, two.a, line));
    two.ana.doing(|tx| end_pairing(tx, two.a, "we work together now", Some(true)));
    two.meet();
    assert_eq!(two.ben.pairing(two.b).health, Health::Closed);
    two.are_sound();
}

#[test]
fn a_frozen_pairing_is_readable_and_takes_nothing_more() {
    let two = Two::of_kind(PairingKind::Buddy, Lane::Theirs);
    let early = two.ana.tries(|tx| freeze_pairing(tx, two.a));
    assert!(matches!(early, Err(PairingError::Unfit(_))), "it has not ended");
    two.ana.doing(|tx| met_without_logging(tx, two.a, None));
    two.ana.doing(|tx| end_pairing(tx, two.a, "", None));
    two.ana.doing(|tx| freeze_pairing(tx, two.a));
    two.meet();
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        let shown = person.pairing(id);
        assert_eq!(shown.space_state, Some(SpaceState::Frozen));
        assert_eq!(person.sessions(id).len(), 1);
        let more = person.tries(|tx| renew_pairing(tx, id, day::after(person.today(), 30)));
        assert!(matches!(more, Err(PairingError::Space(SpaceError::Frozen | SpaceError::NotMember))));
    }
    two.are_sound();
}

#[test]
fn what_nobody_closed_ends_two_weeks_after_its_day_and_can_be_renewed() {
    let two = Two::of_kind(PairingKind::Handover, Lane::Theirs);
    two.pass(28 + 14);
    assert_eq!(two.ana.pairing(two.a).health, Health::Closing);
    two.ana.doing(|tx| met_without_logging(tx, two.a, None));
    two.pass(1);
    assert_eq!(two.ana.pairing(two.a).health, Health::Closed);
    let late = two.ben.tries(|tx| met_without_logging(tx, two.b, None));
    assert!(matches!(late, Err(PairingError::Ended)));
    two.ben.doing(|tx| renew_pairing(tx, two.b, day::after(two.ben.today(), 14)));
    two.meet();
    two.ana.doing(|tx| met_without_logging(tx, two.a, None));
    two.meet();
    assert_eq!(two.ben.sessions(two.b).len(), 2);
    two.are_sound();
}
