//! What is asked of a store and what it answers.

use vv_protocol::wire::{Batch, Carried, KeyRights};

/// The id of a space.
pub type SpaceId = [u8; 16];
/// A public access key.
pub type AccessKey = [u8; 32];
/// The name of a sealed chunk, the hash of its bytes.
pub type ChunkName = [u8; 32];
/// The id of a mailbox.
pub type MailboxId = [u8; 16];

/// Is who asks: an access key, proven, in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Caller {
    /// The space.
    pub space: SpaceId,
    /// The key.
    pub key: AccessKey,
}

/// Reports why a store did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The key has no such right, or there is no such space.
    #[error("this key has no such right in this space")]
    Forbidden,
    /// There is nothing of that name.
    #[error("there is nothing of that name")]
    NotFound,
    /// The space is there already, made by somebody else.
    #[error("the space is there already")]
    Exists,
    /// What was to be changed has moved on.
    #[error("it has changed meanwhile and stands at {is}")]
    Stale {
        /// Where it stands.
        is: u64,
    },
    /// Another record stands at a place of the feed.
    #[error("another record stands at that place of the feed")]
    FeedFork,
    /// Records before are missing.
    #[error("record {next} of the feed comes next")]
    FeedGap {
        /// The number that comes next.
        next: u64,
    },
    /// The last key that administers would go.
    #[error("a space keeps at least one key that administers it")]
    NobodyLeft,
    /// The space holds as much as it may.
    #[error("the space holds as much as it may")]
    Quota,
    /// The mailbox is full.
    #[error("the mailbox is full")]
    Full,
    /// The voucher was spent before.
    #[error("the voucher is spent")]
    VoucherSpent,
    /// What is stored contradicts itself.
    #[error("what is stored is damaged: {0}")]
    Damaged(&'static str),
    /// The database does not answer. The text is the database's and names no person.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
}

/// Is a space to be made.
#[derive(Debug, Clone)]
pub struct NewSpace {
    /// The space.
    pub space: SpaceId,
    /// The key that asks.
    pub by: AccessKey,
    /// Who has access.
    pub keys: Vec<KeyRights>,
    /// How many bytes it may hold.
    pub quota: u64,
    /// The voucher that is spent.
    pub voucher: Option<SpentVoucher>,
}

/// Is a voucher as it is kept once it was spent: nothing of it leads to a space.
#[derive(Debug, Clone, Copy)]
pub struct SpentVoucher {
    /// The hash of the voucher.
    pub hash: [u8; 32],
    /// For how many spaces it is good.
    pub uses: u32,
    /// When it ends, in seconds since 1970; then it need not be remembered.
    pub expires: u64,
}

/// Says how a space came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    /// It was made now.
    Now,
    /// The same key had made it before, and the answer was lost.
    Before,
}

/// Is a batch to be taken in.
#[derive(Debug, Clone)]
pub struct Push {
    /// Who pushes.
    pub caller: Caller,
    /// The stream.
    pub stream: u32,
    /// The batch, with a signature that was verified.
    pub batch: Batch,
    /// The change of access to be made with it, with a signature that was verified, and its signer.
    pub access: Option<(AccessKey, vv_protocol::wire::AccessClaim)>,
}

/// Asks for records.
#[derive(Debug, Clone, Copy)]
pub struct Ask {
    /// The stream.
    pub stream: u32,
    /// The number of the record before the first that is wanted.
    pub after: u64,
    /// Most records.
    pub limit: u32,
    /// Most bytes; the first record comes in any case.
    pub max_bytes: u64,
}

/// Is what came of an [`Ask`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pulled {
    /// The id of the store's copy of the stream; zeros when there is none yet.
    pub log: [u8; 8],
    /// The number of the record before the first; the head, when more was asked for than there is.
    pub after: u64,
    /// How many records there are.
    pub head: u64,
    /// The chain after the last record that came.
    pub chain: [u8; 32],
    /// The records as they are stored.
    pub records: Vec<Vec<u8>>,
}

/// Is an item of a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its number.
    pub number: u64,
    /// What was left.
    pub body: Vec<u8>,
}

/// Is a sealed chunk by name and size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Chunk {
    /// Its name.
    pub name: ChunkName,
    /// Its size in bytes.
    pub size: u64,
}

/// Counts everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Spaces.
    pub spaces: u64,
    /// Streams.
    pub streams: u64,
    /// Records and stubs.
    pub records: u64,
    /// Sealed chunks.
    pub chunks: u64,
    /// Items in mailboxes.
    pub mailbox_items: u64,
    /// Bytes that count towards quotas.
    pub bytes: u64,
}

/// Is a space as the administrator sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpaceRow {
    /// Its id.
    pub space: SpaceId,
    /// Bytes that it takes.
    pub used: u64,
    /// Bytes that it may take.
    pub quota: u64,
}

/// Is everything of a space but its records and chunks, as a backup takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceContent {
    /// The space with its sizes.
    pub row: SpaceRow,
    /// The number of its list of access.
    pub access_version: u64,
    /// Who has access.
    pub keys: Vec<KeyRights>,
    /// Its note with the version.
    pub note: (u64, Vec<u8>),
    /// Its streams.
    pub streams: Vec<StoredStream>,
    /// Its chunks.
    pub chunks: Vec<Chunk>,
}

/// Is how far a stream has come in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredStream {
    /// The stream.
    pub stream: u32,
    /// The id of this copy.
    pub log: [u8; 8],
    /// How many records it holds.
    pub head: u64,
    /// The chain after the last.
    pub chain: [u8; 32],
}

impl Push {
    /// Gives the feed that is pushed to.
    pub(super) fn feed(&self) -> [u8; 16] {
        self.first().header().feed
    }

    /// Gives the first record; a batch that was read is never empty.
    pub(super) fn first(&self) -> &Carried {
        self.batch.records.first().expect("a batch that was read has records")
    }

    /// Gives the number of the last record in its feed.
    pub(super) fn last_seq(&self) -> u64 {
        self.first().header().seq + self.batch.records.len() as u64 - 1
    }
}

/// Draws the id of a new copy of a stream.
pub(super) fn make_log_id() -> [u8; 8] {
    let mut id = [0; 8];
    getrandom::fill(&mut id).expect("the system gives random bytes");
    id
}
