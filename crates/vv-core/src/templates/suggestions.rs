//! Templates to begin with. They are data in a file beside this one; whoever takes one changes its words as they like.

use serde::Deserialize;

use super::model::TemplateWords;

const ENGLISH: &str = include_str!("suggestions.en.json");

#[derive(Deserialize)]
struct Suggestion {
    name: String,
    title: String,
    text: Vec<String>,
    tags: Vec<String>,
}

/// Lists the suggestions.
pub fn list_suggestions() -> Vec<TemplateWords> {
    let read: Vec<Suggestion> =
        serde_json::from_str(ENGLISH).expect("the file of suggestions is part of the program and was tested");
    let words = |one: Suggestion| TemplateWords {
        name: one.name,
        title: one.title,
        text: one.text.join("\n"),
        tags: one.tags,
    };
    read.into_iter().map(words).collect()
}
