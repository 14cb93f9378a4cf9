//! The rules of a circle the slow and obvious way, to hold the quick one to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::cases;
use super::histories::{Dice, attack, person, steps, tell};
use crate::spaces::membership::{AccountId, Act, MemberOp, OpId, Resolver, Role, SpaceKind};

type Path = Vec<(usize, OpId)>;

#[derive(Clone, Default)]
struct Slow {
    roles: BTreeMap<AccountId, Role>,
    paths: BTreeMap<AccountId, Path>,
    begun: bool,
    exits: Vec<(AccountId, OpId)>,
    losses: Vec<(AccountId, OpId)>,
    done: BTreeSet<OpId>,
}

struct Book {
    ops: BTreeMap<OpId, MemberOp>,
    pasts: BTreeMap<OpId, BTreeSet<OpId>>,
    depths: BTreeMap<OpId, usize>,
    known: std::cell::RefCell<BTreeMap<BTreeSet<OpId>, Slow>>,
}

impl Book {
    fn new(ops: &[MemberOp]) -> Self {
        let (mut pasts, mut depths) =
            (BTreeMap::<OpId, BTreeSet<OpId>>::new(), BTreeMap::<OpId, usize>::new());
        for op in ops {
            let mut past: BTreeSet<OpId> = op.parents.iter().copied().collect();
            op.parents.iter().for_each(|parent| past.extend(pasts[parent].iter().copied()));
            let depth = op.parents.iter().map(|parent| depths[parent] + 1).max().unwrap_or(1);
            pasts.insert(op.id, past);
            depths.insert(op.id, depth);
        }
        Self {
            ops: ops.iter().map(|op| (op.id, op.clone())).collect(),
            pasts,
            depths,
            known: Default::default(),
        }
    }

    fn full(&self, set: &BTreeSet<OpId>) -> Slow {
        if let Some(known) = self.known.borrow().get(set) {
            return known.clone();
        }
        let mut slow = Slow::default();
        self.process(set, &mut slow);
        self.known.borrow_mut().insert(set.clone(), slow.clone());
        slow
    }

    fn process(&self, set: &BTreeSet<OpId>, slow: &mut Slow) {
        let mut weighty: Vec<&MemberOp> = set.iter().map(|id| &self.ops[id]).collect();
        weighty.retain(|op| match op.act {
            Act::Add { role, .. } => role >= Role::Facilitator,
            Act::Remove { .. } | Act::Promote { .. } | Act::Demote { .. } | Act::Leave => true,
            _ => false,
        });
        weighty.sort_by_cached_key(|op| {
            let before = self.full(&self.pasts[&op.id]);
            let path = before.paths.get(&op.author).cloned();
            let role = Reverse(before.roles.get(&op.author).copied());
            (role, path.is_none(), path, op.act != Act::Leave, self.depths[&op.id], op.id)
        });
        for op in weighty {
            if slow.done.contains(&op.id) {
                continue;
            }
            let past = &self.pasts[&op.id];
            let lost = slow.losses.iter().any(|(who, loss)| *who == op.author && !past.contains(loss));
            if lost || !may(op, &self.full(past)) {
                slow.done.insert(op.id);
                continue;
            }
            self.process(&past.difference(&slow.done.clone()).copied().collect(), slow);
            self.apply(op, slow);
        }
        let mut rest: Vec<OpId> = set.difference(&slow.done).copied().collect();
        rest.sort_by_key(|id| (self.depths[id], *id));
        rest.iter().for_each(|id| self.apply(&self.ops[id], slow));
    }

    fn apply(&self, op: &MemberOp, slow: &mut Slow) {
        slow.done.insert(op.id);
        let past = &self.pasts[&op.id];
        let before = self.full(past);
        if !may(op, &before) || !may(op, slow) {
            return;
        }
        let unseen = |list: &[(AccountId, OpId)], who: &AccountId| {
            list.iter().any(|(of, id)| of == who && !past.contains(id))
        };
        let gains = matches!(op.act, Act::Add { .. } | Act::Promote { .. });
        if gains && unseen(&slow.exits, op.act.subject().unwrap()) || unseen(&slow.losses, &op.author) {
            return;
        }
        let subject = *op.act.subject().unwrap_or(&op.author);
        if op.act.takes_away() {
            slow.losses.push((subject, op.id));
        }
        match op.act {
            Act::Found { .. } => {
                slow.begun = true;
                slow.roles.insert(op.author, Role::Owner);
                slow.paths.insert(op.author, Vec::new());
            }
            Act::Add { role, .. } => {
                let mut path = before.paths[&op.author].clone();
                path.push((self.depths[&op.id], op.id));
                slow.paths.entry(subject).or_insert(path);
                let entry = slow.roles.entry(subject).or_insert(role);
                *entry = role.max(*entry);
            }
            Act::Promote { role, .. } | Act::Demote { role, .. } => {
                slow.roles.insert(subject, role);
            }
            Act::Remove { .. } | Act::Leave => {
                slow.exits.push((subject, op.id));
                slow.roles.remove(&subject);
            }
            Act::Consent { .. } => {}
        }
    }
}

fn may(op: &MemberOp, slow: &Slow) -> bool {
    if matches!(op.act, Act::Found { .. }) {
        return !slow.begun;
    }
    let Some(own) = slow.roles.get(&op.author).copied() else { return false };
    if op.act == Act::Leave {
        return true;
    }
    let Some(subject) = op.act.subject().filter(|subject| **subject != op.author) else { return false };
    let other = slow.roles.get(subject).copied();
    let senior = slow.paths.get(&op.author) < slow.paths.get(subject);
    let outranks = own >= Role::Facilitator && (own > other.unwrap_or(Role::Owner))
        || own == Role::Owner && (other < Some(Role::Owner) || senior);
    match op.act {
        Act::Add { role, .. } => own == Role::Owner || own == Role::Facilitator && role < Role::Facilitator,
        Act::Remove { .. } => other.is_some() && outranks,
        Act::Demote { role, .. } => other.is_some_and(|other| role < other) && outranks,
        Act::Promote { role, .. } => {
            own == Role::Owner && role < Role::Owner && other.is_some_and(|other| role > other)
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(cases(600))]
    #[test]
    fn the_quick_way_gives_what_the_slow_way_gives(steps in steps(40), seed: u64) {
        let mut ops = tell(SpaceKind::Circle, &steps).ops;
        let mut dice = Dice::new(seed);
        ops.extend(attack(&mut dice, &ops.clone(), &[person(1), person(2), person(9)], 6));
        let book = Book::new(&ops);
        let slow = book.full(&ops.iter().map(|op| op.id).collect());
        let quick: BTreeMap<AccountId, Role> =
            Resolver::new(&ops).now().members.into_iter().map(|(who, member)| (who, member.role)).collect();
        prop_assert_eq!(quick, slow.roles);
    }
}
