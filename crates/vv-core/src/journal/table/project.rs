//! From objects to rows: the only writer of `entry`, `entry_tag`, `attachment` and of what makes it a voice note.
//!
//! Everything in these rows follows from the objects alone, so a rebuild from the log gives the same rows.

use rusqlite::{Connection, OptionalExtension, params};

use super::super::model::Attachment;
use super::super::moment::order_key;
use super::super::record::{self, EntryFacts};
use super::super::tag::tag_key;
use super::super::text::{count_words, excerpt};
use super::{drafts, id_of};
use crate::ids::{AttachmentId, EntryId};
use crate::people::{self, Directory};
use crate::search;
use crate::store::error::StoreError;
use crate::store::op::{Kind, Object};
use crate::store::topics::Topic;
use crate::store::tx::Tx;
use crate::voice;

/// Projects an entry or a file into its rows; one that was deleted for good loses them.
pub(crate) fn project(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    match Kind(object.kind) {
        Kind::Entry => project_entry(tx, object),
        Kind::Attachment => project_attachment(tx, object),
        _ => Ok(()),
    }
}

/// What the row of an entry said before.
struct Before {
    order_key: i64,
    tags: String,
    trashed: bool,
    content_mark: i64,
}

fn project_entry(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    let id = EntryId::from_bytes(object.id);
    let before = read_before(tx.sql(), id)?;
    tx.publish(Topic::Journal);
    if object.erased {
        if let Some(before) = &before {
            remove_tags(tx.sql(), id, before)?;
        }
        tx.sql().prepare_cached("DELETE FROM entry WHERE id = ?1")?.execute([id.as_bytes()])?;
        drafts::remove_of_entry(tx.sql(), id)?;
        voice::table::remove_of_entry(tx.sql(), id)?;
        people::forget_entry(tx.sql(), id)?;
        return search::forget(tx, id);
    }
    let facts = EntryFacts::of(object);
    let text = tx.doc_text(&object.id, record::entry::TEXT)?.unwrap_or_default();
    let row = Row::new(object, &facts, &text, &shown_words(tx.sql(), &text)?);
    if before.as_ref().is_none_or(|before| before.content_mark != row.content_mark) {
        people::note_entry(tx.sql(), id, &text, before.is_none())?;
    }

    row.write(tx.sql(), id, &facts)?;

    let unchanged = |before: &Before| {
        before.tags == row.tags
            && before.order_key == row.order_key
            && before.trashed == facts.trashed_at.is_some()
    };
    if !before.as_ref().is_some_and(unchanged) {
        if let Some(before) = &before {
            remove_tags(tx.sql(), id, before)?;
        }
        let mut insert = tx.sql().prepare_cached("INSERT INTO entry_tag VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for tag in &facts.tags {
            insert.execute(params![
                tag_key(tag),
                facts.trashed_at.is_some(),
                row.order_key,
                id.as_bytes(),
                tag
            ])?;
        }
    }
    if before.is_none_or(|before| before.content_mark != row.content_mark) {
        // What lies in the trash is not found.
        return if facts.trashed_at.is_some() { search::forget(tx, id) } else { search::mark_dirty(tx, id) };
    }
    Ok(())
}

/// What follows from the facts and the text of an entry.
struct Row {
    order_key: i64,
    tags: String,
    title_key: String,
    excerpt: String,
    word_count: u32,
    content_mark: i64,
    changed_at: i64,
}

impl Row {
    fn new(object: &Object, facts: &EntryFacts, text: &str, excerpt: &str) -> Self {
        let excerpt = excerpt.to_owned();
        let order_key = order_key(facts.on, facts.moment.local_at());
        let tags = facts.tags.join("\n");
        let heading = if facts.title.is_empty() { &excerpt } else { &facts.title };
        let mut mark = blake3::Hasher::new();
        for part in [facts.title.as_bytes(), &[0], tags.as_bytes(), &[0], &order_key.to_be_bytes()] {
            mark.update(part);
        }
        mark.update(&[u8::from(facts.trashed_at.is_some())]).update(text.as_bytes());
        let [a, b, c, d, e, f, g, h, ..] = *mark.finalize().as_bytes();
        Self {
            order_key,
            tags,
            title_key: heading.to_lowercase(),
            word_count: count_words(text),
            excerpt,
            content_mark: i64::from_be_bytes([a, b, c, d, e, f, g, h]),
            changed_at: record::ms_of(object.updated),
        }
    }

