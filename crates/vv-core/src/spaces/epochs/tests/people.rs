//! People with keys of their own, each with a copy of the space that is as old as their last meeting.

use std::collections::{BTreeMap, BTreeSet};

use vv_crypto::{EncSecret, derive_enc_keypair};

use crate::identity::record::account_tag;
use crate::spaces::control::SharedEpoch;
use crate::spaces::epochs::{
    EpochLog, EpochRecord, KeyRing, Recipient, Writing, holders, mint, missing_shares, writing,
};
use crate::spaces::membership::{AccountId, Act, MemberOp, OpId, Resolver, SpaceKind};

pub const SPACE: [u8; 16] = [7; 16];
pub const DAY_MS: u64 = 24 * 60 * 60 * 1000;

/// Is something that travels.
#[derive(Debug, Clone)]
pub enum Item {
    Op(MemberOp),
    Epoch(EpochRecord),
    Share(SharedEpoch),
    /// Somebody's account has come to this generation.
    Generation(AccountId, u32),
}

/// Is something that was written.
#[derive(Debug, Clone)]
pub struct Written {
    pub stream: u32,
    pub epoch: [u8; 32],
    pub heads: Vec<OpId>,
}

/// Is a space and all copies of it.
pub struct World {
    pub kind: SpaceKind,
    pub items: Vec<Item>,
    pub written: Vec<Written>,
    pub views: BTreeMap<u8, BTreeSet<usize>>,
    pub rings: BTreeMap<u8, KeyRing>,
    pub now_ms: u64,
    made: u64,
}

pub fn person(number: u8) -> AccountId {
    [number; 32]
}

/// Gives the key of somebody's account of one generation.
pub fn secret(who: &AccountId, generation: u32) -> EncSecret {
    let seed = vv_protocol::hash("test-account/v1", &[who, &generation.to_le_bytes()]);
    derive_enc_keypair(&vv_crypto::Key32::from_bytes(seed)).0
}

impl World {
    /// Begins a space of person 0.
    pub fn new(kind: SpaceKind, people: u8) -> Self {
        let mut world = Self {
            kind,
            items: Vec::new(),
            written: Vec::new(),
            views: (0..people).map(|who| (who, BTreeSet::new())).collect(),
            rings: (0..people).map(|who| (who, KeyRing::new(SPACE))).collect(),
            now_ms: 1_795_219_200_000,
            made: 0,
        };
        world.act(0, Act::Found { kind });
        world.mint(0, &[]);
        world
    }

    pub fn ops(&self, view: &BTreeSet<usize>) -> Vec<MemberOp> {
        let op = |at: &usize| match &self.items[*at] {
            Item::Op(op) => Some(op.clone()),
            _ => None,
        };
        view.iter().filter_map(op).collect()
    }

    pub fn resolver(&self, who: u8) -> Resolver {
        Resolver::new(&self.ops(&self.views[&who]))
    }

    pub fn log(&self, view: &BTreeSet<usize>) -> EpochLog {
        let mut log = EpochLog::default();
        for at in view {
            match &self.items[*at] {
                Item::Epoch(record) => log.add(record.clone()),
                Item::Share(share) => log.add_share(share.clone()),
                _ => {}
            }
        }
        log
    }

    pub fn everything(&self) -> BTreeSet<usize> {
        (0..self.items.len()).collect()
    }

    fn generation(&self, view: &BTreeSet<usize>, of: &AccountId) -> u32 {
        let generations = view.iter().filter_map(|at| match &self.items[*at] {
            Item::Generation(who, generation) if who == of => Some(*generation),
            _ => None,
        });
        generations.max().unwrap_or(0)
    }

    pub fn publish(&mut self, who: u8, item: Item) {
        self.views.get_mut(&who).unwrap().insert(self.items.len());
        self.items.push(item);
        let new = BTreeSet::from([self.items.len() - 1]);
        self.take_in(who, &new);
    }

    /// Lets somebody hear all that another knows.
    pub fn hear(&mut self, who: u8, from: u8) {
        let heard: BTreeSet<usize> = self.views[&from].difference(&self.views[&who]).copied().collect();
        self.views.get_mut(&who).unwrap().extend(&heard);
        self.take_in(who, &heard);
    }

