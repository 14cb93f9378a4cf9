//! Reading and writing: the snapshot a verb reads, the transaction it writes in.
//!
//! The one write path: a verb gives [`Tx::commit`] a change of one object; it is sealed into one record, merged, and the
//! object is handed to its feature, all in one transaction. Nothing else writes a projection.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use minicbor::Encoder;
use rusqlite::{Connection, OptionalExtension, params};
use uuid::Uuid;
use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, OpType, Record};

use super::doc::TextDoc;
use super::error::StoreError;
use super::feed::FeedWriter;
use super::hlc::{Hlc, instant_of};
use super::keyring::SpaceKeys;
use super::log::{self, RecordState};
use super::merge::{self, Merging, ObjRow, Source};
use super::op::{Change, Committed, DocRow, LogItem, Object, ObjectId, Op};
use super::op_cbor::{WireOp, decode_ops, encode_ops};
use super::project;
use super::receiving::InHand;
use super::seal::open_record;
use super::topics::Topic;
use super::unlocked::Unlocked;
use crate::identity::account_log::{self, Glimpsed};
use crate::identity::{epochs, profile, table};
use crate::pairings;
use crate::spaces::{self, SpaceKind};

/// What is said of an operation that stands where it means nothing.
const MISPLACED: StoreError = StoreError::BadRecord("it stands in a stream where it means nothing");

/// What is said of an erasure of what two people share.
const KEPT_FOR_BOTH: StoreError = StoreError::BadRecord("what two people share is not erased by one of them");

/// How many bytes of operations go into one record; a larger change becomes several records.
const RECORD_BUDGET: usize = 192 * 1024;

/// Says where a verb reads and writes: a stream of a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub sid: i64,
    pub space: [u8; 16],
    pub stream: u32,
}

/// Reads one snapshot of the notebook.
pub struct Reader<'a> {
    pub(super) sql: &'a Connection,
    pub(super) core: Arc<Unlocked>,
    pub(super) place: Place,
}

impl<'a> Reader<'a> {
    /// Reads in the journal.
    pub(crate) fn new(sql: &'a Connection, core: Arc<Unlocked>) -> Self {
        let place = Place { sid: core.journal.sid, space: core.journal.id, stream: CONTENT_STREAM };
        Self { sql, core, place }
    }

