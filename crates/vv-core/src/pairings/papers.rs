//! Texts of a pairing that are edited: my private notes, the notes of both to a session, the sections of an agreement.
//!
//! The contract is that of the journal's editors: a session holds the state its editor shows, a save compares with that state and
//! never with the newest, so whatever the other typed meanwhile stays and comes back as splices. What was typed since the last save
//! lies in a draft on this computer; after a crash it becomes a save. Sessions live in memory and end with the process.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use rusqlite::{Connection, params};

use super::charter::open_home;
use super::error::PairingError;
use super::home::{commit, home_of};
use super::model::{Home, Section};
use super::record::{session, side};
use crate::Notebook;
use crate::ids::{PairSessionId, PairingId, SessionId};
use crate::journal::owner::is_running;
use crate::journal::text::clean_text;
use crate::journal::{Splice, splices};
use crate::store::doc::TextDoc;
use crate::store::op::{Change, Kind, ObjectId, Op};
use crate::store::{Reader, StoreError, Tx};

/// Names a text of a pairing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Paper {
    /// My private notes; they never leave my devices.
    Private(PairingId),
    /// The notes of a session that both see.
    Notes(PairingId, PairSessionId),
    /// A section of the draft of the agreement.
    Section(PairingId, Section),
}

impl Paper {
    fn pairing(&self) -> PairingId {
        match self {
            Self::Private(pairing) | Self::Notes(pairing, _) | Self::Section(pairing, _) => *pairing,
        }
    }

    /// Writes it for the table of drafts.
    fn to_bytes(self) -> Vec<u8> {
        let mut bytes = self.pairing().as_bytes().to_vec();
        match self {
            Self::Private(_) => bytes.push(0),
            Self::Notes(_, session) => {
                bytes.push(1);
                bytes.extend(session.as_bytes());
            }
            Self::Section(_, section) => bytes.extend([2, section as u8 + 1]),
        }
        bytes
    }

    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairing, rest) = bytes.split_at_checked(16)?;
        let pairing = PairingId::from_bytes(pairing.try_into().ok()?);
        match rest {
            [0] => Some(Self::Private(pairing)),
            [1, session @ ..] => {
                Some(Self::Notes(pairing, PairSessionId::from_bytes(session.try_into().ok()?)))
            }
            [2, section] => Some(Self::Section(pairing, Section::of_number((*section).into())?)),
            _ => None,
        }
    }
}

/// Says where a text stands.
struct Sheet {
    /// None for what is in the journal and no home.
    home: Option<Home>,
    object: ObjectId,
    field: u32,
    /// What is made when it is not there yet.
    kind: Kind,
}

fn sheet(reader: &Reader, paper: Paper) -> Result<Sheet, PairingError> {
    let pairing = paper.pairing();
    Ok(match paper {
        Paper::Private(id) => {
            Sheet { home: None, object: *id.as_bytes(), field: side::NOTES, kind: Kind::Pairing }
        }
        Paper::Notes(_, id) => {
            let home = home_of(reader, pairing)?;
            if home.object(reader, id.as_bytes(), Kind::PairSession)?.is_none() {
                return Err(PairingError::NotThere);
            }
            Sheet { home: Some(home), object: *id.as_bytes(), field: session::NOTES, kind: Kind::PairSession }
        }
        Paper::Section(_, section) => {
            let home = home_of(reader, pairing)?;
            Sheet {
                home: Some(home),
                object: home.draft(),
                field: section.number(),
                kind: Kind::AgreementDraft,
            }
        }
    })
}

impl Sheet {
    fn read<R>(
        &self,
        reader: &Reader,
        f: impl FnOnce(&Reader) -> Result<R, StoreError>,
    ) -> Result<R, StoreError> {
        match self.home {
            Some(home) => home.read(reader, f),
            None => f(reader),
        }
    }

    fn state(&self, reader: &Reader) -> Result<Kept, StoreError> {
        let doc = self.read(reader, |reader| reader.doc(&self.object, self.field))?;
        Ok(doc.map_or_else(Kept::default, |doc| Kept { state: doc.state, text: doc.text }))
    }

    /// Writes updates of its text.
    fn write(&self, tx: &mut Tx, ops: Vec<Op>) -> Result<(), PairingError> {
        let object = self.object;
        match self.home {
            None => {
                tx.commit(Change { object, ops })?;
                Ok(())
            }
            Some(home) => {
                let is_new = home.object(tx, &object, self.kind)?.is_none();
                commit(tx, home, object, is_new.then_some(self.kind), Vec::new(), ops)
            }
        }
    }

