//! The kinds of pairings, and what each brings with it: its lanes, its rhythm, its length, its safeguards.
//!
//! A kind is no label: it decides which lane leads, what the two are called to each other, which sections their agreement has,
//! how a session may be moved, whether it ends by itself, and who may not be paired at all. All of it is here, as plain facts
//! without a notebook.

use chrono::{Months, NaiveDate};

use super::model::{Lane, Section};
use crate::day;

/// Says what two people are to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PairingKind {
    /// One learns from the other's experience.
    Mentoring,
    /// Somebody senior learns from somebody junior, with safeguards for the junior.
    Reverse,
    /// Both teach and both learn.
    Reciprocal,
    /// Both coach each other in turns.
    PeerCoaching,
    /// Somebody who is there helps somebody who is new.
    Buddy,
    /// Two practise something together.
    PracticePartner,
    /// One hands over what they are responsible for.
    Handover,
    /// One or two sessions to see what something is like; ends by itself.
    Taster,
}

/// Says what somebody is in a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Whose experience is learned from.
    Mentor,
    /// Who learns from it.
    Mentee,
    /// Who teaches upwards.
    Junior,
    /// Who learns from somebody junior.
    Senior,
    /// Neither leads.
    Peer,
    /// Who shows somebody new around.
    Buddy,
    /// Who is new.
    Newcomer,
    /// Who hands over.
    Leaver,
    /// Who takes over.
    Successor,
    /// Who shows what something is like.
    Host,
    /// Who has come to see.
    Guest,
}

/// Says how a relation at work between two people weighs for a kind of pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineRule {
    /// Nothing is to be said.
    Fine,
    /// It is said, and the two decide.
    Warn,
    /// It is not begun.
    Block,
}

/// Says where a relation at work leads, seen from the person of this notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineRelation {
    /// Their manager, at any height.
    Manager,
    /// Who judges their work, whatever the title.
    Appraiser,
    /// Somebody they also report to.
    DottedLine,
    /// Who decides about their budget.
    Budget,
    /// Somebody they manage, at any depth.
    Report,
}

impl PairingKind {
    /// Lists every kind.
    pub const ALL: [Self; 8] = [
        Self::Mentoring,
        Self::Reverse,
        Self::Reciprocal,
        Self::PeerCoaching,
        Self::Buddy,
        Self::PracticePartner,
        Self::Handover,
        Self::Taster,
    ];

    /// Gives the number that stands in records.
    pub(crate) fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Gives the kind of a number; one that a newer program knows counts as mentoring.
    pub(crate) fn of_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|kind| kind.number() == number).unwrap_or(Self::Mentoring)
    }

    /// Tells how often two meet, in days.
    pub fn rhythm_days(self) -> u32 {
        match self {
            Self::Mentoring => 28,
            Self::Reverse | Self::Reciprocal => 30,
            Self::PeerCoaching | Self::Taster => 14,
            Self::Buddy | Self::PracticePartner => 7,
            Self::Handover => 3,
        }
    }

    /// Tells how long one session lasts, in minutes.
    pub fn minutes(self) -> u32 {
        match self {
            Self::Mentoring | Self::PeerCoaching | Self::Handover => 60,
            Self::Reverse | Self::Reciprocal => 50,
            Self::Buddy => 20,
            Self::PracticePartner => 25,
            Self::Taster => 45,
        }
    }

    /// Tells how many sessions are planned; 0 where the end is a day alone.
    pub fn sessions(self) -> u32 {
        match self {
            Self::Reverse | Self::Reciprocal => 6,
            Self::Taster => 2,
            _ => 0,
        }
    }

    /// Tells on which day it ends that begins on a day.
    pub fn ends_on(self, begun_on: NaiveDate) -> NaiveDate {
        match self {
            Self::Buddy => day::after(begun_on, 90),
            Self::PracticePartner => begun_on + Months::new(3),
            // Twenty working days.
            Self::Handover | Self::Taster => day::after(begun_on, 28),
            _ => begun_on + Months::new(6),
        }
    }

    /// Tells when the agreement of a pairing is looked at again that begins on a day; none where it is too short for that.
    pub fn review_on(self, begun_on: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Taster => None,
            Self::Handover => Some(day::after(begun_on, 14)),
            Self::Buddy => Some(day::after(begun_on, 30)),
            Self::PracticePartner => Some(day::after(begun_on, 42)),
            _ => Some(begun_on + Months::new(3)),
        }
    }

    /// Names the guide whose sessions it follows.
    pub fn programme(self) -> &'static str {
        if self.has_programme() { "p6" } else { "" }
    }

    /// Tells whether it follows the six sessions of the reverse and reciprocal programme.
    pub fn has_programme(self) -> bool {
        matches!(self, Self::Reverse | Self::Reciprocal)
    }

    /// Tells whether one lane leads, so that the two are not the same to each other.
    pub fn has_lead(self) -> bool {
        matches!(self, Self::Mentoring | Self::Reverse | Self::Buddy | Self::Handover | Self::Taster)
    }

    /// Tells what somebody is in whose learning leads, or does not.
    pub fn part(self, learns_in_lead: bool) -> Part {
        match (self, learns_in_lead) {
            (Self::Mentoring, true) => Part::Mentee,
            (Self::Mentoring, false) => Part::Mentor,
            (Self::Reverse, true) => Part::Senior,
            (Self::Reverse, false) => Part::Junior,
            (Self::Buddy, true) => Part::Newcomer,
            (Self::Buddy, false) => Part::Buddy,
            (Self::Handover, true) => Part::Successor,
            (Self::Handover, false) => Part::Leaver,
            (Self::Taster, true) => Part::Guest,
            (Self::Taster, false) => Part::Host,
            _ => Part::Peer,
        }
    }

    /// Lists the sections of its agreement.
    pub fn sections(self) -> Vec<Section> {
        let last = match self {
            // No promise for half a year is asked of somebody who comes to see.
            Self::Taster => return vec![Section::Purpose, Section::Rhythm, Section::Confidentiality],
            Self::Reverse | Self::Reciprocal => 13,
            _ => 10,
        };
        Section::ALL.into_iter().filter(|section| section.number() <= last).collect()
    }

    /// Tells whether both do a primer before the first session.
    pub fn has_primer(self) -> bool {
        matches!(self, Self::Reverse | Self::Reciprocal)
    }

    /// Tells how often one session may be moved by somebody; none for as often as they like.
    pub fn most_moves(self, part: Part) -> Option<u32> {
        (self == Self::Reverse && part == Part::Senior).then_some(1)
    }

    /// Tells whether it ends by itself after its sessions.
    pub fn ends_by_itself(self) -> bool {
        self == Self::Taster
    }

    /// Tells whether the two are asked how it goes, and rate anything.
    pub fn has_pulses(self) -> bool {
        self != Self::Taster
    }

    /// Tells how a relation at work between the two weighs.
    pub fn line_rule(self, relation: LineRelation) -> LineRule {
        match (self, relation) {
            // Work is handed over within a line as often as across; that the other judges one is said all the same.
            (Self::Handover, LineRelation::DottedLine | LineRelation::Budget) => LineRule::Fine,
            (Self::Handover | Self::Taster, _) => LineRule::Warn,
            (Self::PracticePartner, LineRelation::DottedLine | LineRelation::Budget) => LineRule::Warn,
            _ => LineRule::Block,
        }
    }
}

