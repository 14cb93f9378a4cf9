//! Rhythm: how a pairing stands, and what is worth a gentle word. Pure functions of facts and a day.
//!
//! Nothing here is stored or sent. Days on which the pairing rested do not count, and nobody is blamed for any of it.

use chrono::NaiveDate;

use super::model::{Health, Nudge};
use crate::day;

/// How many days after its end a pairing that nobody closed counts as closed.
pub const CLOSES_AFTER: u64 = 14;
/// How many days before its end it is asked whether it goes on.
pub const ASKS_BEFORE: u64 = 14;

/// Holds what the rhythm of a pairing follows from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rhythm {
    /// The day it began on.
    pub begun_on: NaiveDate,
    /// The day it ends on.
    pub ends_on: Option<NaiveDate>,
    /// How often it wants to meet, in days.
    pub rhythm_days: u32,
    /// How many sessions are planned; 0 where the end is a day alone.
    pub sessions: u32,
    /// How many were held.
    pub held: u32,
    /// The day of the latest of them.
    pub last_held: Option<NaiveDate>,
    /// The day of the next session that is planned, when there is one that has not passed.
    pub next: Option<NaiveDate>,
    /// Stretches during which it rested, each with its first day and its last; none while it still does.
    pub rests: Vec<(NaiveDate, Option<NaiveDate>)>,
    /// Whether somebody has begun to close it.
    pub is_closing: bool,
    /// Whether somebody has ended it.
    pub has_ended: bool,
    /// Whether it ends by itself after its sessions.
    pub ends_by_itself: bool,
    /// When its agreement is looked at again.
    pub review_on: Option<NaiveDate>,
}

impl Rhythm {
    /// Tells whether it rests on a day.
    pub fn rests_on(&self, on: NaiveDate) -> bool {
        self.rests.iter().any(|(from, to)| *from <= on && to.is_none_or(|to| on <= to))
    }

    /// Counts the days after one up to another on which it did not rest.
    pub fn days_awake(&self, after: NaiveDate, to: NaiveDate) -> i64 {
        let mut rests: Vec<(NaiveDate, NaiveDate)> = self
            .rests
            .iter()
            .map(|(from, until)| ((*from).max(day::after(after, 1)), until.unwrap_or(to).min(to)))
            .filter(|(from, until)| from <= until)
            .collect();
        rests.sort();
        let (mut rested, mut counted_to) = (0, after);
        for (from, until) in rests {
            let from = from.max(day::after(counted_to, 1));
            if from <= until {
                rested += (until - from).num_days() + 1;
                counted_to = until;
            }
        }
        ((to - after).num_days() - rested).max(0)
    }

    /// Counts the days without a session.
    fn days_since(&self, today: NaiveDate) -> i64 {
        let since = self.last_held.map_or(self.begun_on, |held| held.max(self.begun_on));
        self.days_awake(since, today)
    }
}

/// Tells how a pairing stands on a day.
pub fn health(facts: &Rhythm, today: NaiveDate) -> Health {
    let all_held = facts.ends_by_itself && facts.sessions > 0 && facts.held >= facts.sessions;
    let ended_by_day = facts.ends_on.is_some_and(|ends| {
        let last = if facts.ends_by_itself { ends } else { day::after(ends, CLOSES_AFTER) };
        today > last
    });
    if facts.has_ended || all_held || ended_by_day {
        return Health::Closed;
    }
    if facts.is_closing || facts.ends_on.is_some_and(|ends| today >= ends) {
        return Health::Closing;
    }
    if facts.rests_on(today) {
        return Health::Paused;
    }
    let (days, rhythm) = (facts.days_since(today), i64::from(facts.rhythm_days.max(1)));
    match facts.last_held {
        _ if 2 * days >= 5 * rhythm => Health::Drifting,
        _ if 2 * days >= 3 * rhythm => Health::Quiet,
        Some(_) => Health::OnRhythm,
        None => Health::New,
    }
}

