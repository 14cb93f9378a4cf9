//! `vv device`: the person's devices, and adding one by comparing what both show.

use std::{
    io::{self, IsTerminal as _, Write as _},
    thread,
    time::Duration,
};

use vv_api::{
    error::{ApiError, ErrorCode},
    model::devices::{AnswerLink, ConfirmLink, DeviceRow, LinkFailure, LinkView},
};

use crate::{Done, arguments::Device, failure::Failure, output::Output, session::Session};

/// So often it is looked how far the other device is.
const LOOK_EVERY: Duration = Duration::from_millis(300);

/// Does what was asked with devices.
pub fn run(session: &Session, output: &mut Output, command: Device) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Device::List => list(output, &vv_api::devices_list(app)?),
        Device::Add { code } => add(session, output, code),
        Device::Revoke { id } => list(output, &vv_api::devices_revoke(app, id)?),
    }
}

fn list(output: &mut Output, devices: &[DeviceRow]) -> Result<Done, Failure> {
    for device in devices {
        output.row(device, || line(device))?;
    }
    output.finish()?;
    Ok(Done::Wholly)
}

fn line(device: &DeviceRow) -> String {
    let state = match (device.is_this, device.revoked_at) {
        (_, Some(at)) => format!("removed on {}", at.format("%Y-%m-%d")),
        (true, None) => "this one".to_owned(),
        (false, None) => {
            device.last_seen_at.map_or_else(String::new, |at| format!("seen {}", at.format("%Y-%m-%d %H:%M")))
        }
    };
    format!("{}  {}  {}  {state}", device.id, device.added_at.format("%Y-%m-%d"), device.name)
}

/// Adds the device that shows a code. A person has to compare, so it takes a terminal.
fn add(session: &Session, output: &mut Output, code: Option<String>) -> Result<Done, Failure> {
    if !io::stdin().is_terminal() || output.is_json() {
        return Err(ApiError::new(
            ErrorCode::NotAllowed,
            "Adding a device takes a person who compares both screens. Nothing was changed; run it in a terminal, or use the window.",
        )
        .into());
    }
    let app = &session.app;
    let code = match code {
        Some(code) => code,
        None => ask("The code that the new device shows: ")?,
    };
    let mut view = vv_api::devices_link_answer(app, AnswerLink { code })?;
    let mut compared = false;
    loop {
        match &view {
            LinkView::Comparing { signs, other, .. } if !compared => {
                let shown: Vec<String> =
                    signs.iter().map(|sign| format!("{} {}", sign.symbol, sign.en)).collect();
                output.note(&format!(
                    "“{other}” must show these seven, in this order:\n  {}",
                    shown.join("\n  ")
                ));
                let same = ask("Are they the same on both? Type yes: ")?.trim().eq_ignore_ascii_case("yes");
                compared = true;
                view = vv_api::devices_link_confirm(app, ConfirmLink { same })?;
            }
            LinkView::Done { device_name } => {
                output.result(&view, || format!("“{device_name}” is one of your devices now."))?;
                vv_api::devices_link_cancel(app)?;
                return Ok(Done::Wholly);
            }
            LinkView::Failed { why } => {
                let refused = failed(*why);
                vv_api::devices_link_cancel(app)?;
                return Err(refused.into());
            }
            LinkView::Idle => return Err(failed(LinkFailure::Cancelled).into()),
            _ => {
                thread::sleep(LOOK_EVERY);
                view = vv_api::devices_link_state(app)?;
            }
        }
    }
}

fn ask(question: &str) -> Result<String, Failure> {
    let mut typed = String::new();
    let asked = io::stderr().write_all(question.as_bytes()).and_then(|()| io::stdin().read_line(&mut typed));
    match asked {
        Ok(_) => Ok(typed),
        Err(_) => {
            Err(ApiError::new(ErrorCode::Cancelled, "The terminal gave no answer. Nothing was changed.")
                .into())
        }
    }
}

fn failed(why: LinkFailure) -> ApiError {
    let (code, message) = match why {
        LinkFailure::UnknownCode => (ErrorCode::NotFound, "Nobody shows this code. Nothing was changed."),
        LinkFailure::Expired => (ErrorCode::Expired, "The ten minutes are over. Nothing was changed."),
        LinkFailure::NotTheSame => (ErrorCode::Cancelled, "They were not the same. Nothing was handed over."),
        LinkFailure::Tampered => {
            (ErrorCode::NotAllowed, "What came does not fit together. Nothing was handed over.")
        }
        LinkFailure::Cancelled => (ErrorCode::Cancelled, "It was stopped. Nothing was changed."),
        LinkFailure::Unreachable => (ErrorCode::Offline, "The place does not answer. Nothing was changed."),
        LinkFailure::OtherVersion => (
            ErrorCode::NewerVersion,
            "The two run versions that do not understand each other. Nothing was changed.",
        ),
    };
    ApiError::new(code, message)
}
