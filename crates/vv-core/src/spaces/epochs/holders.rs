//! Who should hold which keys of a space, and the hash by which an epoch says whom it is for.

use vv_crypto::{EpochGrant, EpochKeys};

use crate::identity::record::member_set_of_one;
use crate::spaces::membership::{AccountId, History, Membership, Role, SpaceKind};

/// Says which keys of an epoch somebody is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Access {
    /// Content, process and control, and the key that opens the epochs before.
    ContentWithHistory,
    /// Content, process and control from joining on.
    Content,
    /// Process and control, and never content.
    Process,
}

impl Access {
    /// Gives the access that belongs to a role.
    pub(crate) fn of(role: Role, history: History) -> Self {
        match (role, history) {
            (Role::Facilitator, _) => Self::Process,
            (Role::Observer | Role::Member | Role::Owner, History::Full) => Self::ContentWithHistory,
            (Role::Observer | Role::Member | Role::Owner, History::FromJoin) => Self::Content,
        }
    }

    /// Takes of an epoch's keys those that are given.
    pub(crate) fn grant(self, keys: &EpochKeys) -> EpochGrant {
        match self {
            Self::ContentWithHistory => keys.grant_all(),
            Self::Content => keys.grant_from_join(),
            Self::Process => keys.grant_process(),
        }
    }

    /// Tells how many keys are given.
    pub(crate) fn keys(self) -> usize {
        match self {
            Self::ContentWithHistory => 4,
            Self::Content => 3,
            Self::Process => 2,
        }
    }

    /// Tells the access from the number of keys.
    pub(crate) fn from_keys(keys: usize) -> Option<Self> {
        [Self::ContentWithHistory, Self::Content, Self::Process].into_iter().find(|one| one.keys() == keys)
    }

    fn number(self) -> u8 {
        match self {
            Self::ContentWithHistory => 1,
            Self::Content => 2,
            Self::Process => 3,
        }
    }
}

/// Is somebody to whom the keys of an epoch are wrapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Holder {
    /// The account.
    pub account: AccountId,
    /// The generation of its key.
    pub generation: u32,
    /// What it is given.
    pub access: Access,
}

/// Lists who should hold keys of a space, in the order of their ids; `generation_of` tells the newest generation of an
/// account's key.
pub(crate) fn holders(now: &Membership, generation_of: impl Fn(&AccountId) -> u32) -> Vec<Holder> {
    now.members
        .iter()
        .map(|(account, member)| Holder {
            account: *account,
            generation: generation_of(account),
            access: Access::of(member.role, member.history),
        })
        .collect()
}

/// Hashes the set of those an epoch is for. A journal has one, and its hash says nothing else.
pub(crate) fn member_set(kind: SpaceKind, holders: &[Holder]) -> [u8; 32] {
    if let (SpaceKind::Journal, [owner]) = (kind, holders) {
        return member_set_of_one(&owner.account);
    }
    let mut parts: Vec<Vec<u8>> = holders
        .iter()
        .map(|Holder { account, generation, access }| {
            [account.as_slice(), &generation.to_le_bytes(), &[access.number()]].concat()
        })
        .collect();
    parts.sort_unstable();
    let parts: Vec<&[u8]> = parts.iter().map(Vec::as_slice).collect();
    vv_protocol::hash("member-set/v1", &parts)
}

/// Tells whether a role writes content, and so makes new epochs: whoever makes keys knows them.
pub(crate) fn may_write_content(role: Role) -> bool {
    matches!(role, Role::Member | Role::Owner)
}
