//! What comes of the operations of a circle: those that decide over others are taken in the order of their authors'
//! authority, each after its own past.
//!
//! An operation counts if it was allowed when it was made and is still allowed when its turn comes; what somebody signed
//! without having seen their own removal is void for good, and a removal wins over an addition that had not seen it. So
//! nothing that is made up later, however it is dated, changes what weightier people decided.

use std::cmp::Reverse;
use std::rc::Rc;

use super::bits::Bits;
use super::graph::{Graph, Node};
use super::model::{Act, Role};
use super::rules::allowed;
use super::state::{Seniority, State};

/// Says how weighty an operation is among those that decide over others; the smallest comes first.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Weight {
    role: Reverse<Option<Role>>,
    seniority: (bool, Option<Seniority>),
    stays: bool,
    place: usize,
}

impl Weight {
    /// Weighs an operation by what its author was in its own past, if it is one that decides over others.
    pub(super) fn of(node: &Node, place: usize, before: &State) -> Option<Self> {
        decides(&node.act).then(|| Self {
            role: Reverse(before.role(&node.author)),
            seniority: before.seniority(&node.author),
            stays: node.act != Act::Leave,
            place,
        })
    }
}

fn decides(act: &Act) -> bool {
    match act {
        Act::Add { role, .. } => *role >= Role::Facilitator,
        Act::Promote { .. } | Act::Remove { .. } | Act::Demote { .. } | Act::Leave => true,
        Act::Found { .. } | Act::Consent { .. } => false,
    }
}

struct Frame {
    set: Bits,
    /// Where in the list of weighty operations it is.
    next: usize,
    /// The operation that has its turn when the frame above this one is done.
    waits: Option<usize>,
}

/// Makes what a set of operations with several ends makes; `before` gives what there is before each.
pub(super) fn merge(
    graph: &Graph,
    set: Bits,
    weights: &[Option<Weight>],
    before: impl Fn(usize) -> Rc<State>,
) -> State {
    let mut state = State::new(graph.nodes.len());
    let mut weighty: Vec<&Weight> = set.iter().filter_map(|place| weights[place].as_ref()).collect();
    weighty.sort_unstable();
    // Each frame works through a set; a weighty operation opens a frame for its past and has its turn after it. The stack
    // is one of our own, because a hostile history can be deeper than the program's.
    let mut frames = vec![Frame { set, next: 0, waits: None }];
    while let Some(frame) = frames.last_mut() {
        if let Some(place) = frame.waits.take() {
            apply(graph, place, &before(place), &mut state);
        }
        let found = weighty[frame.next..]
            .iter()
            .position(|weight| frame.set.has(weight.place) && !state.done.has(weight.place));
        let Some(found) = found else {
            let rest = frame.set.without(&state.done);
            rest.iter().for_each(|place| apply(graph, place, &before(place), &mut state));
            frames.pop();
            continue;
        };
        let place = weighty[frame.next + found].place;
        frame.next += found + 1;
        let node = &graph.nodes[place];
        if !allowed(node, None, &before(place)) || state.overtakes(node) {
            // A void operation must not even have a say in the order of the others.
            state.done.insert(place);
            continue;
        }
        frame.waits = Some(place);
        let past = node.past.without(&state.done);
        if !past.is_empty() {
            frames.push(Frame { set: past, next: 0, waits: None });
        }
    }
    state
}

/// Gives one operation its turn.
pub(super) fn apply(graph: &Graph, place: usize, before: &State, state: &mut State) {
    let node = &graph.nodes[place];
    state.done.insert(place);
    if !allowed(node, None, before) || !allowed(node, None, state) || state.overtakes(node) {
        return;
    }
    state.applied.insert(place);
    if node.act.takes_away() {
        let subject = *node.act.subject().unwrap_or(&node.author);
        state.losses.entry(subject).or_default().push(place);
        if !matches!(node.act, Act::Demote { .. }) {
            state.exits.entry(subject).or_default().push(place);
            state.members.remove(&subject);
        }
    }
    match &node.act {
        Act::Found { kind } => state.found(*kind, node.author, place),
        Act::Add { subject, role, history } => {
            if let (_, Some(inviter)) = before.seniority(&node.author) {
                let path = inviter.iter().copied().chain([place]).collect();
                state.seniorities.entry(*subject).or_insert(path);
            }
            state.admit(*subject, *role, *history, place);
        }
        Act::Promote { subject, role } | Act::Demote { subject, role } => {
            if let Some(standing) = state.members.get_mut(subject) {
                standing.role = *role;
            }
        }
        Act::Remove { .. } | Act::Leave | Act::Consent { .. } => {}
    }
}
