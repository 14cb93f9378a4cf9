//! Every form of `vv`. What stands here is the promise; what it does stands in the file of its name.

use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};

mod pairing;
mod sharing;

pub use pairing::{Kind as PairKind, Pairing, Promise, Session};
pub use sharing::{Device, NewSpace, Space, Sync, SyncArguments};

/// Your learning journal in a terminal.
#[derive(Debug, Parser)]
#[command(name = "vv", version, about, disable_help_subcommand = true, infer_subcommands = false)]
pub struct Arguments {
    /// The profile folder; else VV_HOME, else the platform's data folder
    #[arg(long, global = true, value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// One JSON object per line on stdout, and nothing else there
    #[arg(long, global = true)]
    pub json: bool,
    /// A file with the passphrase; else VV_PASSPHRASE_FILE, else the terminal asks
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a new notebook where none is
    Init {
        /// To whom it belongs
        #[arg(long)]
        name: Option<String>,
        /// Keep its key in the keyring of the operating system
        #[arg(long, conflicts_with = "passphrase_file")]
        keyring: bool,
    },
    /// Write, read and put away entries
    #[command(subcommand)]
    Entry(Entry),
    /// Begin, fill and close what is being learned
    #[command(subcommand)]
    Loop(Loop),
    /// People that entries name
    #[command(subcommand)]
    Person(Person),
    /// Notes of who helped, for your eyes only
    #[command(subcommand)]
    Helped(Helped),
    /// What waits today, and what comes back
    Today,
    /// Search titles, text and tags, newest first
    Search {
        /// Words, "phrases", tag:x, person:x, on:, from:, to:, -word
        query: String,
        /// How many hits to show at most
        #[arg(long, default_value_t = 20)]
        limit: u32,
        /// Best first
        #[arg(long)]
        best: bool,
    },
    /// Bring a journal in; the same one twice changes nothing the second time
    Import {
        /// The file, folder or archive
        path: PathBuf,
        /// Its format; found out when it is not said
        #[arg(long = "as", value_enum)]
        format: Option<ImportFormat>,
        /// Only tell what would happen
        #[arg(long)]
        dry_run: bool,
        /// A file with the passphrase of an encrypted journal; else it is asked for in a terminal
        #[arg(long, value_name = "FILE")]
        journal_passphrase_file: Option<PathBuf>,
    },
    /// Write entries into a new folder or one file; everything outside the trash when nothing is chosen
    Export(Export),
    /// Make a backup into one file, and prove that it opens
    Backup {
        /// The file to write
        file: PathBuf,
    },
    /// Put a backup in the place of the notebook, which is moved aside
    Restore {
        /// The backup
        file: PathBuf,
        /// Only bring in what is missing here; what is here stays
        #[arg(long)]
        join: bool,
    },
    /// Check chain, signatures, every projection and every file
    Verify,
    /// Look at guides, and pass them on
    Guide(GuideArguments),
    /// Make, check and use the recovery kit
    #[command(subcommand)]
    Recovery(Recovery),
    /// Devices: list, add, remove
    #[command(subcommand)]
    Device(Device),
    /// Spaces: list, who belongs, make one
    #[command(subcommand)]
    Space(Space),
    /// Pairings: two people who learn from each other
    #[command(subcommand)]
    Pairing(Pairing),
    /// Sessions of a pairing
    #[command(subcommand)]
    Session(Session),
    /// Promises of pairings
    #[command(subcommand)]
    Promise(Promise),
    /// Make an invitation into a space
    Invite {
        /// The space
        space: String,
        /// Write it into a file instead of printing its link
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
    /// Follow an invitation, or take in a request or an answer that somebody sent as a file
    Join {
        /// The link, or the file
        what: String,
    },
    /// Let somebody in who asked
    Approve {
        /// The id of the request; `vv space members` shows it
        request: String,
    },
    /// Sync now, and set up where through
    Sync(SyncArguments),
    /// Say what is where, what works and what to do; never any content
    Doctor,
    /// Make a new notebook with a sample year in it
    #[cfg(feature = "demo")]
    #[command(hide = true)]
    Demo,
}

/// What to do with people. NAME is a name, another name of theirs, or an id.
#[derive(Debug, Subcommand)]
pub enum Person {
    /// Write somebody down
    Add {
        /// The name
        name: String,
        /// What they know, where they sit
        #[arg(long, value_name = "WORDS")]
        about: Option<String>,
    },
    /// List people by name
    List,
    /// Show somebody: the entries that name them, and what they helped with
    Show {
        /// Who
        name: String,
    },
    /// Give somebody another name; entries show it and stay as they are
    Rename {
        /// Who
        name: String,
        /// The new name
        to: String,
    },
    /// Say that somebody is somebody else
    Merge {
        /// Who turned out to be the other
        name: String,
        /// The other
        into: String,
    },
    /// Take back that somebody, named by id, is somebody else
    Part {
        /// The id
        id: String,
    },
    /// Delete somebody for good; entries keep the name as words
    Delete {
        /// Who
        name: String,
        /// The notes of their help too
        #[arg(long)]
        with_notes: bool,
    },
}

/// What to do with notes of who helped.
#[derive(Debug, Subcommand)]
pub enum Helped {
    /// Note that somebody helped
    Add {
        /// Who: a name or an id; a new name is written down
        who: String,
        /// With what
        subject: String,
        /// On which day; else that of the entry, or today
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<NaiveDate>,
        /// The entry it belongs to
        #[arg(long, value_name = "ID")]
        entry: Option<String>,
    },
    /// List notes, newest first
    List {
        /// Only of this person
        #[arg(long, value_name = "NAME")]
        person: Option<String>,
        /// Only about this
        #[arg(long, value_name = "WORDS")]
        subject: Option<String>,
    },
    /// Remove a note for good
    Remove {
        /// The id
        id: String,
    },
}

/// Chooses what to export, and how.
#[derive(Debug, Args)]
pub struct Export {
    /// The folder or file to make
    pub path: PathBuf,
    /// In which format
    #[arg(long = "as", value_enum)]
    pub format: ExportFormat,
    /// Only from this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<NaiveDate>,
    /// Only to this day, inclusive
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<NaiveDate>,
    /// Only those that bear this tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Only those that fill a part of this loop
    #[arg(long = "loop", value_name = "ID")]
    pub in_loop: Option<String>,
    /// Only this entry; may be given several times
    #[arg(long = "entry", value_name = "ID", conflicts_with_all = ["from", "to", "tags", "in_loop"])]
    pub entries: Vec<String>,
    /// Replace a file that has the name already; a folder is never replaced
    #[arg(long)]
    pub replace: bool,
}

/// What to do with entries.
#[derive(Debug, Subcommand)]
pub enum Entry {
    /// Write an entry
    Add {
        /// The day it belongs to; else today
        #[arg(long, value_name = "YYYY-MM-DD")]
        on: Option<NaiveDate>,
        /// Its title
        #[arg(long)]
        title: Option<String>,
        /// A tag; may be given several times
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// A loop it fills a part of, by its title or id
        #[arg(long = "loop", value_name = "LOOP", requires = "stage")]
        into: Option<String>,
        /// Which part of the loop
        #[arg(long, value_enum, requires = "into")]
        stage: Option<Stage>,
        /// Its text, or - to read it from standard input
        #[arg(value_name = "TEXT | -")]
        text: Option<String>,
    },
    /// List entries, newest first
    List(ListEntries),
    /// Show an entry whole
    Show {
        /// Its id
        id: String,
    },
    /// Change an entry; what is not given stays
    Edit {
        /// Its id
        id: String,
        /// A new title
        #[arg(long)]
        title: Option<String>,
        /// A tag; those given take the place of all it had, and one empty tag takes them all away
        #[arg(long = "tag", value_name = "TAG")]
        tags: Vec<String>,
        /// Its new text, or - to read it from standard input
        #[arg(value_name = "TEXT | -")]
        text: Option<String>,
    },
    /// Move an entry to the trash
    Trash {
        /// Its id
        id: String,
    },
    /// Take an entry out of the trash
    Restore {
        /// Its id
        id: String,
    },
    /// Delete an entry for good
    Delete {
        /// Its id
        id: String,
    },
    /// List the versions of an entry, newest first
    History {
        /// Its id
        id: String,
    },
}

/// What to do with loops. A loop is named by its title or its id.
#[derive(Debug, Subcommand)]
pub enum Loop {
    /// Begin a loop
    Add {
        /// What is being learned
        title: String,
        /// What for
        #[arg(long)]
        why: Option<String>,
    },
    /// List the open loops
    List {
        /// Those that are closed instead
        #[arg(long)]
        closed: bool,
        /// Those in the trash instead
        #[arg(long)]
        trashed: bool,
    },
    /// Show a loop whole
    Show {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
    },
    /// Fill a part with words, or with an entry
    Fill {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
        /// Which part
        #[arg(long, value_enum)]
        stage: Stage,
        /// The id of an entry, in the place of words
        #[arg(long, value_name = "ID", conflicts_with = "words")]
        entry: Option<String>,
        /// Who: whose exact words they are, or with whom it was tried
        #[arg(long)]
        who: Option<String>,
        /// Where from: a course, a book, a talk
        #[arg(long)]
        source: Option<String>,
        /// The words
        words: Option<String>,
    },
    /// Close a loop with what changed; then and now are kept
    Close {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
        /// How it was before
        #[arg(long)]
        then: Option<String>,
        /// What changed in how you do it
        now: String,
    },
    /// Open a closed loop again
    Reopen {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
    },
    /// Move a loop to the trash
    Trash {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
    },
    /// Take a loop out of the trash
    Restore {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
    },
    /// Delete a loop for good; entries that filled it stay
    Delete {
        /// The loop
        #[arg(value_name = "LOOP")]
        name: String,
    },
}

/// A part of a loop.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Stage {
    /// What was read, heard, seen
    Gain,
    /// What was tried
    Practise,
    /// What others said
    Feedback,
    /// What changed
    Reflect,
}

