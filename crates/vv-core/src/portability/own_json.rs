//! Reads the folder that an export as JSON writes: `entries.jsonl`, one entry a line, and the files beside it.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::archive::{Tree, TreeFile};
use super::draft::{Draft, DraftFile, Expected, Kept, Key};
use super::error::PortabilityError;
use super::export_files;
use super::import::{Found, Sender};
use super::note::{origin_of, own_moment};
use super::own_objects;
use super::sound::VoiceFacts;
use super::when;
use crate::ids::AttachmentId;
use crate::journal::{EntryOrigin, Source};

/// The name of the file of lines.
pub(super) const FILE: &str = "entries.jsonl";
/// The longest line that is read.
const LONGEST_LINE: u64 = 64 << 20;

/// Makes the tree of an export of which the file of lines itself was named: it and the files beside it.
pub(super) fn tree_beside(path: &Path) -> Result<Option<Tree>, PortabilityError> {
    if path.file_name().is_none_or(|name| name != FILE) || !path.is_file() {
        return Ok(None);
    }
    let stop = AtomicBool::new(false);
    let mut tree = Tree::open(path, &stop)?;
    let objects = path.with_file_name(own_objects::FILE);
    if std::fs::symlink_metadata(&objects).is_ok_and(|found| found.is_file()) {
        tree.files.extend(Tree::open(&objects, &stop)?.files);
    }
    let files = path.with_file_name(export_files::FILES);
    if std::fs::symlink_metadata(&files).is_ok_and(|found| found.is_dir()) {
        for file in Tree::open(&files, &stop)?.files {
            tree.files.push(TreeFile { path: format!("{}/{}", export_files::FILES, file.path), ..file });
        }
        tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    }
    tree.is_single = false;
    Ok(Some(tree))
}

/// Is one entry as it stands in JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Line {
    pub(super) id: String,
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) text: String,
    #[serde(default)]
    pub(super) tags: Vec<String>,
    pub(super) on: String,
    pub(super) at: String,
    /// Only where the offset of its wall clock has seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) utc_offset_seconds: Option<i64>,
    #[serde(default)]
    pub(super) time_zone: Option<String>,
    #[serde(default)]
    pub(super) starred: bool,
    #[serde(default)]
    pub(super) trashed: bool,
    #[serde(default)]
    pub(super) r#loop: Option<serde_json::Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) origin: Option<String>,
    #[serde(default)]
    pub(super) source: Option<LineSource>,
    #[serde(default)]
    pub(super) attachments: Vec<LineFile>,
}

/// Is where an entry came from.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LineSource {
    pub(super) app: String,
    pub(super) id: String,
    #[serde(default)]
    pub(super) fields: BTreeMap<String, String>,
}

/// Is a file of an entry.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct LineFile {
    pub(super) name: String,
    pub(super) mime: String,
    pub(super) size: u64,
    pub(super) blake3: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) path: Option<String>,
    /// Only for a voice note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) voice: Option<VoiceFacts>,
}

/// Reads the lines of an export.
pub(super) struct OwnJson {
    tree: Tree,
}

impl OwnJson {
    pub(super) fn new(tree: Tree) -> Self {
        Self { tree }
    }

    fn open(&self) -> io::Result<BufReader<Box<dyn Read + Send>>> {
        let lines = self.tree.file(FILE).ok_or(io::ErrorKind::NotFound)?;
        Ok(BufReader::with_capacity(1 << 16, lines.lies.open()?))
    }

    pub(super) fn count_lines(&self) -> io::Result<u64> {
        let mut reader = self.open()?;
        let mut count = 0;
        loop {
            let piece = reader.fill_buf()?;
            if piece.is_empty() {
                return Ok(count);
            }
            count += memchr::memchr_iter(b'\n', piece).count() as u64;
            let length = piece.len();
            reader.consume(length);
        }
    }

