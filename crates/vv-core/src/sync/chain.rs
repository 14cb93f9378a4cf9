//! The hash of a stream after each of its records, as this device computed it.
//!
//! A server numbers the records of a stream and everybody recomputes the running hash. What others quote of it in their own
//! records is compared with what is kept here, so a server that shows two people two different streams is found out by the
//! first record that crosses. The first 16 bytes of each value are kept, 64 to a row.

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::wire::{Carried, StreamHead};
use vv_protocol::{STREAM_CHAIN_START, stream_chain};

use super::model::PlaceId;
use crate::store::StoreError;

const PER_BLOCK: u64 = 64;
/// Bytes of a chain value that are kept and quoted.
pub(crate) const QUOTED: usize = 16;
/// The name of a log of which nothing was ever seen.
const UNSEEN: [u8; 8] = [0; 8];

/// Gives the head of a stream of which nothing was ever seen.
pub(crate) fn unseen(stream: u32) -> StreamHead {
    StreamHead { stream, log_id: UNSEEN, head: 0, chain: STREAM_CHAIN_START }
}

/// Says whether anything of a stream was ever seen.
pub(crate) fn was_seen(head: &StreamHead) -> bool {
    head.log_id != UNSEEN
}

/// Gives the heads after each record that follows a head.
pub(crate) fn follow(from: &StreamHead, log_id: [u8; 8], records: &[Carried]) -> Vec<StreamHead> {
    let mut heads = Vec::with_capacity(records.len());
    let mut at = StreamHead { log_id, ..from.clone() };
    for record in records {
        at.head += 1;
        at.chain = stream_chain(&at.chain, &record.hash());
        heads.push(at.clone());
    }
    heads
}

/// Keeps the values of consecutive heads of one stream.
pub(crate) fn keep(sql: &Connection, pid: PlaceId, sid: i64, heads: &[StreamHead]) -> Result<(), StoreError> {
    let mut rest = heads;
    while let Some(first) = rest.first() {
        let block = first.head / PER_BLOCK;
        let here = rest.iter().take_while(|head| head.head / PER_BLOCK == block).count();
        let (own, after) = rest.split_at(here);
        let mut chains = read_block(sql, pid, sid, first.stream, block)?;
        // What is not known of the block, before the first that was ever seen, stays zero.
        chains.resize((first.head % PER_BLOCK) as usize * QUOTED, 0);
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
    let value: Option<[u8; QUOTED]> = chains.get(from..from + QUOTED).and_then(|value| value.try_into().ok());
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
