//! Commands of loops, goals and intentions.
//!
//! Each function is one command: it hands a request to a verb of the core and shows what comes back. It decides nothing.

mod goals;
mod intentions;
pub(crate) mod views;

use chrono::NaiveDate;
use vv_core::{
    Notebook, day, goals as core_goals,
    ids::LoopId,
    intentions::{self as core_intentions, IntentionFilter},
    loops as core,
    past::{self, PastError},
    store::{Reader, Tx},
};

pub use goals::{
    goals_add_point, goals_change, goals_end, goals_erase, goals_get, goals_list, goals_list_objectives,
    goals_make, goals_remove_point, goals_reopen, goals_restore, goals_trash,
};
pub use intentions::{
    intentions_answer, intentions_change, intentions_erase, intentions_list, intentions_make,
    intentions_restore, intentions_take_back, intentions_trash,
};

use crate::{
    App,
    error::ApiError,
    journal::entry_id,
    model::loops::{
        ChangeFilling, ChangeLoop, CloseLoop, EntryLoop, EntryLoops, FillLoop, LoopFilter, LoopRow, LoopView,
        MakeLoop, NamedFilling, ParkLoop,
    },
};

/// Lists loops.
pub fn loops_list(app: &App, request: LoopFilter) -> Result<Vec<LoopRow>, ApiError> {
    app.with(|notebook| {
        notebook.read(|reader| {
            let today = day::today(reader);
            let rows = core::list_loops(reader, request.into())?;
            Ok::<_, core::LoopError>(rows.into_iter().map(|row| LoopRow::of(row, today)).collect())
        })
    })
}

/// Gives one loop whole.
pub fn loops_get(app: &App, request: String) -> Result<LoopView, ApiError> {
    let id = loop_id(&request)?;
    app.with(|notebook| view(notebook, id))
}

/// Makes a loop.
pub fn loops_make(app: &App, request: MakeLoop) -> Result<LoopView, ApiError> {
    let new = core::NewLoop { title: request.title, why: request.why, begun_on: None };
    app.with(|notebook| {
        let id = notebook.write(|tx| core::make_loop_with(tx, new))?;
        view(notebook, id)
    })
}

/// Changes title or purpose of a loop.
pub fn loops_change(app: &App, request: ChangeLoop) -> Result<LoopView, ApiError> {
    let change = core::LoopChange { title: request.title, why: request.why, parked_until: None };
    act(app, request.id, |tx| core::change_loop(tx, request.id, &change))
}

/// Parks a loop until a day, or takes it up again.
pub fn loops_park(app: &App, request: ParkLoop) -> Result<LoopView, ApiError> {
    let change = core::LoopChange { parked_until: Some(request.until), ..core::LoopChange::default() };
    act(app, request.id, |tx| core::change_loop(tx, request.id, &change))
}

/// Fills a part of a loop with an entry or with words.
pub fn loops_fill(app: &App, request: FillLoop) -> Result<LoopView, ApiError> {
    let filling = match (request.entry, request.words) {
        (Some(entry), None) => core::Filling::Entry(entry),
        (None, Some(words)) => core::Filling::Words(words),
        _ => {
            return Err(ApiError::about(
                "words",
                "A part is filled by an entry or by words, one of the two. Nothing was changed.",
            ));
        }
    };
    let new = core::NewFilling {
        part: request.part.into(),
        filling,
        on: request.on,
        who: request.who,
        source: request.source,
    };
    act(app, request.id, |tx| core::fill_with(tx, request.id, new).map(drop))
}

/// Changes what fills a part of a loop.
pub fn loops_change_filling(app: &App, request: ChangeFilling) -> Result<LoopView, ApiError> {
    let change = core::FillingChange {
        part: request.part.map(Into::into),
        words: request.words,
        on: request.on,
        who: request.who,
        source: request.source,
    };
    act(app, request.id, |tx| core::change_filling(tx, request.id, request.filling, &change))
}

