//! Properties of the engine: whatever comes, in whatever order, a run stays one that can be gone on with.

use proptest::prelude::*;

use super::super::record;
use super::*;
use crate::store::op::{Hlc, Object, Op};

/// One of the things a person can do, told by numbers so that anything can come.
fn event(guide: &Guide, kind: u8, pick: usize, run: &RunState) -> Event {
    let by = SOLO.to_owned();
    let prompts: Vec<_> = guide.asked().collect();
    let asked = &prompts[pick % prompts.len()];
    let round = u32::try_from(pick % 3).unwrap() + 1;
    let line = pick.is_multiple_of(5).then_some(1);
    let key = AnswerKey { prompt: asked.id.to_owned(), round, line };
    match kind % 14 {
        0 | 1 => Event::Next { by },
        2 => Event::Back,
        3 => Event::Skip,
        4 => Event::GoTo(guide.phases[pick % guide.phases.len()].id.clone()),
        5 => Event::GoTo(END.to_owned()),
        6 => Event::Pause,
        7 => Event::Resume,
        8 => Event::Clear { by, key },
        9 => Event::Answer { by, key, answer: words(" ") },
        10 => Event::Seal { by, step: run.at.clone() },
        11 if pick.is_multiple_of(7) => Event::PutAway,
        11 => Event::TakeUp,
        _ => {
            let field = Field {
                key: key.clone(),
                asked: *asked,
                label: String::new(),
                hint: String::new(),
                lead: String::new(),
            };
            Event::Answer { by, key, answer: some_answer(&field) }
        }
    }
}

/// Writes a run into the fields of an object and reads it again, as another program would.
fn through_the_log(run: &RunState) -> RunState {
    let mut object = Object {
        id: [0; 16],
        kind: 7,
        fields: Default::default(),
        sets: Default::default(),
        erased: false,
        created: Hlc::default(),
        updated: Hlc::default(),
    };
    for op in record::difference(None, run) {
        match op {
            Op::Set { field, value } => drop(object.fields.insert(field, value)),
            Op::Add { field, element } => object.sets.entry(field).or_default().push(element),
            _ => panic!("a new run is only set and added to"),
        }
    }
    record::state_of(&object)
}

proptest! {
    #[test]
    fn whatever_comes_a_run_stands_on_a_step_or_at_the_end(
        id in 1..16u32,
        done in proptest::collection::vec((any::<u8>(), 0..400usize, 0..5_000i64), 0..40),
    ) {
        let guide = english(&format!("j{id}"));
        let mut run = begun(&guide);
        let mut now = 0;
        for (kind, pick, minutes) in done {
            now += minutes;
            let around = around(now);
            let before = run.clone();
            match apply(&guide, &run, event(&guide, kind, pick, &run), &around) {
                Ok(after) => run = after,
                Err(_) => prop_assert_eq!(&run, &before),
            }
            let laid_out = steps(&guide, &run, &around);
            prop_assert!(run.at == END || laid_out.iter().any(|step| step.key == run.at));
            let all = laid_out.iter().flat_map(|step| fields(&guide, &run, &around, step, SOLO));
            for (key, given) in run.answers.get(SOLO).into_iter().flatten() {
                prop_assert!(!given.is_empty());
                let (_, asked) = guide.prompt(&key.prompt).unwrap();
                prop_assert!(given.fits(asked.capture).is_ok());
            }
            // What is shown can be answered.
            for field in all.take(3) {
                let given = Event::Answer { by: SOLO.into(), key: field.key.clone(), answer: some_answer(&field) };
                prop_assert_eq!(apply(&guide, &run, given, &around).is_ok(), run.status == run::Status::Open);
            }
            outcome(&guide, &run, &around, SOLO);
        }
    }

    #[test]
    fn a_run_that_was_kept_and_read_between_any_two_events_is_the_same_run(
        id in 1..16u32,
        done in proptest::collection::vec((any::<u8>(), 0..400usize), 0..30),
    ) {
        let guide = english(&format!("j{id}"));
        let (mut without, mut with) = (begun(&guide), begun(&guide));
        for (kind, pick) in done {
            let around = around(3);
            let event = event(&guide, kind, pick, &without);
            with = through_the_log(&with);
            let (a, b) = (apply(&guide, &without, event.clone(), &around), apply(&guide, &with, event, &around));
            prop_assert_eq!(&a, &b);
            if let (Ok(a), Ok(b)) = (a, b) {
                (without, with) = (a, b);
            }
        }
        prop_assert_eq!(&through_the_log(&with), &without);
    }

    #[test]
    fn stopping_for_days_changes_nothing_but_the_clock(
        id in 1..16u32,
        done in proptest::collection::vec((any::<u8>(), 0..400usize, 0..20_000i64), 0..30),
    ) {
        let guide = english(&format!("j{id}"));
        let (mut through, mut stopping) = (begun(&guide), begun(&guide));
        let mut now = 0;
        for (kind, pick, away) in done {
            // Only what a person does to the run itself; the clock is what is compared last.
            let event = event(&guide, if matches!(kind % 14, 6 | 7) { 0 } else { kind }, pick, &through);
            if stopping.status == run::Status::Open {
                stopping = apply(&guide, &stopping, Event::Pause, &around(now)).unwrap();
                now += away;
                stopping = apply(&guide, &stopping, Event::Resume, &around(now)).unwrap();
            }
            let (a, b) = (apply(&guide, &through, event.clone(), &around(0)), apply(&guide, &stopping, event, &around(now)));
            prop_assert_eq!(a.is_ok(), b.is_ok());
            if let (Ok(a), Ok(b)) = (a, b) {
                (through, stopping) = (a, b);
            }
        }
        stopping.clock = through.clock.clone();
        prop_assert_eq!(through, stopping);
    }

    #[test]
    fn time_alone_moves_nothing(id in 1..16u32, minutes in 0..1_000_000i64) {
        let guide = english(&format!("j{id}"));
        let run = begun(&guide);
        let late = around(minutes);
        prop_assert_eq!(steps(&guide, &run, &late), steps(&guide, &run, &around(0)));
        let after = apply(&guide, &run, Event::Pause, &late).unwrap();
        prop_assert_eq!((after.at, after.status), (run.at, run.status));
    }
}

