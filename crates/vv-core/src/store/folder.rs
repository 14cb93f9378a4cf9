//! The folder of a notebook: what lies where, who may enter, and how one folder takes the place of another.
//!
//! A folder is exchanged in steps that a crash may interrupt anywhere: a small file beside it says what is going on, and
//! whoever comes next finishes it. So a notebook is never half one and half another, and never seems to be gone.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use vv_crypto::make_bytes;

use super::blobs::sync_folder;
use super::error::NotebookError;
use super::key_file::{KeyFile, create_private};
use crate::notebook::BEFORE_RESTORE;

/// Names the places of one notebook.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(crate) fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.root.join("notebook.db")
    }

    pub(crate) fn key_file(&self) -> PathBuf {
        self.root.join("notebook.key")
    }

    pub(crate) fn blobs(&self) -> PathBuf {
        self.root.join("blobs")
    }

    pub(crate) fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    fn inbox(&self) -> PathBuf {
        self.root.join("inbox")
    }

    /// Names something beside the folder that belongs to it.
    pub(crate) fn beside(&self, ending: &str) -> PathBuf {
        let mut name = self.root.file_name().map_or_else(|| OsString::from("notebook"), OsString::from);
        name.push(".");
        name.push(ending);
        self.root.with_file_name(name)
    }

    /// Names a folder beside this one that is not there yet, in which something is prepared.
    pub(crate) fn workshop(&self, purpose: &str) -> PathBuf {
        let digits: String = make_bytes::<6>().iter().map(|byte| format!("{byte:02x}")).collect();
        self.beside(&format!("{purpose}-{digits}"))
    }

    /// Names the place to which this folder is moved when another takes its place.
    pub(crate) fn aside(&self, now: DateTime<Utc>) -> PathBuf {
        let plain = self.beside(&format!("aside-{}", now.format("%Y-%m-%d-%H%M%S")));
        if !plain.exists() {
            return plain;
        }
        self.workshop(&format!("aside-{}", now.format("%Y-%m-%d-%H%M%S")))
    }

    /// Tells whether a notebook is here; a part of one without the others is an error of its own.
    pub(crate) fn is_present(&self) -> Result<bool, NotebookError> {
        match (exists(&self.database())?, exists(&self.key_file())?) {
            (true, true) => Ok(true),
            (false, true) => Err(NotebookError::DatabaseMissing),
            (true, false) => Err(NotebookError::KeyFileMissing),
            (false, false) if self.has_remains()? => Err(NotebookError::OnlyRemains),
            (false, false) => Ok(false),
        }
    }

    /// Tells whether something of a person's lies here although database and key file are gone.
    fn has_remains(&self) -> io::Result<bool> {
        let wal = self.root.join("notebook.db-wal");
        Ok(exists(&wal)? && fs::metadata(&wal)?.len() > 0
            || !is_empty(&self.blobs())?
            || !is_empty(&self.backups())?
            || !is_empty(&self.inbox())?)
    }

    /// Tells whether the folder is there and holds anything at all.
    pub(crate) fn is_empty(&self) -> io::Result<bool> {
        is_empty(&self.root)
    }

    /// Puts a prepared folder in the place of this one, which is moved to `aside`. Needs the exclusive lock.
    pub(crate) fn exchange(&self, prepared: &Path, aside: &Path) -> Result<(), NotebookError> {
        let mark = self.beside("exchange");
        let mut file = create_private(&mark)?;
        file.write_all(format!("{}\n{}\n", name_of(prepared), name_of(aside)).as_bytes())?;
        file.sync_all()?;
        drop(file);
        self.sync_parent()?;
        self.finish_exchange()
    }

    /// Finishes an exchange that was begun, if one was. Needs the exclusive lock.
    pub(crate) fn finish_exchange(&self) -> Result<(), NotebookError> {
        let mark = self.beside("exchange");
        let names = match fs::read_to_string(&mark) {
            Ok(names) => names,
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(problem) => return Err(problem.into()),
        };
        let mut names = names.lines();
        let (Some(prepared), Some(aside)) = (names.next(), names.next()) else {
            // The crash came before the mark was whole, so nothing had been moved.
            fs::remove_file(&mark)?;
            return Ok(());
        };
        let (prepared, aside) = (self.root.with_file_name(prepared), self.root.with_file_name(aside));
        if exists(&prepared)? {
            if exists(&self.root)? && !exists(&aside)? {
                fs::rename(&self.root, &aside)?;
            }
            fs::rename(&prepared, &self.root)?;
            self.sync_parent()?;
        }
        self.carry_over(&Folder::new(&aside))?;
        fs::remove_file(&mark)?;
        self.sync_parent()?;
        Ok(())
    }

    /// Tells whether an exchange was begun and not finished.
    pub(crate) fn is_exchanging(&self) -> io::Result<bool> {
        exists(&self.beside("exchange"))
    }

    /// Brings backups and waiting captures over from what was moved aside, all of them when it is the same notebook.
    fn carry_over(&self, aside: &Folder) -> Result<(), NotebookError> {
        let id_of = |folder: &Folder| KeyFile::read(&folder.key_file()).map(|file| file.id);
        let is_same = matches!((id_of(self), id_of(aside)), (Ok(here), Ok(there)) if here == there);
        for (from, to) in [(aside.backups(), self.backups()), (aside.inbox(), self.inbox())] {
            if !exists(&from)? {
                continue;
            }
            fs::create_dir_all(&to)?;
            for entry in fs::read_dir(&from)? {
                let entry = entry?;
                // Of another notebook only the backup comes along that was made of it for this exchange: the way back.
                if !is_same && !entry.file_name().to_string_lossy().starts_with(BEFORE_RESTORE) {
                    continue;
                }
                let place = to.join(entry.file_name());
                if !exists(&place)? {
                    fs::rename(entry.path(), place)?;
                }
            }
        }
        Ok(())
    }

    pub(crate) fn sync_parent(&self) -> io::Result<()> {
        self.root.parent().map_or(Ok(()), sync_folder)
    }

    /// Removes what an interrupted making left: it never held anything of a person's.
    pub(crate) fn remove_leftovers(&self, purpose: &str) -> io::Result<()> {
        let prefix = name_of(&self.beside(&format!("{purpose}-")));
        let Some(parent) = self.root.parent() else { return Ok(()) };
        for entry in fs::read_dir(parent)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(&prefix) && entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

pub(crate) fn exists(path: &Path) -> io::Result<bool> {
    path.try_exists()
}

fn is_empty(folder: &Path) -> io::Result<bool> {
    match fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_none()),
        Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(problem) => Err(problem),
    }
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make_private_folder(path: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(path)
}

