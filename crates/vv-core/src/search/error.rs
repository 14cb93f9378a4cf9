//! What can go wrong while searching. A query never does: everything a person types is a query.

use crate::goals::GoalError;
use crate::guides::GuideError;
use crate::helped::HelpedError;
use crate::intentions::IntentionError;
use crate::loops::LoopError;
use crate::people::PersonError;
use crate::store::StoreError;

/// Says why a search or the filling of the index did not go through. Nothing written is touched by either.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Loops could not be read.
    #[error(transparent)]
    Loop(#[from] LoopError),
    /// Goals could not be read.
    #[error(transparent)]
    Goal(#[from] GoalError),
    /// Intentions could not be read.
    #[error(transparent)]
    Intention(#[from] IntentionError),
    /// Runs of guides could not be read.
    #[error(transparent)]
    Guide(#[from] GuideError),
    /// People could not be read.
    #[error(transparent)]
    Person(#[from] PersonError),
    /// Notes of who helped could not be read.
    #[error(transparent)]
    Helped(#[from] HelpedError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SearchError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
