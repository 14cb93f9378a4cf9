//! Notices of the desktop. They say that something happened and never what was written.
//!
//! Every sentence that can ever appear stands here, so that one look shows that none holds a word of a person's.

use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt as _;

/// Names a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// A line was captured while the notebook was locked.
    KeptWhileLocked,
    /// The window closed and the program stays in the tray.
    StaysInTray,
    /// It is time for the journal.
    TimeToWrite,
    /// Something that was set out to be done comes back today.
    ComesBackToday,
}

impl Notice {
    fn sentence(self) -> &'static str {
        match self {
            Notice::KeptWhileLocked => "Kept and sealed. It becomes an entry when you unlock your journal.",
            Notice::TimeToWrite => "A few minutes for your journal? Skipping is fine too.",
            Notice::ComesBackToday => {
                "Something you set out to do comes back today. It waits on your Today page."
            }
            Notice::StaysInTray => {
                "Vice Versa stays in the tray for quick capture. Quit from its menu, or change this in Settings."
            }
        }
    }
}

/// Names the notice of a reminder.
pub fn of_reminder(reminder: vv_api::Reminder) -> Notice {
    match reminder {
        vv_api::Reminder::Write => Notice::TimeToWrite,
        vv_api::Reminder::IntentionDue => Notice::ComesBackToday,
    }
}

/// Shows a notice. A desktop without notices stays silent.
pub fn show(app: &AppHandle, notice: Notice) {
    if app.notification().builder().title("Vice Versa").body(notice.sentence()).show().is_err() {
        tracing::debug!(?notice, "a notice could not be shown");
    }
}
