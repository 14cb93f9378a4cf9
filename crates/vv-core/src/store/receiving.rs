//! One record on its way in: where it goes, whether it may, and what is kept of it.
//!
//! Start at `receive`. Nothing here has a way back: whoever calls it undoes what was merged of a record that cannot be merged whole.

use vv_protocol::{CONTROL_STREAM, FeedHead};

use super::critical::{self, CRITICAL};
use super::cutting;
use super::error::StoreError;
use super::hlc::{Hlc, clock_ms};
use super::keyring::SpaceKeys;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::merge::Source;
use super::op::ObjectId;
use super::page::{Item, Left, Ready};
use super::parked;
use super::seal::{Opened, is_signed_by, open_record};
use super::splits::{self, SPLIT};
use super::standing;
use super::take_in::{Chain, NOTHING, Taken, Tries, Why, read_feed_open};
use super::tx::Tx;
use crate::identity::{account_log, table};
use crate::spaces;

/// What is said of a record that its device wrote after it was revoked.
const AFTER_REVOKED: &str = "its device was revoked before it wrote this";

/// Tells what a problem with one record means: what is wrong with the record itself is a reason to refuse it, and everything
/// else a reason to stop.
pub(super) fn reason(problem: StoreError) -> Result<&'static str, StoreError> {
    match problem {
        StoreError::BadRecord(reason) | StoreError::BadUpdate(reason) => Ok(reason),
        StoreError::TooLarge => Ok("it makes a text larger than a text may be"),
        other => Err(other),
    }
}

/// Says how a record was received.
pub(super) enum Received {
    Taken(Taken),
    /// Something of it was merged that is to be undone, and this is what became of it.
    Undo(Undo),
}

pub(super) enum Undo {
    Waits(Why),
    /// It stays in its place without being merged.
    Keep(&'static str),
}

/// Holds where a record of a known feed goes.
struct Landing {
    feed: FeedRow,
    head: FeedHead,
    limit: Option<u64>,
    place: Spot,
}

/// Holds the feed whose records come in one after the other, so that it is not read and written again for each.
pub(super) struct InHand {
    row: FeedRow,
    limit: Option<u64>,
    is_ahead: bool,
}

/// Says what a record is about.
#[derive(Clone, Copy)]
struct About {
    kind: u64,
    object: ObjectId,
    hlc: Hlc,
}

impl About {
    fn of(opened: &Opened) -> Self {
        let inner = &opened.inner;
        Self { kind: inner.kind, object: inner.object, hlc: inner.hlc }
    }
}

/// Says whether a record is the next of its feed.
#[derive(Clone, Copy, PartialEq)]
enum Spot {
    Next,
    /// It was lost to a damage here, and comes back.
    Gap,
    /// Nothing but its hash was here, and now its content comes from somewhere else. The row that has the hash.
    Stub(i64),
}

impl Tx<'_> {
    /// Looks at one record, and merges it where all it needs is here.
    pub(super) fn receive(
        &mut self,
        item: &Item,
        chain: Chain,
        tries: Tries,
    ) -> Result<Received, StoreError> {
        let taken = |taken| Ok(Received::Taken(taken));
        let ready = match item {
            Item::Ready(ready) => ready,
            Item::Stub(left) => return taken(self.receive_stub(left, chain)?),
            Item::Broken(reason) => return taken(Taken::Refused(reason)),
        };
        let header = &ready.record.header;
        if self.core().keyring.space(&header.space).is_none() {
            return taken(Taken::Refused("its space is unknown"));
        }
        if self.is_known(ready)? {
            return taken(Taken::Known);
        }
        match self.refused_before(ready, tries)? {
            Some(Taken::Parked(why)) => return taken(Taken::Parked(why)),
            Some(Taken::Refused(reason)) => return Ok(Received::Undo(Undo::Keep(reason))),
            _ => {}
        }
        let mut opened = None;
        let opened = match &ready.opened {
            Some(opened) => opened,
            None => match self.open(ready)? {
                Ok(fresh) => &*opened.insert(fresh),
                Err(Taken::Refused(reason)) => {
                    self.keep_unreadable(ready)?;
                    return taken(Taken::Refused(reason));
                }
                Err(no) => return taken(no),
            },
        };
        let landing = match self.find_landing(ready, opened, chain)? {
            Ok(landing) => landing,
            Err(no) => return taken(no),
        };
        self.merge_at(landing, ready, opened, chain)
    }

