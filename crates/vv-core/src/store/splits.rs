//! A feed that has split: two programs wrote in one life of one device, because a disk was copied or a backup was put back while
//! the other went on. Two different records are signed for one place, and only one of them can stand there.
//!
//! The other is kept as evidence and nothing is decided before a person has: the feed is neither pushed nor continued elsewhere.
//! Then [`settle`] lets one run stay. What only the other run says is taken out of its place and, where this device wrote it,
//! written anew in another life, so no word of either is lost. Where it stood it stays as evidence.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::{CONTROL_STREAM, FIRST_PREV, OpType, Record};

use super::cutting;
use super::error::StoreError;
use super::hlc::{Hlc, to_sql};
use super::log::{self, FeedRow, RecordRow};
use super::merge;
use super::op::{Change, Kind, Object, ObjectId, Op};
use super::page::Page;
use super::take_in::{NOTHING, Taken};
use super::tx::Tx;
use crate::identity::{account_log, epochs, table};
use crate::spaces;

/// What is said of a record beside which there is another for the same place.
pub(crate) const SPLIT: &str = "its feed has split: another record stands in its place";

/// What a person has decided about a record that is kept as evidence.
const OPEN: u8 = 0;
/// It came from elsewhere, and what was here stays.
const LEFT_ASIDE: u8 = 1;
/// It was here, and gave way.
const WITHDRAWN: u8 = 2;

/// Names a feed that has split, and the first place that is taken twice.
#[derive(Debug, Clone)]
pub(crate) struct Split {
    pub feed: FeedRow,
    pub at: u64,
}

/// Says which run of a feed stays in its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stays {
    /// The one that came from elsewhere: everybody has it.
    Theirs,
    /// The one whose first record has the smaller hash: both went around, and everybody decides the same.
    Smaller,
}

/// Keeps a record for whose place there is another; tells what is to be said of it.
pub(super) fn keep(
    sql: &Connection,
    fid: i64,
    (seq, hash): (u64, &[u8; 32]),
    raw: &[u8],
    at_ms: i64,
) -> Result<Taken, StoreError> {
    match decided(sql, hash)? {
        Some(OPEN) => {}
        Some(_) => return Ok(Taken::Known),
        None => {
            cutting::mark_split(sql, fid)?;
            put(sql, fid, (seq, hash), raw, at_ms, OPEN)?;
        }
    }
    Ok(Taken::Refused(SPLIT))
}

fn decided(sql: &Connection, hash: &[u8; 32]) -> Result<Option<u8>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT settled FROM evidence WHERE hash = ?1")?
        .query_row([hash], |row| row.get(0))
        .optional()?)
}

/// Tells whether a record is kept as evidence.
pub(crate) fn is_evidence(sql: &Connection, hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(decided(sql, hash)?.is_some())
}

/// Tells whether a record was in its place here and gave way to another.
pub(crate) fn is_withdrawn(sql: &Connection, hash: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(decided(sql, hash)? == Some(WITHDRAWN))
}

/// Tells whether anything is kept as evidence.
pub(crate) fn is_any(sql: &Connection) -> Result<bool, StoreError> {
    Ok(sql.prepare_cached("SELECT 1 FROM evidence LIMIT 1")?.exists([])?)
}

fn put(
    sql: &Connection,
    fid: i64,
    (seq, hash): (u64, &[u8; 32]),
    raw: &[u8],
    at_ms: i64,
    settled: u8,
) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT OR REPLACE INTO evidence (hash, fid, seq, at, raw, settled) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![hash, fid, seq, at_ms, raw, settled])?;
    Ok(())
}

/// Lists the feeds that have split and about which nobody has decided.
pub(crate) fn list(sql: &Connection) -> Result<Vec<Split>, StoreError> {
    let open: BTreeMap<i64, u64> = sql
        .prepare_cached("SELECT fid, min(seq) FROM evidence WHERE settled = 0 GROUP BY fid")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let feeds = log::list_feeds(sql)?.into_iter();
    Ok(feeds.filter_map(|feed| Some(Split { at: *open.get(&feed.fid)?, feed })).collect())
}

/// Leaves aside what came from elsewhere of a feed.
pub(crate) fn leave_aside(sql: &Connection, fid: i64) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE evidence SET settled = ?2 WHERE fid = ?1 AND settled = ?3",
        params![fid, LEFT_ASIDE, OPEN],
    )?;
    sql.execute("UPDATE feed_limit SET split = 0 WHERE fid = ?1", [fid])?;
    Ok(())
}

