//! What a run of several people comes to: promises of each, a draft of the agreement, lines for the notes, the next date. Plain
//! facts, nothing is written here; `meetings/` makes them in a pairing's home.
//!
//! Only what everybody in the run may read goes in. What is for its writer alone stays out, and so does what is sealed and not
//! revealed: it is not in the answers that are looked at here.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, NaiveTime};

use super::answer::{Answer, AnswerKey};
use super::built_in::find_built_in;
use super::model::{CaptureKind, Guide, Into, PromiseOutput, Readers, Side};
use super::outcome::one_line;
use super::run::{Around, RunState, fields, steps};
use super::template;

/// Characters of a line of the notes.
const LINE_CHARS: usize = 2_000;
/// Characters of what is promised.
const PROMISE_CHARS: usize = 450;

/// Holds what a run of several comes to as it stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Together {
    /// Lines for the shared notes, each phase with its heading.
    pub notes: String,
    /// Promises.
    pub promises: Vec<PlannedPromise>,
    /// Sections of a draft of the agreement.
    pub agreement: Vec<PlannedSection>,
    /// When they meet next.
    pub next: Option<(NaiveDate, Option<NaiveTime>)>,
}

/// Describes a promise of one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedPromise {
    /// Who promises.
    pub by: String,
    /// What.
    pub text: String,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// Where; may be empty.
    pub place: String,
    /// What is done if something comes in between; may be empty.
    pub if_then: String,
}

/// Describes one section of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedSection {
    /// Its number in the agreement.
    pub section: u32,
    /// Its words.
    pub text: String,
}

/// Shows a rubric as it was marked, with the earlier one beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rubric {
    /// Its criteria in order.
    pub rows: Vec<RubricRow>,
    /// Whether the levels of now call somebody ready; none while a level is missing.
    pub is_ready: Option<bool>,
}

/// Shows one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RubricRow {
    /// Its name.
    pub text: String,
    /// What each level means, from 1.
    pub levels: Vec<String>,
    /// The level of the earlier rubric.
    pub before: Option<u32>,
    /// The level of this one.
    pub now: Option<u32>,
}

/// Tells what a run comes to, from answers that everybody in it may read.
pub fn together(guide: &Guide, run: &RunState, around: &Around) -> Together {
    let mut promises = Vec::new();
    for person in &run.people {
        for output in &guide.outputs.promises {
            promises.extend(promise(guide, run, around, &person.id, output));
        }
    }
    let sections = guide.outputs.agreement.iter().filter(|section| {
        run.people.iter().any(|person| run.holds(guide, around, &person.id, section.when.as_ref()))
    });
    let agreement = sections.filter_map(|section| {
        let (text, is_whole) = template::filled(&section.text, |name| words_of_all(guide, run, name));
        let text = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        (is_whole && !text.is_empty()).then_some(PlannedSection { section: section.section, text })
    });
    Together {
        notes: notes(guide, run, around),
        promises,
        agreement: agreement.collect(),
        next: next(guide, run),
    }
}

/// Lists the ground rules in a language: those of the guide that holds them, and of a guide that has rules of its own those too.
pub fn ground_rules(guide: &Guide, language: &str) -> Vec<String> {
    let common = find_built_in("c0", language).filter(|one| guide.ground_rules && one.guide.id != guide.id);
    let common = common.map(|one| one.guide.rules.as_slice()).unwrap_or_default();
    common.iter().chain(&guide.rules).cloned().collect()
}

/// Lists the roles that a side of the leading lane takes in a guide.
pub fn default_roles(guide: &Guide, side: Side) -> Vec<String> {
    guide.roles.iter().filter(|role| role.lane == Some(side)).map(|role| role.id.clone()).collect()
}

