//! Calendars: a session as a file that any calendar takes, and an invitation that comes as one.
//!
//! A calendar is read by others, so a file that goes out holds time, place and what the caller calls it, and never the case. A file that
//! comes in is bounded before it is read: its size, its lines, how deep it nests.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use icalendar::parser::{Component as Parsed, Property, read_calendar as parse, unfold};
use icalendar::{Calendar, Component, Event, EventLike, EventStatus};

use super::charter::open_home;
use super::error::PairingError;
use super::home::{commit, home_of};
use super::model::{NewSession, SessionState, Who};
use super::record::session;
use super::sessions::{cancel_session, get_of, move_session, propose_session, read_row};
use super::table;
use crate::ids::{PairSessionId, PairingId};
use crate::store::op::{Op, Value};
use crate::store::{Reader, Tx};
use crate::words::line;

/// The most bytes a calendar file may have that is read. Whoever reads one from a disk looks at its size first.
pub const MAX_CALENDAR_BYTES: usize = 256 * 1024;
/// How many lines it may have.
const MAX_LINES: usize = 5_000;
/// How deep its parts may lie within each other.
const MAX_DEPTH: usize = 6;
/// The longest meeting that is taken for one, in minutes.
const MAX_MINUTES: i64 = 24 * 60;

/// Holds what a calendar invitation says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarInvitation {
    /// By what calendars know it.
    pub uid: String,
    /// How it is called.
    pub summary: String,
    /// When it begins.
    pub starts_at: DateTime<Utc>,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// Whether it was called off.
    pub is_cancelled: bool,
}

/// Writes a session as a calendar file. `summary` is what others may read; the case is not in it.
///
/// # Errors
/// [`PairingError::NotThere`] for a session that has no time.
pub fn session_calendar(
    reader: &Reader,
    id: PairingId,
    of: PairSessionId,
    summary: &str,
) -> Result<String, PairingError> {
    let home = home_of(reader, id)?;
    let (row, shown) = (read_row(reader, home, of)?, get_of(reader, home, of)?);
    let starts_at = shown.starts_at.ok_or(PairingError::NotThere)?;
    let ends_at = starts_at + TimeDelta::minutes(shown.minutes.into());
    let moved: u32 = shown.moves.iter().map(|(_, times)| times).sum();
    let uid = if row.uid.is_empty() { of.to_string() } else { row.uid };
    let mut event = Event::new();
    event
        .uid(&uid)
        .timestamp(reader.now())
        .summary(&line(summary, "summary")?)
        .starts(starts_at)
        .ends(ends_at)
        .sequence(moved);
    if !shown.place.is_empty() {
        event.location(&shown.place);
    }
    event.status(match shown.state {
        SessionState::Cancelled => EventStatus::Cancelled,
        SessionState::Proposed => EventStatus::Tentative,
        _ => EventStatus::Confirmed,
    });
    Ok(Calendar::new().push(event.done()).done().to_string())
}

/// Reads a calendar file that holds one meeting.
///
/// # Errors
/// [`PairingError::CalendarTooLarge`] for one over [`MAX_CALENDAR_BYTES`], [`PairingError::NoCalendar`] for one that is malformed, has no
/// meeting at a time, or a time zone that nobody knows.
pub fn read_calendar(bytes: &[u8]) -> Result<CalendarInvitation, PairingError> {
    if bytes.len() > MAX_CALENDAR_BYTES {
        return Err(PairingError::CalendarTooLarge);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| PairingError::NoCalendar)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_shape(text)?;
    let unfolded = unfold(text);
    let calendar = parse(&unfolded).map_err(|_| PairingError::NoCalendar)?;
    let is_event = |part: &&Parsed<'_>| part.name.as_str().eq_ignore_ascii_case("VEVENT");
    let event = calendar.components.iter().find(is_event).ok_or(PairingError::NoCalendar)?;
    let method = calendar.properties.iter().find(|one| one.name.as_str().eq_ignore_ascii_case("METHOD"));
    let is_cancel = |one: &Property<'_>, word: &str| one.val.as_str().trim().eq_ignore_ascii_case(word);
    let text_of = |name: &str| {
        let found = event.find_prop(name).map(|one| plain(one.val.as_str())).unwrap_or_default();
        line(&found, "calendar").map_err(|_| PairingError::NoCalendar)
    };
    let starts_at = event.find_prop("DTSTART").and_then(instant).ok_or(PairingError::NoCalendar)?;
    let minutes = match (event.find_prop("DTEND").and_then(instant), event.find_prop("DURATION")) {
        (Some(ends_at), _) => (ends_at - starts_at).num_minutes(),
        (None, Some(duration)) => minutes_of(duration.val.as_str().trim()).ok_or(PairingError::NoCalendar)?,
        (None, None) => 60,
    };
    if !(1..=MAX_MINUTES).contains(&minutes) {
        return Err(PairingError::NoCalendar);
    }
    let uid = text_of("UID")?;
    if uid.is_empty() {
        return Err(PairingError::NoCalendar);
    }
    Ok(CalendarInvitation {
        uid,
        summary: text_of("SUMMARY")?,
        starts_at,
        minutes: u32::try_from(minutes).unwrap_or(60).max(5),
        place: text_of("LOCATION")?,
        is_cancelled: method.is_some_and(|one| is_cancel(one, "CANCEL"))
            || event.find_prop("STATUS").is_some_and(|one| is_cancel(one, "CANCELLED")),
    })
}

