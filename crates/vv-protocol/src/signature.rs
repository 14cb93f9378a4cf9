//! Verification of signatures. Making them needs a secret key, and so `vv-crypto`.

use crate::contexts;
use crate::framing::signed_message;

/// Reports that a signature does not belong to these bytes, this context and this key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the signature does not match")]
pub struct SignatureError;

/// Verifies an Ed25519 signature over parts under a context, strictly: small-order keys and non-canonical encodings
/// are refused, so that everybody accepts the same records.
pub fn verify_signature(
    public_key: &[u8; 32],
    context: &str,
    parts: &[&[u8]],
    signature: &[u8; 64],
) -> Result<(), SignatureError> {
    let key = ed25519_dalek::VerifyingKey::from_bytes(public_key).map_err(|_| SignatureError)?;
    let signature = ed25519_dalek::Signature::from_bytes(signature);
    key.verify_strict(&signed_message(context, parts), &signature).map_err(|_| SignatureError)
}

/// Gives the two parts that an author signs under [`contexts::RECORD_SIGNATURE`]: the plain BLAKE3 hashes of the
/// header's bytes and of the inner bytes.
pub fn record_digests(header: &[u8], inner: &[u8]) -> [[u8; 32]; 2] {
    [*blake3::hash(header).as_bytes(), *blake3::hash(inner).as_bytes()]
}

/// Verifies the author's signature inside a record.
pub fn verify_record(
    feed_public_key: &[u8; 32],
    header: &[u8],
    inner: &[u8],
    signature: &[u8; 64],
) -> Result<(), SignatureError> {
    let [header, inner] = record_digests(header, inner);
    verify_signature(feed_public_key, contexts::RECORD_SIGNATURE, &[&header, &inner], signature)
}
