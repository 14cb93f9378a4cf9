//! One record or stub as it came or is stored: its bytes, and what everybody computes of them.

use crate::header::{Header, HeaderError};
use crate::limits::{MAX_RECORD_LEN, MAX_SEQ};
use crate::names::record_hash;
use crate::record::{Record, RecordError, Stub, check_ct_len};

/// The length of what follows the header in a stub.
const STUB_REST: usize = 32;

/// Is a record or its stub, with its bytes as they are stored everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    header: Header,
    header_len: usize,
    raw: Vec<u8>,
    hash: [u8; 32],
}

impl Carried {
    /// Reads stored bytes: a header, then a sealed part, or 32 bytes of hash if its content was erased.
    pub fn from_raw(raw: Vec<u8>) -> Result<Self, RecordError> {
        let (header, rest) = Header::decode_prefix(&raw)?;
        let header_len = raw.len() - rest.len();
        Self::checked(header, header_len, raw)
    }

    /// Puts a record together from the header it had and what followed that.
    pub(crate) fn put_together(header: Header, rest: &[u8]) -> Result<Self, RecordError> {
        if header.seq == 0
            || header.seq > MAX_SEQ
            || (header.seq == 1 && header.prev != crate::header::FIRST_PREV)
        {
            return Err(RecordError::Header(HeaderError::ImpossiblePlace));
        }
        let mut raw = header.encode();
        let header_len = raw.len();
        raw.extend_from_slice(rest);
        Self::checked(header, header_len, raw)
    }

    fn checked(header: Header, header_len: usize, raw: Vec<u8>) -> Result<Self, RecordError> {
        if raw.len() > MAX_RECORD_LEN {
            return Err(RecordError::TooLarge);
        }
        let rest = &raw[header_len..];
        let ct_hash = match <[u8; STUB_REST]>::try_from(rest) {
            Ok(ct_hash) => ct_hash,
            Err(_) => {
                check_ct_len(rest.len())?;
                *blake3::hash(rest).as_bytes()
            }
        };
        let hash = record_hash(&raw[..header_len], &ct_hash);
        Ok(Self { header, header_len, raw, hash })
    }

    /// Gives where it stands.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// Gives the bytes as they are stored: the header, then [`Carried::rest`].
    pub fn raw(&self) -> &[u8] {
        &self.raw
    }

    /// Gives the bytes as they are stored, for good.
    pub fn into_raw(self) -> Vec<u8> {
        self.raw
    }

    /// Gives the bytes of the header.
    pub fn header_bytes(&self) -> &[u8] {
        &self.raw[..self.header_len]
    }

    /// Gives the sealed part, or its hash when this is a stub.
    pub fn rest(&self) -> &[u8] {
        &self.raw[self.header_len..]
    }

    /// Gives the hash of the record, which is that of its stub.
    pub fn hash(&self) -> [u8; 32] {
        self.hash
    }

    /// Says whether the content was erased.
    pub fn is_stub(&self) -> bool {
        self.rest().len() == STUB_REST
    }

    /// Gives the record, unless its content was erased.
    pub fn to_record(&self) -> Option<Record> {
        (!self.is_stub()).then(|| Record { header: self.header.clone(), ct: self.rest().to_vec() })
    }

    /// Gives the stub, which a record has too.
    pub fn to_stub(&self) -> Stub {
        let ct_hash = match <[u8; STUB_REST]>::try_from(self.rest()) {
            Ok(ct_hash) => ct_hash,
            Err(_) => *blake3::hash(self.rest()).as_bytes(),
        };
        Stub { header: self.header.clone(), ct_hash }
    }
}
