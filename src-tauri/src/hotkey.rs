//! The keys that open the capture window from anywhere.
//!
//! On X11, Windows and macOS the program asks the system for them. Wayland gives no program such keys; there the person binds
//! a command in the desktop's settings, and the hint says which.

use std::sync::PoisonError;

use serde::Serialize;
use tauri::{AppHandle, Manager as _};
use tauri_plugin_global_shortcut::{GlobalShortcutExt as _, ShortcutState};

use crate::{shell::Shell, windows};

/// Says whether the keys work, and if not, what to do instead.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Hotkey {
    /// Whether the keys open the capture window now.
    pub ok: bool,
    /// What the person can do instead.
    pub hint: Option<String>,
}

const BIND: &str = "Bind the command “vice-versa --capture” to keys of your choice in the keyboard settings of your desktop.";

/// Asks the system for these keys in the place of those before. Empty means none.
pub fn apply(app: &AppHandle, keys: &str) {
    let hotkey = register(app, keys.trim());
    *app.state::<Shell>().hotkey.lock().unwrap_or_else(PoisonError::into_inner) = hotkey;
}

fn register(app: &AppHandle, keys: &str) -> Hotkey {
    if is_wayland() {
        return Hotkey {
            ok: false,
            hint: Some(format!("On this desktop a program cannot take keys for itself. {BIND}")),
        };
    }
    let shortcuts = app.global_shortcut();
    if shortcuts.unregister_all().is_err() {
        tracing::debug!("the keys before could not be given back");
    }
    if keys.is_empty() {
        return Hotkey::default();
    }
    let registered = shortcuts.on_shortcut(keys, |app, _, event| {
        if event.state() == ShortcutState::Pressed {
            windows::capture::open(app);
        }
    });
    match registered {
        Ok(()) => Hotkey { ok: true, hint: None },
        Err(_) => {
            let hint = format!(
                "These keys are taken by another program, or are not keys. Choose others. Or: {BIND}"
            );
            Hotkey { ok: false, hint: Some(hint) }
        }
    }
}

/// Says whether the windows are Wayland's own, not those of X11 inside it.
fn is_wayland() -> bool {
    if !cfg!(target_os = "linux") {
        return false;
    }
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    !set("WAYLAND_DISPLAY").is_empty()
        && set("GDK_BACKEND").split(',').next().is_none_or(|first| first != "x11")
}