    fn write(&self, sql: &Connection, id: EntryId, facts: &EntryFacts) -> Result<(), StoreError> {
        let mut write = sql.prepare_cached(
            "INSERT INTO entry (id, order_key, title, title_key, excerpt, tags, at_ms, at_offset, time_zone, starred, \
             trashed_at, origin, source_app, source_id, word_count, content_mark, changed_at, attachment_count) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, \
             (SELECT count(*) FROM attachment WHERE entry = ?1)) \
             ON CONFLICT (id) DO UPDATE SET order_key = ?2, title = ?3, title_key = ?4, excerpt = ?5, tags = ?6, \
             at_ms = ?7, at_offset = ?8, time_zone = ?9, starred = ?10, trashed_at = ?11, origin = ?12, \
             source_app = ?13, source_id = ?14, word_count = ?15, content_mark = ?16, changed_at = ?17",
        )?;
        write.execute(params![
            id.as_bytes(),
            self.order_key,
            facts.title,
            self.title_key,
            self.excerpt,
            self.tags,
            facts.moment.instant().timestamp_millis(),
            facts.moment.offset_seconds(),
            facts.moment.time_zone(),
            facts.starred,
            facts.trashed_at,
            record::origin_number(facts.origin),
            facts.source.as_ref().map(|source| source.app.as_str()),
            facts.source.as_ref().map(|source| source.id.as_str()),
            self.word_count,
            self.content_mark,
            self.changed_at,
        ])?;
        Ok(())
    }
}

/// Gives the first words of a text as they are shown: whoever is named in it, by the name of today.
fn shown_words(sql: &Connection, text: &str) -> Result<String, StoreError> {
    // Most texts name nobody, and nobody need be looked up.
    if people::mentioned(text).is_empty() {
        return Ok(excerpt(text));
    }
    Ok(excerpt(&people::with_names(text, &Directory::read(sql)?)))
}

/// Writes the first words of an entry anew because somebody who is named in it is called otherwise now. The entry itself stays
/// as it is.
pub(crate) fn show_names_anew(tx: &mut Tx, id: EntryId, known: &Directory) -> Result<(), StoreError> {
    let Some(text) = tx.doc_text(id.as_bytes(), record::entry::TEXT)? else { return Ok(()) };
    let sql = tx.sql();
    let row: Option<(String, bool)> = sql
        .prepare_cached("SELECT title, trashed_at IS NOT NULL FROM entry WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((title, is_trashed)) = row else { return Ok(()) };
    let excerpt = excerpt(&people::with_names(&text, known));
    let heading = if title.is_empty() { &excerpt } else { &title };
    sql.prepare_cached("UPDATE entry SET excerpt = ?2, title_key = ?3 WHERE id = ?1")?.execute(params![
        id.as_bytes(),
        excerpt,
        heading.to_lowercase()
    ])?;
    tx.publish(Topic::Journal);
    if is_trashed { Ok(()) } else { search::mark_dirty(tx, id) }
}

fn read_before(sql: &Connection, id: EntryId) -> Result<Option<Before>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT order_key, tags, trashed_at, content_mark FROM entry WHERE id = ?1")?;
    let before = read.query_row([id.as_bytes()], |row| {
        Ok(Before {
            order_key: row.get(0)?,
            tags: row.get(1)?,
            trashed: row.get::<_, Option<i64>>(2)?.is_some(),
            content_mark: row.get(3)?,
        })
    });
    Ok(before.optional()?)
}

fn remove_tags(sql: &Connection, id: EntryId, before: &Before) -> Result<(), StoreError> {
    let mut remove = sql.prepare_cached(
        "DELETE FROM entry_tag WHERE tag_key = ?1 AND trashed = ?2 AND order_key = ?3 AND entry = ?4",
    )?;
    for tag in before.tags.lines() {
        remove.execute(params![tag_key(tag), before.trashed, before.order_key, id.as_bytes()])?;
    }
    Ok(())
}

fn project_attachment(tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    tx.publish(Topic::Journal);
    let sql = tx.sql();
    let known: Option<EntryId> = sql
        .prepare_cached("SELECT entry FROM attachment WHERE id = ?1")?
        .query_row([&object.id], |row| Ok(id_of(row.get_ref(0)?, EntryId::from_bytes)?))
        .optional()?;
    let file = if object.erased { None } else { record::attachment_of(object) };
    voice::table::write(
        sql,
        AttachmentId::from_bytes(object.id),
        file.as_ref().and_then(|file| file.voice.as_ref()),
    )?;
    match &file {
        Some(file) => write_attachment(sql, file)?,
        None => {
            sql.prepare_cached("DELETE FROM attachment WHERE id = ?1")?.execute([&object.id])?;
            sql.prepare_cached("DELETE FROM thumbnail WHERE attachment = ?1")?.execute([&object.id])?;
        }
    }
    for entry in [known, file.map(|file| file.entry)].into_iter().flatten() {
        sql.prepare_cached(
            "UPDATE entry SET attachment_count = (SELECT count(*) FROM attachment WHERE entry = ?1) WHERE id = ?1",
        )?
        .execute([entry.as_bytes()])?;
    }
    Ok(())
}

fn write_attachment(sql: &Connection, file: &Attachment) -> Result<(), StoreError> {
    let mut write =
        sql.prepare_cached("INSERT OR REPLACE INTO attachment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    write.execute(params![
        file.id.as_bytes(),
        file.entry.as_bytes(),
        file.name,
        file.mime,
        i64::try_from(file.size).unwrap_or(i64::MAX),
        file.blake3,
        file.width,
        file.height,
    ])?;
    Ok(())
}
