//! The journal: entries, their tags, dates and files, their text while it is edited, their history, their trash.
//!
//! A verb takes `&Reader` or `&mut Tx`; it checks what it was given and commits operations, and writes no row itself. Verbs
//! that also touch files, or keep something for an editor between calls, take the `Notebook`. Start at `model.rs`, then
//! `create.rs` and `record.rs`; `editors.rs` is how a text is edited by several at once without a lost sentence.
//!
//! Not here: search (it reads the same tables), import and export.

pub(crate) mod attach;
pub(crate) mod change;
mod compare;
mod create;
mod delete;
mod editors;
mod error;
mod get;
mod list;
mod model;
pub(crate) mod moment;
pub(crate) mod owner;
mod picture;
pub(crate) mod read_attachment;
pub(crate) mod record;
mod recover;
mod table;
pub(crate) mod tag;
pub(crate) mod text;
mod trash;
mod versions;

#[cfg(test)]
mod tests;

pub use attach::{
    Attached, PreparedFile, add_file, attach_bytes, attach_path, prepare_file, remove_attachment,
};
pub use change::change_entry;
pub(crate) use compare::splices;
pub use create::{LongText, create_entries, create_entry, create_with_long_text};
pub use delete::{Deleted, delete_entry, empty_trash, remove_leftovers};
pub use editors::{Editor, Editors, close_editor, keep_draft, open_editor, save_text};
pub use error::JournalError;
pub use get::{find_by_source, get_entry, get_row};
pub use list::{count_entries, find_link, list_entries, list_tags, locate_entry, read_calendar};
pub use model::{
    Attachment, CalendarDay, ComparedStretch, Entry, EntryChange, EntryFilter, EntryOrigin, EntryPage,
    EntryRow, LinkTarget, NewEntry, Place, SavedText, Source, Splice, StretchChange, TagCount, Version,
    VersionRow,
};
pub use moment::Moment;
pub use picture::{Picture, find_mime};
pub use read_attachment::{get_attachment, read_attachment, save_attachment_to, thumbnail};
pub use recover::{recover_drafts, settle_editors};
pub use tag::{MAX_TAG_CHARS, MAX_TAGS};
pub use text::{MAX_TEXT_BYTES, MAX_TITLE_CHARS, count_words, excerpt, text_from_bytes};
pub use trash::{restore_entry, trash_entry};
pub use versions::{list_versions, read_version, restore_version};

pub(crate) use get::{entry_to_take_out, text_of_entry};
pub(crate) use picture::{can_open, for_print};
pub(crate) use read_attachment::{all_attachments, blob_of_attachment};
pub(crate) use table::project::{project, show_names_anew};
pub(crate) use tag::tag_key;
