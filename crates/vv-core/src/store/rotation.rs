//! Which of the backups that were made by themselves are kept: the last of each of 7 days, of each of 4 weeks and of each of
//! 12 months. Pure: days in, a choice out.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{DateTime, Datelike, Utc};

const DAYS: usize = 7;
const WEEKS: usize = 4;
const MONTHS: usize = 12;
const NAME: &str = "2026-01-01-000000";

/// Names a backup that is made by itself.
pub(crate) fn name_of(made_at: DateTime<Utc>) -> String {
    format!("{}.{}", made_at.format("%Y-%m-%d-%H%M%S"), super::backup::ENDING)
}

/// Tells by its name whether a backup was made by itself. What a person asked for or named is never removed by itself.
pub(crate) fn is_made_by_itself(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    name.len() >= NAME.len()
        && name.split('-').take(4).map(str::len).eq([4, 2, 2, 6])
        && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
}

/// Tells for each of some backups, newest first, whether it is kept.
pub(crate) fn kept(newest_first: &[DateTime<Utc>]) -> Vec<bool> {
    let (mut days, mut weeks, mut months) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    newest_first
        .iter()
        .map(|made_at| {
            let day = made_at.date_naive();
            let week = day.iso_week();
            // The first that is met of a day, week or month is the last that was made in it.
            let of_day = days.len() < DAYS && days.insert(day);
            let of_week = weeks.len() < WEEKS && weeks.insert((week.year(), week.week()));
            let of_month = months.len() < MONTHS && months.insert((day.year(), day.month()));
            of_day || of_week || of_month
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{TimeDelta, TimeZone};

    #[test]
    fn a_year_of_dailies_leaves_days_weeks_and_months() {
        let today = Utc.with_ymd_and_hms(2026, 11, 19, 9, 0, 0).unwrap();
        // As it happens: one more each day, and those beyond are removed each time.
        let mut there: Vec<DateTime<Utc>> = Vec::new();
        for back in (0..500).rev() {
            there.insert(0, today - TimeDelta::days(back));
            let keep = kept(&there);
            there = there.into_iter().zip(keep).filter_map(|(at, keep)| keep.then_some(at)).collect();
        }
        let days: Vec<String> = there.iter().map(|at| at.format("%m-%d").to_string()).collect();
        assert_eq!(
            days,
            [
                "11-19", "11-18", "11-17", "11-16", "11-15", "11-14", "11-13", "11-08", "11-01", "10-31",
                "09-30", "08-31", "07-31", "06-30", "05-31", "04-30", "03-31", "02-28", "01-31", "12-31"
            ]
        );
    }

    #[test]
    fn several_of_one_day_leave_the_last() {
        let at = |hour| Utc.with_ymd_and_hms(2026, 11, 19, hour, 0, 0).unwrap();
        assert_eq!(kept(&[at(20), at(12), at(8)]), [true, false, false]);
    }

    #[test]
    fn only_names_that_nobody_chose_are_made_by_itself() {
        for own in ["2026-11-19-080000.vvbackup", "2026-11-19-080000-2.vvbackup"] {
            assert!(is_made_by_itself(Path::new(own)), "{own}");
        }
        for other in [
            "asked-for-2026-11-19-080000.vvbackup",
            "2026-11-19.vvbackup",
            "before.vvbackup",
            "2026-11-19-0800.vvbackup",
            "20261119-08-00-00.vvbackup",
        ] {
            assert!(!is_made_by_itself(Path::new(other)), "{other}");
        }
    }
}
