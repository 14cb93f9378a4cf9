//! Notebook commands: is there one, is it open, opening and locking it, where its key lies, is it sound.
//!
//! Exactly one state belongs to each answer of [`notebook_status`]. A keyring that is locked or silent is never taken for
//! one that holds nothing, and nothing here creates anything over what is there.

use vv_core::{
    Notebook,
    journal::{self, EntryFilter, EntryOrigin, NewEntry},
    notebook::{Inspected, KeyPlace as CoreKeyPlace, NewKey, NotebookError, StoreError},
    ports::VaultError,
};
use zeroize::Zeroizing;

use crate::{
    App,
    backup::newest_backup,
    error::{ApiError, ErrorCode},
    model::notebook::{
        CreateNotebook, KeyPlace, KeyringState, MoveKey, NotebookStatus, NotebookView, UnlockNotebook,
        VerifyReport,
    },
    unlocking::{Key, open_by},
};

/// Under this name the keyring is asked whether it works. Nothing is ever kept there.
const A_NAME_FOR_ASKING: &str = "is-it-there";

/// Says whether there is a notebook and whether it is open; opens it when the keyring can.
pub fn notebook_status(app: &App) -> Result<NotebookStatus, ApiError> {
    app.opened_early().unwrap_or_else(|| look_and_open(app))
}

pub(crate) fn look_and_open(app: &App) -> Result<NotebookStatus, ApiError> {
    if let Some(open) = open_view(app)? {
        return Ok(open);
    }
    if app.damage().is_some() {
        return Ok(damaged(app));
    }
    match Notebook::inspect(&app.folder()) {
        Ok(Inspected::Absent) => Ok(NotebookStatus::Absent { keyring: keyring_state(app) }),
        Ok(Inspected::Present { key_place: CoreKeyPlace::Passphrase, waiting_captures, .. }) => {
            Ok(NotebookStatus::Locked {
                key_place: KeyPlace::Passphrase,
                keyring: KeyringState::Ready,
                waiting_captures,
            })
        }
        Ok(Inspected::Present { key_place: CoreKeyPlace::Keyring, waiting_captures, .. }) => {
            match open_by(app, Key::Keyring) {
                Ok(()) => status_of_open(app),
                Err(error) => keyring_trouble(app, error, waiting_captures),
            }
        }
        Err(error) => trouble(app, error),
    }
}

/// Makes a new notebook where none is.
pub fn notebook_create(app: &App, request: CreateNotebook) -> Result<NotebookStatus, ApiError> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let key = match (request.key_place, passphrase.as_ref()) {
        (KeyPlace::Keyring, _) => NewKey::Keyring,
        (KeyPlace::Passphrase, Some(passphrase)) => NewKey::Passphrase(passphrase),
        (KeyPlace::Passphrase, None) => {
            return Err(ApiError::about("passphrase", "A passphrase is missing. Nothing was created."));
        }
    };
    {
        let _alone = app.one_at_a_time();
        if app.opened().is_some() {
            return Err(NotebookError::AlreadyThere.into());
        }
        let notebook = Notebook::create(&app.folder(), &app.host, request.name.trim(), key)?;
        app.put(notebook);
    }
    if let Some(text) = request.first_sentence.filter(|text| !text.trim().is_empty()) {
        let entry = NewEntry { text, origin: EntryOrigin::Written, ..NewEntry::default() };
        app.with(|notebook| notebook.write(|tx| journal::create_entry(tx, entry)))?;
    }
    status_of_open(app)
}

/// Opens the notebook by one of its slots.
pub fn notebook_unlock(app: &App, request: UnlockNotebook) -> Result<NotebookStatus, ApiError> {
    match open_by(app, Key::of(request)?) {
        Ok(()) => status_of_open(app),
        Err(NotebookError::Store(StoreError::Damaged)) => Ok(damaged(app)),
        Err(error) => Err(error.into()),
    }
}

/// Closes the notebook and forgets its key. Needs a passphrase: with the key in the keyring it would open again by itself.
pub fn notebook_lock(app: &App) -> Result<NotebookStatus, ApiError> {
    let key_place = app.opened().as_ref().map(|open| open.notebook.key_place()).transpose()?;
    if key_place == Some(CoreKeyPlace::Keyring) {
        return Err(ApiError::new(
            ErrorCode::Invalid,
            "The key of this notebook lies in the keyring, which opens it with your login. Choose a passphrase in Settings to be able to lock it.",
        ));
    }
    app.close();
    notebook_status(app)
}

/// Moves the key between keyring and passphrase, or changes the passphrase.
pub fn notebook_move_key(app: &App, request: MoveKey) -> Result<NotebookStatus, ApiError> {
    match request {
        MoveKey::Keyring => app.with(|notebook| notebook.move_key(NewKey::Keyring, None))?,
        MoveKey::Passphrase { passphrase, current } => {
            let (passphrase, current) = (Zeroizing::new(passphrase), current.map(Zeroizing::new));
            let current = current.as_ref().map(|current| current.as_str());
            app.with(|notebook| notebook.move_key(NewKey::Passphrase(&passphrase), current))?;
        }
    }
    status_of_open(app)
}

