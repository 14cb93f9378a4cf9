//! Reads the dates that people and programs write.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use crate::journal::JournalError;
use crate::journal::moment::Moment;

/// Is a date as it was written: a day, perhaps a time of day, perhaps how far its clock is ahead of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) day: NaiveDate,
    pub(crate) time: Option<NaiveTime>,
    /// Seconds east of UTC.
    pub(crate) offset: Option<i32>,
}

/// Says why a date cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoDate {
    /// It is not a date in any form known here.
    NotADate,
    /// Its year lies outside of 1 to 9999.
    OutOfYears,
}

/// Is the time of day of an entry whose source names only a day.
const NOON: NaiveTime = NaiveTime::from_hms_opt(12, 0, 0).expect("noon is a time of day");

impl Written {
    /// Makes a moment of it, on the clock of `time_zone` when it does not name its own.
    pub(crate) fn moment(&self, time_zone: Option<&str>) -> Result<Moment, JournalError> {
        let local = self.day.and_time(self.time.unwrap_or(NOON));
        match self.offset {
            None => Moment::local(local, time_zone),
            Some(offset) => {
                let at = (local - Duration::seconds(i64::from(offset))).and_utc();
                // With a zone the wall clock is the zone's; an instant in UTC is the usual way to write it down.
                match time_zone {
                    Some(zone) => Moment::at(at, Some(zone)),
                    None => Moment::with_offset(at, offset, None),
                }
            }
        }
    }
}

/// Reads a date as it stands in front matter.
pub(crate) fn read(text: &str) -> Result<Written, NoDate> {
    let text = text.trim();
    match day_first(text) {
        Err(NoDate::NotADate) => {}
        other => {
            let (day, rest) = other?;
            return with_time(day, rest).ok_or(NoDate::NotADate);
        }
    }
    if let Some(written) = seconds(text) {
        return Ok(written);
    }
    for form in ["%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%A, %d %B %Y", "%A, %B %d, %Y"] {
        if let Ok(day) = NaiveDate::parse_from_str(text, form) {
            return in_years(day.year().into()).map(|()| Written { day, time: None, offset: None });
        }
    }
    DateTime::parse_from_rfc2822(text)
        .map(|at| Written {
            day: at.date_naive(),
            time: Some(at.time()),
            offset: Some(at.offset().local_minus_utc()),
        })
        .map_err(|_| NoDate::NotADate)
}

/// Reads the date a file name begins with, and gives the rest of the name.
pub(crate) fn of_file_name(stem: &str) -> Option<(Result<Written, NoDate>, &str)> {
    let (day, rest) = match day_first(stem) {
        Ok(found) => found,
        Err(NoDate::OutOfYears) => return Some((Err(NoDate::OutOfYears), stem)),
        Err(NoDate::NotADate) => return None,
    };
    if rest.starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    let title = rest
        .trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '_' | '.' | ','));
    Some((Ok(Written { day, time: None, offset: None }), title))
}

/// Reads `YYYY-MM-DD`, `YYYY/MM/DD`, `YYYY.MM.DD`, `YYYY_MM_DD` or `YYYYMMDD` and gives what follows.
fn day_first(text: &str) -> Result<(NaiveDate, &str), NoDate> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (year, month, day, rest) = if digits == 8 {
        (&text[..4], &text[4..6], &text[6..8], &text[8..])
    } else {
        let rest = &text[digits..];
        let sign = rest
            .chars()
            .next()
            .filter(|sign| matches!(sign, '-' | '/' | '.' | '_'))
            .ok_or(NoDate::NotADate)?;
        if !(1..=9).contains(&digits) || digits == 2 {
            return Err(NoDate::NotADate);
        }
        let two = |text: &str| text.bytes().take(2).take_while(u8::is_ascii_digit).count();
        let month = &rest[1..];
        let month_digits = two(month);
        let day = month[month_digits..].strip_prefix(sign).ok_or(NoDate::NotADate)?;
        let day_digits = two(day);
        if month_digits == 0 || day_digits == 0 {
            return Err(NoDate::NotADate);
        }
        (&text[..digits], &month[..month_digits], &day[..day_digits], &day[day_digits..])
    };
    let number = |text: &str| text.parse::<i64>().map_err(|_| NoDate::NotADate);
    let (year, month, day) = (number(year)?, number(month)?, number(day)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return Err(NoDate::NotADate);
    }
    in_years(year)?;
    NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32)
        .map(|day| (day, rest))
        .ok_or(NoDate::NotADate)
}

fn in_years(year: i64) -> Result<(), NoDate> {
    if (1..=9999).contains(&year) { Ok(()) } else { Err(NoDate::OutOfYears) }
}

