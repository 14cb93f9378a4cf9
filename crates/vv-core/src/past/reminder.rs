//! When to remind: on days the person chose, at their time, once a day at most, never in quiet hours.
//!
//! A reminder that was missed, because the computer slept or the day was full, is not made up for. Nothing here knows the
//! journal: it decides from the plan, the clock and the last reminder alone, so it can do so while the notebook is locked.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};

use crate::journal::Moment;

/// Two reminders lie at least so far apart, wherever one travels.
const APART: TimeDelta = TimeDelta::hours(12);
/// A last reminder that lies further ahead than this was noted by a clock that went wrong.
const WRONG_CLOCK: TimeDelta = TimeDelta::hours(26);

/// Says when to remind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// On which days; none means never.
    pub days: BTreeSet<DayOfWeek>,
    /// From which time of the day on.
    pub at: NaiveTime,
    /// From when to when it is quiet; the same time twice means never. It may run over midnight.
    pub quiet: (NaiveTime, NaiveTime),
}

/// Names a day of the week, Monday first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DayOfWeek(pub u8);

impl From<Weekday> for DayOfWeek {
    fn from(day: Weekday) -> Self {
        Self(u8::try_from(day.num_days_from_monday()).unwrap_or(0))
    }
}

/// Tells when it was reminded last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminded {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The day where the person was.
    pub on: NaiveDate,
}

impl Plan {
    /// Gives the plan after so many weeks without a word: every second of its days after one, every third after two.
    #[must_use]
    pub fn after_quiet_weeks(self, weeks: u32) -> Self {
        let step = usize::try_from(weeks).unwrap_or(usize::MAX).saturating_add(1);
        Self { days: self.days.into_iter().step_by(step).collect(), ..self }
    }

    /// Says whether a time of the day is quiet.
    pub fn is_quiet(&self, time: NaiveTime) -> bool {
        let (from, to) = self.quiet;
        if from <= to { (from..to).contains(&time) } else { time >= from || time < to }
    }
}

