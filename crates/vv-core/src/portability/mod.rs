//! Bringing a journal in and taking it out.
//!
//! Import opens what is there as a tree of files (`archive/`), finds out what it is (`detect.rs`) and reads it into drafts:
//! `notes.rs` a folder of Markdown files, `own_json.rs` our own export, one folder for each other program. Drafts are plain
//! data; `write.rs` commits what `decide.rs` says each of them is in this notebook. The same thing twice changes nothing: an
//! entry is found again by where it came from, one fingerprint says whether that changed, another whether the person
//! changed it here. Export writes beside its place and is renamed when it is whole.
//!
//! `export_space.rs` takes a space out as it is, sealed and signed, with the keys beside it: for whoever wants to check what this
//! program says, with a program of their own. Not here: backups, which keep everything and stay sealed.

mod archive;
mod book;
mod dayone;
mod decide;
mod detect;
mod draft;
mod error;
mod export;
mod export_files;
mod export_html;
mod export_json;
mod export_markdown;
mod export_people;
mod export_space;
#[cfg(test)]
mod export_tests;
mod file_name;
mod folder;
mod front_matter;
mod html;
mod html_text;
mod import;
mod joplin;
mod jrnl;
mod json_stream;
pub(crate) mod links;
mod marked;
mod model;
mod note;
mod notes;
mod obsidian;
mod own_json;
mod own_objects;
mod rednotebook;
mod sealing;
mod sound;
mod space_files;
mod state;
mod tags;
#[cfg(test)]
mod tests;
mod when;
mod wording;
mod write;

pub use book::print_kit;
pub use error::PortabilityError;
pub use export::export;
pub use export_space::{ExportSpace, SpaceExport, export_space};
pub use import::import;
pub use model::{
    ExportChoice, ExportFormat, ExportJournal, ExportReport, ImportFormat, ImportJournal, ImportReport,
    ImportedAttachments, KeptField, Progress, SkippedItem, Watch,
};
#[cfg(any(test, feature = "demo"))]
pub(crate) use write::replace_text;
