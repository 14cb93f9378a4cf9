//! Taking in records that were written elsewhere: nothing of them is believed that is not signed and in its place.
//!
//! A page of records is opened and verified first, on several threads (`page.rs`), and merged in one transaction here. Each
//! record is new, known, waiting for something, or refused; whatever one of them is, the others go on. A record whose owner signed
//! it and whose content cannot be is kept in its place without being merged, so that the chain of its feed goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::params;
use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, FeedHead, Header, OpType, Record, Stub, feed_id};

use super::cutting;
use super::error::StoreError;
use super::hlc::{Hlc, clock_ms};
use super::keyring::SpaceKeys;
use super::log::{self, FeedRow, RecordRow, RecordState};
use super::mark::Mark;
use super::merge::{self, Source};
use super::op::ObjectId;
use super::page::{Item, Page, Ready};
use super::parked;
use super::seal::{Opened, open_record};
use super::standing;
use super::tx::Tx;
use super::unlocked::Unlocked;
use crate::identity::account_log;
use crate::identity::record::FeedOpen;
use crate::identity::table;
use crate::spaces;

/// Says how strictly the order of a feed is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chain {
    /// Each record follows the one before it.
    Whole,
    /// Records may be missing between; those that are there are signed all the same.
    WithGaps,
}

/// Says what a record waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// The record that begins its feed.
    Beginning,
    /// The record before it.
    Predecessor,
    /// The key it is sealed with.
    Key,
    /// The operation that adds its device.
    Certificate,
    /// A change of a text that it builds upon.
    Text,
    /// The program ended while it was merged; it is tried again when everything else is safe.
    Suspect,
}

/// Tells what became of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It was merged.
    New,
    /// It was here already.
    Known,
    /// It waits for something that is not here yet, and is tried again by itself.
    Parked(Why),
    /// It is not taken, and this is why.
    Refused(&'static str),
}

/// What is said of a record that its device wrote after it was revoked.
const AFTER_REVOKED: &str = "its device was revoked before it wrote this";
/// What is said of a record beside which there is another for the same place.
const SPLIT: &str = "its feed has split: another record stands in its place";

/// Opens a record, and checks that its feed's owner signed it where it stands.
pub(crate) fn open_verified(
    core: &Unlocked,
    record: &Record,
    feed_public_key: &[u8; 32],
) -> Result<Opened, StoreError> {
    let header = &record.header;
    let opened = open_record(record, &core.record_key(&header.space, header.stream, &header.epoch)?)?;
    opened.verify(feed_public_key)?;
    Ok(opened)
}

/// Reads the record that begins a feed. Whose it is is not looked at yet.
pub(crate) fn read_feed_open(header: &Header, opened: &Opened) -> Result<FeedOpen, StoreError> {
    if opened.inner.kind != OpType::FeedOpen.number() || header.seq != 1 {
        return Err(StoreError::BadRecord("its feed is unknown"));
    }
    let open = FeedOpen::decode(&opened.inner.body)?;
    if feed_id(&open.feed_key) == header.feed {
        Ok(open)
    } else {
        Err(StoreError::BadRecord("its feed belongs to nobody who is known"))
    }
}

/// Tells what a problem with one record means: what is wrong with the record itself is a reason to refuse it, and everything
/// else a reason to stop.
fn reason(problem: StoreError) -> Result<&'static str, StoreError> {
    match problem {
        StoreError::BadRecord(reason) | StoreError::BadUpdate(reason) => Ok(reason),
        StoreError::TooLarge => Ok("it makes a text larger than a text may be"),
        other => Err(other),
    }
}

/// Says how a record was received.
enum Received {
    Taken(Taken),
    /// Something of it was merged that is to be undone, and this is what became of it.
    Undo(Undo),
}

