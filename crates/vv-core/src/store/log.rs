//! The log's own rows: spaces, feeds and records. The only SQL over them.

use rusqlite::{Connection, OptionalExtension, Row, params};
use vv_protocol::{CONTROL_STREAM, FeedHead, Record, Stub};

use super::error::StoreError;
use super::hlc::{Hlc, from_sql, to_sql};

/// Says what is left of a record and whether all of it was understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordState {
    /// Merged.
    Merged,
    /// Merged as far as this version understands it.
    Unknown,
    /// Header and hash are left.
    Stub,
    /// Not merged: its device was revoked before it wrote this.
    Cut,
    /// Not merged: its owner signed it, and what it says cannot be.
    Refused,
}

impl RecordState {
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Merged => 0,
            Self::Unknown => 1,
            Self::Stub => 2,
            Self::Cut => 3,
            Self::Refused => 4,
        }
    }

    fn from_number(number: i64) -> Self {
        match number {
            0 => Self::Merged,
            2 => Self::Stub,
            3 => Self::Cut,
            4 => Self::Refused,
            _ => Self::Unknown,
        }
    }

    /// Tells whether what it holds is part of the objects.
    pub(crate) fn is_merged(self) -> bool {
        matches!(self, Self::Merged | Self::Unknown)
    }
}

/// Is a row of `feed`.
#[derive(Debug, Clone)]
pub(crate) struct FeedRow {
    pub fid: i64,
    pub sid: i64,
    pub head: FeedHead,
    pub public_key: [u8; 32],
    pub device: [u8; 32],
    pub incarnation: u64,
    pub hlc: Hlc,
}

/// Is a row of `record`.
#[derive(Debug, Clone)]
pub(crate) struct RecordRow {
    pub rid: i64,
    pub fid: i64,
    pub seq: u64,
    pub kind: u64,
    pub object: [u8; 16],
    pub hlc: Hlc,
    pub state: RecordState,
    pub raw: Vec<u8>,
}

const FEED_COLUMNS: &str = "f.fid, f.space, s.id, f.stream, f.feed, f.public_key, f.device, f.incarnation, \
                            f.head_seq, f.head_hash, f.hlc FROM feed f JOIN space s ON s.sid = f.space";
pub(crate) const RECORD_COLUMNS: &str = "rid, fid, seq, type, obj, hlc, state, raw FROM record";

fn read_feed(row: &Row) -> rusqlite::Result<FeedRow> {
    let head = FeedHead {
        space: row.get(2)?,
        stream: row.get(3)?,
        feed: row.get(4)?,
        seq: row.get(8)?,
        hash: row.get(9)?,
    };
    Ok(FeedRow {
        fid: row.get(0)?,
        sid: row.get(1)?,
        head,
        public_key: row.get(5)?,
        device: row.get(6)?,
        incarnation: u64::from_le_bytes(row.get(7)?),
        hlc: from_sql(row.get(10)?),
    })
}

pub(crate) fn read_record(row: &Row) -> rusqlite::Result<RecordRow> {
    Ok(RecordRow {
        rid: row.get(0)?,
        fid: row.get(1)?,
        seq: row.get(2)?,
        kind: row.get(3)?,
        object: row.get(4)?,
        hlc: from_sql(row.get(5)?),
        state: RecordState::from_number(row.get(6)?),
        raw: row.get(7)?,
    })
}

/// Adds a space and gives its row id.
pub(crate) fn insert_space(sql: &Connection, id: &[u8; 16], kind: u32) -> Result<i64, StoreError> {
    sql.execute("INSERT INTO space (id, kind) VALUES (?1, ?2)", params![id, kind])?;
    Ok(sql.last_insert_rowid())
}

/// Is a row of `space`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpaceRow {
    pub sid: i64,
    pub id: [u8; 16],
    pub kind: u32,
}

/// Lists every space in the order in which they were added.
pub(crate) fn list_spaces(sql: &Connection) -> Result<Vec<SpaceRow>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT sid, id, kind FROM space ORDER BY sid")?
        .query_map([], |row| Ok(SpaceRow { sid: row.get(0)?, id: row.get(1)?, kind: row.get(2)? }))?
        .collect::<Result<_, _>>()?)
}

