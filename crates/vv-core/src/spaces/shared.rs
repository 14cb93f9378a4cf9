//! A shared space as its control stream tells of it, read whole: it is short, and what follows from it depends on all of it.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use vv_crypto::{EncPublic, EpochGrant};
use vv_protocol::OpType;

use super::control::{ControlOp, Cut, genesis_op, member_op};
use super::epochs::{EpochLog, EpochRecord, KeyRing, Recipient, Writing, holders, writing};
use super::invite::InviteKeys;
use super::membership::{AccountId, Act, History, Membership, OpId, Resolver, Role, SpaceKind};
use super::table;
use crate::identity::epochs;
use crate::identity::record::{EpochOp, SpaceGenesis};
use crate::store::hlc::Hlc;
use crate::store::keyring::SpaceKeys;
use crate::store::unlocked::Unlocked;
use crate::store::{StoreError, log};

/// The policy of a space in which newcomers read everything.
pub(super) const POLICY_FULL_HISTORY: u32 = 2;

/// Is an operation of the control stream with who said it when.
pub(super) struct Said {
    pub id: OpId,
    pub author: AccountId,
    pub order: (Hlc, [u8; 16]),
    pub op: ControlOp,
}

/// Is an invitation that was made in the space.
pub(super) struct Invited {
    pub secret: [u8; 16],
    pub id: [u8; 16],
    pub by: AccountId,
    pub role: Role,
    pub history: History,
    pub expires_ms: u64,
    /// How many may still come by it.
    pub left: u32,
    /// When it was made.
    pub made_ms: u64,
    /// Whether nobody has ended it and whoever made it may still bring somebody in.
    pub holds: bool,
}

/// Holds a shared space.
pub(super) struct Shared {
    pub id: [u8; 16],
    pub sid: i64,
    /// The body of its genesis, when that has arrived.
    pub genesis: Option<Vec<u8>>,
    pub said: Vec<Said>,
    pub resolver: Resolver,
    pub now: Membership,
    pub epochs: EpochLog,
    /// When each operation was made, as its author's clock said, in milliseconds since 1970.
    pub times: BTreeMap<OpId, u64>,
}

impl Shared {
    pub(super) fn load(sql: &Connection, space: &SpaceKeys) -> Result<Self, StoreError> {
        let (id, sid) = (space.id, space.sid);
        let (mut genesis, mut said, mut members, mut epochs) =
            (None, Vec::new(), Vec::new(), EpochLog::default());
        let mut times = BTreeMap::new();
        for row in table::list_ops(sql, sid)? {
            times.insert(row.hash, row.hlc.ms());
            match OpType::from_number(row.kind) {
                Some(OpType::SpaceGenesis) => {
                    members.extend(genesis_op(row.hash, &row.author, &id, &row.body));
                    genesis = Some(row.body);
                }
                Some(OpType::Epoch) => {
                    let op = EpochOp::decode(&row.body)?;
                    epochs.add(EpochRecord { op, author: row.author, made_ms: row.hlc.ms() });
                }
                Some(kind) => {
                    let decoded = ControlOp::decode(kind, &row.body);
                    let Some(op) = decoded.map_err(|_| StoreError::Damaged)? else { continue };
                    members.extend(member_op(row.hash, row.author, &op));
                    if let ControlOp::ShareEpochs(shares) = &op {
                        shares.iter().for_each(|share| epochs.add_share(share.clone()));
                    }
                    said.push(Said { id: row.hash, author: row.author, order: (row.hlc, row.feed), op });
                }
                None => {}
            }
        }
        let resolver = Resolver::new(&members);
        let now = resolver.now();
        Ok(Self { id, sid, genesis, said, resolver, now, epochs, times })
    }

    /// Puts together the keys of the space that are here.
    pub(super) fn ring(&self, sql: &Connection) -> Result<KeyRing, StoreError> {
        let mut ring = KeyRing::new(self.id);
        for held in epochs::held(sql, self.sid)? {
            let grant = EpochGrant {
                content: held.content,
                history: held.history,
                control: held.control,
                process: held.process,
            };
            if let Some(record) = self.epochs.find(&held.epoch) {
                ring.take(&record.op, grant);
            }
        }
        Ok(ring)
    }

