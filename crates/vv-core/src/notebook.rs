//! The open, unlocked notebook.
//!
//! Everything a person does goes through [`Notebook::read`] and [`Notebook::write`]. Dropping a notebook closes it:
//! the file is brought up to date and the key is forgotten.

use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;

use chrono::{DateTime, Utc};
use vv_crypto::KitSeed;

use crate::journal;
use crate::ports::Host;
use crate::store::blobs::BlobStore;
pub use crate::store::error::{NotebookError, StoreError};
pub use crate::store::topics::{Changed, Topic};
use crate::store::tx::{Reader, Tx};

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

/// Tells about one backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Its size in bytes.
    pub size: u64,
    /// How many entries were counted when it was opened for proof; none when this notebook has not proven it.
    pub proven_entries: Option<u32>,
}

/// Reports what a check of the whole notebook found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VerifyReport {
    /// Records whose chain and signature were checked.
    pub records: u64,
    /// Entries rebuilt from the log and compared.
    pub entries: u64,
    /// Files opened and hashed.
    pub files: u64,
    /// What is wrong, as sentences without content; empty when all holds.
    pub problems: Vec<String>,
}

/// Holds a notebook open.
pub struct Notebook {
    folder: PathBuf,
    host: Host,
    blobs: BlobStore,
    /// The editing sessions of this process.
    pub editors: journal::Editors,
}

impl Notebook {
    /// Tells what lies in a folder, without a key and without touching anything.
    pub fn inspect(_folder: &Path) -> Result<Inspected, NotebookError> {
        todo!()
    }

    /// Makes a notebook for a person where none is.
    pub fn create(_folder: &Path, _host: &Host, _name: &str, _key: NewKey) -> Result<Self, NotebookError> {
        todo!()
    }

    /// Opens a notebook.
    pub fn open(_folder: &Path, _host: &Host, _unlock: Unlock) -> Result<Self, NotebookError> {
        todo!()
    }

    /// Reads one snapshot.
    pub fn read<R, E: From<StoreError>>(&self, _f: impl FnOnce(&Reader) -> Result<R, E>) -> Result<R, E> {
        todo!()
    }

    /// Writes in one transaction; an error rolls everything back.
    pub fn write<R, E: From<StoreError>>(&self, _f: impl FnOnce(&mut Tx) -> Result<R, E>) -> Result<R, E> {
        todo!()
    }

    /// Subscribes to what changes from now on.
    pub fn subscribe(&self) -> Receiver<Changed> {
        todo!()
    }

    /// Raises topics when another process wrote since the last call, and tells whether one did.
    pub fn notice_changes_by_others(&self) -> bool {
        todo!()
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
        &self.folder
    }
}
