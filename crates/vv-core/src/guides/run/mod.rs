//! The engine: one guide, one run, one step at a time. Pure: what goes in is the guide, the run as it stands, an event and
//! what lies around it (the time, earlier runs); what comes out is the run afterwards, or why the event is not taken.
//!
//! Start at `state.rs` for what a run holds, then `engine.rs`. `steps.rs` lays out the steps, `sight.rs` says who may read
//! which answer, `notes.rs` looks at the checks of the guide, `clock.rs` counts time that forces nothing.
//!
//! Not here: where runs are kept (`guides/runs.rs`), and what is made of a finished one (`guides/outcome.rs`).

pub mod clock;
pub mod engine;
pub mod notes;
pub mod sight;
pub mod state;
pub mod steps;

pub use clock::RunClock;
pub use engine::{Event, apply, begin};
pub use notes::{Note, look};
pub use sight::{Sight, sight_of};
pub use state::{Around, Earlier, Form, Participant, RunState, SOLO, Status};
pub use steps::{END, Field, Step, fields, steps};
