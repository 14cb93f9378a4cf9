//! Does an epoch give its keys to whom it should? Everybody works it out again, so that nobody is added or left out unseen.

use std::collections::BTreeMap;

use super::holders::{Holder, holders, may_write_content, member_set};
use super::log::{EpochLog, EpochRecord, access_of};
use crate::identity::record::account_tag;
use crate::spaces::membership::{Resolver, SpaceKind};

/// Says what an audit of an epoch found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Audit {
    /// It is wrapped to just those who belonged to the space for its author.
    Sound,
    /// What its author had seen is not all here yet.
    Waiting,
    /// Its author may not make keys.
    NotTheirs,
    /// It is wrapped to others than it should be, or says another set than it is wrapped to.
    WrongRecipients,
    /// Its place among the epochs is not what it says.
    Misplaced,
}

/// Audits an epoch against the membership that its author had seen.
pub(crate) fn audit(
    space: &[u8; 16],
    kind: SpaceKind,
    record: &EpochRecord,
    log: &EpochLog,
    resolver: &Resolver,
) -> Audit {
    let op = &record.op;
    let Some(seen) = resolver.at(&op.member_heads) else { return Audit::Waiting };
    let parents: Option<Vec<u64>> =
        op.parents.iter().map(|parent| log.find(parent).map(|parent| parent.op.height)).collect();
    let Some(parents) = parents else { return Audit::Waiting };
    if seen.frozen || !seen.role(&record.author).is_some_and(may_write_content) {
        return Audit::NotTheirs;
    }
    let height = parents.into_iter().max().map_or(Some(0), |height| height.checked_add(1));
    if height != Some(op.height) {
        return Audit::Misplaced;
    }
    let generations: BTreeMap<[u8; 8], u32> =
        op.wraps.iter().map(|(tag, generation, _)| (*tag, *generation)).collect();
    let expected =
        holders(&seen, |account| generations.get(&account_tag(space, account)).copied().unwrap_or_default());
    let wrapped = |holder: &Holder| {
        let tag = account_tag(space, &holder.account);
        op.wraps.iter().any(|(to, _, wrap)| *to == tag && access_of(wrap) == Some(holder.access))
    };
    let complete = op.wraps.len() == expected.len() && expected.iter().all(wrapped);
    if complete && member_set(kind, &expected) == op.member_set {
        Audit::Sound
    } else {
        Audit::WrongRecipients
    }
}
