//! What can go wrong with people, as sentences that hold nothing a person wrote.

use crate::store::StoreError;
use crate::words::Unfit;

/// Says why a person could not be changed as asked. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// The person is not there, or was deleted for good.
    #[error("this person is not in the notebook any more")]
    NoPerson,
    /// Somebody was to be led together with themselves.
    #[error("these two are one person already")]
    SamePerson,
    /// More than one goes by a name.
    #[error("more than one person goes by this name; say which one is meant")]
    SeveralOfName,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
