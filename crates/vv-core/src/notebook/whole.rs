//! What is done with a notebook as a whole: backups and bringing them back, checking it, saving what a damage left.

use std::fs;
use std::path::Path;

use super::{Backup, Notebook, NotebookError, SalvageReport, StoreError, Unlock, VerifyReport};
use crate::ports::Host;
use crate::store::backup;
use crate::store::folder::Folder;
use crate::store::topics::Topic;
use crate::store::{restore, salvage, verify};

impl Notebook {
    /// Makes a backup of everything into one file and proves that it opens. Without a path it goes into the notebook's own
    /// folder. Nothing that is there is replaced: where the name is taken, the backup gets a number.
    pub fn backup(&self, path: Option<&Path>) -> Result<Backup, NotebookError> {
        let name = format!("{}.{}", self.host().clock.now().format("%Y-%m-%d-%H%M%S"), backup::ENDING);
        let own = self.folder.backups().join(name);
        let made = self.read(|reader| {
            backup::make(&self.folder, self.host(), reader.sql(), &self.key, path.unwrap_or(&own))
        })?;
        if !self.is_read_only() {
            self.write(|tx| {
                tx.publish(Topic::Notebook);
                backup::note(tx.sql(), &made)
            })?;
        }
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
        self.write(|tx| {
            tx.publish(Topic::Notebook);
            tx.sql().execute("DELETE FROM backup WHERE path = ?1", [path.to_string_lossy()])?;
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    }

    /// Keeps the newest `keep` of the backups that [`Notebook::backup`] has put into the notebook's own folder by itself,
    /// and removes the older ones of those; others are never touched.
    pub fn prune_backups(&self, keep: usize) -> Result<u32, NotebookError> {
        let own = self.backups()?.into_iter().filter(|backup| {
            let name = backup.path.file_stem().unwrap_or_default().to_string_lossy();
            backup.path.parent() == Some(self.folder.backups().as_path())
                && name.len() == "2026-01-01-000000".len()
                && name.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
        });
        let old: Vec<Backup> = own.skip(keep.max(1)).collect();
        for backup in &old {
            self.remove_backup(&backup.path)?;
        }
        Ok(u32::try_from(old.len()).unwrap_or(u32::MAX))
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