/// Chooses the entries to list.
#[derive(Debug, Args)]
pub struct ListEntries {
    /// Only from this day
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub from: Option<NaiveDate>,
    /// Only to this day, inclusive
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub to: Option<NaiveDate>,
    /// Only those that bear this tag; may be given several times
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// How many to list at most
    #[arg(long)]
    pub limit: Option<u32>,
    /// Those in the trash instead of those outside
    #[arg(long)]
    pub trashed: bool,
}

/// What to do with guides, and in which language.
#[derive(Debug, Args)]
pub struct GuideArguments {
    /// The language of those that come with the app, such as `de`; else what was chosen, or the system prefers
    #[arg(long, global = true, value_name = "TAG")]
    pub language: Option<String>,
    /// What to do
    #[command(subcommand)]
    pub what: Guide,
}

/// What to do with guides.
#[derive(Debug, Subcommand)]
pub enum Guide {
    /// List the guides: those that come with the app, then one's own
    List,
    /// Show what a guide asks
    Show {
        /// Its id
        id: String,
        /// Show its file instead
        #[arg(long)]
        source: bool,
    },
    /// Write a guide into a file
    Export {
        /// Its id
        id: String,
        /// The file to write
        file: PathBuf,
    },
    /// Bring a guide in from a file; the same one twice changes nothing
    Import {
        /// The file
        file: PathBuf,
    },
}

