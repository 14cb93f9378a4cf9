//! Backups: the whole notebook in one file, proven to open before it gets its name.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};
use vv_crypto::Key32;

use super::blobs::BlobStore;
use super::container;
use super::error::{NotebookError, StoreError};
use super::folder::Folder;
use super::hlc::clock_ms;
use super::key_file::create_private;
use super::op::Kind;
use super::open;
use super::proof::{self, Counts};
use crate::ports::Host;

/// The ending of a backup's name.
pub const ENDING: &str = "vvbackup";
pub(crate) const MADE_AT: &str = "made_at";
pub(crate) const KEY_FILE: &str = "notebook.key";
pub(crate) const DATABASE: &str = "notebook.db";
pub(crate) const BLOBS: &str = "blobs/";

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

/// Makes a backup of what `sql` shows, proves it, and only then gives it its name. Nothing that was there is replaced.
pub(crate) fn make(
    folder: &Folder,
    host: &Host,
    sql: &Connection,
    key: &Key32,
    path: &Path,
) -> Result<Backup, NotebookError> {
    let made_at = host.clock.now();
    let scratch = Scratch::make(path)?;
    copy_database(sql, key, &scratch.database)?;
    write(folder, made_at, &scratch)?;
    let entries = prove(folder, host, sql, key, &scratch)?;
    let size = fs::metadata(&scratch.file)?.len();
    let path = scratch.give_name(path)?;
    Ok(Backup { path, made_at, size, proven_entries: Some(entries) })
}

/// Copies a backup into another folder, proves the copy, and only then gives it its name.
pub(crate) fn copy_to(
    host: &Host,
    key: &Key32,
    backup: &Backup,
    into: &Path,
) -> Result<Backup, NotebookError> {
    let name = backup.path.file_name().ok_or(NotebookError::NotABackup)?;
    let path = into.join(name);
    let scratch = Scratch::make(&path)?;
    let mut copy = create_private(&scratch.file)?;
    io::copy(&mut File::open(&backup.path)?, &mut copy)?;
    copy.sync_all()?;
    drop(copy);
    let proof = proof::open(&scratch.file, &scratch.proof, key, host)?;
    if backup.proven_entries.is_some_and(|entries| entries != proof.counts.entries) {
        return Err(NotebookError::BackupDamaged);
    }
    let size = fs::metadata(&scratch.file)?.len();
    let path = scratch.give_name(&path)?;
    Ok(Backup { path, made_at: proof.made_at, size, proven_entries: Some(proof.counts.entries) })
}

/// Makes a backup into the notebook's own folder before its tables are upgraded.
pub(crate) fn before_upgrade(
    folder: &Folder,
    host: &Host,
    sql: &Connection,
    key: &Key32,
    version: u32,
) -> Result<Backup, NotebookError> {
    fs::create_dir_all(folder.backups())?;
    let name = format!("{}-before-upgrade-of-{version}.{ENDING}", host.clock.now().format("%Y-%m-%d-%H%M%S"));
    make(folder, host, sql, key, &folder.backups().join(name))
}

/// Holds the files that a backup needs while it is made; what is left of them is removed.
struct Scratch {
    file: PathBuf,
    database: PathBuf,
    proof: PathBuf,
}

impl Scratch {
    fn make(path: &Path) -> io::Result<Self> {
        let digits: String = vv_crypto::make_bytes::<6>().iter().map(|byte| format!("{byte:02x}")).collect();
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let named = |what: &str| path.with_file_name(format!(".{what}-{digits}.part"));
        Ok(Self { file: named("backup"), database: named("database"), proof: named("proof") })
    }

