// Made by `cargo xtask types` from crates/vv-api. Do not change it here: a test compares.

/** Says to a screen or terminal what happened, what is safe and, through its code, what to do. */
export type ApiError = {
  /** What went wrong, for programs. */
  code: ErrorCode,
  /** What happened and what is safe, for the person. */
  message: string,
  /** The field of the request it is about, where there is one. */
  field?: string,
};

/** Asks to attach bytes that were pasted or dropped. The bytes travel as the raw body of the call in the window. */
export type AttachBytes = {
  /** To which entry. */
  id: string,
  /** The name to keep. */
  name: string,
  /** The bytes in base 64. */
  base64: string,
};

/** Asks to attach a file that lies on the disk. */
export type AttachPath = {
  /** To which entry. */
  id: string,
  /** Where the file lies. */
  path: string,
};

/** Shows a file of an entry. In the text it stands as `![name](attachment:ID)` or `[name](attachment:ID)`. */
export type AttachmentView = {
  /** Its id. */
  id: string,
  /** Its file name. */
  name: string,
  /** Its media type, found from its bytes where they tell. */
  mime: string,
  /** Its size in bytes. */
  size: number,
  /** BLAKE3 of its bytes, 64 hexadecimal digits. */
  blake3: string,
  /** Width in pixels, when it is a picture that could be opened. */
  width: number | null,
  /** Height in pixels, when it is a picture that could be opened. */
  height: number | null,
  /** True in the answer to attaching it when it claims to be a picture and could not be opened as one; it is kept as a file. */
  not_a_picture?: boolean,
};

/** Shows one backup. */
export type BackupView = {
  /** Where it lies. */
  path: string,
  /** When it was made. */
  made_at: string,
  /** Its size in bytes. */
  size: number,
  /** How many entries were counted when it was opened for proof. */
  proven_entries: number | null,
};

/** Shows how much was written on a day. */
export type CalendarDay = {
  /** The day. */
  on: string,
  /** Entries of that day. */
  entries: number,
  /** Words of that day. */
  words: number,
};

/** Tells what became of a captured line. */
export type CaptureKept = {
  /** The id its entry has or will have. */
  id: string,
  /** True when it waits, sealed, for the unlock. */
  sealed: boolean,
};

/** Asks to change facts of an entry; what is none stays. */
export type ChangeEntry = {
  /** Which entry. */
  id: string,
  /** A new title. */
  title?: string,
  /** All its tags. */
  tags?: Array<string>,
  /** Another day. */
  on?: string,
  /** Another wall-clock time with it, `YYYY-MM-DDTHH:MM`. */
  local_at?: string,
  /** Another time zone, an IANA name. */
  time_zone?: string,
  /** Star or no star. */
  starred?: boolean,
};

/** Says that facts changed, here or by another program. Published as the event `changed`. */
export type Changed = {
  /** Which ones. */
  topics: Array<Topic>,
};

/** Asks whether words or a file would open this notebook; changes nothing but the date of the check. */
export type CheckKit = { "by": "words",
  /** As typed. */
  words: string,
} | { "by": "file",
  /** Where it lies. */
  path: string,
  /** Its passphrase, when it has one. */
  passphrase?: string,
};

/** Shows a stretch of a comparison. */
export type ComparedStretch = {
  /** What became of it. */
  change: StretchChange,
  /** Its words. */
  text: string,
};

/** Asks for a new entry. */
export type CreateEntry = {
  /** Its title. */
  title: string,
  /** Its Markdown. */
  text: string,
  /** Its tags. */
  tags: Array<string>,
  /** The day it belongs to; none means today on this computer's clock. */
  on: string | null,
  /** How it comes to be. */
  origin: EntryOrigin | null,
};

/** Asks for a new notebook. Refused when one is there. */
export type CreateNotebook = {
  /** To whom it belongs. */
  name: string,
  /** Where its key shall be kept. */
  key_place: KeyPlace,
  /** The passphrase, when the key is kept behind one. */
  passphrase?: string,
  /** The first sentence; becomes the first entry. */
  first_sentence?: string,
};

