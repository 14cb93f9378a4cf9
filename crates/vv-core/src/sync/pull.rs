//! Reading a stream from a server: recompute its hash, take in what follows, and only then move on.
//!
//! While one page is merged, the next is fetched and verified on a thread of its own. What a page needs that the one before it brings is
//! looked up again where it is merged.

use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread;

use vv_protocol::wire::{Page, StreamHead};

use super::apply::{apply, prepare};
use super::chain::{self, unseen, was_seen};
use super::claims;
use super::error::SyncError;
use super::model::{AlarmKind, Pause};
use super::server::{Bound, Trip};
use super::table;
use crate::notebook::Notebook;
use crate::ports::remote::{AccessKey, Remote, RemoteError};
use crate::store::page::Page as Prepared;

/// Records that are asked for at once.
const PAGE: u32 = 1_000;

/// Is a page as a server gave it, with its records read and verified.
struct Fetched {
    page: Page,
    prepared: Prepared,
}

/// Fetches what follows in a stream.
struct Fetching<'a> {
    notebook: &'a Notebook,
    remote: &'a dyn Remote,
    key: &'a AccessKey,
    stream: u32,
}

impl Fetching<'_> {
    fn next(&self, after: u64) -> Result<Fetched, SyncError> {
        let page = self.remote.pull(self.key, self.stream, after, PAGE)?;
        let prepared = prepare(self.notebook, &page.records)?;
        Ok(Fetched { page, prepared })
    }

    /// Fetches page after page up to an end, until nobody takes them any more.
    fn go_ahead(&self, mut after: u64, end: u64, give: &SyncSender<Result<Fetched, SyncError>>) {
        while after < end {
            let fetched = self.next(after);
            let came = fetched.as_ref().map_or(0, |fetched| fetched.page.records.len() as u64);
            after += came;
            if give.send(fetched).is_err() || came == 0 {
                return;
            }
        }
    }
}

impl Trip<'_> {
    /// Reads a stream up to where the server says it stands.
    pub(super) fn pull(&mut self, bound: &Bound, head: &StreamHead) -> Result<(), SyncError> {
        let (pid, sid, stream) = (self.pid, bound.space.sid, head.stream);
        let mut at = self.notebook.read(|reader| table::stream_head(reader.sql(), pid, sid, stream))?;
        if was_seen(&at) && was_seen(head) && at.log_id != head.log_id {
            // The server says itself that it was restored: everything is compared with it once more, and what it lost is sent
            // again. What is here already costs nothing but its hash.
            self.restored.insert(sid);
            self.notebook.write(|tx| {
                super::sharing::forget_given(tx, pid, &bound.space.id)?;
                table::forget_stream(tx.sql(), pid, sid, stream)
            })?;
            at = unseen(stream);
        }
        if head.head < at.head {
            return Err(self.alarm_of(sid, AlarmKind::RolledBack, at.head - head.head));
        }
        if head.head == at.head && head.chain != at.chain {
            return Err(self.alarm(sid, AlarmKind::Forked));
        }
        self.progress.to_receive += head.head - at.head;
        let fetching = Fetching { notebook: self.notebook, remote: self.remote, key: &bound.key, stream };
        if head.head - at.head <= u64::from(PAGE) {
            while at.head < head.head {
                let fetched = fetching.next(at.head);
                at = self.take_in(bound, &at, head, fetched)?;
            }
        } else {
            let (give, take) = sync_channel(1);
            at = thread::scope(|scope| {
                let (from, end) = (at.head, head.head);
                scope.spawn(move || fetching.go_ahead(from, end, &give));
                let mut at = at;
                // What is left untaken when this ends early stops the other thread at its next page.
                for fetched in take {
                    at = self.take_in(bound, &at, head, fetched)?;
                }
                Ok::<_, SyncError>(at)
            })?;
        }
        let here = (at.log_id, at.head);
        let is_promised = self.notebook.read(|reader| claims::is_any(reader.sql(), pid, sid, stream))?;
        if is_promised
            && let Some(kind) = self.notebook.write(|tx| claims::settle(tx, pid, sid, stream, here, true))?
        {
            return Err(self.alarm(sid, kind));
        }
        if self.notebook.read(|reader| claims::is_kept_back(reader, &bound.space.id, stream))? {
            return Err(self.alarm(sid, AlarmKind::Withheld));
        }
        self.is_paused()
    }

    /// Ends the round where what was taken in has shown that something is wrong at the place.
    fn is_paused(&self) -> Result<(), SyncError> {
        let place = self.notebook.read(|reader| table::find_place(reader.sql(), self.pid))?;
        if place.is_some_and(|place| place.pause != Pause::ByAlarm) {
            return Ok(());
        }
        let alarms = self.notebook.read(|reader| table::open_alarms(reader.sql()))?;
        let found = alarms.iter().find(|alarm| alarm.place == self.pid && alarm.kind.pauses());
        Err(found.map_or(SyncError::NoPlace, |alarm| SyncError::Alarm(alarm.kind)))
    }

    /// Takes in a page that was fetched, and tells how far the stream was read with it.
    fn take_in(
        &mut self,
        bound: &Bound,
        at: &StreamHead,
        head: &StreamHead,
        fetched: Result<Fetched, SyncError>,
    ) -> Result<StreamHead, SyncError> {
        let fetched = match fetched {
            Err(SyncError::Remote(RemoteError::NotFound)) => {
                return Err(self.alarm(bound.space.sid, AlarmKind::RolledBack));
            }
            fetched => fetched?,
        };
        if fetched.page.log != head.log_id {
            return Err(RemoteError::Stale.into());
        }
        let at = self.take_in_page(bound, at, &fetched)?;
        self.step()?;
        Ok(at)
    }

    fn take_in_page(
        &mut self,
        bound: &Bound,
        at: &StreamHead,
        fetched: &Fetched,
    ) -> Result<StreamHead, SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let Fetched { page, prepared } = fetched;
        let heads = chain::follow(at, page.log, &page.records);
        let Some(reached) = heads.last().cloned() else {
            return Err(self.alarm(sid, AlarmKind::Withheld));
        };
        // The server's own hash of what it just gave: another value means that it does not hold what it gives.
        if page.after != at.head || reached.chain != page.chain {
            return Err(self.alarm(sid, AlarmKind::Forked));
        }
        let bytes: u64 = page.records.iter().map(|record| record.raw().len() as u64).sum();
        let applied = self.notebook.write(|tx| {
            let applied = apply(tx, &bound.space, &page.records, prepared, pid)?;
            chain::keep(tx.sql(), pid, sid, &heads)?;
            table::set_stream_head(tx.sql(), pid, sid, &reached)?;
            let at = (reached.log_id, reached.head);
            if let Some(kind) = claims::settle(tx, pid, sid, reached.stream, at, false)? {
                table::raise(tx.sql(), pid, sid, kind, 1, tx.now())?;
            }
            table::count_traffic(tx.sql(), pid, sid, 0, bytes, applied.new + applied.known)?;
            if applied.refused > 0 {
                table::raise(tx.sql(), pid, sid, AlarmKind::Quarantined, applied.refused, tx.now())?;
            }
            Ok::<_, SyncError>(applied)
        })?;
        self.round.received += applied.new;
        self.round.parked += applied.parked;
        self.round.refused += applied.refused;
        self.progress.received += page.records.len() as u64;
        Ok(reached)
    }
}