/// Says what is known of a feed that a place does not take, because another record stands there in the place of one of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// Nothing yet: what stands there has not been read.
    Nothing,
    /// What stands there was left aside here, and is to be decided about again.
    AskedAgain,
    /// This feed gave way before, and what it said was written anew elsewhere.
    Settled,
}

/// Finds out what is known of a feed that a place does not take.
pub(crate) fn look_beside(sql: &Connection, fid: i64) -> Result<Beside, StoreError> {
    let open = sql.execute(
        "UPDATE evidence SET settled = ?2 WHERE fid = ?1 AND settled IN (?2, ?3)",
        params![fid, OPEN, LEFT_ASIDE],
    )?;
    let any = sql.prepare_cached("SELECT 1 FROM evidence WHERE fid = ?1")?.exists([fid])?;
    Ok(match (open, any) {
        (0, false) => Beside::Nothing,
        (0, true) => Beside::Settled,
        _ => Beside::AskedAgain,
    })
}

/// Lets one run of a split feed stay; tells whether it is the one that came from elsewhere.
pub(crate) fn settle(tx: &mut Tx, split: &Split, stays: Stays) -> Result<bool, StoreError> {
    let fid = split.feed.fid;
    tx.put_own_away()?;
    if split.feed.device == tx.core().device() {
        table::begin_incarnation(tx.sql())?;
    }
    let moved = match theirs(tx, split, stays)? {
        Some(run) => {
            tx.sql().execute_batch("SAVEPOINT split")?;
            let moved = exchange(tx, split, run)?;
            if !moved {
                // Others have built upon words that would go; so they stay, and what came lies apart.
                tx.sql().execute_batch("ROLLBACK TO split")?;
                tx.forget_what_was_undone();
            }
            tx.sql().execute_batch("RELEASE split")?;
            moved
        }
        None => false,
    };
    leave_aside(tx.sql(), fid)?;
    Ok(moved)
}