/** Tells what deleting for good could not reach. */
export type DeletedView = {
  /** Backups that still hold the text. */
  backups: Array<string>,
};

/** Says how serious a line of the doctor is. */
export type DoctorLevel = "ok" | "note" | "problem";

/** Shows one line of the doctor's report. */
export type DoctorLine = {
  /** What was looked at. */
  what: string,
  /** `ok`, `note` or `problem`. */
  level: DoctorLevel,
  /** What was found. */
  found: string,
  /** What to do about it, where something is to be done. */
  advice?: string,
};

/** Opens an entry in an editor. The session holds exactly what that editor shows. */
export type EditorView = {
  /** The session, to be named in every keep and save. */
  session: string,
  /** The entry. */
  entry: EntryView,
  /** True when words typed before a crash were brought back into the text. */
  recovered: boolean,
};

/** Chooses entries for the timeline. Empty means all that are not in the trash, newest first. */
export type EntryFilter = {
  /** Only those that bear all of these tags. */
  tags: Array<string>,
  /** Only from this day. */
  from: string | null,
  /** Only to this day, inclusive. */
  to: string | null,
  /** Only starred ones. */
  starred: boolean,
  /** Those in the trash instead of those outside. */
  trashed: boolean,
};

/** Says how an entry came to be. */
export type EntryOrigin = "written" | "captured" | "imported";

/** Shows a window of the timeline. */
export type EntryPage = {
  /** How many rows the filter has in all. */
  total: number,
  /** The rows asked for. */
  rows: Array<EntryRow>,
};

/** Shows an entry as a row of the timeline. */
export type EntryRow = {
  /** Its id. */
  id: string,
  /** Its title; empty when it has none. */
  title: string,
  /** The first words of its text without marks, at most 160 characters. */
  excerpt: string,
  /** The day it belongs to. */
  on: string,
  /** `HH:MM` on its own wall clock. */
  time: string,
  /** Its tags. */
  tags: Array<string>,
  /** Whether it is starred. */
  starred: boolean,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** Whether it has files. */
  has_attachments: boolean,
  /** How it came to be. */
  origin: EntryOrigin,
};

/** Shows an entry whole. */
export type EntryView = {
  /** Its id. */
  id: string,
  /** Its title; empty when it has none. */
  title: string,
  /** Its Markdown, exactly as written. */
  text: string,
  /** Its tags, in order of spelling. */
  tags: Array<string>,
  /** The day it belongs to. */
  on: string,
  /** The instant of writing. */
  at: string,
  /** The same instant on the entry's own wall clock, `YYYY-MM-DDTHH:MM:SS`. */
  local_at: string,
  /** The time zone of the writing, an IANA name; none when it is not known. */
  time_zone: string | null,
  /** Whether it is starred. */
  starred: boolean,
  /** Whether it lies in the trash. */
  trashed: boolean,
  /** Where it was imported from, if it was. */
  source: SourceView | null,
  /** Its files. */
  attachments: Array<AttachmentView>,
  /** How it came to be: typed in the editor, captured in one line, or imported. */
  origin: EntryOrigin,
  /** Words of the text. */
  word_count: number,
  /** Versions in its history. */
  version_count: number,
  /** When it was last changed. */
  changed_at: string,
};

/** Names what went wrong, for programs. */
export type ErrorCode = "no_notebook" | "notebook_exists" | "locked" | "wrong_key" | "keyring_no_entry" | "keyring_unreachable" | "keyring_locked" | "kit_invalid" | "newer_version" | "damaged" | "in_use" | "disk_full" | "read_only" | "not_found" | "invalid" | "too_large" | "unreadable_file" | "cancelled" | "conflict" | "internal";

/** Names a format that can be exported. */
export type ExportFormat = "markdown" | "json";

/** Asks to export everything that is not in the trash into a new folder. */
export type ExportJournal = {
  /** The folder to make. */
  path: string,
  /** In which format. */
  format: ExportFormat,
};

/** Reports an export. */
export type ExportReport = {
  /** Entries written. */
  entries: number,
  /** Files written. */
  attachments: number,
  /** The folder. */
  path: string,
};

