//! Brings a journal in: reads on one thread, writes on this one, a thousand entries to a transaction.
//!
//! A reader of a format is a [`Journal`]: it first looks through everything once and names what it holds, so that links lead
//! to entries whichever comes first, then gives drafts. Folders of notes have a way of their own (`notes.rs`), because which
//! of them become entries shows only when each was read.

use std::collections::HashMap;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use chrono::{DateTime, Utc};

use super::archive::Tree;
use super::decide::find;
use super::detect::{self, Kind};
use super::draft::{Draft, Key};
use super::error::PortabilityError;
use super::folder::Folder;
use super::model::{ImportFormat, ImportJournal, ImportReport, Progress, Watch};
use super::notes::Notes;
use super::obsidian::DailyNotes;
use super::own_json::{self, OwnJson};
use super::own_objects;
use super::write::Writer;
use super::{dayone, joplin, jrnl, rednotebook};
use crate::ids::EntryId;
use crate::journal::find_by_source;
use crate::notebook::Notebook;

/// Entries of one transaction, and bytes of their text: whichever comes first.
const BATCH_ENTRIES: usize = 1_000;
const BATCH_BYTES: usize = 16 << 20;
/// Files of one transaction, and bytes of them: sealing takes its time, and a person wants to see it move.
const BATCH_FILES: usize = 200;
const BATCH_FILE_BYTES: u64 = 64 << 20;
/// The stack of the reading thread: notes from strangers may be nested deep, within bounds.
const READING_STACK: usize = 32 << 20;
/// The most entries that one import takes.
pub(super) const MOST_ENTRIES: u64 = 1_000_000;
/// Things the reading thread hands over at once, and bytes of them. A few such packs wait at most, so memory stays small.
const PACK_ITEMS: usize = 128;
const PACK_BYTES: usize = 2 << 20;
const PACKS_WAITING: usize = 4;

/// Is what the reading thread found.
pub(super) enum Found {
    /// An entry, ready to be written.
    Draft(Box<Draft>),
    /// The number of a note that links to others, which are not all known yet.
    Later(usize),
    /// Something that is left out.
    Skipped(String, String),
}

