//! How parts become one message, for hashes and for signatures, so that no two lists of parts look alike.
//!
//! The same construction stands in `vv-crypto`, on which this crate must not depend; common test vectors hold the two
//! together.

/// Hashes parts under a context.
///
/// BLAKE3 in key derivation mode with the context `"vice-versa hash " + context` over every part, each preceded by its
/// length in bytes as a 64-bit little-endian number.
pub fn hash(context: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new_derive_key(&format!("vice-versa hash {context}"));
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part);
    }
    *hasher.finalize().as_bytes()
}

/// Frames what a signature covers: `"vice-versa sign " + context`, then every part, each preceded by its length in
/// bytes as a 64-bit little-endian number.
pub(crate) fn signed_message(context: &str, parts: &[&[u8]]) -> Vec<u8> {
    let context = format!("vice-versa sign {context}");
    let mut message = Vec::new();
    for part in std::iter::once(context.as_bytes()).chain(parts.iter().copied()) {
        message.extend_from_slice(&(part.len() as u64).to_le_bytes());
        message.extend_from_slice(part);
    }
    message
}