/// Takes out what fills a part of a loop; an entry stays in the journal.
pub fn loops_empty(app: &App, request: NamedFilling) -> Result<LoopView, ApiError> {
    act(app, request.id, |tx| core::empty(tx, request.id, request.filling))
}

/// Closes a loop, which takes a reflection, and keeps then and now.
pub fn loops_close(app: &App, request: CloseLoop) -> Result<LoopView, ApiError> {
    act(app, request.id, |tx| core::close(tx, request.id, &request.then, &request.now))
}

/// Opens a closed loop again.
pub fn loops_reopen(app: &App, request: String) -> Result<LoopView, ApiError> {
    let id = loop_id(&request)?;
    act(app, id, |tx| core::reopen(tx, id))
}

/// Moves a loop to the trash.
pub fn loops_trash(app: &App, request: String) -> Result<(), ApiError> {
    let id = loop_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::trash_loop(tx, id)))
}

/// Takes a loop out of the trash.
pub fn loops_restore(app: &App, request: String) -> Result<(), ApiError> {
    let id = loop_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::restore_loop(tx, id)))
}

/// Deletes a loop of the trash for good; entries that filled it stay.
pub fn loops_erase(app: &App, request: String) -> Result<(), ApiError> {
    let id = loop_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::erase_loop(tx, id)))
}

/// Notes that a loop surfaced today by itself; it never does so again.
pub fn loops_note_surfaced(app: &App, request: String) -> Result<(), ApiError> {
    let id = loop_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::note_surfaced(tx, id)))
}

/// Says which loops an entry fills, which intentions came from it, and whether it returns.
pub fn loops_of_entry(app: &App, request: String) -> Result<EntryLoops, ApiError> {
    let id = entry_id(&request)?;
    app.with(|notebook| {
        notebook.read(|reader| {
            let today = day::today(reader);
            let of = |(row, filling): (core::LoopRow, core::KeptFilling)| EntryLoop {
                row: LoopRow::of(row, today),
                part: filling.part.into(),
                filling: filling.id,
            };
            let intentions = core_intentions::list_intentions(reader, IntentionFilter::OfEntry(id))?;
            Ok::<_, PastError>(EntryLoops {
                loops: core::loops_of_entry(reader, id)?.into_iter().map(of).collect(),
                intentions: intentions.into_iter().map(Into::into).collect(),
                kept: past::is_kept(reader, id)?,
            })
        })
    })
}

/// Does one act on a loop, and shows the loop as it then stands.
fn act(
    app: &App,
    id: LoopId,
    act: impl FnOnce(&mut Tx) -> Result<(), core::LoopError>,
) -> Result<LoopView, ApiError> {
    app.with(|notebook| {
        notebook.write(act)?;
        view(notebook, id)
    })
}

fn view(notebook: &Notebook, id: LoopId) -> Result<LoopView, PastError> {
    notebook.read(|reader| whole(reader, id, day::today(reader)))
}

fn whole(reader: &Reader, id: LoopId, today: NaiveDate) -> Result<LoopView, PastError> {
    let found = core::get_loop(reader, id)?;
    let goals = core_goals::goals_of_loop(reader, id)?;
    let intentions = core_intentions::list_intentions(reader, IntentionFilter::OfLoop(id))?;
    Ok(LoopView {
        row: LoopRow::of(found.row, today),
        fillings: found.fillings.into_iter().map(Into::into).collect(),
        closings: found.closings.into_iter().map(Into::into).collect(),
        goals: goals.into_iter().map(|goal| views::goal(goal, today)).collect(),
        intentions: intentions.into_iter().map(Into::into).collect(),
    })
}

fn loop_id(text: &str) -> Result<LoopId, ApiError> {
    text.parse().map_err(|_| not_an_id("loop"))
}

/// Says that a text is not an id of something.
fn not_an_id(what: &str) -> ApiError {
    ApiError::about(
        "id",
        format!(
            "This is not the id of a {what}: an id is 32 hexadecimal digits, with or without hyphens. Nothing was changed."
        ),
    )
}
