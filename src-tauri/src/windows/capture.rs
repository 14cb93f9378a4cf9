//! The capture window: one line, from anywhere, also while the notebook is locked.
//!
//! It is made soon after the start and kept hidden, so that it opens at once. On Linux it shares the engine's process with the
//! main window, which saves the memory of a second one. What is typed and not kept stays in it when it hides.

use std::time::Duration;

use tauri::{
    AppHandle, Emitter as _, LogicalSize, Manager as _, PhysicalPosition, WebviewWindow, WindowEvent,
};

use super::begin;
use crate::{leaving, preferences, words};

/// The name of the capture window.
pub const LABEL: &str = "capture";

const WIDTH: f64 = 608.0;
const HEIGHT: f64 = 72.0;
/// The heights that the page may ask for.
const HEIGHTS: std::ops::RangeInclusive<f64> = 48.0..=480.0;
/// After so long the focus is where it will stay.
const SETTLED: Duration = Duration::from_millis(200);

/// Makes the window where there is none yet, hidden. On the thread of the windows only.
pub fn prepare(app: &AppHandle) {
    if ready(app).is_none() {
        tracing::warn!("the capture window could not be made");
    }
}

/// Gives the window; makes it where there is none yet. On the thread of the windows only.
fn ready(app: &AppHandle) -> Option<WebviewWindow> {
    app.get_webview_window(LABEL).or_else(|| make(app).ok())
}

/// Gives the window a title in the language that is spoken now.
pub fn follow_language(app: &AppHandle) {
    if let Some(window) = app.get_webview_window(LABEL)
        && window.set_title(words::of(app).capture).is_err()
    {
        tracing::debug!("the title of the capture window could not be changed");
    }
}

fn make(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let builder = begin(app, LABEL, "capture.html", preferences::theme(app))
        .title(words::of(app).capture)
        .inner_size(WIDTH, HEIGHT)
        // GTK gives a window that cannot be resized the height its page would like, not the one it is told.
        .resizable(cfg!(target_os = "linux"))
        .min_inner_size(WIDTH, *HEIGHTS.start())
        .max_inner_size(WIDTH, *HEIGHTS.end())
        .maximizable(false)
        .minimizable(false)
        .decorations(false)
        .always_on_top(true)
        .visible_on_all_workspaces(true)
        .skip_taskbar(true)
        .visible(false);
    #[cfg(target_os = "linux")]
    let builder = match engine::of_main_window(app) {
        Some(view) => builder.with_related_view(view),
        None => builder,
    };
    let window = builder.build()?;
    let events = window.clone();
    window.on_window_event(move |event| match event {
        WindowEvent::Focused(false) => hide_unless_focused(events.app_handle()),
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            hide(events.app_handle());
        }
        _ => {}
    });
    Ok(window)
}

/// Opens the window over whatever is shown, on the screen where the pointer is.
pub fn open(app: &AppHandle) {
    let inner = app.clone();
    let posted = app.run_on_main_thread(move || {
        let Some(window) = ready(&inner) else {
            tracing::warn!("the capture window could not be made");
            return;
        };
        if let Some(place) = place(&window)
            && window.set_position(place).is_err()
        {
            tracing::debug!("the capture window could not be placed");
        }
        let shown = window.show().and_then(|()| window.set_focus());
        if shown.and_then(|()| window.emit_to(LABEL, "capture_opened", ())).is_err() {
            tracing::warn!("the capture window could not be shown");
        }
    });
    if posted.is_err() {
        tracing::warn!("the capture window could not be asked for");
    }
}

/// Finds the place: in the middle, a fifth from the top, of the screen under the pointer.
fn place(window: &WebviewWindow) -> Option<PhysicalPosition<i32>> {
    let pointer = window.cursor_position().ok();
    let monitor = pointer
        .and_then(|at| window.monitor_from_point(at.x, at.y).ok().flatten())
        .or_else(|| window.primary_monitor().ok().flatten())?;
    let width = WIDTH * monitor.scale_factor();
    let (at, size) = (monitor.position(), monitor.size());
    let x = f64::from(at.x) + (f64::from(size.width) - width) / 2.0;
    let y = f64::from(at.y) + f64::from(size.height) / 5.0;
    Some(PhysicalPosition::new(x.round() as i32, y.round() as i32))
}

/// Hides the window when the person went elsewhere. Taking keys from anywhere makes X11 take the focus away for a moment, so
/// only a window that is still without it a little later counts as left.
fn hide_unless_focused(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        tokio::time::sleep(SETTLED).await;
        let left = app.get_webview_window(LABEL).is_some_and(|window| !window.is_focused().unwrap_or(true));
        if left {
            hide(&app);
        }
    });
}

/// Hides the window; what was typed in it stays there.
pub fn hide(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    if !window.is_visible().unwrap_or(false) {
        return;
    }
    if window.hide().is_err() {
        tracing::warn!("the capture window could not be hidden");
    }
    leaving::after_capture(app);
}

/// Gives the window the height that its page needs, within bounds.
pub fn resize(app: &AppHandle, height: f64) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let height = if height.is_finite() { height.clamp(*HEIGHTS.start(), *HEIGHTS.end()) } else { HEIGHT };
    if window.set_size(LogicalSize::new(WIDTH, height)).is_err() {
        tracing::warn!("the capture window could not change its height");
    }
}

#[cfg(target_os = "linux")]
mod engine {
    //! Lends the engine of the main window. It cannot leave the thread of the windows, and does not.

    use std::cell::RefCell;

    use tauri::{AppHandle, Manager as _};
    use webkit2gtk::WebView;

    use crate::windows::main;

    thread_local! {
        static VIEW: RefCell<Option<WebView>> = const { RefCell::new(None) };
    }

    /// Gives the main window's view, when it can be had on this thread.
    pub(super) fn of_main_window(app: &AppHandle) -> Option<WebView> {
        let window = app.get_webview_window(main::LABEL)?;
        window.with_webview(|view| VIEW.with(|place| *place.borrow_mut() = Some(view.inner()))).ok()?;
        VIEW.with(|place| place.borrow_mut().take())
    }
}
