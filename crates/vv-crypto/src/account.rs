//! The account secret ("PUK"): what every device of a person shares, and what epoch keys are wrapped to.
//!
//! Each generation is a new random secret. A newer one opens the older one, so a device needs only the newest wrap; an
//! older one never opens a newer one, so a revoked device is left behind.

use crate::aead::{OpenError, open_with_nonce_prefix, seal_with_random_nonce};
use crate::contexts;
use crate::hpke::{EncPublic, EncSecret, derive_enc_keypair, unwrap_key, wrap_key};
use crate::key::{Key32, derive_key, make_key};
use crate::sign::SigningKey;

/// Holds one generation of a person's account secret.
#[derive(Debug, Clone)]
pub struct AccountSecret {
    generation: u32,
    secret: Key32,
}

impl AccountSecret {
    /// Makes the first generation, number 0.
    pub fn make_first() -> Self {
        Self { generation: 0, secret: make_key() }
    }

    /// Makes the generation after this one, unrelated to it but for its number.
    ///
    /// # Panics
    /// After four thousand million generations.
    pub fn make_next(&self) -> Self {
        let generation =
            self.generation.checked_add(1).expect("an account has far fewer than 2^32 generations");
        Self { generation, secret: make_key() }
    }

    /// Puts a stored generation together again.
    pub fn from_parts(generation: u32, secret: Key32) -> Self {
        Self { generation, secret }
    }

    /// Tells the number of this generation.
    pub fn generation(&self) -> u32 {
        self.generation
    }

    /// Lends the secret, to be stored sealed.
    pub fn secret(&self) -> &Key32 {
        &self.secret
    }

    /// Derives the key pair that spaces wrap their epoch keys to.
    pub fn derive_account_enc(&self) -> (EncSecret, EncPublic) {
        derive_enc_keypair(&derive_key(contexts::ACCOUNT_ENC, &self.secret, b""))
    }

    /// Derives the symmetric key that a person's own devices share.
    pub fn derive_account_sym(&self) -> Key32 {
        derive_key(contexts::ACCOUNT_SYM, &self.secret, b"")
    }

    /// Derives the key pair that opens one space on a server. The keys of two spaces cannot be told to belong to one person.
    pub fn derive_space_access(&self, space_id: &[u8; 16]) -> SigningKey {
        SigningKey::from_seed(&derive_key(contexts::SPACE_ACCESS, &self.derive_account_sym(), space_id))
    }

    /// Wraps this secret to a device or to the recovery key.
    pub fn wrap(&self, to: &EncPublic, account_id: &[u8; 32]) -> Vec<u8> {
        wrap_key(to, &wrap_info(account_id, self.generation), b"", self.secret.as_bytes())
    }

    /// Unwraps the secret of one generation with a device's key or the recovery key.
    pub fn unwrap(
        secret: &EncSecret,
        account_id: &[u8; 32],
        generation: u32,
        wrapped: &[u8],
    ) -> Result<Self, OpenError> {
        let plain = unwrap_key(secret, &wrap_info(account_id, generation), b"", wrapped)?;
        let secret = Key32::from_slice(&plain).ok_or(OpenError)?;
        Ok(Self { generation, secret })
    }

    /// Seals the generation before this one under this one.
    pub fn seal_back_link(&self, account_id: &[u8; 32], previous: &AccountSecret) -> Vec<u8> {
        let aad = back_place(account_id, self.generation, previous.generation);
        seal_with_random_nonce(&self.back_key(), &aad, previous.secret.as_bytes())
    }

    /// Opens the generation before this one.
    pub fn open_back_link(
        &self,
        account_id: &[u8; 32],
        previous_generation: u32,
        sealed: &[u8],
    ) -> Result<AccountSecret, OpenError> {
        let aad = back_place(account_id, self.generation, previous_generation);
        let plain = open_with_nonce_prefix(&self.back_key(), &aad, sealed)?;
        let secret = Key32::from_slice(&plain).ok_or(OpenError)?;
        Ok(Self { generation: previous_generation, secret })
    }

    fn back_key(&self) -> Key32 {
        derive_key(contexts::ACCOUNT_BACK, &self.secret, b"")
    }
}

/// `"puk/v1" ‖ account id ‖ generation`, which has a fixed length.
fn wrap_info(account_id: &[u8; 32], generation: u32) -> Vec<u8> {
    [contexts::ACCOUNT_WRAP.as_bytes(), account_id, &generation.to_le_bytes()].concat()
}

fn back_place(account_id: &[u8; 32], generation: u32, previous: u32) -> Vec<u8> {
    [account_id.as_slice(), &generation.to_le_bytes(), &previous.to_le_bytes()].concat()
}
