//! What a notebook keeps and how: the folder, the encrypted file, the log of records, and what is merged from it.
//!
//! Start at `tx.rs` (the one write path) and `op.rs` (what is written). `merge.rs` turns records into objects,
//! `project.rs` hands each object to its feature. A feature never sees a record; the store never knows an entry.

pub mod blobs;
pub mod doc;
pub mod error;
mod hlc;
pub mod op;
pub mod project;
pub(crate) mod topics;
pub mod tx;

pub use blobs::{Blob, BlobStore};
pub use doc::TextDoc;
pub use error::{NotebookError, StoreError};
pub use op::{Change, Committed, DocRow, Hlc, Kind, LogItem, Object, ObjectId, Op, Value};
pub use topics::{Changed, Topic};
pub use tx::{Reader, Tx};
