//! Locking, from whichever side it is asked for: the page is asked to save first, then the key is forgotten.

use tauri::{AppHandle, Emitter as _, Manager as _};

use crate::{shell::Shell, windows};

/// Has the page save what is open in its editors. Waits, at most two seconds; not for the thread of the windows.
pub fn flush(app: &AppHandle) {
    let saved = app.state::<Shell>().flushing.ask(|| {
        if app.emit_to(windows::main::LABEL, "flush", ()).is_err() {
            tracing::warn!("the page could not be asked to save");
        }
    });
    if !saved {
        tracing::warn!("the page did not save in time; what was typed last is in its draft");
    }
}

/// Locks, as the menu and the tray ask.
pub fn lock(app: &AppHandle) {
    let app = app.clone();
    drop(tauri::async_runtime::spawn_blocking(move || lock_now(&app)));
}

/// Locks before the computer sleeps, if the person wants that. Waits until it is done.
pub fn lock_for_sleep(app: &AppHandle) {
    if app.state::<Shell>().settings().lock_on_suspend {
        lock_now(app);
    }
}

fn lock_now(app: &AppHandle) {
    flush(app);
    match vv_api::notebook_lock(&app.state::<Shell>().notebook()) {
        Ok(_) => tell(app),
        // A notebook whose key is in the keyring has nothing to lock with; the page says so where it offers it.
        Err(failure) => tracing::debug!(code = ?failure.code, "the notebook did not lock"),
    }
}

/// Tells every page that the notebook is locked.
pub fn tell(app: &AppHandle) {
    if app.emit("locked", ()).is_err() {
        tracing::warn!("the pages could not be told of the lock");
    }
}
