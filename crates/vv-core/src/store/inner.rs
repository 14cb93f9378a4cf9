//! The inside of a record: what only those who have the key can read.

use minicbor::{Decoder, Encoder};

use super::error::StoreError;
use super::hlc::Hlc;

/// The version of the bodies this program writes.
pub(crate) const TYPE_VERSION: u32 = 1;

/// Quotes what a server had shown of a stream when a record was written: so that a server which shows others something else is found
/// out by the first record that crosses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// The server's name for its copy of the stream.
    pub log_id: [u8; 8],
    /// How many records it held.
    pub gseq: u64,
    /// The beginning of the hash of the stream up to there.
    pub chain: [u8; 16],
}

/// Holds what is sealed in a record, without its signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inner {
    /// What sort of record it is, a number of `vv_protocol::OpType`.
    pub kind: u64,
    /// The version of its body.
    pub version: u32,
    /// Its logical time.
    pub hlc: Hlc,
    /// The object it is about.
    pub object: [u8; 16],
    /// Its body.
    pub body: Vec<u8>,
    /// The membership the author saw: a hash over the heads of the control stream.
    pub mview: [u8; 16],
    /// The head of the author's account log.
    pub acct_head: [u8; 16],
    /// What a server had shown of the stream; none until one was seen.
    pub seen: Option<Seen>,
    /// Flags.
    pub flags: u64,
}

impl Inner {
    /// Writes it as deterministic CBOR.
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut e = Encoder::new(Vec::with_capacity(self.body.len() + 96));
        self.write(&mut e).expect("writing to a vector cannot fail");
        e.into_writer()
    }

    fn write(
        &self,
        e: &mut Encoder<Vec<u8>>,
    ) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
        e.map(7 + u64::from(self.seen.is_some()) + u64::from(self.flags != 0))?;
        e.u8(0)?.u64(self.kind)?;
        e.u8(1)?.u32(self.version)?;
        e.u8(2)?.u64(self.hlc.number())?;
        e.u8(3)?.bytes(&self.object)?;
        e.u8(4)?.bytes(&self.body)?;
        e.u8(5)?.bytes(&self.mview)?;
        e.u8(6)?.bytes(&self.acct_head)?;
        if let Some(Seen { log_id, gseq, chain }) = &self.seen {
            e.u8(7)?.array(3)?.bytes(log_id)?.u64(*gseq)?.bytes(chain)?;
        }
        if self.flags != 0 {
            e.u8(9)?.u64(self.flags)?;
        }
        Ok(())
    }

    /// Reads it; keys that this version does not know are passed over.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        Self::read(bytes).map_err(|_| StoreError::BadRecord("its inside is malformed"))
    }

    fn read(bytes: &[u8]) -> Result<Self, minicbor::decode::Error> {
        let mut d = Decoder::new(bytes);
        let missing = || minicbor::decode::Error::message("a key is missing");
        let fields = d.map()?.ok_or_else(missing)?;
        let (mut kind, mut version, mut hlc, mut object, mut body) = (None, None, None, None, None);
        let (mut mview, mut acct_head, mut seen, mut flags) = (None, None, None, 0);
        let mut before = None;
        for _ in 0..fields {
            let key = d.u64()?;
            if before.is_some_and(|before| before >= key) {
                return Err(minicbor::decode::Error::message("keys disordered"));
            }
            before = Some(key);
            match key {
                0 => kind = Some(d.u64()?),
                1 => version = Some(d.u32()?),
                2 => hlc = Hlc::from_number(d.u64()?),
                3 => object = d.bytes()?.try_into().ok(),
                4 => body = Some(d.bytes()?.to_vec()),
                5 => mview = d.bytes()?.try_into().ok(),
                6 => acct_head = d.bytes()?.try_into().ok(),
                7 => seen = Some(read_seen(&mut d)?),
                9 => flags = d.u64()?,
                _ => d.skip()?,
            }
        }
        if d.position() != bytes.len() {
            return Err(minicbor::decode::Error::message("something follows"));
        }
        Ok(Self {
            kind: kind.ok_or_else(missing)?,
            version: version.ok_or_else(missing)?,
            hlc: hlc.ok_or_else(missing)?,
            object: object.ok_or_else(missing)?,
            body: body.ok_or_else(missing)?,
            mview: mview.ok_or_else(missing)?,
            acct_head: acct_head.ok_or_else(missing)?,
            seen,
            flags,
        })
    }
}

fn read_seen(d: &mut Decoder<'_>) -> Result<Seen, minicbor::decode::Error> {
    let malformed = || minicbor::decode::Error::message("a key is missing");
    if d.array()? != Some(3) {
        return Err(malformed());
    }
    let log_id = d.bytes()?.try_into().map_err(|_| malformed())?;
    let gseq = d.u64()?;
    let chain = d.bytes()?.try_into().map_err(|_| malformed())?;
    Ok(Seen { log_id, gseq, chain })
}
