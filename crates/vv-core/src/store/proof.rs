//! Opening a backup for proof: as somebody would who has nothing but the file and its key.
//!
//! The whole file is read and hashed, the database in it is opened and the seal of every page checked, each sealed chunk is
//! held against its name. What was seen is compared by whoever asks: right after making it with the notebook it was made of,
//! a month later with nothing but itself.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use vv_crypto::{Key32, chunk_name};

use super::backup::{self, DATABASE, KEY_FILE, MADE_AT};
use super::container;
use super::error::{NotebookError, StoreError};
use super::folder::{Folder, make_private_folder};
use super::key_file::{KeyFile, create_private};
use super::log;
use super::migrate::{self, MIGRATIONS, Standing};
use super::open::{self, Access};
use crate::identity::table;
use crate::journal::{all_attachments, blob_of_attachment};
use crate::ports::Host;
use crate::store::tx::Reader;

/// Holds what a notebook counts, so that a copy of it can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Entries that are not deleted for good.
    pub(crate) entries: u32,
    /// How far each feed has come, in order of the feeds.
    heads: Vec<(u64, [u8; 32])>,
}

impl Counts {
    pub(crate) fn of(sql: &Connection) -> Result<Self, StoreError> {
        let heads = log::list_feeds(sql)?.into_iter().map(|feed| (feed.head.seq, feed.head.hash)).collect();
        Ok(Self { entries: backup::count_entries(sql)?, heads })
    }
}

/// Holds what was seen in a backup.
pub(crate) struct Proof {
    /// When it was made.
    pub(crate) made_at: DateTime<Utc>,
    /// What it counts.
    pub(crate) counts: Counts,
    /// The chunks that its entries name and that are not in it.
    pub(crate) missing: Vec<[u8; 32]>,
}

/// Opens a backup with the key of its notebook. `scratch` is where the database is put for it; whoever asks removes it.
pub(crate) fn open(file: &Path, scratch: &Path, key: &Key32, host: &Host) -> Result<Proof, NotebookError> {
    let mut key_file = None;
    let mut made_at = None;
    let mut has_database = false;
    let mut chunks = HashSet::new();
    container::Reader::open(file)?.read_all(|name, part| {
        match name {
            MADE_AT => {
                let mut bytes = [0; 8];
                part.read_exact(&mut bytes).map_err(|_| NotebookError::BackupDamaged)?;
                made_at =
                    i64::try_from(u64::from_le_bytes(bytes)).ok().and_then(DateTime::from_timestamp_millis);
            }
            DATABASE => {
                has_database = true;
                let mut proof = create_private(scratch)?;
                io::copy(part, &mut proof)?;
            }
            KEY_FILE => {
                let mut bytes = Vec::new();
                part.read_to_end(&mut bytes)?;
                key_file = Some(KeyFile::decode(&bytes).map_err(|_| NotebookError::BackupDamaged)?);
            }
            name if backup::is_chunk(name) => {
                let mut sealed = Vec::new();
                part.read_to_end(&mut sealed)?;
                let hash = chunk_name(&sealed);
                if !name.ends_with(blake3::Hash::from_bytes(hash).to_hex().as_str()) {
                    return Err(NotebookError::BackupDamaged);
                }
                chunks.insert(hash);
            }
            _ => {}
        }
        Ok(())
    })?;
    let (Some(key_file), Some(made_at), true) = (key_file, made_at, has_database) else {
        return Err(NotebookError::BackupDamaged);
    };
    if !key_file.is_key(key) {
        return Err(NotebookError::WrongKey);
    }
    let damaged = |_: StoreError| NotebookError::BackupDamaged;
    let sql = open::connect(scratch, key, Access::Frozen).map_err(damaged)?;
    let standing = migrate::standing(&sql, MIGRATIONS)?;
    if !backup::pages_are_whole(&sql)? {
        return Err(NotebookError::BackupDamaged);
    }
    let counts = Counts::of(&sql).map_err(damaged)?;
    // Tables of an older version are not read here; its chunks were held against their names all the same.
    let missing = match standing {
        Standing::Current => missing_chunks(&sql, host, &chunks).map_err(damaged)?,
        Standing::Older(_) => Vec::new(),
    };
    Ok(Proof { made_at, counts, missing })
}

/// Lists the chunks that entries name and that are not among these.
fn missing_chunks(
    sql: &Connection,
    host: &Host,
    chunks: &HashSet<[u8; 32]>,
) -> Result<Vec<[u8; 32]>, StoreError> {
    let reader = Reader::new(sql, Arc::new(table::load(sql, host)?));
    let mut missing = Vec::new();
    for id in all_attachments(&reader)? {
        let named = blob_of_attachment(&reader, id)?.map(|blob| blob.chunks).unwrap_or_default();
        missing.extend(named.into_iter().filter(|name| !chunks.contains(name)));
    }
    Ok(missing)
}

/// Makes the folder in which a backup is opened for proof, and removes it when it is dropped.
pub(crate) struct Scratch(PathBuf);

impl Scratch {
    pub(crate) fn make(folder: &Folder) -> Result<Self, NotebookError> {
        const PROVING: &str = "proving";
        folder.remove_leftovers(PROVING)?;
        let workshop = folder.workshop(PROVING);
        make_private_folder(&workshop)?;
        Ok(Self(workshop))
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("notebook.db")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _removed = fs::remove_dir_all(&self.0);
    }
}
