//! The tables of sync: the only SQL over places, progress, claims and alarms.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{DateTime, TimeZone, Utc};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::chain::unseen;
use super::error::SyncError;
use super::model::{Address, Alarm, AlarmKind, Pause, Place, PlaceId, SpaceProgress};
use super::spaces::TravellingSpace;
use crate::store::StoreError;
use crate::store::log::{self, FeedRow};
use crate::store::op::ObjectId;
use vv_protocol::wire::StreamHead;

const FOLDER: i64 = 1;
const SERVER: i64 = 2;

fn when(ms: i64) -> Option<DateTime<Utc>> {
    (ms != 0).then(|| Utc.timestamp_millis_opt(ms).single()).flatten()
}

fn pause_number(pause: Pause) -> i64 {
    match pause {
        Pause::No => 0,
        Pause::ByPerson => 1,
        Pause::ByAlarm => 2,
    }
}

fn read_place(row: &Row) -> rusqlite::Result<Place> {
    let address: String = row.get(2)?;
    Ok(Place {
        id: row.get(0)?,
        address: match row.get::<_, i64>(1)? {
            FOLDER => Address::Folder(PathBuf::from(address)),
            _ => Address::Server(address),
        },
        voucher: row.get(3)?,
        added_at: when(row.get(6)?).unwrap_or_default(),
        paused_at: when(row.get(7)?),
        pause: match row.get::<_, i64>(4)? {
            0 => Pause::No,
            1 => Pause::ByPerson,
            _ => Pause::ByAlarm,
        },
        in_step_at: when(row.get(5)?),
    })
}

const PLACE_COLUMNS: &str = "pid, kind, address, voucher, paused, in_step_at, added_at, paused_at FROM place";

/// Lists the places in the order in which they were added.
pub(crate) fn list_places(sql: &Connection) -> Result<Vec<Place>, StoreError> {
    let text = format!("SELECT {PLACE_COLUMNS} ORDER BY pid");
    Ok(sql.prepare_cached(&text)?.query_map([], read_place)?.collect::<Result<_, _>>()?)
}

/// Finds a place.
pub(crate) fn find_place(sql: &Connection, pid: PlaceId) -> Result<Option<Place>, StoreError> {
    let text = format!("SELECT {PLACE_COLUMNS} WHERE pid = ?1");
    Ok(sql.prepare_cached(&text)?.query_row([pid], read_place).optional()?)
}

/// Adds a place.
pub(crate) fn insert_place(
    sql: &Connection,
    address: &Address,
    voucher: &str,
    now: DateTime<Utc>,
) -> Result<PlaceId, SyncError> {
    let (kind, text) = match address {
        Address::Folder(path) => (FOLDER, path.to_string_lossy().into_owned()),
        Address::Server(url) => (SERVER, url.clone()),
    };
    let added = sql.execute(
        "INSERT OR IGNORE INTO place (kind, address, voucher, added_at, paused, paused_at, in_step_at) VALUES (?1, ?2, ?3, ?4, 0, 0, 0)",
        params![kind, text, voucher, now.timestamp_millis()],
    )?;
    if added == 0 { Err(SyncError::PlaceTaken) } else { Ok(sql.last_insert_rowid()) }
}

/// Forgets a place and everything that is known of it. What is in the notebook stays.
pub(crate) fn remove_place(sql: &Connection, pid: PlaceId) -> Result<(), StoreError> {
    forget_progress(sql, pid)?;
    for table in ["place", "alarm", "chunk_gone"] {
        sql.execute(&format!("DELETE FROM {table} WHERE pid = ?1"), [pid])?;
    }
    Ok(())
}

/// Forgets how far everything has come at a place, so that all of it is compared and sent anew.
pub(crate) fn forget_progress(sql: &Connection, pid: PlaceId) -> Result<(), StoreError> {
    for table in [
        "place_space",
        "place_stream",
        "chain_block",
        "feed_sent",
        "segment",
        "folder_head",
        "claim",
        "chunk_due",
        "chunk_looked",
        "purged",
        "file_not_whole",
    ] {
        sql.execute(&format!("DELETE FROM {table} WHERE pid = ?1"), [pid])?;
    }
    Ok(())
}

