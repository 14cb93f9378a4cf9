//! The epochs of a space as its control stream tells of them.

use std::collections::BTreeMap;

use crate::identity::record::{EpochOp, account_tag};
use crate::spaces::control::SharedEpoch;
use crate::spaces::epochs::Access;
use crate::spaces::membership::AccountId;

/// What a wrap is longer than the keys in it, and how long a key with its number is.
const OVERHEAD: usize = vv_crypto::WRAP_OVERHEAD;
const KEY: usize = 33;

/// Is an epoch with what its record says about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EpochRecord {
    /// The epoch.
    pub op: EpochOp,
    /// Who made it.
    pub author: AccountId,
    /// When, as its author's clock said, in milliseconds since 1970.
    pub made_ms: u64,
}

/// Holds every epoch of a space and every key that was given later.
#[derive(Debug, Clone, Default)]
pub(crate) struct EpochLog {
    epochs: BTreeMap<[u8; 32], EpochRecord>,
    shares: BTreeMap<([u8; 32], [u8; 8]), Vec<SharedEpoch>>,
}

impl EpochLog {
    /// Takes in an epoch. Of two with one id, which nobody makes by accident, the one whose bytes are smaller stays.
    pub(crate) fn add(&mut self, record: EpochRecord) {
        match self.epochs.entry(record.op.epoch) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(record);
            }
            std::collections::btree_map::Entry::Occupied(mut kept) => {
                let order = |one: &EpochRecord| (one.op.encode(), one.author, one.made_ms);
                if order(&record) < order(kept.get()) {
                    kept.insert(record);
                }
            }
        }
    }

    /// Takes in keys that were given later.
    pub(crate) fn add_share(&mut self, share: SharedEpoch) {
        let known = self.shares.entry((share.epoch, share.tag)).or_default();
        if !known.contains(&share) {
            known.push(share);
        }
    }

    /// Finds an epoch.
    pub(crate) fn find(&self, epoch: &[u8; 32]) -> Option<&EpochRecord> {
        self.epochs.get(epoch)
    }

    /// Lists all epochs.
    pub(crate) fn epochs(&self) -> impl Iterator<Item = &EpochRecord> {
        self.epochs.values()
    }

    /// Lists what was given later of one epoch to the account with this tag.
    pub(crate) fn shares(&self, epoch: &[u8; 32], tag: &[u8; 8]) -> &[SharedEpoch] {
        self.shares.get(&(*epoch, *tag)).map_or(&[], Vec::as_slice)
    }

    /// Lists everything that was given later to the account with this tag.
    pub(crate) fn shares_to(&self, tag: [u8; 8]) -> impl Iterator<Item = &SharedEpoch> {
        self.shares.iter().filter(move |((_, to), _)| *to == tag).flat_map(|(_, shares)| shares)
    }

    /// Tells whether any key of an epoch was wrapped to an account, at once or later.
    pub(crate) fn is_given(&self, space: &[u8; 16], epoch: &[u8; 32], account: &AccountId) -> bool {
        let tag = account_tag(space, account);
        let at_once = |record: &EpochRecord| record.op.wraps.iter().any(|(to, ..)| *to == tag);
        self.find(epoch).is_some_and(at_once) || !self.shares(epoch, &tag).is_empty()
    }

    /// Tells by the lengths of the wraps what an account was given of every epoch: at once, later, and by walking back from
    /// epochs of which it has everything.
    pub(crate) fn reach(&self, space: &[u8; 16], account: &AccountId) -> BTreeMap<[u8; 32], Access> {
        let tag = account_tag(space, account);
        let mut reach = BTreeMap::new();
        for (epoch, record) in &self.epochs {
            let wraps = record.op.wraps.iter().filter(|(to, ..)| *to == tag).map(|(_, _, wrap)| wrap);
            let later = self.shares(epoch, &tag).iter().map(|share| &share.wrap);
            if let Some(access) = wraps.chain(later).filter_map(|wrap| access_of(wrap)).min() {
                reach.insert(*epoch, access);
            }
        }
        let whole =
            |(epoch, access): (&[u8; 32], &Access)| (*access == Access::ContentWithHistory).then_some(*epoch);
        let mut next: Vec<[u8; 32]> = reach.iter().filter_map(whole).collect();
        while let Some(epoch) = next.pop() {
            let Some(record) = self.find(&epoch).filter(|record| record.op.back.is_some()) else { continue };
            for parent in &record.op.parents {
                if reach.insert(*parent, Access::ContentWithHistory) != Some(Access::ContentWithHistory) {
                    next.push(*parent);
                }
            }
        }
        reach
    }
}

/// Tells by its length what a wrap carries.
pub(super) fn access_of(wrap: &[u8]) -> Option<Access> {
    let keys = wrap.len().checked_sub(OVERHEAD)?;
    if keys % KEY == 0 { Access::from_keys(keys / KEY) } else { None }
}
