//! Why a batch or a page is refused.

use crate::batch::BatchError;
use crate::record::RecordError;

/// Reports bytes that are no batch or no page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WireError {
    /// The bytes are of a version that this crate does not know.
    #[error("it was written in version {0} of the format, which this version cannot read")]
    UnknownVersion(u64),
    /// There is more in it than anybody accepts.
    #[error("it holds more than anybody accepts")]
    TooLarge,
    /// The bytes are not the one encoding of what they hold.
    #[error("it is malformed")]
    Malformed,
    /// A record in it is wrong.
    #[error("record {index} in it is wrong: {error}")]
    Record {
        /// Which record, from 0.
        index: usize,
        /// What is wrong with it.
        error: RecordError,
    },
    /// The batch is not signed by its feed, or not by this feed.
    #[error(transparent)]
    Batch(#[from] BatchError),
}

/// Takes the place of what a decoder says: there is one encoding, and this was not it.
pub(crate) fn malformed<E>(_: E) -> WireError {
    WireError::Malformed
}
