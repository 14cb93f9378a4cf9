//! Epochs of spaces: which there are, which keys of them this device has, and in which one it writes.
//!
//! An epoch stands in the control stream, sealed under the control key of the epoch before it, so whoever has the first control key
//! of a journal and the account secret walks forward through all of them. In a journal everything follows from the log;
//! who is a member of another space, and so which of its epochs may be written in, is not decided here.

use rusqlite::{Connection, OptionalExtension, params};
use vv_crypto::{
    AccountSecret, EncPublic, EpochGrant, EpochKeys, EpochWrapPlace, Key32, derive_epoch_id, make_epoch,
    open_back_link, seal_back_link, unwrap_epoch, wrap_epoch,
};
use vv_protocol::{CONTROL_STREAM, OpType};

use super::record::{EpochOp, POLICY_LOCKED, SPACE_JOURNAL, SpaceGenesis, account_tag, member_set_of_one};
use super::table;
use crate::store::keyring::HeldEpoch;
use crate::store::log;
use crate::store::merge::Source;
use crate::store::{StoreError, Tx};

/// Checks the founding operation of a space. A journal belongs to the one who founded it, and its id is that operation's hash.
pub(crate) fn check_genesis(tx: &Tx, sid: i64, body: &[u8]) -> Result<(), StoreError> {
    let core = tx.core();
    let Some(space) = core.keyring.space_of(sid).filter(|space| space.is_journal()) else { return Ok(()) };
    let genesis = SpaceGenesis::decode(body)?;
    let fits = vv_protocol::space_id(body) == space.id
        && (genesis.kind, genesis.policy) == (SPACE_JOURNAL, POLICY_LOCKED)
        && genesis.founder == core.account_id;
    if fits { Ok(()) } else { Err(StoreError::BadRecord("it founds another journal")) }
}

/// Merges an epoch of a space.
pub(crate) fn merge(tx: &mut Tx, source: &Source, body: &[u8]) -> Result<(), StoreError> {
    put(tx.sql(), source.sid, body)?;
    if source.has_log {
        settle(tx, source.sid)?;
    }
    Ok(())
}

