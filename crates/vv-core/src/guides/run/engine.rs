//! Taking events: the one way a run changes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::{Answer, AnswerKey};
use super::super::error::Refusal;
use super::super::model::{Asked, CaptureKind, Guide, Speaks, Weight};
use super::clock::RunClock;
use super::notes;
use super::state::{Around, Form, Participant, RunState, Status};
use super::steps::{END, Step, fields, is_sealed_step, step_key, steps, writes};

/// Lines that an answer can be about.
const MOST_LINES: u32 = 100;

/// Tells what somebody did.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// Gave an answer; one that says nothing takes the earlier one away.
    Answer {
        /// Who.
        by: String,
        /// To what.
        key: AnswerKey,
        /// The answer.
        answer: Answer,
    },
    /// Took an answer away.
    Clear {
        /// Who.
        by: String,
        /// Which one.
        key: AnswerKey,
    },
    /// Sealed all answers of a step, to be revealed with those of the others.
    Seal {
        /// Who.
        by: String,
        /// The step.
        step: String,
    },
    /// Went on to the next step. A check that asks stops this once.
    Next {
        /// Who.
        by: String,
    },
    /// Went on without answering.
    Skip,
    /// Went back one step.
    Back,
    /// Went to a step, or to the end.
    GoTo(String),
    /// Stopped the clock: left, or wants no timer now.
    Pause,
    /// Came back.
    Resume,
    /// Brought the run to its end.
    Finish {
        /// Who.
        by: String,
    },
    /// Put the run away without finishing it.
    PutAway,
    /// Took a run up again that was put away.
    TakeUp,
}

/// Begins a run at its first step.
pub fn begin(guide: &Guide, people: Vec<Participant>, form: Form, pace: i32, around: &Around) -> RunState {
    let mut run = RunState {
        people,
        form,
        pace: pace.clamp(-25, 25),
        at: END.to_owned(),
        status: Status::Open,
        answers: BTreeMap::new(),
        skipped: BTreeSet::new(),
        asked: BTreeSet::new(),
        sealed: BTreeSet::new(),
        clock: RunClock { since: Some(around.now), touched: Some(around.now), ..RunClock::default() },
    };
    if let Some(first) = steps(guide, &run, around).first() {
        run.at = first.key.clone();
    }
    run
}

/// Takes an event. The run it is given stays as it was.
pub fn apply(guide: &Guide, run: &RunState, event: Event, around: &Around) -> Result<RunState, Refusal> {
    match (&event, run.status) {
        (Event::TakeUp, Status::PutAway) | (_, Status::Open) => {}
        _ => return Err(Refusal::NotOpen),
    }
    let mut next = run.clone();
    let now = around.now;
    next.clock.touch(&run.at, now);
    match event {
        Event::Answer { by, key, answer } => {
            let asked = may_answer(guide, run, &by, &key)?;
            answer.fits(asked.capture)?;
            set_answer(&mut next, &by, key, Some(answer));
        }
        Event::Clear { by, key } => {
            may_answer(guide, run, &by, &key)?;
            set_answer(&mut next, &by, key, None);
        }
        Event::Seal { by, step } => {
            let laid_out = steps(guide, run, around);
            let step = laid_out.iter().find(|one| one.key == step).ok_or(Refusal::NoStep)?;
            if !is_sealed_step(guide, step) || fields(guide, run, around, step, &by).is_empty() {
                return Err(Refusal::NotYours);
            }
            next.sealed.insert((step.key.clone(), by));
        }
        Event::Next { by } => go_on(guide, run, &mut next, around, &by)?,
        Event::Skip => {
            let (laid_out, here) = place(guide, run, around);
            if let Some(here) = here {
                let key = laid_out[here].key.clone();
                move_to(&mut next, run, key_at(&laid_out, here + 1), around);
                next.skipped.insert(key);
            }
        }
        Event::Back => {
            let (laid_out, here) = place(guide, run, around);
            let before = here.unwrap_or(laid_out.len()).checked_sub(1).ok_or(Refusal::NoStep)?;
            move_to(&mut next, run, key_at(&laid_out, before), around);
        }
        Event::GoTo(key) => {
            let (laid_out, _) = place(guide, run, around);
            if key != END && !laid_out.iter().any(|step| step.key == key) {
                return Err(Refusal::NoStep);
            }
            move_to(&mut next, run, key, around);
        }
        Event::Pause => next.clock.turn(&run.at, now, false),
        Event::Resume => next.clock.turn(&run.at, now, true),
        Event::Finish { by } => {
            if run.is_empty() {
                return Err(Refusal::Empty);
            }
            if !notes::held(guide, run, around, &by).is_empty() {
                return Err(Refusal::Held);
            }
            next.clock.turn(&run.at, now, false);
            next.at = END.to_owned();
            next.status = Status::Finished;
        }
        Event::PutAway => {
            next.clock.turn(&run.at, now, false);
            next.status = Status::PutAway;
        }
        Event::TakeUp => next.status = Status::Open,
    }
    settle(guide, &mut next, around);
    Ok(next)
}

