//! The doctor: what is where, what works, what to do. It never shows a word of the journal.

use std::{fs, path::Path};

use chrono::TimeDelta;

use crate::{
    App,
    backup::newest_backup,
    error::ApiError,
    model::notebook::{
        BackupView, DoctorLevel, DoctorLine, KeyPlace, KeyringState, NotebookStatus, NotebookView,
    },
    notebook::{keyring_state, notebook_status},
    search,
};

/// After so many days without a backup the doctor says so.
const LONG_AGO: TimeDelta = TimeDelta::days(14);

/// Says what is where, what works and what to do; never any content. Works without an open notebook too.
pub fn notebook_doctor(app: &App) -> Result<Vec<DoctorLine>, ApiError> {
    let status = notebook_status(app)?;
    let keyring = match &status {
        // What it said when the key was wanted says more than whether it answers at all.
        NotebookStatus::Locked { key_place: KeyPlace::Keyring, keyring, .. } => *keyring,
        _ => keyring_state(app),
    };
    let mut lines = vec![
        ok("Version", env!("CARGO_PKG_VERSION")),
        ok("Profile folder", &app.profile.folder.to_string_lossy()),
        notebook_line(&status),
    ];
    if let NotebookStatus::Open { notebook } = &status {
        lines.push(writable(notebook));
        lines.push(key(notebook));
        lines.push(kit(notebook));
        lines.push(index(app));
    }
    lines.push(keyring_line(keyring, &status));
    if !matches!(status, NotebookStatus::Absent { .. }) {
        lines.push(backups(app, newest_backup(app)));
        lines.push(size(&app.folder()));
    }
    lines.push(time_zone(app));
    Ok(lines)
}

fn notebook_line(status: &NotebookStatus) -> DoctorLine {
    let what = "Notebook";
    match status {
        NotebookStatus::Absent { .. } => {
            note(what, "there is none in this profile", "Make one: start the app, or run `vv init`.")
        }
        NotebookStatus::Locked { waiting_captures, .. } => note(
            what,
            &format!("it is there and locked; {waiting_captures} captured lines wait in it"),
            "Unlock it to look further.",
        ),
        NotebookStatus::Open { notebook } => ok(
            what,
            &format!(
                "open, {} entries, made on {}",
                notebook.entry_count,
                notebook.created_at.format("%Y-%m-%d")
            ),
        ),
        NotebookStatus::NewerVersion => {
            problem(what, "a newer version wrote it; it was left untouched", "Install the newer version.")
        }
        NotebookStatus::Damaged { .. } => problem(
            what,
            "its file is damaged although the key is right; nothing was moved",
            "Restore the newest backup, or let what can be read be salvaged.",
        ),
        NotebookStatus::InUse => {
            note(what, "another program restores it or changes its key", "Wait until that is done.")
        }
        NotebookStatus::Unreachable { message } => {
            problem(what, message, "Look at the folder and its permissions.")
        }
    }
}

fn writable(notebook: &NotebookView) -> DoctorLine {
    if notebook.read_only {
        problem(
            "Writing",
            "the folder cannot be written: everything can be read, nothing changed",
            "Give yourself the right to write there.",
        )
    } else {
        ok("Writing", "the folder can be written")
    }
}

fn key(notebook: &NotebookView) -> DoctorLine {
    match notebook.key_place {
        KeyPlace::Keyring => ok("Key", "kept in the keyring; the notebook opens with your login"),
        KeyPlace::Passphrase => ok("Key", "kept behind your passphrase; the notebook can be locked"),
    }
}

fn kit(notebook: &NotebookView) -> DoctorLine {
    let make = "Make it and keep it away from this computer: Settings, Recovery, or `vv recovery kit FILE`.";
    match (notebook.kit_made_at, notebook.kit_checked_at) {
        (_, Some(checked)) => ok("Recovery kit", &format!("last checked on {}", checked.format("%Y-%m-%d"))),
        (Some(made), None) => note(
            "Recovery kit",
            &format!("made on {} and never checked", made.format("%Y-%m-%d")),
            "Check that it opens this notebook: Settings, Recovery, or `vv recovery check FILE`.",
        ),
        (None, None) => note("Recovery kit", "it was never shown or saved", make),
    }
}

