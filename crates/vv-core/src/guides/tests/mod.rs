//! Stories of guides: files that are read and files that are refused, the engine, and runs kept in a notebook.

mod built_in;
mod checks;
mod engine;
mod files;
mod keeping;
mod languages;
mod meetings;
mod several;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};

use super::model::CaptureKind;
use super::run::{
    Around, END, Event, Field, Form, Participant, RunState, SOLO, Step, apply, begin, fields, steps,
};
use super::*;
use crate::ids::EntryId;

fn at(minutes: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000, 0).unwrap() + TimeDelta::minutes(minutes)
}

fn around(minutes: i64) -> Around {
    Around { now: at(minutes), local: at(minutes).naive_utc(), earlier: Vec::new() }
}

fn alone() -> Vec<Participant> {
    vec![Participant { id: SOLO.to_owned(), roles: Vec::new() }]
}

/// Lists the ids of what comes with the app, in the order in which it is shown.
fn shipped_ids() -> Vec<String> {
    let others = [
        "to-practice",
        "six-weeks",
        "twelve-weeks",
        "could-teach",
        "p1",
        "p2",
        "p3",
        "p3-shadow",
        "p3-document",
        "p3-role-play",
        "p3-network",
        "p3-story",
        "p4",
        "p5",
        "p5-short",
        "p6",
        "p6-primer-junior",
        "p6-primer-senior",
        "p6-s1",
        "p6-s2",
        "p6-s3",
        "p6-s4",
        "p6-s5",
        "p6-s6",
        "p7",
        "c0",
        "c4-sheet",
        "c4-m1",
        "c4-m2",
        "c4-m3",
        "c5",
        "k3-handover",
        "a2",
    ];
    (1..=15).map(|number| format!("j{number}")).chain(others.map(str::to_owned)).collect()
}

fn english(id: &str) -> Guide {
    find_built_in(id, "en").unwrap().guide.clone()
}

fn begun(guide: &Guide) -> RunState {
    begin(guide, alone(), Form::Whole, 0, &around(0))
}

fn words(text: &str) -> Answer {
    Answer::Words(text.to_owned())
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn answer(run: &mut RunState, guide: &Guide, key: &str, answer: Answer) {
    let event = Event::Answer { by: SOLO.to_owned(), key: key.parse().unwrap(), answer };
    *run = apply(guide, run, event, &around(1)).unwrap();
}

fn next() -> Event {
    Event::Next { by: SOLO.to_owned() }
}

/// Gives an answer that fits a field.
fn some_answer(field: &Field<'_>) -> Answer {
    match field.asked.capture.kind {
        CaptureKind::Text => words("When it rained on Monday, we moved the stall."),
        CaptureKind::Line | CaptureKind::Nothing => words("when somebody sighs"),
        CaptureKind::Lines => Answer::Lines(vec![
            MarkedLine { text: "It runs at night.".into(), marked: false },
            MarkedLine { text: "It never runs twice.".into(), marked: field.asked.capture.mark.is_some() },
        ]),
        CaptureKind::Choice => Answer::Choice(field.asked.capture.options[0].id.clone()),
        CaptureKind::Rating => Answer::Rating(field.asked.capture.least.unwrap_or(1) + 1),
        CaptureKind::Rubric => {
            Answer::Rubric(field.asked.capture.criteria.iter().map(|one| (one.id.clone(), 3)).collect())
        }
        CaptureKind::Day => Answer::Day(day("2026-10-01")),
        CaptureKind::Moment => {
            Answer::Moment { on: at(0).date_naive(), time: NaiveTime::from_hms_opt(9, 4, 0) }
        }
        CaptureKind::Tick => Answer::Tick(true),
        CaptureKind::Entry => Answer::Entry { id: EntryId::from_bytes([7; 16]), title: "The release".into() },
    }
}

/// Answers every field of every step and goes on, until the end. Gives the names of the steps it came by.
fn run_to_end(guide: &Guide, run: &mut RunState, around: &Around) -> Vec<String> {
    let mut came_by = Vec::new();
    for _ in 0..200 {
        if run.at == END {
            return came_by;
        }
        let laid_out = steps(guide, run, around);
        let here: Step =
            laid_out.iter().find(|step| step.key == run.at).expect("it stands on a step").clone();
        came_by.push(here.key.clone());
        // An answer can bring a further field: asked again until nothing new comes.
        for _ in 0..3 {
            for field in fields(guide, &run.clone(), around, &here, SOLO) {
                let event =
                    Event::Answer { by: SOLO.into(), key: field.key.clone(), answer: some_answer(&field) };
                *run = apply(guide, run, event, around).unwrap();
            }
        }
        *run = apply(guide, run, next(), around).unwrap();
        if run.at == here.key {
            // A check asked once; the second time it lets go on.
            *run = apply(guide, run, next(), around).unwrap();
        }
        assert_ne!(run.at, here.key, "{}: the step does not let go", guide.id);
    }
    panic!("{}: the run has no end", guide.id);
}
