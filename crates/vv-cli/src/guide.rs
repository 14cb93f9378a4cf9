//! `vv guide`: the guides that are there, one of them whole, and one taken out into a file or brought in from one.

use std::path::Path;

use serde_json::json;
use vv_api::model::guides::{ExportGuide, GuideView, InLanguage, NameGuide};

use crate::{
    Done,
    arguments::{Guide, GuideArguments},
    failure::Failure,
    language,
    output::Output,
    portability::absolute,
    session::Session,
};

/// Does what was asked.
pub fn run(session: &Session, output: &mut Output, command: GuideArguments) -> Result<Done, Failure> {
    session.open()?;
    let language = language::chosen(&session.app, command.language);
    match command.what {
        Guide::List => {
            let rows = vv_api::guides_list(&session.app, InLanguage { language })?;
            for row in rows.into_iter().filter(|row| !row.is_trashed) {
                let own = if row.is_own { "  own" } else { "" };
                output.row(&row, || format!("{}  {:>3} min  {}{own}", row.id, row.minutes, row.title))?;
            }
            output.finish()?;
        }
        Guide::Show { id, source } => {
            let view = vv_api::guides_get(&session.app, NameGuide { id, language })?;
            output.result(&view, || if source { view.source.clone() } else { text(&view) })?;
        }
        Guide::Export { id, file } => {
            let path = absolute(&file);
            let request = ExportGuide { id, language, path: path.clone() };
            vv_api::guides_export(&session.app, request)?;
            output.result(&json!({ "path": path }), || format!("Wrote {path}"))?;
        }
        Guide::Import { file } => bring_in(session, output, &file)?,
    }
    Ok(Done::Wholly)
}

fn bring_in(session: &Session, output: &mut Output, file: &Path) -> Result<(), Failure> {
    let imported = vv_api::guides_import(&session.app, absolute(file))?;
    output.result(&imported, || {
        let (id, title) = (&imported.id, &imported.title);
        match (imported.added, imported.built_in) {
            (true, _) => format!("{id}  {title}"),
            (false, true) => format!("{id}  {title}: it comes with the app."),
            (false, false) => format!("{id}  {title}: it was here already."),
        }
    })?;
    Ok(())
}

fn text(view: &GuideView) -> String {
    let mut lines = vec![view.row.title.clone(), view.row.summary.clone(), String::new()];
    lines.extend(view.rules.iter().map(|rule| format!("* {rule}")));
    if !view.rules.is_empty() {
        lines.push(String::new());
    }
    for (number, phase) in view.phases.iter().enumerate() {
        let times = if phase.times > 1 { format!(", {} times", phase.times) } else { String::new() };
        lines.push(format!("{}. {} ({} min{times})", number + 1, phase.ask, phase.minutes));
        lines.extend(phase.prompts.iter().map(|prompt| format!("   - {prompt}")));
    }
    lines.join("\n")
}
