//! A guide as the engine reads it: phases in order, prompts, what is captured, checks, and what comes of a run.
//!
//! These types are the format itself: `docs/guide-format.md` says the same in words for people who write guides. What a type
//! alone cannot hold (references, limits, which capture takes which field) is checked in `sound.rs`. Here nothing runs.

use std::collections::BTreeMap;

use serde::Deserialize;

pub use super::meeting::{Beside, Criterion, PlannedPart, Ready, With, Writes};
pub use super::outputs::{
    AgreementOutput, EntryOutput, FollowUp, GoalOutput, IntentionOutput, LoopOutput, NextOutput, Outputs,
    PromiseOutput,
};

/// The format this program reads and writes.
pub const FORMAT: u32 = 1;

/// Holds one guide in one language.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// The format of the file; [`FORMAT`].
    pub format: u32,
    /// Its name for programs, the same in every language: lower case letters, digits and hyphens.
    pub id: String,
    /// Its version; raised by whoever changes it.
    pub version: u32,
    /// The language of its words, such as `en` or `pt-BR`.
    pub language: String,
    /// What it is for in general.
    pub kind: GuideKind,
    /// Its title.
    pub title: String,
    /// One or two sentences: what it is for.
    pub summary: String,
    /// Whether the whole of it is a short form.
    #[serde(default)]
    pub short: bool,
    /// How many people it takes.
    #[serde(default)]
    pub people: People,
    /// Parts that people take in it; none means that everyone does the same.
    #[serde(default)]
    pub roles: Vec<Role>,
    /// Rules that hold throughout, a sentence each.
    #[serde(default)]
    pub rules: Vec<String>,
    /// Whether the ground rules stand beside it and are read at its start.
    #[serde(default)]
    pub ground_rules: bool,
    /// What a programme is made of, in order.
    #[serde(default)]
    pub plan: Vec<PlannedPart>,
    /// The phases, in order.
    pub phases: Vec<Phase>,
    /// What is looked at while it runs.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// Lists of words that checks look for, by name.
    #[serde(default)]
    pub words: BTreeMap<String, Vec<String>>,
    /// What a run is called beside the title: words with placeholders.
    #[serde(default)]
    pub subject: Option<String>,
    /// What comes of a run.
    #[serde(default)]
    pub outputs: Outputs,
    /// What may come after it, some time later.
    #[serde(default)]
    pub follow_up: Vec<FollowUp>,
    /// The phases that stay when there is little time.
    #[serde(default)]
    pub short_form: Option<ShortForm>,
    /// What is laid beside the questions while it runs.
    #[serde(default)]
    pub gather: Option<Gather>,
    /// Anything else another program wants to keep in the file.
    #[serde(default)]
    pub extra: BTreeMap<String, toml::Value>,
}

/// Says what a guide is for in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GuideKind {
    /// Thinking alone, on paper.
    Reflection,
    /// Something two or more agree on.
    Agreement,
    /// One meeting.
    Meeting,
    /// Several meetings in a row.
    Programme,
    /// Steps to tick off.
    Checklist,
}

/// Says how many people a guide takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct People {
    /// At least.
    pub least: u32,
    /// At most.
    pub most: u32,
}

impl Default for People {
    fn default() -> Self {
        Self { least: 1, most: 1 }
    }
}

/// Describes a part that somebody takes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// Its name for programs.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// What to keep in mind in it.
    #[serde(default)]
    pub card: Option<String>,
    /// Which side of the leading lane of a pairing takes it.
    #[serde(default)]
    pub lane: Option<Side>,
}

/// Names a side of a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Whoever teaches.
    Teaches,
    /// Whoever learns.
    Learns,
}

/// Holds one phase: what is asked at one time.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its name for programs.
    pub id: String,
    /// Its name for people: one or two words on the thread of steps, and the heading in the entry.
    pub name: String,
    /// The question, large.
    pub ask: String,
    /// One sentence beneath it.
    #[serde(default)]
    pub help: Option<String>,
    /// A remark in the margin.
    #[serde(default)]
    pub note: Option<String>,
    /// Planned minutes, for each turn.
    pub minutes: u32,
    /// Who speaks.
    #[serde(default)]
    pub speaks: Speaks,
    /// Who writes while somebody speaks.
    #[serde(default)]
    pub writes: Writes,
    /// Whether everybody takes the role of the next person in it.
    #[serde(default)]
    pub swap: bool,
    /// What of the pairing is laid beside its question.
    #[serde(default)]
    pub beside: Vec<Beside>,
    /// When it is part of a run; none means always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// How often it comes.
    #[serde(default)]
    pub repeat: Option<Repeat>,
    /// What is asked in it; none means the one question of the phase itself.
    #[serde(default)]
    pub prompts: Vec<Prompt>,
    /// What is captured in prompts that say nothing else.
    #[serde(default)]
    pub capture: Capture,
}

