//! A tree of notes: which of its files are notes, and where their links lead. Nothing outside is looked at, so a folder from a
//! stranger can name whatever it likes.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use unicode_normalization::UnicodeNormalization;

use super::archive::{Lying, Tree, TreeFile, is_plain_file, name_of};

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
    pub(crate) notes: Vec<TreeFile>,
    /// Every other file by its path.
    files: HashMap<String, TreeFile>,
    note_by_path: HashMap<String, usize>,
    /// Notes by the name without ending, files by the name with it, without regard to case; none where several bear it.
    note_by_name: HashMap<String, Option<usize>>,
    file_by_name: HashMap<String, Option<String>>,
}

impl Folder {
    /// Takes the files of a tree.
    pub(crate) fn of(tree: Tree) -> Self {
        let mut folder = Self { name: tree.name, ..Self::default() };
        tree.files.into_iter().for_each(|file| folder.add(file));
        folder.put_in_order();
        folder
    }

    /// Takes one note, with the files beside and below it that its links can name.
    pub(crate) fn of_one(note: &Path, tree: Tree) -> io::Result<Self> {
        let parent = match note.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let name = fs::canonicalize(&parent)?.file_name().map(|name| name.to_string_lossy().into_owned());
        let mut folder = Self { name: name.unwrap_or_default(), ..Self::default() };
        let text = tree
            .files
            .first()
            .and_then(|file| file.read(super::notes::LARGEST_NOTE).ok())
            .unwrap_or_default();
        let (text, _) = crate::journal::text::text_from_bytes(&text);
        for (_, _, link) in super::links::links(&text) {
            let inner = super::links::local_path(link.target).and_then(|target| join("", &target));
            let Some(inner) = inner.filter(|inner| !is_note(inner)) else { continue };
            if is_plain_file(&parent, &inner)
                && !folder.files.contains_key(&inner)
                && let Ok(found) = fs::metadata(parent.join(&inner))
            {
                let lies = Lying::Disk(parent.join(&inner));
                folder.add(TreeFile { path: inner, lies, size: found.len(), modified: None });
            }
        }
        tree.files.into_iter().for_each(|file| folder.add(file));
        folder.put_in_order();
        Ok(folder)
    }

    fn add(&mut self, file: TreeFile) {
        if is_note(&file.path) {
            self.notes.push(file);
        } else {
            let name = key(file.name());
            let path = file.path.clone();
            self.file_by_name.entry(name).and_modify(|known| *known = None).or_insert(Some(path));
            self.files.insert(file.path.clone(), file);
        }
    }

    fn put_in_order(&mut self) {
        self.notes.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        for (number, note) in self.notes.iter().enumerate() {
            self.note_by_path.insert(key(&note.path), number);
            let stem = key(note.stem());
            self.note_by_name.entry(stem).and_modify(|known| *known = None).or_insert(Some(number));
        }
    }

    /// Gives a file that is no note.
    pub(crate) fn file(&self, path: &str) -> Option<&TreeFile> {
        self.files.get(path)
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
        self.file_named(name_of(path)).unwrap_or(Target::Missing)
    }

    /// Follows a name between double brackets.
    pub(crate) fn follow_name(&self, note: &str, name: &str) -> Target<'_> {
        if name.contains('/') {
            match self.follow(note, &format!("/{name}")) {
                Target::Missing | Target::Outside => {}
                found => return found,
            }
        }
        let last = name_of(name);
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

/// Tells whether a file is a note by its ending.
pub(crate) fn is_note(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, ending)| {
        ["md", "markdown", "mdown", "mkd"].iter().any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Joins two paths; none when the result would leave the folder.
pub(crate) fn join(from: &str, path: &str) -> Option<String> {
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

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicBool;

    use super::*;

    fn folder(files: &[&str]) -> (tempfile::TempDir, Folder) {
        let root = tempfile::tempdir().unwrap();
        for file in files {
            let at = root.path().join(file);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, "x").unwrap();
        }
        let folder = Folder::of(Tree::open(root.path(), &AtomicBool::new(false)).unwrap());
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
        let tree = Tree::open(root.path(), &AtomicBool::new(false)).unwrap();
        assert!(tree.files.is_empty());
        assert_eq!(tree.skipped.len(), 2);
        fs::write(root.path().join("a.md"), "![x](in/secret.md) ![y](s.png)").unwrap();
        std::os::unix::fs::symlink(outside.path().join("secret.md"), root.path().join("s.png")).unwrap();
        let note = root.path().join("a.md");
        let folder = Folder::of_one(&note, Tree::open(&note, &AtomicBool::new(false)).unwrap()).unwrap();
        assert!(folder.other_files().is_empty());
    }
}
