//! In which language a run of `vv` gives what comes with the app. The words of `vv` itself are English.

use std::env;

use vv_api::App;

/// Chooses the language: what was asked for, else the setting of this computer, else what the environment says.
pub fn chosen(app: &App, asked: Option<String>) -> String {
    let set = || vv_api::settings_read(app).ok().map(|settings| settings.language);
    asked.or_else(set).filter(|language| !language.is_empty()).unwrap_or_else(of_environment)
}

/// Reads the first of the variables that says anything, as the C library does.
fn of_environment() -> String {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    named.into_iter().find(|language| !language.is_empty()).unwrap_or_default()
}
