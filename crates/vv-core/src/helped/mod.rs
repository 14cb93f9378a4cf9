//! Who helped me: one line each, “who, with what, on what day”, for the eyes of its writer.
//!
//! A note is one object in the log. It may belong to an entry. Notes are listed by person and by subject; people are never set
//! beside each other by a number. Start at `model.rs`, then `verbs.rs`.
//!
//! Not here: thanks, which go to somebody. A number is kept free in the record for the one that a note may lead to.

mod error;
mod model;
mod record;
mod table;
mod verbs;

#[cfg(test)]
mod tests;

pub use error::HelpedError;
pub use model::{Helped, HelpedFilter, NewHelped};
pub use verbs::{
    change_helped, get_helped, list_helped, list_subjects, made_at, note_helped, remove_helped, thanks_for,
};

pub(crate) use table::project;
pub(crate) use verbs::note_thanked;
