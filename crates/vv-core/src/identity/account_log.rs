//! The log of an account, as records of it come in: what it says is kept, resolved, and written down as devices and keys.
//!
//! An operation proves itself, whatever feed brought it. So a feed whose first record names a certificate that stands further
//! on in the same feed can be begun: what waits is looked at before it has its place (`Glimpsed`).

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, params};
use vv_crypto::{
    AccountSecret, EncSecret, Key32, derive_key, open_with_nonce_prefix, seal_with_random_nonce,
};
use vv_protocol::OpType;

use super::account_op::{AccountOp, Cut, OpHash};
use super::record::{SignedAccountOp, account_op_hash};
use super::resolve::{Resolved, SignedOp, resolve};
use super::table;
use crate::store::log::{self, RecordState};
use crate::store::merge::Source;
use crate::store::unlocked::ACCOUNT_STREAM;
use crate::store::{StoreError, Tx, cutting};

/// Key: seals the cuts of a revocation for the person's own devices.
const CUTS_KEY: &str = "revoke-cuts/v1";

/// Holds operations that were seen before their records had their place in the log, by the space of their account.
#[derive(Default)]
pub(crate) struct Glimpsed(BTreeMap<i64, BTreeMap<OpHash, SignedOp>>);

impl Glimpsed {
    /// Adds an operation that proves itself; one that does not is passed over.
    pub(crate) fn add(&mut self, sid: i64, account_id: &[u8; 32], kind: u64, body: &[u8]) {
        if let Ok(Some((hash, signed))) = check(account_id, kind, body) {
            self.0.entry(sid).or_default().insert(hash, signed);
        }
    }
}

/// Checks an operation as far as it can be checked alone; none when a later version wrote it.
fn check(account_id: &[u8; 32], kind: u64, body: &[u8]) -> Result<Option<(OpHash, SignedOp)>, StoreError> {
    let signed = SignedAccountOp::decode(body)?;
    signed.verify(account_id, kind)?;
    let Some(op) = AccountOp::decode(kind, &signed.op)? else { return Ok(None) };
    match &op {
        AccountOp::Genesis(genesis)
            if vv_protocol::account_id(&signed.op) != *account_id || genesis.root != signed.signer =>
        {
            return Err(StoreError::BadRecord("it begins another account"));
        }
        AccountOp::Add(add) | AccountOp::Recover(add) => add.check_proof(account_id)?,
        _ => {}
    }
    Ok(Some((account_op_hash(&signed.op), SignedOp { signer: signed.signer, op })))
}

/// Finds whose log a space is.
pub(crate) fn account_of_log(sql: &Connection, sid: i64) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT id FROM account WHERE space = ?1")?
        .query_row([sid], |row| row.get(0))
        .optional()?)
}

/// Merges an operation of an account log.
pub(crate) fn merge(tx: &mut Tx, source: &Source, kind: u64, body: &[u8]) -> Result<RecordState, StoreError> {
    let core = tx.core().clone();
    let space = core.keyring.space_of(source.sid);
    let account_id = space.and_then(|space| space.account).ok_or(StoreError::BadRecord("nobody's log"))?;
    let Some((hash, _)) = check(&account_id, kind, body)? else { return Ok(RecordState::Unknown) };
    put(tx.sql(), source.sid, &hash, kind, body)?;
    let Some(resolved) = resolve(&read_ops(tx.sql(), source.sid)?) else {
        return Ok(RecordState::Merged);
    };
    write_down(tx.sql(), source.sid, &resolved)?;
    // A log that is only replayed to be compared changes nothing beside its projections.
    if source.has_log {
        if account_id == core.account_id {
            take_secrets(tx.sql(), source.sid, &account_id)?;
        }
        cutting::settle(tx, source.sid, &resolved)?;
        let shared = core.keyring.spaces().filter(|space| space.is_shared());
        tx.unsettled.extend(shared.map(|space| space.sid));
        tx.keys_changed();
    }
    Ok(RecordState::Merged)
}

/// Forgets what is known of an account and reads it again from the records that count.
pub(crate) fn read_again(tx: &mut Tx, sid: i64) -> Result<(), StoreError> {
    let account_id = account_of_log(tx.sql(), sid)?.ok_or(StoreError::Damaged)?;
    tx.sql().execute("DELETE FROM account_op WHERE space = ?1", [sid])?;
    for row in log::merged_of_stream(tx.sql(), sid, ACCOUNT_STREAM)? {
        let inner = tx.open_row(&row)?;
        if !is_account_op(inner.kind) {
            continue;
        }
        if let Some((hash, _)) = check(&account_id, inner.kind, &inner.body)? {
            put(tx.sql(), sid, &hash, inner.kind, &inner.body)?;
        }
    }
    let Some(resolved) = resolve(&read_ops(tx.sql(), sid)?) else { return Ok(()) };
    write_down(tx.sql(), sid, &resolved)?;
    cutting::settle(tx, sid, &resolved)?;
    tx.keys_changed();
    Ok(())
}

