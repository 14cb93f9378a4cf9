//! Saving what a damage left: everything that can still be read goes into a new notebook with the same key.
//!
//! Records first, one by one, each opened and its signature checked; what they no longer give is taken from the objects the
//! damaged file still shows and written as new records. Then what this computer knew (drafts). The damaged notebook is only
//! read, and moved aside at the end.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::types::Value as SqlValue;
use rusqlite::{Connection, OptionalExtension};
use vv_crypto::Key32;
use vv_protocol::{FeedHead, OpType};

use super::backup::{chunks, count_entries};
use super::error::{NotebookError, StoreError};
use super::folder::{Folder, Lock, make_private_folder};
use super::key_file::KeyFile;
use super::log::{self, RECORD_COLUMNS, RecordRow, RecordState};
use super::merge;
use super::migrate::{self, MIGRATIONS};
use super::op::{Change, Kind, ObjectId, Op};
use super::op_cbor::decode_value;
use super::open::{self, Access};
use super::take_in::{Chain, Taken};
use super::tx::Tx;
use crate::identity::adopt::adopt_secrets;
use crate::identity::table;
use crate::notebook::{Unlock, unlock_key};
use crate::ports::Host;

const SALVAGING: &str = "salvaging";
/// How many records are read at once while all is well.
const BATCH: u32 = 64;
/// How many rows in a row may be unreadable before the end of a table is taken for reached.
const PATIENCE: i64 = 20_000;

/// Reads a damaged file. Once a page did not open, the library refuses everything else on that connection, so each failure
/// is followed by a new one.
struct Wreck<'a> {
    path: PathBuf,
    key: &'a Key32,
    access: Access,
    sql: Connection,
}

impl<'a> Wreck<'a> {
    fn open(folder: &Folder, key: &'a Key32) -> Result<Self, StoreError> {
        let path = folder.database();
        for access in [Access::Read, Access::Frozen] {
            match open::connect(&path, key, access) {
                Ok(sql) => return Ok(Self { path, key, access, sql }),
                Err(StoreError::Damaged) => {}
                Err(other) => return Err(other),
            }
        }
        Err(StoreError::Damaged)
    }

    /// Reads something; none when it cannot be read.
    fn read<R>(
        &mut self,
        read: impl FnOnce(&Connection) -> Result<R, StoreError>,
    ) -> Result<Option<R>, StoreError> {
        match read(&self.sql) {
            Ok(found) => Ok(Some(found)),
            Err(_) => {
                self.sql = open::connect(&self.path, self.key, self.access)?;
                Ok(None)
            }
        }
    }
}

/// Tells what a salvage brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SalvageReport {
    /// Records that were read, opened and checked.
    pub records: u64,
    /// Records that are known to be lost.
    pub lost_records: u64,
    /// Objects of which more was found outside the records, and written again.
    pub rescued_objects: u64,
    /// Entries that are there now.
    pub entries: u64,
}

/// Salvages a damaged notebook. Only with `keep` does the result take the place of the damaged one.
pub(crate) fn salvage(
    folder: &Folder,
    host: &Host,
    unlock: Unlock,
    keep: bool,
) -> Result<(Key32, SalvageReport), NotebookError> {
    let _alone = Lock::exclusive(folder)?;
    folder.finish_exchange()?;
    folder.remove_leftovers(SALVAGING)?;
    if !folder.is_present()? {
        return Err(NotebookError::Absent);
    }
    let key = unlock_key(&KeyFile::read(&folder.key_file())?, host, unlock)?;
    let workshop = Folder::new(&folder.workshop(SALVAGING));
    let done = read_into(folder, &workshop, host, &key).and_then(|report| {
        if keep {
            take_files_along(folder, &workshop)?;
            folder.exchange(workshop.root(), &folder.aside(host.clock.now()))?;
        }
        Ok((key, report))
    });
    if (done.is_err() || !keep) && !folder.is_exchanging()? {
        let _removed = fs::remove_dir_all(workshop.root());
    }
    done
}

fn read_into(
    folder: &Folder,
    workshop: &Folder,
    host: &Host,
    key: &Key32,
) -> Result<SalvageReport, NotebookError> {
    let mut wreck = Wreck::open(folder, key).map_err(as_nothing)?;
    if matches!(migrate::standing(&wreck.sql, MIGRATIONS), Err(NotebookError::NewerVersion)) {
        return Err(NotebookError::NewerVersion);
    }
    make_private_folder(workshop.root())?;
    let mut sql = open::make(&workshop.database(), key)?;
    migrate::migrate(&mut sql, MIGRATIONS)?;
    let report = {
        let tx = sql.transaction().map_err(StoreError::from)?;
        let report = fill(&mut wreck, &tx, host)?;
        tx.commit().map_err(StoreError::from)?;
        report
    };
    open::checkpoint(&sql)?;
    sql.close().map_err(|(_, problem)| StoreError::from(problem))?;
    Ok(report)
}

