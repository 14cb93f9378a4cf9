//! Where things lie in a folder: one directory for each space, in it one for each feed that only its device writes into.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use vv_crypto::make_bytes;

use super::segment::MAX_SEGMENT;

/// The directory in the folder that everything lies in.
const ROOT: &str = ".vv1";
/// How a file is called that is not whole yet.
const PART: &str = ".part";
/// The directory of beacons, by which somebody who has a recovery kit comes back.
const BEACONS: &str = "beacons";
/// The directory of mailboxes.
const MAIL: &str = "mail";
/// The file that says how far a feed has come.
pub(super) const HEAD: &str = "head";

/// Is a folder that something else carries.
#[derive(Debug, Clone)]
pub(super) struct Layout {
    root: PathBuf,
}

impl Layout {
    pub(super) fn new(folder: &Path) -> Self {
        Self { root: folder.join(ROOT) }
    }

    /// The directory that everything lies in.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The directory of mailboxes.
    pub(super) fn mail(&self) -> PathBuf {
        self.root.join(MAIL)
    }

    /// The directory of beacons.
    pub(super) fn beacons(&self) -> PathBuf {
        self.root.join(BEACONS)
    }

    /// Gives the way to a file from the folder.
    pub(super) fn way_to(&self, file: &Path) -> String {
        file.strip_prefix(&self.root).unwrap_or(file).to_string_lossy().into_owned()
    }

    /// Says whether anything of anybody was ever put here. Messages are no such thing: they come and go.
    pub(super) fn is_empty(&self) -> io::Result<bool> {
        Ok(names(&self.root)?.iter().all(|name| name == MAIL))
    }

    /// The directory of a space, named so that a listing says nothing of it.
    pub(super) fn space(&self, space: &[u8; 16]) -> PathBuf {
        let tag = vv_protocol::hash("folder-tag/v1", &[space]);
        self.root.join(HEXLOWER.encode(&tag[..8]))
    }

    /// The directory of a feed.
    pub(super) fn feed(&self, space: &[u8; 16], feed: &[u8; 16]) -> PathBuf {
        self.space(space).join(HEXLOWER.encode(feed))
    }

    /// The place of a chunk of a file.
    pub(super) fn chunk(&self, space: &[u8; 16], name: &[u8; 32]) -> PathBuf {
        let digits = HEXLOWER.encode(name);
        self.space(space).join("blobs").join(&digits[..2]).join(digits)
    }
}

/// Names a new segment after its first record.
pub(super) fn segment_name(first: u64) -> String {
    format!("{first:08x}-{}.seg", HEXLOWER.encode(&make_bytes::<3>()))
}

/// Reads the id of a feed from the name of its directory.
pub(super) fn feed_of(name: &str) -> Option<[u8; 16]> {
    HEXLOWER.decode(name.as_bytes()).ok()?.try_into().ok()
}

/// Lists the names in a directory; one that is not there has none. What is not whole yet is left out.
pub(super) fn names(directory: &Path) -> io::Result<Vec<String>> {
    let entries = match fs::read_dir(directory) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let mut names = Vec::new();
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !name.ends_with(PART) {
            names.push(name);
        }
    }
    names.sort_unstable();
    Ok(names)
}

/// Reads a file; none when it is not there, only a placeholder, or larger than any that is written.
pub(super) fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = match File::open(path) {
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file?,
    };
    let mut bytes = Vec::new();
    file.take(MAX_SEGMENT as u64 + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() <= MAX_SEGMENT).then_some(bytes))
}

/// Writes a file whole or not at all, durable before it bears its name.
pub(super) fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let directory = path.parent().expect("every file lies in a directory");
    fs::create_dir_all(directory)?;
    let beside = directory.join(format!("{}{PART}", HEXLOWER.encode(&make_bytes::<8>())));
    let written = File::create(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // A half file is of no use; that it could not be removed either changes nothing.
        let _leftover = fs::remove_file(&beside);
    }
    written
}
