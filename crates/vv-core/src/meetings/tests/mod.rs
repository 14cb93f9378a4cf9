//! Stories of two people, with a notebook each, who meet in the space of their pairing.

mod alone;
pub(crate) mod pair;
mod programme;
mod sealed;
mod two;
