//! Operations: what a verb returns, and what a record carries.
//!
//! The operations are frozen and know nothing of entries or goals; those are kinds and field numbers on top, so an older
//! program stores and passes on what it does not understand. `op_cbor.rs` writes them as bytes.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

pub use super::hlc::Hlc;

/// Names an object: an entry, an attachment, a profile. The 16 bytes of its id.
pub type ObjectId = [u8; 16];

/// Describes one change to one object. It becomes one record, whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The object.
    pub object: ObjectId,
    /// What is done to it, in order.
    pub ops: Vec<Op>,
}

/// Describes one operation on an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    /// Makes the object.
    Create {
        /// What it is.
        kind: Kind,
    },
    /// Sets a field; the latest one wins.
    Set {
        /// Which field.
        field: u32,
        /// What it is from now on; `Null` clears it.
        value: Value,
    },
    /// Adds an element to a set; wins over a removal that did not know of it.
    Add {
        /// Which field.
        field: u32,
        /// The element.
        element: Value,
    },
    /// Removes an element from a set.
    Remove {
        /// Which field.
        field: u32,
        /// The element.
        element: Value,
    },
    /// Changes a text that several can edit at once.
    UpdateDoc {
        /// Which field.
        field: u32,
        /// The number of the editing session, from `Tx::next_session_number`. The update may only insert as that
        /// session's client, `Tx::client_id`.
        session: u64,
        /// The update, at most 64 KiB.
        bytes: Vec<u8>,
    },
    /// Deletes the object for good. Made by `Tx::erase` alone.
    Erase,
}

/// Holds a value of a field or an element of a set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A text.
    Text(String),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Values in order.
    List(Vec<Value>),
}

impl Value {
    /// Lends the text, when it is one.
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Gives the whole number, when it is one.
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(number) = self { Some(*number) } else { None }
    }

    /// Gives yes or no, when it is one of them.
    pub fn as_bool(&self) -> Option<bool> {
        if let Self::Bool(yes) = self { Some(*yes) } else { None }
    }

    /// Lends the bytes, when it holds some.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    /// Gives the id, when it holds the bytes of one.
    pub(crate) fn as_id(&self) -> Option<ObjectId> {
        self.as_bytes()?.try_into().ok()
    }

    /// Lends the values of a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        if let Self::List(values) = self { Some(values) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

/// Says what an object is. A number on the wire; numbers are never used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(pub u32);

#[allow(non_upper_case_globals)]
impl Kind {
    /// A person's own profile: field 1 is the name.
    pub const Profile: Self = Self(1);
    /// An entry of the journal.
    pub const Entry: Self = Self(2);
    /// A file attached to an entry.
    pub const Attachment: Self = Self(3);
    /// A device of the person: field 1 is its name.
    pub const Device: Self = Self(4);
    /// A goal with its obstacle and its if-then plan.
    pub const Goal: Self = Self(5);
    /// Something a person set out to do by a day.
    pub const Intention: Self = Self(6);
    /// The schedule of an entry that returns.
    pub const Keepsake: Self = Self(11);
    /// Something that is being learned, with its four parts.
    pub const Loop: Self = Self(13);
    /// One run of a guide.
    pub const GuideRun: Self = Self(7);
    /// A guide of the person's own.
    pub const Guide: Self = Self(8);
    /// A page that entries begin from.
    pub const Template: Self = Self(9);
    /// Somebody whom entries name.
    pub const Person: Self = Self(10);
    /// A note that somebody helped.
    pub const Helped: Self = Self(12);
    /// A space that the person shares with others.
    pub const Space: Self = Self(14);
    /// A person's own side of a pairing: what of it is theirs alone.
    pub const Pairing: Self = Self(15);
    /// What a pairing is: its kind, its two lanes, its rhythm, how it pauses and ends.
    pub const Charter: Self = Self(16);
    /// The agreement of a pairing while it is being written.
    pub const AgreementDraft: Self = Self(17);
    /// One hour of a pairing.
    pub const PairSession: Self = Self(18);
    /// What somebody promised in a pairing.
    pub const Promise: Self = Self(19);
    /// A goal of a pairing.
    pub const PairGoal: Self = Self(20);
    /// Something that is handed over.
    pub const Responsibility: Self = Self(21);
    /// An agreement as it was put forward and signed.
    pub const Agreement: Self = Self(22);
    /// What a person thinks of an hour before it.
    pub const Preparation: Self = Self(23);
    /// How a person stands at work: who is above them, and for how many they have room.
    pub const Standing: Self = Self(24);
    /// A guide that two people run in their pairing.
    pub const Meeting: Self = Self(25);
    /// What a person keeps of a meeting for themselves.
    pub const MeetingOwn: Self = Self(26);
    /// Answers that are revealed together: commitments and reveals.
    pub const Sealed: Self = Self(27);
    /// A person's own sealed answers, with what opens them.
    pub const SealedOwn: Self = Self(28);
    /// What was said to feedback.
    pub const FeedbackReply: Self = Self(29);
    /// Lines of an entry that were copied into a pairing.
    pub const Excerpt: Self = Self(30);
    /// Which lines of which entry went where.
    pub const ExcerptOwn: Self = Self(31);
    /// A thanks note.
    pub const Thanks: Self = Self(32);
    /// What a person decided about thanks they received.
    pub const ThanksKept: Self = Self(33);
}

/// Shows an object as the records make it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its id.
    pub id: ObjectId,
    /// What it is; 0 while the record that makes it has not arrived.
    pub kind: u32,
    /// Its fields by number.
    pub fields: BTreeMap<u32, Value>,
    /// Its sets by field number, elements in order.
    pub sets: BTreeMap<u32, Vec<Value>>,
    /// Whether it was deleted for good; then it has neither fields nor sets.
    pub erased: bool,
    /// The logical time of its making.
    pub created: Hlc,
    /// The logical time of its latest change.
    pub updated: Hlc,
}

impl Object {
    /// Lends the text of a field; empty when it holds none.
    pub(crate) fn text(&self, field: u32) -> &str {
        self.fields.get(&field).and_then(Value::as_text).unwrap_or_default()
    }

    /// Gives the whole number of a field, when it holds one.
    pub(crate) fn int(&self, field: u32) -> Option<i64> {
        self.fields.get(&field).and_then(Value::as_int)
    }

    /// Gives the id that a field holds, when it holds one.
    pub(crate) fn id(&self, field: u32) -> Option<ObjectId> {
        self.fields.get(&field).and_then(Value::as_id)
    }

    /// Lends the elements of a set; none when it was never used.
    pub(crate) fn elements(&self, field: u32) -> &[Value] {
        self.sets.get(&field).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Shows one record of an object, opened; feeds histories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogItem {
    /// When it was written, by the clock of the device that wrote it.
    pub at: DateTime<Utc>,
    /// The name of that device.
    pub device: String,
    /// What it does.
    pub ops: Vec<Op>,
}

/// Shows a text as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocRow {
    /// The state of the shared text, for `TextDoc::load`.
    pub state: Vec<u8>,
    /// The text it stands for.
    pub text: String,
}

/// Tells what became of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Committed {
    /// The logical time of the record.
    pub hlc: Hlc,
    /// Its number in this device's feed.
    pub seq: u64,
}