/// Says who speaks in a phase.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(from = "String")]
pub enum Speaks {
    /// Whoever wants to.
    #[default]
    All,
    /// One after the other; each turn is a step of its own.
    Turns,
    /// Nobody: everyone writes.
    Nobody,
    /// Whoever has this role.
    Role(String),
}

impl From<String> for Speaks {
    fn from(written: String) -> Self {
        match written.as_str() {
            "all" => Self::All,
            "turns" => Self::Turns,
            "nobody" => Self::Nobody,
            _ => Self::Role(written),
        }
    }
}

/// Says how often a phase comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// This often.
    pub times: u32,
}

/// Says when something is part of a run.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Condition {
    /// This prompt has an answer…
    #[serde(default)]
    pub answer: Option<String>,
    /// …which is this option, or `yes` or `no` for a tick; none means any answer.
    #[serde(default)]
    pub is: Option<String>,
    /// The same answer to this prompt was given in earlier runs of the guide…
    #[serde(default)]
    pub recurs: Option<String>,
    /// …so that with this run it is at least this many times.
    #[serde(default)]
    pub times: Option<u32>,
    /// …which is a mark below this one.
    #[serde(default)]
    pub below: Option<u32>,
}

/// Holds one question of a phase.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prompt {
    /// Its name for programs.
    pub id: String,
    /// The words above its field.
    pub text: String,
    /// Only who has this role is asked.
    #[serde(default)]
    pub role: Option<String>,
    /// What stands in the field while it is empty.
    #[serde(default)]
    pub hint: Option<String>,
    /// Words before the answer, which belong to it: `If {obstacle}, then I`.
    #[serde(default)]
    pub lead: Option<String>,
    /// Whether it can stay empty without a remark.
    #[serde(default)]
    pub optional: bool,
    /// When it is asked; none means always.
    #[serde(default)]
    pub when: Option<Condition>,
    /// Asked once for each marked line of this prompt.
    #[serde(default)]
    pub each_marked: Option<String>,
    /// What is captured; none means what the phase says.
    #[serde(default)]
    pub capture: Option<Capture>,
}

/// Describes what is captured: its kind, who may read it, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Capture {
    /// What an answer is.
    #[serde(default)]
    pub kind: CaptureKind,
    /// Who may read it.
    #[serde(default)]
    pub readers: Readers,
    /// Where it goes.
    #[serde(default)]
    pub into: Into,
    /// Lines at least, or the lowest mark of a rating.
    #[serde(default)]
    pub least: Option<u32>,
    /// Lines at most, or the highest mark of a rating.
    #[serde(default)]
    pub most: Option<u32>,
    /// What the lowest mark means.
    #[serde(default)]
    pub low: Option<String>,
    /// What the highest mark means.
    #[serde(default)]
    pub high: Option<String>,
    /// What marking a line means; without it lines cannot be marked.
    #[serde(default)]
    pub mark: Option<String>,
    /// What can be chosen.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Whether own words can be put in place of a choice.
    #[serde(default)]
    pub own: bool,
    /// What is offered to be taken over with one click.
    #[serde(default)]
    pub suggest: Option<Suggest>,
    /// Whether one answer is enough for everyone in the run.
    #[serde(default)]
    pub shared: bool,
    /// What a rubric looks at, each with what its levels mean.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// When a rubric says that somebody is ready.
    #[serde(default)]
    pub ready: Option<Ready>,
    /// The earlier rubric that is shown beside it.
    #[serde(default)]
    pub compare: Option<String>,
}

/// Says what an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaptureKind {
    /// Text of several lines.
    #[default]
    Text,
    /// One line.
    Line,
    /// Lines, each by itself.
    Lines,
    /// One of several.
    Choice,
    /// A mark on a scale.
    Rating,
    /// A day.
    Day,
    /// A day and, when it is known, a time.
    Moment,
    /// Done or not.
    Tick,
    /// An entry of the journal.
    Entry,
    /// A level for each of several criteria.
    Rubric,
    /// Nothing: it is said, not written.
    Nothing,
}