    /// Tells whether a record has ended the program before.
    fn refused_before(&mut self, ready: &Ready, tries: Tries) -> Result<Option<Taken>, StoreError> {
        let sql = self.reader.sql;
        let has_suspects = match self.has_suspects {
            Some(has) => has,
            None => *self.has_suspects.insert(parked::has_suspects(sql)?),
        };
        if !has_suspects {
            return Ok(None);
        }
        Ok(match (parked::deaths_of(self.reader.sql, &ready.hash)?, tries) {
            (0, _) | (1, Tries::Again) => None,
            (1, Tries::Once) => Some(Taken::Parked(Why::Suspect)),
            _ => Some(Taken::Refused(parked::ENDED)),
        })
    }

    fn open(&mut self, ready: &Ready) -> Result<Result<Opened, Taken>, StoreError> {
        self.renew_keys()?;
        let header = &ready.record.header;
        let Ok(key) = self.core().keyring.key(&header.space, header.stream, &header.epoch) else {
            return Ok(Err(Taken::Parked(Why::Key)));
        };
        Ok(match open_record(&ready.record, &key) {
            Ok(opened) => Ok(opened),
            Err(problem) => Err(Taken::Refused(reason(problem)?)),
        })
    }

    /// Keeps a record in its place in which nothing can be read although its owner signed it, so that the chain of its feed goes on.
    fn keep_unreadable(&mut self, ready: &Ready) -> Result<(), StoreError> {
        let header = &ready.record.header;
        let core = self.core().clone();
        let (Some(space), Ok(key)) = (
            core.keyring.space(&header.space),
            core.keyring.key(&header.space, header.stream, &header.epoch),
        ) else {
            return Ok(());
        };
        if let Some((feed, _)) = self.take_in_hand(space.sid, header.stream, &header.feed)?
            && let Ok(head) = feed.head.follow(header, ready.hash)
            && is_signed_by(&ready.record, &key, &feed.public_key)
        {
            let about = About { kind: 0, object: NOTHING, hlc: Hlc::ZERO };
            self.put_record(feed, head, Spot::Next, ready, about, RecordState::Refused)?;
        }
        Ok(())
    }

    /// Finds where a record goes: in its feed after what is here of it, signed by whoever the feed belongs to.
    fn find_landing(
        &mut self,
        ready: &Ready,
        opened: &Opened,
        chain: Chain,
    ) -> Result<Result<Landing, Taken>, StoreError> {
        let header = &ready.record.header;
        let core = self.core().clone();
        let Some(space) = core.keyring.space(&header.space) else {
            return Ok(Err(Taken::Refused("its space is unknown")));
        };
        let Some((feed, limit)) = self.take_in_hand(space.sid, header.stream, &header.feed)? else {
            return self.begin_feed(space, ready, opened);
        };
        if ready.verified_by != Some(feed.public_key)
            && let Err(problem) = opened.verify(&feed.public_key)
        {
            return Ok(Err(Taken::Refused(reason(problem)?)));
        }
        if header.seq <= feed.head.seq {
            let place = match self.compare_with_known(&feed, ready)? {
                Ok(place) => place,
                Err(taken) => return Ok(Err(taken)),
            };
            return Ok(Ok(Landing { head: feed.head, feed, limit, place }));
        }
        let head = match (feed.head.follow(header, ready.hash), chain) {
            (Ok(head), _) => head,
            (Err(_), Chain::WithGaps) => FeedHead { seq: header.seq, hash: ready.hash, ..feed.head },
            (Err(_), Chain::Whole) if header.seq == feed.head.seq + 1 => {
                // It was signed to follow another record than the one that is here.
                return Ok(Err(self.keep_evidence(&feed, ready)?));
            }
            (Err(_), Chain::Whole) => {
                if splits::is_evidence(self.reader.sql, &header.prev)? {
                    // It goes on where the feed has split.
                    return Ok(Err(self.keep_evidence(&feed, ready)?));
                }
                self.glimpse(space, header.stream, opened)?;
                return Ok(Err(Taken::Parked(Why::Predecessor)));
            }
        };
        self.leave_own_life(&feed)?;
        Ok(Ok(Landing { feed, head, limit, place: Spot::Next }))
    }

