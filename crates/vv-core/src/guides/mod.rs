//! Guides: reflections, and later meetings and programmes, as data that one engine runs.
//!
//! A guide is a TOML file (`model.rs` is its shape, `format.rs` reads it, `sound.rs` judges it; `docs/guide-format.md` explains
//! it to people). Those that come with the app lie in `built_in/`, one folder per language; a person's own are objects
//! (`own.rs`). The engine in `run/` is pure. `runs.rs` keeps runs in the notebook, `finish.rs` ends them, `outcome.rs` says what
//! will come of one. Nothing here knows one guide from another: what is special about a guide stands in its file.

mod answer;
mod built_in;
mod error;
mod finish;
mod format;
mod meeting;
pub mod model;
mod outcome;
mod outputs;
mod own;
pub(crate) mod record;
pub mod run;
mod runs;
mod sound;
mod sound_meeting;
mod table;
mod template;
mod together;

#[cfg(test)]
mod tests;

pub use answer::{Answer, AnswerKey, MAX_ANSWER_BYTES, MarkedLine};
pub use built_in::{BuiltIn, built_in, find_built_in};
pub use error::{FormatError, GuideError, Refusal};
pub use finish::{Chosen, Finished, finish, open_loops};
pub use format::{MAX_FILE_BYTES, parse, parse_bytes};
pub use model::Guide;
pub use outcome::{Outcome, PlannedEntry, PlannedGoal, PlannedIntention, PlannedLoop, outcome, subject};
pub use own::{
    FoundGuide, GuideRow, Imported, copy_guide, delete_guide, find, import_guide, list_guides, row_of,
    save_guide, source_of, trash_guide,
};
pub use runs::{
    Run, RunRow, around, delete_run, earlier_answers, get_run, give, keep_answer, list_runs, minutes_left,
    open, planned_seconds, save_drafts, set_out_before, settle_drafts, start, take,
};
pub use together::{
    PlannedPromise, PlannedSection, Rubric, RubricRow, Together, default_roles, ground_rules, rubric,
    together,
};

pub(crate) use runs::delete_runs_of;
pub(crate) use table::project;
