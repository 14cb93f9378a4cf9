//! Thanks notes as they are written and shown.

use chrono::{DateTime, NaiveDate, Utc};

use crate::ids::{HelpedId, ThanksId};
use crate::pairings::Who;

/// Describes a note.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewThanks {
    /// When it was.
    pub on: Option<NaiveDate>,
    /// What the other did.
    pub did: String,
    /// What it let me do.
    pub let_me: String,
    /// What I learned.
    pub learned: String,
    /// The note of help it comes from, which then knows that thanks were said.
    pub helped: Option<HelpedId>,
}

/// Says what becomes of a note that was received.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ThanksDecision {
    /// Nothing was decided; it is between the two.
    #[default]
    Undecided,
    /// It is kept.
    Keep,
    /// It may be shown to those who are named.
    ShowTo(Vec<String>),
    /// It may be shown to all.
    ShowAll,
}

/// Holds a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thanks {
    /// Its id.
    pub id: ThanksId,
    /// Who thanks.
    pub by: Who,
    /// When it was written, as their clock said.
    pub at: DateTime<Utc>,
    /// When what it is for was.
    pub on: Option<NaiveDate>,
    /// What was done.
    pub did: String,
    /// What it made possible.
    pub let_me: String,
    /// What was learned.
    pub learned: String,
    /// What the person of this notebook decided about a note they received.
    pub decision: ThanksDecision,
}
