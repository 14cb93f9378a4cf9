//! The main window: its size and place, what it does when it is closed, and files that are dropped on it.

use std::sync::PoisonError;

use serde::Serialize;
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, PhysicalPosition, Theme, WebviewWindow,
    WindowEvent, webview::PageLoadEvent,
};

use super::{begin, colours};
use crate::{leaving, menu, settling, shell::Shell, zoom};

/// The name of the main window.
pub const LABEL: &str = "main";

/// Carries files that were dropped, and where, in CSS pixels.
#[derive(Clone, Serialize)]
struct FileDrop {
    paths: Vec<String>,
    x: f64,
    y: f64,
}

/// Says where files hover over the page, in CSS pixels.
#[derive(Clone, Serialize)]
struct FileHover {
    over: bool,
    x: f64,
    y: f64,
}

/// Makes the window, in the place it had last, hidden.
pub fn make(app: &AppHandle, theme: Option<Theme>) -> tauri::Result<WebviewWindow> {
    let builder = begin(app, LABEL, "index.html", theme)
        .title("Vice Versa")
        .inner_size(1280.0, 860.0)
        .min_inner_size(720.0, 520.0)
        .center()
        .prevent_overflow()
        .visible(false)
        .on_page_load(|window, load| {
            let app = window.app_handle();
            match load.event() {
                PageLoadEvent::Started => app.state::<Shell>().flushing.went_away(),
                PageLoadEvent::Finished => {
                    zoom::apply(app);
                    settling::begin(app);
                }
            }
        });
    #[cfg(not(target_os = "macos"))]
    let builder = builder.menu(menu::build(app)?);
    #[cfg(target_os = "macos")]
    app.set_menu(menu::build(app)?)?;

    let window = builder.build()?;
    let events = window.clone();
    window.on_window_event(move |event| answer(&events, event));
    Ok(window)
}

/// Has the menu speak the language that is spoken now.
pub fn follow_language(app: &AppHandle) {
    #[cfg(not(target_os = "macos"))]
    let menu = app.get_webview_window(LABEL).and_then(|window| window.menu());
    #[cfg(target_os = "macos")]
    let menu = app.menu();
    if menu.is_some_and(|menu| menu::follow_language(app, &menu).is_err()) {
        tracing::warn!("the words of the menu could not be changed");
    }
}

/// Shows the window and brings it to the front.
pub fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(LABEL) else { return };
    let shown =
        window.show().and_then(|()| if window.is_minimized()? { window.unminimize() } else { Ok(()) });
    if shown.and_then(|()| window.set_focus()).is_err() {
        tracing::warn!("the window could not be shown");
    }
}

/// Shows the window and asks its page to go to a place. The page takes it when it can: a journal that is locked shows nothing.
pub fn show_place(app: &AppHandle, place: String) {
    *app.state::<Shell>().place.lock().unwrap_or_else(PoisonError::into_inner) = Some(place);
    show(app);
    if app.emit_to(LABEL, "place", ()).is_err() {
        tracing::warn!("the page could not be told of an address");
    }
}

fn answer(window: &WebviewWindow, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            leaving::close(window.app_handle());
        }
        WindowEvent::DragDrop(event) => answer_files(window, event),
        WindowEvent::ThemeChanged(shown) => colours::answer_desktop(window.app_handle(), *shown),
        _ => {}
    }
}

fn answer_files(window: &WebviewWindow, event: &DragDropEvent) {
    let scale = window.scale_factor().unwrap_or(1.0) * window.state::<Shell>().memory.now().zoom;
    let place = |position: &PhysicalPosition<f64>| (position.x / scale, position.y / scale);
    let told = match event {
        DragDropEvent::Drop { paths, position } => {
            let (x, y) = place(position);
            let paths = paths.iter().map(|path| path.to_string_lossy().into_owned()).collect();
            window.emit_to(LABEL, "file_drop", FileDrop { paths, x, y })
        }
        DragDropEvent::Enter { position, .. } | DragDropEvent::Over { position } => {
            let (x, y) = place(position);
            window.emit_to(LABEL, "file_hover", FileHover { over: true, x, y })
        }
        DragDropEvent::Leave => {
            window.emit_to(LABEL, "file_hover", FileHover { over: false, x: 0.0, y: 0.0 })
        }
        _ => Ok(()),
    };
    if told.is_err() {
        tracing::warn!("the page could not be told of dropped files");
    }
}
