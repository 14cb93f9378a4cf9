//! `vv import` and `vv export`: a journal comes in, a journal goes out.

use std::path::{Path, PathBuf};

use vv_api::{
    error::{ApiError, ErrorCode},
    model::portability::{self as model, ExportChoice, ExportJournal, ImportJournal, ImportReport},
};

use crate::{
    Done,
    arguments::{Export, ExportFormat, ImportFormat},
    failure::Failure,
    language,
    output::{Output, ProgressLine},
    session::{Session, ask, read_passphrase},
};

/// Says what is to be imported.
pub struct Wanted {
    pub path: PathBuf,
    pub format: Option<ImportFormat>,
    pub dry_run: bool,
    /// A file with the passphrase of an encrypted journal.
    pub passphrase_file: Option<PathBuf>,
}

/// Imports, fills the search behind it, and reports.
pub fn import(session: &Session, output: &mut Output, wanted: &Wanted) -> Result<Done, Failure> {
    let passphrase = wanted.passphrase_file.as_deref().map(read_passphrase).transpose()?;
    session.open()?;
    let line = ProgressLine::begin(session.app.subscribe(), "import");
    let format = wanted.format.map(|format| match format {
        ImportFormat::DayOne => model::ImportFormat::DayOne,
        ImportFormat::Joplin => model::ImportFormat::Joplin,
        ImportFormat::Jrnl => model::ImportFormat::Jrnl,
        ImportFormat::Obsidian => model::ImportFormat::Obsidian,
        ImportFormat::RedNotebook => model::ImportFormat::RedNotebook,
        ImportFormat::Markdown => model::ImportFormat::Markdown,
        ImportFormat::ViceVersa => model::ImportFormat::ViceVersa,
    });
    let dry_run = wanted.dry_run;
    let request = |passphrase: Option<&str>| ImportJournal {
        path: absolute(&wanted.path),
        format,
        dry_run,
        passphrase: passphrase.map(str::to_owned),
    };
    let first = vv_api::portability_import(&session.app, request(passphrase.as_ref().map(|it| it.as_str())));
    let report = match first {
        Err(error) if asks_for_passphrase(&error) => {
            let given = ask("Passphrase of the journal: ")?.ok_or_else(|| ApiError {
                // The journal that is brought in is locked, and nobody is here who could be asked.
                code: ErrorCode::Locked,
                message: format!("{} Name a file with --journal-passphrase-file.", error.message),
                field: error.field.clone(),
            })?;
            vv_api::portability_import(&session.app, request(Some(given.as_str())))?
        }
        other => other?,
    };
    if !dry_run && report.added + report.updated > 0 {
        // No window runs behind this command, so it takes the entries into the search itself.
        while !vv_api::fill_search(&session.app)?.settled {}
    }
    drop(line);
    output.result(&report, || text(&report, dry_run))?;
    let is_whole = report.skipped.is_empty() && report.attachments.missing.is_empty() && !report.stopped;
    Ok(if is_whole { Done::Wholly } else { Done::Partly })
}

fn asks_for_passphrase(error: &ApiError) -> bool {
    error.code == ErrorCode::Invalid && error.field.as_deref() == Some("passphrase")
}

/// Exports and reports.
pub fn export(session: &Session, output: &mut Output, wanted: Export) -> Result<Done, Failure> {
    session.open()?;
    let line = ProgressLine::begin(session.app.subscribe(), "export");
    let format = match wanted.format {
        ExportFormat::Markdown => model::ExportFormat::Markdown,
        ExportFormat::Json => model::ExportFormat::Json,
        ExportFormat::Html => model::ExportFormat::Html,
        ExportFormat::Pdf => model::ExportFormat::Pdf,
    };
    let choice = ExportChoice {
        from: wanted.from,
        to: wanted.to,
        tags: wanted.tags,
        in_loop: wanted.in_loop,
        entries: wanted.entries,
    };
    let path = absolute(&wanted.path);
    let language = language::chosen(&session.app, None);
    let request = ExportJournal { path, format, choice, replace: wanted.replace, language };
    let report = vv_api::portability_export(&session.app, request)?;
    drop(line);
    output.result(&report, || {
        let mut lines = vec![format!(
            "Wrote {} entries and {} files to {}",
            report.entries, report.attachments, report.path
        )];
        lines.push("It is not locked: whoever has it can read it.".to_owned());
        lines.extend(report.left_out.iter().map(|file| format!("left out: {file}")));
        lines.join("\n")
    })?;
    Ok(if report.left_out.is_empty() { Done::Wholly } else { Done::Partly })
}

fn text(report: &ImportReport, dry_run: bool) -> String {
    let done = if dry_run { "would be added" } else { "added" };
    let mut lines = vec![format!(
        "{} entries found: {} {done}, {} changed, {} already here.",
        report.found, report.added, report.updated, report.unchanged
    )];
    if report.attachments.found > 0 {
        lines.push(format!("{} files found, {} {done}.", report.attachments.found, report.attachments.added));
    }
    if let (Some(first), Some(last)) = (report.first_on, report.last_on) {
        lines.push(format!("From {first} to {last}."));
    }
    lines.extend(report.kept_both.iter().map(|item| {
        format!("both kept: {item}: it was changed here and there; what came stands beside what is here")
    }));
    lines.extend(report.skipped.iter().map(|skipped| format!("left out: {}: {}", skipped.item, skipped.why)));
    lines.extend(report.attachments.missing.iter().map(|name| format!("missing file: {name}")));
    if !report.kept_as_fields.is_empty() {
        lines.push(format!(
            "{} fields have no place of their own and were kept under Facts.",
            report.kept_as_fields.len()
        ));
    }
    lines.extend(report.fields.iter().map(|(field, entries)| format!("  {field}: {entries}")));
    if report.not_listed > 0 {
        lines.push(format!("{} more lines of this report are not listed.", report.not_listed));
    }
    if report.stopped {
        lines.push("It was stopped; what was added is whole.".to_owned());
    }
    lines.join("\n")
}

/// Makes a path whole, as the person meant it from where they stand.
pub fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path)).to_string_lossy().into_owned()
}
