//! The devices of a person: which there are, adding one, taking one away.
//!
//! Taking a device away is one operation with a new account secret, and a new epoch of the journal follows at once; so whoever
//! has the device reads nothing that is written later, and what it writes later counts for nobody.

use chrono::{DateTime, Utc};
use rusqlite::{OptionalExtension, params};
use vv_crypto::{AccountSecret, EncPublic, make_key};
use vv_protocol::OpType;

use super::account_log::{self, place_of_cuts, seal_cuts};
use super::account_op::{AccountRotate, Cut, DeviceAdd, DeviceRevoke, OpHash, Rotation, SecretWrap};
use super::epochs;
use super::profile::{self, device_object};
use super::record::SignedAccountOp;
use super::resolve::{Resolved, ResolvedDevice};
use super::table;
use crate::store::hlc::{clock_ms, instant_of};
use crate::store::{Change, Kind, Op, Reader, StoreError, Tx, Value, log};

/// Names a device: its public signing key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub [u8; 32]);

/// Shows a device of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Its id.
    pub id: DeviceId,
    /// How its owner calls it; empty until its name has arrived.
    pub name: String,
    /// The system it runs; empty when it has not said.
    pub system: String,
    /// The name of the device that added it; none for the first, and for one that came back with the recovery kit.
    pub added_by: Option<String>,
    /// When it was added, as the device says that added it.
    pub added_at: DateTime<Utc>,
    /// The time of the last thing written on it that has arrived here.
    pub last_seen: Option<DateTime<Utc>>,
    /// Whether it is this one.
    pub is_this: bool,
    /// When it was taken away; none while it belongs to the person.
    pub revoked_at: Option<DateTime<Utc>>,
}

/// Tells what is left to do after a device was taken away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// Spaces shared with others, which need a new epoch each.
    pub shared_spaces: Vec<[u8; 16]>,
}

/// Says why something could not be done with a device.
#[derive(Debug, thiserror::Error)]
pub enum DeviceError {
    /// There is no such device.
    #[error("this device does not belong to your account; nothing was changed")]
    NotFound,
    /// It was taken away before.
    #[error("this device was taken away before; nothing was changed")]
    Revoked,
    /// It is the one on which it was asked.
    #[error("a device cannot take itself away; do it on another one. Nothing was changed")]
    ThisDevice,
    /// The one on which it was asked does not belong to the account any more.
    #[error(
        "this device was taken away from your account, so it cannot change it; what is written here is still here"
    )]
    TakenAway,
    /// Its keys cannot be used.
    #[error("the new device sent keys that cannot be used; nothing was changed")]
    BadKeys,
    /// Something below failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a new device says of itself so that it can be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Newcomer {
    pub sign: [u8; 32],
    pub open: [u8; 32],
    pub proof: [u8; 64],
}

/// Lists the devices of the person: those that belong to them first, the most senior first; then those taken away.
pub fn list_devices(reader: &Reader) -> Result<Vec<Device>, DeviceError> {
    let own = reader.core().device();
    let mut devices: Vec<Device> = Vec::new();
    for device in own_log(reader)?.1.devices {
        if devices.iter().any(|known| known.id.0 == device.sign) {
            continue;
        }
        let seen = log::latest_hlc(reader.sql(), &device.sign)?;
        devices.push(Device {
            id: DeviceId(device.sign),
            name: profile::name_of(reader, &device_object(&device.sign))?,
            system: profile::system_of(reader, &device.sign)?,
            added_by: match device.added_by {
                Some(by) => {
                    Some(profile::name_of(reader, &device_object(&by))?).filter(|name| !name.is_empty())
                }
                None => None,
            },
            added_at: instant(device.added_ms),
            last_seen: (seen.ms() > 0).then(|| instant_of(seen)),
            is_this: device.sign == own,
            revoked_at: device.revoked_ms.map(instant),
        });
    }
    devices.sort_by_key(|device| device.revoked_at.is_some());
    Ok(devices)
}

