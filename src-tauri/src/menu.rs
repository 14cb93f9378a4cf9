//! The native menu: what stands in it, and who answers each entry.
//!
//! The shell answers what belongs to the window or the program; the rest goes to the page as the event `menu` with the id of
//! the entry. Keys that edit text are left to the window's engine and the editor, which know where the cursor is.

use tauri::{
    AppHandle, Emitter as _, Manager as _, Wry,
    menu::{Menu, MenuBuilder, MenuItemBuilder, MenuItemKind, SubmenuBuilder},
};
use vv_api::model::settings::Theme;

use crate::{
    leaving, locking, preferences, windows,
    words::{self, Words},
    zoom,
};

/// Lists the entries that the page answers, by the id that the event `menu` carries.
pub const ANSWERED_BY_PAGE: &[&str] = &[
    "new_entry",
    "close_entry",
    "import",
    "export",
    "backup",
    "print",
    "settings",
    "find_in_entry",
    "today",
    "journal",
    "loops",
    "calendar",
    "trash",
    "search",
    "focus_mode",
    "shortcuts",
    "about",
];

/// Builds the menu of the main window in the language that is spoken now.
pub fn build(app: &AppHandle) -> tauri::Result<Menu<Wry>> {
    let words = words::of(app);
    let said = |id: &str| words.of_entry(id).expect("every entry of the menu has its words");
    let entry = |id: &str| MenuItemBuilder::with_id(id, said(id)).build(app);
    let keyed = |id: &str, keys: &str| MenuItemBuilder::with_id(id, said(id)).accelerator(keys).build(app);
    let submenu = |id: &str| SubmenuBuilder::with_id(app, id, said(id));

    let file = submenu("file")
        .item(&keyed("new_entry", "CmdOrCtrl+N")?)
        .item(&entry("capture")?)
        .item(&keyed("close_entry", "CmdOrCtrl+W")?)
        .separator()
        .item(&entry("import")?)
        .item(&entry("export")?)
        .item(&entry("backup")?)
        .item(&keyed("print", "CmdOrCtrl+P")?)
        .separator()
        .item(&keyed("settings", "CmdOrCtrl+,")?)
        .item(&keyed("lock", "CmdOrCtrl+L")?)
        .item(&keyed("quit", "CmdOrCtrl+Q")?)
        .build()?;

    let edit = submenu("edit").item(&entry("undo")?).item(&entry("redo")?).separator();
    // macOS hands these keys to a window only through its menu; elsewhere the engine has them already.
    #[cfg(target_os = "macos")]
    let edit = edit.cut().copy().paste().select_all();
    #[cfg(not(target_os = "macos"))]
    let edit =
        edit.item(&entry("cut")?).item(&entry("copy")?).item(&entry("paste")?).item(&entry("select_all")?);
    let edit = edit.separator().item(&keyed("find_in_entry", "CmdOrCtrl+F")?).build()?;

    let theme = submenu("colours")
        .item(&entry("theme_system")?)
        .item(&entry("theme_light")?)
        .item(&entry("theme_dark")?)
        .build()?;
    let view = submenu("view")
        .item(&keyed("today", "CmdOrCtrl+1")?)
        .item(&keyed("journal", "CmdOrCtrl+2")?)
        .item(&keyed("loops", "CmdOrCtrl+3")?)
        .item(&entry("calendar")?)
        .item(&entry("trash")?)
        .item(&keyed("search", "CmdOrCtrl+K")?)
        .item(&keyed("focus_mode", "CmdOrCtrl+Shift+F")?)
        .separator()
        .item(&keyed("zoom_in", "CmdOrCtrl+=")?)
        .item(&keyed("zoom_out", "CmdOrCtrl+-")?)
        .item(&keyed("zoom_reset", "CmdOrCtrl+0")?)
        .item(&theme)
        .build()?;

    let help = submenu("help").item(&entry("shortcuts")?).item(&entry("about")?).build()?;

    let menu = MenuBuilder::new(app);
    #[cfg(target_os = "macos")]
    let menu = menu.item(
        &SubmenuBuilder::new(app, "Vice Versa")
            .about(Some(tauri::menu::AboutMetadataBuilder::new().name(Some("Vice Versa")).build()))
            .separator()
            .services()
            .separator()
            .hide()
            .hide_others()
            .show_all()
            .build()?,
    );
    let menu = menu.items(&[&file, &edit, &view, &help]).build()?;
    #[cfg(feature = "automation")]
    noted::note(&menu);
    Ok(menu)
}

