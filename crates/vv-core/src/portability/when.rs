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

/// Reads a date as people have it written for them: with the name of the day before, `at` between day and time, figures in the
/// order of their country, or the offset of a clock as `GMT+2`.
pub(crate) fn read_loosely(text: &str, month_first: bool) -> Result<Written, NoDate> {
    let text: String =
        text.trim().chars().map(|letter| if letter.is_whitespace() { ' ' } else { letter }).collect();
    match read(&text) {
        Err(NoDate::NotADate) => {}
        other => return other,
    }
    let text = text.replace(',', " ").replace(" at ", " ").replace(" um ", " ");
    let mut words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let is_word = |word: &str| word.chars().all(|letter| letter.is_alphabetic() || letter == '.');
    if words.len() > 2 && is_word(words[0]) && !words[1].contains(':') && month_of(words[0]).is_none() {
        words.remove(0);
    }
    let clock = words.iter().position(|word| word.contains(':')).unwrap_or(words.len());
    let (day, time) = words.split_at(clock);
    let day = day_of_words(&day.join(" "), month_first)?;
    let mut time: Vec<String> = time.iter().map(|word| (*word).to_owned()).collect();
    if let Some(zone) = time.last_mut().filter(|word| word.starts_with("GMT") || word.starts_with("UTC")) {
        let offset = zone[3..].to_owned();
        *zone = match offset.len() {
            0 => "Z".to_owned(),
            2 if offset.starts_with(['+', '-']) => format!("{}0{}", &offset[..1], &offset[1..]),
            _ => offset,
        };
    } else if time.len() > 1 && time.last().is_some_and(|word| is_zone(word)) {
        // CET and the like: the wall clock is what counts.
        time.pop();
    }
    with_time(day, &time.join(" ")).ok_or(NoDate::NotADate)
}

fn is_zone(word: &str) -> bool {
    (2..=5).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !matches!(word, "AM" | "PM")
}

/// Reads a day without a time of day.
fn day_of_words(text: &str, month_first: bool) -> Result<NaiveDate, NoDate> {
    if let Ok((day, "")) = day_first(text) {
        return Ok(day);
    }
    let parts: Vec<&str> = text.split([' ', '/', '.', '-']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return Err(NoDate::NotADate) };
    let number = |text: &str| text.parse::<u32>().map_err(|_| NoDate::NotADate);
    let dots = text.contains('.');
    let (day, month, year) = match (month_of(first), month_of(second)) {
        (_, Some(month)) if first.len() <= 2 => (number(first)?, month, third),
        (_, Some(month)) => (number(third)?, month, first),
        (Some(month), None) => (number(second)?, month, third),
        (None, None) if month_first && !dots => (number(second)?, number(first)?, third),
        (None, None) => (number(first)?, number(second)?, third),
    };
    let full = if year.len() == 2 { number(year)? + 2_000 } else { number(year)? };
    if year.len() != 2 && !(3..=9).contains(&year.len()) {
        return Err(NoDate::NotADate);
    }
    in_years(full.into())?;
    NaiveDate::from_ymd_opt(i32::try_from(full).map_err(|_| NoDate::OutOfYears)?, month, day)
        .ok_or(NoDate::NotADate)
}

/// The names of the months in English, which is what journals write.
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Reads the name of a month, whole or its first three letters.
fn month_of(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.').to_ascii_lowercase();
    let is_it = |month: &&str| {
        **month == word
            || word.len() == 3 && month.starts_with(&word)
            || word == "sept" && month.starts_with(&word)
    };
    MONTHS.iter().position(is_it).map(|at| at as u32 + 1)
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
            if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
                return None;
            }
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
    fn dates_as_people_have_them_written_are_read() {
        let read = |text: &str, month_first| {
            read_loosely(text, month_first).unwrap().moment(Some("Europe/Berlin")).unwrap()
        };
        for (text, month_first, local) in [
            ("15 January 2024 at 10:05:00 GMT+1", false, "2024-01-15 10:05:00"),
            ("January 15, 2024 at 10:05:00\u{202F}PM PST", false, "2024-01-15 22:05:00"),
            ("Monday, 15 January 2024 at 10:05", false, "2024-01-15 10:05:00"),
            ("2024 Jan 15 10:05", false, "2024-01-15 10:05:00"),
            ("15.01.2024 10:05", true, "2024-01-15 10:05:00"),
            ("01/02/2024 10:05 AM", true, "2024-01-02 10:05:00"),
            ("01/02/2024 10:05", false, "2024-02-01 10:05:00"),
            ("Mon 2024-01-15 10:05", false, "2024-01-15 10:05:00"),
            ("15 Sept 24", false, "2024-09-15 12:00:00"),
        ] {
            assert_eq!(read(text, month_first).local_at().to_string(), local, "{text}");
        }
        for text in ["x done", "", "10:05", "1/2", "32.01.2024", "todo: call 10:05", "1 of 3"] {
            assert!(read_loosely(text, false).is_err(), "{text}");
        }
    }

    #[test]
    fn what_stands_for_a_zone_and_is_none_is_no_date() {
        for zone in ["+\u{FFFD}1", "+é", "-ab", "+1x:3", "+--11"] {
            assert!(read(&format!("2026-11-19 18:42 {zone}")).is_err(), "{zone}");
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
