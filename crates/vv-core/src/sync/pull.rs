//! Reading a stream from a server: recompute its hash, take in what follows, and only then move on.

use vv_protocol::wire::{Page, StreamHead};

use super::apply::{apply, prepare};
use super::chain::{self, unseen, was_seen};
use super::claims;
use super::error::SyncError;
use super::model::{AlarmKind, Pause};
use super::server::{Bound, Trip};
use super::table;
use crate::ports::remote::RemoteError;

/// Records that are asked for at once.
const PAGE: u32 = 1_000;

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
        while at.head < head.head {
            let page = match self.remote.pull(&bound.key, stream, at.head, PAGE) {
                Err(RemoteError::NotFound) => return Err(self.alarm(sid, AlarmKind::RolledBack)),
                page => page?,
            };
            if page.log != head.log_id {
                return Err(RemoteError::Stale.into());
            }
            at = self.take_in_page(bound, &at, &page)?;
            self.step()?;
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

    fn take_in_page(&mut self, bound: &Bound, at: &StreamHead, page: &Page) -> Result<StreamHead, SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let heads = chain::follow(at, page.log, &page.records);
        let Some(reached) = heads.last().cloned() else {
            return Err(self.alarm(sid, AlarmKind::Withheld));
        };
        // The server's own hash of what it just gave: another value means that it does not hold what it gives.
        if page.after != at.head || reached.chain != page.chain {
            return Err(self.alarm(sid, AlarmKind::Forked));
        }
        let bytes: u64 = page.records.iter().map(|record| record.raw().len() as u64).sum();
        let prepared = prepare(self.notebook, &page.records)?;
        let applied = self.notebook.write(|tx| {
            let applied = apply(tx, &bound.space, &page.records, &prepared, pid)?;
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