fn index(app: &App) -> DoctorLine {
    match search::waiting(app) {
        Ok(0) => ok("Search", "knows every entry"),
        Ok(waiting) => note(
            "Search",
            &format!("has yet to take in {waiting} entries"),
            "It goes on by itself while the app is open.",
        ),
        Err(error) => problem(
            "Search",
            &error.message,
            "Close the app and open it again; the index can always be made anew.",
        ),
    }
}

fn keyring_line(keyring: KeyringState, status: &NotebookStatus) -> DoctorLine {
    let what = "Keyring";
    let needed = matches!(status, NotebookStatus::Locked { key_place: KeyPlace::Keyring, .. });
    let instead = "or open the notebook with the recovery kit.";
    match (keyring, needed) {
        (KeyringState::NoEntry, true) => {
            let advice = format!("Log in as the person whose keyring holds it, {instead}");
            problem(what, "it works and holds no entry for this notebook", &advice)
        }
        (KeyringState::Locked, true) => problem(what, "it is locked", &format!("Unlock it, {instead}")),
        (KeyringState::Unreachable, true) => {
            problem(what, "it cannot be reached", &format!("Start it and then this program again, {instead}"))
        }
        (KeyringState::Ready | KeyringState::NoEntry, _) => ok(what, "works"),
        (KeyringState::Locked, false) => {
            note(what, "it is locked; this notebook does not need it now", "Nothing needs to be done.")
        }
        (KeyringState::Unreachable, false) => note(
            what,
            "it cannot be reached; this notebook does not need it now",
            "Nothing needs to be done.",
        ),
    }
}

fn backups(app: &App, newest: Option<BackupView>) -> DoctorLine {
    let what = "Backups";
    let advice = "Make one onto another disk: Settings, Backup, or `vv backup FILE`.";
    match newest {
        None => note(what, "none in the notebook's own folder", advice),
        Some(backup) if app.host.clock.now() - backup.made_at > LONG_AGO => {
            note(what, &format!("the newest is of {}", backup.made_at.format("%Y-%m-%d")), advice)
        }
        Some(backup) => ok(what, &format!("the newest is of {}", backup.made_at.format("%Y-%m-%d"))),
    }
}

fn size(folder: &Path) -> DoctorLine {
    ok("Size on disk", &format!("{:.1} MB", size_of(folder) as f64 / 1e6))
}

fn size_of(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    files
        .map(|file| match file.metadata() {
            Ok(found) if found.is_dir() => size_of(&file.path()),
            Ok(found) => found.len(),
            Err(_) => 0,
        })
        .sum()
}

fn time_zone(app: &App) -> DoctorLine {
    match app.host.clock.time_zone() {
        Some(zone) => ok("Time zone", &zone),
        None => note(
            "Time zone",
            "this computer does not name one; days are counted in UTC",
            "Set the time zone of the system, or the variable TZ.",
        ),
    }
}

fn ok(what: &str, found: &str) -> DoctorLine {
    DoctorLine { what: what.to_owned(), level: DoctorLevel::Ok, found: found.to_owned(), advice: None }
}

fn note(what: &str, found: &str, advice: &str) -> DoctorLine {
    DoctorLine {
        what: what.to_owned(),
        level: DoctorLevel::Note,
        found: found.to_owned(),
        advice: Some(advice.to_owned()),
    }
}

fn problem(what: &str, found: &str, advice: &str) -> DoctorLine {
    DoctorLine {
        what: what.to_owned(),
        level: DoctorLevel::Problem,
        found: found.to_owned(),
        advice: Some(advice.to_owned()),
    }
}
