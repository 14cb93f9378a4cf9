//! Taking away sealed chunks that nothing names: a crash between sealing a file and writing its record leaves them.
//!
//! Careful before thorough. A chunk goes only when it is older than a day, no attachment names it, and its name stands in no table
//! of the file at all, whoever may have put it there: a draft, a recording that is not finished, a feature of a later version.
//! While a record holds something that this version does not know, nothing is taken away.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::Connection;

use super::backup;
use super::blobs::BlobStore;
use super::error::StoreError;
use super::log::RecordState;
use super::tx::Reader;
use crate::journal::{all_attachments, blob_of_attachment};

/// How old a chunk must be. Sealing a file and writing its record lie seconds apart.
const AGE: TimeDelta = TimeDelta::days(1);

/// Takes away what nothing names, and tells how many files went.
pub(crate) fn sweep(reader: &Reader<'_>, blobs: &BlobStore, now: DateTime<Utc>) -> Result<u32, StoreError> {
    let mut removed = remove_half_written(blobs.folder(), now)?;
    let old: Vec<(String, PathBuf)> =
        backup::chunks(blobs.folder())?.into_iter().filter(|(_, path)| is_old(path, now)).collect();
    if old.is_empty() || holds_unknown_records(reader.sql())? {
        return Ok(removed);
    }
    let mut named = HashSet::new();
    for id in all_attachments(reader)? {
        named.extend(blob_of_attachment(reader, id)?.map(|blob| blob.chunks).unwrap_or_default());
    }
    let mut tables = None;
    for (name, path) in old {
        let digits = name.rsplit('/').next().unwrap_or_default();
        let Ok(hash) = blake3::Hash::from_hex(digits) else { continue };
        if named.contains(hash.as_bytes()) {
            continue;
        }
        let tables = match &tables {
            Some(tables) => tables,
            None => tables.insert(columns_of_bytes(reader.sql())?),
        };
        if !is_named(reader.sql(), tables, hash.as_bytes())? {
            fs::remove_file(path)?;
            removed += 1;
        }
    }
    Ok(removed)
}

fn is_old(path: &Path, now: DateTime<Utc>) -> bool {
    let written =
        fs::metadata(path).and_then(|facts| facts.modified()).unwrap_or_else(|_| SystemTime::from(now));
    now - DateTime::<Utc>::from(written) >= AGE
}

/// Removes chunks that a crash left half written, beside their place and without a name.
fn remove_half_written(folder: &Path, now: DateTime<Utc>) -> io::Result<u32> {
    let mut removed = 0;
    let Ok(folders) = fs::read_dir(folder) else { return Ok(0) };
    for inside in folders {
        let inside = inside?;
        if !inside.file_type()?.is_dir() {
            continue;
        }
        for file in fs::read_dir(inside.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|ending| ending == "part") && is_old(&path, now) {
                fs::remove_file(path)?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

fn holds_unknown_records(sql: &Connection) -> Result<bool, StoreError> {
    Ok(sql.query_row(
        "SELECT EXISTS (SELECT 1 FROM record WHERE state = ?1)",
        [RecordState::Unknown.number()],
        |row| row.get(0),
    )?)
}

/// Lists every column that may hold bytes; the sealed records themselves and the search index apart.
fn columns_of_bytes(sql: &Connection) -> Result<Vec<(String, String)>, StoreError> {
    let mut read = sql.prepare(
        "SELECT m.name, c.name FROM sqlite_master m JOIN pragma_table_info(m.name) c
         WHERE m.type = 'table' AND m.name <> 'record' AND m.name NOT LIKE 'search%' AND m.name NOT LIKE 'sqlite%'
           AND c.type IN ('BLOB', 'ANY', '')",
    )?;
    let columns = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(columns.collect::<Result<_, _>>()?)
}

/// Tells whether a name stands anywhere in these columns.
fn is_named(sql: &Connection, columns: &[(String, String)], name: &[u8; 32]) -> Result<bool, StoreError> {
    for (table, column) in columns {
        let text = format!(
            "SELECT EXISTS (SELECT 1 FROM \"{table}\" WHERE instr(CAST(\"{column}\" AS BLOB), ?1) > 0)"
        );
        if sql.prepare_cached(&text)?.query_row([name.as_slice()], |row| row.get(0))? {
            return Ok(true);
        }
    }
    Ok(false)
}
