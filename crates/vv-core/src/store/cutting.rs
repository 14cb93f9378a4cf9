//! Up to where the feeds of revoked devices count, and what happens to what was merged beyond that.
//!
//! A record beyond the limit of its feed stays in the log, signed and in its place, and is not merged. A limit may come after the
//! records, and may be lifted again when an operation arrives that overrides the revocation; then the objects concerned are merged
//! anew from what counts. What was deleted for good stays deleted: its words are gone.

use std::collections::BTreeSet;

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::{CONTROL_STREAM, OpType, Record};

use super::error::StoreError;
use super::hlc::{Hlc, to_sql};
use super::inner::Inner;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::merge::{self, Source};
use super::op::ObjectId;
use super::op_cbor::{WireOp, decode_ops, encode_ops};
use super::seal::open_record;
use super::tx::Tx;
use crate::identity::resolve::Resolved;
use crate::identity::{account_log, epochs};
use crate::spaces;

/// Finds up to which record a feed counts; none while all of it does.
pub(crate) fn limit_of(sql: &Connection, fid: i64) -> Result<Option<u64>, StoreError> {
    let found: Option<Option<u64>> = sql
        .prepare_cached("SELECT upto FROM feed_limit WHERE fid = ?1")?
        .query_row([fid], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Notes that a feed has split: two records were signed for one place.
pub(crate) fn mark_split(sql: &Connection, fid: i64) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO feed_limit (fid, upto, split) VALUES (?1, NULL, 1) ON CONFLICT DO UPDATE SET split = 1",
        [fid],
    )?;
    Ok(())
}

/// Brings the limits of all feeds of an account's devices in line with its log.
pub(crate) fn settle(tx: &mut Tx, account_sid: i64, resolved: &Resolved) -> Result<(), StoreError> {
    let core = tx.core().clone();
    // Of others' devices the spaces tell that are shared with them.
    if account_log::account_of_log(tx.sql(), account_sid)? != Some(core.account_id) {
        return Ok(());
    }
    let feeds = log::list_feeds(tx.sql())?;
    for feed in feeds {
        let space = core.keyring.space_of(feed.sid);
        if space.is_none_or(|space| space.is_account()) {
            continue;
        }
        if space.is_some_and(|space| space.is_shared()) {
            // There the cuts stand in the membership log, for everybody to see.
            tx.unsettled.insert(feed.sid);
            continue;
        }
        let is_journal = feed.sid == core.journal.sid;
        if is_journal || resolved.devices.iter().any(|device| device.sign == feed.device) {
            let limit = limit_by(tx.sql(), account_sid, resolved, &feed)?;
            limit_feed(tx, &feed, limit)?;
        }
    }
    Ok(())
}

/// Brings the limit of a feed that was just begun in line with the log of its account.
pub(super) fn settle_new(tx: &mut Tx, feed: &FeedRow) -> Result<(), StoreError> {
    let core = tx.core().clone();
    if core.keyring.space_of(feed.sid).is_some_and(|space| space.is_shared()) {
        return spaces::limit_new(tx, feed);
    }
    let Some(account) = core.keyring.space(&core.account_space) else { return Ok(()) };
    if feed.sid == account.sid || core.keyring.space_of(feed.sid).is_none_or(|space| space.is_account()) {
        return Ok(());
    }
    let revoked = tx
        .sql()
        .prepare_cached("SELECT 1 FROM device WHERE space = ?1 AND sign = ?2 AND revoked_at IS NOT NULL")?
        .exists(params![account.sid, feed.device])?;
    if revoked {
        let resolved = account_log::resolved(tx.sql(), account.sid)?;
        let limit = limit_by(tx.sql(), account.sid, &resolved, feed)?;
        limit_feed(tx, feed, limit)?;
    }
    Ok(())
}

/// Finds up to where a feed counts by the log of its account.
fn limit_by(
    sql: &Connection,
    account_sid: i64,
    resolved: &Resolved,
    feed: &FeedRow,
) -> Result<Option<u64>, StoreError> {
    let known: Vec<_> = resolved.devices.iter().filter(|device| device.sign == feed.device).collect();
    if known.iter().any(|device| device.revoked_ms.is_none()) {
        return Ok(None);
    }
    // A device whose addition is void has never written anything.
    if known.is_empty() {
        return Ok(Some(0));
    }
    // Without the key to the cuts this device is itself among those left behind, and everything stays as it is.
    let Some(cuts) = account_log::cuts_of(sql, account_sid, resolved, &feed.device)? else {
        return limit_of(sql, feed.fid);
    };
    let own = cuts.iter().filter(|cut| {
        (cut.space, cut.stream, cut.feed) == (feed.head.space, feed.head.stream, feed.head.feed)
    });
    Ok(Some(own.map(|cut| cut.seq).max().unwrap_or(0)))
}

