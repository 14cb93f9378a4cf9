//! Others beside the two: who leads the process, and who stands above whom at work.

use chrono::NaiveDate;

use super::{Said, Who};
use crate::ids::{LineId, PersonId};
use crate::pairings::kinds::{LineRelation, LineRule};
use crate::spaces::{MemberId, ProposalId};

/// Holds who leads the process of a pairing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FacilitatorSeat {
    /// Who is seated, by the word of both.
    pub seated: Vec<(MemberId, String)>,
    /// Who was proposed by one and waits for the word of the other. Until then they read nothing.
    pub proposed: Vec<ProposedFacilitator>,
    /// Who of the two has asked for one, and whom they had in mind.
    pub asked: Vec<Said>,
}

/// Holds a facilitator whom only one of the two has agreed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedFacilitator {
    /// By which it is agreed to.
    pub id: ProposalId,
    /// Who.
    pub whom: MemberId,
    /// How they call themselves.
    pub name: String,
    /// Who proposed them.
    pub by: Who,
    /// Whether it is my word that is waited for.
    pub is_mine: bool,
}

/// Holds somebody in my line at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Who, among the people of the journal.
    pub person: Option<PersonId>,
    /// Who, as an account, where we share a space.
    pub account: Option<MemberId>,
    /// How they are called.
    pub name: String,
    /// What they are to me.
    pub relation: LineRelation,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Until when.
    pub until: Option<NaiveDate>,
}

/// Describes somebody in my line at work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLine {
    /// Who, among the people of the journal.
    pub person: Option<PersonId>,
    /// Who, as an account, where we share a space.
    pub account: Option<MemberId>,
    /// How they are called.
    pub name: String,
    /// What they are to me.
    pub relation: LineRelation,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Until when.
    pub until: Option<NaiveDate>,
}

/// Holds what my line says about somebody in a pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFinding {
    /// Which entry of my line.
    pub line: LineId,
    /// How they are called there.
    pub name: String,
    /// What they are to me.
    pub relation: LineRelation,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// Whether it is the facilitator and not the other of the two.
    pub is_facilitator: bool,
    /// How much it weighs.
    pub rule: LineRule,
    /// When I decided what follows from it.
    pub decided_on: Option<NaiveDate>,
}
