//! Commands of goals.

use vv_core::{
    day,
    goals::{self as core, GoalError},
    ids::GoalId,
    language::Language,
    store::Tx,
};

use super::{not_an_id, views};
use crate::{
    App,
    error::ApiError,
    model::goals::{AddPoint, ChangeGoal, EndGoal, GoalFilter, GoalPlan, GoalView, NamedPoint, Objective},
};

/// Lists goals.
pub fn goals_list(app: &App, request: GoalFilter) -> Result<Vec<GoalView>, ApiError> {
    app.with(|notebook| {
        notebook.read(|reader| {
            let today = day::today(reader);
            let goals = core::list_goals(reader, request.into())?;
            Ok::<_, GoalError>(goals.into_iter().map(|goal| views::goal(goal, today)).collect())
        })
    })
}

/// Gives one goal whole.
pub fn goals_get(app: &App, request: String) -> Result<GoalView, ApiError> {
    let id = goal_id(&request)?;
    act(app, id, None::<fn(&mut Tx) -> Result<(), GoalError>>)
}

/// Makes a goal.
pub fn goals_make(app: &App, request: GoalPlan) -> Result<GoalView, ApiError> {
    let id = app.with(|notebook| notebook.write(|tx| core::make_with(tx, request.into())))?;
    act(app, id, None::<fn(&mut Tx) -> Result<(), GoalError>>)
}

/// Changes what a goal says.
pub fn goals_change(app: &App, request: ChangeGoal) -> Result<GoalView, ApiError> {
    let id = request.id;
    let change = core::GoalChange { plan: Some(request.plan.into()), review_on: None };
    act(app, id, Some(|tx: &mut Tx| core::change_goal(tx, id, &change)))
}

/// Notes a point of progress with its evidence, or an honest skip.
pub fn goals_add_point(app: &App, request: AddPoint) -> Result<GoalView, ApiError> {
    let id = request.id;
    let new = core::NewPoint {
        kind: request.kind.into(),
        words: request.words,
        on: request.on,
        entry: request.entry,
        behaviour: request.behaviour,
    };
    act(app, id, Some(|tx: &mut Tx| core::add_point(tx, id, new).map(drop)))
}

/// Takes a point out of a goal.
pub fn goals_remove_point(app: &App, request: NamedPoint) -> Result<GoalView, ApiError> {
    act(app, request.id, Some(|tx: &mut Tx| core::remove_point(tx, request.id, request.point)))
}

/// Ends a goal today: reached, or let go.
pub fn goals_end(app: &App, request: EndGoal) -> Result<GoalView, ApiError> {
    let id = request.id;
    act(
        app,
        id,
        Some(|tx: &mut Tx| {
            let end =
                core::GoalEnd { on: day::today(tx), ending: request.ending.into(), words: request.words };
            core::end_goal(tx, id, &end)
        }),
    )
}

/// Takes an ended goal up again.
pub fn goals_reopen(app: &App, request: String) -> Result<GoalView, ApiError> {
    let id = goal_id(&request)?;
    act(app, id, Some(|tx: &mut Tx| core::reopen_goal(tx, id)))
}

/// Moves a goal to the trash.
pub fn goals_trash(app: &App, request: String) -> Result<(), ApiError> {
    let id = goal_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::trash_goal(tx, id)))
}

/// Takes a goal out of the trash.
pub fn goals_restore(app: &App, request: String) -> Result<(), ApiError> {
    let id = goal_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::restore_goal(tx, id)))
}

/// Deletes a goal of the trash for good.
pub fn goals_erase(app: &App, request: String) -> Result<(), ApiError> {
    let id = goal_id(&request)?;
    app.with(|notebook| notebook.write(|tx| core::erase_goal(tx, id)))
}

/// Lists the templates that a goal can begin from, in a language.
pub fn goals_list_objectives(_app: &App, request: String) -> Result<Vec<Objective>, ApiError> {
    let language = Language::of(&request).unwrap_or_default();
    Ok(core::list_objectives(language).into_iter().map(Into::into).collect())
}

/// Does one act on a goal, if there is one, and shows the goal as it then stands.
fn act(
    app: &App,
    id: GoalId,
    act: Option<impl FnOnce(&mut Tx) -> Result<(), GoalError>>,
) -> Result<GoalView, ApiError> {
    app.with(|notebook| {
        if let Some(act) = act {
            notebook.write(act)?;
        }
        notebook.read(|reader| Ok(views::goal(core::get_goal(reader, id)?, day::today(reader))))
            as Result<GoalView, GoalError>
    })
}

fn goal_id(text: &str) -> Result<GoalId, ApiError> {
    text.parse().map_err(|_| not_an_id("goal"))
}
