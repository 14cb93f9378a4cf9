//! Making and opening notebooks.
//!
//! Making happens in a folder beside, which takes its name only when it is whole; nothing is ever made over a notebook or a
//! part of one. Opening proves the key first: only then can a file that does not open be called damaged.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, RwLock};

use rusqlite::Connection;
use vv_crypto::{EncPublic, Key32, KitSeed, make_key};

use super::{Inspected, KeyPlace, NewKey, Notebook, NotebookError, Unlock, data_version};
use crate::identity::table::{self, fact};
use crate::identity::{make::make_identity, profile};
use crate::ports::Host;
use crate::store::blobs::{BlobStore, sync_folder};
use crate::store::folder::{Folder, Lock, make_private_folder};
use crate::store::key_file::{self, KeyFile};
use crate::store::migrate::{self, MIGRATIONS, Standing};
use crate::store::open::{self, Access};
use crate::store::topics::Subscribers;
use crate::store::tx::Tx;
use crate::store::{StoreError, backup, inbox, mark, token};

const MAKING: &str = "making";

impl Notebook {
    /// Tells what lies in a folder, without a key. An exchange of folders that a crash interrupted is finished first.
    pub fn inspect(folder: &Path) -> Result<Inspected, NotebookError> {
        let folder = Folder::new(folder);
        finish_exchange(&folder)?;
        if !folder.is_present()? {
            return Ok(Inspected::Absent);
        }
        let key_file = KeyFile::read(&folder.key_file())?;
        Ok(Inspected::Present {
            key_place: key_file.key_place(),
            version: key_file::VERSION,
            waiting_captures: inbox::count_waiting(folder.root()),
        })
    }

    /// Makes a notebook for a person where none is.
    pub fn create(folder: &Path, host: &Host, name: &str, key: NewKey) -> Result<Self, NotebookError> {
        Self::make_with(folder, host, key, |sql| {
            let kit = KitSeed::make();
            let capture_to = make_identity(sql, host, &kit)?;
            let mut writing = Tx::new(sql, Arc::new(table::load(sql, host)?));
            profile::introduce(&mut writing, name)?;
            writing.finish()?;
            Ok(Made { recovery: kit.derive_recovery().1, capture_to })
        })
    }

    /// Makes a notebook where none is; `found` writes the identity into it.
    pub(super) fn make_with(
        folder: &Path,
        host: &Host,
        key: NewKey,
        found: impl FnOnce(&Connection) -> Result<Made, NotebookError>,
    ) -> Result<Self, NotebookError> {
        let folder = Folder::new(folder);
        if let Some(parent) = folder.root().parent() {
            fs::create_dir_all(parent)?;
        }
        let lock = Lock::exclusive(&folder)?;
        folder.finish_exchange()?;
        match folder.is_present() {
            Ok(false) => {}
            Ok(true) => return Err(NotebookError::AlreadyThere),
            Err(problem) => return Err(problem),
        }
        folder.remove_leftovers(MAKING)?;
        let workshop = Folder::new(&folder.workshop(MAKING));
        let made = make(&workshop, host, key, found).and_then(|opened| {
            settle_in(&folder, &workshop, host)?;
            Ok(opened)
        });
        match made {
            Ok(key) => {
                drop(lock);
                Self::open_with_key(folder, host, key)
            }
            Err(problem) => {
                // Nothing of a person's is in there yet; a leftover is removed at the next making.
                let _removed = fs::remove_dir_all(workshop.root());
                Err(problem)
            }
        }
    }

    /// Opens a notebook.
    pub fn open(folder: &Path, host: &Host, unlock: Unlock) -> Result<Self, NotebookError> {
        let folder = Folder::new(folder);
        finish_exchange(&folder)?;
        if !folder.is_present()? {
            return Err(NotebookError::Absent);
        }
        let key_file = KeyFile::read(&folder.key_file())?;
        let key = unlock_key(&key_file, host, unlock)?;
        let mut notebook = Self::open_with_key(folder, host, key)?;
        if matches!(unlock, Unlock::Kit(_)) {
            notebook.by_kit = true;
            notebook.renew_keyring_entry()?;
        }
        Ok(notebook)
    }

    /// Opens a notebook whose key was proven.
    pub(crate) fn open_with_key(folder: Folder, host: &Host, key: Key32) -> Result<Self, NotebookError> {
        let lock = Lock::shared(&folder)?;
        let access = Access::find(&folder, lock.is_writable())?;
        Self::open_as(folder, host, key, lock, access)
    }

    pub(crate) fn open_as(
        folder: Folder,
        host: &Host,
        key: Key32,
        lock: Lock,
        access: Access,
    ) -> Result<Self, NotebookError> {
        let key_file = KeyFile::read(&folder.key_file())?;
        let (mut sql, access, mut no_room) = match open::connect(&folder.database(), &key, access) {
            Err(StoreError::DiskFull) if access == Access::Write => {
                let (sql, access) = connect_without_room(&folder, &key, &lock)?;
                (sql, access, true)
            }
            other => (other?, access, false),
        };
        let mut access = access;
        if let Standing::Older(version) = migrate::standing(&sql, MIGRATIONS)? {
            if access != Access::Write {
                return Err(StoreError::ReadOnly.into());
            }
            lock.alone(|| {
                backup::before_upgrade(&folder, host, &sql, &key, version)?;
                Ok(migrate::upgrade(&mut sql, host)?)
            })?;
        }
        if access == Access::Write {
            match token::settle(&mut sql, host, &key_file, lock.is_first()) {
                // Without its token nothing may be written; what is there can be read all the same.
                Err(NotebookError::Store(StoreError::DiskFull)) => {
                    drop(sql);
                    (sql, access) = connect_without_room(&folder, &key, &lock)?;
                    no_room = true;
                }
                other => other?,
            }
        }
        let core = table::load(&sql, host)?;
        if access == Access::Write && lock.is_first() {
            mark::settle(&sql, &core)?;
        }
        let wipe_waits = table::find_fact::<i64>(&sql, fact::WIPE_WAITS)?.is_some();
        let seen = data_version(&sql)?;
        let notebook = Self {
            editors: Default::default(),
            papers: Default::default(),
            index: Default::default(),
            writer: Mutex::new(sql),
            readers: Mutex::default(),
            core: RwLock::new(Arc::new(core)),
            host: host.clone(),
            key,
            blobs: BlobStore::new(folder.blobs()),
            folder,
            access,
            no_room,
            subscribers: Subscribers::default(),
            seen: Mutex::new(seen),
            wipe_waits: AtomicBool::new(wipe_waits),
            lock,
            by_kit: false,
        };
        if wipe_waits {
            notebook.checkpoint()?;
        }
        Ok(notebook)
    }
}

