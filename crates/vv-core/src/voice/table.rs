//! The tables of voice notes: what follows from their objects, and on this computer alone the recordings that run.

use rusqlite::{Connection, OptionalExtension, params};

use super::model::{Mark, Voice};
use crate::ids::{AttachmentId, EntryId, RecordingId};
use crate::store::error::StoreError;

/// Holds half a second of a recording.
#[derive(Default)]
pub(super) struct Piece {
    /// Samples that were heard; the silence that fills the last packet does not count.
    pub(super) samples: u64,
    /// Packets, each after its length in two bytes.
    pub(super) packets: Vec<u8>,
    /// How many packets.
    pub(super) count: usize,
    pub(super) peaks: Vec<u8>,
}

impl Piece {
    /// Adds one packet.
    pub(super) fn add(&mut self, packet: &[u8]) {
        let length = u16::try_from(packet.len()).expect("a packet has less than 1,300 bytes");
        self.packets.extend(length.to_le_bytes());
        self.packets.extend(packet);
        self.count += 1;
    }
}

/// Describes a recording that has not become a file yet.
pub(super) struct Row {
    pub(super) id: RecordingId,
    pub(super) entry: EntryId,
    pub(super) owner: [u8; 16],
    pub(super) name: String,
}

/// Notes that a recording begins.
pub(super) fn begin(
    sql: &Connection,
    id: RecordingId,
    entry: EntryId,
    owner: &[u8; 16],
    name: &str,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT INTO recording VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id.as_bytes(),
        entry.as_bytes(),
        owner,
        name
    ])?;
    Ok(())
}

const ROW: &str = "SELECT id, entry, owner, name FROM recording";

fn row_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: RecordingId::from_bytes(row.get(0)?),
        entry: EntryId::from_bytes(row.get(1)?),
        owner: row.get(2)?,
        name: row.get(3)?,
    })
}

/// Finds a recording.
pub(super) fn find(sql: &Connection, id: RecordingId) -> Result<Option<Row>, StoreError> {
    let mut read = sql.prepare_cached(&format!("{ROW} WHERE id = ?1"))?;
    Ok(read.query_row([id.as_bytes()], row_of).optional()?)
}

/// Lists the recordings that have not become a file.
pub(super) fn list(sql: &Connection) -> Result<Vec<Row>, StoreError> {
    let mut read = sql.prepare_cached(&format!("{ROW} ORDER BY id"))?;
    Ok(read.query_map([], row_of)?.collect::<Result<_, _>>()?)
}

/// Counts the pieces of a recording.
pub(super) fn count_pieces(sql: &Connection, id: RecordingId) -> Result<u32, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT coalesce(max(number) + 1, 0) FROM recording_piece WHERE recording = ?1")?;
    Ok(read.query_row([id.as_bytes()], |row| row.get(0))?)
}

/// Keeps a piece.
pub(super) fn keep_piece(
    sql: &Connection,
    id: RecordingId,
    number: u32,
    piece: &Piece,
) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT INTO recording_piece VALUES (?1, ?2, ?3, ?4, ?5)")?.execute(params![
        id.as_bytes(),
        number,
        i64::try_from(piece.samples).unwrap_or(i64::MAX),
        piece.packets,
        piece.peaks
    ])?;
    Ok(())
}

/// Holds half a second as it was kept.
pub(super) struct KeptPiece {
    pub(super) samples: u64,
    pub(super) packets: Vec<u8>,
    pub(super) peaks: Vec<u8>,
}

/// Reads some pieces in order.
pub(super) fn pieces(
    sql: &Connection,
    id: RecordingId,
    from: u32,
    count: u32,
) -> Result<Vec<KeptPiece>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT samples, packets, peaks FROM recording_piece WHERE recording = ?1 AND number >= ?2 ORDER BY number LIMIT ?3",
    )?;
    let pieces = read.query_map(params![id.as_bytes(), from, count], |row| {
        Ok(KeptPiece {
            samples: row.get::<_, i64>(0)?.unsigned_abs(),
            packets: row.get(1)?,
            peaks: row.get(2)?,
        })
    })?;
    Ok(pieces.collect::<Result<_, _>>()?)
}

/// Lets go of the pages that this connection keeps at hand: those of a recording are not read again before its end.
pub(super) fn forget_pages(sql: &Connection) -> Result<(), StoreError> {
    Ok(sql.execute_batch("PRAGMA shrink_memory")?)
}

/// Marks a moment of a recording.
pub(super) fn mark(sql: &Connection, id: RecordingId, at_ms: u64) -> Result<(), StoreError> {
    sql.prepare_cached("INSERT OR IGNORE INTO recording_mark VALUES (?1, ?2)")?
        .execute(params![id.as_bytes(), i64::try_from(at_ms).unwrap_or(i64::MAX)])?;
    Ok(())
}

