//! The page of a day: everything that waits for the person, and nothing that does not.

use chrono::NaiveDate;

use super::error::PastError;
use super::model::Today;
use super::{keepsake, learned, on_this_day, table};
use crate::day;
use crate::goals::{self, GoalFilter};
use crate::intentions;
use crate::loops::{self, LoopFilter, LoopRow};
use crate::store::tx::Reader;

/// Days after which an open loop with a part missing surfaces, once.
pub const OPEN_DAYS: u64 = 30;
/// Loops the page shows.
const LOOPS: usize = 4;
/// Intentions the page shows.
const INTENTIONS: u32 = 12;

/// Gathers what the page of today shows. It changes nothing: that a loop surfaced is noted by `loops::note_surfaced`.
pub fn read_today(reader: &Reader) -> Result<Today, PastError> {
    let on = day::today(reader);
    let open: Vec<LoopRow> = loops::list_loops(reader, LoopFilter::Open)?
        .into_iter()
        .filter(|row| row.parked_until.is_none_or(|until| until <= on))
        .collect();
    let surfaced = pick_surfaced(&open, on);
    let mut waiting: Vec<LoopRow> = open
        .into_iter()
        .filter(|row| is_waiting(row, on) && surfaced.as_ref().is_none_or(|other| other.id != row.id))
        .collect();
    waiting.sort_by_key(|row| (row.missing().len(), row.touched_on, row.id));
    waiting.truncate(LOOPS);
    let due_for_review = |goal: &goals::Goal| goal.plan.review_on.is_some_and(|review| review <= on);
    Ok(Today {
        on,
        written: !table::entries_on(reader.sql(), on, 1)?.is_empty(),
        loops: waiting,
        surfaced,
        intentions: intentions::due_until(reader.sql(), on, INTENTIONS)?,
        goals: goals::list_goals(reader, GoalFilter::Open)?.into_iter().filter(due_for_review).collect(),
        on_this_day: on_this_day(reader, on)?,
        keepsake: keepsake::pick_keepsake(reader, on)?,
        learned: learned::pick_learned(reader, on)?,
    })
}

/// Says whether an open loop waits for the person: one step is left, or a part is missing and nothing happened for long.
pub fn is_waiting(row: &LoopRow, on: NaiveDate) -> bool {
    row.missing().len() <= 1 || row.touched_on <= day::before(on, OPEN_DAYS)
}

/// Chooses the loop that surfaces: the one that did so today already, else the one that has been open the longest.
fn pick_surfaced(open: &[LoopRow], on: NaiveDate) -> Option<LoopRow> {
    let long_open = |row: &&LoopRow| row.begun_on <= day::before(on, OPEN_DAYS) && !row.missing().is_empty();
    let today = open.iter().filter(long_open).find(|row| row.surfaced_on == Some(on));
    let first = || {
        let fresh = open.iter().filter(long_open).filter(|row| row.surfaced_on.is_none());
        fresh.min_by_key(|row| (row.begun_on, row.id))
    };
    today.or_else(first).cloned()
}