fn as_nothing(problem: StoreError) -> NotebookError {
    match problem {
        StoreError::Damaged => NotebookError::NothingToSalvage,
        other => other.into(),
    }
}

fn fill(wreck: &mut Wreck, sql: &Connection, host: &Host) -> Result<SalvageReport, NotebookError> {
    // Without the secrets nothing of the log opens.
    for table in ["secret", "meta", "space", "account", "account_secret", "epoch_key", "epoch_in_use"] {
        copy_readable(wreck, sql, table)?;
    }
    adopt_secrets(sql).map_err(as_nothing)?;
    let core = Arc::new(table::load(sql, host).map_err(as_nothing)?);
    copy_feeds(wreck, sql)?;
    let mut report = SalvageReport::default();
    let mut writing = Tx::new(sql, core);
    each_record(wreck, |row| {
        let taken = match row.state {
            RecordState::Stub => {
                writing.take_in_stub(&row.raw, row.kind, &row.object, row.hlc, Chain::WithGaps)
            }
            _ => writing.take_in(&row.raw, Chain::WithGaps),
        };
        report.records += u64::from(matches!(taken, Ok(Taken::New)));
    })?;
    report.lost_records = note_gaps(sql, host)?;
    // What is written from here on belongs to another life: the end of the old one may be among what is lost.
    table::begin_incarnation(sql)?;
    rescue_operations(wreck, &mut writing)?;
    report.rescued_objects = rescue_objects(wreck, &mut writing)?;
    writing.finish()?;
    for name in local_tables_of_features() {
        copy_readable(wreck, sql, &name)?;
    }
    report.entries = u64::from(count_entries(sql)?);
    if report.records == 0 && report.rescued_objects == 0 {
        return Err(NotebookError::NothingToSalvage);
    }
    Ok(report)
}

/// Copies the rows of a small table until one cannot be read.
fn copy_readable(wreck: &mut Wreck, to: &Connection, table: &str) -> Result<(), StoreError> {
    let mut found: Vec<Vec<SqlValue>> = Vec::new();
    wreck.read(|sql| {
        let mut select = sql.prepare(&format!("SELECT * FROM {table}"))?;
        let count = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            found.push((0..count).map(|column| row.get(column)).collect::<Result<_, _>>()?);
        }
        Ok(())
    })?;
    for values in found {
        let marks = vec!["?"; values.len()].join(", ");
        let insert = format!("INSERT OR IGNORE INTO {table} VALUES ({marks})");
        to.prepare_cached(&insert)?.execute(rusqlite::params_from_iter(values))?;
    }
    Ok(())
}

/// Copies the feeds as if nothing were in them yet; how far each has come follows from the records.
fn copy_feeds(wreck: &mut Wreck, to: &Connection) -> Result<(), StoreError> {
    for mut feed in wreck.read(log::list_feeds)?.unwrap_or_default() {
        feed.head = FeedHead::start(feed.head.space, feed.head.stream, feed.head.feed);
        log::insert_feed(to, &mut feed)?;
    }
    Ok(())
}

/// Reads every record that can be read, in the order in which they were merged.
fn each_record(wreck: &mut Wreck, mut keep: impl FnMut(&RecordRow)) -> Result<(), StoreError> {
    let single = format!("SELECT {RECORD_COLUMNS} WHERE rid = ?1");
    let last = last_number(wreck, "rid", "record")?;
    let (mut rid, mut missed) = (0, 0);
    loop {
        // As long as all is well, many at once.
        match wreck.read(|sql| log::records_after(sql, rid, BATCH))? {
            Some(rows) if rows.is_empty() => return Ok(()),
            Some(rows) => {
                for row in rows {
                    rid = row.rid;
                    keep(&row);
                }
                missed = 0;
                continue;
            }
            None => {}
        }
        // A page that comes next is damaged: the rows around it are looked up one by one.
        for _ in 0..2 * BATCH {
            rid += 1;
            missed += 1;
            if last.is_some_and(|last| rid > last) || (last.is_none() && missed > PATIENCE) {
                return Ok(());
            }
            let found = wreck.read(|sql| {
                Ok(sql.prepare_cached(&single)?.query_row([rid], log::read_record).optional()?)
            })?;
            if let Some(Some(row)) = found {
                missed = 0;
                keep(&row);
            }
        }
    }
}

