//! `vv backup`, `restore`, `verify` and `doctor`: is it safe, and is it sound.

use std::path::Path;

use vv_api::{
    error::ErrorCode,
    model::notebook::{DoctorLevel, MakeBackup, NotebookStatus, RestoreBackup, UnlockNotebook, VerifyReport},
};

use crate::{
    Done,
    failure::Failure,
    init,
    output::Output,
    portability::absolute,
    session::{Session, opened},
};

/// Makes a backup.
pub fn make(session: &Session, output: &mut Output, file: &Path) -> Result<Done, Failure> {
    session.open()?;
    let made = vv_api::backup_make(&session.app, MakeBackup { path: Some(absolute(file)) })?;
    output.result(&made, || {
        let proof = made
            .proven_entries
            .map(|entries| format!(", opened for proof: {entries} entries"))
            .unwrap_or_default();
        format!("{}  {} bytes{proof}", made.path, made.size)
    })?;
    Ok(Done::Wholly)
}

/// Puts a backup in the place of the notebook. The backup brings its own keys: the keyring opens it where it can, else a
/// passphrase.
pub fn restore(session: &Session, output: &mut Output, file: &Path) -> Result<Done, Failure> {
    let put = |unlock| vv_api::backup_restore(&session.app, RestoreBackup { path: absolute(file), unlock });
    let by_passphrase = |question| -> Result<Option<UnlockNotebook>, Failure> {
        Ok(session
            .passphrase(question)?
            .map(|passphrase| UnlockNotebook::Passphrase { passphrase: passphrase.to_string() }))
    };
    let named = if session.names_a_passphrase() { by_passphrase("")? } else { None };
    let status = match named {
        Some(unlock) => put(unlock)?,
        None => match put(UnlockNotebook::Keyring) {
            Err(refused) if is_about_the_keyring(refused.code) => {
                match by_passphrase("Passphrase of the backup: ")? {
                    Some(unlock) => put(unlock)?,
                    None => return Err(refused.into()),
                }
            }
            other => other?,
        },
    };
    let restored = opened(status)?;
    output.result(&restored, || init::text(&restored))?;
    Ok(Done::Wholly)
}

/// Brings in what a backup of this notebook has and the notebook has not.
pub fn join(session: &Session, output: &mut Output, file: &Path) -> Result<Done, Failure> {
    session.open()?;
    let joined = vv_api::backup_join(&session.app, absolute(file))?;
    if joined.entries > 0 {
        // No window runs behind this command, so it takes the entries into the search itself.
        while !vv_api::fill_search(&session.app)?.settled {}
    }
    output.result(&joined, || {
        format!(
            "{} entries and {} changes came in. What was here is still here.",
            joined.entries, joined.changes
        )
    })?;
    Ok(Done::Wholly)
}

fn is_about_the_keyring(code: ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::KeyringNoEntry
            | ErrorCode::KeyringLocked
            | ErrorCode::KeyringUnreachable
            | ErrorCode::WrongKey
    )
}

/// Checks the whole notebook.
pub fn verify(session: &Session, output: &mut Output) -> Result<Done, Failure> {
    session.open()?;
    let report = vv_api::notebook_verify(&session.app)?;
    output.result(&report, || text(&report))?;
    Ok(if report.problems.is_empty() { Done::Wholly } else { Done::Damaged })
}

fn text(report: &VerifyReport) -> String {
    let mut lines = vec![format!(
        "{} records, {} entries, {} files checked.",
        report.records, report.entries, report.files
    )];
    if report.problems.is_empty() {
        lines.push("Everything holds.".to_owned());
    }
    lines.extend(report.problems.iter().map(|problem| format!("problem: {problem}")));
    lines.join("\n")
}

/// Says what is where and what works. Opens the notebook when that needs nobody; else it says what shows without a key.
pub fn doctor(session: &Session, output: &mut Output) -> Result<Done, Failure> {
    if session.names_a_passphrase() {
        // A wrong passphrase is no reason to say nothing: the report then tells that it is locked.
        let _ = session.open();
    }
    let damaged = matches!(vv_api::notebook_status(&session.app)?, NotebookStatus::Damaged { .. });
    for found in vv_api::notebook_doctor(&session.app)? {
        output.row(&found, || {
            let mark = match found.level {
                DoctorLevel::Ok => "ok     ",
                DoctorLevel::Note => "note   ",
                DoctorLevel::Problem => "problem",
            };
            let advice =
                found.advice.as_ref().map(|advice| format!("\n         {advice}")).unwrap_or_default();
            format!("{mark}  {}: {}{advice}", found.what, found.found)
        })?;
    }
    output.finish()?;
    Ok(if damaged { Done::Damaged } else { Done::Wholly })
}
