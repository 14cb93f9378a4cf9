//! One run of `vv` on a profile: finding it, and opening its notebook.
//!
//! The OS keyring opens where the key lies there; else a passphrase from `--passphrase-file`, `VV_PASSPHRASE_FILE` or the
//! terminal, where it is not echoed. Never from an argument, which other people on the computer could read.

use std::{
    fs,
    io::{self, IsTerminal as _},
    path::{Path, PathBuf},
};

use vv_api::{
    App,
    error::{ApiError, ErrorCode},
    host::Profile,
    model::notebook::{KeyPlace, KeyringState, NotebookStatus, NotebookView, UnlockNotebook},
};
use zeroize::Zeroizing;

use crate::failure::Failure;

/// A file is no passphrase when it is longer than this.
const LONGEST_PASSPHRASE: u64 = 64 * 1024;

/// Holds the profile of this run and where a passphrase would come from.
pub struct Session {
    /// The surface.
    pub app: App,
    passphrase_file: Option<PathBuf>,
}

impl Session {
    /// Finds the profile. Opens nothing.
    pub fn begin(home: Option<&Path>, passphrase_file: Option<PathBuf>) -> Result<Self, Failure> {
        let profile = Profile::find(home).map_err(|error| Failure::Usage(error.to_string()))?;
        let from_environment =
            || std::env::var_os("VV_PASSPHRASE_FILE").filter(|file| !file.is_empty()).map(PathBuf::from);
        Ok(Self { app: App::new(profile), passphrase_file: passphrase_file.or_else(from_environment) })
    }

    /// Opens the notebook, however it is opened.
    pub fn open(&self) -> Result<NotebookView, Failure> {
        match vv_api::notebook_status(&self.app)? {
            NotebookStatus::Open { notebook } => Ok(notebook),
            NotebookStatus::Locked { key_place: KeyPlace::Keyring, keyring, .. } => {
                Err(without_keyring(keyring).into())
            }
            NotebookStatus::Locked { key_place: KeyPlace::Passphrase, .. } => {
                let passphrase = self.passphrase("Passphrase: ")?.ok_or_else(no_passphrase)?;
                let unlocked = vv_api::notebook_unlock(
                    &self.app,
                    UnlockNotebook::Passphrase { passphrase: passphrase.to_string() },
                )?;
                opened(unlocked)
            }
            other => Err(refusal(other).into()),
        }
    }

    /// Gives the passphrase from the file or the terminal; none when there is neither.
    pub fn passphrase(&self, question: &str) -> Result<Option<Zeroizing<String>>, Failure> {
        match &self.passphrase_file {
            Some(file) => read_passphrase(file).map(Some),
            None => ask(question),
        }
    }

    /// Gives a new passphrase. At a terminal it is asked for twice.
    pub fn new_passphrase(&self) -> Result<Option<Zeroizing<String>>, Failure> {
        let Some(first) = self.passphrase("New passphrase: ")? else { return Ok(None) };
        if self.passphrase_file.is_none() {
            let second = ask("The same again: ")?.ok_or_else(no_passphrase)?;
            if first != second {
                return Err(ApiError::about(
                    "passphrase",
                    "The two passphrases are not the same. Nothing was changed; try again.",
                )
                .into());
            }
        }
        Ok(Some(first))
    }

    /// Says whether a file with a passphrase was named.
    pub fn names_a_passphrase(&self) -> bool {
        self.passphrase_file.is_some()
    }
}

/// Takes the open notebook out of a status, or says why it is not open.
pub fn opened(status: NotebookStatus) -> Result<NotebookView, Failure> {
    match status {
        NotebookStatus::Open { notebook } => Ok(notebook),
        other => Err(refusal(other).into()),
    }
}