enum Undo {
    Waits(Why),
    /// It stays in its place without being merged.
    Keep(&'static str),
}

/// Holds where a record of a known feed goes.
struct Landing {
    feed: FeedRow,
    head: FeedHead,
    limit: Option<u64>,
}

impl Tx<'_> {
    /// Takes in one record, or fails where it waits for something or is refused.
    pub(crate) fn take_in(&mut self, raw: &[u8], chain: Chain) -> Result<Taken, StoreError> {
        self.put_own_away()?;
        self.renew_keys()?;
        let item = Item::read(raw.to_vec());
        match self.receive(&item, chain, Tries::Once)? {
            Received::Taken(taken @ (Taken::New | Taken::Known)) => Ok(taken),
            Received::Taken(Taken::Refused(reason)) | Received::Undo(Undo::Keep(reason)) => {
                Err(StoreError::BadRecord(reason))
            }
            Received::Taken(Taken::Parked(_)) | Received::Undo(Undo::Waits(_)) => {
                Err(StoreError::BadRecord("it does not follow the record before it"))
            }
        }
    }

    /// Takes in a page of records, and what waited for them. Tells of each record of the page what became of it.
    pub(crate) fn take_in_page(&mut self, page: &Page) -> Result<Vec<Taken>, StoreError> {
        self.put_own_away()?;
        self.renew_keys()?;
        let mut mark = Mark::begin(self.core());
        let sql = self.reader.sql;
        sql.execute_batch("SAVEPOINT page")?;
        let quick = catch_unwind(AssertUnwindSafe(|| self.receive_all_at_once(page, &mut mark)));
        let taken = match quick {
            Ok(Ok(Some(taken))) => taken,
            Ok(Err(problem)) => return Err(problem),
            // Something has to be undone, or a record took the merging down: each on its own.
            Ok(Ok(None)) | Err(_) => {
                sql.execute_batch("ROLLBACK TO page")?;
                self.forget_what_was_undone();
                self.receive_each(&page.items, &mut mark)?
            }
        };
        sql.execute_batch("RELEASE page")?;
        let mut latest = Hlc::ZERO;
        for (item, taken) in page.items.iter().zip(&taken) {
            if let (Taken::New, Item::Ready(ready)) = (taken, item) {
                latest = latest.max(ready.hlc());
            }
        }
        if latest != Hlc::ZERO {
            self.observe(latest)?;
        }
        self.settle_parked(&mut mark)?;
        while self.settle_spaces(&mut mark)? {
            self.settle_parked(&mut mark)?;
        }
        mark.end();
        Ok(taken)
    }

    /// Brings shared spaces in line with what came in; tells whether anything changed by which what waits may move.
    fn settle_spaces(&mut self, mark: &mut Mark) -> Result<bool, StoreError> {
        let mut settled = false;
        loop {
            let accounts = std::mem::take(&mut self.arriving);
            if !accounts.is_empty() {
                self.renew_keys()?;
                let items: Vec<Item> = accounts.into_iter().map(Item::read).collect();
                settled |= self.receive_each(&items, mark)?.contains(&Taken::New);
                self.settle_parked(mark)?;
            }
            if !spaces::settle_all(self)? && self.arriving.is_empty() {
                return Ok(settled);
            }
            settled = true;
        }
    }

    /// Tries again what waits, also what the program ended over; for when everything else is safe.
    pub(crate) fn try_suspects(&mut self) -> Result<u32, StoreError> {
        self.put_own_away()?;
        let mut mark = Mark::begin(self.core());
        let mut taken = 0;
        for waiting in parked::list(self.reader.sql)? {
            if waiting.why == Why::Suspect {
                taken += u32::from(self.try_parked(&waiting.hash, &mut mark, Tries::Again)?);
            }
        }
        self.settle_parked(&mut mark)?;
        mark.end();
        Ok(taken)
    }

    fn forget_what_was_undone(&mut self) {
        self.own.clear();
        self.keys_changed();
    }

