//! The tray: a mark in the desktop's bar, with quick capture a click away.
//!
//! Not every desktop has one. On Linux the program asks on the session bus first; without a tray nothing is lost but the tray,
//! and closing the window quits.

use std::sync::atomic::Ordering;

use tauri::{
    AppHandle, Manager as _, Wry,
    image::Image,
    menu::{Menu, MenuBuilder},
    tray::{MouseButton, MouseButtonState, TrayIconBuilder, TrayIconEvent},
};

use crate::{menu, shell::Shell, windows, words};

const DARK_MARK: &[u8] = include_bytes!("../../icons/tray.png");
const LIGHT_MARK: &[u8] = include_bytes!("../../icons/tray-light.png");
const ID: &str = "tray";

/// Puts the mark into the bar, if there is one. Looks on a thread of its own, so that the window does not wait.
pub fn begin(app: &AppHandle) {
    let app = app.clone();
    let begun = std::thread::Builder::new().name("tray".to_owned()).spawn(move || {
        if !has_bar() {
            return;
        }
        let inner = app.clone();
        let posted = app.run_on_main_thread(move || match put(&inner) {
            Ok(()) => inner.state::<Shell>().has_tray.store(true, Ordering::Release),
            Err(_) => tracing::warn!("the tray could not be used"),
        });
        if posted.is_err() {
            tracing::debug!("the program ended before it had a tray");
        }
    });
    if begun.is_err() {
        tracing::warn!("no thread to look for a tray");
    }
}

/// Says whether somebody shows tray icons.
#[cfg(target_os = "linux")]
fn has_bar() -> bool {
    let owned = || -> zbus::Result<bool> {
        let bus = zbus::blocking::Connection::session()?;
        let names = zbus::blocking::fdo::DBusProxy::new(&bus)?;
        Ok(names.name_has_owner("org.kde.StatusNotifierWatcher".try_into()?)?)
    };
    owned().unwrap_or(false)
}

#[cfg(not(target_os = "linux"))]
fn has_bar() -> bool {
    true
}

fn entries(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let words = words::of(app);
    MenuBuilder::new(app)
        .text("open", words.open)
        .text("capture", words.capture)
        .separator()
        .text("lock", words.lock)
        .text("quit", words.quit)
        .build()
}

/// Speaks the language that is spoken now.
pub fn follow_language(app: &AppHandle) {
    if let Some(tray) = app.tray_by_id(ID)
        && entries(app).and_then(|entries| tray.set_menu(Some(entries))).is_err()
    {
        tracing::warn!("the tray's menu could not be changed");
    }
}

fn put(app: &AppHandle) -> tauri::Result<()> {
    let entries = entries(app)?;
    let builder = TrayIconBuilder::with_id(ID)
        .icon(Image::from_bytes(if is_bar_dark(app) { LIGHT_MARK } else { DARK_MARK })?)
        .icon_as_template(cfg!(target_os = "macos"))
        .tooltip("Vice Versa")
        .menu(&entries)
        .show_menu_on_left_click(cfg!(target_os = "macos"))
        .on_tray_icon_event(|tray, event| {
            let is_click = matches!(
                event,
                TrayIconEvent::Click { button: MouseButton::Left, button_state: MouseButtonState::Up, .. }
            );
            if is_click && !cfg!(target_os = "macos") {
                windows::main::show(tray.app_handle());
            }
        })
        .on_menu_event(|app, event| menu::choose(app, event.id().as_ref()));

    // The library behind the tray ends in a panic, not in an error, where the system lacks its half.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| builder.build(app)))
        .unwrap_or_else(|_| Err(tauri::Error::Io(std::io::ErrorKind::Unsupported.into())))
        .map(|_| ())
}

/// Says whether the bar is dark. GNOME's always is; the others follow the colours of the windows.
fn is_bar_dark(app: &AppHandle) -> bool {
    let gnome =
        std::env::var("XDG_CURRENT_DESKTOP").is_ok_and(|name| name.to_ascii_uppercase().contains("GNOME"));
    gnome || windows::colours::is_dark(app)
}

/// Changes the mark when the colours of the desktop change.
pub fn follow_colours(app: &AppHandle) {
    if let Some(tray) = app.tray_by_id(ID)
        && let Ok(mark) = Image::from_bytes(if is_bar_dark(app) { LIGHT_MARK } else { DARK_MARK })
        && tray.set_icon_with_as_template(Some(mark), cfg!(target_os = "macos")).is_err()
    {
        tracing::debug!("the tray's mark could not be changed");
    }
}
