//! Thanks notes: from somebody who was helped to whoever helped, in the home of their pairing.
//!
//! A note says what the other did, what it made possible, what was learned. Whoever receives it decides alone what becomes of it: kept,
//! shown to people they name, shown to all. That decision stands in their journal. Nothing is counted. Start at `verbs.rs`.

mod model;
pub(crate) mod record;
mod verbs;

#[cfg(test)]
mod tests;

pub use model::{NewThanks, Thanks, ThanksDecision};
pub use verbs::{decide_thanks, get_thanks, list_thanks, send_thanks};