    /// Receives a whole page without a way back for each record; none when one of them needs it.
    fn receive_all_at_once(
        &mut self,
        page: &Page,
        mark: &mut Mark,
    ) -> Result<Option<Vec<Taken>>, StoreError> {
        let mut taken = Vec::with_capacity(page.items.len());
        for item in &page.items {
            mark.set(item.hash());
            match self.receive(item, Chain::Whole, Tries::Once)? {
                Received::Taken(what) => {
                    self.note(item, what)?;
                    taken.push(what);
                }
                Received::Undo(_) => return Ok(None),
            }
        }
        Ok(Some(taken))
    }

    fn receive_each(&mut self, items: &[Item], mark: &mut Mark) -> Result<Vec<Taken>, StoreError> {
        items.iter().map(|item| self.receive_alone(item, mark, Tries::Once)).collect()
    }

    /// Receives one record so that nothing is left of it where it cannot be merged.
    fn receive_alone(&mut self, item: &Item, mark: &mut Mark, tries: Tries) -> Result<Taken, StoreError> {
        let sql = self.reader.sql;
        mark.set(item.hash());
        sql.execute_batch("SAVEPOINT one")?;
        let received = catch_unwind(AssertUnwindSafe(|| self.receive(item, Chain::Whole, tries)));
        let taken = match received {
            Ok(Ok(Received::Taken(taken))) => taken,
            Ok(Err(problem)) => return Err(problem),
            Ok(Ok(Received::Undo(undo))) => {
                sql.execute_batch("ROLLBACK TO one")?;
                self.forget_what_was_undone();
                match undo {
                    Undo::Waits(why) => Taken::Parked(why),
                    Undo::Keep(reason) => self.keep_unmerged(item, RecordState::Refused, reason)?,
                }
            }
            Err(_) => {
                sql.execute_batch("ROLLBACK TO one")?;
                self.forget_what_was_undone();
                self.keep_unmerged(item, RecordState::Refused, "it cannot be merged")?
            }
        };
        sql.execute_batch("RELEASE one")?;
        self.note(item, taken)?;
        Ok(taken)
    }

    /// Writes down what waits and what was refused.
    fn note(&mut self, item: &Item, taken: Taken) -> Result<(), StoreError> {
        let (sql, now) = (self.reader.sql, self.now().timestamp_millis());
        match (taken, item) {
            (Taken::Parked(why), Item::Ready(ready)) => parked::park(sql, ready, why, now),
            (Taken::Refused(reason), Item::Ready(ready)) => parked::refuse(sql, ready, reason, now),
            _ => Ok(()),
        }
    }

    /// Tries what waits until nothing of it moves any more.
    fn settle_parked(&mut self, mark: &mut Mark) -> Result<(), StoreError> {
        loop {
            let (mut moved, glimpsed) = (false, self.glimpses);
            for waiting in parked::list(self.reader.sql)? {
                if waiting.why == Why::Suspect || !self.may_move(&waiting)? {
                    continue;
                }
                moved |= self.try_parked(&waiting.hash, mark, Tries::Once)?;
            }
            if !moved && self.glimpses == glimpsed {
                return Ok(());
            }
        }
    }

    /// Tells from its place alone whether there is any use in trying a record again.
    fn may_move(&mut self, waiting: &parked::Waiting) -> Result<bool, StoreError> {
        self.renew_keys()?;
        let Some(space) = self.core().keyring.space(&waiting.space) else { return Ok(false) };
        // What a record of a membership log says may open others before it has its place.
        if space.is_shared() && waiting.stream == CONTROL_STREAM && waiting.why == Why::Key {
            return Ok(true);
        }
        let feed = log::find_feed(self.reader.sql, space.sid, waiting.stream, &waiting.feed)?;
        Ok(match feed {
            Some(feed) => waiting.seq <= feed.head.seq + 1,
            // Of an account log any record may tell whose feed it is.
            None => waiting.seq == 1 || space.is_account(),
        })
    }

