//! Which spaces travel: the account's own log, the journal, and every space one belongs to.

use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, PROCESS_STREAM};

use crate::identity::devices::{self, DeviceError};
use crate::identity::record::SPACE_JOURNAL;
use crate::meetings::{self, MeetingError};
use crate::notebook::Notebook;
use crate::pairings::{self, PairingError};
use crate::ports::remote::AccessKey;
use crate::spaces::{self, SpaceError};
use crate::store::keyring::ACCOUNT_LOG_KIND;
use crate::store::log::{self, SpaceRow};
use crate::store::unlocked::ACCOUNT_STREAM;
use crate::store::{Reader, StoreError};

/// Is a space as sync sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TravellingSpace {
    /// Its row.
    pub sid: i64,
    /// Its id.
    pub id: [u8; 16],
    /// The number of its kind.
    pub kind: u32,
}

impl TravellingSpace {
    /// Says whether it is the log of an account.
    pub(crate) fn is_account(&self) -> bool {
        self.kind == ACCOUNT_LOG_KIND
    }

    /// Says whether it is the journal.
    pub(crate) fn is_journal(&self) -> bool {
        self.kind == SPACE_JOURNAL
    }

    /// Says whether it belongs to this person alone.
    pub(crate) fn is_ones_own(&self) -> bool {
        self.is_account() || self.is_journal()
    }

    /// Lists its streams in the order in which they are read: who may write comes before what was written.
    pub(crate) fn streams(&self) -> Vec<u32> {
        match self.kind {
            ACCOUNT_LOG_KIND => vec![ACCOUNT_STREAM],
            _ => vec![CONTROL_STREAM, CONTENT_STREAM, PROCESS_STREAM],
        }
    }

    /// Gives the keys that opened it on a server before, the newest first.
    pub(crate) fn older_access_keys(&self, reader: &Reader<'_>) -> Result<Vec<AccessKey>, StoreError> {
        let older = reader.core().account_secrets.iter().rev().skip(1);
        Ok(older.map(|secret| AccessKey::new(self.id, secret.derive_space_access(&self.id))).collect())
    }

    /// Gives the key that opens it on a server.
    pub(crate) fn access_key(&self, reader: &Reader<'_>) -> Result<AccessKey, StoreError> {
        let secret = reader.core().account_secrets.last().ok_or(StoreError::Damaged)?;
        let signing = secret.derive_space_access(&self.id);
        Ok(AccessKey::new(self.id, signing))
    }
}

/// Lists the spaces that travel, the account's own log first. Logs of others' accounts travel within the spaces shared with them.
pub(crate) fn travelling(reader: &Reader<'_>) -> Result<Vec<TravellingSpace>, StoreError> {
    let spaces = log::list_spaces(reader.sql())?;
    let own = reader.core().account_space;
    let others = |space: &SpaceRow| space.kind == ACCOUNT_LOG_KIND && space.id != own;
    let travel = spaces.into_iter().filter(|space| !others(space));
    Ok(travel.map(|SpaceRow { sid, id, kind }| TravellingSpace { sid, id, kind }).collect())
}

/// Does what is due after operations of other devices came in, such as new keys after one was taken away. A device that was taken
/// away itself does nothing.
pub(super) fn keep_up(notebook: &Notebook) -> Result<(), StoreError> {
    match notebook.write(devices::keep_up) {
        Err(DeviceError::Store(problem)) => return Err(problem),
        Err(_) => return Ok(()),
        Ok(_) => {}
    }
    if let Err(SpaceError::Store(problem)) = notebook.write(spaces::keep_up) {
        return Err(problem);
    }
    if let Err(PairingError::Store(problem)) = notebook.write(pairings::keep_up_pairings) {
        return Err(problem);
    }
    match notebook.write(meetings::keep_up) {
        Err(MeetingError::Store(problem)) => Err(problem),
        _ => Ok(()),
    }
}
