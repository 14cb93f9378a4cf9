//! Meetings: a guide run by two people in the home of their pairing.
//!
//! Both sit before one screen, or each has their own device and what they write comes together. Steps and clock stand in the process
//! stream of the space, where a facilitator sees them; answers in the content stream, each its writer's. What is for its writer
//! alone stays in the journal, and what is sealed goes through `sealed/`. Start at `model.rs`, then `begin.rs`, `read.rs` and
//! `act.rs`; `finish.rs` makes in the home what comes of a meeting, `calls.rs` is for “rule”.
//!
//! The engine is that of `guides/run/`; nothing here knows one guide from another. Not here: sessions, promises and notes
//! themselves (`pairings/`). `table.rs` finds the objects of `sealed/`, `excerpts/` and `thanks/` too.

mod act;
mod begin;
mod beside;
mod calls;
mod error;
mod finish;
pub(crate) mod home;
mod into_journal;
mod model;
pub(crate) mod of_pairing;
mod read;
pub(crate) mod record;
mod suggest;
pub(crate) mod table;

#[cfg(test)]
pub(crate) mod tests;

pub use act::act;
pub use begin::begin_meeting;
pub use beside::{LaidBeside, laid_beside};
pub use calls::call_rule;
pub use error::MeetingError;
pub use finish::{FinishedMeeting, finish_meeting, keep_up};
pub use into_journal::{fill_loop_with_meeting, keep_as_entry};
pub use model::{Asked, CallTo, Meeting, MeetingRow, NewMeeting, RuleCall};
pub use read::{asked_alone, asked_here, get_meeting, list_meetings, meetings_of_session};
pub use suggest::{SHELF, suggested_guide};

pub(crate) use table::project;
