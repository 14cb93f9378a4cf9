//! What an open notebook knows in memory: who writes, and with which keys.
//!
//! One value stands for one state of the file. Keys, devices and spaces may change while a notebook is open, here or in another
//! process; then the file counts its `keys_version` on, and whoever reads or writes next puts another value together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use vv_crypto::{AccountSecret, EncSecret, Key32, SigningKey, derive_feed_key};

use super::error::StoreError;
use super::feed::Heads;
pub(crate) use super::keyring::{ACCOUNT_STREAM, Keyring, NoKey, RecordKey, SpaceKeys};
use crate::ports::Host;

/// Holds everything of an open notebook that is not in its file's tables or is needed at every write.
pub(crate) struct Unlocked {
    pub host: Host,
    /// Which state of keys, devices and spaces this is, as the file counts.
    pub version: i64,
    /// Names the notebook, also outside its folder.
    pub notebook_id: [u8; 16],
    pub account_id: [u8; 32],
    /// Every generation of the account secret that this device has, in rising order; what is current comes last.
    pub account_secrets: Vec<AccountSecret>,
    /// Signs for this device.
    pub device_key: SigningKey,
    /// Names the certificate of this device in the account log.
    pub certificate: [u8; 32],
    pub journal: JournalSpace,
    /// The account's log as if it were a space.
    pub account_space: [u8; 16],
    /// The head of the account log, which every record quotes.
    pub acct_head: [u8; 16],
    pub keyring: Keyring,
    feed_keys: Mutex<HashMap<(i64, u32, u64), Arc<SigningKey>>>,
}

/// Names the journal space.
#[derive(Debug, Clone, Copy)]
pub(crate) struct JournalSpace {
    pub id: [u8; 16],
    pub sid: i64,
}

/// Bundles what is needed to put an [`Unlocked`] together.
pub(crate) struct UnlockedParts {
    pub version: i64,
    pub notebook_id: [u8; 16],
    pub account_id: [u8; 32],
    pub account_secrets: Vec<AccountSecret>,
    pub device_key: SigningKey,
    pub certificate: [u8; 32],
    pub journal: JournalSpace,
    pub acct_head: [u8; 16],
    pub keyring: Keyring,
}

impl Unlocked {
    pub(crate) fn new(host: Host, parts: UnlockedParts) -> Self {
        Self {
            host,
            version: parts.version,
            notebook_id: parts.notebook_id,
            account_space: account_space(&parts.account_id),
            account_id: parts.account_id,
            account_secrets: parts.account_secrets,
            device_key: parts.device_key,
            certificate: parts.certificate,
            journal: parts.journal,
            acct_head: parts.acct_head,
            keyring: parts.keyring,
            feed_keys: Mutex::default(),
        }
    }

    /// Gives this device's public signing key.
    pub(crate) fn device(&self) -> [u8; 32] {
        *self.device_key.verifying_key().as_bytes()
    }

    /// Gives the secret that everything new is wrapped to.
    pub(crate) fn account_secret(&self) -> Result<&AccountSecret, StoreError> {
        self.account_secrets.last().ok_or(StoreError::Damaged)
    }

    /// Gives what opens things sealed to the account, the newest first.
    pub(crate) fn account_keys(&self) -> Vec<EncSecret> {
        self.account_secrets.iter().rev().map(|secret| secret.derive_account_enc().0).collect()
    }

    /// Finds the key of the epoch that a record names.
    pub(crate) fn record_key(
        &self,
        space: &[u8; 16],
        stream: u32,
        epoch: &[u8; 32],
    ) -> Result<Key32, StoreError> {
        self.keyring.key(space, stream, epoch).map_err(|missing| match missing {
            NoKey::Space => StoreError::BadRecord("its space is unknown"),
            NoKey::Epoch => StoreError::BadRecord("its epoch is unknown"),
        })
    }

    /// Gives the heads that a record quotes which is written in a space now.
    pub(crate) fn heads_in(&self, space: &[u8; 16]) -> Heads {
        let mview = self.keyring.space(space).filter(|held| !held.is_account()).map(|held| held.mview);
        Heads { mview: mview.unwrap_or_default(), acct_head: self.acct_head, seen: None }
    }

    /// Derives the key that signs for one life of this device's feed in a stream.
    pub(crate) fn feed_key(&self, space: &SpaceKeys, stream: u32, incarnation: u64) -> Arc<SigningKey> {
        let mut kept = self.feed_keys.lock().unwrap_or_else(PoisonError::into_inner);
        kept.entry((space.sid, stream, incarnation))
            .or_insert_with(|| {
                Arc::new(derive_feed_key(&self.device_key.seed(), &space.id, stream, incarnation))
            })
            .clone()
    }
}

/// Names the account's own log as if it were a space.
pub(crate) fn account_space(account_id: &[u8; 32]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&account_id[..16]);
    id
}
