//! Sync through a folder that something else carries: a cloud drive, a stick, a share.
//!
//! Each feed has a directory that only its own device writes into, so a cloud drive never has to choose between two versions of
//! a file. `segment.rs` are the files, `layout.rs` says where they lie, `head.rs` how far a feed has come; `write.rs` puts what is
//! new here into the folder, `read.rs` takes in what others put there, `round.rs` does both. `mail.rs` has the
//! mailboxes. A file is known by what it holds and
//! never by its name, and one that is not whole yet is tried again later.

mod beacon;
#[cfg(test)]
mod fuzz;
mod head;
mod layout;
mod look;
mod mail;
mod read;
mod round;
mod segment;
mod tidy;
mod write;

pub(super) use beacon::{read_beacon, read_stream, write_beacon};
pub use look::FolderHoldings;
pub(super) use look::look;
pub use mail::FolderMailbox;
pub use round::sync_with_folder;
