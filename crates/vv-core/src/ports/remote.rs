//! A server as the sync engine sees it: an opaque space with streams, chunks of files, and one small note.
//!
//! The port speaks of what the protocol speaks of and of nothing else. How a request travels, how a token is fetched and kept, and
//! when something is tried once more is for the one who implements it: over a network in `vv-api`, in memory in tests.

use std::time::Duration;

use vv_crypto::SigningKey;
pub use vv_protocol::wire;
use vv_protocol::wire::{
    Batch, Claim, Known, NoteAnswer, Page, Poke, PushAnswer, ServerView, Signed, SpaceHeads,
};

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

    /// Signs a claim.
    pub fn sign<C: Claim>(&self, claim: &C) -> Signed {
        let body = claim.encode();
        let signature = self.signing.sign(C::CONTEXT, &[&body]);
        Signed { body, by: self.public(), signature }
    }
}

/// Says why a server did not do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// It could not be reached.
    #[error(
        "the server cannot be reached; everything is safe on this computer, and it is tried again by itself"
    )]
    Offline,
    /// It cannot prove that it is who it says it is.
    #[error("the server cannot prove that it is who it says it is; nothing was sent to it")]
    Untrusted,
    /// It asks to come back later.
    #[error("the server is busy; everything is safe on this computer, and it is tried again by itself")]
    Busy {
        /// After how long.
        after: Duration,
    },
    /// It does not know this space, or not this key in it; it does not say which.
    #[error("the server does not know this space or this key; nothing was changed")]
    Refused,
    /// Another voucher is needed.
    #[error(
        "the server asks for a voucher, and this one is not valid or was used; ask whoever runs the server for one"
    )]
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
    /// Records before these are missing there; the one with this number comes next.
    #[error("the server lacks records that come before; they are sent again")]
    FeedGap {
        /// The number of the record that comes next.
        expected: u64,
    },
    /// The stream or note has moved on since it was read.
    #[error("others were first; it is tried again on top of theirs")]
    Stale,
    /// It is not there.
    #[error("the server does not have this")]
    NotFound,
    /// It speaks another version, or is no server of this kind.
    #[error(
        "what answers at this address is no sync server that this version understands; check the address, or update"
    )]
    NotUnderstood,
    /// It failed.
    #[error("the server failed; everything is safe on this computer, and it is tried again by itself")]
    Failed,
}

/// Reaches one server. Every call blocks until there is an answer.
pub trait Remote: Send + Sync {
    /// Names its host as the claims to it do.
    fn host(&self) -> &str;
    /// Asks what the server is and allows.
    fn info(&self) -> Result<ServerView, RemoteError>;
    /// Makes a space: a signed `SpaceClaim`. One that the key made before is no error.
    fn create_space(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError>;
    /// Changes who has access: a signed `AccessClaim`.
    fn change_access(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError>;
    /// Tells how far each stream of a space has come.
    fn heads(&self, key: &AccessKey) -> Result<SpaceHeads, RemoteError>;
    /// Gives what follows a number of a stream, at most so many records.
    fn pull(&self, key: &AccessKey, stream: u32, after: u64, most: u32) -> Result<Page, RemoteError>;
    /// Adds records of a feed; those that are there already are passed over.
    fn push(&self, key: &AccessKey, stream: u32, batch: &Batch) -> Result<PushAnswer, RemoteError>;
    /// Wipes the sealed parts of records of a feed, header and hash stay: a signed `PurgeClaim`.
    fn purge(&self, key: &AccessKey, stream: u32, claim: &Signed) -> Result<(), RemoteError>;
    /// Says whether a chunk is there.
    fn has_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<bool, RemoteError>;
    /// Stores a chunk under its name.
    fn put_chunk(&self, key: &AccessKey, name: &[u8; 32], bytes: &[u8]) -> Result<(), RemoteError>;
    /// Fetches a chunk.
    fn get_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<Vec<u8>, RemoteError>;
    /// Removes a chunk; one that is not there is no error.
    fn remove_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<(), RemoteError>;
    /// Reads the note of a space; version 0 when there is none.
    fn note(&self, key: &AccessKey) -> Result<NoteAnswer, RemoteError>;
    /// Writes the note of a space over the version that was read, 0 for the first.
    fn put_note(&self, key: &AccessKey, over: u64, bytes: &[u8]) -> Result<(), RemoteError>;
    /// Leaves a message in a mailbox for so long; who knows its id can read it.
    fn post(&self, mailbox: &[u8; 16], bytes: &[u8], keep: Duration) -> Result<(), RemoteError>;
    /// Fetches the messages in a mailbox, oldest first.
    fn fetch(&self, mailbox: &[u8; 16]) -> Result<Vec<Vec<u8>>, RemoteError>;
    /// Waits until a stream of one of these spaces stands elsewhere than is known; gives what moved, nothing after a while.
    fn wait(&self, keys: &[AccessKey], known: &[Known]) -> Result<Vec<Poke>, RemoteError>;
}
