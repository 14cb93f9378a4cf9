//! What can go wrong with templates, as sentences that hold nothing a person wrote.

use crate::journal::JournalError;
use crate::store::StoreError;
use crate::words::Unfit;

/// Says why a template could not be changed or filled. Nothing was changed when it is returned.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// The template is not there, or was deleted.
    #[error("this template is not in the notebook any more")]
    NoTemplate,
    /// A field is not acceptable.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// A tag is not acceptable.
    #[error(transparent)]
    Tags(#[from] JournalError),
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}
