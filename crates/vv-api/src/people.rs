//! Commands of people and of notes of who helped. Each function is one command; it decides nothing.

use vv_core::{
    Notebook,
    helped::{self, HelpedError, HelpedFilter, NewHelped},
    ids::{EntryId, HelpedId, PersonId},
    people::{self as core, PersonError, PersonWords},
};

use crate::{
    App,
    error::ApiError,
    journal::entry_id,
    model::people::{
        ChangeHelped, DeletePerson, EntryPeople, HelpedView, ListHelped, MergePeople, NamedPerson,
        NamingEntry, NoteHelped, PersonRow, PersonView, SavePerson,
    },
};

/// Lists the people that were written down, by name.
pub fn people_list(app: &App) -> Result<Vec<PersonRow>, ApiError> {
    let rows = app.with(|notebook| notebook.read(core::list_people))?;
    Ok(rows.into_iter().map(PersonRow::from).collect())
}

/// Names everybody by every id that may stand in a text.
pub fn people_names(app: &App) -> Result<Vec<NamedPerson>, ApiError> {
    let names = app.with(|notebook| notebook.read(core::name_everybody))?;
    Ok(names.into_iter().map(NamedPerson::from).collect())
}

/// Gives one person whole.
pub fn people_get(app: &App, request: String) -> Result<PersonView, ApiError> {
    let id = person_id(&request)?;
    app.with(|notebook| view(notebook, id))
}

/// Keeps a person.
pub fn people_save(app: &App, request: SavePerson) -> Result<PersonView, ApiError> {
    let SavePerson { id, name, other_names, about } = request;
    let words = PersonWords { name, other_names, about };
    app.with(|notebook| {
        let id = notebook.write(|tx| core::save_person(tx, id, words))?;
        view(notebook, id)
    })
}

/// Says that one person is another.
pub fn people_merge(app: &App, request: MergePeople) -> Result<PersonView, ApiError> {
    app.with(|notebook| {
        let id = notebook.write(|tx| core::merge_people(tx, request.from, request.into))?;
        view(notebook, id)
    })
}

/// Takes back that a person is another.
pub fn people_part(app: &App, request: String) -> Result<PersonView, ApiError> {
    let id = person_id(&request)?;
    app.with(|notebook| {
        notebook.write(|tx| core::part_people(tx, id))?;
        view(notebook, id)
    })
}

/// Deletes a person for good; entries keep the name as words.
pub fn people_delete(app: &App, request: DeletePerson) -> Result<(), ApiError> {
    let DeletePerson { id, with_notes } = request;
    app.with(|notebook| {
        notebook.write(|tx| {
            if with_notes {
                let of_them = HelpedFilter { person: Some(id), ..HelpedFilter::default() };
                for note in helped::list_helped(tx, &of_them)? {
                    helped::remove_helped(tx, note.id)?;
                }
            }
            Ok::<_, ApiError>(core::delete_person(tx, id)?)
        })
    })
}

/// Says whom an entry names, and whose help was noted with it.
pub fn people_of_entry(app: &App, request: String) -> Result<EntryPeople, ApiError> {
    let id: EntryId = entry_id(&request)?;
    app.with(|notebook| {
        notebook.read(|reader| {
            let people = core::people_of_entry(reader, id)?.into_iter().map(NamedPerson::from).collect();
            let filter = HelpedFilter { entry: Some(id), ..HelpedFilter::default() };
            let helped = helped::list_helped(reader, &filter)?.into_iter().map(HelpedView::from).collect();
            Ok::<_, ApiError>(EntryPeople { people, helped })
        })
    })
}

/// Lists notes of who helped, newest first.
pub fn helped_list(app: &App, request: ListHelped) -> Result<Vec<HelpedView>, ApiError> {
    let filter = HelpedFilter { person: request.person, subject: request.subject, entry: None };
    let notes = app.with(|notebook| notebook.read(|reader| helped::list_helped(reader, &filter)))?;
    Ok(notes.into_iter().map(HelpedView::from).collect())
}

/// Lists what people helped with, each subject once.
pub fn helped_subjects(app: &App) -> Result<Vec<String>, ApiError> {
    app.with(|notebook| notebook.read(helped::list_subjects))
}

/// Notes that somebody helped. Somebody who is known by name only is looked up, or met.
pub fn helped_note(app: &App, request: NoteHelped) -> Result<HelpedView, ApiError> {
    let NoteHelped { person, who, subject, on, entry } = request;
    app.with(|notebook| {
        notebook.write(|tx| {
            let person = match person {
                Some(person) => person,
                None => core::find_or_meet(tx, &who)?,
            };
            let id = helped::note_helped(tx, &NewHelped { person, subject, on, entry })?;
            Ok::<_, ApiError>(helped::get_helped(tx, id)?.into())
        })
    })
}

/// Changes with what somebody helped, and on which day.
pub fn helped_change(app: &App, request: ChangeHelped) -> Result<HelpedView, ApiError> {
    let ChangeHelped { id, subject, on } = request;
    app.with(|notebook| {
        notebook.write(|tx| {
            helped::change_helped(tx, id, &subject, on)?;
            Ok::<_, HelpedError>(helped::get_helped(tx, id)?.into())
        })
    })
}

/// Removes a note of help for good.
pub fn helped_remove(app: &App, request: String) -> Result<(), ApiError> {
    let id: HelpedId = request.parse().map_err(|_| ApiError::from(HelpedError::NoNote))?;
    app.with(|notebook| notebook.write(|tx| helped::remove_helped(tx, id)))
}

fn person_id(text: &str) -> Result<PersonId, ApiError> {
    text.parse().map_err(|_| ApiError::from(PersonError::NoPerson))
}

fn view(notebook: &Notebook, id: PersonId) -> Result<PersonView, ApiError> {
    notebook.read(|reader| {
        let person = core::get_person(reader, id)?;
        let of_them = HelpedFilter { person: Some(id), ..HelpedFilter::default() };
        let entry = |one: core::NamingEntry| NamingEntry {
            id: one.id,
            title: one.title,
            excerpt: one.excerpt,
            on: one.on,
        };
        Ok(PersonView {
            id: person.id,
            name: person.words.name,
            other_names: person.words.other_names,
            about: person.words.about,
            same: person.same.into_iter().map(NamedPerson::from).collect(),
            entries: person.entries.into_iter().map(entry).collect(),
            entry_count: person.entry_count,
            helped: helped::list_helped(reader, &of_them)?.into_iter().map(HelpedView::from).collect(),
        })
    })
}

impl From<core::Named> for NamedPerson {
    fn from(one: core::Named) -> Self {
        Self { id: one.id, name: one.name }
    }
}

impl From<core::PersonRow> for PersonRow {
    fn from(row: core::PersonRow) -> Self {
        let core::PersonRow { id, name, other_names, about, shares_name } = row;
        Self { id, name, other_names, about, shares_name }
    }
}

impl From<helped::Helped> for HelpedView {
    fn from(note: helped::Helped) -> Self {
        let helped::Helped { id, person, who, subject, on, entry, entry_title } = note;
        Self { id, person, who, subject, on, entry, entry_title }
    }
}
