//! Random histories: some people, each with a copy of their own, who meet now and then and act on what they know.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::spaces::membership::{AccountId, Act, History, MemberOp, OpId, Resolver, Role, SpaceKind};

/// How many people there are.
pub const PEOPLE: u8 = 6;

/// Names somebody; the first founds the space.
pub fn person(number: u8) -> AccountId {
    [number; 32]
}

/// Draws numbers from a seed.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    pub fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        (1..list.len()).rev().for_each(|at| list.swap(at, self.roll(at + 1)));
    }
}

/// Is one step of a history: somebody perhaps hears from somebody, then acts.
#[derive(Debug, Clone)]
pub struct Step {
    who: u8,
    hears: Option<u8>,
    seed: u64,
}

fn step() -> impl Strategy<Value = Step> {
    (0..PEOPLE, proptest::option::weighted(0.45, 0..PEOPLE), any::<u64>())
        .prop_map(|(who, hears, seed)| Step { who, hears, seed })
}

/// Gives steps of a history.
pub fn steps(at_most: usize) -> impl Strategy<Value = Vec<Step>> {
    prop::collection::vec(step(), at_most / 2..=at_most)
}

/// Signs an operation over others.
pub fn sign(parents: Vec<OpId>, author: AccountId, act: Act) -> MemberOp {
    let mut parts = vec![author.to_vec(), format!("{act:?}").into_bytes()];
    parts.extend(parents.iter().map(|parent| parent.to_vec()));
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    MemberOp { id: vv_protocol::hash("test/v1", &parts), parents, author, act }
}

/// Draws an operation, sensible or not.
pub fn any_act(dice: &mut Dice, among: &[AccountId], known: &[MemberOp]) -> Act {
    let subject = *dice.pick(among);
    let role = *dice.pick(&Role::ALL);
    let history = *dice.pick(&[History::FromJoin, History::Full]);
    match dice.roll(20) {
        0..7 => Act::Add { subject, role, history },
        7..10 => Act::Remove { subject },
        10..13 => Act::Demote { subject, role },
        13..16 => Act::Promote { subject, role },
        16 => Act::Leave,
        _ => Act::Consent { add: dice.pick(known).id },
    }
}

/// Is what came of some steps.
pub struct Told {
    pub ops: Vec<MemberOp>,
}

/// Lets people act as the steps say; each does what is allowed as far as they know.
pub fn tell(kind: SpaceKind, steps: &[Step]) -> Told {
    let mut ops = vec![sign(Vec::new(), person(0), Act::Found { kind })];
    let everybody: Vec<AccountId> = (0..PEOPLE).map(person).collect();
    let mut views: Vec<BTreeSet<usize>> = vec![BTreeSet::from([0]); PEOPLE.into()];
    for Step { who, hears, seed } in steps {
        if let Some(other) = hears {
            let heard = views[usize::from(*other)].clone();
            views[usize::from(*who)].extend(heard);
        }
        let view = &mut views[usize::from(*who)];
        let known: Vec<MemberOp> = view.iter().map(|at| ops[*at].clone()).collect();
        let resolver = Resolver::new(&known);
        let now = resolver.now();
        if now.role(&person(*who)).is_none() {
            continue;
        }
        let mut dice = Dice::new(*seed);
        for _ in 0..25 {
            let act = any_act(&mut dice, &everybody, &known);
            if act == Act::Leave && dice.roll(6) != 0 {
                continue;
            }
            if resolver.would_allow(&person(*who), &act) {
                view.insert(ops.len());
                ops.push(sign(now.heads.clone(), person(*who), act));
                break;
            }
        }
    }
    Told { ops }
}

/// Publishes operations of some people over any parents that they could know, whether allowed or not.
pub fn attack(dice: &mut Dice, known: &[MemberOp], by: &[AccountId], count: usize) -> Vec<MemberOp> {
    let mut known = known.to_vec();
    let everybody: Vec<AccountId> = (0..PEOPLE).map(person).chain(by.iter().copied()).collect();
    let mut made = Vec::new();
    for _ in 0..count {
        let mut parents = vec![dice.pick(&known).id, dice.pick(&known).id];
        parents.dedup();
        let act = any_act(dice, &everybody, &known);
        let op = sign(parents, *dice.pick(by), act);
        known.push(op.clone());
        made.push(op);
    }
    made
}
