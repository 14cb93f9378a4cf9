//! The graph of operations: what came before what, as far as their authors say.

use std::collections::{BTreeMap, HashMap};

use super::bits::Bits;
use super::model::{AccountId, Act, MemberOp, OpId};

/// Is an operation at its place in the graph.
pub(super) struct Node {
    pub id: OpId,
    pub author: AccountId,
    pub act: Act,
    /// The places of its parents, without those that another parent has in its past.
    pub parents: Vec<usize>,
    /// Everything before it.
    pub past: Bits,
    /// The place of the addition that a consent agrees to, when it is in its past.
    pub agrees_to: Option<usize>,
}

/// Holds operations so that each stands after all in its past, and otherwise in an order that everybody finds alike.
pub(super) struct Graph {
    pub nodes: Vec<Node>,
    /// Operations of which some past is missing.
    #[cfg(test)]
    pub waiting: Vec<OpId>,
    places: HashMap<OpId, usize>,
}

impl Graph {
    pub(super) fn new(ops: &[MemberOp]) -> Self {
        let by_id: BTreeMap<OpId, &MemberOp> = ops.iter().map(|op| (op.id, op)).collect();
        let depths = depths(&by_id);
        let mut order: Vec<(u32, OpId)> = depths.iter().map(|(id, depth)| (*depth, *id)).collect();
        order.sort_unstable();
        let places: HashMap<OpId, usize> =
            order.iter().enumerate().map(|(place, (_, id))| (*id, place)).collect();
        let size = order.len();
        let mut nodes: Vec<Node> = Vec::with_capacity(size);
        for (_, id) in order {
            let op = by_id[&id];
            let mut parents: Vec<usize> = op.parents.iter().map(|parent| places[parent]).collect();
            parents.sort_unstable();
            parents.dedup();
            let mut past = Bits::new(size);
            for parent in &parents {
                past.add_all(&nodes[*parent].past);
            }
            parents.retain(|parent| !past.has(*parent));
            parents.iter().for_each(|parent| past.insert(*parent));
            let agrees_to = match &op.act {
                Act::Consent { add } => places.get(add).copied().filter(|add| past.has(*add)),
                _ => None,
            };
            nodes.push(Node { id, author: op.author, act: op.act.clone(), parents, past, agrees_to });
        }
        Self {
            nodes,
            #[cfg(test)]
            waiting: by_id.keys().filter(|id| !places.contains_key(*id)).copied().collect(),
            places,
        }
    }

    /// Finds the place of an operation.
    pub(super) fn place(&self, id: &OpId) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// Reduces places to those that no other of them has in its past.
    pub(super) fn heads_of(&self, places: &[usize]) -> Vec<usize> {
        let mut heads: Vec<usize> = places
            .iter()
            .copied()
            .filter(|place| !places.iter().any(|other| self.nodes[*other].past.has(*place)))
            .collect();
        heads.sort_unstable();
        heads.dedup();
        heads
    }

    /// Gives the places that nothing has in its past.
    pub(super) fn heads(&self) -> Vec<usize> {
        let mut seen = Bits::new(self.nodes.len());
        self.nodes.iter().for_each(|node| seen.add_all(&node.past));
        (0..self.nodes.len()).filter(|place| !seen.has(*place)).collect()
    }

    /// Gives some operations with all before them.
    pub(super) fn closure(&self, heads: &[usize]) -> Bits {
        let mut set = Bits::new(self.nodes.len());
        for head in heads {
            set.add_all(&self.nodes[*head].past);
            set.insert(*head);
        }
        set
    }
}

/// Counts how long the longest way back is, for every operation whose past is whole.
fn depths(ops: &BTreeMap<OpId, &MemberOp>) -> HashMap<OpId, u32> {
    let mut children: HashMap<OpId, Vec<OpId>> = HashMap::new();
    let mut missing: HashMap<OpId, usize> = HashMap::new();
    let mut ready = Vec::new();
    for (id, op) in ops {
        for parent in &op.parents {
            children.entry(*parent).or_default().push(*id);
        }
        missing.insert(*id, op.parents.len());
        if op.parents.is_empty() {
            ready.push(*id);
        }
    }
    let mut depths = HashMap::new();
    while let Some(id) = ready.pop() {
        let depth = ops[&id].parents.iter().map(|parent| depths[parent]).max().map_or(1, |max: u32| max + 1);
        depths.insert(id, depth);
        for child in children.get(&id).into_iter().flatten() {
            let left = missing.get_mut(child).expect("every operation was counted");
            *left -= 1;
            if *left == 0 {
                ready.push(*child);
            }
        }
    }
    depths
}
