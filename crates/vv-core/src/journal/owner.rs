//! Who runs an editing session or a recording: a token, and a lock on a file of that name that the system releases when the
//! program ends, however it ends. So what a program that still runs is about is never taken for what a crash left.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const FOLDER: &str = "editing";

/// Holds the lock of this program in one open notebook.
#[derive(Debug)]
pub(super) struct Owner {
    token: [u8; 16],
    path: PathBuf,
    file: Option<File>,
}

impl Owner {
    /// Makes the file of a new token and locks it.
    pub(super) fn begin(notebook: &Path, token: [u8; 16]) -> io::Result<Self> {
        let path = path_of(notebook, &token);
        fs::create_dir_all(notebook.join(FOLDER))?;
        let file = File::create_new(&path)?;
        file.lock()?;
        Ok(Self { token, path, file: Some(file) })
    }

    pub(super) fn token(&self) -> &[u8; 16] {
        &self.token
    }
}

impl Drop for Owner {
    fn drop(&mut self) {
        // Closed first: some systems do not remove an open file. One that stays is unlocked, which says enough.
        self.file = None;
        let _ = fs::remove_file(&self.path);
    }
}

/// Says whether another program that bears this token still runs. In doubt it does: a draft can wait, but not be undone.
pub(crate) fn is_running(notebook: &Path, token: &[u8; 16]) -> bool {
    let path = path_of(notebook, token);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) => return error.kind() != io::ErrorKind::NotFound,
    };
    match file.try_lock() {
        Ok(()) => {
            drop(file);
            let _ = fs::remove_file(&path);
            false
        }
        Err(TryLockError::WouldBlock | TryLockError::Error(_)) => true,
    }
}

fn path_of(notebook: &Path, token: &[u8; 16]) -> PathBuf {
    let name: String = token.iter().map(|byte| format!("{byte:02x}")).collect();
    notebook.join(FOLDER).join(name).with_extension("lock")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_runs_as_long_as_it_holds_its_lock() {
        let folder = tempfile::tempdir().unwrap();
        let owner = Owner::begin(folder.path(), [7; 16]).unwrap();
        assert!(is_running(folder.path(), &[7; 16]));
        assert!(!is_running(folder.path(), &[8; 16]));
        drop(owner);
        assert!(!is_running(folder.path(), &[7; 16]));
    }

    #[test]
    fn a_file_that_a_crash_left_belongs_to_nobody() {
        let folder = tempfile::tempdir().unwrap();
        let mut owner = Owner::begin(folder.path(), [7; 16]).unwrap();
        owner.file = None;
        assert!(!is_running(folder.path(), &[7; 16]));
        assert!(!owner.path.exists());
    }
}
