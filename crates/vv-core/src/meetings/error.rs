//! What can go wrong with meetings, sealed answers, feedback, pulses, excerpts and thanks, as sentences that hold nothing a person
//! wrote: what happened, what is safe, what to do.

use crate::guides::{GuideError, Refusal};
use crate::helped::HelpedError;
use crate::journal::JournalError;
use crate::loops::LoopError;
use crate::pairings::PairingError;
use crate::spaces::SpaceError;
use crate::store::StoreError;
use crate::words::Unfit;

/// Says why something could not be done. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum MeetingError {
    /// It is not there, or was deleted for good.
    #[error("this is not in the pairing any more; what else is in it is untouched")]
    NotThere,
    /// It was sealed, and is kept as it is.
    #[error(
        "you have sealed an answer to this, here or on another device of yours; it stays as it is until both are shown"
    )]
    IsSealed,
    /// An answer is longer than what is kept.
    #[error("this answer is too long; write it as an entry instead")]
    TooLong,
    /// A question is for one person alone, and this screen is seen by both.
    #[error(
        "this question is the other's alone. It is not asked on a screen that both see; they answer it on their own device"
    )]
    NotOnThisScreen,
    /// Only one of the two is asked.
    #[error("this is the other's to say, and not yours")]
    NotYours,
    /// The guide is not made for a pairing.
    #[error("this guide is not for two people; run it in your journal")]
    NotForTwo,
    /// Something comes first.
    #[error("thank first, and say what you heard; then comes what you will do or keep")]
    ThankFirst,
    /// The other has not answered yet.
    #[error("this opens when both of you have written")]
    NotOpen,
    /// No line was chosen.
    #[error("choose at least one line")]
    NoLines,
    /// An excerpt was sent, so what stands in it does not change.
    #[error("this excerpt was sent already; withdraw it and make another one")]
    Sent,
    /// Nobody leads this pairing whom one could tell alone.
    #[error("there is no facilitator in this pairing, or their key is not here yet; nothing was sent")]
    NoFacilitator,
    /// A pairing of this kind is not asked how it goes.
    #[error("this kind of pairing is not asked how it goes")]
    NoPulses,
    /// The pairing refused.
    #[error(transparent)]
    Pairing(#[from] PairingError),
    /// The guide refused.
    #[error(transparent)]
    Guide(#[from] GuideError),
    /// The engine refused.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The loop refused.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// The note of help refused.
    #[error(transparent)]
    Helped(#[from] HelpedError),
    /// The space refused.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
