//! What the person chose for this computer, as far as the shell has to act on it: colours, keys, spelling.

use std::sync::atomic::Ordering;

use tauri::{AppHandle, Manager as _};
use vv_api::model::settings::{Settings, Theme};

use crate::{hotkey, shell::Shell, spelling, tray, windows};

/// Gives the chosen colours; none follows the system.
pub fn theme(app: &AppHandle) -> Option<tauri::Theme> {
    as_window_theme(app.state::<Shell>().settings().theme)
}

fn as_window_theme(theme: Theme) -> Option<tauri::Theme> {
    match theme {
        Theme::System => None,
        Theme::Light => Some(tauri::Theme::Light),
        Theme::Dark => Some(tauri::Theme::Dark),
    }
}

/// Acts on settings that were just changed; only on what is no longer the same.
pub fn apply(app: &AppHandle, before: &Settings, now: &Settings) {
    if before.theme != now.theme {
        windows::colours::choose(app, as_window_theme(now.theme));
    }
    if vv_api::language(before) != vv_api::language(now) {
        follow_language(app);
    }
    if before.capture_shortcut != now.capture_shortcut {
        hotkey::apply(app, &now.capture_shortcut);
    }
    if before.spell_check != now.spell_check || before.spell_languages != now.spell_languages {
        spelling::apply(app, now.spell_check, &now.spell_languages);
    }
}

/// Has menu, tray and window titles speak the language that is spoken now.
fn follow_language(app: &AppHandle) {
    let inner = app.clone();
    let posted = app.run_on_main_thread(move || {
        windows::main::follow_language(&inner);
        windows::capture::follow_language(&inner);
        tray::follow_language(&inner);
    });
    if posted.is_err() {
        tracing::debug!("the program ended before it spoke another language");
    }
}

/// Acts on the settings at the start.
pub fn apply_first(app: &AppHandle) {
    let settings = app.state::<Shell>().settings();
    hotkey::apply(app, &settings.capture_shortcut);
    spelling::apply(app, settings.spell_check, &settings.spell_languages);
}

/// Chooses colours from the menu; kept like a choice in Settings.
pub fn choose_theme(app: &AppHandle, theme: Theme) {
    let app = app.clone();
    drop(tauri::async_runtime::spawn_blocking(move || {
        let before = app.state::<Shell>().settings();
        if app.state::<Shell>().is_leaving.load(Ordering::Acquire) {
            return;
        }
        let wanted = Settings { theme, ..before.clone() };
        match vv_api::settings_change(&app.state::<Shell>().notebook(), wanted) {
            Ok(now) => apply(&app, &before, &now),
            Err(failure) => tracing::warn!(code = ?failure.code, "the colours could not be kept"),
        }
    }));
}