/// Is a journal of one format, being read.
pub(super) trait Journal: Send {
    /// Looks through everything once.
    fn survey(&mut self, stop: &AtomicBool) -> Result<Survey, PortabilityError>;
    /// Reads everything, knowing which entry each id becomes, and sends it.
    fn read(&mut self, ids: &HashMap<String, EntryId>, sender: &mut Sender<'_>);
}

/// Is what a first look has found.
#[derive(Default)]
pub(super) struct Survey {
    /// How many things there are to read.
    pub(super) total: u64,
    /// The program the ids are of.
    pub(super) app: &'static str,
    /// The ids that links can name.
    pub(super) ids: Vec<String>,
}

/// Imports a file, folder or archive.
///
/// # Errors
/// Only what concerns the whole: a path that cannot be read, an unknown format, a missing passphrase, a full disk. What is
/// wrong with single items stands in the report; everything else is imported. After an error, what was written before is
/// whole and stays.
pub fn import(
    notebook: &Notebook,
    request: &ImportJournal,
    watch: &mut Watch<'_>,
) -> Result<ImportReport, PortabilityError> {
    let stop = watch.stop;
    (watch.progress)(Progress { done: 0, total: None, seconds_left: None });
    let tree = own_json::tree_beside(&request.path)?.map_or_else(|| Tree::open(&request.path, stop), Ok)?;
    if stop.load(Ordering::Relaxed) {
        return Ok(ImportReport { stopped: true, ..ImportReport::default() });
    }
    let kind = detect::find(&tree, request.format)?;
    let mut work = Work {
        notebook,
        watch,
        began: notebook.host().clock.now(),
        done: 0,
        total: 0,
        batch: Vec::new(),
        batch_bytes: 0,
        batch_files: (0, 0),
        writer: Writer::new(notebook, request.dry_run, stop, tree.archive_bytes)?,
        report: ImportReport { format: Some(kind.format()), ..ImportReport::default() },
    };
    for (item, why) in &tree.skipped {
        work.report.skip(item, *why);
    }
    let host = notebook.host();
    match kind {
        Kind::Own => {
            let objects = tree.file(own_objects::FILE).cloned();
            let own = OwnJson::new(tree);
            work.total = own.count_lines().map_err(|error| PortabilityError::Unreadable(error.kind()))?;
            work.run(|sender| own.read(sender))?;
            if !work.report.stopped {
                own_objects::bring_in(notebook, objects.as_ref(), request.dry_run, &mut work.report)?;
            }
        }
        Kind::Notes(format) => work.import_notes(&request.path, tree, format)?,
        Kind::DayOne => work.import_journal(&mut dayone::DayOne::new(tree, host))?,
        Kind::Jrnl => {
            let passphrase = request.passphrase.as_ref().map(|passphrase| passphrase.as_str());
            work.import_journal(&mut jrnl::Jrnl::open(tree, passphrase, host)?)?;
        }
        Kind::RedNotebook => work.import_journal(&mut rednotebook::RedNotebook::new(tree, host))?,
        Kind::Joplin => work.import_journal(&mut joplin::Joplin::new(tree, host))?,
    }
    Ok(work.report)
}

/// Is an import under way.
struct Work<'a, 'w> {
    notebook: &'a Notebook,
    watch: &'a mut Watch<'w>,
    began: DateTime<Utc>,
    done: u64,
    total: u64,
    batch: Vec<Draft>,
    batch_bytes: usize,
    /// Files of the batch and bytes of them.
    batch_files: (usize, u64),
    writer: Writer<'a>,
    report: ImportReport,
}

impl Work<'_, '_> {
    fn import_journal(&mut self, journal: &mut dyn Journal) -> Result<(), PortabilityError> {
        let survey = journal.survey(self.watch.stop)?;
        if self.watch.is_stopped() {
            self.report.stopped = true;
            return Ok(());
        }
        self.total = survey.total;
        self.tell_progress(Some(survey.total));
        let ids: HashMap<String, EntryId> = self.notebook.read(|reader| {
            let host = self.notebook.host();
            let settle = |id: String| {
                let known = find_by_source(reader, survey.app, &id)?;
                Ok((id, known.unwrap_or_else(|| host.ids.make_id().into())))
            };
            survey.ids.into_iter().map(settle).collect::<Result<_, PortabilityError>>()
        })?;
        let promise =
            |(id, entry): (&String, &EntryId)| (Key::Foreign { app: survey.app, id: id.clone() }, *entry);
        self.writer.promised = ids.iter().map(promise).collect();
        self.run(|sender| journal.read(&ids, sender)).map(|_| ())
    }

    fn import_notes(
        &mut self,
        path: &Path,
        tree: Tree,
        format: ImportFormat,
    ) -> Result<(), PortabilityError> {
        let daily = (format == ImportFormat::Obsidian).then(|| DailyNotes::of(&tree));
        let folder = if tree.is_single {
            Folder::of_one(path, tree).map_err(|error| PortabilityError::Unreadable(error.kind()))?
        } else {
            Folder::of(tree)
        };
        self.total = folder.notes.len() as u64;
        let mut notes = Notes::new(folder, format, daily, self.notebook.host());
        // Notes that link to others wait until it is known which of the others become entries, and under which id.
        let later = self.run(|sender| notes.read_all(sender))?;
        if !later.is_empty() {
            self.promise_ids(&mut notes)?;
            self.run(|sender| notes.read_some(&later, sender))?;
        }
        if !self.report.stopped {
            for (item, why) in notes.left_over() {
                self.report.skip(item, why);
            }
        }
        Ok(())
    }

    /// Settles the id of every note: the one it has here already, else the one it will get.
    fn promise_ids(&mut self, notes: &mut Notes) -> Result<(), PortabilityError> {
        let host = self.notebook.host();
        let ids = self.notebook.read(|reader| {
            let settle = |(number, key): (usize, Key)| {
                let id = match (find(reader, &key)?, &key) {
                    ((Some(id), _), _) => id,
                    ((None, false), Key::Own(id)) => *id,
                    _ => host.ids.make_id().into(),
                };
                Ok((number, key, id))
            };
            notes.keys().map(settle).collect::<Result<Vec<_>, PortabilityError>>()
        })?;
        notes.know(ids.iter().map(|(number, _, id)| (*number, *id)).collect());
        self.writer.promised = ids.into_iter().map(|(_, key, id)| (key, id)).collect();
        Ok(())
    }

