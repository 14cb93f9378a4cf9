//! Backup commands. What is made by itself stands in `backup_round.rs`.
//!
//! A backup is one file that brings its own keys; it counts only when it was opened for proof. Restoring moves what was there
//! aside and deletes nothing. Only backups that were made by themselves are ever removed by themselves.

use std::path::{Path, PathBuf};

use vv_core::{
    Notebook,
    notebook::{Backup, Drill, NotebookError},
};

use crate::{
    App,
    error::{ApiError, ErrorCode},
    model::notebook::{
        BackupFolder, BackupState, BackupView, DrillView, JoinedView, MakeBackup, NotebookStatus,
        RestoreBackup,
    },
    notebook::notebook_status,
    unlocking::{Key, welcome},
};

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

/// Puts a backup in the place of the notebook, which is kept as a backup and moved aside. The notebook is closed for it; when the restore is refused,
/// it lies there as it was, and is opened as usual.
pub fn backup_restore(app: &App, request: RestoreBackup) -> Result<NotebookStatus, ApiError> {
    let key = Key::of(request.unlock)?;
    {
        let _alone = app.one_at_a_time();
        // The way back stands in the list of backups. Without room for it nothing is exchanged. What cannot be opened is moved
        // aside all the same.
        if app.opened().is_some() {
            app.with(Notebook::backup_before_restore)?;
        } else if let Ok(notebook) = Notebook::open(&app.folder(), &app.host, key.as_unlock()) {
            notebook.backup_before_restore()?;
        }
        app.close();
        let notebook =
            Notebook::restore(&app.folder(), &app.host, Path::new(&request.path), key.as_unlock())?;
        welcome(app, &notebook);
        app.put(notebook);
    }
    notebook_status(app)
}

/// Removes one backup of the notebook's own folder by its path. A path elsewhere is refused.
pub fn backup_remove(app: &App, request: String) -> Result<(), ApiError> {
    app.with(|notebook| notebook.remove_backup(Path::new(&request)))
}

/// Says how the backups stand.
pub fn backup_state(app: &App) -> Result<BackupState, ApiError> {
    let folder = app.settings.known().backup_folder;
    app.with(|notebook| {
        let all = notebook.backups()?;
        let elsewhere = (!folder.is_empty()).then(|| {
            let place = Path::new(&folder);
            let there = all.iter().find(|backup| backup.path.parent() == Some(place));
            BackupFolder {
                path: folder.clone(),
                is_there: place.is_dir(),
                newest_at: there.map(|b| b.made_at),
            }
        });
        Ok::<_, NotebookError>(BackupState {
            newest: all.into_iter().next().map(BackupView::from),
            elsewhere,
            drill: notebook.last_drill()?.map(DrillView::from),
            trouble: app.round.trouble(),
        })
    })
}

/// Opens the newest backup as somebody would who has nothing else, and says what came of it.
pub fn backup_drill(app: &App) -> Result<DrillView, ApiError> {
    app.with(|notebook| {
        let newest = notebook.backups()?.into_iter().find(of_this_notebook);
        let newest = newest.ok_or_else(|| {
            ApiError::new(ErrorCode::NotFound, "There is no backup to open yet. Make one first.")
        })?;
        Ok::<_, ApiError>(DrillView::from(notebook.drill_backup(&newest)?))
    })
}

/// Tells whether a backup was made of this notebook, as far as its list knows; another one does not open with its key.
pub(crate) fn of_this_notebook(backup: &Backup) -> bool {
    backup.proven_entries.is_some()
}

/// Brings in what a backup of this notebook has and the notebook has not. What stands now is kept as a backup first.
pub fn backup_join(app: &App, request: String) -> Result<JoinedView, ApiError> {
    let report = app.with(|notebook| notebook.join_backup(Path::new(&request)))?;
    Ok(JoinedView { entries: report.entries, changes: report.records })
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

impl From<Drill> for DrillView {
    fn from(drill: Drill) -> Self {
        Self {
            at: drill.at,
            path: drill.path,
            made_at: drill.made_at,
            entries: drill.entries,
            problem: drill.problem,
        }
    }
}
