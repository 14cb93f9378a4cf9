//! Brings a journal in: reads on one thread, writes on this one, a thousand entries to a transaction.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use chrono::{DateTime, Utc};

use super::draft::{Draft, Key};
use super::error::PortabilityError;
use super::folder::{Folder, is_note};
use super::model::{ImportFormat, ImportJournal, ImportReport, Progress, Watch};
use super::notes::Notes;
use super::own_json::{self, OwnJson};
use super::own_objects;
use super::write::{find, write_batch};
use crate::ids::EntryId;
use crate::notebook::Notebook;

/// Entries of one transaction, and bytes of their text: whichever comes first.
const BATCH_ENTRIES: usize = 1_000;
const BATCH_BYTES: usize = 16 << 20;
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

/// Imports a file or folder.
///
/// # Errors
/// Only what concerns the whole: a path that cannot be read, an unknown format, a full disk. What is wrong with single items
/// stands in the report; everything else is imported. After an error, what was written before is whole and stays.
pub fn import(
    notebook: &Notebook,
    request: &ImportJournal,
    watch: &mut Watch<'_>,
) -> Result<ImportReport, PortabilityError> {
    let unreadable = |error: std::io::Error| PortabilityError::Unreadable(error.kind());
    let is_folder = fs::metadata(&request.path).map_err(unreadable)?.is_dir();
    let mut work = Work {
        notebook,
        dry_run: request.dry_run,
        watch,
        began: notebook.host().clock.now(),
        done: 0,
        total: 0,
        batch: Vec::new(),
        batch_bytes: 0,
        promised: HashMap::new(),
        report: ImportReport::default(),
    };
    work.tell_progress(None);
    let lines = if is_folder { request.path.join(own_json::FILE) } else { request.path.clone() };
    let format = match request.format {
        Some(format) => format,
        None => find_format(&request.path, is_folder, &lines)?,
    };
    match format {
        ImportFormat::ViceVersa => {
            let own = OwnJson::open(&lines).map_err(unreadable)?;
            work.total = own.count_lines().map_err(unreadable)?;
            work.run(|sender| own.read(sender))?;
            if !work.report.stopped {
                let folder = lines.parent().unwrap_or_else(|| Path::new("."));
                own_objects::bring_in(notebook, folder, request.dry_run, &mut work.report)?;
            }
        }
        ImportFormat::Markdown => {
            let folder = if is_folder { Folder::read(&request.path) } else { Folder::of_one(&request.path) };
            work.import_notes(folder.map_err(unreadable)?)?;
        }
    }
    Ok(work.report)
}

fn find_format(path: &Path, is_folder: bool, lines: &Path) -> Result<ImportFormat, PortabilityError> {
    if is_folder {
        let own = lines.is_file();
        return Ok(if own { ImportFormat::ViceVersa } else { ImportFormat::Markdown });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match name.as_str() {
        own_json::FILE => Ok(ImportFormat::ViceVersa),
        note if is_note(note) => Ok(ImportFormat::Markdown),
        _ => Err(PortabilityError::UnknownFormat),
    }
}

/// Is an import under way.
struct Work<'a, 'w> {
    notebook: &'a Notebook,
    dry_run: bool,
    watch: &'a mut Watch<'w>,
    began: DateTime<Utc>,
    done: u64,
    total: u64,
    batch: Vec<Draft>,
    batch_bytes: usize,
    /// The ids of notes that others link to.
    promised: HashMap<Key, EntryId>,
    report: ImportReport,
}

impl Work<'_, '_> {
    fn import_notes(&mut self, folder: Folder) -> Result<(), PortabilityError> {
        for (item, why) in &folder.skipped {
            self.report.skip(item, *why);
        }
        if folder.notes.is_empty() {
            return Err(PortabilityError::UnknownFormat);
        }
        self.total = folder.notes.len() as u64;
        let mut notes = Notes::new(folder, self.notebook.host());
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
        self.promised = ids.into_iter().map(|(_, key, id)| (key, id)).collect();
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
            scope.spawn(move || {
                let mut sender = Sender { packs, pack: Vec::new(), bytes: 0, stop };
                read(&mut sender);
                sender.send_pack();
            });
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
                        self.batch.push(*draft);
                    }
                    Found::Later(number) => later.push(number),
                    Found::Skipped(item, why) => {
                        self.done += 1;
                        self.report.skip(item, why);
                    }
                }
            }
            if self.batch.len() >= BATCH_ENTRIES || self.batch_bytes >= BATCH_BYTES {
                self.write()?;
            }
        }
        self.write()?;
        self.report.stopped = self.watch.is_stopped();
        Ok(later)
    }

    fn write(&mut self) -> Result<(), PortabilityError> {
        write_batch(self.notebook, &self.batch, &self.promised, self.dry_run, &mut self.report)?;
        self.done += self.batch.len() as u64;
        self.batch.clear();
        self.batch_bytes = 0;
        self.tell_progress(Some(self.total));
        Ok(())
    }

    fn tell_progress(&mut self, total: Option<u64>) {
        let elapsed = (self.notebook.host().clock.now() - self.began).num_milliseconds().max(0) as u64;
        let left = total.map(|total| total.saturating_sub(self.done));
        let seconds_left =
            left.filter(|_| self.done > 0 && elapsed > 0).map(|left| elapsed * left / self.done / 1000);
        (self.watch.progress)(Progress { done: self.done, total, seconds_left });
    }
}

/// Hands over what the reading thread finds, in packs.
pub(super) struct Sender<'a> {
    packs: SyncSender<Vec<Found>>,
    pack: Vec<Found>,
    bytes: usize,
    stop: &'a std::sync::atomic::AtomicBool,
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