pub(crate) fn set_pause(
    sql: &Connection,
    pid: PlaceId,
    pause: Pause,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE place SET paused = ?2, paused_at = ?3 WHERE pid = ?1",
        params![pid, pause_number(pause), now.timestamp_millis()],
    )?;
    Ok(())
}

pub(crate) fn set_in_step(sql: &Connection, pid: PlaceId, now: DateTime<Utc>) -> Result<(), StoreError> {
    sql.execute("UPDATE place SET in_step_at = ?2 WHERE pid = ?1", params![pid, now.timestamp_millis()])?;
    Ok(())
}

/// Says whether a space was made or found at a place before.
pub(crate) fn knows_space(sql: &Connection, pid: PlaceId, sid: i64) -> Result<bool, StoreError> {
    Ok(sql
        .prepare_cached("SELECT 1 FROM place_space WHERE pid = ?1 AND sid = ?2")?
        .exists(params![pid, sid])?)
}

/// Notes that a space is at a place, and what went through it.
pub(crate) fn count_traffic(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    sent: u64,
    received: u64,
    verified: u64,
) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT INTO place_space (pid, sid, sent, received, verified) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET sent = sent + ?3, received = received + ?4, verified = verified + ?5",
    )?
    .execute(params![pid, sid, sent, received, verified])?;
    Ok(())
}

/// Tells for each space what went through a place, and how many records of a device wait for it.
pub(crate) fn progress(
    sql: &Connection,
    pid: PlaceId,
    device: &[u8; 32],
) -> Result<Vec<SpaceProgress>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT s.id, s.kind, coalesce(p.sent, 0), coalesce(p.received, 0), coalesce(p.verified, 0),
                    (SELECT coalesce(sum(f.head_seq - coalesce(t.seq, 0)), 0) FROM feed f
                     LEFT JOIN feed_sent t ON t.pid = ?1 AND t.fid = f.fid
                     WHERE f.space = s.sid AND f.device = ?2)
             FROM space s LEFT JOIN place_space p ON p.pid = ?1 AND p.sid = s.sid ORDER BY s.sid",
        )?
        .query_map(params![pid, device], |row| {
            Ok(SpaceProgress {
                space: row.get(0)?,
                kind: row.get(1)?,
                sent: row.get(2)?,
                received: row.get(3)?,
                verified: row.get(4)?,
                waiting: row.get(5)?,
            })
        })?
        .collect::<Result<_, _>>()?)
}

/// Tells how far a stream was read.
pub(crate) fn stream_head(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    stream: u32,
) -> Result<StreamHead, StoreError> {
    let found = sql
        .prepare_cached(
            "SELECT log_id, gseq, chain FROM place_stream WHERE pid = ?1 AND sid = ?2 AND stream = ?3",
        )?
        .query_row(params![pid, sid, stream], |row| {
            Ok(StreamHead { stream, log_id: row.get(0)?, head: row.get(1)?, chain: row.get(2)? })
        })
        .optional()?;
    Ok(found.unwrap_or_else(|| unseen(stream)))
}

/// Notes how far a stream was read.
pub(crate) fn set_stream_head(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    head: &StreamHead,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO place_stream VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
        .execute(params![pid, sid, head.stream, head.log_id, head.head, head.chain])?;
    Ok(())
}

/// Forgets a stream of a place, to read it from its beginning.
pub(crate) fn forget_stream(sql: &Connection, pid: PlaceId, sid: i64, stream: u32) -> Result<(), StoreError> {
    for table in ["place_stream", "chain_block"] {
        sql.execute(
            &format!("DELETE FROM {table} WHERE pid = ?1 AND sid = ?2 AND stream = ?3"),
            params![pid, sid, stream],
        )?;
    }
    sql.execute(
        "DELETE FROM feed_sent WHERE pid = ?1 AND fid IN (SELECT fid FROM feed WHERE space = ?2 AND stream = ?3)",
        params![pid, sid, stream],
    )?;
    Ok(())
}