/// Finds the row id of a space.
pub(crate) fn find_space(sql: &Connection, id: &[u8; 16]) -> Result<Option<i64>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT sid FROM space WHERE id = ?1")?
        .query_row([id], |row| row.get(0))
        .optional()?)
}

/// Adds a feed in which there is no record yet.
pub(crate) fn insert_feed(sql: &Connection, feed: &mut FeedRow) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT INTO feed (space, stream, feed, public_key, device, incarnation, head_seq, head_hash, hlc)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    )?
    .execute(params![
        feed.sid,
        feed.head.stream,
        feed.head.feed,
        feed.public_key,
        feed.device,
        feed.incarnation.to_le_bytes(),
        feed.head.seq,
        feed.head.hash,
        to_sql(feed.hlc),
    ])?;
    feed.fid = sql.last_insert_rowid();
    Ok(())
}

/// Writes down how far a feed has come.
pub(crate) fn update_feed(sql: &Connection, feed: &FeedRow) -> Result<(), StoreError> {
    sql.prepare_cached("UPDATE feed SET head_seq = ?2, head_hash = ?3, hlc = ?4 WHERE fid = ?1")?
        .execute(params![feed.fid, feed.head.seq, feed.head.hash, to_sql(feed.hlc)])?;
    Ok(())
}

/// Finds the feed that one life of a device has in a stream.
pub(crate) fn find_feed_of(
    sql: &Connection,
    sid: i64,
    stream: u32,
    device: &[u8; 32],
    incarnation: u64,
) -> Result<Option<FeedRow>, StoreError> {
    let text = format!(
        "SELECT {FEED_COLUMNS} WHERE f.space = ?1 AND f.stream = ?2 AND f.device = ?3 AND f.incarnation = ?4"
    );
    let incarnation = incarnation.to_le_bytes();
    Ok(sql
        .prepare_cached(&text)?
        .query_row(params![sid, stream, device, incarnation], read_feed)
        .optional()?)
}

/// Finds a feed by its name.
pub(crate) fn find_feed(
    sql: &Connection,
    sid: i64,
    stream: u32,
    feed: &[u8; 16],
) -> Result<Option<FeedRow>, StoreError> {
    let text = format!("SELECT {FEED_COLUMNS} WHERE f.space = ?1 AND f.stream = ?2 AND f.feed = ?3");
    Ok(sql.prepare_cached(&text)?.query_row(params![sid, stream, feed], read_feed).optional()?)
}

/// Lists every feed.
pub(crate) fn list_feeds(sql: &Connection) -> Result<Vec<FeedRow>, StoreError> {
    let text = format!("SELECT {FEED_COLUMNS} ORDER BY f.fid");
    Ok(sql.prepare(&text)?.query_map([], read_feed)?.collect::<Result<_, _>>()?)
}

/// Lists the feeds that a device has in one stream of a space, one for each of its lives.
pub(crate) fn feeds_of_device_in(
    sql: &Connection,
    sid: i64,
    stream: u32,
    device: &[u8; 32],
) -> Result<Vec<FeedRow>, StoreError> {
    let text = format!(
        "SELECT {FEED_COLUMNS} WHERE f.space = ?1 AND f.stream = ?2 AND f.device = ?3 ORDER BY f.fid"
    );
    Ok(sql
        .prepare_cached(&text)?
        .query_map(params![sid, stream, device], read_feed)?
        .collect::<Result<_, _>>()?)
}

/// Lists the feeds of one stream of all spaces.
pub(crate) fn feeds_of_stream(sql: &Connection, stream: u32) -> Result<Vec<FeedRow>, StoreError> {
    let text = format!("SELECT {FEED_COLUMNS} WHERE f.stream = ?1 ORDER BY f.fid");
    Ok(sql.prepare_cached(&text)?.query_map([stream], read_feed)?.collect::<Result<_, _>>()?)
}

/// Lists the feeds of one device in all spaces.
pub(crate) fn feeds_of_device(sql: &Connection, device: &[u8; 32]) -> Result<Vec<FeedRow>, StoreError> {
    let text = format!("SELECT {FEED_COLUMNS} WHERE f.device = ?1 ORDER BY f.fid");
    Ok(sql.prepare_cached(&text)?.query_map([device], read_feed)?.collect::<Result<_, _>>()?)
}

