//! Requests and views of meetings: a guide that two people run together.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    guides::{AnswerView, ClockView, FieldView, PastStep, RunStatus},
    pairings::PairWho,
};

/// Shows a meeting as it stands, as this person may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MeetingView {
    /// Its id.
    pub id: String,
    /// The pairing.
    pub pairing: String,
    /// The title of its guide.
    pub title: String,
    /// Whether both are in one room before this screen.
    pub room: bool,
    /// Whether it is open, finished or put away.
    pub status: RunStatus,
    /// What holds throughout.
    pub rules: Vec<String>,
    /// Rules that were called, the latest last.
    pub calls: Vec<CallView>,
    /// All its steps, for the thread.
    pub steps: Vec<MeetingMark>,
    /// The step it stands at; none at the end.
    pub here: Option<MeetingStep>,
    /// What was answered so far and this person may read, step by step.
    pub past: Vec<PastStep>,
    /// How time stands.
    pub clock: ClockView,
}

/// Shows a rule that was called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CallView {
    /// Who called.
    pub by: PairWho,
    /// Which rule, in its words; may be empty.
    pub rule: String,
}

/// Shows a step as a knot of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeetingMark {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whose turn it is; none when it is nobody's alone.
    pub turn: Option<PairWho>,
    /// How many minutes are planned.
    pub minutes: u32,
    /// Whether it lies before the present one.
    pub is_past: bool,
    /// Whether it is the present one.
    pub is_here: bool,
}

/// Shows the step a meeting stands at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MeetingStep {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The question, large.
    pub ask: String,
    /// One sentence beneath it; may be empty.
    pub help: String,
    /// Who speaks; none when everybody may.
    pub speaks: Option<PairWho>,
    /// Whether nobody speaks and everyone writes.
    pub is_silent: bool,
    /// What is asked on this screen.
    pub fields: Vec<MeetingField>,
    /// Whether what is answered here is sealed until both have.
    pub is_sealed: bool,
    /// Whether this person has sealed their answers here.
    pub has_sealed: bool,
    /// The name of the step behind it; none at the last.
    pub next: Option<String>,
}

/// Shows a question with whom it asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct MeetingField {
    /// Under which name they take part.
    pub person: String,
    /// Who that is.
    pub who: PairWho,
    /// The question, and what they answered.
    pub field: FieldView,
}

/// Asks to begin a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BeginMeeting {
    /// The pairing.
    pub pairing: String,
    /// The guide.
    pub guide: String,
    /// In which language.
    pub language: String,
    /// The session it belongs to.
    #[ts(optional)]
    pub session: Option<String>,
    /// Its short form.
    pub short: bool,
    /// Whether both are in one room before this screen.
    pub room: bool,
}

/// Names a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NameMeeting {
    /// The pairing.
    pub pairing: String,
    /// The meeting.
    pub meeting: String,
    /// In which language it is shown.
    pub language: String,
}

/// Answers in a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerMeeting {
    /// The meeting.
    pub of: NameMeeting,
    /// The answers.
    pub answers: Vec<MeetingAnswer>,
}

/// Is an answer of somebody.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MeetingAnswer {
    /// Whose: the name under which they take part.
    pub person: String,
    /// To what.
    pub key: String,
    /// The answer; none takes it away.
    pub answer: Option<AnswerView>,
}

/// Says what is done in a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum MeetingAct {
    /// Goes on.
    Next,
    /// Goes back.
    Back,
    /// Goes to a step.
    To {
        /// Which.
        step: String,
    },
    /// Stops the clock.
    Pause,
    /// Lets it go on.
    Resume,
    /// Seals this person's answers of a step.
    Seal {
        /// Which.
        step: String,
    },
    /// Calls “rule”.
    Rule {
        /// Which one, in its words; may be empty.
        rule: String,
    },
    /// Brings it to its end, and makes what comes of it.
    Finish,
}

/// Asks to do something in a meeting.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MoveMeeting {
    /// The meeting.
    pub of: NameMeeting,
    /// What.
    pub act: MeetingAct,
}
