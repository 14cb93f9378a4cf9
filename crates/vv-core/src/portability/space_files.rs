//! What lies in the folder of an exported space: files of records, sealed chunks, and one file of keys. `docs/protocol.md`, "An
//! exported space", has the bytes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use serde::Serialize;
use vv_crypto::Key32;

use crate::store::keyring::HeldEpoch;

/// The first bytes of every file of records.
const MAGIC: &[u8] = b"vv-records\r\n\x1a";
const VERSION: u32 = 1;
/// The file of keys.
const KEYS: &str = "keys.json";
/// The folder of sealed chunks.
const CHUNKS: &str = "chunks";

/// Is records of one feed, as many as lie in one file.
pub(super) struct RecordsFile {
    bytes: Vec<u8>,
    name: String,
}

impl RecordsFile {
    /// Begins a file with the record that has this number.
    pub(super) fn begin(space: &[u8; 16], stream: u32, feed_key: &[u8; 32], first: u64) -> Self {
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&VERSION.to_le_bytes());
        bytes.extend_from_slice(space);
        bytes.extend_from_slice(&stream.to_le_bytes());
        bytes.extend_from_slice(feed_key);
        let feed = HEXLOWER.encode(&vv_protocol::feed_id(feed_key));
        Self { bytes, name: format!("{stream}-{feed}-{first:08x}.records") }
    }

    /// Adds a record, or what is left of one that was erased.
    pub(super) fn add(&mut self, raw: &[u8]) {
        self.bytes.extend_from_slice(&(raw.len() as u32).to_le_bytes());
        self.bytes.extend_from_slice(raw);
    }

    /// Tells how long it is.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    /// Ends it and writes it, durable when this returns.
    pub(super) fn write(mut self, folder: &Path) -> io::Result<()> {
        self.bytes.extend_from_slice(&0_u32.to_le_bytes());
        let hash = vv_protocol::hash("records-file/v1", &[&self.bytes]);
        self.bytes.extend_from_slice(&hash);
        write_new(&folder.join(&self.name), &self.bytes)
    }
}

/// Writes a sealed chunk as it is.
pub(super) fn write_chunk(part: &Path, name: &[u8; 32], sealed: &[u8]) -> io::Result<()> {
    let digits = HEXLOWER.encode(name);
    let folder = part.join(CHUNKS).join(&digits[..2]);
    fs::create_dir_all(&folder)?;
    write_new(&folder.join(digits), sealed)
}

/// Is the file of keys.
#[derive(Serialize)]
pub(super) struct KeysFile {
    format: &'static str,
    version: u32,
    space: String,
    kind: u32,
    made_ms: i64,
    epochs: Vec<EpochLine>,
    accounts: Vec<AccountLine>,
    feeds: Vec<FeedLine>,
    chunks: Vec<String>,
}

#[derive(Serialize)]
struct EpochLine {
    epoch: String,
    control_id: String,
    content: Option<String>,
    history: Option<String>,
    control: Option<String>,
    process: Option<String>,
}

#[derive(Serialize)]
struct AccountLine {
    account: String,
    log_key: String,
}

/// Says how far a feed goes, so that a file that is missing is missed.
#[derive(Serialize)]
pub(super) struct FeedLine {
    space: String,
    stream: u32,
    feed: String,
    last: u64,
    hash: String,
    /// First and last number of what was lost here.
    missing: Vec<(u64, u64)>,
    /// First and last number of what does not count, because its author did not belong any more.
    left_out: Vec<(u64, u64)>,
}

impl KeysFile {
    pub(super) fn begin(space: &[u8; 16], kind: u32, made_ms: i64, epochs: &[HeldEpoch]) -> Self {
        let secret = |key: &Option<Key32>| key.as_ref().map(|key| HEXLOWER.encode(key.as_bytes()));
        let epochs = epochs
            .iter()
            .map(|held| EpochLine {
                epoch: HEXLOWER.encode(&held.epoch),
                control_id: HEXLOWER.encode(&held.control_id),
                content: secret(&held.content),
                history: secret(&held.history),
                control: secret(&held.control),
                process: secret(&held.process),
            })
            .collect();
        Self {
            format: "vice-versa-space",
            version: VERSION,
            space: HEXLOWER.encode(space),
            kind,
            made_ms,
            epochs,
            accounts: Vec::new(),
            feeds: Vec::new(),
            chunks: Vec::new(),
        }
    }

    pub(super) fn add_account(&mut self, account: &[u8; 32], log_key: &Key32) {
        let line =
            AccountLine { account: HEXLOWER.encode(account), log_key: HEXLOWER.encode(log_key.as_bytes()) };
        self.accounts.push(line);
    }

    pub(super) fn add_feed(
        &mut self,
        head: &vv_protocol::FeedHead,
        missing: Vec<(u64, u64)>,
        left_out: Vec<(u64, u64)>,
    ) {
        self.feeds.push(FeedLine {
            space: HEXLOWER.encode(&head.space),
            stream: head.stream,
            feed: HEXLOWER.encode(&head.feed),
            last: head.seq,
            hash: HEXLOWER.encode(&head.hash),
            missing,
            left_out,
        });
    }

    pub(super) fn add_chunk(&mut self, name: &[u8; 32]) {
        self.chunks.push(HEXLOWER.encode(name));
    }

    /// Writes it for its owner's eyes alone, as far as the system knows such a thing.
    pub(super) fn write(&self, part: &Path) -> io::Result<()> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(part.join(KEYS))?;
        file.write_all(&bytes)?;
        file.sync_all()
    }
}

fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
