//! `vv import` and `vv export`: a journal comes in, a journal goes out.

use std::path::{Path, PathBuf};

use vv_api::model::portability::{self as model, ExportChoice, ExportJournal, ImportJournal, ImportReport};

use crate::{
    Done,
    arguments::{Export, ExportFormat, ImportFormat},
    failure::Failure,
    output::{Output, ProgressLine},
    session::Session,
};

/// Imports, fills the search behind it, and reports.
pub fn import(
    session: &Session,
    output: &mut Output,
    path: &Path,
    format: Option<ImportFormat>,
    dry_run: bool,
) -> Result<Done, Failure> {
    session.open()?;
    let line = ProgressLine::begin(session.app.subscribe(), "import");
    let format = format.map(|format| match format {
        ImportFormat::Markdown => model::ImportFormat::Markdown,
        ImportFormat::ViceVersa => model::ImportFormat::ViceVersa,
    });
    let report =
        vv_api::portability_import(&session.app, ImportJournal { path: absolute(path), format, dry_run })?;
    if !dry_run && report.added + report.updated > 0 {
        // No window runs behind this command, so it takes the entries into the search itself.
        while !vv_api::fill_search(&session.app)?.settled {}
    }
    drop(line);
    output.result(&report, || text(&report, dry_run))?;
    let is_whole = report.skipped.is_empty() && report.attachments.missing.is_empty() && !report.stopped;
    Ok(if is_whole { Done::Wholly } else { Done::Partly })
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
    let request = ExportJournal { path, format, choice, replace: wanted.replace, language: String::new() };
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
    lines.extend(report.skipped.iter().map(|skipped| format!("left out: {}: {}", skipped.item, skipped.why)));
    lines.extend(report.attachments.missing.iter().map(|name| format!("missing file: {name}")));
    if !report.kept_as_fields.is_empty() {
        lines.push(format!(
            "{} fields have no place of their own and were kept under Facts.",
            report.kept_as_fields.len()
        ));
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
