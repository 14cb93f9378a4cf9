//! Bringing a journal in and taking it out.
//!
//! Import reads a folder into drafts (`note.rs` a Markdown file, `own_json.rs` a line of our own export), which are plain data
//! and pure to make; `write.rs` decides what each draft is in this notebook and commits it. The same folder twice changes
//! nothing: an entry is found again by where it came from, and a fingerprint says whether that changed. Export writes beside
//! its place and is renamed when it is whole.
//!
//! Not here: backups, which keep everything and stay sealed.

mod book;
mod draft;
mod error;
mod export;
mod export_files;
mod export_html;
mod export_json;
mod export_markdown;
#[cfg(test)]
mod export_tests;
mod file_name;
mod folder;
mod front_matter;
mod html_text;
mod import;
mod links;
mod marked;
mod model;
mod note;
mod notes;
mod own_json;
mod own_objects;
#[cfg(test)]
mod tests;
mod when;
mod wording;
mod write;

pub use error::PortabilityError;
pub use export::export;
pub use import::import;
pub use model::{
    ExportChoice, ExportFormat, ExportJournal, ExportReport, ImportFormat, ImportJournal, ImportReport,
    ImportedAttachments, KeptField, Progress, SkippedItem, Watch,
};
#[cfg(any(test, feature = "demo"))]
pub(crate) use write::replace_text;
