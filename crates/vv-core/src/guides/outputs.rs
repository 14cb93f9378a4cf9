//! What comes of a run, as a guide describes it: an entry, intentions, a goal, a loop; of a run in a pairing also promises,
//! sections of an agreement and the next date. A part of the format, like `model.rs`; `outcome.rs` makes facts of it.

use serde::Deserialize;

use super::model::Condition;

/// Holds what comes of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outputs {
    /// The entry.
    #[serde(default)]
    pub entry: EntryOutput,
    /// Dated intentions.
    #[serde(default)]
    pub intentions: Vec<IntentionOutput>,
    /// A goal.
    #[serde(default)]
    pub goal: Option<GoalOutput>,
    /// A loop with its parts.
    #[serde(default, rename = "loop")]
    pub learning_loop: Option<LoopOutput>,
    /// Promises of whoever answered, for a run in a pairing.
    #[serde(default)]
    pub promises: Vec<PromiseOutput>,
    /// Sections of a draft of the agreement, for a run in a pairing.
    #[serde(default)]
    pub agreement: Vec<AgreementOutput>,
    /// When the people of a run meet next.
    #[serde(default)]
    pub next: Option<NextOutput>,
}

/// Describes the entry.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntryOutput {
    /// Its title, with placeholders; none means the title of the guide.
    #[serde(default)]
    pub title: Option<String>,
    /// Its tags, with placeholders.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Describes an intention. It comes only when every placeholder in its words has an answer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IntentionOutput {
    /// Its words, with placeholders.
    pub text: String,
    /// The prompt that holds its day.
    #[serde(default)]
    pub due: Option<String>,
    /// Days from today when no day was given.
    #[serde(default)]
    pub in_days: Option<u32>,
    /// When it comes; none means always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// The words it comes back beside, with placeholders; none means what was answered in the phase it is made of.
    #[serde(default)]
    pub from: Option<String>,
    /// One for each answer to this prompt, which `{each}` stands for.
    #[serde(default)]
    pub each: Option<String>,
}

/// Describes a goal, each part words with placeholders.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalOutput {
    /// What is wished for.
    pub wish: String,
    /// The best result.
    pub best_result: String,
    /// What stands in the way.
    pub obstacle: String,
    /// The plan for it.
    pub if_then: String,
    /// The first step.
    pub first_step: String,
    /// Days from today to the review.
    pub review_in_days: u32,
}

/// Describes a loop, each part words with placeholders. A part without words, or with a placeholder that has no
/// answer, stays open.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoopOutput {
    /// Its title.
    pub title: String,
    /// What was gained.
    pub gain: String,
    /// Where it came from.
    #[serde(default)]
    pub source: String,
    /// What was practised.
    #[serde(default)]
    pub practise: String,
    /// What was said about it.
    #[serde(default)]
    pub feedback: String,
    /// Who said it.
    #[serde(default)]
    pub who: String,
    /// What changed; with it the loop closes.
    #[serde(default)]
    pub reflect: String,
}

/// Describes what may come some time after a run. It is offered, not made by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowUp {
    /// Its words, with placeholders.
    pub text: String,
    /// Days from today.
    pub in_days: u32,
}

/// Describes a promise. Each person of a run makes their own, when every placeholder in its words has an answer of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PromiseOutput {
    /// What is promised, with placeholders.
    pub text: String,
    /// What is promised in its place as soon as all of this has an answer: a smaller step.
    #[serde(default)]
    pub instead: Option<String>,
    /// The prompt that holds its day.
    #[serde(default)]
    pub due: Option<String>,
    /// Days from today when no day was given.
    #[serde(default)]
    pub in_days: Option<u32>,
    /// Where, with placeholders.
    #[serde(default, rename = "where")]
    pub place: Option<String>,
    /// What is done if something comes in between, with placeholders.
    #[serde(default)]
    pub if_then: Option<String>,
    /// When it comes; none means always.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// Describes one section of a draft of the agreement: words with placeholders, for which the answers of all stand.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgreementOutput {
    /// Its number in the agreement, from 1 to 13.
    pub section: u32,
    /// Its words.
    pub text: String,
    /// When it comes; none means always.
    #[serde(default)]
    pub when: Option<Condition>,
}

/// Names the prompt that holds when the people of a run meet next.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextOutput {
    /// A prompt of kind `day` or `moment`.
    pub on: String,
}