/// Says who may read an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Whoever wrote it, and nobody else.
    #[default]
    Me,
    /// Everyone in the run, at once.
    All,
    /// Everyone in the run, once everyone who is asked has sealed an answer.
    Sealed,
}

/// Says where an answer goes at the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Into {
    /// Into the entry.
    #[default]
    Entry,
    /// Nowhere: it stays in the run and serves placeholders, checks and outputs.
    Run,
}

/// Says what is offered for a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Suggest {
    /// The answers of earlier runs to the same prompt.
    Earlier,
    /// The titles of open loops.
    OpenLoops,
}

/// Holds one of the options of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Its name for programs.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Describes something that is looked at while a guide runs.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Its name for programs.
    pub id: String,
    /// What is looked at.
    pub kind: CheckKind,
    /// The prompts it is about.
    pub prompts: Vec<String>,
    /// How much it weighs.
    #[serde(default)]
    pub weight: Weight,
    /// What is said when it does not hold. `{found}` stands for the words that were found.
    pub say: String,
    /// The list of words, for the kinds that look for words.
    #[serde(default)]
    pub words: Option<String>,
    /// How many hours, for `within`.
    #[serde(default)]
    pub hours: Option<u32>,
    /// Which mark, for `below`.
    #[serde(default)]
    pub than: Option<u32>,
}

/// Says what a check looks at, and when it does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// One of the prompts has no answer.
    AllAnswered,
    /// A word of the list stands in an answer.
    HoldsWords,
    /// There is an answer, and no word of the list stands in any.
    LacksWords,
    /// The moment lies further back than so many hours.
    Within,
    /// The same option was chosen the last time as well.
    Balance,
    /// The mark lies below another.
    Below,
    /// There are some lines, and fewer than `least`.
    Enough,
}

/// Says how much a check weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// It is said, and that is all.
    Note,
    /// Going on is stopped once, to say it.
    #[default]
    Ask,
    /// The run cannot be finished; it stays open until it holds.
    Hold,
}

/// Names the phases that stay when there is little time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ShortForm {
    /// The phases, by id.
    pub phases: Vec<String>,
    /// Planned minutes of all of them together.
    pub minutes: u32,
}

/// Says what is laid beside the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gather {
    /// The entries of this many days back.
    pub days: u32,
}

impl Guide {
    /// Finds a phase.
    pub fn phase(&self, id: &str) -> Option<&Phase> {
        self.phases.iter().find(|phase| phase.id == id)
    }

    /// Finds a prompt with its phase. A phase without prompts is its own prompt.
    pub fn prompt(&self, id: &str) -> Option<(&Phase, Asked<'_>)> {
        self.phases
            .iter()
            .find_map(|phase| phase.asked().find(|asked| asked.id == id).map(|asked| (phase, asked)))
    }

    /// Lists every prompt, in order.
    pub fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        self.phases.iter().flat_map(Phase::asked)
    }

    /// Tells the planned minutes of one person alone: all phases, or those of the short form.
    pub fn minutes(&self, short: bool) -> u32 {
        match &self.short_form {
            Some(form) if short => form.minutes,
            _ => self.phases.iter().filter(|phase| phase.when.is_none()).map(Phase::minutes_in_all).sum(),
        }
    }
}

impl Phase {
    /// Lists what is asked in it; the phase itself when it has no prompts.
    pub fn asked(&self) -> impl Iterator<Item = Asked<'_>> {
        let own = self.prompts.is_empty().then(|| Asked {
            id: &self.id,
            text: "",
            prompt: None,
            capture: &self.capture,
        });
        own.into_iter().chain(self.prompts.iter().map(|prompt| Asked {
            id: &prompt.id,
            text: &prompt.text,
            prompt: Some(prompt),
            capture: prompt.capture.as_ref().unwrap_or(&self.capture),
        }))
    }

    fn minutes_in_all(&self) -> u32 {
        self.minutes.saturating_mul(self.repeat.map_or(1, |repeat| repeat.times))
    }
}

/// Shows a prompt with what it takes over from its phase.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Asked<'a> {
    /// Its name.
    pub id: &'a str,
    /// The words above its field; empty where the question of the phase says it all.
    pub text: &'a str,
    /// The prompt; none when the phase itself is asked.
    pub prompt: Option<&'a Prompt>,
    /// What is captured.
    pub capture: &'a Capture,
}

impl Asked<'_> {
    /// Says whether it can stay empty without a remark.
    pub fn is_optional(&self) -> bool {
        self.prompt.is_some_and(|prompt| prompt.optional)
    }
}
