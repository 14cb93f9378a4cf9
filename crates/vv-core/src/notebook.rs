//! The open, unlocked notebook.
//!
//! Everything a person does goes through [`Notebook::read`] and [`Notebook::write`]. Dropping a notebook closes it: the
//! file is brought up to date and the key is forgotten. How it is made and opened stands in `notebook/entering.rs`, what is
//! done with its key in `notebook/key.rs`, and what is done with all of it (backup, restore, verify, salvage) in
//! `store/`.

mod backups;
pub(crate) mod emptying;
mod entering;
mod inbox;
mod joining;
mod key;
mod whole;

pub(crate) use backups::BEFORE_RESTORE;
pub use backups::Drill;
pub(crate) use entering::unlock_key;
pub use joining::Joined;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, TransactionBehavior};
use vv_crypto::{Key32, KitSeed};

use crate::identity::profile;
pub use crate::identity::recovery::Beacon;
use crate::identity::table::{self, fact};
use crate::journal;
use crate::pairings;
use crate::ports::Host;
use crate::search;
pub use crate::store::backup::Backup;
use crate::store::blobs::BlobStore;
pub use crate::store::error::{NotebookError, StoreError};
use crate::store::folder::{Folder, Lock};
pub use crate::store::inbox::{Capture, count_waiting, discard_capture, seal_capture};
pub use crate::store::join::JoinReport;
use crate::store::open::{self, Access};
pub use crate::store::salvage::SalvageReport;
use crate::store::topics::Subscribers;
pub use crate::store::topics::{Changed, Topic};
use crate::store::tx::{Reader, Tx};
use crate::store::unlocked::Unlocked;
pub use crate::store::verify::VerifyReport;

/// How many connections for reading are kept for later.
const KEPT_READERS: usize = 4;

/// Says where the key is kept day to day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// In the keyring of the operating system.
    Keyring,
    /// Behind a passphrase.
    Passphrase,
}

/// Chooses where a key shall be kept.
#[derive(Clone, Copy)]
pub enum NewKey<'a> {
    /// In the keyring of the operating system.
    Keyring,
    /// Behind this passphrase.
    Passphrase(&'a str),
}

/// Opens a notebook by one of its slots.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// With what the keyring holds.
    Keyring,
    /// With a passphrase.
    Passphrase(&'a str),
    /// With the recovery kit.
    Kit(&'a KitSeed),
}

/// Tells what a folder holds, as far as it shows without a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inspected {
    /// No part of a notebook.
    Absent,
    /// A notebook.
    Present {
        /// Where its key is kept day to day.
        key_place: KeyPlace,
        /// The version of its key file.
        version: u32,
        /// How many captured lines wait for the unlock.
        waiting_captures: u32,
    },
}

/// Holds a notebook open.
pub struct Notebook {
    /// The editing sessions of this process.
    pub editors: journal::Editors,
    /// The editing sessions of this process in texts of pairings.
    pub papers: pairings::Papers,
    /// The words of the search index that this process holds in memory.
    pub(crate) index: search::Index,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    core: RwLock<Arc<Unlocked>>,
    host: Host,
    key: Key32,
    folder: Folder,
    access: Access,
    /// Whether it can only be read because the disk was full when it was opened.
    no_room: bool,
    blobs: BlobStore,
    subscribers: Subscribers,
    /// The version of the file's content that this process has seen of others.
    seen: Mutex<i64>,
    /// Something was deleted for good and may still lie in the log beside the file.
    wipe_waits: AtomicBool,
    lock: Lock,
    /// Whether the kit opened it, and not what opens it day to day.
    by_kit: bool,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Notebook {
    /// Reads one snapshot.
    pub fn read<R, E: From<StoreError>>(&self, f: impl FnOnce(&Reader) -> Result<R, E>) -> Result<R, E> {
        let kept = held(&self.readers).pop();
        let sql = match kept {
            Some(sql) => sql,
            None => self.connect_reader()?,
        };
        let result = {
            let tx = sql.unchecked_transaction().map_err(StoreError::from)?;
            let core = self.core_of(&tx)?;
            f(&Reader::new(&tx, core))
        };
        let mut readers = held(&self.readers);
        if readers.len() < KEPT_READERS {
            readers.push(sql);
        }
        result
    }

    fn connect_reader(&self) -> Result<Connection, StoreError> {
        let access = if self.access == Access::Write { Access::Read } else { self.access };
        open::connect(&self.folder.database(), &self.key, access)
    }

    /// Writes in one transaction; an error rolls everything back.
    pub fn write<R, E: From<StoreError>>(&self, f: impl FnOnce(&mut Tx) -> Result<R, E>) -> Result<R, E> {
        if self.is_read_only() {
            return Err(if self.no_room { StoreError::DiskFull } else { StoreError::ReadOnly }.into());
        }
        let (value, finished) = {
            let mut sql = held(&self.writer);
            let tx =
                sql.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreError::from)?;
            let mut writing = Tx::new(&tx, self.core_of(&tx)?);
            let value = f(&mut writing)?;
            let finished = writing.finish()?;
            tx.commit().map_err(StoreError::from)?;
            if let Some(core) = &finished.core {
                self.keep_core(core.clone());
            }
            (value, finished)
        };
        self.subscribers.publish(finished.topics);
        if let Some(core) = &finished.core {
            self.renew_capture_key(core);
        }
        if finished.erased {
            self.wipe_waits.store(true, Ordering::Release);
            self.checkpoint()?;
        }
        Ok(value)
    }