    /// Begins a feed with the record that opens it.
    fn begin_feed(
        &mut self,
        space: &SpaceKeys,
        ready: &Ready,
        opened: &Opened,
    ) -> Result<Result<Landing, Taken>, StoreError> {
        let (sql, header) = (self.reader.sql, &ready.record.header);
        self.glimpse(space, header.stream, opened)?;
        if header.seq != 1 {
            return Ok(Err(Taken::Parked(Why::Beginning)));
        }
        let open = match read_feed_open(header, opened).and_then(|open| {
            opened.verify(&open.feed_key)?;
            Ok(open)
        }) {
            Ok(open) => open,
            Err(problem) => return Ok(Err(Taken::Refused(reason(problem)?))),
        };
        let found = standing::device_behind(sql, self.core(), &self.glimpsed, space, &open.certificate)?;
        let Some(device) = found else { return Ok(Err(Taken::Parked(Why::Certificate))) };
        if let Err(problem) = open.verify(&device, &header.space, header.stream) {
            return Ok(Err(Taken::Refused(reason(problem)?)));
        }
        let start = FeedHead::start(header.space, header.stream, header.feed);
        let Ok(head) = start.follow(header, ready.hash) else {
            return Ok(Err(Taken::Refused("it does not begin its feed")));
        };
        let mut feed = FeedRow {
            fid: 0,
            sid: space.sid,
            head: start,
            public_key: open.feed_key,
            device,
            incarnation: open.incarnation,
            hlc: Hlc::ZERO,
        };
        if log::find_feed_of(sql, space.sid, header.stream, &device, open.incarnation)?.is_some() {
            return Ok(Err(Taken::Refused("its device has another feed for the same life")));
        }
        log::insert_feed(sql, &mut feed)?;
        cutting::settle_new(self, &feed)?;
        let limit = cutting::limit_of(sql, feed.fid)?;
        Ok(Ok(Landing { feed, head, limit, place: Spot::Next }))
    }

    /// Remembers what an operation of an account log says whose record waits.
    fn glimpse(&mut self, space: &SpaceKeys, stream: u32, opened: &Opened) -> Result<(), StoreError> {
        if let Some(account) = &space.account
            && account_log::is_account_op(opened.inner.kind)
        {
            self.glimpsed.add(space.sid, account, opened.inner.kind, &opened.inner.body);
        }
        if space.is_shared() && stream == CONTROL_STREAM && spaces::glimpse(self, space, &opened.inner)? {
            self.glimpses += 1;
        }
        Ok(())
    }

    /// Tells whether exactly this record stands in the log, so that nothing else has to be looked at.
    fn is_known(&mut self, ready: &Ready) -> Result<bool, StoreError> {
        let header = &ready.record.header;
        let Some(sid) = self.core().keyring.space(&header.space).map(|space| space.sid) else {
            return Ok(false);
        };
        let Some((feed, _)) = self.take_in_hand(sid, header.stream, &header.feed)? else { return Ok(false) };
        if header.seq > feed.head.seq {
            return Ok(false);
        }
        let row = log::record_at(self.reader.sql, feed.fid, header.seq)?;
        Ok(row.is_some_and(|row| {
            let is_left_over = row.state == RecordState::Stub && row.object == NOTHING;
            !is_left_over && log::hash_of(&row) == Some(ready.hash)
        }))
    }

