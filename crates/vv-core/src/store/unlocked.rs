//! What an open notebook knows in memory: who writes, and with which keys.

use std::sync::{Arc, Mutex, PoisonError};

use vv_crypto::{
    EncSecret, EpochKeys, Key32, SigningKey, derive_epoch_id, derive_feed_key, derive_record_key,
};
use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM};

use super::error::StoreError;
use crate::ports::Host;

/// The stream of the account's own log within the account's space.
pub(crate) const ACCOUNT_STREAM: u32 = 0;

/// Holds everything of an open notebook that is not in its file's tables or is needed at every write.
pub(crate) struct Unlocked {
    pub host: Host,
    pub account_id: [u8; 32],
    /// Opens what was captured while the notebook was locked.
    pub account_enc: EncSecret,
    /// Signs for this device.
    pub device_key: SigningKey,
    /// Names the certificate of this device in the account log.
    pub certificate: [u8; 32],
    pub journal: JournalSpace,
    /// The account's log as if it were a space.
    pub account_space: [u8; 16],
    pub account_log_key: Key32,
    /// The heads that every record quotes: of the journal's membership log and of the account log.
    pub mview: [u8; 16],
    pub acct_head: [u8; 16],
    feed_key: Mutex<Option<(u64, Arc<SigningKey>)>>,
    content_key: RecordKey,
}

/// Names a key that seals records: its id stands in the header.
#[derive(Clone)]
pub(crate) struct RecordKey {
    pub epoch: [u8; 32],
    pub key: Key32,
}

impl RecordKey {
    /// Derives the key of a stream, and the id that commits to it.
    pub(crate) fn derive(secret: &Key32, space: &[u8; 16], stream: u32) -> Self {
        Self { epoch: derive_epoch_id(secret, space), key: derive_record_key(secret, stream) }
    }
}

/// Holds the keys of the journal space.
pub(crate) struct JournalSpace {
    pub id: [u8; 16],
    pub sid: i64,
    /// The current epoch.
    pub keys: EpochKeys,
}

/// Bundles what is needed to put an [`Unlocked`] together.
pub(crate) struct UnlockedParts {
    pub account_id: [u8; 32],
    pub account_enc: EncSecret,
    pub device_key: SigningKey,
    pub certificate: [u8; 32],
    pub journal: JournalSpace,
    pub account_log_key: Key32,
    pub mview: [u8; 16],
    pub acct_head: [u8; 16],
}

impl Unlocked {
    pub(crate) fn new(host: Host, parts: UnlockedParts) -> Self {
        let content_key = RecordKey::derive(&parts.journal.keys.content, &parts.journal.id, CONTENT_STREAM);
        Self {
            host,
            account_space: account_space(&parts.account_id),
            account_id: parts.account_id,
            account_enc: parts.account_enc,
            device_key: parts.device_key,
            certificate: parts.certificate,
            journal: parts.journal,
            account_log_key: parts.account_log_key,
            mview: parts.mview,
            acct_head: parts.acct_head,
            feed_key: Mutex::default(),
            content_key,
        }
    }

    /// Gives the key that seals what is written in the journal now.
    pub(crate) fn content_key(&self) -> &RecordKey {
        &self.content_key
    }

    /// Finds the key of the epoch that a record names.
    pub(crate) fn record_key(
        &self,
        space: &[u8; 16],
        stream: u32,
        epoch: &[u8; 32],
    ) -> Result<Key32, StoreError> {
        if *space == self.journal.id && stream == CONTENT_STREAM && *epoch == self.content_key.epoch {
            return Ok(self.content_key.key.clone());
        }
        let key = match (space, stream) {
            (space, ACCOUNT_STREAM) if *space == self.account_space => {
                RecordKey::derive(&self.account_log_key, space, stream)
            }
            (space, CONTROL_STREAM) if *space == self.journal.id => {
                RecordKey::derive(&self.journal.keys.control, space, stream)
            }
            _ => return Err(StoreError::BadRecord("its space or stream is unknown")),
        };
        if key.epoch == *epoch { Ok(key.key) } else { Err(StoreError::BadRecord("its epoch is unknown")) }
    }

    /// Derives the key that signs for one life of this device's feed in the journal.
    pub(crate) fn feed_key(&self, incarnation: u64) -> Arc<SigningKey> {
        let mut kept = self.feed_key.lock().unwrap_or_else(PoisonError::into_inner);
        match &*kept {
            Some((of, key)) if *of == incarnation => key.clone(),
            _ => {
                let seed = self.device_key.seed();
                let key = Arc::new(derive_feed_key(&seed, &self.journal.id, CONTENT_STREAM, incarnation));
                *kept = Some((incarnation, key.clone()));
                key
            }
        }
    }
}

/// Names the account's own log as if it were a space.
pub(crate) fn account_space(account_id: &[u8; 32]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&account_id[..16]);
    id
}
