//! A new notebook with a sample year in it, for trying the app out, for pictures of it and for tests.

use vv_core::{
    Notebook,
    demo::{DemoError, make_demo},
    notebook::{Inspected, NewKey, NotebookError},
};

use crate::{
    App,
    error::ApiError,
    model::notebook::{KeyringState, NotebookStatus, UnlockNotebook},
    notebook::{keyring_state, notebook_status, notebook_unlock},
};

/// Opens the sample notebook where neither a passphrase was chosen nor a keyring is there. It guards nobody's words.
pub const SAMPLE_PASSPHRASE: &str = "sample";

/// Makes the sample notebook in a profile that has none and opens it. Its key lies behind the passphrase that is given, else in
/// the keyring where there is one, else behind [`SAMPLE_PASSPHRASE`].
pub fn make_sample(app: &App, passphrase: Option<&str>) -> Result<NotebookStatus, ApiError> {
    if Notebook::inspect(&app.folder())? != Inspected::Absent {
        return Err(NotebookError::AlreadyThere.into());
    }
    let passphrase = match (passphrase, keyring_state(app)) {
        (None, KeyringState::Ready) => None,
        (None, _) => Some(SAMPLE_PASSPHRASE),
        (given, _) => given,
    };
    make_demo(&app.folder(), &app.host, passphrase.map_or(NewKey::Keyring, NewKey::Passphrase))?;
    match passphrase {
        Some(passphrase) => {
            notebook_unlock(app, UnlockNotebook::Passphrase { passphrase: passphrase.to_owned() })
        }
        None => notebook_status(app),
    }
}

impl From<DemoError> for ApiError {
    fn from(error: DemoError) -> Self {
        match error {
            DemoError::Notebook(error) => error.into(),
            DemoError::Journal(error) => error.into(),
            DemoError::Loop(error) => error.into(),
            DemoError::Goal(error) => error.into(),
            DemoError::Intention(error) => error.into(),
            DemoError::Voice(error) => error.into(),
            DemoError::Person(error) => error.into(),
            DemoError::Helped(error) => error.into(),
            DemoError::Search(error) => error.into(),
        }
    }
}
