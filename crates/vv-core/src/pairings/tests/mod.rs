//! What happens in pairings, alone and between two, over months of a clock that is set by hand.

mod alone;
mod awkward;
mod desk;
mod endings;
mod stories;
mod together;
mod two;