/// Lists the marked moments of a recording.
pub(super) fn marks(sql: &Connection, id: RecordingId) -> Result<Vec<Mark>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT at_ms FROM recording_mark WHERE recording = ?1 ORDER BY at_ms")?;
    let marks = read.query_map([id.as_bytes()], |row| {
        Ok(Mark { at_ms: row.get::<_, i64>(0)?.unsigned_abs(), name: String::new() })
    })?;
    Ok(marks.collect::<Result<_, _>>()?)
}

/// Ends a recording: from now on its pieces belong to nobody.
pub(super) fn end(sql: &Connection, id: RecordingId) -> Result<(), StoreError> {
    for statement in
        ["DELETE FROM recording_mark WHERE recording = ?1", "DELETE FROM recording WHERE id = ?1"]
    {
        sql.prepare_cached(statement)?.execute([id.as_bytes()])?;
    }
    Ok(())
}

/// Says whether there are pieces that belong to nobody.
pub(super) fn has_leftovers(sql: &Connection) -> Result<bool, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT EXISTS (SELECT 1 FROM recording_piece WHERE recording NOT IN (SELECT id FROM recording))",
    )?;
    Ok(read.query_row([], |row| row.get(0))?)
}

/// Removes at most so many pieces that belong to nobody, and tells how many there were. All of an hour at once would be wiped
/// in memory before it is wiped on the disk.
pub(super) fn remove_pieces(sql: &Connection, at_most: usize) -> Result<usize, StoreError> {
    let removed = sql
        .prepare_cached(
            "DELETE FROM recording_piece WHERE rowid IN (SELECT p.rowid FROM recording_piece AS p \
             WHERE NOT EXISTS (SELECT 1 FROM recording AS r WHERE r.id = p.recording) LIMIT ?1)",
        )?
        .execute([at_most])?;
    forget_pages(sql)?;
    Ok(removed)
}

/// Removes the recordings of an entry that was deleted for good.
pub(crate) fn remove_of_entry(sql: &Connection, entry: EntryId) -> Result<(), StoreError> {
    let mut read = sql.prepare_cached("SELECT id FROM recording WHERE entry = ?1")?;
    let ids: Vec<[u8; 16]> =
        read.query_map([entry.as_bytes()], |row| row.get(0))?.collect::<Result<_, _>>()?;
    for id in ids {
        sql.prepare_cached("DELETE FROM recording_piece WHERE recording = ?1")?.execute([id])?;
        end(sql, RecordingId::from_bytes(id))?;
    }
    Ok(())
}

/// Writes what is known of a voice note; called by the projection of its file alone.
pub(crate) fn write(sql: &Connection, id: AttachmentId, voice: Option<&Voice>) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM voice_mark WHERE attachment = ?1")?.execute([id.as_bytes()])?;
    let Some(voice) = voice else {
        sql.prepare_cached("DELETE FROM voice WHERE attachment = ?1")?.execute([id.as_bytes()])?;
        return Ok(());
    };
    sql.prepare_cached("INSERT OR REPLACE INTO voice VALUES (?1, ?2, ?3, ?4)")?.execute(params![
        id.as_bytes(),
        i64::try_from(voice.duration_ms).unwrap_or(i64::MAX),
        voice.peaks,
        voice.cut_short
    ])?;
    let mut insert = sql.prepare_cached("INSERT INTO voice_mark VALUES (?1, ?2, ?3)")?;
    for mark in &voice.marks {
        insert.execute(params![id.as_bytes(), i64::try_from(mark.at_ms).unwrap_or(i64::MAX), mark.name])?;
    }
    Ok(())
}

/// Reads what is known of a voice note; none for any other file.
pub(crate) fn read(sql: &Connection, id: AttachmentId) -> Result<Option<Voice>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT duration_ms, peaks, cut_short FROM voice WHERE attachment = ?1")?;
    let voice = read.query_row([id.as_bytes()], |row| {
        Ok(Voice {
            duration_ms: row.get::<_, i64>(0)?.unsigned_abs(),
            peaks: row.get(1)?,
            marks: Vec::new(),
            cut_short: row.get(2)?,
        })
    });
    let Some(mut voice) = voice.optional()? else { return Ok(None) };
    let mut read =
        sql.prepare_cached("SELECT at_ms, name FROM voice_mark WHERE attachment = ?1 ORDER BY at_ms")?;
    voice.marks = read
        .query_map([id.as_bytes()], |row| {
            Ok(Mark { at_ms: row.get::<_, i64>(0)?.unsigned_abs(), name: row.get(1)? })
        })?
        .collect::<Result<_, _>>()?;
    Ok(Some(voice))
}
