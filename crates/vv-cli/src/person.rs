//! `vv person`: people that entries name.

use serde_json::json;
use vv_api::{
    error::{ApiError, ErrorCode},
    ids::PersonId,
    model::people::{DeletePerson, MergePeople, NamedPerson, PersonRow, PersonView, SavePerson},
};

use crate::{Done, arguments::Person, failure::Failure, output::Output, session::Session};

/// Does what was asked with people.
pub fn run(session: &Session, output: &mut Output, command: Person) -> Result<Done, Failure> {
    session.open()?;
    let app = &session.app;
    match command {
        Person::Add { name, about } => {
            let about = about.unwrap_or_default();
            let request = SavePerson { id: None, name, other_names: Vec::new(), about };
            show(output, &vv_api::people_save(app, request)?, line)
        }
        Person::List => {
            for row in vv_api::people_list(app)? {
                output.row(&row, || row_line(&row))?;
            }
            output.finish()?;
            Ok(Done::Wholly)
        }
        Person::Show { name } => show(output, &get(session, find(session, &name)?)?, whole),
        Person::Rename { name, to } => {
            let before = get(session, find(session, &name)?)?;
            let PersonView { id, other_names, about, .. } = before;
            let request = SavePerson { id: Some(id), name: to, other_names, about };
            show(output, &vv_api::people_save(app, request)?, line)
        }
        Person::Merge { name, into } => {
            let request = MergePeople { from: find(session, &name)?, into: find(session, &into)? };
            show(output, &vv_api::people_merge(app, request)?, line)
        }
        Person::Part { id } => show(output, &vv_api::people_part(app, id)?, line),
        Person::Delete { name, with_notes } => {
            let id = find(session, &name)?;
            vv_api::people_delete(app, DeletePerson { id, with_notes })?;
            output.result(&json!({ "deleted": id }), || {
                "Deleted for good. Entries keep the name as words.".to_owned()
            })?;
            Ok(Done::Wholly)
        }
    }
}

/// Finds somebody by id, or by a name that only they go by.
pub fn find(session: &Session, name: &str) -> Result<PersonId, Failure> {
    if let Ok(id) = name.parse() {
        return Ok(id);
    }
    let wanted = name.trim().trim_start_matches('@').to_lowercase();
    let rows = vv_api::people_list(&session.app)?;
    let by_name = rows.iter().filter(|row| row.name.to_lowercase() == wanted).map(|row| row.id);
    let goes_by = |row: &&PersonRow| row.other_names.iter().any(|other| other.to_lowercase() == wanted);
    let mut meant: Vec<PersonId> = by_name.collect();
    if meant.is_empty() {
        meant = rows.iter().filter(goes_by).map(|row| row.id).collect();
    }
    let (code, message) = match meant.as_slice() {
        [only] => return Ok(*only),
        [] => (
            ErrorCode::NotFound,
            "There is nobody of that name. “vv person list” shows who there is. Nothing was changed.",
        ),
        _ => (
            ErrorCode::Conflict,
            "More than one person goes by this name. Name them by id; “vv person list” shows them. Nothing was changed.",
        ),
    };
    Err(ApiError::new(code, message).into())
}

fn get(session: &Session, id: PersonId) -> Result<PersonView, Failure> {
    Ok(vv_api::people_get(&session.app, id.to_string())?)
}

fn show(output: &mut Output, shown: &PersonView, text: fn(&PersonView) -> String) -> Result<Done, Failure> {
    output.result(shown, || text(shown))?;
    Ok(Done::Wholly)
}

fn row_line(row: &PersonRow) -> String {
    let also = also(row.other_names.iter().map(String::as_str));
    let about = row.about.lines().next().unwrap_or_default();
    format!("{}  {}{also}  {about}", row.id, row.name).trim_end().to_owned()
}

fn line(shown: &PersonView) -> String {
    let same = shown.same.iter().map(|one: &NamedPerson| one.name.as_str());
    format!("{}  {}{}", shown.id, shown.name, also(shown.other_names.iter().map(String::as_str).chain(same)))
}

fn also<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) }
}

fn whole(shown: &PersonView) -> String {
    let mut text = format!("{}\n", line(shown));
    if !shown.about.is_empty() {
        text.push_str(&format!("\n{}\n", shown.about));
    }
    if !shown.same.is_empty() {
        text.push_str("\nthe same person\n");
        shown.same.iter().for_each(|one| text.push_str(&format!("  {}  {}\n", one.id, one.name)));
    }
    if !shown.helped.is_empty() {
        text.push_str("\nhelped with\n");
        shown.helped.iter().for_each(|note| text.push_str(&format!("  {}  {}\n", note.on, note.subject)));
    }
    if !shown.entries.is_empty() {
        text.push_str("\nnamed in\n");
        for entry in &shown.entries {
            let words = if entry.title.is_empty() { &entry.excerpt } else { &entry.title };
            text.push_str(&format!("  {}  {}  {words}\n", entry.on, entry.id));
        }
    }
    text
}
