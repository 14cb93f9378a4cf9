//! Spaces as screens show them: the journal like any other, and one's own requests as spaces that are not here yet.

use data_encoding::HEXLOWER;
use vv_core::{
    Notebook,
    spaces::{
        self as core, AskedFor, History as CoreHistory, InvitationRow, Member, MemberId, Proposal, Request,
        Role as CoreRole, Space, SpaceError, SpaceId, SpaceKind as CoreKind, SpaceState as CoreState,
    },
    store::Reader as StoreReader,
};

use crate::{
    error::ApiError,
    model::spaces::{
        ConsentView, History, InviteView, MemberView, Reader, RequestView, Role, SpaceKind, SpaceRights,
        SpaceRow, SpaceState, SpaceView,
    },
};

/// The id under which the journal is asked for.
pub(crate) const JOURNAL: &str = "journal";

/// Lists the spaces, the journal first.
pub(super) fn rows(notebook: &Notebook) -> Result<Vec<SpaceRow>, ApiError> {
    let mut rows = vec![row(&journal(notebook)?)];
    for space in notebook.read(core::list_spaces)? {
        rows.push(row(&shown(space)));
    }
    for asked in notebook.read(core::list_asked)? {
        if !rows.iter().any(|row| row.id == HEXLOWER.encode(&asked.space.0)) {
            rows.push(row(&waiting(notebook, &asked)));
        }
    }
    Ok(rows)
}

fn row(space: &SpaceView) -> SpaceRow {
    let me = space.members.iter().find(|member| member.is_me);
    let consents = space.consents.iter().filter(|consent| consent.mine).count();
    SpaceRow {
        id: space.id.clone(),
        name: space.name.clone(),
        kind: space.kind,
        state: space.state,
        role: space.role,
        readers: space.content_readers.clone(),
        since: me.map_or(space.founded_at, |me| me.since),
        waiting: u32::try_from(space.requests.len() + consents).unwrap_or(u32::MAX),
    }
}

/// Shows one space.
pub(super) fn view(notebook: &Notebook, id: &str) -> Result<SpaceView, ApiError> {
    if id == JOURNAL {
        return journal(notebook);
    }
    let space = super::space_id(id)?;
    match notebook.read(|reader| core::get_space(reader, space)) {
        Ok(space) => Ok(shown(space)),
        Err(SpaceError::NotFound) => {
            let asked = notebook.read(core::list_asked)?;
            let asked = asked.iter().find(|asked| asked.space == space).ok_or(SpaceError::NotFound)?;
            Ok(waiting(notebook, asked))
        }
        Err(error) => Err(error.into()),
    }
}

/// The journal: nobody can be added to it, and its keys are sealed to one account alone.
fn journal(notebook: &Notebook) -> Result<SpaceView, ApiError> {
    let (name, founded_at) = (notebook.name()?, notebook.created_at()?);
    let readers = notebook.read(core::journal_readers)?;
    let reader = |(_, name): &(MemberId, String)| Reader {
        account: String::new(),
        name: name.clone(),
        is_me: true,
        since: None,
    };
    let readers_now: Vec<Reader> = readers.content.iter().map(reader).collect();
    let member = MemberView {
        account: String::new(),
        name,
        role: Role::Owner,
        is_me: true,
        since: founded_at,
        safety_words: Vec::new(),
        compared_at: None,
        can_remove: false,
        can_become: Vec::new(),
    };
    Ok(SpaceView {
        members: vec![member],
        content_readers: readers_now.clone(),
        process_readers: readers_now,
        keys_fit: !readers.unknown,
        role: Some(Role::Owner),
        ..empty(JOURNAL.to_owned(), SpaceKind::Journal, SpaceState::Open, founded_at)
    })
}

fn empty(
    id: String,
    kind: SpaceKind,
    state: SpaceState,
    founded_at: chrono::DateTime<chrono::Utc>,
) -> SpaceView {
    SpaceView {
        id,
        name: String::new(),
        kind,
        state,
        role: None,
        founded_at,
        history: History::Full,
        members: Vec::new(),
        content_readers: Vec::new(),
        process_readers: Vec::new(),
        keys_fit: true,
        invites: Vec::new(),
        requests: Vec::new(),
        consents: Vec::new(),
        rights: SpaceRights::default(),
        places: Vec::new(),
    }
}

/// Shows a request of one's own: nothing of the space is here yet.
fn waiting(notebook: &Notebook, asked: &AskedFor) -> SpaceView {
    let state = if asked.declined { SpaceState::Declined } else { SpaceState::Asked };
    let now = notebook.host().clock.now();
    SpaceView {
        name: asked.inviter_name.clone(),
        rights: SpaceRights { leave: true, ..SpaceRights::default() },
        ..empty(HEXLOWER.encode(&asked.space.0), kind(asked.kind), state, now)
    }
}

