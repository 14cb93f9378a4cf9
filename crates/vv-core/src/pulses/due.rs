//! When a pulse is due: a function of days, without a notebook.

use chrono::NaiveDate;

use super::model::PulseName;

/// Days between two pulses, once the first two were there.
const EVERY_DAYS: i64 = 60;

/// Names the pulse that is the latest on a day, given the days of the sessions that were held, in order. Those before it are not asked
/// for any more: nobody is asked twice in a row because they were away.
pub(super) fn latest(held: &[NaiveDate], today: NaiveDate) -> Option<PulseName> {
    let past: Vec<&NaiveDate> = held.iter().filter(|day| **day <= today).collect();
    match past.get(2) {
        None => (!past.is_empty()).then_some(PulseName::Session(1)),
        Some(third) => match u32::try_from((today - **third).num_days() / EVERY_DAYS) {
            Ok(times) if times > 0 => Some(PulseName::Days(times)),
            _ => Some(PulseName::Session(3)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_pulse_comes_after_the_first_and_third_session_and_then_every_sixty_days() {
        let held = [day("2026-01-05"), day("2026-02-02"), day("2026-03-02"), day("2026-03-30")];
        let at = |count: usize, today: &str| latest(&held[..count], day(today)).map(PulseName::write);
        assert_eq!(at(0, "2026-06-01"), None);
        assert_eq!(at(1, "2026-01-05").as_deref(), Some("s1"));
        assert_eq!(at(2, "2026-02-20").as_deref(), Some("s1"));
        assert_eq!(at(3, "2026-03-02").as_deref(), Some("s3"));
        assert_eq!(at(4, "2026-04-30").as_deref(), Some("s3"));
        assert_eq!(at(4, "2026-05-01").as_deref(), Some("d1"));
        assert_eq!(
            at(4, "2026-07-01").as_deref(),
            Some("d2"),
            "after a long absence only the latest is asked"
        );
        assert_eq!(at(4, "2025-12-01"), None, "a clock that is set back asks nothing");
    }

    #[test]
    fn names_come_back_as_they_were_written() {
        for name in [PulseName::Session(1), PulseName::Session(3), PulseName::Days(12)] {
            assert_eq!(PulseName::read(&name.write()), Some(name));
        }
        assert_eq!(PulseName::read("ü1"), None);
    }
}
