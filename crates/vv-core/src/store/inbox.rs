//! What was captured while the notebook was locked: lines sealed to the account's public key, waiting for the unlock.
//!
//! Sealing needs no secret, only the public part of `notebook.key`. Each line lies in a file of its own in `inbox/`, named
//! by the id its entry will have; so a line that became an entry before a crash could remove its file is recognised.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use minicbor::{Decoder, Encoder};
use vv_crypto::{EncSecret, open_from, seal_to};

use super::blobs::sync_folder;
use super::error::{NotebookError, StoreError};
use super::key_file::{KeyFile, create_private};
use crate::ids::EntryId;

/// The folder of waiting lines within the notebook's folder.
const FOLDER: &str = "inbox";
const ENDING: &str = "sealed";
const PURPOSE: &[u8] = b"inbox/v1";
/// No captured line is longer than this in bytes.
const MAX_CAPTURE: usize = 64 * 1024;

/// Holds one captured line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Capture {
    /// The id its entry has or will have.
    pub id: EntryId,
    /// The words.
    pub text: String,
    /// The instant of writing.
    pub at: DateTime<Utc>,
    /// The time zone of the writing, an IANA name.
    pub time_zone: Option<String>,
}

/// Seals a line into the inbox of the notebook in `folder`, durable when it returns. Needs no key.
pub fn seal_capture(folder: &Path, capture: &Capture) -> Result<(), NotebookError> {
    if capture.text.len() > MAX_CAPTURE {
        return Err(StoreError::TooLarge.into());
    }
    let key_file = KeyFile::read(&folder.join("notebook.key"))?;
    let inbox = folder.join(FOLDER);
    fs::create_dir_all(&inbox)?;
    let sealed = seal_to(&key_file.capture_to, &purpose(&key_file.id), &encode(capture));
    let path = inbox.join(format!("{}.{ENDING}", capture.id));
    let beside = path.with_extension("part");
    let mut file = create_private(&beside)?;
    file.write_all(&sealed)?;
    file.sync_all()?;
    drop(file);
    fs::rename(&beside, &path)?;
    sync_folder(&inbox)?;
    Ok(())
}

/// Takes a line that waits out again, without a key. Says whether it was there.
pub fn discard_capture(folder: &Path, id: EntryId) -> Result<bool, NotebookError> {
    let inbox = folder.join(FOLDER);
    match fs::remove_file(inbox.join(format!("{id}.{ENDING}"))) {
        Ok(()) => {
            sync_folder(&inbox)?;
            Ok(true)
        }
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(problem) => Err(problem.into()),
    }
}

/// Counts the lines that wait, without a key.
pub fn count_waiting(folder: &Path) -> u32 {
    u32::try_from(waiting(folder).unwrap_or_default().len()).unwrap_or(u32::MAX)
}

/// Opens every line that waits, with whichever of the account's keys it was sealed to. One that cannot be opened stays where it
/// is and is left out.
pub(crate) fn open_waiting(
    folder: &Path,
    secrets: &[EncSecret],
    notebook: &[u8; 16],
) -> io::Result<Vec<(PathBuf, Capture)>> {
    let mut opened = Vec::new();
    for path in waiting(folder)? {
        let Ok(sealed) = fs::read(&path) else { continue };
        let opened_by = |secret: &EncSecret| open_from(secret, &purpose(notebook), &sealed).ok();
        let Some(bytes) = secrets.iter().find_map(opened_by) else { continue };
        if let Ok(capture) = decode(&bytes) {
            opened.push((path, capture));
        }
    }
    opened.sort_by_key(|(_, capture)| (capture.at, capture.id));
    Ok(opened)
}

fn waiting(folder: &Path) -> io::Result<Vec<PathBuf>> {
    match fs::read_dir(folder.join(FOLDER)) {
        Ok(entries) => {
            let paths =
                entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
            Ok(paths
                .into_iter()
                .filter(|path| path.extension().is_some_and(|ending| ending == ENDING))
                .collect())
        }
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(problem) => Err(problem),
    }
}

fn purpose(notebook: &[u8; 16]) -> Vec<u8> {
    [PURPOSE, notebook].concat()
}

fn encode(capture: &Capture) -> Vec<u8> {
    let mut e = Encoder::new(Vec::new());
    write(capture, &mut e).expect("writing to a vector cannot fail");
    e.into_writer()
}

