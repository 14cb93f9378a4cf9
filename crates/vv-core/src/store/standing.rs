//! Who stands behind a feed: which device a certificate stands for, and whether it may write in a space.
//!
//! In a log of an account and in a journal only the devices of that one account may. Who belongs to another space is the business
//! of that space; here it is enough that the certificate is that of a device of an account whose log is known.

use rusqlite::{Connection, OptionalExtension, params};

use super::error::StoreError;
use super::keyring::SpaceKeys;
use super::unlocked::Unlocked;
use crate::identity::account_log::{self, Glimpsed};

/// Finds the device that a certificate stands for in a space; none while its account's log does not know it.
pub(crate) fn device_behind(
    sql: &Connection,
    core: &Unlocked,
    glimpsed: &Glimpsed,
    space: &SpaceKeys,
    certificate: &[u8; 32],
) -> Result<Option<[u8; 32]>, StoreError> {
    if space.is_account() {
        return match in_log(sql, space.sid, certificate)? {
            Some(device) => Ok(Some(device)),
            // The certificate may stand further on in the very feed that it is to begin.
            None => account_log::glimpse_device(sql, glimpsed, space.sid, certificate),
        };
    }
    if space.is_journal() {
        return match core.keyring.space(&core.account_space) {
            Some(own) => in_log(sql, own.sid, certificate),
            None => Ok(None),
        };
    }
    Ok(sql
        .prepare_cached("SELECT sign FROM device WHERE certificate = ?1")?
        .query_row([certificate], |row| row.get(0))
        .optional()?)
}

/// Finds whose device it is.
pub(crate) fn account_of(sql: &Connection, device: &[u8; 32]) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT a.id FROM device d JOIN account a ON a.space = d.space WHERE d.sign = ?1 LIMIT 1",
        )?
        .query_row([device], |row| row.get(0))
        .optional()?)
}

fn in_log(sql: &Connection, sid: i64, certificate: &[u8; 32]) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT sign FROM device WHERE space = ?1 AND certificate = ?2")?
        .query_row(params![sid, certificate], |row| row.get(0))
        .optional()?)
}
