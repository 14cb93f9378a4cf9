//! Pulses: three questions about how the pairing goes, after the first and third session and then every 60 days.
//!
//! Both answer for themselves; the answers are shown only if both did (`sealed/`). Skipping is neutral: nothing is counted, nobody is
//! reminded of it. When one is due follows from the sessions that were held and from the day; nothing about it is stored.

mod due;
mod model;
mod verbs;

#[cfg(test)]
mod tests;

pub use model::{Pulse, PulseAnswer, PulseName};
pub use verbs::{answer_pulse, get_pulse, list_pulses, pulse_due, skip_pulse};
