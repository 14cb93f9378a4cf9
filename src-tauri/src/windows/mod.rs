//! The two windows: the main one, and the one-line capture window.
//!
//! Both show the program's own pages and nothing else: no other address loads, no window opens from them, nothing is
//! downloaded, and the engine keeps nothing on disk.

pub mod capture;
pub mod main;

use tauri::{
    AppHandle, Manager as _, Theme, WebviewUrl, WebviewWindowBuilder, Wry,
    webview::{Color, NewWindowResponse},
};

use crate::{environment, links, shell::Shell};

/// The paper of the pages, so that a window shows it before its page does.
const LIGHT_PAPER: Color = Color(0xfb, 0xf8, 0xf2, 0xff);
const DARK_PAPER: Color = Color(0x1f, 0x1b, 0x18, 0xff);

/// Begins a window that is closed to everything but the program's own pages.
fn begin<'a>(
    app: &'a AppHandle,
    label: &str,
    page: &str,
    theme: Option<Theme>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .theme(theme)
        .background_color(paper(theme.unwrap_or(Theme::Light)))
        .on_navigation(links::is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);

    let driven = environment::is_driven_by_tests();
    // A window that tests drive cannot be incognito on Linux: WebKitGTK lets itself be driven in a lasting context only.
    let builder = builder.incognito(!driven);
    // Such a context wants a folder, and so does WebView2 even when incognito; it shall not lie outside of the profile.
    if driven || cfg!(windows) {
        builder.data_directory(app.state::<Shell>().profile.join("engine"))
    } else {
        builder
    }
}

/// Gives the colour of the paper.
fn paper(theme: Theme) -> Color {
    if theme == Theme::Dark { DARK_PAPER } else { LIGHT_PAPER }
}

/// Says whether the windows are dark now.
pub fn is_dark(app: &AppHandle) -> bool {
    app.get_webview_window(main::LABEL).and_then(|window| window.theme().ok()) == Some(Theme::Dark)
}

/// Gives the windows these colours; none follows the system.
pub fn set_theme(app: &AppHandle, theme: Option<Theme>) {
    for window in app.webview_windows().into_values() {
        if window.set_theme(theme).is_err() {
            tracing::warn!("a window could not change its colours");
        }
    }
    paint_paper(app);
}

/// Gives the windows the paper of their colours.
pub fn paint_paper(app: &AppHandle) {
    for window in app.webview_windows().into_values() {
        let theme = window.theme().unwrap_or(Theme::Light);
        if window.set_background_color(Some(paper(theme))).is_err() {
            tracing::debug!("a window could not change its paper");
        }
    }
}