pub(crate) fn put(sql: &Connection, sid: i64, body: &[u8]) -> Result<(), StoreError> {
    let op = EpochOp::decode(body)?;
    let hash = vv_protocol::hash("epoch-op/v1", &[body]);
    let height = i64::try_from(op.height).map_err(|_| StoreError::BadRecord("an operation is malformed"))?;
    sql.prepare_cached(
        "INSERT OR IGNORE INTO epoch (space, hash, epoch, height, op) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![sid, hash, op.epoch, height, body])?;
    Ok(())
}

/// Takes the keys of all epochs that this device can have, and, in a journal, chooses the one to write in.
pub(crate) fn settle(tx: &mut Tx, sid: i64) -> Result<(), StoreError> {
    let sql = tx.sql();
    let Some(space) = log::list_spaces(sql)?.into_iter().find(|space| space.sid == sid) else {
        return Ok(());
    };
    let account_id: [u8; 32] = table::fact_of(sql, table::fact::ACCOUNT_ID)?;
    let ops = list(sql, sid)?;
    unlock(sql, sid, &space.id, &account_id, &ops)?;
    if space.kind == SPACE_JOURNAL {
        choose(sql, sid, &space.id, &account_id, &ops)?;
    }
    tx.keys_changed();
    Ok(())
}

/// Reads the epochs of a space, the lowest first.
pub(crate) fn list(sql: &Connection, sid: i64) -> Result<Vec<EpochOp>, StoreError> {
    let mut select =
        sql.prepare_cached("SELECT op FROM epoch WHERE space = ?1 ORDER BY height, epoch, hash")?;
    let mut rows = select.query([sid])?;
    let mut ops = Vec::new();
    while let Some(row) = rows.next()? {
        ops.push(EpochOp::decode(row.get_ref(0)?.as_blob().map_err(|_| StoreError::Damaged)?)?);
    }
    Ok(ops)
}

/// Forgets what is known of the epochs of a space and reads it again from the records that count.
pub(crate) fn read_again(tx: &mut Tx, sid: i64) -> Result<(), StoreError> {
    tx.sql().execute("DELETE FROM epoch WHERE space = ?1", [sid])?;
    for row in log::merged_of_stream(tx.sql(), sid, CONTROL_STREAM)? {
        if row.kind == OpType::Epoch.number() {
            let inner = tx.open_row(&row)?;
            put(tx.sql(), sid, &inner.body)?;
        }
    }
    settle(tx, sid)
}

/// Takes keys from wraps and from the links back.
fn unlock(
    sql: &Connection,
    sid: i64,
    space: &[u8; 16],
    account_id: &[u8; 32],
    ops: &[EpochOp],
) -> Result<(), StoreError> {
    let tag = account_tag(space, account_id);
    let secrets = table::account_secrets(sql, None)?;
    for op in ops {
        if has_keys(sql, sid, &op.epoch)? {
            continue;
        }
        let own = op.wraps.iter().filter(|(to, ..)| *to == tag);
        let grant = own
            .filter_map(|(_, generation, wrap)| {
                let place = EpochWrapPlace {
                    space_id: *space,
                    epoch_id: op.epoch,
                    account_id: *account_id,
                    generation: *generation,
                };
                let fitting = secrets.iter().filter(|secret| secret.generation() == *generation);
                fitting.map(|secret| secret.derive_account_enc().0).find_map(|secret| {
                    unwrap_epoch(&secret, &place, wrap).ok().filter(|grant| fits(grant, op, space))
                })
            })
            .next();
        if let Some(grant) = grant {
            put_grant(sql, sid, &op.epoch, &op.control, &grant)?;
        }
    }
    // From the newest to the oldest, so that one walk reaches all.
    for op in ops.iter().rev() {
        let (Some(back), Some(parent)) = (&op.back, op.parents.first()) else { continue };
        if has_keys(sql, sid, parent)? {
            continue;
        }
        let Some(keys) =
            held(sql, sid)?.into_iter().find(|held| held.epoch == op.epoch).and_then(|h| h.keys())
        else {
            continue;
        };
        if let Ok(previous) = open_back_link(&keys, space, parent, back) {
            put_keys(sql, sid, space, &previous)?;
        }
    }
    Ok(())
}

/// Tells whether the control key of a grant is the one that the epoch names.
fn fits(grant: &EpochGrant, op: &EpochOp, space: &[u8; 16]) -> bool {
    grant.control.as_ref().is_none_or(|control| derive_epoch_id(control, space) == op.control)
}

/// Chooses the epoch in which this device writes in a journal: one that nobody has built upon, wrapped to the newest account
/// secret, the highest, and of several such the one with the greatest id.
fn choose(
    sql: &Connection,
    sid: i64,
    space: &[u8; 16],
    account_id: &[u8; 32],
    ops: &[EpochOp],
) -> Result<(), StoreError> {
    let tag = account_tag(space, account_id);
    let own = member_set_of_one(account_id);
    let built_upon =
        |epoch: &[u8; 32]| ops.iter().any(|op| op.parents.contains(epoch) && op.member_set == own);
    let held = held(sql, sid)?;
    let mut best: Option<(u32, u64, [u8; 32])> = None;
    for op in ops {
        let is_whole = held.iter().any(|held| held.epoch == op.epoch && held.keys().is_some());
        // A journal is wrapped to one account; what is wrapped to more is nobody's to write in.
        let [(to, generation, _)] = op.wraps.as_slice() else { continue };
        if is_whole && *to == tag && op.member_set == own && !built_upon(&op.epoch) {
            best = best.max(Some((*generation, op.height, op.epoch)));
        }
    }
    if let Some((.., epoch)) = best {
        use_epoch(sql, sid, &epoch)?;
    }
    Ok(())
}

/// Says in which epoch this device writes in a space.
pub(crate) fn use_epoch(sql: &Connection, sid: i64, epoch: &[u8; 32]) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO epoch_in_use (space, epoch) VALUES (?1, ?2)")?
        .execute(params![sid, epoch])?;
    Ok(())
}

/// Says that this device writes nothing in a space for now.
pub(crate) fn use_none(sql: &Connection, sid: i64) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM epoch_in_use WHERE space = ?1")?.execute([sid])?;
    Ok(())
}

/// Finds the epoch in which this device writes in a space.
pub(crate) fn in_use(sql: &Connection, sid: i64) -> Result<Option<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT epoch FROM epoch_in_use WHERE space = ?1")?
        .query_row([sid], |row| row.get(0))
        .optional()?)
}

fn has_keys(sql: &Connection, sid: i64, epoch: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(sql
        .prepare_cached("SELECT 1 FROM epoch_key WHERE space = ?1 AND epoch = ?2 AND content IS NOT NULL")?
        .exists(params![sid, epoch])?)
}

