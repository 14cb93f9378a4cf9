//! Commands of spaces: who belongs, who can read, inviting, asking, letting in.
//!
//! `views.rs` shows what the core says, `coming.rs` has invitations, requests and answers, `mail.rs` passes those on beside the
//! commands. What a space is, and who may do what in it, stands in the core.

mod coming;
mod mail;
mod views;

use data_encoding::HEXLOWER;
use vv_core::{
    Notebook,
    spaces::{
        self as core, History as CoreHistory, LinkError, MemberId, ProposalId, Role as CoreRole, SpaceError,
        SpaceId, SpaceKind as CoreKind,
    },
};

pub(crate) use coming::servers;
pub use coming::{
    spaces_approve, spaces_decline, spaces_invite, spaces_join, spaces_look, spaces_save_invite,
    spaces_save_letter, spaces_take_letter, spaces_withdraw_invite,
};
pub(crate) use mail::Mail;
pub use mail::keep_passing_mail;
pub(crate) use views::{JOURNAL, readers_of};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::spaces::{
        ChangeRole, CompareWords, CreateSpace, GiveConsent, History, NamedMember, RenameSpace, Role,
        SpaceKind, SpaceRow, SpaceView,
    },
    refusals::say,
};

/// Lists the spaces one belongs to, the journal first.
pub fn spaces_list(app: &App) -> Result<Vec<SpaceRow>, ApiError> {
    app.with(views::rows)
}

/// Gives one space whole.
pub fn spaces_get(app: &App, request: String) -> Result<SpaceView, ApiError> {
    app.with(|notebook| views::view(notebook, &request))
}

/// Makes a pairing or a circle.
pub fn spaces_create(app: &App, request: CreateSpace) -> Result<SpaceView, ApiError> {
    let CreateSpace { kind, name, my_name, history } = request;
    let kind = match kind {
        SpaceKind::Pairing => CoreKind::Pairing,
        SpaceKind::Circle => CoreKind::Circle,
        SpaceKind::Journal | SpaceKind::Account => {
            return Err(ApiError::about(
                "kind",
                "A pairing or a circle can be made, and nothing else. Nothing was changed.",
            ));
        }
    };
    let history = match history {
        History::Full => CoreHistory::Full,
        History::FromJoin => CoreHistory::FromJoin,
    };
    changed(app, |notebook| notebook.write(|tx| core::create_space(tx, kind, &name, &my_name, history)))
}

/// Gives a space another name.
pub fn spaces_rename(app: &App, request: RenameSpace) -> Result<SpaceView, ApiError> {
    let id = space_id(&request.space)?;
    changed(app, |notebook| notebook.write(|tx| core::rename_space(tx, id, &request.name)).map(|()| id))
}

/// Leaves a space; what came until then stays readable here. A request of one's own is taken back.
pub fn spaces_leave(app: &App, request: String) -> Result<Vec<SpaceRow>, ApiError> {
    let id = space_id(&request)?;
    app.with(|notebook| {
        let has_asked = notebook.read(core::list_asked)?.iter().any(|asked| asked.space == id);
        notebook.write(|tx| if has_asked { core::forget_request(tx, id) } else { core::leave_space(tx, id) })
    })?;
    app.syncing.look_at_all();
    spaces_list(app)
}

/// Removes a member: they read nothing that comes after.
pub fn spaces_remove_member(app: &App, request: NamedMember) -> Result<SpaceView, ApiError> {
    let (id, member) = (space_id(&request.space)?, member_id(&request.account)?);
    changed(app, |notebook| notebook.write(|tx| core::remove_member(tx, id, member)).map(|()| id))
}

/// Gives a member another role.
pub fn spaces_change_role(app: &App, request: ChangeRole) -> Result<SpaceView, ApiError> {
    let (id, member) = (space_id(&request.space)?, member_id(&request.account)?);
    let role = core_role(request.role);
    changed(app, |notebook| notebook.write(|tx| core::change_role(tx, id, member, role)).map(|()| id))
}

/// Notes whether the safety words of a member are the same on both screens. That they differ is noted too, and the screen warns.
pub fn spaces_compare_words(app: &App, request: CompareWords) -> Result<SpaceView, ApiError> {
    let (id, member) = (space_id(&request.space)?, member_id(&request.account)?);
    app.with(|notebook| {
        notebook.write(|tx| match request.same {
            true => core::note_compared(tx, id, member),
            false => core::forget_compared(tx, id, member),
        })
    })?;
    spaces_get(app, request.space)
}

/// Agrees to what takes effect only so. Not agreeing is not saying so: the proposal stays and nothing follows from it.
pub fn spaces_consent(app: &App, request: GiveConsent) -> Result<SpaceView, ApiError> {
    let id = space_id(&request.space)?;
    let proposal = ProposalId(from_hex(&request.id).ok_or(SpaceError::NotFound)?);
    if !request.agrees {
        return spaces_get(app, request.space);
    }
    changed(app, |notebook| notebook.write(|tx| core::consent(tx, id, proposal)).map(|()| id))
}

/// Does something to a space, has it sent, and shows it.
fn changed(
    app: &App,
    work: impl FnOnce(&Notebook) -> Result<SpaceId, SpaceError>,
) -> Result<SpaceView, ApiError> {
    let id = app.with(work)?;
    app.syncing.look_at_all();
    spaces_get(app, HEXLOWER.encode(&id.0))
}

fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

fn space_id(text: &str) -> Result<SpaceId, SpaceError> {
    from_hex(text).map(SpaceId).ok_or(SpaceError::NotFound)
}

fn member_id(text: &str) -> Result<MemberId, SpaceError> {
    from_hex(text).map(MemberId).ok_or(SpaceError::NotFound)
}

fn core_role(role: Role) -> CoreRole {
    match role {
        Role::Owner | Role::Peer => CoreRole::Owner,
        Role::Facilitator => CoreRole::Facilitator,
        Role::Member => CoreRole::Member,
        Role::Observer => CoreRole::Observer,
    }
}

impl From<SpaceError> for ApiError {
    fn from(error: SpaceError) -> Self {
        let code = match error {
            SpaceError::Store(error) => return error.into(),
            SpaceError::Unfit(error) => return error.into(),
            SpaceError::NotFound | SpaceError::NoRequest => ErrorCode::NotFound,
            SpaceError::NotAllowed | SpaceError::NotMember | SpaceError::Frozen | SpaceError::TooMany => {
                ErrorCode::NotAllowed
            }
            SpaceError::Expired | SpaceError::UsedUp | SpaceError::Ended => ErrorCode::Expired,
            SpaceError::WaitsForKeys | SpaceError::AlreadyIn => ErrorCode::Conflict,
            SpaceError::Link(LinkError::Later) => ErrorCode::NewerVersion,
            SpaceError::Link(_) => {
                return Self { field: Some("link".to_owned()), ..say(ErrorCode::Invalid, &error) };
            }
            SpaceError::Request(_) | SpaceError::UnknownDevice | SpaceError::ForeignAnswer => {
                ErrorCode::UnreadableFile
            }
        };
        say(code, &error)
    }
}