fn write(
    capture: &Capture,
    e: &mut Encoder<Vec<u8>>,
) -> Result<(), minicbor::encode::Error<std::convert::Infallible>> {
    e.array(4)?.bytes(capture.id.as_bytes())?.str(&capture.text)?.i64(capture.at.timestamp_millis())?;
    match &capture.time_zone {
        Some(zone) => e.str(zone)?,
        None => e.null()?,
    };
    Ok(())
}

fn decode(bytes: &[u8]) -> Result<Capture, minicbor::decode::Error> {
    let malformed = || minicbor::decode::Error::message("malformed");
    let mut d = Decoder::new(bytes);
    if d.array()? != Some(4) {
        return Err(malformed());
    }
    let id = EntryId::from_bytes(d.bytes()?.try_into().map_err(|_| malformed())?);
    let text = d.str()?.to_owned();
    let at = DateTime::from_timestamp_millis(d.i64()?).ok_or_else(malformed)?;
    let time_zone = match d.datatype()? {
        minicbor::data::Type::Null => None,
        _ => Some(d.str()?.to_owned()),
    };
    Ok(Capture { id, text, at, time_zone })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notebook() -> (tempfile::TempDir, EncSecret, [u8; 16]) {
        let folder = tempfile::tempdir().unwrap();
        let (secret, capture_to) = EncSecret::make();
        let (_, recovery) = EncSecret::make();
        let key_file = KeyFile::new([9; 16], &vv_crypto::make_key(), &recovery, capture_to);
        key_file.write(&folder.path().join("notebook.key")).unwrap();
        (folder, secret, [9; 16])
    }

    fn line(number: u8) -> Capture {
        Capture {
            id: EntryId::from_bytes([number; 16]),
            text: format!("canary line {number}"),
            at: DateTime::from_timestamp_millis(1_700_000_000_000 + i64::from(number)).unwrap(),
            time_zone: Some("Europe/Berlin".to_owned()),
        }
    }

    #[test]
    fn a_line_is_taken_out_again_without_a_key_and_only_once() {
        let (folder, secret, id) = notebook();
        seal_capture(folder.path(), &line(1)).unwrap();
        seal_capture(folder.path(), &line(2)).unwrap();
        assert!(discard_capture(folder.path(), line(1).id).unwrap());
        assert!(!discard_capture(folder.path(), line(1).id).unwrap());
        let left: Vec<_> = open_waiting(folder.path(), std::slice::from_ref(&secret), &id)
            .unwrap()
            .into_iter()
            .map(|(_, line)| line)
            .collect();
        assert_eq!(left, [line(2)]);
    }

    #[test]
    fn lines_are_sealed_without_a_key_and_come_back_in_their_order() {
        let (folder, secret, id) = notebook();
        for number in [3, 1, 2] {
            seal_capture(folder.path(), &line(number)).unwrap();
        }
        assert_eq!(count_waiting(folder.path()), 3);
        let opened = open_waiting(folder.path(), std::slice::from_ref(&secret), &id).unwrap();
        assert_eq!(
            opened.into_iter().map(|(_, capture)| capture).collect::<Vec<_>>(),
            [line(1), line(2), line(3)]
        );
    }

    #[test]
    fn a_waiting_line_cannot_be_read_on_the_disk_or_opened_for_another_notebook() {
        let (folder, secret, _) = notebook();
        seal_capture(folder.path(), &line(1)).unwrap();
        for path in waiting(folder.path()).unwrap() {
            let bytes = fs::read(path).unwrap();
            assert!(!bytes.windows(6).any(|window| window == b"canary"));
        }
        assert!(open_waiting(folder.path(), &[secret], &[8; 16]).unwrap().is_empty());
        assert_eq!(count_waiting(folder.path()), 1);
    }

    #[test]
    fn a_file_that_is_no_sealed_line_harms_nothing_and_stays() {
        let (folder, secret, id) = notebook();
        seal_capture(folder.path(), &line(1)).unwrap();
        fs::write(folder.path().join("inbox/strange.sealed"), b"not sealed at all").unwrap();
        assert_eq!(open_waiting(folder.path(), std::slice::from_ref(&secret), &id).unwrap().len(), 1);
        assert!(folder.path().join("inbox/strange.sealed").exists());
    }
}
