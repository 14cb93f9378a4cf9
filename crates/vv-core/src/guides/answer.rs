//! Answers: what a person gave to one prompt, and to which round and line of it.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{NaiveDate, NaiveTime};

use super::error::Refusal;
use super::model::{Capture, CaptureKind, Criterion};
use crate::ids::EntryId;

/// Bytes an answer may have. Longer texts are entries.
pub const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Holds an answer. Words are kept exactly as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Text of one line or several.
    Words(String),
    /// Lines, each by itself.
    Lines(Vec<MarkedLine>),
    /// The id of an option, or own words where those are allowed.
    Choice(String),
    /// A mark on a scale.
    Rating(u32),
    /// A day.
    Day(NaiveDate),
    /// A day and, when it is known, a time on the clock of the place.
    Moment {
        /// The day.
        on: NaiveDate,
        /// The time.
        time: Option<NaiveTime>,
    },
    /// Done or not.
    Tick(bool),
    /// An entry of the journal, with the title it had.
    Entry {
        /// The entry.
        id: EntryId,
        /// What it is called.
        title: String,
    },
    /// The level of each criterion of a rubric, by its id, from 1.
    Rubric(BTreeMap<String, u32>),
}

/// Holds one of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MarkedLine {
    /// Its words.
    pub text: String,
    /// Whether it was marked.
    pub marked: bool,
}

impl Answer {
    /// Says whether it says nothing. A tick that is not set says nothing either.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Words(text) | Self::Choice(text) => text.trim().is_empty(),
            Self::Lines(lines) => lines.iter().all(|line| line.text.trim().is_empty()),
            Self::Tick(done) => !done,
            Self::Rubric(levels) => levels.is_empty(),
            Self::Rating(_) | Self::Day(_) | Self::Moment { .. } | Self::Entry { .. } => false,
        }
    }

    /// Checks that it is what a capture asks for.
    pub(super) fn fits(&self, capture: &Capture) -> Result<(), Refusal> {
        let fits = match (self, capture.kind) {
            (Self::Words(text), CaptureKind::Line) => !text.contains('\n'),
            (Self::Words(_), CaptureKind::Text) | (Self::Day(_), CaptureKind::Day) => true,
            (Self::Moment { .. }, CaptureKind::Moment) | (Self::Tick(_), CaptureKind::Tick) => true,
            (Self::Entry { .. }, CaptureKind::Entry) => true,
            (Self::Lines(lines), CaptureKind::Lines) => {
                lines.len() <= capture.most.unwrap_or(40) as usize
                    && lines
                        .iter()
                        .all(|line| !line.text.contains('\n') && (!line.marked || capture.mark.is_some()))
            }
            (Self::Choice(chosen), CaptureKind::Choice) => {
                capture.own || capture.options.iter().any(|option| option.id == *chosen)
            }
            (Self::Rating(mark), CaptureKind::Rating) => {
                (capture.least.unwrap_or(1)..=capture.most.unwrap_or(5)).contains(mark)
            }
            (Self::Rubric(levels), CaptureKind::Rubric) => levels.iter().all(|(id, level)| {
                let known = capture.criteria.iter().find(|one| one.id == *id);
                known.is_some_and(|one| (1..=one.levels.len()).contains(&(*level as usize)))
            }),
            _ => false,
        };
        if !fits {
            return Err(Refusal::WrongKind);
        }
        let bytes = match self {
            Self::Words(text) | Self::Choice(text) | Self::Entry { title: text, .. } => text.len(),
            Self::Lines(lines) => lines.iter().map(|line| line.text.len() + 8).sum(),
            _ => 0,
        };
        if bytes > MAX_ANSWER_BYTES { Err(Refusal::TooLong) } else { Ok(()) }
    }

    /// Gives it as words, for placeholders and comparisons. A tick has its words in no language: `yes` or `no`.
    pub fn words(&self, capture: &Capture) -> String {
        match self {
            Self::Words(text) => text.clone(),
            Self::Lines(lines) => {
                let said = lines.iter().map(|line| line.text.trim()).filter(|text| !text.is_empty());
                said.collect::<Vec<_>>().join("; ")
            }
            Self::Choice(chosen) => {
                let option = capture.options.iter().find(|option| option.id == *chosen);
                option.map_or_else(|| chosen.clone(), |option| option.text.clone())
            }
            Self::Rating(mark) => mark.to_string(),
            Self::Day(on) => on.to_string(),
            Self::Moment { on, time: Some(time) } => format!("{on} {}", time.format("%H:%M")),
            Self::Moment { on, time: None } => on.to_string(),
            Self::Tick(done) => if *done { "yes" } else { "no" }.to_owned(),
            Self::Entry { title, .. } => title.clone(),
            Self::Rubric(levels) => {
                let row = |one: &Criterion| {
                    let level = *levels.get(&one.id)?;
                    let said = one.levels.get((level as usize).checked_sub(1)?)?;
                    Some(format!("{}: {level}, {said}", one.text))
                };
                capture.criteria.iter().filter_map(row).collect::<Vec<_>>().join("; ")
            }
        }
    }
}

/// Names an answer: the prompt, the round of a phase that repeats, and the line it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AnswerKey {
    /// The prompt.
    pub prompt: String,
    /// The round, from 1.
    pub round: u32,
    /// The marked line it is about, from 1; none for most.
    pub line: Option<u32>,
}

impl AnswerKey {
    /// Names the answer to a prompt that comes once.
    pub fn of(prompt: &str) -> Self {
        Self { prompt: prompt.to_owned(), round: 1, line: None }
    }
}

impl fmt::Display for AnswerKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.prompt)?;
        if self.round > 1 {
            write!(f, "#{}", self.round)?;
        }
        self.line.map_or(Ok(()), |line| write!(f, "~{line}"))
    }
}

impl FromStr for AnswerKey {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let number =
            |text: &str| text.parse::<u32>().ok().filter(|number| *number > 0).ok_or(Refusal::NotAsked);
        let (rest, line) = match text.split_once('~') {
            Some((rest, line)) => (rest, Some(number(line)?)),
            None => (text, None),
        };
        let (prompt, round) = match rest.split_once('#') {
            Some((prompt, round)) => (prompt, number(round)?),
            None => (rest, 1),
        };
        if prompt.is_empty() {
            Err(Refusal::NotAsked)
        } else {
            Ok(Self { prompt: prompt.to_owned(), round, line })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_as_they_were_written() {
        for text in ["why", "why#2", "why~3", "why#2~3"] {
            assert_eq!(text.parse::<AnswerKey>().unwrap().to_string(), text);
        }
        for text in ["", "#2", "why#0", "why~x"] {
            assert!(text.parse::<AnswerKey>().is_err(), "{text}");
        }
    }
}
