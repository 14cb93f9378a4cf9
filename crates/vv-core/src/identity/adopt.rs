//! Notebooks of a time when there was one device, one account secret and one epoch: what they hold is put where it belongs now.

use std::sync::Arc;

use rusqlite::Connection;
use vv_crypto::{AccountSecret, EpochKeys, Key32};
use vv_protocol::CONTROL_STREAM;

use super::epochs;
use super::table::{self, fact};
use crate::ports::Host;
use crate::store::merge::Source;
use crate::store::{StoreError, Tx, log};

/// The names under which the keys stood.
const ACCOUNT_0: &str = "account/0";
const ACCOUNT_LOG: &str = "account/log";
const EPOCH: [&str; 4] = ["journal/0/content", "journal/0/history", "journal/0/control", "journal/0/process"];

/// Brings a notebook of an earlier version along: its secrets, and what its logs say.
pub(crate) fn adopt(sql: &Connection, host: &Host) -> Result<(), StoreError> {
    if adopt_secrets(sql)? {
        read_own_logs(sql, host)?;
    }
    Ok(())
}

/// Moves the secrets of an earlier version to where they are looked for now; tells whether there were any.
pub(crate) fn adopt_secrets(sql: &Connection) -> Result<bool, StoreError> {
    let Some(log_key) = table::find_secret(sql, ACCOUNT_LOG)? else { return Ok(false) };
    let account_id: [u8; 32] = table::fact_of(sql, fact::ACCOUNT_ID)?;
    table::put_account(sql, &account_id, &log_key)?;
    let account_secret = table::find_secret(sql, ACCOUNT_0)?.ok_or(StoreError::Damaged)?;
    table::put_account_secret(sql, &AccountSecret::from_parts(0, account_secret))?;
    let keys: Vec<Key32> = EPOCH
        .iter()
        .map(|name| table::find_secret(sql, name)?.ok_or(StoreError::Damaged))
        .collect::<Result<_, _>>()?;
    let [content, history, control, process]: [Key32; 4] =
        keys.try_into().map_err(|_| StoreError::Damaged)?;
    let journal: [u8; 16] = table::fact_of(sql, fact::JOURNAL_ID)?;
    let sid = log::find_space(sql, &journal)?.ok_or(StoreError::Damaged)?;
    let keys = EpochKeys { content, history, control, process };
    epochs::put_keys(sql, sid, &journal, &keys)?;
    epochs::use_epoch(sql, sid, &vv_crypto::derive_epoch_id(&keys.content, &journal))?;
    for name in [ACCOUNT_0, ACCOUNT_LOG].into_iter().chain(EPOCH) {
        table::remove_secret(sql, name)?;
    }
    Ok(true)
}

/// Reads account log and control streams again, and writes down what they say.
pub(crate) fn read_own_logs(sql: &Connection, host: &Host) -> Result<(), StoreError> {
    let core = Arc::new(table::load(sql, host)?);
    let mut tx = Tx::new(sql, core);
    for feed in log::feeds_of_stream(sql, CONTROL_STREAM)? {
        let mut after = 0;
        loop {
            let rows = log::records_of_feed(sql, feed.fid, after, 256)?;
            let Some(last) = rows.last() else { break };
            after = last.seq;
            for row in rows.iter().filter(|row| row.state.is_merged()) {
                let inner = tx.open_row(row)?;
                let source = Source {
                    sid: feed.sid,
                    fid: feed.fid,
                    feed: feed.head.feed,
                    hlc: inner.hlc,
                    whole: true,
                    has_log: true,
                    device: feed.device,
                    record: log::hash_of(row),
                };
                tx.merge_record(&source, feed.head.stream, inner.kind, &inner.object, &inner.body)?;
            }
        }
    }
    tx.finish()?;
    Ok(())
}