impl Part {
    /// Lists every part.
    pub const ALL: [Self; 11] = [
        Self::Mentor,
        Self::Mentee,
        Self::Junior,
        Self::Senior,
        Self::Peer,
        Self::Buddy,
        Self::Newcomer,
        Self::Leaver,
        Self::Successor,
        Self::Host,
        Self::Guest,
    ];

    /// Gives the number that stands in records.
    pub(crate) fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Gives the part of a number.
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.number() == number)
    }

    /// Tells for how many somebody has room who has said nothing, and how many they may say at most.
    pub fn room(self) -> (u32, u32) {
        match self {
            Self::Mentor => (2, 3),
            Self::Mentee => (2, 2),
            Self::Junior | Self::Senior => (1, 1),
            _ => (2, 5),
        }
    }
}

impl LineRelation {
    /// Lists every relation.
    pub const ALL: [Self; 5] = [Self::Manager, Self::Appraiser, Self::DottedLine, Self::Budget, Self::Report];

    /// Gives the number that stands in records.
    pub(crate) fn number(self) -> i64 {
        self as i64 + 1
    }

    /// Gives the relation of a number; one that a newer program knows weighs like a manager.
    pub(crate) fn of_number(number: i64) -> Self {
        Self::ALL.into_iter().find(|one| one.number() == number).unwrap_or(Self::Manager)
    }
}

/// Tells which lane leads in a kind of pairing in which one learns, or does not, in the lead; none where neither does.
pub fn lead_of(kind: PairingKind, i_learn: bool) -> Option<Lane> {
    kind.has_lead().then_some(if i_learn { Lane::Mine } else { Lane::Theirs })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_kinds_parts_and_relations_never_change() {
        assert_eq!(PairingKind::ALL.map(PairingKind::number), [1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(LineRelation::ALL.map(LineRelation::number), [1, 2, 3, 4, 5]);
        assert_eq!(Part::Mentor.number(), 1);
        assert_eq!(Part::Guest.number(), 11);
        assert!(PairingKind::ALL.into_iter().all(|kind| PairingKind::of_number(kind.number()) == kind));
    }

    #[test]
    fn each_kind_brings_what_the_guides_say() {
        let on: NaiveDate = "2026-03-02".parse().unwrap();
        let shape = |kind: PairingKind| (kind.rhythm_days(), kind.minutes(), kind.sessions());
        assert_eq!(shape(PairingKind::Mentoring), (28, 60, 0));
        assert_eq!(shape(PairingKind::Reverse), (30, 50, 6));
        assert_eq!(shape(PairingKind::PeerCoaching), (14, 60, 0));
        assert_eq!(shape(PairingKind::Buddy), (7, 20, 0));
        assert_eq!(PairingKind::Mentoring.ends_on(on), "2026-09-02".parse().unwrap());
        assert_eq!(PairingKind::Mentoring.review_on(on), Some("2026-06-02".parse().unwrap()));
        assert_eq!(PairingKind::Reverse.sections().len(), 13);
        assert_eq!(PairingKind::Mentoring.sections().len(), 10);
        assert!(PairingKind::Taster.ends_by_itself() && !PairingKind::Taster.has_pulses());
    }

    #[test]
    fn only_a_senior_of_a_reverse_mentoring_is_held_to_one_move() {
        for kind in PairingKind::ALL {
            for part in Part::ALL {
                let held = kind == PairingKind::Reverse && part == Part::Senior;
                assert_eq!(kind.most_moves(part).is_some(), held);
            }
        }
    }

    /// Practice 57.
    #[test]
    fn whoever_has_power_over_somebody_is_not_their_mentor_or_peer() {
        for kind in
            [PairingKind::Mentoring, PairingKind::Reverse, PairingKind::PeerCoaching, PairingKind::Buddy]
        {
            assert!(LineRelation::ALL.into_iter().all(|one| kind.line_rule(one) == LineRule::Block));
        }
        assert_eq!(PairingKind::Handover.line_rule(LineRelation::Manager), LineRule::Warn);
    }
}
