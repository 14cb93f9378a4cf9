//! How somebody comes into a space: a link with a secret, a request under it, and a member's answer.
//!
//! A server sees none of it: the secret stands behind the `#` of a link, and what is left in a mailbox is sealed. The link
//! also names the space by an id that pins its genesis, so nobody is brought into another space than the one they were
//! asked into. All three also travel as files. Start at [`Invitation`].

mod answer;
mod keys;
mod link;
mod qr;
mod request;
mod sealed;
#[cfg(test)]
mod tests;

pub(crate) use answer::{JoinAnswer, Outcome, Welcome, answer_mailbox};
pub(crate) use keys::InviteKeys;
pub(crate) use link::Invitation;
pub use link::LinkError;
pub(crate) use qr::draw_qr;
pub(crate) use request::JoinRequest;
pub use request::RequestError;
