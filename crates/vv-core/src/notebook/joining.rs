//! Making the notebook of a further device of the person.

use std::path::Path;
use std::sync::Arc;

use super::entering::Made;
use super::{NewKey, Notebook, NotebookError};
use crate::identity::account_op::OpHash;
use crate::identity::welcome::{DeviceKeys, Welcome, check_joined, put_identity, take_in_logs};
use crate::identity::{devices, table};
use crate::ports::Host;
use crate::store::Tx;

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
}
