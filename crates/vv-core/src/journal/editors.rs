//! Editing sessions: what each open editor shows of its entry, so that its saves merge with everybody else's.
//!
//! A session holds the state of the shared text as its editor shows it. A save compares the editor's text with that state and
//! never with the newest one; else the words that others wrote meanwhile would look deleted. The save becomes one record, is
//! merged, and what others wrote comes back as splices.
//!
//! Sessions live in memory and end with the process. What was typed since the last save lies in a draft (`recover.rs`).
//! Calls for one session come one after the other: `keep_draft` and `save_text` are each sent when the one before returned.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::compare::splices;
use super::error::JournalError;
use super::get::{entry_with, read_object, read_text};
use super::model::{Entry, SavedText};
use super::owner::Owner;
use super::record::entry;
use super::recover::recover_drafts_of;
use super::table::{drafts, entries};
use super::text::{clean_text, clean_title, count_words};
use super::versions::{Count, count_versions};
use crate::Notebook;
use crate::identity::table::incarnation;
use crate::ids::{EntryId, SessionId};
use crate::store::doc::{TextDoc, merge_texts};
use crate::store::error::StoreError;
use crate::store::op::{Change, DocRow, Op, Value};
use crate::store::tx::Tx;

/// Holds the editing sessions of one open notebook.
#[derive(Default)]
pub struct Editors {
    sessions: Mutex<HashMap<SessionId, Arc<Mutex<Session>>>>,
    owner: Mutex<Option<Owner>>,
}

impl Editors {
    fn get(&self, id: SessionId) -> Result<Arc<Mutex<Session>>, JournalError> {
        lock(&self.sessions).get(&id).cloned().ok_or(JournalError::NoSession)
    }

    /// Says whether a session of this process is open.
    pub(super) fn holds(&self, id: SessionId) -> bool {
        lock(&self.sessions).contains_key(&id)
    }

    /// Says whether a token is that of this process.
    pub(crate) fn is_own(&self, token: &[u8; 16]) -> bool {
        lock(&self.owner).as_ref().is_some_and(|owner| owner.token() == token)
    }

    /// Ends every session and names them.
    pub(super) fn end_all(&self) -> Vec<SessionId> {
        let ended = std::mem::take(&mut *lock(&self.sessions));
        // A keep or save that is under way comes to its end first.
        ended.iter().for_each(|(_, session)| drop(lock(session)));
        ended.into_keys().collect()
    }

    /// Gives the token of this process, which it holds from its first draft or recording on.
    pub(crate) fn own_token(&self, notebook: &Notebook) -> Result<[u8; 16], JournalError> {
        let mut owner = lock(&self.owner);
        if let Some(owner) = &*owner {
            return Ok(*owner.token());
        }
        let token = *notebook.host().ids.make_id().as_bytes();
        let begun = Owner::begin(notebook.folder(), token).map_err(StoreError::from)?;
        *owner = Some(begun);
        Ok(token)
    }
}

/// What one editor shows.
pub(super) struct Session {
    pub(super) entry: EntryId,
    pub(super) shown: Shown,
    /// Its number in the entry, taken in the transaction of its first save.
    number: Option<u64>,
    /// Whether the draft on the disk has its base.
    base_kept: bool,
    /// The count of versions since a save of this session, as long as nobody else changed the entry.
    versions: Option<Count>,
}

/// A title and the state of a text as an editor shows them.
#[derive(Clone, PartialEq)]
pub(super) struct Shown {
    pub(super) title: String,
    /// Empty while nothing was ever written.
    pub(super) state: Vec<u8>,
    /// In which life of this device it was shown; none where nobody knows.
    pub(super) life: Option<u64>,
}

/// Tells what an editor is to show.
#[derive(Debug, Clone, PartialEq)]
pub struct Editor {
    /// The session, to be named in every keep and save.
    pub session: SessionId,
    /// The entry.
    pub entry: Entry,
    /// Whether words that a crash left unsaved were brought back into the text.
    pub recovered: bool,
}

/// Opens an entry in an editor. A draft that a crash left becomes a save first.
pub fn open_editor(notebook: &Notebook, id: EntryId) -> Result<Editor, JournalError> {
    let recovered = recover_drafts_of(notebook, Some(id))? > 0;
    let (entry, state, life) = notebook.read(|reader| {
        read_object(reader, id)?;
        let doc = read_text(reader, id)?;
        Ok::<_, JournalError>((entry_with(reader, id, doc.text)?, doc.state, incarnation(reader.sql())?))
    })?;
    let session = SessionId::from(notebook.host().ids.make_id());
    let shown = Shown { title: entry.title.clone(), state, life: Some(life) };
    let kept = Session { entry: id, shown, number: None, base_kept: false, versions: None };
    lock(&notebook.editors.sessions).insert(session, Arc::new(Mutex::new(kept)));
    Ok(Editor { session, entry, recovered })
}

/// Keeps what was typed since the last save, on this computer only. Reads nothing of the entry, so it costs one small write.
///
/// # Errors
/// [`JournalError::NoSession`] when the session has ended.
pub fn keep_draft(notebook: &Notebook, id: SessionId, text: &str, title: &str) -> Result<(), JournalError> {
    let session = notebook.editors.get(id)?;
    let mut session = lock(&session);
    let token = notebook.editors.own_token(notebook)?;
    notebook.write(|tx| {
        let base = drafts::Base {
            entry: session.entry,
            owner: &token,
            title: &session.shown.title,
            state: &session.shown.state,
        };
        let base = (!session.base_kept).then_some(base);
        drafts::keep(tx.sql(), id, title, text, tx.now().timestamp_millis(), base)
    })?;
    session.base_kept = true;
    Ok(())
}

