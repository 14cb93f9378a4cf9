//! The header of a record: where it stands, in clear, and bound to everything sealed beside it.
//!
//! Its encoding is the only one possible: decoding refuses every other spelling of the same values, because hashes and
//! signatures are over the bytes.

use minicbor::decode::Decoder;
use minicbor::encode::Encoder;

use crate::limits::MAX_SEQ;

/// The version of the format that this crate writes and reads.
pub const VERSION: u8 = 1;

/// The `prev` of the first record of a feed.
pub const FIRST_PREV: [u8; 32] = [0; 32];

const FIELDS: u64 = 8;

/// Says where a record stands and what it was sealed with.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Header {
    /// Version of the format, [`VERSION`].
    pub version: u8,
    /// The space.
    pub space: [u8; 16],
    /// The stream within the space.
    pub stream: u32,
    /// The feed, as [`crate::feed_id`] names it.
    pub feed: [u8; 16],
    /// The number of the record in its feed, without gaps from 1.
    pub seq: u64,
    /// The hash of the record before it in the feed, or [`FIRST_PREV`].
    pub prev: [u8; 32],
    /// The epoch whose key seals it.
    pub epoch: [u8; 32],
    /// The nonce it is sealed with.
    pub nonce: [u8; 24],
}

/// Reports bytes that are no header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// The header is of a version that this crate does not know.
    #[error("the record was written in version {0} of the format, which this version cannot read")]
    UnknownVersion(u64),
    /// The number in the feed is 0 or too large, or the first record names one before it.
    #[error("the record's place in its feed is impossible")]
    ImpossiblePlace,
    /// The bytes are not the one encoding of a header.
    #[error("the record's header is malformed")]
    Malformed,
}

impl Header {
    /// Encodes the header as deterministic CBOR: an array of eight, integers as short as possible.
    pub fn encode(&self) -> Vec<u8> {
        let mut encoder = Encoder::new(Vec::with_capacity(144));
        self.write(&mut encoder).expect("writing to a vector cannot fail");
        encoder.into_writer()
    }

    /// Decodes a header that fills `bytes` exactly.
    pub fn decode(bytes: &[u8]) -> Result<Self, HeaderError> {
        match Self::decode_prefix(bytes)? {
            (header, []) => Ok(header),
            _ => Err(HeaderError::Malformed),
        }
    }

    /// Decodes the header at the beginning of `bytes` and gives what follows it.
    pub fn decode_prefix(bytes: &[u8]) -> Result<(Self, &[u8]), HeaderError> {
        let mut decoder = Decoder::new(bytes);
        let header = Self::read(&mut decoder)?;
        let (own, rest) = bytes.split_at(decoder.position());
        // The decoder also reads longer spellings of the same numbers and lengths; only the shortest is a header.
        if header.encode() != own {
            return Err(HeaderError::Malformed);
        }
        if header.seq == 0 || header.seq > MAX_SEQ || (header.seq == 1 && header.prev != FIRST_PREV) {
            return Err(HeaderError::ImpossiblePlace);
        }
        Ok((header, rest))
    }

    fn write(
        &self,
        encoder: &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        encoder
            .array(FIELDS)?
            .u8(self.version)?
            .bytes(&self.space)?
            .u32(self.stream)?
            .bytes(&self.feed)?
            .u64(self.seq)?
            .bytes(&self.prev)?
            .bytes(&self.epoch)?
            .bytes(&self.nonce)?;
        Ok(())
    }

    fn read(decoder: &mut Decoder<'_>) -> Result<Self, HeaderError> {
        let malformed = |_| HeaderError::Malformed;
        // The version is read before the number of fields is judged: a later version may have more.
        let fields = decoder.array().map_err(malformed)?;
        let version = decoder.u64().map_err(malformed)?;
        if version != u64::from(VERSION) {
            return Err(HeaderError::UnknownVersion(version));
        }
        if fields != Some(FIELDS) {
            return Err(HeaderError::Malformed);
        }
        Ok(Self {
            version: VERSION,
            space: fixed(decoder)?,
            stream: decoder.u32().map_err(malformed)?,
            feed: fixed(decoder)?,
            seq: decoder.u64().map_err(malformed)?,
            prev: fixed(decoder)?,
            epoch: fixed(decoder)?,
            nonce: fixed(decoder)?,
        })
    }
}

fn fixed<const N: usize>(decoder: &mut Decoder<'_>) -> Result<[u8; N], HeaderError> {
    let bytes = decoder.bytes().map_err(|_| HeaderError::Malformed)?;
    bytes.try_into().map_err(|_| HeaderError::Malformed)
}
