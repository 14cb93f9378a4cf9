//! The backups of a notebook over time: which are kept, copies elsewhere, and the drill that opens one again.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Backup, Notebook, NotebookError, StoreError};
use crate::identity::table::{self, fact};
use crate::store::join::{self, JoinReport};
use crate::store::proof::{self, Scratch};
use crate::store::topics::Topic;
use crate::store::{backup, rotation};

/// Begins the name of the backup that is made before another takes the notebook's place.
pub(crate) const BEFORE_RESTORE: &str = "before-restore-";

/// Tells what came of opening a backup again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drill {
    /// When it was opened.
    pub at: DateTime<Utc>,
    /// The backup.
    pub path: String,
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
    /// How many entries it holds; none when it does not open.
    pub entries: Option<u32>,
    /// Why it does not open, as a sentence; none when it does.
    pub problem: Option<String>,
}

impl Notebook {
    /// Keeps, of the backups in a folder that were made by themselves, the last of each of 7 days, 4 weeks and 12 months, and
    /// removes the others of those. None means the notebook's own folder. What a person asked for is never touched, nor what
    /// another notebook has put there.
    pub fn rotate_backups(&self, folder: Option<&Path>) -> Result<u32, NotebookError> {
        let own = self.folder.backups();
        let folder = folder.unwrap_or(&own);
        let ours: Vec<Backup> = self
            .backups()?
            .into_iter()
            .filter(|backup| {
                backup.path.parent() == Some(folder) && rotation::is_made_by_itself(&backup.path)
            })
            .filter(|backup| backup.proven_entries.is_some() || folder == own)
            .collect();
        let made_at: Vec<DateTime<Utc>> = ours.iter().map(|backup| backup.made_at).collect();
        let mut removed = 0;
        for (backup, _) in ours.iter().zip(rotation::kept(&made_at)).filter(|(_, kept)| !kept) {
            fs::remove_file(&backup.path)?;
            self.forget_backup(&backup.path)?;
            removed += 1;
        }
        Ok(removed)
    }

    /// Copies a backup into another folder and proves the copy. The folder must be there: a disk that was taken away is never
    /// made again as a folder.
    pub fn copy_backup(&self, backup: &Backup, into: &Path) -> Result<Backup, NotebookError> {
        if !into.is_dir() {
            return Err(StoreError::NotFound.into());
        }
        let made = backup::copy_to(self.host(), &self.key, backup, into)?;
        self.note_backup(&made)?;
        Ok(made)
    }

    /// Makes a backup of what stands now, before another takes its place.
    pub fn backup_before_restore(&self) -> Result<Backup, NotebookError> {
        let now = self.host().clock.now().format("%Y-%m-%d-%H%M%S");
        self.backup(Some(&self.folder.backups().join(format!("{BEFORE_RESTORE}{now}.{}", backup::ENDING))))
    }

    /// Brings in what a backup of this notebook has and this notebook has not; nothing that is here goes. What stands now is
    /// kept as a backup first.
    pub fn join_backup(&self, file: &Path) -> Result<JoinReport, NotebookError> {
        let from = join::unpack(&self.folder, file, &self.key)?;
        self.backup_before_restore()?;
        self.write(|tx| {
            for topic in Topic::ALL {
                tx.publish(topic);
            }
            join::join(tx, &from, self.blobs())
        })
    }

    /// Opens a backup again as somebody would who has nothing else, and notes what came of it. That it does not open is an
    /// answer here and no error.
    pub fn drill_backup(&self, backup: &Backup) -> Result<Drill, NotebookError> {
        let scratch = Scratch::make(&self.folder)?;
        let opened = proof::open(&backup.path, &scratch.database(), &self.key, self.host());
        let (entries, problem) = match opened {
            Ok(proof) => (Some(proof.counts.entries), None),
            Err(problem) => (None, Some(problem.to_string())),
        };
        let drill = Drill {
            at: self.host().clock.now(),
            path: backup.path.to_string_lossy().into_owned(),
            made_at: backup.made_at,
            entries,
            problem,
        };
        if !self.is_read_only() {
            let text = serde_json::to_string(&drill).map_err(|_| StoreError::Damaged)?;
            self.write(|tx| {
                tx.publish(Topic::Notebook);
                table::put_fact(tx.sql(), fact::DRILL, text)
            })?;
        }
        Ok(drill)
    }

    /// Tells what came of the last drill.
    pub fn last_drill(&self) -> Result<Option<Drill>, StoreError> {
        self.read(|reader| {
            let text: Option<String> = table::find_fact(reader.sql(), fact::DRILL)?;
            Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
        })
    }

    pub(super) fn note_backup(&self, made: &Backup) -> Result<(), NotebookError> {
        if self.is_read_only() {
            return Ok(());
        }
        self.write(|tx| {
            tx.publish(Topic::Notebook);
            backup::note(tx.sql(), made)
        })?;
        Ok(())
    }

    pub(super) fn forget_backup(&self, path: &Path) -> Result<(), NotebookError> {
        self.write(|tx| {
            tx.publish(Topic::Notebook);
            tx.sql().execute("DELETE FROM backup WHERE path = ?1", [path.to_string_lossy()])?;
            Ok::<(), StoreError>(())
        })?;
        Ok(())
    }
}