fn put(sql: &Connection, sid: i64, hash: &OpHash, kind: u64, body: &[u8]) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO account_op (space, hash, type, body) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![sid, hash, kind, body])?;
    Ok(())
}

/// Reads the operations of one account that are in their place in the log.
fn read_ops(sql: &Connection, sid: i64) -> Result<BTreeMap<OpHash, SignedOp>, StoreError> {
    let mut select = sql.prepare_cached("SELECT type, body FROM account_op WHERE space = ?1")?;
    let mut rows = select.query([sid])?;
    let mut ops = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let (kind, body): (u64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        // Its signatures were checked before it was written down.
        let signed = SignedAccountOp::decode(&body)?;
        if let Some(op) = AccountOp::decode(kind, &signed.op)? {
            ops.insert(account_op_hash(&signed.op), SignedOp { signer: signed.signer, op });
        }
    }
    Ok(ops)
}

/// Resolves the log of an account as it stands.
pub(crate) fn resolved(sql: &Connection, sid: i64) -> Result<Resolved, StoreError> {
    resolve(&read_ops(sql, sid)?).ok_or(StoreError::Damaged)
}

/// Finds the device that a certificate stands for, in the log as it stands and in what was glimpsed of it.
pub(crate) fn glimpse_device(
    sql: &Connection,
    glimpsed: &Glimpsed,
    sid: i64,
    certificate: &OpHash,
) -> Result<Option<[u8; 32]>, StoreError> {
    let Some(more) = glimpsed.0.get(&sid) else { return Ok(None) };
    let mut ops = read_ops(sql, sid)?;
    ops.extend(more.iter().map(|(hash, signed)| (*hash, signed.clone())));
    let device = resolve(&ops)
        .and_then(|resolved| resolved.devices.into_iter().find(|device| device.certificate == *certificate));
    Ok(device.map(|device| device.sign))
}

/// Writes down devices and keys as the operations show them.
fn write_down(sql: &Connection, sid: i64, resolved: &Resolved) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM device WHERE space = ?1")?.execute([sid])?;
    for (place, device) in resolved.devices.iter().enumerate() {
        sql.prepare_cached(
            "INSERT INTO device (space, certificate, sign, open, added_at, place, revoked_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            sid,
            device.certificate,
            device.sign,
            device.open,
            milliseconds(device.added_ms),
            place as i64,
            device.revoked_ms.map(milliseconds),
        ])?;
    }
    sql.prepare_cached("DELETE FROM account_key WHERE space = ?1")?.execute([sid])?;
    for (place, key) in resolved.keys.iter().enumerate() {
        sql.prepare_cached(
            "INSERT INTO account_key (space, public, generation, current) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![sid, key.public, key.generation, place + 1 == resolved.keys.len()])?;
    }
    Ok(())
}

/// A time from an operation, as the tables hold it; one that nobody can have meant is the last there is.
fn milliseconds(ms: u64) -> i64 {
    i64::try_from(ms).unwrap_or(i64::MAX)
}

/// Takes every account secret that is wrapped to this device and not here yet, and those behind them.
fn take_secrets(sql: &Connection, sid: i64, account_id: &[u8; 32]) -> Result<(), StoreError> {
    match table::find_device_enc(sql)? {
        Some(own) => take_secrets_with(sql, sid, account_id, &own),
        None => Ok(()),
    }
}

/// Takes every account secret that is wrapped to a key and not here yet, and those behind them.
pub(super) fn take_secrets_with(
    sql: &Connection,
    sid: i64,
    account_id: &[u8; 32],
    own: &EncSecret,
) -> Result<(), StoreError> {
    let public = *own.public().as_bytes();
    let ops = read_ops(sql, sid)?;
    for signed in ops.values() {
        for (generation, secret_public, wrap) in wraps_to(&signed.op, &public) {
            if !table::has_account_secret(sql, &secret_public)? {
                keep_secret(sql, own, account_id, (generation, &secret_public), wrap)?;
            }
        }
    }
    open_back_links(sql, &ops, account_id)
}

