//! Which records of a control stream decide who belongs to the space, and how.

use super::op::ControlOp;
use crate::identity::record::SpaceGenesis;
use crate::spaces::membership::{AccountId, Act, MemberOp, OpId, SpaceKind};

/// Takes an operation for what it does to the membership, if it does anything; `id` is the hash of its record.
pub(crate) fn member_op(id: OpId, author: AccountId, op: &ControlOp) -> Option<MemberOp> {
    let (parents, act) = match op {
        ControlOp::Add { parents, subject, role, history, .. } => {
            (parents, Act::Add { subject: *subject, role: *role, history: *history })
        }
        ControlOp::Remove { parents, subject, .. } => (parents, Act::Remove { subject: *subject }),
        ControlOp::ChangeRole { parents, subject, from, to } if from < to => {
            (parents, Act::Promote { subject: *subject, role: *to })
        }
        ControlOp::ChangeRole { parents, subject, to, .. } => {
            (parents, Act::Demote { subject: *subject, role: *to })
        }
        ControlOp::Leave { parents, .. } => (parents, Act::Leave),
        ControlOp::Consent { parents, add } => (parents, Act::Consent { add: *add }),
        _ => return None,
    };
    Some(MemberOp { id, parents: parents.clone(), author, act })
}

/// Takes a genesis for the beginning of the membership, if it is the one that the space's id pins and its founder wrote
/// it.
pub(crate) fn genesis_op(id: OpId, author: &AccountId, space: &[u8; 16], body: &[u8]) -> Option<MemberOp> {
    let genesis = SpaceGenesis::decode(body).ok()?;
    let kind = SpaceKind::from_number(genesis.kind)?;
    let pinned = vv_protocol::space_id(body) == *space && genesis.founder == *author;
    pinned.then(|| MemberOp { id, parents: Vec::new(), author: *author, act: Act::Found { kind } })
}
