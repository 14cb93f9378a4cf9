//! A pairing that somebody tracks alone, and the way from there to two.

use super::two::*;
use crate::ids::PairingId;
use crate::pairings::*;
use crate::spaces::tests::people::*;

fn begin(person: &Person, name: &str) -> PairingId {
    let new = NewPairing { name: name.into(), hope: "to see how it is done".into(), ..NewPairing::default() };
    person.doing(|tx| begin_pairing(tx, new))
}

/// Practice 12: a new pairing needs a name and a hope, and nobody's leave. Practice 53: one person, no server.
#[test]
fn a_name_and_a_hope_are_enough_to_begin() {
    let ana = Person::new("Ana", 1);
    let id = begin(&ana, "Ünal Ağa 王");
    let shown = ana.pairing(id);
    assert_eq!((shown.name.as_str(), shown.side.hope.as_str()), ("Ünal Ağa 王", "to see how it is done"));
    assert_eq!((shown.charter.kind, shown.my_part), (PairingKind::Mentoring, Part::Mentee));
    assert_eq!((shown.health, shown.home), (Health::New, Home::Alone(id)));
    assert!(shown.waits.is_empty() && shown.nudges.is_empty() && shown.cards.is_empty());
    assert_eq!(shown.agreement, AgreementState::Drafting);
    ana.has_no_problems();
}

/// Practices 14, 16 and 66: a promise with its small version, and an honest skip.
#[test]
fn alone_one_keeps_sessions_promises_and_goals_of_both() {
    let ana = Person::new("Ana", 1);
    let id = begin(&ana, "Ben");
    let met = ana.doing(|tx| met_without_logging(tx, id, None));
    assert_eq!(ana.pairing(id).health, Health::OnRhythm);
    let mine = ana.doing(|tx| {
        let new = NewPromise {
            due_on: Some(ana.today()),
            if_then: "if Thursday is taken, then ten minutes on Friday".into(),
            small: "one line".into(),
            session: Some(met),
            ..promise(Who::Me, "write it down")
        };
        make_promise(tx, id, &new)
    });
    let theirs = ana.doing(|tx| make_promise(tx, id, &promise(Who::Other, "send the paper")));
    let states: Vec<_> = ana.promises(id).into_iter().map(|one| (one.owner, one.state)).collect();
    assert_eq!(states, [(Who::Me, PromiseState::Open), (Who::Other, PromiseState::Open)]);
    assert_eq!(ana.waits_on_me(id), [WaitsFor::Promise(mine)]);
    let without = ana.tries(|tx| answer_promise(tx, id, mine, PromiseAnswer::Skipped, "", None));
    assert!(matches!(without, Err(PairingError::Unfit(_))), "a skip says why, and that is enough");
    ana.doing(|tx| answer_promise(tx, id, mine, PromiseAnswer::Skipped, "the week was full", None));
    ana.doing(|tx| answer_promise(tx, id, theirs, PromiseAnswer::Done, "", None));
    let settled: Vec<_> = ana.promises(id).into_iter().map(|one| one.state).collect();
    assert_eq!(settled, [PromiseState::Skipped, PromiseState::Done]);

    let goal = ana.doing(|tx| make_pair_goal(tx, id, Lane::Mine, "say no kindly", "no weekend mail"));
    let why = ana.notebook.write(|tx| {
        let wish = crate::goals::NewGoal { wish: "evenings with the children".into(), ..Default::default() };
        crate::goals::make(tx, wish)
    });
    let why = why.unwrap();
    ana.doing(|tx| put_goal_behind(tx, id, goal, Some(why)));
    let goals = ana.notebook.read(|reader| list_pair_goals(reader, id)).unwrap();
    assert_eq!(goals[0].behind, Some(why));
    for more in 0..2 {
        ana.doing(|tx| make_pair_goal(tx, id, Lane::Mine, &format!("goal {more}"), "a sign"));
    }
    let fourth = ana.tries(|tx| make_pair_goal(tx, id, Lane::Mine, "too much", "a sign"));
    assert!(matches!(fourth, Err(PairingError::TooManyGoals)));
    ana.has_no_problems();
}

