//! A folder that is imported: which notes and files lie in it. No symbolic link is followed and nothing outside is looked at,
//! so a folder from a stranger can name whatever it likes.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

/// How deep folders are entered.
const DEEPEST: usize = 64;

/// Is one file of the folder.
#[derive(Debug, Clone)]
pub(crate) struct FoundFile {
    /// Its path inside the folder, with `/` between the names.
    pub(crate) path: String,
    /// Where it lies.
    pub(crate) at: PathBuf,
}

/// Is what a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target<'a> {
    /// The note of this number.
    Note(usize),
    /// Another file of the folder.
    File(&'a str),
    /// Nothing that is there.
    Missing,
    /// Something outside the folder.
    Outside,
}

/// Holds what lies in a folder.
#[derive(Debug, Default)]
pub(crate) struct Folder {
    /// Its own name.
    pub(crate) name: String,
    /// The notes, in order of their paths.
    pub(crate) notes: Vec<FoundFile>,
    /// What was passed over, and why.
    pub(crate) skipped: Vec<(String, &'static str)>,
    /// Every other file by its path.
    files: HashMap<String, PathBuf>,
    note_by_path: HashMap<String, usize>,
    /// Notes by the name without ending, files by the name with it, without regard to case; none where several bear it.
    note_by_name: HashMap<String, Option<usize>>,
    file_by_name: HashMap<String, Option<String>>,
}

impl Folder {
    /// Lists a folder.
    pub(crate) fn read(root: &Path) -> io::Result<Self> {
        let mut folder = Self { name: name_of(root), ..Self::default() };
        let mut open = vec![(root.to_owned(), String::new(), 0)];
        while let Some((at, path, depth)) = open.pop() {
            let entries = match fs::read_dir(&at) {
                Ok(entries) => entries,
                Err(error) if depth == 0 => return Err(error),
                Err(_) => {
                    folder.skipped.push((path, "the system does not allow this folder to be read"));
                    continue;
                }
            };
            for entry in entries {
                let entry = entry?;
                let name = entry.file_name().to_string_lossy().into_owned();
                // Programs keep their own things in hidden folders and files.
                if name.starts_with('.') {
                    continue;
                }
                let inner = if path.is_empty() { name } else { format!("{path}/{name}") };
                let kind = entry.file_type()?;
                if kind.is_symlink() {
                    folder.skipped.push((inner, "it is a symbolic link, and links are not followed"));
                } else if kind.is_dir() && depth < DEEPEST {
                    open.push((entry.path(), inner, depth + 1));
                } else if kind.is_dir() {
                    folder.skipped.push((inner, "the folders lie too deep in one another"));
                } else if kind.is_file() {
                    folder.add(FoundFile { path: inner, at: entry.path() });
                }
            }
        }
        folder.put_in_order();
        Ok(folder)
    }

    /// Takes one note, with the files beside and below it that its links can name.
    pub(crate) fn of_one(note: &Path) -> io::Result<Self> {
        let parent = match note.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let path = name_of(note);
        let mut folder = Self { name: name_of(&fs::canonicalize(&parent)?), ..Self::default() };
        let text = fs::read(note)?;
        let (text, _) = crate::journal::text::text_from_bytes(&text);
        for (_, _, link) in super::links::links(&text) {
            let inner = super::links::local_path(link.target).and_then(|target| join("", &target));
            let Some(inner) = inner.filter(|inner| !is_note(inner)) else { continue };
            if is_plain_file(&parent, &inner) && !folder.files.contains_key(&inner) {
                folder.add(FoundFile { at: parent.join(&inner), path: inner });
            }
        }
        folder.add(FoundFile { path, at: note.to_owned() });
        folder.put_in_order();
        Ok(folder)
    }

    fn add(&mut self, file: FoundFile) {
        if is_note(&file.path) {
            self.notes.push(file);
        } else {
            let name = key(file.path.rsplit('/').next().unwrap_or_default());
            let path = file.path.clone();
            self.file_by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(path));
            self.files.insert(file.path, file.at);
        }
    }

    fn put_in_order(&mut self) {
        self.notes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        for (number, note) in self.notes.iter().enumerate() {
            self.note_by_path.insert(key(&note.path), number);
            let name = note.path.rsplit('/').next().unwrap_or_default();
            let stem = key(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
            self.note_by_name.entry(stem).and_modify(|known| *known = None).or_insert(Some(number));
        }
    }

    /// Tells where a file lies.
    pub(crate) fn place_of(&self, path: &str) -> Option<&Path> {
        self.files.get(path).map(PathBuf::as_path)
    }

    /// Lists every file that is no note, in order.
    pub(crate) fn other_files(&self) -> Vec<&str> {
        let mut all: Vec<&str> = self.files.keys().map(String::as_str).collect();
        all.sort_unstable();
        all
    }

    /// Follows a path that stands in a note.
    pub(crate) fn follow(&self, note: &str, path: &str) -> Target<'_> {
        let from = note.rsplit_once('/').map_or("", |(folder, _)| folder);
        let (from, path) = path.strip_prefix('/').map_or((from, path), |path| ("", path));
        let Some(inner) = join(from, path) else { return Target::Outside };
        if let Some((path, _)) = self.files.get_key_value(inner.as_str()) {
            return Target::File(path);
        }
        let note = self
            .note_by_path
            .get(&key(&inner))
            .or_else(|| self.note_by_path.get(&key(&format!("{inner}.md"))));
        if let Some(note) = note {
            return Target::Note(*note);
        }
        // Some systems bring other letters for the same name: look for the one file that bears it.
        self.file_named(path.rsplit('/').next().unwrap_or_default()).unwrap_or(Target::Missing)
    }

