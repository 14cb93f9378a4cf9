//! From the core's voice notes to what a screen is shown.

use vv_core::voice as core;

use crate::model::voice::{MarkView, RecoveredVoice, VoiceView};

impl From<core::Voice> for VoiceView {
    fn from(voice: core::Voice) -> Self {
        let mark = |mark: core::Mark| MarkView { at_ms: mark.at_ms, name: mark.name };
        Self {
            duration_ms: voice.duration_ms,
            peaks: voice.peaks,
            marks: voice.marks.into_iter().map(mark).collect(),
            cut_short: voice.cut_short,
        }
    }
}

impl From<core::Recovered> for RecoveredVoice {
    fn from(recovered: core::Recovered) -> Self {
        Self { entry: recovered.entry, attachment: recovered.attachment.into() }
    }
}
