//! The time somebody gives in a week, beside the time they planned, and how little is enough after quiet weeks.
//!
//! Minutes are counted from the times at which records were made, so that nothing has to watch anybody: a pause longer than
//! a few minutes is not counted, reading is not counted, and what a machine brings in at once is a minute. A week is missed
//! when nothing was written in it. Weeks begin on Monday. No number here is kept, and none of them goes on a list of days.

use chrono::{Datelike, NaiveDate, NaiveTime};

use super::error::PastError;
use super::table;
use crate::day;
use crate::journal::Moment;
use crate::store::hlc::clock_ms;
use crate::store::tx::Reader;

/// The longest pause between two records that still counts as writing.
const PAUSE_MS: u64 = 5 * 60 * 1000;
/// What a record counts that stands alone.
const ALONE_MS: u64 = 60 * 1000;
/// Records of each feed that are looked at, the latest.
const RECORDS: u32 = 5_000;
/// More quiet weeks than this ask no less.
const MOST_QUIET: u32 = 3;
/// The least that is asked.
const LEAST: u32 = 5;

/// Tells how a week stands beside its plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekGiven {
    /// Minutes since Monday in which something was written.
    pub minutes: u32,
    /// The minutes that were planned for a week.
    pub planned: u32,
    /// The minutes that are enough this week: those planned, fewer after quiet weeks.
    pub enough: u32,
}

/// Tells how this week stands beside a plan in minutes.
pub fn week_given(reader: &Reader, planned: u32) -> Result<WeekGiven, PastError> {
    let monday = monday_of(day::today(reader));
    let zone = reader.time_zone();
    let midnight = monday.and_time(NaiveTime::MIN);
    let begin = Moment::local(midnight, zone.as_deref()).or_else(|_| Moment::local(midnight, None));
    let from = begin.map_or_else(|_| midnight.and_utc(), |moment| moment.instant());
    let times = table::record_times(reader.sql(), reader.core().journal.sid, clock_ms(from), RECORDS)?;
    let quiet = quiet_weeks(reader)?;
    Ok(WeekGiven { minutes: minutes(times), planned, enough: enough(planned, quiet) })
}

/// Counts the whole weeks before this one, one after the other, in which nothing was written; none in a new journal.
pub fn quiet_weeks(reader: &Reader) -> Result<u32, PastError> {
    let monday = monday_of(day::today(reader));
    let Some(last) = table::last_day_before(reader.sql(), monday)? else { return Ok(0) };
    let weeks = (monday - monday_of(last)).num_weeks() - 1;
    Ok(u32::try_from(weeks).unwrap_or(0).min(MOST_QUIET))
}

/// Gives the minutes that are enough after so many quiet weeks: the plan shared by them, in fives.
fn enough(planned: u32, quiet_weeks: u32) -> u32 {
    let shared = planned.div_ceil(1 + quiet_weeks);
    shared.next_multiple_of(LEAST).max(LEAST).min(planned)
}

fn minutes(mut times: Vec<u64>) -> u32 {
    times.sort_unstable();
    let mut last: Option<u64> = None;
    let mut given = 0;
    for time in times {
        given += last.map(|last| time - last).filter(|pause| *pause <= PAUSE_MS).unwrap_or(ALONE_MS);
        last = Some(time);
    }
    u32::try_from(given.div_ceil(60 * 1000)).unwrap_or(u32::MAX)
}

fn monday_of(on: NaiveDate) -> NaiveDate {
    day::before(on, u64::from(on.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pause_is_counted_while_it_is_short_and_what_stands_alone_is_a_minute() {
        let at = |times: &[u64]| minutes(times.iter().map(|minute| minute * 60_000).collect());
        assert_eq!(at(&[]), 0);
        assert_eq!(at(&[10]), 1);
        assert_eq!(at(&[14, 10, 12]), 5, "in whatever order");
        assert_eq!(at(&[10, 12, 30, 31]), 5);
        assert_eq!(minutes(vec![1_000; 10_000]), 1, "what comes at once is a minute");
    }

    #[test]
    fn quiet_weeks_ask_less_and_never_more_than_was_planned() {
        let after = |weeks| enough(30, weeks);
        assert_eq!([after(0), after(1), after(2), after(3)], [30, 15, 10, 10]);
        assert_eq!((enough(5, 3), enough(45, 0), enough(3, 0)), (5, 45, 3));
    }
}
