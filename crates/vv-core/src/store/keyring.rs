//! The keys of every space that this device is in: which key opens a record, and which seals the next one.
//!
//! A header names its key by an id that commits to it. Each epoch has a key for each stream, and a device may have been given
//! some of them only. The account's own log is a space with one key that never changes. Nothing here reads the file; what is
//! in it is put together in `identity/table.rs`.

use std::collections::{BTreeMap, HashMap};
use std::sync::{PoisonError, RwLock};

use vv_crypto::{EpochKeys, Key32, derive_epoch_id, derive_record_key};
use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, PROCESS_STREAM};

use super::error::StoreError;
use crate::identity::record::SPACE_JOURNAL;

/// The stream of an account's own log within the account's space.
pub(crate) const ACCOUNT_STREAM: u32 = 0;
/// The number under which an account's own log stands among the spaces.
pub(crate) const ACCOUNT_LOG_KIND: u32 = 0;

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

/// Holds what this device has of one epoch.
#[derive(Clone)]
pub(crate) struct HeldEpoch {
    /// The id of the epoch, which content names in its headers.
    pub epoch: [u8; 32],
    /// The id that records of the control stream name in their headers.
    pub control_id: [u8; 32],
    pub content: Option<Key32>,
    pub history: Option<Key32>,
    pub control: Option<Key32>,
    pub process: Option<Key32>,
}

impl HeldEpoch {
    /// Takes all four keys of an epoch.
    pub(crate) fn whole(keys: &EpochKeys, space: &[u8; 16]) -> Self {
        Self {
            epoch: derive_epoch_id(&keys.content, space),
            control_id: derive_epoch_id(&keys.control, space),
            content: Some(keys.content.clone()),
            history: Some(keys.history.clone()),
            control: Some(keys.control.clone()),
            process: Some(keys.process.clone()),
        }
    }

    /// Gives all four keys, where all are here.
    pub(crate) fn keys(&self) -> Option<EpochKeys> {
        Some(EpochKeys {
            content: self.content.clone()?,
            history: self.history.clone()?,
            control: self.control.clone()?,
            process: self.process.clone()?,
        })
    }

    fn secret_of(&self, stream: u32) -> Option<&Key32> {
        match stream {
            CONTROL_STREAM => self.control.as_ref(),
            CONTENT_STREAM => self.content.as_ref(),
            PROCESS_STREAM => self.process.as_ref(),
            _ => None,
        }
    }

    fn id_of(&self, stream: u32, space: &[u8; 16]) -> Option<[u8; 32]> {
        match stream {
            CONTROL_STREAM => Some(self.control_id),
            CONTENT_STREAM => Some(self.epoch),
            PROCESS_STREAM => self.process.as_ref().map(|key| derive_epoch_id(key, space)),
            _ => None,
        }
    }
}

/// Holds the keys of one space.
#[derive(Clone)]
pub(crate) struct SpaceKeys {
    pub id: [u8; 16],
    pub sid: i64,
    pub kind: u32,
    /// The heads of its control stream, as records quote them.
    pub mview: [u8; 16],
    /// Whose log it is and the key of that log; none in any other space.
    pub account: Option<[u8; 32]>,
    pub log_key: Option<Key32>,
    pub epochs: Vec<HeldEpoch>,
    /// The epoch in which is written, as a place in `epochs`; none while nothing may be written.
    pub in_use: Option<usize>,
}

impl SpaceKeys {
    /// Tells whether it is the log of an account.
    pub(crate) fn is_account(&self) -> bool {
        self.kind == ACCOUNT_LOG_KIND
    }

    /// Tells whether it is a journal, which belongs to one person alone.
    pub(crate) fn is_journal(&self) -> bool {
        self.kind == SPACE_JOURNAL
    }

    /// Tells whether it is shared with others, so that who belongs to it follows from its control stream.
    pub(crate) fn is_shared(&self) -> bool {
        !self.is_account() && !self.is_journal()
    }

    /// Gives the life of this device's feed in a stream, where `incarnation` is that of the device.
    ///
    /// In a space of several people a feed of content lives within one epoch: who reads from joining on could not follow one that
    /// begins with what they have no key to.
    pub(crate) fn life(&self, incarnation: u64, stream: u32) -> u64 {
        match self.current().filter(|_| self.is_shared() && stream != CONTROL_STREAM) {
            Some(current) => life_within(incarnation, &current.epoch),
            None => incarnation,
        }
    }

    /// Tells whether a feed of this device belongs to its present life.
    pub(crate) fn is_of_life(&self, feed_incarnation: u64, incarnation: u64) -> bool {
        let within = |held: &HeldEpoch| life_within(incarnation, &held.epoch) == feed_incarnation;
        feed_incarnation == incarnation || self.is_shared() && self.epochs.iter().any(within)
    }

