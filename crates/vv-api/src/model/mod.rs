//! Requests and views: everything that crosses between the core and a screen or terminal, and nothing else.
//!
//! One request type and one view type per command. They become TypeScript through `typescript`, so a change here is a change
//! of the interface. Keys never stand in a view; passphrases only go in.

mod agreements;
pub mod devices;
pub mod events;
pub mod goals;
pub mod growth;
pub mod guides;
pub mod intentions;
pub mod journal;
pub mod loops;
pub mod meetings;
pub mod notebook;
mod own_guides;
pub mod pairing_asks;
pub mod pairings;
pub mod past;
pub mod people;
pub mod portability;
pub mod search;
pub mod settings;
pub mod spaces;
pub mod sync;
pub mod templates;
pub mod voice;
