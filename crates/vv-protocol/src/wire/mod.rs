//! What travels between a device and a server: batches, pages, signed claims, answers, and the paths they go to.
//!
//! A server is built on this and `limits` alone. Nothing here makes a signature or opens a record; nothing here speaks
//! HTTP. The normative text is the section "Between device and server" of `docs/protocol.md`.
//!
//! Start at [`Batch`] (what is pushed) and [`Page`] (what is pulled); both carry [`Carried`] records. [`Signed`] is how
//! somebody asks for access; `answers` are the bodies in JSON.

mod answers;
mod base64;
mod batch;
mod carried;
mod claims;
mod groups;
pub mod hex;
mod page;
pub mod paths;
mod refused;
mod rights;

pub use answers::{
    Challenge, ErrorCode, Known, Listening, MailboxAnswer, MailboxItem, NoteAnswer, Poke, PushAnswer,
    Refusal, ServerLimits, ServerView, SpaceHeads, StreamHead, TokenAnswer,
};
pub use batch::Batch;
pub use carried::Carried;
pub use claims::{
    AccessClaim, AuthClaim, Claim, ClaimError, KeyRights, PurgeClaim, Signed, SpaceClaim, mailbox_id,
};
pub use page::Page;
pub use refused::WireError;
pub use rights::Rights;
