//! The epochs of a space as its control stream tells of them.

use std::collections::{BTreeMap, BTreeSet};

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

    /// Lists the epochs that the back links of one lead to.
    pub(crate) fn behind(&self, epoch: &[u8; 32]) -> BTreeSet<[u8; 32]> {
        let mut found = BTreeSet::new();
        let mut next = vec![*epoch];
        while let Some(record) = next.pop().and_then(|epoch| self.find(&epoch)) {
            if record.op.back.is_some() {
                next.extend(record.op.parents.iter().filter(|parent| found.insert(**parent)));
            }
        }
        found
    }

    /// Tells whether any key of an epoch was wrapped to an account, at once or later.
    pub(crate) fn is_given(&self, space: &[u8; 16], epoch: &[u8; 32], account: &AccountId) -> bool {
        let tag = account_tag(space, account);
        let at_once = |record: &EpochRecord| record.op.wraps.iter().any(|(to, ..)| *to == tag);
        self.find(epoch).is_some_and(at_once) || !self.shares(epoch, &tag).is_empty()
    }

    /// Tells by the lengths of the wraps what an account was given of an epoch: at once, later, and by walking back from
    /// later ones.
    pub(crate) fn access_to(
        &self,
        space: &[u8; 16],
        epoch: &[u8; 32],
        account: &AccountId,
    ) -> Option<Access> {
        let tag = account_tag(space, account);
        let given = |record: &EpochRecord| {
            let wraps = record.op.wraps.iter().filter(|(to, _, _)| *to == tag);
            wraps.filter_map(|(_, _, wrap)| access_of(wrap)).min()
        };
        let at_once = self.find(epoch).and_then(given);
        let later = self.shares(epoch, &tag).iter().filter_map(|share| access_of(&share.wrap)).min();
        let walks = || {
            self.epochs.values().any(|record| {
                given(record) == Some(Access::ContentWithHistory)
                    && self.behind(&record.op.epoch).contains(epoch)
            })
        };
        match at_once.into_iter().chain(later).min() {
            Some(Access::ContentWithHistory) => Some(Access::ContentWithHistory),
            other => {
                if walks() {
                    Some(Access::ContentWithHistory)
                } else {
                    other
                }
            }
        }
    }
}

/// Tells by its length what a wrap carries.
pub(super) fn access_of(wrap: &[u8]) -> Option<Access> {
    let keys = wrap.len().checked_sub(OVERHEAD)?;
    if keys % KEY == 0 { Access::from_keys(keys / KEY) } else { None }
}
