//! What is to come of a pairing: promises, goals, and what is handed over.

use chrono::NaiveDate;

use super::{Lane, Said, Who};
use crate::ids::{GoalId, PairGoalId, PairSessionId, PromiseId, ResponsibilityId};

/// Says what became of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PromiseState {
    /// It was proposed to whoever would keep it, and they have not taken it on.
    Offered,
    /// They do not take it on.
    NotTaken,
    /// It is to be done.
    Open,
    /// It was done.
    Done,
    /// The small version of it was done.
    DoneSmall,
    /// Not this time, because of something.
    Skipped,
}

/// Holds a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Promise {
    /// Its id.
    pub id: PromiseId,
    /// Whose it is.
    pub owner: Who,
    /// Who wrote it.
    pub by: Who,
    /// What.
    pub what: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Where.
    pub place: String,
    /// If something comes in between, then this.
    pub if_then: String,
    /// The small version that still counts.
    pub small: String,
    /// The session it was made in.
    pub made_in: Option<PairSessionId>,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// What became of it.
    pub state: PromiseState,
    /// When that was, for what is settled.
    pub settled_on: Option<NaiveDate>,
    /// What was said to it: what was learned, or the reason of a skip.
    pub words: String,
    /// To how many sessions it was carried on.
    pub carried: u32,
}

/// Describes a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    /// Who is to keep it. What is for the other is offered, and they take it on.
    pub owner: Who,
    /// What.
    pub what: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Where.
    pub place: String,
    /// If something comes in between, then this.
    pub if_then: String,
    /// The small version that still counts.
    pub small: String,
    /// The session it is made in.
    pub session: Option<PairSessionId>,
}

/// Says what somebody says about a promise of theirs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PromiseAnswer {
    /// It is done.
    Done,
    /// Its small version is done.
    DoneSmall,
    /// Not this time; the words say why.
    Skipped,
    /// It goes on to the next session.
    Carried,
    /// It is open again.
    Reopened,
}

/// Holds a goal that both see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PairGoal {
    /// Its id.
    pub id: PairGoalId,
    /// In whose learning it lies.
    pub lane: Lane,
    /// What.
    pub what: String,
    /// The sign by which both will see it.
    pub sign: String,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// What was seen of it so far.
    pub evidence: Vec<Said>,
    /// Whether it was reached or let go, when and by whom.
    pub ended: Option<(GoalOutcome, Who, NaiveDate)>,
    /// The goal of my journal that says why it matters to me.
    pub behind: Option<GoalId>,
}

/// Says how a goal of a pairing ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GoalOutcome {
    /// It was reached.
    Reached,
    /// It was let go.
    LetGo,
}

/// Says how far a successor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Readiness {
    /// They have watched.
    Shadowed,
    /// They have done it with help.
    WithHelp,
    /// They have done it alone.
    Alone,
    /// They have taught it on.
    TaughtOn,
}

impl Readiness {
    /// Lists the steps in their order.
    pub const ALL: [Self; 4] = [Self::Shadowed, Self::WithHelp, Self::Alone, Self::TaughtOn];
}

/// Says what happens to a responsibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HandoverDecision {
    /// Nobody has decided.
    Undecided,
    /// Somebody takes it over.
    Transfer,
    /// It ends.
    Stop,
    /// A machine does it from now on.
    Automate,
}

/// Holds something that is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Responsibility {
    /// Its id.
    pub id: ResponsibilityId,
    /// What it is.
    pub name: String,
    /// What one has to know of it.
    pub about: String,
    /// How bad it would be if it were lost, from 1 to 5; 0 while nobody has said.
    pub risk: u32,
    /// How few know it, from 1 to 5; 0 while nobody has said.
    pub rarity: u32,
    /// Who could do it from then on.
    pub successors: Vec<String>,
    /// What happens to it.
    pub decision: HandoverDecision,
    /// The session in which it is handed over next.
    pub session: Option<PairSessionId>,
    /// The evidence: each step, who signed it and on which day.
    pub evidence: Vec<(Readiness, Who, NaiveDate)>,
    /// The highest step that both signed.
    pub ready: Option<Readiness>,
}

/// Describes something that is handed over.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewResponsibility {
    /// What it is.
    pub name: String,
    /// What one has to know of it.
    pub about: String,
    /// How bad it would be if it were lost, from 1 to 5.
    pub risk: u32,
    /// How few know it, from 1 to 5.
    pub rarity: u32,
    /// Who could do it from then on.
    pub successors: Vec<String>,
    /// What happens to it.
    pub decision: Option<HandoverDecision>,
    /// The session in which it is handed over next.
    pub session: Option<PairSessionId>,
}
