//! Making the notebook of a further device of the person.

use std::path::Path;
use std::sync::Arc;

use vv_crypto::KitSeed;

use super::entering::Made;
use super::{NewKey, Notebook, NotebookError};
use crate::identity::account_op::OpHash;
use crate::identity::recovery::{Beacon, come_back};
use crate::identity::table::fact;
use crate::identity::welcome::{DeviceKeys, Welcome, check_joined, put_identity, take_in_logs};
use crate::identity::{devices, table};
use crate::ports::Host;
use crate::store::{StoreError, Tx};

/// Holds everything from which the notebook of a further device is made: its own keys, and what another device gave it.
pub struct Joined {
    pub(crate) keys: DeviceKeys,
    pub(crate) welcome: Welcome,
    /// The operation that added it.
    pub(crate) certificate: OpHash,
}

impl Notebook {
    /// Makes the notebook of a further device where none is. It is a full device at once; what was written elsewhere comes by sync.
    pub fn join(folder: &Path, host: &Host, joined: &Joined, key: NewKey) -> Result<Self, NotebookError> {
        Self::make_with(folder, host, key, |sql| {
            put_identity(sql, host, &joined.welcome.root, &joined.keys, &joined.certificate)?;
            let mut writing = Tx::new(sql, Arc::new(table::load(sql, host)?));
            take_in_logs(&mut writing, &joined.welcome.records)?;
            let (recovery, capture_to) = check_joined(&writing)?;
            let (device, name) = (writing.core().device(), host.device_name.clone());
            devices::put_name(&mut writing, &device, &name)?;
            writing.finish()?;
            Ok(Made { recovery, capture_to })
        })
    }

    /// Makes the notebook of somebody who has nothing left but the recovery kit: with the beacon that was found by it, and the
    /// records of account log and control stream that the beacon led to. What was written elsewhere comes by sync.
    pub fn come_back(
        folder: &Path,
        host: &Host,
        kit: &KitSeed,
        found: &Beacon,
        records: &[Vec<u8>],
        key: NewKey,
    ) -> Result<Self, NotebookError> {
        Self::make_with(folder, host, key, |sql| {
            let keys = DeviceKeys::make();
            put_identity(sql, host, &found.root, &keys, &[0; 32])?;
            let mut writing = Tx::new(sql, Arc::new(table::load(sql, host)?));
            if !come_back(&mut writing, kit, &keys, records)? {
                return Err(NotebookError::WrongKey);
            }
            let (recovery, capture_to) = check_joined(&writing)?;
            let (device, name) = (writing.core().device(), host.device_name.clone());
            devices::put_name(&mut writing, &device, &name)?;
            table::put_fact(sql, fact::KIT_CHECKED_AT, host.clock.now().timestamp_millis())?;
            writing.finish()?;
            Ok(Made { recovery, capture_to })
        })
    }

    /// Makes the beacon: what somebody who has the recovery kit finds first. `places` says where the rest lies.
    pub fn make_beacon(&self, places: &[String]) -> Result<Vec<u8>, StoreError> {
        self.read(|reader| Beacon::make(reader, places))
    }
}
