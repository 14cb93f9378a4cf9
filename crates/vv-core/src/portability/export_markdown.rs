//! Writes entries as Markdown files with front matter, such that the import reads them back whole.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::{FixedOffset, SecondsFormat, TimeZone};
use serde_yaml_ng::{Mapping, Value};

use super::error::PortabilityError;
use super::export::{Form, Listed, unwritable};
use super::export_files::{FILES, FileFolder, Files};
use super::export_people::PeopleBeside;
use super::file_name::FileNames;
use super::links;
use super::note::{ODD_OFFSET, OWN_NAME, origin_word};
use super::sound;
use crate::ids::{AttachmentId, EntryId};
use crate::journal::{Entry, EntryOrigin};
use crate::store::Reader;

/// Writes one Markdown file for each entry.
pub(super) struct MarkdownFolder {
    part: PathBuf,
    /// The name of each entry's file, known before the first is written, because entries link to one another.
    names: HashMap<EntryId, String>,
    folder: FileFolder,
    people: PeopleBeside,
}

impl MarkdownFolder {
    pub(super) fn new(
        part: &Path,
        all: &[Listed],
        reader: &Reader<'_>,
        is_whole: bool,
    ) -> Result<Self, PortabilityError> {
        let mut free = FileNames::default();
        let names = all
            .iter()
            .map(|entry| {
                let wanted = format!("{} {}", entry.on.format("%Y-%m-%d"), entry.title);
                (entry.id, free.make(&wanted, ".md"))
            })
            .collect();
        let people = PeopleBeside::read(reader, is_whole)?;
        Ok(Self { part: part.to_owned(), names, folder: FileFolder::new(part), people })
    }

    /// Turns links to entries and files into links to their files; others stay as they are.
    fn text(&self, entry: &Entry, files: &HashMap<AttachmentId, String>) -> String {
        links::rewrite(&entry.text, |link| {
            if link.wiki {
                // `[[words|id]]`; the words stand in the label's place when the link was read as target and label.
                let id: EntryId = link.label.parse().ok()?;
                let name = self.names.get(&id)?;
                return Some(format!("[{}]({})", link.target, links::address(name)));
            }
            let id: AttachmentId = link.target.strip_prefix("attachment:")?.parse().ok()?;
            let name = files.get(&id)?;
            let mark = if link.embeds { "!" } else { "" };
            Some(format!("{mark}[{}]({FILES}/{})", link.label, links::address(name)))
        })
        .into_owned()
    }
}

impl Form for MarkdownFolder {
    fn write(&mut self, entry: &Entry, files: &mut Files<'_>) -> Result<(), PortabilityError> {
        let Some(name) = self.names.get(&entry.id) else { return Ok(()) };
        let names = self.folder.write_files_of(entry, files)?;
        let mut front = front_matter(entry, &names);
        self.people.put_into(&mut front, entry);
        let front = serde_yaml_ng::to_string(&front).map_err(|error| unwritable(io::Error::other(error)))?;
        let note = format!("---\n{front}---\n\n{}", self.text(entry, &names));
        let write = || File::create_new(self.part.join(name))?.write_all(note.as_bytes());
        write().map_err(unwritable)
    }

    fn finish(&mut self, files: &Files<'_>) -> Result<(), PortabilityError> {
        self.folder.finish(files)?;
        self.people.finish(&self.part)?;
        // The notebook still holds all of it, so thousands of small files are not flushed one by one.
        crate::store::blobs::sync_folder(&self.part).map_err(unwritable)
    }
}

fn front_matter(entry: &Entry, files: &HashMap<AttachmentId, String>) -> Mapping {
    let mut front = Mapping::new();
    let mut put = |name: &str, value: Value| {
        front.insert(name.into(), value);
    };
    if !entry.title.is_empty() {
        put("title", entry.title.clone().into());
    }
    put("on", entry.on.format("%Y-%m-%d").to_string().into());
    let (at, odd_offset) = at_own_clock(entry);
    put("at", at.into());
    if let Some(seconds) = odd_offset {
        put(ODD_OFFSET, seconds.into());
    }
    if let Some(zone) = &entry.time_zone {
        put("time_zone", zone.clone().into());
    }
    if !entry.tags.is_empty() {
        put("tags", entry.tags.clone().into());
    }
    if entry.starred {
        put("starred", true.into());
    }
    if entry.origin != EntryOrigin::Written {
        put("origin", origin_word(entry.origin).into());
    }
    if let Some(source) = &entry.source {
        let mut from = Mapping::new();
        from.insert("app".into(), source.app.clone().into());
        from.insert("id".into(), source.id.clone().into());
        if !source.fields.is_empty() {
            let fields = source
                .fields
                .iter()
                .map(|(name, value)| (Value::from(name.clone()), Value::from(value.clone())));
            from.insert("fields".into(), Value::Mapping(fields.collect()));
        }
        put("source", Value::Mapping(from));
    }
    let listed: Vec<Value> = entry
        .attachments
        .iter()
        .filter_map(|file| {
            let mut one = Mapping::new();
            one.insert("name".into(), file.name.clone().into());
            one.insert("path".into(), format!("{FILES}/{}", files.get(&file.id)?).into());
            one.insert("id".into(), file.id.to_string().into());
            if let Some(voice) = &file.voice {
                one.insert("voice".into(), Value::Mapping(sound::front_matter(voice)));
            }
            Some(Value::Mapping(one))
        })
        .collect();
    if !listed.is_empty() {
        put("files", Value::Sequence(listed));
    }
    put("id", entry.id.to_string().into());
    put("exported_from", OWN_NAME.into());
    front
}

/// Writes the instant with the offset of the entry's own wall clock. RFC 3339 has no seconds in an offset, which clocks had
/// before railways: then the instant stands in UTC and the offset comes beside it, in seconds.
pub(super) fn at_own_clock(entry: &Entry) -> (String, Option<i64>) {
    let seconds = (entry.local_at - entry.at.naive_utc()).num_seconds();
    let offset =
        i32::try_from(seconds).ok().filter(|offset| offset % 60 == 0).and_then(FixedOffset::east_opt);
    match offset {
        Some(offset) => (
            offset.from_utc_datetime(&entry.at.naive_utc()).to_rfc3339_opts(SecondsFormat::AutoSi, true),
            None,
        ),
        None => (entry.at.to_rfc3339_opts(SecondsFormat::AutoSi, true), Some(seconds)),
    }
}