/// Decides whether to remind now, and gives what is to be noted then.
pub fn is_due(
    plan: &Plan,
    now: DateTime<Utc>,
    time_zone: Option<&str>,
    last: Option<Reminded>,
) -> Option<Reminded> {
    let moment = Moment::at(now, time_zone).or_else(|_| Moment::at(now, None)).ok()?;
    let local = moment.local_at();
    let (on, time) = (local.date(), local.time());
    if !plan.days.contains(&on.weekday().into()) || time < plan.at || plan.is_quiet(time) {
        return None;
    }
    if let Some(last) = last.filter(|last| last.at - now < WRONG_CLOCK)
        && (on <= last.on || now - last.at < APART)
    {
        return None;
    }
    Some(Reminded { at: now, on })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ZONES: [&str; 6] = [
        "Europe/Berlin",
        "America/Los_Angeles",
        "Pacific/Kiritimati",
        "Pacific/Pago_Pago",
        "Australia/Lord_Howe",
        "UTC",
    ];

    fn time(text: &str) -> NaiveTime {
        NaiveTime::parse_from_str(text, "%H:%M").unwrap()
    }

    fn plan(days: &[u8], at: &str, quiet: (&str, &str)) -> Plan {
        Plan {
            days: days.iter().map(|day| DayOfWeek(*day)).collect(),
            at: time(at),
            quiet: (time(quiet.0), time(quiet.1)),
        }
    }

    fn instant(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    /// Walks through time in steps and gives each reminder.
    fn walk(plan: &Plan, from: &str, zone: &str, hours: i64, step: TimeDelta) -> Vec<Reminded> {
        let (mut now, end) = (instant(from), instant(from) + TimeDelta::hours(hours));
        let mut given: Vec<Reminded> = Vec::new();
        while now < end {
            given.extend(is_due(plan, now, Some(zone), given.last().copied()));
            now += step;
        }
        given
    }

    #[test]
    fn it_reminds_on_each_chosen_day_once_also_when_the_clocks_change() {
        // Sunday 29 March leaves 02:30 out, Sunday 25 October has it twice.
        for (from, sunday) in [("2026-03-27T23:00:00Z", "2026-03-29"), ("2026-10-23T22:00:00Z", "2026-10-25")]
        {
            let plan = plan(&[5, 6, 0], "02:30", ("00:00", "00:00"));
            let given = walk(&plan, from, "Europe/Berlin", 96, TimeDelta::minutes(1));
            let days: Vec<String> = given.iter().map(|one| one.on.to_string()).collect();
            assert_eq!(days.len(), 3, "{days:?}");
            assert_eq!(days[1], sunday);
        }
    }

    #[test]
    fn no_day_chosen_is_no_reminder() {
        let plan = plan(&[], "09:00", ("22:00", "07:00"));
        assert!(walk(&plan, "2026-03-01T00:00:00Z", "UTC", 24 * 14, TimeDelta::minutes(20)).is_empty());
    }

    #[test]
    fn a_reminder_that_slept_through_its_day_is_not_made_up_for() {
        let plan = plan(&[0], "17:00", ("21:00", "07:00"));
        // Monday 2 March: the computer wakes at 22:15, in quiet hours, and is used on Tuesday.
        let last = None;
        for at in ["2026-03-02T22:15:00Z", "2026-03-03T08:00:00Z", "2026-03-03T18:00:00Z"] {
            assert_eq!(is_due(&plan, instant(at), Some("UTC"), last), None);
        }
        assert!(is_due(&plan, instant("2026-03-02T20:59:00Z"), Some("UTC"), last).is_some(), "late is fine");
    }

    #[test]
    fn who_travels_is_not_reminded_twice_of_one_day() {
        let plan = plan(&[0, 1, 2, 3, 4, 5, 6], "18:00", ("23:00", "06:00"));
        let tokyo = is_due(&plan, instant("2026-03-02T09:00:00Z"), Some("Asia/Tokyo"), None).unwrap();
        assert_eq!(tokyo.on.to_string(), "2026-03-02");
        // Nine hours later the same Monday's evening comes once more, in Los Angeles.
        let again = instant("2026-03-03T03:00:00Z");
        assert_eq!(is_due(&plan, again, Some("America/Los_Angeles"), Some(tokyo)), None);
        assert!(
            is_due(&plan, again + TimeDelta::days(1), Some("America/Los_Angeles"), Some(tokyo)).is_some()
        );
    }

    #[test]
    fn a_clock_that_went_wrong_once_does_not_silence_for_good() {
        let plan = plan(&[0, 1, 2, 3, 4, 5, 6], "09:00", ("00:00", "00:00"));
        let wrong = Reminded { at: instant("2040-01-01T10:00:00Z"), on: "2040-01-01".parse().unwrap() };
        assert!(is_due(&plan, instant("2026-03-02T09:00:00Z"), Some("UTC"), Some(wrong)).is_some());
    }

    proptest! {
        #[test]
        fn never_two_on_one_day_nor_close_together_nor_outside_the_plan(
            days in prop::collection::btree_set(0..7u8, 0..7),
            at in 0..1440u32,
            quiet in (0..1440u32, 0..1440u32),
            steps in prop::collection::vec((1..900i64, 0..ZONES.len()), 1..120),
        ) {
            let of = |minute: u32| NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap();
            let plan = Plan {
                days: days.iter().map(|day| DayOfWeek(*day)).collect(),
                at: of(at),
                quiet: (of(quiet.0), of(quiet.1)),
            };
            let mut now = instant("2026-03-20T00:00:00Z");
            let mut given: Vec<Reminded> = Vec::new();
            for (minutes, zone) in steps {
                now += TimeDelta::minutes(minutes);
                if let Some(one) = is_due(&plan, now, Some(ZONES[zone]), given.last().copied()) {
                    let local = Moment::at(now, Some(ZONES[zone])).unwrap().local_at();
                    prop_assert_eq!(one.on, local.date());
                    prop_assert!(days.contains(&DayOfWeek::from(one.on.weekday()).0));
                    prop_assert!(local.time() >= plan.at && !plan.is_quiet(local.time()));
                    prop_assert!(given.iter().all(|before| before.on != one.on));
                    prop_assert!(given.last().is_none_or(|before| one.at - before.at >= APART));
                    given.push(one);
                }
            }
        }
    }
}
