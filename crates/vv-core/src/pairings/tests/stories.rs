//! Whole pairings from beginning to end.

use chrono::TimeDelta;

use super::two::*;
use crate::day;
use crate::pairings::*;

/// Practices 2, 3, 13, 14, 66, 70 and 77's place in it: half a year of mentoring.
#[test]
fn six_months_of_mentoring() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    assert_eq!(two.ana.pairing(two.a).my_part, Part::Mentee);
    assert_eq!(two.ben.pairing(two.b).my_part, Part::Mentor);
    two.ana.doing(|tx| say_why(tx, two.a, "Ben has led a release"));
    two.ben.doing(|tx| say_why(tx, two.b, "I learn what newcomers see"));
    two.meet();
    assert_eq!(two.ana.pairing(two.a).whys.len(), 2);

    // A week without a first session, then a month would be too long.
    two.pass(7);
    assert_eq!(two.ben.pairing(two.b).nudges, [Nudge::PlanFirst]);
    let agreement = two.agree(90);
    let goal =
        two.ana.doing(|tx| make_pair_goal(tx, two.a, Lane::Mine, "lead a release", "nobody asks me twice"));
    let back =
        two.ben.doing(|tx| make_pair_goal(tx, two.b, Lane::Mine, "see the tools", "I build it myself"));

    let mut last = None;
    for number in 1..=5 {
        let session = two.plan(3);
        if let Some(promised) = last {
            two.ana
                .doing(|tx| answer_promise(tx, two.a, promised, PromiseAnswer::Done, "it went well", None));
        }
        two.pass(3);
        two.ana.doing(|tx| hold_session(tx, two.a, session));
        let due = Some(day::after(two.ana.today(), 20));
        let new = NewPromise { due_on: due, session: Some(session), ..promise(Who::Me, "try it once") };
        last = Some(two.ana.doing(|tx| make_promise(tx, two.a, &new)));
        two.meet();
        let shown = two.ben.pairing(two.b);
        assert_eq!((shown.health, shown.last_session.map(|one| one.id)), (Health::OnRhythm, Some(session)));
        if number == 3 {
            assert!(!shown.nudges.contains(&Nudge::ReviewAgreement), "the day of the review has not come");
        }
        two.pass(25);
    }
    // It was quiet over the summer, and nobody is blamed; a pause does not count.
    two.pass(18);
    assert_eq!(two.ana.pairing(two.a).health, Health::Quiet);
    assert!(two.ana.pairing(two.a).nudges.contains(&Nudge::ReviewAgreement), "the review is due");
    two.ben.doing(|tx| pause(tx, two.b, Some(day::after(two.ben.today(), 9))));
    two.meet();
    let rests = two.ana.pairing(two.a);
    assert_eq!((rests.health, rests.pauses[0].by), (Health::Paused, Who::Other));
    two.ana.doing(|tx| resume(tx, two.a));
    two.meet();
    assert_eq!(two.ben.pairing(two.b).health, Health::Paused, "nobody lifts the other's pause");
    two.pass(10);
    assert_eq!(two.ana.pairing(two.a).health, Health::Quiet, "ten days of rest are not ten days of silence");

    // The end: goals with their evidence in both lanes, closing, ending, freezing.
    two.ana.doing(|tx| note_evidence(tx, two.a, goal, "the release of May"));
    two.ana.doing(|tx| end_pair_goal(tx, two.a, goal, GoalOutcome::Reached, "nobody asked twice"));
    two.ben.doing(|tx| end_pair_goal(tx, two.b, back, GoalOutcome::LetGo, "another year"));
    two.ana.doing(|tx| begin_closing(tx, two.a));
    two.meet();
    let closing = two.ben.pairing(two.b);
    assert_eq!(closing.health, Health::Closing);
    assert_eq!((closing.balance.theirs.reached, closing.balance.mine.reached), (1, 0));
    two.ana.doing(|tx| end_pairing(tx, two.a, "thank you for the evening of the rollback", Some(true)));
    two.meet();
    two.ben.doing(|tx| answer_ending(tx, two.b, "and for the questions"));
    two.meet();
    for (person, id) in [(&two.ana, two.a), (&two.ben, two.b)] {
        let ended = person.pairing(id);
        assert_eq!(ended.health, Health::Closed);
        assert!(ended.waits.is_empty() && ended.nudges.is_empty());
        let more = person.tries(|tx| met_without_logging(tx, id, None));
        assert!(matches!(more, Err(PairingError::Ended)));
    }
    assert_eq!(two.ben.pairing(two.b).side.wish, None, "whether Ana would do it again is hers");
    two.ana.doing(|tx| freeze_pairing(tx, two.a));
    two.meet();
    let kept = two.ben.notebook.read(|reader| list_agreements(reader, two.b)).unwrap();
    assert_eq!(kept[0].id, agreement, "and everything can be read");
    assert_eq!(two.ben.sessions(two.b).len(), 5);
    two.are_sound();
}

