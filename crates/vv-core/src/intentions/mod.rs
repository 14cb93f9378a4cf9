//! Intentions: what somebody set out to do by a day, kept beside the words it came from.
//!
//! On its day it comes back and is answered: done, not yet with another day, or let go. None of these is a failure. What was
//! done can fill the next part of a loop, or begin one. Start at `model.rs`, then `make.rs` and `answer.rs`.
//!
//! Not here: when it is shown (`past/`), and promises between people.

mod answer;
mod error;
mod make;
mod model;
mod read;
mod record;
mod table;

#[cfg(test)]
mod tests;

pub use answer::{answer, take_back_answer};
pub use error::IntentionError;
pub use make::{change_intention, erase_intention, make, restore_intention, trash_intention};
pub use model::{
    Answer, Answered, AnsweredAs, Intention, IntentionChange, IntentionFilter, Into, NewIntention,
};
pub use read::{get_intention, list_intentions};

pub(crate) use table::{due_until, made_or_answered_between, project};