/// Gives a menu that stands the words of the language that is spoken now. Its keys stay as they are.
pub fn follow_language(app: &AppHandle, menu: &Menu<Wry>) -> tauri::Result<()> {
    rename(words::of(app), &menu.items()?)?;
    #[cfg(feature = "automation")]
    noted::note(menu);
    Ok(())
}

fn rename(words: &Words, entries: &[MenuItemKind<Wry>]) -> tauri::Result<()> {
    for entry in entries {
        let Some(said) = words.of_entry(entry.id().as_ref()) else { continue };
        match entry {
            MenuItemKind::MenuItem(entry) => entry.set_text(said)?,
            MenuItemKind::Submenu(submenu) => {
                submenu.set_text(said)?;
                rename(words, &submenu.items()?)?;
            }
            _ => {}
        }
    }
    Ok(())
}

#[cfg(feature = "automation")]
mod noted {
    //! Notes what the menu says, for tests, which cannot read a menu of the desktop. Not part of a build for people.

    use std::{env, fs};

    use tauri::{Wry, menu::Menu};

    pub(super) fn note(menu: &Menu<Wry>) {
        let Some(file) = env::var_os("VV_MENU") else { return };
        let entries = menu.items().unwrap_or_default();
        let heads: Vec<String> = entries.iter().filter_map(|entry| entry.as_submenu()?.text().ok()).collect();
        if fs::write(file, heads.join(" ")).is_err() {
            tracing::warn!("what the menu says could not be noted");
        }
    }
}

/// Answers an entry that was chosen, in the menu or in the tray.
pub fn choose(app: &AppHandle, id: &str) {
    match id {
        "open" => windows::main::show(app),
        "capture" => windows::capture::open(app),
        "lock" => locking::lock(app),
        "quit" => leaving::quit(app),
        "undo" => undo(app, "historyUndo", "undo"),
        "redo" => undo(app, "historyRedo", "redo"),
        "cut" => edit(app, "Cut"),
        "copy" => edit(app, "Copy"),
        "paste" => edit(app, "Paste"),
        "select_all" => edit(app, "SelectAll"),
        "zoom_in" => zoom::change(app, zoom::Step::In),
        "zoom_out" => zoom::change(app, zoom::Step::Out),
        "zoom_reset" => zoom::change(app, zoom::Step::Reset),
        "theme_system" => preferences::choose_theme(app, Theme::System),
        "theme_light" => preferences::choose_theme(app, Theme::Light),
        "theme_dark" => preferences::choose_theme(app, Theme::Dark),
        id if ANSWERED_BY_PAGE.contains(&id) => {
            if app.emit_to(windows::main::LABEL, "menu", id).is_err() {
                tracing::warn!("the page could not be told of a menu entry");
            }
        }
        _ => tracing::debug!("a menu entry that nobody answers"),
    }
}

/// Has the page take back, or do again, what was typed last. The editor keeps a history of its own and answers the event;
/// where nobody does, the engine's history counts.
fn undo(app: &AppHandle, kind: &'static str, command: &'static str) {
    let script = format!(
        "(() => {{ const at = document.activeElement ?? document.body; \
         const ask = new InputEvent('beforeinput', {{ inputType: '{kind}', bubbles: true, cancelable: true }}); \
         if (at.dispatchEvent(ask)) document.execCommand('{command}'); }})()"
    );
    if let Some(window) = app.get_webview_window(windows::main::LABEL)
        && window.eval(script).is_err()
    {
        tracing::warn!("the page could not be asked to undo");
    }
}

/// Has the window's engine edit what has the cursor, as its own keys would.
#[cfg(target_os = "linux")]
fn edit(app: &AppHandle, command: &'static str) {
    use webkit2gtk::WebViewExt as _;
    if let Some(window) = app.get_webview_window(windows::main::LABEL) {
        let done = window.with_webview(move |view| view.inner().execute_editing_command(command));
        if done.is_err() {
            tracing::warn!("the window could not edit");
        }
    }
}

/// Leaves editing to the page, which knows the same words.
#[cfg(not(target_os = "linux"))]
fn edit(app: &AppHandle, command: &'static str) {
    if let Some(window) = app.get_webview_window(windows::main::LABEL)
        && window.eval(format!("document.execCommand('{command}')")).is_err()
    {
        tracing::warn!("the window could not edit");
    }
}
