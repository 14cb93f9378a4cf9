//! Opening the encrypted file: connections with their key and their settings.

use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};
use vv_crypto::{Key32, Zeroizing};

use super::error::{NotebookError, StoreError};
use super::folder::Folder;

/// How long a writer waits for another one.
const PATIENCE: Duration = Duration::from_secs(15);
/// How many prepared statements each connection keeps.
const STATEMENTS: usize = 192;

/// How many pages a writer lets wait in the log before it brings them into the file.
pub(crate) const PAGES_IN_LOG: u32 = 4_000;

/// Says what may be done with the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Read and write.
    Write,
    /// Read, where the folder can hold what several readers share.
    Read,
    /// Read, where nothing can be written at all and so nothing changes.
    Frozen,
}

impl Access {
    /// Finds out what may be done in a folder, without writing anything.
    pub(crate) fn find(folder: &Folder, lock_is_writable: bool) -> Result<Self, NotebookError> {
        let writable = lock_is_writable
            && match OpenOptions::new().write(true).open(folder.database()) {
                Ok(_) => true,
                Err(problem) if is_refusal(&problem) => false,
                Err(problem) => return Err(problem.into()),
            };
        if writable {
            return Ok(Self::Write);
        }
        // Without a log beside it the file is whole by itself and can be read as if it were carved in stone.
        let wal = folder.root().join("notebook.db-wal");
        let has_log = wal.try_exists()? && std::fs::metadata(&wal)?.len() > 0;
        Ok(if has_log { Self::Read } else { Self::Frozen })
    }
}

fn is_refusal(problem: &io::Error) -> bool {
    matches!(problem.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Opens a connection to a database that is there. The key was proven before, so what does not open is damaged.
pub(crate) fn connect(path: &Path, key: &Key32, access: Access) -> Result<Connection, StoreError> {
    let flags = match access {
        Access::Write => OpenFlags::SQLITE_OPEN_READ_WRITE,
        Access::Read | Access::Frozen => OpenFlags::SQLITE_OPEN_READ_ONLY,
    } | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = match access {
        Access::Frozen => Connection::open_with_flags(frozen_uri(path), flags | OpenFlags::SQLITE_OPEN_URI)?,
        _ => Connection::open_with_flags(path, flags)?,
    };
    set_up(&sql, key)?;
    // An empty file would pass for a new database. This one was a notebook, so it is damaged, and stays as it is.
    if sql.query_row("PRAGMA user_version", [], |row| row.get::<_, u32>(0))? == 0 {
        return Err(StoreError::Damaged);
    }
    if access == Access::Write {
        // A file that stands in another mode was not written by this program; it is brought into this one.
        sql.execute_batch("PRAGMA journal_mode = WAL")?;
    }
    Ok(sql)
}

/// Makes a new database where none is.
pub(crate) fn make(path: &Path, key: &Key32) -> Result<Connection, StoreError> {
    drop(super::key_file::create_private(path)?);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = Connection::open_with_flags(path, flags)?;
    set_up(&sql, key)?;
    sql.execute_batch("PRAGMA journal_mode = WAL")?;
    Ok(sql)
}

/// Makes a database in memory for a comparison; it is gone with the connection.
pub(crate) fn in_memory() -> Result<Connection, StoreError> {
    let sql = Connection::open_in_memory()?;
    sql.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(sql)
}

fn set_up(sql: &Connection, key: &Key32) -> Result<(), StoreError> {
    sql.set_prepared_statement_cache_capacity(STATEMENTS);
    sql.busy_timeout(PATIENCE)?;
    let hex: Zeroizing<String> =
        Zeroizing::new(key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect());
    let command = Zeroizing::new(format!("PRAGMA key = \"x'{}'\"", hex.as_str()));
    // The library would otherwise tell the terminal about every page that does not open.
    sql.execute_batch("PRAGMA cipher_log_level = NONE")?;
    sql.execute_batch(&command)?;
    sql.execute_batch(
        "PRAGMA cipher_page_size = 4096;
         PRAGMA cipher_hmac_algorithm = HMAC_SHA256;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -32768;",
    )?;
    empty_after(sql, PAGES_IN_LOG)?;
    sql.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    Ok(())
}

/// Writes a path as SQLite's URI, with the promise that nobody changes the file meanwhile.
fn frozen_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for c in path.to_string_lossy().replace('\\', "/").chars() {
        match c {
            '%' | '?' | '#' => uri.push_str(&format!("%{:02x}", u32::from(c))),
            c => uri.push(c),
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Brings what waits in the log beside the file into the file and empties the log; tells whether nobody was in the way.
pub(crate) fn checkpoint(sql: &Connection) -> Result<bool, StoreError> {
    let busy: i64 = sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    Ok(busy == 0)
}

/// Sets after how many pages in the log the writer brings them into the file.
pub(crate) fn empty_after(sql: &Connection, pages: u32) -> Result<(), StoreError> {
    Ok(sql.query_row(&format!("PRAGMA wal_autocheckpoint = {pages}"), [], |_| Ok(()))?)
}

/// Brings into the file as much of the log as nobody is in the way of.
pub(crate) fn empty_some(sql: &Connection) -> Result<(), StoreError> {
    Ok(sql.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}
