//! Coming back to one's journal with nothing but the recovery kit and a place where the journal is.

use std::{fs, path::Path};

use vv_core::{
    Notebook,
    kit::{KitSeed, read_kit_file},
    notebook::{Inspected, NewKey, NotebookError},
    sync::{Address, WayBack, add_place, find_way_back_at_server, find_way_back_in_folder},
};
use zeroize::Zeroizing;

use super::meeting::address_of;
use crate::{
    App,
    error::{ApiError, ErrorCode},
    host::HttpServer,
    model::{
        devices::{ComeBack, GivenKit, KitPlaces, MeetingPlace},
        notebook::{CheckKit, KeyPlace, NotebookStatus},
    },
    notebook::notebook_status,
    unlocking::kit_to_check,
};

fn as_check(kit: GivenKit) -> CheckKit {
    match kit {
        GivenKit::Words { words } => CheckKit::Words { words },
        GivenKit::File { path, passphrase } => CheckKit::File { path, passphrase },
    }
}

/// Says where a recovery kit knows the journal to be. Words alone do not say.
pub fn devices_read_kit(_app: &App, request: GivenKit) -> Result<KitPlaces, ApiError> {
    // A kit that cannot be read is refused with its own sentence.
    kit_to_check(as_check(request.clone()))?;
    let GivenKit::File { path, passphrase } = request else {
        return Ok(KitPlaces { made_on: None, places: Vec::new() });
    };
    let bytes = fs::read(Path::new(&path)).map(Zeroizing::new);
    let passphrase = passphrase.map(Zeroizing::new);
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
    let hints = bytes.ok().and_then(|bytes| read_kit_file(&bytes, passphrase).ok()).map(|kit| kit.hints);
    let Some(hints) = hints else { return Ok(KitPlaces { made_on: None, places: Vec::new() }) };
    let servers = hints.servers.into_iter().map(|address| MeetingPlace::Server { address });
    // A folder that is not on this computer helps nobody.
    let is_here = |path: &String| Path::new(path).is_dir();
    let folders = hints.folders.into_iter().filter(is_here).map(|path| MeetingPlace::Folder { path });
    Ok(KitPlaces { made_on: Some(hints.made_on), places: servers.chain(folders).collect() })
}

/// Comes back to one's journal with the recovery kit; sync fetches the rest.
pub fn devices_come_back(app: &App, request: ComeBack) -> Result<NotebookStatus, ApiError> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let key = match (request.key_place, passphrase.as_ref()) {
        (KeyPlace::Keyring, _) => NewKey::Keyring,
        (KeyPlace::Passphrase, Some(passphrase)) => NewKey::Passphrase(passphrase),
        (KeyPlace::Passphrase, None) => {
            return Err(ApiError::about("passphrase", "A passphrase is missing. Nothing was created."));
        }
    };
    let kit = kit_to_check(as_check(request.kit))?;
    let at = address_of(&request.at);
    let _alone = app.one_at_a_time();
    if app.opened().is_some() || !matches!(Notebook::inspect(&app.folder()), Ok(Inspected::Absent)) {
        return Err(NotebookError::AlreadyThere.into());
    }
    let Some(WayBack { beacon, records }) = find(&kit, &at)? else {
        return Err(ApiError {
            field: Some("kit".to_owned()),
            ..ApiError::new(
                ErrorCode::NotFound,
                "No journal of this kit lies there. Nothing was changed; look at the place, or use another kit.",
            )
        });
    };
    let mut host = app.host.clone();
    request.device_name.trim().clone_into(&mut host.device_name);
    let notebook = Notebook::come_back(&app.folder(), &host, &kit, &beacon, &records, key)?;
    if let Err(problem) = add_place(&notebook, &at, "") {
        tracing::warn!(%problem, "the place where the journal was found could not be kept for sync");
    }
    app.put(notebook);
    app.syncing.look_at_all();
    notebook_status(app)
}

fn find(kit: &KitSeed, at: &Address) -> Result<Option<WayBack>, ApiError> {
    match at {
        Address::Folder(path) => {
            if !path.is_dir() {
                return Err(ApiError::new(
                    ErrorCode::Offline,
                    "There is no such folder here. Nothing was changed.",
                ));
            }
            Ok(find_way_back_in_folder(kit, path)?)
        }
        Address::Server(address) => {
            let server = HttpServer::at(address)
                .map_err(|_| ApiError::about("at", "This is no address of a server. Nothing was changed."))?;
            Ok(find_way_back_at_server(kit, &server)?)
        }
    }
}
