//! Goals: a wish with the obstacle in oneself, an if-then plan, a smallest version, and progress with evidence.
//!
//! Why it matters stands in it and is nobody else's business. Progress are points in words, each with an entry as evidence if
//! there is one; a week without is an honest skip with its reason, never a failure. Templates for objectives with observable
//! behaviours are data (`objectives.en.json`). Start at `model.rs`, then `verbs.rs`.

mod error;
mod model;
mod objectives;
mod record;
mod table;
mod trash;
mod verbs;

#[cfg(test)]
mod tests;

pub use error::GoalError;
pub use model::{
    Ending, Goal, GoalChange, GoalEnd, GoalFilter, GoalPlan, NewGoal, NewPoint, Point, PointKind,
};
pub use objectives::{Objective, list_objectives};
pub use trash::{erase_goal, restore_goal, trash_goal};
pub use verbs::{
    add_point, change_goal, end_goal, get_goal, goals_of_loop, list_goals, make, make_with, remove_point,
    reopen_goal,
};

pub(crate) use table::project;
