//! Small questions that sync and screens ask of a space: how it and its people are called, who reads the journal, whether one left.

use super::control::ControlOp;
use super::membership::AccountId;
use super::shared::Shared;
use super::view::WhoCanRead;
use super::{MemberId, SpaceId};
use crate::identity::record::account_tag;
use crate::identity::{epochs, profile};
use crate::store::{Reader, StoreError};

/// Tells whether the person of this notebook left a space by their own word.
pub(crate) fn has_left(reader: &Reader, id: SpaceId) -> Result<bool, StoreError> {
    let core = reader.core().clone();
    let Some(keys) = core.keyring.space(&id.0).filter(|keys| keys.is_shared()) else { return Ok(false) };
    let shared = Shared::load(reader.sql(), keys)?;
    let mut said = shared.said.iter().filter(|said| said.author == core.account_id);
    let is_gone = shared.now.role(&core.account_id).is_none();
    Ok(is_gone && said.any(|said| matches!(said.op, ControlOp::Leave { .. })))
}

/// Names a shared space and one of its accounts, as they stand in it; empty where nothing was said.
pub(crate) fn names_in(
    reader: &Reader,
    space: &[u8; 16],
    account: Option<&AccountId>,
) -> Result<(String, String), StoreError> {
    let core = reader.core().clone();
    let Some(keys) = core.keyring.space(space).filter(|keys| keys.is_shared()) else {
        return Ok((String::new(), String::new()));
    };
    let shared = Shared::load(reader.sql(), keys)?;
    Ok((shared.name(), account.map(|account| shared.name_of(account)).unwrap_or_default()))
}

/// Tells who reads the journal: those to whom the keys are wrapped in which is written now.
pub fn journal_readers(reader: &Reader) -> Result<WhoCanRead, StoreError> {
    let core = reader.core().clone();
    let in_use = epochs::in_use(reader.sql(), core.journal.sid)?;
    let own = account_tag(&core.journal.id, &core.account_id);
    let mut readers = WhoCanRead::default();
    for op in epochs::list(reader.sql(), core.journal.sid)?.iter().filter(|op| Some(op.epoch) == in_use) {
        for (tag, ..) in &op.wraps {
            if *tag != own {
                readers.unknown = true;
            } else if readers.content.is_empty() {
                readers.content.push((MemberId(core.account_id), profile::name(reader)?));
            }
        }
    }
    Ok(readers)
}