/// Tells up to which record a feed is at a place.
pub(crate) fn sent(sql: &Connection, pid: PlaceId, fid: i64) -> Result<u64, StoreError> {
    let seq = sql
        .prepare_cached("SELECT seq FROM feed_sent WHERE pid = ?1 AND fid = ?2")?
        .query_row(params![pid, fid], |row| row.get(0))
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Notes that a feed is at a place up to a record; never less than was known.
pub(crate) fn set_sent(sql: &Connection, pid: PlaceId, fid: i64, seq: u64) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT INTO feed_sent (pid, fid, seq) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET seq = max(seq, excluded.seq)",
    )?
    .execute(params![pid, fid, seq])?;
    Ok(())
}

/// Notes that a feed was set back to a record: what follows is at no place, and the folders in which it lies are looked through anew.
pub(crate) fn set_back(sql: &Connection, feed: &FeedRow, seq: u64) -> Result<(), StoreError> {
    sql.execute("UPDATE feed_sent SET seq = min(seq, ?2) WHERE fid = ?1", params![feed.fid, seq])?;
    sql.execute("DELETE FROM purged WHERE fid = ?1 AND seq > ?2", params![feed.fid, seq])?;
    sql.execute(
        "DELETE FROM feed_sent WHERE fid = ?1 AND pid IN (SELECT pid FROM place WHERE kind = ?2)",
        params![feed.fid, FOLDER],
    )?;
    for table in ["segment", "folder_head"] {
        sql.execute(
            &format!("DELETE FROM {table} WHERE space = ?1 AND feed = ?2"),
            params![feed.head.space, feed.head.feed],
        )?;
    }
    // Numbers of rows are given again.
    sql.execute("UPDATE chunk_looked SET rid = 0 WHERE sid = ?1", [feed.sid])?;
    Ok(())
}

/// Notes that a feed is not whole at a place, so that all of it is put there again.
pub(crate) fn unset_sent(sql: &Connection, pid: PlaceId, fid: i64) -> Result<(), StoreError> {
    sql.execute("DELETE FROM feed_sent WHERE pid = ?1 AND fid = ?2", params![pid, fid])?;
    Ok(())
}

/// Lists the objects of a kind in a space that records since the last look are about, and the last
/// row of the log; 0 when nothing came since.
pub(crate) fn touched_since(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    kind: u32,
) -> Result<(Vec<ObjectId>, i64), StoreError> {
    let from: i64 = sql
        .prepare_cached("SELECT rid FROM chunk_looked WHERE pid = ?1 AND sid = ?2")?
        .query_row(params![pid, sid], |row| row.get(0))
        .optional()?
        .unwrap_or(0);
    let last: i64 =
        sql.prepare_cached("SELECT coalesce(max(rid), 0) FROM record")?.query_row([], |row| row.get(0))?;
    if last <= from {
        return Ok((Vec::new(), 0));
    }
    let objects = sql
        .prepare_cached(
            // Crossed, so that the few new records are read first and never all objects of the space.
            "SELECT DISTINCT o.id FROM record r CROSS JOIN obj o ON o.space = ?2 AND o.id = r.obj
             WHERE r.rid > ?1 AND o.kind = ?3 AND o.erased = 0",
        )?
        .query_map(params![from, sid, kind], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok((objects, last))
}

/// Notes up to which row of the log files were looked for.
pub(crate) fn set_looked(sql: &Connection, pid: PlaceId, sid: i64, rid: i64) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO chunk_looked VALUES (?1, ?2, ?3)")?
        .execute(params![pid, sid, rid])?;
    Ok(())
}

/// Notes that a chunk is to be sent or fetched.
pub(crate) fn add_due(sql: &Connection, pid: PlaceId, sid: i64, name: &[u8; 32]) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO chunk_due VALUES (?1, ?2, ?3)")?
        .execute(params![pid, sid, name])?;
    Ok(())
}

/// Lists the chunks that are to be sent or fetched.
pub(crate) fn due(sql: &Connection, pid: PlaceId, sid: i64) -> Result<Vec<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT name FROM chunk_due WHERE pid = ?1 AND sid = ?2")?
        .query_map(params![pid, sid], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Notes that a chunk is at the place and here.
pub(crate) fn remove_due(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    name: &[u8; 32],
) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM chunk_due WHERE pid = ?1 AND sid = ?2 AND name = ?3")?
        .execute(params![pid, sid, name])?;
    Ok(())
}

