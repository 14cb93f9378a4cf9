//! Recovery commands: the 24 words and the `.kit` file that open the notebook when keyring and passphrase are gone.

use std::path::Path;

use vv_core::kit::{KitHints, KitSeed, seal_kit_file, write_open_kit_file};
use zeroize::Zeroizing;

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::notebook::{CheckKit, KitView, NotebookStatus, SaveKit},
    notebook::notebook_status,
    refusals::{of_writing, say},
    settings::write_whole,
    unlocking::kit_to_check,
};

/// Shows the 24 words of the recovery kit.
pub fn recovery_show_kit(app: &App) -> Result<KitView, ApiError> {
    let seed = app.with(|notebook| notebook.kit())?;
    Ok(KitView { words: seed.to_words() })
}

/// Writes the recovery kit to a file that its owner alone may read.
pub fn recovery_save_kit(app: &App, request: SaveKit) -> Result<(), ApiError> {
    let passphrase = request.passphrase.map(Zeroizing::new);
    let seed = app.with(|notebook| notebook.kit())?;
    let bytes = kit_file(app, &seed, passphrase.as_ref().map(|passphrase| passphrase.as_str()))?;
    write_whole(Path::new(&request.path), &bytes).map_err(|error| {
        ApiError::new(
            of_writing(error.kind()),
            "The recovery kit could not be written there. Nothing was changed, and no part of it was left behind. Choose another place.",
        )
    })
}

fn kit_file(app: &App, seed: &KitSeed, passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let hints = KitHints {
        made_on: app.host.clock.now().format("%Y-%m-%d").to_string(),
        servers: Vec::new(),
        folders: vec![app.folder().to_string_lossy().into_owned()],
    };
    match passphrase {
        None => Ok(write_open_kit_file(seed, &hints)),
        Some(passphrase) => seal_kit_file(seed, &hints, passphrase).map(Zeroizing::new).map_err(|error| {
            ApiError { field: Some("passphrase".to_owned()), ..say(ErrorCode::Invalid, &error) }
        }),
    }
}

/// Tells whether words or a file would open this notebook.
pub fn recovery_check_kit(app: &App, request: CheckKit) -> Result<NotebookStatus, ApiError> {
    let seed = kit_to_check(request)?;
    app.with(|notebook| notebook.check_kit(&seed))?;
    notebook_status(app)
}
