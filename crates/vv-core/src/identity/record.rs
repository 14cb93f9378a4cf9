//! The operations of account log and control stream as bytes. `docs/protocol.md` has the same in CDDL.

use minicbor::{Decoder, Encoder};
use vv_crypto::{SigningKey, VerifyingKey};

use crate::store::StoreError;

/// Signature: the signer of an account operation.
const ACCOUNT_OP_SIGNATURE: &str = "acct-op/v1";
/// Signature: the device behind a feed.
const FEED_OPEN_SIGNATURE: &str = "feed-open/v1";
/// Hash: names an account operation; the certificate of a device is the operation that added it.
const ACCOUNT_OP_HASH: &str = "acct-op/v1";
/// The version of the operations here.
const VERSION: u32 = 1;
/// The number of the kind "journal" of a space.
pub(crate) const SPACE_JOURNAL: u32 = 1;
/// The policy "locked": adding a member is void, even if it is signed.
pub(crate) const POLICY_LOCKED: u32 = 1;

pub(crate) type Written = Result<(), minicbor::encode::Error<std::convert::Infallible>>;
pub(crate) type Read<T> = Result<T, minicbor::decode::Error>;

pub(crate) fn encoded(write: impl FnOnce(&mut Encoder<Vec<u8>>) -> Written) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    write(&mut e).expect("writing to a vector cannot fail");
    e.into_writer()
}

pub(crate) fn decoded<T>(bytes: &[u8], read: impl FnOnce(&mut Decoder) -> Read<T>) -> Result<T, StoreError> {
    let mut d = Decoder::new(bytes);
    let value = read(&mut d).map_err(|_| StoreError::BadRecord("an operation is malformed"))?;
    if d.position() == bytes.len() {
        Ok(value)
    } else {
        Err(StoreError::BadRecord("an operation is malformed"))
    }
}

/// Gives what was read, where it would be written in the same bytes: there is one encoding of everything.
pub(crate) fn only_as_written<T>(read: T, written: &[u8], bytes: &[u8]) -> Result<T, StoreError> {
    if written == bytes { Ok(read) } else { Err(StoreError::BadRecord("an operation is malformed")) }
}

pub(crate) fn malformed() -> minicbor::decode::Error {
    minicbor::decode::Error::message("malformed")
}

pub(crate) fn fields(d: &mut Decoder, count: u64) -> Read<()> {
    if d.array()? == Some(count) { Ok(()) } else { Err(malformed()) }
}

fn version(d: &mut Decoder) -> Read<()> {
    if d.u32()? == VERSION { Ok(()) } else { Err(malformed()) }
}

pub(crate) fn fixed<const N: usize>(d: &mut Decoder) -> Read<[u8; N]> {
    d.bytes()?.try_into().map_err(|_| malformed())
}

/// Begins an account. Its hash is the account's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountGenesis {
    pub root: [u8; 32],
    pub recovery: [u8; 32],
    pub device_sig: [u8; 32],
    pub device_enc: [u8; 32],
    pub account_enc: [u8; 32],
    pub nonce: [u8; 16],
    pub made_ms: u64,
}

