//! The SQL of search: its own local tables, and what it reads of the journal's.

use std::borrow::Cow;

use rusqlite::{Connection, OptionalExtension, params};

use super::rank::Row;
use super::terms::{EVERY_ENTRY, person_term, tag_term, write_terms};
use super::vocabulary::Vocabulary;
use crate::ids::{EntryId, PersonId};
use crate::journal::record::entry::TEXT;
use crate::people::{self, Directory};
use crate::store::{Reader, StoreError, Tx};

/// Goes up whenever `terms.rs` makes other terms of a text; the index is then filled anew.
const INDEX_VERSION: i64 = 1;
/// How many parts of the index may pile up while many entries wait; few parts make searching faster, many make filling faster.
const PARTS_WHILE_FILLING: i64 = 16;
const PARTS_WHEN_QUIET: i64 = 4;
/// How many bytes of terms are gathered in memory before they become a part.
const GATHERED_WHILE_FILLING: i64 = 8 << 20;
const GATHERED_WHEN_QUIET: i64 = 1 << 20;
/// How many pages one step of putting the parts together writes.
const PAGES_OF_A_STEP: i64 = 1_000;

/// Is what search reads and shows of one entry.
pub(super) struct SearchedEntry {
    pub(super) id: EntryId,
    pub(super) order_key: i64,
    pub(super) title: String,
    pub(super) tags: Vec<String>,
    pub(super) text: String,
    /// Who is named in it, as `person_term` spells them; empty for what comes out of the index.
    pub(super) people: Vec<String>,
}

