//! What the journal hands out and takes in: entries whole and as rows, filters, requests, versions, files.
//!
//! The names are those of the views in `vv-api`, which are made from these one to one. Rules of single facts live beside
//! this file: `tag.rs`, `text.rs` (titles and texts), `moment.rs` (day, instant, time zone).

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::moment::Moment;
use crate::ids::{AttachmentId, EntryId};
use crate::voice::Voice;

/// Holds an entry whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// Its title; empty when it has none.
    pub title: String,
    /// Its Markdown, exactly as written, lines ended by a line feed.
    pub text: String,
    /// Its tags, in order of spelling.
    pub tags: Vec<String>,
    /// The day it belongs to.
    pub on: NaiveDate,
    /// The instant of writing.
    pub at: DateTime<Utc>,
    /// The same instant on the entry's own wall clock.
    pub local_at: NaiveDateTime,
    /// The time zone of the writing, an IANA name; none when it is not known.
    pub time_zone: Option<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// Its files, in the order they came.
    pub attachments: Vec<Attachment>,
    /// How it came to be.
    pub origin: EntryOrigin,
    /// Words of the text.
    pub word_count: u32,
    /// Versions in its history.
    pub version_count: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Says how an entry came to be.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EntryOrigin {
    /// In the editor or in a terminal.
    #[default]
    Written,
    /// In the one-line capture window.
    Captured,
    /// From another journal.
    Imported,
    /// At the end of a guide.
    Guided,
}

/// Says where an imported entry came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// The program or format.
    pub app: String,
    /// Its id there.
    pub id: String,
    /// What else it said and has no place of its own here, by name.
    pub fields: BTreeMap<String, String>,
}

/// Describes a file of an entry. In the text it stands as `![name](attachment:ID)` or `[name](attachment:ID)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// The entry it belongs to.
    pub entry: EntryId,
    /// Its file name, without any folder.
    pub name: String,
    /// Its media type, found from its bytes where they tell.
    pub mime: String,
    /// Its size in bytes.
    pub size: u64,
    /// BLAKE3 of its bytes.
    pub blake3: [u8; 32],
    /// Width in pixels as it is to be shown, when it is a picture that could be opened.
    pub width: Option<u32>,
    /// Height in pixels as it is to be shown, when it is a picture that could be opened.
    pub height: Option<u32>,
    /// What is known of it beside its bytes, when it is a voice note.
    pub voice: Option<Voice>,
}

/// Holds an entry as a row of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryRow {
    /// Its id.
    pub id: EntryId,
    /// Its title; empty when it has none.
    pub title: String,
    /// The first words of its text without marks, at most 160 characters.
    pub excerpt: String,
    /// The day it belongs to.
    pub on: NaiveDate,
    /// `HH:MM` on its own wall clock.
    pub time: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// Whether it has files.
    pub has_attachments: bool,
    /// How it came to be.
    pub origin: EntryOrigin,
}

/// Chooses entries for the timeline. The default chooses all that are not in the trash.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryFilter {
    /// Only those that bear all of these tags.
    pub tags: Vec<String>,
    /// Only from this day.
    pub from: Option<NaiveDate>,
    /// Only to this day, inclusive.
    pub to: Option<NaiveDate>,
    /// Only starred ones.
    pub starred: bool,
    /// Those in the trash instead of those outside.
    pub trashed: bool,
}

/// Holds a window of the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct EntryPage {
    /// How many rows the filter has in all.
    pub total: u32,
    /// The rows asked for, newest first.
    pub rows: Vec<EntryRow>,
}

/// Names what is looked for in the timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// This entry.
    Entry(EntryId),
    /// The first row on this day or before it.
    Day(NaiveDate),
}

/// Describes an entry that is to be made. The default is an empty entry of now.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewEntry {
    /// An id that was made before, so that one captured line never becomes two entries; none makes a new one.
    pub id: Option<EntryId>,
    /// Its title.
    pub title: String,
    /// Its Markdown.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// When it was written; none means now, on this computer's clock.
    pub written: Option<Moment>,
    /// The day it belongs to; none means the day of its moment.
    pub on: Option<NaiveDate>,
    /// Whether it is starred from the beginning.
    pub starred: bool,
    /// How it comes to be.
    pub origin: EntryOrigin,
    /// Where it comes from.
    pub source: Option<Source>,
    /// Fingerprints of what it is imported from and of what came of it, so that the same import finds it unchanged.
    pub imported_mark: Option<Vec<u8>>,
}

/// Describes a change of facts of an entry; what is none stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct EntryChange {
    /// A new title.
    pub title: Option<String>,
    /// All its tags.
    pub tags: Option<Vec<String>>,
    /// Another day.
    pub on: Option<NaiveDate>,
    /// Another wall-clock time, `YYYY-MM-DDTHH:MM` with or without seconds. The day follows it unless `on` says otherwise.
    pub local_at: Option<String>,
    /// Another time zone. The instant stays unless `local_at` comes too; the day stays when it was chosen.
    pub time_zone: Option<String>,
    /// Star or no star.
    pub starred: Option<bool>,
}

/// Tells what was saved, and what others changed meanwhile.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedText {
    /// The entry as it now stands.
    pub entry: EntryRow,
    /// Changes made elsewhere, to be applied to the editor's text in this order.
    pub splices: Vec<Splice>,
    /// The title as it now stands.
    pub title: String,
    /// When it was saved.
    pub saved_at: DateTime<Utc>,
    /// Words of the text.
    pub word_count: u32,
    /// Versions in its history.
    pub version_count: u32,
}

/// Replaces a stretch of text. Positions count UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Splice {
    /// Where it begins, in the text as the splices before it have left it.
    pub at: u32,
    /// How much goes.
    pub delete: u32,
    /// What comes.
    pub insert: String,
}

/// Describes one version in the history of an entry.
#[derive(Debug, Clone, PartialEq)]
pub struct VersionRow {
    /// Which one: 1 is the first.
    pub number: u32,
    /// When it was last saved.
    pub saved_at: DateTime<Utc>,
    /// On which device.
    pub device: String,
    /// Words then.
    pub word_count: u32,
    /// Words that came with it.
    pub words_added: u32,
    /// Words that went with it.
    pub words_removed: u32,
}

/// Holds the text of one version, and how it differs from another.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// Which one.
    pub number: u32,
    /// Its title then.
    pub title: String,
    /// Its text then.
    pub text: String,
    /// Stretches in order, from this version to the one it is compared with.
    pub compared: Vec<ComparedStretch>,
}

/// Holds a stretch of a comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparedStretch {
    /// What became of it.
    pub change: StretchChange,
    /// Its words.
    pub text: String,
}

/// Says what became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StretchChange {
    /// Stands in both.
    Same,
    /// Came.
    Added,
    /// Went.
    Removed,
}

/// Counts how often a tag is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagCount {
    /// The tag, as it is spelled most often.
    pub tag: String,
    /// Entries that bear it, trash apart.
    pub count: u32,
}

/// Tells how much was written on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarDay {
    /// The day.
    pub on: NaiveDate,
    /// Entries of that day.
    pub entries: u32,
    /// Words of that day.
    pub words: u32,
}

/// Names an entry to link to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkTarget {
    /// Its id.
    pub id: EntryId,
    /// Its title, or its first words.
    pub title: String,
    /// The day it belongs to.
    pub on: NaiveDate,
}
