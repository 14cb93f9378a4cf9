//! What import and export take in and hand out. The names are those of the views in `vv-api`, which are made from these one
//! to one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::NaiveDate;
use zeroize::Zeroizing;

use crate::ids::{EntryId, LoopId};

/// Names a format that can be imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportFormat {
    /// The JSON zip of Day One, a Classic folder or its plain text.
    DayOne,
    /// The archive (JEX) or folder (RAW) of Joplin, or its Markdown with front matter.
    Joplin,
    /// A jrnl journal: JSON, text, a folder of days, encrypted or not.
    Jrnl,
    /// An Obsidian vault.
    Obsidian,
    /// The folder or backup of RedNotebook.
    RedNotebook,
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
    /// The passphrase of an encrypted journal.
    pub passphrase: Option<Zeroizing<String>>,
}

impl ImportJournal {
    /// Asks to bring in what lies at a path, whatever it is.
    pub fn of(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), format: None, dry_run: false, passphrase: None }
    }
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

/// Lines of one kind that a report lists one by one; what is beyond is counted.
const MOST_LINES: usize = 20_000;

/// Reports an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// What it was found to be.
    pub format: Option<ImportFormat>,
    /// Entries found.
    pub found: u32,
    /// Entries added.
    pub added: u32,
    /// Entries that were here already and stay as they are.
    pub unchanged: u32,
    /// Entries that were here and changed.
    pub updated: u32,
    /// The first day of what was found.
    pub first_on: Option<NaiveDate>,
    /// The last day of what was found.
    pub last_on: Option<NaiveDate>,
    /// Entries that changed both there and here since the last import: what is here stays, and what came was added beside it.
    pub kept_both: Vec<String>,
    /// What was left out, and why.
    pub skipped: Vec<SkippedItem>,
    /// Fields that have no place of their own and were kept under Facts.
    pub kept_as_fields: Vec<KeptField>,
    /// How many entries have each of these fields, whole even where the list above has an end.
    pub fields: BTreeMap<String, u32>,
    /// Lines that are not listed above because there are too many.
    pub not_listed: u32,
    /// What became of files.
    pub attachments: ImportedAttachments,
    /// True when the person stopped it; what was added is whole.
    pub stopped: bool,
}

impl ImportReport {
    pub(crate) fn skip(&mut self, item: impl Into<String>, why: impl Into<String>) {
        if self.skipped.len() < MOST_LINES {
            self.skipped.push(SkippedItem { item: item.into(), why: why.into() });
        } else {
            self.not_listed += 1;
        }
    }

    pub(crate) fn keep_field(&mut self, item: &str, field: &str) {
        if let Some(count) = self.fields.get_mut(field) {
            *count += 1;
        } else if self.fields.len() < MOST_LINES {
            self.fields.insert(field.to_owned(), 1);
        }
        if self.kept_as_fields.len() < MOST_LINES {
            self.kept_as_fields.push(KeptField { item: item.to_owned(), field: field.to_owned() });
        } else {
            self.not_listed += 1;
        }
    }

    pub(crate) fn miss(&mut self, name: &str) {
        if self.attachments.missing.len() < MOST_LINES {
            self.attachments.missing.push(name.to_owned());
        } else {
            self.not_listed += 1;
        }
    }

    /// Gives an empty report that takes up counting here, for what may still be dropped.
    pub(crate) fn clone_counts(&self) -> Self {
        Self { first_on: self.first_on, last_on: self.last_on, ..Self::default() }
    }

    /// Takes in what another report counted and listed.
    pub(crate) fn take_in(&mut self, other: Self) {
        self.found += other.found;
        self.added += other.added;
        self.unchanged += other.unchanged;
        self.updated += other.updated;
        (self.first_on, self.last_on) = (other.first_on, other.last_on);
        self.kept_both.extend(other.kept_both);
        self.attachments.found += other.attachments.found;
        self.attachments.added += other.attachments.added;
        self.not_listed += other.not_listed;
        other.skipped.into_iter().for_each(|line| self.skip(line.item, line.why));
        let listed = other.kept_as_fields.len().min(MOST_LINES.saturating_sub(self.kept_as_fields.len()));
        self.not_listed += (other.kept_as_fields.len() - listed) as u32;
        self.kept_as_fields.extend(other.kept_as_fields.into_iter().take(listed));
        for (field, count) in other.fields {
            if self.fields.len() < MOST_LINES || self.fields.contains_key(&field) {
                *self.fields.entry(field).or_default() += count;
            }
        }
        other.attachments.missing.iter().for_each(|name| self.miss(name));
    }

    pub(crate) fn see(&mut self, on: NaiveDate) {
        self.first_on = Some(self.first_on.map_or(on, |first| first.min(on)));
        self.last_on = Some(self.last_on.map_or(on, |last| last.max(on)));
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
