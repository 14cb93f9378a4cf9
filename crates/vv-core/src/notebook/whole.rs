//! What is done with a notebook as a whole: backups and bringing them back, checking it, saving what a damage left.

use std::fs;
use std::path::Path;

use super::{Backup, Notebook, NotebookError, SalvageReport, StoreError, Unlock, VerifyReport};
use crate::ports::Host;
use crate::store::backup;
use crate::store::folder::Folder;
use crate::store::{restore, rotation, salvage, sweep, verify};

impl Notebook {
    /// Makes a backup of everything into one file and proves that it opens. Without a path it goes into the notebook's own
    /// folder. Nothing that is there is replaced: where the name is taken, the backup gets a number.
    pub fn backup(&self, path: Option<&Path>) -> Result<Backup, NotebookError> {
        let own = self.folder.backups().join(rotation::name_of(self.host().clock.now()));
        let made = self.read(|reader| {
            backup::make(&self.folder, self.host(), reader.sql(), &self.key, path.unwrap_or(&own))
        })?;
        self.note_backup(&made)?;
        Ok(made)
    }

    /// Lists the backups in the notebook's own folder, and those made elsewhere that are still there; newest first.
    pub fn backups(&self) -> Result<Vec<Backup>, NotebookError> {
        self.read(|reader| backup::list(&self.folder, reader.sql()))
    }

    /// Lists the backups in the folder of a notebook as far as they show without its key; newest first.
    pub fn backups_in(folder: &Path) -> Result<Vec<Backup>, NotebookError> {
        backup::list_locked(&Folder::new(folder))
    }

    /// Removes one backup of the notebook's own folder.
    pub fn remove_backup(&self, path: &Path) -> Result<(), NotebookError> {
        let own = self.backups()?.into_iter().any(|backup| backup.path == path);
        if !own || path.parent() != Some(self.folder.backups().as_path()) {
            return Err(NotebookError::NotABackup);
        }
        fs::remove_file(path)?;
        self.forget_backup(path)
    }

    /// Puts a backup in the place of the notebook in `folder` and opens it. What was there is moved aside, never deleted.
    /// No process may have that notebook open. Its feeds begin another life.
    pub fn restore(folder: &Path, host: &Host, backup: &Path, unlock: Unlock) -> Result<Self, NotebookError> {
        let folder = Folder::new(folder);
        let key = restore::restore(&folder, host, backup, unlock)?;
        let mut notebook = Self::open_with_key(folder, host, key)?;
        if matches!(unlock, Unlock::Kit(_)) {
            notebook.by_kit = true;
            notebook.renew_keyring_entry()?;
        }
        Ok(notebook)
    }

    /// Takes away sealed chunks that nothing names and that are older than a day: what a crash between sealing a file and
    /// writing its record left. Tells how many files went.
    pub fn sweep_chunks(&self) -> Result<u32, StoreError> {
        if self.is_read_only() {
            return Ok(0);
        }
        let now = self.host().clock.now();
        self.read(|reader| sweep::sweep(reader, &self.blobs, now))
    }

    /// Checks chain, signatures, identity, every projection and every file. Repairs nothing.
    pub fn verify(&self) -> Result<VerifyReport, StoreError> {
        self.read(|reader| Ok(verify::verify(reader, &self.blobs)))
    }

    /// Tells what a salvage of a damaged notebook would bring back. Moves and changes nothing.
    pub fn try_salvage(folder: &Path, host: &Host, unlock: Unlock) -> Result<SalvageReport, NotebookError> {
        Ok(salvage::salvage(&Folder::new(folder), host, unlock, false)?.1)
    }

    /// Reads what can be read of a damaged notebook into a new one with the same key and opens that. The damaged one is
    /// moved aside, never deleted.
    pub fn salvage(
        folder: &Path,
        host: &Host,
        unlock: Unlock,
    ) -> Result<(Self, SalvageReport), NotebookError> {
        let folder = Folder::new(folder);
        let (key, report) = salvage::salvage(&folder, host, unlock, true)?;
        Ok((Self::open_with_key(folder, host, key)?, report))
    }
}
