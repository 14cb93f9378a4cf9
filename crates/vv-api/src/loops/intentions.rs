//! Commands of intentions.

use vv_core::{
    Notebook,
    ids::IntentionId,
    intentions::{self as core, IntentionError},
};

use super::not_an_id;
use crate::{
    App,
    error::ApiError,
    model::intentions::{
        AnswerIntention, ChangeIntention, IntentionAnswered, IntentionView, ListIntentions, MakeIntention,
    },
};

/// Lists intentions.
pub fn intentions_list(app: &App, request: ListIntentions) -> Result<Vec<IntentionView>, ApiError> {
    let filter = request.into();
    let found = app.with(|notebook| notebook.read(|reader| core::list_intentions(reader, filter)))?;
    Ok(found.into_iter().map(Into::into).collect())
}

/// Makes an intention.
pub fn intentions_make(app: &App, request: MakeIntention) -> Result<IntentionView, ApiError> {
    let new = core::NewIntention {
        text: request.text,
        due_on: request.due_on,
        entry: request.entry,
        from_words: request.from_words,
        loop_id: request.loop_id,
    };
    app.with(|notebook| {
        let id = notebook.write(|tx| core::make(tx, new))?;
        view(notebook, id)
    })
}

/// Changes an intention that waits.
pub fn intentions_change(app: &App, request: ChangeIntention) -> Result<IntentionView, ApiError> {
    let change = core::IntentionChange { text: request.text, due_on: request.due_on, loop_id: None };
    app.with(|notebook| {
        notebook.write(|tx| core::change_intention(tx, request.id, &change))?;
        view(notebook, request.id)
    })
}

/// Answers an intention: done, not yet, or let go.
pub fn intentions_answer(app: &App, request: AnswerIntention) -> Result<IntentionAnswered, ApiError> {
    let answer = request.answer.into();
    app.with(|notebook| {
        let loop_id = notebook.write(|tx| core::answer(tx, request.id, answer))?;
        Ok::<_, IntentionError>(IntentionAnswered { intention: view(notebook, request.id)?, loop_id })
    })
}

/// Takes an answer back, so that the intention waits again.
pub fn intentions_take_back(app: &App, request: String) -> Result<IntentionView, ApiError> {
    let id = intention_id(&request)?;
    app.with(|notebook| {
        notebook.write(|tx| core::take_back_answer(tx, id))?;
        view(notebook, id)
    })
}

/// Moves an intention to the trash.
pub fn intentions_trash(app: &App, request: String) -> Result<(), ApiError> {
    let id = intention_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::trash_intention(tx, id)))
}

/// Takes an intention out of the trash.
pub fn intentions_restore(app: &App, request: String) -> Result<(), ApiError> {
    let id = intention_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::restore_intention(tx, id)))
}

/// Deletes an intention of the trash for good.
pub fn intentions_erase(app: &App, request: String) -> Result<(), ApiError> {
    let id = intention_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::erase_intention(tx, id)))
}

fn view(notebook: &Notebook, id: IntentionId) -> Result<IntentionView, IntentionError> {
    notebook.read(|reader| core::get_intention(reader, id)).map(Into::into)
}

fn intention_id(text: &str) -> Result<IntentionId, ApiError> {
    text.parse().map_err(|_| not_an_id("intention"))
}
