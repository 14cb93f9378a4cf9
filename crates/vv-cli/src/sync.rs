//! `vv sync`: where the journal travels through, and a round with every place.

use vv_api::model::sync::{
    AddFolder, AddServer, AlarmKind, FolderFinding, PlaceKind, ServerFinding, SyncState, SyncView,
    TestFolder, TestServer, VoucherState,
};

use crate::{
    Done,
    arguments::{Sync, SyncArguments},
    failure::Failure,
    output::Output,
    portability::absolute,
    session::Session,
};
use vv_api::error::{ApiError, ErrorCode};

/// Does what was asked of sync.
pub fn run(session: &Session, output: &mut Output, wanted: SyncArguments) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    if let Some(Sync::Status) = wanted.what {
        return tell(output, &vv_api::sync_read(app)?);
    }
    if let Some(folder) = wanted.folder {
        let path = absolute(&folder);
        match vv_api::sync_test_folder(app, TestFolder { path: path.clone() })? {
            FolderFinding::Usable { .. } => {
                vv_api::sync_add_folder(app, AddFolder { path })?;
            }
            FolderFinding::Known => {}
            other => return Err(refused(why_no_folder(&other)).into()),
        }
    }
    if let Some(address) = wanted.server {
        let voucher = wanted.voucher;
        match vv_api::sync_test_server(app, TestServer { address, voucher })? {
            ServerFinding::Usable { vouchers: VoucherState::Wanted, .. } => {
                return Err(refused(
                    "This server asks for a voucher. Nothing was changed; give it with --voucher.",
                )
                .into());
            }
            ServerFinding::Usable { vouchers: VoucherState::Refused, .. } => {
                return Err(
                    refused("This voucher is not taken. Nothing was changed; ask for another one.").into()
                );
            }
            ServerFinding::Usable { address, voucher, .. } => {
                vv_api::sync_add_server(app, AddServer { address, voucher })?;
            }
            ServerFinding::Known => {}
            other => return Err(refused(why_no_server(&other)).into()),
        }
    }
    tell(output, &vv_api::sync_now(app)?)
}

fn refused(why: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, why)
}

/// Writes how sync stands. What needs the person is told as done in part, so that a script hears of it.
fn tell(output: &mut Output, view: &SyncView) -> Result<Done, Failure> {
    output.result(view, || text(view))?;
    for alarm in &view.alarms {
        output.note(alarm_line(&alarm.what));
    }
    if view.alarms.iter().any(|alarm| alarm.stops) {
        output.note("Open the window, Settings, Sync, to decide. Everything here is safe meanwhile.");
        return Ok(Done::Partly);
    }
    Ok(if matches!(view.state, SyncState::Offline { .. }) { Done::Partly } else { Done::Wholly })
}

fn text(view: &SyncView) -> String {
    let mut lines = vec![state_line(&view.state)];
    for place in &view.places {
        let name = match &place.place {
            PlaceKind::Folder { path } => path,
            PlaceKind::Server { address } => address,
        };
        let stands = match (place.away_since, place.last_at) {
            (Some(since), _) => format!("does not answer since {}", since.format("%Y-%m-%d %H:%M")),
            (None, Some(last)) => format!("in step at {}", last.format("%Y-%m-%d %H:%M")),
            (None, None) => "not in step yet".to_owned(),
        };
        lines.push(format!("{name}  {stands}"));
    }
    lines.join("\n")
}

fn state_line(state: &SyncState) -> String {
    match state {
        SyncState::Off => "Not set up: everything stays on this computer.".to_owned(),
        SyncState::InStep { .. } => "In step.".to_owned(),
        SyncState::Sending { waiting } => format!("{waiting} to send."),
        SyncState::Receiving { done, of: Some(of), .. } => format!("Fetching, {done} of {of}."),
        SyncState::Receiving { done, of: None, .. } => format!("Fetching, {done} so far."),
        SyncState::Offline { waiting, .. } => format!("No place answers; {waiting} to send."),
        SyncState::Paused { waiting, .. } => format!("Paused; {waiting} to send."),
        SyncState::NeedsYou { count, .. } => format!("Needs you: {count} to decide."),
    }
}

fn why_no_folder(finding: &FolderFinding) -> &'static str {
    match finding {
        FolderFinding::Absent => "There is no such folder. Nothing was changed.",
        FolderFinding::ReadOnly => "This folder cannot be written. Nothing was changed; choose another one.",
        _ => {
            "This folder and that of the notebook lie in one another. Nothing was changed; choose one outside."
        }
    }
}

fn why_no_server(finding: &ServerFinding) -> &'static str {
    match finding {
        ServerFinding::NoAddress => {
            "This is no address. Nothing was changed; it looks like https://sync.example.org."
        }
        ServerFinding::Silent => {
            "Nothing answers there. Nothing was changed; look at the address and the network."
        }
        ServerFinding::Untrusted => "Its certificate does not prove who it is. Nothing was sent.",
        ServerFinding::Unencrypted => {
            "It answers without encryption. Nothing was sent; ask for its https address."
        }
        ServerFinding::TooOld { .. } => {
            "It runs a version that is too old for this program. Nothing was changed."
        }
        ServerFinding::TooNew { .. } => {
            "It runs a version that is newer than this program. Nothing was changed; update it."
        }
        _ => "Something answers there, and it is not a server of Vice Versa. Nothing was changed.",
    }
}

fn alarm_line(what: &AlarmKind) -> &'static str {
    match what {
        AlarmKind::RolledBack { .. } => "A place has less than it had. Nothing here was removed.",
        AlarmKind::Restored { .. } => "A server was restored from a backup; what it had lost was sent again.",
        AlarmKind::Withheld { .. } => "A place holds something back that another device wrote.",
        AlarmKind::Forked { .. } => {
            "A place shows different devices different histories. Nothing false was taken in."
        }
        AlarmKind::DeviceForked { .. } => {
            "A device wrote two different things in one position. Both are kept."
        }
        AlarmKind::MemberForked => {
            "Somebody in a shared space wrote two things for one place; the first that came stays."
        }
        AlarmKind::ShutOut => {
            "A server does not let you into a shared space any more. What is here of it stays readable."
        }
        AlarmKind::Swapped => "A place is another one than it was. Nothing was sent to it.",
        AlarmKind::Emptied { .. } => "A place is empty that was not before. Nothing here was removed.",
        AlarmKind::Incomplete { .. } => "Files in a folder are still arriving.",
        AlarmKind::Refused { .. } => "Some records could not be taken in; they lie apart.",
        AlarmKind::Crashed => "A record that ended the program was skipped.",
        AlarmKind::NotIncluded { .. } => {
            "Some changes came after this device had been removed; they are kept here alone."
        }
        AlarmKind::DiskFull => "The disk of this computer is full.",
        AlarmKind::PlaceFull => "A folder has no more room.",
        AlarmKind::QuotaFull { .. } => "A server gives no more room.",
        AlarmKind::ClockOff { .. } => "The clock of this computer is far from everybody else's.",
        AlarmKind::UpdateNeeded => "Something needs a newer version of this program.",
        AlarmKind::AccessRefused => "A server does not let this device in any more.",
        AlarmKind::Untrusted => "A server cannot prove who it is. Nothing was sent.",
        AlarmKind::DeviceRevoked { .. } => "This device was removed by another. What is here stays readable.",
    }
}
