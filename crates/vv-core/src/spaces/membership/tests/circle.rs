//! What holds of every history of a circle, and of every space.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::cases;
use super::histories::{Dice, attack, person, sign, steps, tell};
use crate::spaces::membership::{AccountId, Act, History, MemberOp, OpId, Resolver, Role, SpaceKind};

type Roles = BTreeMap<AccountId, Role>;

fn roles(ops: &[MemberOp]) -> Roles {
    Resolver::new(ops).now().members.into_iter().map(|(who, member)| (who, member.role)).collect()
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_order_in_which_operations_arrive_does_not_matter(
        kind in prop::sample::select(vec![SpaceKind::Journal, SpaceKind::Pairing, SpaceKind::Circle]),
        steps in steps(60),
        seed: u64,
    ) {
        let mut dice = Dice::new(seed);
        let mut ops = tell(kind, &steps).ops;
        ops.extend(attack(&mut dice, &ops.clone(), &[person(1), person(8)], 4));
        let now = Resolver::new(&ops).now();
        for _ in 0..3 {
            dice.shuffle(&mut ops);
            prop_assert_eq!(&Resolver::new(&ops).now(), &now);
            // Some of them are there twice.
            let again = ops[dice.roll(ops.len())].clone();
            let twice: Vec<MemberOp> = ops.iter().cloned().chain([again]).collect();
            prop_assert_eq!(&Resolver::new(&twice).now(), &now);
        }
    }

    #[test]
    fn operations_without_their_past_wait_and_count_when_it_arrives(steps in steps(40), seed: u64) {
        let ops = tell(SpaceKind::Circle, &steps).ops;
        let missing = Dice::new(seed).roll(ops.len());
        let mut partial = ops.clone();
        let late = partial.remove(missing);
        let resolver = Resolver::new(&partial);
        let waiting = resolver.waiting().to_vec();
        prop_assert!(ops.iter().filter(|op| op.parents.contains(&late.id)).all(|op| waiting.contains(&op.id)));
        let known: Vec<MemberOp> = partial.into_iter().filter(|op| !waiting.contains(&op.id)).collect();
        prop_assert_eq!(resolver.now(), Resolver::new(&known).now());
    }

    #[test]
    fn nobody_removes_the_founder_of_a_circle(steps in steps(60)) {
        let ops = tell(SpaceKind::Circle, &steps).ops;
        let left = ops.iter().any(|op| op.author == person(0) && op.act == Act::Leave);
        prop_assert!(left || roles(&ops).get(&person(0)) == Some(&Role::Owner));
    }

    #[test]
    fn a_journal_belongs_to_its_owner_alone(steps in steps(20), seed: u64) {
        let mut ops = tell(SpaceKind::Journal, &steps).ops;
        let everybody: Vec<AccountId> = (0..6).map(person).collect();
        ops.extend(attack(&mut Dice::new(seed), &ops.clone(), &everybody, 30));
        let now = Resolver::new(&ops).now();
        prop_assert_eq!(now.members.keys().collect::<Vec<_>>(), [&person(0)]);
        prop_assert_eq!(now.role(&person(0)), Some(Role::Owner));
        prop_assert!(!now.frozen);
    }
}

/// Is how weighty somebody was at the point at which an operation was made.
fn authority(resolver: &Resolver, who: &AccountId, at: &MemberOp) -> impl Ord + use<> {
    let before = resolver.before(&at.id);
    (std::cmp::Reverse(before.role(who)), resolver.path(who, &before))
}

/// Finds the removals of people who are out for good and never outranked whoever removed them.
fn removals_to_attack(ops: &[MemberOp], base: &Roles) -> Vec<MemberOp> {
    let resolver = Resolver::new(ops);
    let applied = resolver.now().applied;
    let is_for_good = |op: &MemberOp| match op.act {
        Act::Remove { subject } => {
            let comes_back = ops.iter().any(|other| {
                matches!(other.act, Act::Add { subject: who, .. } if who == subject)
                    && resolver.is_seen_by(&op.id, &other.parents)
            });
            let weight = authority(&resolver, &op.author, op);
            let never_above = ops[1..].iter().all(|other| weight < authority(&resolver, &subject, other));
            !base.contains_key(&subject) && !comes_back && never_above
        }
        _ => false,
    };
    ops.iter().filter(|op| applied.contains(&op.id) && is_for_good(op)).cloned().collect()
}

proptest! {
    #![proptest_config(cases(6000))]

    #[test]
    fn whoever_was_removed_changes_nothing_by_what_they_date_back(steps in steps(60), seed: u64) {
        let ops = tell(SpaceKind::Circle, &steps).ops;
        let base = roles(&ops);
        let mut dice = Dice::new(seed);
        let honest = Resolver::new(&ops);
        for removal in removals_to_attack(&ops, &base) {
            let removed = *removal.act.subject().unwrap();
            // They know everything but what came after the removal.
            let known: Vec<MemberOp> = ops
                .iter()
                .filter(|op| op.id != removal.id && !honest.is_seen_by(&removal.id, &op.parents))
                .cloned()
                .collect();
            let puppets = [removed, person(101), person(102)];
            let attack = attack(&mut dice, &known, &puppets, 8);
            let all: Vec<MemberOp> = ops.iter().chain(&attack).cloned().collect();
            let resolver = Resolver::new(&all);
            prop_assert_eq!(&roles(&all), &base);
            // And nothing changes when somebody honest, who has it all, goes on from there.
            let Some(author) = base.iter().find(|(_, role)| **role >= Role::Facilitator) else { continue };
            let act =
                Act::Add { subject: person(200), role: Role::Member, history: History::FromJoin };
            let heads: Vec<OpId> = resolver.now().heads;
            let merged: Vec<MemberOp> = all.into_iter().chain([sign(heads, *author.0, act)]).collect();
            let mut after = roles(&merged);
            prop_assert_eq!(after.remove(&person(200)), Some(Role::Member));
            prop_assert_eq!(&after, &base);
        }
    }
}
