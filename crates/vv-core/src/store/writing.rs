//! The feeds of this device within one transaction: which one is written in, and the logs of account and spaces.
//!
//! A device has a feed in each stream of each space. A transaction writes in the journal unless it is told otherwise. What is
//! written into an account log or a control stream changes keys, devices or spaces; what is known of them in memory is put
//! together anew before the next record is sealed.

use std::sync::Arc;

use vv_protocol::{CONTROL_STREAM, OpType};

use super::critical;
use super::error::StoreError;
use super::feed::{FeedPlace, FeedWriter, Heads};
use super::hlc::Hlc;
use super::keyring::{ACCOUNT_STREAM, SpaceKeys};
use super::merge::Source;
use super::tx::{Keys, Place, Tx};
use crate::identity::table;
use crate::sync;

impl<'a> Tx<'a> {
    /// Writes in a stream of another space for as long as `f` runs.
    pub(crate) fn in_stream<R, E: From<StoreError>>(
        &mut self,
        space: &[u8; 16],
        stream: u32,
        f: impl FnOnce(&mut Tx<'a>) -> Result<R, E>,
    ) -> Result<R, E> {
        self.renew_keys()?;
        let place = self.place_in(space, stream)?;
        let before = std::mem::replace(&mut self.reader.place, place);
        let done = f(self);
        self.reader.place = before;
        done
    }

    /// Writes an operation into the person's own account log.
    pub(crate) fn write_account_op(&mut self, kind: OpType, body: Vec<u8>) -> Result<(), StoreError> {
        let space = self.core().account_space;
        self.in_stream(&space, ACCOUNT_STREAM, |tx| tx.write_op(kind, space, body))
    }

    /// Writes an operation into the control stream of a space; gives the hash of its record.
    pub(crate) fn write_control_op(
        &mut self,
        space: &[u8; 16],
        kind: OpType,
        body: Vec<u8>,
    ) -> Result<[u8; 32], StoreError> {
        self.in_stream(space, CONTROL_STREAM, |tx| {
            tx.write_op(kind, *space, body)?;
            Ok(tx.own()?.head().hash)
        })
    }

    /// Seals an operation that is about no object, and merges it.
    fn write_op(&mut self, kind: OpType, object: [u8; 16], body: Vec<u8>) -> Result<(), StoreError> {
        let (sql, now, place) = (self.reader.sql, self.now(), self.place());
        let device = self.core().device();
        let shared = self.core().keyring.space_of(place.sid).filter(|space| space.is_shared());
        let under = shared.filter(|_| kind == OpType::Epoch).and_then(SpaceKeys::founding_key);
        let own = self.own()?;
        let hlc = own.tick(now);
        own.append_under(sql, under, kind, object, body.clone(), hlc)?;
        own.observe(now, hlc);
        let source = Source {
            sid: place.sid,
            fid: own.fid(),
            feed: own.head().feed,
            hlc,
            whole: true,
            has_log: true,
            device,
            record: Some(own.head().hash),
        };
        // What the heads of the log are is read from the table.
        self.put_own_away()?;
        self.merge_record(&source, place.stream, kind.number(), &object, &body)?;
        self.keys = Keys::Stale;
        Ok(())
    }

    /// Gives the feed of this device in the stream that is written in, read inside this transaction and begun if need be.
    pub(crate) fn own(&mut self) -> Result<&mut FeedWriter, StoreError> {
        self.renew_keys()?;
        let Place { sid, space, stream } = self.place();
        let at = match self.own.iter().position(|writer| writer.is_in(sid, stream)) {
            Some(at) => at,
            None => {
                self.put_down()?;
                let writer = self.open_own(&space, stream)?;
                self.own.push(writer);
                self.own.len() - 1
            }
        };
        Ok(&mut self.own[at])
    }

    fn open_own(&self, space: &[u8; 16], stream: u32) -> Result<FeedWriter, StoreError> {
        let (sql, core) = (self.reader.sql, self.core());
        let held = core.keyring.space(space).ok_or(StoreError::NotFound)?;
        // Who belongs to a space and with which keys is said all the same: nobody is kept in by a word that is not understood.
        if stream != CONTROL_STREAM && critical::is_stopped(sql, held.sid)? {
            return Err(StoreError::UpdateNeeded);
        }
        let incarnation = held.life(table::incarnation(sql)?, stream);
        let place = FeedPlace {
            sid: held.sid,
            space: *space,
            stream,
            incarnation,
            device_key: &core.device_key,
            certificate: core.certificate,
            record_key: core.keyring.for_writing(space, stream)?,
        };
        let signing = core.feed_key(held, stream, incarnation);
        let heads = Heads { seen: sync::quote(sql, held.sid, stream)?, ..core.heads_in(space) };
        FeedWriter::continue_or_open(sql, &place, signing, heads, self.now())
    }

    /// Writes down how far the own feeds have come, and the one that is being taken in; they are read again when they are needed next.
    pub(crate) fn put_own_away(&mut self) -> Result<(), StoreError> {
        self.put_down()?;
        for writer in self.own.drain(..) {
            writer.finish(self.reader.sql)?;
        }
        Ok(())
    }

    /// Says that keys, devices or spaces changed.
    pub(crate) fn keys_changed(&mut self) {
        self.keys = Keys::Stale;
    }

    /// Puts together anew what is known in memory, when keys, devices or spaces changed.
    pub(crate) fn renew_keys(&mut self) -> Result<(), StoreError> {
        if self.keys != Keys::Stale {
            return Ok(());
        }
        self.put_own_away()?;
        table::count_keys_on(self.reader.sql)?;
        self.reader.core = Arc::new(table::load(self.reader.sql, &self.core.host.clone())?);
        self.keys = Keys::Renewed;
        Ok(())
    }

    /// Lets the clock of the own feeds be carried along by what was taken in, as far as that is trusted.
    pub(super) fn observe(&mut self, seen: Hlc) -> Result<(), StoreError> {
        let (sql, now, device) = (self.reader.sql, self.now(), self.core().device());
        let incarnation = table::incarnation(sql)?;
        for mut feed in super::log::feeds_of_device(sql, &device)? {
            let space = self.core().keyring.space_of(feed.sid);
            if space.is_some_and(|space| space.is_of_life(feed.incarnation, incarnation)) {
                let hlc = Hlc::observe(super::hlc::clock_ms(now), feed.hlc, seen);
                if hlc != feed.hlc {
                    feed.hlc = hlc;
                    super::log::update_feed(sql, &feed)?;
                }
            }
        }
        Ok(())
    }
}
