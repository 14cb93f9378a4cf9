//! Writes entries as lines of JSON, one entry a line, with everything an entry has; with the whole journal go the objects
//! beside it.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::error::PortabilityError;
use super::export::{Form, unwritable};
use super::export_files::{FILES, FileFolder, Files};
use super::export_markdown::at_own_clock;
use super::note::origin_word;
use super::own_json::{FILE, Line, LineFile, LineSource};
use super::own_objects;
use super::sound::VoiceFacts;
use crate::ids::AttachmentId;
use crate::journal::Entry;

/// Writes one line for each entry.
pub(super) struct JsonFolder {
    lines: BufWriter<File>,
    folder: FileFolder,
    part: PathBuf,
    /// Whether all of the notebook goes, and not a choice of entries.
    is_whole: bool,
}

impl JsonFolder {
    pub(super) fn new(part: &Path, is_whole: bool) -> io::Result<Self> {
        let lines = BufWriter::new(File::create_new(part.join(FILE))?);
        Ok(Self { lines, folder: FileFolder::new(part), part: part.to_owned(), is_whole })
    }
}

impl Form for JsonFolder {
    fn write(&mut self, entry: &Entry, files: &mut Files<'_>) -> Result<(), PortabilityError> {
        let names = self.folder.write_files_of(entry, files)?;
        let line = line(entry, &names);
        serde_json::to_writer(&mut self.lines, &line)
            .map_err(io::Error::from)
            .and_then(|()| self.lines.write_all(b"\n"))
            .map_err(unwritable)
    }

    fn finish(&mut self, files: &Files<'_>) -> Result<(), PortabilityError> {
        self.lines.flush().and_then(|()| self.lines.get_ref().sync_all()).map_err(unwritable)?;
        if self.is_whole {
            own_objects::write_objects(files.reader(), &self.part)?;
        }
        self.folder.finish(files)
    }
}

fn line(entry: &Entry, files: &HashMap<AttachmentId, String>) -> Line {
    let (at, utc_offset_seconds) = at_own_clock(entry);
    Line {
        id: entry.id.to_string(),
        title: entry.title.clone(),
        text: entry.text.clone(),
        tags: entry.tags.clone(),
        on: entry.on.format("%Y-%m-%d").to_string(),
        at,
        utc_offset_seconds,
        time_zone: entry.time_zone.clone(),
        starred: entry.starred,
        trashed: entry.trashed,
        r#loop: None,
        origin: Some(origin_word(entry.origin).to_owned()),
        source: entry.source.as_ref().map(|source| LineSource {
            app: source.app.clone(),
            id: source.id.clone(),
            fields: source.fields.clone(),
        }),
        attachments: entry
            .attachments
            .iter()
            .map(|file| LineFile {
                name: file.name.clone(),
                mime: file.mime.clone(),
                size: file.size,
                blake3: file.blake3.iter().map(|byte| format!("{byte:02x}")).collect(),
                id: Some(file.id.to_string()),
                path: files.get(&file.id).map(|name| format!("{FILES}/{name}")),
                voice: file.voice.as_ref().map(VoiceFacts::write),
            })
            .collect(),
    }
}
