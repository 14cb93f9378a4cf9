//! Requests and views about the notebook as a whole: is there one, is it open, where is its key, is it sound.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Says where the key of the notebook is kept day to day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyPlace {
    /// The keyring of the operating system: opens with the login.
    Keyring,
    /// A passphrase that the person types: can be locked.
    Passphrase,
}

/// Says what the keyring answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum KeyringState {
    /// It works; an entry for this notebook is there or can be made.
    Ready,
    /// It works and holds nothing for this notebook.
    NoEntry,
    /// It is locked itself.
    Locked,
    /// There is none, or it does not answer.
    Unreachable,
}

/// Says in which state the notebook is. Exactly one screen belongs to each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum NotebookStatus {
    /// No notebook in the profile folder: a new person, or another folder.
    Absent {
        /// Whether the keyring can be offered.
        keyring: KeyringState,
    },
    /// A notebook is there and not open.
    Locked {
        /// Where its key is kept.
        key_place: KeyPlace,
        /// What the keyring said, when the key is kept there.
        keyring: KeyringState,
        /// How many captured lines wait for the unlock.
        waiting_captures: u32,
    },
    /// The notebook is open.
    Open {
        /// The facts the frame shows.
        notebook: NotebookView,
    },
    /// The file was written by a newer version and is left untouched.
    NewerVersion,
    /// The key is right and the file is damaged. Nothing has been moved.
    Damaged {
        /// How many entries a salvage read could recover, if it was tried.
        salvageable_entries: Option<u32>,
        /// The newest backup that could be restored.
        newest_backup: Option<BackupView>,
    },
    /// Another process restores it or changes its key.
    InUse,
    /// The folder or file cannot be read or written.
    Unreachable {
        /// What the system said, as a sentence.
        message: String,
    },
}

/// Shows the open notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NotebookView {
    /// To whom it belongs.
    pub name: String,
    /// Where its key is kept.
    pub key_place: KeyPlace,
    /// Entries that are not in the trash.
    pub entry_count: u32,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When the recovery kit was last made; none when never.
    pub kit_made_at: Option<DateTime<Utc>>,
    /// When the recovery kit was last checked; none when never.
    pub kit_checked_at: Option<DateTime<Utc>>,
    /// True when the profile cannot be written: everything can be read, nothing changed.
    pub read_only: bool,
    /// The folder the notebook lies in.
    pub folder: String,
    /// The name of this device.
    pub device_name: String,
}

/// Asks for a new notebook. Refused when one is there.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CreateNotebook {
    /// To whom it belongs.
    pub name: String,
    /// Where its key shall be kept.
    pub key_place: KeyPlace,
    /// The passphrase, when the key is kept behind one.
    #[ts(optional)]
    pub passphrase: Option<String>,
    /// The first sentence; becomes the first entry.
    #[ts(optional)]
    pub first_sentence: Option<String>,
}

/// Asks to open the notebook by one of its slots.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum UnlockNotebook {
    /// With what the keyring holds.
    Keyring,
    /// With the passphrase.
    Passphrase {
        /// As typed.
        passphrase: String,
    },
    /// With the 24 words of the recovery kit.
    Words {
        /// As typed, separated by spaces.
        words: String,
    },
    /// With a `.kit` file.
    KitFile {
        /// Where it lies.
        path: String,
        /// Its passphrase, when it has one.
        #[ts(optional)]
        passphrase: Option<String>,
    },
}

/// Asks to move the key, or to change the passphrase. The notebook must be open.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "to", rename_all = "snake_case")]
pub enum MoveKey {
    /// Keep it in the keyring from now on; the passphrase slot is removed.
    Keyring,
    /// Keep it behind this passphrase from now on; the keyring slot is removed.
    Passphrase {
        /// The new passphrase.
        passphrase: String,
        /// The old one, when there was one: it is checked again.
        #[ts(optional)]
        current: Option<String>,
    },
}

/// Shows the words of the recovery kit, once, to be written down.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KitView {
    /// The 24 words in their order.
    pub words: Vec<String>,
}

/// Asks to write a `.kit` file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SaveKit {
    /// Where to write it.
    pub path: String,
    /// Seals it behind a passphrase of its own; none leaves the words readable in it.
    #[ts(optional)]
    pub passphrase: Option<String>,
}

/// Asks whether words or a file would open this notebook; changes nothing but the date of the check.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum CheckKit {
    /// With the 24 words.
    Words {
        /// As typed.
        words: String,
    },
    /// With a `.kit` file.
    File {
        /// Where it lies.
        path: String,
        /// Its passphrase, when it has one.
        #[ts(optional)]
        passphrase: Option<String>,
    },
}

/// Shows one backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// Where it lies.
    pub path: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// Its size in bytes.
    #[ts(type = "number")]
    pub size: u64,
    /// How many entries were counted when it was opened for proof.
    pub proven_entries: Option<u32>,
}

/// Shows how the backups stand: whether they are made, where else they go, and whether the newest opens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupState {
    /// The newest backup.
    pub newest: Option<BackupView>,
    /// The folder of the person's choice, when one was chosen.
    pub elsewhere: Option<BackupFolder>,
    /// What came of opening a backup again; none when it was not done yet.
    pub drill: Option<DrillView>,
    /// Why the last backup by itself could not be made, as a sentence; none when it could.
    pub trouble: Option<String>,
}

/// Shows a folder outside the notebook that gets a copy of each backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BackupFolder {
    /// Where it is.
    pub path: String,
    /// Whether it is there now; a stick may be in a drawer.
    pub is_there: bool,
    /// The newest backup in it, as far as it is known.
    pub newest_at: Option<DateTime<Utc>>,
}

/// Tells what came of opening a backup again, as somebody would who has nothing else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DrillView {
    /// When it was opened.
    pub at: DateTime<Utc>,
    /// The backup.
    pub path: String,
    /// When the backup was made.
    pub made_at: DateTime<Utc>,
    /// How many entries it holds; none when it does not open.
    pub entries: Option<u32>,
    /// Why it does not open, as a sentence; none when it does.
    pub problem: Option<String>,
}

/// Tells what came out of a backup into the notebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct JoinedView {
    /// Entries that are here now and were not before.
    pub entries: u32,
    /// Changes that were not here.
    #[ts(type = "number")]
    pub changes: u64,
}

/// Asks for a backup into one file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MakeBackup {
    /// Where to write it; none puts it into the notebook's own `backups` folder.
    #[ts(optional)]
    pub path: Option<String>,
}

/// Asks to put a backup in the place of the notebook. What was there is moved aside, never deleted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreBackup {
    /// The backup.
    pub path: String,
    /// How to open it.
    pub unlock: UnlockNotebook,
}

/// Reports what a check of the whole notebook found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VerifyReport {
    /// Records whose chain and signature were checked.
    #[ts(type = "number")]
    pub records: u64,
    /// Entries rebuilt from the log and compared.
    #[ts(type = "number")]
    pub entries: u64,
    /// Files opened and hashed.
    #[ts(type = "number")]
    pub files: u64,
    /// What is wrong, as sentences without content; empty when all holds.
    pub problems: Vec<String>,
}

/// Shows one line of the doctor's report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoctorLine {
    /// What was looked at.
    pub what: String,
    /// `ok`, `note` or `problem`.
    pub level: DoctorLevel,
    /// What was found.
    pub found: String,
    /// What to do about it, where something is to be done.
    #[ts(optional)]
    pub advice: Option<String>,
}

/// Says how serious a line of the doctor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum DoctorLevel {
    /// Works.
    Ok,
    /// Worth knowing.
    Note,
    /// Needs the person.
    Problem,
}
