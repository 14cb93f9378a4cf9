//! Sessions, and what is thought of them before.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Lane, PairGoal, Promise, Said, Who};
use crate::ids::PairSessionId;

/// Says how a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SessionState {
    /// It has a day and no time yet.
    Planned,
    /// A time was proposed, and the other has not said yes.
    Proposed,
    /// Both said yes to its time.
    Agreed,
    /// It took place.
    Held,
    /// It was called off.
    Cancelled,
}

/// Holds a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: PairSessionId,
    /// How it stands.
    pub state: SessionState,
    /// Its day.
    pub on: NaiveDate,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// Who proposed that time.
    pub proposed_by: Who,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// The time zone it was planned in.
    pub zone: String,
    /// Its place in the programme.
    pub number: Option<u32>,
    /// For which lane; none for both.
    pub lane: Option<Lane>,
    /// The step of the guide.
    pub topic: String,
    /// The real case it is for.
    pub live_case: String,
    /// Whose case that is.
    pub whose: Option<Who>,
    /// How often each moved it. Shown to the two only.
    pub moves: Vec<(Who, u32)>,
    /// Who called it off.
    pub cancelled_by: Option<Who>,
    /// Why, in their words.
    pub reason: String,
    /// Who was there.
    pub present: Vec<Who>,
    /// What each wants from it, as far as they show it.
    pub wants: Vec<Said>,
}

/// Describes a session that is proposed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewSession {
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
    /// How long; what the charter says where nobody does.
    pub minutes: Option<u32>,
    /// Where.
    pub place: String,
    /// The real case it is for.
    pub live_case: String,
    /// Whose case that is.
    pub whose: Option<Who>,
    /// For which lane; none for both.
    pub lane: Option<Lane>,
    /// The step of a guide.
    pub topic: String,
}

/// Holds the session that comes next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextSession {
    /// Which.
    pub id: PairSessionId,
    /// How it stands.
    pub state: SessionState,
    /// Its day.
    pub on: NaiveDate,
    /// When it begins.
    pub starts_at: Option<DateTime<Utc>>,
}

/// Holds what a person thinks of an hour before it. Nobody else sees it but for what they show.
#[derive(Debug, Clone, PartialEq)]
pub struct Preparation {
    /// The session; none while nothing is planned.
    pub session: Option<Session>,
    /// Where we left off: the session held last, and the beginning of its shared notes.
    pub last: Option<(Session, String)>,
    /// What I promised and is open.
    pub my_promises: Vec<Promise>,
    /// What the other promised and is open.
    pub their_promises: Vec<Promise>,
    /// What I think of it, for myself.
    pub thoughts: String,
    /// What I want from this hour.
    pub want: String,
    /// Whether the other can read what I want.
    pub is_shown: bool,
    /// What the other wants, as far as they show it.
    pub their_want: Option<Said>,
    /// The goals that are open.
    pub goals: Vec<PairGoal>,
}