/// Lists what is worth a gentle word on a day; nothing while it rests.
pub fn nudges(facts: &Rhythm, today: NaiveDate) -> Vec<Nudge> {
    let health = health(facts, today);
    let mut found = Vec::new();
    if matches!(health, Health::Closed | Health::Paused) {
        return found;
    }
    let has_next = facts.next.is_some_and(|next| next >= today);
    if facts.last_held.is_none() {
        found.extend(match facts.days_awake(facts.begun_on, today) {
            _ if has_next => None,
            28.. => Some(Nudge::MayLetGo),
            14.. => Some(Nudge::OfferHelp),
            7.. => Some(Nudge::PlanFirst),
            _ => None,
        });
    } else if !has_next {
        found.extend(match health {
            Health::Quiet => Some(Nudge::SayHello),
            Health::Drifting => Some(Nudge::MeetPauseOrEnd),
            _ => None,
        });
    }
    if facts.review_on.is_some_and(|review| review <= today) {
        found.push(Nudge::ReviewAgreement);
    }
    let ends_soon = facts.ends_on.is_some_and(|ends| day::before(ends, ASKS_BEFORE) <= today);
    if ends_soon && !facts.ends_by_itself {
        found.push(Nudge::RenewOrClose);
    }
    found
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn monthly() -> Rhythm {
        Rhythm {
            begun_on: on("2026-01-01"),
            ends_on: Some(on("2026-12-31")),
            rhythm_days: 20,
            ..Rhythm::default()
        }
    }

    #[test]
    fn it_is_quiet_at_one_and_a_half_intervals_and_drifts_at_two_and_a_half() {
        let facts = Rhythm { last_held: Some(on("2026-02-01")), held: 1, ..monthly() };
        assert_eq!(health(&facts, on("2026-03-02")), Health::OnRhythm);
        assert_eq!(health(&facts, on("2026-03-03")), Health::Quiet);
        assert_eq!(health(&facts, on("2026-03-22")), Health::Quiet);
        assert_eq!(health(&facts, on("2026-03-23")), Health::Drifting);
        assert_eq!(nudges(&facts, on("2026-03-23")), [Nudge::MeetPauseOrEnd]);
        let planned = Rhythm { next: Some(on("2026-03-25")), ..facts };
        assert!(nudges(&planned, on("2026-03-23")).is_empty(), "what is planned needs no reminder");
    }

    /// Practice 12 and the defaults: day 7, day 14, day 28.
    #[test]
    fn a_first_session_is_asked_for_gently_and_let_go_without_fault() {
        let facts = monthly();
        let after = |days| nudges(&facts, day::after(facts.begun_on, days));
        assert!(after(6).is_empty());
        assert_eq!(after(7), [Nudge::PlanFirst]);
        assert_eq!(after(14), [Nudge::OfferHelp]);
        assert_eq!(after(28), [Nudge::MayLetGo]);
    }

    #[test]
    fn a_taster_is_closed_after_its_sessions_or_its_day_and_a_mentoring_waits_for_a_word() {
        let taster = Rhythm { sessions: 2, held: 2, ends_by_itself: true, ..monthly() };
        assert_eq!(health(&taster, on("2026-01-10")), Health::Closed);
        let unmet = Rhythm { held: 0, ends_on: Some(on("2026-01-29")), ..taster };
        assert_eq!(health(&unmet, on("2026-01-30")), Health::Closed);
        let mentoring = Rhythm { ends_on: Some(on("2026-01-29")), ..monthly() };
        assert_eq!(health(&mentoring, on("2026-01-30")), Health::Closing);
        assert_eq!(health(&mentoring, on("2026-02-13")), Health::Closed);
    }

    fn facts() -> impl Strategy<Value = Rhythm> {
        let rest = (0..400u64, proptest::option::of(0..60u64));
        (1..120u32, proptest::option::of(0..300u64), proptest::collection::vec(rest, 0..5)).prop_map(
            |(rhythm_days, held, rests)| {
                let begun_on = on("2026-01-01");
                Rhythm {
                    begun_on,
                    rhythm_days,
                    last_held: held.map(|days| day::after(begun_on, days)),
                    rests: rests
                        .into_iter()
                        .map(|(from, days)| {
                            let from = day::after(begun_on, from);
                            (from, days.map(|days| day::after(from, days)))
                        })
                        .collect(),
                    ..Rhythm::default()
                }
            },
        )
    }

    proptest! {
        #[test]
        fn without_a_session_it_only_becomes_quieter(facts in facts(), day_at in 300..800u64) {
            let (today, tomorrow) = (day::after(facts.begun_on, day_at), day::after(facts.begun_on, day_at + 1));
            let rank = |health| match health {
                Health::New | Health::OnRhythm => 0,
                Health::Quiet => 1,
                _ => 2,
            };
            if !facts.rests_on(today) && !facts.rests_on(tomorrow) {
                prop_assert!(rank(health(&facts, today)) <= rank(health(&facts, tomorrow)));
            }
        }

        #[test]
        fn days_awake_are_the_days_that_were_not_rested(facts in facts(), from in 0..400u64, days in 0..200u64) {
            let after = day::after(facts.begun_on, from);
            let to = day::after(after, days);
            let counted = (1..=days).filter(|at| !facts.rests_on(day::after(after, *at))).count();
            prop_assert_eq!(facts.days_awake(after, to), counted as i64);
        }

        #[test]
        fn whoever_rests_is_never_nudged(facts in facts(), day_at in 0..500u64) {
            let today = day::after(facts.begun_on, day_at);
            if facts.rests_on(today) {
                prop_assert!(nudges(&facts, today).is_empty());
            }
        }
    }
}
