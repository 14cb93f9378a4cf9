//! Which devices belong to an account: a pure function of the set of its signed operations.
//!
//! Additions only grow, revocations are for good. Whoever was revoked has done nothing that the revocation had not seen, and
//! neither have the devices it added meanwhile. Where two devices revoke each other, the more senior one stays: a device is
//! junior to whoever added it and to whoever was there before, and one that the recovery kit added is senior to all, the
//! latest first. The order in which operations arrive means nothing; one whose past is not here yet waits.

use std::collections::{BTreeMap, BTreeSet};

use super::account_op::{AccountOp, OpHash, Rotation};

/// How many operations of one signer count. An account of a person has a few dozen in all; this bounds what a stolen device
/// can make others compute.
const MOST_OF_ONE: usize = 128;

/// Is an operation whose signature was checked.
#[derive(Debug, Clone)]
pub(crate) struct SignedOp {
    pub signer: [u8; 32],
    pub op: AccountOp,
}

/// Is a device as the operations show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResolvedDevice {
    /// The operation that added it.
    pub certificate: OpHash,
    pub sign: [u8; 32],
    pub open: [u8; 32],
    pub added_ms: u64,
    /// The device that added it; none for the first, and for one that came back with the recovery kit.
    pub added_by: Option<[u8; 32]>,
    /// When it was revoked; none while it belongs to the account.
    pub revoked_ms: Option<u64>,
}

/// Is a generation of the account's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ResolvedKey {
    pub public: [u8; 32],
    pub generation: u32,
}

/// Holds what the operations come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Resolved {
    /// Every device that belongs or has belonged to the account, the most senior first.
    pub devices: Vec<ResolvedDevice>,
    /// Every generation of the account's key that counts; the one in use comes last.
    pub keys: Vec<ResolvedKey>,
    /// The key that opens wraps with the recovery kit.
    pub recovery: [u8; 32],
    /// The account root.
    pub root: [u8; 32],
    /// The operations that nobody has built upon.
    pub heads: Vec<OpHash>,
    /// The revocations that count: the device, and the operation.
    pub revokes: Vec<([u8; 32], OpHash)>,
    /// Whether somebody has the newest secret who should not, or the other way round.
    pub needs_rotation: bool,
}

impl Resolved {
    /// Lists the devices that belong to the account now.
    pub(crate) fn live(&self) -> impl Iterator<Item = &ResolvedDevice> {
        self.devices.iter().filter(|device| device.revoked_ms.is_none())
    }
}

/// A place in the order of seniority; what is smaller is more senior.
type Rank = Vec<(u8, u64, OpHash)>;

/// Marks some operations by their numbers.
#[derive(Clone, PartialEq)]
struct Marks(Vec<u64>);

impl Marks {
    fn none(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn set(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] >> (at % 64) & 1 == 1
    }

    fn join(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }
}

/// Holds an operation in its place.
struct Placed<'a> {
    hash: OpHash,
    signed: &'a SignedOp,
    depth: u64,
    past: Marks,
    /// Whether its author might do it, as far as the author could know.
    authorised: bool,
    /// The place of the device it adds.
    rank: Rank,
    /// The place of its author.
    by: Rank,
}

/// Resolves the operations of one account; none without its genesis.
pub(crate) fn resolve(ops: &BTreeMap<OpHash, SignedOp>) -> Option<Resolved> {
    let genesis = ops.iter().find(|(_, signed)| matches!(signed.op, AccountOp::Genesis(_)))?;
    let AccountOp::Genesis(founding) = &genesis.1.op else { return None };
    let mut placed = place(ops, genesis.0);
    for at in 0..placed.len() {
        judge(&mut placed, at, &founding.root, &founding.device_sig);
    }
    let mut all = Marks::none(placed.len());
    (0..placed.len()).for_each(|at| all.set(at));
    let standing = Standing::of(&placed, &all);
    let devices = standing.devices(&placed);
    let live: BTreeSet<[u8; 32]> =
        devices.iter().filter(|device| device.revoked_ms.is_none()).map(|device| device.open).collect();
    let (keys, needs_rotation) = keys_of(&placed, &standing, &live, &founding.recovery);
    let built_upon: BTreeSet<&OpHash> = placed.iter().flat_map(|op| op.signed.op.parents()).collect();
    let first_is_built_upon = placed.len() > 1;
    let heads = placed
        .iter()
        .filter(|op| !built_upon.contains(&op.hash))
        .filter(|op| !(matches!(op.signed.op, AccountOp::Genesis(_)) && first_is_built_upon))
        .map(|op| op.hash)
        .collect::<BTreeSet<_>>();
    Some(Resolved {
        devices,
        keys,
        recovery: founding.recovery,
        root: founding.root,
        heads: heads.into_iter().collect(),
        revokes: standing.revokes(&placed),
        needs_rotation,
    })
}