    /// Lists whom new keys are to be wrapped to; none while the account of one of them is not known as far as it was to whoever
    /// brought them in.
    pub(super) fn recipients(&self, sql: &Connection) -> Result<Option<Vec<Recipient>>, StoreError> {
        let mut keys = BTreeMap::new();
        for account in self.now.members.keys() {
            if !self.knows_account(sql, account)? {
                return Ok(None);
            }
            let key = table::account_key(sql, account)?;
            let Some((generation, public)) = key else { return Ok(None) };
            let Ok(public) = EncPublic::from_bytes(public) else { return Ok(None) };
            keys.insert(*account, (generation, public));
        }
        let holders =
            holders(&self.now, |account| keys.get(account).map_or(0, |(generation, _)| *generation));
        Ok(Some(
            holders.into_iter().map(|holder| Recipient { holder, enc: keys[&holder.account].1 }).collect(),
        ))
    }

    /// Tells whether the log of an account is here at least as far as whoever brought them in had it.
    fn knows_account(&self, sql: &Connection, account: &AccountId) -> Result<bool, StoreError> {
        let mut wanted: BTreeSet<[u8; 32]> = BTreeSet::new();
        for said in &self.said {
            if let ControlOp::Add { subject, account_heads, .. } = &said.op
                && subject == account
                && self.now.applied.contains(&said.id)
            {
                wanted.extend(account_heads);
            }
        }
        if wanted.is_empty() {
            return Ok(true);
        }
        let Some((sid, _)) = table::account_log(sql, account)? else { return Ok(false) };
        for feed in log::feeds_of_stream(sql, crate::store::unlocked::ACCOUNT_STREAM)? {
            if feed.sid == sid {
                for row in log::records_of_feed(sql, feed.fid, 0, u32::MAX)? {
                    log::hash_of(&row).map(|hash| wanted.remove(&hash));
                }
            }
        }
        Ok(wanted.is_empty())
    }

    /// Works out how this person may write.
    pub(super) fn writing(
        &self,
        sql: &Connection,
        core: &Unlocked,
        now_ms: u64,
    ) -> Result<Writing, StoreError> {
        let mut generations = BTreeMap::new();
        for account in self.now.members.keys() {
            if let Some((generation, _)) = table::account_key(sql, account)? {
                generations.insert(*account, generation);
            }
        }
        let generation = |account: &AccountId| generations.get(account).copied().unwrap_or(0);
        let ring = self.ring(sql)?;
        Ok(writing(&self.id, &core.account_id, &self.epochs, &self.resolver, &ring, generation, now_ms))
    }

    /// Tells whether newcomers read what was written before they came.
    pub(super) fn history(&self) -> History {
        let genesis = self.genesis.as_ref().and_then(|body| SpaceGenesis::decode(body).ok());
        match genesis.map(|genesis| genesis.policy) {
            Some(POLICY_FULL_HISTORY) => History::Full,
            _ => History::FromJoin,
        }
    }

    /// Tells when it was founded.
    pub(super) fn founded_ms(&self) -> Option<u64> {
        self.genesis.as_ref().and_then(|body| SpaceGenesis::decode(body).ok()).map(|genesis| genesis.made_ms)
    }

    /// Tells whether somebody may name the space: in a pairing both, in a circle whoever leads it.
    pub(super) fn may_rename(&self, account: &AccountId) -> bool {
        let leads = self.now.kind != Some(SpaceKind::Circle);
        self.now.role(account).is_some_and(|role| leads || role >= Role::Facilitator)
    }

