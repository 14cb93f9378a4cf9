//! Requests and views of voice notes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{AttachmentId, EntryId};

use super::journal::AttachmentView;
use crate::error::ApiError;

/// Shows what is known of a voice note beside its file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceView {
    /// Its length in milliseconds.
    #[ts(type = "number")]
    pub duration_ms: u64,
    /// How loud it was, in steps of equal length from beginning to end: 0 for silence, 255 for the loudest there can be.
    pub peaks: Vec<u8>,
    /// The moments that were marked, in order.
    pub marks: Vec<MarkView>,
    /// Whether it ended without being stopped: the program or the microphone went away.
    pub cut_short: bool,
}

/// Shows a moment of a voice note that was marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MarkView {
    /// Milliseconds from the beginning.
    #[ts(type = "number")]
    pub at_ms: u64,
    /// Its name; empty when it has none.
    pub name: String,
}

/// Says what the recorder is doing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum VoicePhase {
    /// Nothing is recorded.
    #[default]
    Idle,
    /// It listens.
    Recording,
    /// It waits and does not listen.
    Paused,
}

/// Shows the recording that runs. Published as the event `voice` several times a second while it does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceState {
    /// What it is doing.
    pub phase: VoicePhase,
    /// The entry it belongs to; of the last one when nothing is recorded.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// How much was heard, in milliseconds.
    #[ts(type = "number")]
    pub ms: u64,
    /// How loud it is, as the peaks of a note.
    pub level: u8,
    /// The moments that were marked.
    #[ts(type = "number[]")]
    pub marks: Vec<u64>,
    /// What became of the last one, when nothing is recorded and there was one.
    pub ended: Option<VoiceEnded>,
}

/// Tells what became of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct VoiceEnded {
    /// The file it became; none when nothing was heard, or when it was discarded.
    pub attachment: Option<AttachmentView>,
    /// Why it ended, when nobody stopped it.
    pub trouble: Option<ApiError>,
}

/// Asks to record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StartVoice {
    /// The entry it shall belong to; none makes a new one.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
    /// What it shall be called.
    pub name: String,
}

/// Asks to change a mark of a voice note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChangeMark {
    /// The file.
    #[ts(type = "string")]
    pub id: AttachmentId,
    /// The moment, in milliseconds from the beginning.
    #[ts(type = "number")]
    pub at_ms: u64,
    /// Its name; none takes the mark away.
    pub name: Option<String>,
}

/// Tells of a recording that a crash left and that was brought back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RecoveredVoice {
    /// The entry it belongs to.
    #[ts(type = "string")]
    pub entry: EntryId,
    /// The file it became.
    pub attachment: AttachmentView,
}
