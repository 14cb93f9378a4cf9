//! Putting the program together: the profile, the surface, the windows, and what listens beside them.

use std::{fs, path::Path, process::ExitCode, sync::Arc};

use tauri::{AppHandle, Manager as _, RunEvent, Wry};
use tauri_plugin_window_state::StateFlags;
use vv_api::{App, host::Profile};

use crate::{
    commands, events, leaving, menu, preferences, scheme, shell::Shell, start, start::Start, suspend, tray,
    windows,
};

/// Runs the program until it is quit.
pub fn run(start: Start) -> ExitCode {
    speak_little();
    let profile = match Profile::find(start.home.as_deref()) {
        Ok(profile) => profile,
        Err(failure) => {
            eprintln!("{failure}");
            return ExitCode::FAILURE;
        }
    };
    let app = match build(&start, &profile) {
        Ok(app) => app,
        Err(failure) => {
            eprintln!("The window could not be opened: {failure}");
            return ExitCode::FAILURE;
        }
    };
    let code = app.run_return(|app, event| match event {
        // Only quitting by `leaving` ends the program; it closes the notebook first and gives a code.
        RunEvent::ExitRequested { code: None, api, .. } => {
            api.prevent_exit();
            leaving::quit(app);
        }
        #[cfg(target_os = "macos")]
        RunEvent::Reopen { .. } => windows::main::show(app),
        _ => {}
    });
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

fn build(start: &Start, profile: &Profile) -> tauri::Result<tauri::App<Wry>> {
    let folder = profile.folder.clone();
    let surface = Arc::new(App::new(profile.clone()));
    let (for_capture, place) = (start.capture, start.place.clone());

    tauri::Builder::default()
        // First, so that a second start ends before it makes anything.
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .dbus_id(bus_name(&folder))
                .callback(|app, words, _| answer_second_start(app, words))
                .build(),
        )
        .plugin(
            tauri_plugin_window_state::Builder::new()
                .with_filename(folder.join("window.json").to_string_lossy())
                .with_state_flags(
                    StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED | StateFlags::FULLSCREEN,
                )
                .with_denylist(&[windows::capture::LABEL])
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .plugin(tauri_plugin_global_shortcut::Builder::new().build())
        .register_asynchronous_uri_scheme_protocol(scheme::NAME, |context, request, responder| {
            scheme::answer(&context, &request, responder);
        })
        .invoke_handler(commands::handler())
        .on_menu_event(|app, event| menu::choose(app, event.id().as_ref()))
        .setup(move |app| {
            let app = app.handle();
            // The keyring and the disk are asked while the window and its page are made.
            surface.open_early();
            app.manage(Shell::new(surface, folder, for_capture, place));
            events::pass_on(app)?;
            let notebook = app.state::<Shell>().notebook();
            vv_api::keep_ticking(&notebook)?;
            vv_api::keep_syncing(&notebook)?;
            vv_api::keep_linking(&notebook)?;
            vv_api::keep_passing_mail(&notebook)?;
            windows::colours::look_first(app);
            windows::main::make(app, preferences::theme(app))?;
            windows::colours::look(app);
            if for_capture {
                windows::capture::open(app);
            } else {
                windows::main::show(app);
            }
            leaving::listen_to_signals(app);
            suspend::listen(app);
            tray::begin(app);
            Ok(())
        })
        .build(tauri::generate_context!())
}

/// Answers a second start of the same profile: the window that is there comes to the front, at the place that
/// was asked for, or the capture window opens.
fn answer_second_start(app: &AppHandle, words: Vec<String>) {
    match start::read(words.into_iter().skip(1)) {
        Ok(Start { capture: true, .. }) => windows::capture::open(app),
        Ok(Start { place: Some(place), .. }) => windows::main::show_place(app, place),
        _ => windows::main::show(app),
    }
}

/// Names this profile on the session bus: two profiles may run side by side, one profile only once.
fn bus_name(folder: &Path) -> String {
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_path_buf());
    let hash = blake3::hash(folder.as_os_str().as_encoded_bytes()).to_hex();
    format!("org.viceversa.desktop.p{}", &hash[..16])
}

/// Sends warnings to where the program was started from. They hold no word of a person's.
fn speak_little() {
    let subscriber = tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_max_level(tracing::Level::WARN)
        .with_target(false);
    if subscriber.try_init().is_err() {
        eprintln!("warnings are not shown");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_profile_has_a_name_of_its_own_on_the_bus() {
        let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert_ne!(bus_name(one.path()), bus_name(other.path()));
        assert_eq!(bus_name(one.path()), bus_name(&one.path().join(".")));
        assert!(bus_name(one.path()).split('.').all(|part| !part.starts_with(|c: char| c.is_ascii_digit())));
    }
}
