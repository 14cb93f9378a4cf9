//! In which language a run of `vv` gives what comes with the app. The words of `vv` itself are English.

use vv_api::App;

/// Chooses the language: what was asked for, else what was chosen for this computer or its system prefers.
pub fn chosen(app: &App, asked: Option<String>) -> String {
    let spoken = || vv_api::language(&vv_api::settings_read(app).unwrap_or_default()).tag().to_owned();
    asked.unwrap_or_else(spoken)
}