/// Shows a rubric of a run as somebody marked it, beside the one it is compared with.
pub fn rubric(guide: &Guide, run: &RunState, person: &str, prompt: &str) -> Option<Rubric> {
    let (_, asked) = guide.prompt(prompt).filter(|(_, asked)| asked.capture.kind == CaptureKind::Rubric)?;
    let levels = |prompt: &str| match run.answer(person, &AnswerKey::of(prompt)) {
        Some(Answer::Rubric(levels)) => levels.clone(),
        _ => BTreeMap::new(),
    };
    let now = levels(prompt);
    let before = asked.capture.compare.as_deref().map(levels).unwrap_or_default();
    let row = |one: &super::model::Criterion| RubricRow {
        text: one.text.clone(),
        levels: one.levels.clone(),
        before: before.get(&one.id).copied(),
        now: now.get(&one.id).copied(),
    };
    Some(Rubric {
        rows: asked.capture.criteria.iter().map(row).collect(),
        is_ready: asked.capture.is_ready(&now),
    })
}

fn promise(
    guide: &Guide,
    run: &RunState,
    around: &Around,
    person: &str,
    output: &PromiseOutput,
) -> Option<PlannedPromise> {
    if !run.holds(guide, around, person, output.when.as_ref()) {
        return None;
    }
    let whole = |text: &str| {
        let (words, is_whole) = run.fill(guide, person, text, 1);
        let line = one_line(&words, PROMISE_CHARS);
        (is_whole && !line.is_empty()).then_some(line)
    };
    let part = |text: Option<&String>| text.and_then(|text| whole(text)).unwrap_or_default();
    let given = output.due.as_ref().and_then(|due| match run.found(guide, person, &AnswerKey::of(due)) {
        Some(Answer::Day(on)) => Some(*on),
        _ => None,
    });
    let later = |days: u32| around.local.date().checked_add_days(Days::new(u64::from(days)));
    Some(PlannedPromise {
        by: person.to_owned(),
        text: output.instead.as_deref().and_then(whole).or_else(|| whole(&output.text))?,
        due_on: given.or_else(|| output.in_days.and_then(later)),
        place: part(output.place.as_ref()),
        if_then: part(output.if_then.as_ref()),
    })
}

/// Gives what everybody answered to a prompt, each wording once, a line each.
fn words_of_all(guide: &Guide, run: &RunState, name: &str) -> Option<String> {
    let (_, asked) = guide.prompt(name)?;
    if asked.capture.readers == Readers::Me {
        return None;
    }
    let mut said: Vec<String> = Vec::new();
    for person in &run.people {
        let answer = run.answer(&person.id, &AnswerKey::of(name));
        let words = answer.map(|answer| answer.words(asked.capture).trim().to_owned());
        said.extend(words.filter(|words| !said.contains(words)));
    }
    (!said.is_empty()).then(|| said.join("\n"))
}

fn notes(guide: &Guide, run: &RunState, around: &Around) -> String {
    let mut out = String::new();
    let mut heading = String::new();
    for step in steps(guide, run, around) {
        let phase = guide.phase_of(&step);
        let mut lines: Vec<String> = Vec::new();
        for person in &run.people {
            for field in fields(guide, run, around, &step, &person.id) {
                let capture = field.asked.capture;
                if capture.into != Into::Entry || capture.readers == Readers::Me {
                    continue;
                }
                let Some(answer) = run.answer(&person.id, &field.key) else { continue };
                let words = match answer {
                    Answer::Tick(_) => field.label.clone(),
                    _ => {
                        let lead = field.lead.trim();
                        let space = if lead.is_empty() { "" } else { " " };
                        let label = if field.label.trim().is_empty() {
                            String::new()
                        } else {
                            format!("{}: ", field.label.trim())
                        };
                        format!("{label}{lead}{space}{}", answer.words(capture).trim())
                    }
                };
                let line = one_line(&words, LINE_CHARS);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        if lines.is_empty() {
            continue;
        }
        if heading != phase.name {
            heading.clone_from(&phase.name);
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&format!("## {heading}\n\n"));
        }
        for line in lines {
            out.push_str(&format!("- {line}\n"));
        }
    }
    out
}

fn next(guide: &Guide, run: &RunState) -> Option<(NaiveDate, Option<NaiveTime>)> {
    let key = AnswerKey::of(&guide.outputs.next.as_ref()?.on);
    let mut answers = run.people.iter().filter_map(|person| run.answer(&person.id, &key));
    answers.find_map(|answer| match answer {
        Answer::Day(on) => Some((*on, None)),
        Answer::Moment { on, time } => Some((*on, *time)),
        _ => None,
    })
}
