//! The files of entries on their way out: opened from their sealed chunks, checked before a byte of them is written.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use super::error::PortabilityError;
use super::export::unwritable;
use super::file_name::FileNames;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::blob_of_attachment;
use crate::journal::{Attachment, Entry, get_attachment};
use crate::notebook::Notebook;
use crate::store::blobs::Blob;
use crate::store::{Reader, StoreError};

/// The folder of the files, inside a folder of an export.
pub(super) const FILES: &str = "files";
/// The list of files that could not be read; written only when there are some.
const NOT_EXPORTED: &str = "NOT EXPORTED.txt";

/// Opens the files of entries, and counts what became of them.
pub(super) struct Files<'a> {
    notebook: &'a Notebook,
    reader: &'a Reader<'a>,
    /// How many were written.
    pub(super) written: u32,
    /// What could not be, as day and name.
    pub(super) left_out: Vec<String>,
}

impl<'a> Files<'a> {
    pub(super) fn new(notebook: &'a Notebook, reader: &'a Reader<'a>) -> Self {
        Self { notebook, reader, written: 0, left_out: Vec::new() }
    }

    /// Finds a file and checks it, so that damage shows before a byte of it is written. A damaged one is noted and none comes:
    /// it does not keep a person from taking the rest along.
    pub(super) fn open(
        &mut self,
        entry: &Entry,
        file: &Attachment,
    ) -> Result<Option<Blob>, PortabilityError> {
        let found = blob_of_attachment(self.reader, file.id)?.ok_or(StoreError::BlobMissing);
        match found.and_then(|blob| self.notebook.blobs().check(&blob).map(|()| blob)) {
            Ok(blob) => Ok(Some(blob)),
            Err(StoreError::BlobMissing | StoreError::BlobDamaged) => {
                self.leave_out(entry, file);
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Lends the snapshot that is exported.
    pub(super) fn reader(&self) -> &'a Reader<'a> {
        self.reader
    }

    /// Tells to which entry a file belongs.
    pub(super) fn entry_of(&self, id: AttachmentId) -> Option<EntryId> {
        get_attachment(self.reader, id).ok().map(|file| file.entry)
    }

    /// Notes a file that is not written.
    pub(super) fn leave_out(&mut self, entry: &Entry, file: &Attachment) {
        self.left_out.push(format!("{}  {}", entry.on, file.name));
    }

    /// Reads an opened file.
    pub(super) fn read<'b>(&'b self, blob: &'b Blob) -> impl Read + 'b {
        self.notebook.blobs().reader(blob)
    }
}

/// Writes files beside the entries of a folder.
pub(super) struct FileFolder {
    part: PathBuf,
    names: FileNames,
}

impl FileFolder {
    pub(super) fn new(part: &Path) -> Self {
        Self { part: part.to_owned(), names: FileNames::default() }
    }

    /// Writes the files of an entry, and gives the name, inside [`FILES`], of each that was written.
    pub(super) fn write_files_of(
        &mut self,
        entry: &Entry,
        files: &mut Files<'_>,
    ) -> Result<HashMap<AttachmentId, String>, PortabilityError> {
        let mut names = HashMap::new();
        for file in &entry.attachments {
            let (stem, ending) = match file.name.rsplit_once('.') {
                Some((stem, ending)) if !stem.is_empty() => (stem, format!(".{ending}")),
                _ => (file.name.as_str(), String::new()),
            };
            let name = self.names.make(stem, &ending);
            let Some(blob) = files.open(entry, file)? else { continue };
            self.write_file(&mut files.read(&blob), &name).map_err(unwritable)?;
            files.written += 1;
            names.insert(file.id, name);
        }
        Ok(names)
    }

    fn write_file(&self, from: &mut dyn Read, name: &str) -> io::Result<()> {
        let folder = self.part.join(FILES);
        fs::create_dir_all(&folder)?;
        let mut copy = File::create_new(folder.join(name))?;
        io::copy(from, &mut copy)?;
        copy.sync_all()
    }

    /// Writes down which files could not be written.
    pub(super) fn finish(&self, files: &Files<'_>) -> Result<(), PortabilityError> {
        if files.left_out.is_empty() {
            return Ok(());
        }
        let list = || -> io::Result<()> {
            let mut list = File::create_new(self.part.join(NOT_EXPORTED))?;
            writeln!(list, "These files are damaged or missing in the notebook and could not be written:\n")?;
            for line in &files.left_out {
                writeln!(list, "{line}")?;
            }
            list.sync_all()
        };
        list().map_err(unwritable)
    }
}
