//! The tables of loops: all SQL of the feature. `project` alone writes them.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, params};

use super::model::{Closing, KeptFilling, LoopFilter, LoopRow, Part};
use super::record;
use crate::day;
use crate::ids::{EntryId, FillingId, LoopId};
use crate::journal::record::{instant_of, ms_of};
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a loop into its rows; one that was deleted for good loses them.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Loops);
    let sql = tx.sql();
    for table in ["loop_filling", "loop_closing"] {
        sql.prepare_cached(&format!("DELETE FROM {table} WHERE loop = ?1"))?.execute([&object.id])?;
    }
    if object.erased {
        sql.prepare_cached("DELETE FROM loop WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    let fillings = record::fillings_of(object);
    let begun_on = record::begun_on(object);
    let touched_on = fillings.iter().map(|kept| kept.on).max().map_or(begun_on, |on| on.max(begun_on));
    let mut write =
        sql.prepare_cached("INSERT OR REPLACE INTO loop VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    write.execute(params![
        object.id,
        object.text(record::TITLE),
        object.text(record::WHY),
        day::number(begun_on),
        object.int(record::CLOSED_ON),
        object.int(record::PARKED_UNTIL),
        object.int(record::SURFACED_ON),
        object.int(record::TRASHED_AT),
        day::number(touched_on),
        ms_of(object.updated),
    ])?;
    let mut write =
        sql.prepare_cached("INSERT INTO loop_filling VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)")?;
    for kept in &fillings {
        write.execute(params![
            object.id,
            kept.id.as_bytes(),
            record::part_number(kept.part),
            day::number(kept.on),
            kept.written_at,
            kept.entry.as_ref().map(EntryId::as_bytes),
            kept.words,
            kept.who,
            kept.source,
            record::asked_on(object, kept.id).map(day::number),
        ])?;
    }
    let mut write = sql.prepare_cached("INSERT INTO loop_closing VALUES (?1, ?2, ?3, ?4, ?5)")?;
    for kept in record::closings_of(object) {
        write.execute(params![object.id, kept.at_ms, day::number(kept.on), kept.then, kept.now])?;
    }
    Ok(())
}

/// What fills a part counts unless it is an entry that is gone or in the trash.
const IS_THERE: &str =
    "(f.entry IS NULL OR EXISTS (SELECT 1 FROM entry AS e WHERE e.id = f.entry AND e.trashed_at IS NULL))";

const ROW: &str =
    "id, title, why, begun_on, closed_on, parked_until, surfaced_on, touched_on, trashed_at IS NOT NULL";

fn read_row(sql: &Connection, row: &Row<'_>) -> Result<LoopRow, StoreError> {
    let id = LoopId::from_bytes(row.get(0)?);
    let (counts, feedback_from) = count_parts(sql, id)?;
    Ok(LoopRow {
        id,
        title: row.get(1)?,
        why: row.get(2)?,
        begun_on: day_of(row.get(3)?),
        closed_on: row.get::<_, Option<i64>>(4)?.and_then(day::of_number),
        parked_until: row.get::<_, Option<i64>>(5)?.and_then(day::of_number),
        surfaced_on: row.get::<_, Option<i64>>(6)?.and_then(day::of_number),
        touched_on: day_of(row.get(7)?),
        trashed: row.get(8)?,
        counts,
        feedback_from,
    })
}

fn day_of(number: i64) -> NaiveDate {
    day::of_number(number).unwrap_or_default()
}

/// Counts what fills each part, and finds who gave the latest feedback.
fn count_parts(sql: &Connection, id: LoopId) -> Result<([u32; 4], String), StoreError> {
    let mut read = sql.prepare_cached(&format!(
        "SELECT f.part, f.who FROM loop_filling AS f WHERE f.loop = ?1 AND {IS_THERE} ORDER BY f.on_day, f.made_at, f.id"
    ))?;
    let mut rows = read.query([id.as_bytes()])?;
    let (mut counts, mut from) = ([0; 4], String::new());
    while let Some(row) = rows.next()? {
        let part = usize::try_from(row.get::<_, i64>(0)?).unwrap_or(usize::MAX);
        if let Some(count) = counts.get_mut(part) {
            *count += 1;
        }
        if part == Part::Feedback as usize {
            from = row.get(1)?;
        }
    }
    Ok((counts, from))
}

/// Reads the row of a loop.
pub(crate) fn row_of(sql: &Connection, id: LoopId) -> Result<Option<LoopRow>, StoreError> {
    Ok(rows(sql, "id = ?1", &[&id.as_bytes() as &dyn rusqlite::ToSql], "id")?.pop())
}

/// Lists loops.
pub(super) fn list(sql: &Connection, filter: LoopFilter) -> Result<Vec<LoopRow>, StoreError> {
    let (which, order) = match filter {
        LoopFilter::Open => ("trashed_at IS NULL AND closed_on IS NULL", "touched_on DESC, id DESC"),
        LoopFilter::Closed => ("trashed_at IS NULL AND closed_on IS NOT NULL", "closed_on DESC, id DESC"),
        LoopFilter::Trashed => ("trashed_at IS NOT NULL", "trashed_at DESC, id DESC"),
    };
    rows(sql, which, &[], order)
}

