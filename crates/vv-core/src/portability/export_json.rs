//! Writes entries as lines of JSON, one entry a line, with everything an entry has.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::export::{FILES, Form};
use super::export_markdown::at_own_clock;
use super::note::origin_word;
use super::own_json::{FILE, Line, LineFile, LineSource};
use crate::ids::AttachmentId;
use crate::journal::Entry;

/// Writes one line for each entry.
pub(super) struct JsonFolder {
    lines: BufWriter<File>,
}

impl JsonFolder {
    pub(super) fn new(part: &Path) -> io::Result<Self> {
        Ok(Self { lines: BufWriter::new(File::create_new(part.join(FILE))?) })
    }
}

impl Form for JsonFolder {
    fn write(&mut self, entry: &Entry, files: &HashMap<AttachmentId, String>) -> io::Result<()> {
        serde_json::to_writer(&mut self.lines, &line(entry, files))?;
        self.lines.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.lines.flush()?;
        self.lines.get_ref().sync_all()
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
            })
            .collect(),
    }
}