    /// Reads the content of another space in the same snapshot.
    pub(crate) fn in_space(&self, space: &[u8; 16]) -> Result<Reader<'a>, StoreError> {
        let place = self.place_in(space, CONTENT_STREAM)?;
        Ok(Reader { sql: self.sql, core: self.core.clone(), place })
    }

    /// Finds a stream of a space.
    pub(crate) fn place_in(&self, space: &[u8; 16], stream: u32) -> Result<Place, StoreError> {
        let held = self.core.keyring.space(space).ok_or(StoreError::NotFound)?;
        Ok(Place { sid: held.sid, space: *space, stream })
    }

    /// Tells where it reads.
    pub(crate) fn place(&self) -> Place {
        self.place
    }

    /// Lends the connection for a feature's own `table.rs`.
    pub(crate) fn sql(&self) -> &'a Connection {
        self.sql
    }

    pub(crate) fn core(&self) -> &Arc<Unlocked> {
        &self.core
    }

    /// Tells the present instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.core.host.clock.now()
    }

    /// Names the time zone of this computer, when it is known.
    pub fn time_zone(&self) -> Option<String> {
        self.core.host.clock.time_zone()
    }

    /// Shows an object as the records make it.
    pub fn object(&self, id: &ObjectId) -> Result<Option<Object>, StoreError> {
        match merge::find_obj(self.sql, self.place.sid, id)? {
            Some(row) => Ok(Some(merge::read_object(self.sql, id, &row)?)),
            None => Ok(None),
        }
    }

    /// Shows a text as it is kept.
    pub fn doc(&self, id: &ObjectId, field: u32) -> Result<Option<DocRow>, StoreError> {
        let sid = self.place.sid;
        match merge::find_obj(self.sql, sid, id)? {
            Some(row) => merge::read_doc(self.sql, &self.core, (sid, id), row.oid, field),
            None => Ok(None),
        }
    }

    /// Shows the wording of a text alone, which costs less than [`Reader::doc`].
    pub fn doc_text(&self, id: &ObjectId, field: u32) -> Result<Option<String>, StoreError> {
        merge::read_text(self.sql, self.place.sid, id, field)
    }

    /// Opens every record of an object that is left, in causal order.
    pub fn log_of(&self, id: &ObjectId) -> Result<Vec<LogItem>, StoreError> {
        let mut names: BTreeMap<i64, String> = BTreeMap::new();
        let mut items = Vec::new();
        for row in log::records_of(self.sql, self.place.sid, id)? {
            if !row.state.is_merged() {
                continue;
            }
            let record = Record::decode(&row.raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
            let header = &record.header;
            let key = self.core.record_key(&header.space, header.stream, &header.epoch)?;
            let inner = open_record(&record, &key)?.inner;
            let ops = match OpType::from_number(inner.kind) {
                Some(OpType::Change) => decode_ops(&inner.body)?.0.into_iter().map(WireOp::into_op).collect(),
                Some(OpType::ObjErase) => vec![Op::Erase],
                _ => continue,
            };
            let device = match names.entry(row.fid) {
                Entry::Occupied(name) => name.into_mut(),
                Entry::Vacant(place) => place.insert(self.device_name(row.fid)?),
            };
            items.push(LogItem { at: instant_of(inner.hlc), device: device.clone(), ops });
        }
        Ok(items)
    }

    /// Names the device behind a feed as its owner named it; empty when it has no name.
    fn device_name(&self, fid: i64) -> Result<String, StoreError> {
        let device: Option<[u8; 32]> = self
            .sql
            .query_row("SELECT device FROM feed WHERE fid = ?1", [fid], |row| row.get(0))
            .optional()?;
        let Some(device) = device else { return Ok(String::new()) };
        profile::name_of(self, &profile::device_object(&device))
    }
}

/// Writes: everything a [`Reader`] has, and changes that become durable together or not at all.
pub struct Tx<'a> {
    pub(super) reader: Reader<'a>,
    topics: BTreeSet<Topic>,
    /// The feeds of this device that this transaction has written in.
    pub(super) own: Vec<FeedWriter>,
    erased: bool,
    /// Whether keys, devices or spaces were changed since `core` was put together, and whether they were changed at all.
    pub(super) keys: Keys,
    /// What this transaction has learned from operations that are not in their place in the log yet.
    pub(super) glimpsed: Glimpsed,
    /// How often keys were learned in that way.
    pub(super) glimpses: u32,
    /// Shared spaces of which something changed since they were last settled.
    pub(crate) unsettled: BTreeSet<i64>,
    /// Records of others' account logs that were shown in a space and are to be taken in.
    pub(crate) arriving: Vec<Vec<u8>>,
    /// The feed whose records are being taken in.
    pub(super) in_hand: Option<InHand>,
    /// Whether the program has ever ended over a record, once that was looked up.
    pub(super) has_suspects: Option<bool>,
}

/// Says how the keys stand within a transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// As they were.
    Same,
    /// Changed, and what is known in memory is not put together anew yet.
    Stale,
    /// Changed and put together anew.
    Renewed,
}

/// Tells what a transaction leaves to be done once it is durable.
pub(crate) struct Finished {
    pub topics: BTreeSet<Topic>,
    /// Something was deleted for good, so what is left of it outside the tables has to be wiped.
    pub erased: bool,
    /// Keys, devices and spaces as they are now, where they changed.
    pub core: Option<Arc<Unlocked>>,
}

impl<'a> Deref for Tx<'a> {
    type Target = Reader<'a>;
    fn deref(&self) -> &Reader<'a> {
        &self.reader
    }
}

impl<'a> Tx<'a> {
    pub(crate) fn new(sql: &'a Connection, core: Arc<Unlocked>) -> Self {
        Self {
            reader: Reader::new(sql, core),
            topics: BTreeSet::new(),
            own: Vec::new(),
            erased: false,
            keys: Keys::Same,
            glimpsed: Glimpsed::default(),
            glimpses: 0,
            unsettled: BTreeSet::new(),
            arriving: Vec::new(),
            in_hand: None,
            has_suspects: None,
        }
    }

