//! The tables of the journal: all SQL of the feature.
//!
//! `project` writes the projections, and nothing else does; `entries` and `timeline` read them; `drafts` and `files` also keep
//! what only this machine knows. `store/migrations/0002_journal.sql` says what each column is.

pub(crate) mod drafts;
pub(crate) mod entries;
pub(crate) mod files;
pub(crate) mod project;
pub(crate) mod timeline;

use rusqlite::types::{FromSqlError, FromSqlResult, ValueRef};

/// Reads 16 bytes of an id.
fn id_of<I>(value: ValueRef<'_>, make: impl FnOnce([u8; 16]) -> I) -> FromSqlResult<I> {
    value.as_blob()?.try_into().map(make).map_err(|_| FromSqlError::InvalidType)
}

/// Reads a count that a table keeps as a number.
fn count_of(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
