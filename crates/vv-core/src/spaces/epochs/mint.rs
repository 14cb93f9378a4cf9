//! Making an epoch: new keys, wrapped to everybody who should have them, with the way back for those who read history.

use vv_crypto::{
    EncPublic, EpochKeys, EpochWrapPlace, derive_epoch_id, make_epoch, seal_back_link, wrap_epoch,
};

use super::holders::{Holder, member_set};
use super::ring::KeyRing;
use crate::identity::record::{EpochOp, account_tag};
use crate::spaces::membership::{OpId, SpaceKind};

/// Is somebody to whom keys are wrapped, and the key to wrap to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Recipient {
    /// Who, and what they are given.
    pub holder: Holder,
    /// The account's public key of that generation.
    pub enc: EncPublic,
}

/// Makes the epoch that follows some others, upon what its author has seen of the membership.
///
/// The way back is left out where the author does not hold all that would lie behind it; what newcomers then lack is given
/// to them one by one (`share.rs`).
pub(crate) fn mint(
    space: &[u8; 16],
    kind: SpaceKind,
    recipients: &[Recipient],
    parents: &[&EpochOp],
    member_heads: &[OpId],
    ring: &KeyRing,
) -> (EpochOp, EpochKeys) {
    let keys = make_epoch();
    (mint_with(&keys, space, kind, recipients, parents, member_heads, ring), keys)
}

/// Makes an epoch of keys that were made before.
pub(crate) fn mint_with(
    keys: &EpochKeys,
    space: &[u8; 16],
    kind: SpaceKind,
    recipients: &[Recipient],
    parents: &[&EpochOp],
    member_heads: &[OpId],
    ring: &KeyRing,
) -> EpochOp {
    let epoch = derive_epoch_id(&keys.content, space);
    let mut parents = parents.to_vec();
    parents.sort_unstable_by_key(|parent| parent.epoch);
    let before: Option<Vec<EpochKeys>> = parents.iter().map(|parent| ring.whole(&parent.epoch)).collect();
    let back = before
        .filter(|before| !before.is_empty())
        .map(|before| before.iter().flat_map(|before| seal_back_link(keys, space, before)).collect());
    let wraps = recipients
        .iter()
        .map(|Recipient { holder, enc }| {
            let Holder { account, generation, access } = *holder;
            let place = EpochWrapPlace { space_id: *space, epoch_id: epoch, account_id: account, generation };
            (account_tag(space, &account), generation, wrap_epoch(enc, &place, &access.grant(keys)))
        })
        .collect();
    let holders: Vec<Holder> = recipients.iter().map(|recipient| recipient.holder).collect();
    EpochOp {
        epoch,
        height: parents.iter().map(|parent| parent.height + 1).max().unwrap_or(0),
        parents: parents.iter().map(|parent| parent.epoch).collect(),
        member_heads: member_heads.to_vec(),
        member_set: member_set(kind, &holders),
        control: derive_epoch_id(&keys.control, space),
        back,
        wraps,
    }
}
