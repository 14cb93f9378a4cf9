//! Where a measure works: a folder on the disk of the build, and notebooks filled with the corpus.
//!
//! The folder lies beside what was built, not in the system's folder for temporary files, which may be no disk at all.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use vv_core::Notebook;
use vv_core::journal::{self, JournalError, Moment, NewEntry};
use vv_core::notebook::{NewKey, Unlock};
use vv_core::ports::Host;
use vv_core::search;
use vv_tests::file_vault;

use crate::corpus::{Corpus, Sample};

/// The seed of every corpus, so that every run measures the same text.
pub const SEED: u64 = 20_261_119;
/// The time zone in which the corpus was written.
const ZONE: &str = "Europe/Lisbon";
/// How many entries the index takes in at one go, as the host does it.
const A_STEP: u32 = 1_000;
/// How many entries one transaction makes.
const TOGETHER: usize = 1_000;

/// Holds a folder that goes when this is dropped.
pub struct Place(TempDir);

impl Place {
    /// Makes a folder on the disk of the build.
    pub fn new() -> Self {
        let beside = std::env::current_exe().expect("a program knows where it lies");
        let beside = beside.parent().expect("a program lies in a folder");
        Self(
            tempfile::Builder::new().prefix("bench-").tempdir_in(beside).expect("there is room for a folder"),
        )
    }

    /// Gives a path inside.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Makes a notebook whose keyring is a folder beside it.
    pub fn make_notebook(&self) -> Notebook {
        make_notebook(&self.path("notebook"), &file_vault::host_in(self.0.path()))
    }

    /// Gives the folder itself.
    pub fn root(&self) -> &Path {
        self.0.path()
    }
}

/// Opens the notebook of a place, from any process.
pub fn open_notebook(root: &Path) -> Notebook {
    Notebook::open(&root.join("notebook"), &file_vault::host_in(root), Unlock::Keyring)
        .expect("the notebook opens")
}

/// Makes an empty notebook.
pub fn make_notebook(folder: &Path, host: &Host) -> Notebook {
    Notebook::create(folder, host, "Robin", NewKey::Keyring).expect("a notebook can be made")
}

/// Turns a sample into a new entry.
pub fn new_entry(sample: Sample) -> NewEntry {
    let written = Moment::at(sample.at, Some(ZONE)).expect("the corpus lies within the calendar");
    NewEntry {
        title: sample.title,
        text: sample.text,
        tags: sample.tags,
        written: Some(written),
        ..NewEntry::default()
    }
}

/// Writes the first `count` entries of the corpus, the oldest first as a life writes them, and tells how long it took.
pub fn write_entries(notebook: &Notebook, corpus: &mut Corpus, count: usize) -> Duration {
    let mut took = Duration::ZERO;
    let mut left = count;
    while left > 0 {
        let some = left.min(TOGETHER);
        let entries: Vec<NewEntry> = (0..some).map(|n| new_entry(corpus.sample(left - 1 - n))).collect();
        let begun = Instant::now();
        notebook
            .write(|tx| journal::create_entries(tx, entries))
            .map_err(|error: JournalError| error)
            .expect("entries can be made");
        took += begun.elapsed();
        left -= some;
    }
    took
}

/// Tells how the index was filled.
pub struct Filling {
    /// Until every entry was in it.
    pub filled: Duration,
    /// Until its parts were put together too.
    pub settled: Duration,
}

/// Fills the index as the host does, until there is nothing left to do.
pub fn fill(notebook: &Notebook) -> Filling {
    let begun = Instant::now();
    let mut filled = None;
    loop {
        let now = search::index_some(notebook, A_STEP).expect("the index can be filled");
        if now.waiting == 0 && filled.is_none() {
            filled = Some(begun.elapsed());
        }
        if now.settled {
            return Filling { filled: filled.unwrap_or_default(), settled: begun.elapsed() };
        }
    }
}
