//! What a new device of a person is given: everything small. The content comes by sync.
//!
//! The keys in it are few because the rest follows: the account log is opened with its key, this device finds the account secret in
//! it, and with the first control key of the journal its control stream is read from the beginning, one epoch after the other.

use minicbor::{Decoder, Encoder};
use rusqlite::Connection;
use vv_crypto::{EncPublic, EncSecret, EpochGrant, Key32, SigningKey, derive_epoch_id, make_bytes};
use vv_protocol::CONTROL_STREAM;

use super::account_op::{DeviceAdd, OpHash};
use super::devices::{self, Newcomer};
use super::epochs;
use super::record::{
    Read, SPACE_JOURNAL, Written, decoded, encoded, fields, fixed, malformed, only_as_written,
};
use super::table::{self, fact, secret};
use crate::ports::Host;
use crate::store::page::Page;
use crate::store::take_in::Taken;
use crate::store::unlocked::ACCOUNT_STREAM;
use crate::store::{Reader, StoreError, Tx, log};

/// The version of a welcome.
const VERSION: u32 = 1;

/// Holds the keys of a device that does not belong to anybody yet.
pub(crate) struct DeviceKeys {
    pub sign: SigningKey,
    pub open: EncSecret,
}

impl DeviceKeys {
    pub(crate) fn make() -> Self {
        Self { sign: SigningKey::make(), open: EncSecret::make().0 }
    }

    /// Says, as this device, that it is to belong to an account.
    pub(crate) fn newcomer(&self, account_id: &[u8; 32]) -> Newcomer {
        let open = *self.open.public().as_bytes();
        Newcomer {
            sign: *self.sign.verifying_key().as_bytes(),
            open,
            proof: DeviceAdd::prove(&self.sign, &open, account_id),
        }
    }
}

/// Names a journal and holds what its control stream is opened with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct JournalRoot {
    pub id: [u8; 16],
    /// The first epoch, and its control key.
    pub epoch: [u8; 32],
    pub control: Key32,
}

/// Names an account and its journal, with the two keys from which all others follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AccountRoot {
    pub account_id: [u8; 32],
    pub log_key: Key32,
    pub journal: JournalRoot,
}

/// Holds everything that makes a device a device of the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Welcome {
    pub root: AccountRoot,
    /// The records of the account log and of the journal's control stream.
    pub records: Vec<Vec<u8>>,
}

impl AccountRoot {
    pub(crate) fn write(&self, e: &mut Encoder<Vec<u8>>) -> Written {
        e.array(5)?.bytes(&self.account_id)?.bytes(self.log_key.as_bytes())?;
        e.bytes(&self.journal.id)?.bytes(&self.journal.epoch)?.bytes(self.journal.control.as_bytes())?;
        Ok(())
    }

    pub(crate) fn read(d: &mut Decoder) -> Read<Self> {
        fields(d, 5)?;
        Ok(Self {
            account_id: fixed(d)?,
            log_key: Key32::from_bytes(fixed(d)?),
            journal: JournalRoot { id: fixed(d)?, epoch: fixed(d)?, control: Key32::from_bytes(fixed(d)?) },
        })
    }

    /// Gives the root of the account that a notebook belongs to.
    pub(crate) fn of(reader: &Reader) -> Result<Self, StoreError> {
        let core = reader.core();
        let own_log = core.keyring.space(&core.account_space).ok_or(StoreError::Damaged)?;
        let journal = core.keyring.space(&core.journal.id).ok_or(StoreError::Damaged)?;
        let first = journal.epochs.first().ok_or(StoreError::Damaged)?;
        Ok(Self {
            account_id: core.account_id,
            log_key: own_log.log_key.clone().ok_or(StoreError::Damaged)?,
            journal: JournalRoot {
                id: journal.id,
                epoch: first.epoch,
                control: first.control.clone().ok_or(StoreError::Damaged)?,
            },
        })
    }
}

impl Welcome {
    /// Gathers what a new device needs.
    pub(crate) fn gather(reader: &Reader) -> Result<Self, StoreError> {
        let core = reader.core();
        let mut records = Vec::new();
        for (space, stream) in [(core.account_space, ACCOUNT_STREAM), (core.journal.id, CONTROL_STREAM)] {
            for feed in log::feeds_of_stream(reader.sql(), stream)? {
                if feed.head.space == space {
                    records.extend(raw_records(reader.sql(), feed.fid)?);
                }
            }
        }
        Ok(Self { root: AccountRoot::of(reader)?, records })
    }

