//! Reading single entries, tags and days.

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::super::model::{CalendarDay, EntryRow, LinkTarget, TagCount};
use super::super::moment::{DAY_MS, Moment, day_and_time, first_order_key};
use super::super::record::{instant_of, origin_of};
use super::super::tag::tag_key;
use super::{count_of, id_of};
use crate::ids::EntryId;
use crate::store::error::StoreError;

/// Holds what the row of an entry says beyond the timeline.
pub(crate) struct KeptEntry {
    pub(crate) row: EntryRow,
    pub(crate) moment: Moment,
    pub(crate) imported: bool,
    pub(crate) word_count: u32,
    pub(crate) changed_at_ms: i64,
}

pub(super) const ROW: &str =
    "id, title, excerpt, order_key, tags, starred, trashed_at IS NOT NULL, attachment_count, origin";

/// Reads a row that was selected as [`ROW`].
pub(super) fn row_of(row: &Row<'_>) -> rusqlite::Result<EntryRow> {
    let (on, time) = day_and_time(row.get(3)?);
    let tags: String = row.get(4)?;
    Ok(EntryRow {
        id: id_of(row.get_ref(0)?, EntryId::from_bytes)?,
        title: row.get(1)?,
        excerpt: row.get(2)?,
        on,
        time: time.format("%H:%M").to_string(),
        tags: tags.lines().map(str::to_owned).collect(),
        starred: row.get(5)?,
        trashed: row.get(6)?,
        has_attachments: row.get::<_, i64>(7)? > 0,
        origin: origin_of(row.get(8)?),
    })
}

/// Reads one row of the timeline.
pub(crate) fn read_row(sql: &Connection, id: EntryId) -> Result<Option<EntryRow>, StoreError> {
    let mut read = sql.prepare_cached(&format!("SELECT {ROW} FROM entry WHERE id = ?1"))?;
    Ok(read.query_row([id.as_bytes()], row_of).optional()?)
}

/// Reads all that the row of an entry says.
pub(crate) fn read_entry(sql: &Connection, id: EntryId) -> Result<Option<KeptEntry>, StoreError> {
    let mut read = sql.prepare_cached(&format!(
        "SELECT {ROW}, at_ms, at_offset, time_zone, source_app IS NOT NULL, word_count, changed_at FROM entry WHERE id = ?1"
    ))?;
    let kept = read.query_row([id.as_bytes()], |row| {
        let at_ms: i64 = row.get(9)?;
        let moment = Moment::restore(at_ms, row.get(10)?, row.get(11)?);
        Ok(KeptEntry {
            row: row_of(row)?,
            moment: moment.unwrap_or_else(|| Moment::of_record(instant_of(at_ms))),
            imported: row.get(12)?,
            word_count: count_of(row.get(13)?),
            changed_at_ms: row.get(14)?,
        })
    });
    Ok(kept.optional()?)
}

/// Finds the entry that came from this place in another program.
pub(crate) fn find_by_source(sql: &Connection, app: &str, id: &str) -> Result<Option<EntryId>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT id FROM entry WHERE source_app = ?1 AND source_id = ?2 AND source_id IS NOT NULL ORDER BY id LIMIT 1",
    )?;
    Ok(read.query_row(params![app, id], |row| Ok(id_of(row.get_ref(0)?, EntryId::from_bytes)?)).optional()?)
}

/// Lists the entries of the trash.
pub(crate) fn ids_in_trash(sql: &Connection) -> Result<Vec<EntryId>, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT id FROM entry WHERE trashed_at IS NOT NULL ORDER BY order_key, id")?;
    let ids = read.query_map([], |row| Ok(id_of(row.get_ref(0)?, EntryId::from_bytes)?))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Counts the tags of entries outside the trash, each as its newest entry spells it.
pub(crate) fn count_tags(sql: &Connection) -> Result<Vec<TagCount>, StoreError> {
    // With max(), SQLite takes the other columns from the row that holds the maximum.
    let mut read = sql.prepare_cached(
        "SELECT tag, count(*), max(order_key) FROM entry_tag WHERE trashed = 0 GROUP BY tag_key",
    )?;
    let rows = read.query_map([], |row| Ok(TagCount { tag: row.get(0)?, count: count_of(row.get(1)?) }))?;
    let mut tags: Vec<TagCount> = rows.collect::<Result<_, _>>()?;
    tags.sort_by_cached_key(|tag| (std::cmp::Reverse(tag.count), tag_key(&tag.tag)));
    Ok(tags)
}

/// Counts entries and words for each day that has some, trash apart.
pub(crate) fn count_days(
    sql: &Connection,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<CalendarDay>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT min(order_key), count(*), sum(word_count) FROM entry INDEXED BY entry_timeline \
         WHERE trashed_at IS NULL AND order_key >= ?1 AND order_key < ?2 GROUP BY order_key / 86400000 ORDER BY 1",
    )?;
    let range = params![first_order_key(from), first_order_key(to) + DAY_MS];
    let days = read.query_map(range, |row| {
        Ok(CalendarDay {
            on: day_and_time(row.get(0)?).0,
            entries: count_of(row.get(1)?),
            words: count_of(row.get(2)?),
        })
    })?;
    Ok(days.collect::<Result<_, _>>()?)
}

/// Finds entries whose title, or whose first words where there is none, begin so; newest first.
pub(crate) fn find_titles(
    sql: &Connection,
    beginning: &str,
    limit: u32,
) -> Result<Vec<LinkTarget>, StoreError> {
    let from = beginning.trim_start().to_lowercase();
    let to = format!("{from}\u{10ffff}");
    let mut read = sql.prepare_cached(
        "SELECT id, title, excerpt, order_key FROM entry WHERE rowid IN (SELECT rowid FROM entry INDEXED BY entry_title \
         WHERE trashed_at IS NULL AND title_key >= ?1 AND title_key < ?2 ORDER BY order_key DESC LIMIT ?3) \
         ORDER BY order_key DESC, id DESC",
    )?;
    let found = read.query_map(params![from, to, limit], |row| {
        let title: String = row.get(1)?;
        Ok(LinkTarget {
            id: id_of(row.get_ref(0)?, EntryId::from_bytes)?,
            title: if title.is_empty() { row.get(2)? } else { title },
            on: day_and_time(row.get(3)?).0,
        })
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
