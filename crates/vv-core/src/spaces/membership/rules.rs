//! Who may do what to whom, asked of the membership as it is at some point.
//!
//! Nothing here knows of time or order, except for seniority between two owners.

use super::graph::Node;
use super::model::{AccountId, Act, Role, SpaceKind};
use super::state::State;

/// Tells whether an operation may be done in a membership, with `agreed` the addition that a consent agrees to.
pub(super) fn allowed(node: &Node, agreed: Option<&Node>, state: &State) -> bool {
    if matches!(node.act, Act::Found { .. }) {
        return state.kind.is_none();
    }
    let (Some(kind), Some(author)) = (state.kind, state.role(&node.author)) else { return false };
    if node.act.subject() == Some(&node.author) {
        return false;
    }
    match kind {
        // Nobody comes and nobody goes: the journal is its owner's for good.
        SpaceKind::Journal => false,
        SpaceKind::Pairing => in_pairing(node, agreed, author, state),
        SpaceKind::Circle => in_circle(node, author, state),
    }
}

fn in_pairing(node: &Node, agreed: Option<&Node>, author: Role, state: &State) -> bool {
    match &node.act {
        Act::Leave => true,
        // Of somebody who is only proposed it ends the proposal.
        Act::Remove { subject } => author == Role::Owner && state.role(subject) != Some(Role::Owner),
        // Once one of two has gone there is nothing left to decide; the other keeps a copy.
        _ if state.frozen => false,
        Act::Add { subject, role: Role::Owner, .. } => {
            author == Role::Owner && state.role(subject).is_none() && state.peers() == 1
        }
        Act::Add { subject, role: Role::Facilitator, .. } => {
            author == Role::Owner && state.role(subject) != Some(Role::Owner)
        }
        Act::Consent { .. } => agreed.is_some_and(|add| may_agree(node, add, author, state)),
        Act::Found { .. } | Act::Add { .. } | Act::Promote { .. } | Act::Demote { .. } => false,
    }
}

/// A facilitator comes by the word of both: one proposes, the *other* agrees.
fn may_agree(consent: &Node, add: &Node, author: Role, state: &State) -> bool {
    let Act::Add { subject, role: Role::Facilitator, .. } = &add.act else { return false };
    author == Role::Owner
        && add.author != consent.author
        && state.role(&add.author) == Some(Role::Owner)
        && state.role(subject) != Some(Role::Owner)
}

fn in_circle(node: &Node, author: Role, state: &State) -> bool {
    match &node.act {
        Act::Leave => true,
        Act::Add { role, .. } => match author {
            Role::Owner => true,
            Role::Facilitator => *role < Role::Facilitator,
            Role::Observer | Role::Member => false,
        },
        Act::Remove { subject } => outranks(&node.author, author, subject, state),
        Act::Demote { subject, role } => {
            outranks(&node.author, author, subject, state) && state.role(subject) > Some(*role)
        }
        Act::Promote { subject, role } => {
            author == Role::Owner
                && *role < Role::Owner
                && state.role(subject).is_some_and(|before| before < *role)
        }
        Act::Found { .. } | Act::Consent { .. } => false,
    }
}

/// Facilitators act on those below them. An owner acts on those below, and on owners who came later than themselves.
fn outranks(author: &AccountId, role: Role, subject: &AccountId, state: &State) -> bool {
    let Some(other) = state.role(subject) else { return false };
    match role {
        Role::Owner => other < Role::Owner || state.seniority(author) < state.seniority(subject),
        Role::Facilitator => other < Role::Facilitator,
        Role::Observer | Role::Member => false,
    }
}