/// Lists the feeds of a space of which some records were erased.
pub(crate) fn feeds_with_stubs(sql: &Connection, sid: i64) -> Result<Vec<FeedRow>, StoreError> {
    let text = format!(
        "SELECT {FEED_COLUMNS} WHERE f.space = ?1 AND EXISTS
         (SELECT 1 FROM record r WHERE r.fid = f.fid AND r.state = 2) ORDER BY f.fid"
    );
    Ok(sql.prepare_cached(&text)?.query_map([sid], read_feed)?.collect::<Result<_, _>>()?)
}

/// Finds the latest logical time that any feed of a device has counted to.
pub(crate) fn latest_hlc(sql: &Connection, device: &[u8; 32]) -> Result<Hlc, StoreError> {
    let latest: Option<i64> =
        sql.query_row("SELECT max(hlc) FROM feed WHERE device = ?1", [device], |row| row.get(0))?;
    Ok(latest.map_or(Hlc::ZERO, from_sql))
}

/// Adds a record.
pub(crate) fn insert_record(sql: &Connection, record: &RecordRow) -> Result<(), StoreError> {
    sql.prepare_cached(
        "INSERT INTO record (fid, seq, type, obj, hlc, state, raw) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        record.fid,
        record.seq,
        record.kind,
        record.object,
        to_sql(record.hlc),
        record.state.number(),
        record.raw
    ])?;
    Ok(())
}

/// Reads the records of an object of a space in causal order. The operations of control stream and account log are about no
/// object, whatever stands in them, and what another space says of an object of the same name is another object.
pub(crate) fn records_of(
    sql: &Connection,
    sid: i64,
    object: &[u8; 16],
) -> Result<Vec<RecordRow>, StoreError> {
    let text = format!(
        "SELECT {RECORD_COLUMNS} WHERE obj = ?1
         AND fid IN (SELECT fid FROM feed WHERE space = ?2 AND stream <> {CONTROL_STREAM}) ORDER BY hlc, fid, seq"
    );
    Ok(sql.prepare_cached(&text)?.query_map(params![object, sid], read_record)?.collect::<Result<_, _>>()?)
}

/// Reads the merged records of a stream in the order in which they came here.
pub(crate) fn merged_of_stream(
    sql: &Connection,
    sid: i64,
    stream: u32,
) -> Result<Vec<RecordRow>, StoreError> {
    let text = format!(
        "SELECT {RECORD_COLUMNS} WHERE fid IN (SELECT fid FROM feed WHERE space = ?1 AND stream = ?2)
         AND state IN (0, 1) ORDER BY rid"
    );
    Ok(sql.prepare_cached(&text)?.query_map(params![sid, stream], read_record)?.collect::<Result<_, _>>()?)
}

/// Says anew what is left of a record and whether it counts.
pub(crate) fn set_state(sql: &Connection, rid: i64, state: RecordState) -> Result<(), StoreError> {
    sql.prepare_cached("UPDATE record SET state = ?2 WHERE rid = ?1")?
        .execute(params![rid, state.number()])?;
    Ok(())
}

/// Reads one record of a feed.
pub(crate) fn record_at(sql: &Connection, fid: i64, seq: u64) -> Result<Option<RecordRow>, StoreError> {
    let text = format!("SELECT {RECORD_COLUMNS} WHERE fid = ?1 AND seq = ?2");
    Ok(sql.prepare_cached(&text)?.query_row(params![fid, seq], read_record).optional()?)
}

/// Reads up to `limit` records of a feed after a number.
pub(crate) fn records_of_feed(
    sql: &Connection,
    fid: i64,
    after: u64,
    limit: u32,
) -> Result<Vec<RecordRow>, StoreError> {
    let text = format!("SELECT {RECORD_COLUMNS} WHERE fid = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    Ok(sql
        .prepare_cached(&text)?
        .query_map(params![fid, after, limit], read_record)?
        .collect::<Result<_, _>>()?)
}

