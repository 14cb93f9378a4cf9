//! What comes of the operations of a pairing: whatever was allowed when it was made counts, in no order at all.
//!
//! Two people of the same standing have no authority to order them by, so nothing here depends on order: nothing that
//! one signs, however it is dated, takes the other out. Whoever brings in two different people for the one free seat has
//! broken the pairing: everybody stays who they are, and it is frozen.

use std::collections::{BTreeMap, BTreeSet};

use super::bits::Bits;
use super::graph::Graph;
use super::model::{AccountId, Act, History, Role};
use super::state::State;

/// Makes what the operations in `set` make, of which those in `counting` were allowed when they were made.
pub(super) fn merge(graph: &Graph, set: &Bits, counting: &Bits) -> State {
    let mut state = State::new(graph.nodes.len());
    state.done = set.clone();
    let mut seats: BTreeMap<AccountId, (History, usize)> = BTreeMap::new();
    let mut gone: BTreeSet<AccountId> = BTreeSet::new();
    for place in set.iter().filter(|place| counting.has(*place)) {
        state.applied.insert(place);
        let node = &graph.nodes[place];
        match &node.act {
            Act::Found { kind } => state.found(*kind, node.author, place),
            Act::Add { subject, role: Role::Owner, history } => {
                let seat = seats.entry(*subject).or_insert((*history, place));
                seat.0 = seat.0.max(*history);
            }
            Act::Leave => {
                gone.insert(node.author);
                state.exits.entry(node.author).or_default().push(place);
            }
            Act::Remove { subject } => state.exits.entry(*subject).or_default().push(place),
            _ => {}
        }
    }
    for (subject, (history, place)) in &seats {
        state.admit(*subject, Role::Owner, *history, *place);
    }
    state.frozen = seats.len() > 1;
    for peer in gone {
        state.frozen |= state.members.remove(&peer).is_some();
    }
    admit_facilitators(graph, &mut state);
    state
}

/// A facilitator is in while an addition that both signed has seen every departure of theirs.
fn admit_facilitators(graph: &Graph, state: &mut State) {
    let consents: Vec<usize> = state.applied.iter().collect();
    for place in consents {
        let Some(add) = graph.nodes[place].agrees_to.map(|add| &graph.nodes[add]) else { continue };
        let Act::Add { subject, role, history } = &add.act else { continue };
        let left =
            state.exits.get(subject).is_some_and(|exits| exits.iter().any(|exit| !add.past.has(*exit)));
        if !left && state.role(subject) != Some(Role::Owner) {
            state.admit(*subject, *role, *history, place);
        }
    }
}
