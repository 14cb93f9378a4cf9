//! Views of pairings: two people, two lanes, and what they agreed, promised and met for.
//!
//! A view is as one person sees it: a lane is what they learn or what they teach. [`PairingRow`] is what a list and the desk
//! show, [`PairingView`] the whole page. What may be asked for stands in `pairing_asks`.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use super::agreements::{AgreementSection, AgreementStage, AgreementView, AgreementsView, SignatureView};
use super::spaces::Reader;

/// Says what two people are to each other in a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingKind {
    /// One learns from the other's experience.
    Mentoring,
    /// Somebody senior learns from somebody junior, with safeguards for the junior.
    Reverse,
    /// Both teach and both learn.
    Reciprocal,
    /// Two peers who coach each other in turns.
    PeerCoaching,
    /// Somebody who is there helps somebody who is new.
    Buddy,
    /// Two who practise the same thing.
    PracticePartner,
    /// One hands over what they are responsible for.
    Handover,
    /// One or two sessions; it ends by itself.
    Taster,
}

/// Says what somebody is in a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingPart {
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

/// Says who did something, as this person sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairWho {
    /// This person.
    Me,
    /// The other of the two.
    Other,
    /// A facilitator.
    Facilitator,
    /// Nobody who is known here.
    Unknown,
}

/// Says which way a lane runs for this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum LaneWay {
    /// This person learns.
    Learn,
    /// This person teaches.
    Teach,
}

/// Says how a pairing stands with its rhythm, computed from its sessions and the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingHealth {
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingNudge {
    /// Seven days and no first session yet.
    PlanFirst,
    /// Fourteen days and no first session yet.
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

/// Shows a lane.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LaneView {
    /// Which way it runs.
    pub way: LaneWay,
    /// What it is about; empty while nobody said.
    pub about: String,
    /// Whether it leads.
    pub leads: bool,
    /// Minutes of the sessions that were held for it.
    pub minutes: u32,
}

/// Says what is waited for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum WaitView {
    /// To come in.
    ToJoin {
        /// Since which day.
        since: NaiveDate,
    },
    /// A signature.
    Signature {
        /// Since which day.
        since: NaiveDate,
    },
    /// A word on a time.
    Answer {
        /// The session.
        session: String,
        /// Since which day.
        since: NaiveDate,
    },
    /// To take on what was proposed.
    TakingOn {
        /// The promise.
        promise: String,
        /// Since which day.
        since: NaiveDate,
    },
    /// What was promised, whose day has come.
    Promise {
        /// The promise.
        promise: String,
        /// What was promised.
        words: String,
        /// Since which day.
        since: NaiveDate,
    },
    /// A word on a facilitator.
    Facilitator {
        /// Since which day.
        since: NaiveDate,
    },
    /// The primer.
    Primer {
        /// Since which day.
        since: NaiveDate,
    },
    /// To say whether a session was held whose time is over.
    Held {
        /// The session.
        session: String,
        /// The day it was to be on.
        since: NaiveDate,
    },
    /// A gentle word.
    Nudge {
        /// Which one.
        nudge: PairingNudge,
    },
}

/// Shows a pairing as a row of the list and of the desk.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PairingRow {
    /// Its id: that of this person's side.
    pub id: String,
    /// The other's name.
    pub name: String,
    /// What they are to each other.
    pub kind: PairingKind,
    /// What this person is in it.
    pub part: PairingPart,
    /// The space of both; none while this person keeps it alone.
    pub space: Option<String>,
    /// Whether the other is in it too.
    pub is_two: bool,
    /// How it stands.
    pub health: PairingHealth,
    /// What is learned and what is taught.
    pub lanes: Vec<LaneView>,
    /// The next session that stands.
    pub next: Option<NextView>,
    /// The days on which sessions were held, the first one first.
    pub held: Vec<NaiveDate>,
    /// The agreed days between two sessions.
    pub every_days: u32,
    /// The day it began.
    pub begun_on: NaiveDate,
    /// The day on which it ends or is renewed.
    pub ends_on: Option<NaiveDate>,
    /// Until when it is paused, where a day was said.
    pub paused_until: Option<NaiveDate>,
    /// The day on which it ended.
    pub ended_on: Option<NaiveDate>,
    /// What waits for this person, the most pressing first; a gentle word last.
    pub waits: Vec<WaitView>,
    /// Promises of this person that are open.
    pub mine: u32,
    /// Promises of the other that are open.
    pub theirs: u32,
}

