//! Batches: how records of one feed are pushed, and what a server checks without being able to read them.
//!
//! The author's signature is inside the sealed part. So that nobody can occupy another's numbers with junk, a batch
//! is also signed in clear with the feed's key, which names no person.

use crate::contexts;
use crate::limits::{MAX_BATCH_LEN, MAX_BATCH_RECORDS};
use crate::names::feed_id;
use crate::record::{ChainError, FeedHead, Record};
use crate::signature::{SignatureError, verify_signature};

/// States what a batch holds; the feed's key signs [`PushClaim::to_bytes`] under [`contexts::PUSH_SIGNATURE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PushClaim {
    /// The space.
    pub space: [u8; 16],
    /// The stream.
    pub stream: u32,
    /// The number of the first record.
    pub first_seq: u64,
    /// The number of the last record.
    pub last_seq: u64,
    /// The hash of the last record, which through the chain fixes all before it.
    pub last_hash: [u8; 32],
}

impl PushClaim {
    /// Writes the claim: space, stream, first and last number (little-endian), hash; 68 bytes.
    pub fn to_bytes(&self) -> [u8; 68] {
        let mut bytes = [0; 68];
        bytes[..16].copy_from_slice(&self.space);
        bytes[16..20].copy_from_slice(&self.stream.to_le_bytes());
        bytes[20..28].copy_from_slice(&self.first_seq.to_le_bytes());
        bytes[28..36].copy_from_slice(&self.last_seq.to_le_bytes());
        bytes[36..].copy_from_slice(&self.last_hash);
        bytes
    }

    /// States what these records of one feed are; nothing when there are none.
    pub fn of(records: &[Record]) -> Option<Self> {
        let (first, last) = (records.first()?, records.last()?);
        Some(Self {
            space: first.header.space,
            stream: first.header.stream,
            first_seq: first.header.seq,
            last_seq: last.header.seq,
            last_hash: last.hash(),
        })
    }
}

/// Reports a batch that is not to be accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// There is nothing in it.
    #[error("the batch is empty")]
    Empty,
    /// There is more in it than anybody accepts.
    #[error("the batch holds more than {MAX_BATCH_RECORDS} records or {MAX_BATCH_LEN} bytes")]
    TooLarge,
    /// The key is not the one that the feed is named after.
    #[error("the key of the batch is not the key of its feed")]
    OtherKey,
    /// The records do not follow one another.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// The signature is not the feed's over this batch.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// Verifies the feed's signature over a claim.
pub fn verify_push(
    feed_public_key: &[u8; 32],
    claim: &PushClaim,
    signature: &[u8; 64],
) -> Result<(), SignatureError> {
    verify_signature(feed_public_key, contexts::PUSH_SIGNATURE, &[&claim.to_bytes()], signature)
}

/// Checks a whole batch: its size, that the key is the feed's, that the records follow one another without a gap, and
/// the signature over them. Whether the first follows what is stored is for the one who stores.
pub fn check_batch(
    records: &[Record],
    feed_public_key: &[u8; 32],
    signature: &[u8; 64],
) -> Result<PushClaim, BatchError> {
    let first = records.first().ok_or(BatchError::Empty)?;
    let bytes: usize = records.iter().map(|record| record.header.encode().len() + record.ct.len()).sum();
    if records.len() > MAX_BATCH_RECORDS || bytes > MAX_BATCH_LEN {
        return Err(BatchError::TooLarge);
    }
    if feed_id(feed_public_key) != first.header.feed {
        return Err(BatchError::OtherKey);
    }
    let before = FeedHead {
        space: first.header.space,
        stream: first.header.stream,
        feed: first.header.feed,
        seq: first.header.seq.saturating_sub(1),
        hash: first.header.prev,
    };
    let head = records.iter().try_fold(before, |head, record| head.follow(&record.header, record.hash()))?;
    let claim = PushClaim {
        space: head.space,
        stream: head.stream,
        first_seq: first.header.seq,
        last_seq: head.seq,
        last_hash: head.hash,
    };
    verify_push(feed_public_key, &claim, signature)?;
    Ok(claim)
}