/// What to do with the recovery kit.
#[derive(Debug, Subcommand)]
pub enum Recovery {
    /// Write the recovery kit to a file
    Kit {
        /// The file to write
        file: PathBuf,
        #[command(flatten)]
        sealed: KitPassphrase,
    },
    /// Tell whether a recovery kit opens this notebook
    Check {
        /// The kit
        file: PathBuf,
        #[command(flatten)]
        sealed: KitPassphrase,
    },
    /// Open the notebook by its recovery kit, and give its key a new place
    Use {
        /// The kit
        file: PathBuf,
        #[command(flatten)]
        sealed: KitPassphrase,
        /// Keep the key in the keyring of the operating system from now on
        #[arg(long, conflicts_with = "passphrase_file")]
        keyring: bool,
    },
}

/// Names the passphrase that a kit file of its own may have.
#[derive(Debug, Args)]
pub struct KitPassphrase {
    /// A file with the kit's own passphrase, when it has one
    #[arg(long, value_name = "FILE")]
    pub kit_passphrase_file: Option<PathBuf>,
}

/// A format that can be imported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ImportFormat {
    /// The JSON zip of Day One, a Classic folder or its plain text
    #[value(name = "dayone")]
    DayOne,
    /// The archive (JEX) or folder (RAW) of Joplin, or its Markdown with front matter
    Joplin,
    /// A jrnl journal: JSON, text, a folder of days, encrypted or not
    Jrnl,
    /// An Obsidian vault
    Obsidian,
    /// The folder or backup of RedNotebook
    #[value(name = "rednotebook")]
    RedNotebook,
    /// A folder of Markdown files, with or without front matter
    Markdown,
    /// What `vv export --as json` writes
    ViceVersa,
}

/// A format that can be exported.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// A folder of Markdown files with front matter
    Markdown,
    /// A folder with entries.jsonl, one entry a line
    Json,
    /// One file that any browser opens, with search and pictures
    Html,
    /// A book: title page, contents, days, pictures
    Pdf,
}
