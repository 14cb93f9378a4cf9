//! Invitations, requests and answers as commands: by link, by picture, by file.
//!
//! What a server or a folder can carry is carried by `mail.rs` beside the commands; what they cannot is written into files.

use std::{fs, path::Path};

use data_encoding::HEXLOWER;
use vv_core::spaces::{
    self as core, Answer, History as CoreHistory, InviteId, NewInvitation, RequestId, SpaceError,
};

use super::{core_role, from_hex, space_id, spaces_get, views};
use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        spaces::{
            GivenInvite, InvitationView, InviteView, JoinSpace, MakeInvite, NamedInvite, NamedRequest, Role,
            SaveInvite, SaveLetter, SpaceView, TakenLetter,
        },
        sync::PlaceKind,
    },
    refusals::of_writing,
    settings::write_whole,
    sync::sync_read,
};

/// Letters larger than this are none of ours.
const LARGEST_LETTER: u64 = 4 << 20;
/// Stands before the link in an invitation's file, for whoever opens it with something else.
const FOR_PEOPLE: &str =
    "This is an invitation to a space in Vice Versa. Open it there: Shared spaces, Follow an invitation.";

/// Makes an invitation: a link and its QR code.
pub fn spaces_invite(app: &App, request: MakeInvite) -> Result<InviteView, ApiError> {
    let id = space_id(&request.space)?;
    if !(1..=30).contains(&request.days) || !(1..=12).contains(&request.uses) {
        return Err(ApiError::about(
            "days",
            "An invitation is for one to twelve people and at most thirty days. Nothing was changed.",
        ));
    }
    let places = servers(app)?;
    let made = app.with(|notebook| {
        let history = notebook.read(|reader| core::get_space(reader, id))?.history;
        let new = NewInvitation {
            role: core_role(request.role),
            history: if request.role == Role::Facilitator { CoreHistory::FromJoin } else { history },
            uses: request.uses,
            days: request.days,
            places,
            open_door: request.auto_approve,
        };
        notebook.write(|tx| core::invite_into(tx, id, &new))
    })?;
    app.syncing.look_at_all();
    let made = HEXLOWER.encode(&made.id.0);
    let view = spaces_get(app, request.space)?;
    view.invites.into_iter().find(|invite| invite.id == made).ok_or_else(|| SpaceError::Ended.into())
}

/// Lists the servers that the person syncs through: where an invitation leads.
pub(crate) fn servers(app: &App) -> Result<Vec<String>, ApiError> {
    let places = sync_read(app)?.places.into_iter();
    Ok(places
        .filter_map(|place| match place.place {
            PlaceKind::Server { address } => Some(address),
            PlaceKind::Folder { .. } => None,
        })
        .collect())
}

/// Writes an invitation into a file.
pub fn spaces_save_invite(app: &App, request: SaveInvite) -> Result<(), ApiError> {
    let view = spaces_get(app, request.space)?;
    let invite =
        view.invites.into_iter().find(|invite| invite.id == request.invite).ok_or(SpaceError::Ended)?;
    save(&request.path, format!("{FOR_PEOPLE}\n\n{}\n", invite.link).as_bytes())
}

/// Takes an invitation back.
pub fn spaces_withdraw_invite(app: &App, request: NamedInvite) -> Result<SpaceView, ApiError> {
    let id = space_id(&request.space)?;
    let invite = InviteId(from_hex(&request.invite).ok_or(SpaceError::Ended)?);
    app.with(|notebook| notebook.write(|tx| core::end_invitation(tx, id, invite)))?;
    app.syncing.look_at_all();
    spaces_get(app, request.space)
}

/// Lets somebody in who asked.
pub fn spaces_approve(app: &App, request: NamedRequest) -> Result<SpaceView, ApiError> {
    let id = request_id(&request.request)?;
    app.with(|notebook| notebook.write(|tx| core::approve(tx, id)))?;
    app.mail.look();
    app.syncing.look_at_all();
    spaces_get(app, request.space)
}

/// Does not let somebody in who asked.
pub fn spaces_decline(app: &App, request: NamedRequest) -> Result<SpaceView, ApiError> {
    let id = request_id(&request.request)?;
    let answer = app.with(|notebook| notebook.write(|tx| core::decline(tx, id)))?;
    app.post_answer(&answer);
    spaces_get(app, request.space)
}

fn request_id(text: &str) -> Result<RequestId, SpaceError> {
    from_hex(text).map(RequestId).ok_or(SpaceError::NoRequest)
}

/// Shows an invitation before it is followed.
pub fn spaces_look(app: &App, request: GivenInvite) -> Result<InvitationView, ApiError> {
    look(app, &text_of(&request)?)
}

