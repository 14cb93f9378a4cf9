//! What people share: spaces, who belongs to them, and the keys that follow from it.
//!
//! A space is a genesis that fixes its rules, a signed membership log, and epochs of keys wrapped to whoever belongs to
//! it. Nothing here asks a server who is a member: `membership/` computes it from signed operations alone, `control/`
//! has these as bytes, `epochs/` says who is given which keys, `invite/` how somebody comes in.

mod bytes;
pub(crate) mod control;
pub(crate) mod epochs;
pub(crate) mod invite;
pub(crate) mod membership;
#[cfg(test)]
mod vectors;