fn instant(ms: u64) -> DateTime<Utc> {
    i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Tells whether the device on which this is asked still belongs to the account.
pub fn is_this_device_in(reader: &Reader) -> Result<bool, DeviceError> {
    let own = reader.core().device();
    Ok(own_log(reader)?.1.live().any(|device| device.sign == own))
}

/// Tells when another device took this one away, as far as that has arrived here.
pub fn taken_away_at(reader: &Reader) -> Result<Option<DateTime<Utc>>, StoreError> {
    let core = reader.core();
    let log = core.keyring.space(&core.account_space).ok_or(StoreError::Damaged)?;
    let at: Option<Option<i64>> = reader
        .sql()
        .prepare_cached("SELECT revoked_at FROM device WHERE space = ?1 AND sign = ?2")?
        .query_row(params![log.sid, core.device()], |row| row.get(0))
        .optional()?;
    Ok(at.flatten().and_then(DateTime::from_timestamp_millis))
}

/// Gives a device another name.
pub fn rename_device(tx: &mut Tx, id: DeviceId, name: &str) -> Result<(), DeviceError> {
    if !own_log(tx)?.1.devices.iter().any(|device| device.sign == id.0) {
        return Err(DeviceError::NotFound);
    }
    Ok(put_name(tx, &id.0, name)?)
}

/// Writes down how a device is called.
pub(crate) fn put_name(tx: &mut Tx, device: &[u8; 32], name: &str) -> Result<(), StoreError> {
    let object = device_object(device);
    let mut ops = vec![Op::Set { field: profile::NAME, value: Value::from(name) }];
    if *device == tx.core().device() && profile::system_of(tx, device)?.is_empty() {
        ops.push(profile::own_system());
    }
    if tx.object(&object)?.is_none_or(|object| object.kind == 0) {
        ops.insert(0, Op::Create { kind: Kind::Device });
    }
    tx.commit(Change { object, ops })?;
    Ok(())
}

/// Takes a device away for good.
pub fn revoke_device(tx: &mut Tx, id: DeviceId) -> Result<Revoked, DeviceError> {
    let core = tx.core().clone();
    if id.0 == core.device() {
        return Err(DeviceError::ThisDevice);
    }
    let (_, resolved) = own_live_log(tx)?;
    if !resolved.live().any(|device| device.sign == id.0) {
        let was = resolved.devices.iter().any(|device| device.sign == id.0);
        return Err(if was { DeviceError::Revoked } else { DeviceError::NotFound });
    }
    let mut cuts = Vec::new();
    for feed in log::feeds_of_device(tx.sql(), &id.0)? {
        if core.keyring.space_of(feed.sid).is_some_and(|space| !space.is_account()) {
            let head = feed.head;
            let (space, stream, feed) = (head.space, head.stream, head.feed);
            cuts.push(Cut { space, stream, feed, seq: head.seq, hash: head.hash });
        }
    }
    let staying: Vec<&ResolvedDevice> = resolved.live().filter(|device| device.sign != id.0).collect();
    let (secret, rotation) = rotate(tx, &resolved, &staying)?;
    let op = DeviceRevoke {
        parents: resolved.heads.clone(),
        device: id.0,
        rotation,
        cuts: seal_cuts(&secret, &place_of_cuts(&core.account_id, &id.0), &cuts),
        made_ms: clock_ms(tx.now()),
    };
    write(tx, OpType::DeviceRevoke, op.encode())?;
    epochs::rotate_journal(tx)?;
    let shared = core.keyring.spaces().filter(|space| !space.is_account() && !space.is_journal());
    Ok(Revoked { shared_spaces: shared.map(|space| space.id).collect() })
}

/// Adds a device; gives the name of its certificate.
pub(crate) fn add_device(tx: &mut Tx, newcomer: &Newcomer) -> Result<OpHash, DeviceError> {
    let core = tx.core().clone();
    let (_, resolved) = own_live_log(tx)?;
    if resolved.devices.iter().any(|device| device.sign == newcomer.sign) {
        return Err(DeviceError::BadKeys);
    }
    let to = EncPublic::from_bytes(newcomer.open).map_err(|_| DeviceError::BadKeys)?;
    let secret = core.account_secret()?;
    let op = DeviceAdd {
        parents: resolved.heads,
        sign: newcomer.sign,
        open: newcomer.open,
        proof: newcomer.proof,
        wraps: vec![wrap_to(secret, &to, &core.account_id)],
        made_ms: clock_ms(tx.now()),
    };
    op.check_proof(&core.account_id).map_err(|_| DeviceError::BadKeys)?;
    write(tx, OpType::DeviceAdd, op.encode())
}

pub(super) fn wrap_to(secret: &AccountSecret, to: &EncPublic, account_id: &[u8; 32]) -> SecretWrap {
    SecretWrap {
        generation: secret.generation(),
        public: *secret.derive_account_enc().1.as_bytes(),
        wrap: secret.wrap(to, account_id),
    }
}

/// Does what is due after operations of other devices came in: where somebody has the newest secret who should not, or lacks it,
/// it is renewed; and the journal gets an epoch wrapped to it. Records over which the program ended once are tried again, now that
/// everything else is safe. Tells whether anything was written.
pub(crate) fn keep_up(tx: &mut Tx) -> Result<bool, DeviceError> {
    tx.try_suspects()?;
    let Ok((_, resolved)) = own_live_log(tx) else { return Ok(false) };
    if resolved.needs_rotation {
        let staying: Vec<&ResolvedDevice> = resolved.live().collect();
        let (_, rotation) = rotate(tx, &resolved, &staying)?;
        let op = AccountRotate { parents: resolved.heads.clone(), rotation, made_ms: clock_ms(tx.now()) };
        write(tx, OpType::EncRotate, op.encode())?;
    }
    tx.renew_keys()?;
    let core = tx.core().clone();
    let newest = core.account_secret()?.generation();
    let journal = core.keyring.space(&core.journal.id).ok_or(StoreError::Damaged)?;
    let in_use = journal.current().map(|held| held.epoch);
    let generation = epochs::list(tx.sql(), core.journal.sid)?
        .into_iter()
        .filter(|op| Some(op.epoch) == in_use)
        .flat_map(|op| op.wraps)
        .map(|(_, generation, _)| generation)
        .max();
    let is_behind = generation.is_some_and(|generation| generation < newest);
    if is_behind {
        epochs::rotate_journal(tx)?;
    }
    Ok(resolved.needs_rotation || is_behind)
}

/// Makes the next generation of the account secret for these devices and the recovery kit.
fn rotate(
    tx: &Tx,
    resolved: &Resolved,
    devices: &[&ResolvedDevice],
) -> Result<(AccountSecret, Rotation), DeviceError> {
    let core = tx.core();
    let generation = resolved.keys.iter().map(|key| key.generation).max().map_or(0, |newest| newest + 1);
    let secret = AccountSecret::from_parts(generation, make_key());
    let mut wraps = Vec::new();
    let reached = devices.iter().map(|device| device.open).chain([resolved.recovery]);
    for open in reached {
        // A device with a key that nothing can be sealed to has chosen so itself.
        if let Ok(to) = EncPublic::from_bytes(open) {
            wraps.push((open, secret.wrap(&to, &core.account_id)));
        }
    }
    let mut back = Vec::new();
    for key in resolved.keys.iter().filter(|key| key.generation + 1 >= generation) {
        if let Some(older) = table::find_account_secret(tx.sql(), &key.public)? {
            back.push(SecretWrap {
                generation: older.generation(),
                public: key.public,
                wrap: secret.seal_back_link(&core.account_id, &older),
            });
        }
    }
    let public = *secret.derive_account_enc().1.as_bytes();
    Ok((secret, Rotation { generation, public, wraps, back }))
}

/// Signs an operation as this device and writes it into the account log.
fn write(tx: &mut Tx, kind: OpType, op: Vec<u8>) -> Result<OpHash, DeviceError> {
    let core = tx.core().clone();
    let name = super::record::account_op_hash(&op);
    let signed = SignedAccountOp::sign(&core.device_key, &core.account_id, kind.number(), op);
    tx.write_account_op(kind, signed.encode())?;
    tx.renew_keys()?;
    Ok(name)
}

/// Resolves the person's own account log.
pub(super) fn own_log(reader: &Reader) -> Result<(i64, Resolved), StoreError> {
    let core = reader.core();
    let log = core.keyring.space(&core.account_space).ok_or(StoreError::Damaged)?;
    Ok((log.sid, account_log::resolved(reader.sql(), log.sid)?))
}

fn own_live_log(reader: &Reader) -> Result<(i64, Resolved), DeviceError> {
    let (sid, resolved) = own_log(reader)?;
    let own = reader.core().device();
    if resolved.live().any(|device| device.sign == own) {
        Ok((sid, resolved))
    } else {
        Err(DeviceError::TakenAway)
    }
}
