//! Sealing a message of which even the length tells little.

use vv_crypto::{EncPublic, EncSecret, Zeroizing, open_from, seal_to};

/// Seals a message for a purpose within a space.
pub(super) fn seal(to: &EncPublic, purpose: &str, space: &[u8; 16], plain: &[u8]) -> Vec<u8> {
    let padded = Zeroizing::new(vv_protocol::pad(plain));
    seal_to(to, &info(purpose, space), &padded)
}

/// Opens what [`seal`] made.
pub(super) fn open(
    secret: &EncSecret,
    purpose: &str,
    space: &[u8; 16],
    sealed: &[u8],
) -> Option<Zeroizing<Vec<u8>>> {
    let padded = open_from(secret, &info(purpose, space), sealed).ok()?;
    Some(Zeroizing::new(vv_protocol::unpad(&padded).ok()?.to_vec()))
}

fn info(purpose: &str, space: &[u8; 16]) -> Vec<u8> {
    [purpose.as_bytes(), space].concat()
}
