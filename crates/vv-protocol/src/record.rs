//! Records, their stubs, and the chain that the records of one feed form.

use crate::header::{FIRST_PREV, Header, HeaderError};
use crate::limits::{MAX_RECORD_LEN, MIN_PADDED_LEN, TAG_LEN};
use crate::names::record_hash;
use crate::padding::padded_len;

/// Is one record as it travels: a header in clear and a sealed part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Where it stands.
    pub header: Header,
    /// The sealed part, which begins with no header and ends with a tag.
    pub ct: Vec<u8>,
}

/// Is what stays of a record whose content was erased. Its hash is the record's, so the chain still verifies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stub {
    /// Where the record stood.
    pub header: Header,
    /// The plain BLAKE3 hash of its sealed part.
    pub ct_hash: [u8; 32],
}

/// Reports bytes that are no record or stub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    /// The header is wrong.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The record is longer than anybody accepts.
    #[error("the record is larger than the limit of {MAX_RECORD_LEN} bytes")]
    TooLarge,
    /// What follows the header has a length that no sealed part and no stub has.
    #[error("the record's sealed part was cut off or added to")]
    WrongLength,
}

impl Record {
    /// Encodes the record: the header, then the sealed part as it is.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.header.encode();
        bytes.extend_from_slice(&self.ct);
        bytes
    }

    /// Decodes a record that fills `bytes` exactly; a sealed part of a length that padding never gives is refused.
    pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        if bytes.len() > MAX_RECORD_LEN {
            return Err(RecordError::TooLarge);
        }
        let (header, ct) = Header::decode_prefix(bytes)?;
        check_ct_len(ct.len())?;
        Ok(Self { header, ct: ct.to_vec() })
    }

    /// Hashes the sealed part, as stubs and the record's own hash hold it.
    pub fn ct_hash(&self) -> [u8; 32] {
        *blake3::hash(&self.ct).as_bytes()
    }

    /// Hashes the record.
    pub fn hash(&self) -> [u8; 32] {
        record_hash(&self.header.encode(), &self.ct_hash())
    }

    /// Gives what stays when the content is erased.
    pub fn to_stub(&self) -> Stub {
        Stub { header: self.header.clone(), ct_hash: self.ct_hash() }
    }
}

/// Refuses lengths of a sealed part that padding never gives.
pub(crate) fn check_ct_len(length: usize) -> Result<(), RecordError> {
    let padded = length.checked_sub(TAG_LEN).ok_or(RecordError::WrongLength)?;
    if padded < MIN_PADDED_LEN || padded_len(padded) != padded {
        return Err(RecordError::WrongLength);
    }
    Ok(())
}

impl Stub {
    /// Encodes the stub: the header, then 32 bytes of hash.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = self.header.encode();
        bytes.extend_from_slice(&self.ct_hash);
        bytes
    }

    /// Decodes a stub that fills `bytes` exactly.
    pub fn decode(bytes: &[u8]) -> Result<Self, RecordError> {
        let (header, rest) = Header::decode_prefix(bytes)?;
        let ct_hash = rest.try_into().map_err(|_| RecordError::WrongLength)?;
        Ok(Self { header, ct_hash })
    }

    /// Hashes the record that this is the stub of.
    pub fn hash(&self) -> [u8; 32] {
        record_hash(&self.header.encode(), &self.ct_hash)
    }
}

/// Is how far a feed has come: the place and hash of its last record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedHead {
    /// The space of the feed.
    pub space: [u8; 16],
    /// The stream of the feed.
    pub stream: u32,
    /// The feed.
    pub feed: [u8; 16],
    /// The number of its last record, 0 before the first.
    pub seq: u64,
    /// The hash of its last record, [`FIRST_PREV`] before the first.
    pub hash: [u8; 32],
}

/// Reports a record that does not come next in its feed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChainError {
    /// The record belongs to another space, stream or feed.
    #[error("the record belongs to another feed")]
    OtherFeed,
    /// Records between are missing, or this one was there already.
    #[error("record {expected} of the feed comes next, and this is record {found}")]
    OutOfOrder {
        /// The number that comes next.
        expected: u64,
        /// The number of the record.
        found: u64,
    },
    /// The number is right but the record before it is another one: the feed has been split in two.
    #[error("the record follows another record than the one that is here: the feed has split")]
    Fork,
}

impl FeedHead {
    /// Begins a feed in which there is no record yet.
    pub fn start(space: [u8; 16], stream: u32, feed: [u8; 16]) -> Self {
        Self { space, stream, feed, seq: 0, hash: FIRST_PREV }
    }

    /// Checks that a record comes next and gives the head after it.
    pub fn follow(&self, header: &Header, hash: [u8; 32]) -> Result<Self, ChainError> {
        if (header.space, header.stream, header.feed) != (self.space, self.stream, self.feed) {
            return Err(ChainError::OtherFeed);
        }
        let expected = self.seq + 1;
        if header.seq != expected {
            return Err(ChainError::OutOfOrder { expected, found: header.seq });
        }
        if header.prev != self.hash {
            return Err(ChainError::Fork);
        }
        Ok(Self { seq: header.seq, hash, ..*self })
    }
}
