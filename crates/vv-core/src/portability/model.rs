//! What import and export take in and hand out. The names are those of the views in `vv-api`, which are made from these one
//! to one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;

use crate::ids::{EntryId, LoopId};

/// Names a format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// A folder of Markdown files, with or without front matter, or one such file.
    Markdown,
    /// The folder that an export as JSON writes.
    ViceVersa,
}

/// Names a format that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A folder of Markdown files with front matter, and the files beside them.
    Markdown,
    /// A folder with `entries.jsonl`, one entry a line, and the files beside it.
    Json,
    /// One file that any browser opens without a network, with its pictures and a search in it.
    Html,
    /// One book as PDF: title page, contents, entries with their pictures.
    Pdf,
}

impl ExportFormat {
    /// Tells whether it makes one file; the others make a folder.
    pub fn is_one_file(self) -> bool {
        matches!(self, Self::Html | Self::Pdf)
    }
}

/// Asks to import. The same folder twice changes nothing the second time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportJournal {
    /// The file or folder.
    pub path: PathBuf,
    /// Its format; none means: find out.
    pub format: Option<ImportFormat>,
    /// True only tells what would happen.
    pub dry_run: bool,
}

/// Asks to export entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJournal {
    /// The folder or file to make.
    pub path: PathBuf,
    /// In which format.
    pub format: ExportFormat,
    /// Which entries.
    pub choice: ExportChoice,
    /// Whether a file that has the name may be replaced. A folder never is.
    pub replace: bool,
    /// The language of what stands around the entries, such as `en`; what is not known is English.
    pub language: String,
}

/// Chooses the entries of an export. The default chooses all that are not in the trash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExportChoice {
    /// Only from this day.
    pub from: Option<NaiveDate>,
    /// Only to this day, inclusive.
    pub to: Option<NaiveDate>,
    /// Only those that bear all of these tags.
    pub tags: Vec<String>,
    /// Only those that fill a part of this loop.
    pub in_loop: Option<LoopId>,
    /// Only these; none means all that the rest chooses.
    pub entries: Vec<EntryId>,
}

/// Tells how far long work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is done.
    pub done: u64,
    /// Of how many; none while counting.
    pub total: Option<u64>,
    /// Seconds left, as far as one can say.
    pub seconds_left: Option<u64>,
}

/// Watches long work: hears how far it is, and can stop it.
pub struct Watch<'a> {
    /// Hears how far it is.
    pub progress: &'a mut (dyn FnMut(Progress) + Send),
    /// True asks it to stop. What was done by then is whole.
    pub stop: &'a AtomicBool,
}

impl Watch<'_> {
    /// Tells whether the person stopped it.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// Reports an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// Entries found.
    pub found: u32,
    /// Entries added.
    pub added: u32,
    /// Entries that were here already and stay as they are.
    pub unchanged: u32,
    /// Entries that were here and changed.
    pub updated: u32,
    /// What was left out, and why.
    pub skipped: Vec<SkippedItem>,
    /// Fields that have no place of their own and were kept under Facts.
    pub kept_as_fields: Vec<KeptField>,
    /// What became of files.
    pub attachments: ImportedAttachments,
    /// True when the person stopped it; what was added is whole.
    pub stopped: bool,
}

impl ImportReport {
    pub(crate) fn skip(&mut self, item: impl Into<String>, why: impl Into<String>) {
        self.skipped.push(SkippedItem { item: item.into(), why: why.into() });
    }
}

/// Tells what was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkippedItem {
    /// What.
    pub item: String,
    /// Why, as a sentence.
    pub why: String,
}

/// Tells which field of which item was kept under Facts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptField {
    /// Which item.
    pub item: String,
    /// Which field.
    pub field: String,
}

/// Tells what became of the files of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedAttachments {
    /// Files found.
    pub found: u32,
    /// Files added.
    pub added: u32,
    /// Files that are named and not there.
    pub missing: Vec<String>,
}

/// Reports an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportReport {
    /// Entries written.
    pub entries: u32,
    /// Files written.
    pub attachments: u32,
    /// Files that could not be written, or are too large for one file, as day and name.
    pub left_out: Vec<String>,
    /// The folder or file.
    pub path: PathBuf,
}