/// Lists the keys that this device has of the epochs of a space, the lowest epoch first; those that have no place yet come last.
pub(crate) fn held(sql: &Connection, sid: i64) -> Result<Vec<HeldEpoch>, StoreError> {
    let key = |row: &rusqlite::Row, at: usize| -> rusqlite::Result<Option<Key32>> {
        Ok(row.get::<_, Option<[u8; 32]>>(at)?.map(Key32::from_bytes))
    };
    Ok(sql
        .prepare_cached(
            "SELECT k.epoch, k.control_id, k.content, k.history, k.control, k.process FROM epoch_key k
             WHERE k.space = ?1
             ORDER BY coalesce((SELECT max(e.height) FROM epoch e WHERE e.space = k.space AND e.epoch = k.epoch),
                9223372036854775807), k.epoch",
        )?
        .query_map([sid], |row| {
            Ok(HeldEpoch {
                epoch: row.get(0)?,
                control_id: row.get(1)?,
                content: key(row, 2)?,
                history: key(row, 3)?,
                control: key(row, 4)?,
                process: key(row, 5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Keeps all four keys of an epoch.
pub(crate) fn put_keys(
    sql: &Connection,
    sid: i64,
    space: &[u8; 16],
    keys: &EpochKeys,
) -> Result<(), StoreError> {
    let whole = HeldEpoch::whole(keys, space);
    put_grant(sql, sid, &whole.epoch, &whole.control_id, &keys.grant_all())
}

/// Keeps what this device was given of an epoch.
pub(crate) fn put_grant(
    sql: &Connection,
    sid: i64,
    epoch: &[u8; 32],
    control_id: &[u8; 32],
    grant: &EpochGrant,
) -> Result<(), StoreError> {
    let bytes = |key: &Option<Key32>| key.as_ref().map(|key| *key.as_bytes());
    sql.prepare_cached(
        "INSERT INTO epoch_key (space, epoch, control_id, content, history, control, process)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT DO UPDATE SET content = coalesce(content, excluded.content),
            history = coalesce(history, excluded.history), control = coalesce(control, excluded.control),
            process = coalesce(process, excluded.process)",
    )?
    .execute(params![
        sid,
        epoch,
        control_id,
        bytes(&grant.content),
        bytes(&grant.history),
        bytes(&grant.control),
        bytes(&grant.process),
    ])?;
    Ok(())
}

/// Makes the next epoch of the journal, wrapped to the account secret as it is now.
pub(crate) fn rotate_journal(tx: &mut Tx) -> Result<(), StoreError> {
    tx.renew_keys()?;
    let core = tx.core().clone();
    let (journal, account_id) = (core.journal, core.account_id);
    let secret: &AccountSecret = core.account_secret()?;
    let (_, account_enc): (_, EncPublic) = secret.derive_account_enc();
    let before = core.keyring.space(&journal.id).and_then(|space| space.current().cloned());
    let before = before.and_then(|held| held.keys()).ok_or(StoreError::Damaged)?;
    let ops = list(tx.sql(), journal.sid)?;
    let height = ops.iter().map(|op| op.height).max().map_or(0, |height| height + 1);
    let before_id = derive_epoch_id(&before.content, &journal.id);
    // The first parent is the one that the link leads back to.
    let mut parents = vec![before_id];
    let heads = ops.iter().filter(|op| !ops.iter().any(|other| other.parents.contains(&op.epoch)));
    parents.extend(heads.map(|op| op.epoch).filter(|epoch| *epoch != before_id));
    let mut member_heads: Vec<[u8; 32]> = log::feeds_of_stream(tx.sql(), CONTROL_STREAM)?
        .into_iter()
        .filter(|feed| feed.sid == journal.sid)
        .map(|feed| feed.head.hash)
        .collect();
    member_heads.sort_unstable();
    let keys = make_epoch();
    let epoch = derive_epoch_id(&keys.content, &journal.id);
    let place =
        EpochWrapPlace { space_id: journal.id, epoch_id: epoch, account_id, generation: secret.generation() };
    let op = EpochOp {
        epoch,
        height,
        parents,
        member_heads,
        member_set: member_set_of_one(&account_id),
        control: derive_epoch_id(&keys.control, &journal.id),
        back: Some(seal_back_link(&keys, &journal.id, &before)),
        wraps: vec![(
            account_tag(&journal.id, &account_id),
            secret.generation(),
            wrap_epoch(&account_enc, &place, &keys.grant_all()),
        )],
    };
    // Sealed under the control key of the epoch before, so that it can be read by whoever could read until now.
    tx.write_control_op(&journal.id, OpType::Epoch, op.encode())?;
    Ok(())
}
