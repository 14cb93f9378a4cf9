//! Writes drafts into the notebook: decides what each one is here, seals its files, and commits a batch whole.

use std::collections::HashMap;
use std::fs::File;

use super::draft::{Draft, Key};
use super::error::PortabilityError;
use super::model::{ImportReport, KeptField};
use crate::ids::{AttachmentId, EntryId};
use crate::journal::attach::{PreparedFile, add_file_as, prepare};
use crate::journal::change::change_tags;
use crate::journal::record::{self, EntryFacts, entry};
use crate::journal::tag::clean_tags;
use crate::journal::text::{MAX_TEXT_BYTES, clean_text, clean_title};
use crate::journal::{
    JournalError, NewEntry, Source, create_entry, create_with_long_text, find_by_source, get_entry,
    trash_entry,
};
use crate::notebook::Notebook;
use crate::store::op::{Change, Op, Value};
use crate::store::{Kind, Reader, StoreError, TextDoc, Tx};

/// The largest file that is attached.
const LARGEST_FILE: u64 = 1 << 30;
/// The program that entries are said to come from whose own id cannot be used again here.
const OWN_APP: &str = "vice-versa";

/// Says what a draft is in this notebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Decision {
    /// It is not here yet. An own entry that was deleted for good here comes back under a new id.
    Add { id: Option<EntryId>, deleted: bool },
    /// It is here and its source is the same as last time.
    Unchanged,
    /// It is here, and its source changed since.
    Update(EntryId),
    /// It is here and was never imported, and reads differently.
    Differs,
}

/// Decides what a draft is in this notebook. Its text is looked at only for entries that were never imported.
pub(crate) fn decide(reader: &Reader<'_>, draft: &Draft) -> Result<Decision, PortabilityError> {
    let (found, deleted) = find(reader, &draft.key)?;
    let Some(id) = found else {
        let own = if let Key::Own(id) = draft.key { Some(id) } else { None };
        return Ok(Decision::Add { id: own.filter(|_| !deleted), deleted });
    };
    let object = reader.object(id.as_bytes())?.ok_or(JournalError::NoEntry)?;
    match object.fields.get(&entry::IMPORTED_MARK).and_then(Value::as_bytes) {
        Some(mark) if mark == draft.mark => Ok(Decision::Unchanged),
        Some(_) => Ok(Decision::Update(id)),
        None if reads_the_same(reader, id, draft)? => Ok(Decision::Unchanged),
        None => Ok(Decision::Differs),
    }
}

/// Finds the entry of a key, and tells whether its own id was deleted for good here.
pub(crate) fn find(reader: &Reader<'_>, key: &Key) -> Result<(Option<EntryId>, bool), PortabilityError> {
    match key {
        Key::Foreign { app, id } => Ok((find_by_source(reader, app, id)?, false)),
        Key::Own(id) => match reader.object(id.as_bytes())? {
            None => Ok((None, false)),
            Some(object) if !object.erased && object.kind == Kind::Entry.0 => Ok((Some(*id), false)),
            Some(_) => Ok((find_by_source(reader, OWN_APP, &id.to_string())?, true)),
        },
    }
}

fn reads_the_same(reader: &Reader<'_>, id: EntryId, draft: &Draft) -> Result<bool, PortabilityError> {
    let here = get_entry(reader, id)?;
    let on = draft.on.unwrap_or_else(|| draft.written.local_at().date());
    let mut tags: Vec<String> = draft.tags.iter().map(|tag| tag.to_lowercase()).collect();
    let mut tags_here: Vec<String> = here.tags.iter().map(|tag| tag.to_lowercase()).collect();
    tags.sort();
    tags_here.sort();
    Ok(here.title.trim() == draft.title.trim()
        && here.text == crate::journal::text::normal_lines(&draft.text)
        && here.on == on
        && here.at == draft.written.instant()
        && here.starred == draft.starred
        && tags == tags_here)
}