/// Saves what an editor shows, and tells what others changed meanwhile. A save that changes nothing makes no record.
///
/// # Errors
/// [`JournalError::TooLarge`] for a text over 1 MiB, [`JournalError::NoSession`] when the session has ended,
/// [`JournalError::NoEntry`] when the entry was deleted for good meanwhile. The session stays open then, and its draft stays.
pub fn save_text(
    notebook: &Notebook,
    id: SessionId,
    text: &str,
    title: &str,
    close: bool,
) -> Result<SavedText, JournalError> {
    let session = notebook.editors.get(id)?;
    let mut session = lock(&session);
    let saved = notebook.write(|tx| {
        let merged = merge(tx, session.entry, &session.shown, session.number, title, text)?;
        if session.base_kept {
            drafts::remove(tx.sql(), id)?;
        }
        let known = session.versions.filter(|_| !merged.others_wrote);
        let now = tx.now();
        let versions = match known {
            Some(count) if merged.is_new => count.after_save(now),
            Some(count) => count,
            None => count_versions(tx, session.entry)?,
        };
        let answer = SavedText {
            entry: entries::read_row(tx.sql(), session.entry)?.ok_or(JournalError::NoEntry)?,
            splices: splices(text, &merged.text),
            title: merged.shown.title.clone(),
            saved_at: now,
            word_count: count_words(&merged.text),
            version_count: versions.count,
        };
        Ok::<_, JournalError>((merged, versions, answer))
    });
    let (merged, versions, answer) = saved?;
    session.shown = merged.shown;
    session.number = merged.number;
    session.base_kept = false;
    session.versions = (merged.is_new || session.versions.is_some()).then_some(versions);
    if close {
        lock(&notebook.editors.sessions).remove(&id);
    }
    Ok(answer)
}

/// Ends a session without a save. What it typed since the last one is dropped, so this is for editors that typed nothing, or
/// whose person chose to drop it.
pub fn close_editor(notebook: &Notebook, id: SessionId) -> Result<(), JournalError> {
    let session = notebook.editors.get(id)?;
    if lock(&session).base_kept {
        notebook.write(|tx| drafts::remove(tx.sql(), id))?;
    }
    lock(&notebook.editors.sessions).remove(&id);
    Ok(())
}

/// What a save came to.
pub(super) struct Merged {
    pub(super) shown: Shown,
    pub(super) text: String,
    pub(super) number: Option<u64>,
    pub(super) is_new: bool,
    pub(super) others_wrote: bool,
}

/// Writes the difference between what an editor showed and what it shows now, and merges it with what stands.
pub(super) fn merge(
    tx: &mut Tx,
    id: EntryId,
    shown: &Shown,
    number: Option<u64>,
    title: &str,
    text: &str,
) -> Result<Merged, JournalError> {
    let (title, text) = (clean_title(title)?, clean_text(text)?);
    let object = *id.as_bytes();
    let kept = entries::read_row(tx.sql(), id)?.ok_or(JournalError::NoEntry)?;
    let main = read_text(tx, id)?;
    let others_wrote = main.state != shown.state || kept.title != shown.title;

    let mut ops = Vec::new();
    let life = Some(incarnation(tx.sql())?);
    let mut number = number.filter(|_| shown.life == life);
    if shown.life != life && main.state != shown.state && main.text != *text {
        // Words that were shown may have given way since and stand in the text anew; so words are compared, and not their history.
        let base =
            if shown.state.is_empty() { String::new() } else { TextDoc::load(&shown.state, 1)?.text() };
        let merged = merge_texts(&base, &text, &main.text)?;
        if merged != main.text {
            let kept = (!main.state.is_empty())
                .then(|| DocRow { state: main.state.clone(), text: main.text.clone() });
            ops.extend(tx.rewrite_text(&object, entry::TEXT, kept.as_ref(), &merged)?);
        }
    } else if main.state != shown.state || main.text != *text {
        let session = match number {
            Some(number) => number,
            None => tx.next_session_number(&object)?,
        };
        let client = tx.client_id(&object, session)?;
        let mut doc =
            if shown.state.is_empty() { TextDoc::new(client) } else { TextDoc::load(&shown.state, client)? };
        let updates = doc.apply_text(&text);
        if !updates.is_empty() {
            number = Some(session);
        }
        ops.extend(updates.into_iter().map(|bytes| Op::UpdateDoc { field: entry::TEXT, session, bytes }));
    }
    if title != shown.title {
        ops.push(Op::Set { field: entry::TITLE, value: Value::Text(title.clone()) });
    }
    if ops.is_empty() {
        let shown = Shown { title: kept.title, state: main.state, life };
        return Ok(Merged { shown, text: main.text, number, is_new: false, others_wrote });
    }
    let title = if title == shown.title { kept.title } else { title };
    tx.commit(Change { object, ops })?;
    let main = read_text(tx, id)?;
    let shown = Shown { title, state: main.state, life };
    Ok(Merged { shown, text: main.text, number, is_new: true, others_wrote })
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
