//! The operations of a space's control stream as bytes. `docs/protocol.md` has the same in CDDL.
//!
//! Genesis and epochs stand in `identity/record.rs`, because every notebook begins with them; here is everything that
//! needs more than one person. Decoding is strict: what is read must be written back to the same bytes, or it is refused.
//! Start at [`ControlOp`]; `member_op.rs` says which of them decide who belongs to the space.

mod member_op;
mod op;
#[cfg(test)]
mod tests;

pub(crate) use member_op::{genesis_op, member_op};
pub(crate) use op::{ControlOp, Cut, SharedAccount, SharedEpoch};
