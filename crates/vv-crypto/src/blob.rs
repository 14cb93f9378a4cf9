//! Chunks of attached files: each sealed on its own, bound to its place, named by its sealed bytes.
//!
//! A blob has a random key and a random nonce of 16 bytes, which also names it; both stand in its manifest.

use zeroize::Zeroizing;

use crate::aead::{OpenError, open, seal};
use crate::key::{Key32, make_bytes};

/// Length in bytes of a blob's own part of the nonce.
pub const BLOB_NONCE_LEN: usize = 16;

/// Makes the random nonce of a new blob.
pub fn make_blob_nonce() -> [u8; BLOB_NONCE_LEN] {
    make_bytes()
}

/// Seals chunk number `index` (from 0) of a blob; `last` marks its final chunk, so that a shortened file does not pass.
pub fn seal_chunk(
    key: &Key32,
    blob_nonce: &[u8; BLOB_NONCE_LEN],
    index: u64,
    last: bool,
    plain: &[u8],
) -> Vec<u8> {
    seal(key, &chunk_nonce(blob_nonce, index), &chunk_place(blob_nonce, index, last), plain)
}

/// Opens a chunk at the place it was sealed for.
pub fn open_chunk(
    key: &Key32,
    blob_nonce: &[u8; BLOB_NONCE_LEN],
    index: u64,
    last: bool,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    open(key, &chunk_nonce(blob_nonce, index), &chunk_place(blob_nonce, index, last), sealed)
}

/// Names a sealed chunk: the plain BLAKE3 hash of its bytes.
pub fn chunk_name(sealed: &[u8]) -> [u8; 32] {
    *blake3::hash(sealed).as_bytes()
}

fn chunk_nonce(blob_nonce: &[u8; BLOB_NONCE_LEN], index: u64) -> [u8; 24] {
    let mut nonce = [0; 24];
    nonce[..16].copy_from_slice(blob_nonce);
    nonce[16..].copy_from_slice(&index.to_le_bytes());
    nonce
}

fn chunk_place(blob_nonce: &[u8; BLOB_NONCE_LEN], index: u64, last: bool) -> [u8; 25] {
    let mut place = [0; 25];
    place[..24].copy_from_slice(&chunk_nonce(blob_nonce, index));
    place[24] = u8::from(last);
    place
}
