//! Growth: what a stretch of the journal looks like from afar, as numbers that pictures are drawn of.
//!
//! It reads and counts, and keeps nothing: topics over time are the tags month by month, the words of a year those that stand in
//! most of its entries. Start at `topics.rs` and `words.rs`. How it is drawn is the interface's business, and so is the calendar,
//! which the journal counts itself.

mod braid;
mod common_words;
#[cfg(test)]
mod tests;
mod topics;
mod words;

pub use braid::{BraidError, BraidWeek, WEEKS, read_braid};
pub use topics::{Topic, Topics, read_topics};
pub use words::{YearWord, read_words};

use chrono::NaiveDate;

use crate::journal::{EntryFilter, EntryRow, JournalError, list_entries};
use crate::store::Reader;

const WINDOW: u32 = 500;

/// Hands every entry from one day to another, inclusive, to `each`, newest first; the trash apart.
fn each_entry(
    reader: &Reader<'_>,
    from: NaiveDate,
    to: NaiveDate,
    mut each: impl FnMut(EntryRow) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    let filter = EntryFilter { from: Some(from), to: Some(to), ..EntryFilter::default() };
    let mut offset = 0;
    loop {
        let page = list_entries(reader, &filter, offset, WINDOW)?;
        if page.rows.is_empty() {
            return Ok(());
        }
        offset += page.rows.len() as u32;
        page.rows.into_iter().try_for_each(&mut each)?;
    }
}
