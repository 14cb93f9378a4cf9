//! The control of the start and memory measures: a Tauri window with one text field, and nothing else.
//!
//! It is built by the same compiler with the same settings as the app, so a ratio to it says what the app itself costs.

use std::path::PathBuf;

fn main() {
    // As in the app: the engine lets itself be driven in a lasting context only, and that wants a folder.
    let driven = std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|set| set == "true");
    let folder = std::env::var_os("VV_HOME").map(PathBuf::from);
    tauri::Builder::default()
        .setup(move |app| {
            let mut window = tauri::WebviewWindowBuilder::new(app, "main", tauri::WebviewUrl::default())
                .title("Empty window")
                .inner_size(1280.0, 860.0)
                .incognito(!driven);
            if let Some(folder) = folder.filter(|_| driven) {
                window = window.data_directory(folder.join("engine"));
            }
            window.build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
        .expect("the control window runs");
}