/// Keeps an answer, or takes it away. Who has answered nothing stands nowhere.
fn set_answer(run: &mut RunState, by: &str, key: AnswerKey, answer: Option<Answer>) {
    let own = run.answers.entry(by.to_owned()).or_default();
    match answer.filter(|answer| !answer.is_empty()) {
        Some(answer) => drop(own.insert(key, answer)),
        None => drop(own.remove(&key)),
    }
    if own.is_empty() {
        run.answers.remove(by);
    }
}

/// Goes on, unless a check asks for a second look first.
fn go_on(
    guide: &Guide,
    run: &RunState,
    next: &mut RunState,
    around: &Around,
    by: &str,
) -> Result<(), Refusal> {
    let (laid_out, here) = place(guide, run, around);
    let Some(here) = here else { return Err(Refusal::NoStep) };
    let step = &laid_out[here];
    let asking: Vec<String> = notes::look(guide, run, around, step, by)
        .into_iter()
        .filter(|note| note.weight == Weight::Ask)
        .map(|note| format!("{}@{}", note.check, step.key))
        .filter(|asked| !run.asked.contains(asked))
        .collect();
    if asking.is_empty() {
        next.skipped.remove(&step.key);
        move_to(next, run, key_at(&laid_out, here + 1), around);
    } else {
        next.asked.extend(asking);
    }
    Ok(())
}

/// Says what is asked for under a key, when this person may answer it.
///
/// A question that is not asked just now, because of another answer, can still be answered: what was typed before that other
/// answer came is kept and not shown.
fn may_answer<'g>(guide: &'g Guide, run: &RunState, by: &str, key: &AnswerKey) -> Result<Asked<'g>, Refusal> {
    let (phase, asked) = guide.prompt(&key.prompt).ok_or(Refusal::NotAsked)?;
    let rounds = phase.repeat.map_or(1, |repeat| repeat.times);
    let is_of_line = asked.prompt.is_some_and(|prompt| prompt.each_marked.is_some());
    let fits = (1..=rounds).contains(&key.round)
        && key.line.is_some() == is_of_line
        && key.line.is_none_or(|line| line <= MOST_LINES)
        && asked.capture.kind != CaptureKind::Nothing
        && run.people.iter().any(|person| person.id == by);
    if !fits {
        return Err(Refusal::NotAsked);
    }
    let role = asked.prompt.and_then(|prompt| prompt.role.as_ref());
    // In turns everybody writes once, so whose turn it is makes no difference to who may.
    let is_turns = phase.speaks == Speaks::Turns;
    if (!is_turns && !writes(run, phase, None, by))
        || role.is_some_and(|role| !run.has_role_in(phase, by, role))
    {
        return Err(Refusal::NotYours);
    }
    let is_of_step = |step: &str| {
        let step = step.split('@').next().unwrap_or_default();
        step == step_key(&phase.id, key.round)
    };
    if run.sealed.iter().any(|(step, person)| person == by && is_of_step(step)) {
        return Err(Refusal::Sealed);
    }
    Ok(asked)
}

/// Lays out the steps and finds where the run stands; none at the end.
fn place(guide: &Guide, run: &RunState, around: &Around) -> (Vec<Step>, Option<usize>) {
    let laid_out = steps(guide, run, around);
    let here = laid_out.iter().position(|step| step.key == run.at);
    (laid_out, here)
}

fn key_at(steps: &[Step], index: usize) -> String {
    steps.get(index).map_or_else(|| END.to_owned(), |step| step.key.clone())
}

fn move_to(next: &mut RunState, run: &RunState, key: String, around: &Around) {
    // A timer that somebody has stopped stays stopped.
    let goes_on = run.clock.is_running();
    next.clock.turn(&run.at, around.now, goes_on);
    next.at = key;
}

/// Keeps the run on a step that is there: an answer can take the step away on which it was given from another window.
fn settle(guide: &Guide, run: &mut RunState, around: &Around) {
    if run.at == END {
        return;
    }
    let laid_out = steps(guide, run, around);
    if laid_out.iter().any(|step| step.key == run.at) {
        return;
    }
    let phase = run.at.split(['#', '@']).next().unwrap_or_default();
    let index = guide.phases.iter().position(|one| one.id == phase).unwrap_or(0);
    run.at = laid_out
        .iter()
        .find(|step| step.phase >= index)
        .map_or_else(|| END.to_owned(), |step| step.key.clone());
}