/// Gives the records of the other run in their order, where it is to stay and follows what is before it.
fn theirs(tx: &Tx, split: &Split, stays: Stays) -> Result<Option<Vec<Vec<u8>>>, StoreError> {
    let kept: Vec<(u64, [u8; 32], Vec<u8>)> = tx
        .sql()
        .prepare_cached(
            "SELECT seq, hash, raw FROM evidence WHERE fid = ?1 AND seq >= ?2 AND settled < ?3 ORDER BY seq, hash",
        )?
        .query_map(params![split.feed.fid, split.at, WITHDRAWN], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
        .collect::<Result<_, _>>()?;
    let before = hash_before(tx.sql(), split)?;
    let follows = |raw: &[u8]| Record::decode(raw).is_ok_and(|record| Some(record.header.prev) == before);
    let first = kept.iter().find(|(seq, _, raw)| *seq == split.at && follows(raw));
    let Some((_, first, _)) = first else { return Ok(None) };
    let ours = log::record_at(tx.sql(), split.feed.fid, split.at)?.and_then(|row| log::hash_of(&row));
    if stays == Stays::Smaller && ours.is_some_and(|ours| ours < *first) {
        return Ok(None);
    }
    let run = kept.iter().filter(|(seq, hash, _)| *seq > split.at || hash == first);
    Ok(Some(run.map(|(.., raw)| raw.clone()).collect()))
}

/// Gives the hash of the last record that both runs have.
fn hash_before(sql: &Connection, split: &Split) -> Result<Option<[u8; 32]>, StoreError> {
    if split.at == 1 {
        return Ok(Some(FIRST_PREV));
    }
    Ok(log::record_at(sql, split.feed.fid, split.at - 1)?.and_then(|row| log::hash_of(&row)))
}

/// Puts the other run in the place of this one; false where that cannot be done whole.
fn exchange(tx: &mut Tx, split: &Split, run: Vec<Vec<u8>>) -> Result<bool, StoreError> {
    let feed = &split.feed;
    let is_own = feed.device == tx.core().device();
    let done = tx.in_stream(&feed.head.space, feed.head.stream, |tx| {
        if feed.head.stream == CONTROL_STREAM {
            exchange_operations(tx, split, is_own).map(|()| true)
        } else {
            exchange_content(tx, split, is_own)
        }
    });
    match done {
        Ok(true) => {}
        // Nothing can be written in this space any more, or not yet.
        Ok(false) | Err(StoreError::NotFound) => return Ok(false),
        Err(problem) => return Err(problem),
    }
    tx.put_own_away()?;
    let page = Page::prepare(tx, run)?;
    tx.take_in_page(&page)?;
    // What stands in the log now is evidence of nothing.
    for table in ["evidence", "refused"] {
        tx.sql().execute(
            &format!("DELETE FROM {table} WHERE hash IN (SELECT e.hash FROM evidence e JOIN record r ON r.fid = e.fid AND r.seq = e.seq AND r.raw = e.raw WHERE e.fid = ?1)"),
            [feed.fid],
        )?;
    }
    Ok(true)
}

/// Takes the records of a run out of their place; they stay as evidence.
fn withdraw(tx: &Tx, split: &Split) -> Result<Vec<RecordRow>, StoreError> {
    let (sql, fid) = (tx.sql(), split.feed.fid);
    let mut rows = Vec::new();
    let mut after = split.at - 1;
    loop {
        let some = log::records_of_feed(sql, fid, after, 512)?;
        let Some(last) = some.last() else { break };
        after = last.seq;
        rows.extend(some);
    }
    let now = tx.now().timestamp_millis();
    for row in &rows {
        if let Some(hash) = log::hash_of(row) {
            put(sql, fid, (row.seq, &hash), &row.raw, now, WITHDRAWN)?;
        }
    }
    sql.execute("DELETE FROM record WHERE fid = ?1 AND seq >= ?2", params![fid, split.at])?;
    sql.execute("DELETE FROM gap WHERE fid = ?1 AND to_seq >= ?2", params![fid, split.at])?;
    let mut feed = split.feed.clone();
    feed.head.seq = split.at - 1;
    feed.head.hash = hash_before(sql, split)?.ok_or(StoreError::Damaged)?;
    log::update_feed(sql, &feed)?;
    Ok(rows)
}

/// Holds what an object said.
struct Said {
    object: Object,
    texts: Vec<(u32, String)>,
}

fn read(tx: &Tx, id: &ObjectId) -> Result<Option<Said>, StoreError> {
    let Some(row) = merge::find_obj(tx.sql(), tx.place().sid, id)? else { return Ok(None) };
    let texts = tx
        .sql()
        .prepare_cached("SELECT field, text FROM doc WHERE oid = ?1 ORDER BY field")?
        .query_map([row.oid], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(Some(Said { object: merge::read_object(tx.sql(), id, &row)?, texts }))
}

/// Takes a run of content out of its place; what this device wrote in it is written anew in its next life.
fn exchange_content(tx: &mut Tx, split: &Split, is_own: bool) -> Result<bool, StoreError> {
    let sid = split.feed.sid;
    let mut objects = BTreeSet::new();
    let mut erased = BTreeSet::new();
    let mut after = split.at - 1;
    loop {
        let rows = log::records_of_feed(tx.sql(), split.feed.fid, after, 512)?;
        let Some(last) = rows.last() else { break };
        after = last.seq;
        for row in rows.iter().filter(|row| row.object != NOTHING) {
            match OpType::from_number(row.kind) {
                Some(OpType::FeedOpen) => continue,
                Some(OpType::ObjErase) if row.state.is_merged() => erased.insert(row.object),
                _ => objects.insert(row.object),
            };
        }
    }
    let mut said = BTreeMap::new();
    for id in &objects {
        if let Some(what) = read(tx, id)? {
            said.insert(*id, what);
        }
    }
    withdraw(tx, split)?;
    for id in &objects {
        if !cutting::merge_again(tx, sid, id)? {
            return Ok(false);
        }
    }
    if is_own {
        for (id, what) in &said {
            write_anew(tx, id, what)?;
        }
    }
    erased.retain(|id| !said_erased(tx, sid, id));
    for id in &erased {
        if is_own {
            erase_anew(tx, id)?;
        } else {
            // What was deleted for good stays so; when, the record says by which it is deleted anew.
            tx.sql().execute(
                "UPDATE obj SET created = ?3, updated = ?3 WHERE space = ?1 AND id = ?2 AND erased = 1",
                params![sid, id, to_sql(Hlc::MAX)],
            )?;
        }
    }
    Ok(true)
}

/// Tells whether a record is left by which an object was deleted for good.
fn said_erased(tx: &Tx, sid: i64, id: &ObjectId) -> bool {
    let is_erasing = |row: &RecordRow| row.kind == OpType::ObjErase.number() && row.state.is_merged();
    log::records_of(tx.sql(), sid, id).is_ok_and(|rows| rows.iter().any(is_erasing))
}

/// Writes what an object said and does not say any more.
fn write_anew(tx: &mut Tx, id: &ObjectId, said: &Said) -> Result<(), StoreError> {
    let now = read(tx, id)?;
    if said.object.kind == 0 || said.object.erased || now.as_ref().is_some_and(|now| now.object.erased) {
        return Ok(());
    }
    let mut ops = Vec::new();
    if now.as_ref().is_none_or(|now| now.object.kind == 0) {
        ops.push(Op::Create { kind: Kind(said.object.kind) });
    }
    let fields = now.as_ref().map(|now| &now.object.fields);
    for (field, value) in &said.object.fields {
        if fields.and_then(|fields| fields.get(field)) != Some(value) {
            ops.push(Op::Set { field: *field, value: value.clone() });
        }
    }
    let sets = now.as_ref().map(|now| &now.object.sets);
    let elements = |sets: Option<&BTreeMap<u32, Vec<_>>>, field: &u32| {
        sets.and_then(|sets| sets.get(field)).cloned().unwrap_or_default()
    };
    let named: BTreeSet<u32> =
        said.object.sets.keys().chain(sets.into_iter().flat_map(BTreeMap::keys)).copied().collect();
    for field in named {
        let (was, is) = (elements(Some(&said.object.sets), &field), elements(sets, &field));
        let added = was.iter().filter(|element| !is.contains(element));
        ops.extend(added.map(|element| Op::Add { field, element: element.clone() }));
        let removed = is.iter().filter(|element| !was.contains(element));
        ops.extend(removed.map(|element| Op::Remove { field, element: element.clone() }));
    }
    for (field, text) in &said.texts {
        let kept = tx.doc(id, *field)?;
        if kept.as_ref().map_or("", |kept| &kept.text) != text {
            ops.extend(tx.rewrite_text(id, *field, kept.as_ref(), text)?);
        }
    }
    if ops.is_empty() {
        return Ok(());
    }
    tx.commit(Change { object: *id, ops }).map(drop)
}

/// Deletes an object for good once more, where the record that did so has gone.
fn erase_anew(tx: &mut Tx, id: &ObjectId) -> Result<(), StoreError> {
    let sid = tx.place().sid;
    tx.sql().execute("UPDATE obj SET erased = 0 WHERE space = ?1 AND id = ?2", params![sid, id])?;
    match tx.erase(id) {
        // Nothing but this run ever knew it.
        Err(StoreError::NotFound) => Ok(()),
        done => done,
    }
}

/// Takes a run of operations out of its place; those of this device are said again in its next life. An operation of an account or
/// an epoch is the same wherever it stands; those of a shared space name each other by their records.
fn exchange_operations(tx: &mut Tx, split: &Split, is_own: bool) -> Result<(), StoreError> {
    let core = tx.core().clone();
    let (sid, id) = (split.feed.sid, split.feed.head.space);
    let space = core.keyring.space(&id).ok_or(StoreError::NotFound)?;
    let rows = withdraw(tx, split)?;
    if space.is_shared() {
        rows.iter().filter_map(log::hash_of).try_for_each(|hash| spaces::forget_op(tx.sql(), sid, &hash))?;
        tx.unsettled.insert(sid);
    } else if !is_own && space.is_account() {
        account_log::read_again(tx, sid)?;
    } else if !is_own {
        epochs::read_again(tx, sid)?;
    }
    tx.keys_changed();
    if !is_own {
        return Ok(());
    }
    let mut renamed = BTreeMap::new();
    for row in rows.iter().filter(|row| row.state.is_merged() && row.kind != OpType::FeedOpen.number()) {
        let Some(kind) = OpType::from_number(row.kind) else { continue };
        let inner = tx.open_row(row)?;
        if space.is_account() {
            tx.write_account_op(kind, inner.body)?;
            continue;
        }
        let body =
            if space.is_shared() { spaces::rename_parents(kind, inner.body, &renamed) } else { inner.body };
        let hash = tx.write_control_op(&id, kind, body)?;
        renamed.extend(log::hash_of(row).map(|before| (before, hash)));
    }
    Ok(())
}
