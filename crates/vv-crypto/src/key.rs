//! The 32-byte key, how keys are made and derived, and the one hash with a context.

use std::fmt;

use zeroize::{Zeroize, ZeroizeOnDrop};

/// Holds a secret key of 32 bytes, wipes it when dropped and never prints it.
///
/// Cloning is possible because a key belongs to several owners at once (a space and an open editor); each copy wipes
/// itself.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Key32([u8; 32]);

impl Key32 {
    /// Takes 32 bytes as a key.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Takes a slice as a key when it is exactly 32 bytes long.
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Lends the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Key32 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key32(..)")
    }
}

impl PartialEq for Key32 {
    /// Compares in constant time.
    fn eq(&self, other: &Self) -> bool {
        blake3::Hash::from_bytes(self.0) == blake3::Hash::from_bytes(other.0)
    }
}

impl Eq for Key32 {}

/// Makes a new random key.
pub fn make_key() -> Key32 {
    Key32(make_bytes())
}

/// Makes `N` random bytes with the operating system's generator.
///
/// # Panics
/// When the operating system cannot provide randomness; nothing safe could be done without it.
pub fn make_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system provides randomness");
    bytes
}

/// Derives a key for one purpose from another key.
///
/// BLAKE3 in key derivation mode with the context `"vice-versa key " + context` over `key ‖ salt`. The key has a fixed
/// length, so a salt of several parts is unambiguous when the parts have fixed lengths; callers keep to that.
pub fn derive_key(context: &str, key: &Key32, salt: &[u8]) -> Key32 {
    let mut hasher = blake3::Hasher::new_derive_key(&format!("vice-versa key {context}"));
    hasher.update(&key.0).update(salt);
    let derived = Key32(*hasher.finalize().as_bytes());
    hasher.zeroize();
    derived
}

/// Hashes parts under a context, so that neither another context nor another split of the same bytes gives the same
/// hash.
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
