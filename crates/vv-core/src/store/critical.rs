//! Records that this version would have to understand to go on writing where they stand, and does not.
//!
//! Whoever writes such a record says so in it, because a version that passed it over would undo what it means. It is kept and passed
//! on like any other; until the app is updated nothing but who belongs and with which keys is written into its space.

use rusqlite::Connection;
use rusqlite::params;
use vv_protocol::OpType;

use super::cutting;
use super::error::StoreError;
use super::log::{self, RecordState};
use super::op_cbor::decode_ops;
use super::tx::{Reader, Tx};

/// The flag of a record that has to be understood.
pub(crate) const CRITICAL: u64 = 1;

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Notes that a record has to be understood in a space and is not.
pub(super) fn note(sql: &Connection, sid: i64) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO space_stopped (sid, version) VALUES (?1, ?2)")?
        .execute(params![sid, VERSION])?;
    Ok(())
}

/// Tells whether this version must not write content in a space.
pub(crate) fn is_stopped(sql: &Connection, sid: i64) -> Result<bool, StoreError> {
    Ok(sql.prepare_cached("SELECT 1 FROM space_stopped WHERE sid = ?1")?.exists([sid])?)
}

/// Tells whether another version stopped somewhere, so that this one has to look.
pub(crate) fn is_due(reader: &Reader) -> Result<bool, StoreError> {
    Ok(reader.sql().prepare_cached("SELECT 1 FROM space_stopped WHERE version <> ?1")?.exists([VERSION])?)
}

/// Looks with this version at what another one did not understand, and goes on writing where nothing of it is left.
pub(crate) fn look_again(tx: &mut Tx) -> Result<(), StoreError> {
    let stopped: Vec<i64> = tx
        .sql()
        .prepare_cached("SELECT sid FROM space_stopped WHERE version <> ?1")?
        .query_map([VERSION], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for sid in stopped {
        tx.sql().execute("DELETE FROM space_stopped WHERE sid = ?1", [sid])?;
        for feed in log::list_feeds(tx.sql())?.into_iter().filter(|feed| feed.sid == sid) {
            let mut after = 0;
            loop {
                let rows = log::records_of_feed(tx.sql(), feed.fid, after, 512)?;
                let Some(last) = rows.last() else { break };
                after = last.seq;
                for row in rows.iter().filter(|row| row.state == RecordState::Unknown) {
                    let inner = tx.open_row(row)?;
                    if is_understood(inner.kind, &inner.body) {
                        cutting::merge_again(tx, sid, &row.object)?;
                    } else if inner.flags & CRITICAL != 0 {
                        note(tx.sql(), sid)?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn is_understood(kind: u64, body: &[u8]) -> bool {
    match OpType::from_number(kind) {
        Some(OpType::Change) => decode_ops(body).is_ok_and(|(_, unknown)| !unknown),
        Some(_) => true,
        None => false,
    }
}
