//! Feedback as it is written and shown.

use chrono::NaiveDate;

use crate::ids::PairSessionId;
use crate::pairings::Who;
use crate::sealed::SealState;

/// Holds what one person writes to the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedbackNote {
    /// What I think this is like for them: one line, before anything else.
    pub guess: String,
    /// What I saw.
    pub saw: String,
    /// Its effect on me.
    pub effect: String,
    /// A thought for next time.
    pub next_time: String,
}

/// Holds what the receiver of a note says to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reply {
    /// What the receiver says to the guess: that it is so, or what it is like. None while they have said nothing.
    pub guess: Option<Guess>,
    /// Thanks, in their words; none while they have not thanked.
    pub thanks: Option<String>,
    /// What they heard.
    pub heard: String,
    /// What they will do or keep; none while they have not said.
    pub follows: Option<String>,
}

/// Says how a guess was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Guess {
    /// It is like that.
    Confirmed,
    /// It is like this.
    Corrected(String),
}

/// Shows the feedback about a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// The session.
    pub session: PairSessionId,
    /// Who has asked for it, and for what in particular.
    pub asked: Vec<(Who, String)>,
    /// How far both are, oneself first.
    pub states: Vec<(Who, SealState)>,
    /// What I wrote.
    pub mine: Option<FeedbackNote>,
    /// What the other wrote; there once both have.
    pub theirs: Option<FeedbackNote>,
    /// What I said to theirs.
    pub my_reply: Reply,
    /// What the other said to mine.
    pub their_reply: Reply,
}

/// Names a session after which feedback is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The session.
    pub session: PairSessionId,
    /// Its day.
    pub on: NaiveDate,
    /// Whether the other has written already.
    pub is_waited_for: bool,
}
