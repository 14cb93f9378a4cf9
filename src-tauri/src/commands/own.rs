//! The calls that only a desktop can answer. They know nothing of the journal but the ids of its files.

use std::sync::{PoisonError, atomic::Ordering};

use serde::Serialize;
use tauri::{
    AppHandle, State, WebviewWindow, Wry,
    ipc::{Invoke, Response},
};
use tauri_plugin_opener::OpenerExt as _;
use vv_api::error::{ApiError, ErrorCode};

use super::away;
use crate::{
    hotkey::Hotkey,
    links,
    pickers::{self, PickFile, PickFolder, PickSave},
    shell::Shell,
    spelling, windows,
};

/// Writes the list of handlers twice: for calls, and for the test that compares names.
macro_rules! handled {
    ($($name:ident),* $(,)?) => {
        /// Gives a call of the shell to its handler.
        pub(super) fn handler() -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }

        /// Names every handler of this file.
        #[cfg(test)]
        pub(super) const HANDLED: &[&str] = &[$(stringify!($name)),*];
    };
}

handled!(
    shell_state,
    shell_touch,
    shell_flushed,
    shell_take_place,
    shell_pick_file,
    shell_pick_folder,
    shell_pick_save,
    shell_read_file,
    shell_open_link,
    shell_print,
    shell_spell,
    shell_capture_close,
    shell_capture_resize,
);

/// Says what this desktop can do.
#[derive(Debug, Serialize)]
struct ShellState {
    version: &'static str,
    platform: &'static str,
    tray: bool,
    theme: &'static str,
    hotkey: Hotkey,
    dictionaries: Vec<String>,
    /// The language the system asks for, among those that are spoken here.
    language: String,
    /// The locale in which the system writes dates and numbers; empty when it does not say.
    formats: String,
    /// Whether sleep is heard of beforehand, so that the notebook can lock on it.
    suspend_lock: bool,
}

/// Says what this desktop can do. A page that asks listens, and is asked to save from now on.
#[tauri::command]
async fn shell_state(
    window: WebviewWindow,
    app: AppHandle,
    shell: State<'_, Shell>,
) -> Result<ShellState, ApiError> {
    if window.label() == windows::main::LABEL {
        shell.flushing.listens();
    }
    let hotkey = shell.hotkey.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let tray = shell.has_tray.load(Ordering::Acquire);
    away(move || {
        Ok(ShellState {
            version: env!("CARGO_PKG_VERSION"),
            platform: if cfg!(target_os = "macos") {
                "macos"
            } else if cfg!(windows) {
                "windows"
            } else {
                "linux"
            },
            tray,
            theme: if windows::colours::is_dark(&app) { "dark" } else { "light" },
            hotkey,
            dictionaries: spelling::dictionaries(),
            language: language(),
            formats: vv_api::system_formats(),
            suspend_lock: cfg!(target_os = "linux"),
        })
    })
    .await
}

/// Notes that somebody is at the keyboard.
#[tauri::command]
async fn shell_touch(shell: State<'_, Shell>) -> Result<(), ApiError> {
    shell.touch();
    Ok(())
}

/// Takes the page's word that all is saved.
#[tauri::command]
async fn shell_flushed(shell: State<'_, Shell>) -> Result<(), ApiError> {
    shell.flushing.is_answered();
    Ok(())
}

/// Gives the place that was asked for from elsewhere, once.
#[tauri::command]
async fn shell_take_place(shell: State<'_, Shell>) -> Result<Option<String>, ApiError> {
    Ok(shell.place.lock().unwrap_or_else(PoisonError::into_inner).take())
}

/// Lets the person choose files.
#[tauri::command]
async fn shell_pick_file(window: WebviewWindow, request: PickFile) -> Result<Vec<String>, ApiError> {
    away(move || Ok(pickers::pick_files(&window, &request))).await
}

/// Lets the person choose a folder.
#[tauri::command]
async fn shell_pick_folder(window: WebviewWindow, request: PickFolder) -> Result<Option<String>, ApiError> {
    away(move || Ok(pickers::pick_folder(&window, &request))).await
}

/// Lets the person choose where to write a file.
#[tauri::command]
async fn shell_pick_save(window: WebviewWindow, request: PickSave) -> Result<Option<String>, ApiError> {
    away(move || Ok(pickers::pick_save(&window, &request))).await
}

/// Gives the bytes of a file of an entry as they are. Sound needs them: the engine plays none from a scheme of ours.
#[tauri::command]
async fn shell_read_file(shell: State<'_, Shell>, request: String) -> Result<Response, ApiError> {
    let notebook = shell.notebook();
    away(move || vv_api::read_attachment(&notebook, &request).map(|file| Response::new(file.bytes))).await
}

/// Opens an address of the web or of mail outside of the window.
#[tauri::command]
async fn shell_open_link(app: AppHandle, request: String) -> Result<(), ApiError> {
    let Some(url) = links::openable(&request) else {
        return Err(ApiError::about(
            "url",
            "This link leads neither to the web nor to mail, so it was not opened.",
        ));
    };
    away(move || {
        #[cfg(feature = "automation")]
        if outside::note(&url) {
            return Ok(());
        }
        app.opener().open_url(url, None::<&str>).map_err(|_| {
            ApiError::new(
                ErrorCode::Internal,
                "No program of this computer opened the link. Nothing else happened.",
            )
        })
    })
    .await
}

/// Opens the print dialog of the system.
#[tauri::command]
async fn shell_print(window: WebviewWindow) -> Result<(), ApiError> {
    window.print().map_err(|_| {
        ApiError::new(ErrorCode::Internal, "The print dialog did not open. Nothing was printed.")
    })
}

/// Checks spelling with these dictionaries; none means the system's.
#[tauri::command]
async fn shell_spell(app: AppHandle, request: Vec<String>) -> Result<(), ApiError> {
    away(move || {
        spelling::apply(&app, true, &request);
        Ok(())
    })
    .await
}

/// Hides the capture window.
#[tauri::command]
async fn shell_capture_close(app: AppHandle) -> Result<(), ApiError> {
    windows::capture::hide(&app);
    Ok(())
}

/// Gives the capture window the height its page needs, in CSS pixels.
#[tauri::command]
async fn shell_capture_resize(app: AppHandle, request: f64) -> Result<(), ApiError> {
    windows::capture::resize(&app, request);
    Ok(())
}

/// Gives the language the system asks for. Tests and pictures may name one that is offered to nobody.
fn language() -> String {
    #[cfg(feature = "automation")]
    if let Ok(named) = std::env::var("VV_LANGUAGE") {
        return named;
    }
    vv_api::system_language().tag().to_owned()
}

#[cfg(feature = "automation")]
mod outside {
    //! Notes what would be opened, for tests, which have no browser. Not part of a build for people.

    use std::{env, fs::OpenOptions, io::Write as _};

    pub(super) fn note(url: &tauri::Url) -> bool {
        let Some(file) = env::var_os("VV_OPENED") else { return false };
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(file)
            .and_then(|mut file| writeln!(file, "{url}"))
            .is_ok()
    }
}
