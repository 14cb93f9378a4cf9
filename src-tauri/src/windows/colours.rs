//! Light or dark: what the person chose, or else what the desktop shows.
//!
//! On Linux the engine follows GTK, and GTK hears of the desktop's choice in two ways: from the portal, and from its own
//! settings. The shell reads GTK, so that page, paper, menu and tray never disagree.

use std::sync::atomic::Ordering;

use tauri::{AppHandle, Emitter as _, Manager as _, Theme, webview::Color};

use crate::{preferences, shell::Shell, tray};

/// The paper of the pages, so that a window shows it before its page does.
const LIGHT_PAPER: Color = Color(0xfb, 0xf8, 0xf2, 0xff);
const DARK_PAPER: Color = Color(0x1f, 0x1b, 0x18, 0xff);

/// Says whether the windows are dark now.
pub fn is_dark(app: &AppHandle) -> bool {
    app.state::<Shell>().is_dark.load(Ordering::Acquire)
}

/// Gives the colour of the paper.
pub fn paper(dark: bool) -> Color {
    if dark { DARK_PAPER } else { LIGHT_PAPER }
}

/// Looks at what the windows show before there is one. On the thread of the windows only.
pub fn look_first(app: &AppHandle) {
    let shell = app.state::<Shell>();
    let desktop = engine::is_dark(app);
    shell.is_desktop_dark.store(desktop, Ordering::Release);
    let dark = preferences::theme(app).map_or(desktop, |theme| theme == Theme::Dark);
    shell.is_dark.store(dark, Ordering::Release);
}

/// Looks at what the windows show now, and has paper, tray and pages follow. On the thread of the windows only.
pub fn look(app: &AppHandle) {
    let dark = engine::is_dark(app);
    app.state::<Shell>().is_dark.store(dark, Ordering::Release);
    for window in app.webview_windows().into_values() {
        if window.set_background_color(Some(paper(dark))).is_err() {
            tracing::debug!("a window could not change its paper");
        }
    }
    tray::follow_colours(app);
    if app.emit("theme", if dark { "dark" } else { "light" }).is_err() {
        tracing::warn!("the pages could not be told of their colours");
    }
}

/// Answers the desktop when it changed its colours: what the person chose stays.
pub fn answer_desktop(app: &AppHandle, shown: Theme) {
    match preferences::theme(app) {
        Some(chosen) if chosen != shown => set(app, chosen),
        _ => look(app),
    }
}

/// Gives the windows the colours that the person chose; none means those of the desktop. May wait for the desktop's answer.
pub fn choose(app: &AppHandle, chosen: Option<Theme>) {
    match chosen {
        Some(theme) => set(app, theme),
        None => engine::follow_desktop(app),
    }
}

fn set(app: &AppHandle, theme: Theme) {
    for window in app.webview_windows().into_values() {
        if window.set_theme(Some(theme)).is_err() {
            tracing::warn!("a window could not change its colours");
        }
    }
}

#[cfg(target_os = "linux")]
mod engine {
    use std::sync::atomic::Ordering;

    use gtk::prelude::GtkSettingsExt as _;
    use tauri::{AppHandle, Manager as _, Theme};

    use super::set;
    use crate::shell::Shell;

    /// Reads GTK, as the engine does.
    pub(super) fn is_dark(_app: &AppHandle) -> bool {
        gtk::Settings::default().is_some_and(|settings| {
            let named = settings.gtk_theme_name().is_some_and(|name| name.to_lowercase().ends_with("-dark"));
            settings.is_gtk_application_prefer_dark_theme() || named
        })
    }

    /// Asks the portal, and where there is none takes what GTK said at the start.
    pub(super) fn follow_desktop(app: &AppHandle) {
        let dark =
            ask_portal().unwrap_or_else(|| app.state::<Shell>().is_desktop_dark.load(Ordering::Acquire));
        set(app, if dark { Theme::Dark } else { Theme::Light });
    }

    fn ask_portal() -> Option<bool> {
        let bus = zbus::blocking::Connection::session().ok()?;
        let portal = zbus::blocking::Proxy::new(
            &bus,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )
        .ok()?;
        let scheme: zbus::zvariant::OwnedValue =
            portal.call("ReadOne", &("org.freedesktop.appearance", "color-scheme")).ok()?;
        Some(u32::try_from(scheme).ok()? == 1)
    }
}

#[cfg(not(target_os = "linux"))]
mod engine {
    use tauri::{AppHandle, Manager as _, Theme};

    use super::look;
    use crate::windows::main;

    /// Asks the window, which follows the system.
    pub(super) fn is_dark(app: &AppHandle) -> bool {
        app.get_webview_window(main::LABEL).and_then(|window| window.theme().ok()) == Some(Theme::Dark)
    }

    /// Lets the windows follow the system again.
    pub(super) fn follow_desktop(app: &AppHandle) {
        for window in app.webview_windows().into_values() {
            if window.set_theme(None).is_err() {
                tracing::warn!("a window could not change its colours");
            }
        }
        look(app);
    }
}
