//! Sealed chunks by name and size, and mailboxes.

use deadpool_postgres::Object;
use vv_protocol::limits::MAX_MAILBOX_ITEMS;
use vv_protocol::wire::Rights;

use super::Core;
use super::connect::{number, signed};
use super::spaces::need;
use crate::store::{Caller, Chunk, ChunkName, Item, MailboxId, Outcome, StoreError};

pub async fn expects(core: &Core, caller: Caller, chunk: Chunk) -> Outcome<bool> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::WRITE).await?;
    if size_of(&client, caller, chunk.name).await?.is_some() {
        return Ok(false);
    }
    let room = "SELECT 1 FROM space WHERE id = $1 AND used + $2 <= quota";
    match client.query_opt(room, &[&caller.space.as_slice(), &signed(chunk.size)]).await? {
        Some(_) => Ok(true),
        None => Err(StoreError::Quota),
    }
}

pub async fn add(core: &Core, caller: Caller, chunk: Chunk) -> Outcome<()> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::WRITE).await?;
    // One statement: the chunk is there and counted, or neither.
    let add = "WITH taken AS (
                 UPDATE space SET used = used + $3 WHERE id = $1 AND used + $3 <= quota
                   AND NOT EXISTS (SELECT 1 FROM chunk WHERE space = $1 AND name = $2) RETURNING 1
               ) INSERT INTO chunk (space, name, size) SELECT $1, $2, $3 FROM taken";
    let (space, name) = (caller.space.as_slice(), chunk.name.as_slice());
    match client.execute(add, &[&space, &name, &signed(chunk.size)]).await {
        Ok(1) => Ok(()),
        Ok(_) if size_of(&client, caller, chunk.name).await?.is_some() => Ok(()),
        Ok(_) => Err(StoreError::Quota),
        // Two brought the same chunk at once, and the other was first.
        Err(error) if error.code() == Some(&tokio_postgres::error::SqlState::UNIQUE_VIOLATION) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub async fn size(core: &Core, caller: Caller, name: ChunkName) -> Outcome<u64> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::READ).await?;
    size_of(&client, caller, name).await?.ok_or(StoreError::NotFound)
}

async fn size_of(client: &Object, caller: Caller, name: ChunkName) -> Outcome<Option<u64>> {
    let select = client.prepare_cached("SELECT size FROM chunk WHERE space = $1 AND name = $2").await?;
    let row = client.query_opt(&select, &[&caller.space.as_slice(), &name.as_slice()]).await?;
    row.map(|row| number(&row, 0)).transpose()
}

pub async fn remove(core: &Core, caller: Caller, name: ChunkName) -> Outcome<()> {
    let client = core.pool.get().await?;
    need(&client, caller, Rights::WRITE).await?;
    let remove = "WITH gone AS (DELETE FROM chunk WHERE space = $1 AND name = $2 RETURNING size)
                  UPDATE space SET used = used - gone.size FROM gone WHERE id = $1";
    match client.execute(remove, &[&caller.space.as_slice(), &name.as_slice()]).await? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

pub async fn leave(core: &Core, mailbox: MailboxId, body: &[u8], now: u64, expires: u64) -> Outcome<u64> {
    let mut client = core.pool.get().await?;
    let tx = client.transaction().await?;
    let id = mailbox.as_slice();
    // Mailboxes have no row to lock.
    let lane = i64::from_le_bytes(mailbox[..8].try_into().unwrap_or_default());
    tx.execute("SELECT pg_advisory_xact_lock($1)", &[&lane]).await?;
    tx.execute("DELETE FROM mailbox WHERE id = $1 AND expires <= $2", &[&id, &signed(now)]).await?;
    // The same item once more: the answer was lost.
    if let Some(row) =
        tx.query_opt("SELECT number FROM mailbox WHERE id = $1 AND body = $2", &[&id, &body]).await?
    {
        return number(&row, 0);
    }
    let row =
        tx.query_one("SELECT count(*), coalesce(max(number), 0) FROM mailbox WHERE id = $1", &[&id]).await?;
    if number(&row, 0)? >= MAX_MAILBOX_ITEMS as u64 {
        return Err(StoreError::Full);
    }
    let next = number(&row, 1)? + 1;
    let add = "INSERT INTO mailbox (id, number, expires, body) VALUES ($1, $2, $3, $4)";
    tx.execute(add, &[&id, &signed(next), &signed(expires), &body]).await?;
    tx.commit().await?;
    Ok(next)
}

pub async fn mailbox(core: &Core, mailbox: MailboxId, now: u64) -> Outcome<Vec<Item>> {
    let client = core.pool.get().await?;
    let select = "SELECT number, body FROM mailbox WHERE id = $1 AND expires > $2 ORDER BY number";
    let rows = client.query(select, &[&mailbox.as_slice(), &signed(now)]).await?;
    rows.iter().map(|row| Ok(Item { number: number(row, 0)?, body: row.try_get(1)? })).collect()
}

pub async fn tidy(core: &Core, now: u64) -> Outcome<u64> {
    let client = core.pool.get().await?;
    let items = client.execute("DELETE FROM mailbox WHERE expires <= $1", &[&signed(now)]).await?;
    let vouchers = client.execute("DELETE FROM voucher WHERE expires <= $1", &[&signed(now)]).await?;
    Ok(items + vouchers)
}
