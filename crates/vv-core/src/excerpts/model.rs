//! Excerpts as they are drafted, previewed and shown.

use chrono::{DateTime, Utc};

use crate::ids::{EntryId, ExcerptId};
use crate::pairings::{Home, Who};

/// Says what became of a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExcerptState {
    /// Nobody else has it.
    Draft,
    /// It was copied into the home.
    Sent,
    /// It was taken back.
    Withdrawn,
}

/// Holds what the journal knows of an excerpt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExcerptDraft {
    /// Its id.
    pub id: ExcerptId,
    /// The entry it was taken from; none when that was deleted for good.
    pub entry: Option<EntryId>,
    /// Where it goes or went; none when that is not on this device.
    pub home: Option<Home>,
    /// What became of it.
    pub state: ExcerptState,
    /// The heading that goes with it; may be empty.
    pub title: String,
    /// The chosen lines, as they were when they were chosen.
    pub text: String,
    /// The numbers of the lines in the entry, from 1, as it was then.
    pub lines: Vec<u32>,
    /// When it was sent.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it was taken back.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Shows exactly what the other will see, read back from what will be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The heading; may be empty.
    pub title: String,
    /// The lines.
    pub text: String,
    /// Bytes that are sealed and sent.
    pub bytes: usize,
}

/// Holds an excerpt as it stands in a home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// Its id.
    pub id: ExcerptId,
    /// Who sent it.
    pub by: Who,
    /// When, as their clock said.
    pub sent_at: DateTime<Utc>,
    /// The heading; may be empty.
    pub title: String,
    /// The lines.
    pub text: String,
    /// What was said to it.
    pub comments: Vec<Comment>,
}

/// Holds a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Whose.
    pub by: Who,
    /// When, as their clock said.
    pub at: DateTime<Utc>,
    /// What.
    pub words: String,
}