fn shown(space: Space) -> SpaceView {
    let kind = kind(space.kind);
    let role = |role| role_in(role, kind);
    let named = |id: MemberId| {
        space
            .members
            .iter()
            .find(|member| member.id == id)
            .map_or_else(String::new, |member| member.name.clone())
    };
    let reader = |(id, name): &(MemberId, String)| {
        let member = space.members.iter().find(|member| member.id == *id);
        Reader {
            account: HEXLOWER.encode(&id.0),
            name: name.clone(),
            is_me: member.is_some_and(|member| member.is_me),
            since: member.filter(|member| member.history == CoreHistory::FromJoin).map(|member| member.since),
        }
    };
    let content: Vec<Reader> = space.readers.content.iter().map(reader).collect();
    let process = content.iter().cloned().chain(space.readers.process_only.iter().map(reader)).collect();
    let founded_at = space
        .founded_at
        .unwrap_or_else(|| space.members.iter().map(|member| member.since).min().unwrap_or_default());
    SpaceView {
        id: HEXLOWER.encode(&space.id.0),
        kind,
        state: match space.state {
            CoreState::Open | CoreState::WaitsForKeys => SpaceState::Open,
            CoreState::Arriving => SpaceState::Asked,
            CoreState::Frozen => SpaceState::Frozen,
            CoreState::Left => SpaceState::Left,
        },
        role: space.role.map(role),
        founded_at,
        history: match space.history {
            CoreHistory::Full => History::Full,
            CoreHistory::FromJoin => History::FromJoin,
        },
        members: space.members.iter().map(|one| member(one, kind)).collect(),
        content_readers: content,
        process_readers: process,
        // Keys that nobody here knows the holder of do not fit either.
        keys_fit: space.keys_fit && !space.readers.unknown,
        invites: space.invitations.iter().map(|one| invite(one, kind, &named(one.by))).collect(),
        requests: space.requests.iter().map(|one| request(one, kind)).collect(),
        consents: space.proposals.iter().map(|one| consent(one, &named(one.by))).collect(),
        rights: SpaceRights {
            rename: space.may_rename,
            invite: space.may_invite.iter().rev().map(|one| role(*one)).collect(),
            leave: space.may_leave,
        },
        places: space.places,
        name: space.name,
    }
}

/// Says who can read what is written into a space: whom its content key is sealed to.
pub(crate) fn readers_of(reader: &StoreReader<'_>, space: SpaceId) -> Result<Vec<Reader>, SpaceError> {
    Ok(shown(core::get_space(reader, space)?).content_readers)
}

fn member(member: &Member, kind: SpaceKind) -> MemberView {
    MemberView {
        account: HEXLOWER.encode(&member.id.0),
        name: member.name.clone(),
        role: role_in(member.role, kind),
        is_me: member.is_me,
        since: member.since,
        safety_words: member.safety_words.iter().map(|word| (*word).to_owned()).collect(),
        compared_at: member.compared_at,
        can_remove: member.can_remove,
        can_become: member.can_become.iter().map(|role| role_in(*role, kind)).collect(),
    }
}

fn invite(row: &InvitationRow, kind: SpaceKind, by: &str) -> InviteView {
    InviteView {
        id: HEXLOWER.encode(&row.id.0),
        link: row.link.clone(),
        qr_svg: row.picture().unwrap_or_default(),
        role: role_in(row.role, kind),
        by: by.to_owned(),
        made_at: row.made_at,
        expires_at: row.expires_at,
        uses_left: row.left,
        auto_approve: row.open_door,
    }
}

fn request(request: &Request, kind: SpaceKind) -> RequestView {
    RequestView {
        id: HEXLOWER.encode(&request.id.0),
        name: request.name.clone(),
        role: role_in(request.role, kind),
        safety_words: request.safety_words.iter().map(|word| (*word).to_owned()).collect(),
        asked_at: request.asked_at,
        by_file: request.by_file,
    }
}

fn consent(proposal: &Proposal, by: &str) -> ConsentView {
    ConsentView {
        id: HEXLOWER.encode(&proposal.id.0),
        name: proposal.name.clone(),
        role: Role::Facilitator,
        by: by.to_owned(),
        at: proposal.at,
        mine: proposal.is_mine,
    }
}

/// Both of a pairing own it, and are called peers.
pub(super) fn role_in(role: CoreRole, kind: SpaceKind) -> Role {
    match role {
        CoreRole::Owner if kind == SpaceKind::Pairing => Role::Peer,
        CoreRole::Owner => Role::Owner,
        CoreRole::Facilitator => Role::Facilitator,
        CoreRole::Member => Role::Member,
        CoreRole::Observer => Role::Observer,
    }
}

pub(super) fn kind(kind: CoreKind) -> SpaceKind {
    match kind {
        CoreKind::Journal => SpaceKind::Journal,
        CoreKind::Pairing => SpaceKind::Pairing,
        CoreKind::Circle => SpaceKind::Circle,
    }
}
