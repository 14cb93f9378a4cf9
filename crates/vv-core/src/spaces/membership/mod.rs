//! Who belongs to a space, and as what: a pure function of the *set* of signed operations.
//!
//! It is not a log that is replayed: copies of a space may know operations in any order, forked and merged, and must
//! still agree. Each operation names those its author had seen, so the set is a graph; what counts is decided by
//! authority and not by time, because a time can be made up. `model.rs` says what an operation is, `rules.rs` who may do
//! what, `circle.rs` and `pairing.rs` what comes of a set in each. Start at [`Resolver`].

mod bits;
mod circle;
mod graph;
mod model;
mod pairing;
mod resolve;
mod rules;
mod state;
#[cfg(test)]
mod tests;

pub(crate) use model::{AccountId, Act, MemberOp, OpId};
pub use model::{History, Role, SpaceKind};
pub(crate) use resolve::{Member, Membership, Resolver};