/// Raises an alarm; one that is open already only counts on.
pub(crate) fn raise(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    kind: AlarmKind,
    count: u64,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sql.execute(
        "INSERT INTO alarm (pid, sid, kind, count, raised_at, answered_at) VALUES (?1, ?2, ?3, ?4, ?5, 0)
         ON CONFLICT DO UPDATE SET count = count + ?4",
        params![pid, sid, kind.number(), count, now.timestamp_millis()],
    )?;
    if kind.pauses() {
        set_pause(sql, pid, Pause::ByAlarm, now)?;
    }
    Ok(())
}

/// Forgets that something was told of a space at a place, answered or not.
pub(crate) fn forget_alarm(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
    kind: AlarmKind,
) -> Result<(), StoreError> {
    sql.execute(
        "DELETE FROM alarm WHERE pid = ?1 AND sid = ?2 AND kind = ?3",
        params![pid, sid, kind.number()],
    )?;
    Ok(())
}

/// Lists the files of a folder that were not whole, and since when.
pub(crate) fn not_whole(sql: &Connection, pid: PlaceId) -> Result<Vec<(String, DateTime<Utc>)>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT name, since FROM file_not_whole WHERE pid = ?1")?
        .query_map([pid], |row| Ok((row.get(0)?, when(row.get(1)?).unwrap_or_default())))?
        .collect::<Result<_, _>>()?)
}

/// Notes which files of a folder are not whole.
pub(crate) fn set_not_whole(
    sql: &Connection,
    pid: PlaceId,
    files: &BTreeSet<String>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    for (name, _) in not_whole(sql, pid)?.iter().filter(|(name, _)| !files.contains(name)) {
        sql.execute("DELETE FROM file_not_whole WHERE pid = ?1 AND name = ?2", params![pid, name])?;
    }
    for name in files {
        sql.prepare_cached("INSERT OR IGNORE INTO file_not_whole (pid, name, since) VALUES (?1, ?2, ?3)")?
            .execute(params![pid, name, now.timestamp_millis()])?;
    }
    Ok(())
}

/// Lists the alarms that wait for an answer.
pub(crate) fn open_alarms(sql: &Connection) -> Result<Vec<Alarm>, StoreError> {
    let mut statement = sql.prepare_cached(
        "SELECT a.aid, a.pid, s.id, a.kind, a.count, a.raised_at FROM alarm a LEFT JOIN space s ON s.sid = a.sid
         WHERE a.answered_at = 0 ORDER BY a.aid",
    )?;
    let rows = statement.query_map([], |row| {
        let kind = AlarmKind::from_number(row.get(3)?);
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, kind, row.get(4)?, row.get::<_, i64>(5)?))
    })?;
    let mut alarms = Vec::new();
    for row in rows {
        let (id, place, space, kind, count, raised) = row?;
        // A number that a later version wrote is for that version to show.
        let (Some(kind), Some(raised_at)) = (kind, when(raised)) else { continue };
        alarms.push(Alarm { id, place, space, kind, count, raised_at });
    }
    Ok(alarms)
}

/// Notes that an alarm was answered.
pub(crate) fn answer(sql: &Connection, aid: i64, now: DateTime<Utc>) -> Result<(), StoreError> {
    sql.execute(
        "UPDATE alarm SET answered_at = ?2 WHERE aid = ?1",
        params![aid, now.timestamp_millis().max(1)],
    )?;
    Ok(())
}

/// Is a file of a folder that was read, or written by this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SegmentRow {
    pub name: String,
    pub last_seq: u64,
    /// When it was replaced, in milliseconds since 1970; 0 while it is needed.
    pub replaced_at: i64,
}

/// Lists the files of a feed that are known.
pub(crate) fn segments(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
) -> Result<Vec<SegmentRow>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT name, last_seq, replaced_at FROM segment WHERE pid = ?1 AND space = ?2 AND feed = ?3
             ORDER BY first_seq, name",
        )?
        .query_map(params![pid, space, feed], |row| {
            Ok(SegmentRow { name: row.get(0)?, last_seq: row.get(1)?, replaced_at: row.get(2)? })
        })?
        .collect::<Result<_, _>>()?)
}

/// Notes that a file of a feed was read or written, and which records it holds.
pub(crate) fn note_segment(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
    name: &str,
    (first, last): (u64, u64),
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO segment VALUES (?1, ?2, ?3, ?4, ?5, ?6, 0)")?
        .execute(params![pid, space, feed, name, first, last])?;
    Ok(())
}

