//! Templates as they are read and written.

use crate::ids::TemplateId;

/// Holds the words of a template.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TemplateWords {
    /// What it is called in lists; one line, never empty once it is kept.
    pub name: String,
    /// The title an entry begins with; may hold places to fill.
    pub title: String,
    /// The Markdown an entry begins with; may hold places to fill.
    pub text: String,
    /// The tags an entry begins with.
    pub tags: Vec<String>,
}

/// Is a template of the person's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its object.
    pub id: TemplateId,
    /// Its words.
    pub words: TemplateWords,
}