#[test]
fn what_was_typed_into_a_question_that_went_away_is_kept_and_not_shown() {
    let guide = english("j12");
    let mut run = begun(&guide);
    let line = |marked| Answer::Lines(vec![MarkedLine { text: "It never runs twice.".into(), marked }]);
    answer(&mut run, &guide, "topic", words("the nightly run"));
    answer(&mut run, &guide, "lines", line(false));
    answer(&mut run, &guide, "question~1", words("What stops it?"));
    let planned = |run: &RunState| outcome(&guide, run, &around(1), SOLO);
    assert!(!planned(&run).entry.text.contains("What stops it?"));
    assert!(planned(&run).intentions.iter().all(|one| one.is_offered));
    answer(&mut run, &guide, "lines", line(true));
    assert!(planned(&run).entry.text.contains("What stops it?"));
    assert!(planned(&run).intentions.iter().any(|one| one.text == "Find out: What stops it?"));
}

#[test]
fn going_back_keeps_every_answer() {
    let guide = english("j6");
    let mut run = begun(&guide);
    answer(&mut run, &guide, "what", words("It rained."));
    run = apply(&guide, &run, next(), &around(1)).unwrap();
    run = apply(&guide, &run, Event::Back, &around(1)).unwrap();
    assert_eq!(run.at, "what");
    assert_eq!(run.answer(SOLO, &AnswerKey::of("what")), Some(&words("It rained.")));
    assert_eq!(apply(&guide, &run, Event::Back, &around(1)), Err(Refusal::NoStep));
}

#[test]
fn the_clock_counts_what_a_step_took_and_stands_still_while_paused() {
    let guide = english("j6");
    let mut run = begun(&guide);
    run = apply(&guide, &run, next(), &around(4)).unwrap();
    run = apply(&guide, &run, Event::Pause, &around(6)).unwrap();
    assert_eq!(run.clock.spent_at("what", false, at(9)), 240);
    assert_eq!(run.clock.spent_at("so_what", true, at(60 * 24 * 9)), 120);
    run = apply(&guide, &run, next(), &around(60 * 24 * 9)).unwrap();
    assert!(!run.clock.is_running(), "a timer that was stopped stays stopped");
}

#[test]
fn an_answer_of_another_kind_or_to_another_question_is_refused() {
    let guide = english("j3");
    let run = begun(&guide);
    let give = |key: &str, given| {
        let event = Event::Answer { by: SOLO.into(), key: key.parse().unwrap(), answer: given };
        apply(&guide, &run, event, &around(1)).map(|_| ())
    };
    assert_eq!(give("event", Answer::Rating(2)), Err(Refusal::WrongKind));
    assert_eq!(give("event", words("two\nlines")), Err(Refusal::WrongKind));
    assert_eq!(give("went", Answer::Choice("neither".into())), Err(Refusal::WrongKind));
    assert_eq!(give("nothing", words("x")), Err(Refusal::NotAsked));
    assert_eq!(give("event#2", words("x")), Err(Refusal::NotAsked));
    assert_eq!(give("actual~1", words("x")), Err(Refusal::NotAsked));
    assert_eq!(give("actual", words(&"x".repeat(70_000))), Err(Refusal::TooLong));
    assert_eq!(give("event", words("the release")), Ok(()));
}
