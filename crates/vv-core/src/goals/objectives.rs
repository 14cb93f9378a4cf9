//! Templates for objectives: what many people at work set out to get better at, each with behaviours one can observe.
//!
//! They are data in files beside this one, one for each language; whoever takes one changes its words as they like.

use serde::Deserialize;

use crate::language::Language;

const ENGLISH: &str = include_str!("objectives.en.json");
const GERMAN: &str = include_str!("objectives.de.json");

/// Describes an objective that a goal can begin from.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Objective {
    /// Its key, the same in every language.
    pub key: String,
    /// Its name.
    pub title: String,
    /// What it is about, in one sentence.
    pub about: String,
    /// What others would see.
    pub behaviours: Vec<String>,
}

/// Lists the templates in a language.
pub fn list_objectives(language: Language) -> Vec<Objective> {
    let file = match language {
        Language::English => ENGLISH,
        Language::German => GERMAN,
    };
    serde_json::from_str(file).expect("the file of objectives is part of the program and was tested")
}
