//! Time in a run: counted, shown, and never able to force anything.
//!
//! The clock only adds up how long each step was in front of somebody. It has no say in where a run stands: no event is
//! made by it, and no step ends because of it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// A gap of more than this many seconds without any event counts as having been away.
const AWAY: i64 = 15 * 60;

/// Holds how long each step took, and since when the present one is in front of somebody.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunClock {
    /// Seconds each step was looked at, by key.
    pub spent: BTreeMap<String, u32>,
    /// When the present stretch began; none while paused.
    pub since: Option<DateTime<Utc>>,
    /// When the last event came.
    pub touched: Option<DateTime<Utc>>,
}

impl RunClock {
    /// Tells how many seconds a step has taken by now.
    pub fn spent_at(&self, step: &str, is_here: bool, now: DateTime<Utc>) -> u32 {
        let before = self.spent.get(step).copied().unwrap_or(0);
        if is_here { before.saturating_add(self.running(now)) } else { before }
    }

    /// Says whether it counts.
    pub fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// Closes the present stretch in favour of a step, and begins the next when it goes on.
    pub(super) fn turn(&mut self, step: &str, now: DateTime<Utc>, goes_on: bool) {
        let running = self.running(now);
        if running > 0 {
            let spent = self.spent.entry(step.to_owned()).or_default();
            *spent = spent.saturating_add(running);
        }
        self.since = goes_on.then_some(now);
        self.touched = Some(now);
    }

    /// Notes that somebody is there. After a long silence the stretch ends where the silence began.
    pub(super) fn touch(&mut self, step: &str, now: DateTime<Utc>) {
        if self.is_running() && self.silence(now) > AWAY {
            self.turn(step, now, true);
        }
        self.touched = Some(now);
    }

    fn silence(&self, now: DateTime<Utc>) -> i64 {
        self.touched.or(self.since).map_or(0, |touched| (now - touched).num_seconds())
    }

    /// Counts the present stretch: to now, or to where a long silence began. A clock set back counts nothing.
    fn running(&self, now: DateTime<Utc>) -> u32 {
        let Some(since) = self.since else { return 0 };
        let until = if self.silence(now) > AWAY { self.touched.unwrap_or(since) } else { now };
        u32::try_from((until - since).num_seconds().max(0)).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::*;

    #[test]
    fn a_night_between_two_words_is_not_counted() {
        let begin = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let mut clock = RunClock { since: Some(begin), touched: Some(begin), ..RunClock::default() };
        clock.touch("why", begin + TimeDelta::seconds(60));
        let morning = begin + TimeDelta::hours(9);
        assert_eq!(clock.spent_at("why", true, morning), 60);
        clock.touch("why", morning);
        assert_eq!(clock.spent_at("why", true, morning + TimeDelta::seconds(30)), 90);
    }

    #[test]
    fn a_clock_that_is_set_back_takes_nothing_away() {
        let begin = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let mut clock = RunClock { since: Some(begin), touched: Some(begin), ..RunClock::default() };
        clock.turn("why", begin + TimeDelta::seconds(40), true);
        assert_eq!(clock.spent_at("why", true, begin), 40);
    }
}
