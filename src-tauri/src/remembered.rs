//! What the shell remembers between two starts, apart from the place of its window: nothing of the journal, nothing private.
//!
//! It is a small file in the profile. One that cannot be read counts as empty, and one that cannot be written is let be.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use serde::{Deserialize, Serialize};

/// Holds what is remembered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Remembered {
    /// How large everything is shown; 1 is as designed.
    pub zoom: f64,
    /// Whether the person was told that closing the window leaves the program in the tray.
    pub told_of_tray: bool,
}

impl Default for Remembered {
    fn default() -> Self {
        Self { zoom: 1.0, told_of_tray: false }
    }
}

/// Keeps what is remembered in memory and in its file.
pub struct Memory {
    file: PathBuf,
    now: Mutex<Remembered>,
}

impl Memory {
    /// Reads the file of a profile.
    pub fn read(profile: &Path) -> Self {
        let file = profile.join("shell.json");
        let now =
            fs::read(&file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        Self { file, now: Mutex::new(now) }
    }

    /// Gives what is remembered now.
    pub fn now(&self) -> Remembered {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes what is remembered, and writes it when it is no longer the same.
    pub fn change(&self, how: impl FnOnce(&mut Remembered)) -> Remembered {
        let mut now = self.now.lock().unwrap_or_else(PoisonError::into_inner);
        let before = now.clone();
        how(&mut now);
        if *now != before
            && let Err(failure) = self.write(&now)
        {
            tracing::warn!(kind = ?failure.kind(), "the shell's memory could not be written");
        }
        now.clone()
    }

    fn write(&self, what: &Remembered) -> std::io::Result<()> {
        let beside = self.file.with_extension("json.new");
        fs::write(&beside, serde_json::to_vec_pretty(what)?)?;
        fs::rename(beside, &self.file)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_changed_is_there_at_the_next_start() {
        let profile = tempfile::tempdir().unwrap();
        Memory::read(profile.path()).change(|memory| memory.zoom = 1.2);
        assert_eq!(Memory::read(profile.path()).now(), Remembered { zoom: 1.2, told_of_tray: false });
    }

    #[test]
    fn a_file_that_cannot_be_read_counts_as_empty() {
        let profile = tempfile::tempdir().unwrap();
        fs::write(profile.path().join("shell.json"), b"{ not json").unwrap();
        assert_eq!(Memory::read(profile.path()).now(), Remembered::default());
    }
}