/// Refuses what no calendar writes before it is parsed: too many lines, parts too deep within each other, control characters.
fn check_shape(text: &str) -> Result<(), PairingError> {
    let (mut depth, mut lines) = (0usize, 0usize);
    for one in text.split('\n') {
        lines += 1;
        let one = one.strip_suffix('\r').unwrap_or(one);
        if lines > MAX_LINES || one.chars().any(|c| c.is_control() && c != '\t') {
            return Err(PairingError::NoCalendar);
        }
        let begins = one.get(..6).is_some_and(|start| start.eq_ignore_ascii_case("BEGIN:"));
        let ends = one.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("END:"));
        depth = if ends { depth.saturating_sub(1) } else { depth + usize::from(begins) };
        if depth > MAX_DEPTH {
            return Err(PairingError::NoCalendar);
        }
    }
    Ok(())
}

/// Takes the marks out with which commas and line ends are written.
fn plain(written: &str) -> String {
    let mut out = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push(' '),
                Some(other) => out.push(other),
                None => {}
            },
            other => out.push(other),
        }
    }
    out
}

fn instant(property: &Property<'_>) -> Option<DateTime<Utc>> {
    let value = property.val.as_str().trim();
    let local = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok();
    if let Some(utc) = value.strip_suffix('Z') {
        return Some(local(utc)?.and_utc());
    }
    let zone = property.params.iter().find(|one| one.key.as_str().eq_ignore_ascii_case("TZID"))?;
    let zone = zone_of(zone.val.as_ref()?.as_str().trim_matches('"'))?;
    // An hour that the clocks skip is the one after it, one that comes twice the first.
    let at = local(value)?;
    let found = zone.from_local_datetime(&at).earliest();
    let found = found.or_else(|| zone.from_local_datetime(&(at + TimeDelta::hours(1))).earliest());
    found.map(|at| at.with_timezone(&Utc))
}

fn zone_of(name: &str) -> Option<chrono_tz::Tz> {
    // What one widely used program calls the zones where most people are.
    let named = match name {
        "GMT Standard Time" => "Europe/London",
        "W. Europe Standard Time" => "Europe/Berlin",
        "Romance Standard Time" => "Europe/Paris",
        "Central Europe Standard Time" => "Europe/Budapest",
        "Central European Standard Time" => "Europe/Warsaw",
        "E. Europe Standard Time" => "Europe/Chisinau",
        "FLE Standard Time" => "Europe/Kiev",
        "GTB Standard Time" => "Europe/Bucharest",
        "Turkey Standard Time" => "Europe/Istanbul",
        "Eastern Standard Time" => "America/New_York",
        "Central Standard Time" => "America/Chicago",
        "Mountain Standard Time" => "America/Denver",
        "Pacific Standard Time" => "America/Los_Angeles",
        "E. South America Standard Time" => "America/Sao_Paulo",
        "India Standard Time" => "Asia/Kolkata",
        "China Standard Time" => "Asia/Shanghai",
        "Tokyo Standard Time" => "Asia/Tokyo",
        "Singapore Standard Time" => "Asia/Singapore",
        "AUS Eastern Standard Time" => "Australia/Sydney",
        "New Zealand Standard Time" => "Pacific/Auckland",
        other => other,
    };
    named.parse().ok()
}

/// Reads a duration as calendars write it, such as `PT1H30M`.
fn minutes_of(text: &str) -> Option<i64> {
    let mut rest = text.strip_prefix('P')?;
    let (mut minutes, mut digits, mut in_time) = (0i64, String::new(), false);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let factor = match c {
            '0'..='9' if digits.len() < 6 => {
                digits.push(c);
                continue;
            }
            'T' if digits.is_empty() => {
                in_time = true;
                continue;
            }
            'W' => 7 * 24 * 60,
            'D' => 24 * 60,
            'H' if in_time => 60,
            'M' if in_time => 1,
            'S' if in_time => 0,
            _ => return None,
        };
        minutes = minutes.checked_add(digits.parse::<i64>().ok()?.checked_mul(factor)?)?;
        digits.clear();
    }
    digits.is_empty().then_some(minutes)
}