/// Practice 51: six sessions upwards, with two cancellations and a pause.
#[test]
fn a_reverse_programme_of_six_sessions_with_two_cancellations_and_a_pause() {
    // Ana is senior and learns from Ben.
    let two = Two::of_kind(PairingKind::Reverse, Lane::Mine);
    assert_eq!(
        (two.ana.pairing(two.a).my_part, two.ben.pairing(two.b).my_part),
        (Part::Senior, Part::Junior)
    );
    let drafted = two.ben.notebook.read(|reader| read_draft(reader, two.b)).unwrap();
    assert_eq!(drafted.len(), 13, "the add-ons are part of it");
    assert!(two.ana.waits_on_me(two.a).contains(&WaitsFor::Primer));
    two.ana.doing(|tx| note_primer(tx, two.a));
    two.ben.doing(|tx| note_primer(tx, two.b));
    two.agree(90);
    assert_eq!(two.ana.pairing(two.a).primers.len(), 2);

    let from = day::after(two.ana.today(), 7);
    let days = two.ana.doing(|tx| plan_programme(tx, two.a, from));
    two.ben.doing(|tx| plan_programme(tx, two.b, from));
    two.meet();
    let planned = two.ben.sessions(two.b);
    assert_eq!(planned.len(), 6, "planning twice plans once");
    assert_eq!(planned[5].on, day::after(from, 150));
    assert_eq!(planned[0].topic, "p6-s1");
    assert!(planned.iter().all(|one| one.state == SessionState::Planned));
    assert_eq!(junior_circle_days(&days).len(), 3);

    // The first two are called off by the senior.
    for number in 0..2 {
        let id = two.ana.sessions(two.a)[number].id;
        let new = case(two.ben.now() + TimeDelta::days(7));
        two.ben.doing(|tx| schedule_session(tx, two.b, id, &new));
        two.meet();
        two.ana.doing(|tx| accept_session(tx, two.a, id));
        two.ana.doing(|tx| cancel_session(tx, two.a, id, "the board"));
        two.meet();
        let is_card = |card: &Card| matches!(card, Card::MakeItMatterOrEnd { times: 2 });
        for (person, side) in [(&two.ana, two.a), (&two.ben, two.b)] {
            assert_eq!(person.pairing(side).cards.iter().any(is_card), number == 1, "the card is for both");
        }
        two.pass(1);
    }
    // The junior rests, alone and without a reason; the senior cannot take that back.
    two.ben.doing(|tx| pause(tx, two.b, None));
    two.meet();
    two.ana.doing(|tx| resume(tx, two.a));
    two.pass(30);
    two.meet();
    assert_eq!(two.ana.pairing(two.a).health, Health::Paused);
    two.ben.doing(|tx| resume(tx, two.b));
    two.meet();
    assert_ne!(two.ana.pairing(two.a).health, Health::Paused);

    // The rest is held; the senior moves each at most once.
    for number in 2..6 {
        let id = two.ana.sessions(two.a).iter().find(|one| one.number == Some(number + 1)).unwrap().id;
        let new = NewSession { lane: Some(Lane::Theirs), ..case(two.ben.now() + TimeDelta::days(3)) };
        two.ben.doing(|tx| schedule_session(tx, two.b, id, &new));
        two.meet();
        let later = two.ana.now() + TimeDelta::days(4);
        two.ana.doing(|tx| move_session(tx, two.a, id, later, ""));
        let again = two.ana.tries(|tx| move_session(tx, two.a, id, later, ""));
        assert!(matches!(again, Err(PairingError::MovedAlready)));
        two.meet();
        two.ben.doing(|tx| accept_session(tx, two.b, id));
        two.pass(4);
        two.ben.doing(|tx| hold_session(tx, two.b, id));
        two.meet();
    }
    let shown = two.ben.pairing(two.b);
    assert!(
        !shown.cards.iter().any(|card| matches!(card, Card::MakeItMatterOrEnd { .. })),
        "they have met since"
    );
    assert_eq!((shown.balance.theirs.sessions, shown.balance.mine.sessions), (4, 0));
    assert_eq!(two.ana.pairing(two.a).balance.mine.sessions, 4, "both see the same, each from their side");
    two.ben.doing(|tx| end_pairing(tx, two.b, "", None));
    two.meet();
    assert_eq!(two.ana.pairing(two.a).health, Health::Closed);
    two.are_sound();
}

