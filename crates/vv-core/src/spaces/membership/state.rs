//! What a set of operations has made so far.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::bits::Bits;
use super::graph::Node;
use super::model::{AccountId, Act, History, Role, SpaceKind};

/// A path of invitations back to the founder, by the places of the additions; shorter and earlier is more senior.
pub(super) type Seniority = Rc<[usize]>;

/// Says what somebody is, and by which operation they came.
#[derive(Clone)]
pub(super) struct Standing {
    pub role: Role,
    pub history: History,
    pub since: usize,
}

/// Is what a set of operations has made so far.
#[derive(Clone)]
pub(super) struct State {
    pub kind: Option<SpaceKind>,
    pub frozen: bool,
    pub members: BTreeMap<AccountId, Standing>,
    pub seniorities: BTreeMap<AccountId, Seniority>,
    /// Removals and departures that took effect, by whom they took out.
    pub exits: BTreeMap<AccountId, Vec<usize>>,
    /// The same, and demotions.
    pub losses: BTreeMap<AccountId, Vec<usize>>,
    /// What took effect.
    pub applied: Bits,
    /// What had its turn, whether it took effect or not.
    pub done: Bits,
}

impl State {
    pub(super) fn new(size: usize) -> Self {
        Self {
            kind: None,
            frozen: false,
            members: BTreeMap::new(),
            seniorities: BTreeMap::new(),
            exits: BTreeMap::new(),
            losses: BTreeMap::new(),
            applied: Bits::new(size),
            done: Bits::new(size),
        }
    }

    pub(super) fn role(&self, account: &AccountId) -> Option<Role> {
        self.members.get(account).map(|standing| standing.role)
    }

    pub(super) fn peers(&self) -> usize {
        self.members.values().filter(|standing| standing.role == Role::Owner).count()
    }

    /// Gives a value that is smaller for whoever is more senior; who never was invited comes last.
    pub(super) fn seniority(&self, account: &AccountId) -> (bool, Option<Seniority>) {
        let path = self.seniorities.get(account).cloned();
        (path.is_none(), path)
    }

    /// Tells whether somebody's loss, unseen by an operation that took its absence for granted, makes that void.
    pub(super) fn overtakes(&self, node: &Node) -> bool {
        let unseen = |of: &BTreeMap<AccountId, Vec<usize>>, account: &AccountId| {
            of.get(account).is_some_and(|places| places.iter().any(|place| !node.past.has(*place)))
        };
        let gains = match &node.act {
            Act::Add { subject, .. } | Act::Promote { subject, .. } => Some(subject),
            _ => None,
        };
        gains.is_some_and(|subject| unseen(&self.exits, subject)) || unseen(&self.losses, &node.author)
    }

    /// Begins a space with its founder.
    pub(super) fn found(&mut self, kind: SpaceKind, founder: AccountId, place: usize) {
        self.kind = Some(kind);
        self.seniorities.insert(founder, [].into());
        let standing = Standing { role: Role::Owner, history: History::Full, since: place };
        self.members.insert(founder, standing);
    }

    /// Brings somebody in, or raises what they are.
    pub(super) fn admit(&mut self, subject: AccountId, role: Role, history: History, place: usize) {
        let standing = self.members.entry(subject).or_insert(Standing { role, history, since: place });
        standing.role = standing.role.max(role);
        standing.history = standing.history.max(history);
    }
}