/// Opens a notebook on a full disk to be read: with what its readers share where there is room for that, else as it lies, when
/// nobody else has it open.
fn connect_without_room(
    folder: &Folder,
    key: &Key32,
    lock: &Lock,
) -> Result<(Connection, Access), NotebookError> {
    let is_whole = Access::find(folder, false)? == Access::Frozen;
    match open::connect(&folder.database(), key, Access::Read) {
        Ok(sql) => Ok((sql, Access::Read)),
        Err(_) if is_whole && lock.is_first() => {
            Ok((open::connect(&folder.database(), key, Access::Frozen)?, Access::Frozen))
        }
        Err(_) => Err(StoreError::DiskFull.into()),
    }
}

/// Gets the key out of one slot.
pub(crate) fn unlock_key(key_file: &KeyFile, host: &Host, unlock: Unlock) -> Result<Key32, NotebookError> {
    match unlock {
        Unlock::Keyring => {
            if key_file.key_place() != KeyPlace::Keyring {
                return Err(NotebookError::NoSuchSlot);
            }
            let kept = host.vault.read(&key_file.vault_name())?.ok_or(NotebookError::KeyringNoEntry)?;
            key_file.open_with_keyring(&Key32::from_slice(&kept).ok_or(NotebookError::WrongKey)?)
        }
        Unlock::Passphrase(passphrase) => key_file.open_with_passphrase(passphrase),
        Unlock::Kit(seed) => key_file.open_with_kit(seed),
    }
}

/// Keeps a key in the keyring or behind a passphrase. The keyring is written, and read again, before the key file is.
pub(super) fn place_key(
    key_file: &mut KeyFile,
    host: &Host,
    key: &Key32,
    place: NewKey,
) -> Result<(), NotebookError> {
    match place {
        NewKey::Keyring => {
            let wrapping = make_key();
            let name = key_file.vault_name();
            host.vault.write(&name, wrapping.as_bytes())?;
            let kept = host.vault.read(&name)?.ok_or(NotebookError::KeyringNoEntry)?;
            if Key32::from_slice(&kept).is_none_or(|kept| kept != wrapping) {
                return Err(NotebookError::Vault(crate::ports::VaultError::Unreachable));
            }
            key_file.use_keyring(key, &wrapping);
            Ok(())
        }
        NewKey::Passphrase(passphrase) => key_file.use_passphrase(key, passphrase),
    }
}

fn finish_exchange(folder: &Folder) -> Result<(), NotebookError> {
    if !folder.is_exchanging()? {
        return Ok(());
    }
    let _alone = Lock::exclusive(folder)?;
    folder.finish_exchange()
}

/// Holds the public keys of a new notebook that stand in its key file.
pub(super) struct Made {
    /// The key of the recovery kit.
    pub recovery: EncPublic,
    /// The key of the account that captured lines are sealed to.
    pub capture_to: EncPublic,
}

/// Makes a whole notebook in the workshop and gives its key.
fn make(
    workshop: &Folder,
    host: &Host,
    place: NewKey,
    found: impl FnOnce(&Connection) -> Result<Made, NotebookError>,
) -> Result<Key32, NotebookError> {
    make_private_folder(workshop.root())?;
    make_private_folder(&workshop.backups())?;
    let key = make_key();
    let id = *host.ids.make_id().as_bytes();
    let mut sql = open::make(&workshop.database(), &key)?;
    migrate::migrate(&mut sql, MIGRATIONS)?;
    let made = {
        let tx = sql.transaction().map_err(StoreError::from)?;
        table::put_fact(&tx, fact::NOTEBOOK_ID, id)?;
        let made = found(&tx)?;
        tx.commit().map_err(StoreError::from)?;
        made
    };
    let mut key_file = KeyFile::new(id, &key, &made.recovery, made.capture_to);
    place_key(&mut key_file, host, &key, place)?;
    token::begin(&sql, host, &key_file)?;
    open::checkpoint(&sql)?;
    sql.close().map_err(|(_, problem)| StoreError::from(problem))?;
    key_file.write(&workshop.key_file())?;
    sync_folder(workshop.root())?;
    Ok(key)
}

/// Gives a finished workshop the name of the notebook.
fn settle_in(folder: &Folder, workshop: &Folder, host: &Host) -> Result<(), NotebookError> {
    if folder.root().try_exists()? {
        if folder.is_empty()? {
            fs::remove_dir(folder.root())?;
        } else {
            // Something that is no notebook lies there; it is nobody's business to delete it.
            fs::rename(folder.root(), folder.aside(host.clock.now()))?;
        }
    }
    fs::rename(workshop.root(), folder.root())?;
    folder.sync_parent()?;
    Ok(())
}
