//! Agreements: their sections, their exact text, who signed it.

use chrono::{DateTime, NaiveDate, Utc};

use super::Who;
use crate::ids::AgreementId;
use crate::pairings::kinds::PairingKind;

/// Says how far an agreement is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AgreementState {
    /// Nothing was put forward yet.
    Drafting,
    /// One was put forward, and signatures are missing.
    Proposed {
        /// Which.
        id: AgreementId,
        /// Who has signed it.
        signed: Vec<Who>,
        /// The one that holds meanwhile.
        holds: Option<AgreementId>,
    },
    /// Both signed the same text.
    Signed {
        /// Which.
        id: AgreementId,
        /// When it is looked at again.
        review_on: Option<NaiveDate>,
    },
}

/// Names a section of an agreement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Section {
    /// Why we each said yes, and which ways learning flows.
    Purpose,
    /// At most three, each with a sign we will see.
    Goals,
    /// How many sessions, how long, where, who books, who drives.
    Rhythm,
    /// Channel, answer time, limits.
    Between,
    /// What stays, and what does not.
    Confidentiality,
    /// What this is not.
    Boundaries,
    /// When we ask for it.
    Feedback,
    /// Who, and what they may see.
    Facilitator,
    /// When, how, who keeps what.
    Ending,
    /// What happens when one comes to report to the other.
    ReportingLine,
    /// The junior's candour is never used against them.
    Candour,
    /// The senior does not task the junior.
    NoTasking,
    /// The senior moves a session at most once.
    Moving,
}

impl Section {
    /// Lists every section in the order of the agreement.
    pub const ALL: [Self; 13] = [
        Self::Purpose,
        Self::Goals,
        Self::Rhythm,
        Self::Between,
        Self::Confidentiality,
        Self::Boundaries,
        Self::Feedback,
        Self::Facilitator,
        Self::Ending,
        Self::ReportingLine,
        Self::Candour,
        Self::NoTasking,
        Self::Moving,
    ];

    /// Gives its number in the agreement, from 1; it is its field in a draft too.
    pub fn number(self) -> u32 {
        self as u32 + 1
    }

    /// Gives the section of a number.
    pub fn of_number(number: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.number() == number)
    }
}

/// Holds the text of an agreement, exactly as it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgreementText {
    /// What the two are to each other.
    pub kind: PairingKind,
    /// Whose learning leads: 0 neither's, 1 that of whoever began the pairing, 2 the other's.
    pub leads: u32,
    /// The sections in their order, those without words left out.
    pub sections: Vec<(Section, String)>,
    /// When it is looked at again.
    pub review_on: Option<NaiveDate>,
}

/// Holds an agreement that was put forward.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Its place among all that were put forward, from 1.
    pub number: u32,
    /// Who put it forward.
    pub by: Who,
    /// When.
    pub at: DateTime<Utc>,
    /// What it says now.
    pub text: AgreementText,
    /// The hash of that text; whoever signs names it.
    pub hash: [u8; 32],
    /// Who signed what.
    pub signatures: Vec<Signature>,
    /// Whether both signed the same text.
    pub is_signed: bool,
    /// Whether it is the one that holds: the one signed last.
    pub holds: bool,
}

/// Holds a signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whose.
    pub by: Who,
    /// When.
    pub at: DateTime<Utc>,
    /// The text that was signed.
    pub text: AgreementText,
    /// Whether it is the text that stands there now.
    pub fits: bool,
}
