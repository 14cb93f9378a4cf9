//! What follows from the secret of an invitation.

use vv_crypto::{EncPublic, EncSecret, Key32, SigningKey, derive_enc_keypair, derive_key};

/// Hash: the key of an invitation.
const INVITE: &str = "invite/v1";
/// Key: seed of what signs a request.
const SIGN: &str = "invite-sign/v1";
/// Key: seed of what requests are sealed to.
const SEAL: &str = "invite-seal/v1";
/// Key: id of the invitation and of its mailbox.
const ID: &str = "invite-id/v1";

/// Holds the keys of an invitation. Whoever has the link has them, and so have the members.
pub(crate) struct InviteKeys(Key32);

impl InviteKeys {
    /// Derives the keys from the secret of an invitation into a space.
    pub(crate) fn derive(secret: &[u8; 16], space: &[u8; 16]) -> Self {
        Self(Key32::from_bytes(vv_protocol::hash(INVITE, &[secret, space])))
    }

    /// Gives the id of the invitation, which is also that of the mailbox for requests.
    pub(crate) fn id(&self) -> [u8; 16] {
        *derive_key(ID, &self.0, b"").as_bytes().first_chunk().expect("a key has more than sixteen bytes")
    }

    /// Gives what shows that somebody has the link.
    pub(crate) fn signing(&self) -> SigningKey {
        SigningKey::from_seed(&derive_key(SIGN, &self.0, b""))
    }

    /// Gives what requests are sealed to, and what opens them.
    pub(crate) fn sealing(&self) -> (EncSecret, EncPublic) {
        derive_enc_keypair(&derive_key(SEAL, &self.0, b""))
    }
}
