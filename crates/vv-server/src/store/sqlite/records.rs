//! Streams and their records: pushing, pulling, erasing.

use rusqlite::{Connection, OptionalExtension};
use vv_protocol::wire::{Carried, Poke, PurgeClaim, PushAnswer, Rights};

use super::spaces::{access_version, change_access, need, rights};
use crate::store::plan::{self, FeedEnd, NO_FEED, Plan};
use crate::store::{AccessKey, Ask, Caller, Outcome, Pulled, Push, SpaceId, StoreError, StoredStream};

/// Finds a stream and the number its records are kept under.
pub fn stream(sql: &Connection, space: SpaceId, stream: u32) -> Outcome<Option<(i64, StoredStream)>> {
    let found = sql
        .prepare_cached("SELECT sid, log, head, chain FROM stream WHERE space = ?1 AND stream = ?2")?
        .query_row((space, stream), |row| {
            Ok((
                row.get(0)?,
                StoredStream { stream, log: row.get(1)?, head: row.get(2)?, chain: row.get(3)? },
            ))
        })
        .optional()?;
    Ok(found)
}

/// Takes in a batch, and says what grew.
pub fn push(sql: &Connection, push: &Push) -> Outcome<(PushAnswer, Option<Poke>)> {
    let Caller { space, .. } = push.caller;
    need(sql, push.caller, Rights::WRITE)?;
    let (sid, before) = match stream(sql, space, push.stream)? {
        Some((sid, stream)) => (Some(sid), stream),
        None => (None, plan::begin_stream(push.stream)),
    };
    let end = match sid {
        Some(sid) => feed_end(sql, sid, push.feed())?,
        None => NO_FEED,
    };
    let compared = match (sid, plan::compared(push, end)) {
        (Some(sid), Some(seq)) => Some(hash_at(sql, sid, push.feed(), seq)?),
        _ => None,
    };
    let plan = plan::plan(before, end, compared, push)?;
    let mut version = access_version(sql, space)?;
    if let Some((by, claim)) = &push.access {
        // A batch that is known in full was answered before, and so was its change of access.
        if !plan.rows.is_empty() || claim.version >= version {
            version = change_access(sql, *by, claim)?;
        }
    }
    if plan.rows.is_empty() {
        return Ok((plan.answer(version), None));
    }
    take(sql, space, plan.bytes())?;
    write(sql, space, sid, &plan)?;
    let poke = Poke {
        space,
        stream: push.stream,
        log_id: plan.after.log,
        head: plan.after.head,
        chain: plan.after.chain,
    };
    Ok((plan.answer(version), Some(poke)))
}

/// Takes room from the quota of a space.
pub fn take(sql: &Connection, space: SpaceId, bytes: u64) -> Outcome<()> {
    let taken = sql
        .prepare_cached("UPDATE space SET used = used + ?2 WHERE id = ?1 AND used + ?2 <= quota")?
        .execute((space, bytes))?;
    if taken == 1 { Ok(()) } else { Err(StoreError::Quota) }
}

