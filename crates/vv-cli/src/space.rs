//! `vv space`, `vv invite`, `vv join`, `vv approve`: what is shared, and with whom.

use std::path::{Path, PathBuf};

use serde_json::json;
use vv_api::{
    error::{ApiError, ErrorCode},
    model::portability::{ExportSpace, SpaceExportReport},
    model::spaces::{
        CreateSpace, GivenInvite, History, JoinSpace, MakeInvite, NamedRequest, Role, SaveInvite, SaveLetter,
        SpaceKind, SpaceRow, SpaceView, TakenLetter,
    },
};

use crate::{
    Done,
    arguments::{NewSpace, Space},
    failure::Failure,
    output::{Output, ProgressLine},
    portability::absolute,
    session::Session,
};

/// How long an invitation from a terminal is good.
const DAYS: u32 = 7;

/// Does what was asked with spaces.
pub fn run(session: &Session, output: &mut Output, command: Space) -> Result<Done, Failure> {
    let me = session.open()?.name;
    let app = &session.app;
    match command {
        Space::List => {
            for row in vv_api::spaces_list(app)? {
                output.row(&row, || row_line(&row))?;
            }
            output.finish()?;
        }
        Space::Members { id } => {
            let space = vv_api::spaces_get(app, id)?;
            output.result(&space, || members(&space))?;
        }
        Space::Export { id, to } => {
            let line = ProgressLine::begin(app.subscribe(), "export");
            let request = ExportSpace { space: id, path: absolute(&to) };
            let report = vv_api::portability_export_space(app, request)?;
            drop(line);
            output.result(&report, || exported(&report))?;
            output.note("The keys lie beside it: whoever has the folder can read the space.");
            return Ok(if report.missing_chunks == 0 { Done::Wholly } else { Done::Partly });
        }
        Space::Create { kind, name } => {
            let (kind, history) = match kind {
                NewSpace::Pairing => (SpaceKind::Pairing, History::FromJoin),
                NewSpace::Circle => (SpaceKind::Circle, History::Full),
            };
            let request = CreateSpace { kind, name: name.unwrap_or_default(), my_name: me, history };
            let space = vv_api::spaces_create(app, request)?;
            output.result(&space, || space.id.clone())?;
        }
    }
    Ok(Done::Wholly)
}

/// Makes an invitation into the first role that may be given, and prints its link or writes it into a file.
pub fn invite(
    session: &Session,
    output: &mut Output,
    space: String,
    file: Option<PathBuf>,
) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    let role = *vv_api::spaces_get(app, space.clone())?.rights.invite.first().ok_or_else(|| {
        ApiError::new(ErrorCode::NotAllowed, "You may invite nobody into this space. Nothing was changed.")
    })?;
    let request = MakeInvite { space: space.clone(), role, uses: 1, days: DAYS, auto_approve: false };
    let invite = vv_api::spaces_invite(app, request)?;
    match file {
        Some(file) => {
            let path = absolute(&file);
            vv_api::spaces_save_invite(
                app,
                SaveInvite { space, invite: invite.id.clone(), path: path.clone() },
            )?;
            output.result(&json!({ "id": invite.id, "path": path }), || {
                format!("Invitation written to {path}")
            })?;
        }
        None => output.result(&json!({ "id": invite.id, "link": invite.link }), || invite.link.clone())?,
    }
    output.note("Give it only to whom you mean: whoever has it can ask to come in.");
    Ok(Done::Wholly)
}

