//! The look back gathers its own material: what was written, loops that moved, intentions, who taught.

use chrono::NaiveDate;

use super::error::PastError;
use super::model::LookBack;
use super::table;
use crate::intentions;
use crate::journal::{EntryFilter, list_entries, read_calendar};
use crate::loops;
use crate::store::tx::Reader;

/// Entries that are listed.
const ENTRIES: u32 = 100;

/// Gathers what there is to look back at between two days, inclusive.
pub fn look_back(reader: &Reader, from: NaiveDate, to: NaiveDate) -> Result<LookBack, PastError> {
    let filter = EntryFilter { from: Some(from), to: Some(to), ..EntryFilter::default() };
    let page = list_entries(reader, &filter, 0, ENTRIES)?;
    let words = read_calendar(reader, from, to)?.iter().map(|day| day.words).sum();
    let sql = reader.sql();
    Ok(LookBack {
        from,
        to,
        entry_count: page.total,
        word_count: words,
        entries: page.rows,
        loops: loops::touched_between(sql, from, to)?,
        intentions: intentions::made_or_answered_between(sql, from, to)?,
        people: table::people_between(sql, from, to)?,
    })
}
