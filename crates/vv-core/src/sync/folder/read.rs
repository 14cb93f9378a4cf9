//! Taking in what others put into a folder.

use std::collections::BTreeSet;
use std::path::Path;

use super::head::FeedMark;
use super::layout::{HEAD, feed_of, names, read};
use super::round::{Visit, folder_problem};
use super::segment::{Segment, Unread};
use super::tidy::remove;
use crate::store::{StoreError, log, splits};
use crate::sync::apply::{Applied, apply, prepare};
use crate::sync::error::SyncError;
use crate::sync::model::AlarmKind;
use crate::sync::spaces::TravellingSpace;
use crate::sync::table;

/// Records that are taken in at once.
const AT_ONCE: usize = 1_000;

impl Visit<'_> {
    /// Takes in what is new of a space.
    pub(super) fn read(&mut self, space: &TravellingSpace) -> Result<(), SyncError> {
        let directory = self.layout.space(&space.id);
        let feeds = names(&directory).map_err(folder_problem)?;
        let feeds: Vec<[u8; 16]> = feeds.iter().filter_map(|name| feed_of(name)).collect();
        // What waits for a record of another feed is tried again as long as something new comes. Files of one's own feeds are
        // known, unless this copy of the notebook is older than the folder.
        loop {
            let mut came = 0;
            for feed in &feeds {
                came += self.read_feed(space, feed)?;
            }
            if came == 0 {
                return Ok(());
            }
        }
    }

    fn read_feed(&mut self, space: &TravellingSpace, feed: &[u8; 16]) -> Result<u64, SyncError> {
        let directory = self.layout.feed(&space.id, feed);
        let known = self.notebook.read(|reader| table::segments(reader.sql(), self.pid, &space.id, feed))?;
        let known: BTreeSet<String> = known.into_iter().map(|segment| segment.name).collect();
        let there = names(&directory).map_err(folder_problem)?;
        let mut fresh = Vec::new();
        for name in there.iter().filter(|name| *name != HEAD && !known.contains(*name)) {
            let Some(bytes) = read(&directory.join(name)).map_err(folder_problem)? else { continue };
            match Segment::decode(&bytes) {
                Ok(segment) if segment.space == space.id => fresh.push((name.clone(), segment, bytes.len())),
                Ok(_) => {}
                // It is still on its way; it is looked at again.
                Err(Unread::NotThere) => {
                    self.not_whole.insert(self.layout.way_to(&directory.join(name)));
                }
                Err(Unread::Newer) => self.notice(space, AlarmKind::UpdateNeeded)?,
                Err(Unread::Wrong) => self.notice(space, AlarmKind::Quarantined)?,
            }
        }
        fresh.sort_by_key(|(_, segment, _)| segment.range());
        let (mut came, mut is_cut) = (0, None);
        for (name, segment, bytes) in fresh {
            came += self.take_in(space, feed, &name, &segment, bytes as u64)?;
            if let Some(fid) = self.has_withdrawn(space, feed, &segment)? {
                remove(&directory.join(&name)).map_err(folder_problem)?;
                self.notebook
                    .write(|tx| table::forget_segment(tx.sql(), self.pid, &space.id, feed, &name))?;
                is_cut = Some(fid);
            }
        }
        if let Some(fid) = is_cut {
            // What stays of those files is written again, with what took the place of the rest.
            self.notebook.write(|tx| table::unset_sent(tx.sql(), self.pid, fid))?;
        }
        self.check_head(space, feed, &directory.join(HEAD))?;
        Ok(came)
    }

    /// Tells whether a file of a feed of this device holds records that gave way to others, and of which feed.
    fn has_withdrawn(
        &self,
        space: &TravellingSpace,
        feed: &[u8; 16],
        segment: &Segment,
    ) -> Result<Option<i64>, SyncError> {
        Ok(self.notebook.read(|reader| {
            let sql = reader.sql();
            let found = log::find_feed(sql, space.sid, segment.stream, feed)?;
            let Some(own) = found.filter(|row| row.device == reader.core().device()) else { return Ok(None) };
            for record in segment.batches.iter().flat_map(|batch| &batch.records) {
                if splits::is_withdrawn(sql, &record.hash())? {
                    return Ok(Some(own.fid));
                }
            }
            Ok::<_, StoreError>(None)
        })?)
    }

    /// Takes in a segment. It is noted as read only when nothing of it has to wait for what comes before.
    fn take_in(
        &mut self,
        space: &TravellingSpace,
        feed: &[u8; 16],
        name: &str,
        segment: &Segment,
        bytes: u64,
    ) -> Result<u64, SyncError> {
        let pid = self.pid;
        let mut all = Applied::default();
        for batch in &segment.batches {
            for records in batch.records.chunks(AT_ONCE) {
                let prepared = prepare(self.notebook, records)?;
                let applied = self.notebook.write(|tx| apply(tx, space, records, &prepared, pid))?;
                all.new += applied.new;
                all.known += applied.known;
                all.parked += applied.parked;
                all.refused += applied.refused;
                all.doubled += applied.doubled;
                self.progress.received += records.len() as u64;
                self.step()?;
            }
        }
        self.notebook.write(|tx| {
            let at = segment.range();
            table::note_segment(tx.sql(), pid, &space.id, feed, name, at)?;
            if all.refused > 0 {
                table::raise(tx.sql(), pid, space.sid, AlarmKind::Quarantined, all.refused, tx.now())?;
            }
            table::count_traffic(tx.sql(), pid, space.sid, 0, bytes, all.new + all.known)
        })?;
        self.round.received += all.new;
        self.round.parked += all.parked;
        self.round.refused += all.refused;
        Ok(all.new)
    }

    /// Compares how far a feed says it has come with what it said before: less than that was set back. Its files may come later
    /// than its head, or before it.
    fn check_head(&mut self, space: &TravellingSpace, feed: &[u8; 16], path: &Path) -> Result<(), SyncError> {
        let Some(bytes) = read(path).map_err(folder_problem)? else { return Ok(()) };
        let Some((mark, stream)) = FeedMark::decode(&bytes, &space.id, feed) else { return Ok(()) };
        let before = self.notebook.read(|reader| table::head_of(reader.sql(), self.pid, &space.id, feed))?;
        let here = self.notebook.read(|reader| {
            let Some(row) = log::find_feed(reader.sql(), space.sid, stream, feed)? else { return Ok(None) };
            let record = log::record_at(reader.sql(), row.fid, mark.seq)?;
            Ok::<_, StoreError>(record.and_then(|record| log::hash_of(&record)))
        })?;
        if here.is_some_and(|hash| hash != mark.hash) {
            // Nobody but its device can sign that: it was copied. The records of the other copy tell, when they come.
            return Ok(());
        }
        if mark.seq < before {
            return Err(self.alarm_of(space.sid, AlarmKind::RolledBack, before - mark.seq));
        }
        if mark.seq > before {
            self.notebook.write(|tx| table::note_head(tx.sql(), self.pid, &space.id, feed, mark.seq))?;
        }
        Ok(())
    }
}
