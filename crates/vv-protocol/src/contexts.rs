//! The context strings of hashes and signatures over records and batches. `docs/protocol.md` repeats them.
//!
//! None may ever change, and none may equal another use of the same kind; `vv-crypto` keeps the list for keys.

/// Hash: the id of an account, from its genesis.
pub const ACCOUNT_ID: &str = "acct/v1";
/// Hash: the id of a space, from its genesis.
pub const SPACE_ID: &str = "space/v1";
/// Hash: the id of a feed, from its public key.
pub const FEED_ID: &str = "feed/v1";
/// Hash: a record's place in its feed.
pub const RECORD_HASH: &str = "rec-hash/v1";
/// Hash: a server's running chain over one stream.
pub const STREAM_CHAIN: &str = "chain/v1";
/// Signature: the author's, inside a record.
pub const RECORD_SIGNATURE: &str = "rec/v1";
/// Signature: the feed's, over a batch that is pushed.
pub const PUSH_SIGNATURE: &str = "push/v1";
/// Signature: an access key's, in answer to a server's challenge.
pub const AUTH_SIGNATURE: &str = "auth/v1";
/// Signature: of an access key that makes a space on a server.
pub const SPACE_CREATE_SIGNATURE: &str = "space-create/v1";
/// Signature: of an access key that changes who has access.
pub const ACCESS_SIGNATURE: &str = "access/v1";
/// Signature: of a feed or an access key that asks to erase.
pub const PURGE_SIGNATURE: &str = "purge/v1";
/// Hash: the id of a mailbox.
pub const MAILBOX_ID: &str = "mailbox/v1";
