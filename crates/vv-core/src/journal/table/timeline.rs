//! Windows of the timeline: rows in order, counts and places, quick at a hundred thousand rows.
//!
//! Every filter reads one index in the order of the timeline. A window beyond the middle is read from the other end, so that
//! at most half of the rows are passed over.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::super::model::{EntryFilter, EntryPage, Place};
use super::super::moment::{DAY_MS, first_order_key};
use super::super::tag::tag_key;
use super::entries::read_row;
use super::{count_of, id_of};
use crate::ids::EntryId;
use crate::store::error::StoreError;

/// The rows a filter chooses, as the part of a query after FROM. Both sources have `order_key`; `id` is the entry.
struct Chosen {
    id: &'static str,
    from_where: String,
    params: Vec<Value>,
}

impl Chosen {
    fn new(sql: &Connection, filter: &EntryFilter) -> Result<Self, StoreError> {
        let mut chosen =
            if filter.tags.is_empty() { Self::by_order(filter) } else { Self::by_tags(sql, filter)? };
        if let Some(from) = filter.from {
            chosen.and("order_key >= ?", [Value::Integer(first_order_key(from))]);
        }
        if let Some(to) = filter.to {
            chosen.and("order_key < ?", [Value::Integer(first_order_key(to) + DAY_MS)]);
        }
        Ok(chosen)
    }

    fn by_order(filter: &EntryFilter) -> Self {
        let from_where = match (filter.trashed, filter.starred) {
            (false, false) => "entry INDEXED BY entry_timeline WHERE trashed_at IS NULL",
            (false, true) => "entry INDEXED BY entry_starred WHERE trashed_at IS NULL AND starred = 1",
            (true, false) => "entry INDEXED BY entry_trash WHERE trashed_at IS NOT NULL",
            (true, true) => "entry INDEXED BY entry_trash WHERE trashed_at IS NOT NULL AND starred = 1",
        };
        Self { id: "id", from_where: from_where.to_owned(), params: Vec::new() }
    }

    /// Walks along the tag that is used least and asks each of its entries for the others.
    fn by_tags(sql: &Connection, filter: &EntryFilter) -> Result<Self, StoreError> {
        let mut keys: Vec<(i64, String)> = Vec::new();
        for tag in &filter.tags {
            let key = tag_key(tag.trim());
            let count = if filter.tags.len() == 1 { 0 } else { count_tag(sql, &key, filter.trashed)? };
            keys.push((count, key));
        }
        keys.sort();
        keys.dedup();
        let mut keys = keys.into_iter().map(|(_, key)| Value::Text(key));
        let trashed = Value::Integer(i64::from(filter.trashed));
        let mut chosen = Self {
            id: "entry",
            from_where: "entry_tag AS t WHERE tag_key = ? AND trashed = ?".to_owned(),
            params: keys.next().into_iter().chain([trashed.clone()]).collect(),
        };
        for key in keys {
            let other = "EXISTS (SELECT 1 FROM entry_tag AS o WHERE o.tag_key = ? AND o.trashed = ? \
                         AND o.order_key = t.order_key AND o.entry = t.entry)";
            chosen.and(other, [key, trashed.clone()]);
        }
        if filter.starred {
            chosen.and("EXISTS (SELECT 1 FROM entry AS e WHERE e.id = t.entry AND e.starred = 1)", []);
        }
        Ok(chosen)
    }

    fn and<const N: usize>(&mut self, condition: &str, params: [Value; N]) {
        self.from_where.push_str(" AND ");
        self.from_where.push_str(condition);
        self.params.extend(params);
    }

    fn count(&self, sql: &Connection) -> Result<u32, StoreError> {
        let mut read = sql.prepare_cached(&format!("SELECT count(*) FROM {}", self.from_where))?;
        Ok(count_of(read.query_row(params_from_iter(&self.params), |row| row.get(0))?))
    }

    fn window(
        &self,
        sql: &Connection,
        newest: bool,
        offset: u32,
        limit: u32,
    ) -> Result<Vec<EntryId>, StoreError> {
        let (id, from_where) = (self.id, &self.from_where);
        let order = if newest { "DESC" } else { "ASC" };
        let mut read = sql.prepare_cached(&format!(
            "SELECT {id} FROM {from_where} ORDER BY order_key {order}, {id} {order} LIMIT ? OFFSET ?"
        ))?;
        let window = [Value::Integer(limit.into()), Value::Integer(offset.into())];
        let ids = read.query_map(params_from_iter(self.params.iter().chain(&window)), |row| {
            Ok(id_of(row.get_ref(0)?, EntryId::from_bytes)?)
        })?;
        Ok(ids.collect::<Result<_, _>>()?)
    }
}

fn count_tag(sql: &Connection, key: &str, trashed: bool) -> Result<i64, StoreError> {
    let mut read =
        sql.prepare_cached("SELECT count(*) FROM entry_tag WHERE tag_key = ?1 AND trashed = ?2")?;
    Ok(read.query_row((key, trashed), |row| row.get(0))?)
}

/// Counts the rows of a filter.
pub(crate) fn count(sql: &Connection, filter: &EntryFilter) -> Result<u32, StoreError> {
    Chosen::new(sql, filter)?.count(sql)
}

/// Reads a window, newest first, and counts all rows.
pub(crate) fn read_window(
    sql: &Connection,
    filter: &EntryFilter,
    offset: u32,
    limit: u32,
) -> Result<EntryPage, StoreError> {
    let chosen = Chosen::new(sql, filter)?;
    let total = chosen.count(sql)?;
    let limit = limit.min(total.saturating_sub(offset));
    let ids = if limit == 0 {
        Vec::new()
    } else if offset <= total / 2 {
        chosen.window(sql, true, offset, limit)?
    } else {
        let mut ids = chosen.window(sql, false, total - offset - limit, limit)?;
        ids.reverse();
        ids
    };
    let mut rows = Vec::with_capacity(ids.len());
    for id in ids {
        rows.extend(read_row(sql, id)?);
    }
    Ok(EntryPage { total, rows })
}

/// Finds the row, counted from the newest, at which an entry or a day stands; none when there is no such row.
pub(crate) fn locate(
    sql: &Connection,
    filter: &EntryFilter,
    place: Place,
) -> Result<Option<u32>, StoreError> {
    let mut newer = Chosen::new(sql, filter)?;
    match place {
        Place::Entry(id) => {
            let mut read = sql.prepare_cached("SELECT order_key FROM entry WHERE id = ?1")?;
            let mut rows = read.query([id.as_bytes()])?;
            let Some(row) = rows.next()? else { return Ok(None) };
            let key = Value::Integer(row.get(0)?);
            let blob = Value::Blob(id.as_bytes().to_vec());
            let mut itself = Chosen::new(sql, filter)?;
            itself.and(&format!("order_key = ? AND {} = ?", itself.id), [key.clone(), blob.clone()]);
            if itself.count(sql)? == 0 {
                return Ok(None);
            }
            newer.and(&format!("(order_key, {}) > (?, ?)", newer.id), [key, blob]);
            Ok(Some(newer.count(sql)?))
        }
        Place::Day(day) => {
            let total = newer.count(sql)?;
            newer.and("order_key >= ?", [Value::Integer(first_order_key(day) + DAY_MS)]);
            let row = newer.count(sql)?;
            Ok((row < total).then_some(row))
        }
    }
}