/// Puts the operations whose whole past is here in an order in which each comes after its past.
fn place<'a>(ops: &'a BTreeMap<OpHash, SignedOp>, genesis: &OpHash) -> Vec<Placed<'a>> {
    let mut counts: BTreeMap<[u8; 32], usize> = BTreeMap::new();
    let mut order: BTreeMap<OpHash, (usize, u64)> = BTreeMap::new();
    let mut chosen: Vec<(OpHash, Vec<OpHash>)> = Vec::new();
    let mut waiting: Vec<(&OpHash, &SignedOp)> = ops.iter().collect();
    // One depth after the other, and within a depth by hash: an order that follows from the set.
    let mut depth = 0;
    while !waiting.is_empty() {
        let (ready, later): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|(hash, signed)| {
            let parents = parents_of(signed, hash, genesis);
            match parents {
                None => *hash == genesis,
                Some(parents) => parents.iter().all(|parent| order.contains_key(parent)),
            }
        });
        if ready.is_empty() {
            break;
        }
        for (hash, signed) in ready {
            let count = counts.entry(signed.signer).or_default();
            *count += 1;
            if *count <= MOST_OF_ONE {
                order.insert(*hash, (chosen.len(), depth));
                chosen.push((*hash, parents_of(signed, hash, genesis).unwrap_or_default()));
            }
        }
        depth += 1;
        waiting = later;
    }
    let mut placed: Vec<Placed> = Vec::with_capacity(chosen.len());
    for (hash, parents) in &chosen {
        let mut past = Marks::none(chosen.len());
        for parent in parents {
            let at = order[parent].0;
            past.set(at);
            past.join(&placed[at].past);
        }
        placed.push(Placed {
            hash: *hash,
            signed: &ops[hash],
            depth: order[hash].1,
            past,
            authorised: false,
            rank: Rank::new(),
            by: Rank::new(),
        });
    }
    placed
}

/// Gives what an operation builds upon; none for what may only be the genesis.
fn parents_of(signed: &SignedOp, hash: &OpHash, genesis: &OpHash) -> Option<Vec<OpHash>> {
    match &signed.op {
        AccountOp::Genesis(_) => None,
        // The format of the first has no room for it.
        AccountOp::First(_) => Some(vec![*genesis]),
        op if op.parents().is_empty() || op.parents().contains(hash) => None,
        op => Some(op.parents().to_vec()),
    }
}

/// Judges one operation from its own past, in which all others are judged already.
fn judge(placed: &mut [Placed], at: usize, root: &[u8; 32], founder: &[u8; 32]) {
    let (signer, depth, hash) = (placed[at].signed.signer, placed[at].depth, placed[at].hash);
    let by_root = signer == *root;
    let by = author_rank(placed, at);
    let (authorised, rank) = match &placed[at].signed.op {
        AccountOp::Genesis(_) => (by_root, vec![(1, 0, hash)]),
        AccountOp::First(op) => (signer == *founder && op.generation == 0, Rank::new()),
        AccountOp::Recover(_) => (by_root, vec![(0, u64::MAX - depth, hash)]),
        AccountOp::Add(_) | AccountOp::Revoke(_) | AccountOp::Rotate(_) => {
            let standing = Standing::of(placed, &placed[at].past);
            let mut rank = by.clone().unwrap_or_default();
            rank.push((2, depth, hash));
            // Nobody takes themselves away: a thief who is gone would bring in a secret of theirs with it, dated back.
            let is_of_itself = target(placed[at].signed) == Some(signer);
            (standing.is_live(placed, &signer) && !is_of_itself, rank)
        }
    };
    let op = &mut placed[at];
    (op.authorised, op.rank, op.by) = (authorised, rank, by.unwrap_or_default());
}