    /// Writes down how far the own feeds have come; the last step before the transaction is made durable.
    pub(crate) fn finish(mut self) -> Result<Finished, StoreError> {
        spaces::settle_all(&mut self)?;
        self.renew_keys()?;
        self.put_own_away()?;
        if self.erased {
            table::put_fact(self.reader.sql, table::fact::WIPE_WAITS, 1)?;
        }
        let core = (self.keys != Keys::Same).then(|| self.reader.core.clone());
        Ok(Finished { topics: self.topics, erased: self.erased, core })
    }

    /// Makes a new id.
    pub fn make_id<I: From<Uuid>>(&self) -> I {
        self.core.host.ids.make_id().into()
    }

    /// Seals one change into one record, merges it and projects the object into its feature's table.
    ///
    /// A change that is too large for one record becomes several, still in this one transaction. A change without
    /// operations does nothing. An object that was not made yet must be made by the first operation.
    pub(crate) fn commit(&mut self, change: Change) -> Result<Committed, StoreError> {
        let (sql, sid) = (self.reader.sql, self.place.sid);
        let known = merge::find_obj(sql, sid, &change.object)?;
        match (&known, change.ops.first()) {
            (Some(row), _) if row.erased => return Err(StoreError::Erased),
            (None, first) if !matches!(first, Some(Op::Create { .. })) => return Err(StoreError::NotFound),
            _ => {}
        }
        let mut row = match known {
            Some(row) => row,
            None => merge::find_or_begin(sql, sid, &change.object)?,
        };
        let ops = self.to_wire(change.ops, row.oid)?;
        let mut done = Committed { hlc: row.updated, seq: self.own()?.head().seq };
        for part in split(ops) {
            done = self.commit_part(&change.object, &mut row, &part)?;
        }
        self.project_in(sid, &change.object, &row)?;
        Ok(done)
    }

    fn commit_part(
        &mut self,
        id: &ObjectId,
        row: &mut ObjRow,
        ops: &[WireOp],
    ) -> Result<Committed, StoreError> {
        let (sql, now, body) = (self.reader.sql, self.now(), encode_ops(ops));
        let stored = row.updated;
        let hlc = self.own()?.tick_over(now, stored);
        let source = self.own_source(hlc)?;
        match merge::merge_ops(sql, self.core(), &source, id, row, ops)? {
            Merging::Done => {}
            Merging::Waits => return Err(StoreError::BadUpdate("it builds on what is not here")),
        }
        let own = self.own()?;
        own.append(sql, OpType::Change, *id, body, hlc)?;
        own.observe(now, hlc);
        Ok(Committed { hlc, seq: own.head().seq })
    }

    /// Deletes an object for good: its fields, sets and texts are purged, its records become stubs.
    pub(crate) fn erase(&mut self, object: &ObjectId) -> Result<(), StoreError> {
        let (sql, now) = (self.reader.sql, self.now());
        let Some(mut row) = merge::find_obj(sql, self.place.sid, object)? else {
            return Err(StoreError::NotFound);
        };
        if row.erased {
            return Ok(());
        }
        let is_shared = self.core().keyring.space_of(self.place.sid).is_some_and(SpaceKeys::is_shared);
        if is_shared && pairings::is_kept(row.kind) {
            return Err(KEPT_FOR_BOTH);
        }
        let own = self.own()?;
        let hlc = own.tick_over(now, row.updated);
        own.append(sql, OpType::ObjErase, *object, encode_erase(row.kind), hlc)?;
        own.observe(now, hlc);
        let source = self.own_source(hlc)?;
        let kind = row.kind;
        self.merge_erase(&source, object, &mut row, kind)
    }