    /// Follows a name between double brackets.
    pub(crate) fn follow_name(&self, note: &str, name: &str) -> Target<'_> {
        if name.contains('/') {
            match self.follow(note, &format!("/{name}")) {
                Target::Missing | Target::Outside => {}
                found => return found,
            }
        }
        let last = name.rsplit('/').next().unwrap_or_default();
        let stem = last.strip_suffix(".md").unwrap_or(last);
        match self.note_by_name.get(&key(stem)) {
            Some(Some(number)) => Target::Note(*number),
            // Of several notes with the name the one beside is meant.
            Some(None) => self.follow(note, &format!("{stem}.md")),
            None => self.file_named(last).unwrap_or(Target::Missing),
        }
    }

    fn file_named(&self, name: &str) -> Option<Target<'_>> {
        self.file_by_name.get(&key(name)).and_then(|path| path.as_deref()).map(Target::File)
    }
}

/// Gives the form in which names are compared: systems differ in case and in how accents are written.
fn key(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Tells whether a file is a note by its ending.
pub(crate) fn is_note(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ["md", "markdown", "mdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Joins two paths; none when the result would leave the folder.
fn join(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            // On some systems this names another disk.
            part if part.contains('\0') || part.contains(':') => return None,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Tells whether there is a file at the path and no symbolic link on the way.
fn is_plain_file(root: &Path, inner: &str) -> bool {
    let mut at = root.to_owned();
    let parts: Vec<&str> = inner.split('/').collect();
    parts.iter().enumerate().all(|(number, part)| {
        at.push(part);
        let last = number + 1 == parts.len();
        fs::symlink_metadata(&at).is_ok_and(|found| if last { found.is_file() } else { found.is_dir() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let at = root.path().join(file);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, "x").unwrap();
        }
        let folder = Folder::read(root.path()).unwrap();
        (root, folder)
    }

    #[test]
    fn links_are_followed_inside_the_folder_and_never_out_of_it() {
        let (_root, folder) = folder(&["a/one.md", "a/pic.png", "b/two.md", "pic2.PNG", ".hidden/x.md"]);
        assert_eq!(folder.notes.len(), 2);
        assert_eq!(folder.follow("a/one.md", "pic.png"), Target::File("a/pic.png"));
        assert_eq!(folder.follow("a/one.md", "../b/two.md"), Target::Note(1));
        assert_eq!(folder.follow("a/one.md", "../b/two"), Target::Note(1));
        assert_eq!(folder.follow("a/one.md", "/pic2.PNG"), Target::File("pic2.PNG"));
        assert_eq!(folder.follow("a/one.md", "img/pic2.png"), Target::File("pic2.PNG"));
        for outside in ["../../etc/passwd", "/../x", "../../../a.png", "c:/windows/x.png"] {
            assert_eq!(folder.follow("a/one.md", outside), Target::Outside, "{outside}");
        }
        assert_eq!(folder.follow("a/one.md", "none.png"), Target::Missing);
    }

    #[test]
    fn names_between_brackets_find_notes_and_files_anywhere() {
        let (_root, folder) = folder(&["a/one.md", "b/Two.md", "b/same.md", "c/same.md", "files/board.png"]);
        assert_eq!(folder.follow_name("a/one.md", "two"), Target::Note(1));
        assert_eq!(folder.follow_name("a/one.md", "b/Two"), Target::Note(1));
        assert_eq!(folder.follow_name("c/same.md", "same"), Target::Note(3));
        assert_eq!(folder.follow_name("a/one.md", "same"), Target::Missing);
        assert_eq!(folder.follow_name("a/one.md", "board.png"), Target::File("files/board.png"));
    }

    #[cfg(unix)]
    #[test]
    fn symbolic_links_are_named_and_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), "x").unwrap();
        let root = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(outside.path(), root.path().join("in")).unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), root.path().join("s.md")).unwrap();
        let folder = Folder::read(root.path()).unwrap();
        assert!(folder.notes.is_empty());
        assert_eq!(folder.skipped.len(), 2);
        fs::write(root.path().join("a.md"), "![x](in/secret.md) ![y](s.png)").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), root.path().join("s.png")).unwrap();
        let folder = Folder::of_one(&root.path().join("a.md")).unwrap();
        assert!(folder.other_files().is_empty());
    }
}
