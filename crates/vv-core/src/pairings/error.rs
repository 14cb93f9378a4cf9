//! What can go wrong with pairings, as sentences that hold nothing a person wrote: what happened, what is safe, what to do.

use super::kinds::LineRelation;
use crate::goals::GoalError;
use crate::journal::JournalError;
use crate::people::PersonError;
use crate::spaces::SpaceError;
use crate::store::StoreError;
use crate::words::Unfit;

/// Says why something could not be done with a pairing. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum PairingError {
    /// The pairing is not there, or was deleted for good.
    #[error("this pairing is not in the notebook any more")]
    NoPairing,
    /// What was named is not in the pairing.
    #[error("this is not in the pairing any more; what else is in it is untouched")]
    NotThere,
    /// It was to be shared and is already.
    #[error("this pairing is shared already")]
    AlreadyShared,
    /// Something needs both.
    #[error("this needs both of you: the other is not in the pairing yet")]
    NotTwo,
    /// The pairing has ended.
    #[error("this pairing has ended; everything in it can be read. Renew it to go on")]
    Ended,
    /// It lies outside the trash.
    #[error("move the pairing to the trash first")]
    NotInTrash,
    /// It is shared, so it is not one person's to delete.
    #[error("what both of you wrote stays: leave the space of this pairing instead")]
    SharedStays,
    /// The other stands in one's line at work.
    #[error(
        "this kind of pairing is not begun where one has power over the other at work; choose another kind, or another person"
    )]
    InLine(LineRelation),
    /// It is the other's to say.
    #[error("this is the other's to say, and not yours")]
    NotYours,
    /// It was said already.
    #[error("this was settled already")]
    Settled,
    /// The text was changed since it was read.
    #[error("the agreement was changed since you read it; read it again and sign what stands there now")]
    Changed,
    /// A session was moved as often as it may be.
    #[error("you have moved this session once already. Keep this time, or call it off")]
    MovedAlready,
    /// A session needs a real case.
    #[error("say whose real problem this session is for; one line is enough")]
    NoCase,
    /// More than three goals.
    #[error("three goals are enough at once: reach one or let one go first")]
    TooManyGoals,
    /// The editing session has ended.
    #[error("this editor has closed; open the text again")]
    NoSession,
    /// A calendar file cannot be read.
    #[error("this is not a calendar invitation that can be read; nothing was taken from it")]
    NoCalendar,
    /// A calendar file is too large.
    #[error("this calendar file is too large to be an invitation; nothing was taken from it")]
    CalendarTooLarge,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The people refused.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// The goals refused.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// The space refused.
    #[error(transparent)]
    Space(#[from] SpaceError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
