//! The product without a screen.
//!
//! ```text
//! notebook.rs   the open, unlocked notebook: read, write, backup, verify
//! ports.rs      what a host provides
//! excerpts/     lines of an entry that go into a pairing; thanks/ beside it
//! feedback/     in both directions, sealed; pulses/ beside it
//! growth/       a year from afar: topics by month, its words
//! guides/       guides as data, the engine that runs them, what comes of a run
//! identity/     account, device, the journal space and its first epoch
//! journal/      entries, their texts, versions, files, the trash
//! linking/      a further device joins, and both sides see the same seven pictures
//! loops/        what is being learned, in four parts; goals/ and intentions/ beside it
//! meetings/     a guide that two people run in their pairing
//! pairings/     two who learn from each other: what they agreed, promised, tried and noticed
//! past/         what comes back: on this day, still true, the page of a day, when to remind
//! people/       those whom entries name; helped/ beside it: who helped with what
//! portability/  journals brought in, and taken out
//! search/       the index and what is asked of it
//! sealed/       answers that are revealed together or not at all
//! spaces/       what people share: who belongs to it, and the keys that follow
//! templates/    pages that entries begin from
//! voice/        voice notes: sound that is recorded into an entry
//! sync/         spaces on their way through folders and servers
//! store/        the log, what is merged from it, files, backups
//! ```
//! A feature's verbs take `&mut Tx` or `&Reader`; they return operations and never write a row themselves.

pub mod day;
#[cfg(any(test, feature = "demo"))]
pub mod demo;
pub mod devices;
pub mod excerpts;
pub mod feedback;
pub mod goals;
pub mod growth;
pub mod guides;
pub mod helped;
pub(crate) mod identity;
pub mod ids;
pub mod intentions;
pub mod journal;
pub mod kit;
pub mod language;
pub mod linking;
pub mod loops;
pub mod meetings;
pub mod notebook;
pub mod pairings;
pub mod past;
pub mod people;
pub mod portability;
pub mod ports;
pub mod pulses;
pub mod sealed;
pub mod search;
pub mod spaces;
pub mod store;
pub mod sync;
pub mod templates;
pub mod thanks;
pub mod voice;
pub mod words;

pub use notebook::Notebook;
