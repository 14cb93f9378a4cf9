//! The hash of a stream after each of its records, as this device computed it.
//!
//! A server numbers the records of a stream and everybody recomputes the running hash. What others quote of it in their own
//! records is compared with what is kept here, so a server that shows two people two different streams is found out by the
//! first record that crosses. The first 16 bytes of each value are kept, 64 to a row.

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::stream_chain;

use super::model::PlaceId;
use crate::ports::remote::{Pulled, StreamHead};
use crate::store::StoreError;

const PER_BLOCK: u64 = 64;
/// Bytes of a chain value that are kept and quoted.
pub(crate) const QUOTED: usize = 16;

/// Gives the heads after each item that follows a head.
pub(crate) fn follow(from: &StreamHead, items: &[Pulled]) -> Vec<StreamHead> {
    let mut heads = Vec::with_capacity(items.len());
    let mut at = *from;
    for item in items {
        at.gseq += 1;
        at.chain = stream_chain(&at.chain, &item.hash());
        heads.push(at);
    }
    heads
}

/// Keeps the values of consecutive heads of one stream.
pub(crate) fn keep(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    heads: &[StreamHead],
) -> Result<(), StoreError> {
    let mut rest = heads;
    while let Some(first) = rest.first() {
        let block = first.gseq / PER_BLOCK;
        let here = rest.iter().take_while(|head| head.gseq / PER_BLOCK == block).count();
        let (own, after) = rest.split_at(here);
        let mut chains = read_block(sql, pid, sid, first.stream, block)?;
        // What is not known of the block, before the first that was ever seen, stays zero.
        chains.resize((first.gseq % PER_BLOCK) as usize * QUOTED, 0);
        for head in own {
            chains.extend_from_slice(&head.chain[..QUOTED]);
        }
        sql.prepare_cached("INSERT OR REPLACE INTO chain_block VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![pid, sid, first.stream, block, chains])?;
        rest = after;
    }
    Ok(())
}

/// Gives the value after a record; none where it is not known.
pub(crate) fn at(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    stream: u32,
    gseq: u64,
) -> Result<Option<[u8; QUOTED]>, StoreError> {
    let chains = read_block(sql, pid, sid, stream, gseq / PER_BLOCK)?;
    let from = (gseq % PER_BLOCK) as usize * QUOTED;
    let value: Option<[u8; QUOTED]> =
        chains.get(from..from + QUOTED).and_then(|value| value.try_into().ok());
    Ok(value.filter(|value| *value != [0; QUOTED]))
}

fn read_block(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    stream: u32,
    block: u64,
) -> Result<Vec<u8>, StoreError> {
    let found = sql
        .prepare_cached(
            "SELECT chains FROM chain_block WHERE pid = ?1 AND sid = ?2 AND stream = ?3 AND block = ?4",
        )?
        .query_row(params![pid, sid, stream, block], |row| row.get(0))
        .optional()?;
    Ok(found.unwrap_or_default())
}