/** Asks which entries a `[[` link could mean. */
export type FindLink = {
  /** The beginning of a title. */
  beginning: string,
};

/** Names a format that can be imported. */
export type ImportFormat = "markdown" | "vice-versa";

/** Asks to import. The same folder twice changes nothing the second time. */
export type ImportJournal = {
  /** The file or folder. */
  path: string,
  /** Its format; none means: find out. */
  format?: ImportFormat,
  /** True only tells what would happen. */
  dry_run: boolean,
};

/** Reports an import. */
export type ImportReport = {
  /** Entries found. */
  found: number,
  /** Entries added. */
  added: number,
  /** Entries that were here already, the same. */
  unchanged: number,
  /** Entries that were here and changed. */
  updated: number,
  /** What was left out, and why. */
  skipped: Array<SkippedItem>,
  /** Fields that have no place of their own and were kept under Facts. */
  kept_as_fields: Array<KeptField>,
  /** What became of files. */
  attachments: ImportedAttachments,
  /** True when the person stopped it; what was added is whole. */
  stopped: boolean,
};

/** Tells what became of the files of an import. */
export type ImportedAttachments = {
  /** Files found. */
  found: number,
  /** Files added. */
  added: number,
  /** Files that are named and not there. */
  missing: Array<string>,
};

/** Keeps what was typed since the last save, as a draft on this computer only. Sent every second while there is something. */
export type KeepDraft = {
  /** The session. */
  session: string,
  /** The whole text as the editor shows it. */
  text: string,
  /** The title as the editor shows it. */
  title: string,
};

/** Tells which field of which item was kept under Facts. */
export type KeptField = {
  /** Which item. */
  item: string,
  /** Which field. */
  field: string,
};

/** Says where the key of the notebook is kept day to day. */
export type KeyPlace = "keyring" | "passphrase";

/** Says what the keyring answered. */
export type KeyringState = "ready" | "no_entry" | "locked" | "unreachable";

/** Shows the words of the recovery kit, once, to be written down. */
export type KitView = {
  /** The 24 words in their order. */
  words: Array<string>,
};

/** Names an entry to link to. In the text it stands as `[[title]]`, or `[[title|ID]]` when the title is not the only one. */
export type LinkTarget = {
  /** Its id. */
  id: string,
  /** Its title, or its first words. */
  title: string,
  /** The day it belongs to. */
  on: string,
};

/** Asks for a window of the timeline. */
export type ListEntries = {
  /** Which entries. */
  filter: EntryFilter,
  /** How many rows to pass over. */
  offset: number,
  /** How many rows to give, at most 500. */
  limit: number,
};

/** Asks at which row of the timeline an entry or a day stands. */
export type LocateEntry = {
  /** In which timeline. */
  filter: EntryFilter,
  /** The entry looked for. */
  id?: string,
  /** Or the day: the first row on it or before it. */
  on?: string,
};

/** Asks for a backup into one file. */
export type MakeBackup = {
  /** Where to write it; none puts it into the notebook's own `backups` folder. */
  path?: string,
};

/** Shows a stretch of text that was or was not searched for. */
export type MarkedStretch = {
  /** The words. */
  text: string,
  /** Whether they were searched for. */
  marked: boolean,
};

/** Asks to move the key, or to change the passphrase. The notebook must be open. */
export type MoveKey = { "to": "keyring" } | { "to": "passphrase",
  /** The new passphrase. */
  passphrase: string,
  /** The old one, when there was one: it is checked again. */
  current?: string,
};

/** Says in which state the notebook is. Exactly one screen belongs to each. */
export type NotebookStatus = { "state": "absent",
  /** Whether the keyring can be offered. */
  keyring: KeyringState,
} | { "state": "locked",
  /** Where its key is kept. */
  key_place: KeyPlace,
  /** What the keyring said, when the key is kept there. */
  keyring: KeyringState,
  /** How many captured lines wait for the unlock. */
  waiting_captures: number,
} | { "state": "open",
  /** The facts the frame shows. */
  notebook: NotebookView,
} | { "state": "newer_version" } | { "state": "damaged",
  /** How many entries a salvage read could recover, if it was tried. */
  salvageable_entries: number | null,
  /** The newest backup that could be restored. */
  newest_backup: BackupView | null,
} | { "state": "in_use" } | { "state": "unreachable",
  /** What the system said, as a sentence. */
  message: string,
};