/// Takes a calendar invitation into a pairing: a new session for a real case, or another time, or the end of one that came the same way.
pub fn take_calendar(
    tx: &mut Tx,
    id: PairingId,
    bytes: &[u8],
    live_case: &str,
    whose: Option<Who>,
) -> Result<PairSessionId, PairingError> {
    let read = read_calendar(bytes)?;
    let home = open_home(tx, id)?;
    let rows = table::sessions(tx.sql(), (home.sid(tx)?, home.key()))?;
    let is_it = |row: &&table::SessionRow| row.uid == read.uid || row.id.to_string() == read.uid;
    if let Some(row) = rows.iter().find(is_it) {
        if row.state != table::SessionRow::OPEN {
            return Ok(row.id);
        }
        if read.is_cancelled {
            cancel_session(tx, id, row.id, "")?;
        } else if row.starts_ms != Some(read.starts_at.timestamp_millis()) {
            move_session(tx, id, row.id, read.starts_at, "")?;
        }
        return Ok(row.id);
    }
    if read.is_cancelled {
        return Err(PairingError::NotThere);
    }
    let new = NewSession {
        starts_at: Some(read.starts_at),
        minutes: Some(read.minutes),
        place: read.place,
        live_case: live_case.to_owned(),
        whose,
        ..NewSession::default()
    };
    let made = propose_session(tx, id, &new)?;
    let uid = Op::Set { field: session::UID, value: Value::Text(read.uid) };
    commit(tx, home, *made.as_bytes(), None, vec![uid], Vec::new())?;
    Ok(made)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn file(lines: &[&str]) -> String {
        let head = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y//EN", "BEGIN:VEVENT"];
        let tail = ["END:VEVENT", "END:VCALENDAR", ""];
        head.iter().chain(lines).chain(&tail).copied().collect::<Vec<_>>().join("\r\n")
    }

    #[test]
    fn an_invitation_is_read_in_its_own_time_zone() {
        let text = file(&[
            "UID:abc",
            "SUMMARY:Ours\\, at last",
            "DTSTART;TZID=\"W. Europe Standard Time\":20260706T100000",
            "DURATION:PT1H30M",
            "LOCATION:Room 4",
        ]);
        let read = read_calendar(text.as_bytes()).unwrap();
        assert_eq!(read.starts_at, "2026-07-06T08:00:00Z".parse::<DateTime<Utc>>().unwrap());
        assert_eq!(
            (read.minutes, read.summary.as_str(), read.place.as_str()),
            (90, "Ours, at last", "Room 4")
        );
    }

    #[test]
    fn hostile_calendars_are_refused_before_they_are_parsed() {
        let huge = vec![b'A'; 50 * 1024 * 1024];
        assert!(matches!(read_calendar(&huge), Err(PairingError::CalendarTooLarge)));
        let deep = "BEGIN:VCALENDAR\r\n".repeat(2_000);
        assert!(matches!(read_calendar(deep.as_bytes()), Err(PairingError::NoCalendar)));
        let many = file(&vec!["X-A:1"; 6_000]);
        assert!(matches!(read_calendar(many.as_bytes()), Err(PairingError::NoCalendar)));
        for bad in [
            &["UID:a", "DTSTART;VALUE=DATE:20260706"][..],
            &["UID:a", "DTSTART:20260706T100000Z", "DTEND:20260101T100000Z"],
            &["UID:a", "DTSTART;TZID=Nowhere/Land:20260706T100000"],
            &["UID:a", "DTSTART:20260706T100000Z", "DURATION:P99999999999999999999D"],
            &["DTSTART:20260706T100000Z"],
            &["UID:a\u{7}", "DTSTART:20260706T100000Z"],
        ] {
            assert!(matches!(read_calendar(file(bad).as_bytes()), Err(PairingError::NoCalendar)), "{bad:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_that_is_read_ends_the_program(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _answer = read_calendar(&bytes);
        }

        #[test]
        fn lines_of_an_invitation_may_be_anything(lines in proptest::collection::vec("[A-Z]{1,8}[;:=\",A-Z0-9]{0,30}", 0..12)) {
            let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
            let _answer = read_calendar(file(&lines).as_bytes());
        }
    }
}