/// Practice 85.
#[test]
fn no_session_is_planned_without_somebodys_real_case() {
    let ana = Person::new("Ana", 1);
    let id = begin(&ana, "Ben");
    let empty = NewSession { live_case: "  ".into(), ..case(ana.now()) };
    assert!(matches!(ana.tries(|tx| propose_session(tx, id, &empty)), Err(PairingError::NoCase)));
    let session = ana.doing(|tx| propose_session(tx, id, &case(ana.now())));
    assert_eq!(ana.sessions(id)[0].state, SessionState::Agreed, "alone there is nobody to ask");
    let file = ana.notebook.read(|reader| session_calendar(reader, id, session, "With Ben")).unwrap();
    assert!(
        file.contains("SUMMARY:With Ben") && !file.contains("release"),
        "a calendar never holds the case"
    );
    let back = read_calendar(file.as_bytes()).unwrap();
    assert_eq!((back.starts_at.timestamp(), back.minutes), (ana.now().timestamp(), 60));
    assert_eq!(ana.doing(|tx| take_calendar(tx, id, file.as_bytes(), "", None)), session, "it is known");
}

#[test]
fn an_invitation_of_a_calendar_becomes_a_session_and_follows_it() {
    let ana = Person::new("Ana", 1);
    let id = begin(&ana, "Ben");
    let file = |time: &str, status: &str| {
        format!(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:meet-1\r\nSUMMARY:Us\r\n\
             DTSTART:{time}\r\nDURATION:PT45M\r\nSTATUS:{status}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )
    };
    let take = |text: String, case: &str| ana.tries(|tx| take_calendar(tx, id, text.as_bytes(), case, None));
    let first = file("20270104T100000Z", "CONFIRMED");
    assert!(matches!(take(first.clone(), ""), Err(PairingError::NoCase)));
    let session = take(first, "my budget").unwrap();
    let moved = take(file("20270105T100000Z", "CONFIRMED"), "").unwrap();
    assert_eq!(moved, session);
    assert_eq!(ana.sessions(id)[0].starts_at.unwrap().to_rfc3339(), "2027-01-05T10:00:00+00:00");
    take(file("20270105T100000Z", "CANCELLED"), "").unwrap();
    assert_eq!(ana.sessions(id)[0].state, SessionState::Cancelled);
}

#[test]
fn exactly_what_was_chosen_goes_over_and_the_rest_stays_in_the_journal() {
    let new = NewPairing {
        name: "Ben".into(),
        hope: "a secret hope".into(),
        mine_about: "a lane of mine".into(),
        ..NewPairing::default()
    };
    let two = Two::of(new, |ana, id| {
        ana.doing(|tx| {
            change_side(tx, id, &SideChange { why: Some("a private why".into()), ..SideChange::default() })
        });
        let shared = ana.doing(|tx| make_pair_goal(tx, id, Lane::Mine, "the shared goal", "a sign"));
        ana.doing(|tx| make_pair_goal(tx, id, Lane::Mine, "the kept goal", "a sign"));
        let offered = ana.doing(|tx| make_promise(tx, id, &promise(Who::Other, "an offer for Ben")));
        ana.doing(|tx| make_promise(tx, id, &promise(Who::Me, "the kept promise")));
        let chosen = Chosen { goals: vec![shared], promises: vec![offered], ..Chosen::default() };
        let preview = ana.notebook.read(|reader| preview_sharing(reader, id, &chosen)).unwrap();
        assert_eq!(preview.len(), 3, "the charter, a goal and a promise");
        chosen
    });
    let goals = two.ben.notebook.read(|reader| list_pair_goals(reader, two.b)).unwrap();
    assert_eq!(goals.len(), 1);
    assert_eq!((goals[0].what.as_str(), goals[0].lane), ("the shared goal", Lane::Theirs));
    let promises = two.ben.promises(two.b);
    assert_eq!(
        (promises[0].owner, &promises[0].state),
        (Who::Me, &PromiseState::Offered),
        "it is Ben's to take on"
    );
    let shown = two.ben.pairing(two.b);
    assert_eq!(shown.charter.mine_about, "");
    assert_eq!((shown.name.as_str(), shown.my_part), ("Ana", Part::Mentor));
    // Nothing of what stayed is anywhere in what travels.
    let opened = everything_in(&two.ana, two.space);
    for kept in ["a secret hope", "a private why", "the kept goal", "the kept promise", "a lane of mine"] {
        assert!(!contains(&opened, kept.as_bytes()), "{kept}");
    }
    assert!(contains(&opened, b"the shared goal") && contains(&opened, b"an offer for Ben"));
    assert!(!contains(&opened, two.a.as_bytes()), "the side is named nowhere");
    two.are_sound();
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|window| window == part)
}

