//! What is shown of sync on demand: what lies in a folder, from whom something came last, what was put aside.

use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::SyncError;
use super::folder::{self, FolderHoldings};
use super::spaces::travelling;
use crate::identity::profile;
use crate::notebook::Notebook;
use crate::store::hlc::{from_sql, instant_of};
use crate::store::{Reader, StoreError, log};

/// How many words stand for what a device has seen.
const WORDS: usize = 4;

/// Tells from which device of a space something came last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The name of the device, where it is known.
    pub device: String,
    /// When it was written.
    pub at: DateTime<Utc>,
}

/// Describes a record that was put aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// Its space.
    pub space: [u8; 16],
    /// Why, as a sentence for people who read logs.
    pub reason: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Tells what waits in a space, what was put aside of it, from whom something came last, and words that are the same on two devices
/// that have seen the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceLook {
    /// Records that came and wait for something.
    pub parked: u64,
    /// Records that were put aside.
    pub refused: u64,
    /// From whom something came last; none when nothing ever did.
    pub heard: Option<Heard>,
    /// The words.
    pub compare: Vec<&'static str>,
}

/// Looks at what lies in a folder. Writes nothing.
pub fn look_at_folder(notebook: &Notebook, folder: &Path) -> Result<FolderHoldings, SyncError> {
    let spaces = notebook.read(travelling)?;
    folder::look(folder, &spaces).map_err(SyncError::Folder)
}

/// Looks at one space.
pub fn look_at_space(notebook: &Notebook, space: &[u8; 16]) -> Result<SpaceLook, StoreError> {
    notebook.read(|reader| {
        let sid = log::find_space(reader.sql(), space)?.ok_or(StoreError::NotFound)?;
        let (parked, refused) = crate::store::parked::counts(reader.sql(), space)?;
        Ok(SpaceLook {
            parked: parked.into(),
            refused: refused.into(),
            heard: heard(reader, sid)?,
            compare: words(reader, sid)?,
        })
    })
}

/// Lists what was put aside, the newest first.
pub fn refused(notebook: &Notebook) -> Result<Vec<Refused>, StoreError> {
    notebook.read(|reader| {
        Ok(reader
            .sql()
            .prepare_cached("SELECT space, reason, at FROM refused ORDER BY at DESC, hash LIMIT 1000")?
            .query_map([], |row| {
                let at = DateTime::from_timestamp_millis(row.get(2)?).unwrap_or_default();
                Ok(Refused { space: row.get(0)?, reason: row.get(1)?, at })
            })?
            .collect::<Result<_, _>>()?)
    })
}

fn heard(reader: &Reader<'_>, sid: i64) -> Result<Option<Heard>, StoreError> {
    let found: Option<([u8; 32], i64)> = reader
        .sql()
        .prepare_cached(
            "SELECT f.device, r.hlc FROM record r JOIN feed f ON f.fid = r.fid
             WHERE f.space = ?1 AND f.device <> ?2 ORDER BY r.rid DESC LIMIT 1",
        )?
        .query_row(params![sid, reader.core().device()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((device, hlc)) = found else { return Ok(None) };
    let name = profile::name_of(reader, &profile::device_object(&device))?;
    Ok(Some(Heard { device: name, at: instant_of(from_sql(hlc)) }))
}

/// Gives words for the heads of all feeds of a space.
fn words(reader: &Reader<'_>, sid: i64) -> Result<Vec<&'static str>, StoreError> {
    let mut heads: Vec<[u8; 32]> = log::list_feeds(reader.sql())?
        .into_iter()
        .filter(|feed| feed.sid == sid)
        .map(|feed| feed.head.hash)
        .collect();
    heads.sort_unstable();
    let parts: Vec<&[u8]> = heads.iter().map(<[u8; 32]>::as_slice).collect();
    let hash = vv_protocol::hash("seen-words/v1", &parts);
    Ok(vv_crypto::words_for(&hash, WORDS))
}