    /// Gives the name of the space; empty while it has none.
    pub(super) fn name(&self) -> String {
        let names = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::Name { name } if self.may_name_by(said) => Some((said.order, name)),
            _ => None,
        });
        names.max().map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// Gives the name that somebody gave themselves; empty while there is none.
    pub(super) fn name_of(&self, account: &AccountId) -> String {
        let names = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::MemberName { name } if said.author == *account => Some((said.order, name)),
            _ => None,
        });
        names.max().map(|(_, name)| name.clone()).unwrap_or_default()
    }

    /// Gives the key by which somebody opens the space on a server: the latest that was said.
    pub(super) fn access_of(&self, account: &AccountId) -> Option<[u8; 32]> {
        let keys = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::Access { key } if said.author == *account => Some((said.order, *key)),
            ControlOp::Add { subject, access: Some(key), .. } if subject == account => {
                Some((said.order, *key))
            }
            _ => None,
        });
        keys.max().map(|(_, key)| key)
    }

    /// Lists every key by which anybody ever was to open the space on a server.
    pub(super) fn accesses(&self) -> Vec<[u8; 32]> {
        let keys = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::Access { key } | ControlOp::Add { access: Some(key), .. } => Some(*key),
            _ => None,
        });
        keys.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// Lists every account that was ever brought in.
    pub(super) fn everybody(&self) -> BTreeSet<AccountId> {
        let brought = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::Add { subject, .. } => Some(*subject),
            _ => None,
        });
        self.now
            .members
            .keys()
            .copied()
            .chain(brought)
            .chain(self.said.iter().map(|said| said.author))
            .collect()
    }

    /// A name stays when whoever gave it has gone.
    fn may_name_by(&self, said: &Said) -> bool {
        self.now.role(&said.author).is_none() && self.everybody().contains(&said.author)
            || self.may_rename(&said.author)
    }

    /// Lists every invitation that was made.
    pub(super) fn invitations(&self) -> Vec<Invited> {
        let ended: BTreeSet<[u8; 16]> = self
            .said
            .iter()
            .filter_map(|said| match &said.op {
                ControlOp::EndInvite { invite } if self.now.role(&said.author).is_some() => Some(*invite),
                _ => None,
            })
            .collect();
        let mut found = Vec::new();
        for said in &self.said {
            let ControlOp::Invite { secret, role, history, uses, expires_ms } = &said.op else { continue };
            let id = InviteKeys::derive(secret, &self.id).id();
            let act = Act::Add { subject: [0; 32], role: *role, history: *history };
            let holds = !ended.contains(&id) && self.resolver.would_allow(&said.author, &act);
            let came: BTreeSet<AccountId> = self.came_by(&id);
            let left = uses.saturating_sub(u32::try_from(came.len()).unwrap_or(u32::MAX));
            let (secret, role, history) = (*secret, *role, *history);
            found.push(Invited {
                secret,
                id,
                by: said.author,
                role,
                history,
                expires_ms: *expires_ms,
                left,
                made_ms: said.order.0.ms(),
                holds,
            });
        }
        found
    }

    fn came_by(&self, id: &[u8; 16]) -> BTreeSet<AccountId> {
        let came = self.said.iter().filter_map(|said| match &said.op {
            ControlOp::Add { subject, invite: Some(invite), .. } if invite == id => Some(*subject),
            _ => None,
        });
        came.collect()
    }

    /// Finds up to which record the feeds of somebody count; all of a feed that is in the map with no number.
    pub(super) fn limit(&self, account: &AccountId, feed: &[u8; 16]) -> Option<u64> {
        let mut cut: Option<u64> = None;
        for said in &self.said {
            let cuts: &[Cut] = match &said.op {
                ControlOp::Remove { subject, cuts, .. } if subject == account => cuts,
                ControlOp::Leave { cuts, .. } if said.author == *account => cuts,
                ControlOp::CloseFeeds { cuts } if said.author == *account => cuts,
                _ => continue,
            };
            // Closing feeds of one's own needs nobody's leave.
            let counts =
                matches!(said.op, ControlOp::CloseFeeds { .. }) || self.now.applied.contains(&said.id);
            let own = cuts.iter().filter(|one| counts && one.feed == *feed);
            cut = own.map(|one| one.seq).chain(cut).max();
        }
        match (cut, self.now.role(account)) {
            (Some(seq), _) => Some(seq),
            (None, Some(_)) => None,
            // Nobody who is in has seen anything of this feed.
            (None, None) => Some(0),
        }
    }

    /// Finds what was proposed in a pairing and by whom.
    pub(super) fn proposals(&self) -> Vec<(OpId, AccountId, AccountId)> {
        self.resolver.proposals()
    }
}
