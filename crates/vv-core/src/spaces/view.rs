//! Spaces as a surface shows them: who is in, who can read, what waits.

use chrono::{DateTime, Utc};

use super::epochs::{Writing, readers_of};
use super::error::SpaceError;
use super::invite::{Invitation, InviteKeys, JoinRequest, draw_qr};
use super::membership::{AccountId, Act, History, Role, SpaceKind};
use super::record::noted;
use super::shared::Shared;
use super::table::{self, Standing};
use super::{InviteId, MemberId, ProposalId, RequestId, SpaceId};
use crate::store::Reader;
use crate::store::hlc::clock_ms;

/// Says how one may write in a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SpaceState {
    /// Everything is here.
    Open,
    /// Its membership log has not arrived yet, or the keys of one's own have not.
    Arriving,
    /// New keys have to be made by another member's device first.
    WaitsForKeys,
    /// Nobody writes any more.
    Frozen,
    /// One does not belong to it any more; what is here can be read.
    Left,
}

/// Shows somebody in a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// How they call themselves; empty until that has arrived.
    pub name: String,
    /// What they are.
    pub role: Role,
    /// How far back they read.
    pub history: History,
    /// Whether it is the person of this notebook.
    pub is_me: bool,
    /// The words that are the same on their screen when nobody stands between; none for oneself.
    pub safety_words: Vec<&'static str>,
    /// When the person noted that the words are the same.
    pub compared_at: Option<DateTime<Utc>>,
    /// Since when they belong, as the clock of whoever brought them in said.
    pub since: DateTime<Utc>,
    /// Whether the person may take them out.
    pub can_remove: bool,
    /// The roles that the person may give them.
    pub can_become: Vec<Role>,
}

/// Tells who can read what is written now, from those to whom its keys were wrapped.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WhoCanRead {
    /// Who reads what people write.
    pub content: Vec<(MemberId, String)>,
    /// Who reads agenda, attendance and times, and nothing else.
    pub process_only: Vec<(MemberId, String)>,
    /// Keys were also wrapped to somebody whom this notebook does not know.
    pub unknown: bool,
}

/// Shows somebody who was proposed as facilitator of a pairing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is agreed to.
    pub id: ProposalId,
    /// Who proposes.
    pub by: MemberId,
    /// Whom.
    pub whom: MemberId,
    /// How they call themselves, where they have said so.
    pub name: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether it is the person of this notebook whose word is waited for.
    pub is_mine: bool,
}

/// Shows an invitation that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationRow {
    /// By which it is ended.
    pub id: InviteId,
    /// Who made it.
    pub by: MemberId,
    /// As what one comes by it.
    pub role: Role,
    /// Until when it holds.
    pub expires_at: DateTime<Utc>,
    /// How many may still come.
    pub left: u32,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Whether this device lets in whoever asks by it.
    pub open_door: bool,
    /// The link, to be shown again.
    pub link: String,
}

impl InvitationRow {
    /// Draws the link as an SVG.
    pub fn picture(&self) -> Option<String> {
        draw_qr(&self.link)
    }
}

/// Shows somebody who asks to come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// By which it is answered.
    pub id: RequestId,
    /// How they call themselves.
    pub name: String,
    /// As what they would come.
    pub role: Role,
    /// The words that are the same on their screen when nobody stands between.
    pub safety_words: Vec<&'static str>,
    /// When they asked, as their clock said.
    pub asked_at: DateTime<Utc>,
    /// Whether it came as a file, so that the answer travels as one too.
    pub by_file: bool,
}

/// Shows a space.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Space {
    /// Its id.
    pub id: SpaceId,
    /// What it is for.
    pub kind: SpaceKind,
    /// How it is called; the inviter's name until its own has arrived.
    pub name: String,
    /// How one may write.
    pub state: SpaceState,
    /// What one is in it; none once one has left.
    pub role: Option<Role>,
    /// When it was founded, as the founder's clock said; none until its genesis has arrived.
    pub founded_at: Option<DateTime<Utc>>,
    /// How far back newcomers read, unless their invitation says otherwise.
    pub history: History,
    /// Whether its keys are wrapped to just those who belong to it now.
    pub keys_fit: bool,
    /// What the person may invite others as.
    pub may_invite: Vec<Role>,
    /// Whether the person may name it.
    pub may_rename: bool,
    /// Whether the person may leave it.
    pub may_leave: bool,
    /// Who is in, the highest roles first.
    pub members: Vec<Member>,
    /// Who can read what is written now.
    pub readers: WhoCanRead,
    /// Facilitators who wait for the other's word.
    pub proposals: Vec<Proposal>,
    /// Invitations that hold.
    pub invitations: Vec<InvitationRow>,
    /// Requests that wait on this device.
    pub requests: Vec<Request>,
    /// Addresses of servers where it is.
    pub places: Vec<String>,
}

