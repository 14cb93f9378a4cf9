//! Requests and views of the journal: entries, their text while it is edited, their history, their files.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{AttachmentId, EntryId, SessionId};

use super::voice::VoiceView;

/// Shows an entry whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// Its id.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Its title; empty when it has none.
    pub title: String,
    /// Its Markdown, exactly as written.
    pub text: String,
    /// Its tags, in order of spelling.
    pub tags: Vec<String>,
    /// The day it belongs to.
    pub on: NaiveDate,
    /// The instant of writing.
    pub at: DateTime<Utc>,
    /// The same instant on the entry's own wall clock, `YYYY-MM-DDTHH:MM:SS`.
    pub local_at: String,
    /// The time zone of the writing, an IANA name; none when it is not known.
    pub time_zone: Option<String>,
    /// Whether it is starred.
    pub starred: bool,
    /// Whether it lies in the trash.
    pub trashed: bool,
    /// Where it was imported from, if it was.
    pub source: Option<SourceView>,
    /// Its files.
    pub attachments: Vec<AttachmentView>,
    /// How it came to be: typed in the editor, captured in one line, or imported.
    pub origin: EntryOrigin,
    /// Words of the text.
    pub word_count: u32,
    /// Versions in its history.
    pub version_count: u32,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Says how an entry came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum EntryOrigin {
    /// In the editor or by `vv entry add`.
    Written,
    /// In the one-line capture window.
    Captured,
    /// From another journal.
    Imported,
    /// At the end of a guide.
    Guided,
}

/// Shows where an imported entry came from, with each field that has no place of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceView {
    /// The program or format.
    pub app: String,
    /// Its id there.
    pub id: String,
    /// What else it said, by name.
    pub fields: std::collections::BTreeMap<String, String>,
}

/// Shows a file of an entry. In the text it stands as `![name](attachment:ID)` or `[name](attachment:ID)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AttachmentView {
    /// Its id.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// Its file name.
    pub name: String,
    /// Its media type, found from its bytes where they tell.
    pub mime: String,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// BLAKE3 of its bytes, 64 hexadecimal digits.
    pub blake3: String,
    /// Width in pixels, when it is a picture that could be opened.
    pub width: Option<u32>,
    /// Height in pixels, when it is a picture that could be opened.
    pub height: Option<u32>,
    /// What is known of it beside its bytes, when it is a voice note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub voice: Option<VoiceView>,
    /// True in the answer to attaching it when it claims to be a picture and could not be opened as one; it is kept as a file.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    #[ts(as = "Option<bool>", optional)]
    pub not_a_picture: bool,
}

/// Shows an entry as a row of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryRow {
    /// Its id.
    #[ts(type = "string")]
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

/// Chooses entries for the timeline. Empty means all that are not in the trash, newest first.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default)]
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

/// Asks for a window of the timeline.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ListEntries {
    /// Which entries.
    #[serde(default)]
    pub filter: EntryFilter,
    /// How many rows to pass over.
    pub offset: u32,
    /// How many rows to give, at most 500.
    pub limit: u32,
}

/// Shows a window of the timeline.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EntryPage {
    /// How many rows the filter has in all.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<EntryRow>,
}

/// Asks at which row of the timeline an entry or a day stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LocateEntry {
    /// In which timeline.
    #[serde(default)]
    pub filter: EntryFilter,
    /// The entry looked for.
    #[ts(type = "string", optional)]
    pub id: Option<EntryId>,
    /// Or the day: the first row on it or before it.
    #[ts(optional)]
    pub on: Option<NaiveDate>,
}

/// Asks for a new entry.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct CreateEntry {
    /// Its title.
    pub title: String,
    /// Its Markdown.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The day it belongs to; none means today on this computer's clock.
    pub on: Option<NaiveDate>,
    /// How it comes to be.
    pub origin: Option<EntryOrigin>,
}

/// Asks to change facts of an entry; what is none stays.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangeEntry {
    /// Which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// A new title.
    #[ts(optional)]
    pub title: Option<String>,
    /// All its tags.
    #[ts(optional)]
    pub tags: Option<Vec<String>>,
    /// Another day.
    #[ts(optional)]
    pub on: Option<NaiveDate>,
    /// Another wall-clock time with it, `YYYY-MM-DDTHH:MM`.
    #[ts(optional)]
    pub local_at: Option<String>,
    /// Another time zone, an IANA name.
    #[ts(optional)]
    pub time_zone: Option<String>,
    /// Star or no star.
    #[ts(optional)]
    pub starred: Option<bool>,
}

