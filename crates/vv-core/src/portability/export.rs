//! Takes the journal out into a new folder, from one snapshot. It is written beside its place and renamed when it is whole,
//! so that a stop or a crash never leaves half an export under its name.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, Utc};

use super::error::PortabilityError;
use super::export_json::JsonFolder;
use super::export_markdown::MarkdownFolder;
use super::file_name::FileNames;
use super::model::{ExportFormat, ExportJournal, ExportReport, Progress, Watch};
use crate::ids::{AttachmentId, EntryId};
use crate::journal::read_attachment::blob_of_attachment;
use crate::journal::{Attachment, Entry, EntryFilter, get_entry, list_entries};
use crate::notebook::Notebook;
use crate::store::{Reader, StoreError};

/// The folder of the files, inside the export.
pub(super) const FILES: &str = "files";
/// The list of files that could not be read; written only when there are some.
const NOT_EXPORTED: &str = "NOT EXPORTED.txt";
const WINDOW: u32 = 500;
/// After how many entries progress is told.
const TOLD_EVERY: u64 = 100;

/// Is a form in which entries are written.
pub(super) trait Form {
    /// Writes one entry. `files` gives the name, inside [`FILES`], of each of its files that was written.
    fn write(&mut self, entry: &Entry, files: &HashMap<AttachmentId, String>) -> io::Result<()>;
    /// Makes everything durable.
    fn finish(&mut self) -> io::Result<()>;
}

/// Is an entry as the list of all knows it.
pub(super) struct Listed {
    pub(super) id: EntryId,
    pub(super) title: String,
    pub(super) on: NaiveDate,
}

/// Exports everything that is not in the trash into a new folder.
///
/// # Errors
/// [`PortabilityError::PlaceTaken`] when something lies there already, [`PortabilityError::Stopped`] when the person stopped
/// it. After any error nothing is left behind.
pub fn export(
    notebook: &Notebook,
    request: &ExportJournal,
    watch: &mut Watch<'_>,
) -> Result<ExportReport, PortabilityError> {
    let place = place(notebook, &request.path)?;
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let part = place.with_file_name(format!(".{name}.{}.part", notebook.host().ids.make_id().simple()));
    fs::create_dir(&part).map_err(unwritable)?;
    let written = write_all(notebook, request, &part, watch).and_then(|mut report| {
        if fs::symlink_metadata(&place).is_ok() {
            // Looked at before: an empty folder. Not every system renames over one.
            fs::remove_dir(&place).map_err(|_| PortabilityError::PlaceTaken)?;
        }
        fs::rename(&part, &place).map_err(unwritable)?;
        report.path = request.path.clone();
        Ok(report)
    });
    if written.is_err() {
        // What was begun is of no use to anybody; the first error is the one to tell.
        let _ = fs::remove_dir_all(&part);
    }
    written
}

/// Checks where the folder is to be and gives its place without links in its path.
fn place(notebook: &Notebook, path: &Path) -> Result<PathBuf, PortabilityError> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(unwritable(error)),
        Ok(found) if found.is_dir() => {
            if fs::read_dir(path).map_err(unwritable)?.next().is_some() {
                return Err(PortabilityError::PlaceTaken);
            }
        }
        Ok(_) => return Err(PortabilityError::PlaceTaken),
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
    let mut report = ExportReport { entries: 0, attachments: 0, path: part.to_owned() };
    notebook.read(|reader| {
        (watch.progress)(Progress { done: 0, total: None, seconds_left: None });
        let all = list_all(reader)?;
        let mut form: Box<dyn Form> = match request.format {
            ExportFormat::Markdown => Box::new(MarkdownFolder::new(part, &all)),
            ExportFormat::Json => Box::new(JsonFolder::new(part).map_err(unwritable)?),
        };
        let mut files = Files { notebook, part, names: FileNames::default(), failed: Vec::new() };
        for listed in &all {
            if watch.is_stopped() {
                return Err(PortabilityError::Stopped);
            }
            let entry = get_entry(reader, listed.id)?;
            let names = files.write_files_of(reader, &entry)?;
            form.write(&entry, &names).map_err(unwritable)?;
            report.entries += 1;
            report.attachments += names.len() as u32;
            let done = u64::from(report.entries);
            if done.is_multiple_of(TOLD_EVERY) {
                (watch.progress)(progress(done, all.len() as u64, began, clock.now()));
            }
        }
        form.finish().map_err(unwritable)?;
        files.finish().map_err(unwritable)?;
        (watch.progress)(progress(all.len() as u64, all.len() as u64, began, clock.now()));
        Ok(())
    })?;
    Ok(report)
}

fn progress(done: u64, total: u64, began: DateTime<Utc>, now: DateTime<Utc>) -> Progress {
    let elapsed = (now - began).num_milliseconds().max(0) as u64;
    let seconds_left = (done > 0 && elapsed > 0).then(|| elapsed * (total - done) / done / 1000);
    Progress { done, total: Some(total), seconds_left }
}

/// Lists every entry outside the trash, oldest first.
fn list_all(reader: &Reader<'_>) -> Result<Vec<Listed>, PortabilityError> {
    let mut all = Vec::new();
    loop {
        let offset = all.len() as u32;
        let page = list_entries(reader, &EntryFilter::default(), offset, WINDOW)?;
        if page.rows.is_empty() {
            break;
        }
        all.extend(page.rows.into_iter().map(|row| Listed { id: row.id, title: row.title, on: row.on }));
    }
    all.reverse();
    Ok(all)
}

/// Writes files beside the entries.
struct Files<'a> {
    notebook: &'a Notebook,
    part: &'a Path,
    names: FileNames,
    failed: Vec<String>,
}

impl Files<'_> {
    fn write_files_of(
        &mut self,
        reader: &Reader<'_>,
        entry: &Entry,
    ) -> Result<HashMap<AttachmentId, String>, PortabilityError> {
        let mut names = HashMap::new();
        for file in &entry.attachments {
            let (stem, ending) = match file.name.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
                _ => (file.name.as_str(), String::new()),
            };
            let name = self.names.make(stem, &ending);
            match self.write_file(reader, file, &name) {
                Ok(()) => {
                    names.insert(file.id, name);
                }
                // One damaged file does not keep a person from taking the rest along.
                Err(PortabilityError::Store(StoreError::BlobMissing | StoreError::BlobDamaged)) => {
                    self.failed.push(format!("{}  {}", entry.on, file.name));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(names)
    }

    fn write_file(&self, reader: &Reader<'_>, file: &Attachment, name: &str) -> Result<(), PortabilityError> {
        let blob = blob_of_attachment(reader, file.id)?.ok_or(StoreError::BlobMissing)?;
        // Damage shows before a byte of it is written.
        self.notebook.blobs().check(&blob)?;
        let folder = self.part.join(FILES);
        fs::create_dir_all(&folder).map_err(unwritable)?;
        let mut copy = File::create_new(folder.join(name)).map_err(unwritable)?;
        io::copy(&mut self.notebook.blobs().reader(&blob), &mut copy).map_err(unwritable)?;
        copy.sync_all().map_err(unwritable)
    }

    fn finish(self) -> io::Result<()> {
        if self.failed.is_empty() {
            return Ok(());
        }
        let mut list = File::create_new(self.part.join(NOT_EXPORTED))?;
        writeln!(list, "These files are damaged or missing in the notebook and could not be written:\n")?;
        for line in &self.failed {
            writeln!(list, "{line}")?;
        }
        list.sync_all()
    }
}

fn unwritable(error: io::Error) -> PortabilityError {
    PortabilityError::Unwritable(error.kind())
}