/// Notes that a file of one's own is not needed any more.
pub(crate) fn replace_segment(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
    name: &str,
    now_ms: i64,
) -> Result<(), StoreError> {
    sql.prepare_cached(
        "UPDATE segment SET replaced_at = ?5 WHERE pid = ?1 AND space = ?2 AND feed = ?3 AND name = ?4",
    )?
    .execute(params![pid, space, feed, name, now_ms])?;
    Ok(())
}

/// Forgets a file.
pub(crate) fn forget_segment(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
    name: &str,
) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM segment WHERE pid = ?1 AND space = ?2 AND feed = ?3 AND name = ?4")?
        .execute(params![pid, space, feed, name])?;
    Ok(())
}

/// Tells how far a feed in a folder said that it had come; 0 when it said nothing yet.
pub(crate) fn head_of(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
) -> Result<u64, StoreError> {
    let seq = sql
        .prepare_cached("SELECT seq FROM folder_head WHERE pid = ?1 AND space = ?2 AND feed = ?3")?
        .query_row(params![pid, space, feed], |row| row.get(0))
        .optional()?;
    Ok(seq.unwrap_or(0))
}

/// Notes how far a feed in a folder says that it has come.
pub(crate) fn note_head(
    sql: &Connection,
    pid: PlaceId,
    space: &[u8; 16],
    feed: &[u8; 16],
    seq: u64,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR REPLACE INTO folder_head VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![pid, space, feed, seq])?;
    Ok(())
}

/// Lists the feeds of this device that lie in a folder, and up to which record.
pub(crate) fn own_in_folder(
    sql: &Connection,
    pid: PlaceId,
    space: &TravellingSpace,
) -> Result<Vec<([u8; 16], u64)>, StoreError> {
    Ok(sql
        .prepare_cached(
            "SELECT f.feed, s.seq FROM feed_sent s JOIN feed f ON f.fid = s.fid WHERE s.pid = ?1 AND f.space = ?2",
        )?
        .query_map(params![pid, space.sid], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Lists the records that were erased here and that a place may still hold whole, by feed.
pub(crate) fn stubs_due(
    sql: &Connection,
    pid: PlaceId,
    sid: i64,
) -> Result<Vec<(FeedRow, Vec<u64>)>, StoreError> {
    let mut due = Vec::new();
    for feed in log::feeds_with_stubs(sql, sid)? {
        let seqs: Vec<u64> = sql
            .prepare_cached(
                "SELECT r.seq FROM record r WHERE r.fid = ?2 AND r.state = 2 AND NOT EXISTS
                 (SELECT 1 FROM purged p WHERE p.pid = ?1 AND p.fid = ?2 AND p.seq = r.seq) ORDER BY r.seq",
            )?
            .query_map(params![pid, feed.fid], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        if !seqs.is_empty() {
            due.push((feed, seqs));
        }
    }
    Ok(due)
}

/// Notes that a place was asked to wipe records.
pub(crate) fn note_purged(sql: &Connection, pid: PlaceId, fid: i64, seqs: &[u64]) -> Result<(), StoreError> {
    let mut insert = sql.prepare_cached("INSERT OR IGNORE INTO purged VALUES (?1, ?2, ?3)")?;
    for seq in seqs {
        insert.execute(params![pid, fid, seq])?;
    }
    Ok(())
}

/// Notes that a chunk is to go from a place.
pub(crate) fn add_gone(sql: &Connection, pid: PlaceId, name: &[u8; 32]) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO chunk_gone VALUES (?1, ?2)")?.execute(params![pid, name])?;
    Ok(())
}

/// Lists the chunks that are to go from a place.
pub(crate) fn gone(sql: &Connection, pid: PlaceId) -> Result<Vec<[u8; 32]>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT name FROM chunk_gone WHERE pid = ?1")?
        .query_map([pid], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Notes that a chunk is gone from a place.
pub(crate) fn remove_gone(sql: &Connection, pid: PlaceId, name: &[u8; 32]) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM chunk_gone WHERE pid = ?1 AND name = ?2")?.execute(params![pid, name])?;
    Ok(())
}