    /// Runs something where the text is written, so that sessions are counted in the feed that writes.
    fn within<'a, R>(
        &self,
        tx: &mut Tx<'a>,
        f: impl FnOnce(&mut Tx<'a>) -> Result<R, StoreError>,
    ) -> Result<R, PairingError> {
        match self.home {
            Some(Home::Shared(space)) => {
                crate::spaces::ready_to_write(tx, space)?;
                Ok(tx.in_stream(&space.0, vv_protocol::CONTENT_STREAM, f)?)
            }
            _ => Ok(f(tx)?),
        }
    }
}

#[derive(Default)]
struct Kept {
    state: Vec<u8>,
    text: String,
}

/// Holds the editing sessions of one open notebook.
#[derive(Default)]
pub struct Papers(Mutex<HashMap<SessionId, Arc<Mutex<Editing>>>>);

struct Editing {
    paper: Paper,
    state: Vec<u8>,
    number: Option<u64>,
    is_kept: bool,
}

/// Tells what an editor is to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperEditor {
    /// The session, to be named in every keep and save.
    pub session: SessionId,
    /// The text.
    pub text: String,
    /// Whether words that a crash left unsaved were brought back into it.
    pub recovered: bool,
}

/// Tells what a save came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedPaper {
    /// What the editor has to change to show what stands now.
    pub splices: Vec<Splice>,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn editing(notebook: &Notebook, id: SessionId) -> Result<Arc<Mutex<Editing>>, PairingError> {
    lock(&notebook.papers.0).get(&id).cloned().ok_or(PairingError::NoSession)
}

/// Opens a text in an editor. A draft that a crash left becomes a save first.
pub fn open_paper(notebook: &Notebook, paper: Paper) -> Result<PaperEditor, PairingError> {
    if let Paper::Private(id) = paper {
        notebook.write(|tx| super::begin::touch(tx, id).map(drop))?;
    }
    let recovered = recover(notebook, Some(paper))? > 0;
    let kept = notebook.read(|reader| Ok::<_, PairingError>(sheet(reader, paper)?.state(reader)?))?;
    let session = SessionId::from(notebook.host().ids.make_id());
    let editing = Editing { paper, state: kept.state, number: None, is_kept: false };
    lock(&notebook.papers.0).insert(session, Arc::new(Mutex::new(editing)));
    Ok(PaperEditor { session, text: kept.text, recovered })
}

/// Shows a text without editing it.
pub fn read_paper(reader: &Reader, paper: Paper) -> Result<String, PairingError> {
    let sheet = sheet(reader, paper)?;
    let text = sheet.read(reader, |reader| reader.doc_text(&sheet.object, sheet.field))?;
    Ok(text.unwrap_or_default())
}

