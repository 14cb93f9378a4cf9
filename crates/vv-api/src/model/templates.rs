//! Requests and views of templates: pages that entries begin from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::TemplateId;

/// Shows a template, or a suggestion for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// Its id; none for a suggestion that is not the person's own yet.
    #[ts(type = "string | null")]
    pub id: Option<TemplateId>,
    /// What it is called.
    pub name: String,
    /// The title an entry begins with, with its places to fill.
    pub title: String,
    /// The Markdown an entry begins with, with its places to fill.
    pub text: String,
    /// The tags an entry begins with.
    pub tags: Vec<String>,
    /// The questions that are asked before an entry begins.
    pub questions: Vec<String>,
}

/// Lists templates and suggestions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateList {
    /// The person's own, by name.
    pub own: Vec<TemplateView>,
    /// What one can begin from.
    pub suggestions: Vec<TemplateView>,
}

/// Keeps a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SaveTemplate {
    /// Which one; none makes a new one.
    #[ts(type = "string | null")]
    pub id: Option<TemplateId>,
    /// What it is called.
    pub name: String,
    /// The title an entry begins with.
    pub title: String,
    /// The Markdown an entry begins with.
    pub text: String,
    /// The tags an entry begins with.
    pub tags: Vec<String>,
}

/// Fills a template. Day, weekday and time come as the interface writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FillTemplate {
    /// Which one.
    #[ts(type = "string")]
    pub id: TemplateId,
    /// An answer to each question, in their order.
    pub answers: Vec<String>,
    /// The day.
    pub date: String,
    /// The name of the day of the week.
    pub weekday: String,
    /// The time of day.
    pub time: String,
}

/// Shows the beginning of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilledTemplate {
    /// The title.
    pub title: String,
    /// The text.
    pub text: String,
    /// Where one begins to write, in UTF-16 units.
    pub cursor: u32,
    /// The tags.
    pub tags: Vec<String>,
}
