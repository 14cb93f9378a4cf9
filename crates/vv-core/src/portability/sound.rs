//! How what is known of a voice note leaves and comes back: beside its file, in JSON whole, in front matter for eyes.

use data_encoding::BASE64;
use serde::{Deserialize, Serialize};
use serde_yaml_ng::{Mapping, Value};

use crate::voice::{Mark, Voice};

/// The most peaks and marks that are read: a note of this program has fewer by far.
const MOST_PEAKS: usize = 4_096;
const MOST_MARKS: usize = 4_096;
const LONGEST_NAME: usize = 400;
/// The longest note that is believed, in milliseconds: a month.
const LONGEST: u64 = 31 * 86_400_000;

/// Is a voice note as it stands in JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct VoiceFacts {
    duration_ms: u64,
    /// The peaks, a byte each, in Base64.
    #[serde(default)]
    peaks: String,
    #[serde(default)]
    marks: Vec<MarkFacts>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    cut_short: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct MarkFacts {
    at_ms: u64,
    #[serde(default)]
    name: String,
}

impl VoiceFacts {
    pub(super) fn write(voice: &Voice) -> Self {
        let mark = |mark: &Mark| MarkFacts { at_ms: mark.at_ms, name: mark.name.clone() };
        Self {
            duration_ms: voice.duration_ms,
            peaks: BASE64.encode(&voice.peaks),
            marks: voice.marks.iter().map(mark).collect(),
            cut_short: voice.cut_short,
        }
    }

    /// Reads what was written. What cannot be is left out: the sound itself stands in the file.
    pub(super) fn read(self) -> Voice {
        let duration_ms = self.duration_ms.min(LONGEST);
        let mut marks: Vec<Mark> = self
            .marks
            .into_iter()
            .filter(|mark| mark.at_ms <= duration_ms)
            .take(MOST_MARKS)
            .map(|mark| Mark { at_ms: mark.at_ms, name: mark.name.chars().take(LONGEST_NAME).collect() })
            .collect();
        marks.sort_by_key(|mark| mark.at_ms);
        marks.dedup_by_key(|mark| mark.at_ms);
        let mut peaks = BASE64.decode(self.peaks.as_bytes()).unwrap_or_default();
        peaks.truncate(MOST_PEAKS);
        Voice { duration_ms, peaks, marks, cut_short: self.cut_short }
    }
}

/// Lists length and marks for front matter, as a person reads them.
pub(super) fn front_matter(voice: &Voice) -> Mapping {
    let mut facts = Mapping::new();
    facts.insert("length".into(), clock(voice.duration_ms).into());
    if !voice.marks.is_empty() {
        let mark = |mark: &Mark| {
            let mut one = Mapping::new();
            one.insert("at".into(), clock(mark.at_ms).into());
            if !mark.name.is_empty() {
                one.insert("name".into(), mark.name.clone().into());
            }
            Value::Mapping(one)
        };
        facts.insert("marks".into(), Value::Sequence(voice.marks.iter().map(mark).collect()));
    }
    facts
}

/// Writes a length as `1:02:03.4`, without what is nothing.
pub(super) fn clock(ms: u64) -> String {
    let (tenths, seconds) = (ms / 100 % 10, ms / 1_000);
    let part = if tenths > 0 { format!(".{tenths}") } else { String::new() };
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}{part}")
    } else {
        format!("{minutes}:{seconds:02}{part}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_reads_as_it_was_written() {
        let marks = vec![Mark { at_ms: 0, name: "begin".into() }, Mark { at_ms: 9, name: String::new() }];
        let voice = Voice { duration_ms: 9, peaks: vec![0, 128, 255], marks, cut_short: true };
        let text = serde_json::to_string(&VoiceFacts::write(&voice)).unwrap();
        assert_eq!(serde_json::from_str::<VoiceFacts>(&text).unwrap().read(), voice);
    }

    #[test]
    fn what_makes_no_sense_costs_itself_and_not_the_sound() {
        let text = r#"{"duration_ms": 99999999999999, "peaks": "?", "marks": [{"at_ms": 5}, {"at_ms": 5, "name": "b"}]}"#;
        let voice = serde_json::from_str::<VoiceFacts>(text).unwrap().read();
        assert_eq!((voice.duration_ms, voice.peaks.len(), voice.marks.len()), (LONGEST, 0, 1));
    }

    #[test]
    fn lengths_are_written_as_clocks_do() {
        let written = [0, 900, 61_000, 3_723_400].map(clock);
        assert_eq!(written, ["0:00", "0:00.9", "1:01", "1:02:03.4"]);
    }
}