/// Shows a request of one's own that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedFor {
    /// The space.
    pub space: SpaceId,
    /// What it is for.
    pub kind: SpaceKind,
    /// How whoever invited calls themselves.
    pub inviter_name: String,
    /// Whether nobody lets one in.
    pub declined: bool,
    /// The request once more, for a file.
    pub sealed: Vec<u8>,
}

/// Lists the spaces that the person shares with others.
pub fn list_spaces(reader: &Reader) -> Result<Vec<Space>, SpaceError> {
    let core = reader.core().clone();
    let shared = core.keyring.spaces().filter(|space| space.is_shared());
    shared.map(|space| get_space(reader, SpaceId(space.id))).collect()
}

/// Lists the person's own requests to come into spaces.
pub fn list_asked(reader: &Reader) -> Result<Vec<AskedFor>, SpaceError> {
    let asked = table::list_asked(reader.sql())?;
    asked
        .into_iter()
        .map(|asked| {
            let invitation = Invitation::read(&asked.link)?;
            Ok(AskedFor {
                space: SpaceId(asked.space),
                kind: invitation.kind,
                inviter_name: invitation.inviter_name,
                declined: asked.declined,
                sealed: asked.sealed,
            })
        })
        .collect()
}

/// Shows a space.
pub fn get_space(reader: &Reader, id: SpaceId) -> Result<Space, SpaceError> {
    let core = reader.core().clone();
    let keys = core.keyring.space(&id.0).filter(|keys| keys.is_shared()).ok_or(SpaceError::NotFound)?;
    let shared = Shared::load(reader.sql(), keys)?;
    let kind = SpaceKind::from_number(keys.kind).ok_or(SpaceError::NotFound)?;
    let noted = noted(reader, &id.0)?;
    let name = Some(shared.name()).filter(|name| !name.is_empty()).unwrap_or(noted.name);
    let me = core.account_id;
    let role = shared.now.role(&me);
    let writing = shared.writing(reader.sql(), &core, clock_ms(reader.now()))?;
    let was_in = shared.everybody().contains(&me);
    let state = match (&writing, role) {
        _ if shared.now.frozen => SpaceState::Frozen,
        (_, None) if was_in => SpaceState::Left,
        (_, None) => SpaceState::Arriving,
        (Writing::Waiting, _) if keys.epochs.iter().all(|held| held.process.is_none()) => {
            SpaceState::Arriving
        }
        (Writing::Waiting | Writing::Closed, _) => SpaceState::WaitsForKeys,
        (Writing::In(_) | Writing::AfterMinting { .. }, _) => SpaceState::Open,
    };
    let may = |act: &Act| shared.resolver.would_allow(&me, act);
    let mut members: Vec<Member> = shared
        .now
        .members
        .iter()
        .map(|(account, member)| Member {
            id: MemberId(*account),
            name: shared.name_of(account),
            role: member.role,
            history: member.history,
            is_me: *account == me,
            safety_words: words(&me, account),
            compared_at: noted.compared.get(account).map(|ms| instant(*ms)),
            since: instant(shared.times.get(&member.since).copied().unwrap_or_default()),
            can_remove: may(&Act::Remove { subject: *account }),
            can_become: roles_for(account, member.role, may),
        })
        .collect();
    members.sort_by(|a, b| b.role.cmp(&a.role).then_with(|| a.name.cmp(&b.name)).then(a.id.cmp(&b.id)));
    let named = |account: AccountId| (MemberId(account), shared.name_of(&account));
    let proposals = shared
        .proposals()
        .into_iter()
        .map(|(id, by, whom)| Proposal {
            id: ProposalId(id),
            by: MemberId(by),
            whom: MemberId(whom),
            name: shared.name_of(&whom),
            at: instant(shared.times.get(&id).copied().unwrap_or_default()),
            is_mine: may(&Act::Consent { add: id }),
        })
        .collect();
    let newcomer = |role: Role| Act::Add { subject: [0; 32], role, history: shared.history() };
    Ok(Space {
        id,
        kind,
        name,
        state,
        role,
        founded_at: shared.founded_ms().map(instant),
        history: shared.history(),
        keys_fit: matches!(writing, Writing::In(_)),
        may_invite: Role::ALL.into_iter().filter(|role| may(&newcomer(*role))).collect(),
        may_rename: shared.may_rename(&me),
        may_leave: may(&Act::Leave),
        members,
        readers: who_can_read(&shared, &writing, named),
        proposals,
        invitations: invitations(reader, &shared, kind, &noted.places)?,
        requests: requests(reader, &shared)?,
        places: noted.places,
    })
}

/// Tells who opens a space on a server, by the public halves of the keys that members announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpaceAccess {
    /// The keys of members, and whether each leads the space and so may change who opens it.
    pub members: Vec<([u8; 32], bool)>,
    /// Keys that were announced once and are nobody's any more.
    pub gone: Vec<[u8; 32]>,
    /// Whether the person of this notebook leads it.
    pub leads: bool,
}

