//! The braid of a year: minutes learned and taught, week by week.
//!
//! A session counts in its lane, half in each when it was for both. What fills gain, practise or feedback of a loop counts as learned. It is
//! computed here from what the person can read, kept nowhere and sent nowhere.

use chrono::{Datelike as _, Days, NaiveDate};

use crate::day;
use crate::loops::{self, LoopError, LoopFilter, Part};
use crate::pairings::{self, Lane, PairingError, SessionState};
use crate::store::{Reader, StoreError};

/// How many weeks a braid has.
pub const WEEKS: u32 = 52;
/// What counts for something that filled a part of a loop, in minutes.
const FILLING: u32 = 10;

/// Holds a week of the braid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BraidWeek {
    /// Its Monday.
    pub from: NaiveDate,
    /// Minutes learned.
    pub learn: u32,
    /// Minutes taught.
    pub teach: u32,
}

/// Says why the braid could not be read.
#[derive(Debug, thiserror::Error)]
pub enum BraidError {
    /// A pairing could not be read.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// A loop could not be read.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Reads the weeks up to today, the oldest first.
pub fn read_braid(reader: &Reader<'_>) -> Result<Vec<BraidWeek>, BraidError> {
    let mut weeks = empty_weeks(day::today(reader));
    for id in pairings::every_pairing(reader)? {
        for session in pairings::list_sessions(reader, id)? {
            if session.state != SessionState::Held {
                continue;
            }
            let half = session.minutes / 2;
            let (learn, teach) = match session.lane {
                Some(Lane::Mine) => (session.minutes, 0),
                Some(Lane::Theirs) => (0, session.minutes),
                None => (half, half),
            };
            count(&mut weeks, session.on, learn, teach);
        }
    }
    for filter in [LoopFilter::Open, LoopFilter::Closed] {
        for row in loops::list_loops(reader, filter)? {
            for filling in loops::get_loop(reader, row.id)?.fillings {
                if filling.part != Part::Reflect {
                    count(&mut weeks, filling.on, FILLING, 0);
                }
            }
        }
    }
    Ok(weeks)
}

fn empty_weeks(today: NaiveDate) -> Vec<BraidWeek> {
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    (0..WEEKS)
        .rev()
        .filter_map(|back| monday.checked_sub_days(Days::new(u64::from(back) * 7)))
        .map(|from| BraidWeek { from, learn: 0, teach: 0 })
        .collect()
}

fn count(weeks: &mut [BraidWeek], on: NaiveDate, learn: u32, teach: u32) {
    // The first week that begins after the day comes right behind the one it lies in.
    let behind = weeks.partition_point(|week| week.from <= on);
    let Some(week) = behind.checked_sub(1).and_then(|at| weeks.get_mut(at)) else { return };
    if on < week.from + Days::new(7) {
        week.learn = week.learn.saturating_add(learn);
        week.teach = week.teach.saturating_add(teach);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_year_has_a_week_for_each_monday_up_to_this_one() {
        let weeks = empty_weeks(day("2026-11-22"));
        assert_eq!(weeks.len(), 52);
        assert_eq!(weeks.last().unwrap().from, day("2026-11-16"));
        assert_eq!(weeks.first().unwrap().from, day("2025-11-24"));
    }

    #[test]
    fn what_lies_before_the_first_week_or_after_the_last_is_not_counted() {
        let mut weeks = empty_weeks(day("2026-11-22"));
        for on in ["2025-11-23", "2026-11-23", "2027-06-01"] {
            count(&mut weeks, day(on), 60, 60);
        }
        assert!(weeks.iter().all(|week| week.learn + week.teach == 0));
        count(&mut weeks, day("2026-11-22"), 30, 0);
        count(&mut weeks, day("2025-11-24"), 0, 20);
        assert_eq!(weeks.last().map(|week| week.learn), Some(30));
        assert_eq!(weeks.first().map(|week| week.teach), Some(20));
    }
}
