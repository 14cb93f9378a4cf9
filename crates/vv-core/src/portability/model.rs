//! What import and export take in and hand out. The names are those of the views in `vv-api`, which are made from these one
//! to one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

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

/// Asks to export everything that is not in the trash into a new folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportJournal {
    /// The folder to make.
    pub path: PathBuf,
    /// In which format.
    pub format: ExportFormat,
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
    /// The folder.
    pub path: PathBuf,
}
