//! What happens between sessions: rhythm, pauses, endings, who waits for whom, and the desk that shows all of it.

use chrono::NaiveDate;

use super::{Lane, NextSession, Who};
use crate::ids::{AgreementId, LineId, PairSessionId, PairingId, PromiseId};
use crate::pairings::kinds::{LineRelation, PairingKind, Part};
use crate::spaces::SpaceId;

/// Holds a pause that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pause {
    /// Whose; only they take it back.
    pub by: Who,
    /// Since when.
    pub since: NaiveDate,
    /// Until when; none for as long as they do not take it back.
    pub until: Option<NaiveDate>,
}

/// Says how somebody ends a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ending {
    /// A closing session is on its way.
    Closing,
    /// It has ended.
    Ended,
    /// It goes on until another day.
    Renewed,
}

/// Holds what somebody said about the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndingAct {
    /// Who.
    pub by: Who,
    /// What.
    pub ending: Ending,
    /// On which day.
    pub on: NaiveDate,
    /// In their words; empty where they gave none.
    pub words: String,
}

/// Says how a pairing stands with its rhythm. Nobody but the two ever sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// It has not met yet.
    New,
    /// It meets as it wanted to.
    OnRhythm,
    /// One and a half times as long ago as it wanted.
    Quiet,
    /// Two and a half times as long ago as it wanted.
    Drifting,
    /// Somebody said that it rests.
    Paused,
    /// Its end has come, or somebody has begun to close it.
    Closing,
    /// It has ended.
    Closed,
}

/// Is a gentle word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Nudge {
    /// Seven days and no first session yet.
    PlanFirst,
    /// Fourteen days and no first session yet: is there something in the way?
    OfferHelp,
    /// Twenty-eight days and no first session: it may be let go, and nobody is at fault.
    MayLetGo,
    /// It has been quiet.
    SayHello,
    /// It drifts: meet, pause, or end it well.
    MeetPauseOrEnd,
    /// The agreement is due to be looked at.
    ReviewAgreement,
    /// The end comes near: renew it, or close it well.
    RenewOrClose,
}

/// Says what somebody waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WaitsFor {
    /// To come in.
    ToJoin,
    /// Their signature.
    Signature(AgreementId),
    /// Their word on a time.
    Answer(PairSessionId),
    /// To take on what was proposed to them.
    TakingOn(PromiseId),
    /// What they promised, whose day has come.
    Promise(PromiseId),
    /// Their word on a facilitator.
    Facilitator,
    /// The primer.
    Primer,
}

/// Says who is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Waiting {
    /// Who is waited for.
    pub on: Who,
    /// For what.
    pub what: WaitsFor,
    /// Since which day, where that is known.
    pub since: Option<NaiveDate>,
}

/// Is something that both see and have to decide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Card {
    /// The senior has cancelled twice: make it matter, or end it well.
    MakeItMatterOrEnd {
        /// How often.
        times: u32,
    },
    /// Two sessions in a row were moved or cancelled by the same person: talk about it.
    TwoInARow {
        /// Who.
        by: Who,
    },
    /// My line at work has come to include the other: pause and decide.
    LineChanged {
        /// Which relation.
        line: LineId,
        /// What it is.
        relation: LineRelation,
        /// Since when.
        since: Option<NaiveDate>,
    },
    /// Somebody wanted to come in as a second other: nobody writes any more.
    TwoForOneSeat,
}

/// Holds how the two lanes stand to each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Balance {
    /// What I learn.
    pub mine: LaneCount,
    /// What the other learns.
    pub theirs: LaneCount,
}

/// Counts what happened in a lane.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LaneCount {
    /// Open goals.
    pub goals: u32,
    /// Goals that were reached.
    pub reached: u32,
    /// Sessions held for it alone.
    pub sessions: u32,
    /// Minutes of those, and half of those that were for both.
    pub minutes: u32,
}

/// Holds a pairing as a row of the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct DeskRow {
    /// The pairing.
    pub id: PairingId,
    /// How the other is called.
    pub name: String,
    /// What we are to each other.
    pub kind: PairingKind,
    /// What I am.
    pub my_part: Part,
    /// Whether the other is in it too.
    pub is_two: bool,
    /// How it stands with the rhythm.
    pub health: Health,
    /// Who waits for whom.
    pub waits: Vec<Waiting>,
    /// The session that comes next: which, on which day, and when.
    pub next: Option<NextSession>,
    /// The day of the session that was held last.
    pub last_on: Option<NaiveDate>,
    /// How many sessions were held.
    pub held: u32,
    /// How many of my promises are open.
    pub my_promises: u32,
    /// How many of the other's are.
    pub their_promises: u32,
    /// How the two lanes stand to each other.
    pub balance: Balance,
    /// What is worth a gentle word.
    pub nudges: Vec<Nudge>,
    /// The space of the two; none while it is tracked alone.
    pub space: Option<SpaceId>,
    /// What I learn from the other.
    pub mine_about: String,
    /// What the other learns from me.
    pub theirs_about: String,
    /// Which lane leads; none where neither does.
    pub leads: Option<Lane>,
    /// How often we meet, in days.
    pub rhythm_days: u32,
    /// The days of the sessions that were held, in their order.
    pub held_on: Vec<NaiveDate>,
    /// A session whose day has passed and of which nobody said what became of it.
    pub unspoken: Option<(PairSessionId, NaiveDate)>,
    /// Until when it rests, where a day was said.
    pub paused_until: Option<NaiveDate>,
    /// The day it began on.
    pub begun_on: NaiveDate,
    /// The day it ends on.
    pub ends_on: Option<NaiveDate>,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
}

/// Holds all pairings at a glance.
#[derive(Debug, Clone, PartialEq)]
pub struct Desk {
    /// The day it is for.
    pub on: NaiveDate,
    /// Pairings that have not ended, whoever waits for me first.
    pub open: Vec<DeskRow>,
    /// Those that have ended, the latest first.
    pub closed: Vec<DeskRow>,
    /// For how many there is room, by what I am in them.
    pub room: Vec<Room>,
}

/// Holds for how many somebody has room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// As what.
    pub part: Part,
    /// For how many.
    pub most: u32,
    /// How many there are.
    pub taken: u32,
}
