//! Where spaces are kept: one trait, answered by an embedded SQLite file or by PostgreSQL.
//!
//! A store knows opaque ids, access keys, streams of records that it cannot read, and sizes. It checks rights and places in
//! the same transaction in which it writes. It does not speak HTTP and believes no signature: those are verified before.
//! The contents of sealed chunks lie elsewhere (`chunks.rs`).
//!
//! Start at [`Store`]; what a push means is decided in `plan.rs`, the same for both.

mod model;
mod plan;
pub mod postgres;
pub mod sqlite;

use async_trait::async_trait;
use tokio::sync::broadcast;
use vv_protocol::wire::{AccessClaim, Poke, PurgeClaim, PushAnswer, SpaceHeads};

pub use model::{
    AccessKey, Ask, Caller, Chunk, ChunkName, Item, Made, MailboxId, NewSpace, Pulled, Push, SpaceContent,
    SpaceId, SpaceRow, SpentVoucher, StoreError, StoredStream, Totals,
};

/// Answers, or says why not.
pub type Outcome<T> = Result<T, StoreError>;

/// Keeps spaces.
#[async_trait]
pub trait Store: Send + Sync + 'static {
    /// Says whether the store answers, with its tables as this version knows them.
    async fn ready(&self) -> Outcome<()>;

    /// Gives the server's secret, and keeps `fresh` as the secret when there is none yet.
    async fn secret(&self, fresh: [u8; 32]) -> Outcome<[u8; 32]>;

    /// Makes a space and spends its voucher, both or neither.
    async fn make_space(&self, new: NewSpace) -> Outcome<Made>;

    /// Gives what a key may do; nothing where there is no such space.
    async fn rights(&self, caller: Caller) -> Outcome<vv_protocol::wire::Rights>;

    /// Changes who has access, signed by `by`, and gives the new number of the list.
    async fn change_access(&self, by: AccessKey, claim: AccessClaim) -> Outcome<u64>;

    /// Gives how far the streams of a space have come.
    async fn heads(&self, caller: Caller) -> Outcome<SpaceHeads>;

    /// Takes in a batch.
    async fn push(&self, push: Push) -> Outcome<PushAnswer>;

    /// Gives records of a stream.
    async fn pull(&self, caller: Caller, ask: Ask) -> Outcome<Pulled>;

    /// Erases contents and gives how many there were. The feed's own key asked, unless `signer` names another, which must then
    /// administer the space.
    async fn purge(&self, caller: Caller, claim: PurgeClaim, signer: Option<AccessKey>) -> Outcome<u64>;

    /// Gives the note of a space with its version.
    async fn note(&self, caller: Caller) -> Outcome<(u64, Vec<u8>)>;

    /// Replaces version `replaces` of the note, and gives the new version.
    async fn put_note(&self, caller: Caller, replaces: u64, note: Vec<u8>) -> Outcome<u64>;

    /// Says whether a chunk may come, and whether it is there already.
    async fn expects_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<bool>;

    /// Notes a chunk whose content is safe.
    async fn add_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<()>;

    /// Gives the size of a chunk that the caller may read.
    async fn chunk(&self, caller: Caller, name: ChunkName) -> Outcome<u64>;

    /// Forgets a chunk.
    async fn remove_chunk(&self, caller: Caller, name: ChunkName) -> Outcome<()>;

    /// Leaves an item in a mailbox and gives its number.
    async fn leave(&self, mailbox: MailboxId, body: Vec<u8>, now: u64, expires: u64) -> Outcome<u64>;

    /// Gives what lies in a mailbox, the oldest first.
    async fn mailbox(&self, mailbox: MailboxId, now: u64) -> Outcome<Vec<Item>>;

    /// Gives how far the streams of these spaces have come, for those who listen.
    async fn stream_heads(&self, spaces: &[SpaceId]) -> Outcome<Vec<Poke>>;

    /// Says what grew, here and on other replicas. Some may be missed; `stream_heads` misses none.
    fn pokes(&self) -> broadcast::Receiver<Poke>;

    /// Removes what has expired, and gives how much that was.
    async fn tidy(&self, now: u64) -> Outcome<u64>;

    /// Counts everything.
    async fn totals(&self) -> Outcome<Totals>;

    /// Lists up to `limit` spaces with ids after `after`, in the order of their ids.
    async fn spaces(&self, after: Option<SpaceId>, limit: u32) -> Outcome<Vec<SpaceRow>>;

    /// Gives everything of a space but its records and the contents of its chunks.
    async fn content(&self, space: SpaceId) -> Outcome<SpaceContent>;

    /// Gives stored records of a stream with their chains, whoever may read them.
    async fn stored(&self, space: SpaceId, stream: u32, after: u64) -> Outcome<Vec<(Vec<u8>, [u8; 32])>>;

    /// Puts back a space from a backup, without records; it must not be there yet.
    async fn put_back(&self, content: SpaceContent) -> Outcome<()>;

    /// Puts back the next records of a stream from a backup.
    async fn put_back_records(
        &self,
        space: SpaceId,
        stream: u32,
        after: u64,
        records: Vec<Vec<u8>>,
    ) -> Outcome<()>;

    /// Sets how much a space may hold.
    async fn set_quota(&self, space: SpaceId, quota: u64) -> Outcome<()>;

    /// Removes a space with all that is in it, and gives the names of its chunks.
    async fn remove_space(&self, space: SpaceId) -> Outcome<Vec<ChunkName>>;

    /// Gives every stream a new log id, because what is stored may be older than what devices have seen.
    async fn renew_logs(&self) -> Outcome<u64>;
}
