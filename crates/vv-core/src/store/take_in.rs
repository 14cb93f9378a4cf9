//! Taking in records that were written elsewhere: nothing of them is believed that is not signed and in its place.
//!
//! A page of records is opened and verified first, on several threads (`page.rs`), and merged in one transaction here. Each
//! record is new, known, waiting for something, or refused; whatever one of them is, the others go on. A record whose owner signed
//! it and whose content cannot be is kept in its place without being merged, so that the chain of its feed goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use vv_protocol::{CONTENT_STREAM, CONTROL_STREAM, FeedHead, Header, OpType, Record, Stub, feed_id};

use super::error::StoreError;
use super::hlc::Hlc;
use super::log::{self, RecordRow, RecordState};
use super::mark::Mark;
use super::merge;
use super::op::ObjectId;
use super::page::{Item, Page};
use super::parked;
use super::receiving::{Received, Undo};
use super::seal::{Opened, open_record};
use super::tx::Tx;
use super::unlocked::Unlocked;
use crate::identity::record::FeedOpen;
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

/// Stands for the object of a record of which nothing but its hash has ever been here.
pub(crate) const NOTHING: ObjectId = [0; 16];

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
        self.put_down()?;
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
            self.put_down()?;
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

    /// Tries again what waits, also what the program ended over; for when everything else is safe. Tells how many of those came in.
    pub(crate) fn try_suspects(&mut self) -> Result<u32, StoreError> {
        self.put_own_away()?;
        let mut mark = Mark::begin(self.core());
        let mut taken = 0;
        for waiting in parked::list(self.reader.sql)? {
            if waiting.why == Why::Suspect {
                let done = self.try_parked(&waiting.hash, &mut mark, Tries::Again)?;
                taken += u32::from(done == Some(Taken::New));
            }
        }
        self.settle_parked(&mut mark)?;
        mark.end();
        Ok(taken)
    }

    pub(super) fn forget_what_was_undone(&mut self) {
        self.own.clear();
        self.in_hand = None;
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
        self.put_down()?;
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
        self.put_down()?;
        sql.execute_batch("RELEASE one")?;
        self.note(item, taken)?;
        Ok(taken)
    }

    /// Writes down what waits and what was refused.
    fn note(&mut self, item: &Item, taken: Taken) -> Result<(), StoreError> {
        let (sql, now) = (self.reader.sql, self.now().timestamp_millis());
        let Some(place) = item.place() else { return Ok(()) };
        match taken {
            Taken::Parked(why) => parked::park(sql, &place, why, now),
            Taken::Refused(reason) => parked::refuse(sql, &place, reason, now),
            Taken::New | Taken::Known => Ok(()),
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
                moved |= self.try_parked(&waiting.hash, mark, Tries::Once)?.is_some();
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

    /// Tries one record that waits; none when it waits on.
    fn try_parked(
        &mut self,
        hash: &[u8; 32],
        mark: &mut Mark,
        tries: Tries,
    ) -> Result<Option<Taken>, StoreError> {
        let Some(raw) = parked::raw_of(self.reader.sql, hash)? else { return Ok(None) };
        match self.receive_alone(&Item::read(raw), mark, tries)? {
            Taken::Parked(_) => Ok(None),
            done => {
                parked::unpark(self.reader.sql, hash)?;
                Ok(Some(done))
            }
        }
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
        self.put_down()?;
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
        if stub.header.stream == CONTENT_STREAM && *object != NOTHING {
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
