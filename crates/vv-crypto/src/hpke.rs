//! Wrapping to a public key: HPKE (RFC 9180), base mode, one message per context.
//!
//! Suite 1 is DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. There is no reusable sealing context here
//! on purpose: a nonce cannot be used twice where it is used once.

use std::fmt;

use ::hpke::aead::ChaCha20Poly1305;
use ::hpke::kdf::HkdfSha256;
use ::hpke::kem::X25519HkdfSha256;
use ::hpke::{Deserializable, Kem, OpModeR, OpModeS, Serializable, single_shot_open, single_shot_seal};
use zeroize::{Zeroize, Zeroizing};

use crate::aead::{OpenError, TAG_LEN};
use crate::contexts;
use crate::key::{Key32, derive_key, make_key};

/// Number of the suite in use, stored beside every wrap.
pub const SUITE: u8 = 1;
/// Bytes that a wrap is longer than what it carries: the encapsulated key and the tag.
pub const WRAP_OVERHEAD: usize = ENC_LEN + TAG_LEN;

const ENC_LEN: usize = 32;

/// Reports 32 bytes that are no usable X25519 public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("these bytes are not a public key that anything can be safely sealed to")]
pub struct InvalidPublicKey;

/// Opens what was wrapped to the matching [`EncPublic`]. Wiped when dropped, never printed.
#[derive(Clone)]
pub struct EncSecret(Key32);

impl EncSecret {
    /// Takes the bytes that [`EncSecret::to_key`] gave.
    pub fn from_key(key: Key32) -> Self {
        Self(key)
    }

    /// Gives the secret bytes, to be stored sealed.
    pub fn to_key(&self) -> Key32 {
        self.0.clone()
    }

    /// Gives the public half.
    pub fn public(&self) -> EncPublic {
        let secret = x25519_dalek::StaticSecret::from(*self.0.as_bytes());
        EncPublic(x25519_dalek::PublicKey::from(&secret).to_bytes())
    }
}

impl fmt::Debug for EncSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EncSecret(..)")
    }
}

/// Names whom something is sealed to: a public X25519 key that was checked to be usable.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EncPublic([u8; 32]);

impl EncPublic {
    /// Accepts 32 bytes as a public key unless they are one of the few points with which every shared secret is zero.
    pub fn from_bytes(bytes: [u8; 32]) -> Result<Self, InvalidPublicKey> {
        // Any clamped scalar is a multiple of the cofactor, so one exchange shows a point of small order.
        let shared = x25519_dalek::x25519([9; 32], bytes);
        if shared == [0; 32] { Err(InvalidPublicKey) } else { Ok(Self(bytes)) }
    }

    /// Lends the bytes of the key.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for EncPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EncPublic({})", data_encoding::HEXLOWER.encode(&self.0))
    }
}

/// Derives a key pair from a seed: DeriveKeyPair of RFC 9180 over a key derived from the seed.
pub fn derive_enc_keypair(seed: &Key32) -> (EncSecret, EncPublic) {
    let input = derive_key(contexts::ENC_KEY, seed, b"");
    let (secret, public) = X25519HkdfSha256::derive_keypair(input.as_bytes());
    let mut bytes: [u8; 32] = secret.to_bytes().into();
    let secret = EncSecret(Key32::from_bytes(bytes));
    bytes.zeroize();
    (secret, EncPublic(public.to_bytes().into()))
}

impl EncSecret {
    /// Makes a random key pair.
    pub fn make() -> (EncSecret, EncPublic) {
        derive_enc_keypair(&make_key())
    }
}

/// Wraps a key (or a few) to a public key; the result is the encapsulated key followed by the ciphertext.
///
/// `info` says what kind of wrap this is and for whom, `aad` what else it is bound to; both must be given again to
/// unwrap.
pub fn wrap_key(to: &EncPublic, info: &[u8], aad: &[u8], plain: &[u8]) -> Vec<u8> {
    let to = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(&to.0).expect("any 32 bytes are an encoding");
    let (enc, ct) = single_shot_seal::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &to,
        info,
        plain,
        aad,
    )
    .expect("a checked public key and a message that fits into memory can be sealed");
    let mut wrapped = enc.to_bytes().to_vec();
    wrapped.extend_from_slice(&ct);
    wrapped
}

/// Unwraps what [`wrap_key`] made, when `info` and `aad` are the same and no byte changed.
pub fn unwrap_key(
    secret: &EncSecret,
    info: &[u8],
    aad: &[u8],
    wrapped: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (enc, ct) = wrapped.split_first_chunk::<ENC_LEN>().ok_or(OpenError)?;
    let secret =
        <X25519HkdfSha256 as Kem>::PrivateKey::from_bytes(secret.0.as_bytes()).map_err(|_| OpenError)?;
    let enc = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(enc).map_err(|_| OpenError)?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &secret,
        &enc,
        info,
        ct,
        aad,
    )
    .map(Zeroizing::new)
    .map_err(|_| OpenError)
}

/// Seals content of any length to a public key, without any secret of the sender's: the suite number, then a wrap.
///
/// This is how a line captured while the notebook is locked waits in the inbox: whoever seals cannot open again.
pub fn seal_to(to: &EncPublic, info: &[u8], plain: &[u8]) -> Vec<u8> {
    let mut sealed = vec![SUITE];
    sealed.extend_from_slice(&wrap_key(to, info, &[SUITE], plain));
    sealed
}

/// Opens what [`seal_to`] made.
pub fn open_from(secret: &EncSecret, info: &[u8], sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    match sealed.split_first() {
        Some((&SUITE, wrapped)) => unwrap_key(secret, info, &[SUITE], wrapped),
        _ => Err(OpenError),
    }
}