    /// Gives the control key of the first epoch, under which all epochs of a shared space are sealed.
    pub(crate) fn founding_key(&self) -> Option<RecordKey> {
        let secret = self.epochs.first()?.control.as_ref()?;
        Some(RecordKey::derive(secret, &self.id, CONTROL_STREAM))
    }

    /// Gives the epoch in which is written.
    pub(crate) fn current(&self) -> Option<&HeldEpoch> {
        self.epochs.get(self.in_use?)
    }

    fn secret_for(&self, stream: u32, epoch: &[u8; 32]) -> Option<&Key32> {
        if let Some(log_key) = &self.log_key {
            let fits = stream == ACCOUNT_STREAM && derive_epoch_id(log_key, &self.id) == *epoch;
            return fits.then_some(log_key);
        }
        // The newest are last, and most of what is looked for is new.
        self.epochs
            .iter()
            .rev()
            .find(|held| held.id_of(stream, &self.id) == Some(*epoch))
            .and_then(|held| held.secret_of(stream))
    }

    fn for_writing(&self, stream: u32) -> Option<RecordKey> {
        let secret = match &self.log_key {
            Some(log_key) => (stream == ACCOUNT_STREAM).then_some(log_key)?,
            None => match self.current() {
                Some(current) => current.secret_of(stream)?,
                // Who belongs to a space is said also while nobody may write in it.
                None if stream == CONTROL_STREAM => {
                    self.epochs.iter().rev().find_map(|held| held.control.as_ref())?
                }
                None => return None,
            },
        };
        Some(RecordKey::derive(secret, &self.id, stream))
    }
}

/// Derives the life of a feed that lives within one epoch.
fn life_within(incarnation: u64, epoch: &[u8; 32]) -> u64 {
    let hash = vv_protocol::hash("feed-life/v1", &[&incarnation.to_le_bytes(), epoch]);
    u64::from_le_bytes(*hash.first_chunk().expect("a hash has more than eight bytes"))
}

/// Says why a record cannot be opened yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoKey {
    /// Its space is not among those of this notebook.
    Space,
    /// The key that it names was not given to this device.
    Epoch,
}

type Named = ([u8; 16], u32, [u8; 32]);

/// Holds the keys of all spaces.
#[derive(Default)]
pub(crate) struct Keyring {
    spaces: BTreeMap<[u8; 16], SpaceKeys>,
    /// Keys of records, once they were derived.
    derived: RwLock<HashMap<Named, Key32>>,
    writing: RwLock<HashMap<([u8; 16], u32), RecordKey>>,
}

impl Keyring {
    pub(crate) fn new(spaces: impl IntoIterator<Item = SpaceKeys>) -> Self {
        let spaces = spaces.into_iter().map(|space| (space.id, space)).collect();
        Self { spaces, ..Self::default() }
    }

    /// Finds a space by its id.
    pub(crate) fn space(&self, id: &[u8; 16]) -> Option<&SpaceKeys> {
        self.spaces.get(id)
    }

    /// Finds a space by its number in the file.
    pub(crate) fn space_of(&self, sid: i64) -> Option<&SpaceKeys> {
        self.spaces.values().find(|space| space.sid == sid)
    }

    /// Lists all spaces.
    pub(crate) fn spaces(&self) -> impl Iterator<Item = &SpaceKeys> {
        self.spaces.values()
    }

    /// Finds the key that opens records of a stream under the id in their header.
    pub(crate) fn key(&self, space: &[u8; 16], stream: u32, epoch: &[u8; 32]) -> Result<Key32, NoKey> {
        let named = (*space, stream, *epoch);
        if let Some(key) = self.derived.read().unwrap_or_else(PoisonError::into_inner).get(&named) {
            return Ok(key.clone());
        }
        let held = self.spaces.get(space).ok_or(NoKey::Space)?;
        let key = derive_record_key(held.secret_for(stream, epoch).ok_or(NoKey::Epoch)?, stream);
        self.derived.write().unwrap_or_else(PoisonError::into_inner).insert(named, key.clone());
        Ok(key)
    }

    /// Gives the key that seals what is written in a stream now.
    pub(crate) fn for_writing(&self, space: &[u8; 16], stream: u32) -> Result<RecordKey, StoreError> {
        let place = (*space, stream);
        if let Some(key) = self.writing.read().unwrap_or_else(PoisonError::into_inner).get(&place) {
            return Ok(key.clone());
        }
        let key = self
            .spaces
            .get(space)
            .and_then(|held| held.for_writing(stream))
            .ok_or(StoreError::BadRecord("there is no key to write with in its space"))?;
        self.writing.write().unwrap_or_else(PoisonError::into_inner).insert(place, key.clone());
        Ok(key)
    }
}
