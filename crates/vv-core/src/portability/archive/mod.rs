//! What is imported, as a tree of files: a folder of the disk, a zip, a tar or one file.
//!
//! Nothing is ever unpacked to the disk: a file of an archive is read where it lies, as often as needed (`lying.rs`), and what
//! it unfolds to is bounded. Names that lead out of the archive, links and what cannot be read are named and left. Start at
//! [`Tree::open`].

mod disk;
mod lying;
mod metered;
mod tar;
mod zip;

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::{DateTime, Utc};

pub(crate) use disk::is_plain_file;
pub(crate) use lying::{Lying, Reopened, Unread};
pub(crate) use metered::{Allowance, Metered};

use super::error::PortabilityError;

/// Files an archive may hold; more is no journal.
const MOST_FILES: usize = 300_000;
/// How deep folders are entered.
const DEEPEST: usize = 64;
/// The folder in which Obsidian keeps what was thrown away.
const TRASH: &str = ".trash";
const IN_TRASH: &str = "it lies in the trash of the vault";
/// Bytes of a path.
const LONGEST_PATH: usize = 4_096;

/// Is one file of a tree.
#[derive(Debug, Clone)]
pub(crate) struct TreeFile {
    /// Its path inside the tree, with `/` between the names.
    pub(crate) path: String,
    /// Where its bytes lie.
    pub(crate) lies: Lying,
    /// How many bytes it says it has.
    pub(crate) size: u64,
    /// When it was last written, as far as that is known.
    pub(crate) modified: Option<DateTime<Utc>>,
}

impl TreeFile {
    /// Gives its name without the folders.
    pub(crate) fn name(&self) -> &str {
        name_of(&self.path)
    }

    /// Gives its name without folders and ending.
    pub(crate) fn stem(&self) -> &str {
        self.name().rsplit_once('.').map_or(self.name(), |(stem, _)| stem)
    }

    /// Gives its ending in small letters, or nothing.
    pub(crate) fn ending(&self) -> String {
        self.name().rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
    }

    /// Reads all of it, when it has at most so many bytes.
    pub(crate) fn read(&self, most: u64) -> Result<Vec<u8>, Unread> {
        self.lies.read(most)
    }

    /// Reads its first bytes.
    pub(crate) fn beginning(&self, bytes: u64) -> Vec<u8> {
        let mut begun = Vec::new();
        if let Ok(open) = self.lies.open() {
            // What cannot be read is told when all of it is wanted.
            let _ = open.take(bytes).read_to_end(&mut begun);
        }
        begun
    }
}