/// Writes what a plan adds.
pub fn write(sql: &Connection, space: SpaceId, sid: Option<i64>, plan: &Plan) -> Outcome<()> {
    let after = &plan.after;
    let sid = match sid {
        Some(sid) => {
            sql.prepare_cached("UPDATE stream SET head = ?2, chain = ?3 WHERE sid = ?1")?
                .execute((sid, after.head, after.chain))?;
            sid
        }
        None => sql
            .prepare_cached(
                "INSERT INTO stream (space, stream, sid, log, head, chain) VALUES (?1, ?2, random(), ?3, ?4, ?5) RETURNING sid",
            )?
            .query_row((space, after.stream, after.log, after.head, after.chain), |row| row.get(0))?,
    };
    let mut insert = sql.prepare_cached(
        "INSERT INTO record (sid, gseq, feed, fseq, chain, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut end =
        sql.prepare_cached("INSERT OR REPLACE INTO feed (sid, feed, seq, hash) VALUES (?1, ?2, ?3, ?4)")?;
    for (index, row) in plan.rows.iter().enumerate() {
        insert.execute((sid, row.gseq, row.feed, row.fseq, row.chain, &row.raw))?;
        if plan.rows.get(index + 1).is_none_or(|next| next.feed != row.feed) {
            end.execute((sid, row.feed, row.fseq, row.hash))?;
        }
    }
    Ok(())
}

pub fn feed_end(sql: &Connection, sid: i64, feed: [u8; 16]) -> Outcome<FeedEnd> {
    let end = sql
        .prepare_cached("SELECT seq, hash FROM feed WHERE sid = ?1 AND feed = ?2")?
        .query_row((sid, feed), |row| Ok(FeedEnd { seq: row.get(0)?, hash: row.get(1)? }))
        .optional()?;
    Ok(end.unwrap_or(NO_FEED))
}

fn hash_at(sql: &Connection, sid: i64, feed: [u8; 16], seq: u64) -> Outcome<[u8; 32]> {
    let body: Vec<u8> = sql
        .prepare_cached("SELECT body FROM record WHERE sid = ?1 AND feed = ?2 AND fseq = ?3")?
        .query_row((sid, feed, seq), |row| row.get(0))?;
    read_stored(body).map(|record| record.hash())
}

/// Reads a stored record.
fn read_stored(body: Vec<u8>) -> Outcome<Carried> {
    Carried::from_raw(body).map_err(|_| StoreError::Damaged("a stored record cannot be read"))
}

pub fn pull(sql: &Connection, caller: Caller, ask: Ask) -> Outcome<Pulled> {
    need(sql, caller, Rights::READ)?;
    let Some((sid, stream)) = stream(sql, caller.space, ask.stream)? else {
        return Ok(Pulled { log: [0; 8], after: 0, head: 0, chain: [0; 32], records: Vec::new() });
    };
    let after = ask.after.min(stream.head);
    let mut pulled = Pulled {
        log: stream.log,
        after,
        head: stream.head,
        chain: chain_at(sql, sid, after)?,
        records: Vec::new(),
    };
    let mut select = sql.prepare_cached(
        "SELECT chain, body FROM record WHERE sid = ?1 AND gseq > ?2 ORDER BY gseq LIMIT ?3",
    )?;
    let mut rows = select.query((sid, after, ask.limit))?;
    let mut bytes = 0;
    while let Some(row) = rows.next()? {
        let body: Vec<u8> = row.get(1)?;
        bytes += body.len() as u64;
        if bytes > ask.max_bytes && !pulled.records.is_empty() {
            break;
        }
        pulled.chain = row.get(0)?;
        pulled.records.push(body);
    }
    Ok(pulled)
}

fn chain_at(sql: &Connection, sid: i64, gseq: u64) -> Outcome<[u8; 32]> {
    if gseq == 0 {
        return Ok(vv_protocol::STREAM_CHAIN_START);
    }
    Ok(sql
        .prepare_cached("SELECT chain FROM record WHERE sid = ?1 AND gseq = ?2")?
        .query_row((sid, gseq), |row| row.get(0))?)
}

/// Erases contents; the stubs stay.
pub fn purge(
    sql: &Connection,
    caller: Caller,
    claim: &PurgeClaim,
    signer: Option<AccessKey>,
) -> Outcome<u64> {
    need(sql, caller, Rights::WRITE)?;
    if let Some(key) = signer
        && !rights(sql, Caller { space: claim.space, key })?.allow(Rights::ADMIN)
    {
        return Err(StoreError::Forbidden);
    }
    let (sid, _) = stream(sql, claim.space, claim.stream)?.ok_or(StoreError::NotFound)?;
    let (mut erased, mut freed) = (0, 0);
    for seq in &claim.seqs {
        let found: Option<(u64, Vec<u8>)> = sql
            .prepare_cached("SELECT gseq, body FROM record WHERE sid = ?1 AND feed = ?2 AND fseq = ?3")?
            .query_row((sid, claim.feed, seq), |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        let Some((gseq, body)) = found else { continue };
        let length = body.len() as u64;
        let record = read_stored(body)?;
        if record.is_stub() {
            continue;
        }
        let stub = record.to_stub().encode();
        freed += length - stub.len() as u64;
        erased += 1;
        sql.prepare_cached("UPDATE record SET body = ?3 WHERE sid = ?1 AND gseq = ?2")?
            .execute((sid, gseq, stub))?;
    }
    sql.prepare_cached("UPDATE space SET used = used - ?2 WHERE id = ?1")?.execute((claim.space, freed))?;
    Ok(erased)
}

pub fn stream_heads(sql: &Connection, spaces: &[SpaceId]) -> Outcome<Vec<Poke>> {
    let mut select = sql.prepare_cached("SELECT stream, log, head, chain FROM stream WHERE space = ?1")?;
    let mut all = Vec::new();
    for space in spaces {
        let some = select.query_map([space], |row| {
            Ok(Poke {
                space: *space,
                stream: row.get(0)?,
                log_id: row.get(1)?,
                head: row.get(2)?,
                chain: row.get(3)?,
            })
        })?;
        for poke in some {
            all.push(poke?);
        }
    }
    Ok(all)
}
