//! Writes drafts into the notebook: decides what each one is here, seals its files, and commits a batch whole.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive::{Lying, Reopened};
use super::decide::{Addition, Claims, Decision, decide};
use super::draft::{Draft, DraftFile, Expected, Key};
use super::error::PortabilityError;
use super::model::ImportReport;
use super::sealing::{Outcome as Sealing, Sealings};
use super::state::State;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::attach::{PreparedFile, add_file_as, clean_name};
use crate::journal::change::change_tags;
use crate::journal::record::{self, EntryFacts, entry};
use crate::journal::tag::clean_tags;
use crate::journal::text::{MAX_TEXT_BYTES, clean_text, clean_title};
use crate::journal::{
    Attachment, JournalError, NewEntry, Source, create_entry, create_with_long_text, get_entry, trash_entry,
};
use crate::notebook::Notebook;
use crate::notebook::emptying::Emptying;
use crate::store::op::{Change, Op, Value};
use crate::store::{StoreError, TextDoc, Tx};

/// The largest file that is attached.
const LARGEST_FILE: u64 = 1 << 30;
/// How many times its own size the files that an archive names may have together.
const OF_AN_ARCHIVE: u64 = 20;
/// What even a small archive may name beyond that; less in tests, which should not write a gigabyte.
const SPARE: u64 = if cfg!(test) { 64 << 20 } else { LARGEST_FILE };
/// The program that entries are said to come from whose own id cannot be used again here.
pub(crate) const OWN_APP: &str = "vice-versa";

