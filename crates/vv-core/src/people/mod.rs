//! People: those whom a person names in what they write.
//!
//! A person is one object in the log: a name, other names, a line about them. An entry names somebody by a link that Markdown
//! knows, `[@Katie Moran](person:ID)` (see `mention.rs`); the name of today is shown in its place, so a renamed person has the new
//! name everywhere and no entry is written again. Two that turn out to be one are led together and can be parted
//! (`directory.rs`). Who helped with what stands in `helped/`. Start at `model.rs`, then `verbs.rs`.
//!
//! Not here: members of spaces and their accounts. A person is only what somebody wrote about them.

mod directory;
mod error;
mod mention;
mod merge;
mod model;
mod read;
mod record;
mod table;
mod verbs;

#[cfg(test)]
mod tests;

pub use error::PersonError;
pub use mention::mention_of;
pub use merge::{merge_people, part_people};
pub use model::{Named, NamingEntry, Person, PersonRow, PersonWords};
pub use read::{find_people, get_person, list_people, name_everybody, people_of_entry};
pub use verbs::{delete_person, find_or_meet, save_person};

pub(crate) use directory::Directory;
pub(crate) use mention::{mentioned, with_names};
pub(crate) use read::who_goes_by;
pub(crate) use table::{forget_entry, note_entry, project};
