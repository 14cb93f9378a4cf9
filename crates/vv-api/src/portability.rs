//! Import and export commands: one at a time, telling how far they are, and stoppable.

use std::{path::PathBuf, sync::atomic::AtomicBool};

use data_encoding::HEXLOWER;
use vv_core::{
    Notebook,
    portability::{self as core, PortabilityError},
};

use zeroize::Zeroizing;

use crate::{
    App, Event,
    error::ApiError,
    journal::entry_id,
    model::portability::{
        ExportFormat, ExportJournal, ExportReport, ExportSpace, ImportFormat, ImportJournal, ImportReport,
        ImportedAttachments, KeptField, Progress, SaveReport, SkippedItem, SpaceExportReport,
    },
    refusals::{of_writing, say},
    spaces::JOURNAL,
};

/// Imports a journal, or says what an import would do.
pub fn portability_import(app: &App, request: ImportJournal) -> Result<ImportReport, ApiError> {
    let wanted = core::ImportJournal {
        path: PathBuf::from(request.path),
        format: request.format.map(core::ImportFormat::from),
        dry_run: request.dry_run,
        passphrase: request.passphrase.map(Zeroizing::new),
    };
    watched(app, |notebook, watch| core::import(notebook, &wanted, watch)).map(ImportReport::from)
}

/// Writes entries into a new folder or one file.
pub fn portability_export(app: &App, request: ExportJournal) -> Result<ExportReport, ApiError> {
    let choice = request.choice;
    let wanted = core::ExportJournal {
        path: PathBuf::from(request.path),
        format: request.format.into(),
        choice: core::ExportChoice {
            from: choice.from,
            to: choice.to,
            tags: choice.tags,
            in_loop: choice.in_loop.map(|id| loop_id(&id)).transpose()?,
            entries: choice.entries.iter().map(|id| entry_id(id)).collect::<Result<_, _>>()?,
        },
        replace: request.replace,
        language: request.language,
    };
    let report = watched(app, |notebook, watch| core::export(notebook, &wanted, watch))?;
    Ok(ExportReport {
        entries: report.entries,
        attachments: report.attachments,
        left_out: report.left_out,
        path: report.path.to_string_lossy().into_owned(),
    })
}

/// Writes a space with its keys into a new folder: sealed and signed as it is, for a program of somebody's own to read and check.
pub fn portability_export_space(app: &App, request: ExportSpace) -> Result<SpaceExportReport, ApiError> {
    let space = match request.space.as_str() {
        JOURNAL => None,
        id => {
            let id = HEXLOWER.decode(id.as_bytes()).ok().and_then(|id| id.try_into().ok());
            Some(vv_core::spaces::SpaceId(id.ok_or(PortabilityError::NoSpace)?))
        }
    };
    let wanted = core::ExportSpace { space, path: PathBuf::from(&request.path) };
    let report = watched(app, |notebook, watch| core::export_space(notebook, &wanted, watch))?;
    Ok(SpaceExportReport {
        records: report.records,
        chunks: report.chunks,
        missing_chunks: report.missing_chunks,
        path: request.path,
    })
}

fn loop_id(text: &str) -> Result<vv_core::ids::LoopId, ApiError> {
    text.parse().map_err(|_| ApiError::about("in_loop", "This is not the id of a loop. Nothing was written."))
}

/// Writes the report of an import into a file that the person chose.
pub fn portability_save_report(_: &App, request: SaveReport) -> Result<(), ApiError> {
    let path = PathBuf::from(request.path);
    std::fs::write(path, request.text)
        .map_err(|error| say(of_writing(error.kind()), &"the report could not be written; the import itself is not touched by that. Choose another place"))
}

/// Stops the import or export that runs, leaving things whole. With nothing running it does nothing.
pub fn portability_stop(app: &App) -> Result<(), ApiError> {
    app.job.stop();
    Ok(())
}

/// Does long work on the open notebook, and tells listeners how far it is.
fn watched<R>(
    app: &App,
    work: impl FnOnce(&Notebook, &mut core::Watch<'_>) -> Result<R, PortabilityError>,
) -> Result<R, ApiError> {
    app.job.run(|stop: &AtomicBool| {
        let mut progress = |progress: core::Progress| app.listeners.tell(&Event::Progress(progress.into()));
        app.with(|notebook| work(notebook, &mut core::Watch { progress: &mut progress, stop }))
    })
}

impl From<core::Progress> for Progress {
    fn from(progress: core::Progress) -> Self {
        Self { done: progress.done, total: progress.total, seconds_left: progress.seconds_left }
    }
}

impl From<ImportFormat> for core::ImportFormat {
    fn from(format: ImportFormat) -> Self {
        match format {
            ImportFormat::DayOne => Self::DayOne,
            ImportFormat::Joplin => Self::Joplin,
            ImportFormat::Jrnl => Self::Jrnl,
            ImportFormat::Obsidian => Self::Obsidian,
            ImportFormat::RedNotebook => Self::RedNotebook,
            ImportFormat::Markdown => Self::Markdown,
            ImportFormat::ViceVersa => Self::ViceVersa,
        }
    }
}

impl From<core::ImportFormat> for ImportFormat {
    fn from(format: core::ImportFormat) -> Self {
        match format {
            core::ImportFormat::DayOne => Self::DayOne,
            core::ImportFormat::Joplin => Self::Joplin,
            core::ImportFormat::Jrnl => Self::Jrnl,
            core::ImportFormat::Obsidian => Self::Obsidian,
            core::ImportFormat::RedNotebook => Self::RedNotebook,
            core::ImportFormat::Markdown => Self::Markdown,
            core::ImportFormat::ViceVersa => Self::ViceVersa,
        }
    }
}

impl From<ExportFormat> for core::ExportFormat {
    fn from(format: ExportFormat) -> Self {
        match format {
            ExportFormat::Markdown => Self::Markdown,
            ExportFormat::Json => Self::Json,
            ExportFormat::Html => Self::Html,
            ExportFormat::Pdf => Self::Pdf,
        }
    }
}

impl From<core::ImportReport> for ImportReport {
    fn from(report: core::ImportReport) -> Self {
        Self {
            format: report.format.map(ImportFormat::from),
            first_on: report.first_on,
            last_on: report.last_on,
            kept_both: report.kept_both,
            fields: report.fields,
            not_listed: report.not_listed,
            found: report.found,
            added: report.added,
            unchanged: report.unchanged,
            updated: report.updated,
            skipped: report
                .skipped
                .into_iter()
                .map(|skipped| SkippedItem { item: skipped.item, why: skipped.why })
                .collect(),
            kept_as_fields: report
                .kept_as_fields
                .into_iter()
                .map(|kept| KeptField { item: kept.item, field: kept.field })
                .collect(),
            attachments: ImportedAttachments {
                found: report.attachments.found,
                added: report.attachments.added,
                missing: report.attachments.missing,
            },
            stopped: report.stopped,
        }
    }
}
