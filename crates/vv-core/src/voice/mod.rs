//! Voice notes: sound that is recorded into an entry, and what is known of it beside the file.
//!
//! A [`Recording`] takes samples, makes packets of them and writes those every half second into local tables of the encrypted
//! file; nothing readable ever lies on the disk, and little is held in memory however long it goes on. At its end the pieces
//! become one sealed file of the entry (`finish.rs`); what a crash left becomes one at the next opening. Start at
//! `recording.rs`.
//!
//! Not here: the microphone (a port of the host), who drives a recording (`vv-api`), and the file itself, which is an
//! attachment of the journal like any other.

mod error;
mod finish;
mod marks;
mod model;
mod ogg_file;
mod opus;
mod peaks;
pub(crate) mod record;
mod recording;
pub(crate) mod table;

#[cfg(test)]
mod tests;

pub use error::VoiceError;
pub use finish::{Recovered, recover};
pub use marks::{MAX_MARK_CHARS, change_mark};
pub use model::{Mark, Voice};
pub use opus::RATE;
pub use recording::Recording;