    fn take_in(&mut self, who: u8, new: &BTreeSet<usize>) {
        let account = person(who);
        let log = self.log(&self.views[&who]);
        let ring = self.rings.get_mut(&who).unwrap();
        let news = {
            let mut news = EpochLog::default();
            for at in new {
                match &self.items[*at] {
                    Item::Epoch(record) => news.add(record.clone()),
                    Item::Share(share) if share.tag == account_tag(&SPACE, &account) => {
                        news.add(log.find(&share.epoch).unwrap().clone());
                        news.add_share(share.clone());
                    }
                    _ => {}
                }
            }
            news
        };
        ring.open_all(&news, &account, &|generation| vec![secret(&account, generation)]);
        ring.walk_back(&log);
    }

    /// Does something, allowed or not.
    pub fn act(&mut self, who: u8, act: Act) -> OpId {
        let parents = self.resolver(who).now().heads;
        self.made += 1;
        let id = vv_protocol::hash("test/v1", &[&person(who), &self.made.to_le_bytes()]);
        self.publish(who, Item::Op(MemberOp { id, parents, author: person(who), act }));
        id
    }

    pub fn recipients(&self, who: u8) -> Vec<Recipient> {
        let view = &self.views[&who];
        let now = self.resolver(who).now();
        holders(&now, |account| self.generation(view, account))
            .into_iter()
            .map(|holder| Recipient { holder, enc: secret(&holder.account, holder.generation).public() })
            .collect()
    }

    pub fn mint(&mut self, who: u8, parents: &[[u8; 32]]) -> [u8; 32] {
        let log = self.log(&self.views[&who]);
        let parents: Vec<_> = parents.iter().map(|parent| &log.find(parent).unwrap().op).collect();
        let heads = self.resolver(who).now().heads;
        let recipients = self.recipients(who);
        let (op, _) = mint(&SPACE, self.kind, &recipients, &parents, &heads, &self.rings[&who]);
        let epoch = op.epoch;
        let made_ms = self.now_ms;
        self.publish(who, Item::Epoch(EpochRecord { op, author: person(who), made_ms }));
        self.share(who);
        epoch
    }

    /// Gives to newcomers what they lack.
    pub fn share(&mut self, who: u8) {
        let log = self.log(&self.views[&who]);
        let shares = missing_shares(&SPACE, &log, &self.rings[&who], &self.recipients(who));
        shares.into_iter().for_each(|share| self.publish(who, Item::Share(share)));
    }

    pub fn writing(&self, who: u8) -> Writing {
        let view = &self.views[&who];
        let (log, resolver) = (self.log(view), self.resolver(who));
        let generation = |account: &AccountId| self.generation(view, account);
        writing(&SPACE, &person(who), &log, &resolver, &self.rings[&who], generation, self.now_ms)
    }

    /// Writes as one may, with new keys where they are due; tells the epoch.
    pub fn write(&mut self, who: u8, stream: u32) -> Option<[u8; 32]> {
        let epoch = match self.writing(who) {
            Writing::In(epoch) => epoch,
            Writing::AfterMinting { parents } => self.mint(who, &parents),
            Writing::Waiting | Writing::Closed => return None,
        };
        let grant = self.rings[&who].grant(&epoch)?;
        let key = if stream == 1 { &grant.content } else { &grant.process };
        key.as_ref()?;
        let heads = self.resolver(who).now().heads;
        self.written.push(Written { stream, epoch, heads });
        Some(epoch)
    }

    /// Begins a new generation of somebody's account key, as after a device of theirs was revoked.
    pub fn revoke_device(&mut self, who: u8) {
        let next = self.generation(&self.everything(), &person(who)) + 1;
        self.publish(who, Item::Generation(person(who), next));
    }

    /// Gives somebody every record there ever was, as a server could that hides nothing from them.
    pub fn ring_of_all(&self, who: u8) -> KeyRing {
        let account = person(who);
        let mut ring = KeyRing::new(SPACE);
        let log = self.log(&self.everything());
        ring.open_all(&log, &account, &|generation| vec![secret(&account, generation)]);
        ring
    }

    /// Lets everybody meet.
    pub fn meet(&mut self) {
        let people: Vec<u8> = self.views.keys().copied().collect();
        for who in &people {
            for other in &people {
                self.hear(*who, *other);
            }
        }
        for who in &people {
            self.hear(*who, *people.last().unwrap());
        }
    }
}
