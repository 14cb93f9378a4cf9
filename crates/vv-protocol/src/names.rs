//! Names that are hashes: of accounts, spaces, feeds, records and of a stream so far.

use crate::contexts;
use crate::framing::hash;

/// The stream of the membership log in a small space.
pub const CONTROL_STREAM: u32 = 0;
/// The stream of what people write in a small space.
pub const CONTENT_STREAM: u32 = 1;
/// The stream of agenda, attendance and times in a small space.
pub const PROCESS_STREAM: u32 = 2;

/// The chain value of a stream in which there is no record yet.
pub const STREAM_CHAIN_START: [u8; 32] = [0; 32];

/// Names an account by the bytes of its genesis operation.
pub fn account_id(genesis: &[u8]) -> [u8; 32] {
    hash(contexts::ACCOUNT_ID, &[genesis])
}

/// Names a space by the bytes of its genesis operation.
pub fn space_id(genesis: &[u8]) -> [u8; 16] {
    first_16(hash(contexts::SPACE_ID, &[genesis]))
}

/// Names a feed by its public signing key.
pub fn feed_id(feed_public_key: &[u8; 32]) -> [u8; 16] {
    first_16(hash(contexts::FEED_ID, &[feed_public_key]))
}

/// Hashes a record from the bytes of its header and the plain BLAKE3 hash of its sealed part.
///
/// A stub has both, so a chain still verifies after content was erased.
pub fn record_hash(header: &[u8], ct_hash: &[u8; 32]) -> [u8; 32] {
    hash(contexts::RECORD_HASH, &[header, ct_hash])
}

/// Continues a stream's running chain with the next record in the server's order; begin with [`STREAM_CHAIN_START`].
pub fn stream_chain(previous: &[u8; 32], record_hash: &[u8; 32]) -> [u8; 32] {
    hash(contexts::STREAM_CHAIN, &[previous, record_hash])
}

fn first_16(hash: [u8; 32]) -> [u8; 16] {
    let mut id = [0; 16];
    id.copy_from_slice(&hash[..16]);
    id
}
