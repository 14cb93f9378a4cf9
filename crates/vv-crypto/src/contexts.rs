//! Every context string that this crate itself uses, in one place.
//!
//! A context separates one use of a key or a hash from every other, so no two may be equal and none may ever change:
//! what was sealed under one can only be opened under the same. `docs/protocol.md` repeats this list. Contexts of
//! records and batches belong to `vv-protocol`, those of the notebook's key file to `vv-core`.

/// Separates the key pair to which keys are wrapped from the secret it is derived from.
pub const ENC_KEY: &str = "enc-key/v1";
/// Separates the id of an epoch from its content key.
pub const EPOCH_ID: &str = "epoch-id/v1";
/// Separates the key that seals the records of one stream.
pub const RECORD_KEY: &str = "record/v1";
/// Separates the link from one epoch back to the one before it.
pub const EPOCH_BACK: &str = "epoch-back/v1";
/// Begins the `info` of a wrap that carries epoch keys to an account.
pub const EPOCH_WRAP: &str = "epoch/v1";
/// Separates the signing key of one feed.
pub const FEED_KEY: &str = "feed-key/v1";
/// Separates the account's key pair from the account secret.
pub const ACCOUNT_ENC: &str = "account-enc/v1";
/// Separates the account's symmetric key from the account secret.
pub const ACCOUNT_SYM: &str = "account-sym/v1";
/// Separates the key that opens one space on a server from the key that a person's devices share.
pub const SPACE_ACCESS: &str = "space-access/v1";
/// Begins the `info` of a wrap that carries an account secret to a device or to the recovery key.
pub const ACCOUNT_WRAP: &str = "puk/v1";
/// Separates the link from one account secret back to the one before it.
pub const ACCOUNT_BACK: &str = "puk-back/v1";
/// Separates the account root key from the kit's seed.
pub const KIT_ACCOUNT_ROOT: &str = "kit-account-root/v1";
/// Separates the recovery key pair from the kit's seed.
pub const KIT_RECOVERY: &str = "kit-recovery/v1";
/// Separates the account locator from the kit's seed.
pub const KIT_LOCATOR: &str = "kit-account-locator/v1";
/// Separates the server access key from the kit's seed.
pub const KIT_SERVER_ACCESS: &str = "kit-server-access/v1";
/// Separates the checksum of a kit file.
pub const KIT_FILE_CHECK: &str = "kit-file-check/v1";
/// Binds the sealed part of a kit file to its format.
pub const KIT_FILE: &str = "kit-file/v1";
/// Separates the words by which two people tell that nobody stands between them.
pub const SAFETY: &str = "safety/v1";

/// Lists all of the above, for the test that they differ.
pub const ALL: [&str; 18] = [
    ENC_KEY,
    EPOCH_ID,
    RECORD_KEY,
    EPOCH_BACK,
    EPOCH_WRAP,
    FEED_KEY,
    ACCOUNT_ENC,
    ACCOUNT_SYM,
    SPACE_ACCESS,
    ACCOUNT_WRAP,
    ACCOUNT_BACK,
    KIT_ACCOUNT_ROOT,
    KIT_RECOVERY,
    KIT_LOCATOR,
    KIT_SERVER_ACCESS,
    KIT_FILE_CHECK,
    KIT_FILE,
    SAFETY,
];
