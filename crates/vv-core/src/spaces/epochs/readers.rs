//! Who can read: told from those to whom keys were wrapped, and from nothing else.

use std::collections::BTreeSet;

use super::holders::Access;
use super::log::EpochLog;
use crate::identity::record::account_tag;
use crate::spaces::membership::AccountId;

/// Lists who can read what was written in an epoch.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Readers {
    /// Who reads what people wrote.
    pub content: BTreeSet<AccountId>,
    /// Who reads agenda, attendance and times.
    pub process: BTreeSet<AccountId>,
    /// Keys were also wrapped to somebody whom this notebook does not know.
    pub unknown: bool,
}

/// Tells who holds the keys of an epoch, of all accounts that were ever seen in the space.
pub(crate) fn readers_of(
    space: &[u8; 16],
    epoch: &[u8; 32],
    log: &EpochLog,
    accounts: impl IntoIterator<Item = AccountId>,
) -> Readers {
    let mut readers = Readers::default();
    let mut tags = BTreeSet::new();
    for account in accounts {
        tags.insert(account_tag(space, &account));
        match log.reach(space, &account).get(epoch) {
            Some(Access::ContentWithHistory | Access::Content) => {
                readers.content.insert(account);
                readers.process.insert(account);
            }
            Some(Access::Process) => {
                readers.process.insert(account);
            }
            None => {}
        }
    }
    readers.unknown =
        log.find(epoch).is_some_and(|record| record.op.wraps.iter().any(|(tag, _, _)| !tags.contains(tag)));
    readers
}
