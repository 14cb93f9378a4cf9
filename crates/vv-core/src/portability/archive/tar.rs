//! A tar as a tree: its headers are read one after the other, and each file is looked at where it lies.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::DateTime;
use tar::{Archive, EntryType};

use super::lying::Stretch;
use super::{Allowance, Lying, MOST_FILES, Metered, PortabilityError, Tree, TreeFile, shown, stem_of};

/// Bytes read between two files: headers, long names and what comes along in the buffer.
const BETWEEN_FILES: u64 = 1 << 20;

/// Reads the headers of a tar.
pub(super) fn read(path: &Path, length: u64, stop: &AtomicBool) -> Result<Tree, PortabilityError> {
    let unreadable = |error: io::Error| PortabilityError::Unreadable(error.kind());
    let file = File::open(path).map_err(unreadable)?;
    // A header may announce a name of gigabytes: between two files only so much is read.
    let allowance = Allowance::of(BETWEEN_FILES);
    let mut archive = Archive::new(BufReader::new(Metered::new(file, allowance.clone())));
    let mut tree = Tree { name: stem_of(path), archive_bytes: Some(length), ..Tree::default() };
    let place: Arc<Path> = Arc::from(path);
    let entries = archive.entries_with_seek().map_err(|_| PortabilityError::DamagedArchive)?;
    for (number, entry) in entries.enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        allowance.refill();
        if number > MOST_FILES {
            return Err(PortabilityError::TooMuch);
        }
        let Ok(entry) = entry else {
            tree.skipped.push((cut_off(number), "the archive breaks off or is damaged from here on"));
            break;
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Symlink | EntryType::Link => {
                tree.skipped.push((shown(&name), "it is a link, and links are not followed"));
                continue;
            }
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            _ => {
                tree.skipped.push((shown(&name), "it is neither a file nor a folder"));
                continue;
            }
        }
        let (at, size) = (entry.raw_file_position(), entry.size());
        if at.checked_add(size).is_none_or(|end| end > length) {
            tree.skipped.push((shown(&name), "the archive breaks off in the middle of it"));
            break;
        }
        let stretch = Stretch { archive: place.clone(), at, packed: size, size, deflated: false, crc: None };
        let modified = entry
            .header()
            .mtime()
            .ok()
            .and_then(|seconds| DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0));
        tree.take(TreeFile { path: name, lies: Lying::Inside(stretch), size, modified });
    }
    tree.settle();
    Ok(tree)
}

fn cut_off(number: usize) -> String {
    format!("file {} of the archive", number + 1)
}
