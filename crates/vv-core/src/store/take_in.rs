//! Taking in records that were written elsewhere: nothing of them is believed that is not signed and in its place.

use vv_protocol::{CONTENT_STREAM, FeedHead, Header, OpType, Record, Stub, feed_id};

use super::error::StoreError;
use super::hlc::Hlc;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::merge::{self, Source};
use super::op::ObjectId;
use super::seal::{Opened, open_record};
use super::tx::Tx;
use super::unlocked::Unlocked;
use crate::identity::record::FeedOpen;

/// Says how strictly the order of a feed is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    /// Each record follows the one before it.
    Whole,
    /// Records may be missing between; those that are there are signed all the same.
    WithGaps,
}

/// Tells what became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was merged.
    New,
    /// It was here already.
    Known,
}

/// Opens a record, and checks that its feed's owner signed it where it stands.
pub(crate) fn open_verified(
    core: &Unlocked,
    record: &Record,
    feed_public_key: &[u8; 32],
) -> Result<Opened, StoreError> {
    let opened = open_unverified(core, record)?;
    opened.verify(feed_public_key)?;
    Ok(opened)
}

fn open_unverified(core: &Unlocked, record: &Record) -> Result<Opened, StoreError> {
    let header = &record.header;
    open_record(record, &core.record_key(&header.space, header.stream, &header.epoch)?)
}

/// Checks the record that begins a feed, and gives the feed it begins.
pub(crate) fn check_feed_open(
    core: &Unlocked,
    header: &Header,
    opened: &Opened,
) -> Result<FeedOpen, StoreError> {
    if opened.inner.kind != OpType::FeedOpen.number() || header.seq != 1 {
        return Err(StoreError::BadRecord("its feed is unknown"));
    }
    let open = FeedOpen::decode(&opened.inner.body)?;
    if feed_id(&open.feed_key) != header.feed || open.certificate != core.certificate {
        return Err(StoreError::BadRecord("its feed belongs to nobody who is known"));
    }
    open.verify(core.device_key.verifying_key().as_bytes(), &header.space, header.stream)?;
    opened.verify(&open.feed_key)?;
    Ok(open)
}

impl Tx<'_> {
    /// Takes in a record that was written in another life of this device's feeds or by another device.
    pub(crate) fn take_in(&mut self, raw: &[u8], chain: Chain) -> Result<Taken, StoreError> {
        let record = Record::decode(raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
        let sid = self.space_of(&record.header)?;
        let (mut feed, opened) = self.feed_of(sid, &record)?;
        if record.header.seq <= feed.head.seq {
            return Ok(Taken::Known);
        }
        let head = follow(&feed.head, &record.header, record.hash(), chain)?;
        let inner = &opened.inner;
        let source = Source {
            sid,
            fid: feed.fid,
            feed: record.header.feed,
            hlc: inner.hlc,
            whole: chain == Chain::Whole,
            has_log: true,
        };
        let state = self.merge_record(&source, inner.kind, &inner.object, &inner.body)?;
        let raw = if state == RecordState::Stub { log::stub_of(raw)? } else { raw.to_vec() };
        let row = RecordRow {
            rid: 0,
            fid: feed.fid,
            seq: head.seq,
            kind: inner.kind,
            object: inner.object,
            hlc: inner.hlc,
            state,
            raw,
        };
        log::insert_record(self.sql(), &row)?;
        (feed.head, feed.hlc) = (head, feed.hlc.max(inner.hlc));
        log::update_feed(self.sql(), &feed)?;
        Ok(Taken::New)
    }

    /// Takes in what is left of a record whose content was erased; what it was about is known from elsewhere.
    pub(crate) fn take_in_stub(
        &mut self,
        raw: &[u8],
        kind: u64,
        object: &ObjectId,
        hlc: Hlc,
        chain: Chain,
    ) -> Result<Taken, StoreError> {
        let stub = Stub::decode(raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
        let sid = self.space_of(&stub.header)?;
        let mut feed = log::find_feed(self.sql(), sid, stub.header.stream, &stub.header.feed)?
            .ok_or(StoreError::BadRecord("its feed is unknown"))?;
        if stub.header.seq <= feed.head.seq {
            return Ok(Taken::Known);
        }
        let head = follow(&feed.head, &stub.header, stub.hash(), chain)?;
        if stub.header.stream == CONTENT_STREAM {
            merge::find_or_begin(self.sql(), sid, object)?;
        }
        let row = RecordRow {
            rid: 0,
            fid: feed.fid,
            seq: head.seq,
            kind,
            object: *object,
            hlc,
            state: RecordState::Stub,
            raw: raw.to_vec(),
        };
        log::insert_record(self.sql(), &row)?;
        feed.head = head;
        log::update_feed(self.sql(), &feed)?;
        Ok(Taken::New)
    }

    fn space_of(&self, header: &Header) -> Result<i64, StoreError> {
        log::find_space(self.sql(), &header.space)?.ok_or(StoreError::BadRecord("its space is unknown"))
    }

    /// Finds the feed of a record, or begins it with the record that opens it.
    fn feed_of(&self, sid: i64, record: &Record) -> Result<(FeedRow, Opened), StoreError> {
        let (core, header) = (self.core(), &record.header);
        if let Some(feed) = log::find_feed(self.sql(), sid, header.stream, &header.feed)? {
            let opened = open_verified(core, record, &feed.public_key)?;
            return Ok((feed, opened));
        }
        let opened = open_unverified(core, record)?;
        let open = check_feed_open(core, header, &opened)?;
        let mut feed = FeedRow {
            fid: 0,
            sid,
            head: FeedHead::start(header.space, header.stream, header.feed),
            public_key: open.feed_key,
            device: *core.device_key.verifying_key().as_bytes(),
            incarnation: open.incarnation,
            hlc: Hlc::ZERO,
        };
        log::insert_feed(self.sql(), &mut feed)?;
        Ok((feed, opened))
    }
}

fn follow(head: &FeedHead, header: &Header, hash: [u8; 32], chain: Chain) -> Result<FeedHead, StoreError> {
    match (head.follow(header, hash), chain) {
        (Ok(head), _) => Ok(head),
        (Err(_), Chain::WithGaps) if header.seq > head.seq => Ok(FeedHead { seq: header.seq, hash, ..*head }),
        (Err(_), _) => Err(StoreError::BadRecord("it does not follow the record before it")),
    }
}
