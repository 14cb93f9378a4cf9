//! Feed keys: one signing key per device, stream and incarnation.

use crate::contexts;
use crate::key::{Key32, derive_key};
use crate::sign::SigningKey;

/// Derives the signing key of one feed from its device's secret.
///
/// `incarnation` tells apart the lives of a device's feed in one stream: a new one begins whenever the local copy may
/// have been set back. Drawn at random rather than counted, two restores of one backup do not meet in the same feed.
pub fn derive_feed_key(device_seed: &Key32, space: &[u8; 16], stream: u32, incarnation: u64) -> SigningKey {
    let mut salt = [0; 28];
    salt[..16].copy_from_slice(space);
    salt[16..20].copy_from_slice(&stream.to_le_bytes());
    salt[20..].copy_from_slice(&incarnation.to_le_bytes());
    SigningKey::from_seed(&derive_key(contexts::FEED_KEY, device_seed, &salt))
}
