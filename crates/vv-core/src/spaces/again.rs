//! Saying operations of a shared space again: their records are new, and what names them by their records has to follow.

use std::collections::BTreeMap;

use vv_protocol::OpType;

use super::control::ControlOp;
use super::membership::OpId;

/// Names in the body of an operation those that were said again by their new records.
pub(crate) fn rename_parents(kind: OpType, body: Vec<u8>, renamed: &BTreeMap<OpId, OpId>) -> Vec<u8> {
    let Ok(Some(mut op)) = ControlOp::decode(kind, &body) else { return body };
    let now = |id: &mut OpId| *id = renamed.get(id).copied().unwrap_or(*id);
    match &mut op {
        ControlOp::Add { parents, .. }
        | ControlOp::Remove { parents, .. }
        | ControlOp::ChangeRole { parents, .. }
        | ControlOp::Leave { parents, .. } => {
            parents.iter_mut().for_each(now);
            parents.sort_unstable();
        }
        ControlOp::Consent { parents, add } => {
            parents.iter_mut().for_each(now);
            parents.sort_unstable();
            now(add);
        }
        _ => return body,
    }
    op.encode()
}