/// Finds the largest number of a table, where that can be read.
fn last_number(wreck: &mut Wreck, column: &str, table: &str) -> Result<Option<i64>, StoreError> {
    let text = format!("SELECT max({column}) FROM {table}");
    Ok(wreck.read(|sql| Ok(sql.query_row(&text, [], |row| row.get::<_, Option<i64>>(0))?))?.flatten())
}

/// Notes which records are missing, so that a later check knows them.
fn note_gaps(sql: &Connection, host: &Host) -> Result<u64, StoreError> {
    let found_ms = host.clock.now().timestamp_millis();
    let mut lost = 0;
    for feed in log::list_feeds(sql)? {
        let mut expected = 1;
        let numbers: Vec<u64> = sql
            .prepare("SELECT seq FROM record WHERE fid = ?1 ORDER BY seq")?
            .query_map([feed.fid], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for seq in numbers {
            if seq > expected {
                log::insert_gap(sql, feed.fid, expected, seq - 1, found_ms)?;
                lost += seq - expected;
            }
            expected = seq + 1;
        }
    }
    Ok(lost)
}

/// Writes again what the records did not give of the account log and of the journal's epochs. An operation of an account log proves
/// itself, whoever writes it down; an epoch of a journal is made by whoever has its keys.
fn rescue_operations(wreck: &mut Wreck, tx: &mut Tx) -> Result<(), StoreError> {
    let core = tx.core().clone();
    let own_log =
        core.keyring.space(&core.account_space).map(|space| space.sid).ok_or(StoreError::Damaged)?;
    let select = "SELECT type, body, hash FROM account_op WHERE space = ?1";
    for (kind, body, hash) in rows_of(wreck, select, own_log)? {
        let (SqlValue::Integer(kind), SqlValue::Blob(body), SqlValue::Blob(hash)) = (kind, body, hash) else {
            continue;
        };
        let known = tx
            .sql()
            .prepare_cached("SELECT 1 FROM account_op WHERE space = ?1 AND hash = ?2")?
            .exists(rusqlite::params![own_log, hash])?;
        let kind = u64::try_from(kind).ok().and_then(OpType::from_number);
        if let (false, Some(kind)) = (known, kind) {
            tx.write_account_op(kind, body)?;
        }
    }
    let select = "SELECT height, op, hash FROM epoch WHERE space = ?1 ORDER BY height";
    for (_, op, hash) in rows_of(wreck, select, core.journal.sid)? {
        let (SqlValue::Blob(op), SqlValue::Blob(hash)) = (op, hash) else { continue };
        let known = tx
            .sql()
            .prepare_cached("SELECT 1 FROM epoch WHERE space = ?1 AND hash = ?2")?
            .exists(rusqlite::params![core.journal.sid, hash])?;
        if !known {
            tx.write_control_op(&core.journal.id, OpType::Epoch, op)?;
        }
    }
    Ok(())
}

/// Looks through the objects that the damaged file still shows, and writes again what the records did not give.
fn rescue_objects(wreck: &mut Wreck, tx: &mut Tx) -> Result<u64, NotebookError> {
    let (mut rescued, mut oid, mut missed) = (0, 0, 0);
    let last = last_number(wreck, "oid", "obj")?;
    loop {
        let found = wreck.read(|sql| {
            let mut select = sql.prepare_cached(
                "SELECT oid, id, kind, erased FROM obj WHERE oid > ?1 ORDER BY oid LIMIT 1",
            )?;
            let read = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            Ok(select.query_row([oid], read).optional()?)
        })?;
        match found {
            Some(None) => return Ok(rescued),
            Some(Some((number, id, kind, erased))) => {
                (oid, missed) = (number, 0);
                let (id, kind, erased): (ObjectId, u32, bool) = (id, kind, erased);
                if !erased && kind != 0 && rescue_object(wreck, tx, oid, &id, Kind(kind))? {
                    rescued += 1;
                }
            }
            None => {
                oid += 1;
                missed += 1;
                if last.is_some_and(|last| oid > last) || missed > PATIENCE {
                    return Ok(rescued);
                }
            }
        }
    }
}

fn rescue_object(
    wreck: &mut Wreck,
    tx: &mut Tx,
    oid: i64,
    id: &ObjectId,
    kind: Kind,
) -> Result<bool, StoreError> {
    let known = merge::find_obj(tx.sql(), tx.place().sid, id)?;
    if known.is_some_and(|row| row.erased) {
        return Ok(false);
    }
    let mut ops = Vec::new();
    if known.is_none_or(|row| row.kind == 0) {
        ops.push(Op::Create { kind });
    }
    let new_oid = known.map_or(0, |row| row.oid);
    for (field, value, hlc) in rows_of(wreck, "SELECT field, value, hlc FROM field WHERE oid = ?1", oid)? {
        let (SqlValue::Integer(field), SqlValue::Blob(value), SqlValue::Integer(hlc)) = (field, value, hlc)
        else {
            continue;
        };
        let kept: Option<i64> = tx
            .sql()
            .prepare_cached("SELECT hlc FROM field WHERE oid = ?1 AND field = ?2")?
            .query_row([new_oid, field], |row| row.get(0))
            .optional()?;
        if kept.is_none_or(|kept| kept < hlc)
            && let (Ok(field), Ok(value)) = (u32::try_from(field), decode_value(&value))
        {
            ops.push(Op::Set { field, value });
        }
    }
    let select = "SELECT field, element, tag FROM element WHERE oid = ?1 AND removed = 0";
    for (field, element, tag) in rows_of(wreck, select, oid)? {
        let (SqlValue::Integer(field), SqlValue::Blob(element), SqlValue::Blob(tag)) = (field, element, tag)
        else {
            continue;
        };
        let kept: Option<i64> = tx
            .sql()
            .prepare_cached(
                "SELECT removed FROM element WHERE oid = ?1 AND field = ?2 AND element = ?3 AND tag = ?4",
            )?
            .query_row(rusqlite::params![new_oid, field, element, tag], |row| row.get(0))
            .optional()?;
        if kept.is_none()
            && let (Ok(field), Ok(element)) = (u32::try_from(field), decode_value(&element))
        {
            ops.push(Op::Add { field, element });
        }
    }
    for (field, text, _) in rows_of(wreck, "SELECT field, text, 0 FROM doc WHERE oid = ?1", oid)? {
        let (SqlValue::Integer(field), SqlValue::Text(text)) = (field, text) else { continue };
        let Ok(field) = u32::try_from(field) else { continue };
        let kept = tx.doc(id, field)?;
        if kept.as_ref().is_none_or(|kept| kept.text != text) {
            ops.extend(tx.rewrite_text(id, field, kept.as_ref(), &text)?);
        }
    }
    if ops.is_empty() {
        return Ok(false);
    }
    tx.commit(Change { object: *id, ops })?;
    Ok(true)
}

type Three = (SqlValue, SqlValue, SqlValue);

/// Reads three columns of some rows; those that cannot be read are left out.
fn rows_of(wreck: &mut Wreck, select: &str, oid: i64) -> Result<Vec<Three>, StoreError> {
    let mut found = Vec::new();
    wreck.read(|sql| {
        let mut select = sql.prepare_cached(select)?;
        let mut rows = select.query([oid])?;
        while let Some(row) = rows.next()? {
            found.push((row.get(0)?, row.get(1)?, row.get(2)?));
        }
        Ok(())
    })?;
    Ok(found)
}

/// Lists the local tables of the features, whose rows no record has. What can be made again is left out.
fn local_tables_of_features() -> Vec<String> {
    let projections = migrate::projections(MIGRATIONS);
    let of_features = &MIGRATIONS[1..];
    migrate::tables(of_features)
        .into_iter()
        .filter(|name| !projections.contains(name) && !name.starts_with("search") && name != "thumbnail")
        .collect()
}

/// Brings key file, sealed chunks and waiting captures along, as copies: the damaged notebook keeps its own.
fn take_files_along(folder: &Folder, workshop: &Folder) -> Result<(), NotebookError> {
    make_private_folder(&workshop.backups())?;
    for (name, path) in chunks(&folder.blobs())? {
        let place = workshop.root().join(&name);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        copy_durably(&path, &place)?;
    }
    copy_durably(&folder.key_file(), &workshop.key_file())?;
    super::blobs::sync_folder(workshop.root())?;
    Ok(())
}

fn copy_durably(from: &Path, to: &Path) -> io::Result<()> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to)?;
    fs::File::options().write(true).open(to)?.sync_all()
}
