//! Events: what the host tells a screen without being asked.
//!
//! They carry no facts of the journal, only that facts changed; whoever shows them loads them again.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Names a group of facts that change together. A screen reloads what it shows when its topics change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Entries, their tags, history and trash.
    Journal,
    /// The search index took something in.
    Search,
    /// The state of the notebook: open, locked, its key, its kit, its backups.
    Notebook,
    /// Files of entries.
    Files,
    /// Loops, goals and intentions.
    Loops,
    /// What returns.
    Past,
    /// Guides of one's own, and runs of guides.
    Guides,
    /// Pages that entries begin from.
    Templates,
    /// People, and notes of who helped.
    People,
    /// The settings of this computer.
    Settings,
    /// How sync stands: its state, places, alarms.
    Sync,
    /// The person's devices, and a linking that goes on.
    Devices,
    /// Spaces: their members, readers, invitations and requests.
    Spaces,
    /// Pairings: what two people agreed, plan, promised and wrote.
    Pairings,
}

/// Says that facts changed, here or by another program. Published as the event `changed`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// Which ones.
    pub topics: Vec<Topic>,
}

/// Lists the events: the name and the TypeScript type of what each carries. On `flush` the page saves what is unsaved and
/// answers by the shell's call `shell_flushed`: the window closes, the notebook locks, or the computer sleeps.
pub const EVENTS: &[(&str, &str)] =
    &[("changed", "Changed"), ("progress", "Progress"), ("voice", "VoiceState"), ("flush", "null")];