    /// Compares a record with what stands in its place; gives the place where something is missing there.
    fn compare_with_known(
        &mut self,
        feed: &FeedRow,
        ready: &Ready,
    ) -> Result<Result<Spot, Taken>, StoreError> {
        let Some(row) = log::record_at(self.reader.sql, feed.fid, ready.record.header.seq)? else {
            return Ok(Ok(Spot::Gap));
        };
        if log::hash_of(&row).is_some_and(|here| here != ready.hash) {
            return Ok(Err(self.keep_evidence(feed, ready)?));
        }
        if row.state == RecordState::Stub && row.object == NOTHING {
            return Ok(Ok(Spot::Stub(row.rid)));
        }
        Ok(Err(Taken::Known))
    }

    /// Keeps what is left of a record whose content was erased elsewhere. What it was about is not known.
    fn receive_stub(&mut self, left: &Left, chain: Chain) -> Result<Taken, StoreError> {
        self.put_down()?;
        let (sql, header) = (self.reader.sql, &left.header);
        let Some(sid) = self.core().keyring.space(&header.space).map(|space| space.sid) else {
            return Ok(Taken::Refused("its space is unknown"));
        };
        let Some(feed) = log::find_feed(sql, sid, header.stream, &header.feed)? else {
            return Ok(Taken::Parked(Why::Beginning));
        };
        if header.stream == CONTROL_STREAM {
            return Ok(Taken::Refused("an operation is never erased"));
        }
        if header.seq > feed.head.seq + 1 {
            return Ok(Taken::Parked(Why::Predecessor));
        }
        if header.seq == feed.head.seq + 1 && header.prev != feed.head.hash {
            return Ok(Taken::Refused(SPLIT));
        }
        self.take_in_stub(&left.raw, 0, &NOTHING, Hlc::ZERO, chain)
    }

    fn keep_evidence(&mut self, feed: &FeedRow, ready: &Ready) -> Result<Taken, StoreError> {
        let place = (ready.record.header.seq, &ready.hash);
        splits::keep(self.reader.sql, feed.fid, place, &ready.raw, self.now().timestamp_millis())
    }

    /// Begins another life where a record comes back that this device wrote itself and does not know: this copy was set back.
    fn leave_own_life(&mut self, feed: &FeedRow) -> Result<(), StoreError> {
        let sql = self.reader.sql;
        let space = self.core().keyring.space_of(feed.sid);
        let incarnation = table::incarnation(sql)?;
        let is_own = feed.device == self.core().device();
        if is_own && space.is_some_and(|space| space.is_of_life(feed.incarnation, incarnation)) {
            table::begin_incarnation(sql)?;
        }
        Ok(())
    }

    fn merge_at(
        &mut self,
        landing: Landing,
        ready: &Ready,
        opened: &Opened,
        chain: Chain,
    ) -> Result<Received, StoreError> {
        let inner = &opened.inner;
        let Landing { feed, head, limit, place } = landing;
        let seq = ready.record.header.seq;
        if limit.is_some_and(|limit| seq > limit) {
            self.put_record(feed, head, place, ready, About::of(opened), RecordState::Cut)?;
            return Ok(Received::Taken(Taken::Refused(AFTER_REVOKED)));
        }
        let source = Source {
            sid: feed.sid,
            fid: feed.fid,
            feed: head.feed,
            hlc: inner.hlc,
            // What comes after others of its session cannot continue it.
            whole: chain == Chain::Whole && place == Spot::Next,
            has_log: true,
            device: feed.device,
            record: Some(ready.hash),
        };
        let stream = ready.record.header.stream;
        if stream == CONTROL_STREAM {
            // It may say something about any feed.
            self.put_down()?;
        }
        match self.merge_record(&source, stream, inner.kind, &inner.object, &inner.body) {
            Ok(Some(state)) => {
                if state == RecordState::Unknown && inner.flags & CRITICAL != 0 {
                    critical::note(self.reader.sql, feed.sid)?;
                }
                self.put_record(feed, head, place, ready, About::of(opened), state)?;
                if stream == CONTROL_STREAM {
                    // What records quote of this log has changed.
                    self.keys_changed();
                }
                Ok(Received::Taken(Taken::New))
            }
            Ok(None) if cutting::has_cut(self.reader.sql, feed.sid, &inner.object)? => {
                // It builds on words of a revoked device, which stay for its sake.
                let sid = feed.sid;
                self.put_record(feed, head, place, ready, About::of(opened), RecordState::Merged)?;
                cutting::merge_again(self, sid, &inner.object)?;
                Ok(Received::Taken(Taken::New))
            }
            Ok(None) => Ok(Received::Undo(Undo::Waits(Why::Text))),
            Err(problem) => Ok(Received::Undo(Undo::Keep(reason(problem)?))),
        }
    }

