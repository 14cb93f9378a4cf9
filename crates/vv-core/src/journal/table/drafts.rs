//! Drafts: what was typed since the last save, on this computer only.
//!
//! The text is written every second and its base only once after each save, so that keeping stays cheap however long the
//! history of the text is.

use rusqlite::{Connection, params};

use super::id_of;
use crate::ids::{EntryId, SessionId};
use crate::store::error::StoreError;

/// Holds a draft with all that is needed to make it a save.
pub(crate) struct Draft {
    pub(crate) session: SessionId,
    pub(crate) entry: EntryId,
    pub(crate) owner: [u8; 16],
    pub(crate) title: String,
    pub(crate) text: String,
    pub(crate) base_title: String,
    pub(crate) base_state: Vec<u8>,
}

/// Holds what an editor showed before the words of its draft.
pub(crate) struct Base<'a> {
    pub(crate) entry: EntryId,
    pub(crate) owner: &'a [u8; 16],
    pub(crate) title: &'a str,
    pub(crate) state: &'a [u8],
}

/// Keeps the words of a session; with the base, when this is the first time since its last save.
pub(crate) fn keep(
    sql: &Connection,
    session: SessionId,
    title: &str,
    text: &str,
    kept_at_ms: i64,
    base: Option<Base<'_>>,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO entry_draft VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        session.as_bytes(),
        title,
        text,
        kept_at_ms
    ])?;
    if let Some(base) = base {
        sql.prepare_cached("INSERT OR REPLACE INTO entry_draft_base VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(
            params![session.as_bytes(), base.entry.as_bytes(), base.owner, base.title, base.state],
        )?;
    }
    Ok(())
}

/// Removes the draft of a session.
pub(crate) fn remove(sql: &Connection, session: SessionId) -> Result<(), StoreError> {
    for table in ["entry_draft", "entry_draft_base"] {
        sql.prepare_cached(&format!("DELETE FROM {table} WHERE session = ?1"))?
            .execute([session.as_bytes()])?;
    }
    Ok(())
}

/// Removes every draft of an entry.
pub(crate) fn remove_of_entry(sql: &Connection, entry: EntryId) -> Result<(), StoreError> {
    sql.prepare_cached(
        "DELETE FROM entry_draft WHERE session IN (SELECT session FROM entry_draft_base WHERE entry = ?1)",
    )?
    .execute([entry.as_bytes()])?;
    sql.prepare_cached("DELETE FROM entry_draft_base WHERE entry = ?1")?.execute([entry.as_bytes()])?;
    Ok(())
}

/// Lists drafts, of one entry or of all, in the order they were kept.
pub(crate) fn list(sql: &Connection, entry: Option<EntryId>) -> Result<Vec<Draft>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT d.session, b.entry, b.owner, d.title, d.text, b.title, b.state \
         FROM entry_draft_base AS b JOIN entry_draft AS d ON d.session = b.session \
         WHERE ?1 IS NULL OR b.entry = ?1 ORDER BY d.kept_at, d.session",
    )?;
    let drafts = read.query_map([entry.as_ref().map(EntryId::as_bytes)], |row| {
        Ok(Draft {
            session: id_of(row.get_ref(0)?, SessionId::from_bytes)?,
            entry: id_of(row.get_ref(1)?, EntryId::from_bytes)?,
            owner: id_of(row.get_ref(2)?, |bytes| bytes)?,
            title: row.get(3)?,
            text: row.get(4)?,
            base_title: row.get(5)?,
            base_state: row.get(6)?,
        })
    })?;
    Ok(drafts.collect::<Result<_, _>>()?)
}
