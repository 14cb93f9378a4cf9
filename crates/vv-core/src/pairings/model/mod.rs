//! What pairings hand out and take in.
//!
//! A pairing has two lanes: what I learn from the other, and what the other learns from me. Whatever two people do is told as who
//! did it, seen from the person of this notebook; in records and tables stands whose seat it is, so that both see the same.

mod agreement;
mod between;
mod people;
mod session;
mod work;

pub use agreement::*;
pub use between::*;
pub use people::*;
pub use session::*;
pub use work::*;

use chrono::{DateTime, NaiveDate, Utc};

use super::kinds::{PairingKind, Part};
use crate::ids::{PairingId, PersonId};
use crate::spaces::{SpaceId, SpaceState};

/// Says where everything of a pairing stands but what is one person's alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Home {
    /// In the journal: the person tracks it alone.
    Alone(PairingId),
    /// In the space of the two.
    Shared(SpaceId),
}

/// Says who did something, seen from the person of this notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Who {
    /// The person.
    Me,
    /// The other of the two.
    Other,
    /// A facilitator.
    Facilitator,
    /// Nobody who is known here.
    Unknown,
}

/// Names one of the two directions of learning, seen from the person of this notebook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// What I learn from the other.
    Mine,
    /// What the other learns from me.
    Theirs,
}

impl Lane {
    /// Lists both lanes.
    pub const BOTH: [Self; 2] = [Self::Mine, Self::Theirs];
}

/// Describes a pairing that begins. A name and a hope are enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewPairing {
    /// How the other is called.
    pub name: String,
    /// Who it is among the people of the journal.
    pub person: Option<PersonId>,
    /// What I hope for.
    pub hope: String,
    /// What we are to each other; mentoring where nobody says.
    pub kind: Option<PairingKind>,
    /// Which lane leads; my own where nobody says and the kind has one that leads.
    pub leads: Option<Lane>,
    /// What I want to learn from the other.
    pub mine_about: String,
    /// What the other wants to learn from me.
    pub theirs_about: String,
    /// The day it begins on; none means today.
    pub begun_on: Option<NaiveDate>,
}

/// Describes a change of what is mine alone; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SideChange {
    /// Another name for the other.
    pub name: Option<String>,
    /// Somebody else among the people of the journal.
    pub person: Option<Option<PersonId>>,
    /// Another hope.
    pub hope: Option<String>,
    /// Why I said yes, for myself.
    pub why: Option<String>,
    /// Whether I would do it again.
    pub wish: Option<Option<bool>>,
}

/// Holds what of a pairing is mine alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Side {
    /// The pairing.
    pub id: PairingId,
    /// How I call the other.
    pub name: String,
    /// Who it is among the people of the journal.
    pub person: Option<PersonId>,
    /// What I hope for.
    pub hope: String,
    /// Why I said yes, for myself.
    pub why: String,
    /// The pairing that this one goes on from.
    pub earlier: Option<PairingId>,
    /// Whether I would do it again.
    pub wish: Option<bool>,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// The day I began it on.
    pub begun_on: NaiveDate,
}

/// Holds what two people agreed their pairing to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charter {
    /// What they are to each other.
    pub kind: PairingKind,
    /// Which lane leads; none where neither does.
    pub leads: Option<Lane>,
    /// What I learn from the other.
    pub mine_about: String,
    /// What the other learns from me.
    pub theirs_about: String,
    /// How often they meet, in days.
    pub rhythm_days: u32,
    /// How long, in minutes.
    pub minutes: u32,
    /// How many sessions are planned; 0 where the end is a day alone.
    pub sessions: u32,
    /// The day it began on.
    pub begun_on: NaiveDate,
    /// The day it ends on.
    pub ends_on: Option<NaiveDate>,
    /// The guide whose sessions it follows; empty without one.
    pub programme: String,
    /// What both want from it.
    pub purpose: String,
}

/// Describes a change of a charter; what is none stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CharterChange {
    /// Another kind; rhythm, length and programme stay unless they are given too.
    pub kind: Option<PairingKind>,
    /// Another lane that leads.
    pub leads: Option<Option<Lane>>,
    /// What I learn from the other.
    pub mine_about: Option<String>,
    /// What the other learns from me.
    pub theirs_about: Option<String>,
    /// Another rhythm, in days.
    pub rhythm_days: Option<u32>,
    /// Another length, in minutes.
    pub minutes: Option<u32>,
    /// Another number of sessions.
    pub sessions: Option<u32>,
    /// Another end.
    pub ends_on: Option<Option<NaiveDate>>,
    /// What both want from it.
    pub purpose: Option<String>,
}

/// Holds a pairing whole, as its page shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Pairing {
    /// What is mine alone.
    pub side: Side,
    /// How the other calls themselves; the name I gave them while they are not here.
    pub name: String,
    /// Where it stands.
    pub home: Home,
    /// How one may write in its space; none while it is tracked alone.
    pub space_state: Option<SpaceState>,
    /// Whether the other is in it too.
    pub is_two: bool,
    /// What both agreed it to be.
    pub charter: Charter,
    /// What I am in it.
    pub my_part: Part,
    /// What the other is in it.
    pub their_part: Part,
    /// Why each of us said yes, for both to read.
    pub whys: Vec<Said>,
    /// How it stands with the rhythm.
    pub health: Health,
    /// Until when it rests, who said so, and whether it is mine to take up again.
    pub pauses: Vec<Pause>,
    /// How it ended, or is about to.
    pub endings: Vec<EndingAct>,
    /// What is worth a gentle word today.
    pub nudges: Vec<Nudge>,
    /// Who waits for whom, and for what.
    pub waits: Vec<Waiting>,
    /// What both see when something has to be decided.
    pub cards: Vec<Card>,
    /// How the two lanes stand to each other.
    pub balance: Balance,
    /// Who has done the primer.
    pub primers: Vec<Who>,
    /// How far the agreement is.
    pub agreement: AgreementState,
    /// The session that comes next.
    pub next_session: Option<Session>,
    /// The session that was held last.
    pub last_session: Option<Session>,
    /// Who leads the process, and who was asked to.
    pub facilitator: FacilitatorSeat,
    /// What my line at work says about this pairing.
    pub line: Vec<LineFinding>,
}

/// Holds words of one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// Whose.
    pub by: Who,
    /// When, as their clock said.
    pub at: DateTime<Utc>,
    /// What.
    pub words: String,
}