/// Opens an entry in an editor. The session holds exactly what that editor shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct EditorView {
    /// The session, to be named in every keep and save.
    #[ts(type = "string")]
    pub session: SessionId,
    /// The entry.
    pub entry: EntryView,
    /// True when words typed before a crash were brought back into the text.
    pub recovered: bool,
}

/// Keeps what was typed since the last save, as a draft on this computer only. Sent every second while there is something.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KeepDraft {
    /// The session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// The whole text as the editor shows it.
    pub text: String,
    /// The title as the editor shows it.
    pub title: String,
}

/// Saves the text of a session as records.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveText {
    /// The session.
    #[ts(type = "string")]
    pub session: SessionId,
    /// The whole text as the editor shows it.
    pub text: String,
    /// The title as the editor shows it.
    pub title: String,
    /// True when the editor closes and the session ends.
    #[serde(default)]
    pub close: bool,
}

/// Tells the editor what was saved, and what others changed meanwhile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
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

/// Replaces a stretch of text. Positions count UTF-16 units, as the editor does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Splice {
    /// Where it begins.
    pub at: u32,
    /// How much goes.
    pub delete: u32,
    /// What comes.
    pub insert: String,
}

/// Shows one version in the history of an entry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VersionRow {
    /// Which one: 1 is the first.
    pub number: u32,
    /// When it was saved.
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

/// Shows the text of one version, and how it differs from another.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VersionView {
    /// Which one.
    pub number: u32,
    /// Its title then.
    pub title: String,
    /// Its text then.
    pub text: String,
    /// Stretches in order, from that version to the one it is compared with.
    pub compared: Vec<ComparedStretch>,
}

/// Shows a stretch of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ComparedStretch {
    /// What became of it.
    pub change: StretchChange,
    /// Its words.
    pub text: String,
}

/// Says what became of a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum StretchChange {
    /// Stands in both.
    Same,
    /// Came.
    Added,
    /// Went.
    Removed,
}

/// Asks for one version, compared with another or with what stands now.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadVersion {
    /// Which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Which version.
    pub number: u32,
    /// Compared with this one; none means with what stands now.
    #[ts(optional)]
    pub with: Option<u32>,
}

/// Asks to write an older version as the newest one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreVersion {
    /// Which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Which version.
    pub number: u32,
}

/// Tells what deleting for good could not reach.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DeletedView {
    /// Backups that still hold the text.
    pub backups: Vec<String>,
}

/// Shows a tag and how often it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TagView {
    /// The tag.
    pub tag: String,
    /// Entries that bear it, trash apart.
    pub count: u32,
}

/// Asks for the days on which something was written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadCalendar {
    /// From this day.
    pub from: NaiveDate,
    /// To this day, inclusive.
    pub to: NaiveDate,
}

/// Shows how much was written on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CalendarDay {
    /// The day.
    pub on: NaiveDate,
    /// Entries of that day.
    pub entries: u32,
    /// Words of that day.
    pub words: u32,
}

/// Asks to attach a file that lies on the disk.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachPath {
    /// To which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Where the file lies.
    pub path: String,
}

/// Asks to attach bytes that were pasted or dropped. The bytes travel as the raw body of the call in the window.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachBytes {
    /// To which entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// The name to keep.
    pub name: String,
    /// The bytes in base 64.
    pub base64: String,
}

/// Asks to write a copy of a file to the disk, out of the notebook.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveAttachment {
    /// Which file.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// Where to.
    pub path: String,
}

/// Asks which entries a `[[` link could mean.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FindLink {
    /// The beginning of a title.
    pub beginning: String,
}

/// Names an entry to link to. In the text it stands as `[[title]]`, or `[[title|ID]]` when the title is not the only one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LinkTarget {
    /// Its id.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Its title, or its first words.
    pub title: String,
    /// The day it belongs to.
    pub on: NaiveDate,
}

/// Tells what became of a captured line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CaptureKept {
    /// The id its entry has or will have.
    #[ts(type = "string")]
    pub id: EntryId,
    /// True when it waits, sealed, for the unlock.
    pub sealed: bool,
}
