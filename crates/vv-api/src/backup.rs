//! Backup commands, and the backup made by itself every day.
//!
//! A backup is one file that brings its own keys; it counts only when it was opened for proof. Restoring moves what was there
//! aside and deletes nothing. Only backups that were made by themselves are ever removed by themselves.

use std::path::{Path, PathBuf};

use vv_core::{Notebook, notebook::Backup};

use crate::{
    App,
    error::ApiError,
    model::notebook::{BackupView, MakeBackup, NotebookStatus, RestoreBackup},
    notebook::notebook_status,
    unlocking::{Key, welcome},
};

/// How many backups that were made by themselves are kept.
const KEPT: usize = 7;

/// Makes a backup and proves that it opens.
pub fn backup_make(app: &App, request: MakeBackup) -> Result<BackupView, ApiError> {
    // A name of its own keeps a backup that somebody asked for from being taken for one made by itself.
    let path = request.path.map(PathBuf::from).unwrap_or_else(|| {
        app.folder()
            .join("backups")
            .join(format!("asked-for-{}.vvbackup", app.host.clock.now().format("%Y-%m-%d-%H%M%S")))
    });
    app.with(|notebook| notebook.backup(Some(&path))).map(BackupView::from)
}

/// Lists the backups in the notebook's own folder, and those made elsewhere that are still there; newest first.
pub fn backup_list(app: &App) -> Result<Vec<BackupView>, ApiError> {
    let backups = app.with(Notebook::backups)?;
    Ok(backups.into_iter().map(BackupView::from).collect())
}

/// Puts a backup in the place of the notebook, which is moved aside. The notebook is closed for it; when the restore is refused,
/// it lies there as it was, and is opened as usual.
pub fn backup_restore(app: &App, request: RestoreBackup) -> Result<NotebookStatus, ApiError> {
    let key = Key::of(request.unlock)?;
    {
        let _alone = app.one_at_a_time();
        app.close();
        let notebook =
            Notebook::restore(&app.folder(), &app.host, Path::new(&request.path), key.as_unlock())?;
        welcome(&notebook);
        app.put(notebook);
    }
    notebook_status(app)
}

/// Removes one backup of the notebook's own folder by its path. A path elsewhere is refused.
pub fn backup_remove(app: &App, request: String) -> Result<(), ApiError> {
    app.with(|notebook| notebook.remove_backup(Path::new(&request)))
}

/// Makes a backup when none was made today, and removes those made by themselves beyond the seventh.
pub(crate) fn make_daily(app: &App) -> Result<(), ApiError> {
    let today = app.host.clock.now().date_naive();
    app.with(|notebook| {
        if notebook.backups()?.iter().all(|backup| backup.made_at.date_naive() < today) {
            notebook.backup(None)?;
            notebook.prune_backups(KEPT)?;
        }
        Ok::<_, vv_core::notebook::NotebookError>(())
    })
}

/// Tells the newest backup, as far as it shows without a key.
pub(crate) fn newest_backup(app: &App) -> Option<BackupView> {
    Notebook::backups_in(&app.folder()).ok()?.into_iter().next().map(BackupView::from)
}

impl From<Backup> for BackupView {
    fn from(backup: Backup) -> Self {
        Self {
            path: backup.path.to_string_lossy().into_owned(),
            made_at: backup.made_at,
            size: backup.size,
            proven_entries: backup.proven_entries,
        }
    }
}
