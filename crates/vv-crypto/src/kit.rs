//! The recovery kit's seed, and what is derived from it.
//!
//! One random seed of 32 bytes is all that a person keeps outside the notebook. From it come the account root (which
//! overrides every device), the recovery key (to which the account secret is always wrapped), and where on a server or
//! in a folder the account is found and with which key it is fetched.

use std::fmt;

use zeroize::Zeroizing;

use crate::contexts;
use crate::hpke::{EncPublic, EncSecret, derive_enc_keypair};
use crate::key::{Key32, derive_key, make_key};
use crate::kit_words::{self, KitWordsError};
use crate::sign::SigningKey;

/// Holds the seed of a recovery kit. Wiped when dropped, never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct KitSeed(Key32);

impl KitSeed {
    /// Makes a new kit.
    pub fn make() -> Self {
        Self(make_key())
    }

    /// Takes 32 bytes as a kit's seed.
    pub fn from_key(seed: Key32) -> Self {
        Self(seed)
    }

    /// Lends the seed itself.
    pub fn key(&self) -> &Key32 {
        &self.0
    }

    /// Writes the seed as 24 BIP-39 words of the English list.
    pub fn to_words(&self) -> Vec<String> {
        kit_words::words_of(self.0.as_bytes())
    }

    /// Reads 24 words; capitals, numbering and line breaks do not matter.
    pub fn from_words(words: &str) -> Result<Self, KitWordsError> {
        let seed: Zeroizing<[u8; 32]> = kit_words::seed_of(words)?;
        Ok(Self(Key32::from_bytes(*seed)))
    }

    /// Derives the account root, which signs the account's genesis and its recovery.
    pub fn derive_account_root(&self) -> SigningKey {
        SigningKey::from_seed(&derive_key(contexts::KIT_ACCOUNT_ROOT, &self.0, b""))
    }

    /// Derives the recovery key pair, to which the account secret is wrapped.
    pub fn derive_recovery(&self) -> (EncSecret, EncPublic) {
        derive_enc_keypair(&derive_key(contexts::KIT_RECOVERY, &self.0, b""))
    }

    /// Derives the locator under which the account's stream is found. Not secret, and says nothing about the seed.
    pub fn derive_account_locator(&self) -> [u8; 16] {
        let locator = derive_key(contexts::KIT_LOCATOR, &self.0, b"");
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&locator.as_bytes()[..16]);
        bytes
    }

    /// Derives the key with which the account's stream is fetched from a server.
    pub fn derive_server_access_key(&self) -> SigningKey {
        SigningKey::from_seed(&derive_key(contexts::KIT_SERVER_ACCESS, &self.0, b""))
    }
}

impl fmt::Debug for KitSeed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KitSeed(..)")
    }
}
