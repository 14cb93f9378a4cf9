//! Requests and views of guides: the list, a guide to look at, a run as it stands at one step, what will come of it.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use vv_core::ids::{EntryId, RunId};

use super::intentions::IntentionView;
pub use super::own_guides::{CopyGuide, ExportGuide, ImportedGuide, SaveGuide, TrashGuide};

/// Says in which language what comes with the app is wanted; what is lacking in it comes in English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InLanguage {
    /// The language of the interface, such as `en` or `de-AT`.
    pub language: String,
}

/// Shows a guide as a row of the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideRow {
    /// What it is called by: `j3`, or the id of the person's own guide.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is for; empty for one that this version cannot read.
    pub summary: String,
    /// What it is for in general; none for one that this version cannot read.
    pub kind: Option<GuideKind>,
    /// Planned minutes.
    pub minutes: u32,
    /// Planned minutes of its short form, when it has one.
    pub short_minutes: Option<u32>,
    /// Whether the whole of it is a short form.
    pub is_short: bool,
    /// Whether it is the person's own.
    pub is_own: bool,
    /// Whether one person can run it.
    pub is_for_one: bool,
    /// Whether it was put away.
    pub is_trashed: bool,
    /// Its language.
    pub language: String,
}

/// Says what a guide is for in general.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
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

/// Names a guide in a language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NameGuide {
    /// What it is called by.
    pub id: String,
    /// The language of the interface.
    pub language: String,
}

/// Shows a guide to be looked at before it is run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuideView {
    /// Its row.
    pub row: GuideRow,
    /// Its version.
    pub version: u32,
    /// Rules that hold throughout.
    pub rules: Vec<String>,
    /// Its phases.
    pub phases: Vec<GuidePhase>,
    /// What may come of it: `entry`, `intention`, `goal`, `loop`.
    pub makes: Vec<String>,
    /// Its file.
    pub source: String,
}

/// Shows a phase of a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GuidePhase {
    /// Its name.
    pub name: String,
    /// Its question.
    pub ask: String,
    /// Planned minutes.
    pub minutes: u32,
    /// How often it comes.
    pub times: u32,
    /// The words above its fields.
    pub prompts: Vec<String>,
}

/// Begins a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StartGuide {
    /// What the guide is called by.
    pub guide: String,
    /// The language of the interface.
    pub language: String,
    /// Whether its short form is run, when it has one.
    pub short: bool,
    /// How much longer or shorter than planned, in per cent, from -25 to 25.
    pub pace: i32,
}

/// Opens a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OpenRun {
    /// The id of the run.
    pub run: String,
    /// The language of the interface.
    pub language: String,
}

/// Shows an open run as a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunRow {
    /// Its id.
    #[ts(type = "string")]
    pub id: RunId,
    /// The id of its guide.
    pub guide: String,
    /// The title of its guide.
    pub title: String,
    /// Whether it is open or was put away.
    pub status: RunStatus,
    /// What it is about, in a few words; may be empty.
    pub subject: String,
    /// The name of the step it stands at; none at the end.
    pub step: Option<String>,
    /// Minutes that are planned for what is left.
    pub minutes_left: u32,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it was last changed.
    pub changed_at: DateTime<Utc>,
}

/// Shows a run as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RunView {
    /// Its id.
    #[ts(type = "string")]
    pub id: RunId,
    /// The id of its guide.
    pub guide: String,
    /// The title of its guide.
    pub title: String,
    /// What it is about, in a few words; may be empty.
    pub subject: String,
    /// The rules of the guide.
    pub rules: Vec<String>,
    /// Whether it is open, finished or put away.
    pub status: RunStatus,
    /// All its steps, for the thread.
    pub steps: Vec<StepMark>,
    /// The step it stands at; none at the end.
    pub here: Option<StepView>,
    /// What was answered so far, step by step.
    pub past: Vec<PastStep>,
    /// What the checks of the guide have to say here.
    pub notes: Vec<NoteView>,
    /// How time stands.
    pub clock: ClockView,
    /// Entries that the guide lays beside the questions.
    pub gathered: Vec<GatheredEntry>,
    /// What was set out to do at the end of the run of the same guide before; given at the first step.
    pub set_out: Vec<IntentionView>,
    /// What will come of it as it stands; given at the end.
    pub outcome: Option<OutcomeView>,
    /// The entry that came of it, once it is finished.
    #[ts(type = "string | null")]
    pub entry: Option<EntryId>,
}

