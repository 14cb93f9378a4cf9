//! Keys, sealed envelopes and signatures of Vice Versa.
//!
//! Everything here is a pure function of its arguments and, where a name begins with `make_` or `seal_`, of the
//! operating system's randomness. There is no file, no database, no clock and no network in this crate, and it knows
//! neither records nor spaces beyond the bytes that name them; those live in `vv-protocol` and `vv-core`.
//!
//! Names: `derive_*` is deterministic, `make_*` is random, `seal`/`open` are for content, `wrap`/`unwrap_key` are for
//! keys. Every hash, derived key and signature has a context string of its own; all of them stand in [`contexts`].
//!
//! Start at [`Key32`] and [`derive_key`], then [`EpochKeys`] (what content is sealed with) and [`KitSeed`] (how a
//! person comes back).

mod account;
mod aead;
mod agree;
mod blob;
pub mod contexts;
mod epoch;
mod feed;
mod hpke;
mod key;
mod kit;
mod kit_file;
mod kit_words;
mod passphrase;
mod safety_words;
mod sign;

pub use account::AccountSecret;
pub use aead::{
    NONCE_LEN, OpenError, TAG_LEN, make_nonce, open, open_with_nonce_prefix, seal, seal_with_random_nonce,
};
pub use agree::{AgreePublic, AgreeSecret};
pub use blob::{BLOB_NONCE_LEN, chunk_name, make_blob_nonce, open_chunk, seal_chunk};
pub use epoch::{
    EpochGrant, EpochKeys, EpochWrapPlace, GrantError, derive_epoch_id, derive_record_key, make_epoch,
    open_back_link, seal_back_link, unwrap_epoch, wrap_epoch,
};
pub use feed::derive_feed_key;
pub use hpke::{
    EncPublic, EncSecret, InvalidPublicKey, SUITE, WRAP_OVERHEAD, derive_enc_keypair, open_from, seal_to,
    unwrap_key, wrap_key,
};
pub use key::{Key32, derive_key, hash, make_bytes, make_key};
pub use kit::KitSeed;
pub use kit_file::{
    KitFile, KitFileError, KitHints, KitProtection, kit_file_protection, read_kit_file, seal_kit_file,
    write_open_kit_file,
};
pub use kit_words::KitWordsError;
pub use passphrase::{PassphraseError, PassphraseParams, derive_passphrase_key};
pub use safety_words::{safety_words, words_for};
pub use sign::{SignatureError, SigningKey, VerifyingKey};
pub use zeroize::Zeroizing;
