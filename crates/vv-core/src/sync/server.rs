//! One round with a server: read what is new of every space, then send what is new here. `quiet.rs` tells when there is neither.
//!
//! `pull.rs` reads a stream and proves it, `push.rs` sends the feeds of this device, `chunks.rs` carries files. Whatever a server
//! says, nothing is removed from the notebook: the worst it can do is to be paused.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::chain::unseen;
use super::chunks::{Chunks, Shelf};
use super::error::SyncError;
use super::model::{AlarmKind, Pause, PlaceId, Progress, Round, Unwatched, Watch};
use super::notices;
use super::quiet::is_quiet;
use super::spaces::{TravellingSpace, keep_up, travelling};
use super::table;
use crate::notebook::Notebook;
use crate::ports::remote::{AccessKey, Remote, RemoteError};
use crate::store::StoreError;
use vv_protocol::wire::{AccessClaim, KeyRights, Rights, SpaceClaim, StreamHead};

/// How often a round begins anew because others were first.
const ATTEMPTS: u32 = 4;
/// So often it is noted that all is in step while nothing moves: the note is durable, and a durable note takes longer than all else.
const NOTED_EVERY: TimeDelta = TimeDelta::seconds(30);

/// Holds what the steps of one round share.
pub(super) struct Trip<'a> {
    pub notebook: &'a Notebook,
    pub pid: PlaceId,
    pub remote: &'a dyn Remote,
    pub watch: &'a mut dyn Watch,
    pub progress: Progress,
    pub round: Round,
    /// Spaces of which the server says that they were restored.
    pub restored: BTreeSet<i64>,
    /// Records that it had lost and that were sent again.
    pub sent_again: u64,
}

impl<'a> Trip<'a> {
    fn new(notebook: &'a Notebook, pid: PlaceId, remote: &'a dyn Remote, watch: &'a mut dyn Watch) -> Self {
        Self {
            notebook,
            pid,
            remote,
            watch,
            progress: Progress::default(),
            round: Round::default(),
            restored: BTreeSet::new(),
            sent_again: 0,
        }
    }
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
        self.alarm_of(sid, kind, 1)
    }

    /// Raises an alarm about so many records, durable before the round ends.
    pub(super) fn alarm_of(&self, sid: i64, kind: AlarmKind, count: u64) -> SyncError {
        let raised = self.notebook.write(|tx| table::raise(tx.sql(), self.pid, sid, kind, count, tx.now()));
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
    watch: &mut dyn Watch,
) -> Result<Round, SyncError> {
    let place = notebook.read(|reader| table::find_place(reader.sql(), pid))?.ok_or(SyncError::NoPlace)?;
    let voucher = Some(place.voucher.as_str()).filter(|voucher| !voucher.is_empty());
    let mut trip = Trip::new(notebook, pid, remote, watch);
    let mut attempt = 1;
    loop {
        match trip.go(voucher) {
            Err(SyncError::Remote(RemoteError::Stale | RemoteError::FeedFork)) if attempt < ATTEMPTS => {
                attempt += 1;
            }
            // It takes a record for another that it does not show.
            Err(SyncError::Remote(RemoteError::FeedFork)) => {
                let spaces = notebook.read(travelling)?;
                return Err(trip.alarm(spaces.first().map_or(0, |space| space.sid), AlarmKind::Forked));
            }
            Err(SyncError::Remote(RemoteError::Quota)) => {
                let waiting = notebook.read(travelling)?;
                let sid = waiting.first().map_or(0, |space| space.sid);
                return Err(trip.alarm(sid, AlarmKind::Full));
            }
            Ok(is_quiet) => {
                let now = notebook.host().clock.now();
                let is_noted = place.in_step_at.is_some_and(|at| (now - at).abs() < NOTED_EVERY);
                if is_quiet && is_noted {
                    return Ok(trip.round);
                }
                notebook.write(|tx| {
                    if trip.sent_again > 0 {
                        table::raise(tx.sql(), pid, 0, AlarmKind::Restored, trip.sent_again, tx.now())?;
                    }
                    table::set_in_step(tx.sql(), pid, tx.now())
                })?;
                notices::after_round(notebook, pid)?;
                return Ok(trip.round);
            }
            Err(problem) => return Err(problem),
        }
    }
}

/// Makes the spaces of the notebook at a server, or finds them there, and sends nothing yet: so that a voucher that is not good
/// shows before anything else is done.
pub fn open_at_server(notebook: &Notebook, pid: PlaceId, remote: &dyn Remote) -> Result<(), SyncError> {
    let place = notebook.read(|reader| table::find_place(reader.sql(), pid))?.ok_or(SyncError::NoPlace)?;
    let voucher = Some(place.voucher.as_str()).filter(|voucher| !voucher.is_empty());
    let mut unwatched = Unwatched;
    let mut trip = Trip::new(notebook, pid, remote, &mut unwatched);
    for space in notebook.read(travelling)? {
        let key = notebook.read(|reader| space.access_key(reader))?;
        match trip.heads(&Bound { space, key }, voucher) {
            Err(SyncError::Remote(RemoteError::Refused)) if !space.is_ones_own() => {}
            heads => drop(heads?),
        }
    }
    Ok(())
}