/// Gives the last name of a path.
pub(crate) fn name_of(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// Holds the files of what is imported, in order of their paths.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    /// Its own name, without the ending of an archive.
    pub(crate) name: String,
    /// Every file that is not hidden.
    pub(crate) files: Vec<TreeFile>,
    /// Settings of the program that wrote it, from its hidden folder.
    pub(crate) settings: Vec<TreeFile>,
    /// What was passed over, and why.
    pub(crate) skipped: Vec<(String, &'static str)>,
    /// Bytes of the archive; none for a folder.
    pub(crate) archive_bytes: Option<u64>,
    /// Whether it is one file and not a folder or archive.
    pub(crate) is_single: bool,
}

impl Tree {
    /// Opens a file or folder.
    pub(crate) fn open(path: &Path, stop: &AtomicBool) -> Result<Self, PortabilityError> {
        let unreadable = |error: io::Error| PortabilityError::Unreadable(error.kind());
        let found = fs::metadata(path).map_err(unreadable)?;
        let mut tree = if found.is_dir() {
            disk::read(path, stop).map_err(unreadable)?
        } else if found.is_file() {
            match find_kind(path).map_err(unreadable)? {
                Packing::Zip => zip::read(path, found.len(), stop)?,
                Packing::Tar => tar::read(path, found.len(), stop)?,
                Packing::None => disk::one(path, &found),
            }
        } else {
            return Err(PortabilityError::Unreadable(io::ErrorKind::InvalidInput));
        };
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(tree)
    }

    /// Gives the file at a path.
    pub(crate) fn file(&self, path: &str) -> Option<&TreeFile> {
        let at = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[at])
    }

    /// Takes in a file of an archive, if it may lie where it says.
    fn take(&mut self, file: TreeFile) {
        match placed(&file.path) {
            Placed::Inside(path) => self.files.push(TreeFile { path, ..file }),
            Placed::Settings(path) => self.settings.push(TreeFile { path, ..file }),
            Placed::Hidden if file.path.split('/').any(|part| part == TRASH) => {
                self.skipped.push((shown(&file.path), IN_TRASH));
            }
            Placed::Hidden => {}
            Placed::Outside => {
                self.skipped.push((shown(&file.path), "its path leads out of the archive"));
            }
            Placed::TooDeep => {
                self.skipped.push((shown(&file.path), "the folders lie too deep in one another"));
            }
        }
    }

    /// Leaves out a folder that holds everything else, takes its name, and names files that stand twice under one path.
    fn settle(&mut self) {
        let root = |path: &str| path.split_once('/').map(|(root, _)| root.to_owned());
        let first = self.files.first().and_then(|file| root(&file.path));
        if let Some(first) = first
            && self.files.iter().all(|file| root(&file.path).as_deref() == Some(first.as_str()))
        {
            for file in self.files.iter_mut().chain(&mut self.settings) {
                if let Some((_, rest)) = file.path.split_once('/') {
                    file.path = rest.to_owned();
                }
            }
            self.name = first;
        }
        let mut twice = Vec::new();
        self.files.sort_by(|a, b| a.path.cmp(&b.path));
        self.files.dedup_by(|later, earlier| {
            let same = later.path == earlier.path;
            if same {
                twice.push((
                    later.path.clone(),
                    "the archive holds two files of this name; the first was taken",
                ));
            }
            same
        });
        self.skipped.append(&mut twice);
    }
}

enum Placed {
    Inside(String),
    Settings(String),
    Hidden,
    Outside,
    TooDeep,
}

/// Decides where a file of an archive lies by the name it bears.
fn placed(path: &str) -> Placed {
    let path = path.replace('\\', "/");
    let forbidden = path.starts_with('/') || path.contains('\0') || path.len() > LONGEST_PATH;
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty() && *part != ".").collect();
    if forbidden
        || parts.is_empty()
        || parts.iter().any(|part| *part == ".." || part.contains(':') && is_drive(part))
    {
        return Placed::Outside;
    }
    if parts.len() > DEEPEST {
        return Placed::TooDeep;
    }
    let hidden = parts.iter().position(|part| part.starts_with('.') || *part == "__MACOSX");
    match hidden {
        None => Placed::Inside(parts.join("/")),
        Some(at) if is_settings(&parts[at..]) => Placed::Settings(parts.join("/")),
        Some(_) => Placed::Hidden,
    }
}

/// Tells whether a name names a disk on some systems.
fn is_drive(part: &str) -> bool {
    part.len() == 2 && part.ends_with(':')
}

/// Tells whether a hidden path holds settings that say how to read the rest.
fn is_settings(parts: &[&str]) -> bool {
    parts.len() == 2 && parts[0] == ".obsidian" && parts[1].ends_with(".json")
}

/// Cuts a name from a stranger to what a report can show.
fn shown(path: &str) -> String {
    path.chars().filter(|letter| !letter.is_control()).take(200).collect()
}

enum Packing {
    Zip,
    Tar,
    None,
}

/// Finds by its first bytes what a file is.
fn find_kind(path: &Path) -> io::Result<Packing> {
    let mut begun = Vec::new();
    File::open(path)?.take(512).read_to_end(&mut begun)?;
    Ok(if begun.starts_with(b"PK\x03\x04") || begun.starts_with(b"PK\x05\x06") {
        Packing::Zip
    } else if begun.len() == 512 && &begun[257..262] == b"ustar" {
        Packing::Tar
    } else {
        Packing::None
    })
}

/// Gives the name of a file of the disk without its ending.
fn stem_of(path: &Path) -> String {
    path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests;
