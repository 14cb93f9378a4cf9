//! One round with a server: read what is new of every space, then send what is new here.
//!
//! `pull.rs` reads a stream and proves it, `push.rs` sends the feeds of this device, `chunks.rs` carries files. Whatever a server
//! says, nothing is removed from the notebook: the worst it can do is to be paused.

use super::chunks;
use super::error::SyncError;
use super::model::{AlarmKind, PlaceId, Progress, Round, Watch};
use super::spaces::{TravellingSpace, travelling};
use super::table;
use crate::notebook::Notebook;
use crate::ports::remote::{AccessKey, Remote, RemoteError, StreamHead};

/// How often a round begins anew because others were first.
const ATTEMPTS: u32 = 4;

/// Holds what the steps of one round share.
pub(super) struct Trip<'a> {
    pub notebook: &'a Notebook,
    pub pid: PlaceId,
    pub remote: &'a dyn Remote,
    pub watch: &'a mut dyn Watch,
    pub progress: Progress,
    pub round: Round,
}

/// Is one space on its way, with the key that opens it there.
pub(super) struct Bound {
    pub space: TravellingSpace,
    pub key: AccessKey,
}

impl Trip<'_> {
    /// Tells how far it has come, and ends the round when that is wished.
    pub(super) fn step(&mut self) -> Result<(), SyncError> {
        if self.watch.step(self.progress) { Ok(()) } else { Err(SyncError::Stopped) }
    }

    /// Raises an alarm, durable before the round ends.
    pub(super) fn alarm(&self, sid: i64, kind: AlarmKind) -> SyncError {
        let raised = self.notebook.write(|tx| table::raise(tx.sql(), self.pid, sid, kind, 1, tx.now()));
        match raised {
            Ok(()) => SyncError::Alarm(kind),
            Err(problem) => SyncError::Store(problem),
        }
    }
}

/// Syncs every space of the notebook with a server, once in both directions.
pub fn sync_with_server(
    notebook: &Notebook,
    pid: PlaceId,
    remote: &dyn Remote,
    voucher: Option<&str>,
    watch: &mut dyn Watch,
) -> Result<Round, SyncError> {
    let mut trip =
        Trip { notebook, pid, remote, watch, progress: Progress::default(), round: Round::default() };
    let mut attempt = 1;
    loop {
        match trip.go(voucher) {
            Err(SyncError::Remote(RemoteError::Stale)) if attempt < ATTEMPTS => attempt += 1,
            Err(SyncError::Remote(RemoteError::Quota)) => {
                let waiting = notebook.read(|reader| travelling(reader))?;
                let sid = waiting.first().map_or(0, |space| space.sid);
                return Err(trip.alarm(sid, AlarmKind::Full));
            }
            Ok(()) => {
                notebook.write(|tx| table::set_in_step(tx.sql(), pid, tx.now()))?;
                return Ok(trip.round);
            }
            Err(problem) => return Err(problem),
        }
    }
}

impl Trip<'_> {
    fn go(&mut self, voucher: Option<&str>) -> Result<(), SyncError> {
        let spaces = self.notebook.read(|reader| travelling(reader))?;
        for space in spaces {
            let key = self.notebook.read(|reader| space.access_key(reader))?;
            let bound = Bound { space, key };
            let heads = self.heads(&bound, voucher)?;
            for stream in bound.space.streams() {
                let head = heads.iter().find(|head| head.stream == stream).copied();
                self.pull(&bound, head.unwrap_or(StreamHead::unseen(stream)))?;
            }
            chunks::look(self, &bound)?;
            chunks::send(self, &bound)?;
            for stream in bound.space.streams() {
                self.push(&bound, stream)?;
            }
            chunks::fetch(self, &bound)?;
        }
        Ok(())
    }

    /// Asks how far a space has come, and makes it where it was never before.
    fn heads(&mut self, bound: &Bound, voucher: Option<&str>) -> Result<Vec<StreamHead>, SyncError> {
        let sid = bound.space.sid;
        match self.remote.heads(&bound.key) {
            Ok(heads) => {
                self.notebook.write(|tx| table::count_traffic(tx.sql(), self.pid, sid, 0, 0, 0))?;
                Ok(heads)
            }
            // A server that does not know a space it had is not one to be filled again without a word.
            Err(RemoteError::NoSpace) if self.notebook.read(|r| table::knows_space(r.sql(), self.pid, sid))? => {
                Err(self.alarm(sid, AlarmKind::Emptied))
            }
            Err(RemoteError::NoSpace) => {
                self.remote.create_space(&bound.key, voucher)?;
                self.notebook.write(|tx| table::count_traffic(tx.sql(), self.pid, sid, 0, 0, 0))?;
                Ok(Vec::new())
            }
            Err(RemoteError::Refused) => Err(self.alarm(sid, AlarmKind::Refused)),
            Err(problem) => Err(problem.into()),
        }
    }
}