/// Writes a batch in one transaction and tells the report; with `dry_run` it only tells. `promised` gives the ids that links
/// of other drafts name already.
pub(crate) fn write_batch(
    notebook: &Notebook,
    drafts: &[Draft],
    promised: &HashMap<Key, EntryId>,
    dry_run: bool,
    report: &mut ImportReport,
) -> Result<(), PortabilityError> {
    let decisions = notebook.read(|reader| {
        drafts.iter().map(|draft| decide(reader, draft)).collect::<Result<Vec<_>, PortabilityError>>()
    })?;
    let mut sealed = Sealed { notebook, files: Vec::new() };
    let mut steps = Vec::with_capacity(drafts.len());
    for (draft, decision) in drafts.iter().zip(decisions) {
        report.found += 1;
        report.attachments.found += draft.files.len() as u32;
        report.attachments.missing.extend(draft.missing.iter().cloned());
        match what_stays(draft, &decision) {
            Some(Stays::Unchanged) => report.unchanged += 1,
            Some(Stays::Because(why)) => report.skip(&draft.item, why),
            None => {
                let first = sealed.files.len();
                if !dry_run {
                    sealed.seal_files_of(draft, report)?;
                }
                steps.push((draft, decision, first..sealed.files.len()));
            }
        }
    }
    if dry_run {
        for (draft, decision, _) in &steps {
            report.attachments.added += draft.files.len() as u32;
            tell(report, draft, decision);
        }
        return Ok(());
    }
    if steps.is_empty() {
        return Ok(());
    }
    let done = notebook.write(|tx| {
        let mut done = Vec::with_capacity(steps.len());
        for (draft, decision, files) in &steps {
            done.push(write_one(tx, notebook, draft, decision, promised, &sealed.files[files.clone()])?);
        }
        Ok::<_, PortabilityError>(done)
    })?;
    for ((draft, decision, files), outcome) in steps.into_iter().zip(done) {
        match outcome {
            Outcome::Refused(why) => report.skip(&draft.item, why),
            Outcome::Written { added } => {
                tell(report, draft, &decision);
                report.attachments.added += added.iter().filter(|added| **added).count() as u32;
                for (file, added) in sealed.files[files].iter_mut().zip(added) {
                    file.is_kept = added;
                }
            }
        }
    }
    Ok(())
}

enum Stays {
    Unchanged,
    Because(&'static str),
}

fn what_stays(draft: &Draft, decision: &Decision) -> Option<Stays> {
    match decision {
        Decision::Unchanged => Some(Stays::Unchanged),
        Decision::Differs => Some(Stays::Because(
            "it is in the notebook already and reads differently there; what is there was kept",
        )),
        Decision::Update(_) if draft.text.len() > MAX_TEXT_BYTES => Some(Stays::Because(
            "its text has grown over 1 MiB; the entry was left as it was imported before",
        )),
        Decision::Update(_) | Decision::Add { .. } => None,
    }
}

/// Tells the report what became of a draft.
fn tell(report: &mut ImportReport, draft: &Draft, decision: &Decision) {
    match decision {
        Decision::Update(_) => report.updated += 1,
        _ => report.added += 1,
    }
    for why in &draft.left_out {
        report.skip(&draft.item, why);
    }
    let kept = |field: &String| KeptField { item: draft.item.clone(), field: field.clone() };
    report.kept_as_fields.extend(draft.kept.iter().map(kept));
}

/// Is a file that is sealed and waits for its record.
struct SealedFile {
    id: AttachmentId,
    prepared: Option<PreparedFile>,
    is_kept: bool,
}

/// Holds the sealed files of a batch; those that got no record are removed again, whatever happens.
struct Sealed<'a> {
    notebook: &'a Notebook,
    files: Vec<SealedFile>,
}

