//! How the objects of a pairing stand in records: field numbers, and acts.
//!
//! Numbers are never used twice and never change what they mean: other devices and older programs read them. What somebody does or
//! says is an *act*, an element of the set [`ACTS`]; its author is whoever's record it is. Fields and acts of the process go into
//! the process stream of a space, where a facilitator reads them; everything with words goes into the content stream.

use chrono::NaiveDate;

use crate::day;
use crate::store::op::{ObjectId, Op, Value};

/// Set of lists, in every object of a home: what somebody did, see [`Act`].
pub(crate) const ACTS: u32 = 90;
/// Bytes, in every object of a home that is in the journal: the pairing it belongs to.
pub(crate) const OF: u32 = 100;

/// Numbers of the fields of kind Pairing, which stands in the journal alone.
pub(crate) mod side {
    /// Text: how the other is called.
    pub(crate) const NAME: u32 = 1;
    /// Bytes: who it is among the people of the journal.
    pub(crate) const PERSON: u32 = 2;
    /// Text: what I hope for.
    pub(crate) const HOPE: u32 = 3;
    /// Text: why I said yes.
    pub(crate) const WHY: u32 = 4;
    /// Bytes: the space of the two.
    pub(crate) const SPACE: u32 = 5;
    /// Shared text: private notes.
    pub(crate) const NOTES: u32 = 6;
    /// Number: 1 when I would do it again, 0 when not.
    pub(crate) const WISH: u32 = 7;
    /// Number: milliseconds since 1970 UTC; null or absent when outside the trash.
    pub(crate) const TRASHED_AT: u32 = 8;
    /// Bytes: the pairing that this one goes on from.
    pub(crate) const EARLIER: u32 = 9;
    /// Number: the day I began it on.
    pub(crate) const BEGUN_ON: u32 = 10;
    /// Set of lists: a goal of the pairing, the goal of the journal behind it.
    pub(crate) const GOALS_BEHIND: u32 = 11;
    /// Set of lists: an entry of my line, the day on which I decided what follows from it.
    pub(crate) const LINE_DECISIONS: u32 = 12;
    /// Bytes: the other space, when both had begun one at once.
    pub(crate) const OTHER_SPACE: u32 = 13;
}

/// Numbers of the fields of kind Charter.
pub(crate) mod charter {
    /// Number, process: the kind.
    pub(crate) const KIND: u32 = 1;
    /// Number, process: 0 no lane leads, 1 the learning of whoever began, 2 that of the other.
    pub(crate) const LEADS: u32 = 2;
    /// Number, process: days between two sessions.
    pub(crate) const RHYTHM: u32 = 3;
    /// Number, process: minutes of a session.
    pub(crate) const MINUTES: u32 = 4;
    /// Number, process: how many sessions; 0 where the end is a day alone.
    pub(crate) const SESSIONS: u32 = 5;
    /// Number, process: the day it began on.
    pub(crate) const BEGUN_ON: u32 = 6;
    /// Number, process: the day it ends on.
    pub(crate) const ENDS_ON: u32 = 7;
    /// Text, process: the guide whose sessions it follows.
    pub(crate) const PROGRAMME: u32 = 8;
    /// Text: what whoever began learns.
    pub(crate) const FIRST_ABOUT: u32 = 20;
    /// Text: what the other learns.
    pub(crate) const SECOND_ABOUT: u32 = 21;
    /// Text: what both want from it.
    pub(crate) const PURPOSE: u32 = 22;
}

/// Numbers of the fields of kind PairSession.
pub(crate) mod session {
    /// Number, process: 1 open, 2 held, 3 cancelled.
    pub(crate) const STATE: u32 = 1;
    /// Number, process: its day.
    pub(crate) const ON: u32 = 2;
    /// Number, process: milliseconds since 1970 UTC; null while it has a day alone.
    pub(crate) const STARTS_AT: u32 = 3;
    /// Number, process: minutes.
    pub(crate) const MINUTES: u32 = 4;
    /// Text, process: where.
    pub(crate) const PLACE: u32 = 5;
    /// Text, process: an IANA name.
    pub(crate) const ZONE: u32 = 6;
    /// Number, process: its place in the programme.
    pub(crate) const NUMBER: u32 = 7;
    /// Number, process: 0 both lanes, 1 the learning of whoever began, 2 that of the other.
    pub(crate) const LANE: u32 = 8;
    /// Text, process: the step of the guide.
    pub(crate) const TOPIC: u32 = 9;
    /// Text, process: by what calendars know it.
    pub(crate) const UID: u32 = 10;
    /// Text: the real case.
    pub(crate) const CASE: u32 = 20;
    /// Number: whose case, 1 of whoever began, 2 of the other.
    pub(crate) const WHOSE: u32 = 21;
    /// Shared text: the notes of both.
    pub(crate) const NOTES: u32 = 22;
}

