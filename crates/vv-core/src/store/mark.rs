//! The mark that says which record is being merged, so that one that ends the program is known at the next start.
//!
//! It stands in a small file outside the notebook and holds the hash of a sealed record. It need not outlive a loss of power, only
//! the program, so writing it costs next to nothing. Without a place to write it nothing is lost but this warning.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek, SeekFrom, Write};
use std::path::PathBuf;

use rusqlite::Connection;

use super::error::StoreError;
use super::parked;
use super::unlocked::Unlocked;

/// Says which record is being merged for as long as it lives.
pub(super) struct Mark {
    path: PathBuf,
    file: Option<File>,
}

fn path_of(core: &Unlocked) -> PathBuf {
    let name: String = core.notebook_id.iter().map(|byte| format!("{byte:02x}")).collect();
    core.host.state_folder.join(format!("notebook-{name}.merging"))
}

impl Mark {
    pub(super) fn begin(core: &Unlocked) -> Self {
        let path = path_of(core);
        let open = || -> std::io::Result<File> {
            fs::create_dir_all(&core.host.state_folder)?;
            OpenOptions::new().write(true).create(true).truncate(true).open(&path)
        };
        Self { file: open().ok(), path }
    }

    /// Says which record comes now.
    pub(super) fn set(&mut self, hash: Option<&[u8; 32]>) {
        let (Some(file), Some(hash)) = (&mut self.file, hash) else { return };
        if file.seek(SeekFrom::Start(0)).and_then(|_| file.write_all(hash)).is_err() {
            self.file = None;
        }
    }

    /// Says that all went well.
    pub(super) fn end(mut self) {
        self.remove();
    }

    fn remove(&mut self) {
        if self.file.take().is_some()
            && let Err(problem) = fs::remove_file(&self.path)
        {
            tracing::warn!(kind = ?problem.kind(), "the mark of what was merged could not be removed");
        }
    }
}

impl Drop for Mark {
    /// An error that was returned is no end of the program.
    fn drop(&mut self) {
        self.remove();
    }
}

/// Finds the record over which the program ended the last time, and remembers it. Only for whoever is alone with the notebook.
pub(crate) fn settle(sql: &Connection, core: &Unlocked) -> Result<(), StoreError> {
    let path = path_of(core);
    let Ok(left) = fs::read(&path) else { return Ok(()) };
    if let Ok(hash) = left.as_slice().try_into() {
        parked::note_death(sql, hash)?;
    }
    // If it stays it says the same again the next time, and the record is skipped one start earlier.
    let _removed = fs::remove_file(&path);
    Ok(())
}
