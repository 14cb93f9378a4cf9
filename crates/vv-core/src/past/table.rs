//! The table of what returns, and the probes of the journal's tables that find it.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, params};

use super::record::Schedule;
use crate::day;
use crate::ids::EntryId;
use crate::journal::moment::{DAY_MS, day_and_time, first_order_key};
use crate::store::error::StoreError;
use crate::store::hlc;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a schedule into its row; one that was deleted for good loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Past);
    let schedule = if object.erased { None } else { Schedule::of(object) };
    let sql = tx.sql();
    sql.prepare_cached("DELETE FROM keepsake WHERE id = ?1")?.execute([&object.id])?;
    let Some(schedule) = schedule else { return Ok(()) };
    // Whoever writes a schedule derives its id from the entry; an object that does not keep to that is nobody's.
    if super::record::object_of(schedule.entry) != object.id {
        return Ok(());
    }
    let mut write = sql.prepare_cached("INSERT INTO keepsake VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    write.execute(params![
        object.id,
        schedule.entry.as_bytes(),
        schedule.kept,
        schedule.stage,
        day::number(schedule.due_on),
        schedule.stopped,
        schedule.answered_on.map(day::number),
        schedule.became.as_ref().map(EntryId::as_bytes),
    ])?;
    Ok(())
}

/// Says whether something that returned was answered on a day.
pub(super) fn was_answered_on(sql: &Connection, on: NaiveDate) -> Result<bool, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM keepsake INDEXED BY keepsake_answered WHERE answered_on = ?1)",
    )?;
    Ok(read.query_row([day::number(on)], |row| row.get(0))?)
}

/// Reads the schedules whose day has come, with how often they were said to be true, the longest overdue first.
pub(super) fn due(sql: &Connection, on: NaiveDate, limit: usize) -> Result<Vec<(EntryId, u32)>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT k.entry, k.stage FROM keepsake AS k INDEXED BY keepsake_due JOIN entry AS e ON e.id = k.entry \
         WHERE k.stopped = 0 AND k.due_on <= ?1 AND e.trashed_at IS NULL AND (k.kept = 1 OR e.starred = 1) \
         ORDER BY k.due_on, k.id LIMIT ?2",
    )?;
    let found = read.query_map(params![day::number(on), count(limit)], |row| {
        Ok((EntryId::from_bytes(row.get(0)?), row.get(1)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Reads starred entries up to a day that never returned yet, the oldest first.
pub(super) fn starred_until(
    sql: &Connection,
    on: NaiveDate,
    limit: usize,
) -> Result<Vec<(EntryId, u32)>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT e.id FROM entry AS e INDEXED BY entry_starred WHERE e.trashed_at IS NULL AND e.starred = 1 \
         AND e.order_key < ?1 AND NOT EXISTS (SELECT 1 FROM keepsake AS k WHERE k.entry = e.id) \
         ORDER BY e.order_key, e.id LIMIT ?2",
    )?;
    let found = read.query_map(params![first_order_key(on) + DAY_MS, count(limit)], |row| {
        Ok((EntryId::from_bytes(row.get(0)?), 0))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Reads the entries of a day outside the trash, the earliest first.
pub(super) fn entries_on(sql: &Connection, on: NaiveDate, limit: usize) -> Result<Vec<EntryId>, StoreError> {
    let from = first_order_key(on);
    let mut read = sql.prepare_cached(
        "SELECT id FROM entry INDEXED BY entry_timeline WHERE trashed_at IS NULL AND order_key >= ?1 \
         AND order_key < ?2 ORDER BY order_key, id LIMIT ?3",
    )?;
    let found = read
        .query_map(params![from, from + DAY_MS, count(limit)], |row| Ok(EntryId::from_bytes(row.get(0)?)))?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Finds the last day before another on which something was written.
pub(super) fn last_day_before(sql: &Connection, on: NaiveDate) -> Result<Option<NaiveDate>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT order_key FROM entry INDEXED BY entry_timeline WHERE trashed_at IS NULL AND order_key < ?1 \
         ORDER BY order_key DESC LIMIT 1",
    )?;
    let key: Option<i64> = read.query_row([first_order_key(on)], |row| row.get(0)).optional()?;
    Ok(key.map(|key| day_and_time(key).0))
}

/// Finds the first day on which something was written.
pub(super) fn first_day(sql: &Connection) -> Result<Option<NaiveDate>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT order_key FROM entry INDEXED BY entry_timeline WHERE trashed_at IS NULL ORDER BY order_key LIMIT 1",
    )?;
    let key: Option<i64> = read.query_row([], |row| row.get(0)).optional()?;
    Ok(key.map(|key| day_and_time(key).0))
}

/// Lists when the records of a space were made since an instant, in milliseconds since 1970; of each feed the latest at most.
/// Along a feed time only grows, so the walk back ends where the instant is reached.
pub(super) fn record_times(
    sql: &Connection,
    space: i64,
    from_ms: u64,
    most: u32,
) -> Result<Vec<u64>, StoreError> {
    let mut feeds = sql.prepare_cached("SELECT fid FROM feed WHERE space = ?1 ORDER BY fid")?;
    let feeds: Vec<i64> = feeds.query_map([space], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let mut read = sql.prepare_cached("SELECT hlc FROM record WHERE fid = ?1 ORDER BY seq DESC LIMIT ?2")?;
    let mut times = Vec::new();
    for feed in feeds {
        let mut rows = read.query(params![feed, most])?;
        while let Some(row) = rows.next()? {
            let time = hlc::from_sql(row.get(0)?).ms();
            if time < from_ms {
                break;
            }
            times.push(time);
        }
    }
    Ok(times)
}

/// Lists who stands beside what filled loops between two days, inclusive.
pub(super) fn people_between(
    sql: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<String>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT DISTINCT f.who FROM loop_filling AS f JOIN loop AS l ON l.id = f.loop \
         WHERE f.on_day BETWEEN ?1 AND ?2 AND f.who <> '' AND l.trashed_at IS NULL ORDER BY f.who",
    )?;
    let found = read.query_map([day::number(from), day::number(to)], |row| row.get(0))?;
    Ok(found.collect::<Result<_, _>>()?)
}