/// Shows the session that comes next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NextView {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub state: PairSessionState,
    /// Its day.
    pub on: NaiveDate,
    /// When it begins; none while it has only a day.
    pub at: Option<DateTime<Utc>>,
}

/// Says how a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairSessionState {
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

/// Shows a session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PairSessionView {
    /// Its id.
    pub id: String,
    /// How it stands.
    pub state: PairSessionState,
    /// Its day.
    pub on: NaiveDate,
    /// When it begins; none while it has only a day.
    pub at: Option<DateTime<Utc>>,
    /// Who proposed that time.
    pub by: PairWho,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// The real case it is for.
    pub case: String,
    /// Whose case that is.
    pub whose: Option<PairWho>,
    /// For which lane; none for both.
    pub lane: Option<LaneWay>,
    /// Its place in the programme, or among those that were held.
    pub number: Option<u32>,
    /// The step of the guide.
    pub topic: String,
    /// How often it was moved.
    pub moves: u32,
    /// Who called it off.
    pub cancelled_by: Option<PairWho>,
    /// Why, in their words; empty where they gave none.
    pub reason: String,
    /// What stands in the notes of both.
    pub notes: String,
}

/// Says what became of a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    /// It was proposed to whoever would keep it, and they have not taken it on.
    Offered,
    /// They do not take it on.
    NotTaken,
    /// It is to be done.
    Open,
    /// It was done.
    Done,
    /// Its small version was done.
    DoneSmall,
    /// Not this time, because of something.
    Skipped,
}

/// Shows a promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PromiseView {
    /// Its id.
    pub id: String,
    /// The pairing it belongs to.
    pub pairing: String,
    /// The other's name.
    pub with: String,
    /// Whether it is this person's.
    pub mine: bool,
    /// Whether this person wrote it.
    pub by_me: bool,
    /// What was promised.
    pub what: String,
    /// Where.
    pub place: String,
    /// If something comes in between, then this.
    pub if_then: String,
    /// The small version that still counts.
    pub small: String,
    /// The day it is due on.
    pub due_on: Option<NaiveDate>,
    /// The day it was made on.
    pub made_on: NaiveDate,
    /// What became of it.
    pub state: PromiseState,
    /// On which day.
    pub settled_on: Option<NaiveDate>,
    /// What was said about it.
    pub words: String,
}

/// Shows a goal of a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PairingGoalView {
    /// Its id.
    pub id: String,
    /// In which lane.
    pub way: LaneWay,
    /// What it is.
    pub what: String,
    /// The sign by which both will see it.
    pub sign: String,
    /// The day it was reached or let go on.
    pub ended_on: Option<NaiveDate>,
    /// Whether it was reached.
    pub reached: bool,
}

/// Shows words of one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaidView {
    /// Whose.
    pub by: PairWho,
    /// What.
    pub words: String,
}

/// Shows a pause that holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PauseView {
    /// Whose; only they take it back.
    pub by: PairWho,
    /// Since when.
    pub since: NaiveDate,
    /// Until when; none for as long as they do not take it back.
    pub until: Option<NaiveDate>,
}

/// Says how somebody ends a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PairingEnding {
    /// A closing session is on its way.
    Closing,
    /// It has ended.
    Ended,
    /// It goes on until another day.
    Renewed,
}

/// Shows what somebody said about the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EndingView {
    /// Who.
    pub by: PairWho,
    /// What.
    pub ending: PairingEnding,
    /// On which day.
    pub on: NaiveDate,
    /// In their words; empty where they gave none.
    pub words: String,
}

