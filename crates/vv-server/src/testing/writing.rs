//! Keys that sign, and feeds of records that look as those of a device do.

use ed25519_dalek::{Signer, SigningKey};
use vv_protocol::wire::{Batch, Carried, Claim, Signed};
use vv_protocol::{FIRST_PREV, Header, Record, contexts, feed_id};

/// Is an access key, or the key of a feed.
#[derive(Clone)]
pub struct Key(SigningKey);

impl Key {
    /// Makes the key of a seed.
    pub fn of(seed: u64) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        Self(SigningKey::from_bytes(&bytes))
    }

    /// Gives the public key.
    pub fn public(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// Signs parts under a context, as docs/protocol.md says.
    pub fn sign(&self, context: &str, parts: &[&[u8]]) -> [u8; 64] {
        let context = format!("vice-versa sign {context}");
        let mut message = Vec::new();
        for part in std::iter::once(context.as_bytes()).chain(parts.iter().copied()) {
            message.extend_from_slice(&(part.len() as u64).to_le_bytes());
            message.extend_from_slice(part);
        }
        self.0.sign(&message).to_bytes()
    }

    /// Signs a claim.
    pub fn claim<C: Claim>(&self, claim: &C) -> Signed {
        let body = claim.encode();
        let signature = self.sign(C::CONTEXT, &[&body]);
        Signed { body, by: self.public(), signature }
    }
}

/// Writes the records of one feed.
#[derive(Clone)]
pub struct Feed {
    key: Key,
    place: Header,
    noise: u64,
}

impl Feed {
    /// Begins a feed.
    pub fn begin(key: Key, space: [u8; 16], stream: u32) -> Self {
        let place = Header {
            version: 1,
            space,
            stream,
            feed: feed_id(&key.public()),
            seq: 0,
            prev: FIRST_PREV,
            epoch: [7; 32],
            nonce: [0; 24],
        };
        let noise = u64::from_le_bytes(key.public()[..8].try_into().expect("a key has eight bytes"));
        Self { key, place, noise }
    }

    /// Gives the id of the feed.
    pub fn id(&self) -> [u8; 16] {
        self.place.feed
    }

    /// Gives the number of the last record.
    pub fn seq(&self) -> u64 {
        self.place.seq
    }

    /// Gives the key.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Writes the next record, with a sealed part of this length, which must be one that padding gives.
    pub fn write(&mut self, ct_len: usize) -> Carried {
        self.place.seq += 1;
        self.noise = self.noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        self.place.nonce[..8].copy_from_slice(&self.noise.to_le_bytes());
        let mut ct = vec![0; ct_len];
        blake3::Hasher::new().update(&self.noise.to_le_bytes()).finalize_xof().fill(&mut ct);
        let record = Record { header: self.place.clone(), ct };
        self.place.prev = record.hash();
        Carried::from_raw(record.encode()).expect("the length is one that padding gives")
    }

    /// Writes the next records as a batch.
    pub fn batch(&mut self, count: usize, ct_len: usize) -> Batch {
        let records = (0..count).map(|_| self.write(ct_len)).collect();
        self.sign(records)
    }

    /// Signs records of this feed as a batch.
    pub fn sign(&self, records: Vec<Carried>) -> Batch {
        let mut batch =
            Batch { feed_key: self.key.public(), records, signature: [0; 64], head: None, access: None };
        if let Some(claim) = batch.claim() {
            batch.signature = self.key.sign(contexts::PUSH_SIGNATURE, &[&claim.to_bytes()]);
        }
        batch
    }
}