    /// Gives the finished file its name, or that name with a number where something has it already.
    fn give_name(&self, path: &Path) -> io::Result<PathBuf> {
        let mut place = path.to_owned();
        let mut number = 2;
        loop {
            match fs::hard_link(&self.file, &place) {
                Ok(()) => break,
                Err(problem) if problem.kind() == io::ErrorKind::AlreadyExists => {
                    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                    place = path.with_file_name(format!("{stem}-{number}.{ENDING}"));
                    number += 1;
                }
                // Some file systems have no links; there a name that is free is taken by renaming.
                Err(_) if !place.try_exists()? => {
                    fs::rename(&self.file, &place)?;
                    break;
                }
                Err(problem) => return Err(problem),
            }
        }
        if let Some(folder) = place.parent() {
            super::blobs::sync_folder(folder)?;
        }
        Ok(place)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for path in [&self.file, &self.database, &self.proof] {
            // What was sealed is sealed here too, so a leftover tells nothing to anybody.
            let _removed = fs::remove_file(path);
        }
    }
}

/// Copies the database as one snapshot, under the same key.
pub(crate) fn copy_database(sql: &Connection, key: &Key32, to: &Path) -> Result<(), StoreError> {
    let mut copy = open::make(to, key)?;
    {
        let backup = rusqlite::backup::Backup::new(sql, &mut copy)?;
        // All pages in one step, so that no writer comes in between.
        while backup.step(-1)? != rusqlite::backup::StepResult::Done {}
    }
    open::checkpoint(&copy)?;
    // One file without a log beside it: whoever opens the copy brings it back into its own mode.
    copy.execute_batch("PRAGMA journal_mode = DELETE")?;
    copy.close().map_err(|(_, problem)| StoreError::from(problem))?;
    File::options().write(true).open(to)?.sync_all()?;
    Ok(())
}

fn write(folder: &Folder, made_at: DateTime<Utc>, scratch: &Scratch) -> Result<(), NotebookError> {
    let mut writer = container::Writer::create(&scratch.file)?;
    let made_at = clock_ms(made_at).to_le_bytes();
    writer.add(MADE_AT, made_at.len() as u64, &mut made_at.as_slice())?;
    writer.add_file(KEY_FILE, &folder.key_file())?;
    writer.add_file(DATABASE, &scratch.database)?;
    for (name, path) in chunks(&folder.blobs())? {
        match writer.add_file(&name, &path) {
            // Deleted for good since it was listed; the database of the backup may still name it, and says so when asked.
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => {}
            other => other?,
        }
    }
    writer.finish()?;
    Ok(())
}