    /// Takes the next number of an editing session in an object, in the transaction of the session's first save.
    pub(crate) fn next_session_number(&mut self, object: &ObjectId) -> Result<u64, StoreError> {
        let sql = self.reader.sql;
        let feed = self.own()?.head().feed;
        Ok(sql
            .prepare_cached(
                "INSERT INTO doc_session (obj, feed, number) VALUES (?1, ?2, 1)
                 ON CONFLICT DO UPDATE SET number = number + 1 RETURNING number",
            )?
            .query_row(params![object, feed], |row| row.get(0))?)
    }

    /// Derives the client id under which an editing session of this device writes: 53 bits of a hash over feed, object
    /// and session number.
    pub(crate) fn client_id(&mut self, object: &ObjectId, session: u64) -> Result<u64, StoreError> {
        Ok(merge::client_of(&self.own()?.head().feed, object, session))
    }

    /// Makes the operations that give a text a new wording, in an editing session of their own.
    pub(crate) fn rewrite_text(
        &mut self,
        object: &ObjectId,
        field: u32,
        kept: Option<&DocRow>,
        text: &str,
    ) -> Result<Vec<Op>, StoreError> {
        let session = self.next_session_number(object)?;
        let client = self.client_id(object, session)?;
        let mut doc = match kept {
            Some(kept) => TextDoc::load(&kept.state, client)?,
            None => TextDoc::new(client),
        };
        let updates = doc.apply_text(text);
        Ok(updates.into_iter().map(|bytes| Op::UpdateDoc { field, session, bytes }).collect())
    }

    /// Raises a topic when the transaction is durable.
    pub(crate) fn publish(&mut self, topic: Topic) {
        self.topics.insert(topic);
    }

    /// Merges what a record holds and projects the object; tells what is to be kept of the record. None when it builds on
    /// something that is not here yet; then what was merged of it so far is to be undone.
    pub(crate) fn merge_record(
        &mut self,
        source: &Source,
        stream: u32,
        kind: u64,
        id: &ObjectId,
        body: &[u8],
    ) -> Result<Option<RecordState>, StoreError> {
        let sql = self.reader.sql;
        let space = self.core().keyring.space_of(source.sid);
        let in_account = space.is_some_and(SpaceKeys::is_account);
        let is_shared = space.is_some_and(SpaceKeys::is_shared);
        let Some(known) = OpType::from_number(kind) else { return Ok(Some(RecordState::Unknown)) };
        match known {
            OpType::FeedOpen => Ok(Some(RecordState::Merged)),
            OpType::Change | OpType::ObjErase if in_account || stream == CONTROL_STREAM => Err(MISPLACED),
            OpType::Change => {
                let (ops, unknown) = decode_ops(body)?;
                let mut row = merge::find_or_begin(sql, source.sid, id)?;
                if row.erased {
                    return Ok(Some(RecordState::Stub));
                }
                match merge::merge_ops(sql, self.core(), source, id, &mut row, &ops)? {
                    Merging::Done => {}
                    Merging::Waits => return Ok(None),
                }
                self.project_in(source.sid, id, &row)?;
                Ok(Some(if unknown { RecordState::Unknown } else { RecordState::Merged }))
            }
            OpType::ObjErase => {
                let mut row = merge::find_or_begin(sql, source.sid, id)?;
                let erased = decode_erase(body)?;
                if is_shared && [row.kind, erased].into_iter().any(pairings::is_kept) {
                    return Err(KEPT_FOR_BOTH);
                }
                self.merge_erase(source, id, &mut row, erased)?;
                Ok(Some(RecordState::Merged))
            }
            OpType::AccountGenesis
            | OpType::DeviceAdd
            | OpType::DeviceRevoke
            | OpType::EncRotate
            | OpType::Recover => {
                if !in_account {
                    return Err(MISPLACED);
                }
                account_log::merge(self, source, kind, body)?;
                Ok(Some(RecordState::Merged))
            }
            _ if known.is_of_control() && (in_account || stream != CONTROL_STREAM) => Err(MISPLACED),
            _ if known.is_of_control() && is_shared => {
                spaces::merge(self, source, known, body)?;
                Ok(Some(RecordState::Merged))
            }
            OpType::SpaceGenesis => {
                epochs::check_genesis(self, source.sid, body)?;
                self.keys = Keys::Stale;
                Ok(Some(RecordState::Merged))
            }
            OpType::Epoch => {
                epochs::merge(self, source, body)?;
                Ok(Some(RecordState::Merged))
            }
            _ => Ok(Some(RecordState::Unknown)),
        }
    }

