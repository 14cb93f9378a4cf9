//! What travels between devices, folders and servers: headers, hashes, chains, limits, and which signatures hold.
//!
//! This crate seals and opens nothing and holds no secret key, so a server can be built on it and still read nothing
//! of what it stores. What is inside a record belongs to `vv-core`, keys and sealing to `vv-crypto`. The normative
//! text is `docs/protocol.md`; the test vectors in `tests/fixtures/vectors` hold both to it.
//!
//! Start at [`Header`] and [`Record`], then [`record_hash`] and [`FeedHead`] (how records of a feed chain), and
//! [`verify_push`] (what a server checks). What devices and servers say to each other is in [`wire`].

mod batch;
pub mod contexts;
mod framing;
mod header;
mod hlc;
pub mod limits;
mod names;
mod op_type;
mod padding;
mod record;
mod signature;
pub mod wire;

pub use batch::{BatchError, PushClaim, check_batch, verify_push};
pub use framing::hash;
pub use header::{FIRST_PREV, Header, HeaderError, VERSION};
pub use hlc::Hlc;
pub use names::{
    CONTENT_STREAM, CONTROL_STREAM, PROCESS_STREAM, STREAM_CHAIN_START, account_id, feed_id, record_hash,
    space_id, stream_chain,
};
pub use op_type::OpType;
pub use padding::{PaddingError, pad, padded_len, unpad};
pub use record::{ChainError, FeedHead, Record, RecordError, Stub};
pub use signature::{SignatureError, record_digests, verify_record, verify_signature};