impl AccountGenesis {
    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(7)?.u32(VERSION)?.bytes(&self.root)?.bytes(&self.recovery)?;
            e.array(2)?.bytes(&self.device_sig)?.bytes(&self.device_enc)?;
            e.bytes(&self.account_enc)?.bytes(&self.nonce)?.u64(self.made_ms)?;
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let read: Self = decoded(bytes, |d| {
            fields(d, 7)?;
            version(d)?;
            let (root, recovery) = (fixed(d)?, fixed(d)?);
            fields(d, 2)?;
            let (device_sig, device_enc) = (fixed(d)?, fixed(d)?);
            let (account_enc, nonce, made_ms) = (fixed(d)?, fixed(d)?, d.u64()?);
            Ok(Self { root, recovery, device_sig, device_enc, account_enc, nonce, made_ms })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}

/// Begins a generation of the account secret: its public key and its wraps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EncRotate {
    pub generation: u32,
    pub account_enc: [u8; 32],
    /// To whom it is wrapped, by public key, and the wrap.
    pub wraps: Vec<([u8; 32], Vec<u8>)>,
    /// The generation before, sealed under this one; none for the first.
    pub back: Option<Vec<u8>>,
}

impl EncRotate {
    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(6)?.u32(VERSION)?.u32(self.generation)?.bytes(&self.account_enc)?.u8(vv_crypto::SUITE)?;
            e.array(self.wraps.len() as u64)?;
            for (to, wrap) in &self.wraps {
                e.array(2)?.bytes(to)?.bytes(wrap)?;
            }
            match &self.back {
                Some(back) => e.bytes(back)?,
                None => e.null()?,
            };
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let read: Self = decoded(bytes, |d| {
            fields(d, 6)?;
            version(d)?;
            let (generation, account_enc) = (d.u32()?, fixed(d)?);
            if d.u8()? != vv_crypto::SUITE {
                return Err(malformed());
            }
            let count = d.array()?.ok_or_else(malformed)?;
            let mut wraps = Vec::new();
            for _ in 0..count {
                fields(d, 2)?;
                wraps.push((fixed(d)?, d.bytes()?.to_vec()));
            }
            let back = if d.datatype()? == minicbor::data::Type::Null {
                d.null()?;
                None
            } else {
                Some(d.bytes()?.to_vec())
            };
            Ok(Self { generation, account_enc, wraps, back })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}

/// Is an account operation with its signature: by the account root for the genesis, else by a device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SignedAccountOp {
    pub op: Vec<u8>,
    pub signer: [u8; 32],
    pub signature: [u8; 64],
}

impl SignedAccountOp {
    pub(crate) fn sign(key: &SigningKey, account_id: &[u8; 32], kind: u64, op: Vec<u8>) -> Self {
        let signature = key.sign(ACCOUNT_OP_SIGNATURE, &[account_id, &kind.to_le_bytes(), &op]);
        Self { signer: *key.verifying_key().as_bytes(), signature, op }
    }