/// Says whether a run is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RunStatus {
    /// It goes on, now or some day.
    Open,
    /// It came to its end.
    Finished,
    /// It was put away.
    PutAway,
}

/// Shows a step as a knot of the thread.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepMark {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it lies before the present one.
    pub is_past: bool,
    /// Whether it is the present one.
    pub is_here: bool,
    /// Whether something was answered in it.
    pub is_answered: bool,
}

/// Shows the present step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StepView {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The question.
    pub ask: String,
    /// One sentence beneath it; may be empty.
    pub help: String,
    /// A remark for the margin; may be empty.
    pub note: String,
    /// Which round of how many, where it repeats.
    pub round: u32,
    /// Rounds in all.
    pub rounds: u32,
    /// What is asked.
    pub fields: Vec<FieldView>,
    /// The name of the next step; none when the end comes next.
    pub next: Option<String>,
}

/// Shows one field of a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FieldView {
    /// Which answer it holds.
    pub key: String,
    /// The words above it; empty where the question of the step says it all.
    pub label: String,
    /// What stands in it while it is empty.
    pub hint: String,
    /// Words before the answer.
    pub lead: String,
    /// Whether it can stay empty without a remark.
    pub is_optional: bool,
    /// What an answer is.
    pub kind: FieldKind,
    /// Lines at least, or the lowest mark.
    pub least: u32,
    /// Lines at most, or the highest mark.
    pub most: u32,
    /// What the lowest mark means; may be empty.
    pub low: String,
    /// What the highest mark means; may be empty.
    pub high: String,
    /// What marking a line means; none where lines cannot be marked.
    pub mark: Option<String>,
    /// What can be chosen.
    pub options: Vec<OptionView>,
    /// Whether own words can be put in place of a choice.
    pub own: bool,
    /// What a rubric looks at.
    pub criteria: Vec<CriterionView>,
    /// What is offered to be taken over.
    pub suggestions: Vec<String>,
    /// The answer as it was kept last.
    pub answer: Option<AnswerView>,
}

/// Says what an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Text of several lines.
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
    /// A day and perhaps a time.
    Moment,
    /// Done or not.
    Tick,
    /// An entry of the journal.
    Entry,
    /// A level for each of several criteria.
    Rubric,
}

/// Shows one criterion of a rubric.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CriterionView {
    /// What it is called by.
    pub id: String,
    /// Its words.
    pub text: String,
    /// What is seen at each level, from the lowest.
    pub levels: Vec<String>,
}

/// Shows one of the options of a choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OptionView {
    /// What it is called by.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// Holds an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum AnswerView {
    /// Text of one line or several.
    Words {
        /// The words, exactly as typed.
        text: String,
    },
    /// Lines, each by itself.
    Lines {
        /// The lines.
        lines: Vec<LineView>,
    },
    /// One of several, or own words.
    Choice {
        /// The id of the option, or own words.
        chosen: String,
    },
    /// A mark on a scale.
    Rating {
        /// The mark.
        mark: u32,
    },
    /// A day.
    Day {
        /// The day.
        on: NaiveDate,
    },
    /// A day and, when it is known, a time.
    Moment {
        /// The day.
        on: NaiveDate,
        /// `HH:MM` on the clock of the place.
        time: Option<String>,
    },
    /// Done or not.
    Tick {
        /// Whether it is done.
        done: bool,
    },
    /// An entry of the journal.
    Entry {
        /// The entry.
        #[ts(type = "string")]
        id: EntryId,
        /// What it is called.
        title: String,
    },
    /// The level of each criterion of a rubric, by its id.
    Rubric {
        /// The levels, from 1.
        levels: BTreeMap<String, u32>,
    },
}