    /// Gives what is known of keys, devices and spaces, as one snapshot of the file has it.
    fn core_of(&self, sql: &Connection) -> Result<Arc<Unlocked>, StoreError> {
        let kept = self.core();
        if table::keys_version(sql)? == kept.version {
            return Ok(kept);
        }
        let core = Arc::new(table::load(sql, &self.host)?);
        self.keep_core(core.clone());
        Ok(core)
    }

    fn core(&self) -> Arc<Unlocked> {
        self.core.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn keep_core(&self, core: Arc<Unlocked>) {
        let mut kept = self.core.write().unwrap_or_else(PoisonError::into_inner);
        if core.version > kept.version {
            *kept = core;
        }
    }

    /// Subscribes to what changes from now on.
    pub fn subscribe(&self) -> Receiver<Changed> {
        self.subscribers.subscribe()
    }

    /// Raises topics when another process wrote since the last call, and tells whether one did. Also finishes wiping what
    /// was deleted for good, when a reader was in the way before.
    pub fn notice_changes_by_others(&self) -> bool {
        let changed = {
            // While this process writes there is nothing to notice that the next call will not notice too.
            let Ok(sql) = self.writer.try_lock() else { return false };
            let Ok(version) = data_version(&sql) else { return false };
            std::mem::replace(&mut *held(&self.seen), version) != version
        };
        if changed {
            self.subscribers.publish(Topic::ALL.into());
        }
        if self.wipe_waits.load(Ordering::Acquire)
            && let Err(problem) = self.checkpoint()
        {
            tracing::warn!(%problem, "what was deleted for good is not wiped yet");
        }
        changed
    }

    /// Brings what waits in the log beside the file into the file and empties the log. Does nothing while a reader is in
    /// the way; then it is tried again later.
    pub fn checkpoint(&self) -> Result<(), StoreError> {
        if self.is_read_only() {
            return Ok(());
        }
        let sql = held(&self.writer);
        if open::checkpoint(&sql)? && self.wipe_waits.swap(false, Ordering::AcqRel) {
            table::remove_fact(&sql, fact::WIPE_WAITS)?;
            open::checkpoint(&sql)?;
        }
        Ok(())
    }

    /// Tells whoever shows files that one has come.
    pub(crate) fn tell_of_files(&self) {
        self.subscribers.publish([Topic::Files].into());
    }

    /// Lends the files.
    pub fn blobs(&self) -> &BlobStore {
        &self.blobs
    }

    /// Lends the ports.
    pub fn host(&self) -> &Host {
        &self.host
    }

    /// Tells the folder it lies in.
    pub fn folder(&self) -> &Path {
        self.folder.root()
    }

    /// Tells whether it can only be read, because its folder cannot be written or the disk was full when it was opened.
    pub fn is_read_only(&self) -> bool {
        self.access != Access::Write
    }

    /// Tells to whom it belongs.
    pub fn name(&self) -> Result<String, StoreError> {
        self.read(profile::name)
    }

    /// Tells when it was made.
    pub fn created_at(&self) -> Result<DateTime<Utc>, StoreError> {
        self.read(|reader| {
            let ms: i64 = table::fact_of(reader.sql(), fact::CREATED_AT)?;
            DateTime::from_timestamp_millis(ms).ok_or(StoreError::Damaged)
        })
    }

    fn instant(&self, name: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
        self.read(|reader| {
            let ms: Option<i64> = table::find_fact(reader.sql(), name)?;
            Ok(ms.and_then(DateTime::from_timestamp_millis))
        })
    }

    /// Lists what would have to be looked at to see where things lie: the files and folders of the notebook.
    fn path_of_key_file(&self) -> PathBuf {
        self.folder.key_file()
    }
}

fn data_version(sql: &Connection) -> Result<i64, StoreError> {
    Ok(sql.query_row("PRAGMA data_version", [], |row| row.get(0))?)
}

impl Drop for Notebook {
    /// Closes the connections in an order that leaves one whole file and no log beside it.
    fn drop(&mut self) {
        held(&self.readers).clear();
        if let Err(problem) = self.checkpoint() {
            // What is durable stays durable: the next open reads the log.
            tracing::warn!(%problem, "the log beside the notebook could not be emptied at closing");
        }
    }
}
