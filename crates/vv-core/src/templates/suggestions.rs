//! Templates to begin with. They are data in files beside this one, one for each language; whoever takes one changes its words as they like.

use serde::Deserialize;

use super::model::TemplateWords;
use crate::language::Language;

const ENGLISH: &str = include_str!("suggestions.en.json");
const GERMAN: &str = include_str!("suggestions.de.json");

#[derive(Deserialize)]
struct Suggestion {
    name: String,
    title: String,
    text: Vec<String>,
    tags: Vec<String>,
}

/// Lists the suggestions in a language.
pub fn list_suggestions(language: Language) -> Vec<TemplateWords> {
    let file = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    };
    let read: Vec<Suggestion> =
        serde_json::from_str(file).expect("the file of suggestions is part of the program and was tested");
    let words = |one: Suggestion| TemplateWords {
        name: one.name,
        title: one.title,
        text: one.text.join("\n"),
        tags: one.tags,
    };
    read.into_iter().map(words).collect()
}
