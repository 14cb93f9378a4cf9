//! `vv recovery`: the kit that opens the notebook when keyring and passphrase are gone.

use std::path::Path;

use serde_json::json;
use vv_api::{
    error::{ApiError, ErrorCode},
    model::notebook::{CheckKit, KeyringState, SaveKit, UnlockNotebook},
};

use crate::{
    Done,
    arguments::{KitPassphrase, Recovery},
    failure::Failure,
    init,
    output::Output,
    portability::absolute,
    session::{Session, opened, read_passphrase},
};

/// Does what was asked with the recovery kit.
pub fn run(session: &Session, output: &mut Output, command: Recovery) -> Result<Done, Failure> {
    match command {
        Recovery::Kit { file, sealed } => {
            if file.exists() {
                return Err(ApiError::new(
                    ErrorCode::Invalid,
                    "There is a file of this name already. Nothing was written; choose another name.",
                )
                .into());
            }
            session.open()?;
            let path = absolute(&file);
            vv_api::recovery_save_kit(
                &session.app,
                SaveKit { path: path.clone(), passphrase: own_passphrase(&sealed)? },
            )?;
            output.result(&json!({ "path": path }), || format!("Recovery kit written to {path}"))?;
            output.note("Keep it away from this computer: on a stick, or printed. Whoever has it can read your journal.");
            Ok(Done::Wholly)
        }
        Recovery::Check { file, sealed } => {
            session.open()?;
            let request = CheckKit::File { path: absolute(&file), passphrase: own_passphrase(&sealed)? };
            vv_api::recovery_check_kit(&session.app, request)?;
            output.result(&json!({ "opens": true }), || "This kit opens this notebook.".to_owned())?;
            Ok(Done::Wholly)
        }
        Recovery::Use { file, sealed, keyring } => use_kit(session, output, &file, &sealed, keyring),
    }
}

fn use_kit(
    session: &Session,
    output: &mut Output,
    file: &Path,
    sealed: &KitPassphrase,
    keyring: bool,
) -> Result<Done, Failure> {
    let unlock = UnlockNotebook::KitFile { path: absolute(file), passphrase: own_passphrase(sealed)? };
    opened(vv_api::notebook_unlock(&session.app, unlock)?)?;
    let state = match vv_api::keyring_state(&session.app) {
        KeyringState::NoEntry => KeyringState::Ready,
        other => other,
    };
    let place = init::choose(session, keyring, state)?;
    let moved = opened(vv_api::notebook_move_key(&session.app, place)?)?;
    output.result(&moved, || init::text(&moved))?;
    Ok(Done::Wholly)
}

fn own_passphrase(sealed: &KitPassphrase) -> Result<Option<String>, Failure> {
    Ok(match &sealed.kit_passphrase_file {
        Some(file) => Some(read_passphrase(file)?.to_string()),
        None => None,
    })
}
