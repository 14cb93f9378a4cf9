//! Reading a stream from a server: recompute its hash, take in what follows, and only then move on.

use super::apply::apply;
use super::chain;
use super::error::SyncError;
use super::model::{AlarmKind, was_seen};
use super::server::{Bound, Trip};
use super::table;
use crate::ports::remote::{Page, Pulled, RemoteError, StreamHead};

/// Records that are asked for at once.
const PAGE: u32 = 1_000;

impl Trip<'_> {
    /// Reads a stream up to where the server says it stands.
    pub(super) fn pull(&mut self, bound: &Bound, head: StreamHead) -> Result<(), SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let mut at = self.notebook.read(|reader| table::stream_head(reader.sql(), pid, sid, head.stream))?;
        if was_seen(&at) && was_seen(&head) && at.log_id != head.log_id {
            // The server says itself that it was restored: everything is compared with it once more, and what it lost is sent
            // again. What is here already costs nothing but its hash.
            self.notebook.write(|tx| table::forget_stream(tx.sql(), pid, sid, head.stream))?;
            at = StreamHead::unseen(head.stream);
        }
        if head.gseq < at.gseq {
            let kind = if was_seen(&head) { AlarmKind::RolledBack } else { AlarmKind::Emptied };
            return Err(self.alarm(sid, kind));
        }
        if head.gseq == at.gseq && head.chain != at.chain {
            return Err(self.alarm(sid, AlarmKind::Forked));
        }
        self.progress.to_receive += head.gseq - at.gseq;
        while at.gseq < head.gseq {
            let page = match self.remote.pull(&bound.key, head.stream, at.gseq, PAGE) {
                Err(RemoteError::NotFound | RemoteError::NoSpace) => {
                    return Err(self.alarm(sid, AlarmKind::RolledBack));
                }
                page => page?,
            };
            if page.head.log_id != head.log_id {
                return Err(RemoteError::Stale.into());
            }
            at = self.take_in_page(bound, at, &page)?;
            self.step()?;
        }
        Ok(())
    }

    fn take_in_page(&mut self, bound: &Bound, at: StreamHead, page: &Page) -> Result<StreamHead, SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        if page.items.is_empty() {
            return Err(self.alarm(sid, AlarmKind::Withheld));
        }
        let heads = chain::follow(&StreamHead { log_id: page.head.log_id, ..at }, &page.items);
        let reached = *heads.last().expect("the page is not empty");
        // The server's own hash of what it just gave; another value means that it does not hold what it gives.
        let is_at_head = reached.gseq == page.head.gseq;
        if reached.gseq > page.head.gseq || (is_at_head && reached.chain != page.head.chain) {
            return Err(self.alarm(sid, AlarmKind::Forked));
        }
        let bytes: u64 = page.items.iter().map(len_of).sum();
        let applied = self.notebook.write(|tx| {
            let applied = apply(tx, &bound.space, &page.items, pid)?;
            chain::keep(tx.sql(), pid, sid, &heads)?;
            table::set_stream_head(tx.sql(), pid, sid, &reached)?;
            table::count_traffic(tx.sql(), pid, sid, 0, bytes, applied.new + applied.known)?;
            if applied.refused > 0 {
                table::raise(tx.sql(), pid, sid, AlarmKind::Quarantined, applied.refused, tx.now())?;
            }
            Ok::<_, SyncError>(applied)
        })?;
        self.round.received += applied.new;
        self.round.parked += applied.parked;
        self.round.refused += applied.refused;
        self.progress.received += page.items.len() as u64;
        Ok(reached)
    }
}

fn len_of(item: &Pulled) -> u64 {
    match item {
        Pulled::Record(record) => record.ct.len() as u64 + 121,
        Pulled::Stub(_) => 153,
    }
}