/// Is something that both see and have to decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "card", rename_all = "snake_case")]
pub enum CardView {
    /// The senior has cancelled twice: make it matter, or end it well.
    MakeItMatterOrEnd {
        /// How often.
        times: u32,
    },
    /// Two sessions in a row were moved or called off by the same person.
    TwoInARow {
        /// Who.
        by: PairWho,
    },
    /// This person's line at work has come to include the other.
    LineChanged {
        /// The name that stands in the line.
        name: String,
    },
    /// Somebody wanted to come in as a second other: nobody writes any more.
    TwoForOneSeat,
}

/// Shows a pairing whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PairingView {
    /// What the list says of it.
    pub row: PairingRow,
    /// The other's part in it.
    pub their_part: PairingPart,
    /// The space of both; none while this person keeps it alone.
    pub space: Option<String>,
    /// What this person hopes for; nobody else can read it.
    pub hope: String,
    /// Why it matters to this person; nobody else can read it.
    pub why: String,
    /// What both want from it.
    pub purpose: String,
    /// Why each said yes, for both to read.
    pub whys: Vec<SaidView>,
    /// The agreed minutes of a session.
    pub minutes: u32,
    /// How many sessions are planned; 0 when it is open.
    pub planned: u32,
    /// Who can read what both share: whom the key is sealed to. Empty while this person keeps it alone.
    pub readers: Vec<Reader>,
    /// The sessions, in order of their time.
    pub sessions: Vec<PairSessionView>,
    /// The promises, those that are open first.
    pub promises: Vec<PromiseView>,
    /// The goals.
    pub goals: Vec<PairingGoalView>,
    /// How far the agreement is, and the one that counts: the one put forward last.
    pub agreement: AgreementsView,
    /// The pauses that hold.
    pub pauses: Vec<PauseView>,
    /// How it ended, or is about to.
    pub endings: Vec<EndingView>,
    /// What both see and have to decide.
    pub cards: Vec<CardView>,
    /// Whether this person would do it again; nobody else can read it.
    pub again: Option<bool>,
    /// Whether it can be written.
    pub writable: bool,
}

/// Shows what a person thinks of an hour before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct PreparationView {
    /// The pairing.
    pub pairing: String,
    /// The other's name.
    pub name: String,
    /// Whether the other is in it too.
    pub is_two: bool,
    /// The session that comes next; none while nothing is planned.
    pub session: Option<PairSessionView>,
    /// The session that was held last.
    pub last: Option<PairSessionView>,
    /// The beginning of its notes.
    pub left_off: String,
    /// What this person promised and is open.
    pub mine: Vec<PromiseView>,
    /// What the other promised and is open.
    pub theirs: Vec<PromiseView>,
    /// What this person thinks of it, for themselves.
    pub thoughts: String,
    /// What this person wants from this hour.
    pub want: String,
    /// Whether the other can read that.
    pub is_shown: bool,
    /// What the other wants, as far as they show it.
    pub their_want: String,
    /// The goals that are open.
    pub goals: Vec<PairingGoalView>,
}

/// Shows one thing that goes over when a pairing is shared, whole: what stands here is written, and nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum GoingOverView {
    /// What the pairing is. It always goes over.
    Charter {
        /// What the two are to each other.
        kind: PairingKind,
        /// What this person learns; empty when it does not go over.
        learn: String,
        /// What this person teaches; empty when it does not go over.
        teach: String,
        /// The days between two sessions.
        every_days: u32,
        /// The day it began.
        begun_on: NaiveDate,
    },
    /// A goal.
    Goal {
        /// What.
        words: String,
        /// The sign by which both will see it.
        sign: String,
    },
    /// A promise.
    Promise {
        /// Whether it is this person's; one of the other's is offered to them.
        mine: bool,
        /// What.
        words: String,
        /// If something comes in between, then this.
        if_then: String,
        /// The small version that still counts.
        small: String,
        /// By when.
        due_on: Option<NaiveDate>,
    },
    /// A session.
    Session {
        /// Its day.
        on: NaiveDate,
        /// Where.
        place: String,
        /// The real case of one that is to come.
        case: String,
        /// Whether it was held.
        held: bool,
    },
    /// A section of the draft of the agreement.
    Section {
        /// Its number.
        number: u32,
        /// What it says.
        words: String,
    },
    /// Something that is handed over.
    Responsibility {
        /// What it is.
        words: String,
    },
}
