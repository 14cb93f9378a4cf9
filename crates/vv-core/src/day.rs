//! Days: which day it is where the person is, and how a day stands in records and tables.
//!
//! Loops, goals, intentions and what returns count in days, never in instants: what is due on a day is due on that day wherever
//! the person wakes up. A day is kept as the number of days since 0001-01-01, which is day 1.

use chrono::{Datelike, Days, NaiveDate};

use crate::journal::Moment;
use crate::store::op::Value;
use crate::store::tx::Reader;
use crate::words::Unfit;

/// Tells which day it is on this computer's clock, in its time zone.
pub fn today(reader: &Reader) -> NaiveDate {
    let zone = reader.time_zone();
    Moment::at(reader.now(), zone.as_deref())
        .or_else(|_| Moment::at(reader.now(), None))
        .map_or_else(|_| reader.now().date_naive(), |moment| moment.local_at().date())
}

/// Gives the day so many days after another; the last one of the calendar when there is no such day.
pub fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(NaiveDate::MAX)
}

/// Gives the day so many days before another; the first one of the calendar when there is no such day.
pub fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(NaiveDate::MIN)
}

/// Checks that the year of a day can stand in the notebook.
pub(crate) fn check(day: NaiveDate, field: &'static str) -> Result<NaiveDate, Unfit> {
    if (1..=9999).contains(&day.year()) {
        return Ok(day);
    }
    Err(Unfit { field, why: "the year must lie between 1 and 9999".to_owned() })
}

/// Gives the number of a day.
pub(crate) fn number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// Gives the day of a number; none when there is no such day in the notebook.
pub(crate) fn of_number(number: i64) -> Option<NaiveDate> {
    let day = NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)?;
    (1..=9999).contains(&day.year()).then_some(day)
}

/// Gives the day of a value; none when it holds no day.
pub(crate) fn of_value(value: Option<&Value>) -> Option<NaiveDate> {
    of_number(value?.as_int()?)
}

/// Gives the value of a day, or nothing.
pub(crate) fn value(day: Option<NaiveDate>) -> Value {
    day.map_or(Value::Null, |day| Value::Int(number(day)))
}
