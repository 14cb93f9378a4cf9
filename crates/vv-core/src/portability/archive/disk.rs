//! A folder of the disk as a tree. No symbolic link is followed and nothing outside is looked at.

use std::fs::{self, Metadata};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, Utc};

use super::{DEEPEST, IN_TRASH, Lying, TRASH, Tree, TreeFile, is_settings};

/// Lists a folder.
pub(super) fn read(root: &Path, stop: &AtomicBool) -> io::Result<Tree> {
    let name = match root.file_name() {
        Some(name) => name.to_string_lossy().into_owned(),
        // `.` and the like: the folder has a name all the same.
        None => fs::canonicalize(root)?
            .file_name()
            .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
    };
    let mut tree = Tree { name, ..Tree::default() };
    let mut open = vec![(root.to_owned(), String::new(), 0)];
    while let Some((at, path, depth)) = open.pop() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            Err(_) => {
                tree.skipped.push((path, "the system does not allow this folder to be read"));
                continue;
            }
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let inner = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
            let kind = entry.file_type()?;
            // Programs keep their own things in hidden folders and files; one of them says how to read the rest.
            if name.starts_with('.') {
                if name == ".obsidian" && kind.is_dir() {
                    take_settings(&mut tree, &entry.path(), &inner);
                } else if name == TRASH {
                    tree.skipped.push((inner, IN_TRASH));
                }
                continue;
            }
            if kind.is_symlink() {
                tree.skipped.push((inner, "it is a symbolic link, and links are not followed"));
            } else if kind.is_dir() && depth < DEEPEST {
                open.push((entry.path(), inner, depth + 1));
            } else if kind.is_dir() {
                tree.skipped.push((inner, "the folders lie too deep in one another"));
            } else if kind.is_file() {
                let found = entry.metadata()?;
                tree.files.push(file(inner, &entry.path(), &found));
            }
        }
    }
    Ok(tree)
}

/// Makes the tree of one file.
pub(super) fn one(path: &Path, found: &Metadata) -> Tree {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Tree {
        name: super::stem_of(path),
        files: vec![file(name, path, found)],
        is_single: true,
        ..Tree::default()
    }
}

fn take_settings(tree: &mut Tree, at: &Path, inner: &str) {
    let Ok(entries) = fs::read_dir(at) else { return };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file
            && is_settings(&[".obsidian", &name])
            && let Ok(found) = entry.metadata()
        {
            tree.settings.push(file(format!("{inner}/{name}"), &entry.path(), &found));
        }
    }
}

fn file(path: String, at: &Path, found: &Metadata) -> TreeFile {
    TreeFile {
        path,
        lies: Lying::Disk(at.to_owned()),
        size: found.len(),
        modified: found.modified().ok().map(DateTime::<Utc>::from),
    }
}

/// Tells whether there is a file at the path and no symbolic link on the way.
pub(crate) fn is_plain_file(root: &Path, inner: &str) -> bool {
    let mut at = root.to_owned();
    let parts: Vec<&str> = inner.split('/').collect();
    parts.iter().enumerate().all(|(number, part)| {
        at.push(part);
        let last = number + 1 == parts.len();
        fs::symlink_metadata(&at).is_ok_and(|found| if last { found.is_file() } else { found.is_dir() })
    })
}