/// Lists the open and closed loops outside the trash that something filled, or that were closed, between two days, inclusive.
pub(crate) fn touched_between(
    sql: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<LoopRow>, StoreError> {
    let which = "trashed_at IS NULL AND (id IN (SELECT loop FROM loop_filling WHERE on_day BETWEEN ?1 AND ?2) \
                 OR closed_on BETWEEN ?1 AND ?2)";
    let (from, to) = (day::number(from), day::number(to));
    rows(sql, which, &[&from, &to], "touched_on DESC, id DESC")
}

fn rows(
    sql: &Connection,
    which: &str,
    with: &[&dyn rusqlite::ToSql],
    order: &str,
) -> Result<Vec<LoopRow>, StoreError> {
    let mut read = sql.prepare_cached(&format!("SELECT {ROW} FROM loop WHERE {which} ORDER BY {order}"))?;
    let mut found = read.query(with)?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        all.push(read_row(sql, row)?);
    }
    Ok(all)
}

const FILLING: &str = "f.id, f.part, f.on_day, f.entry, f.words, f.who, f.source, e.title, e.excerpt";
const WITH_ENTRY: &str = "loop_filling AS f LEFT JOIN entry AS e ON e.id = f.entry AND e.trashed_at IS NULL";

fn read_filling(row: &Row<'_>) -> rusqlite::Result<KeptFilling> {
    let entry = row.get::<_, Option<[u8; 16]>>(3)?.map(EntryId::from_bytes);
    let title: Option<String> = row.get(7)?;
    let is_there = entry.is_none() || title.is_some();
    let words: String = row.get(4)?;
    let words = match title {
        Some(title) if title.is_empty() => row.get(8)?,
        Some(title) => title,
        None => words,
    };
    Ok(KeptFilling {
        id: FillingId::from_bytes(row.get(0)?),
        part: record::part_of(row.get(1)?).unwrap_or(Part::Gain),
        on: day_of(row.get(2)?),
        entry,
        words,
        is_there,
        who: row.get(5)?,
        source: row.get(6)?,
    })
}

/// Reads what fills a loop, in order of days.
pub(super) fn fillings(sql: &Connection, id: LoopId) -> Result<Vec<KeptFilling>, StoreError> {
    let mut read = sql.prepare_cached(&format!(
        "SELECT {FILLING} FROM {WITH_ENTRY} WHERE f.loop = ?1 ORDER BY f.on_day, f.made_at, f.id"
    ))?;
    let found = read.query_map([id.as_bytes()], read_filling)?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Reads the closings of a loop, the latest first.
pub(super) fn closings(sql: &Connection, id: LoopId) -> Result<Vec<Closing>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT closed_at, on_day, then_was, now_is FROM loop_closing WHERE loop = ?1 ORDER BY closed_at DESC",
    )?;
    let found = read.query_map([id.as_bytes()], |row| {
        Ok(Closing {
            at: instant_of(row.get(0)?),
            on: day_of(row.get(1)?),
            then: row.get(2)?,
            now: row.get(3)?,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}

/// Reads the loops outside the trash that an entry fills.
pub(super) fn of_entry(sql: &Connection, entry: EntryId) -> Result<Vec<(LoopRow, KeptFilling)>, StoreError> {
    let mut read = sql.prepare_cached(&format!(
        "SELECT {FILLING}, f.loop FROM {WITH_ENTRY} JOIN loop AS l ON l.id = f.loop \
         WHERE f.entry = ?1 AND l.trashed_at IS NULL ORDER BY l.touched_on DESC, f.part"
    ))?;
    let mut found = read.query([entry.as_bytes()])?;
    let mut all = Vec::new();
    while let Some(row) = found.next()? {
        let filling = read_filling(row)?;
        if let Some(of) = row_of(sql, LoopId::from_bytes(row.get(9)?))? {
            all.push((of, filling));
        }
    }
    Ok(all)
}

/// Reads what was gained between two days, inclusive, by loops that are open and outside the trash, and was never asked about;
/// the oldest first.
pub(crate) fn gains_unasked(
    sql: &Connection,
    from: NaiveDate,
    to: NaiveDate,
    limit: u32,
) -> Result<Vec<(LoopId, KeptFilling)>, StoreError> {
    let mut read = sql.prepare_cached(&format!(
        "SELECT {FILLING}, f.loop FROM {WITH_ENTRY} JOIN loop AS l ON l.id = f.loop \
         WHERE f.on_day BETWEEN ?1 AND ?2 AND f.part = 0 AND f.asked_on IS NULL AND l.trashed_at IS NULL AND l.closed_on IS NULL \
         AND (f.entry IS NULL OR e.id IS NOT NULL) ORDER BY f.on_day, f.made_at, f.id LIMIT ?3"
    ))?;
    let found = read.query_map(params![day::number(from), day::number(to), limit], |row| {
        Ok((LoopId::from_bytes(row.get(9)?), read_filling(row)?))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
