//! What a guide of several people says beyond one for a person alone: who writes while another speaks, what is laid beside a
//! question, rubrics, and what a programme is made of. A part of the format, like `model.rs`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::model::Capture;

/// Says who writes while somebody speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Writes {
    /// Whoever speaks.
    #[default]
    Speaker,
    /// Whoever listens.
    Listener,
}

/// Names something of a pairing that is laid beside a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Beside {
    /// What was promised and is open.
    Promises,
    /// What was written down the last time.
    LastSession,
    /// What the two want to reach.
    Goals,
    /// What they agreed on.
    Agreement,
}

/// Describes what one row of a rubric looks at.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub text: String,
    /// What is seen at each level, from the lowest.
    pub levels: Vec<String>,
}

/// Says when a rubric calls somebody ready.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ready {
    /// Every criterion lies above this level…
    pub above: u32,
    /// …and these reach at least…
    pub of: Vec<String>,
    /// …this one.
    pub at_least: u32,
}

/// Describes one part of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlannedPart {
    /// Its name for programs.
    pub id: String,
    /// Its name for people; none means the title of its guide.
    #[serde(default)]
    pub name: Option<String>,
    /// The guide it follows; none for what is only a date.
    #[serde(default)]
    pub guide: Option<String>,
    /// With whom it is.
    pub with: With,
    /// Only who has this role takes part.
    #[serde(default)]
    pub role: Option<String>,
    /// Days from the beginning of the programme.
    pub day: u32,
}

/// Says with whom a part of a programme is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum With {
    /// Alone.
    Own,
    /// With the other of the pairing.
    Pair,
    /// With others in the same role.
    Circle,
}

impl Capture {
    /// Says whether levels call somebody ready; none where the rubric has no word on it or a level is missing.
    pub fn is_ready(&self, levels: &BTreeMap<String, u32>) -> Option<bool> {
        let ready = self.ready.as_ref()?;
        let level = |id: &String| levels.get(id).copied();
        let all: Option<Vec<u32>> = self.criteria.iter().map(|one| level(&one.id)).collect();
        let some: Option<Vec<u32>> = ready.of.iter().map(level).collect();
        let is_above = all?.into_iter().all(|level| level > ready.above);
        Some(is_above && some?.into_iter().all(|level| level >= ready.at_least))
    }
}
