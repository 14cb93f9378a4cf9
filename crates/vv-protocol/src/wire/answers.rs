//! The bodies in JSON, the same types on both sides.
//!
//! A reader passes over fields that it does not know, so a server may say more than a device understands.

use serde::{Deserialize, Serialize};

use super::{base64, hex};

/// Says what the server is and allows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerView {
    /// The program, `vv-server`.
    pub program: String,
    /// Its version.
    pub version: String,
    /// The versions of the protocol that it speaks.
    pub protocols: Vec<u32>,
    /// Its clock, in seconds since 1970.
    pub time: u64,
    /// Whether a space is made with a voucher only.
    pub needs_voucher: bool,
    /// What it accepts at most.
    pub limits: ServerLimits,
}

/// Says what a server accepts at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ServerLimits {
    /// Bytes of one record.
    pub record: u64,
    /// Records of one batch.
    pub batch_records: u64,
    /// Bytes of one batch.
    pub batch_bytes: u64,
    /// Bytes of one sealed chunk of a file.
    pub chunk: u64,
    /// Bytes of one attached file.
    pub blob: u64,
    /// Bytes of all that a new space may hold.
    pub space: u64,
    /// Bytes of a note.
    pub note: u64,
    /// Bytes of one item in a mailbox.
    pub mailbox_item: u64,
    /// Items in a mailbox.
    pub mailbox_items: u64,
}

/// Is a nonce to sign in an [`super::AuthClaim`], good for a minute and for any number of spaces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// The nonce.
    #[serde(with = "base64")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub nonce: Vec<u8>,
    /// The server's clock, in seconds since 1970: a device whose clock is wrong counts from it.
    pub time: u64,
}

/// Is a token, sent as `Authorization: Bearer …` with every request about its space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TokenAnswer {
    /// The token.
    pub token: String,
    /// Until when it is good, in seconds since 1970 by the server's clock.
    pub not_after: u64,
    /// What its key may do now, as [`super::Rights::bits`] gives it.
    pub rights: u8,
}

/// Says how far one stream has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StreamHead {
    /// The stream.
    pub stream: u32,
    /// The id of the server's copy of it, another one after a restore.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub log_id: [u8; 8],
    /// How many records it holds.
    pub head: u64,
    /// The chain after the last of them.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub chain: [u8; 32],
}

/// Says how far a space has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SpaceHeads {
    /// Its streams in which there is anything, in rising order.
    pub streams: Vec<StreamHead>,
    /// The version of its note, 0 when there is none.
    pub note_version: u64,
    /// The number of its list of access.
    pub access_version: u64,
    /// Bytes that it takes.
    pub used: u64,
    /// Bytes that it may take.
    pub quota: u64,
}

/// Answers a push. Records that are new stand at the end of the stream, one after the other, the last at `head`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PushAnswer {
    /// The id of the server's copy of the stream.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub log_id: [u8; 8],
    /// How many records the stream holds after the push.
    pub head: u64,
    /// The chain after the last of them.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub chain: [u8; 32],
    /// How many of the records were new.
    pub accepted: u64,
    /// How many were there already.
    pub known: u64,
    /// The number of the list of access after the push.
    pub access_version: u64,
}

/// Gives the note of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoteAnswer {
    /// Its version, which grows by one with each change; 0 when there is none.
    pub version: u64,
    /// The note; empty when there is none.
    #[serde(with = "base64")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub note: Vec<u8>,
}

/// Gives what lies in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailboxAnswer {
    /// The items, the oldest first.
    pub items: Vec<MailboxItem>,
}

/// Is one item in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MailboxItem {
    /// Its number, which grows.
    pub number: u64,
    /// What was left.
    #[serde(with = "base64")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub body: Vec<u8>,
}

/// Asks for pokes about the spaces of these tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Listening {
    /// The tokens, each with the right to read its space.
    pub tokens: Vec<String>,
    /// Heads that are known already; what differs from them is poked at once.
    #[serde(default)]
    pub known: Vec<Known>,
}

/// Names a head that a device has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Known {
    /// The space.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub space: [u8; 16],
    /// The stream.
    pub stream: u32,
    /// How many of its records the device has.
    pub head: u64,
}

/// Says that a stream has grown, or is there at all: go and pull.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Poke {
    /// The space.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub space: [u8; 16],
    /// The stream.
    pub stream: u32,
    /// The id of the server's copy of it.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub log_id: [u8; 8],
    /// How many records it holds.
    pub head: u64,
    /// The chain after the last of them.
    #[serde(with = "hex")]
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub chain: [u8; 32],
}

/// Says why a request was refused; the body of every answer that is not 2xx.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Refusal {
    /// What happened, for a program.
    pub code: ErrorCode,
    /// What happened, in English.
    pub message: String,
    /// With `feed_gap`: the number of the record of the feed that comes next. With `stale`: the head or version that is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expected: Option<u64>,
}

/// Names what went wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The token is missing, too old or not of this server. 401.
    Unauthorised,
    /// The key has no such right in the space, or there is no such space. 403.
    Forbidden,
    /// There is nothing of that name. 404.
    NotFound,
    /// The request is not one. 400.
    Malformed,
    /// A signature does not hold. 400.
    Signature,
    /// The claim names another host. 400.
    OtherHost,
    /// It is larger than the server accepts. 413.
    TooLarge,
    /// Something else stands at a place of this feed. 409.
    FeedFork,
    /// Records of the feed are missing before these. 409.
    FeedGap,
    /// The stream, note or list of access has moved on since. 409.
    Stale,
    /// The space is there already. 409.
    Exists,
    /// The voucher is missing, unknown or spent. 403.
    Voucher,
    /// The space holds as much as it may. 507.
    Quota,
    /// The mailbox is full. 507.
    Full,
    /// Too many requests; `Retry-After` says when. 429.
    TooMany,
    /// The server cannot answer now. 503.
    Unavailable,
    /// Something that this version does not know.
    #[serde(other)]
    Unknown,
}
