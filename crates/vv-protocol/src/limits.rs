//! How large things may be. The same for everybody: a record that one device accepts, all accept.

/// Longest record in bytes, header and sealed part together.
pub const MAX_RECORD_LEN: usize = 256 * 1024;
/// Longest content of a sealed part in bytes, signature included: with header, padding and tag it still is a record.
pub const MAX_CONTENT_LEN: usize = 252 * 1024 - 4;
/// Longest update of a text in bytes, before sealing.
pub const MAX_UPDATE_LEN: usize = 64 * 1024;
/// Longest text of one document in bytes.
pub const MAX_DOC_LEN: usize = 1024 * 1024;
/// Longest attached file in bytes that travels; what is longer stays local.
pub const MAX_BLOB_LEN: u64 = 100 * 1024 * 1024;
/// Length in bytes of every chunk of a file but its last, before sealing.
pub const CHUNK_LEN: usize = 1024 * 1024;
/// Most records in one pushed batch.
pub const MAX_BATCH_RECORDS: usize = 1_000;
/// Longest pushed batch in bytes.
pub const MAX_BATCH_LEN: usize = 4 * 1024 * 1024;
/// Longest page that a server answers a pull with, in bytes.
pub const MAX_PAGE_LEN: usize = MAX_BATCH_LEN;
/// Longest sealed chunk of a file that a server takes, in bytes.
pub const MAX_SEALED_CHUNK_LEN: usize = CHUNK_LEN + 64;
/// Longest note of a space in bytes.
pub const MAX_NOTE_LEN: usize = 64 * 1024;
/// Longest item in a mailbox in bytes.
pub const MAX_MAILBOX_ITEM_LEN: usize = 64 * 1024;
/// Most items in a mailbox.
pub const MAX_MAILBOX_ITEMS: usize = 20;
/// Longest that an item stays in a mailbox, in seconds.
pub const MAX_MAILBOX_SECONDS: u64 = 30 * 24 * 60 * 60;
/// Length in bytes that every sealed text has at least, before its tag.
pub const MIN_PADDED_LEN: usize = 256;
/// Length in bytes of the tag at the end of a sealed text.
pub const TAG_LEN: usize = 16;
/// Largest number in a feed. It fits into the signed 64-bit numbers of databases.
pub const MAX_SEQ: u64 = i64::MAX as u64;