impl Sealed<'_> {
    fn seal_files_of(&mut self, draft: &Draft, report: &mut ImportReport) -> Result<(), PortabilityError> {
        for file in &draft.files {
            let item = || format!("{} → {}", draft.item, file.name);
            let mut open = match File::open(&file.path) {
                Ok(open) => open,
                Err(_) => {
                    report.skip(item(), "the file cannot be read");
                    continue;
                }
            };
            if open.metadata().is_ok_and(|found| found.len() > LARGEST_FILE) {
                report.skip(item(), "the file is larger than 1 GiB");
                continue;
            }
            match prepare(self.notebook.blobs(), &file.name, &mut open) {
                Ok(prepared) => {
                    self.files.push(SealedFile { id: file.id, prepared: Some(prepared), is_kept: false })
                }
                Err(JournalError::Unreadable(_)) => report.skip(item(), "the file cannot be read"),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}

impl Drop for Sealed<'_> {
    fn drop(&mut self) {
        for file in self.files.iter_mut().filter(|file| !file.is_kept) {
            if let Some(prepared) = file.prepared.take() {
                // A chunk that stays behind is sealed, and its key is gone.
                let _ = prepared.discard(self.notebook.blobs());
            }
        }
    }
}

enum Outcome {
    /// Written; for each sealed file, whether it was added.
    Written { added: Vec<bool> },
    /// The journal does not take it, for this reason.
    Refused(String),
}

fn write_one(
    tx: &mut Tx<'_>,
    notebook: &Notebook,
    draft: &Draft,
    decision: &Decision,
    promised: &HashMap<Key, EntryId>,
    files: &[SealedFile],
) -> Result<Outcome, PortabilityError> {
    let mut text = draft.text.clone();
    let here = match decision {
        Decision::Update(id) => get_entry(tx, *id)?.attachments,
        _ => Vec::new(),
    };
    // A file that the entry has already is not added again; one whose id is taken elsewhere gets another.
    let mut as_ids = Vec::with_capacity(files.len());
    for file in files {
        let same = file.prepared.as_ref().and_then(|prepared| {
            here.iter().find(|known| known.blake3 == prepared.blake3() && known.name == prepared.name())
        });
        let (id, is_new) = match same {
            Some(known) => (known.id, false),
            None if tx.object(file.id.as_bytes())?.is_some() => (tx.make_id(), true),
            None => (file.id, true),
        };
        if id != file.id {
            text = text.replace(&format!("attachment:{}", file.id), &format!("attachment:{id}"));
        }
        as_ids.push((id, is_new));
    }
    let entry = match decision {
        Decision::Update(id) => update(tx, *id, draft, &text).map(|()| *id),
        Decision::Add { id, deleted } => {
            let id = id.or_else(|| promised.get(&draft.key).copied());
            add(tx, notebook, draft, text, id, *deleted)
        }
        Decision::Unchanged | Decision::Differs => return Ok(Outcome::Written { added: Vec::new() }),
    };
    let entry = match entry {
        Ok(entry) => entry,
        // Checked before anything is committed, so the rest of the batch is untouched.
        Err(PortabilityError::Journal(JournalError::Invalid { why, .. })) => {
            return Ok(Outcome::Refused(why));
        }
        Err(error) => return Err(error),
    };
    let mut added = Vec::with_capacity(files.len());
    for (file, (id, is_new)) in files.iter().zip(as_ids) {
        if let Some(prepared) = file.prepared.as_ref().filter(|_| is_new) {
            add_file_as(tx, id, entry, prepared)?;
        }
        added.push(is_new);
    }
    Ok(Outcome::Written { added })
}

fn add(
    tx: &mut Tx<'_>,
    notebook: &Notebook,
    draft: &Draft,
    text: String,
    id: Option<EntryId>,
    deleted: bool,
) -> Result<EntryId, PortabilityError> {
    let mut source = draft.source.clone();
    if let (true, Key::Own(old)) = (deleted, &draft.key) {
        // Its own id stands in the log as deleted; under this source the next import finds it.
        source = Some(Source { app: OWN_APP.to_owned(), id: old.to_string(), fields: Default::default() });
    }
    let long = text.len() > MAX_TEXT_BYTES;
    let new = NewEntry {
        id,
        imported_mark: Some(draft.mark),
        title: draft.title.clone(),
        text,
        tags: draft.tags.clone(),
        written: Some(draft.written.clone()),
        on: draft.on,
        starred: draft.starred,
        origin: draft.origin,
        source,
    };
    let entry =
        if long { create_with_long_text(tx, notebook.blobs(), new)?.entry } else { create_entry(tx, new)? };
    if draft.trashed {
        trash_entry(tx, entry)?;
    }
    Ok(entry)
}

/// Brings an entry that was imported before to what its source says now, in one record.
fn update(tx: &mut Tx<'_>, id: EntryId, draft: &Draft, text: &str) -> Result<(), PortabilityError> {
    let object = tx.object(id.as_bytes())?.ok_or(JournalError::NoEntry)?;
    let facts = EntryFacts::of(&object);
    let mut ops = vec![Op::Set { field: entry::IMPORTED_MARK, value: Value::Bytes(draft.mark.to_vec()) }];
    let title = clean_title(&draft.title)?;
    if title != facts.title {
        ops.push(Op::Set { field: entry::TITLE, value: Value::Text(title) });
    }
    if draft.written != facts.moment {
        ops.extend(record::set_moment(&draft.written));
    }
    let on = draft.on.filter(|on| *on != draft.written.local_at().date());
    if on != facts.on_is_chosen.then_some(facts.on) {
        ops.push(record::set_on(on));
    }
    if draft.starred != facts.starred {
        ops.push(Op::Set { field: entry::STARRED, value: Value::Bool(draft.starred) });
    }
    if let Some(source) = draft.source.as_ref().filter(|source| facts.source.as_ref() != Some(source)) {
        ops.push(Op::Set { field: entry::SOURCE, value: record::source_value(source) });
    }
    ops.extend(change_tags(&object, &clean_tags(&draft.tags)?));
    ops.extend(replace_text(tx, id, &clean_text(text)?)?);
    tx.commit(Change { object: object.id, ops })?;
    Ok(())
}

/// Makes the operations that turn the text of an entry into another.
pub(crate) fn replace_text(tx: &mut Tx<'_>, id: EntryId, text: &str) -> Result<Vec<Op>, StoreError> {
    let object = id.as_bytes();
    let kept = tx.doc(object, entry::TEXT)?;
    if kept.as_ref().map_or("", |kept| kept.text.as_str()) == text {
        return Ok(Vec::new());
    }
    let session = tx.next_session_number(object)?;
    let client = tx.client_id(object, session)?;
    let mut doc = match kept {
        Some(kept) => TextDoc::load(&kept.state, client)?,
        None => TextDoc::new(client),
    };
    let updates = doc.apply_text(text);
    Ok(updates.into_iter().map(|bytes| Op::UpdateDoc { field: entry::TEXT, session, bytes }).collect())
}
