//! Recovery commands: the 24 words and the `.kit` file that open the notebook when keyring and passphrase are gone.

use std::path::Path;

use vv_core::{
    kit::{KitHints, KitSeed, seal_kit_file, write_open_kit_file},
    notebook::NotebookError,
    portability::print_kit,
    sync::{Address, list_places},
};
use zeroize::Zeroizing;

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::{
        devices::{PrintKit, RehearsalView, RehearseKit},
        notebook::{CheckKit, KitView, NotebookStatus, SaveKit},
    },
    notebook::notebook_status,
    refusals::{of_writing, say},
    settings::write_whole,
    unlocking::kit_to_check,
};

/// The words that a rehearsal asks for, by their number.
const ASKED: [u8; 2] = [7, 19];

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
    write_whole(Path::new(&request.path), &bytes).map_err(|error| unwritable(error.kind()))
}

fn unwritable(kind: std::io::ErrorKind) -> ApiError {
    ApiError::new(
        of_writing(kind),
        "The recovery kit could not be written there. Nothing was changed, and no part of it was left behind. Choose another place.",
    )
}

/// Writes the recovery kit as a PDF: the words, the QR code, and what to do with them.
pub fn recovery_print_kit(app: &App, request: PrintKit) -> Result<(), ApiError> {
    let seed = app.with(|notebook| notebook.kit())?;
    let owner = app.with(|notebook| notebook.name())?;
    let page = print_kit(&seed, &owner, &hints(app)?, &request.language)?;
    write_whole(Path::new(&request.path), &page).map_err(|error| unwritable(error.kind()))
}

/// Says which words of the kit a rehearsal asks for, and whether it is time for one.
pub fn recovery_ask_words(app: &App) -> Result<RehearsalView, ApiError> {
    let due_at = app.with(|notebook| notebook.kit_rehearsal_due_at())?;
    let due = due_at.is_some_and(|due_at| due_at <= app.host.clock.now());
    Ok(RehearsalView { asks: ASKED.to_vec(), due })
}

/// Tells whether the words that were asked for are those of the kit.
pub fn recovery_rehearse(app: &App, request: RehearseKit) -> Result<NotebookStatus, ApiError> {
    let given = |number: u8| {
        request.words.iter().find(|one| one.number == number).map_or("", |one| one.word.as_str())
    };
    let typed = ASKED.map(|number| (usize::from(number), given(number)));
    if app.with(|notebook| notebook.rehearse_kit(&typed))? {
        return notebook_status(app);
    }
    Err(ApiError {
        field: Some("words".to_owned()),
        ..ApiError::new(
            ErrorCode::WrongKey,
            "One of these words is another one in the kit. Nothing was touched.",
        )
    })
}

fn kit_file(app: &App, seed: &KitSeed, passphrase: Option<&str>) -> Result<Zeroizing<Vec<u8>>, ApiError> {
    let hints = hints(app)?;
    match passphrase {
        None => Ok(write_open_kit_file(seed, &hints)),
        Some(passphrase) => seal_kit_file(seed, &hints, passphrase).map(Zeroizing::new).map_err(|error| {
            ApiError { field: Some("passphrase".to_owned()), ..say(ErrorCode::Invalid, &error) }
        }),
    }
}

/// Says where the journal is: where it travels through, or else its folder on this computer.
fn hints(app: &App) -> Result<KitHints, ApiError> {
    let places = app.with(|notebook| Ok::<_, NotebookError>(list_places(notebook)?))?;
    let (mut servers, mut folders) = (Vec::new(), Vec::new());
    for place in places {
        match place.address {
            Address::Server(address) => servers.push(address),
            Address::Folder(path) => folders.push(path.to_string_lossy().into_owned()),
        }
    }
    if servers.is_empty() && folders.is_empty() {
        folders.push(app.folder().to_string_lossy().into_owned());
    }
    Ok(KitHints { made_on: app.host.clock.now().format("%Y-%m-%d").to_string(), servers, folders })
}

/// Tells whether words or a file would open this notebook.
pub fn recovery_check_kit(app: &App, request: CheckKit) -> Result<NotebookStatus, ApiError> {
    let seed = kit_to_check(request)?;
    app.with(|notebook| notebook.check_kit(&seed))?;
    notebook_status(app)
}