/// Numbers of the fields of kind Promise.
pub(crate) mod promise {
    /// Number: whose, 1 of whoever began, 2 of the other.
    pub(crate) const OWNER: u32 = 1;
    /// Text: what.
    pub(crate) const WHAT: u32 = 2;
    /// Number: by which day.
    pub(crate) const DUE_ON: u32 = 3;
    /// Text: where.
    pub(crate) const PLACE: u32 = 4;
    /// Text: if something comes in between, then this.
    pub(crate) const IF_THEN: u32 = 5;
    /// Text: the small version that still counts.
    pub(crate) const SMALL: u32 = 6;
    /// Bytes: the session it was made in.
    pub(crate) const SESSION: u32 = 7;
    /// Number: the day it was made on.
    pub(crate) const MADE_ON: u32 = 8;
}

/// Numbers of the fields of kind PairGoal.
pub(crate) mod goal {
    /// Number: in whose learning it lies, 1 that of whoever began, 2 that of the other.
    pub(crate) const LANE: u32 = 1;
    /// Text: what.
    pub(crate) const WHAT: u32 = 2;
    /// Text: the sign by which both see it.
    pub(crate) const SIGN: u32 = 3;
    /// Number: the day it was made on.
    pub(crate) const MADE_ON: u32 = 4;
}

/// Numbers of the fields of kind Responsibility.
pub(crate) mod responsibility {
    /// Text: what it is.
    pub(crate) const NAME: u32 = 1;
    /// Text: what one has to know of it.
    pub(crate) const ABOUT: u32 = 2;
    /// Number from 1 to 5: how bad if lost.
    pub(crate) const RISK: u32 = 3;
    /// Number from 1 to 5: how few know it.
    pub(crate) const RARITY: u32 = 4;
    /// Number: 0 undecided, 1 transfer, 2 stop, 3 automate.
    pub(crate) const DECISION: u32 = 5;
    /// List of texts: who could do it.
    pub(crate) const SUCCESSORS: u32 = 6;
    /// Bytes: the session in which it is handed over next.
    pub(crate) const SESSION: u32 = 7;
}

/// Numbers of the fields of kind Agreement. A draft has its sections as shared texts under their own numbers, 1 to 13.
pub(crate) mod agreement {
    /// Bytes: the text as `agreement_text.rs` writes it.
    pub(crate) const TEXT: u32 = 1;
    /// Number: milliseconds since 1970 UTC.
    pub(crate) const AT: u32 = 2;
    /// Set of lists: whose as in an act, milliseconds since 1970 UTC, hash, text.
    pub(crate) const SIGNATURES: u32 = 3;
}

/// Numbers of the fields of kind Preparation, which stands in the journal alone.
pub(crate) mod preparation {
    /// Bytes: the pairing.
    pub(crate) const PAIRING: u32 = 1;
    /// Bytes: the session.
    pub(crate) const SESSION: u32 = 2;
    /// Text: what I think of it.
    pub(crate) const THOUGHTS: u32 = 3;
    /// Text: what I want from it.
    pub(crate) const WANT: u32 = 4;
}

/// Numbers of the fields of kind Standing, which stands in the journal alone.
pub(crate) mod standing {
    /// Set of lists: id, relation, person or null, account or null, name, since or null, until or null, milliseconds of its writing.
    pub(crate) const LINE: u32 = 1;
    /// Set of bytes: entries of the line that were taken out.
    pub(crate) const LINE_GONE: u32 = 2;
    /// The first of the fields that hold for how many there is room: this one and the number of the part.
    pub(crate) const ROOM: u32 = 10;
}

/// Says what somebody did. The number stands in records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Deed {
    /// Lets the pairing rest; `number` is the day until which.
    Paused = 1,
    /// Takes it up again.
    Resumed = 2,
    /// Has begun to close it.
    ClosingBegun = 3,
    /// Has ended it.
    Ended = 4,
    /// Goes on; `number` is the new end.
    Renewed = 5,
    /// Has done the primer.
    PrimerDone = 6,
    /// Says why they said yes.
    Why = 7,
    /// Asks for a facilitator.
    FacilitatorAsked = 8,
    /// Says something about the end.
    EndWords = 9,
    /// Says yes to a time; `number` is that time.
    Accepted = 20,
    /// Moves a session; `number` is the time it had, `words` why.
    Moved = 21,
    /// Calls a session off; `words` say why.
    Cancelled = 22,
    /// Says that it was held.
    Held = 23,
    /// Shows what they want from it.
    Wanted = 24,
    /// Was there.
    Present = 25,
    /// Was not there.
    Absent = 26,
    /// Takes a promise on.
    TakenOn = 30,
    /// Does not take it on.
    NotTaken = 31,
    /// Has done it.
    Done = 32,
    /// Has done the small version.
    DoneSmall = 33,
    /// Has not done it, and says why.
    Skipped = 34,
    /// Carries it on; `of` is the session.
    Carried = 35,
    /// Opens it again.
    Reopened = 36,
    /// Has reached a goal.
    Reached = 40,
    /// Lets a goal go.
    LetGo = 41,
    /// Has seen something of a goal.
    Evidence = 42,
    /// Opens a goal again.
    GoalReopened = 43,
    /// The successor has watched.
    Shadowed = 50,
    /// The successor has done it with help.
    WithHelp = 51,
    /// The successor has done it alone.
    Alone = 52,
    /// The successor has taught it on.
    TaughtOn = 53,
}

