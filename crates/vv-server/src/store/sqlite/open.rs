//! Opening the file: its settings, its version, and refusing what a later version wrote.

use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use crate::store::{Outcome, StoreError};

/// The version of the tables that this program knows.
const VERSION: i64 = 1;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Unavailable(error.to_string())
    }
}

/// Opens the file for writing, makes it where there is none, and brings its tables up to date.
pub fn for_writing(path: &Path) -> Outcome<Connection> {
    let mut sql = Connection::open(path)?;
    sql.pragma_update(None, "page_size", 8_192)?;
    sql.pragma_update(None, "journal_mode", "WAL")?;
    settle(&sql)?;
    sql.pragma_update(None, "synchronous", "FULL")?;
    sql.pragma_update(None, "wal_autocheckpoint", 4_000)?;
    // What was erased is not to be found in the file either.
    sql.pragma_update(None, "secure_delete", true)?;
    let tx = sql.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    match tx.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))? {
        0 => {
            tx.execute_batch(include_str!("schema.sql"))?;
            tx.pragma_update(None, "user_version", VERSION)?;
        }
        VERSION => {}
        later => {
            let text = format!(
                "its file has version {later}, and this program knows up to {VERSION}; update the program"
            );
            return Err(StoreError::Unavailable(text));
        }
    }
    tx.commit()?;
    Ok(sql)
}

/// Opens the file for reading beside the writer.
pub fn for_reading(path: &Path) -> Outcome<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let sql = Connection::open_with_flags(path, flags)?;
    settle(&sql)?;
    sql.pragma_update(None, "query_only", true)?;
    Ok(sql)
}

fn settle(sql: &Connection) -> Outcome<()> {
    sql.set_prepared_statement_cache_capacity(64);
    sql.busy_timeout(std::time::Duration::from_secs(10))?;
    sql.pragma_update(None, "foreign_keys", true)?;
    sql.pragma_update(None, "temp_store", "MEMORY")?;
    sql.pragma_update(None, "cache_size", -16_384)?;
    Ok(())
}
