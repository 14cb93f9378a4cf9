//! What the administrator does with all of it: counting, backing up, putting back, removing.

use rusqlite::Connection;
use vv_protocol::wire::{Carried, KeyRights, Rights};

use super::records::{feed_end, stream, write};
use super::spaces::set_keys;
use crate::store::plan::{NewRow, Plan};
use crate::store::{
    Chunk, ChunkName, Outcome, SpaceContent, SpaceId, SpaceRow, StoreError, StoredStream, Totals,
};
use vv_protocol::stream_chain;

/// How many records are read at one go.
const AT_ONCE: u32 = 500;

pub fn totals(sql: &Connection) -> Outcome<Totals> {
    let count = |text: &str| -> Outcome<u64> { Ok(sql.query_row(text, (), |row| row.get(0))?) };
    Ok(Totals {
        spaces: count("SELECT count(*) FROM space")?,
        streams: count("SELECT count(*) FROM stream")?,
        records: count("SELECT coalesce(sum(head), 0) FROM stream")?,
        chunks: count("SELECT count(*) FROM chunk")?,
        mailbox_items: count("SELECT count(*) FROM mailbox")?,
        bytes: count("SELECT coalesce(sum(used), 0) FROM space")?,
    })
}

pub fn spaces(sql: &Connection, after: Option<SpaceId>, limit: u32) -> Outcome<Vec<SpaceRow>> {
    let after = after.map_or(Vec::new(), |id| id.to_vec());
    let rows = sql
        .prepare_cached("SELECT id, used, quota FROM space WHERE id > ?1 ORDER BY id LIMIT ?2")?
        .query_map((after, limit), |row| {
            Ok(SpaceRow { space: row.get(0)?, used: row.get(1)?, quota: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn content(sql: &Connection, space: SpaceId) -> Outcome<SpaceContent> {
    let (used, quota, access_version) = sql
        .prepare_cached("SELECT used, quota, access_version FROM space WHERE id = ?1")?
        .query_row([space], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .map_err(|error| match error {
            rusqlite::Error::QueryReturnedNoRows => StoreError::NotFound,
            other => other.into(),
        })?;
    let keys = sql
        .prepare_cached("SELECT key, rights FROM access WHERE space = ?1 ORDER BY key")?
        .query_map([space], |row| {
            let rights = Rights::from_bits(row.get(1)?).unwrap_or(Rights::NONE);
            Ok(KeyRights { key: row.get(0)?, rights })
        })?
        .collect::<Result<_, _>>()?;
    let streams = sql
        .prepare_cached("SELECT stream, log, head, chain FROM stream WHERE space = ?1 ORDER BY stream")?
        .query_map([space], |row| {
            Ok(StoredStream { stream: row.get(0)?, log: row.get(1)?, head: row.get(2)?, chain: row.get(3)? })
        })?
        .collect::<Result<_, _>>()?;
    let chunks = sql
        .prepare_cached("SELECT name, size FROM chunk WHERE space = ?1 ORDER BY name")?
        .query_map([space], |row| Ok(Chunk { name: row.get(0)?, size: row.get(1)? }))?
        .collect::<Result<_, _>>()?;
    let note = super::spaces::note(sql, space)?;
    Ok(SpaceContent { row: SpaceRow { space, used, quota }, access_version, keys, note, streams, chunks })
}

pub fn stored(
    sql: &Connection,
    space: SpaceId,
    number: u32,
    after: u64,
) -> Outcome<Vec<(Vec<u8>, [u8; 32])>> {
    let Some((sid, _)) = stream(sql, space, number)? else { return Ok(Vec::new()) };
    let rows = sql
        .prepare_cached("SELECT body, chain FROM record WHERE sid = ?1 AND gseq > ?2 ORDER BY gseq LIMIT ?3")?
        .query_map((sid, after, AT_ONCE), |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(rows)
}

pub fn put_back(sql: &Connection, content: &SpaceContent) -> Outcome<()> {
    let SpaceRow { space, used, quota } = content.row;
    let added = sql
        .prepare_cached(
            "INSERT OR IGNORE INTO space (id, quota, used, access_version) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((space, quota, used, content.access_version))?;
    if added == 0 {
        return Err(StoreError::Exists);
    }
    set_keys(sql, space, &content.keys)?;
    let (version, body) = &content.note;
    if *version > 0 {
        sql.prepare_cached("INSERT INTO note (space, version, body) VALUES (?1, ?2, ?3)")?
            .execute((space, version, body))?;
    }
    for Chunk { name, size } in &content.chunks {
        sql.prepare_cached("INSERT INTO chunk (space, name, size) VALUES (?1, ?2, ?3)")?
            .execute((space, name, size))?;
    }
    Ok(())
}

pub fn put_back_records(
    sql: &Connection,
    space: SpaceId,
    number: u32,
    after: u64,
    records: Vec<Vec<u8>>,
) -> Outcome<()> {
    let (sid, mut now) = match stream(sql, space, number)? {
        Some((sid, stream)) => (Some(sid), stream),
        None => (None, crate::store::plan::begin_stream(number)),
    };
    if now.head != after {
        return Err(StoreError::Stale { is: now.head });
    }
    let mut rows = Vec::with_capacity(records.len());
    for raw in records {
        let record = Carried::from_raw(raw).map_err(|_| StoreError::Damaged("a record cannot be read"))?;
        now.head += 1;
        now.chain = stream_chain(&now.chain, &record.hash());
        let (feed, fseq, hash) = (record.header().feed, record.header().seq, record.hash());
        rows.push(NewRow { gseq: now.head, feed, fseq, hash, chain: now.chain, raw: record.into_raw() });
    }
    let end = match (sid, rows.first()) {
        (Some(sid), Some(first)) => feed_end(sql, sid, first.feed)?,
        _ => crate::store::plan::NO_FEED,
    };
    write(sql, space, sid, &Plan { rows, known: 0, after: now, feed_end: end })
}

pub fn set_quota(sql: &Connection, space: SpaceId, quota: u64) -> Outcome<()> {
    match sql.prepare_cached("UPDATE space SET quota = ?2 WHERE id = ?1")?.execute((space, quota))? {
        0 => Err(StoreError::NotFound),
        _ => Ok(()),
    }
}

pub fn remove_space(sql: &Connection, space: SpaceId) -> Outcome<Vec<ChunkName>> {
    let names = sql
        .prepare_cached("SELECT name FROM chunk WHERE space = ?1")?
        .query_map([space], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    match sql.prepare_cached("DELETE FROM space WHERE id = ?1")?.execute([space])? {
        0 => Err(StoreError::NotFound),
        _ => Ok(names),
    }
}

pub fn renew_logs(sql: &Connection) -> Outcome<u64> {
    Ok(sql.execute("UPDATE stream SET log = randomblob(8)", ())? as u64)
}
