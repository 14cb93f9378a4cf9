//! What changed: topics that are raised after a transaction, from here or from another process.

use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};

/// Names a part of the notebook that screens watch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// Entries.
    Journal,
    /// What the search knows.
    Search,
    /// The notebook itself: name, key, kit, backups.
    Notebook,
    /// Attached files.
    Files,
    /// Loops, goals and intentions.
    Loops,
    /// What returns: schedules of entries worth keeping.
    Past,
    /// A person's own guides, and runs of guides.
    Guides,
    /// Pages that entries begin from.
    Templates,
    /// People, and notes of who helped.
    People,
    /// How sync stands.
    Sync,
    /// The devices of the person.
    Devices,
    /// Spaces and their members.
    Spaces,
    /// Pairings and what stands in them.
    Pairings,
}

impl Topic {
    /// Lists every topic.
    pub const ALL: [Self; 13] = [
        Self::Journal,
        Self::Search,
        Self::Notebook,
        Self::Files,
        Self::Loops,
        Self::Past,
        Self::Guides,
        Self::Templates,
        Self::People,
        Self::Sync,
        Self::Devices,
        Self::Spaces,
        Self::Pairings,
    ];
}

/// Tells which parts changed in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The parts.
    pub topics: BTreeSet<Topic>,
}

/// Passes changes on to whoever subscribed.
#[derive(Default)]
pub(crate) struct Subscribers(Mutex<Vec<Sender<Changed>>>);

impl Subscribers {
    pub(crate) fn subscribe(&self) -> Receiver<Changed> {
        let (sender, receiver) = channel();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(sender);
        receiver
    }

    /// Raises topics; a subscriber that went away is forgotten.
    pub(crate) fn publish(&self, topics: BTreeSet<Topic>) {
        if topics.is_empty() {
            return;
        }
        let changed = Changed { topics };
        let mut senders = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        senders.retain(|sender| sender.send(changed.clone()).is_ok());
    }
}
