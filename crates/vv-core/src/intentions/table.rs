//! The table of intentions: all SQL of the feature. `project` alone writes it.

use chrono::NaiveDate;
use rusqlite::{Connection, Row, ToSql, params};

use super::model::{Answered, Intention, IntentionFilter};
use super::record;
use crate::day;
use crate::ids::{EntryId, IntentionId, LoopId};
use crate::journal::record::ms_of;
use crate::store::error::StoreError;
use crate::store::op::Object;
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects an intention into its row; one that was deleted for good loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Loops);
    let sql = tx.sql();
    if object.erased {
        sql.prepare_cached("DELETE FROM intention WHERE id = ?1")?.execute([&object.id])?;
        return Ok(());
    }
    let answered = record::answered_of(object);
    let mut write = sql.prepare_cached(
        "INSERT OR REPLACE INTO intention VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    write.execute(params![
        object.id,
        object.text(record::TEXT),
        day::number(record::due_on(object)),
        day::number(record::made_on(object)),
        object.id(record::ENTRY),
        object.text(record::FROM_WORDS),
        object.id(record::LOOP),
        answered.as_ref().map(|answered| record::answer_number(answered.how)),
        answered.as_ref().map(|answered| day::number(answered.on)),
        answered.as_ref().map_or("", |answered| answered.words.as_str()),
        object.int(record::MOVED).unwrap_or(0),
        object.int(record::TRASHED_AT),
        ms_of(object.updated),
    ])?;
    Ok(())
}

const ROW: &str = "i.id, i.text, i.due_on, i.made_on, i.entry, i.from_words, i.loop, i.answer, i.answered_on, \
                   i.answer_words, i.moved, i.trashed_at IS NOT NULL, i.entry IS NULL OR EXISTS \
                   (SELECT 1 FROM entry AS e WHERE e.id = i.entry AND e.trashed_at IS NULL)";

fn read_row(row: &Row<'_>) -> rusqlite::Result<Intention> {
    let day = |at: usize| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(at)?.and_then(day::of_number));
    let answered = match (row.get::<_, Option<i64>>(7)?, day(8)?) {
        (Some(how), Some(on)) => Some(Answered { how: record::answer_of(how), on, words: row.get(9)? }),
        _ => None,
    };
    Ok(Intention {
        id: IntentionId::from_bytes(row.get(0)?),
        text: row.get(1)?,
        due_on: day(2)?.unwrap_or_default(),
        made_on: day(3)?.unwrap_or_default(),
        entry: row.get::<_, Option<[u8; 16]>>(4)?.map(EntryId::from_bytes),
        from_words: row.get(5)?,
        loop_id: row.get::<_, Option<[u8; 16]>>(6)?.map(LoopId::from_bytes),
        answered,
        moved: u32::try_from(row.get::<_, i64>(10)?).unwrap_or(u32::MAX),
        trashed: row.get(11)?,
        is_there: row.get(12)?,
    })
}

fn rows(sql: &Connection, which: &str, with: &[&dyn ToSql]) -> Result<Vec<Intention>, StoreError> {
    let mut read = sql.prepare_cached(&format!("SELECT {ROW} FROM intention AS i WHERE {which}"))?;
    Ok(read.query_map(with, read_row)?.collect::<Result<_, _>>()?)
}

/// Reads one intention.
pub(super) fn get(sql: &Connection, id: IntentionId) -> Result<Option<Intention>, StoreError> {
    Ok(rows(sql, "i.id = ?1", &[&id.as_bytes()])?.pop())
}

/// Lists intentions.
pub(super) fn list(sql: &Connection, filter: IntentionFilter) -> Result<Vec<Intention>, StoreError> {
    let outside = "i.trashed_at IS NULL ORDER BY i.due_on DESC, i.id DESC";
    match filter {
        IntentionFilter::Waiting => {
            rows(sql, "i.trashed_at IS NULL AND i.answer IS NULL ORDER BY i.due_on, i.id", &[])
        }
        IntentionFilter::Answered => rows(
            sql,
            "i.trashed_at IS NULL AND i.answer IS NOT NULL ORDER BY i.answered_on DESC, i.id DESC",
            &[],
        ),
        IntentionFilter::OfLoop(id) => rows(sql, &format!("i.loop = ?1 AND {outside}"), &[&id.as_bytes()]),
        IntentionFilter::OfEntry(id) => rows(sql, &format!("i.entry = ?1 AND {outside}"), &[&id.as_bytes()]),
        IntentionFilter::Trashed => {
            rows(sql, "i.trashed_at IS NOT NULL ORDER BY i.trashed_at DESC, i.id DESC", &[])
        }
    }
}

/// Reads the intentions that wait and whose day has come, the oldest day first.
pub(crate) fn due_until(sql: &Connection, on: NaiveDate, limit: u32) -> Result<Vec<Intention>, StoreError> {
    let which =
        "i.trashed_at IS NULL AND i.answer IS NULL AND i.due_on <= ?1 ORDER BY i.due_on, i.id LIMIT ?2";
    rows(sql, which, &[&day::number(on), &limit])
}

/// Reads the intentions that were made or answered between two days, inclusive.
pub(crate) fn made_or_answered_between(
    sql: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<Intention>, StoreError> {
    let which = "i.trashed_at IS NULL AND (i.made_on BETWEEN ?1 AND ?2 OR i.answered_on BETWEEN ?1 AND ?2) \
                 ORDER BY i.due_on, i.id";
    rows(sql, which, &[&day::number(from), &day::number(to)])
}
