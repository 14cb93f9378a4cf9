//! From records to objects: where what several devices wrote becomes one state, in whatever order it arrives.
//!
//! Fields: the latest logical time wins, ties go to the greater feed. Sets: an addition wins over a removal that did not
//! know of it. Texts: every update is kept. Erasing wins over everything, before and after. The only SQL that writes
//! `obj`, `field`, `element` and `doc`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::{OpType, Record};

use super::doc::TextDoc;
use super::error::StoreError;
use super::hlc::{Hlc, from_sql, to_sql};
use super::log;
use super::op::{DocRow, Object, ObjectId, Value};
use super::op_cbor::{CODEC_YRS, WireOp, decode_ops, decode_value, encode_value};
use super::seal::open_record;
use super::unlocked::Unlocked;

/// The client as which a text is opened that nobody writes.
const NOBODY: u64 = 1;

/// Says whose record is merged.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source {
    /// The space.
    pub sid: i64,
    /// The row of the feed.
    pub fid: i64,
    /// The name of the feed.
    pub feed: [u8; 16],
    /// The logical time of the record.
    pub hlc: Hlc,
    /// Whether a text update must continue its session; a log with known gaps cannot ask for that.
    pub whole: bool,
    /// Whether the records before this one can be read again from the log beside these tables.
    pub has_log: bool,
    /// The public signing key of the device that wrote it.
    pub device: [u8; 32],
    /// The hash of the record; none where it is not sealed yet.
    pub record: Option<[u8; 32]>,
}

/// Tells how the operations of a record were merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use]
pub(crate) enum Merging {
    /// All of them.
    Done,
    /// A change of a text builds on one that is not here yet. What was merged so far is to be undone.
    Waits,
}

/// Is a row of `obj`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ObjRow {
    pub oid: i64,
    pub kind: u32,
    pub created: Hlc,
    pub updated: Hlc,
    pub erased: bool,
    /// Whether it was begun just now, so that nothing of it can be here yet.
    pub fresh: bool,
}

/// Derives the client as which an editing session writes: 53 bits of a hash over feed, object and session number.
pub(crate) fn client_of(feed: &[u8; 16], object: &ObjectId, session: u64) -> u64 {
    let hash = vv_protocol::hash("doc-client/v1", &[feed, object, &session.to_le_bytes()]);
    let first = *hash.first_chunk().expect("a hash has more than eight bytes");
    u64::from_le_bytes(first) & ((1 << 53) - 1)
}

/// Finds an object.
pub(crate) fn find_obj(sql: &Connection, sid: i64, id: &ObjectId) -> Result<Option<ObjRow>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT oid, kind, created, updated, erased FROM obj WHERE space = ?1 AND id = ?2")?
        .query_row(params![sid, id], |row| {
            Ok(ObjRow {
                oid: row.get(0)?,
                kind: row.get(1)?,
                created: from_sql(row.get(2)?),
                updated: from_sql(row.get(3)?),
                erased: row.get(4)?,
                fresh: false,
            })
        })
        .optional()?)
}

/// Finds an object or begins one whose making is not known yet.
pub(crate) fn find_or_begin(sql: &Connection, sid: i64, id: &ObjectId) -> Result<ObjRow, StoreError> {
    if let Some(row) = find_obj(sql, sid, id)? {
        return Ok(row);
    }
    sql.prepare_cached(
        "INSERT INTO obj (space, id, kind, created, updated, erased) VALUES (?1, ?2, 0, ?3, 0, 0)",
    )?
    .execute(params![sid, id, to_sql(Hlc::MAX)])?;
    let oid = sql.last_insert_rowid();
    Ok(ObjRow { oid, kind: 0, created: Hlc::MAX, updated: Hlc::ZERO, erased: false, fresh: true })
}

fn put_obj(sql: &Connection, row: &ObjRow) -> Result<(), StoreError> {
    sql.prepare_cached("UPDATE obj SET kind = ?2, created = ?3, updated = ?4, erased = ?5 WHERE oid = ?1")?
        .execute(params![row.oid, row.kind, to_sql(row.created), to_sql(row.updated), row.erased])?;
    Ok(())
}

