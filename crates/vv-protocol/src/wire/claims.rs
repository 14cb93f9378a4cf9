//! Signed claims: how somebody proves an access key, makes a space, changes who has access, and purges.
//!
//! A claim is the body that is signed, under a context of its own. This crate encodes, reads and verifies; the signature
//! is made where the secret keys are: `sign(key, C::CONTEXT, body)`.

use minicbor::decode::Decoder;

use super::groups::{read_fixed, read_length, read_version, write};
use super::refused::{WireError, malformed};
use super::rights::Rights;
use crate::contexts;
use crate::framing::hash;
use crate::signature::{SignatureError, verify_signature};

/// Most keys or numbers that one claim lists.
const MAX_LISTED: usize = 1_000;
/// Longest encoding of a claim with its signature, in bytes.
const MAX_SIGNED_LEN: usize = 64 * 1024;
/// Longest host in bytes.
const MAX_HOST_LEN: usize = 255;
/// Longest nonce of a challenge in bytes.
const MAX_NONCE_LEN: usize = 64;
/// Longest voucher in bytes.
const MAX_VOUCHER_LEN: usize = 255;

/// Is a body with the key that signed it and the signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The claim, as [`Claim::encode`] gives it.
    pub body: Vec<u8>,
    /// The public key.
    pub by: [u8; 32],
    /// The signature over `body` under the claim's context.
    pub signature: [u8; 64],
}

/// Reports that a claim is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ClaimError {
    /// The bytes are no claim.
    #[error("the signed request is malformed: {0}")]
    Malformed(#[from] WireError),
    /// The signature is not the key's over this claim.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// Is something that can be claimed.
pub trait Claim: Sized {
    /// The context of its signature.
    const CONTEXT: &'static str;

    /// Encodes the body that is signed.
    fn encode(&self) -> Vec<u8>;

    /// Reads a body, without judging whether it is the one encoding.
    #[doc(hidden)]
    fn read(body: &[u8]) -> Result<Self, WireError>;

    /// Reads a body and refuses every other spelling of it.
    fn decode(body: &[u8]) -> Result<Self, WireError> {
        let claim = Self::read(body)?;
        if claim.encode() == body { Ok(claim) } else { Err(WireError::Malformed) }
    }
}

impl Signed {
    /// Encodes body, key and signature.
    pub fn encode(&self) -> Vec<u8> {
        write(self.body.len() + 128, |out| {
            out.array(4)?.u8(1)?.bytes(&self.body)?.bytes(&self.by)?.bytes(&self.signature)?;
            Ok(())
        })
    }

    /// Reads body, key and signature; believes nothing yet.
    pub fn decode(bytes: &[u8]) -> Result<Self, WireError> {
        if bytes.len() > MAX_SIGNED_LEN {
            return Err(WireError::TooLarge);
        }
        let mut decoder = Decoder::new(bytes);
        read_version(&mut decoder, 4)?;
        let body = decoder.bytes().map_err(malformed)?.to_vec();
        let signed = Self { body, by: read_fixed(&mut decoder)?, signature: read_fixed(&mut decoder)? };
        if signed.encode() == bytes { Ok(signed) } else { Err(WireError::Malformed) }
    }

    /// Verifies the signature as one over a claim of this kind, and reads the claim.
    pub fn open<C: Claim>(&self) -> Result<C, ClaimError> {
        verify_signature(&self.by, C::CONTEXT, &[&self.body], &self.signature)?;
        Ok(C::decode(&self.body)?)
    }
}

/// Claims an access key of a space towards one host, in answer to a challenge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthClaim {
    /// The nonce of the challenge.
    pub nonce: Vec<u8>,
    /// The host as the device calls it, with its port if it names one: a server accepts its own names only, so a claim
    /// is of no use elsewhere.
    pub host: String,
    /// The space.
    pub space: [u8; 16],
    /// Until when the token shall be good at most, in seconds since 1970 by the server's clock.
    pub not_after: u64,
}

impl Claim for AuthClaim {
    const CONTEXT: &'static str = contexts::AUTH_SIGNATURE;

    fn encode(&self) -> Vec<u8> {
        write(128, |out| {
            out.array(5)?.u8(1)?.bytes(&self.nonce)?.str(&self.host)?.bytes(&self.space)?;
            out.u64(self.not_after)?;
            Ok(())
        })
    }

    fn read(body: &[u8]) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(body);
        read_version(&mut decoder, 5)?;
        let nonce = decoder.bytes().map_err(malformed)?.to_vec();
        let host = read_text(&mut decoder, MAX_HOST_LEN)?;
        let (space, not_after) = (read_fixed(&mut decoder)?, decoder.u64().map_err(malformed)?);
        if nonce.len() > MAX_NONCE_LEN {
            return Err(WireError::TooLarge);
        }
        Ok(Self { nonce, host, space, not_after })
    }
}

/// Gives a key its rights; [`Rights::NONE`] takes them away.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyRights {
    /// The access key.
    pub key: [u8; 32],
    /// What it may do from now on.
    pub rights: Rights,
}

/// Claims a new space. It is signed by a key that gets [`Rights::ADMIN`] in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceClaim {
    /// The host, as in [`AuthClaim`].
    pub host: String,
    /// The space.
    pub space: [u8; 16],
    /// Who has access at first, in rising order of the keys.
    pub keys: Vec<KeyRights>,
    /// The voucher, where the server asks for one.
    pub voucher: Option<String>,
}

