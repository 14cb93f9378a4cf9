//! Takes entries out, from one snapshot: into a new folder, or into one file. It is written beside its place and renamed when
//! it is whole, so that a stop or a crash never leaves half an export under its name.
//!
//! A form (`export_markdown.rs`, `export_json.rs`, `export_html.rs`) writes one entry after another and holds none of them, so
//! that a journal of any length needs the same memory.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::book::Book;
use super::error::PortabilityError;
use super::export_files::Files;
use super::export_html::HtmlFile;
use super::export_json::JsonFolder;
use super::export_markdown::MarkdownFolder;
use super::model::{ExportChoice, ExportFormat, ExportJournal, ExportReport, Progress, Watch};
use super::wording::Wording;
use crate::ids::{EntryId, LoopId};
use crate::journal::{Entry, EntryFilter, JournalError, entry_to_take_out, get_entry, list_entries};
use crate::loops::{LoopError, get_loop};
use crate::notebook::Notebook;
use crate::people::{self, Directory};
use crate::store::Reader;

const WINDOW: u32 = 500;
/// After how many entries progress is told.
const TOLD_EVERY: u64 = 100;

/// Is a form in which entries are written.
pub(super) trait Form {
    /// Writes one entry and its files.
    fn write(&mut self, entry: &Entry, files: &mut Files<'_>) -> Result<(), PortabilityError>;
    /// Tells whether every entry is looked at once before the first is written.
    fn counts_first(&self) -> bool {
        false
    }
    /// Looks at one entry before the first is written.
    fn count(&mut self, _: &Entry) -> Result<(), PortabilityError> {
        Ok(())
    }
    /// Hears that every entry was looked at.
    fn counted(&mut self) {}
    /// Writes what stands at the end, and makes everything durable.
    fn finish(&mut self, files: &Files<'_>) -> Result<(), PortabilityError>;
}

/// Is an entry as the list of all knows it.
pub(super) struct Listed {
    pub(super) id: EntryId,
    pub(super) title: String,
    pub(super) on: NaiveDate,
}

/// Exports the chosen entries into a new folder or file.
///
/// # Errors
/// [`PortabilityError::PlaceTaken`] or [`PortabilityError::FileTaken`] when something lies there already,
/// [`PortabilityError::Stopped`] when the person stopped it. After any error nothing is left behind, and what lay there is as
/// it was.
pub fn export(
    notebook: &Notebook,
    request: &ExportJournal,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, PortabilityError> {
    let one_file = request.format.is_one_file();
    let place = place(notebook, &request.path, one_file, request.replace)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = place.with_file_name(format!(".{name}.{}.part", notebook.host().ids.make_id().simple()));
    if !one_file {
        fs::create_dir(&part).map_err(unwritable)?;
    }
    let written = write_all(notebook, request, &part, watch).and_then(|report| {
        settle(&part, &place, one_file, request.replace)?;
        Ok(ExportReport { path: request.path.clone(), ..report })
    });
    if written.is_err() {
        // What was begun is of no use to anybody; the first error is the one to tell.
        let _ = if one_file { fs::remove_file(&part) } else { fs::remove_dir_all(&part) };
    }
    written
}

/// Gives what is whole its name.
pub(super) fn settle(
    part: &Path,
    place: &Path,
    one_file: bool,
    replace: bool,
) -> Result<(), PortabilityError> {
    if fs::symlink_metadata(place).is_ok() {
        if !one_file {
            // Looked at before: an empty folder. Not every system renames over one.
            fs::remove_dir(place).map_err(|_| PortabilityError::PlaceTaken)?;
        } else if !replace {
            return Err(PortabilityError::FileTaken);
        }
    }
    fs::rename(part, place).map_err(unwritable)?;
    let folder = place.parent().unwrap_or_else(|| Path::new("."));
    crate::store::blobs::sync_folder(folder).map_err(unwritable)
}

/// Checks where it is to be and gives its place without links in its path.
pub(super) fn place(
    notebook: &Notebook,
    path: &Path,
    one_file: bool,
    replace: bool,
) -> Result<PathBuf, PortabilityError> {
    match (fs::symlink_metadata(path), one_file) {
        (Err(error), _) if error.kind() == io::ErrorKind::NotFound => {}
        (Err(error), _) => return Err(unwritable(error)),
        (Ok(found), true) if found.is_file() => {
            if !replace {
                return Err(PortabilityError::FileTaken);
            }
        }
        (Ok(found), false) if found.is_dir() => {
            if fs::read_dir(path).map_err(unwritable)?.next().is_some() {
                return Err(PortabilityError::PlaceTaken);
            }
        }
        (Ok(_), _) => return Err(PortabilityError::PlaceTaken),
    }
    let name = path.file_name().ok_or(PortabilityError::PlaceTaken)?;
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let parent = fs::canonicalize(parent).map_err(unwritable)?;
    if fs::canonicalize(notebook.folder()).is_ok_and(|own| parent.starts_with(own)) {
        return Err(PortabilityError::InsideNotebook);
    }
    Ok(parent.join(name))
}

fn write_all(
    notebook: &Notebook,
    request: &ExportJournal,
    part: &Path,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, PortabilityError> {
    let clock = &notebook.host().clock;
    let began = clock.now();
    let owner = notebook.name()?;
    notebook.read(|reader| {
        (watch.progress)(Progress { done: 0, total: None, seconds_left: None });
        let all = list_chosen(reader, &request.choice)?;
        let words = Wording::of(&request.language);
        let is_whole = request.choice == ExportChoice::default();
        let mut form: Box<dyn Form> = match request.format {
            ExportFormat::Markdown => Box::new(MarkdownFolder::new(part, &all, reader, is_whole)?),
            ExportFormat::Json => Box::new(JsonFolder::new(part, is_whole).map_err(unwritable)?),
            ExportFormat::Html => Box::new(HtmlFile::new(part, &all, &owner, words, notebook.host())?),
            ExportFormat::Pdf => Box::new(Book::new(part, &all, &owner, words, notebook.host())?),
        };
        let known = if request.format.is_one_file() { Some(Directory::read(reader.sql())?) } else { None };
        let read = |id: EntryId| {
            let mut entry = entry_to_take_out(reader, id)?;
            // What is read as a page says the names of today; what can come back says exactly what was written.
            if let Some(known) = &known {
                entry.text = people::with_names(&entry.text, known).into_owned();
            }
            Ok::<_, JournalError>(entry)
        };
        let mut files = Files::new(notebook, reader);
        let total = all.len() as u64 * if form.counts_first() { 2 } else { 1 };
        let mut done = 0_u64;
        let mut go_on = |watch: &mut Watch<'_>| {
            done += 1;
            if done.is_multiple_of(TOLD_EVERY) {
                (watch.progress)(progress(done, total, began, clock.now()));
            }
            if watch.is_stopped() { Err(PortabilityError::Stopped) } else { Ok(()) }
        };
        if form.counts_first() {
            for listed in &all {
                go_on(watch)?;
                form.count(&read(listed.id)?)?;
            }
            form.counted();
        }
        let mut entries = 0;
        for listed in &all {
            go_on(watch)?;
            form.write(&read(listed.id)?, &mut files)?;
            entries += 1;
        }
        form.finish(&files)?;
        (watch.progress)(progress(total, total, began, clock.now()));
        let path = part.to_owned();
        Ok(ExportReport { entries, attachments: files.written, left_out: files.left_out, path })
    })
}

fn progress(done: u64, total: u64, began: DateTime<Utc>, now: DateTime<Utc>) -> Progress {
    let elapsed = (now - began).num_milliseconds().max(0) as u64;
    let seconds_left = (done > 0 && elapsed > 0).then(|| elapsed * (total - done) / done / 1000);
    Progress { done, total: Some(total), seconds_left }
}

/// Lists the chosen entries, oldest first.
fn list_chosen(reader: &Reader<'_>, choice: &ExportChoice) -> Result<Vec<Listed>, PortabilityError> {
    if !choice.entries.is_empty() {
        let listed = choice.entries.iter().map(|id| {
            let entry = get_entry(reader, *id)?;
            Ok(Listed { id: entry.id, title: entry.title, on: entry.on })
        });
        return listed.collect();
    }
    let filter =
        EntryFilter { tags: choice.tags.clone(), from: choice.from, to: choice.to, ..EntryFilter::default() };
    let of_loop = choice.in_loop.map(|id| entries_of_loop(reader, id)).transpose()?;
    let mut all = Vec::new();
    let mut offset = 0;
    loop {
        let page = list_entries(reader, &filter, offset, WINDOW)?;
        if page.rows.is_empty() {
            break;
        }
        offset += page.rows.len() as u32;
        let chosen =
            page.rows.into_iter().filter(|row| of_loop.as_ref().is_none_or(|of| of.contains(&row.id)));
        all.extend(chosen.map(|row| Listed { id: row.id, title: row.title, on: row.on }));
    }
    all.reverse();
    Ok(all)
}

/// Lists the entries that fill a part of a loop.
fn entries_of_loop(reader: &Reader<'_>, id: LoopId) -> Result<HashSet<EntryId>, PortabilityError> {
    match get_loop(reader, id) {
        Ok(found) => Ok(found.fillings.into_iter().filter_map(|filling| filling.entry).collect()),
        Err(LoopError::Store(error)) => Err(error.into()),
        Err(_) => Err(PortabilityError::NoLoop),
    }
}

pub(super) fn unwritable(error: io::Error) -> PortabilityError {
    PortabilityError::Unwritable(error.kind())
}