    fn try_parked(&mut self, hash: &[u8; 32], mark: &mut Mark, tries: Tries) -> Result<bool, StoreError> {
        let Some(raw) = parked::raw_of(self.reader.sql, hash)? else { return Ok(false) };
        let item = Item::read(raw);
        match self.receive_alone(&item, mark, tries)? {
            Taken::Parked(_) => Ok(false),
            Taken::New | Taken::Known | Taken::Refused(_) => {
                parked::unpark(self.reader.sql, hash)?;
                Ok(true)
            }
        }
    }

    /// Looks at one record, and merges it where all it needs is here.
    fn receive(&mut self, item: &Item, chain: Chain, tries: Tries) -> Result<Received, StoreError> {
        let taken = |taken| Ok(Received::Taken(taken));
        let ready = match item {
            Item::Ready(ready) => ready,
            Item::Broken(reason) => return taken(Taken::Refused(reason)),
        };
        let header = &ready.record.header;
        if self.core().keyring.space(&header.space).is_none() {
            return taken(Taken::Refused("its space is unknown"));
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
    fn refused_before(&self, ready: &Ready, tries: Tries) -> Result<Option<Taken>, StoreError> {
        Ok(match (parked::deaths_of(self.reader.sql, &ready.hash)?, tries) {
            (0, _) | (1, Tries::Again) => None,
            (1, Tries::Once) => Some(Taken::Parked(Why::Suspect)),
            _ => Some(Taken::Refused("the app ended each time it was read")),
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

    /// Finds where a record goes: in its feed after what is here of it, signed by whoever the feed belongs to.
    fn find_landing(
        &mut self,
        ready: &Ready,
        opened: &Opened,
        chain: Chain,
    ) -> Result<Result<Landing, Taken>, StoreError> {
        let (sql, header) = (self.reader.sql, &ready.record.header);
        let core = self.core().clone();
        let Some(space) = core.keyring.space(&header.space) else {
            return Ok(Err(Taken::Refused("its space is unknown")));
        };
        let Some(feed) = log::find_feed(sql, space.sid, header.stream, &header.feed)? else {
            return self.begin_feed(space, ready, opened);
        };
        if ready.verified_by != Some(feed.public_key)
            && let Err(problem) = opened.verify(&feed.public_key)
        {
            return Ok(Err(Taken::Refused(reason(problem)?)));
        }
        if header.seq <= feed.head.seq {
            return Ok(Err(self.compare_with_known(&feed, ready)?));
        }
        let head = match (feed.head.follow(header, ready.hash), chain) {
            (Ok(head), _) => head,
            (Err(_), Chain::WithGaps) => FeedHead { seq: header.seq, hash: ready.hash, ..feed.head },
            (Err(_), Chain::Whole) if header.seq == feed.head.seq + 1 => {
                // It was signed to follow another record than the one that is here.
                self.keep_evidence(&feed, ready)?;
                return Ok(Err(Taken::Refused(SPLIT)));
            }
            (Err(_), Chain::Whole) => {
                self.glimpse(space, header.stream, opened)?;
                return Ok(Err(Taken::Parked(Why::Predecessor)));
            }
        };
        let limit = cutting::limit_of(sql, feed.fid)?;
        self.leave_own_life(&feed)?;
        Ok(Ok(Landing { feed, head, limit }))
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
        Ok(Ok(Landing { feed, head, limit }))
    }

    /// Remembers what an operation of an account log or of a shared space says whose record waits, where it proves itself.
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

    /// Compares a record with the one that stands in its place.
    fn compare_with_known(&mut self, feed: &FeedRow, ready: &Ready) -> Result<Taken, StoreError> {
        let here = log::record_at(self.reader.sql, feed.fid, ready.record.header.seq)?;
        let here = match here {
            Some(row) => log::hash_of(&row),
            // Lost to a damage, and known to be.
            None => return Ok(Taken::Known),
        };
        if here.is_some_and(|here| here != ready.hash) {
            self.keep_evidence(feed, ready)?;
            return Ok(Taken::Refused(SPLIT));
        }
        Ok(Taken::Known)
    }

    fn keep_evidence(&mut self, feed: &FeedRow, ready: &Ready) -> Result<(), StoreError> {
        let (sql, now) = (self.reader.sql, self.now().timestamp_millis());
        cutting::mark_split(sql, feed.fid)?;
        sql.prepare_cached(
            "INSERT OR IGNORE INTO evidence (hash, fid, seq, at, raw) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![ready.hash, feed.fid, ready.record.header.seq, now, ready.raw])?;
        Ok(())
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
        let Landing { feed, head, limit } = landing;
        if limit.is_some_and(|limit| head.seq > limit) {
            self.put_record(feed, head, ready, Some(opened), RecordState::Cut)?;
            return Ok(Received::Taken(Taken::Refused(AFTER_REVOKED)));
        }
        let source = Source {
            sid: feed.sid,
            fid: feed.fid,
            feed: head.feed,
            hlc: inner.hlc,
            whole: chain == Chain::Whole,
            has_log: true,
            device: feed.device,
            record: Some(ready.hash),
        };
        let stream = ready.record.header.stream;
        match self.merge_record(&source, stream, inner.kind, &inner.object, &inner.body) {
            Ok(Some(state)) => {
                self.put_record(feed, head, ready, Some(opened), state)?;
                if stream == CONTROL_STREAM {
                    // What records quote of this log has changed.
                    self.keys_changed();
                }
                Ok(Received::Taken(Taken::New))
            }
            Ok(None) if cutting::has_cut(self.reader.sql, feed.sid, &inner.object)? => {
                // It builds on words of a revoked device, which stay for its sake.
                let sid = feed.sid;
                self.put_record(feed, head, ready, Some(opened), RecordState::Merged)?;
                cutting::merge_again(self, sid, &inner.object)?;
                Ok(Received::Taken(Taken::New))
            }
            Ok(None) => Ok(Received::Undo(Undo::Waits(Why::Text))),
            Err(problem) => Ok(Received::Undo(Undo::Keep(reason(problem)?))),
        }
    }

    /// Keeps a record that its owner signed in its place without merging it.
    fn keep_unmerged(
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
            self.put_record(landing.feed, landing.head, ready, Some(opened), state)?;
        }
        Ok(Taken::Refused(reason))
    }

    fn put_record(
        &mut self,
        mut feed: FeedRow,
        head: FeedHead,
        ready: &Ready,
        opened: Option<&Opened>,
        state: RecordState,
    ) -> Result<(), StoreError> {
        let raw = if state == RecordState::Stub { log::stub_of(&ready.raw)? } else { ready.raw.clone() };
        let (kind, object, hlc) = opened.map_or((0, [0; 16], Hlc::ZERO), |opened| {
            (opened.inner.kind, opened.inner.object, opened.inner.hlc)
        });
        let row = RecordRow { rid: 0, fid: feed.fid, seq: head.seq, kind, object, hlc, state, raw };
        log::insert_record(self.reader.sql, &row)?;
        // Somebody's clock may be far ahead; this device's own is never carried along by that.
        (feed.head, feed.hlc) = (head, Hlc::observe(clock_ms(self.now()), feed.hlc, hlc));
        log::update_feed(self.reader.sql, &feed)
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
        let sid = log::find_space(self.sql(), &stub.header.space)?
            .ok_or(StoreError::BadRecord("its space is unknown"))?;
        let mut feed = log::find_feed(self.sql(), sid, stub.header.stream, &stub.header.feed)?
            .ok_or(StoreError::BadRecord("its feed is unknown"))?;
        if stub.header.seq <= feed.head.seq {
            return Ok(Taken::Known);
        }
        let head = match (feed.head.follow(&stub.header, stub.hash()), chain) {
            (Ok(head), _) => head,
            (Err(_), Chain::WithGaps) => FeedHead { seq: stub.header.seq, hash: stub.hash(), ..feed.head },
            (Err(_), Chain::Whole) => {
                return Err(StoreError::BadRecord("it does not follow the record before it"));
            }
        };
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
}

/// Says whether a record over which the program ended once is tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tries {
    Once,
    Again,
}
