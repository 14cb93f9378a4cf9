//! Bringing a backup back: unpacked and opened beside the notebook, then put in its place. What was there is moved aside.

use std::fs::{self, File};
use std::io::{self, Read};

use std::path::Path;

use vv_crypto::{Key32, chunk_name};

use super::backup::{self, BLOBS, DATABASE, KEY_FILE};
use super::blobs::sync_folder;
use super::container;
use super::error::{NotebookError, StoreError};
use super::folder::{Folder, Lock, make_private_folder};
use super::key_file::{KeyFile, create_private};
use super::migrate::{self, MIGRATIONS};
use super::open::{self, Access};
use crate::identity::table;
use crate::notebook::{Unlock, unlock_key};
use crate::ports::Host;

const RESTORING: &str = "restoring";

/// Puts a backup in the place of the notebook and gives its key. Whatever goes wrong before the last step, the notebook
/// that was there is untouched.
pub(crate) fn restore(
    folder: &Folder,
    host: &Host,
    backup: &Path,
    unlock: Unlock,
) -> Result<Key32, NotebookError> {
    if let Some(parent) = folder.root().parent() {
        fs::create_dir_all(parent)?;
    }
    let _alone = Lock::exclusive(folder)?;
    folder.finish_exchange()?;
    folder.remove_leftovers(RESTORING)?;
    let workshop = Folder::new(&folder.workshop(RESTORING));
    let restored =
        unpack(backup, &workshop).and_then(|()| prepare(folder, &workshop, host, unlock)).and_then(|key| {
            folder.exchange(workshop.root(), &folder.aside(host.clock.now()))?;
            Ok(key)
        });
    if restored.is_err() && !folder.is_exchanging()? {
        // The backup itself is untouched; what was unpacked of it is sealed and of no further use.
        let _removed = fs::remove_dir_all(workshop.root());
    }
    restored
}

/// Unpacks a backup into a folder of its own; every chunk is held against its name.
pub(crate) fn unpack(backup: &Path, workshop: &Folder) -> Result<(), NotebookError> {
    make_private_folder(workshop.root())?;
    make_private_folder(&workshop.backups())?;
    let (mut has_database, mut has_key) = (false, false);
    container::Reader::open(backup)?.read_all(|name, part| {
        match name {
            DATABASE => {
                has_database = true;
                copy(part, &workshop.database())?;
            }
            KEY_FILE => {
                has_key = true;
                copy(part, &workshop.key_file())?;
            }
            name if backup::is_chunk(name) => unpack_chunk(workshop, name, part)?,
            // A part that a later version adds and this one can do without.
            _ => {}
        }
        Ok(())
    })?;
    if has_database && has_key { Ok(()) } else { Err(NotebookError::BackupDamaged) }
}

fn unpack_chunk(workshop: &Folder, name: &str, part: &mut dyn Read) -> Result<(), NotebookError> {
    let mut sealed = Vec::new();
    part.read_to_end(&mut sealed)?;
    let digits = name.rsplit('/').next().unwrap_or_default();
    if blake3::Hash::from_bytes(chunk_name(&sealed)).to_hex().as_str() != digits {
        return Err(NotebookError::BackupDamaged);
    }
    let path = workshop.blobs().join(name.trim_start_matches(BLOBS));
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    copy(&mut sealed.as_slice(), &path)
}

fn copy(part: &mut dyn Read, path: &Path) -> Result<(), NotebookError> {
    let mut file = create_private(path)?;
    io::copy(part, &mut file).map_err(|problem| match problem.kind() {
        io::ErrorKind::UnexpectedEof => NotebookError::BackupDamaged,
        _ => problem.into(),
    })?;
    file.sync_all()?;
    Ok(())
}

/// Opens what was unpacked, begins another life of its feeds, and makes all of it durable.
fn prepare(folder: &Folder, workshop: &Folder, host: &Host, unlock: Unlock) -> Result<Key32, NotebookError> {
    let key_file = KeyFile::read(&workshop.key_file())?;
    let key = match unlock_with_present(folder, &key_file, host, unlock) {
        Some((present, key)) => {
            // The passphrase of today stays the passphrase, also of what was written when it was another one.
            present.write(&workshop.key_file())?;
            key
        }
        None => unlock_key(&key_file, host, unlock)?,
    };
    let mut sql = open::connect(&workshop.database(), &key, Access::Write).map_err(as_backup)?;
    migrate::standing(&sql, MIGRATIONS)?;
    backup::count_entries(&sql).map_err(as_backup)?;
    let tx = sql.transaction().map_err(StoreError::from)?;
    table::begin_incarnation(&tx)?;
    tx.commit().map_err(StoreError::from)?;
    open::checkpoint(&sql)?;
    sql.close().map_err(|(_, problem)| StoreError::from(problem))?;
    File::options().write(true).open(workshop.database())?.sync_all()?;
    for inside in fs::read_dir(workshop.root())? {
        let inside = inside?;
        if inside.file_type()?.is_dir() {
            sync_folder(&inside.path())?;
        }
    }
    sync_folder(workshop.root())?;
    Ok(key)
}

/// Opens the backup with the key file of the notebook it comes from, when that is still here.
fn unlock_with_present(
    folder: &Folder,
    of_backup: &KeyFile,
    host: &Host,
    unlock: Unlock,
) -> Option<(KeyFile, Key32)> {
    let present = KeyFile::read(&folder.key_file()).ok().filter(|present| present.id == of_backup.id)?;
    let key = unlock_key(&present, host, unlock).ok()?;
    of_backup.is_key(&key).then_some((present, key))
}

fn as_backup(problem: StoreError) -> NotebookError {
    match problem {
        StoreError::Damaged => NotebookError::BackupDamaged,
        other => other.into(),
    }
}
