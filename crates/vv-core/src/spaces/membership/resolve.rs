//! The membership that a set of operations makes, now and as of any point in it.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::bits::Bits;
use super::circle::{self, Weight};
use super::graph::{Graph, Node};
use super::model::{AccountId, Act, History, MemberOp, OpId, Role, SpaceKind};
use super::pairing;
use super::rules::allowed;
use super::state::{Standing, State};

/// Says what somebody is in a space, and since which operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Member {
    /// The role.
    pub role: Role,
    /// How far back they read.
    pub history: History,
    /// The operation by which they came.
    pub since: OpId,
}

/// Is what a set of operations makes of a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Membership {
    /// What the space is for; unknown while its genesis is missing.
    pub kind: Option<SpaceKind>,
    /// Who belongs to it.
    pub members: BTreeMap<AccountId, Member>,
    /// Nothing more is written: one of two peers has gone, or two were given the same seat.
    pub frozen: bool,
    /// The operations that took effect, each after its past.
    pub applied: Vec<OpId>,
    /// The operations that the next one names as its parents.
    pub heads: Vec<OpId>,
}

impl Membership {
    /// Gives the role of an account.
    pub(crate) fn role(&self, account: &AccountId) -> Option<Role> {
        self.members.get(account).map(|member| member.role)
    }
}

/// Resolves a set of operations.
pub(crate) struct Resolver {
    graph: Graph,
    kind: Option<SpaceKind>,
    /// What there is after each operation and its whole past.
    after: Vec<Rc<State>>,
    /// The weight of those that decide over others in a circle.
    weights: Vec<Option<Weight>>,
    /// Those that were allowed when they were made.
    counting: Bits,
    /// What there is where several ends come together.
    merged: RefCell<HashMap<Vec<usize>, Rc<State>>>,
}

impl Resolver {
    /// Takes a set of operations. Those of which some past is missing wait and do not count.
    pub(crate) fn new(ops: &[MemberOp]) -> Self {
        let graph = Graph::new(ops);
        let size = graph.nodes.len();
        let kind = graph.nodes.iter().find_map(|node| match node.act {
            Act::Found { kind } => Some(kind),
            _ => None,
        });
        let mut resolver = Self {
            graph,
            kind,
            after: Vec::with_capacity(size),
            weights: Vec::with_capacity(size),
            counting: Bits::new(size),
            merged: RefCell::new(HashMap::new()),
        };
        (0..size).for_each(|place| resolver.take_in(place));
        resolver
    }

    /// Works out what there is after one operation; all in its past were taken in before.
    fn take_in(&mut self, place: usize) {
        let node = &self.graph.nodes[place];
        let before = self.state_at(&node.parents);
        if allowed(node, self.agreed(node), &before) {
            self.counting.insert(place);
        }
        let after = match self.kind {
            Some(SpaceKind::Pairing) => {
                pairing::merge(&self.graph, &self.graph.closure(&[place]), &self.counting)
            }
            _ => {
                self.weights.push(Weight::of(node, place, &before));
                // All others of this set are in its past, so its turn is the last whatever it weighs.
                let mut after = (*before).clone();
                circle::apply(&self.graph, place, &before, &mut after);
                after
            }
        };
        self.after.push(Rc::new(after));
    }

    /// Gives the membership that all operations make.
    pub(crate) fn now(&self) -> Membership {
        self.membership(&self.graph.heads())
    }

    /// Gives the membership as it was for somebody who had seen these operations and all before them; none when one of
    /// them is not known.
    pub(crate) fn at(&self, seen: &[OpId]) -> Option<Membership> {
        let places: Vec<usize> = seen.iter().map(|id| self.graph.place(id)).collect::<Option<_>>()?;
        Some(self.membership(&self.graph.heads_of(&places)))
    }

