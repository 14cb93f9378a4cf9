//! What membership is about: kinds of spaces, roles, and the operations that change who has which.

/// Names an account.
pub(crate) type AccountId = [u8; 32];
/// Names an operation: the hash of the record that carries it.
pub(crate) type OpId = [u8; 32];

/// Says what a space is for, and with it which rules hold in it. Genesis fixes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SpaceKind {
    /// Belongs to one person for good.
    Journal,
    /// Belongs to two people, of whom neither can remove the other.
    Pairing,
    /// Belongs to a few people, with an owner and facilitators.
    Circle,
}

impl SpaceKind {
    /// Gives the number that stands in a genesis.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::Journal => 1,
            Self::Pairing => 2,
            Self::Circle => 3,
        }
    }

    /// Gives the kind with this number, if this version knows it.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        [Self::Journal, Self::Pairing, Self::Circle].into_iter().find(|kind| kind.number() == number)
    }
}

/// Says what somebody is in a space. A later one outranks an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Reads along.
    Observer,
    /// Reads and writes.
    Member,
    /// Leads the process and sees no content.
    Facilitator,
    /// Owns the space; in a pairing both have this role and are called peers.
    Owner,
}

impl Role {
    /// Lists all roles, the lowest first.
    pub(crate) const ALL: [Self; 4] = [Self::Observer, Self::Member, Self::Facilitator, Self::Owner];

    /// Gives the number that stands in operations.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::Observer => 1,
            Self::Member => 2,
            Self::Facilitator => 3,
            Self::Owner => 4,
        }
    }

    /// Gives the role with this number.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.number() == number)
    }
}

/// Says how far back a member reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum History {
    /// From the day of joining on.
    FromJoin,
    /// Everything there is.
    Full,
}

impl History {
    /// Gives the number that stands in operations.
    pub(crate) fn number(self) -> u32 {
        match self {
            Self::FromJoin => 1,
            Self::Full => 2,
        }
    }

    /// Gives the value with this number.
    pub(crate) fn from_number(number: u32) -> Option<Self> {
        [Self::FromJoin, Self::Full].into_iter().find(|history| history.number() == number)
    }
}

/// Is one operation on the members of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct MemberOp {
    /// Its name.
    pub id: OpId,
    /// The operations its author had seen and nothing of which came after another of them.
    pub parents: Vec<OpId>,
    /// Who signed it.
    pub author: AccountId,
    /// What it does.
    pub act: Act,
}

/// Says what an operation does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Act {
    /// Begins the space; its author owns it.
    Found {
        /// What the space is for.
        kind: SpaceKind,
    },
    /// Brings somebody in, or raises what somebody is.
    Add {
        /// Whom.
        subject: AccountId,
        /// As what.
        role: Role,
        /// How far back they read.
        history: History,
    },
    /// Takes somebody out.
    Remove {
        /// Whom.
        subject: AccountId,
    },
    /// Raises a role.
    Promote {
        /// Whose.
        subject: AccountId,
        /// To what.
        role: Role,
    },
    /// Lowers a role.
    Demote {
        /// Whose.
        subject: AccountId,
        /// To what.
        role: Role,
    },
    /// Takes its author out.
    Leave,
    /// Agrees to an addition that needs two.
    Consent {
        /// The addition.
        add: OpId,
    },
}

impl Act {
    /// Tells whether it takes away something its subject had.
    pub(crate) fn takes_away(&self) -> bool {
        matches!(self, Self::Remove { .. } | Self::Demote { .. } | Self::Leave)
    }

    /// Names whom it is about, where it names somebody other than its author.
    pub(crate) fn subject(&self) -> Option<&AccountId> {
        match self {
            Self::Add { subject, .. }
            | Self::Remove { subject }
            | Self::Promote { subject, .. }
            | Self::Demote { subject, .. } => Some(subject),
            Self::Found { .. } | Self::Leave | Self::Consent { .. } => None,
        }
    }
}
