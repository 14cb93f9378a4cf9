//! Reading and writing: the snapshot a verb reads, the transaction it writes in.

use std::collections::BTreeSet;
use std::ops::Deref;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::error::StoreError;
use super::op::{Change, Committed, DocRow, LogItem, Object, ObjectId};
use super::topics::Topic;
use crate::ports::Host;

/// Reads one snapshot of the notebook.
pub struct Reader<'a> {
    sql: &'a rusqlite::Connection,
    host: &'a Host,
}

impl Reader<'_> {
    /// Lends the connection for a feature's own `table.rs`.
    pub(crate) fn sql(&self) -> &rusqlite::Connection {
        self.sql
    }

    /// Tells the present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.host.clock.now()
    }

    /// Names the time zone of this computer, when it is known.
    pub fn time_zone(&self) -> Option<String> {
        self.host.clock.time_zone()
    }

    /// Shows an object as the records make it.
    pub fn object(&self, _id: &ObjectId) -> Result<Option<Object>, StoreError> {
        todo!()
    }

    /// Shows a text as it is kept.
    pub fn doc(&self, _id: &ObjectId, _field: u32) -> Result<Option<DocRow>, StoreError> {
        todo!()
    }

    /// Opens every record of an object that is left, in causal order.
    pub fn log_of(&self, _id: &ObjectId) -> Result<Vec<LogItem>, StoreError> {
        todo!()
    }
}

/// Writes: everything a [`Reader`] has, and changes that become durable together or not at all.
pub struct Tx<'a> {
    reader: Reader<'a>,
    topics: BTreeSet<Topic>,
}

impl<'a> Deref for Tx<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl Tx<'_> {
    /// Makes a new id.
    pub fn make_id<I: From<Uuid>>(&self) -> I {
        self.reader.host.ids.make_id().into()
    }

    /// Seals one change into one record, merges it and projects the object into its feature's table.
    pub(crate) fn commit(&mut self, _change: Change) -> Result<Committed, StoreError> {
        todo!()
    }

    /// Deletes an object for good: its text, fields and texts are purged, its records become stubs.
    pub(crate) fn erase(&mut self, _object: &ObjectId) -> Result<(), StoreError> {
        todo!()
    }

    /// Takes the next number of an editing session in an object, in the transaction of the session's first save.
    pub(crate) fn next_session_number(&mut self, _object: &ObjectId) -> Result<u64, StoreError> {
        todo!()
    }

    /// Derives the client id under which an editing session of this device writes: 53 bits of a hash over feed, object
    /// and session number.
    pub(crate) fn client_id(&self, _object: &ObjectId, _session: u64) -> Result<u64, StoreError> {
        todo!()
    }

    /// Raises a topic when the transaction is durable.
    pub(crate) fn publish(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }
}
