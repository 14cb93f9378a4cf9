//! Feedback in both directions about a session: sealed until both have written, answered with thanks first.
//!
//! Whoever writes says first what they think it is like for the other; then what they saw, its effect on them, and a thought for
//! next time. Both or neither are shown (`sealed/`). Whoever receives may confirm or correct the first line, thanks and says what
//! they heard, and only then what they will do or keep. Start at `model.rs`, then `verbs.rs`. Nobody rates anybody.

mod model;
mod record;
mod verbs;

#[cfg(test)]
mod tests;

pub use model::{Due, Feedback, FeedbackNote, Reply};
pub use verbs::{
    ask_for_feedback, confirm_guess, correct_guess, feedback_due, fill_loop_with_feedback, get_feedback,
    give_feedback, list_feedback, say_what_follows, thank,
};
