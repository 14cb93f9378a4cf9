//! A zip as a tree: its list of files is read, and each is looked at where it lies.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{NaiveDate, Utc};
use zip::{CompressionMethod, DateTime, ZipArchive};

use super::lying::Stretch;
use super::{Lying, MOST_FILES, PortabilityError, Tree, TreeFile, shown, stem_of};

/// Bytes at the end of a zip in which its list is announced: a fixed part and a comment.
const END: u64 = 22 + 65_535;
/// Bytes that the list of a zip may have.
const LONGEST_LIST: u64 = 96 << 20;
/// The bits of a mode that say what a file is, and those of a symbolic link.
const KIND_BITS: u32 = 0o170_000;
const LINK: u32 = 0o120_000;

/// Reads the list of a zip.
pub(super) fn read(path: &Path, length: u64, stop: &AtomicBool) -> Result<Tree, PortabilityError> {
    let unreadable = |error: io::Error| PortabilityError::Unreadable(error.kind());
    let mut file = File::open(path).map_err(unreadable)?;
    check_list(&mut file, length)?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|_| PortabilityError::DamagedArchive)?;
    let archive: Arc<Path> = Arc::from(path);
    let mut tree = Tree { name: stem_of(path), archive_bytes: Some(length), ..Tree::default() };
    for number in 0..zip.len() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let Ok(entry) = zip.by_index_raw(number) else {
            tree.skipped.push((format!("file {} of the archive", number + 1), "the archive is damaged here"));
            continue;
        };
        let name = match entry.name() {
            Ok(name) => name.into_owned(),
            Err(_) => String::from_utf8_lossy(entry.name_raw()).into_owned(),
        };
        if entry.is_dir() {
            continue;
        }
        let is_link = entry.unix_mode().is_some_and(|mode| mode & KIND_BITS == LINK);
        let method = entry.compression();
        let stretch = entry.data_start().map(|at| Stretch {
            archive: archive.clone(),
            at,
            packed: entry.compressed_size(),
            size: entry.size(),
            deflated: method == CompressionMethod::Deflated,
            crc: Some(entry.crc32()),
        });
        let why = match &stretch {
            _ if is_link => "it is a symbolic link, and links are not followed",
            _ if entry.encrypted() => {
                "it is locked with a password; unpack the archive, or export again without one"
            }
            Some(stretch) if stretch.is_bomb() => {
                "it unfolds to hundreds of times its size, which nothing written does"
            }
            Some(_) if matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated) => "",
            Some(_) => {
                "it is packed in a way that is not known here; unpack the archive and choose the folder"
            }
            None => "the archive is damaged here",
        };
        match stretch {
            Some(stretch) if why.is_empty() => {
                let modified = entry.last_modified().and_then(instant);
                let size = stretch.size;
                tree.take(TreeFile { path: name, lies: Lying::Inside(stretch), size, modified });
            }
            _ => tree.skipped.push((shown(&name), why)),
        }
    }
    tree.settle();
    Ok(tree)
}

/// Reads how long the list is before it is taken into memory.
fn check_list(file: &mut File, length: u64) -> Result<(), PortabilityError> {
    let damaged = |_| PortabilityError::DamagedArchive;
    let from = length.saturating_sub(END);
    file.seek(SeekFrom::Start(from)).map_err(damaged)?;
    let mut end = Vec::new();
    file.take(END).read_to_end(&mut end).map_err(damaged)?;
    let at = end
        .windows(4)
        .rposition(|sign| sign == b"PK\x05\x06")
        .filter(|at| end.len() - at >= 22)
        .ok_or(PortabilityError::DamagedArchive)?;
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte));
    let mut files = number(&end[at + 10..at + 12]);
    let mut bytes = number(&end[at + 12..at + 16]);
    if files == 0xFFFF || bytes == 0xFFFF_FFFF {
        // A large archive says its numbers in a record of its own, found through a pointer right before.
        let pointer =
            at.checked_sub(20).map(|at| &end[at..at + 20]).filter(|it| it.starts_with(b"PK\x06\x07"));
        let place = number(&pointer.ok_or(PortabilityError::DamagedArchive)?[8..16]);
        file.seek(SeekFrom::Start(place)).map_err(damaged)?;
        let mut record = [0_u8; 56];
        file.read_exact(&mut record).map_err(damaged)?;
        files = number(&record[32..40]);
        bytes = number(&record[40..48]);
    }
    if files > MOST_FILES as u64 || bytes > LONGEST_LIST {
        return Err(PortabilityError::TooMuch);
    }
    file.rewind().map_err(damaged)
}

/// Reads the time of a file, which zips write without a time zone; UTC is as good a guess as any.
fn instant(time: DateTime) -> Option<chrono::DateTime<Utc>> {
    let day = NaiveDate::from_ymd_opt(time.year().into(), time.month().into(), time.day().into())?;
    let at = day.and_hms_opt(time.hour().into(), time.minute().into(), time.second().into())?;
    Some(at.and_utc())
}