    pub(crate) fn encode(&self) -> Vec<u8> {
        encoded(|e| {
            e.array(3)?.u32(VERSION)?;
            self.root.write(e)?;
            e.array(self.records.len() as u64)?;
            for record in &self.records {
                e.bytes(record)?;
            }
            Ok(())
        })
    }

    pub(crate) fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let welcome: Self = decoded(bytes, |d| {
            fields(d, 3)?;
            if d.u32()? != VERSION {
                return Err(malformed());
            }
            let root = AccountRoot::read(d)?;
            let count = d.array()?.ok_or_else(malformed)?;
            let records = (0..count).map(|_| Ok(d.bytes()?.to_vec())).collect::<Read<_>>()?;
            Ok(Self { root, records })
        })?;
        let written = welcome.encode();
        only_as_written(welcome, &written, bytes)
    }
}

fn raw_records(sql: &Connection, fid: i64) -> Result<Vec<Vec<u8>>, StoreError> {
    let mut raws = Vec::new();
    let mut after = 0;
    loop {
        let rows = log::records_of_feed(sql, fid, after, 256)?;
        let Some(last) = rows.last() else { return Ok(raws) };
        after = last.seq;
        raws.extend(rows.into_iter().map(|row| row.raw));
    }
}

/// Writes the identity of a further device into an empty notebook: its keys, the account, the journal. What the logs say is taken in
/// with [`take_in_logs`].
pub(crate) fn put_identity(
    sql: &Connection,
    host: &Host,
    root: &AccountRoot,
    keys: &DeviceKeys,
    certificate: &OpHash,
) -> Result<(), StoreError> {
    table::put_secret(sql, secret::DEVICE_SIG, &keys.sign.seed())?;
    table::put_secret(sql, secret::DEVICE_ENC, &keys.open.to_key())?;
    table::put_account(sql, &root.account_id, &root.log_key)?;
    let journal = &root.journal;
    let sid = log::insert_space(sql, &journal.id, SPACE_JOURNAL)?;
    let grant = EpochGrant { control: Some(journal.control.clone()), ..EpochGrant::default() };
    let control_id = derive_epoch_id(&journal.control, &journal.id);
    epochs::put_grant(sql, sid, &journal.epoch, &control_id, &grant)?;
    table::put_fact(sql, fact::ACCOUNT_ID, root.account_id)?;
    table::put_fact(sql, fact::CERTIFICATE, certificate)?;
    table::put_fact(sql, fact::JOURNAL_ID, journal.id)?;
    table::put_fact(sql, fact::INCARNATION, make_bytes::<8>())?;
    table::put_fact(sql, fact::CREATED_AT, host.clock.now().timestamp_millis())
}

/// Takes in the records of account log and control stream. Every one of them must be what it says.
pub(crate) fn take_in_logs(tx: &mut Tx, records: &[Vec<u8>]) -> Result<(), StoreError> {
    let page = Page::prepare(tx, records.to_vec())?;
    for taken in tx.take_in_page(&page)? {
        if let Taken::Refused(reason) = taken {
            return Err(StoreError::BadRecord(reason));
        }
    }
    tx.renew_keys()
}

/// Checks that this device is one of the account and can write, and gives what its key file is made of: the recovery key, and the key
/// that captured lines are sealed to.
pub(crate) fn check_joined(tx: &Tx) -> Result<(EncPublic, EncPublic), StoreError> {
    let core = tx.core();
    let (_, resolved) = devices::own_log(tx)?;
    let is_in =
        resolved.live().any(|device| device.certificate == core.certificate && device.sign == core.device());
    let journal = core.keyring.space(&core.journal.id).ok_or(StoreError::Damaged)?;
    if !is_in || journal.current().is_none() {
        return Err(StoreError::BadRecord("it does not make this device one of the account"));
    }
    let recovery = EncPublic::from_bytes(resolved.recovery)
        .map_err(|_| StoreError::BadRecord("its recovery key cannot be used"))?;
    Ok((recovery, core.account_secret()?.derive_account_enc().1))
}
