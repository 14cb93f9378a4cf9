//! Runs of several: roles, turns, and answers that are sealed until all are revealed together. There is no screen for them
//! yet; the engine holds them already.

use proptest::prelude::*;

use super::super::run::sight::is_revealed;
use super::super::run::sight_of;
use super::*;

const PULSE: &str = r#"
format = 1
id = "midpoint"
version = 1
language = "en"
kind = "meeting"
title = "Midpoint"
summary = "Each answers alone, then both look."
people = { least = 2, most = 2 }
roles = [{ id = "mentor", name = "Mentor", card = "Listen." }, { id = "mentee", name = "Mentee" }]

[[phases]]
id = "worth"
name = "Worth it"
ask = "Is it worth my time?"
minutes = 5
speaks = "nobody"
capture = { kind = "text", readers = "sealed" }
prompts = [
  { id = "time", text = "Worth my time", capture = { kind = "rating", readers = "sealed" } },
  { id = "more", text = "More of" },
  { id = "private", text = "For me alone", optional = true, capture = { kind = "text", readers = "me" } },
]

[[phases]]
id = "story"
name = "Story"
ask = "Tell a turning point."
minutes = 4
speaks = "turns"
capture = { kind = "text", readers = "all" }

[[phases]]
id = "promise"
name = "Promise"
ask = "What will you do?"
minutes = 3
speaks = "mentee"
capture = { kind = "line", readers = "all" }
"#;

fn two() -> Vec<Participant> {
    let one = |id: &str, role: &str| Participant { id: id.into(), roles: vec![role.into()] };
    vec![one("ana", "mentor"), one("ben", "mentee")]
}

fn give(guide: &Guide, run: &RunState, by: &str, key: &str, given: Answer) -> Result<RunState, Refusal> {
    apply(guide, run, Event::Answer { by: by.into(), key: key.parse().unwrap(), answer: given }, &around(1))
}

fn seal(guide: &Guide, run: &RunState, by: &str) -> Result<RunState, Refusal> {
    apply(guide, run, Event::Seal { by: by.into(), step: "worth".into() }, &around(1))
}

fn seen(guide: &Guide, run: &RunState, by: &str) -> Vec<String> {
    let sights = sight_of(guide, run, &around(1), by);
    sights.into_iter().map(|sight| format!("{} {}", sight.by, sight.key)).collect()
}

#[test]
fn turns_are_steps_of_their_own_and_a_role_is_asked_alone() {
    let guide = parse(PULSE).unwrap();
    let run = begin(&guide, two(), Form::Whole, 0, &around(0));
    let keys: Vec<_> = steps(&guide, &run, &around(0)).into_iter().map(|step| step.key).collect();
    assert_eq!(keys, ["worth", "story@ana", "story@ben", "promise"]);
    assert_eq!(give(&guide, &run, "ana", "promise", words("x")), Err(Refusal::NotYours));
    assert!(give(&guide, &run, "ben", "promise", words("I call her")).is_ok());
    assert!(give(&guide, &run, "ana", "story", words("Lisbon")).is_ok(), "each tells on their own turn");
}

#[test]
fn sealed_answers_are_revealed_together_and_not_before() {
    let guide = parse(PULSE).unwrap();
    let mut run = begin(&guide, two(), Form::Whole, 0, &around(0));
    run = give(&guide, &run, "ana", "time", Answer::Rating(2)).unwrap();
    run = give(&guide, &run, "ben", "time", Answer::Rating(5)).unwrap();
    run = give(&guide, &run, "ben", "private", words("I was afraid to say it")).unwrap();
    run = seal(&guide, &run, "ana").unwrap();
    assert_eq!(seen(&guide, &run, "ben"), ["ben private", "ben time"]);
    assert_eq!(seen(&guide, &run, "ana"), ["ana time"]);
    assert_eq!(give(&guide, &run, "ana", "time", Answer::Rating(5)), Err(Refusal::Sealed));
    run = seal(&guide, &run, "ben").unwrap();
    assert_eq!(seen(&guide, &run, "ana"), ["ana time", "ben time"], "what is for one alone stays so");
    assert_eq!(seen(&guide, &run, "ben"), ["ana time", "ben private", "ben time"]);
}

#[test]
fn what_is_revealed_together_is_not_given_in_turns() {
    let refused = parse(&PULSE.replace("speaks = \"nobody\"", "speaks = \"turns\"")).unwrap_err();
    assert_eq!((refused.field.as_str(), refused.line), ("phases[0].speaks", Some(17)));
}

#[test]
fn a_guide_for_two_stays_at_the_pace_and_form_it_was_begun_in() {
    let guide = parse(PULSE).unwrap();
    let run = begin(&guide, two(), Form::Whole, 90, &around(0));
    assert_eq!(run.pace, 25);
    let step = &steps(&guide, &run, &around(0))[0];
    assert_eq!(planned_seconds(&guide, &run, step), 375);
}

proptest! {
    #[test]
    fn nobody_sees_what_is_sealed_until_everybody_has(
        done in proptest::collection::vec((any::<bool>(), 0..6u8, 1..6u32), 0..40),
    ) {
        let guide = parse(PULSE).unwrap();
        let mut run = begin(&guide, two(), Form::Whole, 0, &around(0));
        for (is_ana, kind, mark) in done {
            let by = if is_ana { "ana" } else { "ben" };
            let after = match kind {
                0 | 1 => give(&guide, &run, by, "time", Answer::Rating(mark)),
                2 => give(&guide, &run, by, "more", words("questions")),
                3 => seal(&guide, &run, by),
                4 => apply(&guide, &run, Event::Next { by: by.into() }, &around(1)),
                _ => apply(&guide, &run, Event::Back, &around(1)),
            };
            let Ok(after) = after else { continue };
            run = after;
            let both = ["ana", "ben"].iter().all(|one| run.sealed.contains(&("worth".into(), (*one).to_owned())));
            let step = steps(&guide, &run, &around(1)).into_iter().next().unwrap();
            prop_assert_eq!(is_revealed(&guide, &run, &around(1), &step), both);
            for (who, other) in [("ana", "ben"), ("ben", "ana")] {
                let sees_other = sight_of(&guide, &run, &around(1), who)
                    .iter()
                    .any(|sight| sight.by == other && ["time", "more"].contains(&sight.key.prompt.as_str()));
                prop_assert!(both || !sees_other);
            }
        }
    }
}