    /// Keeps a record that its owner signed in its place without merging it.
    pub(super) fn keep_unmerged(
        &mut self,
        item: &Item,
        state: RecordState,
        reason: &'static str,
    ) -> Result<Taken, StoreError> {
        let Item::Ready(ready) = item else { return Ok(Taken::Refused(reason)) };
        self.renew_keys()?;
        let opened = match &ready.opened {
            Some(_) => None,
            None => self.open(ready)?.ok(),
        };
        if let Some(opened) = ready.opened.as_ref().or(opened.as_ref())
            && let Ok(landing) = self.find_landing(ready, opened, Chain::Whole)?
        {
            let Landing { feed, head, place, .. } = landing;
            self.put_record(feed, head, place, ready, About::of(opened), state)?;
        }
        Ok(Taken::Refused(reason))
    }

    fn put_record(
        &mut self,
        mut feed: FeedRow,
        head: FeedHead,
        place: Spot,
        ready: &Ready,
        about: About,
        state: RecordState,
    ) -> Result<(), StoreError> {
        let raw = if state == RecordState::Stub { log::stub_of(&ready.raw)? } else { ready.raw.clone() };
        let seq = ready.record.header.seq;
        let About { kind, object, hlc } = about;
        let mut row = RecordRow { rid: 0, fid: feed.fid, seq, kind, object, hlc, state, raw };
        match place {
            Spot::Next => log::insert_record(self.reader.sql, &row)?,
            Spot::Gap => {
                log::insert_record(self.reader.sql, &row)?;
                log::fill_gap(self.reader.sql, feed.fid, seq)?;
            }
            Spot::Stub(rid) => {
                row.rid = rid;
                log::replace_record(self.reader.sql, &row)?;
            }
        }
        // Somebody's clock may be far ahead; this device's own is never carried along by that.
        (feed.head, feed.hlc) = (head, Hlc::observe(clock_ms(self.now()), feed.hlc, hlc));
        match &mut self.in_hand {
            Some(in_hand) if in_hand.row.fid == feed.fid => {
                (in_hand.row, in_hand.is_ahead) = (feed, true);
                Ok(())
            }
            _ => log::update_feed(self.reader.sql, &feed),
        }
    }

    /// Reads a feed and its limit, or gives those that are in hand.
    fn take_in_hand(
        &mut self,
        sid: i64,
        stream: u32,
        feed: &[u8; 16],
    ) -> Result<Option<(FeedRow, Option<u64>)>, StoreError> {
        if let Some(in_hand) = &self.in_hand
            && (in_hand.row.sid, in_hand.row.head.stream, in_hand.row.head.feed) == (sid, stream, *feed)
        {
            return Ok(Some((in_hand.row.clone(), in_hand.limit)));
        }
        self.put_down()?;
        let sql = self.reader.sql;
        let Some(row) = log::find_feed(sql, sid, stream, feed)? else { return Ok(None) };
        let limit = cutting::limit_of(sql, row.fid)?;
        if stream != CONTROL_STREAM {
            self.in_hand = Some(InHand { row: row.clone(), limit, is_ahead: false });
        }
        Ok(Some((row, limit)))
    }

    /// Writes down how far the feed in hand has come.
    pub(super) fn put_down(&mut self) -> Result<(), StoreError> {
        match self.in_hand.take() {
            Some(in_hand) if in_hand.is_ahead => log::update_feed(self.reader.sql, &in_hand.row),
            _ => Ok(()),
        }
    }
}
