//! Requests about pairings: what a screen or a terminal may ask for.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pairings::{AgreementSection, LaneWay, PairWho, PairingEnding, PairingKind};

/// Asks for a new pairing, of which only the name has to be known.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakePairing {
    /// The other's name.
    pub name: String,
    /// What this person hopes for.
    pub hope: String,
    /// What they are to each other.
    pub kind: PairingKind,
    /// What this person wants to learn; empty when not yet known.
    pub learn: String,
    /// What this person can teach; empty when not yet known.
    pub teach: String,
    /// Which lane leads, where the kind has one that does.
    pub leads: Option<LaneWay>,
}

/// Asks to change what a pairing says of itself; what is none stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangePairing {
    /// Which pairing.
    pub id: String,
    /// Another name for the other.
    #[ts(optional)]
    pub name: Option<String>,
    /// Another hope.
    #[ts(optional)]
    pub hope: Option<String>,
    /// Why this person said yes, for themselves.
    #[ts(optional)]
    pub why: Option<String>,
    /// What this person learns.
    #[ts(optional)]
    pub learn: Option<String>,
    /// What this person teaches.
    #[ts(optional)]
    pub teach: Option<String>,
    /// The days between two sessions.
    #[ts(optional)]
    pub every_days: Option<u32>,
    /// The minutes of a session.
    #[ts(optional)]
    pub minutes: Option<u32>,
    /// How many sessions; 0 when it is open.
    #[ts(optional)]
    pub planned: Option<u32>,
    /// The day on which it ends or is renewed.
    #[ts(optional)]
    pub ends_on: Option<NaiveDate>,
}

/// Asks to pause a pairing, or to take one's own pause back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PausePairing {
    /// Which pairing.
    pub id: String,
    /// Whether it is paused.
    pub paused: bool,
    /// Until when, where one knows.
    #[ts(optional)]
    pub until: Option<NaiveDate>,
}

/// Asks to end a pairing, to begin to close it, or to let it go on.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndPairing {
    /// Which pairing.
    pub id: String,
    /// How.
    pub ending: PairingEnding,
    /// A sentence, where there is one to be said.
    pub words: String,
    /// Until when it goes on, when it is renewed.
    #[ts(optional)]
    pub until: Option<NaiveDate>,
    /// Whether this person would do it again.
    #[ts(optional)]
    pub again: Option<bool>,
}

/// Asks to propose a session, or to move one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PlanSession {
    /// Which pairing.
    pub pairing: String,
    /// The session that is moved or changed; none proposes one.
    #[ts(optional)]
    pub session: Option<String>,
    /// When it begins.
    pub at: DateTime<Utc>,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where.
    pub place: String,
    /// The real case it is for.
    pub case: String,
    /// Whose case that is.
    pub whose: PairWho,
    /// For which lane; none for both.
    pub lane: Option<LaneWay>,
}

/// Says what became of a session.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "how", rename_all = "snake_case")]
pub enum SessionAnswer {
    /// This person says yes to its time.
    Agree,
    /// It was held.
    Held,
    /// It is called off.
    Cancelled {
        /// Why; nobody asks.
        reason: String,
    },
}

/// Asks to say what became of a session.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerSession {
    /// Which pairing.
    pub pairing: String,
    /// Which session.
    pub session: String,
    /// What became of it.
    pub answer: SessionAnswer,
}

/// Asks to note that both met without having planned it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NoteMet {
    /// Which pairing.
    pub pairing: String,
    /// On which day.
    pub on: NaiveDate,
}

/// Says which words of a pairing are meant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "which", rename_all = "snake_case")]
pub enum PairingText {
    /// What both write about a session.
    Shared {
        /// The session.
        session: String,
    },
    /// What this person writes for themselves about the pairing.
    Private,
}

/// Asks to open words of a pairing in an editor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenPairingText {
    /// Which pairing.
    pub pairing: String,
    /// Which words.
    pub text: PairingText,
}

/// Asks for a promise, or to change one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakePromise {
    /// Which pairing.
    pub pairing: String,
    /// The promise that is changed; none makes one.
    #[ts(optional)]
    pub promise: Option<String>,
    /// Whether this person is to keep it. What is for the other is offered, and they take it on.
    pub mine: bool,
    /// What.
    pub what: String,
    /// Where.
    pub place: String,
    /// If something comes in between, then this.
    pub if_then: String,
    /// The small version that still counts.
    pub small: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
}

/// Says what somebody says about a promise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
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
    /// What was offered is taken on.
    TakenOn,
    /// What was offered is not taken on.
    NotTaken,
}

/// Asks to say something about a promise.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswerPromise {
    /// Which pairing.
    pub pairing: String,
    /// Which promise.
    pub promise: String,
    /// What.
    pub answer: PromiseAnswer,
    /// In which words.
    pub words: String,
}

/// Asks for a goal, or to change one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavePairingGoal {
    /// Which pairing.
    pub pairing: String,
    /// The goal that is changed; none makes one.
    #[ts(optional)]
    pub goal: Option<String>,
    /// In which lane.
    pub way: LaneWay,
    /// What it is.
    pub what: String,
    /// The sign by which both will see it.
    pub sign: String,
}

/// Asks to end a goal, or to take it up again.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EndPairingGoal {
    /// Which pairing.
    pub pairing: String,
    /// Which goal.
    pub goal: String,
    /// Whether it was reached, or let go; none takes it up again.
    pub reached: Option<bool>,
}

/// Asks to change the draft of the agreement.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftAgreement {
    /// Which pairing.
    pub pairing: String,
    /// Its sections.
    pub sections: Vec<AgreementSection>,
    /// The day on which both look at it again.
    pub review_on: Option<NaiveDate>,
    /// Whether it is put forward and signed at once, exactly as it stands here.
    pub put_forward: bool,
}

/// Asks to sign an agreement, exactly as it was shown.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SignAgreement {
    /// Which pairing.
    pub pairing: String,
    /// Which version.
    pub agreement: String,
    /// The hash of the text as it was shown.
    pub hash: String,
}

/// Asks to keep what one thinks of an hour before it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeepPreparation {
    /// Which pairing.
    pub pairing: String,
    /// Which session.
    pub session: String,
    /// What this person thinks of it, for themselves.
    pub thoughts: String,
    /// What this person wants from this hour.
    pub want: String,
    /// Whether the other can read that.
    pub show: bool,
}

/// Shows words of a pairing in an editor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenedPairingText {
    /// Names the editing until it is closed.
    pub editing: String,
    /// The words as they stand.
    pub text: String,
}

/// Asks to save words of a pairing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavePairingText {
    /// The editing.
    pub editing: String,
    /// The whole text as the editor shows it.
    pub text: String,
    /// Whether the editor is left.
    pub close: bool,
}

/// Says what of a pairing that was kept alone goes over to the space of both. Nothing that is not named does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenParts {
    /// What each learns, in the words this person wrote for it.
    pub lanes: bool,
    /// The draft of the agreement.
    pub draft: bool,
    /// Goals.
    pub goals: Vec<String>,
    /// Promises that are open.
    pub promises: Vec<String>,
    /// Sessions: their days, and of those to come what they are for.
    pub sessions: Vec<String>,
}

/// Asks what would go over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PreviewSharing {
    /// Which pairing.
    pub id: String,
    /// What.
    pub chosen: ChosenParts,
}

/// Asks to share a pairing and to invite the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SharePairing {
    /// Which pairing.
    pub id: String,
    /// What goes over; of a pairing that is shared already nothing more does.
    pub chosen: ChosenParts,
    /// The name this person goes by there.
    pub my_name: String,
}
