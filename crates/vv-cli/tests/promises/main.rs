//! What `vv` promises to scripts, held by running the real program on a profile of its own.
//!
//! Nothing here reaches into the notebook: what a test knows it read from stdout, stderr, exit codes and files, as a script would.

#![allow(clippy::unwrap_used, reason = "a test may fail by a panic")]

mod backup;
mod damage;
#[cfg(feature = "demo")]
mod demo;
mod entry;
#[cfg(target_os = "linux")]
mod full_disk;
mod guide;
#[cfg(target_os = "linux")]
mod keyring;
mod keys;
mod loops;
mod pairings;
mod people;
mod portability;
mod profile;
mod search;
mod sharing;
#[cfg(target_os = "linux")]
mod terminal;
mod usage;
