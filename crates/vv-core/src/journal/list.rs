//! Reading many entries at once: windows of the timeline, places in it, tags, days, titles to link to.

use chrono::NaiveDate;

use super::error::JournalError;
use super::model::{CalendarDay, EntryFilter, EntryPage, LinkTarget, Place, TagCount};
use super::moment::check_year;
use super::table::{entries, timeline};
use crate::store::tx::Reader;

/// Rows that one window holds at most.
const MAX_ROWS: u32 = 500;
/// Titles that are offered for one link.
const MAX_LINKS: u32 = 20;

/// Gives a window of the timeline, newest first, of at most 500 rows.
pub fn list_entries(
    reader: &Reader,
    filter: &EntryFilter,
    offset: u32,
    limit: u32,
) -> Result<EntryPage, JournalError> {
    check_filter(filter)?;
    Ok(timeline::read_window(reader.sql(), filter, offset, limit.min(MAX_ROWS))?)
}

/// Counts the entries a filter chooses.
pub fn count_entries(reader: &Reader, filter: &EntryFilter) -> Result<u32, JournalError> {
    check_filter(filter)?;
    Ok(timeline::count(reader.sql(), filter)?)
}

/// Finds the row of the timeline at which an entry or day stands; none when it has none under this filter.
pub fn locate_entry(
    reader: &Reader,
    filter: &EntryFilter,
    place: Place,
) -> Result<Option<u32>, JournalError> {
    check_filter(filter)?;
    if let Place::Day(day) = place {
        check_year(day, "on")?;
    }
    Ok(timeline::locate(reader.sql(), filter, place)?)
}

/// Lists the tags in use outside the trash, most used first.
pub fn list_tags(reader: &Reader) -> Result<Vec<TagCount>, JournalError> {
    Ok(entries::count_tags(reader.sql())?)
}

/// Gives the days from `from` to `to`, inclusive, on which something was written, in order; the trash apart.
pub fn read_calendar(
    reader: &Reader,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Vec<CalendarDay>, JournalError> {
    check_year(from, "from")?;
    check_year(to, "to")?;
    Ok(entries::count_days(reader.sql(), from, to)?)
}

/// Finds entries whose title begins so, or whose first words do where they have no title; newest first, at most 20.
pub fn find_link(reader: &Reader, beginning: &str) -> Result<Vec<LinkTarget>, JournalError> {
    Ok(entries::find_titles(reader.sql(), beginning, MAX_LINKS)?)
}

fn check_filter(filter: &EntryFilter) -> Result<(), JournalError> {
    for (day, field) in [(filter.from, "from"), (filter.to, "to")] {
        if let Some(day) = day {
            check_year(day, field)?;
        }
    }
    Ok(())
}
