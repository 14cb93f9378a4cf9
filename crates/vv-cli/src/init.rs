//! `vv init`: a new notebook where none is.

use vv_api::{
    error::{ApiError, ErrorCode},
    model::notebook::{CreateNotebook, KeyPlace, KeyringState, MoveKey, NotebookStatus, NotebookView},
};

use crate::{
    Done,
    failure::Failure,
    output::Output,
    session::{Session, opened},
};

/// Makes the notebook.
pub fn run(
    session: &Session,
    output: &mut Output,
    name: Option<String>,
    keyring: bool,
) -> Result<Done, Failure> {
    let state = match vv_api::notebook_status(&session.app)? {
        NotebookStatus::Absent { keyring } => keyring,
        _ => {
            return Err(ApiError::new(
                ErrorCode::NotebookExists,
                "There is a notebook here already. Nothing was created and nothing was touched. Name another folder with --home.",
            )
            .into());
        }
    };
    let (key_place, passphrase) = match choose(session, keyring, state)? {
        MoveKey::Keyring => (KeyPlace::Keyring, None),
        MoveKey::Passphrase { passphrase, .. } => (KeyPlace::Passphrase, Some(passphrase)),
    };
    let name = name.or_else(name_of_the_person).unwrap_or_default();
    let made = opened(vv_api::notebook_create(
        &session.app,
        CreateNotebook { name, key_place, passphrase, first_sentence: None },
    )?)?;
    output.result(&made, || text(&made))?;
    output.note("Make a recovery kit now: vv recovery kit FILE. It opens the notebook when keyring or passphrase are lost.");
    Ok(Done::Wholly)
}

/// Chooses the place of a key: what was asked for, else a passphrase that was named, else the keyring where there is one, else
/// a passphrase from the terminal.
pub fn choose(session: &Session, keyring: bool, state: KeyringState) -> Result<MoveKey, Failure> {
    let is_there = matches!(state, KeyringState::Ready | KeyringState::NoEntry);
    if keyring && !is_there {
        return Err(no_keyring(state).into());
    }
    if keyring || (is_there && !session.names_a_passphrase()) {
        return Ok(MoveKey::Keyring);
    }
    match session.new_passphrase()? {
        Some(passphrase) => Ok(MoveKey::Passphrase { passphrase: passphrase.to_string(), current: None }),
        None => Err(no_keyring(state).into()),
    }
}

fn no_keyring(state: KeyringState) -> ApiError {
    let (code, what) = match state {
        KeyringState::Locked => (ErrorCode::KeyringLocked, "The keyring is locked"),
        _ => (ErrorCode::KeyringUnreachable, "The keyring cannot be reached"),
    };
    ApiError::new(
        code,
        format!(
            "{what}. Nothing was changed. Try again with a keyring, or name a passphrase with --passphrase-file."
        ),
    )
}

fn name_of_the_person() -> Option<String> {
    ["USER", "USERNAME", "LOGNAME"]
        .iter()
        .find_map(|name| std::env::var(name).ok())
        .filter(|name| !name.is_empty())
}

/// Describes an open notebook.
pub fn text(notebook: &NotebookView) -> String {
    let key = match notebook.key_place {
        KeyPlace::Keyring => "in the keyring",
        KeyPlace::Passphrase => "behind your passphrase",
    };
    format!(
        "Notebook of {}\n  folder   {}\n  key      {key}\n  entries  {}",
        notebook.name, notebook.folder, notebook.entry_count
    )
}