/// Holds one of several lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LineView {
    /// Its words.
    pub text: String,
    /// Whether it is marked.
    pub marked: bool,
}

/// Shows what was answered in a step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastStep {
    /// The step.
    pub key: String,
    /// Its name.
    pub name: String,
    /// The answers.
    pub answers: Vec<PastAnswer>,
}

/// Shows an answer as words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PastAnswer {
    /// The words above its field; may be empty.
    pub label: String,
    /// The answer.
    pub text: String,
}

/// Shows what a check has to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoteView {
    /// The check.
    pub check: String,
    /// Whether it has stopped somebody at this step, or would.
    pub weight: NoteWeight,
    /// Whether it has been said already when somebody went on.
    pub is_said: bool,
    /// The sentence of the guide.
    pub text: String,
    /// The answers it is about.
    pub about: Vec<String>,
}

/// Says how much a check weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum NoteWeight {
    /// It is said, and that is all.
    Note,
    /// Going on is stopped once.
    Ask,
    /// The run stays open until it holds.
    Hold,
}

/// Shows how time stands. It forces nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ClockView {
    /// Seconds planned for the present step.
    pub planned_seconds: u32,
    /// Seconds it has taken.
    pub spent_seconds: u32,
    /// Minutes planned for all that is left.
    pub minutes_left: u32,
    /// Whether it counts.
    pub is_running: bool,
}

/// Shows an entry that lies beside the questions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GatheredEntry {
    /// The entry.
    #[ts(type = "string")]
    pub id: EntryId,
    /// Its title, or its first words.
    pub title: String,
    /// The day it belongs to.
    pub on: NaiveDate,
}

/// Shows what will come of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct OutcomeView {
    /// The title of the entry.
    pub title: String,
    /// The text of the entry.
    pub text: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Dated intentions.
    pub intentions: Vec<IntentionPlan>,
    /// The wish of a goal that is made.
    pub goal: Option<String>,
    /// The title of a loop that is made.
    pub learning_loop: Option<String>,
    /// What is missing without which the run cannot be finished; sentences of the guide.
    pub held: Vec<String>,
}

/// Shows an intention that will be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct IntentionPlan {
    /// Names it within the outcome.
    pub id: String,
    /// Its words.
    pub text: String,
    /// Its day.
    pub due_on: NaiveDate,
    /// Whether it is only offered.
    pub is_offered: bool,
}

/// Keeps answers: as they are typed, or saved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GiveAnswers {
    /// The run.
    #[ts(type = "string")]
    pub run: RunId,
    /// The answers.
    pub answers: Vec<GivenAnswer>,
}

/// Holds one answer that is given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GivenAnswer {
    /// Which one.
    pub key: String,
    /// The answer; none takes it away.
    pub answer: Option<AnswerView>,
}

/// Moves in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MoveRun {
    /// The run.
    #[ts(type = "string")]
    pub run: RunId,
    /// What is done.
    pub act: RunAct,
}

/// Says what is done in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RunAct {
    /// On to the next step.
    Next,
    /// Back one step.
    Back,
    /// On without answering.
    Skip,
    /// To a step, or to the end by `end`.
    To {
        /// Its key.
        step: String,
    },
    /// Stops the clock.
    Pause,
    /// Lets the clock go on.
    Resume,
    /// Puts the run away.
    PutAway,
    /// Takes it up again.
    TakeUp,
}

/// Finishes a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FinishRun {
    /// The run.
    #[ts(type = "string")]
    pub run: RunId,
    /// The intentions that are made.
    pub make: Vec<ChosenIntention>,
}

/// Chooses an intention of the outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ChosenIntention {
    /// Its id in the outcome.
    pub id: String,
    /// Its day.
    pub due_on: NaiveDate,
}

/// Tells what came of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FinishedView {
    /// The entry.
    #[ts(type = "string")]
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// The intentions that were made.
    pub intentions: Vec<IntentionPlan>,
    /// The wish of the goal that was made.
    pub goal: Option<String>,
    /// The title of the loop that was made.
    pub learning_loop: Option<String>,
}