    pub(super) fn read(&self, sender: &mut Sender<'_>) {
        let Ok(mut reader) = self.open() else {
            sender.send(Found::Skipped(FILE.to_owned(), "the file cannot be read".to_owned()));
            return;
        };
        let mut line = Vec::new();
        for number in 1_u64.. {
            line.clear();
            let item = format!("{FILE}, line {number}");
            let found = match reader.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => return,
                Ok(_) if line.trim_ascii().is_empty() => continue,
                Ok(read) if read as u64 == LONGEST_LINE && !line.ends_with(b"\n") => {
                    sender.send(Found::Skipped(
                        item,
                        "the line is longer than 64 MiB; it and all after it were left".to_owned(),
                    ));
                    return;
                }
                Ok(_) => match self.draft(&item, &line) {
                    Ok(draft) => Found::Draft(Box::new(draft)),
                    Err(why) => Found::Skipped(item, why),
                },
                Err(_) => {
                    sender.send(Found::Skipped(item, "the file cannot be read on from here".to_owned()));
                    return;
                }
            };
            if !sender.send(found) {
                return;
            }
        }
    }

    fn draft(&self, item: &str, bytes: &[u8]) -> Result<Draft, String> {
        let line: Line =
            serde_json::from_slice(bytes).map_err(|_| "the line is no entry in JSON".to_owned())?;
        let id = line.id.parse().map_err(|_| "its id is no id".to_owned())?;
        let not_a_date = || "its date cannot be read, or lies outside of the years 1 to 9999".to_owned();
        let zone = line.time_zone.filter(|zone| zone.parse::<chrono_tz::Tz>().is_ok());
        let at = when::read(&line.at).map_err(|_| not_a_date())?;
        let written = own_moment(&at, zone, line.utc_offset_seconds).map_err(|_| not_a_date())?;
        let on: NaiveDate = when::read(&line.on).map_err(|_| not_a_date())?.day;
        let mut kept = Kept::default();
        let mut source =
            line.source.map(|source| Source { app: source.app, id: source.id, fields: source.fields });
        if let (Some(value), Some(source)) = (line.r#loop.filter(|value| !value.is_null()), source.as_mut()) {
            kept.keep("loop", value.to_string());
            source.fields.append(&mut kept.fields);
        }
        let mut draft = Draft {
            item: if line.title.is_empty() { item.to_owned() } else { line.title.clone() },
            key: Key::Own(id),
            mark: *blake3::hash(bytes.trim_ascii()).as_bytes(),
            title: line.title,
            text: line.text,
            tags: line.tags,
            on: Some(on).filter(|on| *on != written.local_at().date()),
            written,
            starred: line.starred,
            trashed: line.trashed,
            origin: line.origin.as_deref().and_then(origin_of).unwrap_or(EntryOrigin::Written),
            source,
            files: Vec::new(),
            kept: kept.names,
            left_out: Vec::new(),
            missing: Vec::new(),
        };
        for file in line.attachments {
            self.take_file(&mut draft, file);
        }
        Ok(draft)
    }

    fn take_file(&self, draft: &mut Draft, file: LineFile) {
        let at = file.path.as_deref().and_then(|path| self.place(path));
        let id: Option<AttachmentId> = file.id.as_deref().and_then(|id| id.parse().ok());
        match (at, id) {
            (Some(at), Some(id)) => draft.files.push(DraftFile {
                id,
                lies: at.lies.clone(),
                size: at.size,
                name: file.name,
                expected: Some(Expected::Size(file.size)),
                voice: file.voice.map(VoiceFacts::read),
            }),
            _ => draft.missing.push(format!("{} → {}", draft.item, file.name)),
        }
    }

    /// Gives a file of the export: one folder and one name, never a link, never anything outside.
    fn place(&self, path: &str) -> Option<&TreeFile> {
        let (folder, name) = path.split_once('/')?;
        if folder != export_files::FILES || name.contains(['/', '\\', ':', '\0']) || name.starts_with("..") {
            return None;
        }
        self.tree.file(path)
    }
}
