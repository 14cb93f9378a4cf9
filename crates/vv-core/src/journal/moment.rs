//! When an entry was written: the instant, its own wall clock, its time zone, and the day it belongs to.
//!
//! The offset of the wall clock is kept beside the instant, so that a later change of a country's rules moves nothing that
//! was written. Years run from 1 to 9999 on the entry's own calendar; others are refused.

use chrono::{
    DateTime, Datelike, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone,
    Timelike, Utc,
};
use chrono_tz::Tz;

use super::error::JournalError;

/// The length of a day in the order.
pub(crate) const DAY_MS: i64 = 86_400_000;
/// Bits of a row id of search that tell entries of one second apart.
pub(crate) const SLOT_BITS: u32 = 20;

/// Holds an instant with the wall clock it was read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    at: DateTime<Utc>,
    offset: i32,
    time_zone: Option<String>,
}

impl Moment {
    /// Reads an instant on the wall clock of a time zone; without one, on that of UTC.
    pub fn at(at: DateTime<Utc>, time_zone: Option<&str>) -> Result<Self, JournalError> {
        let offset = match time_zone {
            Some(name) => parse_zone(name)?.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc(),
            None => 0,
        };
        Self::with_offset(at, offset, time_zone.map(str::to_owned))
    }

    /// Takes a wall-clock time in a time zone. A time that a change of clocks leaves out becomes the one an hour later by the
    /// new clock; of a time that comes twice the first is taken.
    pub fn local(local: NaiveDateTime, time_zone: Option<&str>) -> Result<Self, JournalError> {
        check_year(local.date(), "local_at")?;
        let offset = match time_zone {
            None => 0,
            Some(name) => {
                let zone = parse_zone(name)?;
                match zone.offset_from_local_datetime(&local) {
                    LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => {
                        offset.fix().local_minus_utc()
                    }
                    // The clock before the change: read on the clock after it, the time moves on by what was left out.
                    LocalResult::None => {
                        let before = local - Duration::hours(24);
                        let before = zone.offset_from_local_datetime(&before).earliest();
                        let before = before.map_or(0, |offset| offset.fix().local_minus_utc());
                        let at = (local - Duration::seconds(i64::from(before))).and_utc();
                        return Self::at(at, time_zone);
                    }
                }
            }
        };
        let at = (local - Duration::seconds(i64::from(offset))).and_utc();
        Self::with_offset(at, offset, time_zone.map(str::to_owned))
    }

    /// Takes an instant with the offset its source gives, in seconds east of UTC, and the time zone where one is known.
    pub fn with_offset(
        at: DateTime<Utc>,
        offset: i32,
        time_zone: Option<String>,
    ) -> Result<Self, JournalError> {
        if let Some(name) = &time_zone {
            parse_zone(name)?;
        }
        if offset.unsigned_abs() >= 86_400 {
            return Err(JournalError::invalid(
                "time_zone",
                "a wall clock is less than a day ahead of or behind UTC",
            ));
        }
        let at = DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at);
        let local = at.naive_utc().checked_add_signed(Duration::seconds(i64::from(offset)));
        check_year(local.map_or(NaiveDate::MAX, |local| local.date()), "at")?;
        Ok(Self { at, offset, time_zone })
    }

    /// Restores a moment from what a record holds; none when the record holds nonsense.
    pub(crate) fn restore(at_ms: i64, offset: i64, time_zone: Option<String>) -> Option<Self> {
        let at = DateTime::from_timestamp_millis(at_ms)?;
        let offset = i32::try_from(offset).ok()?;
        let known = time_zone.filter(|name| parse_zone(name).is_ok());
        Self::with_offset(at, offset, known).ok()
    }

    /// Takes the time of a record for an entry that does not say when it was written.
    pub(crate) fn of_record(at: DateTime<Utc>) -> Self {
        Self { at, offset: 0, time_zone: None }
    }

    /// Gives the instant.
    pub fn instant(&self) -> DateTime<Utc> {
        self.at
    }

    /// Gives the time on the wall clock.
    pub fn local_at(&self) -> NaiveDateTime {
        self.at.naive_utc() + Duration::seconds(i64::from(self.offset))
    }

    /// Gives how many seconds the wall clock is ahead of UTC.
    pub fn offset_seconds(&self) -> i32 {
        self.offset
    }

    /// Names the time zone, where it is known.
    pub fn time_zone(&self) -> Option<&str> {
        self.time_zone.as_deref()
    }
}

/// Says whether a day can stand in the notebook: its year runs from 1 to 9999.
pub(crate) fn check_year(day: NaiveDate, field: &'static str) -> Result<(), JournalError> {
    if (1..=9999).contains(&day.year()) {
        return Ok(());
    }
    Err(JournalError::invalid(field, "the year must lie between 1 and 9999"))
}

