//! From objects to tables: each feature projects the objects of its kinds, and it alone writes its tables.

use super::error::StoreError;
use super::op::{Kind, Object};
use super::tx::Tx;

/// Hands an object to the feature its kind belongs to; a kind nobody knows is kept as it is.
pub(crate) fn project(_tx: &mut Tx, object: &Object) -> Result<(), StoreError> {
    match Kind(object.kind) {
        Kind::Entry | Kind::Attachment => Ok(()),
        _ => Ok(()),
    }
}
