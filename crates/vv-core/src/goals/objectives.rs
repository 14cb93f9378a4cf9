//! Templates for objectives: what many people at work set out to get better at, each with behaviours one can observe.
//!
//! They are data in a file beside this one; whoever takes one changes its words as they like.

use serde::Deserialize;

const ENGLISH: &str = include_str!("objectives.en.json");

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

/// Lists the templates.
pub fn list_objectives() -> Vec<Objective> {
    serde_json::from_str(ENGLISH).expect("the file of objectives is part of the program and was tested")
}
