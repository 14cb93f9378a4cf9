//! Closing and quitting: nothing that was typed is lost, and the program does not stay behind unasked.
//!
//! Closing the window hides it when there is a tray to come back from and the person wants that; else it quits. Quitting
//! asks the page to save, closes the notebook and ends.

use std::sync::atomic::Ordering;

use tauri::{AppHandle, Manager as _};

use crate::{
    locking,
    notices::{self, Notice},
    shell::Shell,
    windows,
};

/// Answers the closing of the main window.
pub fn close(app: &AppHandle) {
    let shell = app.state::<Shell>();
    if !shell.has_tray.load(Ordering::Acquire) || !shell.settings().keep_in_tray {
        quit(app);
        return;
    }
    if let Some(window) = app.get_webview_window(windows::main::LABEL)
        && window.hide().is_err()
    {
        tracing::warn!("the window could not be hidden");
    }
    let told_before = shell.memory.now().told_of_tray;
    shell.memory.change(|memory| memory.told_of_tray = true);
    if !told_before {
        notices::show(app, Notice::StaysInTray);
    }
    let app = app.clone();
    in_background(move || {
        // Nobody is heard by a program without a window.
        app.state::<Shell>().notebook().end_recording();
        locking::flush(&app);
    });
}

/// Ends the program once all is saved. A second call does nothing.
pub fn quit(app: &AppHandle) {
    if app.state::<Shell>().is_leaving.swap(true, Ordering::AcqRel) {
        return;
    }
    let app = app.clone();
    in_background(move || {
        locking::flush(&app);
        app.state::<Shell>().close_notebook();
        app.exit(0);
    });
}

/// Ends a program that was started for one captured line and has nothing else to stay for.
pub fn after_capture(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let shown = app
        .get_webview_window(windows::main::LABEL)
        .is_some_and(|window| window.is_visible().unwrap_or(false));
    let stays = shown || shell.has_tray.load(Ordering::Acquire);
    if shell.is_for_capture.load(Ordering::Acquire) && !stays {
        quit(app);
    }
}

/// Ends the program in order when the session ends: the system asks by a signal.
#[cfg(unix)]
pub fn listen_to_signals(app: &AppHandle) {
    use tokio::signal::unix::{SignalKind, signal};

    for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let Ok(mut asked) = signal(kind) else { return };
            if asked.recv().await.is_some() {
                quit(&app);
            }
        });
    }
}

/// Does nothing: the system closes the windows.
#[cfg(not(unix))]
pub fn listen_to_signals(_app: &AppHandle) {}

/// Works on a thread of its own, because waiting for the page must not stop the windows.
fn in_background(work: impl FnOnce() + Send + 'static) {
    drop(tauri::async_runtime::spawn_blocking(work));
}
