//! Drafts become saves: those a crash left, and those of sessions that end because the notebook is locked or closed.
//!
//! A draft carries what its editor showed before, so it merges with what was written since like any other save. It is never
//! dropped: what is too long for an entry is kept as a file of it.

use super::attach::{add_file, prepare_file};
use super::editors::{Shown, merge};
use super::error::JournalError;
use super::owner;
use super::record::entry;
use super::table::drafts::{self, Draft};
use super::table::entries;
use super::text::{MAX_TITLE_CHARS, clean_title};
use crate::Notebook;
use crate::ids::EntryId;
use crate::store::blobs::BlobStore;
use crate::store::error::StoreError;
use crate::store::op::{Change, Op, Value};
use crate::store::tx::Tx;

/// Makes saves of the drafts that crashed programs left, and tells how many brought words back. Called when a notebook was
/// opened for editing; drafts of programs that still run are left to them.
pub fn recover_drafts(notebook: &Notebook) -> Result<u32, JournalError> {
    recover_drafts_of(notebook, None)
}

/// Does the same for one entry.
pub(super) fn recover_drafts_of(notebook: &Notebook, id: Option<EntryId>) -> Result<u32, JournalError> {
    let mut left = notebook.read(|reader| drafts::list(reader.sql(), id))?;
    left.retain(|draft| {
        if notebook.editors.is_own(&draft.owner) {
            !notebook.editors.holds(draft.session)
        } else {
            !owner::is_running(notebook.folder(), &draft.owner)
        }
    });
    let mut recovered = 0;
    for draft in left {
        recovered += u32::from(save_draft(notebook, &draft)?);
    }
    Ok(recovered)
}

/// Ends every session of this process; what was typed since its last save becomes a save. Called before the notebook is
/// locked or closed, and when the window that held the editors went away.
pub fn settle_editors(notebook: &Notebook) -> Result<(), JournalError> {
    let sessions = notebook.editors.end_all();
    let kept = notebook.read(|reader| drafts::list(reader.sql(), None))?;
    for draft in kept.iter().filter(|draft| sessions.contains(&draft.session)) {
        save_draft(notebook, draft)?;
    }
    Ok(())
}

/// Makes a save of a draft and says whether it changed something.
fn save_draft(notebook: &Notebook, listed: &Draft) -> Result<bool, JournalError> {
    let merged = notebook.write(|tx| {
        let Some(draft) = take_draft(tx, listed)? else { return Ok(false) };
        let shown = Shown { title: draft.base_title, state: draft.base_state, life: None };
        let (title, text) = split_title(&draft.title, draft.text);
        Ok(merge(tx, draft.entry, &shown, None, &title, &text)?.is_new)
    });
    match merged {
        Err(
            JournalError::TooLarge { .. }
            | JournalError::Store(StoreError::TooLarge | StoreError::BadUpdate(_)),
        ) => notebook.write(|tx| keep_as_file(tx, notebook.blobs(), listed)),
        other => other,
    }
}

/// Takes a draft from the disk, unless another program saved it since it was listed or its entry was deleted.
fn take_draft(tx: &mut Tx, listed: &Draft) -> Result<Option<Draft>, JournalError> {
    let drafts = drafts::list(tx.sql(), Some(listed.entry))?;
    let Some(draft) = drafts.into_iter().find(|draft| draft.session == listed.session) else {
        return Ok(None);
    };
    drafts::remove(tx.sql(), draft.session)?;
    Ok(entries::read_row(tx.sql(), draft.entry)?.map(|_| draft))
}

fn keep_as_file(tx: &mut Tx, blobs: &BlobStore, listed: &Draft) -> Result<bool, JournalError> {
    let Some(draft) = take_draft(tx, listed)? else { return Ok(false) };
    let (title, text) = split_title(&draft.title, draft.text);
    let file = prepare_file(blobs, "Recovered text.md", text.as_bytes())?;
    add_file(tx, draft.entry, &file)?;
    if title != draft.base_title {
        let ops = vec![Op::Set { field: entry::TITLE, value: Value::Text(title) }];
        tx.commit(Change { object: *draft.entry.as_bytes(), ops })?;
    }
    Ok(true)
}

/// Gives a title that can be kept; one that is too long becomes the beginning of the text.
fn split_title(written: &str, text: String) -> (String, String) {
    match clean_title(written) {
        Ok(title) => (title, text),
        Err(_) => (written.chars().take(MAX_TITLE_CHARS).collect(), format!("{written}\n\n{text}")),
    }
}
