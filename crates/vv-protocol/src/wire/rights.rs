//! What an access key may do in a space.

/// Is a set of rights: reading, writing, and changing who has access. A server knows no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rights(u8);

impl Rights {
    /// No right: a key with it is removed.
    pub const NONE: Self = Self(0);
    /// To pull records, chunks and the note.
    pub const READ: Self = Self(1);
    /// To push records, chunks and the note; on its own, without reading, for somebody who only hands in.
    pub const WRITE: Self = Self(2);
    /// To change access and to purge.
    pub const ADMIN: Self = Self(4);
    /// To pull and to push.
    pub const MEMBER: Self = Self(3);
    /// Everything.
    pub const ALL: Self = Self(7);

    /// Reads rights from their number.
    pub fn from_bits(bits: u64) -> Option<Self> {
        u8::try_from(bits).ok().filter(|bits| *bits <= Self::ALL.0).map(Self)
    }

    /// Gives the number of the rights.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// Says whether all of the other rights are among these.
    pub fn allow(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

impl std::ops::BitOr for Rights {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}