impl Deed {
    /// Lists every deed.
    pub(crate) const ALL: [Self; 31] = [
        Self::Paused,
        Self::Resumed,
        Self::ClosingBegun,
        Self::Ended,
        Self::Renewed,
        Self::PrimerDone,
        Self::Why,
        Self::FacilitatorAsked,
        Self::EndWords,
        Self::Accepted,
        Self::Moved,
        Self::Cancelled,
        Self::Held,
        Self::Wanted,
        Self::Present,
        Self::Absent,
        Self::TakenOn,
        Self::NotTaken,
        Self::Done,
        Self::DoneSmall,
        Self::Skipped,
        Self::Carried,
        Self::Reopened,
        Self::Reached,
        Self::LetGo,
        Self::Evidence,
        Self::GoalReopened,
        Self::Shadowed,
        Self::WithHelp,
        Self::Alone,
        Self::TaughtOn,
    ];

    /// Gives the deed of a number.
    pub(crate) fn of_number(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|deed| *deed as i64 == number)
    }

    /// Tells whether it belongs to the process, which a facilitator sees; it has no words then.
    pub(crate) fn is_process(self) -> bool {
        matches!(
            self,
            Self::Paused
                | Self::Resumed
                | Self::ClosingBegun
                | Self::Ended
                | Self::Renewed
                | Self::PrimerDone
                | Self::Held
                | Self::Present
                | Self::Absent
        )
    }
}

/// Is an act as it stands in a record: a list of deed, milliseconds since 1970 UTC, day, number or null, words, what it is about or
/// null, and 1 when it was noted of the other by somebody who tracks the pairing alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Act {
    pub(crate) what: Deed,
    pub(crate) at_ms: i64,
    pub(crate) on: NaiveDate,
    pub(crate) number: Option<i64>,
    pub(crate) words: String,
    pub(crate) of: Option<ObjectId>,
    pub(crate) of_other: bool,
}

impl Act {
    pub(crate) fn to_value(&self) -> Value {
        Value::List(vec![
            Value::Int(self.what as i64),
            Value::Int(self.at_ms),
            day::value(Some(self.on)),
            self.number.map_or(Value::Null, Value::Int),
            self.words.as_str().into(),
            self.of.map_or(Value::Null, |of| Value::Bytes(of.to_vec())),
            Value::Int(i64::from(self.of_other)),
        ])
    }

    /// Reads an act; none is one that a newer program knows.
    pub(crate) fn of_value(value: &Value) -> Option<Self> {
        let parts = value.as_list()?;
        Some(Self {
            what: Deed::of_number(parts.first()?.as_int()?)?,
            at_ms: parts.get(1)?.as_int()?,
            on: day::of_value(parts.get(2))?,
            number: parts.get(3).and_then(Value::as_int),
            words: parts.get(4).and_then(Value::as_text).unwrap_or_default().to_owned(),
            of: parts.get(5).and_then(Value::as_id),
            of_other: parts.get(6).and_then(Value::as_int) == Some(1),
        })
    }

    /// Gives the operation that adds it.
    pub(crate) fn to_op(&self) -> Op {
        Op::Add { field: ACTS, element: self.to_value() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::op::Kind;

    #[test]
    fn numbers_of_kinds_and_deeds_never_change() {
        let kinds = [
            Kind::Pairing,
            Kind::Charter,
            Kind::AgreementDraft,
            Kind::PairSession,
            Kind::Promise,
            Kind::PairGoal,
            Kind::Responsibility,
            Kind::Agreement,
            Kind::Preparation,
            Kind::Standing,
        ];
        assert_eq!(kinds.map(|kind| kind.0), [15, 16, 17, 18, 19, 20, 21, 22, 23, 24]);
        let deeds: Vec<i64> = Deed::ALL.iter().map(|deed| *deed as i64).collect();
        let written: Vec<i64> = (1..=9).chain(20..=26).chain(30..=36).chain(40..=43).chain(50..=53).collect();
        assert_eq!(deeds, written);
        assert!(Deed::ALL.into_iter().all(|deed| Deed::of_number(deed as i64) == Some(deed)));
    }

    #[test]
    fn an_act_comes_back_as_it_was_kept() {
        let act = Act {
            what: Deed::Carried,
            at_ms: 12,
            on: "2026-11-06".parse().unwrap(),
            number: Some(7),
            words: "the week was full".into(),
            of: Some([2; 16]),
            of_other: true,
        };
        assert_eq!(Act::of_value(&act.to_value()), Some(act));
        assert_eq!(Act::of_value(&Value::List(vec![Value::Int(1), Value::Int(2)])), None);
        assert_eq!(Act::of_value(&Value::List(vec![Value::Int(999)])), None);
    }
}
