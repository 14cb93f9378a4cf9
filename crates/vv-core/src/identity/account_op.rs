//! The operations of an account log that come after its founding: devices are added and revoked, the account secret is renewed.
//!
//! Each names the operations its author had seen, so that who may do what can be judged from the set of operations alone, in
//! whatever order it arrived. `resolve.rs` judges; `docs/protocol.md` has the formats in CDDL.

use minicbor::Encoder;
use vv_crypto::{SigningKey, VerifyingKey};
use vv_protocol::OpType;

use super::record::{
    AccountGenesis, EncRotate, Read, Written, decoded, encoded, fields, fixed, malformed, only_as_written,
};
use crate::store::StoreError;

/// Signature: a device's own word that it is to belong to an account.
const DEVICE_PROOF: &str = "device-proof/v1";
/// The version of the operations here; the renewal of the account secret has one of its own.
const VERSION: u32 = 1;
const ROTATE_VERSION: u32 = 2;

/// Names an operation.
pub(crate) type OpHash = [u8; 32];

/// Wraps one generation of the account secret to one device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SecretWrap {
    pub generation: u32,
    /// The public key that belongs to the secret.
    pub public: [u8; 32],
    pub wrap: Vec<u8>,
}

/// Begins a generation of the account secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rotation {
    pub generation: u32,
    /// The public key that belongs to the secret.
    pub public: [u8; 32],
    /// To whom it is wrapped, by public key, and the wrap.
    pub wraps: Vec<([u8; 32], Vec<u8>)>,
    /// Older secrets sealed under this one.
    pub back: Vec<SecretWrap>,
}

/// Adds a device; made by another device, or, as a recovery, by the account root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceAdd {
    pub parents: Vec<OpHash>,
    pub sign: [u8; 32],
    pub open: [u8; 32],
    /// The new device's word that it belongs to this account.
    pub proof: [u8; 64],
    /// The newest account secret for it.
    pub wraps: Vec<SecretWrap>,
    pub made_ms: u64,
}

/// Revokes a device for good and renews the account secret without it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DeviceRevoke {
    pub parents: Vec<OpHash>,
    pub device: [u8; 32],
    pub rotation: Rotation,
    /// Up to where its feeds count, sealed for the person's own devices.
    pub cuts: Vec<u8>,
    pub made_ms: u64,
}

/// Renews the account secret for the devices there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountRotate {
    pub parents: Vec<OpHash>,
    pub rotation: Rotation,
    pub made_ms: u64,
}

/// Is any operation of an account log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum AccountOp {
    /// Begins the account.
    Genesis(AccountGenesis),
    /// Wraps the first account secret.
    First(EncRotate),
    /// Adds a device in the name of another.
    Add(DeviceAdd),
    /// Adds a device in the name of the account root.
    Recover(DeviceAdd),
    /// Revokes a device.
    Revoke(DeviceRevoke),
    /// Renews the account secret.
    Rotate(AccountRotate),
}

impl AccountOp {
    /// Reads an operation; none when a later version wrote it.
    pub(crate) fn decode(kind: u64, bytes: &[u8]) -> Result<Option<Self>, StoreError> {
        let version = decoded_version(bytes)?;
        let op = match (OpType::from_number(kind), version) {
            (Some(OpType::AccountGenesis), VERSION) => Self::Genesis(AccountGenesis::decode(bytes)?),
            (Some(OpType::EncRotate), VERSION) => Self::First(EncRotate::decode(bytes)?),
            (Some(OpType::EncRotate), ROTATE_VERSION) => Self::Rotate(AccountRotate::decode(bytes)?),
            (Some(OpType::DeviceAdd), VERSION) => Self::Add(DeviceAdd::decode(bytes)?),
            (Some(OpType::Recover), VERSION) => Self::Recover(DeviceAdd::decode(bytes)?),
            (Some(OpType::DeviceRevoke), VERSION) => Self::Revoke(DeviceRevoke::decode(bytes)?),
            _ => return Ok(None),
        };
        let written = op.encode();
        only_as_written(Some(op), &written, bytes)
    }

    /// Writes it.
    pub(crate) fn encode(&self) -> Vec<u8> {
        match self {
            Self::Genesis(op) => op.encode(),
            Self::First(op) => op.encode(),
            Self::Add(op) | Self::Recover(op) => op.encode(),
            Self::Revoke(op) => op.encode(),
            Self::Rotate(op) => op.encode(),
        }
    }

    /// Lists the operations its author had seen last.
    pub(crate) fn parents(&self) -> &[OpHash] {
        match self {
            Self::Genesis(_) | Self::First(_) => &[],
            Self::Add(op) | Self::Recover(op) => &op.parents,
            Self::Revoke(op) => &op.parents,
            Self::Rotate(op) => &op.parents,
        }
    }
}

fn decoded_version(bytes: &[u8]) -> Result<u32, StoreError> {
    let mut d = minicbor::Decoder::new(bytes);
    d.array().and_then(|_| d.u32()).map_err(|_| StoreError::BadRecord("an operation is malformed"))
}

fn write_hashes(e: &mut Encoder<Vec<u8>>, hashes: &[OpHash]) -> Written {
    e.array(hashes.len() as u64)?;
    for hash in hashes {
        e.bytes(hash)?;
    }
    Ok(())
}

fn read_hashes(d: &mut minicbor::Decoder) -> Read<Vec<OpHash>> {
    let count = d.array()?.ok_or_else(malformed)?;
    let hashes = (0..count).map(|_| fixed(d)).collect::<Read<Vec<OpHash>>>()?;
    if hashes.is_sorted_by(|a, b| a < b) { Ok(hashes) } else { Err(malformed()) }
}