/// Follows an invitation, or takes in a request or an answer that somebody sent as a file.
pub fn join(session: &Session, output: &mut Output, what: &str) -> Result<Done, Failure> {
    let me = session.open()?.name;
    let app = &session.app;
    let invite = if what.contains('#') {
        GivenInvite::Link { link: what.to_owned() }
    } else {
        let path = absolute(Path::new(what));
        match vv_api::spaces_take_letter(app, path.clone())? {
            TakenLetter::Invitation { .. } => GivenInvite::File { path },
            taken @ TakenLetter::Request { .. } => {
                output.result(&taken, || {
                    "Somebody asks to come in. “vv space members” shows who; “vv approve” lets them in."
                        .to_owned()
                })?;
                return Ok(Done::Wholly);
            }
            taken @ TakenLetter::Approval { .. } => {
                output.result(&taken, || "You belong now.".to_owned())?;
                return Ok(Done::Wholly);
            }
        }
    };
    let can_send = vv_api::spaces_look(app, invite.clone())?.can_send;
    let space = vv_api::spaces_join(app, JoinSpace { invite, my_name: me })?;
    let mut path = None;
    if !can_send {
        let file = absolute(Path::new("request.vv"));
        vv_api::spaces_save_letter(
            app,
            SaveLetter { space: space.id.clone(), request: None, path: file.clone() },
        )?;
        path = Some(file);
    }
    output.result(&json!({ "space": space.id, "request_file": path }), || match &path {
        None => "You have asked. Somebody there has to let you in.".to_owned(),
        Some(path) => format!("Your request is in {path}. Hand it to whoever invited you."),
    })?;
    Ok(Done::Wholly)
}

/// Lets somebody in who asked, whichever space they asked for.
pub fn approve(session: &Session, output: &mut Output, request: &str) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    for row in vv_api::spaces_list(app)? {
        let space = vv_api::spaces_get(app, row.id)?;
        let Some(asked) = space.requests.iter().find(|asked| asked.id == request) else { continue };
        let named = NamedRequest { space: space.id.clone(), request: asked.id.clone() };
        let after = vv_api::spaces_approve(app, named)?;
        let mut path = None;
        if asked.by_file {
            let file = absolute(Path::new("answer.vv"));
            let letter =
                SaveLetter { space: space.id.clone(), request: Some(asked.id.clone()), path: file.clone() };
            vv_api::spaces_save_letter(app, letter)?;
            path = Some(file);
        }
        output.result(&json!({ "space": after.id, "answer_file": path }), || match &path {
            None => format!("{} belongs now.", asked.name),
            Some(path) => format!("{} belongs now. The answer is in {path}; hand it over.", asked.name),
        })?;
        return Ok(Done::Wholly);
    }
    Err(ApiError::new(ErrorCode::NotFound, "Nobody asks under this id. Nothing was changed.").into())
}

fn row_line(row: &SpaceRow) -> String {
    let names: Vec<&str> = row.readers.iter().map(|reader| reader.name.as_str()).collect();
    let name = if row.name.is_empty() { kind(row.kind) } else { &row.name };
    format!("{}  {}  {name}  readable by {}", row.id, kind(row.kind), names.join(", "))
}

fn members(space: &SpaceView) -> String {
    let mut lines: Vec<String> = space
        .members
        .iter()
        .map(|member| {
            let words = member.safety_words.join(" ");
            format!("{}  {}  {}  {words}", member.account, role(member.role), member.name)
        })
        .collect();
    let readers: Vec<&str> = space.content_readers.iter().map(|reader| reader.name.as_str()).collect();
    lines.push(format!("Readable by {}", readers.join(", ")));
    for asked in &space.requests {
        lines.push(format!(
            "Asks to come in: {}  {}  {}",
            asked.id,
            asked.name,
            asked.safety_words.join(" ")
        ));
    }
    lines.join("\n")
}

fn exported(report: &SpaceExportReport) -> String {
    let mut lines = vec![format!(
        "Wrote {} records and {} pieces of files to {}",
        report.records, report.chunks, report.path
    )];
    if report.missing_chunks > 0 {
        lines.push(format!("{} pieces of files are not on this computer", report.missing_chunks));
    }
    lines.join("\n")
}

fn kind(kind: SpaceKind) -> &'static str {
    match kind {
        SpaceKind::Journal => "journal",
        SpaceKind::Pairing => "pairing",
        SpaceKind::Circle => "circle",
        SpaceKind::Account => "account",
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Peer => "peer",
        Role::Facilitator => "facilitator",
        Role::Member => "member",
        Role::Observer => "observer",
    }
}
