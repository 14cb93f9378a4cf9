//! Commands of what lies between two sessions: promises, goals, and the texts that are written in editors.

use vv_core::{
    ids::{PairGoalId, PromiseId, SessionId},
    pairings::{self as core, PairingError, Paper, Who},
};

use super::{changed, inner_id, pairing_id, show, views};
use crate::{
    App,
    error::ApiError,
    model::{
        journal::Splice,
        pairing_asks::{
            AnswerPromise, EndPairingGoal, MakePromise, OpenPairingText, OpenedPairingText, PairingText,
            PromiseAnswer, SavePairingGoal, SavePairingText,
        },
        pairings::{PairingView, PromiseView},
    },
};

/// Makes a promise, or changes one.
pub fn pairings_promise(app: &App, request: MakePromise) -> Result<PairingView, ApiError> {
    let MakePromise { pairing, promise, mine, what, place, if_then, small, due_on } = request;
    let owner = if mine { Who::Me } else { Who::Other };
    let new = core::NewPromise { owner, what, due_on, place, if_then, small, session: None };
    changed(app, &pairing, |notebook, id| match promise {
        None => notebook.write(|tx| core::make_promise(tx, id, &new)).map(drop),
        Some(promise) => {
            let promise: PromiseId = inner_id(&promise)?;
            // What was promised stays as it was said; the rest may change.
            let core::NewPromise { due_on, place, if_then, small, .. } = &new;
            notebook.write(|tx| core::change_promise(tx, id, promise, *due_on, place, if_then, small))
        }
    })
}

/// Says something about a promise: done, its small version, not this time.
pub fn pairings_answer_promise(app: &App, request: AnswerPromise) -> Result<PairingView, ApiError> {
    let promise: PromiseId = inner_id(&request.promise)?;
    changed(app, &request.pairing, |notebook, id| {
        notebook.write(|tx| match (views::answer(request.answer), request.answer) {
            (Some(answer), _) => core::answer_promise(tx, id, promise, answer, &request.words, None),
            (None, said) => core::take_on_promise(tx, id, promise, said == PromiseAnswer::TakenOn),
        })
    })
}

/// Lists the open promises of all pairings, those due first.
pub fn pairings_promises(app: &App) -> Result<Vec<PromiseView>, ApiError> {
    app.with(|notebook| notebook.read(show::open_promises))
}

/// Makes a goal of a pairing, or changes it.
pub fn pairings_goal(app: &App, request: SavePairingGoal) -> Result<PairingView, ApiError> {
    let SavePairingGoal { pairing, goal, way, what, sign } = request;
    changed(app, &pairing, |notebook, id| match goal {
        None => notebook.write(|tx| core::make_pair_goal(tx, id, way.into(), &what, &sign)).map(drop),
        Some(goal) => {
            let goal: PairGoalId = inner_id(&goal)?;
            notebook.write(|tx| core::change_pair_goal(tx, id, goal, &what, &sign))
        }
    })
}

/// Ends a goal of a pairing, or takes it up again.
pub fn pairings_end_goal(app: &App, request: EndPairingGoal) -> Result<PairingView, ApiError> {
    let goal: PairGoalId = inner_id(&request.goal)?;
    changed(app, &request.pairing, |notebook, id| {
        notebook.write(|tx| match request.reached {
            Some(true) => core::end_pair_goal(tx, id, goal, core::GoalOutcome::Reached, ""),
            Some(false) => core::end_pair_goal(tx, id, goal, core::GoalOutcome::LetGo, ""),
            None => core::reopen_pair_goal(tx, id, goal),
        })
    })
}

/// Opens the notes of a session, or one's own notes, in an editor.
pub fn pairings_open_text(app: &App, request: OpenPairingText) -> Result<OpenedPairingText, ApiError> {
    let id = pairing_id(&request.pairing)?;
    let paper = match request.text {
        PairingText::Shared { session } => Paper::Notes(id, inner_id(&session)?),
        PairingText::Private => Paper::Private(id),
    };
    let editor = app.with(|notebook| core::open_paper(notebook, paper))?;
    Ok(OpenedPairingText { editing: editor.session.to_string(), text: editor.text })
}

/// Saves the text of such an editor, and says what others changed.
pub fn pairings_save_text(app: &App, request: SavePairingText) -> Result<Vec<Splice>, ApiError> {
    let editing: SessionId = request.editing.parse().map_err(|_| PairingError::NoSession)?;
    let saved = app.with(|notebook| core::save_paper(notebook, editing, &request.text, request.close))?;
    app.syncing.look_at_all();
    let splice = |splice: vv_core::journal::Splice| Splice {
        at: splice.at,
        delete: splice.delete,
        insert: splice.insert,
    };
    Ok(saved.splices.into_iter().map(splice).collect())
}
