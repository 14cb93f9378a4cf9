//! Properties of commit and reveal: nobody learns an answer early, nobody changes theirs late, nobody speaks for another.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::core::*;

/// Is one of those who are asked: what their devices have seen, and what lies in their journal.
#[derive(Clone, Default)]
struct Device {
    seen: BTreeSet<Said>,
}

/// What a device keeps shut: random bytes and an answer.
type Secrets = BTreeSet<([u8; 32], Vec<u8>)>;

struct World {
    terms: Terms,
    people: Vec<Account>,
    /// Two devices for each, which share a journal with a delay.
    devices: Vec<[Device; 2]>,
    secrets: Vec<[Secrets; 2]>,
    /// Everything that anybody who carries records has seen.
    carried: BTreeSet<Said>,
    /// Reveals that were made while some commitment was not here.
    early: u32,
}

fn world(count: u8) -> World {
    let people: Vec<Account> = (1..=count).map(|number| [number; 32]).collect();
    let terms =
        Terms { space: [9; 16], matter: b"midpoint".to_vec(), asked: people.iter().copied().collect() };
    let devices = people.iter().map(|_| [Device::default(), Device::default()]).collect();
    let secrets = people.iter().map(|_| [BTreeSet::new(), BTreeSet::new()]).collect();
    World { terms, people, devices, secrets, carried: BTreeSet::new(), early: 0 }
}

impl World {
    fn say(&mut self, who: usize, device: usize, act: Act) {
        let said = Said { by: self.people[who], act };
        self.devices[who][device].seen.insert(said.clone());
        self.carried.insert(said);
    }

    fn commit(&mut self, who: usize, device: usize, nonce: [u8; 32], answer: &[u8]) {
        self.secrets[who][device].insert((nonce, answer.to_vec()));
        let commitment = self.terms.commitment(&self.people[who], &nonce, answer);
        self.say(who, device, Act::Commit { commitment, at_ms: 1_000 + who as i64 });
    }

    fn reveal(&mut self, who: usize, device: usize) {
        let seen = &self.devices[who][device].seen;
        let act = self.terms.reveal(&self.people[who], &self.secrets[who][device], seen);
        if let Some(act) = act {
            let committed: BTreeSet<Account> = seen
                .iter()
                .filter(|said| matches!(said.act, Act::Commit { .. }))
                .map(|said| said.by)
                .collect();
            self.early += u32::from(committed != self.terms.asked);
            self.say(who, device, act);
        }
    }

    fn meet(&mut self, one: (usize, usize), other: (usize, usize)) {
        let both: BTreeSet<Said> =
            self.devices[one.0][one.1].seen.union(&self.devices[other.0][other.1].seen).cloned().collect();
        self.devices[one.0][one.1].seen.clone_from(&both);
        self.devices[other.0][other.1].seen = both;
    }

    fn share_journal(&mut self, who: usize) {
        let both: BTreeSet<_> = self.secrets[who][0].union(&self.secrets[who][1]).cloned().collect();
        self.secrets[who] = [both.clone(), both];
    }
}

fn answer_of(who: usize, device: usize) -> Vec<u8> {
    format!("the answer of {who} from {device}").into_bytes()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Practice 84: sealed and revealed together, whatever the order of what happens.
    #[test]
    fn no_answer_is_in_anything_that_travels_before_all_have_committed(
        count in 2..4u8,
        steps in proptest::collection::vec((0..5u8, 0..4usize, 0..2usize, 0..4usize, 0..2usize, any::<[u8; 32]>()), 0..60),
    ) {
        let mut world = world(count);
        let people = world.people.len();
        for (kind, who, device, other, its, nonce) in steps {
            let (who, other) = (who % people, other % people);
            match kind {
                0 => world.commit(who, device, nonce, &answer_of(who, device)),
                1 => world.reveal(who, device),
                2 => world.share_journal(who),
                _ => world.meet((who, device), (other, its)),
            }
            let revealed = world.carried.iter().any(|said| matches!(said.act, Act::Reveal { .. }));
            let committed: BTreeSet<Account> = world.carried.iter()
                .filter(|said| matches!(said.act, Act::Commit { .. })).map(|said| said.by).collect();
            prop_assert!(!revealed || committed == world.terms.asked);
        }
        prop_assert_eq!(world.early, 0);
        // In the end everyone meets, and every answer is there, once, the same for all.
        for who in 0..people { if world.secrets[who].iter().all(BTreeSet::is_empty) {
            world.commit(who, 0, [7; 32], &answer_of(who, 0));
        } }
        for _ in 0..3 {
            for who in 0..people {
                world.share_journal(who);
                for device in 0..2 { for other in 0..people { for its in 0..2 { world.meet((who, device), (other, its)); } } }
                for device in 0..2 { world.reveal(who, device); }
            }
        }
        let standings = world.terms.standings(&world.carried);
        for (who, account) in world.people.iter().enumerate() {
            let Standing::Revealed { answer } = &standings[account] else {
                return Err(TestCaseError::fail(format!("{:?}", standings[account])));
            };
            prop_assert!([answer_of(who, 0), answer_of(who, 1)].contains(answer));
        }
    }

    #[test]
    fn what_follows_is_the_same_in_any_order_and_any_part_twice(
        order in Just((0..5usize).collect::<Vec<_>>()).prop_shuffle(), doubled in 0..5usize,
    ) {
        let mut world = world(2);
        world.commit(0, 0, [1; 32], b"yes");
        world.commit(0, 1, [2; 32], b"no");
        world.commit(1, 0, [3; 32], b"maybe");
        world.meet((0, 0), (1, 0));
        world.reveal(1, 0);
        world.meet((0, 0), (1, 0));
        world.reveal(0, 0);
        let all: Vec<Said> = world.carried.iter().cloned().collect();
        prop_assert_eq!(all.len(), 5);
        let mut taken = BTreeSet::new();
        for at in order.iter().chain([&doubled]) {
            taken.insert(all[*at].clone());
        }
        prop_assert_eq!(world.terms.standings(&taken), world.terms.standings(&world.carried));
    }

    #[test]
    fn guessing_an_answer_says_nothing_without_its_random_bytes(answer in 1..6u8, one: [u8; 32], other: [u8; 32]) {
        prop_assume!(one != other);
        let terms = world(2).terms;
        let sealed = terms.commitment(&[1; 32], &one, &[answer]);
        for guess in 1..6u8 {
            prop_assert_ne!(terms.commitment(&[1; 32], &other, &[guess]), sealed);
            prop_assert_ne!(terms.commitment(&[1; 32], &[0; 32], &[guess]), sealed);
        }
    }
}