/** Shows the open notebook. */
export type NotebookView = {
  /** To whom it belongs. */
  name: string,
  /** Where its key is kept. */
  key_place: KeyPlace,
  /** Entries that are not in the trash. */
  entry_count: number,
  /** When it was made. */
  created_at: string,
  /** When the recovery kit was last made; none when never. */
  kit_made_at: string | null,
  /** When the recovery kit was last checked; none when never. */
  kit_checked_at: string | null,
  /** True when the profile cannot be written: everything can be read, nothing changed. */
  read_only: boolean,
  /** The folder the notebook lies in. */
  folder: string,
  /** The name of this device. */
  device_name: string,
};

/** Tells how far long work is. Published as the event `progress`. */
export type Progress = {
  /** What is done. */
  done: number,
  /** Of how many; none while counting. */
  total: number | null,
  /** Seconds left, as far as one can say. */
  seconds_left: number | null,
};

/** Asks for the days on which something was written. */
export type ReadCalendar = {
  /** From this day. */
  from: string,
  /** To this day, inclusive. */
  to: string,
};

/** Asks for one version, compared with another or with what stands now. */
export type ReadVersion = {
  /** Which entry. */
  id: string,
  /** Which version. */
  number: number,
  /** Compared with this one; none means with what stands now. */
  with?: number,
};

/** Asks to put a backup in the place of the notebook. What was there is moved aside, never deleted. */
export type RestoreBackup = {
  /** The backup. */
  path: string,
  /** How to open it. */
  unlock: UnlockNotebook,
};

/** Asks to write an older version as the newest one. */
export type RestoreVersion = {
  /** Which entry. */
  id: string,
  /** Which version. */
  number: number,
};

/** Asks to write a copy of a file to the disk, out of the notebook. */
export type SaveAttachment = {
  /** Which file. */
  id: string,
  /** Where to. */
  path: string,
};

/** Asks to write a `.kit` file. */
export type SaveKit = {
  /** Where to write it. */
  path: string,
  /** Seals it behind a passphrase of its own; none leaves the words readable in it. */
  passphrase?: string,
};

/** Saves the text of a session as records. */
export type SaveText = {
  /** The session. */
  session: string,
  /** The whole text as the editor shows it. */
  text: string,
  /** The title as the editor shows it. */
  title: string,
  /** True when the editor closes and the session ends. */
  close: boolean,
};

/** Tells the editor what was saved, and what others changed meanwhile. */
export type SavedText = {
  /** The entry as it now stands. */
  entry: EntryRow,
  /** Changes made elsewhere, to be applied to the editor's text in this order. */
  splices: Array<Splice>,
  /** The title as it now stands. */
  title: string,
  /** When it was saved. */
  saved_at: string,
  /** Words of the text. */
  word_count: number,
  /** Versions in its history. */
  version_count: number,
};

/** Asks for entries by words. `query` knows words, prefixes as typed, `"phrases"`, `tag:x`, `on:`, `from:`, `to:` and `-word`. */
export type SearchEntries = {
  /** What was typed. */
  query: string,
  /** In which order. */
  order: SearchOrder,
  /** How many hits, at most 200. */
  limit: number,
};

/** Shows one hit. */
export type SearchHit = {
  /** The entry. */
  id: string,
  /** Its title, in stretches. */
  title: Array<MarkedStretch>,
  /** The words around the first hit, in stretches. */
  snippet: Array<MarkedStretch>,
  /** The day it belongs to. */
  on: string,
  /** Its tags. */
  tags: Array<string>,
  /** How well it fits; larger is better. Zero when the order is newest first. */
  score: number,
};

/** Says in which order hits come. */
export type SearchOrder = "newest" | "best";

