//! Meetings as they are begun and shown.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::guides::model::Guide;
use crate::guides::run::{Field, Form, RunState, Status};
use crate::guides::{Answer, AnswerKey};
use crate::ids::{MeetingId, PairSessionId};
use crate::pairings::{Home, Who};
use crate::sealed::Sealed;

/// Describes a meeting that begins.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewMeeting {
    /// The guide, by its handle.
    pub guide: String,
    /// The language of whoever begins.
    pub language: String,
    /// All of it, or the short form.
    pub form: Form,
    /// How much longer or shorter than planned, in per cent, from -25 to 25.
    pub pace: i32,
    /// The session it belongs to.
    pub session: Option<PairSessionId>,
    /// Whether both are in one room before one screen.
    pub room: bool,
    /// Who takes which roles; none means as the leading lane has it.
    pub roles: Vec<(Who, Vec<String>)>,
    /// Answers that are known already.
    pub given: Vec<(AnswerKey, Answer)>,
}

/// Holds a meeting as the person of this notebook may see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// Where it stands.
    pub home: Home,
    /// Its guide, in the language that was asked for where that is there.
    pub guide: Guide,
    /// The session it belongs to.
    pub session: Option<PairSessionId>,
    /// How it stands, with the answers that this person may read and no others.
    pub state: RunState,
    /// Under which name this person takes part; empty for a facilitator.
    pub me: String,
    /// Under which name the other takes part; empty when nobody does.
    pub other: String,
    /// Whether both are in one room before one screen.
    pub room: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
    /// What holds throughout: the ground rules, then those of the guide.
    pub rules: Vec<String>,
    /// Rules that were called.
    pub calls: Vec<RuleCall>,
    /// The steps that are answered under seal, by key.
    pub seals: Vec<(String, Sealed)>,
    /// Answers that somebody else wrote down for a person, before one screen.
    pub written_down: BTreeSet<(String, AnswerKey)>,
}

/// Describes a meeting in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct MeetingRow {
    /// Its id.
    pub id: MeetingId,
    /// The id of its guide.
    pub guide: String,
    /// The title of its guide.
    pub title: String,
    /// The session it belongs to.
    pub session: Option<PairSessionId>,
    /// Whether it is open.
    pub status: Status,
    /// When it began.
    pub started_at: DateTime<Utc>,
}

/// Shows one question with whom it asks.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked<'a> {
    /// Under which name they take part.
    pub person: String,
    /// Who that is.
    pub who: Who,
    /// The step.
    pub step: String,
    /// The question.
    pub field: Field<'a>,
    /// What they have answered.
    pub answer: Option<Answer>,
}

/// Says to whom “rule” is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallTo {
    /// Everybody in the meeting.
    All,
    /// The facilitator alone.
    Facilitator,
}

/// Holds a rule that was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleCall {
    /// Who called.
    pub by: Who,
    /// To whom.
    pub to: CallTo,
    /// When, as their clock said.
    pub at: DateTime<Utc>,
    /// Which rule, in its words; may be empty.
    pub rule: String,
    /// What they said; may be empty.
    pub words: String,
}
