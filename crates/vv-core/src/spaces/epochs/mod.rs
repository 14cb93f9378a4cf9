//! The keys of a space: who is given which, when new ones are made, and which of several are used for writing.
//!
//! Everything here is a function of what stands in the control stream, of the keys one holds, and of the membership. No
//! epoch is believed: whoever reads one works out again to whom it should have been wrapped. Start at `current.rs` (which
//! epoch is written in), then `mint.rs` (a new one) and `ring.rs` (what one holds).

mod audit;
mod current;
mod holders;
mod log;
mod mint;
mod readers;
mod ring;
mod share;
#[cfg(test)]
mod tests;

pub(crate) use current::{Writing, writing};
pub(crate) use holders::{Access, Holder, holders, may_write_content};
pub(crate) use log::{EpochLog, EpochRecord};
pub(crate) use mint::{Recipient, mint, mint_with};
pub(crate) use readers::readers_of;
pub(crate) use ring::KeyRing;
pub(crate) use share::missing_shares;