    pub(crate) fn verify(&self, account_id: &[u8; 32], kind: u64) -> Result<(), StoreError> {
        VerifyingKey::from_bytes(self.signer)
            .verify(ACCOUNT_OP_SIGNATURE, &[account_id, &kind.to_le_bytes(), &self.op], &self.signature)
            .map_err(|_| StoreError::BadRecord("an account operation's signature does not match"))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(3)?.bytes(&self.op)?.bytes(&self.signer)?.bytes(&self.signature)?;
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let read: Self = decoded(bytes, |d| {
            fields(d, 3)?;
            Ok(Self { op: d.bytes()?.to_vec(), signer: fixed(d)?, signature: fixed(d)? })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}

/// Names an account operation.
pub(crate) fn account_op_hash(op: &[u8]) -> [u8; 32] {
    vv_protocol::hash(ACCOUNT_OP_HASH, &[op])
}

/// Begins a space. Its hash is the space's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SpaceGenesis {
    pub kind: u32,
    pub founder: [u8; 32],
    pub policy: u32,
    pub nonce: [u8; 16],
    pub made_ms: u64,
}

impl SpaceGenesis {
    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(6)?.u32(VERSION)?.u32(self.kind)?.bytes(&self.founder)?.u32(self.policy)?;
            e.bytes(&self.nonce)?.u64(self.made_ms)?;
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let read: Self = decoded(bytes, |d| {
            fields(d, 6)?;
            version(d)?;
            Ok(Self {
                kind: d.u32()?,
                founder: fixed(d)?,
                policy: d.u32()?,
                nonce: fixed(d)?,
                made_ms: d.u64()?,
            })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}

/// Begins an epoch of a space: who is a member, and the keys wrapped to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct EpochOp {
    pub epoch: [u8; 32],
    pub height: u64,
    /// The epochs before it.
    pub parents: Vec<[u8; 32]>,
    /// The heads of the membership log it was made upon: hashes of records.
    pub member_heads: Vec<[u8; 32]>,
    pub member_set: [u8; 32],
    /// The id of the control stream's key.
    pub control: [u8; 32],
    /// The epoch before, sealed under this one; none for the first.
    pub back: Option<Vec<u8>>,
    /// Tag of the account, generation of its key, and the wrap.
    pub wraps: Vec<([u8; 8], u32, Vec<u8>)>,
}

impl EpochOp {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let hashes = |e: &mut Encoder<Vec<u8>>, hashes: &[[u8; 32]]| -> Written {
            e.array(hashes.len() as u64)?;
            for hash in hashes {
                e.bytes(hash)?;
            }
            Ok(())
        };
        encoded(|e| {
            e.array(10)?.u32(VERSION)?.bytes(&self.epoch)?.u64(self.height)?;
            hashes(e, &self.parents)?;
            hashes(e, &self.member_heads)?;
            e.bytes(&self.member_set)?.bytes(&self.control)?;
            match &self.back {
                Some(back) => e.bytes(back)?,
                None => e.null()?,
            };
            e.u8(vv_crypto::SUITE)?.array(self.wraps.len() as u64)?;
            for (tag, generation, wrap) in &self.wraps {
                e.array(3)?.bytes(tag)?.u32(*generation)?.bytes(wrap)?;
            }
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let hashes = |d: &mut Decoder| -> Read<Vec<[u8; 32]>> {
            let count = d.array()?.ok_or_else(malformed)?;
            (0..count).map(|_| fixed(d)).collect()
        };
        let read: Self = decoded(bytes, |d| {
            fields(d, 10)?;
            version(d)?;
            let (epoch, height) = (fixed(d)?, d.u64()?);
            let (parents, member_heads) = (hashes(d)?, hashes(d)?);
            let (member_set, control) = (fixed(d)?, fixed(d)?);
            let back = if d.datatype()? == minicbor::data::Type::Null {
                d.null()?;
                None
            } else {
                Some(d.bytes()?.to_vec())
            };
            if d.u8()? != vv_crypto::SUITE {
                return Err(malformed());
            }
            let count = d.array()?.ok_or_else(malformed)?;
            let mut wraps = Vec::new();
            for _ in 0..count {
                fields(d, 3)?;
                wraps.push((fixed(d)?, d.u32()?, d.bytes()?.to_vec()));
            }
            Ok(Self { epoch, height, parents, member_heads, member_set, control, back, wraps })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}

/// Names an account within one space, for its wrap.
pub(crate) fn account_tag(space: &[u8; 16], account_id: &[u8; 32]) -> [u8; 8] {
    let hash = vv_protocol::hash("account-tag/v1", &[space, account_id]);
    *hash.first_chunk().expect("a hash has more than eight bytes")
}

/// Hashes the set of members that an epoch is for. A journal has one.
pub(crate) fn member_set_of_one(account_id: &[u8; 32]) -> [u8; 32] {
    vv_protocol::hash("member-set/v1", &[account_id])
}

/// Hashes heads of a log into the 16 bytes that records quote.
pub(crate) fn quote_heads(context: &str, heads: &mut [[u8; 32]]) -> [u8; 16] {
    heads.sort_unstable();
    let parts: Vec<&[u8]> = heads.iter().map(<[u8; 32]>::as_slice).collect();
    let hash = vv_protocol::hash(context, &parts);
    *hash.first_chunk().expect("a hash has more than sixteen bytes")
}

/// Context of the quoted heads of a membership log.
pub(crate) const MVIEW: &str = "mview/v1";
/// Context of the quoted heads of an account log.
pub(crate) const ACCT_HEAD: &str = "acct-head/v1";

/// Begins a feed: which device stands behind it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FeedOpen {
    pub feed_key: [u8; 32],
    pub certificate: [u8; 32],
    pub incarnation: u64,
    pub signature: [u8; 64],
}

impl FeedOpen {
    pub(crate) fn make(
        device: &SigningKey,
        space: [u8; 16],
        stream: u32,
        feed_key: [u8; 32],
        certificate: [u8; 32],
        incarnation: u64,
    ) -> Self {
        let parts: [&[u8]; 5] =
            [&space, &stream.to_le_bytes(), &feed_key, &certificate, &incarnation.to_le_bytes()];
        Self { feed_key, certificate, incarnation, signature: device.sign(FEED_OPEN_SIGNATURE, &parts) }
    }

    /// Checks that the device meant this feed at this place.
    pub(crate) fn verify(&self, device: &[u8; 32], space: &[u8; 16], stream: u32) -> Result<(), StoreError> {
        let parts: [&[u8]; 5] = [
            space,
            &stream.to_le_bytes(),
            &self.feed_key,
            &self.certificate,
            &self.incarnation.to_le_bytes(),
        ];
        VerifyingKey::from_bytes(*device)
            .verify(FEED_OPEN_SIGNATURE, &parts, &self.signature)
            .map_err(|_| StoreError::BadRecord("the device behind a feed did not sign it"))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(5)?.u32(VERSION)?.bytes(&self.feed_key)?.bytes(&self.certificate)?;
            e.u64(self.incarnation)?.bytes(&self.signature)?;
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let read: Self = decoded(bytes, |d| {
            fields(d, 5)?;
            version(d)?;
            Ok(Self {
                feed_key: fixed(d)?,
                certificate: fixed(d)?,
                incarnation: d.u64()?,
                signature: fixed(d)?,
            })
        })?;
        let written = read.encode();
        only_as_written(read, &written, bytes)
    }
}
