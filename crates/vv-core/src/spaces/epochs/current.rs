//! Which epoch is written in, and when a new one is due.

use std::collections::BTreeSet;

use super::audit::{Audit, audit};
use super::holders::{Holder, holders, may_write_content, member_set};
use super::log::{EpochLog, EpochRecord};
use super::ring::KeyRing;
use crate::identity::record::{EpochOp, account_tag};
use crate::spaces::membership::{AccountId, Resolver};

/// How long an epoch is written in.
const LIFE_MS: u64 = 30 * 24 * 60 * 60 * 1000;

/// Says how one may write in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Writing {
    /// In this epoch.
    In([u8; 32]),
    /// After making a new epoch that follows these: the members changed, a device was revoked, or it is a month old.
    AfterMinting {
        /// The epochs it follows.
        parents: Vec<[u8; 32]>,
    },
    /// When somebody who may has made new keys.
    Waiting,
    /// Not at all: one is no member, or the space is frozen.
    Closed,
}

/// Works out how one may write, who holds some keys and knows the newest generation of everybody's account key.
pub(crate) fn writing(
    space: &[u8; 16],
    me: &AccountId,
    log: &EpochLog,
    resolver: &Resolver,
    ring: &KeyRing,
    generation_of: impl Fn(&AccountId) -> u32,
    now_ms: u64,
) -> Writing {
    let now = resolver.now();
    let (Some(kind), Some(role), false) = (now.kind, now.role(me), now.frozen) else {
        return Writing::Closed;
    };
    let wanted = holders(&now, generation_of);
    let set = member_set(kind, &wanted);
    let sound: Vec<&EpochRecord> =
        log.epochs().filter(|record| audit(space, kind, record, log, resolver) == Audit::Sound).collect();
    let followed: BTreeSet<[u8; 32]> =
        sound.iter().flat_map(|record| record.op.parents.iter().copied()).collect();
    let heads: Vec<&EpochRecord> =
        sound.into_iter().filter(|record| !followed.contains(&record.op.epoch)).collect();
    let right = heads
        .iter()
        .filter(|record| record.op.member_set == set && is_for(space, &record.op, &wanted))
        // Keys that were wrapped wrongly to oneself are none to write with.
        .filter(|record| ring.grant(&record.op.epoch).is_some())
        .max_by_key(|record| (record.op.height, record.op.epoch));
    let may_mint = may_write_content(role);
    match right {
        // A clock that was set back makes an epoch young, and one from the future makes it old; neither does harm.
        Some(record) if !may_mint || now_ms < record.made_ms.saturating_add(LIFE_MS) => {
            Writing::In(record.op.epoch)
        }
        _ if may_mint => {
            Writing::AfterMinting { parents: heads.iter().map(|record| record.op.epoch).collect() }
        }
        _ => Writing::Waiting,
    }
}

/// Tells whether an epoch is wrapped to the newest keys of just these.
fn is_for(space: &[u8; 16], op: &EpochOp, wanted: &[Holder]) -> bool {
    wanted.iter().all(|holder| {
        let tag = account_tag(space, &holder.account);
        op.wraps.iter().any(|(to, generation, _)| *to == tag && *generation == holder.generation)
    })
}
