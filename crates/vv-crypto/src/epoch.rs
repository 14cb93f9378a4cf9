//! Epochs: the keys that content of a space is sealed with from one change of members to the next.
//!
//! An epoch has four keys: *content* for what people write, *history* which opens the epochs before, *control* for the
//! membership log, and *process* for agenda and times, which a facilitator may have without the content. A member is
//! given the keys that belong to the role, in one wrap.

use zeroize::Zeroizing;

use crate::aead::{OpenError, open_with_nonce_prefix, seal_with_random_nonce};
use crate::contexts;
use crate::hpke::{EncPublic, EncSecret, unwrap_key, wrap_key};
use crate::key::{Key32, derive_key, hash, make_key};

/// Holds all keys of one epoch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpochKeys {
    /// Seals what people write (stream 1 of a small space).
    pub content: Key32,
    /// Opens the epoch before this one.
    pub history: Key32,
    /// Seals the membership log (stream 0).
    pub control: Key32,
    /// Seals agenda, attendance and times (stream 2).
    pub process: Key32,
}

/// Makes the keys of a new epoch.
pub fn make_epoch() -> EpochKeys {
    EpochKeys { content: make_key(), history: make_key(), control: make_key(), process: make_key() }
}

impl EpochKeys {
    /// Chooses the key for one of the three streams of a small space: 0 control, 1 content, 2 process.
    pub fn of_stream(&self, stream: u32) -> Option<&Key32> {
        match stream {
            0 => Some(&self.control),
            1 => Some(&self.content),
            2 => Some(&self.process),
            _ => None,
        }
    }

    /// Grants everything, as to the owner of a journal and to members with full history.
    pub fn grant_all(&self) -> EpochGrant {
        EpochGrant { history: Some(self.history.clone()), ..self.grant_from_join() }
    }

    /// Grants everything from this epoch on and nothing before.
    pub fn grant_from_join(&self) -> EpochGrant {
        EpochGrant { content: Some(self.content.clone()), ..self.grant_process() }
    }

    /// Grants control and process but no content, as to a facilitator.
    pub fn grant_process(&self) -> EpochGrant {
        EpochGrant {
            content: None,
            history: None,
            control: Some(self.control.clone()),
            process: Some(self.process.clone()),
        }
    }
}

/// Derives the id of an epoch: a commitment to its key in this space.
///
/// A record names this id and its reader checks it against the key, so one ciphertext cannot be made to open to two
/// different texts under two keys.
pub fn derive_epoch_id(key: &Key32, space_id: &[u8; 16]) -> [u8; 32] {
    let commitment = derive_key(contexts::EPOCH_ID, key, b"");
    hash(contexts::EPOCH_ID, &[commitment.as_bytes(), space_id])
}

/// Derives the key that seals the records of one stream in one epoch.
pub fn derive_record_key(key: &Key32, stream: u32) -> Key32 {
    derive_key(contexts::RECORD_KEY, key, &stream.to_le_bytes())
}

/// Seals the epoch before this one under this epoch's history key.
pub fn seal_back_link(current: &EpochKeys, space_id: &[u8; 16], previous: &EpochKeys) -> Vec<u8> {
    let previous_id = derive_epoch_id(&previous.content, space_id);
    let grant = previous.grant_all().to_bytes();
    seal_with_random_nonce(&back_key(&current.history), &back_place(current, space_id, &previous_id), &grant)
}

/// Opens the epoch before this one and checks that it is the one that is named.
pub fn open_back_link(
    current: &EpochKeys,
    space_id: &[u8; 16],
    previous_id: &[u8; 32],
    sealed: &[u8],
) -> Result<EpochKeys, OpenError> {
    let place = back_place(current, space_id, previous_id);
    let plain = open_with_nonce_prefix(&back_key(&current.history), &place, sealed)?;
    let previous = EpochGrant::from_bytes(&plain).ok().and_then(EpochGrant::into_keys).ok_or(OpenError)?;
    if derive_epoch_id(&previous.content, space_id) == *previous_id { Ok(previous) } else { Err(OpenError) }
}