    fn merge_erase(
        &mut self,
        source: &Source,
        id: &ObjectId,
        row: &mut ObjRow,
        kind: u32,
    ) -> Result<(), StoreError> {
        let sql = self.reader.sql;
        merge::merge_erase(sql, source, id, row, kind)?;
        log::stub_records_of(sql, source.sid, id, OpType::ObjErase.number())?;
        self.erased = true;
        self.project_in(source.sid, id, row)
    }

    /// Hands an object to its feature. What stands in other spaces than the journal never reaches the tables of the journal.
    pub(super) fn project_in(&mut self, sid: i64, id: &ObjectId, row: &ObjRow) -> Result<(), StoreError> {
        // Until the record that makes it arrives, nobody knows whose object it is.
        if row.kind == 0 {
            return Ok(());
        }
        let object = merge::read_object(self.reader.sql, id, row)?;
        let Some(space) = self.core.keyring.space_of(sid) else { return Ok(()) };
        let (is_journal, is_pairing) =
            (sid == self.core.journal.sid, space.kind == SpaceKind::Pairing.number());
        let home = Place { sid, space: space.id, stream: CONTENT_STREAM };
        // A feature reads where the object stands.
        let before = std::mem::replace(&mut self.reader.place, home);
        let projected = match (is_journal, is_pairing) {
            (true, _) => project::project(self, &object),
            (_, true) => project::project_in_pairing(self, &object),
            _ => Ok(()),
        };
        self.reader.place = before;
        projected
    }

    fn own_source(&mut self, hlc: Hlc) -> Result<Source, StoreError> {
        let (sid, device) = (self.place.sid, self.core().device());
        let own = self.own()?;
        let (fid, feed) = (own.fid(), own.head().feed);
        Ok(Source { sid, fid, feed, hlc, whole: true, has_log: true, device, record: None })
    }

    fn to_wire(&self, ops: Vec<Op>, oid: i64) -> Result<Vec<WireOp>, StoreError> {
        let mut wire = Vec::with_capacity(ops.len());
        for op in ops {
            wire.push(match op {
                Op::Create { kind } => WireOp::Create { kind },
                Op::Set { field, value } => WireOp::Set { field, value },
                Op::Add { field, element } => {
                    WireOp::Add { field, element, tag: *self.make_id::<Uuid>().as_bytes() }
                }
                Op::Remove { field, element } => {
                    let tags = merge::tags_of(self.reader.sql, oid, field, &element)?;
                    if tags.is_empty() {
                        continue;
                    }
                    WireOp::Remove { field, element, tags }
                }
                Op::UpdateDoc { field, session, bytes } => WireOp::UpdateDoc { field, session, bytes },
                // Erasing is a record of its own, made by `erase`.
                Op::Erase => return Err(StoreError::BadRecord("erasing is not part of a change")),
            });
        }
        Ok(wire)
    }
}

/// Cuts operations into as many records as their size asks for.
fn split(ops: Vec<WireOp>) -> Vec<Vec<WireOp>> {
    let mut parts: Vec<Vec<WireOp>> = Vec::new();
    let mut room = 0;
    for op in ops {
        let size = op.size();
        match parts.last_mut() {
            Some(part) if size <= room => {
                part.push(op);
                room -= size;
            }
            _ => {
                room = RECORD_BUDGET.saturating_sub(size);
                parts.push(vec![op]);
            }
        }
    }
    parts
}

fn encode_erase(kind: u32) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    e.array(1).and_then(|e| e.u32(kind)).expect("writing to a vector cannot fail");
    e.into_writer()
}

fn decode_erase(body: &[u8]) -> Result<u32, StoreError> {
    let mut d = minicbor::Decoder::new(body);
    let fields = d.array().ok().flatten();
    match (fields, d.u32()) {
        (Some(1), Ok(kind)) => Ok(kind),
        _ => Err(StoreError::BadRecord("its body is malformed")),
    }
}
