//! The two windows: the main one, and the one-line capture window.
//!
//! Both show the program's own pages and nothing else: no other address loads, no window opens from them, nothing is
//! downloaded, and the engine keeps nothing on disk.

pub mod capture;
pub mod colours;
pub mod main;

use tauri::{
    AppHandle, Manager as _, Theme, WebviewUrl, WebviewWindowBuilder, Wry, webview::NewWindowResponse,
};

use crate::{environment, links, shell::Shell};

/// Begins a window that is closed to everything but the program's own pages.
fn begin<'a>(
    app: &'a AppHandle,
    label: &str,
    page: &str,
    theme: Option<Theme>,
) -> WebviewWindowBuilder<'a, Wry, AppHandle> {
    let builder = WebviewWindowBuilder::new(app, label, WebviewUrl::App(page.into()))
        .theme(theme)
        .background_color(colours::paper(colours::is_dark(app)))
        .on_navigation(links::is_own_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false);

    #[cfg(feature = "automation")]
    let builder = builder.initialization_script(with_clock_of_tests());
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

/// Sets the page's clock ahead as far as a test has set that of the program.
#[cfg(feature = "automation")]
fn with_clock_of_tests() -> String {
    let ahead = vv_api::host::ahead().num_milliseconds();
    format!(
        "if ({ahead}) {{ const Real = Date; globalThis.Date = class extends Real {{ \
         constructor(...given) {{ given.length ? super(...given) : super(Real.now() + {ahead}); }} \
         static now() {{ return Real.now() + {ahead}; }} }}; }}"
    )
}
