//! What can go wrong with spaces, as sentences: what happened, what is safe, what to do.

use super::invite::{LinkError, RequestError};
use crate::store::StoreError;
use crate::words::Unfit;

/// Says why something could not be done with a space. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum SpaceError {
    /// The space is not among those of this notebook.
    #[error("this space is not in your notebook")]
    NotFound,
    /// One's role does not allow it.
    #[error("your role in this space does not allow this; nothing was changed")]
    NotAllowed,
    /// One does not belong to it any more, or not yet.
    #[error("you are not a member of this space; what is here of it can be read, and nothing was changed")]
    NotMember,
    /// Nobody writes in it any more.
    #[error(
        "this space is frozen: somebody has left it. Everything in it can be read, and nothing was changed"
    )]
    Frozen,
    /// New keys have to be made by somebody else first.
    #[error(
        "somebody came or went, and new keys are due: another member's device makes them when it is next online. \
         Nothing was changed"
    )]
    WaitsForKeys,
    /// The text is no invitation.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The invitation is too old.
    #[error("this invitation has expired; ask for a new one")]
    Expired,
    /// As many have come by the invitation as may.
    #[error("this invitation was used already; ask for a new one")]
    UsedUp,
    /// The invitation was ended, or is unknown.
    #[error("this invitation does not hold any more; ask for a new one")]
    Ended,
    /// One belongs to the space already.
    #[error("you are in this space already")]
    AlreadyIn,
    /// A request does not count.
    #[error(transparent)]
    Request(#[from] RequestError),
    /// The request is not waiting any more.
    #[error("this request does not wait for an answer any more")]
    NoRequest,
    /// The account that a request shows is not whole.
    #[error("this request does not show an account that its device belongs to; nobody was let in")]
    UnknownDevice,
    /// The answer does not belong to a request of this device.
    #[error("this is no answer to a request of yours")]
    ForeignAnswer,
    /// As many belong to the space as may.
    #[error("this space has as many members as it may have; nobody was let in")]
    TooMany,
    /// A name is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
