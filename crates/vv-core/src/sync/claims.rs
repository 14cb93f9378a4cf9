//! What records say that they had seen of a server, held against what it shows here.
//!
//! Each record quotes how far its author had read its stream at a server, and the hash up to there. Where this device has read as far,
//! its own hash must be the same; if it is not, the server shows different people different things, and the two records prove it.
//! Where it has not, the server may be late; what stays away for long is kept back.

use chrono::TimeDelta;
use rusqlite::{Connection, OptionalExtension, params};

use super::chain;
use super::model::{AlarmKind, PlaceId};
use crate::store::inner::Seen;
use crate::store::{Reader, StoreError, Tx, parked};

/// After so many rounds, and so long, what was promised is held to be kept back.
const ROUNDS: i64 = 3;
const PATIENCE: TimeDelta = TimeDelta::hours(24);

/// Gives what the records of a stream quote from now on: the server that was read farthest.
pub(crate) fn quote(sql: &Connection, sid: i64, stream: u32) -> Result<Option<Seen>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT log_id, gseq, chain FROM place_stream WHERE sid = ?1 AND stream = ?2 AND gseq > 0
             ORDER BY gseq DESC, pid LIMIT 1",
        )?
        .query_row(params![sid, stream], |row| {
            let chain: [u8; 32] = row.get(2)?;
            let quoted = *chain.first_chunk().expect("a hash has more than sixteen bytes");
            Ok(Seen { log_id: row.get(0)?, gseq: row.get(1)?, chain: quoted })
        })
        .optional()?)
}

/// Notes what a record of a stream quotes.
pub(super) fn note(tx: &Tx<'_>, pid: PlaceId, sid: i64, stream: u32, seen: &Seen) -> Result<(), StoreError> {
    tx.sql().prepare_cached("INSERT OR IGNORE INTO claim VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)")?.execute(
        params![pid, sid, stream, seen.log_id, seen.gseq, seen.chain, tx.now().timestamp_millis()],
    )?;
    Ok(())
}

/// Holds every quote against what is known of the stream, and tells what is wrong, if anything is.
pub(super) fn settle(
    tx: &Tx<'_>,
    pid: PlaceId,
    sid: i64,
    stream: u32,
    (log_id, head): ([u8; 8], u64),
    is_end: bool,
) -> Result<Option<AlarmKind>, StoreError> {
    let sql = tx.sql();
    let claims: Vec<(u64, [u8; 16], i64, i64)> = sql
        .prepare_cached(
            "SELECT number, hash, since, rounds FROM claim WHERE pid = ?1 AND sid = ?2 AND stream = ?3 AND of = ?4",
        )?
        .query_map(params![pid, sid, stream, log_id], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })?
        .collect::<Result<_, _>>()?;
    let mut alarm = None;
    for (number, hash, since, rounds) in claims {
        let patience = tx.now().timestamp_millis() - since >= PATIENCE.num_milliseconds();
        if number <= head {
            if chain::at(sql, pid, sid, stream, number)?.is_some_and(|known| known != hash) {
                alarm = Some(AlarmKind::Forked);
            }
        } else if is_end && rounds + 1 >= ROUNDS && patience {
            alarm = alarm.or(Some(AlarmKind::Withheld));
        } else {
            if is_end {
                sql.prepare_cached(
                    "UPDATE claim SET rounds = rounds + 1 WHERE pid = ?1 AND sid = ?2 AND stream = ?3 AND of = ?4
                     AND number = ?5 AND hash = ?6",
                )?
                .execute(params![pid, sid, stream, log_id, number, hash])?;
            }
            continue;
        }
        sql.prepare_cached(
            "DELETE FROM claim WHERE pid = ?1 AND sid = ?2 AND stream = ?3 AND of = ?4 AND number = ?5 AND hash = ?6",
        )?
        .execute(params![pid, sid, stream, log_id, number, hash])?;
    }
    Ok(alarm)
}

/// Says whether anything that was quoted of a stream waits to be compared.
pub(super) fn is_any(sql: &Connection, pid: PlaceId, sid: i64, stream: u32) -> Result<bool, StoreError> {
    Ok(sql
        .prepare_cached("SELECT 1 FROM claim WHERE pid = ?1 AND sid = ?2 AND stream = ?3 LIMIT 1")?
        .exists(params![pid, sid, stream])?)
}

/// Tells whether something waits for a record before it longer than a server needs to hand it out.
pub(super) fn is_kept_back(reader: &Reader<'_>, space: &[u8; 16], stream: u32) -> Result<bool, StoreError> {
    parked::waits_since(reader.sql(), space, stream, (reader.now() - PATIENCE).timestamp_millis())
}
