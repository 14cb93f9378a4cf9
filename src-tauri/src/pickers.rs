//! Choosing files and folders in the dialogs of the desktop. The page never sees a path that the person did not choose.

use serde::Deserialize;
use tauri::WebviewWindow;
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};

/// Describes one kind of file that is offered.
#[derive(Debug, Clone, Deserialize)]
pub struct FileFilter {
    /// What the person reads.
    pub name: String,
    /// Endings without a dot.
    pub extensions: Vec<String>,
}

/// Asks for files that exist.
#[derive(Debug, Clone, Deserialize)]
pub struct PickFile {
    /// The title of the dialog.
    pub title: String,
    /// The kinds of files that are offered; none means all.
    #[serde(default)]
    pub filters: Vec<FileFilter>,
    /// Whether more than one may be chosen.
    #[serde(default)]
    pub multiple: bool,
}

/// Asks for a folder that exists.
#[derive(Debug, Clone, Deserialize)]
pub struct PickFolder {
    /// The title of the dialog.
    pub title: String,
}

/// Asks where to write a file.
#[derive(Debug, Clone, Deserialize)]
pub struct PickSave {
    /// The title of the dialog.
    pub title: String,
    /// The name that is proposed.
    pub name: String,
    /// The kinds of files that are offered; none means all.
    #[serde(default)]
    pub filters: Vec<FileFilter>,
}

/// Lets the person choose files. Waits; not for the thread of the windows.
pub fn pick_files(window: &WebviewWindow, ask: &PickFile) -> Vec<String> {
    #[cfg(feature = "automation")]
    if let Some(answer) = scripted::answer() {
        return answer;
    }
    let dialog = dialog(window, &ask.title, &ask.filters);
    let chosen = if ask.multiple {
        dialog.blocking_pick_files().unwrap_or_default()
    } else {
        dialog.blocking_pick_file().into_iter().collect()
    };
    chosen.into_iter().filter_map(as_text).collect()
}

/// Lets the person choose a folder. Waits; not for the thread of the windows.
pub fn pick_folder(window: &WebviewWindow, ask: &PickFolder) -> Option<String> {
    #[cfg(feature = "automation")]
    if let Some(answer) = scripted::answer() {
        return answer.into_iter().next();
    }
    dialog(window, &ask.title, &[]).set_can_create_directories(true).blocking_pick_folder().and_then(as_text)
}

/// Lets the person choose where to write. Waits; not for the thread of the windows.
pub fn pick_save(window: &WebviewWindow, ask: &PickSave) -> Option<String> {
    #[cfg(feature = "automation")]
    if let Some(answer) = scripted::answer() {
        return answer.into_iter().next();
    }
    dialog(window, &ask.title, &ask.filters)
        .set_file_name(plain_name(&ask.name))
        .blocking_save_file()
        .and_then(as_text)
}

fn dialog(window: &WebviewWindow, title: &str, filters: &[FileFilter]) -> FileDialogBuilder<tauri::Wry> {
    let mut dialog = window.dialog().file().set_parent(window).set_title(title);
    for filter in filters {
        let extensions: Vec<&str> = filter.extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(&filter.name, &extensions);
    }
    dialog
}

fn as_text(path: FilePath) -> Option<String> {
    Some(path.into_path().ok()?.to_string_lossy().into_owned())
}

/// Takes what would be a folder out of a proposed name.
fn plain_name(name: &str) -> String {
    name.chars().map(|c| if matches!(c, '/' | '\\' | ':') || c.is_control() { '-' } else { c }).collect()
}

#[cfg(feature = "automation")]
mod scripted {
    //! Answers for tests, which cannot click in a dialog of the desktop. Not part of a build for people.
    //!
    //! `VV_PICKS` names a file; each dialog takes its first line away, paths separated by tabs.

    use std::{env, fs, path::Path};

    pub(super) fn answer() -> Option<Vec<String>> {
        let file = env::var_os("VV_PICKS")?;
        let text = fs::read_to_string(Path::new(&file)).ok()?;
        let (first, rest) = text.split_once('\n').unwrap_or((text.as_str(), ""));
        fs::write(&file, rest).ok()?;
        Some(first.split('\t').filter(|path| !path.is_empty()).map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_cannot_name_a_folder() {
        assert_eq!(plain_name("../a/b:c\\d\n.md"), "..-a-b-c-d-.md");
        assert_eq!(plain_name("Grüße – 1.kit"), "Grüße – 1.kit");
    }
}
