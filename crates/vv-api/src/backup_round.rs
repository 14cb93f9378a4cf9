//! What is done by itself: a backup each day, a copy of it in the folder of the person's choice, the old ones taken away, once a
//! month the newest opened again for proof, and once a day what a crash left swept away.
//!
//! A folder that is away, such as a stick in a drawer, is no fault: the copy is made when it is back. A fault is kept to be
//! told, and tried again after a while, not every minute.

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use vv_core::{Notebook, notebook::NotebookError};

use crate::{App, backup::of_this_notebook, error::ApiError, model::events::Topic};

/// So often it is looked whether something is due.
const LOOKED: TimeDelta = TimeDelta::minutes(1);
/// So long after a fault it is tried again.
const AGAIN: TimeDelta = TimeDelta::minutes(30);
/// So often it is looked for chunks that nothing names.
const SWEPT: TimeDelta = TimeDelta::days(1);
/// So long after the last drill the newest backup is opened again.
const DRILLED: TimeDelta = TimeDelta::days(30);

/// Holds when the next round is due, and what went wrong in the last one.
#[derive(Default)]
pub(crate) struct Round(Mutex<State>);

#[derive(Default)]
struct State {
    next_at: Option<DateTime<Utc>>,
    trouble: Option<String>,
    swept_at: Option<DateTime<Utc>>,
}

impl Round {
    /// Tells why the last backup by itself could not be made.
    pub(crate) fn trouble(&self) -> Option<String> {
        self.state().trouble.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does what is due about backups.
pub(crate) fn go(app: &App) {
    let now = app.host.clock.now();
    if app.round.state().next_at.is_some_and(|next| now < next && next - now <= AGAIN) {
        return;
    }
    let outcome = app.with(|notebook| round(app, notebook, now));
    let trouble = outcome.err().map(|error: ApiError| {
        tracing::warn!(code = ?error.code, "a backup by itself could not be made");
        error.message
    });
    let mut state = app.round.state();
    state.next_at = Some(now + if trouble.is_some() { AGAIN } else { LOOKED });
    let changed = state.trouble != trouble;
    state.trouble = trouble;
    drop(state);
    if changed {
        app.raise(&[Topic::Notebook]);
    }
}

/// Sweeps away, once a day at a quiet moment, the sealed chunks that a crash left without a record.
pub(crate) fn sweep(app: &App) {
    let now = app.host.clock.now();
    let due = app.round.state().swept_at.is_none_or(|at| now - at >= SWEPT);
    if !due {
        return;
    }
    app.round.state().swept_at = Some(now);
    match app.with(Notebook::sweep_chunks) {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "chunks that nothing names were taken away"),
        Err(error) => tracing::warn!(code = ?error.code, "chunks that nothing names could not be taken away"),
    }
}

fn round(app: &App, notebook: &Notebook, now: DateTime<Utc>) -> Result<(), NotebookError> {
    let settings = app.settings.known();
    if settings.daily_backup {
        let today = now.date_naive();
        if notebook.backups()?.iter().all(|backup| backup.made_at.date_naive() < today) {
            notebook.backup(None)?;
            notebook.rotate_backups(None)?;
        }
        let folder = Path::new(&settings.backup_folder);
        if !settings.backup_folder.is_empty() && folder.is_dir() {
            copy_newest(notebook, folder)?;
        }
    }
    drill(notebook, now)
}

/// Copies the newest backup that was proven into the folder elsewhere, when it is not there yet.
fn copy_newest(notebook: &Notebook, folder: &Path) -> Result<(), NotebookError> {
    let own = notebook.folder().join("backups");
    let all = notebook.backups()?;
    let newest = all.iter().find(|backup| backup.path.parent() == Some(&own) && of_this_notebook(backup));
    let there = all.iter().find(|backup| backup.path.parent() == Some(folder));
    if let Some(newest) = newest
        && there.is_none_or(|there| there.made_at < newest.made_at)
    {
        notebook.copy_backup(newest, folder)?;
        notebook.rotate_backups(Some(folder))?;
    }
    Ok(())
}

/// Opens the newest backup again when that was not done for a month. The first time it is due a month after the first backup.
fn drill(notebook: &Notebook, now: DateTime<Utc>) -> Result<(), NotebookError> {
    let all = notebook.backups()?;
    let since = match notebook.last_drill()? {
        Some(drill) => Some(drill.at),
        None => all.last().map(|oldest| oldest.made_at),
    };
    if since.is_some_and(|since| now - since >= DRILLED)
        && let Some(newest) = all.iter().find(|backup| of_this_notebook(backup))
    {
        notebook.drill_backup(newest)?;
    }
    Ok(())
}
