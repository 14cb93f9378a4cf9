//! Loops: what somebody is learning, each a ring of four parts: gain, practise, feedback, reflect.
//!
//! A loop is one object; what fills its parts are elements of a set in it, either a link to an entry or words of their own. It
//! closes only with a reflection, and closing keeps then and now side by side for good. Start at `model.rs`, then `make.rs`,
//! `fill.rs` and `close.rs`; `record.rs` says how it stands in records.
//!
//! Not here: goals and intentions, which may name a loop; what surfaces when (`past/`).

mod close;
mod error;
mod fill;
mod make;
mod model;
mod read;
mod record;
mod table;
mod trash;

#[cfg(test)]
mod tests;

pub use close::{close, reopen};
pub use error::LoopError;
pub use fill::{change_filling, empty, fill, fill_with};
pub use make::{change_loop, make_loop, make_loop_with, note_asked, note_surfaced};
pub use model::{
    Closing, Filling, FillingChange, KeptFilling, Loop, LoopChange, LoopFilter, LoopRow, NewFilling, NewLoop,
    Part,
};
pub use read::{get_loop, list_loops, loops_of_entry};
pub use trash::{erase_loop, restore_loop, trash_loop};

pub(crate) use table::project;
pub(crate) use table::{gains_unasked, row_of as loop_row, touched_between};