    /// Tells whether somebody who has seen everything may do this now.
    pub(crate) fn would_allow(&self, author: &AccountId, act: &Act) -> bool {
        let heads = self.graph.heads();
        let past = self.graph.closure(&heads);
        let agrees_to = match act {
            Act::Consent { add } => self.graph.place(add),
            _ => None,
        };
        let node =
            Node { id: [0; 32], author: *author, act: act.clone(), parents: heads.clone(), past, agrees_to };
        allowed(&node, self.agreed(&node), &self.state_at(&heads))
    }

    /// Lists the proposals of a pairing that wait for the other's word: the operation, who proposed, and whom.
    pub(crate) fn proposals(&self) -> Vec<(OpId, AccountId, AccountId)> {
        let state = self.state_at(&self.graph.heads());
        if state.kind != Some(SpaceKind::Pairing) || state.frozen {
            return Vec::new();
        }
        let applied = state.applied.iter().map(|place| &self.graph.nodes[place]);
        applied
            .filter_map(|node| match &node.act {
                Act::Add { subject, role: Role::Facilitator, .. } => {
                    let exits = state.exits.get(subject).into_iter().flatten();
                    let open =
                        state.role(subject).is_none() && exits.into_iter().all(|exit| node.past.has(*exit));
                    open.then_some((node.id, node.author, *subject))
                }
                _ => None,
            })
            .collect()
    }

    /// Tells whether an operation is one of some others or in their past.
    #[cfg(test)]
    pub(crate) fn is_seen_by(&self, id: &OpId, heads: &[OpId]) -> bool {
        let Some(place) = self.graph.place(id) else { return false };
        let mut heads = heads.iter().filter_map(|head| self.graph.place(head));
        heads.any(|head| head == place || self.graph.nodes[head].past.has(place))
    }

    /// Lists the operations of which some past is missing.
    #[cfg(test)]
    pub(crate) fn waiting(&self) -> &[OpId] {
        &self.graph.waiting
    }

    /// Gives what some operations and all before them make. None of `heads` is in the past of another.
    pub(super) fn state_at(&self, heads: &[usize]) -> Rc<State> {
        match heads {
            [] => Rc::new(State::new(self.graph.nodes.len())),
            [one] => self.after[*one].clone(),
            _ => {
                if let Some(known) = self.merged.borrow().get(heads) {
                    return known.clone();
                }
                let set = self.graph.closure(heads);
                let state = Rc::new(match self.kind {
                    Some(SpaceKind::Pairing) => pairing::merge(&self.graph, &set, &self.counting),
                    _ => circle::merge(&self.graph, set, &self.weights, |place| {
                        self.state_at(&self.graph.nodes[place].parents)
                    }),
                });
                self.merged.borrow_mut().insert(heads.to_vec(), state.clone());
                state
            }
        }
    }

    /// Gives what there is before an operation.
    #[cfg(test)]
    pub(super) fn before(&self, id: &OpId) -> Rc<State> {
        let place = self.graph.place(id).unwrap();
        self.state_at(&self.graph.nodes[place].parents)
    }

    /// Spells out the invitations by which somebody came, so that they compare alike between two sets.
    #[cfg(test)]
    pub(super) fn path(&self, account: &AccountId, state: &State) -> (bool, Vec<usize>) {
        let (none, path) = state.seniority(account);
        (none, path.map(|path| path.to_vec()).unwrap_or_default())
    }

    /// Finds the addition that a consent agrees to. One that was not allowed when it was made proposes nothing.
    fn agreed(&self, node: &Node) -> Option<&Node> {
        node.agrees_to.filter(|add| self.counting.has(*add)).map(|add| &self.graph.nodes[add])
    }

    fn membership(&self, heads: &[usize]) -> Membership {
        let state = self.state_at(heads);
        let id = |place: usize| self.graph.nodes[place].id;
        let member = |(account, standing): (&AccountId, &Standing)| {
            let Standing { role, history, since } = *standing;
            (*account, Member { role, history, since: id(since) })
        };
        Membership {
            kind: state.kind,
            members: state.members.iter().map(member).collect(),
            frozen: state.frozen,
            applied: state.applied.iter().map(id).collect(),
            heads: heads.iter().map(|head| id(*head)).collect(),
        }
    }
}
