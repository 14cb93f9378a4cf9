//! Sealed chunks by name and size, and mailboxes.

use rusqlite::{Connection, OptionalExtension};
use vv_protocol::limits::MAX_MAILBOX_ITEMS;
use vv_protocol::wire::Rights;

use super::records::take;
use super::spaces::need;
use crate::store::{Caller, Chunk, ChunkName, Item, MailboxId, Outcome, StoreError};

/// Says whether a chunk may come (it has room) and whether it is there already.
pub fn expects(sql: &Connection, caller: Caller, chunk: Chunk) -> Outcome<bool> {
    need(sql, caller, Rights::WRITE)?;
    if size_of(sql, caller, chunk.name)?.is_some() {
        return Ok(false);
    }
    let has_room = sql
        .prepare_cached("SELECT 1 FROM space WHERE id = ?1 AND used + ?2 <= quota")?
        .exists((caller.space, chunk.size))?;
    if has_room { Ok(true) } else { Err(StoreError::Quota) }
}

pub fn add(sql: &Connection, caller: Caller, chunk: Chunk) -> Outcome<()> {
    need(sql, caller, Rights::WRITE)?;
    let added = sql
        .prepare_cached("INSERT OR IGNORE INTO chunk (space, name, size) VALUES (?1, ?2, ?3)")?
        .execute((caller.space, chunk.name, chunk.size))?;
    if added == 1 { take(sql, caller.space, chunk.size) } else { Ok(()) }
}

pub fn size(sql: &Connection, caller: Caller, name: ChunkName) -> Outcome<u64> {
    need(sql, caller, Rights::READ)?;
    size_of(sql, caller, name)?.ok_or(StoreError::NotFound)
}

fn size_of(sql: &Connection, caller: Caller, name: ChunkName) -> Outcome<Option<u64>> {
    Ok(sql
        .prepare_cached("SELECT size FROM chunk WHERE space = ?1 AND name = ?2")?
        .query_row((caller.space, name), |row| row.get(0))
        .optional()?)
}

pub fn remove(sql: &Connection, caller: Caller, name: ChunkName) -> Outcome<()> {
    need(sql, caller, Rights::WRITE)?;
    let size = size_of(sql, caller, name)?.ok_or(StoreError::NotFound)?;
    sql.prepare_cached("DELETE FROM chunk WHERE space = ?1 AND name = ?2")?.execute((caller.space, name))?;
    sql.prepare_cached("UPDATE space SET used = used - ?2 WHERE id = ?1")?.execute((caller.space, size))?;
    Ok(())
}

pub fn leave(sql: &Connection, mailbox: MailboxId, body: &[u8], now: u64, expires: u64) -> Outcome<u64> {
    sql.prepare_cached("DELETE FROM mailbox WHERE id = ?1 AND expires <= ?2")?.execute((mailbox, now))?;
    let (count, last): (u64, u64) = sql
        .prepare_cached("SELECT count(*), coalesce(max(number), 0) FROM mailbox WHERE id = ?1")?
        .query_row([mailbox], |row| Ok((row.get(0)?, row.get(1)?)))?;
    // The same item once more: the answer was lost.
    let same: Option<u64> = sql
        .prepare_cached("SELECT number FROM mailbox WHERE id = ?1 AND body = ?2")?
        .query_row((mailbox, body), |row| row.get(0))
        .optional()?;
    if let Some(number) = same {
        return Ok(number);
    }
    if count >= MAX_MAILBOX_ITEMS as u64 {
        return Err(StoreError::Full);
    }
    sql.prepare_cached("INSERT INTO mailbox (id, number, expires, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute((mailbox, last + 1, expires, body))?;
    Ok(last + 1)
}

pub fn mailbox(sql: &Connection, mailbox: MailboxId, now: u64) -> Outcome<Vec<Item>> {
    let items = sql
        .prepare_cached("SELECT number, body FROM mailbox WHERE id = ?1 AND expires > ?2 ORDER BY number")?
        .query_map((mailbox, now), |row| Ok(Item { number: row.get(0)?, body: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    Ok(items)
}

pub fn tidy(sql: &Connection, now: u64) -> Outcome<u64> {
    let items = sql.prepare_cached("DELETE FROM mailbox WHERE expires <= ?1")?.execute([now])?;
    let vouchers = sql.prepare_cached("DELETE FROM voucher WHERE expires <= ?1")?.execute([now])?;
    Ok((items + vouchers) as u64)
}
