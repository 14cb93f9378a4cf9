//! Opening the notebook: the keys a person has, and what an opening brings with it.
//!
//! Every way in goes through [`open_by`]. What was typed is wiped as soon as it was used. An opening brings in what was captured
//! while the notebook was locked, and the drafts that a crash left.

use std::{fs, path::Path};

use vv_core::{
    Notebook,
    journal::{self, JournalError},
    kit::{KitFileError, KitSeed, read_kit_file},
    notebook::{NotebookError, StoreError, Unlock},
};
use zeroize::Zeroizing;

use crate::{
    App,
    app::Damage,
    error::{ApiError, ErrorCode},
    model::notebook::{CheckKit, UnlockNotebook},
};

/// Holds what opens a notebook, wiped when it is dropped.
pub(crate) enum Key {
    Keyring,
    Passphrase(Zeroizing<String>),
    Kit(KitSeed),
}

impl Key {
    /// Reads the key out of a request: words are read, a kit file is opened.
    pub(crate) fn of(unlock: UnlockNotebook) -> Result<Self, ApiError> {
        match unlock {
            UnlockNotebook::Keyring => Ok(Self::Keyring),
            UnlockNotebook::Passphrase { passphrase } => Ok(Self::Passphrase(Zeroizing::new(passphrase))),
            UnlockNotebook::Words { words } => kit_of_words(words).map(Self::Kit),
            UnlockNotebook::KitFile { path, passphrase } => {
                kit_of_file(Path::new(&path), passphrase).map(Self::Kit)
            }
        }
    }

    pub(crate) fn as_unlock(&self) -> Unlock<'_> {
        match self {
            Self::Keyring => Unlock::Keyring,
            Self::Passphrase(passphrase) => Unlock::Passphrase(passphrase),
            Self::Kit(seed) => Unlock::Kit(seed),
        }
    }
}

/// Reads the kit that is to be checked.
pub(crate) fn kit_to_check(check: CheckKit) -> Result<KitSeed, ApiError> {
    match check {
        CheckKit::Words { words } => kit_of_words(words),
        CheckKit::File { path, passphrase } => kit_of_file(Path::new(&path), passphrase),
    }
}

fn kit_of_words(words: String) -> Result<KitSeed, ApiError> {
    let words = Zeroizing::new(words);
    KitSeed::from_words(&words).map_err(|error| kit_invalid("words", &error))
}

fn kit_of_file(path: &Path, passphrase: Option<String>) -> Result<KitSeed, ApiError> {
    let passphrase = passphrase.map(Zeroizing::new);
    let bytes = fs::read(path).map(Zeroizing::new).map_err(|_| {
        ApiError::new(
            ErrorCode::UnreadableFile,
            "The kit file could not be read. Nothing was touched. Look whether it is there.",
        )
    })?;
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
    read_kit_file(&bytes, passphrase).map(|kit| kit.seed).map_err(|error| match error {
        KitFileError::WrongPassphrase => ApiError {
            field: Some("passphrase".to_owned()),
            ..ApiError::new(ErrorCode::WrongKey, "This is not the passphrase of this recovery kit. The file is whole, and nothing was touched.")
        },
        KitFileError::PassphraseNeeded | KitFileError::Passphrase(_) => kit_invalid("passphrase", &error),
        KitFileError::NotAKit | KitFileError::NewerFormat | KitFileError::Damaged | KitFileError::Words(_) => kit_invalid("path", &error),
    })
}

fn kit_invalid(field: &str, error: &impl std::fmt::Display) -> ApiError {
    let error = crate::refusals::say(ErrorCode::KitInvalid, error);
    ApiError {
        field: Some(field.to_owned()),
        message: format!("{} Nothing was touched.", error.message),
        ..error
    }
}

/// Opens the notebook of the profile, unless it is open. A key that is right for a file that is damaged is kept for a salvage.
pub(crate) fn open_by(app: &App, key: Key) -> Result<(), NotebookError> {
    let _alone = app.one_at_a_time();
    if app.opened().is_some() {
        return Ok(());
    }
    match Notebook::open(&app.folder(), &app.host, key.as_unlock()) {
        Ok(notebook) => {
            welcome(app, &notebook);
            app.put(notebook);
            Ok(())
        }
        Err(error) => {
            if matches!(error, NotebookError::Store(StoreError::Damaged)) {
                // Tried at once, so that the person is told what could be had before anything is moved.
                let tried = Notebook::try_salvage(&app.folder(), &app.host, key.as_unlock());
                let salvageable_entries =
                    tried.ok().map(|report| u32::try_from(report.entries).unwrap_or(u32::MAX));
                *app.damage() = Some(Damage { key, salvageable_entries });
            }
            Err(error)
        }
    }
}

/// Brings in what waited for the opening. What cannot be brought in now stays where it is and is tried again next time.
pub(crate) fn welcome(app: &App, notebook: &Notebook) {
    if let Err(error) = bring_in(notebook) {
        tracing::warn!(%error, "what waited for the opening could not be brought in");
    }
    if !notebook.is_read_only()
        && let Err(error) = vv_core::pairings::recover_papers(notebook)
    {
        tracing::warn!(%error, "what was typed into pairings could not be brought back yet");
    }
    if !notebook.is_read_only()
        && let Err(error) = app.voice.recover(notebook)
    {
        tracing::warn!(%error, "a recording that was cut short could not be brought back yet");
    }
}

fn bring_in(notebook: &Notebook) -> Result<(), JournalError> {
    journal::recover_drafts(notebook)?;
    journal::remove_leftovers(notebook)?;
    crate::capture::take_in(notebook)
}
