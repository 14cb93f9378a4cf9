//! The surface as a program sees it: states, keys, events, long work, on a pretended computer.
//!
//! Nothing here reaches below the surface; the core has tests of its own.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod backups;
mod captures;
mod computer;
mod devices;
mod events;
mod guides;
mod keys;
mod locking;
mod pairings;
mod refusals;
mod reminders;
mod returning;
mod spaces;
mod states;
mod voice;