fn write_wraps(e: &mut Encoder<Vec<u8>>, wraps: &[SecretWrap]) -> Written {
    e.array(wraps.len() as u64)?;
    for wrap in wraps {
        e.array(3)?.u32(wrap.generation)?.bytes(&wrap.public)?.bytes(&wrap.wrap)?;
    }
    Ok(())
}

fn read_wraps(d: &mut minicbor::Decoder) -> Read<Vec<SecretWrap>> {
    let count = d.array()?.ok_or_else(malformed)?;
    (0..count)
        .map(|_| {
            fields(d, 3)?;
            Ok(SecretWrap { generation: d.u32()?, public: fixed(d)?, wrap: d.bytes()?.to_vec() })
        })
        .collect()
}

impl Rotation {
    fn write(&self, e: &mut Encoder<Vec<u8>>) -> Written {
        e.array(5)?.u32(self.generation)?.bytes(&self.public)?.u8(vv_crypto::SUITE)?;
        e.array(self.wraps.len() as u64)?;
        for (to, wrap) in &self.wraps {
            e.array(2)?.bytes(to)?.bytes(wrap)?;
        }
        write_wraps(e, &self.back)
    }

    fn read(d: &mut minicbor::Decoder) -> Read<Self> {
        fields(d, 5)?;
        let (generation, public) = (d.u32()?, fixed(d)?);
        if d.u8()? != vv_crypto::SUITE {
            return Err(malformed());
        }
        let count = d.array()?.ok_or_else(malformed)?;
        let mut wraps = Vec::new();
        for _ in 0..count {
            fields(d, 2)?;
            wraps.push((fixed(d)?, d.bytes()?.to_vec()));
        }
        Ok(Self { generation, public, wraps, back: read_wraps(d)? })
    }
}

impl DeviceAdd {
    /// Signs, as the new device, that it belongs to an account.
    pub(crate) fn prove(key: &SigningKey, open: &[u8; 32], account_id: &[u8; 32]) -> [u8; 64] {
        key.sign(DEVICE_PROOF, &[account_id, key.verifying_key().as_bytes(), open])
    }

    /// Checks that the device itself wants to belong to the account.
    pub(crate) fn check_proof(&self, account_id: &[u8; 32]) -> Result<(), StoreError> {
        VerifyingKey::from_bytes(self.sign)
            .verify(DEVICE_PROOF, &[account_id, &self.sign, &self.open], &self.proof)
            .map_err(|_| StoreError::BadRecord("a device does not say that it belongs to this account"))
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(6)?.u32(VERSION)?;
            write_hashes(e, &self.parents)?;
            e.array(2)?.bytes(&self.sign)?.bytes(&self.open)?;
            e.bytes(&self.proof)?;
            write_wraps(e, &self.wraps)?;
            e.u64(self.made_ms)?;
            Ok(())
        })
    }

    fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        decoded(bytes, |d| {
            fields(d, 6)?;
            d.u32()?;
            let parents = read_hashes(d)?;
            fields(d, 2)?;
            let (sign, open) = (fixed(d)?, fixed(d)?);
            Ok(Self { parents, sign, open, proof: fixed(d)?, wraps: read_wraps(d)?, made_ms: d.u64()? })
        })
    }
}

impl DeviceRevoke {
    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(6)?.u32(VERSION)?;
            write_hashes(e, &self.parents)?;
            e.bytes(&self.device)?;
            self.rotation.write(e)?;
            e.bytes(&self.cuts)?.u64(self.made_ms)?;
            Ok(())
        })
    }

    fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        decoded(bytes, |d| {
            fields(d, 6)?;
            d.u32()?;
            let (parents, device) = (read_hashes(d)?, fixed(d)?);
            let rotation = Rotation::read(d)?;
            Ok(Self { parents, device, rotation, cuts: d.bytes()?.to_vec(), made_ms: d.u64()? })
        })
    }
}

impl AccountRotate {
    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(4)?.u32(ROTATE_VERSION)?;
            write_hashes(e, &self.parents)?;
            self.rotation.write(e)?;
            e.u64(self.made_ms)?;
            Ok(())
        })
    }

    fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        decoded(bytes, |d| {
            fields(d, 4)?;
            d.u32()?;
            Ok(Self { parents: read_hashes(d)?, rotation: Rotation::read(d)?, made_ms: d.u64()? })
        })
    }
}

/// Says up to which record a feed of a revoked device counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut {
    pub space: [u8; 16],
    pub stream: u32,
    pub feed: [u8; 16],
    pub seq: u64,
    pub hash: [u8; 32],
}

impl Cut {
    /// Writes several as bytes, to be sealed.
    pub(crate) fn encode_all(cuts: &[Self]) -> Vec<u8> {
        encoded(|e| {
            e.array(cuts.len() as u64)?;
            for cut in cuts {
                e.array(5)?.bytes(&cut.space)?.u32(cut.stream)?.bytes(&cut.feed)?;
                e.u64(cut.seq)?.bytes(&cut.hash)?;
            }
            Ok(())
        })
    }

    /// Reads what [`Cut::encode_all`] wrote.
    pub(crate) fn decode_all(bytes: &[u8]) -> Result<Vec<Self>, StoreError> {
        let cuts: Vec<Self> = decoded(bytes, |d| {
            let count = d.array()?.ok_or_else(malformed)?;
            (0..count)
                .map(|_| {
                    fields(d, 5)?;
                    let (space, stream, feed) = (fixed(d)?, d.u32()?, fixed(d)?);
                    Ok(Self { space, stream, feed, seq: d.u64()?, hash: fixed(d)? })
                })
                .collect()
        })?;
        let written = Self::encode_all(&cuts);
        only_as_written(cuts, &written, bytes)
    }
}
