//! Coming back with nothing but the recovery kit.
//!
//! The kit's words lead to a beacon, wherever one was left: sealed to the kit, it says whose account it is and with which keys its
//! logs are read. It proves nothing; the genesis of the account does, because its root is the kit's. With it a new device adds
//! itself in the name of the root.

use vv_crypto::{AccountSecret, EncPublic, Key32, KitSeed, open_from, seal_to};
use vv_protocol::{OpType, Record};

use super::account_log;
use super::account_op::DeviceAdd;
use super::devices::{own_log, wrap_to};
use super::record::{Read, SignedAccountOp, account_op_hash, decoded, encoded, fields, fixed, malformed};
use super::table::{self, fact};
use super::welcome::{AccountRoot, DeviceKeys, take_in_logs};
use crate::store::hlc::clock_ms;
use crate::store::unlocked::account_space;
use crate::store::{Reader, StoreError, Tx};

/// What a beacon is sealed for.
const PURPOSE: &[u8] = b"beacon/v1";
/// The version of a beacon.
const VERSION: u32 = 1;
/// How many places a beacon names at most.
const MOST_PLACES: u64 = 64;

/// Holds what somebody with a recovery kit finds first.
pub struct Beacon {
    pub(crate) root: AccountRoot,
    /// The newest account secret, from which the keys of servers follow.
    pub(crate) secret: AccountSecret,
    /// Where the rest lies: addresses of servers, folders.
    pub places: Vec<String>,
}

impl Beacon {
    /// Seals a beacon to the person's kit.
    pub(crate) fn make(reader: &Reader, places: &[String]) -> Result<Vec<u8>, StoreError> {
        let (_, resolved) = own_log(reader)?;
        let to = EncPublic::from_bytes(resolved.recovery).map_err(|_| StoreError::Damaged)?;
        let root = AccountRoot::of(reader)?;
        let secret = reader.core().account_secret()?;
        let plain = encoded(|e| {
            e.array(5)?.u32(VERSION)?;
            root.write(e)?;
            e.u32(secret.generation())?.bytes(secret.secret().as_bytes())?;
            e.array(places.len() as u64)?;
            for place in places {
                e.str(place)?;
            }
            Ok(())
        });
        Ok(seal_to(&to, PURPOSE, &plain))
    }

    /// Opens a beacon; none when it is not this kit's.
    pub fn open(kit: &KitSeed, sealed: &[u8]) -> Option<Self> {
        let plain = open_from(&kit.derive_recovery().0, PURPOSE, sealed).ok()?;
        decoded(&plain, |d| {
            fields(d, 5)?;
            if d.u32()? != VERSION {
                return Err(malformed());
            }
            let root = AccountRoot::read(d)?;
            let secret = AccountSecret::from_parts(d.u32()?, Key32::from_bytes(fixed(d)?));
            let count = d.array()?.filter(|count| *count <= MOST_PLACES).ok_or_else(malformed)?;
            let places = (0..count).map(|_| Ok(d.str()?.to_owned())).collect::<Read<_>>()?;
            Ok(Self { root, secret, places })
        })
        .ok()
    }

    /// Gives the key that opens a space of the person on a server.
    pub(crate) fn derive_space_access(&self, space: &[u8; 16]) -> vv_crypto::SigningKey {
        self.secret.derive_space_access(space)
    }

    /// Tells with which generation of the account secret it was made; of several beacons the one with the greatest is the newest.
    pub fn generation(&self) -> u32 {
        self.secret.generation()
    }

    /// Names the space of the account's log, and that of the journal.
    pub fn spaces(&self) -> [[u8; 16]; 2] {
        [account_space(&self.root.account_id), self.root.journal.id]
    }
}

/// Adds this device in the name of the account root. False when the account is not that of the kit; then nothing of what was written
/// is to be kept.
pub(crate) fn come_back(
    tx: &mut Tx,
    kit: &KitSeed,
    keys: &DeviceKeys,
    records: &[Vec<u8>],
) -> Result<bool, StoreError> {
    let core = tx.core().clone();
    // The account first: what stands in the journal's control stream can only be opened with what the account log gives.
    let (account, journal): (Vec<_>, Vec<_>) = records
        .iter()
        .cloned()
        .partition(|raw| Record::decode(raw).is_ok_and(|record| record.header.space == core.account_space));
    take_in_logs(tx, &account)?;
    let (recovery, recovery_public) = kit.derive_recovery();
    let root = kit.derive_account_root();
    let Ok((sid, resolved)) = own_log(tx) else { return Ok(false) };
    if resolved.root != *root.verifying_key().as_bytes() || resolved.recovery != *recovery_public.as_bytes() {
        return Ok(false);
    }
    account_log::take_secrets_with(tx.sql(), sid, &core.account_id, &recovery)?;
    let newest = resolved.keys.last().ok_or(StoreError::Damaged)?;
    let secret = table::find_account_secret(tx.sql(), &newest.public)?
        .ok_or(StoreError::BadRecord("the account's newest secret was not wrapped to the kit"))?;
    let newcomer = keys.newcomer(&core.account_id);
    let op = DeviceAdd {
        parents: resolved.heads,
        sign: newcomer.sign,
        open: newcomer.open,
        proof: newcomer.proof,
        wraps: vec![wrap_to(&secret, &keys.open.public(), &core.account_id)],
        made_ms: clock_ms(tx.now()),
    }
    .encode();
    table::put_fact(tx.sql(), fact::CERTIFICATE, account_op_hash(&op))?;
    tx.keys_changed();
    let kind = OpType::Recover;
    let signed = SignedAccountOp::sign(&root, &core.account_id, kind.number(), op);
    tx.write_account_op(kind, signed.encode())?;
    take_in_logs(tx, &journal)?;
    Ok(true)
}
