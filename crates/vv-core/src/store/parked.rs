//! Records that wait, records that were refused, and records over which the program has ended. All of it is known to this
//! computer alone.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::page::Standing;
use super::take_in::Why;

/// What is said of a record over which the program ended each time.
pub(crate) const ENDED: &str = "the app ended each time it was read";

/// How many refused records are remembered.
const MOST_REFUSED: u32 = 10_000;

/// Is a record that waits, as far as its place tells.
pub(super) struct Waiting {
    pub hash: [u8; 32],
    pub space: [u8; 16],
    pub stream: u32,
    pub feed: [u8; 16],
    pub seq: u64,
    pub why: Why,
}

const ALL: [Why; 6] = [Why::Beginning, Why::Predecessor, Why::Key, Why::Certificate, Why::Text, Why::Suspect];

fn number(why: Why) -> i64 {
    ALL.iter().position(|other| *other == why).map_or(0, |at| at as i64)
}

fn why_of(number: i64) -> Why {
    usize::try_from(number).ok().and_then(|at| ALL.get(at)).copied().unwrap_or(Why::Predecessor)
}

/// Lets a record wait.
pub(super) fn park(sql: &Connection, place: &Standing, why: Why, at_ms: i64) -> Result<(), StoreError> {
    let header = place.header;
    sql.prepare_cached(
        "INSERT INTO parked (hash, space, stream, feed, seq, why, at, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT DO UPDATE SET why = excluded.why",
    )?
    .execute(params![
        place.hash,
        header.space,
        header.stream,
        header.feed,
        header.seq,
        number(why),
        at_ms,
        place.raw
    ])?;
    Ok(())
}

/// Lets a record wait no longer.
pub(super) fn unpark(sql: &Connection, hash: &[u8; 32]) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM parked WHERE hash = ?1")?.execute([hash])?;
    Ok(())
}

/// Lists what waits, each feed in its order.
pub(super) fn list(sql: &Connection) -> Result<Vec<Waiting>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT hash, space, stream, feed, seq, why FROM parked ORDER BY stream, space, feed, seq",
        )?
        .query_map([], |row| {
            Ok(Waiting {
                hash: row.get(0)?,
                space: row.get(1)?,
                stream: row.get(2)?,
                feed: row.get(3)?,
                seq: row.get(4)?,
                why: why_of(row.get(5)?),
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Reads a record that waits.
pub(super) fn raw_of(sql: &Connection, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT raw FROM parked WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?)
}

/// Remembers that a record was refused.
pub(super) fn refuse(
    sql: &Connection,
    place: &Standing,
    reason: &'static str,
    at_ms: i64,
) -> Result<(), StoreError> {
    let count: u32 = sql.prepare_cached("SELECT count(*) FROM refused")?.query_row([], |row| row.get(0))?;
    if count >= MOST_REFUSED {
        return Ok(());
    }
    let header = place.header;
    sql.prepare_cached(
        "INSERT OR IGNORE INTO refused (hash, space, feed, seq, reason, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![place.hash, header.space, header.feed, header.seq, reason, at_ms])?;
    Ok(())
}

/// Tells whether a record of a stream has waited for the one before it since before an instant.
pub(crate) fn waits_since(
    sql: &Connection,
    space: &[u8; 16],
    stream: u32,
    before_ms: i64,
) -> Result<bool, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT 1 FROM parked WHERE space = ?1 AND stream = ?2 AND why = ?3 AND at <= ?4 LIMIT 1",
        )?
        .exists(params![space, stream, number(Why::Predecessor), before_ms])?)
}

/// Counts what waits in a space, and what was refused of it.
pub(crate) fn counts(sql: &Connection, space: &[u8; 16]) -> Result<(u32, u32), StoreError> {
    let count = |table: &str| -> Result<u32, StoreError> {
        Ok(sql
            .prepare_cached(&format!("SELECT count(*) FROM {table} WHERE space = ?1"))?
            .query_row([space], |row| row.get(0))?)
    };
    Ok((count("parked")?, count("refused")?))
}

/// Tells whether the program has ever ended over a record.
pub(super) fn has_suspects(sql: &Connection) -> Result<bool, StoreError> {
    Ok(sql.prepare_cached("SELECT 1 FROM suspect")?.exists([])?)
}

/// Tells how often the program has ended over a record.
pub(super) fn deaths_of(sql: &Connection, hash: &[u8; 32]) -> Result<u32, StoreError> {
    Ok(sql
        .prepare_cached("SELECT times FROM suspect WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?
        .unwrap_or(0))
}

/// Remembers that the program ended over a record.
pub(crate) fn note_death(sql: &Connection, hash: &[u8; 32]) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO suspect (hash, times) VALUES (?1, 1) ON CONFLICT DO UPDATE SET times = times + 1",
        [hash],
    )?;
    Ok(())
}
