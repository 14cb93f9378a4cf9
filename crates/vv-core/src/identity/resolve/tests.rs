//! Who belongs to an account: cases by hand, and histories of replicas that wrote apart, with thieves among them.

use proptest::prelude::*;

use super::*;
use crate::identity::account_op::{AccountRotate, DeviceAdd, DeviceRevoke, SecretWrap};
use crate::identity::record::{AccountGenesis, EncRotate};

const ROOT: [u8; 32] = [200; 32];
const RECOVERY: [u8; 32] = [201; 32];

type Ops = BTreeMap<OpHash, SignedOp>;

fn sign(device: u8) -> [u8; 32] {
    [device; 32]
}

fn open(device: u8) -> [u8; 32] {
    let mut key = [device; 32];
    key[0] = 255;
    key
}

fn secret(name: &OpHash) -> [u8; 32] {
    let mut public = *name;
    public[31] ^= 1;
    public
}

/// Names an operation by what it says, as a hash would.
fn name_of(signer: &[u8; 32], op: &AccountOp) -> OpHash {
    vv_protocol::hash("test-op/v1", &[signer, format!("{op:?}").as_bytes()])
}

fn put(ops: &mut Ops, signer: [u8; 32], op: AccountOp) -> OpHash {
    let name = name_of(&signer, &op);
    ops.insert(name, SignedOp { signer, op });
    name
}

fn rotation(generation: u32, to: &[[u8; 32]], seed: u64) -> Rotation {
    let public = secret(&vv_protocol::hash("test-secret/v1", &[&seed.to_le_bytes()]));
    let wraps = to.iter().map(|to| (*to, Vec::new())).collect();
    Rotation { generation, public, wraps, back: Vec::new() }
}

/// The account with its first device, number 0.
fn founded() -> Ops {
    let mut ops = Ops::new();
    let genesis = AccountGenesis {
        root: ROOT,
        recovery: RECOVERY,
        device_sig: sign(0),
        device_enc: open(0),
        account_enc: [7; 32],
        nonce: [0; 16],
        made_ms: 0,
    };
    put(&mut ops, ROOT, AccountOp::Genesis(genesis));
    let wraps = vec![(open(0), Vec::new()), (RECOVERY, Vec::new())];
    let first = EncRotate { generation: 0, account_enc: [7; 32], wraps, back: None };
    put(&mut ops, sign(0), AccountOp::First(first));
    ops
}

fn heads(ops: &Ops) -> Vec<OpHash> {
    resolve(ops).unwrap().heads
}

fn add_as(ops: &Ops, device: u8) -> DeviceAdd {
    let newest = resolve(ops).unwrap().keys.pop().unwrap();
    let wrap = SecretWrap { generation: newest.generation, public: newest.public, wrap: Vec::new() };
    DeviceAdd {
        parents: heads(ops),
        sign: sign(device),
        open: open(device),
        proof: [0; 64],
        wraps: vec![wrap],
        made_ms: u64::from(device),
    }
}

fn add(ops: &mut Ops, by: u8, device: u8) -> OpHash {
    let op = AccountOp::Add(add_as(ops, device));
    put(ops, sign(by), op)
}

fn recover(ops: &mut Ops, device: u8) -> OpHash {
    let op = AccountOp::Recover(add_as(ops, device));
    put(ops, ROOT, op)
}

fn revoke(ops: &mut Ops, by: u8, device: u8) -> OpHash {
    let resolved = resolve(ops).unwrap();
    let mut to: Vec<[u8; 32]> =
        resolved.live().filter(|live| live.sign != sign(device)).map(|live| live.open).collect();
    to.push(RECOVERY);
    let generation = resolved.keys.iter().map(|key| key.generation).max().unwrap() + 1;
    let rotation = rotation(generation, &to, ops.len() as u64 * 256 + u64::from(by));
    let parents = resolved.heads;
    let op = DeviceRevoke { parents, device: sign(device), rotation, cuts: Vec::new(), made_ms: 9 };
    put(ops, sign(by), AccountOp::Revoke(op))
}

fn live(ops: &Ops) -> Vec<u8> {
    let mut live: Vec<u8> = resolve(ops).unwrap().live().map(|device| device.sign[0]).collect();
    live.sort_unstable();
    live.dedup();
    live
}

fn joined(a: &Ops, b: &Ops) -> Ops {
    a.clone().into_iter().chain(b.clone()).collect()
}