/// Gives the place of an operation's author: the best of those it was added to before.
fn author_rank(placed: &[Placed], at: usize) -> Option<Rank> {
    let (past, signer) = (&placed[at].past, placed[at].signed.signer);
    (0..at)
        .filter(|other| past.has(*other) && placed[*other].authorised)
        .filter(|other| added_by(placed[*other].signed).is_some_and(|(sign, ..)| sign == signer))
        .map(|other| placed[other].rank.clone())
        .min()
}

/// Gives the device that an operation adds: signing key, opening key, when.
fn added_by(signed: &SignedOp) -> Option<([u8; 32], [u8; 32], u64)> {
    match &signed.op {
        AccountOp::Genesis(op) => Some((op.device_sig, op.device_enc, op.made_ms)),
        AccountOp::Add(op) | AccountOp::Recover(op) => Some((op.sign, op.open, op.made_ms)),
        AccountOp::First(_) | AccountOp::Revoke(_) | AccountOp::Rotate(_) => None,
    }
}

/// Holds what a set of operations comes to: which revocations count, and what is void because of them.
struct Standing {
    set: Marks,
    /// The revocations that count, by number.
    applied: Vec<usize>,
    void: Vec<bool>,
}

impl Standing {
    fn of(placed: &[Placed], set: &Marks) -> Self {
        let mut standing = Self { set: set.clone(), applied: Vec::new(), void: Vec::new() };
        standing.find_void(placed);
        let mut revokes: Vec<usize> = (0..placed.len())
            .filter(|at| standing.set.has(*at) && placed[*at].authorised)
            .filter(|at| matches!(placed[*at].signed.op, AccountOp::Revoke(_)))
            .collect();
        revokes.sort_by(|a, b| {
            let key = |at: &usize| (&placed[*at].by, placed[*at].depth, placed[*at].hash);
            key(a).cmp(&key(b))
        });
        for at in revokes {
            if !standing.void[at] {
                standing.applied.push(at);
                standing.find_void(placed);
            }
        }
        standing
    }

    /// Finds what does not count: what a revoked device did that its revocation had not seen, and what those devices did
    /// that were added by something void.
    fn find_void(&mut self, placed: &[Placed]) {
        let mut void = vec![false; placed.len()];
        for at in 0..placed.len() {
            let op = &placed[at];
            if !self.set.has(at) || !op.authorised {
                void[at] = true;
                continue;
            }
            if matches!(op.signed.op, AccountOp::Genesis(_) | AccountOp::Recover(_)) {
                continue;
            }
            let signer = op.signed.signer;
            let is_cut = self.applied.iter().any(|revoke| {
                *revoke != at
                    && target(placed[*revoke].signed) == Some(signer)
                    && !placed[*revoke].past.has(at)
            });
            let is_certified = (0..at).any(|other| {
                op.past.has(other)
                    && !void[other]
                    && added_by(placed[other].signed).is_some_and(|(sign, ..)| sign == signer)
            });
            // A revocation that counted when it was applied is not taken back by one of somebody more junior.
            void[at] = (is_cut || !is_certified) && !self.applied.contains(&at);
        }
        self.void = void;
    }

    fn revoked_at(&self, placed: &[Placed], sign: &[u8; 32]) -> Option<u64> {
        self.applied
            .iter()
            .filter(|at| target(placed[**at].signed) == Some(*sign))
            .filter_map(|at| match &placed[*at].signed.op {
                AccountOp::Revoke(op) => Some(op.made_ms),
                _ => None,
            })
            .min()
    }