/// Merges the operations of one record into an object that is not erased.
///
/// The record itself must not be in the log yet: a text that one update made is read from there.
pub(crate) fn merge_ops(
    sql: &Connection,
    core: &Unlocked,
    source: &Source,
    id: &ObjectId,
    row: &mut ObjRow,
    ops: &[WireOp],
) -> Result<Merging, StoreError> {
    debug_assert!(!row.erased);
    let mut docs: BTreeMap<u32, Open> = BTreeMap::new();
    for op in ops {
        match op {
            WireOp::Create { kind } => {
                // Two records that make one object: the earlier one says what it is.
                if (source.hlc, kind.0) < (row.created, row.kind) || row.kind == 0 {
                    (row.created, row.kind) = (source.hlc, kind.0);
                }
            }
            WireOp::Set { field, value } if row.fresh => put_field(sql, source, row.oid, *field, value)?,
            WireOp::Set { field, value } => set_field(sql, source, row.oid, *field, value)?,
            WireOp::Add { field, element, tag } => add_element(sql, source, row.oid, *field, element, tag)?,
            WireOp::Remove { field, element, tags } => {
                for tag in tags {
                    sql.prepare_cached(
                        "INSERT INTO element (oid, field, element, tag, removed, fid) VALUES (?1, ?2, ?3, ?4, 1, 0)
                         ON CONFLICT DO UPDATE SET removed = 1",
                    )?
                    .execute(params![row.oid, field, encode_value(element), tag])?;
                }
            }
            WireOp::UpdateDoc { field, session, bytes } => {
                let open = match docs.entry(*field) {
                    Entry::Occupied(entry) => entry.into_mut(),
                    Entry::Vacant(entry) if row.fresh => {
                        entry.insert(Open { doc: TextDoc::new(NOBODY), updates: 0 })
                    }
                    Entry::Vacant(entry) => {
                        entry.insert(open_doc(sql, core, source.sid, row.oid, id, *field)?)
                    }
                };
                open.updates += 1;
                let doc = &mut open.doc;
                if source.whole {
                    doc.import_as(bytes, client_of(&source.feed, id, *session))?;
                } else {
                    doc.import(bytes)?;
                }
            }
        }
    }
    for (field, open) in docs {
        if source.whole && open.doc.is_waiting() {
            return Ok(Merging::Waits);
        }
        // Most texts are never changed: their one update stands in the log, so it is not kept here a second time.
        let state = if open.updates == 1 && source.has_log { Vec::new() } else { open.doc.save() };
        sql.prepare_cached(
            "INSERT OR REPLACE INTO doc (oid, field, codec, state, text) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![row.oid, field, CODEC_YRS, state, open.doc.text()])?;
    }
    (row.updated, row.fresh) = (row.updated.max(source.hlc), false);
    put_obj(sql, row)?;
    Ok(Merging::Done)
}

/// Is a text while a record is merged into it, and how many updates it has, where that is few.
struct Open {
    doc: TextDoc,
    updates: usize,
}

fn open_doc(
    sql: &Connection,
    core: &Unlocked,
    sid: i64,
    oid: i64,
    id: &ObjectId,
    field: u32,
) -> Result<Open, StoreError> {
    let state: Option<Vec<u8>> = sql
        .prepare_cached("SELECT state FROM doc WHERE oid = ?1 AND field = ?2")?
        .query_row(params![oid, field], |row| row.get(0))
        .optional()?;
    Ok(match state {
        Some(state) => Open {
            doc: TextDoc::load(&whole_state(sql, core, (sid, id), field, state)?, NOBODY)?,
            updates: 1,
        },
        None => Open { doc: TextDoc::new(NOBODY), updates: 0 },
    })
}

/// Gives the state of a text: what is kept, or, for a text that one update made, that update from the log.
fn whole_state(
    sql: &Connection,
    core: &Unlocked,
    (sid, id): (i64, &ObjectId),
    field: u32,
    kept: Vec<u8>,
) -> Result<Vec<u8>, StoreError> {
    if !kept.is_empty() {
        return Ok(kept);
    }
    for row in log::records_of(sql, sid, id)? {
        if row.kind != OpType::Change.number() || !row.state.is_merged() {
            continue;
        }
        let record = Record::decode(&row.raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
        let header = &record.header;
        let key = core.record_key(&header.space, header.stream, &header.epoch)?;
        for op in decode_ops(&open_record(&record, &key)?.inner.body)?.0 {
            match op {
                WireOp::UpdateDoc { field: of, bytes, .. } if of == field => return Ok(bytes),
                _ => {}
            }
        }
    }
    Err(StoreError::Damaged)
}

/// Adds an element and keeps who did. Whoever adds one under the tag of another stands beside them, never in their place.
fn add_element(
    sql: &Connection,
    source: &Source,
    oid: i64,
    field: u32,
    element: &Value,
    tag: &[u8; 16],
) -> Result<(), StoreError> {
    let element = encode_value(element);
    let row = params![oid, field, element, tag, source.fid];
    let is_new = sql
        .prepare_cached(
            "INSERT INTO element (oid, field, element, tag, removed, fid) VALUES (?1, ?2, ?3, ?4, 0, ?5)
             ON CONFLICT DO UPDATE SET fid = excluded.fid WHERE fid = 0",
        )?
        .execute(row)?;
    if is_new == 0 {
        sql.prepare_cached(
            "INSERT OR IGNORE INTO element_also (oid, field, element, tag, fid)
             SELECT oid, field, element, tag, ?5 FROM element
             WHERE oid = ?1 AND field = ?2 AND element = ?3 AND tag = ?4 AND fid <> ?5",
        )?
        .execute(row)?;
    }
    Ok(())
}

fn set_field(
    sql: &Connection,
    source: &Source,
    oid: i64,
    field: u32,
    value: &Value,
) -> Result<(), StoreError> {
    let stored: Option<(i64, i64)> = sql
        .prepare_cached("SELECT hlc, fid FROM field WHERE oid = ?1 AND field = ?2")?
        .query_row(params![oid, field], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((hlc, fid)) = stored {
        let hlc = from_sql(hlc);
        if hlc > source.hlc {
            return Ok(());
        }
        if hlc == source.hlc && fid != source.fid {
            let other: [u8; 16] =
                sql.query_row("SELECT feed FROM feed WHERE fid = ?1", [fid], |row| row.get(0))?;
            if other > source.feed {
                return Ok(());
            }
        }
    }
    put_field(sql, source, oid, field, value)
}

fn put_field(
    sql: &Connection,
    source: &Source,
    oid: i64,
    field: u32,
    value: &Value,
) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT OR REPLACE INTO field (oid, field, value, hlc, fid) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![oid, field, encode_value(value), to_sql(source.hlc), source.fid])?;
    Ok(())
}

/// Erases an object: its fields, sets and texts go. Its kind is what the erasing record says.
pub(crate) fn merge_erase(
    sql: &Connection,
    source: &Source,
    id: &ObjectId,
    row: &mut ObjRow,
    kind: u32,
) -> Result<(), StoreError> {
    for table in ["field", "element", "element_also", "doc"] {
        sql.execute(&format!("DELETE FROM {table} WHERE oid = ?1"), [row.oid])?;
    }
    sql.execute(
        "DELETE FROM doc_session WHERE obj = ?1 AND feed IN (SELECT feed FROM feed WHERE space = ?2)",
        params![id, source.sid],
    )?;
    // An object that was erased twice is the same whichever came first.
    let at = if row.erased { row.created.min(source.hlc) } else { source.hlc };
    row.kind = if row.erased { row.kind.max(kind) } else { kind };
    (row.erased, row.created, row.updated) = (true, at, at);
    put_obj(sql, row)
}

/// Reads an object as the records make it.
pub(crate) fn read_object(sql: &Connection, id: &ObjectId, row: &ObjRow) -> Result<Object, StoreError> {
    let mut fields = BTreeMap::new();
    let mut sets: BTreeMap<u32, Vec<Value>> = BTreeMap::new();
    if !row.erased {
        let mut select = sql.prepare_cached("SELECT field, value FROM field WHERE oid = ?1")?;
        let mut rows = select.query([row.oid])?;
        while let Some(row) = rows.next()? {
            fields.insert(
                row.get(0)?,
                decode_value(row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?)?,
            );
        }
        let mut select = sql.prepare_cached(
            "SELECT DISTINCT field, element FROM element WHERE oid = ?1 AND removed = 0 ORDER BY field, element",
        )?;
        let mut rows = select.query([row.oid])?;
        while let Some(row) = rows.next()? {
            let value = decode_value(row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?)?;
            sets.entry(row.get(0)?).or_default().push(value);
        }
        sets.values_mut().for_each(|values| values.sort());
    }
    Ok(Object {
        id: *id,
        kind: row.kind,
        fields,
        sets,
        erased: row.erased,
        created: row.created,
        updated: row.updated,
    })
}

/// Reads a text and the state behind it.
pub(crate) fn read_doc(
    sql: &Connection,
    core: &Unlocked,
    (sid, id): (i64, &ObjectId),
    oid: i64,
    field: u32,
) -> Result<Option<DocRow>, StoreError> {
    let kept: Option<DocRow> = sql
        .prepare_cached("SELECT state, text FROM doc WHERE oid = ?1 AND field = ?2")?
        .query_row(params![oid, field], |row| Ok(DocRow { state: row.get(0)?, text: row.get(1)? }))
        .optional()?;
    match kept {
        Some(DocRow { state, text }) => {
            Ok(Some(DocRow { state: whole_state(sql, core, (sid, id), field, state)?, text }))
        }
        None => Ok(None),
    }
}

/// Reads a text alone.
pub(crate) fn read_text(
    sql: &Connection,
    sid: i64,
    id: &ObjectId,
    field: u32,
) -> Result<Option<String>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT doc.text FROM obj JOIN doc USING (oid) WHERE obj.space = ?1 AND obj.id = ?2 AND doc.field = ?3",
        )?
        .query_row(params![sid, id, field], |row| row.get(0))
        .optional()?)
}

/// Lists the tags under which an element stands in a set.
pub(crate) fn tags_of(
    sql: &Connection,
    oid: i64,
    field: u32,
    element: &Value,
) -> Result<Vec<[u8; 16]>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT tag FROM element WHERE oid = ?1 AND field = ?2 AND element = ?3 AND removed = 0 ORDER BY tag",
        )?
        .query_map(params![oid, field, encode_value(element)], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}
