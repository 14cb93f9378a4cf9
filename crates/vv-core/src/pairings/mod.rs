//! Pairings: two people who learn from each other, in two directions, with what they agreed, promised, tried and noticed in one
//! place that only they can read.
//!
//! A pairing has a *side* and a *home*. The side is an object of the journal: what of it is mine alone. The home is where everything
//! else stands: the journal while I track it alone, the space of the two once we share it. Start at `kinds.rs` (what each kind
//! brings), `record.rs` (how it stands in records), `home.rs` and `seats.rs` (where, and who is who), then `begin.rs`.
//!
//! Not here: who may read a space (`spaces/`), guides and feedback. Health, balance and who waits for whom are functions of facts
//! and a day; they are stored nowhere and sent nowhere.

mod agreement_text;
mod begin;
mod charter;
mod error;
pub(crate) mod home;
mod kinds;
mod line;
mod model;
mod project;
pub(crate) mod record;
pub(crate) mod seats;
pub(crate) mod table;

pub use begin::{
    begin_pairing, change_side, erase_pairing, get_side, list_trashed, pairing_of_space, restore_pairing,
    trash_pairing,
};
pub use charter::{change_charter, note_primer, pause, resume, say_why};
pub use error::PairingError;
pub use kinds::{LineRelation, LineRule, PairingKind, Part};
pub use line::{decide_line, line_findings, list_line, remove_line, save_line};
pub use model::*;

pub(crate) use charter::{has_ended, read as read_charter};
pub(crate) use home::is_kept;
pub(crate) use project::project;
