//! Seals the files of a batch, several at once: most of the time of one goes into waiting for the disk.
//!
//! What comes of each file is given in the order of the files. Those that nobody took are removed again, whatever happens.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use super::archive::Reopened;
use super::draft::{DraftFile, Expected};
use crate::journal::JournalError;
use crate::journal::attach::{PreparedFile, prepare};
use crate::notebook::Notebook;

/// How many files are sealed at once.
const AT_ONCE: usize = 4;

/// Is what came of a file.
pub(super) enum Outcome {
    /// It is sealed; and the MD5 of its bytes, where its journal names one.
    Sealed(PreparedFile, Option<[u8; 16]>),
    /// It cannot be read, or its bytes are damaged.
    Unreadable,
    /// The notebook could not take it.
    Failed(JournalError),
}

/// Holds the outcomes that nobody took yet.
pub(super) struct Sealings<'a> {
    notebook: &'a Notebook,
    outcomes: VecDeque<Outcome>,
}

impl<'a> Sealings<'a> {
    /// Seals files.
    pub(super) fn make(notebook: &'a Notebook, files: &[&DraftFile], stop: &AtomicBool) -> Self {
        let next = AtomicUsize::new(0);
        let done: Mutex<Vec<(usize, Outcome)>> = Mutex::default();
        let work = || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(file) = files.get(number) else { return };
                let outcome = seal(notebook, file, stop);
                done.lock().unwrap_or_else(PoisonError::into_inner).push((number, outcome));
            }
        };
        thread::scope(|scope| {
            for _ in 1..AT_ONCE.min(files.len()) {
                scope.spawn(work);
            }
            work();
        });
        let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
        done.sort_by_key(|(number, _)| *number);
        Self { notebook, outcomes: done.into_iter().map(|(_, outcome)| outcome).collect() }
    }

    /// Takes the outcome of the next file.
    pub(super) fn take(&mut self) -> Option<Outcome> {
        self.outcomes.pop_front()
    }
}

impl Drop for Sealings<'_> {
    fn drop(&mut self) {
        for outcome in self.outcomes.drain(..) {
            if let Outcome::Sealed(file, _) = outcome {
                // A chunk that stays behind is sealed, and its key is gone.
                let _ = file.discard(self.notebook.blobs());
            }
        }
    }
}

fn seal(notebook: &Notebook, file: &DraftFile, stop: &AtomicBool) -> Outcome {
    let wants_md5 = matches!(file.expected, Some(Expected::Md5(_)));
    let Ok(mut open) = Reopened::new(&file.lies, stop, wants_md5) else { return Outcome::Unreadable };
    match prepare(notebook.blobs(), &file.name, &mut open) {
        Ok(prepared) => Outcome::Sealed(prepared, open.md5()),
        Err(JournalError::Unreadable(_)) => Outcome::Unreadable,
        Err(_) if open.has_failed() => Outcome::Unreadable,
        Err(error) => Outcome::Failed(error),
    }
}
