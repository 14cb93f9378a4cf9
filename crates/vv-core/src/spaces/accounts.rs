//! Account logs as they travel within a space, and what is known of the accounts behind them.

use std::collections::BTreeSet;

use rusqlite::Connection;
use vv_crypto::{EncPublic, EncSecret, Key32};

use super::control::{ControlOp, SharedAccount};
use super::keys::say;
use super::membership::AccountId;
use super::shared::Shared;
use super::table;
use crate::identity::table as identity_table;
use crate::store::unlocked::ACCOUNT_STREAM;
use crate::store::{Reader, StoreError, Tx, log};

/// How many bytes of records go into one operation.
const RECORDS_BUDGET: usize = 160 * 1024;

/// Gathers the log of this person's account.
pub(super) fn own_account(reader: &Reader) -> Result<SharedAccount, StoreError> {
    let account = reader.core().account_id;
    let (sid, key) = table::account_log(reader.sql(), &account)?.ok_or(StoreError::Damaged)?;
    Ok(SharedAccount { account, key, records: raws(reader.sql(), sid, ACCOUNT_STREAM)? })
}

/// Reads the records of a stream of a space as they are, each feed in its order.
pub(super) fn raws(sql: &Connection, sid: i64, stream: u32) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut found = Vec::new();
    for feed in log::feeds_of_stream(sql, stream)? {
        if feed.sid == sid {
            found.extend(log::records_of_feed(sql, feed.fid, 0, u32::MAX)?.into_iter().map(|row| row.raw));
        }
    }
    Ok(found)
}

/// Makes the log of somebody's account readable here with the key that is shown. A key that turned out to open nothing gives
/// way to another.
pub(super) fn adopt_account(tx: &mut Tx, account: &AccountId, key: &[u8; 32]) -> Result<(), StoreError> {
    if *account == tx.core().account_id {
        return Ok(());
    }
    match table::account_log(tx.sql(), account)? {
        None => {
            identity_table::put_account(tx.sql(), account, &Key32::from_bytes(*key))?;
        }
        Some((sid, known)) if known != *key && table::devices_of(tx.sql(), account)?.is_empty() => {
            table::put_log_key(tx.sql(), sid, key)?;
        }
        Some(_) => return Ok(()),
    }
    tx.keys_changed();
    Ok(())
}

/// Gives the hashes of the last records of an account's log.
pub(super) fn account_heads(sql: &Connection, account: &AccountId) -> Result<Vec<[u8; 32]>, StoreError> {
    let Some((sid, _)) = table::account_log(sql, account)? else { return Ok(Vec::new()) };
    let feeds = log::feeds_of_stream(sql, ACCOUNT_STREAM)?;
    let mut heads: Vec<[u8; 32]> =
        feeds.into_iter().filter(|feed| feed.sid == sid).map(|feed| feed.head.hash).collect();
    heads.sort_unstable();
    Ok(heads)
}

/// Shows in a space what of an account log was not shown there yet.
pub(super) fn share_account(tx: &mut Tx, shared: &Shared, account: &AccountId) -> Result<bool, StoreError> {
    let Some((sid, key)) = table::account_log(tx.sql(), account)? else { return Ok(false) };
    let shown: BTreeSet<&Vec<u8>> = shared
        .said
        .iter()
        .filter_map(|said| match &said.op {
            ControlOp::ShareAccount(shown) if shown.account == *account => Some(&shown.records),
            _ => None,
        })
        .flatten()
        .collect();
    let mut parts: Vec<Vec<Vec<u8>>> = Vec::new();
    let mut length = usize::MAX;
    for raw in raws(tx.sql(), sid, ACCOUNT_STREAM)? {
        if shown.contains(&raw) {
            continue;
        }
        length = length.saturating_add(raw.len());
        if length > RECORDS_BUDGET {
            parts.push(Vec::new());
            length = raw.len();
        }
        if let Some(part) = parts.last_mut() {
            part.push(raw);
        }
    }
    let is_new = !parts.is_empty();
    for records in parts {
        let news = SharedAccount { account: *account, key, records };
        say(tx, &shared.id, &ControlOp::ShareAccount(news))?;
    }
    Ok(is_new)
}

/// Gives the key to which something is sealed that only one account is to read; none until it is here.
pub(crate) fn enc_of(reader: &Reader, account: &AccountId) -> Result<Option<EncPublic>, StoreError> {
    let key = table::account_key(reader.sql(), account)?;
    Ok(key.and_then(|(_, public)| EncPublic::from_bytes(public).ok()))
}

/// Opens what was sealed to this person, with the secret of today or an earlier one.
pub(crate) fn open_mine<R>(
    reader: &Reader,
    open: impl Fn(&EncSecret) -> Option<R>,
) -> Result<Option<R>, StoreError> {
    let secrets = reader.core().account_secrets.iter();
    Ok(secrets.rev().find_map(|secret| open(&secret.derive_account_enc().0)))
}
