//! What a person is told without being asked to decide: each thing once, and no longer than it is so.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use rusqlite::{Connection, params};

use super::copies::close;
use super::error::SyncError;
use super::model::{AlarmKind, PlaceId};
use super::spaces::TravellingSpace;
use super::table;
use crate::notebook::Notebook;
use crate::ports::remote::Remote;
use crate::spaces::{self, SpaceId};
use crate::store::parked::ENDED;
use crate::store::{Reader, StoreError, Tx};

/// How long a file may be on its way before that is told.
const YOUNG: TimeDelta = TimeDelta::hours(1);
/// How far a clock may be from a server's.
const FAR: TimeDelta = TimeDelta::days(1);

/// Tells what a round has left to be told.
pub(super) fn after_round(notebook: &Notebook, pid: PlaceId) -> Result<(), SyncError> {
    let due = notebook.read(news)?;
    if !due.is_empty() {
        notebook.write(|tx| {
            due.iter()
                .try_for_each(|(sid, kind, count)| table::raise(tx.sql(), pid, *sid, *kind, *count, tx.now()))
        })?;
    }
    Ok(())
}

/// Lists what has not been told yet: the space, what, and how often.
fn news(reader: &Reader<'_>) -> Result<Vec<(i64, AlarmKind, u64)>, StoreError> {
    let sql = reader.sql();
    let mut news = Vec::new();
    let ended: u64 = sql
        .prepare_cached("SELECT count(*) FROM refused WHERE reason = ?1")?
        .query_row([ENDED], |row| row.get(0))?;
    let untold = ended.saturating_sub(told(sql, 0, AlarmKind::Crashed)?);
    if untold > 0 {
        news.push((0, AlarmKind::Crashed, untold));
    }
    let cut: Vec<(i64, u64)> = sql
        .prepare_cached(
            "SELECT f.space, count(*) FROM record r JOIN feed f ON f.fid = r.fid
             WHERE r.state = 3 AND f.device = ?1 GROUP BY f.space",
        )?
        .query_map([reader.core().device()], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (sid, count) in cut {
        let untold = count.saturating_sub(told(sql, sid, AlarmKind::NotIncluded)?);
        if untold > 0 {
            news.push((sid, AlarmKind::NotIncluded, untold));
        }
    }
    Ok(news)
}

fn told(sql: &Connection, sid: i64, kind: AlarmKind) -> Result<u64, StoreError> {
    Ok(sql
        .prepare_cached("SELECT coalesce(sum(count), 0) FROM alarm WHERE sid = ?1 AND kind = ?2")?
        .query_row(params![sid, kind.number()], |row| row.get(0))?)
}

/// Notes which files of a folder are not whole, by their names in it, and tells of those that have not been for long.
pub(super) fn not_whole(
    notebook: &Notebook,
    pid: PlaceId,
    files: &BTreeSet<String>,
) -> Result<(), SyncError> {
    let known = notebook.read(|reader| table::not_whole(reader.sql(), pid))?;
    let is_told = |reader: &Reader<'_>| -> Result<bool, StoreError> {
        let open = table::open_alarms(reader.sql())?;
        Ok(open.iter().any(|alarm| (alarm.place, alarm.kind) == (pid, AlarmKind::Incomplete)))
    };
    let (now, is_told) = notebook.read(|reader| Ok::<_, StoreError>((reader.now(), is_told(reader)?)))?;
    let old = known.iter().filter(|(name, since)| files.contains(name) && now - *since >= YOUNG).count();
    let is_same = known.len() == files.len() && known.iter().all(|(name, _)| files.contains(name));
    if is_same && is_told == (old > 0) {
        return Ok(());
    }
    notebook.write(|tx| {
        table::set_not_whole(tx.sql(), pid, files, tx.now())?;
        match (is_told, old > 0) {
            (false, true) => table::raise(tx.sql(), pid, 0, AlarmKind::Incomplete, old as u64, tx.now()),
            (true, false) => clear(tx, pid, 0, AlarmKind::Incomplete),
            _ => Ok(()),
        }
    })?;
    Ok(())
}

/// Tells once that a server does not let this person into a shared space any more. Who left by their own word knows.
pub(super) fn shut_out(notebook: &Notebook, pid: PlaceId, space: &TravellingSpace) -> Result<(), SyncError> {
    let is_news = notebook.read(|reader| {
        let was_in = table::knows_space(reader.sql(), pid, space.sid)?;
        let is_told = told(reader.sql(), space.sid, AlarmKind::ShutOut)? > 0;
        Ok::<_, StoreError>(was_in && !is_told && !spaces::has_left(reader, SpaceId(space.id))?)
    })?;
    if is_news {
        notebook.write(|tx| table::raise(tx.sql(), pid, space.sid, AlarmKind::ShutOut, 1, tx.now()))?;
    }
    Ok(())
}

/// Takes back that a server does not let somebody in, once it does.
pub(super) fn let_in(notebook: &Notebook, pid: PlaceId, space: &TravellingSpace) -> Result<(), SyncError> {
    if notebook.read(|reader| told(reader.sql(), space.sid, AlarmKind::ShutOut))? > 0 {
        notebook.write(|tx| table::forget_alarm(tx.sql(), pid, space.sid, AlarmKind::ShutOut))?;
    }
    Ok(())
}

fn clear(tx: &Tx<'_>, pid: PlaceId, sid: i64, kind: AlarmKind) -> Result<(), StoreError> {
    let open = table::open_alarms(tx.sql())?;
    let found = open.iter().filter(|alarm| (alarm.place, alarm.kind) == (pid, kind));
    found.filter(|alarm| sid == 0 || alarm.space.is_some()).try_for_each(|alarm| close(tx, alarm))
}

/// Compares the clock of this computer with a server's: by how many seconds it is ahead, or below zero behind, where that is far.
pub fn clock_ahead(notebook: &Notebook, remote: &dyn Remote) -> Result<Option<i64>, SyncError> {
    let theirs =
        i64::try_from(remote.info()?.time).ok().and_then(|time| DateTime::<Utc>::from_timestamp(time, 0));
    let Some(theirs) = theirs else { return Ok(None) };
    let ahead = notebook.host().clock.now() - theirs;
    Ok((ahead.abs() >= FAR).then_some(ahead.num_seconds()))
}
