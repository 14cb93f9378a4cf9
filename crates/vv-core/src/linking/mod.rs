//! Linking: a further device of the person joins, with another device beside it and nobody trusted between them.
//!
//! The new device shows a code, which says where the two leave their messages and nothing else. They agree on a key, and both
//! show seven pictures that follow from everything they said to each other. The person compares them and says so on the old
//! device, which then sends what makes the new one a device of theirs. Whoever carries the messages could have put
//! themselves between the two only by guessing all seven pictures, once.
//!
//! Start at [`NewDevice`] and [`OldDevice`]: each is a state that is asked to go on, and posts and fetches through a
//! [`Mailbox`](crate::ports::mailbox::Mailbox). `words.rs` has what travels, `code.rs` the code, `pictures.rs` the pictures.

mod code;
mod error;
#[cfg(test)]
mod fuzz;
mod new_device;
mod old_device;
mod pictures;
#[cfg(test)]
mod tests;
mod words;

use chrono::TimeDelta;

pub use code::LinkCode;
pub use error::LinkError;
pub use new_device::{NewDevice, NewDeviceStep};
pub use old_device::{OldDevice, OldDeviceStep};
pub use pictures::{PICTURES, Picture};

/// How long a code is good for.
pub const GOOD_FOR: TimeDelta = TimeDelta::minutes(10);