/** Shows what a search found. */
export type SearchResult = {
  /** The hits. */
  hits: Array<SearchHit>,
  /** How many there are in all; none when there are more than were counted. */
  total: number | null,
  /** Entries the index has yet to take in; they are not searched unless they wait among the last changes. */
  not_indexed: number,
  /** Parts of the query that say nothing and were passed over, such as `on:yesterdayish`. */
  ignored: Array<string>,
};

/** Holds every setting. They are kept in the profile folder, outside the notebook, so that theme and language are known before
* it is unlocked; nothing private stands in them. */
export type Settings = {
  /** Light, dark, or as the system says. */
  theme: Theme,
  /** Size of the text one writes, 16 to 24 pixels. */
  text_size: number,
  /** Minutes without a key or click until it locks; none never locks. Needs a passphrase. */
  lock_after_minutes: number | null,
  /** Whether it locks when the computer sleeps. Needs a passphrase. */
  lock_on_suspend: boolean,
  /** Whether spelling is checked. */
  spell_check: boolean,
  /** The dictionary languages, such as `en_GB`; empty means the system's. */
  spell_languages: Array<string>,
  /** The keys that open the capture window from anywhere; empty means none. */
  capture_shortcut: string,
  /** Whether the app stays in the tray when its window closes. */
  keep_in_tray: boolean,
  /** Whether the app looks for updates. Off unless the person switches it on. */
  update_checks: boolean,
  /** Whether a backup is made every day the app is used. */
  daily_backup: boolean,
  /** The language of the interface, such as `en`; empty means the system's. */
  language: string,
};

/** Tells what was left out, and why. */
export type SkippedItem = {
  /** What. */
  item: string,
  /** Why. */
  why: string,
};

/** Shows where an imported entry came from, with each field that has no place of its own. */
export type SourceView = {
  /** The program or format. */
  app: string,
  /** Its id there. */
  id: string,
  /** What else it said, by name. */
  fields: { [key in string]: string },
};

/** Replaces a stretch of text. Positions count UTF-16 units, as the editor does. */
export type Splice = {
  /** Where it begins. */
  at: number,
  /** How much goes. */
  delete: number,
  /** What comes. */
  insert: string,
};

/** Says what became of a stretch of text. */
export type StretchChange = "same" | "added" | "removed";

/** Shows a tag and how often it is used. */
export type TagView = {
  /** The tag. */
  tag: string,
  /** Entries that bear it, trash apart. */
  count: number,
};

/** Says which colours are shown. */
export type Theme = "system" | "light" | "dark";

/** Names a group of facts that change together. A screen reloads what it shows when its topics change. */
export type Topic = "journal" | "search" | "notebook" | "files" | "loops" | "past" | "settings";

/** Asks to open the notebook by one of its slots. */
export type UnlockNotebook = { "by": "keyring" } | { "by": "passphrase",
  /** As typed. */
  passphrase: string,
} | { "by": "words",
  /** As typed, separated by spaces. */
  words: string,
} | { "by": "kit_file",
  /** Where it lies. */
  path: string,
  /** Its passphrase, when it has one. */
  passphrase?: string,
};

/** Reports what a check of the whole notebook found. */
export type VerifyReport = {
  /** Records whose chain and signature were checked. */
  records: number,
  /** Entries rebuilt from the log and compared. */
  entries: number,
  /** Files opened and hashed. */
  files: number,
  /** What is wrong, as sentences without content; empty when all holds. */
  problems: Array<string>,
};

/** Shows one version in the history of an entry. */
export type VersionRow = {
  /** Which one: 1 is the first. */
  number: number,
  /** When it was saved. */
  saved_at: string,
  /** On which device. */
  device: string,
  /** Words then. */
  word_count: number,
  /** Words that came with it. */
  words_added: number,
  /** Words that went with it. */
  words_removed: number,
};

/** Shows the text of one version, and how it differs from another. */
export type VersionView = {
  /** Which one. */
  number: number,
  /** Its title then. */
  title: string,
  /** Its text then. */
  text: string,
  /** Stretches in order, from that version to the one it is compared with. */
  compared: Array<ComparedStretch>,
};
