//! Requests and views of bringing a journal in and taking it out.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ImportFormat {
    /// The JSON zip of Day One, a Classic folder or its plain text.
    #[serde(rename = "dayone")]
    DayOne,
    /// The archive (JEX) or folder (RAW) of Joplin, or its Markdown with front matter.
    Joplin,
    /// A jrnl journal: JSON, text, a folder of days, encrypted or not.
    Jrnl,
    /// An Obsidian vault.
    Obsidian,
    /// The folder or backup of RedNotebook.
    #[serde(rename = "rednotebook")]
    RedNotebook,
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
    /// One file that any browser opens without a network, with its pictures and a search in it.
    Html,
    /// One book as PDF: title page, contents, entries with their pictures.
    Pdf,
}

/// Asks to import. The same folder twice changes nothing the second time.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct ImportJournal {
    /// The file or folder.
    pub path: String,
    /// Its format; none means: find out.
    #[ts(optional)]
    pub format: Option<ImportFormat>,
    /// True only tells what would happen.
    pub dry_run: bool,
    /// The passphrase of an encrypted journal.
    #[ts(optional)]
    pub passphrase: Option<String>,
}

/// Asks to export entries. What is not said chooses everything outside the trash.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportJournal {
    /// The folder or file to make.
    pub path: String,
    /// In which format.
    pub format: ExportFormat,
    /// Which entries.
    #[serde(default)]
    pub choice: ExportChoice,
    /// True replaces a file that has the name already. A folder is never replaced.
    #[serde(default)]
    pub replace: bool,
    /// The language of what stands around the entries, such as `en`; empty is English.
    #[serde(default)]
    pub language: String,
}

/// Chooses the entries of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ExportChoice {
    /// Only from this day.
    pub from: Option<NaiveDate>,
    /// Only to this day, inclusive.
    pub to: Option<NaiveDate>,
    /// Only those that bear all of these tags.
    pub tags: Vec<String>,
    /// Only those that fill a part of this loop, by its id.
    pub in_loop: Option<String>,
    /// Only these, by their ids; empty means all that the rest chooses.
    pub entries: Vec<String>,
}

/// Asks to write a report, which the interface has put into words, into a file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveReport {
    /// The file to write.
    pub path: String,
    /// The report.
    pub text: String,
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
    /// What it was found to be.
    pub format: Option<ImportFormat>,
    /// Entries found.
    pub found: u32,
    /// Entries added.
    pub added: u32,
    /// Entries that were here already, the same.
    pub unchanged: u32,
    /// Entries that were here and changed.
    pub updated: u32,
    /// The first day of what was found.
    pub first_on: Option<NaiveDate>,
    /// The last day of what was found.
    pub last_on: Option<NaiveDate>,
    /// Entries that changed both there and here: what is here stays, and what came was added beside it.
    pub kept_both: Vec<String>,
    /// What was left out, and why.
    pub skipped: Vec<SkippedItem>,
    /// Fields that have no place of their own and were kept under Facts.
    pub kept_as_fields: Vec<KeptField>,
    /// How many entries have each of these fields.
    pub fields: BTreeMap<String, u32>,
    /// Lines that are not listed above because there are too many.
    pub not_listed: u32,
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

/// Asks for a space to be written with its keys.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportSpace {
    /// The space.
    pub space: String,
    /// The folder; it is made, or is there and empty.
    pub path: String,
}

/// Reports what was written of a space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpaceExportReport {
    /// Records written, with those of which only header and hash are left.
    #[ts(type = "number")]
    pub records: u64,
    /// Sealed chunks of files written.
    #[ts(type = "number")]
    pub chunks: u64,
    /// Chunks that are not on this computer.
    #[ts(type = "number")]
    pub missing_chunks: u64,
    /// The folder.
    pub path: String,
}

/// Reports an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ExportReport {
    /// Entries written.
    pub entries: u32,
    /// Files written.
    pub attachments: u32,
    /// Files that could not be written, or are too large for one file, as day and name.
    pub left_out: Vec<String>,
    /// The folder or file.
    pub path: String,
}
