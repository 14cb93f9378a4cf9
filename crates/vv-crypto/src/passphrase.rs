//! Keys from passphrases: Argon2id within fixed bounds.
//!
//! The parameters are stored beside what they protect and so could be forged; values outside the bounds are refused
//! before any work is done, below (a downgrade) as well as above (a machine brought to its knees).

use argon2::{Algorithm, Argon2, Params, Version};
use unicode_normalization::UnicodeNormalization;
use zeroize::{Zeroize, Zeroizing};

use crate::key::{Key32, make_bytes};

/// Says how a passphrase becomes a key. Not secret; stored beside what the key protects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PassphraseParams {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes, which also bound how many cores can help.
    pub lanes: u32,
    /// Random salt.
    pub salt: [u8; 16],
}

impl PassphraseParams {
    /// The least memory that is accepted: 64 MiB.
    pub const MIN_MEMORY_KIB: u32 = 64 * 1024;
    /// The most memory that is accepted: 1 GiB.
    pub const MAX_MEMORY_KIB: u32 = 1024 * 1024;
    /// The fewest passes that are accepted.
    pub const MIN_ITERATIONS: u32 = 3;
    /// The most passes that are accepted.
    pub const MAX_ITERATIONS: u32 = 16;
    /// The most lanes that are accepted.
    pub const MAX_LANES: u32 = 4;

    /// Makes the parameters for a new passphrase: a random salt, 64 MiB, three passes, one lane.
    pub fn make_default() -> Self {
        Self {
            memory_kib: Self::MIN_MEMORY_KIB,
            iterations: Self::MIN_ITERATIONS,
            lanes: 1,
            salt: make_bytes(),
        }
    }

    /// Refuses parameters outside the bounds.
    pub fn check(&self) -> Result<(), PassphraseError> {
        let weak = self.memory_kib < Self::MIN_MEMORY_KIB
            || self.iterations < Self::MIN_ITERATIONS
            || self.lanes < 1;
        let heavy = self.memory_kib > Self::MAX_MEMORY_KIB
            || self.iterations > Self::MAX_ITERATIONS
            || self.lanes > Self::MAX_LANES;
        match (weak, heavy) {
            (true, _) => Err(PassphraseError::TooWeak),
            (_, true) => Err(PassphraseError::TooHeavy),
            _ => Ok(()),
        }
    }
}

/// Reports why a passphrase did not become a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PassphraseError {
    /// The passphrase has no characters.
    #[error("the passphrase is empty")]
    Empty,
    /// The stored parameters protect less than this version allows.
    #[error("the stored passphrase settings are weaker than allowed, so they were not used")]
    TooWeak,
    /// The stored parameters ask for more than this version allows.
    #[error("the stored passphrase settings ask for more memory or time than allowed, so they were not used")]
    TooHeavy,
    /// The memory that the parameters ask for is not there.
    #[error("there is not enough free memory to check the passphrase")]
    NoMemory,
}

/// Derives a key from a passphrase with Argon2id (version 1.3).
///
/// The passphrase is prepared as the OpaqueString profile of RFC 8265 says: every space character becomes an ordinary
/// space, then the text is normalised to NFC. So a passphrase typed on a keyboard that composes accents differently
/// opens what it closed, and no two passphrases that look different become the same, as they would with NFKC. Nothing
/// is trimmed and letters keep their case.
pub fn derive_passphrase_key(passphrase: &str, params: &PassphraseParams) -> Result<Key32, PassphraseError> {
    params.check()?;
    if passphrase.is_empty() {
        return Err(PassphraseError::Empty);
    }
    let prepared = prepare(passphrase);
    let cost = Params::new(params.memory_kib, params.iterations, params.lanes, Some(32))
        .expect("parameters within the bounds are valid for Argon2");
    let mut key = [0; 32];
    let done = Argon2::new(Algorithm::Argon2id, Version::V0x13, cost).hash_password_into(
        prepared.as_bytes(),
        &params.salt,
        &mut key,
    );
    let derived = Key32::from_bytes(key);
    key.zeroize();
    done.map(|()| derived).map_err(|_| PassphraseError::NoMemory)
}

fn prepare(passphrase: &str) -> Zeroizing<String> {
    let spaces = passphrase.chars().map(|c| if is_space(c) { ' ' } else { c });
    // Room for the longest form NFC can take, so that no half-filled copy stays behind in freed memory.
    let mut prepared = Zeroizing::new(String::with_capacity(passphrase.len() * 3));
    prepared.extend(spaces.nfc());
    prepared
}

/// Tells the characters of Unicode's category Zs.
fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}')
}