/// Gives the text without the ids of files, loops and entries, which nobody looks for.
pub(crate) fn searched_text(text: &str) -> Cow<'_, str> {
    if !text.contains("](attachment:") && !text.contains("](loop:") && !text.contains("[[") {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let next =
        |rest: &str| ["](attachment:", "](loop:", "[["].iter().filter_map(|sign| rest.find(sign)).min();
    while let Some(at) = next(rest) {
        if let Some(inner) = rest[at..].strip_prefix("[[") {
            let end = inner.find("]]").filter(|end| !inner[..*end].contains('\n'));
            let shown = end.map_or("", |end| inner[..end].split('|').next().unwrap_or_default());
            out.push_str(&rest[..at]);
            out.push_str("[[");
            out.push_str(shown);
            rest = end.map_or(inner, |end| &inner[end..]);
        } else {
            let close = rest[at..].find([')', '\n']).map_or(rest.len(), |end| at + end);
            out.push_str(&rest[..at + 2]);
            rest = &rest[close..];
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

fn entry_of(row: &rusqlite::Row<'_>) -> rusqlite::Result<SearchedEntry> {
    let tags: String = row.get(3)?;
    Ok(SearchedEntry {
        id: EntryId::from_bytes(row.get(0)?),
        order_key: row.get(1)?,
        title: row.get(2)?,
        tags: tags.split('\n').filter(|tag| !tag.is_empty()).map(str::to_owned).collect(),
        text: row.get(4)?,
        people: Vec::new(),
    })
}

/// Reads an entry as it now stands, unless it is in the trash.
pub(super) fn entry(reader: &Reader<'_>, id: &EntryId) -> Result<Option<SearchedEntry>, StoreError> {
    let entry = reader
        .sql()
        .prepare_cached(
            "SELECT id, order_key, title, tags, '' FROM entry WHERE id = ?1 AND trashed_at IS NULL",
        )?
        .query_row([id.as_bytes()], entry_of)
        .optional()?;
    let Some(mut entry) = entry else { return Ok(None) };
    entry.text = reader.doc_text(id.as_bytes(), TEXT)?.unwrap_or_default();
    let named = people::mentioned(&entry.text);
    if !named.is_empty() {
        // Found by the name of today, and shown by it.
        entry.text = people::with_names(&entry.text, &Directory::read(reader.sql())?).into_owned();
        entry.people = named.into_iter().map(person_term).collect();
    }
    Ok(Some(entry))
}

/// Gives the terms of whoever goes by a name, or of the person with an id.
pub(super) fn person_terms(reader: &Reader<'_>, asked: &str) -> Result<Vec<String>, StoreError> {
    let known = Directory::read(reader.sql())?;
    let meant = match asked.parse::<PersonId>() {
        Ok(id) => vec![id],
        Err(_) => people::who_goes_by(reader, asked)?,
    };
    Ok(meant.into_iter().flat_map(|id| known.group(id)).map(person_term).collect())
}

/// Reads the entry that stands in a row of the index, as the index took it in.
pub(super) fn entry_in_row(sql: &Connection, row: i64) -> rusqlite::Result<Option<SearchedEntry>> {
    sql.prepare_cached("SELECT entry, order_key, title, tags, text FROM search_row WHERE row = ?1")?
        .query_row([row], entry_of)
        .optional()
}

/// Reads which entry stands in a row of the index.
pub(super) fn id_in_row(sql: &Connection, row: i64) -> rusqlite::Result<Option<EntryId>> {
    sql.prepare_cached("SELECT entry FROM search_row WHERE row = ?1")?
        .query_row([row], |row| Ok(EntryId::from_bytes(row.get(0)?)))
        .optional()
}

/// Lists rows of the index that fit an expression, newest first.
pub(super) fn newest(
    sql: &Connection,
    expression: &str,
    rows: (i64, i64),
    limit: usize,
) -> rusqlite::Result<Vec<i64>> {
    sql.prepare_cached(
        "SELECT rowid FROM search_text WHERE search_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 \
         ORDER BY rowid DESC LIMIT ?4",
    )?
    .query_map(params![expression, rows.0, rows.1, limit as i64], |row| row.get(0))?
    .collect()
}

/// Reads the newest rows of the index that fit an expression, with their terms.
pub(super) fn newest_with_terms(
    sql: &Connection,
    expression: &str,
    rows: (i64, i64),
    limit: usize,
) -> rusqlite::Result<Vec<Row>> {
    sql.prepare_cached(
        "SELECT rowid, title, text, tags FROM search_text WHERE search_text MATCH ?1 AND rowid BETWEEN ?2 AND ?3 \
         ORDER BY rowid DESC LIMIT ?4",
    )?
    .query_map(params![expression, rows.0, rows.1, limit as i64], |row| {
        Ok(Row { row: row.get(0)?, columns: [row.get(1)?, row.get(2)?, row.get(3)?] })
    })?
    .collect()
}

/// Counts the entries that wait for the index.
pub(super) fn waiting(sql: &Connection) -> rusqlite::Result<u32> {
    sql.prepare_cached("SELECT count(*) FROM search_dirty")?.query_row([], |row| row.get(0))
}

/// Lists entries that wait for the index, the latest change first.
pub(super) fn latest_waiting(sql: &Connection, limit: usize) -> rusqlite::Result<Vec<EntryId>> {
    sql.prepare_cached("SELECT entry FROM search_dirty ORDER BY rowid DESC LIMIT ?1")?
        .query_map([limit as i64], |row| Ok(EntryId::from_bytes(row.get(0)?)))?
        .collect()
}

/// Lists the same entries in order of time. FTS5 gathers what is added only as long as rows come in order; a row out of order
/// makes it write a part of the index for each entry.
pub(super) fn next_to_take_in(sql: &Connection, limit: usize) -> rusqlite::Result<Vec<EntryId>> {
    sql.prepare_cached(
        "SELECT d.entry FROM (SELECT entry FROM search_dirty ORDER BY rowid DESC LIMIT ?1) d \
         LEFT JOIN entry e ON e.id = d.entry ORDER BY e.order_key, e.id",
    )?
    .query_map([limit as i64], |row| Ok(EntryId::from_bytes(row.get(0)?)))?
    .collect()
}

/// Puts an entry into the queue of those that wait.
pub(super) fn mark(sql: &Connection, id: &EntryId) -> rusqlite::Result<()> {
    // Replacing gives it a new row id, so the latest change is always at the end.
    sql.prepare_cached("INSERT OR REPLACE INTO search_dirty (entry) VALUES (?1)")?
        .execute([id.as_bytes()])?;
    Ok(())
}

/// Takes an entry out of the queue.
pub(super) fn unmark(sql: &Connection, id: &EntryId) -> rusqlite::Result<()> {
    sql.prepare_cached("DELETE FROM search_dirty WHERE entry = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}

/// Takes every term of an entry out of the index.
pub(super) fn take_out(sql: &Connection, id: &EntryId) -> rusqlite::Result<bool> {
    let row: Option<i64> = sql
        .prepare_cached("DELETE FROM search_row WHERE entry = ?1 RETURNING row")?
        .query_row([id.as_bytes()], |row| row.get(0))
        .optional()?;
    if let Some(row) = row {
        sql.prepare_cached("DELETE FROM search_text WHERE rowid = ?1")?.execute([row])?;
    }
    Ok(row.is_some())
}

/// Takes an entry into the index as it now stands; the terms are left in `terms`.
pub(super) fn take_in(tx: &Tx<'_>, id: &EntryId, terms: &mut [String; 3]) -> Result<(), StoreError> {
    let sql = tx.sql();
    take_out(sql, id)?;
    unmark(sql, id)?;
    terms.iter_mut().for_each(String::clear);
    let Some(entry) = entry(tx, id)? else { return Ok(()) };
    let [title, text_terms, tags] = terms;
    write_terms(&entry.title, title);
    write_terms(&searched_text(&entry.text), text_terms);
    tags.push_str(EVERY_ENTRY);
    for tag in &entry.tags {
        tags.push(' ');
        tags.push_str(&tag_term(tag));
        write_terms(tag, tags);
    }
    for person in &entry.people {
        tags.push(' ');
        tags.push_str(person);
    }
    let row = free_row(sql, crate::journal::moment::first_sort_id(entry.order_key))?;
    sql.prepare_cached(
        "INSERT INTO search_row (row, entry, order_key, title, tags, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        row,
        id.as_bytes(),
        entry.order_key,
        entry.title,
        entry.tags.join("\n"),
        entry.text
    ])?;
    sql.prepare_cached("INSERT INTO search_text (rowid, title, text, tags) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![row, *title, *text_terms, *tags])?;
    Ok(())
}

/// Finds the first free row after those of the same second.
fn free_row(sql: &Connection, first: i64) -> rusqlite::Result<i64> {
    let next_second = first + (1 << crate::journal::moment::SLOT_BITS);
    sql.prepare_cached("SELECT coalesce(max(row) + 1, ?1) FROM search_row WHERE row >= ?1 AND row < ?2")?
        .query_row([first, next_second], |row| row.get(0))
}

/// Reads how often the index was changed.
pub(super) fn changes(sql: &Connection) -> rusqlite::Result<i64> {
    sql.prepare_cached("SELECT changes FROM search_state")?.query_row([], |row| row.get(0))
}

/// Counts a change of the index; a large one leaves parts to be put together.
pub(super) fn count_change(sql: &Connection, large: bool) -> rusqlite::Result<i64> {
    sql.prepare_cached(
        "UPDATE search_state SET changes = changes + 1, settled = settled AND NOT ?1 RETURNING changes",
    )?
    .query_row([large], |row| row.get(0))
}

/// Tells whether the parts of the index were put together.
pub(super) fn is_settled(sql: &Connection) -> rusqlite::Result<bool> {
    sql.prepare_cached("SELECT settled >= 1 FROM search_state")?.query_row([], |row| row.get(0))
}

/// Says how many parts may pile up and how large they become.
pub(super) fn expect_many(sql: &Connection, many: bool) -> rusqlite::Result<()> {
    let (parts, gathered) = if many {
        (PARTS_WHILE_FILLING, GATHERED_WHILE_FILLING)
    } else {
        (PARTS_WHEN_QUIET, GATHERED_WHEN_QUIET)
    };
    let stands: Option<i64> = sql
        .prepare_cached("SELECT v FROM search_text_config WHERE k = 'automerge'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    if stands == Some(parts) {
        return Ok(());
    }
    command(sql, "automerge", parts)?;
    command(sql, "hashsize", gathered)
}

/// Puts some of the parts of the index together and tells whether there was nothing left to do.
pub(super) fn settle_some(sql: &Connection) -> rusqlite::Result<bool> {
    let before = sql.total_changes();
    // A negative number asks for one part in the end.
    command(sql, "merge", -PAGES_OF_A_STEP)?;
    // FTS5 says it this way: the command itself counts as one change.
    let done = sql.total_changes() - before < 2;
    if done {
        sql.prepare_cached("UPDATE search_state SET settled = 1")?.execute([])?;
    }
    Ok(done)
}

/// Reads every word of the index.
pub(super) fn read_vocabulary(sql: &Connection) -> rusqlite::Result<Vocabulary> {
    let mut vocabulary = Vocabulary::of(changes(sql)?);
    let mut rows = sql.prepare_cached("SELECT term, doc FROM search_term")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        vocabulary.add(row.get_ref(0)?.as_str()?, row.get(1)?);
    }
    Ok(vocabulary)
}

/// Reads the list of words that was put away last, if there is one.
pub(super) fn put_away_vocabulary(sql: &Connection) -> rusqlite::Result<Option<Vocabulary>> {
    sql.prepare_cached("SELECT changes, counts, words FROM search_words")?
        .query_row([], |row| {
            Ok(Vocabulary::of_put_away(row.get(0)?, row.get_ref(1)?.as_blob()?, row.get(2)?))
        })
        .optional()
}

/// Puts the list of words away, so that the next process need not read the whole index.
pub(super) fn put_away(sql: &Connection, words: &Vocabulary) -> rusqlite::Result<()> {
    let (counts, spelt) = words.to_put_away();
    sql.prepare_cached(
        "INSERT OR REPLACE INTO search_words (one, changes, counts, words) VALUES (1, ?1, ?2, ?3)",
    )?
    .execute(params![words.changes, counts, spelt])?;
    Ok(())
}

/// Drops the list of words that was put away: it may hold a word that no entry holds any more.
pub(super) fn drop_put_away(sql: &Connection) -> rusqlite::Result<()> {
    sql.prepare_cached("DELETE FROM search_words")?.execute([])?;
    Ok(())
}

/// Tells whether an older version made the terms of the index.
pub(super) fn is_old(sql: &Connection) -> rusqlite::Result<bool> {
    sql.prepare_cached("SELECT version <> ?1 FROM search_state")?.query_row([INDEX_VERSION], |row| row.get(0))
}

/// Empties the index, puts every entry into the queue and tells how many wait.
pub(super) fn begin_anew(sql: &Connection) -> rusqlite::Result<u32> {
    sql.execute_batch(
        "DELETE FROM search_text;
         DELETE FROM search_row;
         DELETE FROM search_words;
         INSERT OR REPLACE INTO search_dirty (entry) SELECT id FROM entry WHERE trashed_at IS NULL ORDER BY order_key;",
    )?;
    sql.execute("UPDATE search_state SET version = ?1, changes = changes + 1", [INDEX_VERSION])?;
    waiting(sql)
}

fn command(sql: &Connection, name: &str, value: i64) -> rusqlite::Result<()> {
    sql.prepare_cached("INSERT INTO search_text (search_text, rank) VALUES (?1, ?2)")?
        .execute(params![name, value])?;
    Ok(())
}
