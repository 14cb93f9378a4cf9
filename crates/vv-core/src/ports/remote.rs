//! A server as the sync engine sees it: an opaque space with streams, chunks of files, and one small note.
//!
//! The port speaks of what the protocol speaks of and of nothing else. How a request travels, how a token is fetched and kept, and
//! when something is tried once more is for the one who implements it: over a network in `vv-api`, in memory in tests.

use std::time::Duration;

use vv_crypto::SigningKey;
use vv_protocol::{Record, Stub};

/// Holds what opens one space on a server: a key pair of the account in this space alone, so that two spaces of one person share
/// no byte there.
#[derive(Debug, Clone)]
pub struct AccessKey {
    /// The space.
    pub space: [u8; 16],
    signing: SigningKey,
}

impl AccessKey {
    /// Joins a space and the key that opens it.
    pub fn new(space: [u8; 16], signing: SigningKey) -> Self {
        Self { space, signing }
    }

    /// Gives the half that the server knows.
    pub fn public(&self) -> [u8; 32] {
        *self.signing.verifying_key().as_bytes()
    }

    /// Signs parts under a context.
    pub fn sign(&self, context: &str, parts: &[&[u8]]) -> [u8; 64] {
        self.signing.sign(context, parts)
    }
}

/// Tells how far a stream has come on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StreamHead {
    /// The stream.
    pub stream: u32,
    /// Names this copy of the stream: another one after the server was restored from a backup.
    pub log_id: [u8; 8],
    /// The number of its last record.
    pub gseq: u64,
    /// The hash of the stream so far.
    pub chain: [u8; 32],
}

impl StreamHead {
    /// Gives the head of a stream in which nothing was ever seen.
    pub fn unseen(stream: u32) -> Self {
        Self { stream, log_id: [0; 8], gseq: 0, chain: vv_protocol::STREAM_CHAIN_START }
    }
}

/// Is one thing of a stream as a server gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pulled {
    /// A record.
    Record(Record),
    /// What is left of one.
    Stub(Stub),
}

impl Pulled {
    /// Hashes the record, or the record that it is left of.
    pub fn hash(&self) -> [u8; 32] {
        match self {
            Self::Record(record) => record.hash(),
            Self::Stub(stub) => stub.hash(),
        }
    }
}

/// Is a run of a stream: what follows a number, in order and without gaps, and the head the stream had then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What follows.
    pub items: Vec<Pulled>,
    /// The head of the whole stream.
    pub head: StreamHead,
}

/// Is a run of records of one feed, to be pushed, with the feed's signature over them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The records, in the order of the feed.
    pub items: Vec<Pulled>,
    /// The public key of the feed.
    pub feed_key: [u8; 32],
    /// The feed's signature over the claim of the batch.
    pub signature: [u8; 64],
}

/// Tells what a server is willing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemoteInfo {
    /// Whether a space can be made without a voucher.
    pub is_open: bool,
    /// The longest file in bytes that it takes.
    pub max_blob: u64,
    /// Its clock, in milliseconds since 1970.
    pub now_ms: i64,
}

/// Is the small note of a space with its version: every write counts one on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Its version, from 1.
    pub version: u64,
    /// What it holds; the server cannot read it.
    pub bytes: Vec<u8>,
}

