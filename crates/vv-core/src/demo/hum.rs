//! The voice note of the sample notebook: a tone that swells and falls, since nobody's voice is lent to it, and says so in its
//! name.

use crate::ids::EntryId;
use crate::notebook::Notebook;
use crate::voice::{RATE, Recording, VoiceError, change_mark};

/// The entry it belongs to.
pub(super) const PAGE: &str = "helen-line";
const NAME: &str = "A tone in place of a voice";
const SECONDS: u32 = 24;
/// When somebody marked it, and what the mark is called.
const MARK: (u64, &str) = (13_500, "the minute she wanted");

/// Records it.
pub(super) fn record(notebook: &Notebook, entry: EntryId) -> Result<(), VoiceError> {
    let mut recording = Recording::begin(notebook, entry, NAME)?;
    for second in 0..SECONDS {
        let samples: Vec<f32> = (second * RATE..(second + 1) * RATE).map(tone).collect();
        recording.hear(notebook, &samples)?;
    }
    if let Some(file) = recording.finish(notebook, false)? {
        notebook.write(|tx| change_mark(tx, file.id, MARK.0, Some(MARK.1)))?;
    }
    Ok(())
}

fn tone(at: u32) -> f32 {
    let time = at as f32 / RATE as f32;
    let wave: f32 = (1..4).map(|n| (time * 165.0 * n as f32 * std::f32::consts::TAU).sin() / n as f32).sum();
    let words = (time * 5.1).sin().abs();
    let breath = (time * 0.9).sin().max(0.0).sqrt();
    wave * words * breath * (0.35 + 0.25 * (time * 0.31).sin())
}
