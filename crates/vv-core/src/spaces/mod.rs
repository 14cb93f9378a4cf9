//! What people share: spaces, who belongs to them, and the keys that follow from it.
//!
//! A space is a genesis that fixes its rules, a signed membership log, and epochs of keys wrapped to whoever belongs to
//! it. Nothing here asks a server who is a member: `membership/` computes it from signed operations alone, `control/`
//! has these as bytes, `epochs/` says who is given which keys, `invite/` how somebody comes in. All four are pure.
//!
//! Over the notebook: `shared.rs` reads a space whole, `merge.rs` takes in what arrives, `settle.rs` draws the consequences for
//! this device, `keys.rs` makes new keys. A person's verbs stand in `make.rs`,
//! `inviting.rs`, `asking.rs`, `letting_in.rs` and `members.rs`, what is shown in
//! `view.rs`. Before anything is written into a space: [`ready_to_write`].

mod accounts;
mod asking;
mod bytes;
pub(crate) mod control;
pub(crate) mod epochs;
mod error;
pub(crate) mod invite;
mod inviting;
mod keys;
mod letting_in;
mod make;
mod members;
pub(crate) mod membership;
mod merge;
mod record;
mod settle;
mod shared;
mod table;
#[cfg(test)]
pub(crate) mod tests;
#[cfg(test)]
mod vectors;
mod view;

pub use asking::{
    Answer, AnswerBox, Letter, LookedAt, Message, answer_mailboxes, ask_to_join, forget_request, look_at,
    take_answer, take_letter,
};
pub use error::SpaceError;
pub use invite::{LinkError, RequestError};
pub use inviting::{InvitationMade, NewInvitation, end_invitation, invite as invite_into};
pub use keys::ready_to_write;
pub use letting_in::{answered, answers_due, approve, decline, request_mailboxes, take_request};
pub use make::create_space;
pub use members::{
    change_role, consent, end_proposal, forget_compared, keep_up, leave_space, note_compared, remove_member,
    rename_space,
};
pub use membership::{History, Role, SpaceKind};
pub use view::{
    AskedFor, InvitationRow, Member, Proposal, Request, Space, SpaceAccess, SpaceState, WhoCanRead,
    access_of, get_space, list_asked, list_spaces,
};

pub(crate) use accounts::{enc_of, open_mine};
pub(crate) use merge::{glimpse, merge};
pub(crate) use record::project;
pub(crate) use settle::{limit_new, settle_all};

/// Names a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SpaceId(pub [u8; 16]);

/// Names somebody in a space: their account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MemberId(pub [u8; 32]);

/// Names an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InviteId(pub [u8; 16]);

/// Names a request to come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub [u8; 32]);

/// Names the proposal of a facilitator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ProposalId(pub [u8; 32]);
