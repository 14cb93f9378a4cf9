//! Awkward people and awkward moments.

use chrono::TimeDelta;

use super::two::*;
use crate::pairings::*;
use crate::spaces::tests::people::*;
use crate::spaces::*;

#[test]
fn an_invitation_is_used_once_and_not_after_its_day() {
    let (ana, ben, cleo) = (Person::new("Ana", 1), Person::new("Ben", 2), Person::new("Cleo", 3));
    let new = NewPairing { name: "Ben".into(), ..NewPairing::default() };
    let id = ana.doing(|tx| begin_pairing(tx, new));
    let space = ana.doing(|tx| share_pairing(tx, id, &Chosen::default(), "Ana"));
    assert!(matches!(
        ana.tries(|tx| share_pairing(tx, id, &Chosen::default(), "Ana")),
        Err(PairingError::AlreadyShared)
    ));
    assert_eq!(ana.pairing(id).waits[0].what, WaitsFor::ToJoin);
    let made = ana.doing(|tx| invite_other(tx, id, Vec::new()));
    // Ben forwards it to Cleo, who asks first; Ana sees another name and other words than she heard from Ben.
    let asked = cleo.notebook.write(|tx| ask_to_join(tx, &made.link(), "Cleo")).unwrap();
    let (_, by_cleo) = ana.notebook.write(|tx| take_request(tx, &asked.sealed, false)).unwrap();
    assert_eq!(ana.space(space).requests[0].name, "Cleo");
    let no = ana.notebook.write(|tx| decline(tx, by_cleo)).unwrap();
    cleo.notebook.write(|tx| take_answer(tx, &no.sealed)).unwrap();
    assert!(cleo.desk().open.is_empty());
    come_in(&ana, &ben, &made);
    meet(&[&ana, &ben], space);
    let late = cleo.notebook.write(|tx| {
        forget_request(tx, space)?;
        ask_to_join(tx, &made.link(), "Cleo")
    });
    let late = late.unwrap();
    let again = ana.notebook.write(|tx| take_request(tx, &late.sealed, false));
    assert!(matches!(again, Err(SpaceError::UsedUp)), "it was for one");

    let id = ana.doing(|tx| begin_pairing(tx, NewPairing { name: "Dan".into(), ..NewPairing::default() }));
    ana.doing(|tx| share_pairing(tx, id, &Chosen::default(), "Ana"));
    let old = ana.doing(|tx| invite_other(tx, id, Vec::new()));
    cleo.profile.host.clock.advance(TimeDelta::days(15));
    let expired = cleo.notebook.write(|tx| ask_to_join(tx, &old.link(), "Cleo"));
    assert!(matches!(expired, Err(SpaceError::Expired)));
    ana.has_no_problems();
}

#[test]
fn when_both_invite_each_other_at_once_one_space_is_kept_and_nothing_is_lost() {
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let begin = |person: &Person, name: &str, goal: &str| {
        let new =
            NewPairing { name: name.into(), kind: Some(PairingKind::Reciprocal), ..NewPairing::default() };
        let id = person.doing(|tx| begin_pairing(tx, new));
        let goal = person.doing(|tx| make_pair_goal(tx, id, Lane::Mine, goal, "a sign"));
        let chosen = Chosen { goals: vec![goal], ..Chosen::default() };
        let space = person.doing(|tx| share_pairing(tx, id, &chosen, &person.name));
        (id, space, person.doing(|tx| invite_other(tx, id, Vec::new())))
    };
    let (a, by_ana, from_ana) = begin(&ana, "Ben", "Ana's goal");
    let (b, by_ben, from_ben) = begin(&ben, "Ana", "Ben's goal");
    ana.profile.host.clock.advance(TimeDelta::hours(2));
    ben.profile.host.clock.advance(TimeDelta::hours(2));
    come_in(&ana, &ben, &from_ana);
    come_in(&ben, &ana, &from_ben);
    for _ in 0..3 {
        for space in [by_ana, by_ben] {
            meet(&[&ana, &ben], space);
        }
        for person in [&ana, &ben] {
            person.doing(keep_up_pairings);
        }
    }
    let kept = by_ana.min(by_ben);
    for (person, id) in [(&ana, a), (&ben, b)] {
        let desk = person.desk();
        assert_eq!(desk.open.len(), 1, "there is one pairing of the two");
        assert_eq!(desk.open[0].id, id, "the one they began themselves");
        let shown = person.pairing(id);
        assert_eq!(shown.home, Home::Shared(kept));
        let goals = person.notebook.read(|reader| list_pair_goals(reader, id)).unwrap();
        let mut lanes: Vec<_> = goals.into_iter().map(|one| (one.what, one.lane)).collect();
        lanes.sort();
        let mine = if person.name == "Ana" { Lane::Mine } else { Lane::Theirs };
        let theirs = if mine == Lane::Mine { Lane::Theirs } else { Lane::Mine };
        assert_eq!(lanes, [("Ana's goal".to_owned(), mine), ("Ben's goal".to_owned(), theirs)]);
    }
    let left = by_ana.max(by_ben);
    assert_eq!(ana.space(left).state, SpaceState::Frozen, "the other is left, and can be read");
    ana.has_no_problems();
    ben.has_no_problems();
}

