//! Writing into a feed: the chain of one life of one device in one stream.
//!
//! A feed begins with a `feed_open` record that says which device stands behind it. The head is read inside the
//! transaction and written back at its end, so two processes never continue the same record.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use rusqlite::Connection;
use vv_crypto::SigningKey;
use vv_protocol::{FeedHead, OpType, feed_id};

use super::error::StoreError;
use super::hlc::{Hlc, clock_ms};
use super::inner::{Inner, Seen, TYPE_VERSION};
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::seal::seal_record;
use super::unlocked::RecordKey;
use crate::identity::record::FeedOpen;

/// Says in which stream and for whom a feed is written.
pub(crate) struct FeedPlace<'a> {
    pub sid: i64,
    pub space: [u8; 16],
    pub stream: u32,
    pub incarnation: u64,
    pub device_key: &'a SigningKey,
    pub certificate: [u8; 32],
    pub record_key: RecordKey,
}

/// Quotes the heads that every record carries.
#[derive(Clone, Copy, Default)]
pub(crate) struct Heads {
    pub mview: [u8; 16],
    pub acct_head: [u8; 16],
    pub seen: Option<Seen>,
}

/// Appends to one feed within one transaction.
pub(crate) struct FeedWriter {
    row: FeedRow,
    signing: Arc<SigningKey>,
    record_key: RecordKey,
    pub heads: Heads,
}

impl FeedWriter {
    /// Continues a feed, or begins it when its device has not written in this life yet.
    pub(crate) fn continue_or_open(
        sql: &Connection,
        place: &FeedPlace,
        signing: Arc<SigningKey>,
        heads: Heads,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let device = *place.device_key.verifying_key().as_bytes();
        let record_key = place.record_key.clone();
        match log::find_feed_of(sql, place.sid, place.stream, &device, place.incarnation)? {
            Some(row) => Ok(Self { row, signing, record_key, heads }),
            None => Self::open(sql, place, signing, heads, now),
        }
    }

    fn open(
        sql: &Connection,
        place: &FeedPlace,
        signing: Arc<SigningKey>,
        heads: Heads,
        now: DateTime<Utc>,
    ) -> Result<Self, StoreError> {
        let device = *place.device_key.verifying_key().as_bytes();
        let public_key = *signing.verifying_key().as_bytes();
        let feed = feed_id(&public_key);
        let mut row = FeedRow {
            fid: 0,
            sid: place.sid,
            head: FeedHead::start(place.space, place.stream, feed),
            public_key,
            device,
            incarnation: place.incarnation,
            hlc: log::latest_hlc(sql, &device)?,
        };
        log::insert_feed(sql, &mut row)?;
        let mut writer = Self { row, signing, record_key: place.record_key.clone(), heads };
        let open = FeedOpen::make(
            place.device_key,
            place.space,
            place.stream,
            public_key,
            place.certificate,
            place.incarnation,
        );
        let hlc = writer.tick(now);
        writer.append(sql, OpType::FeedOpen, feed, open.encode(), hlc)?;
        Ok(writer)
    }

    /// Gives the logical time of the next record.
    pub(crate) fn tick(&self, now: DateTime<Utc>) -> Hlc {
        Hlc::tick(clock_ms(now), self.row.hlc)
    }

    /// Gives the logical time of the next record about an object that was last changed at `stored`, so that the change
    /// is the later one even where another device's clock was far ahead.
    pub(crate) fn tick_over(&self, now: DateTime<Utc>, stored: Hlc) -> Hlc {
        Hlc::tick_over(clock_ms(now), self.row.hlc, stored)
    }

    /// Seals one record and puts it into the log.
    pub(crate) fn append(
        &mut self,
        sql: &Connection,
        kind: OpType,
        object: [u8; 16],
        body: Vec<u8>,
        hlc: Hlc,
    ) -> Result<(), StoreError> {
        self.append_under(sql, None, kind, object, body, hlc)
    }

    /// Seals one record under another key than the feed's own, where one is given.
    pub(crate) fn append_under(
        &mut self,
        sql: &Connection,
        under: Option<RecordKey>,
        kind: OpType,
        object: [u8; 16],
        body: Vec<u8>,
        hlc: Hlc,
    ) -> Result<(), StoreError> {
        let key = under.as_ref().unwrap_or(&self.record_key);
        let inner = Inner {
            kind: kind.number(),
            version: TYPE_VERSION,
            hlc,
            object,
            body,
            mview: self.heads.mview,
            acct_head: self.heads.acct_head,
            seen: self.heads.seen,
            flags: 0,
        };
        let (raw, head) = seal_record(&self.row.head, &key.epoch, &key.key, &self.signing, &inner)?;
        let row = RecordRow {
            rid: 0,
            fid: self.row.fid,
            seq: head.seq,
            kind: inner.kind,
            object,
            hlc,
            state: RecordState::Merged,
            raw,
        };
        log::insert_record(sql, &row)?;
        self.row.head = head;
        Ok(())
    }

    /// Lets the device's clock count on to a logical time it has used, unless that lies far ahead of its own clock.
    pub(crate) fn observe(&mut self, now: DateTime<Utc>, used: Hlc) {
        self.row.hlc = Hlc::observe(clock_ms(now), self.row.hlc, used);
    }

    /// Writes down how far the feed has come.
    pub(crate) fn finish(&self, sql: &Connection) -> Result<(), StoreError> {
        log::update_feed(sql, &self.row)
    }

    /// Tells whether it writes in this stream of this space.
    pub(crate) fn is_in(&self, sid: i64, stream: u32) -> bool {
        (self.row.sid, self.row.head.stream) == (sid, stream)
    }

    pub(crate) fn fid(&self) -> i64 {
        self.row.fid
    }

    pub(crate) fn head(&self) -> &FeedHead {
        &self.row.head
    }
}