/// Keeps what was typed since the last save, on this computer only.
pub fn keep_paper(notebook: &Notebook, id: SessionId, text: &str) -> Result<(), PairingError> {
    let editing = editing(notebook, id)?;
    let mut editing = lock(&editing);
    let owner = notebook.editors.own_token(notebook)?;
    notebook.write(|tx| {
        let now = tx.now().timestamp_millis();
        tx.sql()
            .prepare_cached("INSERT OR REPLACE INTO pair_draft VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?
            .execute(params![id.as_bytes(), editing.paper.to_bytes(), owner, text, editing.state, now])?;
        Ok::<_, StoreError>(())
    })?;
    editing.is_kept = true;
    Ok(())
}

/// Saves what an editor shows, and tells what others changed meanwhile. A save that changes nothing makes no record.
pub fn save_paper(
    notebook: &Notebook,
    id: SessionId,
    text: &str,
    close: bool,
) -> Result<SavedPaper, PairingError> {
    let editing = editing(notebook, id)?;
    let mut editing = lock(&editing);
    let (merged, saved_at) = notebook.write(|tx| {
        let merged = merge(tx, editing.paper, &editing.state, editing.number, text)?;
        if editing.is_kept {
            remove_draft(tx.sql(), id)?;
        }
        Ok::<_, PairingError>((merged, tx.now()))
    })?;
    let splices = splices(text, &merged.kept.text);
    (editing.state, editing.number, editing.is_kept) = (merged.kept.state, merged.number, false);
    if close {
        lock(&notebook.papers.0).remove(&id);
    }
    Ok(SavedPaper { splices, saved_at })
}

/// Ends a session without a save; what it typed since the last one is dropped.
pub fn close_paper(notebook: &Notebook, id: SessionId) -> Result<(), PairingError> {
    let editing = editing(notebook, id)?;
    if lock(&editing).is_kept {
        notebook.write(|tx| remove_draft(tx.sql(), id))?;
    }
    lock(&notebook.papers.0).remove(&id);
    Ok(())
}

/// Ends every session of this process; what was typed since its last save becomes a save. Called before the notebook is locked or
/// closed.
pub fn settle_papers(notebook: &Notebook) -> Result<(), PairingError> {
    lock(&notebook.papers.0).clear();
    recover(notebook, None).map(drop)
}

/// Makes saves of the drafts that programs left which run no more, of one text or of all; tells how many.
pub fn recover_papers(notebook: &Notebook) -> Result<u32, PairingError> {
    recover(notebook, None)
}

struct Draft {
    session: SessionId,
    paper: Vec<u8>,
    owner: [u8; 16],
    text: String,
    state: Vec<u8>,
}

fn drafts(sql: &Connection) -> Result<Vec<Draft>, StoreError> {
    let mut read = sql.prepare_cached(
        "SELECT session, paper, owner, text, state FROM pair_draft ORDER BY kept_at, session",
    )?;
    let rows = read.query_map([], |row| {
        Ok(Draft {
            session: SessionId::from_bytes(row.get(0)?),
            paper: row.get(1)?,
            owner: row.get(2)?,
            text: row.get(3)?,
            state: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn remove_draft(sql: &Connection, id: SessionId) -> Result<(), StoreError> {
    sql.prepare_cached("DELETE FROM pair_draft WHERE session = ?1")?.execute([id.as_bytes()])?;
    Ok(())
}

fn recover(notebook: &Notebook, only: Option<Paper>) -> Result<u32, PairingError> {
    let left = notebook.read(|reader| drafts(reader.sql()))?;
    let mut recovered = 0;
    for draft in left {
        let is_open = match notebook.editors.is_own(&draft.owner) {
            true => lock(&notebook.papers.0).contains_key(&draft.session),
            false => is_running(notebook.folder(), &draft.owner),
        };
        let Some(paper) = Paper::of_bytes(&draft.paper) else { continue };
        if is_open || only.is_some_and(|only| only != paper) {
            continue;
        }
        let saved = notebook.write(|tx| {
            let merged = merge(tx, paper, &draft.state, None, &draft.text)?;
            remove_draft(tx.sql(), draft.session)?;
            Ok::<_, PairingError>(merged.is_new)
        });
        match saved {
            Ok(is_new) => recovered += u32::from(is_new),
            // It stays where it is until it can be saved: nothing that was typed is dropped.
            Err(problem) => tracing::warn!(%problem, "a draft of a pairing waits"),
        }
    }
    Ok(recovered)
}

struct Merged {
    kept: Kept,
    number: Option<u64>,
    is_new: bool,
}

/// Writes the difference between what an editor showed and what it shows now, and merges it with what stands.
fn merge(
    tx: &mut Tx,
    paper: Paper,
    shown: &[u8],
    number: Option<u64>,
    text: &str,
) -> Result<Merged, PairingError> {
    let text = clean_text(text)?;
    let sheet = sheet(tx, paper)?;
    let main = sheet.state(tx)?;
    if main.state == shown && main.text == *text {
        return Ok(Merged { kept: main, number, is_new: false });
    }
    let is_unchanged = {
        let shown = if shown.is_empty() { String::new() } else { TextDoc::load(shown, 1)?.text() };
        shown == *text
    };
    if is_unchanged {
        return Ok(Merged { kept: main, number, is_new: false });
    }
    if sheet.home.is_some() {
        open_home(tx, paper.pairing())?;
    }
    let object = sheet.object;
    let (session, client) = sheet.within(tx, |tx| {
        let session = match number {
            Some(number) => number,
            None => tx.next_session_number(&object)?,
        };
        Ok((session, tx.client_id(&object, session)?))
    })?;
    let mut doc = if shown.is_empty() { TextDoc::new(client) } else { TextDoc::load(shown, client)? };
    let updates = doc.apply_text(&text);
    let is_new = !updates.is_empty();
    let ops = updates.into_iter().map(|bytes| Op::UpdateDoc { field: sheet.field, session, bytes }).collect();
    sheet.write(tx, ops)?;
    Ok(Merged { kept: sheet.state(tx)?, number: is_new.then_some(session), is_new })
}

/// Writes a whole text into a field, in an editing session of its own.
pub(crate) fn write_whole(
    tx: &mut Tx,
    home: Home,
    object: ObjectId,
    field: u32,
    kind: Kind,
    text: &str,
) -> Result<(), PairingError> {
    let text = clean_text(text)?;
    let sheet = Sheet { home: Some(home), object, field, kind };
    let ops = sheet.within(tx, |tx| {
        let kept = tx.doc(&object, field)?;
        tx.rewrite_text(&object, field, kept.as_ref(), &text)
    })?;
    if ops.is_empty() { Ok(()) } else { sheet.write(tx, ops) }
}
