//! Putting what is new here into a folder: one segment for each feed and round.

use vv_crypto::derive_feed_key;
use vv_protocol::wire::Batch;

use super::head::FeedMark;
use super::layout::{HEAD, read, segment_name, write};
use super::round::{Visit, folder_problem};
use super::segment::Segment;
use crate::store::StoreError;
use crate::store::log::FeedRow;
use crate::store::splits;
use crate::sync::batches::{feeds_to_send, next_batch};
use crate::sync::error::SyncError;
use crate::sync::spaces::TravellingSpace;
use crate::sync::table;

/// Bytes after which a segment ends and another begins.
const SEGMENT: usize = 8 * 1024 * 1024;

impl Visit<'_> {
    /// Writes what the folder does not have yet of the feeds of this device.
    pub(super) fn write(&mut self, space: &TravellingSpace) -> Result<(), SyncError> {
        for stream in space.streams() {
            let feeds = self.notebook.read(|reader| feeds_to_send(reader, space.sid, stream))?;
            for feed in feeds {
                while self.write_segment(space, &feed)? {
                    self.step()?;
                }
            }
        }
        Ok(())
    }

    /// Writes the next segment of a feed; says whether there was anything to write.
    fn write_segment(&mut self, space: &TravellingSpace, feed: &FeedRow) -> Result<bool, SyncError> {
        let sent = self.notebook.read(|reader| table::sent(reader.sql(), self.pid, feed.fid))?;
        let batches = self.batches_after(feed, sent)?;
        let segment = Segment { space: space.id, stream: feed.head.stream, batches };
        let (first, last) = segment.range();
        if last == 0 {
            return Ok(false);
        }
        self.put(space, feed, &segment, first)?;
        let count = last - sent;
        self.round.sent += count;
        self.progress.sent += count;
        Ok(true)
    }

    /// Puts together the batches of a segment that begins after a record.
    pub(super) fn batches_after(&self, feed: &FeedRow, after: u64) -> Result<Vec<Batch>, SyncError> {
        let (mut batches, mut bytes, mut last) = (Vec::new(), 0, after);
        while bytes < SEGMENT {
            let Some(batch) = self.notebook.read(|reader| next_batch(reader, feed, last))? else { break };
            bytes += batch.records.iter().map(|record| record.raw().len()).sum::<usize>();
            last = batch.records.last().map_or(last, |record| record.header().seq);
            batches.push(batch);
        }
        Ok(batches)
    }

    /// Tells whether the head in the folder is farther: a copy of this device that goes on with a feed that this one has left.
    fn says_more(&self, space: &TravellingSpace, feed: &FeedRow, last: u64) -> Result<bool, SyncError> {
        let path = self.layout.feed(&space.id, &feed.head.feed).join(HEAD);
        let Some(bytes) = read(&path).map_err(folder_problem)? else { return Ok(false) };
        let Some((mark, _)) = FeedMark::decode(&bytes, &space.id, &feed.head.feed) else { return Ok(false) };
        let is_withdrawn = self.notebook.read(|reader| splits::is_withdrawn(reader.sql(), &mark.hash))?;
        Ok(mark.seq > last && !is_withdrawn)
    }

    /// Puts a segment into the folder and notes that it lies there.
    pub(super) fn put(
        &mut self,
        space: &TravellingSpace,
        feed: &FeedRow,
        segment: &Segment,
        first: u64,
    ) -> Result<(), SyncError> {
        let directory = self.layout.feed(&space.id, &feed.head.feed);
        let name = segment_name(first);
        let bytes = segment.encode();
        write(&directory.join(&name), &bytes).map_err(folder_problem)?;
        let (_, last) = segment.range();
        let end = segment.batches.last().and_then(|batch| batch.records.last());
        let hash = end.map_or(feed.head.hash, |record| record.hash());
        // The head goes last: it promises what lies there.
        let known = self.notebook.read(|reader| table::sent(reader.sql(), self.pid, feed.fid))?;
        if last > known && !self.says_more(space, feed, last)? {
            let mark = FeedMark { feed_key: feed.public_key, seq: last, hash };
            let seed = self.notebook.read(|reader| Ok::<_, StoreError>(reader.core().device_key.seed()))?;
            let key = derive_feed_key(&seed, &space.id, feed.head.stream, feed.incarnation);
            let head = mark.encode(&space.id, feed.head.stream, &key);
            write(&directory.join(HEAD), &head).map_err(folder_problem)?;
        }
        self.notebook.write(|tx| {
            table::note_segment(tx.sql(), self.pid, &space.id, &feed.head.feed, &name, (first, last))?;
            table::set_sent(tx.sql(), self.pid, feed.fid, last)?;
            table::count_traffic(tx.sql(), self.pid, space.sid, bytes.len() as u64, 0, 0)
        })?;
        Ok(())
    }
}
