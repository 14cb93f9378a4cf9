//! Reading the files of entries, and the small pictures and leftovers of this machine.

use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::model::Attachment;
use super::super::picture::Picture;
use super::id_of;
use crate::ids::{AttachmentId, EntryId};
use crate::store::error::StoreError;
use crate::voice;

const FILE: &str = "id, entry, name, mime, size, blake3, width, height";

fn file_of(row: &Row<'_>) -> rusqlite::Result<Attachment> {
    Ok(Attachment {
        id: id_of(row.get_ref(0)?, AttachmentId::from_bytes)?,
        entry: id_of(row.get_ref(1)?, EntryId::from_bytes)?,
        name: row.get(2)?,
        mime: row.get(3)?,
        size: u64::try_from(row.get::<_, i64>(4)?).unwrap_or(0),
        blake3: row.get(5)?,
        width: row.get(6)?,
        height: row.get(7)?,
        voice: None,
    })
}

/// Reads what is known of a file.
pub(crate) fn read(sql: &Connection, id: AttachmentId) -> Result<Option<Attachment>, StoreError> {
    let mut read = sql.prepare_cached(&format!("SELECT {FILE} FROM attachment WHERE id = ?1"))?;
    read.query_row([id.as_bytes()], file_of).optional()?.map(|file| with_voice(sql, file)).transpose()
}

fn with_voice(sql: &Connection, mut file: Attachment) -> Result<Attachment, StoreError> {
    file.voice = voice::table::read(sql, file.id)?;
    Ok(file)
}

/// Lists the files of an entry in the order they came.
pub(crate) fn of_entry(sql: &Connection, entry: EntryId) -> Result<Vec<Attachment>, StoreError> {
    let mut read =
        sql.prepare_cached(&format!("SELECT {FILE} FROM attachment WHERE entry = ?1 ORDER BY id"))?;
    let files = read.query_map([entry.as_bytes()], file_of)?;
    files.map(|file| with_voice(sql, file?)).collect()
}

/// Lists every file of the notebook.
pub(crate) fn all(sql: &Connection) -> Result<Vec<AttachmentId>, StoreError> {
    let mut read = sql.prepare_cached("SELECT id FROM attachment ORDER BY id")?;
    let ids = read.query_map([], |row| Ok(id_of(row.get_ref(0)?, AttachmentId::from_bytes)?))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Reads the small picture of a file, when it was made.
pub(crate) fn read_thumbnail(sql: &Connection, id: AttachmentId) -> Result<Option<Picture>, StoreError> {
    let mut read = sql.prepare_cached("SELECT mime, bytes FROM thumbnail WHERE attachment = ?1")?;
    let picture =
        read.query_row([id.as_bytes()], |row| Ok(Picture { mime: row.get(0)?, bytes: row.get(1)? }));
    Ok(picture.optional()?)
}

/// Keeps the small picture of a file, unless the file went meanwhile.
pub(crate) fn keep_thumbnail(
    sql: &Connection,
    id: AttachmentId,
    picture: &Picture,
) -> Result<(), StoreError> {
    let mut write = sql
        .prepare_cached("INSERT OR REPLACE INTO thumbnail SELECT id, ?2, ?3 FROM attachment WHERE id = ?1")?;
    write.execute(params![id.as_bytes(), picture.mime, picture.bytes])?;
    Ok(())
}

/// Notes sealed chunks whose files are to be removed once this transaction is durable.
pub(crate) fn note_leftovers(sql: &Connection, names: &[[u8; 32]]) -> Result<(), StoreError> {
    let mut write = sql.prepare_cached("INSERT OR IGNORE INTO chunk_to_remove VALUES (?1)")?;
    for name in names {
        write.execute([name])?;
    }
    Ok(())
}

/// Lists the sealed chunks whose files are to be removed.
pub(crate) fn leftovers(sql: &Connection) -> Result<Vec<[u8; 32]>, StoreError> {
    let mut read = sql.prepare_cached("SELECT name FROM chunk_to_remove")?;
    let names = read.query_map([], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Forgets sealed chunks whose files were removed.
pub(crate) fn forget_leftovers(sql: &Connection, names: &[[u8; 32]]) -> Result<(), StoreError> {
    let mut remove = sql.prepare_cached("DELETE FROM chunk_to_remove WHERE name = ?1")?;
    for name in names {
        remove.execute([name])?;
    }
    Ok(())
}