/// Writes drafts, a batch at a time.
pub(crate) struct Writer<'a> {
    notebook: &'a Notebook,
    dry_run: bool,
    stop: &'a AtomicBool,
    claims: Claims,
    /// The ids that links of other drafts name already.
    pub(crate) promised: HashMap<Key, EntryId>,
    /// Bytes of files that may still be taken in: an archive that names one file over and over has an end.
    bytes_left: u64,
    emptying: Option<Emptying<'a>>,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(
        notebook: &'a Notebook,
        dry_run: bool,
        stop: &'a AtomicBool,
        archive: Option<u64>,
    ) -> Result<Self, PortabilityError> {
        let bytes_left =
            archive.map_or(u64::MAX, |bytes| bytes.saturating_mul(OF_AN_ARCHIVE).saturating_add(SPARE));
        let emptying = if dry_run { None } else { Some(notebook.empty_log_beside()?) };
        let (claims, promised) = (Claims::default(), HashMap::new());
        Ok(Self { notebook, dry_run, stop, claims, promised, bytes_left, emptying })
    }

    /// Writes a batch in one transaction and tells the report; a dry run only tells. When the person stops it, nothing of
    /// the batch is written and false is given.
    pub(crate) fn write(
        &mut self,
        drafts: &[Draft],
        report: &mut ImportReport,
    ) -> Result<bool, PortabilityError> {
        let claims = &mut self.claims;
        let decisions = self.notebook.read(|reader| {
            drafts
                .iter()
                .map(|draft| decide(reader, draft, claims))
                .collect::<Result<Vec<_>, PortabilityError>>()
        })?;
        let mut told = report.clone_counts();
        let mut sealed = Sealed { notebook: self.notebook, files: Vec::new() };
        let mut sealings = self.seal_files(drafts, &decisions);
        let mut steps = Vec::with_capacity(drafts.len());
        for (draft, decision) in drafts.iter().zip(decisions) {
            told.found += 1;
            told.see(draft.on.unwrap_or_else(|| draft.written.local_at().date()));
            told.attachments.found += draft.files.len() as u32;
            draft.missing.iter().for_each(|name| told.miss(name));
            match what_stays(draft, &decision) {
                Some(Stays::Unchanged) => told.unchanged += 1,
                Some(Stays::Because(why)) => told.skip(&draft.item, why),
                None => {
                    let first = sealed.files.len();
                    self.take_files(draft, &decision, &mut sealings, &mut sealed, &mut told)?;
                    if self.stop.load(Ordering::Relaxed) {
                        return Ok(false);
                    }
                    steps.push((draft, decision, first..sealed.files.len()));
                }
            }
        }
        if self.dry_run {
            for (draft, decision, _) in &steps {
                tell(&mut told, draft, decision);
            }
        } else if !steps.is_empty() {
            self.commit(&steps, &mut sealed, &mut told)?;
        }
        report.take_in(told);
        Ok(true)
    }

    fn commit(
        &self,
        steps: &[(&Draft, Decision, Range<usize>)],
        sealed: &mut Sealed<'_>,
        report: &mut ImportReport,
    ) -> Result<(), PortabilityError> {
        let done = self.notebook.write(|tx| {
            let mut done = Vec::with_capacity(steps.len());
            for (draft, decision, files) in steps {
                let files = &sealed.files[files.clone()];
                done.push(write_one(tx, self.notebook, draft, decision, &self.promised, files)?);
            }
            Ok::<_, PortabilityError>(done)
        })?;
        if let Some(emptying) = &self.emptying {
            emptying.wrote();
        }
        for ((draft, decision, files), outcome) in steps.iter().zip(done) {
            match outcome {
                Outcome::Refused(why) => report.skip(&draft.item, why),
                Outcome::Written { added } => {
                    tell(report, draft, decision);
                    report.attachments.added += added.iter().filter(|added| **added).count() as u32;
                    for (file, added) in sealed.files[files.clone()].iter_mut().zip(added) {
                        file.is_kept = added;
                    }
                }
            }
        }
        Ok(())
    }

    /// Seals the files of those drafts that are written. A dry run seals nothing.
    fn seal_files(&self, drafts: &[Draft], decisions: &[Decision]) -> Sealings<'a> {
        let mut bytes_left = self.bytes_left;
        let written = drafts
            .iter()
            .zip(decisions)
            .filter(|(draft, decision)| !self.dry_run && what_stays(draft, decision).is_none());
        let files: Vec<&DraftFile> = written
            .flat_map(|(draft, _)| &draft.files)
            .filter(|file| may_take(file, &mut bytes_left).is_ok())
            .collect();
        Sealings::make(self.notebook, &files, self.stop)
    }

    /// Takes the sealed files of a draft; a dry run reads what it must to tell the same.
    fn take_files(
        &mut self,
        draft: &Draft,
        decision: &Decision,
        sealings: &mut Sealings<'_>,
        sealed: &mut Sealed<'_>,
        report: &mut ImportReport,
    ) -> Result<(), PortabilityError> {
        let here = match decision {
            Decision::Update(id) if self.dry_run => {
                self.notebook.read(|reader| get_entry(reader, *id))?.attachments
            }
            _ => Vec::new(),
        };
        for file in &draft.files {
            let item = format!("{} → {}", draft.item, file.name);
            if let Err(why) = may_take(file, &mut self.bytes_left) {
                report.skip(item, why);
                continue;
            }
            let (taken, md5) = if self.dry_run {
                self.look_at(file, &here, report)
            } else {
                match sealings.take() {
                    Some(Sealing::Sealed(prepared, md5)) => {
                        sealed.files.push(SealedFile {
                            id: file.id,
                            prepared: Some(prepared),
                            is_kept: false,
                        });
                        (true, md5)
                    }
                    Some(Sealing::Failed(error)) => return Err(error.into()),
                    Some(Sealing::Unreadable) | None => (false, None),
                }
            };
            if !taken {
                report.skip(item, "the file cannot be read, or its bytes are damaged");
                continue;
            }
            let differs = match file.expected {
                Some(Expected::Md5(hash)) => md5.is_some_and(|found| found != hash),
                Some(Expected::Size(size)) => file.size != size,
                None => false,
            };
            if differs {
                report
                    .skip(item, "its bytes are not those that its journal names; it was brought in as it is");
            }
        }
        Ok(())
    }

    /// Reads as much of a file as it takes to tell what an import would: whether it can be read, and its MD5 where one is named.
    fn look_at(
        &self,
        file: &DraftFile,
        here: &[Attachment],
        report: &mut ImportReport,
    ) -> (bool, Option<[u8; 16]>) {
        let wants_md5 = matches!(file.expected, Some(Expected::Md5(_)));
        let Ok(mut open) = Reopened::new(&file.lies, self.stop, wants_md5) else { return (false, None) };
        let name = clean_name(&file.name);
        let known = here.iter().any(|known| known.size == file.size && known.name == name);
        let whole = known || wants_md5 || !matches!(file.lies, Lying::Disk(_));
        if whole && open.pass_over().is_err() {
            return (false, None);
        }
        report.attachments.added += u32::from(!known);
        (true, open.md5())
    }
}

