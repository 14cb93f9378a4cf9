//! Single stories of a circle, and how long a long history takes.

use super::histories::{person, sign};
use crate::spaces::membership::{Act, History, MemberOp, Resolver, Role, SpaceKind};

struct Circle(Vec<MemberOp>);

impl Circle {
    fn new() -> Self {
        Self(vec![sign(Vec::new(), person(0), Act::Found { kind: SpaceKind::Circle })])
    }

    fn then(mut self, author: u8, act: Act) -> Self {
        let heads = Resolver::new(&self.0).now().heads;
        self.0.push(sign(heads, person(author), act));
        self
    }

    /// Has two people act without knowing of each other.
    fn apart(mut self, acts: [(u8, Act); 2]) -> Self {
        let heads = Resolver::new(&self.0).now().heads;
        self.0.extend(acts.map(|(author, act)| sign(heads.clone(), person(author), act)));
        self
    }

    fn role(&self, who: u8) -> Option<Role> {
        Resolver::new(&self.0).now().role(&person(who))
    }
}

fn add(subject: u8, role: Role) -> Act {
    Act::Add { subject: person(subject), role, history: History::FromJoin }
}

fn remove(subject: u8) -> Act {
    Act::Remove { subject: person(subject) }
}

#[test]
fn a_facilitator_brings_in_and_takes_out_members_and_no_facilitators() {
    let circle = Circle::new()
        .then(0, add(1, Role::Facilitator))
        .then(0, add(4, Role::Facilitator))
        .then(1, add(2, Role::Member))
        .then(1, add(3, Role::Facilitator))
        .then(1, remove(4))
        .then(2, add(5, Role::Observer));
    assert_eq!(circle.role(2), Some(Role::Member));
    assert_eq!(circle.role(3), None);
    assert_eq!(circle.role(4), Some(Role::Facilitator));
    assert_eq!(circle.role(5), None);
    assert_eq!(circle.then(1, remove(2)).role(2), None);
}

#[test]
fn two_who_remove_each_other_at_once_are_decided_by_rank() {
    let circle = Circle::new()
        .then(0, add(1, Role::Facilitator))
        .then(1, add(2, Role::Member))
        .apart([(0, remove(1)), (1, remove(2))]);
    assert_eq!(circle.role(1), None);
    assert_eq!(circle.role(2), Some(Role::Member), "what a removed person did meanwhile is void");
}

#[test]
fn a_removal_wins_over_an_addition_made_at_the_same_time() {
    let circle = Circle::new()
        .then(0, add(1, Role::Facilitator))
        .then(0, add(2, Role::Member))
        .apart([(0, remove(2)), (1, add(2, Role::Member))]);
    assert_eq!(circle.role(2), None);
    assert_eq!(circle.then(1, add(2, Role::Member)).role(2), Some(Role::Member));
}

#[test]
fn a_member_leaves_by_their_own_word_alone() {
    let circle = Circle::new().then(0, add(1, Role::Member)).then(0, add(2, Role::Member));
    assert_eq!(circle.then(1, Act::Leave).role(1), None);
}

#[test]
fn a_history_of_five_hundred_operations_resolves_in_a_blink() {
    // Two copies that fork again and again, with facilitators removed and added: the costly kind.
    let mut ops = vec![sign(Vec::new(), person(0), Act::Found { kind: SpaceKind::Circle })];
    let mut heads = vec![ops[0].id];
    for round in 0..100u8 {
        let who = 1 + round % 40;
        let first = sign(heads.clone(), person(0), add(who, Role::Facilitator));
        let other = sign(heads.clone(), person(0), add(100 + round % 40, Role::Member));
        let both = vec![first.id, other.id];
        let third = sign(both.clone(), person(who), add(200, Role::Member));
        let fourth = sign(both, person(0), remove(who));
        let fifth = sign(vec![third.id, fourth.id], person(0), remove(200));
        heads = vec![fifth.id];
        ops.extend([first, other, third, fourth, fifth]);
    }
    let begun = std::time::Instant::now();
    let now = Resolver::new(&ops).now();
    let took = begun.elapsed();
    assert_eq!(now.heads, heads);
    assert!(took.as_secs() < 10, "{} operations took {took:?}", ops.len());
}