#[test]
fn devices_add_devices_and_take_them_away_for_good() {
    let mut ops = founded();
    add(&mut ops, 0, 1);
    add(&mut ops, 1, 2);
    assert_eq!(live(&ops), [0, 1, 2]);
    revoke(&mut ops, 2, 1);
    assert_eq!(live(&ops), [0, 2]);
    let resolved = resolve(&ops).unwrap();
    assert!(!resolved.needs_rotation);
    assert_eq!(resolved.keys.last().unwrap().generation, 1);
    add(&mut ops, 0, 1);
    assert_eq!(live(&ops), [0, 2], "the same keys never come back");
    assert!(resolve(&ops).unwrap().needs_rotation, "and whoever has them was given the secret");
}

#[test]
fn of_two_devices_that_revoke_each_other_the_earlier_added_stays() {
    let mut ops = founded();
    add(&mut ops, 0, 1);
    add(&mut ops, 0, 2);
    let (mut here, mut there) = (ops.clone(), ops);
    revoke(&mut here, 1, 2);
    revoke(&mut there, 2, 1);
    assert_eq!((live(&here), live(&there)), (vec![0, 1], vec![0, 2]));
    assert_eq!(live(&joined(&here, &there)), [0, 1]);
}

#[test]
fn a_device_that_the_kit_added_is_senior_to_all() {
    let mut ops = founded();
    add(&mut ops, 0, 1);
    let mut thief = ops.clone();
    recover(&mut ops, 2);
    thief = joined(&thief, &ops);
    revoke(&mut thief, 0, 2);
    assert_eq!(live(&thief), [0, 1]);
    revoke(&mut ops, 2, 0);
    assert_eq!(live(&joined(&thief, &ops)), [1, 2]);
}

#[test]
fn nobody_but_the_root_recovers_and_nobody_but_a_device_adds() {
    let mut ops = founded();
    let op = AccountOp::Recover(add_as(&ops, 5));
    put(&mut ops, sign(0), op);
    let op = AccountOp::Add(add_as(&ops, 6));
    put(&mut ops, sign(9), op);
    assert_eq!(live(&ops), [0]);
}

#[test]
fn an_operation_whose_past_is_missing_waits() {
    let mut ops = founded();
    let first = add(&mut ops, 0, 1);
    add(&mut ops, 1, 2);
    let missing = ops.remove(&first).unwrap();
    assert_eq!(live(&ops), [0]);
    ops.insert(first, missing);
    assert_eq!(live(&ops), [0, 1, 2]);
}

#[test]
fn two_secrets_made_apart_are_followed_by_one_for_exactly_those_who_stay() {
    let mut ops = founded();
    for device in 1..4 {
        add(&mut ops, 0, device);
    }
    let (mut here, mut there) = (ops.clone(), ops);
    revoke(&mut here, 0, 2);
    revoke(&mut there, 1, 3);
    let mut both = joined(&here, &there);
    assert_eq!(live(&both), [0, 1]);
    assert!(resolve(&both).unwrap().needs_rotation, "each of the two has reached somebody who is gone");
    let rotation = rotation(2, &[open(0), open(1), RECOVERY], 77);
    let op = AccountRotate { parents: heads(&both), rotation, made_ms: 1 };
    put(&mut both, sign(1), AccountOp::Rotate(op));
    let resolved = resolve(&both).unwrap();
    assert!(!resolved.needs_rotation);
    assert_eq!(resolved.keys.last().unwrap().generation, 2);
}

#[derive(Debug, Clone)]
enum Act {
    Add(u8),
    Revoke(u8),
    /// Learns what another replica knows.
    Learn(usize),
    Recover,
}

fn act() -> impl Strategy<Value = (usize, u8, Act)> {
    let act = prop_oneof![
        4 => (0..8u8).prop_map(Act::Add),
        2 => (0..8u8).prop_map(Act::Revoke),
        4 => (0..3usize).prop_map(Act::Learn),
        1 => Just(Act::Recover),
    ];
    (0..3usize, 0..8u8, act)
}

/// Lets replicas write apart; each act is done by a device that its replica holds for one of the account.
fn history(acts: &[(usize, u8, Act)]) -> Vec<Ops> {
    let mut replicas = vec![founded(), founded(), founded()];
    let mut recovered = 100;
    for (at, by, act) in acts {
        let known = live(&replicas[*at]);
        let Some(by) = known.get(usize::from(*by) % known.len().max(1)).copied() else { continue };
        match act {
            Act::Add(device) => {
                add(&mut replicas[*at], by, *device);
            }
            Act::Revoke(device) => {
                revoke(&mut replicas[*at], by, *device);
            }
            Act::Learn(from) => replicas[*at] = joined(&replicas[*at], &replicas[*from]),
            Act::Recover => {
                recovered += 1;
                recover(&mut replicas[*at], recovered);
            }
        }
    }
    replicas
}