/// Says why a notebook in this state cannot be worked with.
fn refusal(status: NotebookStatus) -> ApiError {
    match status {
        NotebookStatus::Absent { .. } => ApiError::new(
            ErrorCode::NoNotebook,
            "There is no notebook here. Make one with `vv init`, or name its folder with --home.",
        ),
        NotebookStatus::Locked { keyring, key_place: KeyPlace::Keyring, .. } => without_keyring(keyring),
        NotebookStatus::Locked { .. } | NotebookStatus::Open { .. } => no_passphrase(),
        NotebookStatus::NewerVersion => ApiError::new(
            ErrorCode::NewerVersion,
            "This notebook was written by a newer version of Vice Versa. It was left untouched. Install the newer version to open it.",
        ),
        NotebookStatus::Damaged { newest_backup, .. } => {
            let advice = match newest_backup {
                Some(backup) => {
                    format!("The newest backup is {}: bring it back with `vv restore`", backup.path)
                }
                None => "Bring a backup back with `vv restore`".to_owned(),
            };
            ApiError::new(
                ErrorCode::Damaged,
                format!(
                    "The notebook's file is damaged, although the key is right. Nothing was moved or deleted. {advice}, or open the window, \
                     which reads what can still be read."
                ),
            )
        }
        NotebookStatus::InUse => ApiError::new(
            ErrorCode::InUse,
            "Another program is restoring this notebook or changing its key. Nothing was touched; try again when it is done.",
        ),
        NotebookStatus::Unreachable { message } => ApiError::new(ErrorCode::ReadOnly, message),
    }
}

fn without_keyring(state: KeyringState) -> ApiError {
    let (code, what, first) = match state {
        KeyringState::Ready | KeyringState::NoEntry => (
            ErrorCode::KeyringNoEntry,
            "works and has no entry for it",
            "Log in as the person whose keyring holds it",
        ),
        KeyringState::Locked => (ErrorCode::KeyringLocked, "is locked", "Unlock the keyring"),
        KeyringState::Unreachable => {
            (ErrorCode::KeyringUnreachable, "cannot be reached", "Start the keyring")
        }
    };
    ApiError::new(
        code,
        format!(
            "The key of this notebook is kept in the keyring, which {what}. Nothing was touched. {first}, or open the notebook with \
             `vv recovery use FILE`."
        ),
    )
}

fn no_passphrase() -> ApiError {
    ApiError::new(
        ErrorCode::Locked,
        "The notebook is locked, and no passphrase was given. Name a file with --passphrase-file or VV_PASSPHRASE_FILE, or run this in a terminal.",
    )
}

/// Reads a passphrase from a file; the end of its line does not belong to it.
pub fn read_passphrase(file: &Path) -> Result<Zeroizing<String>, Failure> {
    let unreadable = |why: &str| {
        Failure::from(ApiError::new(
            ErrorCode::UnreadableFile,
            format!(
                "The passphrase file {why}. Nothing was touched. Name another one, or leave it out to be asked."
            ),
        ))
    };
    let length = fs::metadata(file).map_err(|error| unreadable(cannot_be_read(&error)))?.len();
    if length > LONGEST_PASSPHRASE {
        return Err(unreadable("is too large to be one"));
    }
    let bytes = Zeroizing::new(fs::read(file).map_err(|error| unreadable(cannot_be_read(&error)))?);
    let text = std::str::from_utf8(&bytes).map_err(|_| unreadable("is not UTF-8 text"))?;
    let passphrase = text.strip_suffix('\n').map_or(text, |line| line.strip_suffix('\r').unwrap_or(line));
    if passphrase.is_empty() {
        return Err(unreadable("is empty"));
    }
    Ok(Zeroizing::new(passphrase.to_owned()))
}

fn cannot_be_read(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "is not there",
        io::ErrorKind::PermissionDenied => "may not be read",
        _ => "cannot be read",
    }
}

/// Asks at the terminal without echo; none where there is no terminal.
pub fn ask(question: &str) -> Result<Option<Zeroizing<String>>, Failure> {
    if !io::stdin().is_terminal() {
        return Ok(None);
    }
    let answer = rpassword::prompt_password(question).map_err(|_| {
        ApiError::new(ErrorCode::Locked, "The terminal gave no passphrase. Nothing was touched.")
    })?;
    Ok(Some(Zeroizing::new(answer)))
}
