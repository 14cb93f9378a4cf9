//! The store for organisations: PostgreSQL, with any number of replicas beside each other.
//!
//! Nothing is kept in the process. Order comes from the lock of a stream's row (`records.rs`), speed from lanes
//! (`lanes.rs`) and from sending statements together, liveness from a bus beside it (`bus.rs`).

mod bus;
mod connect;
mod lanes;
mod parcels;
mod records;
mod spaces;
mod whole;

use std::sync::Arc;

use async_trait::async_trait;
use deadpool_postgres::Pool;
use tokio::sync::{broadcast, mpsc};
use vv_protocol::wire::{AccessClaim, Poke, PurgeClaim, PushAnswer, Rights, SpaceHeads};

use super::*;
use lanes::Lanes;

/// How many pokes wait for a listener that is slow.
const POKES: usize = 4_096;

/// What the functions beside this file work with.
struct Core {
    pool: Pool,
    heard: broadcast::Sender<Poke>,
    told: mpsc::UnboundedSender<Poke>,
}

impl Core {
    /// Tells listeners here at once, and other replicas soon.
    fn announce(&self, poke: Poke) {
        // Nobody may be listening here, and the bus may be gone with the runtime.
        let _ = self.heard.send(poke.clone());
        let _ = self.told.send(poke);
    }
}

/// Keeps spaces in PostgreSQL.
pub struct PostgresStore {
    core: Arc<Core>,
    lanes: Lanes,
}

impl PostgresStore {
    /// Connects, and brings the tables up to date.
    pub async fn open(address: &str, connections: usize) -> Outcome<Self> {
        let (config, encryption) = connect::read_address(address)?;
        let pool = connect::pool(config.clone(), encryption.clone(), connections)?;
        connect::migrate(&mut pool.get().await?).await?;
        let (told, telling) = mpsc::unbounded_channel();
        let heard = broadcast::channel(POKES).0;
        tokio::spawn(bus::run(config, encryption, telling, heard.clone()));
        Ok(Self { core: Arc::new(Core { pool, heard, told }), lanes: Lanes::default() })
    }
}

#[async_trait]
impl Store for PostgresStore {
    async fn ready(&self) -> Outcome<()> {
        let client = self.core.pool.get().await?;
        client.query_one("SELECT count(*) FROM setting", &[]).await?;
        Ok(())
    }

    async fn secret(&self, fresh: [u8; 32]) -> Outcome<[u8; 32]> {
        let client = self.core.pool.get().await?;
        let keep = "INSERT INTO setting (name, value) VALUES ('secret', $1) ON CONFLICT DO NOTHING";
        client.execute(keep, &[&fresh.as_slice()]).await?;
        let row = client.query_one("SELECT value FROM setting WHERE name = 'secret'", &[]).await?;
        connect::fixed(&row, 0)
    }

    async fn make_space(&self, new: NewSpace) -> Outcome<Made> {
        spaces::make(&self.core, &new).await
    }

    async fn rights(&self, caller: Caller) -> Outcome<Rights> {
        spaces::rights(&self.core.pool.get().await?, caller).await
    }

    async fn change_access(&self, by: AccessKey, claim: AccessClaim) -> Outcome<u64> {
        spaces::change_access_alone(&self.core, by, claim).await
    }

    async fn heads(&self, caller: Caller) -> Outcome<SpaceHeads> {
        spaces::heads(&self.core, caller).await
    }

    async fn push(&self, push: Push) -> Outcome<PushAnswer> {
        self.lanes.push(&self.core, push).await
    }

    async fn pull(&self, caller: Caller, ask: Ask) -> Outcome<Pulled> {
        records::pull(&self.core, caller, ask).await
    }

    async fn purge(&self, caller: Caller, claim: PurgeClaim, signer: Option<AccessKey>) -> Outcome<u64> {
        records::purge(&self.core, caller, &claim, signer).await
    }

    async fn note(&self, caller: Caller) -> Outcome<(u64, Vec<u8>)> {
        spaces::note(&self.core, caller).await
    }

    async fn put_note(&self, caller: Caller, replaces: u64, note: Vec<u8>) -> Outcome<u64> {
        spaces::put_note(&self.core, caller, replaces, &note).await
    }

    async fn expects_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<bool> {
        parcels::expects(&self.core, caller, chunk).await
    }

    async fn add_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<()> {
        parcels::add(&self.core, caller, chunk).await
    }

    async fn chunk(&self, caller: Caller, name: ChunkName) -> Outcome<u64> {
        parcels::size(&self.core, caller, name).await
    }

    async fn remove_chunk(&self, caller: Caller, name: ChunkName) -> Outcome<()> {
        parcels::remove(&self.core, caller, name).await
    }

    async fn leave(&self, mailbox: MailboxId, body: Vec<u8>, now: u64, expires: u64) -> Outcome<u64> {
        parcels::leave(&self.core, mailbox, &body, now, expires).await
    }

    async fn mailbox(&self, mailbox: MailboxId, now: u64) -> Outcome<Vec<Item>> {
        parcels::mailbox(&self.core, mailbox, now).await
    }

    async fn stream_heads(&self, spaces: &[SpaceId]) -> Outcome<Vec<Poke>> {
        records::stream_heads(&self.core, spaces).await
    }

    fn pokes(&self) -> broadcast::Receiver<Poke> {
        self.core.heard.subscribe()
    }

    async fn tidy(&self, now: u64) -> Outcome<u64> {
        parcels::tidy(&self.core, now).await
    }

    async fn totals(&self) -> Outcome<Totals> {
        whole::totals(&self.core).await
    }

    async fn spaces(&self, after: Option<SpaceId>, limit: u32) -> Outcome<Vec<SpaceRow>> {
        whole::spaces(&self.core, after, limit).await
    }

    async fn content(&self, space: SpaceId) -> Outcome<SpaceContent> {
        whole::content(&self.core, space).await
    }

    async fn stored(&self, space: SpaceId, stream: u32, after: u64) -> Outcome<Vec<(Vec<u8>, [u8; 32])>> {
        whole::stored(&self.core, space, stream, after).await
    }

    async fn put_back(&self, content: SpaceContent) -> Outcome<()> {
        whole::put_back(&self.core, &content).await
    }

    async fn put_back_records(
        &self,
        space: SpaceId,
        stream: u32,
        after: u64,
        records: Vec<Vec<u8>>,
    ) -> Outcome<()> {
        whole::put_back_records(&self.core, space, stream, after, records).await
    }

    async fn set_quota(&self, space: SpaceId, quota: u64) -> Outcome<()> {
        whole::set_quota(&self.core, space, quota).await
    }

    async fn remove_space(&self, space: SpaceId) -> Outcome<Vec<ChunkName>> {
        whole::remove_space(&self.core, space).await
    }

    async fn renew_logs(&self) -> Outcome<u64> {
        whole::renew_logs(&self.core).await
    }
}