impl Trip<'_> {
    /// Goes the round, and tells whether there was nothing to do.
    fn go(&mut self, voucher: Option<&str>) -> Result<bool, SyncError> {
        let mut all = Vec::new();
        for space in self.notebook.read(travelling)? {
            let key = self.notebook.read(|reader| space.access_key(reader))?;
            let bound = Bound { space, key };
            match self.heads(&bound, voucher) {
                // Nobody has let this person in there yet, or they are not let in any more.
                Err(SyncError::Remote(RemoteError::Refused)) if !bound.space.is_ones_own() => {
                    notices::shut_out(self.notebook, self.pid, &bound.space)?;
                }
                heads => {
                    let heads = heads?;
                    if !bound.space.is_ones_own() {
                        notices::let_in(self.notebook, self.pid, &bound.space)?;
                    }
                    all.push((bound, heads));
                }
            }
        }
        if self.has_nothing_to_do(&all)? {
            // What was due when the program last ended may make something to send.
            keep_up(self.notebook)?;
            if self.has_nothing_to_do(&all)? {
                return Ok(true);
            }
        }
        for (bound, heads) in &all {
            for stream in bound.space.streams() {
                let head = heads.iter().find(|head| head.stream == stream).cloned();
                self.pull(bound, &head.unwrap_or_else(|| unseen(stream)))?;
            }
        }
        keep_up(self.notebook)?;
        for (bound, _) in &all {
            self.share_access(bound)?;
            let shelf = ServerShelf { remote: self.remote, key: &bound.key };
            let chunks =
                Chunks { notebook: self.notebook, pid: self.pid, space: bound.space, is_bounded: true };
            self.round.chunks_sent += chunks.send(&shelf, &mut || self.step())?;
            for stream in bound.space.streams() {
                self.push(bound, stream)?;
            }
            self.round.chunks_received += chunks.fetch(&shelf, &mut || self.step())?;
            self.wipe(bound)?;
        }
        Ok(false)
    }

    fn has_nothing_to_do(&self, all: &[(Bound, Vec<StreamHead>)]) -> Result<bool, SyncError> {
        let pid = self.pid;
        Ok(self.notebook.read(|reader| {
            // Where something is wrong that a person has to decide, every round says so.
            let place = table::find_place(reader.sql(), pid)?;
            if place.is_none_or(|place| place.pause == Pause::ByAlarm) {
                return Ok(false);
            }
            for (bound, heads) in all {
                if !is_quiet(reader, pid, bound, heads)? {
                    return Ok(false);
                }
            }
            Ok::<_, StoreError>(true)
        })?)
    }

    /// Asks how far a space has come, and makes it where this device never saw it there.
    fn heads(&mut self, bound: &Bound, voucher: Option<&str>) -> Result<Vec<StreamHead>, SyncError> {
        let (pid, sid) = (self.pid, bound.space.sid);
        let is_known = self.notebook.read(|reader| table::knows_space(reader.sql(), pid, sid))?;
        let heads = match self.remote.heads(&bound.key) {
            Err(RemoteError::Refused) if self.renew_access(bound)? => self.remote.heads(&bound.key)?,
            // A server that does not know a space it had is not one to be filled again without a word.
            Err(RemoteError::Refused) if is_known && bound.space.is_ones_own() => {
                return Err(self.alarm(sid, AlarmKind::Refused));
            }
            Err(RemoteError::Refused) => {
                self.create(bound, voucher)?;
                self.remote.heads(&bound.key)?
            }
            heads => heads?,
        };
        if !is_known {
            self.notebook.write(|tx| table::count_traffic(tx.sql(), pid, sid, 0, 0, 0))?;
        }
        let (used, quota) = self.round.room.unwrap_or_default();
        self.round.room = Some((used.saturating_add(heads.used), quota.saturating_add(heads.quota)));
        Ok(heads.streams)
    }

    fn create(&self, bound: &Bound, voucher: Option<&str>) -> Result<(), SyncError> {
        let claim = SpaceClaim {
            host: self.remote.host().to_owned(),
            space: bound.space.id,
            keys: self.first_keys(bound)?,
            voucher: voucher.map(str::to_owned),
        };
        Ok(self.remote.create_space(&bound.key, &bound.key.sign(&claim))?)
    }

    /// Gives the server the key of the newest account secret in place of an older one, after a device was taken away; tells
    /// whether it took it.
    fn renew_access(&self, bound: &Bound) -> Result<bool, SyncError> {
        let older = self.notebook.read(|reader| bound.space.older_access_keys(reader))?;
        for old in older {
            let heads = match self.remote.heads(&old) {
                Err(RemoteError::Refused) => continue,
                heads => heads?,
            };
            let mut keys = vec![
                KeyRights { key: bound.key.public(), rights: Rights::ALL },
                KeyRights { key: old.public(), rights: Rights::NONE },
            ];
            keys.sort_by_key(|rights| rights.key);
            let claim = AccessClaim { space: bound.space.id, version: heads.access_version, keys };
            self.remote.change_access(&old, &old.sign(&claim))?;
            return Ok(true);
        }
        Ok(false)
    }
}

/// Is the chunks of a space on a server.
struct ServerShelf<'a> {
    remote: &'a dyn Remote,
    key: &'a AccessKey,
}

impl Shelf for ServerShelf<'_> {
    fn has(&self, name: &[u8; 32]) -> Result<bool, SyncError> {
        Ok(self.remote.has_chunk(self.key, name)?)
    }

    fn put(&self, name: &[u8; 32], bytes: &[u8]) -> Result<(), SyncError> {
        Ok(self.remote.put_chunk(self.key, name, bytes)?)
    }

    fn get(&self, name: &[u8; 32]) -> Result<Option<Vec<u8>>, SyncError> {
        match self.remote.get_chunk(self.key, name) {
            Err(RemoteError::NotFound) => Ok(None),
            bytes => Ok(Some(bytes?)),
        }
    }
}