/// Reads a wall-clock time as a request gives it: `YYYY-MM-DDTHH:MM`, seconds if wanted.
pub(crate) fn parse_local(written: &str) -> Result<NaiveDateTime, JournalError> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(written.trim(), form).ok())
        .ok_or_else(|| JournalError::invalid("local_at", "a time is written like 2026-03-29T18:45"))
}

fn parse_zone(name: &str) -> Result<Tz, JournalError> {
    name.parse().map_err(|_| {
        JournalError::invalid("time_zone", "this time zone is not known; one is written like Europe/Berlin")
    })
}

/// Gives the place of an entry in the order: milliseconds since 0001-01-01 of its day at its wall-clock time.
pub(crate) fn order_key(on: NaiveDate, local_at: NaiveDateTime) -> i64 {
    let time = local_at.time();
    let ms = i64::from(time.num_seconds_from_midnight()) * 1000
        + i64::from(time.nanosecond() / 1_000_000).min(999);
    first_order_key(on) + ms
}

/// Gives the lowest place of a day in the order.
pub(crate) fn first_order_key(on: NaiveDate) -> i64 {
    (i64::from(on.num_days_from_ce()) - 1) * DAY_MS
}

/// Gives the day and time of day of a place in the order.
pub(crate) fn day_and_time(order_key: i64) -> (NaiveDate, NaiveTime) {
    let day = i32::try_from(order_key.div_euclid(DAY_MS)).unwrap_or(0) + 1;
    let ms = order_key.rem_euclid(DAY_MS);
    let seconds = u32::try_from(ms / 1000).unwrap_or(0);
    let nanos = u32::try_from(ms % 1000).unwrap_or(0) * 1_000_000;
    (
        NaiveDate::from_num_days_from_ce_opt(day).unwrap_or_default(),
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos).unwrap_or_default(),
    )
}

/// Gives the lowest row id of search for the second in which a place of the order lies.
pub(crate) fn first_sort_id(order_key: i64) -> i64 {
    order_key.div_euclid(1000) << SLOT_BITS
}

/// Gives the lowest row id of search for a day: every entry on or after that day has this or a higher one.
pub(crate) fn first_sort_id_on(on: NaiveDate) -> i64 {
    first_sort_id(first_order_key(on))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local(text: &str) -> NaiveDateTime {
        parse_local(text).unwrap()
    }

    #[test]
    fn a_wall_clock_time_is_read_in_its_zone() {
        let moment = Moment::local(local("2026-07-01T09:30"), Some("America/New_York")).unwrap();
        assert_eq!(moment.instant().to_rfc3339(), "2026-07-01T13:30:00+00:00");
        assert_eq!(moment.local_at(), local("2026-07-01T09:30"));
    }

    #[test]
    fn a_time_that_the_clock_skips_moves_on_by_the_skipped_hour() {
        let moment = Moment::local(local("2026-03-29T02:30"), Some("Europe/Berlin")).unwrap();
        assert_eq!(moment.local_at(), local("2026-03-29T03:30"));
    }

    #[test]
    fn of_a_time_that_comes_twice_the_first_is_taken() {
        let moment = Moment::local(local("2026-10-25T02:30"), Some("Europe/Berlin")).unwrap();
        assert_eq!(moment.instant().to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }

    #[test]
    fn an_unknown_zone_and_years_out_of_range_are_refused() {
        assert!(matches!(
            Moment::at(Utc::now(), Some("Mars/Base")),
            Err(JournalError::Invalid { field: "time_zone", .. })
        ));
        for year in [0, -5, 10_000, 99_999] {
            let day = NaiveDate::from_ymd_opt(year, 6, 1).unwrap();
            assert!(check_year(day, "on").is_err());
            assert!(Moment::local(day.and_time(NaiveTime::MIN), None).is_err());
        }
    }

    #[test]
    fn the_edges_of_the_calendar_stand_in_order() {
        let first = NaiveDate::from_ymd_opt(1, 1, 1).unwrap();
        let last = NaiveDate::from_ymd_opt(9999, 12, 31).unwrap();
        assert_eq!(order_key(first, first.and_time(NaiveTime::MIN)), 0);
        let end = last.and_hms_milli_opt(23, 59, 59, 999).unwrap();
        let key = order_key(last, end);
        assert_eq!(day_and_time(key), (last, end.time()));
        assert!(first_sort_id(key) > first_sort_id_on(last) && first_sort_id(key) < i64::MAX >> 3);
    }

    #[test]
    fn a_change_of_rules_later_moves_nothing_that_was_kept() {
        let moment = Moment::restore(0, 7_200, Some("Europe/Berlin".into())).unwrap();
        assert_eq!(moment.local_at(), local("1970-01-01T02:00"));
    }
}
