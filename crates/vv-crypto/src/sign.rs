//! Signatures: Ed25519, strictly verified, each under a context string of its own.
//!
//! A signature covers `context` and the exact split into parts, so one made for a record can never pass as one made
//! for anything else.

use std::fmt;

use ed25519_dalek::Signer;

use crate::key::{Key32, make_key};

/// Reports that a signature does not belong to these bytes, this context and this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
pub struct SignatureError;

/// Signs. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// Makes a random signing key.
    pub fn make() -> Self {
        Self::from_seed(&make_key())
    }

    /// Takes the 32-byte secret of RFC 8032 as a signing key.
    pub fn from_seed(seed: &Key32) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed.as_bytes()))
    }

    /// Gives the seed back, to be stored sealed.
    pub fn seed(&self) -> Key32 {
        Key32::from_bytes(self.0.to_bytes())
    }

    /// Gives the public half.
    pub fn verifying_key(&self) -> VerifyingKey {
        VerifyingKey(self.0.verifying_key().to_bytes())
    }

    /// Signs the parts under a context; see [`VerifyingKey::verify`] for what is covered.
    pub fn sign(&self, context: &str, parts: &[&[u8]]) -> [u8; 64] {
        self.0.sign(&signed_message(context, parts)).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(..)")
    }
}

/// Verifies signatures; the 32 bytes of a public Ed25519 key.
///
/// Holding one says nothing about its validity: bytes that are no good key fail when something is verified with them.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerifyingKey([u8; 32]);

impl VerifyingKey {
    /// Takes 32 bytes as a public key.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Lends the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Verifies a signature over context and parts.
    ///
    /// Strict in the sense of `verify_strict`: small-order keys and non-canonical encodings are refused, so that
    /// everybody accepts exactly the same signatures.
    pub fn verify(&self, context: &str, parts: &[&[u8]], signature: &[u8; 64]) -> Result<(), SignatureError> {
        let key = ed25519_dalek::VerifyingKey::from_bytes(&self.0).map_err(|_| SignatureError)?;
        let signature = ed25519_dalek::Signature::from_bytes(signature);
        key.verify_strict(&signed_message(context, parts), &signature).map_err(|_| SignatureError)
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifyingKey({})", data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// Frames what is signed: `"vice-versa sign " + context`, then every part, each preceded by its length in bytes as a
/// 64-bit little-endian number.
fn signed_message(context: &str, parts: &[&[u8]]) -> Vec<u8> {
    let context = format!("vice-versa sign {context}");
    let mut message = Vec::new();
    for part in std::iter::once(context.as_bytes()).chain(parts.iter().copied()) {
        message.extend_from_slice(&(part.len() as u64).to_le_bytes());
        message.extend_from_slice(part);
    }
    message
}
