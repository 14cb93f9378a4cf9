//! The secrets and small facts of the identity inside the encrypted file.

use rusqlite::types::{FromSql, ToSql};
use rusqlite::{Connection, OptionalExtension, params};
use vv_crypto::{AccountSecret, EncSecret, Key32, KitSeed, SigningKey};

use super::epochs;
use super::record::{ACCT_HEAD, MVIEW, quote_heads};
use crate::ports::Host;
use crate::store::StoreError;
use crate::store::keyring::{ACCOUNT_LOG_KIND, Keyring, SpaceKeys};
use crate::store::log;
use crate::store::unlocked::{JournalSpace, Unlocked, UnlockedParts, account_space};

/// Names of secrets.
pub(crate) mod secret {
    pub(crate) const DEVICE_SIG: &str = "device/sign";
    pub(crate) const DEVICE_ENC: &str = "device/open";
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
    pub(crate) const KIT_REHEARSED_AT: &str = "kit_rehearsed_at";
    /// What came of the last drill of a backup, as JSON.
    pub(crate) const DRILL: &str = "drill";
    pub(crate) const WIPE_WAITS: &str = "wipe_waits";
    /// Counts how often keys, devices or spaces have changed.
    pub(crate) const KEYS_VERSION: &str = "keys_version";
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

/// Tells how often keys, devices or spaces have changed.
pub(crate) fn keys_version(sql: &Connection) -> Result<i64, StoreError> {
    Ok(find_fact(sql, fact::KEYS_VERSION)?.unwrap_or(0))
}

/// Says that keys, devices or spaces changed, to every process that has the notebook open.
pub(crate) fn count_keys_on(sql: &Connection) -> Result<(), StoreError> {
    let version = keys_version(sql)?;
    put_fact(sql, fact::KEYS_VERSION, version + 1)
}

/// Puts together what an open notebook knows.
pub(crate) fn load(sql: &Connection, host: &Host) -> Result<Unlocked, StoreError> {
    let account_id: [u8; 32] = fact_of(sql, fact::ACCOUNT_ID)?;
    let journal_id: [u8; 16] = fact_of(sql, fact::JOURNAL_ID)?;
    let own_log = account_space(&account_id);
    let control = log::feeds_of_stream(sql, vv_protocol::CONTROL_STREAM)?;
    let heads = |sid: i64, context: &str| {
        let mut heads: Vec<[u8; 32]> =
            control.iter().filter(|feed| feed.sid == sid).map(|feed| feed.head.hash).collect();
        quote_heads(context, &mut heads)
    };
    let (mut spaces, mut journal, mut acct_head) = (Vec::new(), None, [0; 16]);
    for row in log::list_spaces(sql)? {
        let account = find_account(sql, row.sid)?;
        if row.id == journal_id {
            journal = Some(JournalSpace { id: row.id, sid: row.sid });
        }
        if row.id == own_log {
            acct_head = heads(row.sid, ACCT_HEAD);
        }
        let epochs = epochs::held(sql, row.sid)?;
        let in_use = epochs::in_use(sql, row.sid)?;
        spaces.push(SpaceKeys {
            id: row.id,
            sid: row.sid,
            kind: row.kind,
            mview: heads(row.sid, MVIEW),
            in_use: in_use.and_then(|id| epochs.iter().position(|held| held.epoch == id)),
            epochs,
            account: account.as_ref().map(|(id, _)| *id),
            log_key: account.map(|(_, key)| key),
        });
    }
    let own_sid = spaces.iter().find(|space| space.id == own_log).map(|space| space.sid);
    let parts = UnlockedParts {
        version: keys_version(sql)?,
        notebook_id: find_fact(sql, fact::NOTEBOOK_ID)?.unwrap_or_default(),
        account_secrets: account_secrets(sql, own_sid)?,
        device_key: SigningKey::from_seed(&secret_of(sql, secret::DEVICE_SIG)?),
        certificate: fact_of(sql, fact::CERTIFICATE)?,
        journal: journal.ok_or(StoreError::Damaged)?,
        acct_head,
        keyring: Keyring::new(spaces),
        account_id,
    };
    Ok(Unlocked::new(host.clone(), parts))
}

/// Adds an account whose log can be read with this key; gives the number of its space.
pub(crate) fn put_account(sql: &Connection, id: &[u8; 32], log_key: &Key32) -> Result<i64, StoreError> {
    let space = account_space(id);
    let sid = match log::find_space(sql, &space)? {
        Some(sid) => sid,
        None => log::insert_space(sql, &space, ACCOUNT_LOG_KIND)?,
    };
    sql.execute(
        "INSERT OR IGNORE INTO account (space, id, log_key) VALUES (?1, ?2, ?3)",
        params![sid, id, log_key.as_bytes()],
    )?;
    Ok(sid)
}

fn find_account(sql: &Connection, sid: i64) -> Result<Option<([u8; 32], Key32)>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT id, log_key FROM account WHERE space = ?1")?
        .query_row([sid], |row| Ok((row.get(0)?, Key32::from_bytes(row.get(1)?))))
        .optional()?)
}

/// Lists the generations of the account secret that are here, in rising order; the one that the log of the account says is in use
/// comes last.
pub(crate) fn account_secrets(sql: &Connection, log: Option<i64>) -> Result<Vec<AccountSecret>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT s.generation, s.secret FROM account_secret s
             LEFT JOIN account_key k ON k.public = s.public AND k.space = ?1
             ORDER BY coalesce(k.current, 0), s.generation, s.public",
        )?
        .query_map([log], |row| Ok(AccountSecret::from_parts(row.get(0)?, Key32::from_bytes(row.get(1)?))))?
        .collect::<Result<_, _>>()?)
}

/// Keeps a generation of the account secret.
pub(crate) fn put_account_secret(sql: &Connection, secret: &AccountSecret) -> Result<(), StoreError> {
    let (_, public) = secret.derive_account_enc();
    sql.execute(
        "INSERT OR IGNORE INTO account_secret (public, generation, secret) VALUES (?1, ?2, ?3)",
        params![public.as_bytes(), secret.generation(), secret.secret().as_bytes()],
    )?;
    Ok(())
}

/// Tells whether the account secret is here to which a public key belongs.
pub(crate) fn has_account_secret(sql: &Connection, public: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(find_account_secret(sql, public)?.is_some())
}

/// Finds the account secret to which a public key belongs.
pub(crate) fn find_account_secret(
    sql: &Connection,
    public: &[u8; 32],
) -> Result<Option<AccountSecret>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT generation, secret FROM account_secret WHERE public = ?1")?
        .query_row([public], |row| Ok(AccountSecret::from_parts(row.get(0)?, Key32::from_bytes(row.get(1)?))))
        .optional()?)
}

/// Gives this device's own secret key for opening what is wrapped to it.
pub(crate) fn device_enc(sql: &Connection) -> Result<EncSecret, StoreError> {
    find_device_enc(sql)?.ok_or(StoreError::Damaged)
}

/// Finds this device's own secret key for opening what is wrapped to it.
pub(crate) fn find_device_enc(sql: &Connection) -> Result<Option<EncSecret>, StoreError> {
    Ok(find_secret(sql, secret::DEVICE_ENC)?.map(EncSecret::from_key))
}
