//! Views of what the two of a pairing agree on: a draft in its sections, what was put forward, and who signed exactly which text.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::pairings::PairWho;

/// Says how far an agreement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum AgreementStage {
    /// Nothing was put forward yet.
    Drafting,
    /// One was put forward, and signatures are missing.
    Proposed,
    /// It is signed by everyone it asks.
    Signed,
}

/// Shows a section of an agreement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgreementSection {
    /// Its number, from 1.
    pub number: u32,
    /// What it says.
    pub text: String,
}

/// Shows a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignatureView {
    /// Whose.
    pub by: PairWho,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it is the text that stands there now.
    pub fits: bool,
}

/// Shows an agreement that was put forward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgreementView {
    /// Its id.
    pub id: String,
    /// Its place among all that were put forward, from 1.
    pub number: u32,
    /// Who put it forward.
    pub by: PairWho,
    /// When.
    pub at: DateTime<Utc>,
    /// The hash of exactly this text; whoever signs names it.
    pub hash: String,
    /// Its sections.
    pub sections: Vec<AgreementSection>,
    /// The day on which both look at it again.
    pub review_on: Option<NaiveDate>,
    /// Who signed.
    pub signatures: Vec<SignatureView>,
    /// Whether it is the one that holds.
    pub holds: bool,
}

/// Shows the agreement of a pairing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AgreementsView {
    /// How far it is.
    pub stage: AgreementStage,
    /// The numbers of the sections that this kind of pairing has.
    pub numbers: Vec<u32>,
    /// What stands in the draft.
    pub draft: Vec<AgreementSection>,
    /// The day that this kind of pairing proposes for looking at it again.
    pub review_proposed: Option<NaiveDate>,
    /// What was put forward, the latest first.
    pub versions: Vec<AgreementView>,
}