/// Practice 3: one or two sessions, no rating, ends by itself.
#[test]
fn a_taster_ends_by_itself_and_leaves_nothing_to_do() {
    let two = Two::of_kind(PairingKind::Taster, Lane::Mine);
    assert_eq!((two.ana.pairing(two.a).my_part, two.ben.pairing(two.b).my_part), (Part::Guest, Part::Host));
    for _ in 0..2 {
        let session = two.plan(2);
        two.pass(2);
        two.ben.doing(|tx| hold_session(tx, two.b, session));
        two.meet();
    }
    assert_eq!(two.ana.pairing(two.a).health, Health::Closed);
    let session = two.ana.sessions(two.a)[1].id;
    let notes = open_paper(&two.ana.notebook, Paper::Notes(two.a, session)).unwrap();
    save_paper(&two.ana.notebook, notes.session, "on the day itself one still writes", true).unwrap();
    two.pass(1);
    let more = two.ana.tries(|tx| propose_session(tx, two.a, &case(two.ana.now())));
    assert!(matches!(more, Err(PairingError::Ended)));
    let desk = two.ana.desk();
    assert!(desk.open.is_empty() && desk.closed[0].waits.is_empty() && desk.closed[0].nudges.is_empty());

    // One that nobody came to ends with its day.
    let unmet = Two::of_kind(PairingKind::Taster, Lane::Mine);
    unmet.pass(29);
    assert_eq!(unmet.ana.pairing(unmet.a).health, Health::Closed);
    two.are_sound();
}

/// Practices 1 and 68: what is handed over, its risk, its successors, and readiness that both sign.
#[test]
fn a_handover_is_ready_when_both_say_so() {
    // Ana leaves and Ben takes over: Ben's learning leads.
    let two = Two::of_kind(PairingKind::Handover, Lane::Theirs);
    assert_eq!(
        (two.ana.pairing(two.a).my_part, two.ben.pairing(two.b).my_part),
        (Part::Leaver, Part::Successor)
    );
    let new = |name: &str, risk, rarity| NewResponsibility {
        name: name.into(),
        risk,
        rarity,
        successors: vec!["Ben".into(), "Ben".into(), " ".into()],
        decision: Some(HandoverDecision::Transfer),
        ..NewResponsibility::default()
    };
    let small = two.ana.doing(|tx| add_responsibility(tx, two.a, &new("the coffee list", 1, 2)));
    let large = two.ana.doing(|tx| add_responsibility(tx, two.a, &new("the payroll run", 5, 5)));
    two.meet();
    let list = || two.ben.notebook.read(|reader| list_responsibilities(reader, two.b)).unwrap();
    assert_eq!(
        list().iter().map(|one| one.id).collect::<Vec<_>>(),
        [large, small],
        "the worst to lose first"
    );
    assert_eq!(list()[0].successors, ["Ben"]);
    assert_eq!(coverage(&list()), (2, 2), "nobody else can do either");

    two.ben.doing(|tx| sign_readiness(tx, two.b, large, Readiness::Alone, Who::Me));
    two.meet();
    assert_eq!(list()[0].ready, None, "one signature is not enough");
    let for_ben = two.ana.tries(|tx| sign_readiness(tx, two.a, large, Readiness::Alone, Who::Other));
    assert!(matches!(for_ben, Err(PairingError::NotYours)));
    for step in [Readiness::Shadowed, Readiness::WithHelp, Readiness::Alone] {
        two.ana.doing(|tx| sign_readiness(tx, two.a, large, step, Who::Me));
    }
    two.meet();
    assert_eq!(list()[0].ready, Some(Readiness::Alone));
    let stop = NewResponsibility { decision: Some(HandoverDecision::Stop), ..new("the coffee list", 1, 2) };
    two.ana.doing(|tx| change_responsibility(tx, two.a, small, &stop));
    two.meet();
    assert_eq!(coverage(&list()), (2, 0));
    two.are_sound();
}
