//! The secrets and small facts of the identity inside the encrypted file.

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, OptionalExtension, params};
use vv_crypto::{AccountSecret, EncSecret, EpochKeys, Key32, KitSeed, SigningKey};

use super::record::{ACCT_HEAD, MVIEW, quote_heads};
use crate::ports::Host;
use crate::store::StoreError;
use crate::store::log;
use crate::store::unlocked::{ACCOUNT_STREAM, JournalSpace, Unlocked, UnlockedParts, account_space};

/// Names of secrets.
pub(crate) mod secret {
    pub(crate) const DEVICE_SIG: &str = "device/sign";
    pub(crate) const DEVICE_ENC: &str = "device/open";
    pub(crate) const ACCOUNT_0: &str = "account/0";
    pub(crate) const ACCOUNT_LOG: &str = "account/log";
    pub(crate) const EPOCH_CONTENT: &str = "journal/0/content";
    pub(crate) const EPOCH_HISTORY: &str = "journal/0/history";
    pub(crate) const EPOCH_CONTROL: &str = "journal/0/control";
    pub(crate) const EPOCH_PROCESS: &str = "journal/0/process";
    pub(crate) const KIT: &str = "kit";
}

/// Names of facts.
pub(crate) mod fact {
    pub(crate) const NOTEBOOK_ID: &str = "notebook_id";
    pub(crate) const CREATED_AT: &str = "created_at";
    pub(crate) const ACCOUNT_ID: &str = "account_id";
    pub(crate) const CERTIFICATE: &str = "certificate";
    pub(crate) const JOURNAL_ID: &str = "journal_id";
    pub(crate) const INCARNATION: &str = "incarnation";
    pub(crate) const TOKEN: &str = "token";
    pub(crate) const KIT_MADE_AT: &str = "kit_made_at";
    pub(crate) const KIT_CHECKED_AT: &str = "kit_checked_at";
    /// What came of the last drill of a backup, as JSON.
    pub(crate) const DRILL: &str = "drill";
    pub(crate) const WIPE_WAITS: &str = "wipe_waits";
}

pub(crate) fn put_secret(sql: &Connection, name: &str, key: &Key32) -> Result<(), StoreError> {
    sql.execute("INSERT OR REPLACE INTO secret (name, key) VALUES (?1, ?2)", params![name, key.as_bytes()])?;
    Ok(())
}

pub(crate) fn remove_secret(sql: &Connection, name: &str) -> Result<(), StoreError> {
    sql.execute("DELETE FROM secret WHERE name = ?1", [name])?;
    Ok(())
}

pub(crate) fn find_secret(sql: &Connection, name: &str) -> Result<Option<Key32>, StoreError> {
    let bytes: Option<[u8; 32]> =
        sql.query_row("SELECT key FROM secret WHERE name = ?1", [name], |row| row.get(0)).optional()?;
    Ok(bytes.map(Key32::from_bytes))
}

fn secret_of(sql: &Connection, name: &str) -> Result<Key32, StoreError> {
    find_secret(sql, name)?.ok_or(StoreError::Damaged)
}

pub(crate) fn put_fact(sql: &Connection, name: &str, value: impl ToSql) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO meta (name, value) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(())
}

pub(crate) fn remove_fact(sql: &Connection, name: &str) -> Result<(), StoreError> {
    sql.execute("DELETE FROM meta WHERE name = ?1", [name])?;
    Ok(())
}

pub(crate) fn find_fact<T: FromSql>(sql: &Connection, name: &str) -> Result<Option<T>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT value FROM meta WHERE name = ?1")?
        .query_row([name], |row| row.get(0))
        .optional()?)
}

pub(crate) fn fact_of<T: FromSql>(sql: &Connection, name: &str) -> Result<T, StoreError> {
    find_fact(sql, name)?.ok_or(StoreError::Damaged)
}

/// Gives which life of this device's feeds it is.
pub(crate) fn incarnation(sql: &Connection) -> Result<u64, StoreError> {
    Ok(u64::from_le_bytes(fact_of(sql, fact::INCARNATION)?))
}

/// Begins another life of this device's feeds: used whenever this copy of the notebook may have been set back.
pub(crate) fn begin_incarnation(sql: &Connection) -> Result<(), StoreError> {
    put_fact(sql, fact::INCARNATION, vv_crypto::make_bytes::<8>())
}

/// Gives the seed of the recovery kit while it is kept here.
pub(crate) fn kit(sql: &Connection) -> Result<Option<KitSeed>, StoreError> {
    Ok(find_secret(sql, secret::KIT)?.map(KitSeed::from_key))
}

/// Puts together what an open notebook knows.
pub(crate) fn load(sql: &Connection, host: &Host) -> Result<Unlocked, StoreError> {
    let account_id: [u8; 32] = fact_of(sql, fact::ACCOUNT_ID)?;
    let journal_id: [u8; 16] = fact_of(sql, fact::JOURNAL_ID)?;
    let account_secret = AccountSecret::from_parts(0, secret_of(sql, secret::ACCOUNT_0)?);
    let keys = EpochKeys {
        content: secret_of(sql, secret::EPOCH_CONTENT)?,
        history: secret_of(sql, secret::EPOCH_HISTORY)?,
        control: secret_of(sql, secret::EPOCH_CONTROL)?,
        process: secret_of(sql, secret::EPOCH_PROCESS)?,
    };
    let sid = log::find_space(sql, &journal_id)?.ok_or(StoreError::Damaged)?;
    let parts = UnlockedParts {
        account_enc: account_secret.derive_account_enc().0,
        device_key: SigningKey::from_seed(&secret_of(sql, secret::DEVICE_SIG)?),
        certificate: fact_of(sql, fact::CERTIFICATE)?,
        account_log_key: secret_of(sql, secret::ACCOUNT_LOG)?,
        mview: heads(sql, &journal_id, vv_protocol::CONTROL_STREAM, MVIEW)?,
        acct_head: heads(sql, &account_space(&account_id), ACCOUNT_STREAM, ACCT_HEAD)?,
        journal: JournalSpace { id: journal_id, sid, keys },
        account_id,
    };
    Ok(Unlocked::new(host.clone(), parts))
}

/// Gives the account secret.
pub(crate) fn account_secret(sql: &Connection) -> Result<Key32, StoreError> {
    secret_of(sql, secret::ACCOUNT_0)
}

/// Gives the newest generation of the account secret.
pub(crate) fn newest_account_secret(sql: &Connection) -> Result<AccountSecret, StoreError> {
    Ok(AccountSecret::from_parts(0, account_secret(sql)?))
}

/// Gives this device's own secret key for opening what is wrapped to it.
pub(crate) fn device_enc(sql: &Connection) -> Result<EncSecret, StoreError> {
    Ok(EncSecret::from_key(secret_of(sql, secret::DEVICE_ENC)?))
}

/// Quotes the heads of all feeds of a stream.
pub(crate) fn heads(
    sql: &Connection,
    space: &[u8; 16],
    stream: u32,
    context: &str,
) -> Result<[u8; 16], StoreError> {
    let mut heads: Vec<[u8; 32]> = log::list_feeds(sql)?
        .into_iter()
        .filter(|feed| feed.head.space == *space && feed.head.stream == stream)
        .map(|feed| feed.head.hash)
        .collect();
    Ok(quote_heads(context, &mut heads))
}
