//! Requests and views of pictures: what is counted for them, and saving one.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Asks for what is counted over a stretch of days.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReadGrowth {
    /// From this day.
    pub from: NaiveDate,
    /// To this day, inclusive.
    pub to: NaiveDate,
    /// How many tags or words at most.
    pub most: u16,
}

/// Shows the tags of a stretch, month by month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopicsView {
    /// The first day of each month, in order.
    pub months: Vec<NaiveDate>,
    /// The tags, most used first.
    pub topics: Vec<TopicView>,
}

/// Counts the entries with one tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TopicView {
    /// The tag.
    pub tag: String,
    /// Entries in all.
    pub entries: u32,
    /// Entries of each month.
    pub by_month: Vec<u32>,
}

/// Counts the entries in which a word stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct YearWord {
    /// The word.
    pub word: String,
    /// Entries in which it stands.
    pub entries: u32,
}

/// Asks to write a picture that the page has drawn.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavePicture {
    /// Where to write it; a file of that name is replaced, because the dialog asked.
    pub path: String,
    /// As which kind.
    pub kind: PictureKind,
    /// The drawing as text for SVG, and in Base64 for PNG.
    pub content: String,
}

/// Names a kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum PictureKind {
    /// Dots.
    Png,
    /// Lines and text.
    Svg,
}

/// Shows a week of the braid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct BraidWeek {
    /// Its Monday.
    pub from: NaiveDate,
    /// Minutes in which this person learned.
    pub learn: u32,
    /// Minutes in which this person taught.
    pub teach: u32,
}
