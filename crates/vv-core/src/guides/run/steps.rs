//! Steps: the phases of a guide laid out for the people of a run, and the fields that each step asks for.
//!
//! They follow from the guide and the answers alone, so they are worked out anew each time and never kept.

use super::super::answer::{Answer, AnswerKey};
use super::super::model::{Asked, CaptureKind, Guide, Phase, Readers, Speaks, Writes};
use super::super::template;
use super::state::{Around, Form, RunState};

/// The key of the place after the last step, where a run shows what will come of it.
pub const END: &str = "end";

/// Names one step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Its key: the phase, `#` the round where it repeats, `@` the person where it is a turn.
    pub key: String,
    /// The phase, as an index.
    pub phase: usize,
    /// The round, from 1.
    pub round: u32,
    /// Rounds in all.
    pub rounds: u32,
    /// Whose turn it is; none outside of turns.
    pub turn: Option<String>,
}

/// Shows one field of a step to a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<'a> {
    /// Which answer it holds.
    pub key: AnswerKey,
    /// What is asked.
    pub asked: Asked<'a>,
    /// The words above it, placeholders filled; empty where the question of the step says it all.
    pub label: String,
    /// What stands in it while it is empty.
    pub hint: String,
    /// Words before the answer.
    pub lead: String,
}

impl Guide {
    /// Lends the phase of a step.
    pub fn phase_of(&self, step: &Step) -> &Phase {
        &self.phases[step.phase]
    }
}

/// Lays out the steps of a run.
pub fn steps(guide: &Guide, run: &RunState, around: &Around) -> Vec<Step> {
    let mut out = Vec::new();
    for (phase, one) in guide.phases.iter().enumerate() {
        let is_in_form = match (&guide.short_form, run.form) {
            (Some(form), Form::Short) => form.phases.contains(&one.id),
            _ => true,
        };
        // A phase belongs to a run of several as soon as it is there for one of them.
        let is_there =
            run.people.iter().any(|person| run.holds(guide, around, &person.id, one.when.as_ref()));
        if !is_in_form || !is_there {
            continue;
        }
        let rounds = one.repeat.map_or(1, |repeat| repeat.times);
        for round in 1..=rounds {
            let base = step_key(&one.id, round);
            if one.speaks == Speaks::Turns && run.people.len() > 1 {
                out.extend(run.people.iter().map(|person| Step {
                    key: format!("{base}@{}", person.id),
                    phase,
                    round,
                    rounds,
                    turn: Some(person.id.clone()),
                }));
            } else {
                out.push(Step { key: base, phase, round, rounds, turn: None });
            }
        }
    }
    out
}

/// Gives the key of a step, all but whose turn it is.
pub(super) fn step_key(phase: &str, round: u32) -> String {
    if round > 1 { format!("{phase}#{round}") } else { phase.to_owned() }
}

/// Lists what a step asks of a person.
pub fn fields<'a>(
    guide: &'a Guide,
    run: &RunState,
    around: &Around,
    step: &Step,
    person: &str,
) -> Vec<Field<'a>> {
    let phase = guide.phase_of(step);
    if !writes(run, phase, step.turn.as_deref(), person) {
        return Vec::new();
    }
    let mut out = Vec::new();
    for asked in phase.asked() {
        let is_asked =
            asked.capture.kind != CaptureKind::Nothing && is_for(guide, run, around, phase, &asked, person);
        if !is_asked {
            continue;
        }
        match asked.prompt.and_then(|prompt| prompt.each_marked.as_deref()) {
            Some(of) => {
                for (line, words) in marked_lines(run, person, of, step.round) {
                    out.push(field(guide, run, person, asked, step.round, Some((line, &words))));
                }
            }
            None => out.push(field(guide, run, person, asked, step.round, None)),
        }
    }
    out
}

fn is_for(
    guide: &Guide,
    run: &RunState,
    around: &Around,
    phase: &Phase,
    asked: &Asked<'_>,
    person: &str,
) -> bool {
    let Some(prompt) = asked.prompt else { return true };
    prompt.role.as_ref().is_none_or(|role| run.has_role_in(phase, person, role))
        && run.holds(guide, around, person, prompt.when.as_ref())
}

/// Says whether a person writes in a phase: whoever speaks, or whoever listens where the guide has it so. Alone, one does both.
pub(super) fn writes(run: &RunState, phase: &Phase, turn: Option<&str>, person: &str) -> bool {
    let speaks = match (&phase.speaks, turn) {
        (Speaks::Role(role), _) => run.has_role_in(phase, person, role),
        (_, Some(turn)) => turn == person,
        _ => return true,
    };
    run.people.len() == 1 || speaks == (phase.writes == Writes::Speaker)
}

/// Lists the marked lines of an answer, each with its number.
fn marked_lines(run: &RunState, person: &str, of: &str, round: u32) -> Vec<(u32, String)> {
    let key = |round| AnswerKey { prompt: of.to_owned(), round, line: None };
    let answer = run.answer(person, &key(round)).or_else(|| run.answer(person, &key(1)));
    let Some(Answer::Lines(lines)) = answer else { return Vec::new() };
    let marked = lines.iter().zip(1..).filter(|(line, _)| line.marked && !line.text.trim().is_empty());
    marked.map(|(line, number)| (number, line.text.trim().to_owned())).collect()
}

fn field<'a>(
    guide: &Guide,
    run: &RunState,
    person: &str,
    asked: Asked<'a>,
    round: u32,
    line: Option<(u32, &str)>,
) -> Field<'a> {
    let fill = |text: Option<&str>| match text {
        None => String::new(),
        Some(text) => {
            template::filled(text, |name| match line {
                Some((_, words)) if name == "line" => Some(words.to_owned()),
                _ => run.words_for(guide, person, name, round),
            })
            .0
        }
    };
    Field {
        key: AnswerKey { prompt: asked.id.to_owned(), round, line: line.map(|(number, _)| number) },
        asked,
        label: fill(Some(asked.text)),
        hint: fill(asked.prompt.and_then(|prompt| prompt.hint.as_deref())),
        lead: fill(asked.prompt.and_then(|prompt| prompt.lead.as_deref())),
    }
}

/// Says whether what a person answers in a step is sealed before it is shown.
pub(super) fn is_sealed_step(guide: &Guide, step: &Step) -> bool {
    guide.phase_of(step).asked().any(|asked| asked.capture.readers == Readers::Sealed)
}

/// Finds the step that asks for an answer.
pub(super) fn step_of<'s>(
    guide: &Guide,
    steps: &'s [Step],
    key: &AnswerKey,
    person: &str,
) -> Option<&'s Step> {
    let (phase, _) = guide.prompt(&key.prompt)?;
    steps.iter().find(|step| {
        guide.phase_of(step).id == phase.id
            && step.round == key.round
            && step.turn.as_deref().is_none_or(|turn| turn == person)
    })
}
