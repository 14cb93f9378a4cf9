//! Making, changing and ending goals, and noting how they go.

use super::error::GoalError;
use super::model::{Goal, GoalChange, GoalEnd, GoalFilter, GoalPlan, NewGoal, NewPoint, PointKind};
use super::record::{self, KeptPoint};
use super::table;
use crate::day;
use crate::ids::{GoalId, LoopId, PointId};
use crate::journal::{JournalError, get_row};
use crate::store::op::{Change, Kind, Object, Op, Value};
use crate::store::tx::{Reader, Tx};
use crate::words::{Unfit, line, paragraphs, some_line};

/// Behaviours that one goal may have.
const MAX_BEHAVIOURS: usize = 20;

/// Makes a goal as a reflection leaves it, and gives its id.
pub fn make(tx: &mut Tx, new: NewGoal) -> Result<GoalId, GoalError> {
    make_with(tx, new.into())
}

/// Makes a goal, and gives its id. One goal is one record.
pub fn make_with(tx: &mut Tx, plan: GoalPlan) -> Result<GoalId, GoalError> {
    let plan = clean(plan)?;
    let id: GoalId = tx.make_id();
    let begun_on = day::value(Some(day::today(tx)));
    let mut ops = vec![Op::Create { kind: Kind::Goal }, Op::Set { field: record::BEGUN_ON, value: begun_on }];
    ops.extend(record::plan_ops(&GoalPlan::default(), &plan));
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(id)
}

/// Changes what a goal says. What is already so makes no record.
pub fn change_goal(tx: &mut Tx, id: GoalId, change: &GoalChange) -> Result<(), GoalError> {
    let before = record::plan_of(&read_object(tx, id)?);
    let mut after = match &change.plan {
        Some(plan) => clean(plan.clone())?,
        None => before.clone(),
    };
    if let Some(review_on) = change.review_on {
        after.review_on = review_on.map(|on| day::check(on, "review_on")).transpose()?;
    }
    commit(tx, id, record::plan_ops(&before, &after))
}

/// Adds a point of progress, or an honest skip, which needs its reason.
pub fn add_point(tx: &mut Tx, id: GoalId, new: NewPoint) -> Result<PointId, GoalError> {
    read_object(tx, id)?;
    let words = paragraphs(&new.words, "words")?;
    if words.is_empty() && (new.kind == PointKind::Skip || new.entry.is_none()) {
        let why = match new.kind {
            PointKind::Skip => "say what came in between; that is enough",
            PointKind::Progress => "say what moved, or choose the entry that shows it",
        };
        return Err(Unfit { field: "words", why: why.to_owned() }.into());
    }
    let its_day = match new.entry {
        Some(entry) => match get_row(tx, entry) {
            Ok(row) if !row.trashed => row.on,
            Err(JournalError::Store(error)) => return Err(error.into()),
            _ => return Err(GoalError::NoEntry),
        },
        None => day::today(tx),
    };
    let point = KeptPoint {
        id: tx.make_id(),
        kind: new.kind,
        on: new.on.map_or(Ok(its_day), |on| day::check(on, "on"))?,
        made_at: tx.now().timestamp_millis(),
        words,
        entry: new.entry,
        behaviour: line(&new.behaviour, "behaviour")?,
    };
    commit(tx, id, vec![Op::Add { field: record::POINTS, element: point.to_value() }])?;
    Ok(point.id)
}

/// Takes a point out of a goal.
pub fn remove_point(tx: &mut Tx, id: GoalId, point: PointId) -> Result<(), GoalError> {
    let object = read_object(tx, id)?;
    let of_it = |value: &&Value| KeptPoint::of_value(value).is_some_and(|kept| kept.id == point);
    let ops: Vec<Op> = object
        .elements(record::POINTS)
        .iter()
        .filter(of_it)
        .map(|element| Op::Remove { field: record::POINTS, element: element.clone() })
        .collect();
    if ops.is_empty() {
        return Err(GoalError::NoPoint);
    }
    commit(tx, id, ops)
}

/// Ends a goal today: reached, or let go.
pub fn end_goal(tx: &mut Tx, id: GoalId, end: &GoalEnd) -> Result<(), GoalError> {
    read_object(tx, id)?;
    let words = paragraphs(&end.words, "words")?;
    let end = GoalEnd { on: day::check(end.on, "on")?, ending: end.ending, words };
    commit(tx, id, vec![Op::Set { field: record::END, value: record::end_value(&end) }])
}

/// Takes an ended goal up again; an open one stays as it is.
pub fn reopen_goal(tx: &mut Tx, id: GoalId) -> Result<(), GoalError> {
    if record::end_of(&read_object(tx, id)?).is_none() {
        return Ok(());
    }
    commit(tx, id, vec![Op::Set { field: record::END, value: Value::Null }])
}

/// Gives a goal whole, wherever it lies.
pub fn get_goal(reader: &Reader, id: GoalId) -> Result<Goal, GoalError> {
    table::get(reader.sql(), id)?.ok_or(GoalError::NoGoal)
}

/// Lists goals.
pub fn list_goals(reader: &Reader, filter: GoalFilter) -> Result<Vec<Goal>, GoalError> {
    Ok(table::list(reader.sql(), filter)?)
}

/// Lists the goals outside the trash that belong to a loop.
pub fn goals_of_loop(reader: &Reader, id: LoopId) -> Result<Vec<Goal>, GoalError> {
    Ok(table::of_loop(reader.sql(), id)?)
}

/// Reads the object of a goal that is there and not deleted.
pub(super) fn read_object(reader: &Reader, id: GoalId) -> Result<Object, GoalError> {
    let object = reader.object(id.as_bytes())?;
    object.filter(|object| !object.erased && object.kind == Kind::Goal.0).ok_or(GoalError::NoGoal)
}

fn commit(tx: &mut Tx, id: GoalId, ops: Vec<Op>) -> Result<(), GoalError> {
    if !ops.is_empty() {
        tx.commit(Change { object: *id.as_bytes(), ops })?;
    }
    Ok(())
}

fn clean(plan: GoalPlan) -> Result<GoalPlan, Unfit> {
    if plan.behaviours.len() > MAX_BEHAVIOURS {
        let why = format!("a goal has at most {MAX_BEHAVIOURS} behaviours");
        return Err(Unfit { field: "behaviours", why });
    }
    let behaviours: Vec<String> =
        plan.behaviours.iter().map(|one| line(one, "behaviours")).collect::<Result<_, _>>()?;
    Ok(GoalPlan {
        wish: some_line(&plan.wish, "wish", "write the wish in one sentence")?,
        best_result: paragraphs(&plan.best_result, "best_result")?,
        obstacle: paragraphs(&plan.obstacle, "obstacle")?,
        if_then: paragraphs(&plan.if_then, "if_then")?,
        fallback: paragraphs(&plan.fallback, "fallback")?,
        first_step: paragraphs(&plan.first_step, "first_step")?,
        why: paragraphs(&plan.why, "why")?,
        review_on: plan.review_on.map(|on| day::check(on, "review_on")).transpose()?,
        objective: line(&plan.objective, "objective")?,
        behaviours: behaviours.into_iter().filter(|one| !one.is_empty()).collect(),
        loop_id: plan.loop_id,
    })
}
