//! Agreeing on a key with somebody whom nothing is known of yet: X25519 with keys that live for one conversation.
//!
//! The result proves nothing about who is at the other end; whoever uses it compares something derived from it by another way.

use x25519_dalek::{PublicKey, StaticSecret};

use crate::hpke::{EncPublic, InvalidPublicKey};
use crate::key::{Key32, make_key};

/// Holds the secret half of a key for one conversation. Used up when it agrees.
pub struct AgreeSecret(StaticSecret);

/// Is the public half of a key for one conversation, checked to be usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreePublic([u8; 32]);

impl AgreeSecret {
    /// Makes a key pair.
    pub fn make() -> (Self, AgreePublic) {
        let secret = StaticSecret::from(*make_key().as_bytes());
        let public = AgreePublic(PublicKey::from(&secret).to_bytes());
        (Self(secret), public)
    }

    /// Agrees on a key with whoever has the secret half of the other public key.
    pub fn agree(self, other: &AgreePublic) -> Key32 {
        Key32::from_bytes(self.0.diffie_hellman(&PublicKey::from(other.0)).to_bytes())
    }
}

impl AgreePublic {
    /// Accepts 32 bytes as a public key unless every shared secret would be zero with them.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, InvalidPublicKey> {
        EncPublic::from_bytes(bytes).map(|_| Self(bytes))
    }

    /// Lends the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sides_agree_and_a_third_does_not() {
        let ((a, a_public), (b, b_public), (c, _)) =
            (AgreeSecret::make(), AgreeSecret::make(), AgreeSecret::make());
        let shared = a.agree(&b_public);
        assert_eq!(shared, b.agree(&a_public));
        assert_ne!(shared, c.agree(&a_public));
    }

    #[test]
    fn a_key_that_fixes_the_result_is_refused() {
        assert!(AgreePublic::from_bytes([0; 32]).is_err());
        let mut one = [0; 32];
        one[0] = 1;
        assert!(AgreePublic::from_bytes(one).is_err());
    }
}
