//! Three devices write apart, one of them is taken away, records arrive in any order: whoever stays comes to the same.

use proptest::prelude::*;

use super::convergence::{Act, act, perform};
use super::devices::{Laptop, bring, dump, exchange, raws, take_all};
use super::*;
use crate::devices::{DeviceId, revoke_device};

#[derive(Debug, Clone)]
enum Step {
    Write(usize, Act),
    /// Brings some records of one device to another, in an order of their own.
    Bring(usize, usize, u64),
    /// Takes the third device away, on the first or the second.
    Revoke(usize),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => (0..3usize, act()).prop_map(|(on, act)| Step::Write(on, act)),
        6 => (0..3usize, 0..3usize, any::<u64>()).prop_map(|(from, to, seed)| Step::Bring(from, to, seed)),
        1 => (0..2usize).prop_map(Step::Revoke),
    ]
}

/// Puts things into an order that follows from a number, and leaves some of them out.
fn shuffled(mut raws: Vec<Vec<u8>>, mut seed: u64) -> Vec<Vec<u8>> {
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize
    };
    for at in (1..raws.len()).rev() {
        raws.swap(at, next() % (at + 1));
    }
    let left = next() % (raws.len() + 1);
    raws.truncate(left.max(1));
    raws
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 40, ..ProptestConfig::default() })]

    #[test]
    fn whoever_stays_comes_to_the_same(steps in proptest::collection::vec(step(), 4..40)) {
        let one = Laptop::first();
        let two = Laptop::join(&one.notebook, 2);
        let three = Laptop::join(&one.notebook, 3);
        exchange(&one.notebook, &two.notebook);
        exchange(&one.notebook, &three.notebook);
        let laptops = [&one, &two, &three];
        let mut is_revoked = false;
        for step in &steps {
            match step {
                // What a thief deletes for good is gone where it arrived in time; that is no question of the order.
                Step::Write(2, Act::Erase(_)) => {}
                Step::Write(on, act) => match act {
                    Act::Take(_) => {}
                    Act::Clock(by) => {
                        laptops[*on].profile.host.clock.advance(chrono::TimeDelta::milliseconds(*by));
                    }
                    act => perform(&laptops[*on].notebook, act),
                },
                Step::Bring(from, to, seed) if from != to => {
                    let records = shuffled(raws(&laptops[*from].notebook), *seed);
                    take_all(&laptops[*to].notebook, records);
                }
                Step::Revoke(by) if !is_revoked => {
                    let third: DeviceId = three
                        .notebook
                        .read(|reader| Ok::<_, StoreError>(DeviceId(reader.core().device())))
                        .unwrap();
                    is_revoked = laptops[*by].notebook.write(|tx| revoke_device(tx, third)).is_ok();
                }
                _ => {}
            }
        }
        let all = raws(&three.notebook);
        take_all(&two.notebook, all.into_iter().rev().collect());
        bring(&three.notebook, &one.notebook);
        exchange(&one.notebook, &two.notebook);
        prop_assert_eq!(dump(&one.notebook), dump(&two.notebook));
        for laptop in [&one, &two] {
            prop_assert_eq!(laptop.notebook.verify().unwrap().problems, Vec::<String>::new());
        }
    }
}
