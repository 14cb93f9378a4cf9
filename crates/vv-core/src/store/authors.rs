//! Whose words they are: who set a field, who added an element, told from the records that did.
//!
//! A record is signed, so what it says has an author. An element of a set is an *act*: it stays its author's and counts also when
//! somebody else took it out of the set. The tables hold the feed of the record; the account behind it is looked up when it is
//! read, because it may become known later. Nothing here decides what an act means.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};
use vv_protocol::OpType;

use super::error::StoreError;
use super::log;
use super::merge;
use super::op::{ObjectId, Value};
use super::op_cbor::{WireOp, decode_ops, decode_value, encode_value};
use super::standing;
use super::tx::{Reader, Tx};
use crate::identity::table;
use crate::ports::Host;

/// Is an element of a set with who added it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    /// What was added.
    pub value: Value,
    /// The feed that did.
    pub fid: i64,
    /// The account behind that feed; none while nobody knows whose device it is.
    pub author: Option<[u8; 32]>,
    /// Whether the element still is in the set. An act counts either way; this is for sets that are no acts.
    pub stands: bool,
}

/// Is an object with the feeds that wrote what of it, as projections need it.
#[derive(Debug, Clone)]
pub(crate) struct Traced {
    /// Which feed set each field last.
    pub fields: BTreeMap<u32, i64>,
    acts: BTreeMap<u32, Vec<Act>>,
}

impl Traced {
    /// Lends what was ever added to a set, each element once for each feed. The accounts are not looked up.
    pub(crate) fn acts(&self, field: u32) -> &[Act] {
        self.acts.get(&field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Is what was ever added to the sets of an object, with who did.
#[derive(Debug, Clone)]
pub(crate) struct Authored {
    acts: BTreeMap<u32, Vec<Act>>,
}

impl Authored {
    /// Lends what was ever added to a set, each element once for each of its authors.
    pub(crate) fn acts(&self, field: u32) -> &[Act] {
        self.acts.get(&field).map(Vec::as_slice).unwrap_or_default()
    }
}

impl Reader<'_> {
    /// Shows what was added to the sets of an object, with the authors.
    pub(crate) fn authored(&self, id: &ObjectId) -> Result<Option<Authored>, StoreError> {
        let Some(row) = merge::find_obj(self.sql(), self.place().sid, id)? else { return Ok(None) };
        let mut acts = acts_of(self.sql(), row.oid)?;
        let mut accounts = Accounts::new(self.sql());
        for act in acts.values_mut().flatten() {
            act.author = accounts.behind(act.fid)?;
        }
        Ok(Some(Authored { acts }))
    }

    /// Lists the objects in which a field has a value.
    pub(crate) fn objects_with(&self, field: u32, value: &Value) -> Result<Vec<ObjectId>, StoreError> {
        let mut select = self.sql().prepare_cached(
            "SELECT o.id FROM field f JOIN obj o USING (oid) WHERE o.space = ?1 AND f.field = ?2 AND f.value = ?3",
        )?;
        let found =
            select.query_map(params![self.place().sid, field, encode_value(value)], |row| row.get(0))?;
        Ok(found.collect::<Result<_, _>>()?)
    }

    /// Shows which feeds wrote what of an object.
    pub(crate) fn traced(&self, id: &ObjectId) -> Result<Option<Traced>, StoreError> {
        match merge::find_obj(self.sql(), self.place().sid, id)? {
            Some(row) => trace(self.sql(), row.oid).map(Some),
            None => Ok(None),
        }
    }
}

fn trace(sql: &Connection, oid: i64) -> Result<Traced, StoreError> {
    let mut select = sql.prepare_cached("SELECT field, fid FROM field WHERE oid = ?1")?;
    let fields = select.query_map([oid], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(Traced { fields: fields.collect::<Result<_, _>>()?, acts: acts_of(sql, oid)? })
}

/// Reads what was ever added to the sets of an object; the accounts are not looked up.
fn acts_of(sql: &Connection, oid: i64) -> Result<BTreeMap<u32, Vec<Act>>, StoreError> {
    let mut select = sql.prepare_cached(
        "SELECT field, element, fid, max(stands) FROM (
           SELECT field, element, fid, removed = 0 AS stands FROM element WHERE oid = ?1
           UNION ALL
           SELECT a.field, a.element, a.fid, e.removed = 0 FROM element_also a JOIN element e USING (oid, field, element, tag)
           WHERE a.oid = ?1)
         WHERE fid <> 0 GROUP BY field, element, fid ORDER BY field, element, fid",
    )?;
    let mut rows = select.query([oid])?;
    let mut acts: BTreeMap<u32, Vec<Act>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let value = decode_value(row.get_ref(1)?.as_blob().map_err(|_| StoreError::Damaged)?)?;
        let act = Act { value, fid: row.get(2)?, author: None, stands: row.get(3)? };
        acts.entry(row.get(0)?).or_default().push(act);
    }
    Ok(acts)
}

/// Looks up the accounts behind feeds, each once.
pub(crate) struct Accounts<'a> {
    sql: &'a Connection,
    known: BTreeMap<i64, Option<[u8; 32]>>,
}

impl<'a> Accounts<'a> {
    pub(crate) fn new(sql: &'a Connection) -> Self {
        Self { sql, known: BTreeMap::new() }
    }

    /// Finds the account behind a feed.
    pub(crate) fn behind(&mut self, fid: i64) -> Result<Option<[u8; 32]>, StoreError> {
        if let Some(known) = self.known.get(&fid) {
            return Ok(*known);
        }
        let device: Option<[u8; 32]> = self
            .sql
            .prepare_cached("SELECT device FROM feed WHERE fid = ?1")?
            .query_row([fid], |row| row.get(0))
            .optional()?;
        let account = match device {
            Some(device) => standing::account_of(self.sql, &device)?,
            None => None,
        };
        self.known.insert(fid, account);
        Ok(account)
    }
}

/// Finds in the log who added what an earlier version kept without saying so. Where the record is gone it stays unknown.
pub(crate) fn resolve_older(sql: &Connection, host: &Host) -> Result<(), StoreError> {
    let mut select = sql.prepare(
        "SELECT DISTINCT o.oid, o.space, o.id FROM obj o JOIN element e ON e.oid = o.oid WHERE e.fid = 0",
    )?;
    let objects: Vec<(i64, i64, ObjectId)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    if objects.is_empty() {
        return Ok(());
    }
    let tx = Tx::new(sql, Arc::new(table::load(sql, host)?));
    let mut update = sql.prepare(
        "UPDATE element SET fid = ?5 WHERE oid = ?1 AND field = ?2 AND element = ?3 AND tag = ?4 AND fid = 0",
    )?;
    for (oid, sid, id) in objects {
        let mut rows = log::records_of(sql, sid, &id)?;
        rows.sort_by_key(|row| row.rid);
        for row in rows {
            if row.kind != OpType::Change.number() || !row.state.is_merged() {
                continue;
            }
            let Ok(inner) = tx.open_row(&row) else { continue };
            for op in decode_ops(&inner.body)?.0 {
                if let WireOp::Add { field, element, tag } = op {
                    update.execute(params![oid, field, encode_value(&element), tag, row.fid])?;
                }
            }
        }
    }
    Ok(())
}
