//! Settings: what the person chose for this computer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Holds every setting. They are kept in the profile folder, outside the notebook, so that theme and language are known before
/// it is unlocked; nothing private stands in them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Light, dark, or as the system says.
    pub theme: Theme,
    /// Size of the text one writes, 16 to 24 pixels.
    pub text_size: u8,
    /// Minutes without a key or click until it locks; none never locks. Needs a passphrase.
    pub lock_after_minutes: Option<u16>,
    /// Whether it locks when the computer sleeps. Needs a passphrase.
    pub lock_on_suspend: bool,
    /// Whether spelling is checked.
    pub spell_check: bool,
    /// The dictionary languages, such as `en_GB`; empty means the system's.
    pub spell_languages: Vec<String>,
    /// The keys that open the capture window from anywhere; empty means none.
    pub capture_shortcut: String,
    /// Whether the app stays in the tray when its window closes.
    pub keep_in_tray: bool,
    /// Whether the app looks for updates. Off unless the person switches it on.
    pub update_checks: bool,
    /// Whether a backup is made every day the app is used.
    pub daily_backup: bool,
    /// A folder that gets a copy of each backup that is made by itself; empty means none.
    pub backup_folder: String,
    /// The days on which a reminder may come, 0 for Monday to 6 for Sunday; none means no reminders.
    pub reminder_days: Vec<u8>,
    /// From which time of those days on, `HH:MM`.
    pub reminder_at: String,
    /// From when it is quiet, `HH:MM`; the same as its end means never.
    pub quiet_from: String,
    /// Until when it is quiet, `HH:MM`.
    pub quiet_to: String,
    /// Minutes that are planned for a week; none plans nothing. After weeks without a word less is asked.
    pub weekly_minutes: Option<u16>,
    /// The language of the interface, such as `en`; empty means the system's.
    pub language: String,
}

/// Says which colours are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::System,
            text_size: 19,
            lock_after_minutes: Some(10),
            lock_on_suspend: true,
            spell_check: true,
            spell_languages: Vec::new(),
            capture_shortcut: "CmdOrCtrl+Shift+J".to_owned(),
            keep_in_tray: true,
            update_checks: false,
            daily_backup: true,
            backup_folder: String::new(),
            reminder_days: Vec::new(),
            reminder_at: "17:00".to_owned(),
            quiet_from: "20:00".to_owned(),
            quiet_to: "08:00".to_owned(),
            weekly_minutes: None,
            language: String::new(),
        }
    }
}
