//! On this day: what was written on the same day of earlier years, or of earlier months while the journal is young.

use chrono::{Datelike, Months, NaiveDate};

use super::error::PastError;
use super::model::{Ago, Remembered};
use super::table;
use crate::day;
use crate::journal::get_row;
use crate::store::tx::Reader;

/// Entries of one day that are shown at most.
const PER_DAY: usize = 3;
/// Entries that are shown at most.
const MOST: usize = 9;
/// Months that are looked at while the journal is younger than a year.
const MONTHS: [u32; 3] = [1, 3, 6];

/// Gives what was written on this day before, the latest first. A day of February that a year does not have counts as its last.
pub fn on_this_day(reader: &Reader, today: NaiveDate) -> Result<Vec<Remembered>, PastError> {
    let mut found = in_years(reader, today)?;
    let young = table::first_day(reader.sql())?.is_some_and(|first| {
        found.is_empty() && year_before(today, 1).is_some_and(|year_ago| first > year_ago)
    });
    if young {
        for months in MONTHS {
            let Some(then) = today.checked_sub_months(Months::new(months)) else { continue };
            // The end of a longer month has no counterpart in a shorter one.
            if then.day() == today.day() {
                add(reader, &mut found, Ago::Months(months), then)?;
            }
        }
    }
    Ok(found)
}

/// Walks back from year to year, and over years in which nothing was written in one step.
fn in_years(reader: &Reader, today: NaiveDate) -> Result<Vec<Remembered>, PastError> {
    let mut found = Vec::new();
    let mut ago = 1;
    while found.len() < MOST {
        let Some(then) = year_before(today, ago) else { break };
        for on in days_like(today, then) {
            add(reader, &mut found, Ago::Years(ago), on)?;
        }
        let Some(earlier) = table::last_day_before(reader.sql(), then)? else { break };
        let to_its_year = u32::try_from(today.year() - earlier.year()).unwrap_or(u32::MAX);
        // The year of that earlier day may have it on this day or before it; never the same year twice.
        ago = to_its_year.max(ago + 1);
    }
    found.truncate(MOST);
    Ok(found)
}

fn year_before(today: NaiveDate, ago: u32) -> Option<NaiveDate> {
    let year = today.year().checked_sub(i32::try_from(ago).ok()?)?;
    if year < 1 {
        return None;
    }
    NaiveDate::from_ymd_opt(year, today.month(), today.day())
        .or_else(|| NaiveDate::from_ymd_opt(year, today.month(), 28))
}

/// Gives the days of a year that are remembered today: the last of February of a common year remembers the 29th too.
fn days_like(today: NaiveDate, then: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    let next = day::after(then, 1);
    let leap = (today.month(), today.day()) == (2, 28)
        && !today.leap_year()
        && (next.month(), next.day()) == (2, 29);
    std::iter::once(then).chain(leap.then_some(next))
}

fn add(reader: &Reader, found: &mut Vec<Remembered>, ago: Ago, on: NaiveDate) -> Result<(), PastError> {
    for id in table::entries_on(reader.sql(), on, PER_DAY)? {
        found.push(Remembered { ago, entry: get_row(reader, id)? });
    }
    Ok(())
}