/// Tells who opens a space on a server.
pub fn access_of(reader: &Reader, id: SpaceId) -> Result<SpaceAccess, SpaceError> {
    let core = reader.core().clone();
    let keys = core.keyring.space(&id.0).filter(|keys| keys.is_shared()).ok_or(SpaceError::NotFound)?;
    let shared = Shared::load(reader.sql(), keys)?;
    // Of a frozen space everybody who is left keeps what there is, and nobody is let in.
    let leads = |role: Role| match shared.now.kind {
        Some(SpaceKind::Circle) => role >= Role::Facilitator,
        _ => role == Role::Owner,
    };
    let of_member = |(account, member): (&AccountId, &super::membership::Member)| {
        Some((shared.access_of(account)?, leads(member.role)))
    };
    let members: Vec<([u8; 32], bool)> = shared.now.members.iter().filter_map(of_member).collect();
    let mut gone = shared.accesses();
    gone.retain(|key| members.iter().all(|(member, _)| member != key));
    Ok(SpaceAccess { members, gone, leads: shared.now.role(&core.account_id).is_some_and(leads) })
}

/// Lists the roles that somebody could be given.
fn roles_for(account: &AccountId, now: Role, may: impl Fn(&Act) -> bool) -> Vec<Role> {
    let act = |to: Role| match to {
        Role::Owner => Act::Add { subject: *account, role: to, history: History::Full },
        _ if to > now => Act::Promote { subject: *account, role: to },
        _ => Act::Demote { subject: *account, role: to },
    };
    Role::ALL.into_iter().filter(|to| *to != now && may(&act(*to))).collect()
}

/// Tells who holds the keys in which is written now; before the first writing after a change, those of the newest epoch.
fn who_can_read(
    shared: &Shared,
    writing: &Writing,
    named: impl Fn(AccountId) -> (MemberId, String),
) -> WhoCanRead {
    let newest = || {
        let newest = shared.epochs.epochs().max_by_key(|record| (record.op.height, record.op.epoch));
        newest.map(|record| record.op.epoch)
    };
    let epoch = match writing {
        Writing::In(epoch) => Some(*epoch),
        Writing::AfterMinting { .. } | Writing::Waiting | Writing::Closed => newest(),
    };
    let Some(epoch) = epoch else { return WhoCanRead::default() };
    let readers = readers_of(&shared.id, &epoch, &shared.epochs, shared.everybody());
    WhoCanRead {
        process_only: readers.process.difference(&readers.content).copied().map(&named).collect(),
        content: readers.content.iter().copied().map(&named).collect(),
        unknown: readers.unknown,
    }
}

fn invitations(
    reader: &Reader,
    shared: &Shared,
    kind: SpaceKind,
    places: &[String],
) -> Result<Vec<InvitationRow>, SpaceError> {
    let now_ms = clock_ms(reader.now());
    let live =
        shared.invitations().into_iter().filter(|one| one.holds && one.left > 0 && now_ms <= one.expires_ms);
    live.map(|one| {
        let invitation = Invitation {
            space: shared.id,
            kind,
            secret: one.secret,
            inviter: one.by,
            inviter_name: shared.name_of(&one.by).chars().take(60).collect(),
            role: one.role,
            expires_ms: one.expires_ms,
            places: places.to_vec(),
        };
        Ok(InvitationRow {
            made_at: instant(one.made_ms),
            open_door: table::is_door_open(reader.sql(), &one.id)?,
            id: InviteId(one.id),
            by: MemberId(one.by),
            role: one.role,
            expires_at: instant(one.expires_ms),
            left: one.left,
            link: invitation.to_link(),
        })
    })
    .collect()
}

fn requests(reader: &Reader, shared: &Shared) -> Result<Vec<Request>, SpaceError> {
    let me = reader.core().account_id;
    let invitations = shared.invitations();
    let mut found = Vec::new();
    for row in table::list_requests(reader.sql(), &shared.id)? {
        let Some(invited) = invitations.iter().find(|one| one.id == row.invite) else { continue };
        let keys = InviteKeys::derive(&invited.secret, &shared.id);
        let Ok(request) = JoinRequest::open(&row.sealed, &keys, &shared.id) else { continue };
        if row.standing == Standing::Waits && shared.now.role(&request.account.account).is_none() {
            found.push(Request {
                id: RequestId(row.request),
                name: request.name,
                role: invited.role,
                safety_words: words(&me, &request.account.account),
                asked_at: instant(request.made_ms),
                by_file: row.by_file,
            });
        }
    }
    Ok(found)
}

/// Gives an instant; one that nobody can have meant is the last there is.
pub(super) fn instant(ms: u64) -> DateTime<Utc> {
    let ms = i64::try_from(ms).ok().and_then(DateTime::from_timestamp_millis);
    ms.unwrap_or(DateTime::<Utc>::MAX_UTC)
}

/// Gives the words that two people compare; none with oneself.
pub(super) fn words(me: &[u8; 32], other: &[u8; 32]) -> Vec<&'static str> {
    if me == other { Vec::new() } else { vv_crypto::safety_words(me, other) }
}