/// Notes that records of a feed are lost.
pub(crate) fn insert_gap(
    sql: &Connection,
    fid: i64,
    from: u64,
    to: u64,
    found_ms: i64,
) -> Result<(), StoreError> {
    sql.execute(
        "INSERT OR REPLACE INTO gap (fid, from_seq, to_seq, found_at) VALUES (?1, ?2, ?3, ?4)",
        params![fid, from, to, found_ms],
    )?;
    Ok(())
}

/// Puts something else in the place of a record.
pub(crate) fn replace_record(sql: &Connection, record: &RecordRow) -> Result<(), StoreError> {
    sql.prepare_cached(
        "UPDATE record SET type = ?2, obj = ?3, hlc = ?4, state = ?5, raw = ?6 WHERE rid = ?1",
    )?
    .execute(params![
        record.rid,
        record.kind,
        record.object,
        to_sql(record.hlc),
        record.state.number(),
        record.raw
    ])?;
    Ok(())
}

/// Notes that a record that was lost is there again.
pub(crate) fn fill_gap(sql: &Connection, fid: i64, seq: u64) -> Result<(), StoreError> {
    let gap: Option<(u64, u64, i64)> = sql
        .query_row(
            "SELECT from_seq, to_seq, found_at FROM gap WHERE fid = ?1 AND from_seq <= ?2 AND to_seq >= ?2",
            params![fid, seq],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .optional()?;
    let Some((from, to, found_ms)) = gap else { return Ok(()) };
    sql.execute("DELETE FROM gap WHERE fid = ?1 AND from_seq = ?2", params![fid, from])?;
    if from < seq {
        insert_gap(sql, fid, from, seq - 1, found_ms)?;
    }
    if seq < to {
        insert_gap(sql, fid, seq + 1, to, found_ms)?;
    }
    Ok(())
}

/// Lists the records of a feed that are known to be lost, as first and last number.
pub(crate) fn gaps_of(sql: &Connection, fid: i64) -> Result<Vec<(u64, u64)>, StoreError> {
    Ok(sql
        .prepare_cached("SELECT from_seq, to_seq FROM gap WHERE fid = ?1 ORDER BY from_seq")?
        .query_map([fid], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?)
}

/// Lists the feeds of which records came after others that follow them, because they had been lost.
pub(crate) fn feeds_filled_later(sql: &Connection) -> Result<Vec<i64>, StoreError> {
    Ok(sql
        .prepare(
            "SELECT DISTINCT fid FROM
             (SELECT fid, rid, lag(rid) OVER (PARTITION BY fid ORDER BY seq) AS before FROM record)
             WHERE before > rid",
        )?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?)
}

/// Reads up to `limit` records after a row id, in the order in which they were merged.
pub(crate) fn records_after(sql: &Connection, rid: i64, limit: u32) -> Result<Vec<RecordRow>, StoreError> {
    let text = format!("SELECT {RECORD_COLUMNS} WHERE rid > ?1 ORDER BY rid LIMIT ?2");
    Ok(sql.prepare_cached(&text)?.query_map(params![rid, limit], read_record)?.collect::<Result<_, _>>()?)
}

/// Leaves header and hash of every record of an object, except those that erase it.
pub(crate) fn stub_records_of(
    sql: &Connection,
    sid: i64,
    object: &[u8; 16],
    keep_type: u64,
) -> Result<(), StoreError> {
    let mut update = sql.prepare_cached("UPDATE record SET raw = ?2, state = ?3 WHERE rid = ?1")?;
    for row in records_of(sql, sid, object)? {
        if row.state == RecordState::Stub || row.kind == keep_type {
            continue;
        }
        update.execute(params![row.rid, stub_of(&row.raw)?, RecordState::Stub.number()])?;
    }
    Ok(())
}

/// Gives the hash of a record of the log; none when it is malformed.
pub(crate) fn hash_of(row: &RecordRow) -> Option<[u8; 32]> {
    match row.state {
        RecordState::Stub => Stub::decode(&row.raw).ok().map(|stub| stub.hash()),
        _ => Record::decode(&row.raw).ok().map(|record| record.hash()),
    }
}

/// Gives header and hash of a record.
pub(crate) fn stub_of(raw: &[u8]) -> Result<Vec<u8>, StoreError> {
    let record = Record::decode(raw).map_err(|_| StoreError::BadRecord("it is malformed"))?;
    let stub: Stub = record.to_stub();
    Ok(stub.encode())
}