/// Holds a place in a notebook: together with others, or alone.
///
/// Everyone who has a notebook open holds it together with the others. Only making, restoring, salvaging, a change of key
/// and an upgrade need it alone; whoever cannot have it so is told that the notebook is in use.
pub(crate) struct Lock {
    /// None where nothing can be written, and so nothing can change.
    file: Option<File>,
    /// Held alone by whoever of the present holders came first.
    first: Option<File>,
}

impl Lock {
    /// Enters together with others.
    pub(crate) fn shared(folder: &Folder) -> Result<Self, NotebookError> {
        let Some(file) = lock_file(&folder.beside("lock"))? else {
            return Ok(Self { file: None, first: None });
        };
        held(file.try_lock_shared())?;
        let first = match lock_file(&folder.beside("first"))? {
            Some(first) if held(first.try_lock()).is_ok() => Some(first),
            _ => None,
        };
        Ok(Self { file: Some(file), first })
    }

    /// Enters alone.
    pub(crate) fn exclusive(folder: &Folder) -> Result<Self, NotebookError> {
        let file = lock_file(&folder.beside("lock"))?.ok_or(super::error::StoreError::ReadOnly)?;
        held(file.try_lock())?;
        Ok(Self { file: Some(file), first: None })
    }

    /// Does something alone, and goes back to being one of several.
    pub(crate) fn alone<R>(
        &self,
        then: impl FnOnce() -> Result<R, NotebookError>,
    ) -> Result<R, NotebookError> {
        let file = self.file.as_ref().ok_or(super::error::StoreError::ReadOnly)?;
        file.unlock()?;
        let result = held(file.try_lock()).and_then(|()| then());
        // Whatever it was before, it is one of several from here on; nobody else can be in there alone for long.
        file.unlock()?;
        file.lock_shared()?;
        result
    }

    /// Tells whether nobody else had the notebook open when this holder came.
    pub(crate) fn is_first(&self) -> bool {
        self.first.is_some()
    }

    /// Tells whether the place beside the notebook can be written.
    pub(crate) fn is_writable(&self) -> bool {
        self.file.is_some()
    }
}

fn lock_file(path: &Path) -> Result<Option<File>, NotebookError> {
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
        Ok(file) => Ok(Some(file)),
        Err(problem)
            if matches!(
                problem.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Ok(None)
        }
        Err(problem) => Err(problem.into()),
    }
}

fn held(locked: Result<(), TryLockError>) -> Result<(), NotebookError> {
    match locked {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(NotebookError::InUse),
        Err(TryLockError::Error(problem)) => Err(problem.into()),
    }
}
