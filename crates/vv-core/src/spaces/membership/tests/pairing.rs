//! What holds of every history of a pairing, however its two people lie to each other.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::cases;
use super::histories::{Dice, attack, person, sign, steps, tell};
use crate::spaces::membership::{AccountId, Act, History, MemberOp, Membership, Resolver, Role, SpaceKind};

fn peers(now: &Membership) -> BTreeSet<AccountId> {
    now.members.iter().filter(|(_, member)| member.role == Role::Owner).map(|(who, _)| *who).collect()
}

/// Begins a pairing of persons 0 and 1.
fn two() -> Vec<MemberOp> {
    let genesis = sign(Vec::new(), person(0), Act::Found { kind: SpaceKind::Pairing });
    let act = Act::Add { subject: person(1), role: Role::Owner, history: History::FromJoin };
    let add = sign(vec![genesis.id], person(0), act);
    vec![genesis, add]
}

/// Checks that both signed for every facilitator that is in.
fn check_facilitators(ops: &[MemberOp], now: &Membership) -> Result<(), TestCaseError> {
    for (who, member) in &now.members {
        if member.role == Role::Owner {
            continue;
        }
        prop_assert_eq!(member.role, Role::Facilitator);
        let consent = ops.iter().find(|op| op.id == member.since).unwrap();
        let Act::Consent { add } = &consent.act else { panic!("a facilitator came without a consent") };
        let add = ops.iter().find(|op| op.id == *add).unwrap();
        prop_assert_eq!(add.act.subject(), Some(who));
        prop_assert_ne!(add.author, consent.author);
        let resolver = Resolver::new(ops);
        for signed in [add, consent] {
            prop_assert_eq!(resolver.before(&signed.id).role(&signed.author), Some(Role::Owner));
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn there_are_never_more_than_two_who_write_and_no_facilitator_without_both(steps in steps(40), seed: u64) {
        let mut ops = tell(SpaceKind::Pairing, &steps).ops;
        let everybody: Vec<AccountId> = (0..6).map(person).collect();
        ops.extend(attack(&mut Dice::new(seed), &ops.clone(), &everybody, 10));
        let resolver = Resolver::new(&ops);
        // At every point anybody may have stood at, and at the end.
        let points = ops.iter().filter_map(|op| resolver.at(&[op.id])).chain([resolver.now()]);
        for now in points {
            prop_assert!(now.frozen || peers(&now).len() <= 2);
            check_facilitators(&ops, &now)?;
        }
    }

    #[test]
    fn neither_takes_the_other_out_whatever_they_sign_and_however_they_date_it(
        liar in 0u8..2,
        seed: u64,
    ) {
        let mut ops = two();
        propose(&mut ops, 1 - liar, 2);
        ops.extend(attack(&mut Dice::new(seed), &ops.clone(), &[person(liar), person(77), person(78)], 12));
        prop_assert!(Resolver::new(&ops).now().role(&person(1 - liar)) == Some(Role::Owner));
    }

    #[test]
    fn nobody_gets_in_beside_two_peers_without_the_word_of_the_honest_one(liar in 0u8..2, seed: u64) {
        let mut ops = two();
        ops.extend(attack(&mut Dice::new(seed), &ops.clone(), &[person(liar), person(77), person(78)], 14));
        let now = Resolver::new(&ops).now();
        prop_assert!(now.frozen || now.members.keys().all(|who| [person(0), person(1)].contains(who)));
    }
}

fn propose(ops: &mut Vec<MemberOp>, author: u8, subject: u8) -> MemberOp {
    let act = Act::Add { subject: person(subject), role: Role::Facilitator, history: History::FromJoin };
    next(ops, author, act)
}

fn next(ops: &mut Vec<MemberOp>, author: u8, act: Act) -> MemberOp {
    let op = sign(Resolver::new(ops).now().heads, person(author), act);
    ops.push(op.clone());
    op
}

#[test]
fn a_facilitator_comes_when_the_other_agrees_and_not_before() {
    let mut ops = two();
    let add = propose(&mut ops, 0, 2);
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), None);
    assert_eq!(Resolver::new(&ops).proposals(), [(add.id, person(0), person(2))]);
    next(&mut ops, 0, Act::Consent { add: add.id });
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), None, "one person is not two");
    next(&mut ops, 1, Act::Consent { add: add.id });
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), Some(Role::Facilitator));
    assert_eq!(Resolver::new(&ops).proposals(), []);
}

#[test]
fn what_somebody_proposed_before_they_belonged_is_no_proposal() {
    let genesis = two().remove(0);
    let facilitator = Act::Add { subject: person(2), role: Role::Facilitator, history: History::FromJoin };
    let early = sign(vec![genesis.id], person(1), facilitator);
    let act = Act::Add { subject: person(1), role: Role::Owner, history: History::FromJoin };
    let add = sign(vec![early.id], person(0), act);
    let consent = sign(vec![add.id], person(0), Act::Consent { add: early.id });
    let now = Resolver::new(&[genesis, early, add, consent]).now();
    assert_eq!(now.role(&person(1)), Some(Role::Owner));
    assert_eq!(now.role(&person(2)), None, "only one of the two has proposed or agreed as a peer");
}

#[test]
fn an_old_word_does_not_bring_a_facilitator_back_who_was_removed() {
    let mut ops = two();
    let add = propose(&mut ops, 0, 2);
    next(&mut ops, 1, Act::Consent { add: add.id });
    next(&mut ops, 0, Act::Remove { subject: person(2) });
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), None);
    next(&mut ops, 1, Act::Consent { add: add.id });
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), None);
    let again = propose(&mut ops, 1, 2);
    next(&mut ops, 0, Act::Consent { add: again.id });
    assert_eq!(Resolver::new(&ops).now().role(&person(2)), Some(Role::Facilitator));
}

#[test]
fn either_of_two_ends_a_proposal_and_another_one_is_needed_then() {
    for who in [0, 1] {
        let mut ops = two();
        let add = propose(&mut ops, 0, 2);
        next(&mut ops, who, Act::Remove { subject: person(2) });
        assert_eq!(Resolver::new(&ops).proposals(), []);
        next(&mut ops, 1, Act::Consent { add: add.id });
        assert_eq!(Resolver::new(&ops).now().role(&person(2)), None);
        let again = propose(&mut ops, 0, 2);
        next(&mut ops, 1, Act::Consent { add: again.id });
        assert_eq!(Resolver::new(&ops).now().role(&person(2)), Some(Role::Facilitator));
    }
}

#[test]
fn a_peer_who_leaves_freezes_the_pairing_and_the_other_stays() {
    let mut ops = two();
    next(&mut ops, 0, Act::Leave);
    let resolver = Resolver::new(&ops);
    assert!(resolver.now().frozen);
    assert_eq!(peers(&resolver.now()), BTreeSet::from([person(1)]));
    for act in [
        Act::Add { subject: person(3), role: Role::Owner, history: History::Full },
        Act::Add { subject: person(3), role: Role::Facilitator, history: History::Full },
    ] {
        assert!(!resolver.would_allow(&person(1), &act));
    }
}

#[test]
fn a_founder_who_gives_one_seat_to_two_freezes_the_pairing_and_removes_nobody() {
    let mut ops = two();
    let act = Act::Add { subject: person(2), role: Role::Owner, history: History::Full };
    ops.push(sign(vec![ops[0].id], person(0), act));
    let now = Resolver::new(&ops).now();
    assert!(now.frozen);
    assert_eq!(now.role(&person(1)), Some(Role::Owner));
}
