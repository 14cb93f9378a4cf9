//! The end of a run: its entry is written, and what somebody chose is made beside it. All of it or nothing.

use chrono::NaiveDate;

use super::error::GuideError;
use super::outcome::{self, Outcome, PlannedGoal, PlannedIntention, PlannedLoop};
use super::record;
use super::run::{Event, SOLO};
use super::runs::{around, take_all};
use crate::goals::{self, NewGoal};
use crate::ids::{EntryId, GoalId, IntentionId, LoopId, RunId};
use crate::intentions::{self, NewIntention};
use crate::journal::{EntryOrigin, NewEntry, create_entry};
use crate::loops::{self, Filling, LoopError, LoopFilter, NewFilling, Part};
use crate::store::op::{Change, Op, Value};
use crate::store::tx::{Reader, Tx};

/// Says what is made beside the entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chosen {
    /// The intentions, by their id in the outcome, each with its day.
    pub intentions: Vec<(String, NaiveDate)>,
}

/// Tells what came of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// The entry.
    pub entry: EntryId,
    /// What was planned as it stood at the end.
    pub outcome: Outcome,
    /// The intentions that were made, each with the day that was chosen.
    pub made: Vec<(IntentionId, PlannedIntention)>,
    /// The goal that was made.
    pub goal: Option<GoalId>,
    /// The loop that was made.
    pub learning_loop: Option<LoopId>,
}

/// Brings a run to its end.
///
/// # Errors
/// [`super::Refusal::Held`] while something is missing without which the guide does not close; [`super::Refusal::Empty`]
/// when nothing was written. The run is as it was then.
pub fn finish(tx: &mut Tx, id: RunId, chosen: &Chosen) -> Result<Finished, GuideError> {
    let run = take_all(tx, id, vec![Event::Finish { by: SOLO.to_owned() }])?;
    let around = around(tx, &run.guide)?;
    let outcome = outcome::outcome(&run.guide, &run.state, &around, SOLO);
    let entry = create_entry(
        tx,
        NewEntry {
            title: outcome.entry.title.clone(),
            text: outcome.entry.text.clone(),
            tags: outcome.entry.tags.clone(),
            origin: EntryOrigin::Guided,
            ..NewEntry::default()
        },
    )?;
    let learning_loop = outcome.learning_loop.as_ref().map(|plan| make_loop(tx, plan, entry)).transpose()?;
    let goal = outcome.goal.as_ref().map(|plan| make_goal(tx, plan)).transpose()?;
    let mut made = Vec::new();
    for (name, due_on) in &chosen.intentions {
        let Some(plan) = outcome.intentions.iter().find(|plan| plan.id == *name) else { continue };
        let plan = PlannedIntention { due_on: *due_on, ..plan.clone() };
        let loop_id = find_loop(tx, plan.loop_title.as_deref())?.or(learning_loop);
        let new = NewIntention {
            text: plan.text.clone(),
            due_on: plan.due_on,
            entry: Some(entry),
            from_words: plan.from_words.clone(),
            loop_id,
        };
        made.push((intentions::make(tx, new)?, plan));
    }
    let ops = vec![
        Op::Set { field: record::run::ENTRY, value: Value::Bytes(entry.as_bytes().to_vec()) },
        Op::Set { field: record::run::FINISHED_AT, value: Value::Int(around.now.timestamp_millis()) },
    ];
    tx.commit(Change { object: *id.as_bytes(), ops })?;
    Ok(Finished { entry, outcome, made, goal, learning_loop })
}

/// Lists the titles of the open loops, the one touched last first.
pub fn open_loops(reader: &Reader) -> Result<Vec<String>, GuideError> {
    let rows = loops::list_loops(reader, LoopFilter::Open)?;
    Ok(rows.into_iter().map(|row| row.title).take(6).collect())
}

/// Makes a loop with the parts that were written; with a reflection it closes, then and now side by side.
fn make_loop(tx: &mut Tx, plan: &PlannedLoop, entry: EntryId) -> Result<LoopId, LoopError> {
    let id = loops::make_loop(tx, &plan.title)?;
    let parts = [
        (Part::Gain, &plan.gain, "", plan.source.as_str()),
        (Part::Practise, &plan.practise, "", ""),
        (Part::Feedback, &plan.feedback, plan.who.as_str(), ""),
    ];
    for (part, words, who, source) in parts {
        let Some(words) = words else { continue };
        let filling = Filling::Words(words.clone());
        let new = NewFilling { part, filling, on: None, who: who.to_owned(), source: source.to_owned() };
        loops::fill_with(tx, id, new)?;
    }
    if let Some(now) = &plan.reflect {
        // The page itself is the reflection: the ring leads to it.
        loops::fill(tx, id, Part::Reflect, Filling::Entry(entry))?;
        loops::close(tx, id, plan.gain.as_deref().unwrap_or_default(), now)?;
    }
    Ok(id)
}

fn make_goal(tx: &mut Tx, plan: &PlannedGoal) -> Result<GoalId, GuideError> {
    let new = NewGoal {
        wish: plan.wish.clone(),
        best_result: plan.best_result.clone(),
        obstacle: plan.obstacle.clone(),
        if_then: plan.if_then.clone(),
        first_step: plan.first_step.clone(),
        review_on: Some(plan.review_on),
    };
    Ok(goals::make(tx, new)?)
}

/// Finds the open loop of a title.
fn find_loop(reader: &Reader, title: Option<&str>) -> Result<Option<LoopId>, GuideError> {
    let Some(title) = title else { return Ok(None) };
    let rows = loops::list_loops(reader, LoopFilter::Open)?;
    Ok(rows.into_iter().find(|row| row.title.trim().to_lowercase() == title.to_lowercase()).map(|row| row.id))
}