/// Lists the sealed chunks by their names in a backup.
pub(crate) fn chunks(blobs: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let mut found = Vec::new();
    let Ok(folders) = fs::read_dir(blobs) else { return Ok(found) };
    for folder in folders {
        let folder = folder?;
        if !folder.file_type()?.is_dir() {
            continue;
        }
        for chunk in fs::read_dir(folder.path())? {
            let chunk = chunk?;
            let name = format!(
                "{BLOBS}{}/{}",
                folder.file_name().to_string_lossy(),
                chunk.file_name().to_string_lossy()
            );
            if is_chunk(&name) {
                found.push((name, chunk.path()));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Tells whether a part's name is that of a sealed chunk, and nothing that could lead elsewhere.
pub(crate) fn is_chunk(name: &str) -> bool {
    let is_hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    name.strip_prefix(BLOBS).and_then(|rest| rest.split_once('/')).is_some_and(|(folder, chunk)| {
        folder.len() == 2 && chunk.len() == 64 && chunk.starts_with(folder) && is_hex(chunk)
    })
}

/// Opens the finished file as somebody would who has nothing else, compares it with what it was made of, and gives how many
/// entries it counted.
fn prove(
    folder: &Folder,
    host: &Host,
    sql: &Connection,
    key: &Key32,
    scratch: &Scratch,
) -> Result<u32, NotebookError> {
    let proof = proof::open(&scratch.file, &scratch.proof, key, host)?;
    let blobs = BlobStore::new(folder.blobs());
    // A chunk that the notebook itself has lost cannot be in its backup; one that it has must be.
    let lacks = proof.missing.iter().any(|name| blobs.path_of(name).exists());
    if lacks || proof.counts != Counts::of(sql)? {
        return Err(NotebookError::BackupDamaged);
    }
    Ok(proof.counts.entries)
}

/// Checks the seal of every page of a database.
pub(crate) fn pages_are_whole(sql: &Connection) -> Result<bool, StoreError> {
    let mut check = sql.prepare("PRAGMA cipher_integrity_check")?;
    Ok(check.query([])?.next()?.is_none())
}

/// Counts the entries that are not deleted for good.
pub(crate) fn count_entries(sql: &Connection) -> Result<u32, StoreError> {
    Ok(sql.query_row("SELECT count(*) FROM obj WHERE kind = ?1 AND erased = 0", [Kind::Entry.0], |row| {
        row.get(0)
    })?)
}

/// Notes a backup that was proven.
pub(crate) fn note(sql: &Connection, backup: &Backup) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR REPLACE INTO backup (path, made_at, size, entries) VALUES (?1, ?2, ?3, ?4)",
        params![
            backup.path.to_string_lossy(),
            backup.made_at.timestamp_millis(),
            backup.size,
            backup.proven_entries.unwrap_or(0)
        ],
    )?;
    Ok(())
}

/// Lists the backups in the notebook's own folder and those it made elsewhere that are still there, newest first.
pub(crate) fn list(folder: &Folder, sql: &Connection) -> Result<Vec<Backup>, NotebookError> {
    let mut backups = Vec::new();
    let mut select = sql.prepare("SELECT path, size, entries FROM backup")?;
    let noted: Vec<(String, u64, u32)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect::<Result<_, _>>()?;
    let mut paths: Vec<PathBuf> = noted.iter().map(|(path, ..)| PathBuf::from(path)).collect();
    paths.extend(own_files(folder)?);
    paths.sort();
    paths.dedup();
    for path in paths {
        let Ok(facts) = fs::metadata(&path) else { continue };
        let Ok(made_at) = made_at(&path) else { continue };
        let size = facts.len();
        let proven_entries = noted
            .iter()
            .find(|(noted, noted_size, _)| Path::new(noted) == path && *noted_size == size)
            .map(|(.., entries)| *entries);
        backups.push(Backup { path, made_at, size, proven_entries });
    }
    backups.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(backups)
}

/// Lists the backups in the notebook's own folder as far as they show without a key, newest first.
pub(crate) fn list_locked(folder: &Folder) -> Result<Vec<Backup>, NotebookError> {
    let mut backups = Vec::new();
    for path in own_files(folder)? {
        if let (Ok(facts), Ok(made_at)) = (fs::metadata(&path), made_at(&path)) {
            backups.push(Backup { path, made_at, size: facts.len(), proven_entries: None });
        }
    }
    backups.sort_by(|a, b| (b.made_at, &b.path).cmp(&(a.made_at, &a.path)));
    Ok(backups)
}

fn own_files(folder: &Folder) -> Result<Vec<PathBuf>, NotebookError> {
    let files = match fs::read_dir(folder.backups()) {
        Ok(files) => files,
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(problem) => return Err(problem.into()),
    };
    let mut paths = Vec::new();
    for file in files {
        let path = file?.path();
        if path.extension().is_some_and(|ending| ending == ENDING) {
            paths.push(path);
        }
    }
    Ok(paths)
}

/// Reads when a backup was made, from its first part.
fn made_at(path: &Path) -> Result<DateTime<Utc>, NotebookError> {
    let mut made_at = None;
    // Reading stops after the first part, which is an error of no interest.
    let _stopped = container::Reader::open(path)?.read_all(|name, part| {
        let mut bytes = [0; 8];
        if name == MADE_AT && part.read_exact(&mut bytes).is_ok() {
            made_at = i64::try_from(u64::from_le_bytes(bytes)).ok().and_then(DateTime::from_timestamp_millis);
        }
        Err(NotebookError::NotABackup)
    });
    made_at.ok_or(NotebookError::NotABackup)
}
