//! What can go wrong while searching. A query never does: everything a person types is a query.

use crate::store::StoreError;

/// Says why a search or the filling of the index did not go through. Nothing written is touched by either.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<rusqlite::Error> for SearchError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}