    /// Runs `read` on another thread and writes what it finds; gives the numbers of what has to wait.
    fn run(&mut self, read: impl FnOnce(&mut Sender<'_>) + Send) -> Result<Vec<usize>, PortabilityError> {
        if self.report.stopped {
            return Ok(Vec::new());
        }
        let (packs, arriving) = sync_channel::<Vec<Found>>(PACKS_WAITING);
        let stop = self.watch.stop;
        thread::scope(|scope| {
            let reading = move || {
                let mut sender = Sender { packs, pack: Vec::new(), bytes: 0, stop };
                read(&mut sender);
                sender.send_pack();
            };
            let thread = thread::Builder::new().stack_size(READING_STACK).spawn_scoped(scope, reading);
            thread.map_err(|error| PortabilityError::Unreadable(error.kind()))?;
            self.write_what_comes(arriving)
        })
    }

    fn write_what_comes(&mut self, arriving: Receiver<Vec<Found>>) -> Result<Vec<usize>, PortabilityError> {
        let mut later = Vec::new();
        for pack in arriving {
            if self.watch.is_stopped() {
                break;
            }
            for found in pack {
                match found {
                    Found::Draft(draft) => {
                        self.batch_bytes += draft.text.len();
                        self.batch_files.0 += draft.files.len();
                        self.batch_files.1 += draft.files.iter().map(|file| file.size).sum::<u64>();
                        self.batch.push(*draft);
                        if self.is_batch_full() {
                            self.write()?;
                        }
                    }
                    Found::Later(number) => later.push(number),
                    Found::Skipped(item, why) => {
                        self.done += 1;
                        self.report.skip(item, why);
                    }
                }
            }
        }
        if !self.watch.is_stopped() {
            self.write()?;
        }
        self.report.stopped = self.watch.is_stopped();
        Ok(later)
    }

    fn is_batch_full(&self) -> bool {
        self.batch.len() >= BATCH_ENTRIES
            || self.batch_bytes >= BATCH_BYTES
            || self.batch_files.0 >= BATCH_FILES
            || self.batch_files.1 >= BATCH_FILE_BYTES
    }

    fn write(&mut self) -> Result<(), PortabilityError> {
        if self.writer.write(&self.batch, &mut self.report)? {
            self.done += self.batch.len() as u64;
        }
        self.batch.clear();
        self.batch_bytes = 0;
        self.batch_files = (0, 0);
        self.tell_progress(Some(self.total));
        Ok(())
    }

    fn tell_progress(&mut self, total: Option<u64>) {
        let elapsed = (self.notebook.host().clock.now() - self.began).num_milliseconds().max(0) as u64;
        let left = total.map(|total| total.saturating_sub(self.done));
        let seconds_left =
            left.filter(|_| self.done > 0 && elapsed > 0).map(|left| elapsed * left / self.done / 1000);
        // Lines of the report that are no entries count as done too, and never make it more than all.
        let done = total.map_or(self.done, |total| self.done.min(total));
        (self.watch.progress)(Progress { done, total, seconds_left });
    }
}

/// Hands over what the reading thread finds, in packs.
pub(super) struct Sender<'a> {
    packs: SyncSender<Vec<Found>>,
    pack: Vec<Found>,
    bytes: usize,
    stop: &'a AtomicBool,
}

impl Sender<'_> {
    /// Hands one thing over, and tells whether more is wanted.
    pub(super) fn send(&mut self, found: Found) -> bool {
        self.bytes += if let Found::Draft(draft) = &found { draft.text.len() } else { 0 };
        self.pack.push(found);
        if self.pack.len() >= PACK_ITEMS || self.bytes >= PACK_BYTES { self.send_pack() } else { true }
    }

    fn send_pack(&mut self) -> bool {
        self.bytes = 0;
        self.packs.send(std::mem::take(&mut self.pack)).is_ok() && !self.stop.load(Ordering::Relaxed)
    }
}

/// Gives everything that a reader sends.
#[cfg(test)]
pub(super) fn gather(read: impl FnOnce(&mut Sender<'_>)) -> Vec<Found> {
    let (packs, arriving) = sync_channel(10_000);
    let stop = AtomicBool::new(false);
    let mut sender = Sender { packs, pack: Vec::new(), bytes: 0, stop: &stop };
    read(&mut sender);
    sender.send_pack();
    drop(sender);
    arriving.into_iter().flatten().collect()
}
