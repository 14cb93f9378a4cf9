//! What a notebook keeps and how: the folder, the encrypted file, the log of records, and what is merged from it.
//!
//! Start at `tx.rs` (the one write path) and `op.rs` (what is written). `seal.rs` and `feed.rs` make records, `merge.rs`
//! turns them into objects, `project.rs` hands each object to its feature. A feature never sees a record; the store
//! never knows an entry.

pub(crate) mod authors;
pub(crate) mod backup;
pub mod blobs;
pub(crate) mod container;
pub(crate) mod cutting;
pub mod doc;
pub mod error;
pub(crate) mod feed;
pub(crate) mod folder;
pub(crate) mod hlc;
pub(crate) mod inbox;
pub(crate) mod inner;
pub(crate) mod join;
pub(crate) mod key_file;
pub(crate) mod keyring;
pub(crate) mod log;
pub(crate) mod mark;
pub(crate) mod merge;
pub(crate) mod migrate;
pub mod op;
pub(crate) mod op_cbor;
pub(crate) mod open;
pub(crate) mod page;
pub(crate) mod parked;
pub(crate) mod project;
pub(crate) mod proof;
pub(crate) mod receiving;
pub(crate) mod restore;
pub(crate) mod rotation;
pub(crate) mod salvage;
pub(crate) mod seal;
pub(crate) mod standing;
pub(crate) mod sweep;
pub(crate) mod take_in;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod token;
pub(crate) mod topics;
pub mod tx;
pub(crate) mod unlocked;
pub(crate) mod verify;
pub(crate) mod writing;

pub use blobs::{Blob, BlobStore};
pub use doc::TextDoc;
pub use error::{NotebookError, StoreError};
pub use op::{Change, Committed, DocRow, Hlc, Kind, LogItem, Object, ObjectId, Op, Value};
pub use topics::{Changed, Topic};
pub use tx::{Reader, Tx};
