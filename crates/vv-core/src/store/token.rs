//! Noticing that a notebook was set back: a token in the file and the same one outside it.
//!
//! At each first open a new random token is written to the file and to the keyring, or, where there is none, to the host's
//! state folder. A copy of the file that was put back has an older one. Then the feeds of this device begin another life,
//! so that no record number is ever used for two different records.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

use rusqlite::{Connection, TransactionBehavior};
use vv_crypto::make_bytes;

use super::error::{NotebookError, StoreError};
use super::key_file::{KeyFile, create_private};
use crate::identity::table::{self, fact};
use crate::ports::Host;

type Token = [u8; 16];

/// Compares the tokens, begins another life of the feeds where they differ, and writes a new token where it is due.
pub(crate) fn settle(
    sql: &mut Connection,
    host: &Host,
    key_file: &KeyFile,
    is_first: bool,
) -> Result<(), NotebookError> {
    let tx = sql.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let inside: Option<Token> = table::find_fact(&tx, fact::TOKEN)?;
    let same = inside.is_some() && inside == read_outside(host, key_file)?;
    if same && !is_first {
        return Ok(());
    }
    if !same {
        table::begin_incarnation(&tx)?;
    }
    let token: Token = make_bytes();
    write_outside(host, key_file, &token)?;
    table::put_fact(&tx, fact::TOKEN, token)?;
    tx.commit()?;
    Ok(())
}

/// Writes the first token of a notebook that was just made.
pub(crate) fn begin(sql: &Connection, host: &Host, key_file: &KeyFile) -> Result<(), NotebookError> {
    let token: Token = make_bytes();
    write_outside(host, key_file, &token)?;
    table::put_fact(sql, fact::TOKEN, token)?;
    Ok(())
}

fn vault_name(key_file: &KeyFile) -> String {
    format!("{}-token", key_file.vault_name())
}

fn state_file(host: &Host, key_file: &KeyFile) -> PathBuf {
    host.state_folder.join(format!("{}.token", key_file.vault_name()))
}

/// Reads the token outside. A file is there only while the keyring could not be written, so it is the newer one.
fn read_outside(host: &Host, key_file: &KeyFile) -> Result<Option<Token>, StoreError> {
    match fs::read(state_file(host, key_file)) {
        Ok(bytes) => return Ok(bytes.try_into().ok()),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => {}
        Err(problem) => return Err(problem.into()),
    }
    let kept = host.vault.read(&vault_name(key_file)).ok().flatten();
    Ok(kept.and_then(|bytes| bytes.as_slice().try_into().ok()))
}

/// Writes the token outside. Where neither place takes it, the next open begins another life, which is safe.
fn write_outside(host: &Host, key_file: &KeyFile, token: &Token) -> Result<(), StoreError> {
    let path = state_file(host, key_file);
    if host.vault.write(&vault_name(key_file), token).is_ok() {
        return match fs::remove_file(&path) {
            Err(problem) if problem.kind() != io::ErrorKind::NotFound => Err(problem.into()),
            _ => Ok(()),
        };
    }
    let write = || -> io::Result<()> {
        fs::create_dir_all(&host.state_folder)?;
        let beside = path.with_extension("token.new");
        let mut file = create_private(&beside)?;
        file.write_all(token)?;
        file.sync_all()?;
        fs::rename(&beside, &path)
    };
    if let Err(problem) = write() {
        tracing::warn!(kind = ?problem.kind(), "the token of the notebook could not be written outside it");
    }
    Ok(())
}
