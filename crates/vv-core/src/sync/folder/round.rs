//! One round with a folder: look whether it is the one that was left, take in, put in, and tidy.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::layout::{self, Layout, names};
use crate::notebook::Notebook;
use crate::sync::chunks::{Chunks, Shelf};
use crate::sync::error::SyncError;
use crate::sync::model::{AlarmKind, PlaceId, Progress, Round, Watch};
use crate::sync::notices;
use crate::sync::spaces::{TravellingSpace, keep_up, travelling};
use crate::sync::table;

/// Holds what the steps of one round share.
pub(super) struct Visit<'a> {
    pub notebook: &'a Notebook,
    pub pid: PlaceId,
    pub layout: Layout,
    pub watch: &'a mut dyn Watch,
    pub progress: Progress,
    pub round: Round,
    /// Files that are not whole, by their way from the folder.
    pub not_whole: BTreeSet<String>,
}

pub(super) fn folder_problem(problem: io::Error) -> SyncError {
    match problem.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => SyncError::Alarm(AlarmKind::Full),
        _ => SyncError::Folder(problem),
    }
}

/// Syncs every space of the notebook with a folder, once in both directions. A folder that is not there is only away: a stick
/// that was drawn, a share that is not connected.
pub fn sync_with_folder(
    notebook: &Notebook,
    pid: PlaceId,
    folder: &Path,
    watch: &mut dyn Watch,
) -> Result<Round, SyncError> {
    std::fs::read_dir(folder).map_err(SyncError::Folder)?;
    let mut visit = Visit {
        notebook,
        pid,
        layout: Layout::new(folder),
        watch,
        progress: Progress::default(),
        round: Round::default(),
        not_whole: BTreeSet::new(),
    };
    match visit.go() {
        Err(SyncError::Alarm(AlarmKind::Full)) => Err(visit.alarm(0, AlarmKind::Full)),
        Ok(()) => {
            notebook.write(|tx| table::set_in_step(tx.sql(), pid, tx.now()))?;
            notices::not_whole(notebook, pid, &visit.not_whole)?;
            notices::after_round(notebook, pid)?;
            Ok(visit.round)
        }
        Err(problem) => Err(problem),
    }
}