/// Says why a server did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// It could not be reached.
    #[error("the server cannot be reached; everything is safe on this computer, and it is tried again by itself")]
    Offline,
    /// It asks to come back later.
    #[error("the server is busy; everything is safe on this computer, and it is tried again by itself")]
    Busy {
        /// After how long.
        after: Duration,
    },
    /// The key does not open this space there.
    #[error("the server does not know this space or this key; nothing was changed")]
    Refused,
    /// The space is not there.
    #[error("this space is not on the server; nothing was changed")]
    NoSpace,
    /// Another voucher is needed.
    #[error("the server asks for a voucher, and this one is not valid or was used; ask whoever runs the server for one")]
    Voucher,
    /// The space is full there.
    #[error("there is no room left for this space on the server; what is on this computer is safe")]
    Quota,
    /// It was too large for the server.
    #[error("the server takes nothing as large as this; it stays on this computer")]
    TooLarge,
    /// Something else is at the place already.
    #[error("the server holds another record in this place; nothing was overwritten")]
    FeedFork,
    /// The stream or note has moved on since it was read.
    #[error("others were first; it is tried again on top of theirs")]
    Stale,
    /// It is not there.
    #[error("the server does not have this")]
    NotFound,
    /// It speaks another version, or is no server of this kind.
    #[error("what answers at this address is no sync server that this version understands; check the address, or update")]
    NotUnderstood,
    /// It failed.
    #[error("the server failed; everything is safe on this computer, and it is tried again by itself")]
    Failed,
}

/// Reaches one server. Every call blocks until there is an answer.
pub trait Remote: Send + Sync {
    /// Asks what the server is willing to do.
    fn info(&self) -> Result<RemoteInfo, RemoteError>;
    /// Makes the space of a key, with every right for that key; one that is there already and knows the key is no error.
    fn create_space(&self, key: &AccessKey, voucher: Option<&str>) -> Result<(), RemoteError>;
    /// Replaces the keys that open a space; the asking key must be one that may, and may be among those that go.
    fn change_access(
        &self,
        key: &AccessKey,
        add: &[([u8; 32], Rights)],
        remove: &[[u8; 32]],
    ) -> Result<(), RemoteError>;
    /// Tells how far each stream of a space has come.
    fn heads(&self, key: &AccessKey) -> Result<Vec<StreamHead>, RemoteError>;
    /// Gives what follows a number of a stream, at most so many things.
    fn pull(&self, key: &AccessKey, stream: u32, after: u64, most: u32) -> Result<Page, RemoteError>;
    /// Adds records of a feed; those that are there already are passed over. With `if_head` only when the stream stands there.
    fn push(
        &self,
        key: &AccessKey,
        stream: u32,
        batch: &Batch,
        if_head: Option<u64>,
    ) -> Result<StreamHead, RemoteError>;
    /// Wipes the sealed parts of records of a feed; header and hash stay.
    fn purge(&self, key: &AccessKey, stream: u32, feed: &[u8; 16], seqs: &[u64]) -> Result<(), RemoteError>;
    /// Says whether a chunk is there.
    fn has_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<bool, RemoteError>;
    /// Stores a chunk under its name.
    fn put_chunk(&self, key: &AccessKey, name: &[u8; 32], bytes: &[u8]) -> Result<(), RemoteError>;
    /// Fetches a chunk.
    fn get_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<Vec<u8>, RemoteError>;
    /// Removes a chunk; one that is not there is no error.
    fn remove_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<(), RemoteError>;
    /// Reads the note of a space; none before the first.
    fn note(&self, key: &AccessKey) -> Result<Option<Note>, RemoteError>;
    /// Writes the note of a space over the version that was read, 0 for the first.
    fn put_note(&self, key: &AccessKey, over: u64, bytes: &[u8]) -> Result<(), RemoteError>;
    /// Leaves a message in a mailbox; who knows its id can read it.
    fn post(&self, mailbox: &[u8; 16], bytes: &[u8]) -> Result<(), RemoteError>;
    /// Fetches the messages in a mailbox, oldest first.
    fn fetch(&self, mailbox: &[u8; 16]) -> Result<Vec<Vec<u8>>, RemoteError>;
    /// Waits until a stream of one of these spaces has moved on, at most so long; gives what moved.
    fn wait(&self, keys: &[AccessKey], at_most: Duration) -> Result<Vec<([u8; 16], StreamHead)>, RemoteError>;
}

/// Says what a key may do in a space on a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rights {
    /// Read.
    Read,
    /// Read and write.
    Write,
    /// Read, write, and say which keys may do what.
    Admin,
}
