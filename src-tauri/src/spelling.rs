//! Spelling: which dictionaries there are, which one the system speaks, and handing them to the window's engine.
//!
//! WebKitGTK checks with the dictionaries of the system and must be told which. The engines of the other systems follow the
//! system by themselves.

use std::{collections::BTreeSet, env, path::PathBuf};

use tauri::{AppHandle, Manager as _};

/// Lists the dictionaries that are installed, such as `en_GB`, in order.
pub fn dictionaries() -> Vec<String> {
    let mut found = BTreeSet::new();
    for folder in folders() {
        let Ok(entries) = folder.read_dir() else { continue };
        for entry in entries.flatten() {
            let path = entry.path();
            if path.extension().is_some_and(|extension| extension == "dic")
                && let Some(name) = path.file_stem().and_then(|stem| stem.to_str())
                && is_language(name)
            {
                found.insert(name.replace('-', "_"));
            }
        }
    }
    found.into_iter().collect()
}

fn folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = [
        "/usr/share/hunspell",
        "/usr/share/myspell",
        "/usr/share/myspell/dicts",
        "/usr/local/share/hunspell",
    ]
    .into_iter()
    .map(PathBuf::from)
    .collect();
    let config = env::var_os("XDG_CONFIG_HOME")
        .map(PathBuf::from)
        .or_else(|| env::var_os("HOME").map(|home| PathBuf::from(home).join(".config")));
    folders.extend(config.map(|config| config.join("enchant/hunspell")));
    folders
}

/// Says whether a name is one of a language: two or three small letters, and perhaps a country.
fn is_language(name: &str) -> bool {
    let mut parts = name.split(['_', '-']);
    let language = parts.next().unwrap_or_default();
    let rest_fits =
        parts.all(|part| (2..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    (2..=3).contains(&language.len()) && language.chars().all(|c| c.is_ascii_lowercase()) && rest_fits
}

/// Chooses the languages to check with: the wanted ones, or else those of the system, as far as they look like languages.
pub fn choose(wanted: &[String], system: &[String], installed: &[String]) -> Vec<String> {
    let fits = |language: &String| is_language(language);
    if !wanted.is_empty() {
        return wanted.iter().filter(|language| fits(language)).cloned().collect();
    }
    let mut chosen: Vec<String> = Vec::new();
    for language in system.iter().filter(|language| fits(language)) {
        let short = language.split('_').next().unwrap_or(language);
        // A system in Austrian German may have the dictionary of German alone.
        let known = installed
            .iter()
            .find(|name| *name == language)
            .or_else(|| installed.iter().find(|name| *name == short))
            .or_else(|| installed.iter().find(|name| name.split('_').next() == Some(short)));
        if let Some(known) = known
            && !chosen.contains(known)
        {
            chosen.push(known.clone());
        }
    }
    chosen
}

/// Lists the languages of the system, the first one first, such as `de_AT`.
pub fn system_languages() -> Vec<String> {
    let list = env::var("LANGUAGE").unwrap_or_default();
    let one = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| env::var(name).ok().filter(|value| !value.is_empty()));
    list.split(':')
        .map(str::to_owned)
        .chain(one)
        .map(|name| name.split(['.', '@']).next().unwrap_or_default().to_owned())
        .filter(|name| is_language(name))
        .collect()
}

/// Turns checking on with these languages (none means the system's), or off, in every window.
#[cfg(target_os = "linux")]
pub fn apply(app: &AppHandle, on: bool, wanted: &[String]) {
    use webkit2gtk::{WebContextExt as _, WebViewExt as _};

    let languages = choose(wanted, &system_languages(), &dictionaries());
    for window in app.webview_windows().into_values() {
        let languages = languages.clone();
        let done = window.with_webview(move |view| {
            let Some(context) = view.inner().context() else { return };
            let names: Vec<&str> = languages.iter().map(String::as_str).collect();
            context.set_spell_checking_languages(&names);
            context.set_spell_checking_enabled(on && !names.is_empty());
        });
        if done.is_err() {
            tracing::warn!("a window could not be told about spelling");
        }
    }
}

/// Does nothing: the engine follows the system, and the page says for each field whether it is checked.
#[cfg(not(target_os = "linux"))]
pub fn apply(_app: &AppHandle, _on: bool, _wanted: &[String]) {}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn what_the_person_wants_comes_before_the_system() {
        assert_eq!(choose(&list(&["fr_FR"]), &list(&["de_AT"]), &list(&["de_AT"])), list(&["fr_FR"]));
    }

    #[test]
    fn the_system_s_language_finds_the_nearest_dictionary() {
        let installed = list(&["de_DE", "en_GB", "en_US"]);
        assert_eq!(choose(&[], &list(&["de_AT", "en_US"]), &installed), list(&["de_DE", "en_US"]));
        assert_eq!(choose(&[], &list(&["C", "POSIX"]), &installed), list(&[]));
    }

    #[test]
    fn a_name_that_is_no_language_is_passed_over() {
        assert_eq!(choose(&list(&["../../x", "en_GB", ""]), &[], &[]), list(&["en_GB"]));
        assert!(is_language("sr_Latn_RS") && !is_language("hyph") && !is_language("C"));
    }
}