fn text_of(invite: &GivenInvite) -> Result<String, ApiError> {
    match invite {
        GivenInvite::Link { link } => Ok(link.clone()),
        GivenInvite::File { path } => String::from_utf8(read(path)?).map_err(|_| unreadable()),
    }
}

fn look(app: &App, text: &str) -> Result<InvitationView, ApiError> {
    let (seen, has_asked) = app.with(|notebook| {
        let seen = notebook.read(|reader| core::look_at(reader, text))?;
        let asked = notebook.read(core::list_asked)?;
        let has_asked = asked.iter().any(|asked| asked.space == seen.space && !asked.declined);
        Ok::<_, SpaceError>((seen, has_asked))
    })?;
    if seen.has_expired {
        return Err(SpaceError::Expired.into());
    }
    let kind = views::kind(seen.kind);
    // A folder that both see carries a request as a server does; whether they see the same one nobody knows, so a file is offered too.
    let can_send = !seen.places.is_empty();
    Ok(InvitationView {
        space: HEXLOWER.encode(&seen.space.0),
        kind,
        by: seen.inviter_name,
        role: views::role_in(seen.role, kind),
        expires_at: seen.expires_at,
        servers: seen.places,
        can_send,
        known: seen.is_in || has_asked,
    })
}

/// Asks to join; somebody there has to approve.
pub fn spaces_join(app: &App, request: JoinSpace) -> Result<SpaceView, ApiError> {
    let text = text_of(&request.invite)?;
    let space = look(app, &text)?.space;
    let message = app.with(|notebook| notebook.write(|tx| core::ask_to_join(tx, &text, &request.my_name)))?;
    app.post_request(&message, &text);
    app.mail.look();
    spaces_get(app, space)
}

/// Writes a request or an approval into a file, where neither server nor folder carries it.
pub fn spaces_save_letter(app: &App, request: SaveLetter) -> Result<(), ApiError> {
    let id = space_id(&request.space)?;
    let Some(answered) = request.request else {
        let asked = app.with(|notebook| notebook.read(core::list_asked))?;
        let asked = asked.into_iter().find(|asked| asked.space == id).ok_or(SpaceError::NoRequest)?;
        return save(&request.path, &asked.sealed);
    };
    let answered = request_id(&answered)?;
    let due = app.with(|notebook| notebook.write(core::answers_due))?;
    let (_, message) = due.into_iter().find(|(id, _)| *id == answered).ok_or(SpaceError::NoRequest)?;
    save(&request.path, &message.file)?;
    app.with(|notebook| notebook.write(|tx| core::answered(tx, answered)))
}

/// Takes in a file that somebody sent: an invitation, a request or an approval.
pub fn spaces_take_letter(app: &App, request: String) -> Result<TakenLetter, ApiError> {
    let bytes = read(&request)?;
    if let Ok(text) = std::str::from_utf8(&bytes)
        && let Ok(invitation) = look(app, text)
    {
        return Ok(TakenLetter::Invitation { invitation });
    }
    if let Ok(answer) = app.with(|notebook| notebook.write(|tx| core::take_answer(tx, &bytes))) {
        let (Answer::In(space) | Answer::Declined(space)) = answer;
        app.syncing.look_at_all();
        return Ok(TakenLetter::Approval { space: HEXLOWER.encode(&space.0) });
    }
    match app.with(|notebook| notebook.write(|tx| core::take_request(tx, &bytes, true))) {
        Ok((space, id)) => {
            let space = spaces_get(app, HEXLOWER.encode(&space.0))?;
            let id = HEXLOWER.encode(&id.0);
            let name =
                space.requests.into_iter().find(|request| request.id == id).map(|request| request.name);
            Ok(TakenLetter::Request { space: space.id, name: name.unwrap_or_default() })
        }
        Err(error) if error.code == ErrorCode::Internal => Err(error),
        Err(error) => Err(if std::str::from_utf8(&bytes).is_ok() { unreadable() } else { error }),
    }
}

fn read(path: &str) -> Result<Vec<u8>, ApiError> {
    let is_small =
        fs::metadata(Path::new(path)).is_ok_and(|facts| facts.is_file() && facts.len() <= LARGEST_LETTER);
    if is_small && let Ok(bytes) = fs::read(path) { Ok(bytes) } else { Err(unreadable()) }
}

fn unreadable() -> ApiError {
    ApiError::new(
        ErrorCode::UnreadableFile,
        "This file is no invitation, no request and no answer, or it cannot be read. Nothing was changed.",
    )
}

fn save(path: &str, bytes: &[u8]) -> Result<(), ApiError> {
    write_whole(Path::new(path), bytes).map_err(|problem| {
        ApiError::new(
            of_writing(problem.kind()),
            "The file could not be written there. Nothing was changed; choose another place.",
        )
    })
}
