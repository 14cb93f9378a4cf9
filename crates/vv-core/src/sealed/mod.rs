//! Answers that are revealed together or not at all: commit and reveal.
//!
//! Whoever answers commits first: a hash over the space, the matter, themselves, 32 random bytes and the answer goes into the
//! home; the answer and its random bytes stay in the journal until everyone who is asked has committed. Then each device reveals
//! by itself. `core.rs` is pure and holds all rules; `record.rs` has them as records; the verbs are in `verbs.rs`, what is shown in
//! `view.rs`. In a home that is the journal there is nobody to wait for: an answer is simply kept.
//!
//! Not here: what is asked. That is a matter of `meetings/`, `feedback/` and `pulses/`.

mod core;
#[cfg(test)]
mod core_tests;
mod matter;
mod record;
mod verbs;
mod view;

pub use matter::Matter;
pub use verbs::keep_up;
pub use view::{SealState, Sealed};

pub(crate) use record::{OWN_DONE, OWN_OF, matter_of};
pub(crate) use verbs::{commit, skip, the_two};
pub(crate) use view::{read, settled};
