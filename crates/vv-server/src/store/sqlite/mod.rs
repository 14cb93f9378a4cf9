//! The embedded store: one SQLite file, for a person, a team, or a server under a desk.
//!
//! One thread writes, a few connections read. Every function beside this file takes a connection and is plain SQL; this one
//! says which of them write. Start at `records.rs`.

mod open;
mod parcels;
mod readers;
mod records;
mod spaces;
mod whole;
mod writer;

use std::path::Path;

use async_trait::async_trait;
use rusqlite::OptionalExtension;
use tokio::sync::broadcast;
use vv_protocol::wire::{AccessClaim, Poke, PurgeClaim, PushAnswer, Rights, SpaceHeads};

use super::*;
use readers::Readers;
use writer::Writer;

/// How many read beside the writer.
const READERS: usize = 4;
/// How many pokes wait for a listener that is slow.
const POKES: usize = 4_096;

/// Keeps spaces in one file.
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    pokes: broadcast::Sender<Poke>,
}

impl SqliteStore {
    /// Opens the file and makes it where there is none.
    pub fn open(path: &Path) -> Outcome<Self> {
        let writer = Writer::start(open::for_writing(path)?);
        let readers = (0..READERS).map(|_| open::for_reading(path)).collect::<Outcome<_>>()?;
        Ok(Self { writer, readers: Readers::new(readers), pokes: broadcast::channel(POKES).0 })
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn ready(&self) -> Outcome<()> {
        self.readers.read(|sql| Ok(sql.query_row("SELECT count(*) FROM setting", (), |_| Ok(()))?)).await
    }

    async fn secret(&self, fresh: [u8; 32]) -> Outcome<[u8; 32]> {
        self.writer
            .write(move |sql| {
                let stored = sql
                    .query_row("SELECT value FROM setting WHERE name = 'secret'", (), |row| row.get(0))
                    .optional()?;
                if let Some(stored) = stored {
                    return Ok(stored);
                }
                sql.execute("INSERT INTO setting (name, value) VALUES ('secret', ?1)", [fresh])?;
                Ok(fresh)
            })
            .await
    }

    async fn make_space(&self, new: NewSpace) -> Outcome<Made> {
        self.writer.write(move |sql| spaces::make(sql, &new)).await
    }

    async fn rights(&self, caller: Caller) -> Outcome<Rights> {
        self.readers.read(move |sql| spaces::rights(sql, caller)).await
    }

    async fn change_access(&self, by: AccessKey, claim: AccessClaim) -> Outcome<u64> {
        self.writer.write(move |sql| spaces::change_access(sql, by, &claim)).await
    }

    async fn heads(&self, caller: Caller) -> Outcome<SpaceHeads> {
        self.readers.read(move |sql| spaces::heads(sql, caller)).await
    }

    async fn push(&self, push: Push) -> Outcome<PushAnswer> {
        let (answer, poke) = self.writer.write(move |sql| records::push(sql, &push)).await?;
        if let Some(poke) = poke {
            // Nobody may be listening.
            let _ = self.pokes.send(poke);
        }
        Ok(answer)
    }

    async fn pull(&self, caller: Caller, ask: Ask) -> Outcome<Pulled> {
        self.readers.read(move |sql| records::pull(sql, caller, ask)).await
    }

    async fn purge(&self, caller: Caller, claim: PurgeClaim, signer: Option<AccessKey>) -> Outcome<u64> {
        self.writer.write(move |sql| records::purge(sql, caller, &claim, signer)).await
    }

    async fn note(&self, caller: Caller) -> Outcome<(u64, Vec<u8>)> {
        self.readers
            .read(move |sql| {
                spaces::need(sql, caller, Rights::READ)?;
                spaces::note(sql, caller.space)
            })
            .await
    }

    async fn put_note(&self, caller: Caller, replaces: u64, note: Vec<u8>) -> Outcome<u64> {
        self.writer.write(move |sql| spaces::put_note(sql, caller, replaces, &note)).await
    }

    async fn expects_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<bool> {
        self.readers.read(move |sql| parcels::expects(sql, caller, chunk)).await
    }

    async fn add_chunk(&self, caller: Caller, chunk: Chunk) -> Outcome<()> {
        self.writer.write(move |sql| parcels::add(sql, caller, chunk)).await
    }

    async fn chunk(&self, caller: Caller, name: ChunkName) -> Outcome<u64> {
        self.readers.read(move |sql| parcels::size(sql, caller, name)).await
    }

    async fn remove_chunk(&self, caller: Caller, name: ChunkName) -> Outcome<()> {
        self.writer.write(move |sql| parcels::remove(sql, caller, name)).await
    }

    async fn leave(&self, mailbox: MailboxId, body: Vec<u8>, now: u64, expires: u64) -> Outcome<u64> {
        self.writer.write(move |sql| parcels::leave(sql, mailbox, &body, now, expires)).await
    }

    async fn mailbox(&self, mailbox: MailboxId, now: u64) -> Outcome<Vec<Item>> {
        self.readers.read(move |sql| parcels::mailbox(sql, mailbox, now)).await
    }

    async fn stream_heads(&self, spaces: &[SpaceId]) -> Outcome<Vec<Poke>> {
        let spaces = spaces.to_vec();
        self.readers.read(move |sql| records::stream_heads(sql, &spaces)).await
    }

    fn pokes(&self) -> broadcast::Receiver<Poke> {
        self.pokes.subscribe()
    }

    async fn tidy(&self, now: u64) -> Outcome<u64> {
        self.writer.write(move |sql| parcels::tidy(sql, now)).await
    }

    async fn totals(&self) -> Outcome<Totals> {
        self.readers.read(whole::totals).await
    }

    async fn spaces(&self, after: Option<SpaceId>, limit: u32) -> Outcome<Vec<SpaceRow>> {
        self.readers.read(move |sql| whole::spaces(sql, after, limit)).await
    }

    async fn content(&self, space: SpaceId) -> Outcome<SpaceContent> {
        self.readers.read(move |sql| whole::content(sql, space)).await
    }

    async fn stored(&self, space: SpaceId, stream: u32, after: u64) -> Outcome<Vec<(Vec<u8>, [u8; 32])>> {
        self.readers.read(move |sql| whole::stored(sql, space, stream, after)).await
    }

    async fn put_back(&self, content: SpaceContent) -> Outcome<()> {
        self.writer.write(move |sql| whole::put_back(sql, &content)).await
    }

    async fn put_back_records(
        &self,
        space: SpaceId,
        stream: u32,
        after: u64,
        records: Vec<Vec<u8>>,
    ) -> Outcome<()> {
        self.writer.write(move |sql| whole::put_back_records(sql, space, stream, after, records)).await
    }

    async fn set_quota(&self, space: SpaceId, quota: u64) -> Outcome<()> {
        self.writer.write(move |sql| whole::set_quota(sql, space, quota)).await
    }

    async fn remove_space(&self, space: SpaceId) -> Outcome<Vec<ChunkName>> {
        self.writer.write(move |sql| whole::remove_space(sql, space)).await
    }

    async fn renew_logs(&self) -> Outcome<u64> {
        self.writer.write(whole::renew_logs).await
    }
}
