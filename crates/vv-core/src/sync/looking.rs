//! What is shown of sync on demand: what lies in a folder, from whom something came last, what was put aside.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::Path;

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};

use super::error::SyncError;
use super::folder::{self, FolderHoldings};
use super::spaces::travelling;
use crate::identity::profile;
use crate::notebook::Notebook;
use crate::spaces::names_in;
use crate::store::hlc::{from_sql, instant_of};
use crate::store::{Reader, StoreError, log, standing};

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
    /// The device or member it says it is from, where that is known by name.
    pub from: Option<String>,
    /// The name of its space; empty for the person's own and where it has none.
    pub space_name: String,
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

/// Tells how many bytes are free where a folder lies; none where the system does not say.
pub fn free_room(folder: &Path) -> Option<u64> {
    fs4::available_space(folder).ok()
}

/// Looks at one space.
pub fn look_at_space(notebook: &Notebook, space: &[u8; 16]) -> Result<SpaceLook, StoreError> {
    notebook.read(|reader| {
        let sid = log::find_space(reader.sql(), space)?.ok_or(StoreError::NotFound)?;
        let (parked, refused) = crate::store::parked::counts(reader.sql(), space)?;
        Ok(SpaceLook {
            parked: parked.into(),
            refused: refused.into(),
            heard: heard(reader, space, sid)?,
            compare: words(reader, sid)?,
        })
    })
}

/// Is a record that was put aside: its space, why, when, and the device that wrote it.
type PutAside = ([u8; 16], String, i64, Option<[u8; 32]>);

/// Lists what was put aside, the newest first.
pub fn refused(notebook: &Notebook) -> Result<Vec<Refused>, StoreError> {
    notebook.read(|reader| {
        let rows: Vec<PutAside> = reader
            .sql()
            .prepare_cached(
                "SELECT r.space, r.reason, r.at, (SELECT f.device FROM feed f JOIN space s ON s.sid = f.space
                    WHERE s.id = r.space AND f.feed = r.feed LIMIT 1)
                 FROM refused r ORDER BY r.at DESC, r.hash LIMIT 1000",
            )?
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
            .collect::<Result<_, _>>()?;
        let (mut spaces, mut writers) = (BTreeMap::new(), BTreeMap::new());
        let mut refused = Vec::new();
        for (space, reason, at, device) in rows {
            let space_name: &String = match spaces.entry(space) {
                Entry::Occupied(name) => name.into_mut(),
                Entry::Vacant(place) => place.insert(names_in(reader, &space, None)?.0),
            };
            let from = match device {
                None => None,
                Some(device) => match writers.get(&(space, device)) {
                    Some(known) => Option::clone(known),
                    None => {
                        let name = Some(writer(reader, &space, &device)?).filter(|name| !name.is_empty());
                        writers.insert((space, device), name.clone());
                        name
                    }
                },
            };
            let at = DateTime::from_timestamp_millis(at).unwrap_or_default();
            refused.push(Refused { space, reason, at, from, space_name: space_name.clone() });
        }
        Ok(refused)
    })
}

/// Names a shared space as its people do; empty for what is the person's own.
pub fn name_of_space(notebook: &Notebook, space: &[u8; 16]) -> Result<String, StoreError> {
    notebook.read(|reader| Ok(names_in(reader, space, None)?.0))
}

/// Names who writes with a device: a device of the person by its own name, anybody else as they go by in the space.
fn writer(reader: &Reader<'_>, space: &[u8; 16], device: &[u8; 32]) -> Result<String, StoreError> {
    match standing::account_of(reader.sql(), device)? {
        Some(account) if account != reader.core().account_id => {
            Ok(names_in(reader, space, Some(&account))?.1)
        }
        _ => profile::name_of(reader, &profile::device_object(device)),
    }
}

fn heard(reader: &Reader<'_>, space: &[u8; 16], sid: i64) -> Result<Option<Heard>, StoreError> {
    let found: Option<([u8; 32], i64)> = reader
        .sql()
        .prepare_cached(
            "SELECT f.device, r.hlc FROM record r JOIN feed f ON f.fid = r.fid
             WHERE f.space = ?1 AND f.device <> ?2 ORDER BY r.rid DESC LIMIT 1",
        )?
        .query_row(params![sid, reader.core().device()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((device, hlc)) = found else { return Ok(None) };
    Ok(Some(Heard { device: writer(reader, space, &device)?, at: instant_of(from_sql(hlc)) }))
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
