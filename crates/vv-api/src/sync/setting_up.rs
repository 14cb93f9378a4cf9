//! Choosing a place: looking at a folder or a server before it is used, and using it from then on.

use std::{
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use vv_core::{
    ports::remote::{Remote, RemoteError},
    sync::{self as core, Address, SyncError},
};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    host::HttpServer,
    model::sync::{
        AddFolder, AddServer, FolderFinding, PlaceHolds, ServerFinding, SyncView, TestFolder, TestServer,
        VoucherState,
    },
};

/// Says what a folder is like before it is used.
pub fn sync_test_folder(app: &App, request: TestFolder) -> Result<FolderFinding, ApiError> {
    let path = PathBuf::from(request.path.trim());
    app.with(|notebook| {
        let known = core::list_places(notebook)?;
        if known.iter().any(|place| place.address == Address::Folder(path.clone())) {
            return Ok(FolderFinding::Known);
        }
        if !path.is_dir() {
            return Ok(FolderFinding::Absent);
        }
        if is_within(&path, &app.folder()) || is_within(&app.folder(), &path) {
            return Ok(FolderFinding::InsideNotebook);
        }
        if !can_write(&path) {
            return Ok(FolderFinding::ReadOnly);
        }
        let found = core::look_at_folder(notebook, &path)?;
        let (devices, spaces) = (found.own_devices, found.other_spaces);
        let holds = match (devices, spaces) {
            (0, 0) => PlaceHolds::Nothing { other_files: found.other_files },
            (_, 0) => PlaceHolds::Own { devices },
            (0, _) => PlaceHolds::Others { spaces },
            _ => PlaceHolds::Both { devices, spaces },
        };
        Ok::<_, ApiError>(FolderFinding::Usable { holds, free: core::free_room(&path) })
    })
}

fn is_within(inner: &Path, outer: &Path) -> bool {
    match (inner.canonicalize(), outer.canonicalize()) {
        (Ok(inner), Ok(outer)) => inner.starts_with(outer),
        _ => inner.starts_with(outer),
    }
}

/// Says whether a file can be written there, by writing one and removing it again.
fn can_write(folder: &Path) -> bool {
    let tried = folder.join(format!(".vice-versa-{}.tmp", std::process::id()));
    let written = fs::write(&tried, b"");
    match fs::remove_file(&tried) {
        Err(problem) if problem.kind() != ErrorKind::NotFound => false,
        _ => written.is_ok(),
    }
}

/// Says how an address answers before it is used.
pub fn sync_test_server(app: &App, request: TestServer) -> Result<ServerFinding, ApiError> {
    let given =
        request.voucher.map(|voucher| voucher.trim().to_owned()).filter(|voucher| !voucher.is_empty());
    let (address, voucher) = read_address(&request.address, given);
    if address.starts_with("http://") && HttpServer::at(&address).is_err() {
        return Ok(ServerFinding::Unencrypted);
    }
    let Ok(server) = HttpServer::at(&address) else { return Ok(ServerFinding::NoAddress) };
    let known = app.with(core::list_places)?;
    if known.iter().any(|place| place.address == Address::Server(address.clone())) {
        return Ok(ServerFinding::Known);
    }
    let view = match server.info() {
        Ok(view) => view,
        Err(RemoteError::Offline | RemoteError::Busy { .. } | RemoteError::Failed) => {
            return Ok(ServerFinding::Silent);
        }
        Err(RemoteError::Untrusted) => return Ok(ServerFinding::Untrusted),
        Err(_) => return Ok(ServerFinding::SomethingElse),
    };
    let vouchers = match (view.needs_voucher, &voucher) {
        (false, _) => VoucherState::NotAsked,
        (true, None) => VoucherState::Wanted,
        (true, Some(_)) => VoucherState::Given,
    };
    let clock_ahead = app.host.clock.now().timestamp() - i64::try_from(view.time).unwrap_or(i64::MAX);
    Ok(ServerFinding::Usable {
        address,
        voucher,
        vouchers,
        version: view.version,
        quota: (view.limits.space < u64::MAX).then_some(view.limits.space),
        clock_ahead,
    })
}

/// Reads an address as typed. An administrator's invitation is an address with the voucher behind `#`.
fn read_address(typed: &str, voucher: Option<String>) -> (String, Option<String>) {
    let typed = typed.trim();
    let (address, behind) =
        typed.split_once('#').map_or((typed, None), |(address, voucher)| (address, Some(voucher)));
    let address = address.trim_end_matches('/');
    let address = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    (address, voucher.or_else(|| behind.filter(|voucher| !voucher.is_empty()).map(str::to_owned)))
}

/// Syncs through a folder from now on.
pub fn sync_add_folder(app: &App, request: AddFolder) -> Result<SyncView, ApiError> {
    let finding = sync_test_folder(app, TestFolder { path: request.path.clone() })?;
    let refused = |message: &str| Err(ApiError::about("path", message));
    match finding {
        FolderFinding::Usable { .. } => {}
        FolderFinding::Known => return refused("This folder is in use already. Nothing was changed."),
        FolderFinding::Absent => return refused("There is no such folder. Nothing was changed."),
        FolderFinding::ReadOnly => {
            return refused(
                "Nothing can be written into this folder. Nothing was changed; choose another one.",
            );
        }
        FolderFinding::InsideNotebook => {
            return refused(
                "This folder and the notebook's lie within each other. Nothing was changed; choose another one.",
            );
        }
    }
    let address = Address::Folder(PathBuf::from(request.path.trim()));
    let place = app.with(|notebook| core::add_place(notebook, &address, ""))?;
    app.syncing.renew_beacons();
    app.syncing.look(Some(place));
    super::told(app)
}

/// Syncs through a server from now on: makes or finds the spaces there first, so that a voucher that is not good shows at once.
pub fn sync_add_server(app: &App, request: AddServer) -> Result<SyncView, ApiError> {
    let (address, voucher) = read_address(&request.address, request.voucher);
    let server = HttpServer::at(&address).map_err(|problem| {
        ApiError::about("address", format!("This cannot be used: {problem}. Nothing was changed."))
    })?;
    let notebook = app.shared_notebook().ok_or_else(crate::app::locked)?;
    let place =
        core::add_place(&notebook, &Address::Server(address), voucher.as_deref().unwrap_or_default())?;
    if let Err(problem) = core::open_at_server(&notebook, place, &server) {
        core::leave_place(&notebook, place)?;
        return Err(match problem {
            SyncError::Remote(RemoteError::Voucher) => ApiError {
                code: ErrorCode::NotAllowed,
                message: "The server does not take this voucher, or asks for one. Nothing was changed."
                    .to_owned(),
                field: Some("voucher".to_owned()),
            },
            SyncError::Alarm(_) => ApiError::new(
                ErrorCode::NotAllowed,
                "The server knows this journal and does not let this computer in. Nothing was changed.",
            ),
            other => other.into(),
        });
    }
    app.syncing.renew_beacons();
    app.syncing.look(Some(place));
    super::told(app)
}