impl Visit<'_> {
    fn go(&mut self) -> Result<(), SyncError> {
        let spaces = self.notebook.read(travelling)?;
        self.recognise(&spaces)?;
        for space in &spaces {
            self.read(space)?;
            self.is_paused()?;
        }
        keep_up(self.notebook)?;
        for space in &spaces {
            let shelf = FolderShelf { layout: self.layout.clone(), space: space.id };
            let chunks = Chunks { notebook: self.notebook, pid: self.pid, space: *space, is_bounded: false };
            self.round.chunks_sent += chunks.send(&shelf, &mut || self.step())?;
            self.write(space)?;
            self.round.chunks_received += chunks.fetch(&shelf, &mut || self.step())?;
            self.tidy(space)?;
            self.remove_gone(space)?;
        }
        Ok(())
    }

    /// Looks whether what this device put into the folder still lies there. Names do not matter: a cloud drive may have changed
    /// them all. Where something is missing nothing is written before a person has decided.
    fn recognise(&mut self, spaces: &[TravellingSpace]) -> Result<(), SyncError> {
        let is_empty = self.layout.is_empty().map_err(SyncError::Folder)?;
        let (mut missing, mut lost) = (Vec::new(), 0);
        let mut is_any_here = false;
        for space in spaces {
            for (feed, last) in
                self.notebook.read(|reader| table::own_in_folder(reader.sql(), self.pid, space))?
            {
                if self.is_whole(space, &feed, last)? {
                    is_any_here = true;
                } else {
                    missing.push(space.sid);
                    lost += last;
                }
            }
        }
        let Some(first) = missing.first() else { return Ok(()) };
        Err(match (is_empty, is_any_here) {
            (true, _) => self.alarm_of(*first, AlarmKind::Emptied, lost),
            (false, true) => self.alarm_of(*first, AlarmKind::RolledBack, lost),
            (false, false) => self.alarm_of(*first, AlarmKind::OtherPlace, lost),
        })
    }

    /// Says whether all of an own feed that was put here is still here. Files are opened only when a name is missing.
    fn is_whole(&self, space: &TravellingSpace, feed: &[u8; 16], last: u64) -> Result<bool, SyncError> {
        let directory = self.layout.feed(&space.id, feed);
        let there = names(&directory).map_err(SyncError::Folder)?;
        let known = self.notebook.read(|reader| table::segments(reader.sql(), self.pid, &space.id, feed))?;
        let needed: Vec<_> = known.iter().filter(|segment| segment.replaced_at == 0).collect();
        if needed.iter().all(|segment| there.contains(&segment.name)) {
            return Ok(true);
        }
        let found = self.ranges(&directory, &there)?;
        let mut covered = 0;
        for (name, first, to) in &found {
            if *first <= covered + 1 {
                covered = covered.max(*to);
            }
            self.notebook
                .write(|tx| table::note_segment(tx.sql(), self.pid, &space.id, feed, name, (*first, *to)))?;
        }
        if covered < last {
            return Ok(false);
        }
        // All of it is here under other names.
        let gone: Vec<String> = known
            .iter()
            .filter(|segment| !there.contains(&segment.name))
            .map(|segment| segment.name.clone())
            .collect();
        self.notebook.write(|tx| {
            gone.iter().try_for_each(|name| table::forget_segment(tx.sql(), self.pid, &space.id, feed, name))
        })?;
        Ok(true)
    }

    /// Tells how far the round has come, and ends it when that is wished.
    pub(super) fn step(&mut self) -> Result<(), SyncError> {
        if self.watch.step(self.progress) { Ok(()) } else { Err(SyncError::Stopped) }
    }

    /// Ends the round where what was taken in has shown that something is wrong.
    fn is_paused(&self) -> Result<(), SyncError> {
        let alarms = self.notebook.read(|reader| table::open_alarms(reader.sql()))?;
        match alarms.iter().find(|alarm| alarm.place == self.pid && alarm.kind.pauses()) {
            Some(alarm) => Err(SyncError::Alarm(alarm.kind)),
            None => Ok(()),
        }
    }

    /// Raises an alarm, durable before the round ends.
    pub(super) fn alarm(&self, sid: i64, kind: AlarmKind) -> SyncError {
        self.alarm_of(sid, kind, 1)
    }

    /// Raises an alarm about so many records, durable before the round ends.
    pub(super) fn alarm_of(&self, sid: i64, kind: AlarmKind, count: u64) -> SyncError {
        match self.notebook.write(|tx| table::raise(tx.sql(), self.pid, sid, kind, count, tx.now())) {
            Ok(()) => SyncError::Alarm(kind),
            Err(problem) => SyncError::Store(problem),
        }
    }

    /// Notes something that does not end the round.
    pub(super) fn notice(&self, space: &TravellingSpace, kind: AlarmKind) -> Result<(), SyncError> {
        Ok(self.notebook.write(|tx| table::raise(tx.sql(), self.pid, space.sid, kind, 1, tx.now()))?)
    }
}

/// Is the chunks of a space in a folder.
struct FolderShelf {
    layout: Layout,
    space: [u8; 16],
}

impl Shelf for FolderShelf {
    fn has(&self, name: &[u8; 32]) -> Result<bool, SyncError> {
        Ok(self.layout.chunk(&self.space, name).exists())
    }

    fn put(&self, name: &[u8; 32], bytes: &[u8]) -> Result<(), SyncError> {
        layout::write(&self.layout.chunk(&self.space, name), bytes).map_err(folder_problem)
    }

    fn get(&self, name: &[u8; 32]) -> Result<Option<Vec<u8>>, SyncError> {
        layout::read(&self.layout.chunk(&self.space, name)).map_err(folder_problem)
    }
}
