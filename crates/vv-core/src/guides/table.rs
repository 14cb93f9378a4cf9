//! The tables of guides and runs: all SQL of the feature. `project` alone writes the projections; drafts are of this computer
//! only. `store/migrations/0004_guides.sql` says what each column is.

use rusqlite::types::{FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, OptionalExtension, params};

use super::record;
use crate::ids::{EntryId, GuideId, RunId};
use crate::journal::record::ms_of;
use crate::store::error::StoreError;
use crate::store::op::{Kind, Object, Value};
use crate::store::topics::Topic;
use crate::store::tx::Tx;

/// Projects a guide or a run into its row; one that was deleted for good loses it.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Guides);
    let field = |number: u32| object.fields.get(&number);
    let text = |number: u32| field(number).and_then(Value::as_text).unwrap_or_default();
    let changed_at = ms_of(object.updated);
    let sql = tx.sql();
    match Kind(object.kind) {
        Kind::Guide if object.erased => {
            sql.prepare_cached("DELETE FROM guide WHERE id = ?1")?.execute([&object.id])?;
        }
        Kind::Guide => {
            use record::guide::{ID, TITLE, TRASHED_AT};
            let trashed_at = field(TRASHED_AT).and_then(Value::as_int);
            sql.prepare_cached("INSERT OR REPLACE INTO guide VALUES (?1, ?2, ?3, ?4, ?5)")?
                .execute(params![object.id, text(ID), text(TITLE), trashed_at, changed_at])?;
        }
        Kind::GuideRun if object.erased => {
            sql.prepare_cached("DELETE FROM guide_run WHERE id = ?1")?.execute([&object.id])?;
            sql.prepare_cached("DELETE FROM guide_draft WHERE run = ?1")?.execute([&object.id])?;
        }
        Kind::GuideRun => {
            use record::run::{ENTRY, FINISHED_AT, GUIDE, STARTED_AT};
            let status = record::status_number(record::state_of(object).status);
            let entry = field(ENTRY).and_then(Value::as_bytes).filter(|bytes| bytes.len() == 16);
            sql.prepare_cached("INSERT OR REPLACE INTO guide_run VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?
                .execute(params![
                    object.id,
                    text(GUIDE),
                    status,
                    field(STARTED_AT).and_then(Value::as_int).unwrap_or(0),
                    field(FINISHED_AT).and_then(Value::as_int),
                    changed_at,
                    entry,
                ])?;
        }
        _ => {}
    }
    Ok(())
}

/// Describes a person's own guide as it stands in the table.
pub(super) struct OwnRow {
    pub(super) id: GuideId,
    pub(super) title: String,
    pub(super) is_trashed: bool,
}

/// Lists a person's own guides by title, those that were put away last.
pub(super) fn list_own(sql: &Connection) -> Result<Vec<OwnRow>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id, title, trashed_at IS NOT NULL FROM guide ORDER BY trashed_at IS NOT NULL, lower(title), id",
    )?;
    let rows = read.query_map([], |row| {
        Ok(OwnRow {
            id: id_of(row.get_ref(0)?, GuideId::from_bytes)?,
            title: row.get(1)?,
            is_trashed: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Finds a guide outside the trash by the id in its file.
pub(super) fn find_own(sql: &Connection, guide: &str) -> Result<Option<GuideId>, StoreError> {
    let mut read = sql
        .prepare_cached("SELECT id FROM guide WHERE guide = ?1 AND trashed_at IS NULL ORDER BY id LIMIT 1")?;
    Ok(read.query_row([guide], |row| Ok(id_of(row.get_ref(0)?, GuideId::from_bytes)?)).optional()?)
}

/// Lists runs of one status, the one touched last first.
pub(super) fn list_runs(sql: &Connection, status: i64, limit: u32) -> Result<Vec<RunId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM guide_run WHERE status = ?1 ORDER BY changed_at DESC, id DESC LIMIT ?2",
    )?;
    let rows =
        read.query_map(params![status, limit], |row| Ok(id_of(row.get_ref(0)?, RunId::from_bytes)?))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists the finished runs of a guide, newest first.
pub(super) fn finished_runs(sql: &Connection, guide: &str, limit: u32) -> Result<Vec<RunId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM guide_run WHERE guide = ?1 AND status = 1 ORDER BY finished_at DESC, id DESC LIMIT ?2",
    )?;
    let rows = read.query_map(params![guide, limit], |row| Ok(id_of(row.get_ref(0)?, RunId::from_bytes)?))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Lists the runs that an entry came of.
pub(super) fn runs_of_entry(sql: &Connection, entry: EntryId) -> Result<Vec<RunId>, StoreError> {
    let mut read = sql.prepare_cached("SELECT id FROM guide_run WHERE entry = ?1")?;
    let rows = read.query_map([entry.as_bytes()], |row| Ok(id_of(row.get_ref(0)?, RunId::from_bytes)?))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps an answer as it was typed.
pub(super) fn keep_draft(
    sql: &Connection,
    run: RunId,
    key: &str,
    answer: &[u8],
    kept_at_ms: i64,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO guide_draft VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        run.as_bytes(),
        key,
        answer,
        kept_at_ms
    ])?;
    Ok(())
}

/// Lists the drafts of a run in the order they were kept.
pub(super) fn drafts(sql: &Connection, run: RunId) -> Result<Vec<(String, Vec<u8>)>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT key, answer FROM guide_draft WHERE run = ?1 ORDER BY kept_at, key")?;
    let rows = read.query_map([run.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Removes a draft that was saved.
pub(super) fn remove_draft(sql: &Connection, run: RunId, key: &str) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM guide_draft WHERE run = ?1 AND key = ?2")?
        .execute(params![run.as_bytes(), key])?;
    Ok(())
}

/// Lists the runs that have drafts.
pub(super) fn runs_with_drafts(sql: &Connection) -> Result<Vec<RunId>, StoreError> {
    let mut read = sql.prepare_cached("SELECT DISTINCT run FROM guide_draft")?;
    let rows = read.query_map([], |row| Ok(id_of(row.get_ref(0)?, RunId::from_bytes)?))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads 16 bytes of an id.
fn id_of<I>(value: ValueRef<'_>, make: impl FnOnce([u8; 16]) -> I) -> FromSqlResult<I> {
    value.as_blob()?.try_into().map(make).map_err(|_| FromSqlError::InvalidType)
}
