//! The past that comes back: on this day, entries worth keeping, what was learned six weeks ago, the material of a week.
//!
//! Everything here follows from the notebook and from the day the clock shows; nothing is drawn by lot, nothing asks a network,
//! and one look costs a few probes of an index however long the journal is. The only facts of its own are the schedules of
//! entries that return (`keepsake.rs`). `today.rs` gathers what the day's page shows; `given.rs` counts
//! the minutes of a week; `reminder.rs` decides when to remind and
//! knows nothing of the journal. Start at `model.rs`.

mod error;
mod given;
mod keepsake;
mod learned;
mod model;
mod on_this_day;
mod record;
pub mod reminder;
mod table;
mod today;
mod week;

#[cfg(test)]
mod tests;

pub use error::PastError;
pub use given::{WeekGiven, quiet_weeks, week_given};
pub use keepsake::{StillTrue, answer_keepsake, is_kept, keep, pick_keepsake};
pub use learned::{LEARNED_DAYS, Used, answer_learned, pick_learned};
pub use model::{Ago, Keepsake, Learned, LookBack, Remembered, Today};
pub use on_this_day::on_this_day;
pub use today::{OPEN_DAYS, is_waiting, read_today};
pub use week::look_back;

pub(crate) use table::project;
