//! The keys of a space that one holds.

use std::collections::BTreeMap;

use vv_crypto::{
    EncSecret, EpochGrant, EpochKeys, EpochWrapPlace, Key32, derive_epoch_id, open_back_link, unwrap_epoch,
};

use super::log::EpochLog;
use crate::identity::record::{EpochOp, account_tag};
use crate::spaces::membership::AccountId;

/// The length of the way back to one epoch: nonce, four keys with their numbers, tag.
const BACK_LINK: usize = vv_crypto::NONCE_LEN + 4 * 33 + vv_crypto::TAG_LEN;

/// Says what came of opening an epoch with one's own key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Opened {
    /// Its keys are held now.
    Held,
    /// It is wrapped to others only.
    NotForUs,
    /// It is wrapped to a generation of the account's key that is not known here yet.
    Later,
    /// What is wrapped to us does not open, or holds other keys than it says.
    Bad,
}

/// Holds keys of one space.
#[derive(Debug, Clone)]
pub(crate) struct KeyRing {
    space: [u8; 16],
    epochs: BTreeMap<[u8; 32], EpochGrant>,
}

impl KeyRing {
    /// Begins without any.
    pub(crate) fn new(space: [u8; 16]) -> Self {
        Self { space, epochs: BTreeMap::new() }
    }

    /// Gives what is held of an epoch.
    pub(crate) fn grant(&self, epoch: &[u8; 32]) -> Option<&EpochGrant> {
        self.epochs.get(epoch)
    }

    /// Lists what is held.
    pub(crate) fn grants(&self) -> impl Iterator<Item = (&[u8; 32], &EpochGrant)> {
        self.epochs.iter()
    }

    /// Gives an epoch of which all is held.
    pub(crate) fn whole(&self, epoch: &[u8; 32]) -> Option<EpochKeys> {
        self.epochs.get(epoch).cloned().and_then(EpochGrant::into_keys)
    }

    /// Takes keys of an epoch; tells whether they are those of that epoch. What is held already stays.
    pub(crate) fn take(&mut self, op: &EpochOp, grant: EpochGrant) -> bool {
        let id = |key: &Key32| derive_epoch_id(key, &self.space);
        let fits = grant.content.as_ref().is_none_or(|key| id(key) == op.epoch)
            && grant.control.as_ref().is_none_or(|key| id(key) == op.control);
        if !fits {
            return false;
        }
        let EpochGrant { content, history, control, process } = grant;
        let held = self.epochs.entry(op.epoch).or_default();
        held.content = held.content.take().or(content);
        held.history = held.history.take().or(history);
        held.control = held.control.take().or(control);
        held.process = held.process.take().or(process);
        true
    }

    /// Opens what an epoch has for an account, whose keys of a generation `secrets_of` gives.
    pub(crate) fn open(
        &mut self,
        op: &EpochOp,
        account: &AccountId,
        secrets_of: &dyn Fn(u32) -> Vec<EncSecret>,
    ) -> Opened {
        let tag = account_tag(&self.space, account);
        let Some((_, generation, wrap)) = op.wraps.iter().find(|(to, _, _)| *to == tag) else {
            return Opened::NotForUs;
        };
        self.open_wrap(op, account, *generation, wrap, secrets_of)
    }

    /// Opens everything that a log has for an account: what was wrapped at once, what was given later, and what lies
    /// behind both.
    pub(crate) fn open_all(
        &mut self,
        log: &EpochLog,
        account: &AccountId,
        secrets_of: &dyn Fn(u32) -> Vec<EncSecret>,
    ) {
        for record in log.epochs() {
            self.open(&record.op, account, secrets_of);
        }
        for share in log.shares_to(account_tag(&self.space, account)) {
            if let Some(record) = log.find(&share.epoch) {
                self.open_wrap(&record.op, account, share.generation, &share.wrap, secrets_of);
            }
        }
        self.walk_back(log);
    }

    fn open_wrap(
        &mut self,
        op: &EpochOp,
        account: &AccountId,
        generation: u32,
        wrap: &[u8],
        secrets_of: &dyn Fn(u32) -> Vec<EncSecret>,
    ) -> Opened {
        let secrets = secrets_of(generation);
        if secrets.is_empty() {
            return Opened::Later;
        }
        let place =
            EpochWrapPlace { space_id: self.space, epoch_id: op.epoch, account_id: *account, generation };
        let grant = secrets.iter().find_map(|secret| unwrap_epoch(secret, &place, wrap).ok());
        if grant.is_some_and(|grant| self.take(op, grant)) { Opened::Held } else { Opened::Bad }
    }

    /// Follows the ways back from every epoch whose history key is held.
    pub(crate) fn walk_back(&mut self, log: &EpochLog) {
        let mut next: Vec<[u8; 32]> = self.epochs.keys().copied().collect();
        while let Some(epoch) = next.pop() {
            let Some(record) = log.find(&epoch) else { continue };
            let (Some(keys), Some(back)) = (self.whole(&epoch), &record.op.back) else { continue };
            let (links, rest) = back.as_chunks::<BACK_LINK>();
            if !rest.is_empty() || links.len() != record.op.parents.len() {
                continue;
            }
            for (parent, link) in record.op.parents.iter().zip(links) {
                let Some(before) = log.find(parent) else { continue };
                if self.whole(parent).is_some() {
                    continue;
                }
                let opened = open_back_link(&keys, &self.space, parent, link);
                if opened.is_ok_and(|keys| self.take(&before.op, keys.grant_all())) {
                    next.push(*parent);
                }
            }
        }
    }
}
