//! Keeping a folder small: many segments of one's own become one, and what they replace goes a week later, when everybody had
//! time to read either.

use std::path::Path;

use chrono::TimeDelta;

use super::layout::read;
use super::round::{Visit, folder_problem};
use super::segment::Segment;
use crate::store::StoreError;
use crate::sync::batches::feeds_to_send;
use crate::sync::error::SyncError;
use crate::sync::spaces::TravellingSpace;
use crate::sync::table;

/// How many segments a feed may have before they become one.
const MANY: usize = 64;
/// How long what was replaced stays.
const STAYS: TimeDelta = TimeDelta::days(7);
/// When something was replaced that must go at once, in milliseconds since 1970.
const LONG_AGO: i64 = 1;

impl Visit<'_> {
    /// Merges the segments of own feeds where there are many, and removes what was replaced long ago.
    pub(super) fn tidy(&mut self, space: &TravellingSpace) -> Result<(), SyncError> {
        let now = self.notebook.read(|reader| Ok::<_, StoreError>(reader.now()))?;
        for stream in space.streams() {
            for feed in self.notebook.read(|reader| feeds_to_send(reader, space.sid, stream))? {
                let id = &feed.head.feed;
                let known =
                    self.notebook.read(|reader| table::segments(reader.sql(), self.pid, &space.id, id))?;
                self.remove_replaced(space, id)?;
                let needed: Vec<_> = known.iter().filter(|segment| segment.replaced_at == 0).collect();
                let erased = self.erased(space, feed.fid)?;
                if needed.len() <= MANY && erased.is_empty() {
                    continue;
                }
                let last = needed.iter().map(|segment| segment.last_seq).max().unwrap_or(0);
                let mut after = 0;
                while after < last {
                    let batches = self.batches_after(&feed, after)?;
                    let segment = Segment { space: space.id, stream, batches };
                    let (first, reached) = segment.range();
                    if reached == 0 {
                        break;
                    }
                    self.put(space, &feed, &segment, first)?;
                    after = reached;
                }
                // What was deleted for good must not wait a week in a file that was replaced.
                let at = if erased.is_empty() { now.timestamp_millis() } else { LONG_AGO };
                self.notebook.write(|tx| {
                    for segment in &needed {
                        table::replace_segment(tx.sql(), self.pid, &space.id, id, &segment.name, at)?;
                    }
                    table::note_purged(tx.sql(), self.pid, feed.fid, &erased)
                })?;
                if !erased.is_empty() {
                    self.remove_replaced(space, id)?;
                }
            }
        }
        Ok(())
    }

    /// Removes the files of an own feed that were replaced long ago.
    fn remove_replaced(&mut self, space: &TravellingSpace, feed: &[u8; 16]) -> Result<(), SyncError> {
        let now = self.notebook.read(|reader| Ok::<_, StoreError>(reader.now()))?;
        let known = self.notebook.read(|reader| table::segments(reader.sql(), self.pid, &space.id, feed))?;
        let directory = self.layout.feed(&space.id, feed);
        for old in known.iter().filter(|segment| segment.replaced_at != 0) {
            if now.timestamp_millis() - old.replaced_at >= STAYS.num_milliseconds() {
                remove(&directory.join(&old.name)).map_err(folder_problem)?;
                self.notebook
                    .write(|tx| table::forget_segment(tx.sql(), self.pid, &space.id, feed, &old.name))?;
            }
        }
        Ok(())
    }

    /// Lists the records of an own feed that were erased since its files were written.
    fn erased(&self, space: &TravellingSpace, fid: i64) -> Result<Vec<u64>, SyncError> {
        let due = self.notebook.read(|reader| table::stubs_due(reader.sql(), self.pid, space.sid))?;
        Ok(due.into_iter().find(|(feed, _)| feed.fid == fid).map(|(_, seqs)| seqs).unwrap_or_default())
    }

    /// Removes the chunks of files that were deleted for good.
    pub(super) fn remove_gone(&mut self, space: &TravellingSpace) -> Result<(), SyncError> {
        if !space.is_journal() {
            return Ok(());
        }
        for name in self.notebook.read(|reader| table::gone(reader.sql(), self.pid))? {
            remove(&self.layout.chunk(&space.id, &name)).map_err(folder_problem)?;
            self.notebook.write(|tx| table::remove_gone(tx.sql(), self.pid, &name))?;
        }
        Ok(())
    }

    /// Lists what the files of a directory hold, whatever they are called: name, first and last record, in that order.
    pub(super) fn ranges(
        &self,
        directory: &Path,
        there: &[String],
    ) -> Result<Vec<(String, u64, u64)>, SyncError> {
        let mut ranges = Vec::new();
        for name in there {
            let Some(bytes) = read(&directory.join(name)).map_err(folder_problem)? else { continue };
            if let Ok(segment) = Segment::decode(&bytes) {
                let (first, last) = segment.range();
                ranges.push((name.clone(), first, last));
            }
        }
        ranges.sort_by_key(|(_, first, last)| (*first, *last));
        Ok(ranges)
    }
}

pub(super) fn remove(path: &Path) -> std::io::Result<()> {
    match std::fs::remove_file(path) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => Err(problem),
        _ => Ok(()),
    }
}