    fn is_live(&self, placed: &[Placed], sign: &[u8; 32]) -> bool {
        let is_added = (0..placed.len()).any(|at| {
            !self.void[at] && added_by(placed[at].signed).is_some_and(|(added, ..)| added == *sign)
        });
        is_added && self.revoked_at(placed, sign).is_none()
    }

    fn devices(&self, placed: &[Placed]) -> Vec<ResolvedDevice> {
        let mut found: Vec<(&Rank, ResolvedDevice)> = Vec::new();
        for (at, op) in placed.iter().enumerate() {
            let Some((sign, open, added_ms)) = added_by(op.signed).filter(|_| !self.void[at]) else {
                continue;
            };
            let revoked_ms = self.revoked_at(placed, &sign);
            let is_added = matches!(op.signed.op, AccountOp::Add(_));
            let added_by = is_added.then_some(op.signed.signer);
            let certificate = op.hash;
            found
                .push((&op.rank, ResolvedDevice { certificate, sign, open, added_ms, added_by, revoked_ms }));
        }
        found.sort_by(|a, b| a.0.cmp(b.0));
        found.into_iter().map(|(_, device)| device).collect()
    }

    fn revokes(&self, placed: &[Placed]) -> Vec<([u8; 32], OpHash)> {
        let mut revokes: Vec<_> = self
            .applied
            .iter()
            .filter_map(|at| Some((target(placed[*at].signed)?, placed[*at].hash)))
            .collect();
        revokes.sort_unstable();
        revokes
    }
}

fn target(signed: &SignedOp) -> Option<[u8; 32]> {
    if let AccountOp::Revoke(op) = &signed.op { Some(op.device) } else { None }
}

/// Lists the generations that count, the one in use last, and tells whether it has reached exactly whom it should.
fn keys_of(
    placed: &[Placed],
    standing: &Standing,
    live: &BTreeSet<[u8; 32]>,
    recovery: &[u8; 32],
) -> (Vec<ResolvedKey>, bool) {
    let mut found: Vec<Generation> = Vec::new();
    for (at, op) in placed.iter().enumerate() {
        if standing.void[at] {
            continue;
        }
        let of = |number: u32, public: [u8; 32], wraps: &[([u8; 32], Vec<u8>)]| Generation {
            number,
            by: &op.by,
            hash: op.hash,
            public,
            to: wraps.iter().map(|(to, _)| *to).collect(),
        };
        let of_rotation = |rotation: &Rotation| of(rotation.generation, rotation.public, &rotation.wraps);
        found.push(match &op.signed.op {
            AccountOp::First(first) => of(first.generation, first.account_enc, &first.wraps),
            AccountOp::Revoke(revoke) => of_rotation(&revoke.rotation),
            AccountOp::Rotate(rotate) => of_rotation(&rotate.rotation),
            _ => continue,
        });
    }
    // The greatest generation is in use; of two, that of the more senior author.
    found.sort_by(|a, b| (a.number, b.by, b.hash).cmp(&(b.number, a.by, a.hash)));
    let needs_rotation = found.last().is_some_and(|newest| {
        let mut reached = newest.to.clone();
        for (at, op) in placed.iter().enumerate() {
            if let (AccountOp::Add(add) | AccountOp::Recover(add), false) = (&op.signed.op, standing.void[at])
                && add.wraps.iter().any(|wrap| wrap.public == newest.public)
            {
                reached.insert(add.open);
            }
        }
        let mut wanted = live.clone();
        wanted.insert(*recovery);
        reached != wanted
    });
    let mut seen = BTreeSet::new();
    let mut keys: Vec<ResolvedKey> = found
        .into_iter()
        .rev()
        .filter(|generation| seen.insert(generation.public))
        .map(|generation| ResolvedKey { public: generation.public, generation: generation.number })
        .collect();
    keys.reverse();
    (keys, needs_rotation)
}

/// Is a generation of the account secret on its way to being one that counts.
struct Generation<'a> {
    number: u32,
    by: &'a Rank,
    hash: OpHash,
    public: [u8; 32],
    /// Whom it was wrapped to.
    to: BTreeSet<[u8; 32]>,
}

#[cfg(test)]
mod tests;
