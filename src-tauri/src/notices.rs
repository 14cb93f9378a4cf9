//! Notices of the desktop. They say that something happened and never what was written.
//!
//! Every sentence that can ever appear stands in `words.rs`, so that one look shows that none holds a word of a person's.

use tauri::AppHandle;
use tauri_plugin_notification::NotificationExt as _;

use crate::words;

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

/// Names the notice of a reminder.
pub fn of_reminder(reminder: vv_api::Reminder) -> Notice {
    match reminder {
        vv_api::Reminder::Write => Notice::TimeToWrite,
        vv_api::Reminder::IntentionDue => Notice::ComesBackToday,
    }
}

/// Shows a notice. A desktop without notices stays silent.
pub fn show(app: &AppHandle, notice: Notice) {
    if app.notification().builder().title("Vice Versa").body(words::of(app).of_notice(notice)).show().is_err()
    {
        tracing::debug!(?notice, "a notice could not be shown");
    }
}