#[test]
fn whoever_takes_over_the_commitment_of_another_cannot_open_it() {
    let mut world = world(2);
    world.commit(0, 0, [1; 32], b"what I saw");
    let copied = world.terms.commitment(&world.people[0], &[1; 32], b"what I saw");
    world.say(1, 0, Act::Commit { commitment: copied, at_ms: 5 });
    world.meet((0, 0), (1, 0));
    world.reveal(0, 0);
    world.say(1, 0, Act::Reveal { nonce: [1; 32], answer: b"what I saw".to_vec(), seen: BTreeMap::new() });
    let standings = world.terms.standings(&world.carried);
    assert_eq!(standings[&world.people[1]], Standing::False);
    assert!(matches!(standings[&world.people[0]], Standing::Revealed { .. }));
}

#[test]
fn an_answer_that_stays_away_and_one_that_does_not_fit_are_seen() {
    let mut world = world(2);
    world.commit(0, 0, [1; 32], b"mine");
    world.commit(1, 0, [2; 32], b"theirs");
    let (me, other) = (world.people[0], world.people[1]);
    assert_eq!(world.terms.standings(&world.carried)[&other], Standing::Withheld { since_ms: 1_001 });
    world.meet((0, 0), (1, 0));
    world.reveal(0, 0);
    world.say(
        1,
        0,
        Act::Reveal { nonce: [2; 32], answer: b"something nicer".to_vec(), seen: BTreeMap::new() },
    );
    let standings = world.terms.standings(&world.carried);
    assert_eq!(standings[&other], Standing::False);
    assert_eq!(standings[&me], Standing::Revealed { answer: b"mine".to_vec() });
}

#[test]
fn after_reading_the_other_nobody_comes_with_another_answer() {
    let mut world = world(2);
    world.commit(0, 0, [1; 32], b"mine");
    world.commit(1, 0, [2; 32], b"honest");
    world.meet((0, 0), (1, 0));
    world.reveal(0, 0);
    // The other reads it, commits to something else with the least hash that can be found, dated back, and opens that.
    let mut nonce = [0; 32];
    let before = world.terms.commitment(&world.people[1], &[2; 32], b"honest");
    let later = (0..=u8::MAX).find_map(|number| {
        nonce[0] = number;
        let commitment = world.terms.commitment(&world.people[1], &nonce, b"flattering");
        (commitment < before).then_some(commitment)
    });
    let commitment = later.expect("one of so many is less");
    world.say(1, 0, Act::Commit { commitment, at_ms: 0 });
    world.say(1, 0, Act::Reveal { nonce, answer: b"flattering".to_vec(), seen: BTreeMap::new() });
    let standings = world.terms.standings(&world.carried);
    assert!(matches!(standings[&world.people[1]], Standing::Withheld { .. }), "{standings:?}");
}

#[test]
fn a_skip_keeps_all_answers_sealed_and_whoever_committed_cannot_skip_out_of_it() {
    let mut world = world(2);
    world.commit(0, 0, [1; 32], b"mine");
    world.say(1, 0, Act::Skip);
    world.meet((0, 0), (1, 0));
    world.reveal(0, 0);
    let standings = world.terms.standings(&world.carried);
    assert_eq!(standings[&world.people[0]], Standing::Committed);
    assert_eq!(standings[&world.people[1]], Standing::Skipped);
    world.commit(1, 0, [2; 32], b"after all");
    world.meet((0, 0), (1, 0));
    world.reveal(0, 0);
    world.say(1, 0, Act::Skip);
    assert!(matches!(world.terms.standings(&world.carried)[&world.people[1]], Standing::Withheld { .. }));
}

#[test]
fn nobody_who_is_not_asked_has_a_say() {
    let mut world = world(2);
    world.commit(0, 0, [1; 32], b"mine");
    let stranger = [200; 32];
    let commitment = world.terms.commitment(&stranger, &[3; 32], b"x");
    world.carried.insert(Said { by: stranger, act: Act::Commit { commitment, at_ms: 1 } });
    let standings = world.terms.standings(&world.carried);
    assert_eq!(standings.len(), 2);
    assert_eq!(standings[&world.people[1]], Standing::Waiting);
}