/// Lists the wraps of an operation to one key: generation, public key of the secret, wrap.
pub(super) fn wraps_to<'a>(op: &'a AccountOp, to: &[u8; 32]) -> Vec<(u32, [u8; 32], &'a [u8])> {
    let from_pairs = |generation: u32, public: [u8; 32], wraps: &'a [([u8; 32], Vec<u8>)]| {
        let own = wraps.iter().filter(|(key, _)| key == to);
        own.map(|(_, wrap)| (generation, public, wrap.as_slice())).collect()
    };
    match op {
        AccountOp::First(first) => from_pairs(first.generation, first.account_enc, &first.wraps),
        AccountOp::Revoke(revoke) => {
            from_pairs(revoke.rotation.generation, revoke.rotation.public, &revoke.rotation.wraps)
        }
        AccountOp::Rotate(rotate) => {
            from_pairs(rotate.rotation.generation, rotate.rotation.public, &rotate.rotation.wraps)
        }
        AccountOp::Add(add) | AccountOp::Recover(add) if add.open == *to => {
            add.wraps.iter().map(|wrap| (wrap.generation, wrap.public, wrap.wrap.as_slice())).collect()
        }
        _ => Vec::new(),
    }
}

/// Keeps a secret when the wrap holds the one that belongs to the public key it stands under.
fn keep_secret(
    sql: &Connection,
    own: &EncSecret,
    account_id: &[u8; 32],
    (generation, public): (u32, &[u8; 32]),
    wrap: &[u8],
) -> Result<(), StoreError> {
    if let Ok(secret) = AccountSecret::unwrap(own, account_id, generation, wrap)
        && secret.derive_account_enc().1.as_bytes() == public
    {
        table::put_account_secret(sql, &secret)?;
    }
    Ok(())
}

/// Walks back from the secrets that are here to those they were made after.
fn open_back_links(
    sql: &Connection,
    ops: &BTreeMap<OpHash, SignedOp>,
    account_id: &[u8; 32],
) -> Result<(), StoreError> {
    loop {
        let mut found = false;
        for signed in ops.values() {
            let rotation = match &signed.op {
                AccountOp::Revoke(revoke) => &revoke.rotation,
                AccountOp::Rotate(rotate) => &rotate.rotation,
                _ => continue,
            };
            let Some(newer) = table::find_account_secret(sql, &rotation.public)? else { continue };
            for back in &rotation.back {
                if table::has_account_secret(sql, &back.public)? {
                    continue;
                }
                if let Ok(older) = newer.open_back_link(account_id, back.generation, &back.wrap)
                    && *older.derive_account_enc().1.as_bytes() == back.public
                {
                    table::put_account_secret(sql, &older)?;
                    found = true;
                }
            }
        }
        if !found {
            return Ok(());
        }
    }
}

/// Seals the cuts of a revocation under the account secret that the revocation begins.
pub(super) fn seal_cuts(secret: &AccountSecret, place: &[u8], cuts: &[Cut]) -> Vec<u8> {
    seal_with_random_nonce(&cuts_key(secret), place, &Cut::encode_all(cuts))
}

/// Gives what binds sealed cuts to their account and device.
pub(super) fn place_of_cuts(account_id: &[u8; 32], device: &[u8; 32]) -> Vec<u8> {
    [account_id.as_slice(), device].concat()
}

fn cuts_key(secret: &AccountSecret) -> Key32 {
    derive_key(CUTS_KEY, &secret.derive_account_sym(), b"")
}

/// Reads the cuts of every revocation of a device that counts; none when one of them cannot be opened by this device.
pub(crate) fn cuts_of(
    sql: &Connection,
    sid: i64,
    resolved: &Resolved,
    device: &[u8; 32],
) -> Result<Option<Vec<Cut>>, StoreError> {
    let account_id = account_of_log(sql, sid)?.ok_or(StoreError::NotFound)?;
    let ops = read_ops(sql, sid)?;
    let mut cuts = Vec::new();
    for (_, hash) in resolved.revokes.iter().filter(|(target, _)| target == device) {
        let Some(SignedOp { op: AccountOp::Revoke(revoke), .. }) = ops.get(hash) else { continue };
        let Some(secret) = table::find_account_secret(sql, &revoke.rotation.public)? else { return Ok(None) };
        let place = place_of_cuts(&account_id, device);
        let Ok(plain) = open_with_nonce_prefix(&cuts_key(&secret), &place, &revoke.cuts) else {
            return Ok(None);
        };
        cuts.extend(Cut::decode_all(&plain)?);
    }
    Ok(Some(cuts))
}

/// Tells whether a type of operation belongs into an account log.
pub(crate) fn is_account_op(kind: u64) -> bool {
    matches!(
        OpType::from_number(kind),
        Some(
            OpType::AccountGenesis
                | OpType::DeviceAdd
                | OpType::DeviceRevoke
                | OpType::EncRotate
                | OpType::Recover
        )
    )
}
