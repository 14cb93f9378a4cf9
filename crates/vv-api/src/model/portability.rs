//! Requests and views of bringing a journal in and taking it out.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportFormat {
    /// A folder of Markdown files, with or without front matter.
    Markdown,
    /// The JSON that `vv export --as json` writes.
    ViceVersa,
}

/// Names a format that can be exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ExportFormat {
    /// A folder of Markdown files with front matter, and the files beside them.
    Markdown,
    /// A folder with `entries.jsonl`, one entry a line, and the files beside it.
    Json,
}

/// Asks to import. The same folder twice changes nothing the second time.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportJournal {
    /// The file or folder.
    pub path: String,
    /// Its format; none means: find out.
    #[ts(optional)]
    pub format: Option<ImportFormat>,
    /// True only tells what would happen.
    pub dry_run: bool,
}

/// Asks to export everything that is not in the trash into a new folder.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportJournal {
    /// The folder to make.
    pub path: String,
    /// In which format.
    pub format: ExportFormat,
}

/// Tells how far long work is. Published as the event `progress`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// What is done.
    #[ts(type = "number")]
    pub done: u64,
    /// Of how many; none while counting.
    #[ts(type = "number | null")]
    pub total: Option<u64>,
    /// Seconds left, as far as one can say.
    #[ts(type = "number | null")]
    pub seconds_left: Option<u64>,
}

/// Reports an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportReport {
    /// Entries found.
    pub found: u32,
    /// Entries added.
    pub added: u32,
    /// Entries that were here already, the same.
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

/// Tells what was left out, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SkippedItem {
    /// What.
    pub item: String,
    /// Why.
    pub why: String,
}

/// Tells which field of which item was kept under Facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KeptField {
    /// Which item.
    pub item: String,
    /// Which field.
    pub field: String,
}

/// Tells what became of the files of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportedAttachments {
    /// Files found.
    pub found: u32,
    /// Files added.
    pub added: u32,
    /// Files that are named and not there.
    pub missing: Vec<String>,
}

/// Reports an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportReport {
    /// Entries written.
    pub entries: u32,
    /// Files written.
    pub attachments: u32,
    /// The folder.
    pub path: String,
}