fn back_key(history: &Key32) -> Key32 {
    derive_key(contexts::EPOCH_BACK, history, b"")
}

fn back_place(current: &EpochKeys, space_id: &[u8; 16], previous_id: &[u8; 32]) -> Vec<u8> {
    [space_id.as_slice(), &derive_epoch_id(&current.content, space_id), previous_id].concat()
}

/// Carries the keys of an epoch that one member may have.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EpochGrant {
    /// The content key, for readers of content.
    pub content: Option<Key32>,
    /// The history key, for members with full history.
    pub history: Option<Key32>,
    /// The control key.
    pub control: Option<Key32>,
    /// The process key.
    pub process: Option<Key32>,
}

/// Reports bytes that are no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes do not hold epoch keys in a form this version knows")]
pub struct GrantError;

impl EpochGrant {
    /// Writes the keys, each as its number (1 content, 2 history, 3 control, 4 process) and its 32 bytes, in rising
    /// order of numbers.
    pub fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        let mut bytes = Zeroizing::new(Vec::with_capacity(4 * 33));
        let keys = [&self.content, &self.history, &self.control, &self.process];
        for (number, key) in (1u8..).zip(keys) {
            if let Some(key) = key {
                bytes.push(number);
                bytes.extend_from_slice(key.as_bytes());
            }
        }
        bytes
    }

    /// Reads what [`EpochGrant::to_bytes`] wrote, and nothing else.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, GrantError> {
        let (entries, rest) = bytes.as_chunks::<33>();
        if entries.is_empty() || !rest.is_empty() {
            return Err(GrantError);
        }
        let mut grant = Self::default();
        let mut last = 0;
        for entry in entries {
            let (number, key) = (entry[0], Key32::from_slice(&entry[1..]));
            if number <= last {
                return Err(GrantError);
            }
            last = number;
            match number {
                1 => grant.content = key,
                2 => grant.history = key,
                3 => grant.control = key,
                4 => grant.process = key,
                _ => return Err(GrantError),
            }
        }
        Ok(grant)
    }

    /// Gives the whole epoch when all four keys are there.
    pub fn into_keys(self) -> Option<EpochKeys> {
        Some(EpochKeys {
            content: self.content?,
            history: self.history?,
            control: self.control?,
            process: self.process?,
        })
    }
}

/// Says where a wrap belongs, so that it cannot be moved to another space, epoch, person or key generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EpochWrapPlace {
    /// The space.
    pub space_id: [u8; 16],
    /// The epoch, as [`derive_epoch_id`] names it.
    pub epoch_id: [u8; 32],
    /// The account that may unwrap.
    pub account_id: [u8; 32],
    /// The generation of that account's key.
    pub generation: u32,
}

impl EpochWrapPlace {
    /// `"epoch/v1" ‖ space ‖ epoch ‖ account ‖ generation`, which has a fixed length.
    fn info(&self) -> Vec<u8> {
        [
            contexts::EPOCH_WRAP.as_bytes(),
            &self.space_id,
            &self.epoch_id,
            &self.account_id,
            &self.generation.to_le_bytes(),
        ]
        .concat()
    }
}

/// Wraps the keys of an epoch to one account.
pub fn wrap_epoch(to: &EncPublic, place: &EpochWrapPlace, grant: &EpochGrant) -> Vec<u8> {
    wrap_key(to, &place.info(), b"", &grant.to_bytes())
}

/// Unwraps the keys of an epoch; a content key that is not the one the epoch's id commits to is refused.
pub fn unwrap_epoch(
    secret: &EncSecret,
    place: &EpochWrapPlace,
    wrapped: &[u8],
) -> Result<EpochGrant, OpenError> {
    let plain = unwrap_key(secret, &place.info(), b"", wrapped)?;
    let grant = EpochGrant::from_bytes(&plain).map_err(|_| OpenError)?;
    match &grant.content {
        Some(content) if derive_epoch_id(content, &place.space_id) != place.epoch_id => Err(OpenError),
        _ => Ok(grant),
    }
}