/// Says why a file is not taken in, and otherwise counts its bytes among those that may be.
fn may_take(file: &DraftFile, bytes_left: &mut u64) -> Result<(), &'static str> {
    if file.size > LARGEST_FILE {
        return Err("the file is larger than 1 GiB");
    }
    *bytes_left = bytes_left
        .checked_sub(file.size)
        .ok_or("the archive names its files over and over, far beyond what it holds")?;
    Ok(())
}

enum Stays {
    Unchanged,
    Because(&'static str),
}

fn what_stays(draft: &Draft, decision: &Decision) -> Option<Stays> {
    match decision {
        Decision::Unchanged => Some(Stays::Unchanged),
        Decision::Twice => {
            Some(Stays::Because("it stands twice in what is brought in, the same; it was taken once"))
        }
        Decision::Differs => Some(Stays::Because(
            "it is in the notebook already and reads differently there; what is there was kept",
        )),
        Decision::Update(_) if draft.text.len() > MAX_TEXT_BYTES => Some(Stays::Because(
            "its text has grown over 1 MiB; the entry was left as it was imported before",
        )),
        Decision::Update(_) | Decision::Add(_) => None,
    }
}

/// Tells the report what became of a draft.
fn tell(report: &mut ImportReport, draft: &Draft, decision: &Decision) {
    match decision {
        Decision::Update(_) => report.updated += 1,
        _ => report.added += 1,
    }
    if matches!(decision, Decision::Add(Addition { beside: true, .. })) {
        report.kept_both.push(draft.item.clone());
    }
    for why in &draft.left_out {
        report.skip(&draft.item, why);
    }
    draft.kept.iter().for_each(|field| report.keep_field(&draft.item, field));
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
        Decision::Add(addition) => {
            let promised = promised.get(&draft.key).copied().filter(|_| addition.source.is_none());
            add(tx, notebook, draft, text, addition.id.or(promised), addition)
        }
        Decision::Unchanged | Decision::Differs | Decision::Twice => {
            return Ok(Outcome::Written { added: Vec::new() });
        }
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
    addition: &Addition,
) -> Result<EntryId, PortabilityError> {
    let mut source = draft.source.clone();
    if let Some((app, id)) = &addition.source {
        let fields = source.map(|source| source.fields).unwrap_or_default();
        source = Some(Source { app: app.clone(), id: id.clone(), fields });
    }
    let long = text.len() > MAX_TEXT_BYTES;
    // The text of a long one is written only now, so nobody can tell later whether it was changed.
    let mark = if long { draft.mark.to_vec() } else { state_of(draft, &text).beside(&draft.mark) };
    let new = NewEntry {
        id,
        imported_mark: Some(mark),
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
    let mark = state_of(draft, text).beside(&draft.mark);
    let mut ops = vec![Op::Set { field: entry::IMPORTED_MARK, value: Value::Bytes(mark) }];
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
    // It stays under the source it was found by, which may be one beside its own.
    let source = draft.source.clone().map(|source| match &facts.source {
        Some(here) => Source { app: here.app.clone(), id: here.id.clone(), fields: source.fields },
        None => source,
    });
    if let Some(source) = source.filter(|source| facts.source.as_ref() != Some(source)) {
        ops.push(Op::Set { field: entry::SOURCE, value: record::source_value(&source) });
    }
    if draft.trashed && facts.trashed_at.is_none() {
        ops.push(Op::Set { field: entry::TRASHED_AT, value: Value::Int(tx.now().timestamp_millis()) });
    }
    ops.extend(change_tags(&object, &clean_tags(&draft.tags)?));
    ops.extend(replace_text(tx, id, &clean_text(text)?)?);
    tx.commit(Change { object: object.id, ops })?;
    Ok(())
}

fn state_of<'a>(draft: &'a Draft, text: &'a str) -> State<'a> {
    State {
        title: &draft.title,
        text,
        tags: &draft.tags,
        written: &draft.written,
        on: draft.on.unwrap_or_else(|| draft.written.local_at().date()),
        starred: draft.starred,
    }
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
