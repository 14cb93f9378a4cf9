//! Sealing content: XChaCha20-Poly1305 with a 24-byte nonce.
//!
//! Nonces are random. A restored copy of a machine or a database can therefore not repeat one, which a counter could.

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use zeroize::Zeroizing;

use crate::key::{Key32, make_bytes};

/// Length of a nonce in bytes.
pub const NONCE_LEN: usize = 24;
/// Length in bytes of the authentication tag at the end of everything sealed.
pub const TAG_LEN: usize = 16;

/// Reports that sealed bytes did not open: the key is another one, or the bytes or what they are bound to changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this cannot be opened: the key is another one, or the bytes were changed")]
pub struct OpenError;

/// Makes a random nonce.
pub fn make_nonce() -> [u8; NONCE_LEN] {
    make_bytes()
}

/// Seals `plain` under a key and a nonce and binds it to `aad`; the result is `plain`'s length plus [`TAG_LEN`].
///
/// A nonce must never be used twice with one key: take it from [`make_nonce`].
pub fn seal(key: &Key32, nonce: &[u8; NONCE_LEN], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    cipher(key)
        .encrypt(nonce.into(), Payload { msg: plain, aad })
        .expect("a message that fits into memory is shorter than the 256 GiB limit of the cipher")
}

/// Opens what [`seal`] made, when key, nonce and `aad` are the same and no byte changed.
pub fn open(
    key: &Key32,
    nonce: &[u8; NONCE_LEN],
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    cipher(key).decrypt(nonce.into(), Payload { msg: sealed, aad }).map(Zeroizing::new).map_err(|_| OpenError)
}

/// Seals with a fresh random nonce and puts the nonce in front.
pub fn seal_with_random_nonce(key: &Key32, aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let nonce = make_nonce();
    let mut sealed = Vec::with_capacity(NONCE_LEN + plain.len() + TAG_LEN);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&seal(key, &nonce, aad, plain));
    sealed
}

/// Opens what [`seal_with_random_nonce`] made.
pub fn open_with_nonce_prefix(
    key: &Key32,
    aad: &[u8],
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(OpenError)?;
    open(key, nonce, aad, sealed)
}

fn cipher(key: &Key32) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(key.as_bytes().into())
}
