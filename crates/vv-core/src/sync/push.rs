//! Sending the feeds of this device to a server, in their order and without gaps.

use vv_protocol::CONTROL_STREAM;
use vv_protocol::wire::{Batch, StreamHead};

use super::batches::{feeds_to_send, next_batch};
use super::chain;
use super::error::SyncError;
use super::model::AlarmKind;
use super::server::{Bound, Trip};
use super::table;
use crate::ports::remote::RemoteError;
use crate::store::StoreError;
use crate::store::log::FeedRow;
use crate::store::splits::{self, Beside};

impl Trip<'_> {
    /// Sends what a server does not have yet of the feeds of this device in one stream.
    pub(super) fn push(&mut self, bound: &Bound, stream: u32) -> Result<(), SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let feeds = self.notebook.read(|reader| feeds_to_send(reader, sid, stream))?;
        for feed in feeds {
            loop {
                let sent = self.notebook.read(|reader| table::sent(reader.sql(), pid, feed.fid))?;
                let Some(batch) = self.notebook.read(|reader| next_batch(reader, &feed, sent))? else {
                    break;
                };
                self.push_batch(bound, &feed, batch)?;
                self.step()?;
            }
        }
        Ok(())
    }

    fn push_batch(&mut self, bound: &Bound, feed: &FeedRow, mut batch: Batch) -> Result<(), SyncError> {
        let (pid, sid, stream) = (self.pid, bound.space.sid, feed.head.stream);
        let at = self.notebook.read(|reader| table::stream_head(reader.sql(), pid, sid, stream))?;
        // Membership changes only on top of everything that is known of it.
        batch.head = (stream == CONTROL_STREAM).then_some(at.head);
        let answer = match self.remote.push(&bound.key, stream, &batch) {
            Err(RemoteError::FeedFork) => return self.meet_another(sid, feed),
            // It lost what it had and did not say so.
            Err(RemoteError::FeedGap { expected }) => {
                let first = batch.records.first().map_or(expected, |record| record.header().seq);
                return Err(self.alarm_of(sid, AlarmKind::RolledBack, first.saturating_sub(expected)));
            }
            answer => answer?,
        };
        let last = batch.records.last().expect("a batch is never empty").header().seq;
        let heads = chain::follow(&at, answer.log_id, &batch.records);
        let reached = heads.last().cloned().expect("a batch is never empty");
        let bytes: u64 = batch.records.iter().map(|record| record.raw().len() as u64).sum();
        self.notebook.write(|tx| {
            table::set_sent(tx.sql(), pid, feed.fid, last)?;
            table::count_traffic(tx.sql(), pid, sid, bytes, 0, 0)?;
            // Nobody wrote between: the stream is known up to here without reading it back.
            if follows(&reached, answer.head, &answer.chain) {
                chain::keep(tx.sql(), pid, sid, &heads)?;
                table::set_stream_head(tx.sql(), pid, sid, &reached)?;
            }
            Ok::<_, StoreError>(())
        })?;
        if self.restored.contains(&sid) {
            self.sent_again += answer.accepted;
        }
        let count = batch.records.len() as u64;
        self.round.sent += count;
        self.progress.sent += count;
        if answer.head < at.head {
            return Err(self.alarm(sid, AlarmKind::RolledBack));
        }
        Ok(())
    }
}

impl Trip<'_> {
    /// Stops before a feed of which another record stands at the server than here.
    fn meet_another(&self, sid: i64, feed: &FeedRow) -> Result<(), SyncError> {
        match self.notebook.write(|tx| splits::look_beside(tx.sql(), feed.fid))? {
            // What stands there is read first; it tells what happened.
            Beside::Nothing => Err(RemoteError::FeedFork.into()),
            Beside::AskedAgain => Err(self.alarm(sid, AlarmKind::SetBack)),
            // Whoever reads there has what was written anew.
            Beside::Settled => {
                Ok(self.notebook.write(|tx| table::set_sent(tx.sql(), self.pid, feed.fid, feed.head.seq))?)
            }
        }
    }
}

fn follows(reached: &StreamHead, head: u64, chain: &[u8; 32]) -> bool {
    reached.head == head && reached.chain == *chain
}