/// Opens all records of a space and puts what is in them together.
fn everything_in(person: &Person, space: crate::spaces::SpaceId) -> Vec<u8> {
    person
        .notebook
        .read(|reader| {
            let sid = crate::store::log::find_space(reader.sql(), &space.0)?.unwrap();
            let feeds: Vec<i64> = crate::store::log::list_feeds(reader.sql())?
                .into_iter()
                .filter(|feed| feed.sid == sid)
                .map(|feed| feed.fid)
                .collect();
            let mut all = Vec::new();
            for row in crate::store::log::records_after(reader.sql(), 0, 100_000)? {
                if feeds.contains(&row.fid) {
                    let record = vv_protocol::Record::decode(&row.raw).unwrap();
                    let header = &record.header;
                    let key = reader.core().record_key(&header.space, header.stream, &header.epoch)?;
                    let inner = crate::store::seal::open_record(&record, &key)?.inner;
                    all.extend(inner.body);
                }
            }
            Ok::<_, crate::store::StoreError>(all)
        })
        .unwrap()
}

#[test]
fn a_pairing_that_was_never_shared_can_be_deleted_for_good_and_a_shared_one_cannot() {
    let ana = Person::new("Ana", 1);
    let id = begin(&ana, "Ben");
    ana.doing(|tx| met_without_logging(tx, id, None));
    assert!(matches!(ana.tries(|tx| erase_pairing(tx, id)), Err(PairingError::NotInTrash)));
    ana.doing(|tx| trash_pairing(tx, id));
    assert!(ana.desk().open.is_empty());
    ana.doing(|tx| erase_pairing(tx, id));
    assert!(matches!(ana.notebook.read(|reader| get_pairing(reader, id)), Err(PairingError::NoPairing)));
    ana.has_no_problems();

    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana.doing(|tx| trash_pairing(tx, two.a));
    assert!(matches!(two.ana.tries(|tx| erase_pairing(tx, two.a)), Err(PairingError::SharedStays)));
}

/// Practice 57: a hard constraint, looked at again at every edit.
#[test]
fn whoever_is_above_somebody_is_not_paired_with_them_and_a_change_is_seen_at_once() {
    let ana = Person::new("Ana", 1);
    let kim = NewLine {
        person: None,
        account: None,
        name: "Kim  Lee".into(),
        relation: LineRelation::Appraiser,
        since: None,
        until: None,
    };
    ana.doing(|tx| save_line(tx, None, kim.clone()));
    let with_kim = |kind| NewPairing { name: "kim lee".into(), kind: Some(kind), ..NewPairing::default() };
    let mentoring = ana.tries(|tx| begin_pairing(tx, with_kim(PairingKind::Mentoring)));
    assert!(matches!(mentoring, Err(PairingError::InLine(LineRelation::Appraiser))));
    let handover = ana.doing(|tx| begin_pairing(tx, with_kim(PairingKind::Handover)));
    assert_eq!(ana.pairing(handover).line[0].rule, LineRule::Warn, "work is handed over within a line too");

    let with_jo = begin(&ana, "Jo");
    assert!(ana.pairing(with_jo).cards.is_empty());
    let jo = NewLine { name: "Jo".into(), relation: LineRelation::Manager, since: Some(ana.today()), ..kim };
    let (line, touched) = ana.doing(|tx| save_line(tx, None, jo.clone()));
    assert_eq!(touched.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [with_jo]);
    let card = Card::LineChanged { line, relation: LineRelation::Manager, since: Some(ana.today()) };
    assert_eq!(ana.pairing(with_jo).cards, [card]);
    ana.doing(|tx| decide_line(tx, with_jo, line));
    assert!(ana.pairing(with_jo).cards.is_empty(), "who has decided is not asked again");
    let past = NewLine { until: Some(crate::day::before(ana.today(), 1)), ..jo };
    ana.doing(|tx| save_line(tx, Some(line), past));
    assert!(ana.pairing(with_jo).line.is_empty(), "what has ended says nothing");
    ana.has_no_problems();
}

#[test]
fn for_how_many_there_is_room_is_ones_own_to_say() {
    let ana = Person::new("Ana", 1);
    let room = |part| {
        let all = ana.notebook.read(list_room).unwrap();
        all.into_iter().find(|room| room.part == part).map(|room| (room.most, room.taken)).unwrap()
    };
    assert_eq!(room(Part::Mentor), (2, 0));
    let new = NewPairing { name: "Ben".into(), leads: Some(Lane::Theirs), ..NewPairing::default() };
    ana.doing(|tx| begin_pairing(tx, new));
    ana.doing(|tx| set_room(tx, Part::Mentor, Some(3)));
    assert_eq!(room(Part::Mentor), (3, 1));
    assert!(matches!(ana.tries(|tx| set_room(tx, Part::Mentor, Some(4))), Err(PairingError::Unfit(_))));
    ana.doing(|tx| set_room(tx, Part::Mentor, None));
    assert_eq!(room(Part::Mentor), (2, 1));
    ana.has_no_problems();
}