/// Checks chain, signatures, every projection and every file.
pub fn notebook_verify(app: &App) -> Result<VerifyReport, ApiError> {
    let report = app.with(Notebook::verify)?;
    Ok(VerifyReport {
        records: report.records,
        entries: report.entries,
        files: report.files,
        problems: report.problems,
    })
}

/// Moves a damaged notebook aside and reads what can be read into a new one with the same key.
pub fn notebook_salvage(app: &App) -> Result<NotebookStatus, ApiError> {
    let _alone = app.one_at_a_time();
    let Some(damage) = app.damage().take() else {
        return Err(ApiError::new(
            ErrorCode::NotFound,
            "This notebook was not found damaged. Nothing was moved; open it as usual.",
        ));
    };
    match Notebook::salvage(&app.folder(), &app.host, damage.key.as_unlock()) {
        Ok((notebook, _)) => app.put(notebook),
        Err(error) => {
            *app.damage() = Some(damage);
            return Err(error.into());
        }
    }
    status_of_open(app)
}

/// Says what the keyring answers. No command of its own: a status carries it.
pub fn keyring_state(app: &App) -> KeyringState {
    match app.host.vault.read(A_NAME_FOR_ASKING) {
        Ok(_) => KeyringState::Ready,
        Err(VaultError::Locked) => KeyringState::Locked,
        Err(VaultError::Unreachable) => KeyringState::Unreachable,
    }
}

fn status_of_open(app: &App) -> Result<NotebookStatus, ApiError> {
    match open_view(app)? {
        Some(open) => Ok(open),
        // Another window locked it in the same moment.
        None => notebook_status(app),
    }
}

fn open_view(app: &App) -> Result<Option<NotebookStatus>, ApiError> {
    match app.opened().as_ref() {
        Some(open) => Ok(Some(NotebookStatus::Open { notebook: view(app, &open.notebook)? })),
        None => Ok(None),
    }
}

fn view(app: &App, notebook: &Notebook) -> Result<NotebookView, ApiError> {
    let entry_count = notebook.read(|reader| journal::count_entries(reader, &EntryFilter::default()))?;
    Ok(NotebookView {
        name: notebook.name()?,
        key_place: notebook.key_place()?.into(),
        entry_count,
        created_at: notebook.created_at()?,
        kit_made_at: notebook.kit_made_at()?,
        kit_checked_at: notebook.kit_checked_at()?,
        read_only: notebook.is_read_only(),
        folder: app.folder().to_string_lossy().into_owned(),
        device_name: app.host.device_name.clone(),
    })
}

/// Says what state a notebook is in whose key should come from the keyring and did not open it.
fn keyring_trouble(
    app: &App,
    error: NotebookError,
    waiting_captures: u32,
) -> Result<NotebookStatus, ApiError> {
    let keyring = match error {
        NotebookError::KeyringNoEntry | NotebookError::WrongKey | NotebookError::NoSuchSlot => {
            KeyringState::NoEntry
        }
        NotebookError::Vault(VaultError::Locked) => KeyringState::Locked,
        NotebookError::Vault(VaultError::Unreachable) => KeyringState::Unreachable,
        other => return trouble(app, other),
    };
    Ok(NotebookStatus::Locked { key_place: KeyPlace::Keyring, keyring, waiting_captures })
}

fn trouble(app: &App, error: NotebookError) -> Result<NotebookStatus, ApiError> {
    match error {
        NotebookError::NewerVersion => Ok(NotebookStatus::NewerVersion),
        NotebookError::InUse => Ok(NotebookStatus::InUse),
        NotebookError::Store(StoreError::Damaged) => Ok(damaged(app)),
        NotebookError::Store(
            StoreError::ReadOnly
            | StoreError::DiskFull
            | StoreError::FileLimit
            | StoreError::Io(_)
            | StoreError::Busy,
        )
        | NotebookError::DatabaseMissing
        | NotebookError::KeyFileMissing
        | NotebookError::OnlyRemains
        | NotebookError::KeyFileDamaged => {
            Ok(NotebookStatus::Unreachable { message: ApiError::from(error).message })
        }
        other => Err(other.into()),
    }
}

fn damaged(app: &App) -> NotebookStatus {
    let salvageable_entries = app.damage().as_ref().and_then(|damage| damage.salvageable_entries);
    NotebookStatus::Damaged { salvageable_entries, newest_backup: newest_backup(app) }
}

impl From<CoreKeyPlace> for KeyPlace {
    fn from(place: CoreKeyPlace) -> Self {
        match place {
            CoreKeyPlace::Keyring => Self::Keyring,
            CoreKeyPlace::Passphrase => Self::Passphrase,
        }
    }
}
