//! Guide commands: the list, runs, a person's own guides. Each function is one command; it decides nothing.

mod meetings;
mod own;
mod views;

use vv_core::{
    Notebook,
    guides::{
        self as core, AnswerKey, Chosen, GuideError,
        run::{Event, Form, SOLO},
    },
    ids::RunId,
};

pub use meetings::{meetings_answer, meetings_begin, meetings_get, meetings_move, meetings_open};
pub use own::{guides_copy, guides_delete, guides_export, guides_import, guides_save, guides_trash};

use crate::{
    App,
    error::ApiError,
    model::guides::{
        FinishRun, FinishedView, GiveAnswers, GivenAnswer, GuideRow, GuideView, InLanguage, MoveRun,
        NameGuide, OpenRun, RunAct, RunRow, RunView, StartGuide,
    },
};

/// Lists the guides: those that come with the app, then the person's own.
pub fn guides_list(app: &App, request: InLanguage) -> Result<Vec<GuideRow>, ApiError> {
    let rows = app.with(|notebook| notebook.read(|reader| core::list_guides(reader, &request.language)))?;
    Ok(rows.into_iter().map(GuideRow::from).collect())
}

/// Gives one guide to look at, with its file.
pub fn guides_get(app: &App, request: NameGuide) -> Result<GuideView, ApiError> {
    app.with(|notebook| notebook.read(|reader| core::find(reader, &request.id, &request.language)))
        .map(GuideView::from)
}

/// Lists the open runs, and after them those that were put away, each the one touched last first.
pub fn guides_runs(app: &App, request: InLanguage) -> Result<Vec<RunRow>, ApiError> {
    let rows = app.with(|notebook| notebook.read(|reader| core::list_runs(reader, &request.language)))?;
    Ok(rows.into_iter().map(RunRow::from).collect())
}

/// Begins a run of a guide.
pub fn guides_start(app: &App, request: StartGuide) -> Result<RunView, ApiError> {
    let form = if request.short { Form::Short } else { Form::Whole };
    app.with(|notebook| {
        let id =
            notebook.write(|tx| core::start(tx, &request.guide, &request.language, form, request.pace))?;
        view(notebook, id)
    })
}

/// Opens a run: what a crash left is saved, its clock goes on, and a guide that comes with the app goes on in the language of
/// the interface.
pub fn guides_open(app: &App, request: OpenRun) -> Result<RunView, ApiError> {
    let id = run_id(&request.run)?;
    app.with(|notebook| {
        if !notebook.is_read_only() {
            notebook.write(|tx| core::open(tx, id, &request.language))?;
        }
        view(notebook, id)
    })
}

/// Keeps answers as they were typed, on this computer only.
pub fn guides_keep(app: &App, request: GiveAnswers) -> Result<(), ApiError> {
    let given = read_answers(request.answers)?;
    app.with(|notebook| {
        notebook.write(|tx| {
            given
                .iter()
                .try_for_each(|(key, answer)| core::keep_answer(tx, request.run, key, answer.as_ref()))
        })
    })
}

/// Saves answers as records.
pub fn guides_answer(app: &App, request: GiveAnswers) -> Result<RunView, ApiError> {
    let given = read_answers(request.answers)?;
    app.with(|notebook| {
        notebook.write(|tx| core::give(tx, request.run, given))?;
        view(notebook, request.run)
    })
}

/// Moves in a run: on, back, to a step; stops and starts its clock; puts it away and takes it up again.
pub fn guides_move(app: &App, request: MoveRun) -> Result<RunView, ApiError> {
    let event = match request.act {
        RunAct::Next => Event::Next { by: SOLO.to_owned() },
        RunAct::Back => Event::Back,
        RunAct::Skip => Event::Skip,
        RunAct::To { step } => Event::GoTo(step),
        RunAct::Pause => Event::Pause,
        RunAct::Resume => Event::Resume,
        RunAct::PutAway => Event::PutAway,
        RunAct::TakeUp => Event::TakeUp,
    };
    app.with(|notebook| {
        notebook.write(|tx| core::take(tx, request.run, event))?;
        view(notebook, request.run)
    })
}

/// Finishes a run: writes its entry, and makes what was chosen beside it.
pub fn guides_finish(app: &App, request: FinishRun) -> Result<FinishedView, ApiError> {
    let chosen = Chosen { intentions: request.make.into_iter().map(|one| (one.id, one.due_on)).collect() };
    app.with(|notebook| notebook.write(|tx| core::finish(tx, request.run, &chosen))).map(FinishedView::from)
}

/// Deletes a run that was put away for good, with every answer in it.
pub fn guides_delete_run(app: &App, request: String) -> Result<(), ApiError> {
    let id = run_id(&request)?;
    app.with(|notebook| {
        notebook.write(|tx| core::delete_run(tx, id))?;
        notebook.checkpoint().map_err(GuideError::from)
    })
}

fn view(notebook: &Notebook, id: RunId) -> Result<RunView, GuideError> {
    notebook.read(|reader| views::run(reader, &core::get_run(reader, id)?))
}

fn read_answers(given: Vec<GivenAnswer>) -> Result<Vec<(AnswerKey, Option<core::Answer>)>, ApiError> {
    given
        .into_iter()
        .map(|given| {
            let key: AnswerKey =
                given.key.parse().map_err(|error| ApiError::from(GuideError::Refused(error)))?;
            Ok((key, given.answer.map(views::answer_from).transpose()?))
        })
        .collect()
}

fn run_id(text: &str) -> Result<RunId, ApiError> {
    text.parse().map_err(|_| ApiError::about("id", "This is not the id of a run. Nothing was changed."))
}