impl Claim for SpaceClaim {
    const CONTEXT: &'static str = contexts::SPACE_CREATE_SIGNATURE;

    fn encode(&self) -> Vec<u8> {
        write(128 + self.keys.len() * 40, |out| {
            out.array(5)?.u8(1)?.str(&self.host)?.bytes(&self.space)?;
            write_keys(out, &self.keys)?;
            match &self.voucher {
                Some(voucher) => out.str(voucher)?,
                None => out.null()?,
            };
            Ok(())
        })
    }

    fn read(body: &[u8]) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(body);
        read_version(&mut decoder, 5)?;
        let host = read_text(&mut decoder, MAX_HOST_LEN)?;
        let space = read_fixed(&mut decoder)?;
        let keys = read_keys(&mut decoder)?;
        let voucher = match decoder.datatype().map_err(malformed)? {
            minicbor::data::Type::Null => decoder.null().map(|()| None).map_err(malformed)?,
            _ => Some(read_text(&mut decoder, MAX_VOUCHER_LEN)?),
        };
        Ok(Self { host, space, keys, voucher })
    }
}

/// Changes who has access to a space. It is signed by a key that has [`Rights::ADMIN`] in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessClaim {
    /// The space.
    pub space: [u8; 16],
    /// The number of the list of access that is changed, from 1 at the making of the space. The change makes the next.
    /// So none is made twice, and none on top of another that its author had not seen.
    pub version: u64,
    /// What changes, in rising order of the keys.
    pub keys: Vec<KeyRights>,
}

impl Claim for AccessClaim {
    const CONTEXT: &'static str = contexts::ACCESS_SIGNATURE;

    fn encode(&self) -> Vec<u8> {
        write(128 + self.keys.len() * 40, |out| {
            out.array(4)?.u8(1)?.bytes(&self.space)?.u64(self.version)?;
            write_keys(out, &self.keys)
        })
    }

    fn read(body: &[u8]) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(body);
        read_version(&mut decoder, 4)?;
        let space = read_fixed(&mut decoder)?;
        let version = decoder.u64().map_err(malformed)?;
        Ok(Self { space, version, keys: read_keys(&mut decoder)? })
    }
}

/// Asks to erase the contents of records of one feed. It is signed by that feed's key, or by a key that has
/// [`Rights::ADMIN`] in the space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PurgeClaim {
    /// The space.
    pub space: [u8; 16],
    /// The stream.
    pub stream: u32,
    /// The feed.
    pub feed: [u8; 16],
    /// The numbers of the records in the feed, in rising order.
    pub seqs: Vec<u64>,
}

impl Claim for PurgeClaim {
    const CONTEXT: &'static str = contexts::PURGE_SIGNATURE;

    fn encode(&self) -> Vec<u8> {
        write(128 + self.seqs.len() * 5, |out| {
            out.array(5)?.u8(1)?.bytes(&self.space)?.u32(self.stream)?.bytes(&self.feed)?;
            out.array(self.seqs.len() as u64)?;
            for seq in &self.seqs {
                out.u64(*seq)?;
            }
            Ok(())
        })
    }

    fn read(body: &[u8]) -> Result<Self, WireError> {
        let mut decoder = Decoder::new(body);
        read_version(&mut decoder, 5)?;
        let space = read_fixed(&mut decoder)?;
        let stream = decoder.u32().map_err(malformed)?;
        let feed = read_fixed(&mut decoder)?;
        let mut seqs = Vec::new();
        for _ in 0..read_length(&mut decoder, MAX_LISTED)? {
            seqs.push(decoder.u64().map_err(malformed)?);
        }
        if seqs.is_empty() || !seqs.is_sorted_by(|a, b| a < b) {
            return Err(WireError::Malformed);
        }
        Ok(Self { space, stream, feed, seqs })
    }
}

/// Names the mailbox that two who know a secret share, for one purpose. Who knows the name alone learns nothing of the
/// secret.
pub fn mailbox_id(purpose: &str, secret: &[u8]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&hash(contexts::MAILBOX_ID, &[purpose.as_bytes(), secret])[..16]);
    id
}

fn write_keys(
    out: &mut super::groups::Out,
    keys: &[KeyRights],
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    out.array(keys.len() as u64)?;
    for KeyRights { key, rights } in keys {
        out.array(2)?.bytes(key)?.u8(rights.bits())?;
    }
    Ok(())
}

fn read_keys(decoder: &mut Decoder<'_>) -> Result<Vec<KeyRights>, WireError> {
    let mut keys = Vec::new();
    for _ in 0..read_length(decoder, MAX_LISTED)? {
        if read_length(decoder, 2)? != 2 {
            return Err(WireError::Malformed);
        }
        let key = read_fixed(decoder)?;
        let rights = Rights::from_bits(decoder.u64().map_err(malformed)?).ok_or(WireError::Malformed)?;
        keys.push(KeyRights { key, rights });
    }
    if keys.is_empty() || !keys.is_sorted_by(|a, b| a.key < b.key) {
        return Err(WireError::Malformed);
    }
    Ok(keys)
}

fn read_text(decoder: &mut Decoder<'_>, most: usize) -> Result<String, WireError> {
    let text = decoder.str().map_err(malformed)?;
    if text.len() > most { Err(WireError::TooLarge) } else { Ok(text.to_owned()) }
}