/// Reads the time of day and the offset that may follow a day.
fn with_time(day: NaiveDate, rest: &str) -> Option<Written> {
    let rest =
        rest.trim_start_matches(|letter: char| letter.is_whitespace() || matches!(letter, 'T' | 't' | ','));
    if rest.is_empty() {
        return Some(Written { day, time: None, offset: None });
    }
    let end = rest
        .find(|letter: char| !(letter.is_ascii_digit() || matches!(letter, ':' | '.')))
        .unwrap_or(rest.len());
    let (clock, tail) = rest.split_at(end);
    let mut time = ["%H:%M:%S%.f", "%H:%M", "%H.%M"]
        .iter()
        .find_map(|form| NaiveTime::parse_from_str(clock, form).ok())?;
    let mut tail = tail.trim();
    let upper = tail.to_ascii_uppercase();
    if upper.starts_with("AM") || upper.starts_with("PM") {
        let hour = NaiveDateTime::new(day, time).format("%H").to_string().parse::<u32>().ok()?;
        if !(1..=12).contains(&hour) {
            return None;
        }
        let shift = i64::from(upper.starts_with("PM")) * 12 - i64::from(hour == 12) * 12;
        time += Duration::hours(shift);
        tail = tail[2..].trim();
    }
    let offset = match tail {
        "" => None,
        "Z" | "z" | "UTC" | "GMT" => Some(0),
        sign => {
            let east = match sign.as_bytes().first()? {
                b'+' => 1,
                b'-' => -1,
                _ => return None,
            };
            let digits: String = sign[1..].chars().filter(|letter| *letter != ':').collect();
            let (hours, minutes) = match digits.len() {
                2 => (digits.as_str(), "0"),
                4 => digits.split_at(2),
                _ => return None,
            };
            Some(east * (hours.parse::<i32>().ok()? * 3600 + minutes.parse::<i32>().ok()? * 60))
        }
    };
    Some(Written { day, time: Some(time), offset })
}

/// Reads seconds or milliseconds since 1970.
fn seconds(text: &str) -> Option<Written> {
    let number: i64 = text.parse().ok()?;
    let at = match text.len() {
        9 | 10 => DateTime::<Utc>::from_timestamp(number, 0)?,
        12 | 13 => DateTime::<Utc>::from_timestamp_millis(number)?,
        _ => return None,
    };
    Some(Written { day: at.date_naive(), time: Some(at.time()), offset: Some(0) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(text: &str, zone: Option<&str>) -> String {
        read(text).unwrap().moment(zone).unwrap().instant().to_rfc3339()
    }

    #[test]
    fn the_usual_ways_to_write_a_date_are_read() {
        for (text, instant) in [
            ("2026-11-19T18:42:00Z", "2026-11-19T18:42:00+00:00"),
            ("2026-11-19 18:42", "2026-11-19T17:42:00+00:00"),
            ("2026-11-19 18:42:07.250 +0530", "2026-11-19T13:12:07.250+00:00"),
            ("2026-11-19T18:42:00-05", "2026-11-19T23:42:00+00:00"),
            ("2026/11/19, 6:42 PM", "2026-11-19T17:42:00+00:00"),
            ("2026-11-19 12:05 am", "2026-11-18T23:05:00+00:00"),
            ("20261119", "2026-11-19T11:00:00+00:00"),
            ("19 November 2026", "2026-11-19T11:00:00+00:00"),
            ("Nov 19, 2026", "2026-11-19T11:00:00+00:00"),
            ("1763577720", "2025-11-19T18:42:00+00:00"),
            ("1763577720000", "2025-11-19T18:42:00+00:00"),
            ("Thu, 19 Nov 2026 18:42:00 +0100", "2026-11-19T17:42:00+00:00"),
        ] {
            assert_eq!(utc(text, Some("Europe/Berlin")), instant, "{text}");
        }
    }

    #[test]
    fn years_out_of_range_are_told_apart_from_what_is_no_date() {
        for text in ["0000-01-01", "99999-01-01", "10000-05-05 12:00", "00000101"] {
            assert_eq!(read(text), Err(NoDate::OutOfYears), "{text}");
        }
        for text in
            ["soon", "", "2026-13-01", "2026-02-30", "2026-11-19 25:00", "12-11-2026", "2026-11-19 noon"]
        {
            assert_eq!(read(text), Err(NoDate::NotADate), "{text}");
        }
    }

    #[test]
    fn a_file_name_gives_its_date_and_its_title() {
        let (day, title) = of_file_name("2026-11-19 The question").unwrap();
        assert_eq!((day.unwrap().day.to_string(), title), ("2026-11-19".to_owned(), "The question"));
        assert_eq!(of_file_name("2026-11-19").unwrap().1, "");
        assert_eq!(of_file_name("20261119-plan").unwrap().1, "plan");
        assert!(of_file_name("Plan 2026-11-19").is_none());
        assert!(of_file_name("1234-5-67").is_none());
        assert_eq!(of_file_name("99999-01-01 x").unwrap().0, Err(NoDate::OutOfYears));
    }
}