/// Gives the best place that a device has.
fn place_of(resolved: &Resolved, device: &[u8; 32]) -> usize {
    resolved.devices.iter().position(|known| known.sign == *device).unwrap_or(usize::MAX)
}

/// Gives everything that an operation builds upon.
fn past_of(ops: &Ops, hash: &OpHash) -> Vec<OpHash> {
    let (mut past, mut left) = (Vec::new(), vec![*hash]);
    while let Some(at) = left.pop() {
        for parent in ops.get(&at).map(|signed| signed.op.parents().to_vec()).unwrap_or_default() {
            if !past.contains(&parent) {
                past.push(parent);
                left.push(parent);
            }
        }
    }
    past
}

/// Finds the devices that were taken away by one that is senior to them by what it had seen when it did: one that was added twice is no
/// more than what it had seen of itself.
///
/// Where some addition came to nothing, somebody was senior for a while by way of it, and could say so again: such histories are left
/// to the other test.
fn beaten(ops: &Ops) -> Vec<u8> {
    let resolved = resolve(ops).unwrap();
    let additions = ops.values().filter(|signed| added_by(signed).is_some()).count();
    if additions != resolved.devices.len() {
        return Vec::new();
    }
    let by_senior = resolved.revokes.iter().filter(|(target, hash)| {
        let past = past_of(ops, hash);
        let is_seen = |certificate: &OpHash| {
            past.contains(certificate) || matches!(ops[certificate].op, AccountOp::Genesis(_))
        };
        let by = resolved
            .devices
            .iter()
            .position(|known| known.sign == ops[hash].signer && is_seen(&known.certificate));
        by.is_some_and(|by| by < place_of(&resolved, target))
    });
    by_senior.map(|(target, _)| target[0]).collect()
}

proptest! {
    #![proptest_config(crate::fuzzing::histories(300))]

    #[test]
    fn all_replicas_agree_and_more_news_never_brings_a_beaten_device_back(
        acts in proptest::collection::vec(act(), 1..24),
    ) {
        let replicas = history(&acts);
        let one = joined(&joined(&replicas[0], &replicas[1]), &replicas[2]);
        let other = joined(&joined(&replicas[2], &replicas[1]), &replicas[0]);
        prop_assert_eq!(resolve(&one), resolve(&other));
        // The root alone outranks the first device, so somebody is always left or was taken away by another.
        prop_assert!(resolve(&one).is_some());
    }

    #[test]
    fn what_beaten_devices_and_their_puppets_publish_later_changes_nothing(
        acts in proptest::collection::vec(act(), 4..24),
        attacks in proptest::collection::vec((any::<u8>(), any::<u8>(), 0..8u8, any::<u64>()), 1..10),
    ) {
        let replicas = history(&acts);
        let mut ops = joined(&joined(&replicas[0], &replicas[1]), &replicas[2]);
        let before = resolve(&ops).unwrap();
        let mut attackers = beaten(&ops);
        if attackers.is_empty() {
            return Ok(());
        }
        for (number, (who, what, device, past)) in attacks.into_iter().enumerate() {
            let by = attackers[usize::from(who) % attackers.len()];
            // Any past it likes: back-dated to before it was taken away, or after.
            let names: Vec<OpHash> = ops.keys().copied().collect();
            let mut parents: Vec<OpHash> = names
                .iter()
                .enumerate()
                .filter(|(at, _)| past >> (at % 64) & 1 == 1)
                .map(|(_, name)| *name)
                .collect();
            if parents.is_empty() {
                parents = heads(&ops);
            }
            let puppet = 150 + number as u8;
            let op = if what % 2 == 0 {
                attackers.push(puppet);
                AccountOp::Add(DeviceAdd { parents, ..add_as(&ops, puppet) })
            } else {
                let rotation = rotation(1_000, &[open(by)], past);
                AccountOp::Revoke(DeviceRevoke { parents, device: sign(device), rotation, cuts: Vec::new(), made_ms: 1 })
            };
            put(&mut ops, sign(by), op);
        }
        let after = resolve(&ops).unwrap();
        prop_assert_eq!(before.devices, after.devices);
        prop_assert_eq!(before.keys, after.keys);
    }
}