/// Sets up to which record a feed counts, and merges anew what that concerns.
pub(crate) fn limit_feed(tx: &mut Tx, feed: &FeedRow, limit: Option<u64>) -> Result<(), StoreError> {
    let sql = tx.sql();
    if limit_of(sql, feed.fid)? == limit {
        return Ok(());
    }
    sql.execute(
        "INSERT INTO feed_limit (fid, upto, split) VALUES (?1, ?2, 0)
         ON CONFLICT DO UPDATE SET upto = excluded.upto",
        params![feed.fid, limit],
    )?;
    let mut objects = BTreeSet::new();
    let mut after = 0;
    loop {
        let rows = log::records_of_feed(tx.sql(), feed.fid, after, 256)?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows {
            let is_beyond = limit.is_some_and(|limit| row.seq > limit);
            let was_carried_out = row.kind == OpType::ObjErase.number() && row.state.is_merged();
            let state = match row.state {
                state if is_beyond && state.is_merged() && !was_carried_out => RecordState::Cut,
                RecordState::Cut if !is_beyond => RecordState::Merged,
                _ => continue,
            };
            log::set_state(tx.sql(), row.rid, state)?;
            objects.insert(row.object);
        }
    }
    if objects.is_empty() {
        return Ok(());
    }
    if feed.head.stream == CONTROL_STREAM {
        return epochs::read_again(tx, feed.sid);
    }
    for object in objects {
        merge_again(tx, feed.sid, &object)?;
    }
    Ok(())
}

/// Tells whether there are records about an object that lie beyond a limit.
pub(super) fn has_cut(sql: &Connection, sid: i64, id: &ObjectId) -> Result<bool, StoreError> {
    Ok(log::records_of(sql, sid, id)?.iter().any(|row| row.state == RecordState::Cut))
}

/// Merges an object anew from the records that count.
pub(super) fn merge_again(tx: &mut Tx, sid: i64, id: &ObjectId) -> Result<(), StoreError> {
    let rows = log::records_of(tx.sql(), sid, id)?;
    merge_from(tx, sid, id, rows)
}

/// Merges an object anew from these records.
pub(super) fn merge_from(
    tx: &mut Tx,
    sid: i64,
    id: &ObjectId,
    mut rows: Vec<RecordRow>,
) -> Result<(), StoreError> {
    rows.sort_by_key(|row| row.rid);
    let before = merge::find_or_begin(tx.sql(), sid, id)?;
    if before.erased {
        return Ok(());
    }
    // Where others have built upon words that do not count, the words stay: theirs could not be read without them.
    if !replay(tx, sid, id, &rows, Words::ThatCount)? {
        replay(tx, sid, id, &rows, Words::All)?;
    }
    let row = merge::find_or_begin(tx.sql(), sid, id)?;
    if row.kind != 0 {
        return tx.project_in(sid, id, &row);
    }
    if before.kind != 0 {
        let gone = merge::ObjRow { kind: before.kind, erased: true, ..row };
        tx.project_in(sid, id, &gone)?;
    }
    if !rows.iter().any(|row| row.state.is_merged() || row.state == RecordState::Stub) {
        tx.sql().execute("DELETE FROM obj WHERE oid = ?1", [row.oid])?;
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq)]
enum Words {
    /// Changes of texts of the records that count.
    ThatCount,
    /// Those beyond a limit as well.
    All,
}

/// Merges records into an object as if it were new; tells whether each change of a text found what it builds upon.
fn replay(
    tx: &mut Tx,
    sid: i64,
    id: &ObjectId,
    rows: &[RecordRow],
    words: Words,
) -> Result<bool, StoreError> {
    let sql = tx.sql();
    let row = merge::find_or_begin(sql, sid, id)?;
    for table in ["field", "element", "element_also", "doc"] {
        sql.execute(&format!("DELETE FROM {table} WHERE oid = ?1"), [row.oid])?;
    }
    sql.prepare_cached("UPDATE obj SET kind = 0, created = ?2, updated = 0, erased = 0 WHERE oid = ?1")?
        .execute(params![row.oid, to_sql(Hlc::MAX)])?;
    let feeds = log::list_feeds(sql)?;
    for row in rows {
        let counts = row.state.is_merged();
        if !(counts || (row.state == RecordState::Cut && words == Words::All)) {
            continue;
        }
        let Some(feed) = feeds.iter().find(|feed| feed.fid == row.fid) else { continue };
        let inner = tx.open_row(row)?;
        let body = if counts { inner.body } else { texts_of(&inner)? };
        let source = Source {
            sid,
            fid: feed.fid,
            feed: feed.head.feed,
            hlc: if counts { inner.hlc } else { Hlc::ZERO },
            whole: words == Words::ThatCount && log::gaps_of(tx.sql(), feed.fid)?.is_empty(),
            // The log holds everything already, so none of it is the one update that made a text.
            has_log: false,
            device: feed.device,
            record: log::hash_of(row),
        };
        match tx.merge_record(&source, feed.head.stream, inner.kind, id, &body)? {
            None => return Ok(false),
            Some(state) if counts && state != row.state && state.is_merged() => {
                log::set_state(tx.sql(), row.rid, state)?;
            }
            Some(_) => {}
        }
    }
    Ok(true)
}

/// Gives the changes of texts in a record, and nothing else of it.
fn texts_of(inner: &Inner) -> Result<Vec<u8>, StoreError> {
    if inner.kind != OpType::Change.number() {
        return Ok(encode_ops(&[]));
    }
    let (ops, _) = decode_ops(&inner.body)?;
    let texts: Vec<WireOp> = ops.into_iter().filter(|op| matches!(op, WireOp::UpdateDoc { .. })).collect();
    Ok(encode_ops(&texts))
}

impl Tx<'_> {
    /// Opens a record of the log, whose signature was checked when it came in.
    pub(crate) fn open_row(&self, row: &RecordRow) -> Result<Inner, StoreError> {
        let record = Record::decode(&row.raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
        let header = &record.header;
        let key = self.core().record_key(&header.space, header.stream, &header.epoch)?;
        Ok(open_record(&record, &key)?.inner)
    }
}
