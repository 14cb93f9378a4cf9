//! Templates: pages a person begins entries from, in their own words, with places that are filled when an entry is begun.
//!
//! A template is one object in the log. `fill.rs` turns it into the beginning of an entry; it knows no language: how a day or a
//! weekday is written comes from whoever asks. Some to begin with are data, in `suggestions.rs`. Start at `model.rs`.
//!
//! Not here: guides (`guides/`), which ask step by step and lead somewhere.

mod error;
mod fill;
mod model;
mod record;
mod suggestions;
mod table;
mod verbs;

#[cfg(test)]
mod tests;

pub use error::TemplateError;
pub use fill::{Filled, Now, fill, questions};
pub use model::{Template, TemplateWords};
pub use suggestions::list_suggestions;
pub use verbs::{delete_template, get_template, list_templates, save_template};

pub(crate) use table::project;