#[test]
fn one_leaves_while_the_other_writes_and_both_keep_what_they_have() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana.doing(|tx| make_pair_goal(tx, two.a, Lane::Mine, "before", "a sign"));
    two.meet();
    two.ben.notebook.write(|tx| leave_space(tx, two.space)).unwrap();
    two.ana.doing(|tx| make_pair_goal(tx, two.a, Lane::Mine, "meanwhile", "a sign"));
    two.meet();
    let goals =
        |person: &Person, id| person.notebook.read(|reader| list_pair_goals(reader, id)).unwrap().len();
    assert_eq!((goals(&two.ana, two.a), goals(&two.ben, two.b)), (2, 2));
    let shown = two.ana.pairing(two.a);
    assert_eq!(shown.space_state, Some(SpaceState::Frozen));
    assert_eq!(two.ben.pairing(two.b).name, "Ana");
    two.are_sound();
}

#[test]
fn a_clock_a_year_off_makes_no_act_count_twice_or_for_another() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ben.profile.host.clock.advance(TimeDelta::days(365));
    let session = two.ana.doing(|tx| propose_session(tx, two.a, &case(two.ana.now() + TimeDelta::days(2))));
    two.meet();
    two.ben.doing(|tx| accept_session(tx, two.b, session));
    two.ben.doing(|tx| pause(tx, two.b, None));
    two.meet();
    assert_eq!(two.ana.sessions(two.a)[0].state, SessionState::Agreed);
    assert!(two.ana.pairing(two.a).pauses.iter().any(|one| one.by == Who::Other));
    two.ben.profile.host.clock.advance(TimeDelta::days(-365));
    two.ben.doing(|tx| resume(tx, two.b));
    two.meet();
    assert!(
        two.ana.pairing(two.a).pauses.is_empty(),
        "what he says later counts later, whatever his clock said"
    );
    two.ana.doing(|tx| hold_session(tx, two.a, session));
    two.meet();
    assert_eq!(two.ben.sessions(two.b)[0].state, SessionState::Held);
    two.are_sound();
}

#[test]
fn a_space_that_somebody_came_into_has_one_side_on_every_device() {
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let again = two.ben.doing(|tx| pairing_of_space(tx, two.space));
    assert_eq!(again, two.b);
    assert_eq!(two.b, home::side_of_space(&two.space), "it follows from the space alone");
    assert_eq!(two.ben.desk().open.len(), 1);
}

#[test]
fn entries_in_a_pairings_space_reach_no_table_of_the_journal() {
    use crate::store::{Change, Kind, Op, Value};
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    two.ana
        .notebook
        .write(|tx| {
            ready_to_write(tx, two.space)?;
            tx.in_stream(&two.space.0, 1, |tx| {
                for (id, kind) in [([1; 16], Kind::Entry), ([2; 16], Kind::Person), ([3; 16], Kind::Standing)]
                {
                    let ops = vec![
                        Op::Create { kind },
                        Op::Set { field: 1, value: Value::from("a stranger's words") },
                    ];
                    tx.commit(Change { object: id, ops })?;
                }
                Ok::<_, crate::store::StoreError>(())
            })?;
            Ok::<_, SpaceError>(())
        })
        .unwrap();
    two.meet();
    for person in [&two.ana, &two.ben] {
        let count = |table: &str| {
            let text = format!("SELECT count(*) FROM {table}");
            let read = |reader: &crate::store::Reader| {
                Ok::<i64, crate::store::StoreError>(reader.sql().query_row(&text, [], |row| row.get(0))?)
            };
            person.notebook.read(read).unwrap()
        };
        assert_eq!(["entry", "person", "work_line", "search_dirty"].map(count), [0; 4]);
    }
    two.are_sound();
}

/// Two devices of one person are one of the two, and what either does is theirs.
#[test]
fn two_devices_of_one_person_are_one_of_the_two() {
    use crate::store::tests::devices::{Laptop, exchange};
    let two = Two::of_kind(PairingKind::Mentoring, Lane::Mine);
    let Laptop { profile, notebook } = Laptop::join(&two.ana.notebook, 22);
    exchange(&two.ana.notebook, &notebook);
    let other = Person { name: "Ana".into(), profile, notebook };
    let all = [&two.ana, &two.ben, &other];
    meet(&all, two.space);
    other.doing(|tx| pause(tx, two.a, None));
    meet(&all, two.space);
    let pauses = two.ben.pairing(two.b).pauses;
    assert_eq!(pauses.iter().map(|one| one.by).collect::<Vec<_>>(), [Who::Other]);
    two.ana.doing(|tx| resume(tx, two.a));
    meet(&all, two.space);
    assert!(other.pairing(two.a).pauses.is_empty(), "one device takes back what the other said");
    for person in all {
        person.has_no_problems();
    }
}
