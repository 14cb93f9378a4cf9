//! Encrypted journals of jrnl: AES-CBC under a hash of the passphrase (version 1), Fernet under PBKDF2 (versions 2 and 3).
//!
//! What comes out stays in memory and is forgotten with the import. This is reading of foreign formats; nothing of ours is
//! sealed like this.

use aes::Aes256;
use cbc::cipher::block_padding::{NoPadding, Pkcs7};
use cbc::cipher::{BlockModeDecrypt, KeyIvInit};
use data_encoding::BASE64URL;
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

/// The salt that the program has built in.
const SALT: [u8; 16] = *b"\xf2\xd5q\x0e\xc1\x8d.\xde\xdc\x8e6t\x89\x04\xce\xf8";
const ROUNDS: u32 = 100_000;
/// The version of Fernet, and how its text begins.
const FERNET: u8 = 0x80;
const FERNET_BEGINS: &[u8] = b"gAAAAA";
/// Bytes of a Fernet token before and after what is encrypted: version, time, vector; hash.
const BEFORE: usize = 1 + 8 + 16;
const AFTER: usize = 32;
const BLOCK: usize = 16;

/// Says how a file is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    One,
    Two,
}

/// Finds out whether bytes are an encrypted journal. The first version shows no sign: whole blocks that are no text.
pub(super) fn find(begun: &[u8], length: u64) -> Option<Version> {
    if begun.starts_with(FERNET_BEGINS) && begun.trim_ascii_end().iter().all(|byte| is_base64(*byte)) {
        return Some(Version::Two);
    }
    let blocks = length >= 2 * BLOCK as u64 && length.is_multiple_of(BLOCK as u64);
    let text = match std::str::from_utf8(begun) {
        Ok(_) => true,
        // The beginning may end in the middle of a letter.
        Err(error) => error.error_len().is_none(),
    };
    let known = [
        b"\x89PNG".as_slice(),
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"%PDF",
        b"\x1F\x8B",
        b"SQLite",
        b"\x7FELF",
        b"RIFF",
        b"7z\xBC\xAF",
    ]
    .iter()
    .any(|sign| begun.starts_with(sign));
    (blocks && !text && !known && !begun.starts_with(b"\xFF\xFE") && !begun.starts_with(b"\xFE\xFF"))
        .then_some(Version::One)
}

fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'\n' | b'\r')
}

/// Opens an encrypted journal; none when the passphrase does not.
pub(super) fn open(version: Version, bytes: &[u8], passphrase: &str) -> Option<Zeroizing<Vec<u8>>> {
    match version {
        Version::One => open_one(bytes, passphrase),
        Version::Two => open_two(bytes, passphrase),
    }
}

fn open_one(bytes: &[u8], passphrase: &str) -> Option<Zeroizing<Vec<u8>>> {
    let (vector, sealed) = bytes.split_at_checked(BLOCK)?;
    let key = Zeroizing::new(<[u8; 32]>::from(Sha256::digest(passphrase.as_bytes())));
    let decryptor = cbc::Decryptor::<Aes256>::new_from_slices(key.as_slice(), vector).ok()?;
    let mut plain = Zeroizing::new(sealed.to_vec());
    let length = decryptor.decrypt_padded::<NoPadding>(&mut plain).ok()?.len();
    plain.truncate(length);
    // Ancient versions filled the last block with spaces.
    let filled = *plain.last()?;
    let end = if filled == b' ' {
        plain.iter().rposition(|byte| *byte != b' ').map_or(0, |at| at + 1)
    } else {
        let count = usize::from(filled);
        let whole = (1..=BLOCK).contains(&count) && plain.len() >= count;
        let right = whole && plain[plain.len() - count..].iter().all(|byte| *byte == filled);
        right.then(|| plain.len() - count)?
    };
    plain.truncate(end);
    // Nothing else tells a wrong passphrase.
    std::str::from_utf8(&plain).is_ok().then_some(plain)
}

fn open_two(bytes: &[u8], passphrase: &str) -> Option<Zeroizing<Vec<u8>>> {
    let text: Vec<u8> = bytes.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let token = BASE64URL.decode(&text).ok()?;
    if token.len() < BEFORE + BLOCK + AFTER || token[0] != FERNET {
        return None;
    }
    let mut key = Zeroizing::new([0_u8; 32]);
    pbkdf2::pbkdf2_hmac::<Sha256>(passphrase.as_bytes(), &SALT, ROUNDS, key.as_mut_slice());
    let (signing, opening) = key.split_at(16);
    let (signed, hash) = token.split_at(token.len() - AFTER);
    let mut mac = Hmac::<Sha256>::new_from_slice(signing).ok()?;
    mac.update(signed);
    mac.verify_slice(hash).ok()?;
    let vector = &signed[BEFORE - BLOCK..BEFORE];
    let decryptor = cbc::Decryptor::<aes::Aes128>::new_from_slices(opening, vector).ok()?;
    let mut plain = Zeroizing::new(signed[BEFORE..].to_vec());
    let length = decryptor.decrypt_padded::<Pkcs7>(&mut plain).ok()?.len();
    plain.truncate(length);
    Some(plain)
}
