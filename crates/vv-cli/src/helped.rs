//! `vv helped`: who helped, with what, on what day.

use serde_json::json;
use vv_api::{
    error::ApiError,
    model::people::{HelpedView, ListHelped, NoteHelped},
};

use crate::{Done, arguments::Helped, failure::Failure, output::Output, person, session::Session};

/// Does what was asked with notes of help.
pub fn run(session: &Session, output: &mut Output, command: Helped) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Helped::Add { who, subject, on, entry } => {
            let entry = entry.map(|entry| entry_id(&entry)).transpose()?;
            let note = NoteHelped { person: who.parse().ok(), who, subject, on, entry };
            let kept = vv_api::helped_note(app, note)?;
            output.result(&kept, || line(&kept))?;
            Ok(Done::Wholly)
        }
        Helped::List { person, subject } => {
            let person = person.map(|name| person::find(session, &name)).transpose()?;
            for note in vv_api::helped_list(app, ListHelped { person, subject })? {
                output.row(&note, || line(&note))?;
            }
            output.finish()?;
            Ok(Done::Wholly)
        }
        Helped::Remove { id } => {
            vv_api::helped_remove(app, id.clone())?;
            output.result(&json!({ "deleted": id }), || "Removed for good.".to_owned())?;
            Ok(Done::Wholly)
        }
    }
}

fn entry_id(text: &str) -> Result<vv_api::ids::EntryId, Failure> {
    text.parse()
        .map_err(|_| ApiError::about("entry", "This is not the id of an entry. Nothing was changed.").into())
}

fn line(note: &HelpedView) -> String {
    format!("{}  {}  {}: {}", note.id, note.on, note.who, note.subject)
}
