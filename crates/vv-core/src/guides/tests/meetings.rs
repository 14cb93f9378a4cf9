//! The guides for two: their times, who is asked what, what comes of them.

use std::collections::BTreeMap;

use super::super::model::{Beside, Side, With};
use super::super::run::{Status, look, sight_of};
use super::*;

fn two(guide: &Guide) -> Vec<Participant> {
    let roles = |side, at: usize| match default_roles(guide, side) {
        found if found.is_empty() => guide.roles.get(at).map(|role| role.id.clone()).into_iter().collect(),
        found => found,
    };
    vec![
        Participant { id: "ana".into(), roles: roles(Side::Teaches, 0) },
        Participant { id: "ben".into(), roles: roles(Side::Learns, 1) },
    ]
}

fn begun_by_two(id: &str) -> (Guide, RunState) {
    let guide = english(id);
    let run = begin(&guide, two(&guide), Form::Whole, 0, &around(0));
    (guide, run)
}

fn give(guide: &Guide, run: &mut RunState, by: &str, key: &str, given: Answer) {
    let event = Event::Answer { by: by.into(), key: key.parse().unwrap(), answer: given };
    *run = apply(guide, run, event, &around(1)).unwrap_or_else(|why| panic!("{key}: {why}"));
}

fn asked(guide: &Guide, run: &RunState, step: &str, person: &str) -> Vec<String> {
    let step = steps(guide, run, &around(1)).into_iter().find(|one| one.key == step).unwrap();
    fields(guide, run, &around(1), &step, person).into_iter().map(|field| field.key.to_string()).collect()
}

fn planned_minutes(id: &str, form: Form) -> u32 {
    let guide = english(id);
    let run = begin(&guide, two(&guide), form, 0, &around(0));
    let seconds: u32 =
        steps(&guide, &run, &around(0)).iter().map(|step| planned_seconds(&guide, &run, step)).sum();
    seconds.div_ceil(60)
}

#[test]
fn the_guides_for_two_take_the_time_that_is_planned_for_them() {
    let planned = [
        ("p2", 60),
        ("p4", 20),
        ("p5", 45),
        ("p6-s1", 50),
        ("p6-s2", 50),
        ("p6-s3", 50),
        ("p6-s4", 50),
        ("p6-s5", 50),
        ("p6-s6", 50),
        ("p7", 60),
        ("c4-m1", 75),
        ("c5", 25),
    ];
    for (id, minutes) in planned {
        assert_eq!(planned_minutes(id, Form::Whole), minutes, "{id}");
    }
    assert!((45..=60).contains(&planned_minutes("p3", Form::Whole)));
    for id in ["p3-shadow", "p3-document", "p3-role-play", "p3-network", "p3-story"] {
        assert!(
            (45..=60).contains(&planned_minutes(id, Form::Whole)),
            "{id}: {}",
            planned_minutes(id, Form::Whole)
        );
    }
    let short = english("p2").short_form.unwrap().minutes;
    assert!((29..=36).contains(&planned_minutes("p2", Form::Short)), "{short}");
    // Practice 16: a session that fits into a quarter of an hour.
    assert_eq!(planned_minutes("p3", Form::Short), 15);
    for id in ["p6-primer-junior", "p6-primer-senior"] {
        assert_eq!(english(id).minutes(false), 20, "{id}");
    }
}

#[test]
fn every_guide_for_two_can_be_run_by_two_to_its_end() {
    for one in built_in("en").into_iter().filter(|one| one.guide.people.least == 2) {
        let guide = &one.guide;
        let mut run = begin(guide, two(guide), Form::Whole, 0, &around(0));
        for _ in 0..80 {
            if run.at == END {
                break;
            }
            let here = steps(guide, &run, &around(1)).into_iter().find(|step| step.key == run.at).unwrap();
            for person in ["ana", "ben"] {
                for _ in 0..3 {
                    for field in fields(guide, &run.clone(), &around(1), &here, person) {
                        let key = field.key.to_string();
                        if run.answer(person, &field.key).is_none() {
                            give(guide, &mut run, person, &key, some_answer(&field));
                        }
                    }
                }
            }
            run = apply(guide, &run, Event::Next { by: "ben".into() }, &around(1)).unwrap();
            if run.at == here.key {
                run = apply(guide, &run, Event::Next { by: "ben".into() }, &around(1)).unwrap();
            }
        }
        assert_eq!(run.at, END, "{}", guide.id);
        let done = apply(guide, &run, Event::Finish { by: "ana".into() }, &around(1)).unwrap();
        assert_eq!(done.status, Status::Finished, "{}", guide.id);
        let came = together(guide, &done, &around(1));
        assert!(!came.notes.contains(['{', '}']), "{}: {}", guide.id, came.notes);
        let texts =
            came.promises.iter().map(|one| &one.text).chain(came.agreement.iter().map(|one| &one.text));
        for text in texts {
            assert!(!text.contains(['{', '}', '…']), "{}: {text}", guide.id);
        }
        assert_eq!(came.promises.is_empty(), guide.outputs.promises.is_empty(), "{}", guide.id);
        assert_eq!(came.next.is_some(), guide.outputs.next.is_some(), "{}", guide.id);
    }
}

/// Practice 70: return questions come before new matter.
#[test]
fn a_session_begins_with_what_was_tried_since_the_last_one() {
    let of_return = |id: &str| {
        let guide = english(id);
        let first = guide.phases.iter().find(|phase| phase.id != "arrive").unwrap().clone();
        first.id == "since"
            && first.beside.contains(&Beside::Promises)
            && first.beside.contains(&Beside::LastSession)
    };
    for id in [
        "p3",
        "p3-shadow",
        "p3-document",
        "p3-role-play",
        "p3-network",
        "p3-story",
        "p6-s2",
        "p6-s5",
        "k3-handover",
    ] {
        assert!(of_return(id), "{id}");
    }
    assert!(!of_return("p2"), "a first meeting looks back on nothing");
}

/// Practice 83: the four rules of the start, and own ones, read at the start of each meeting.
#[test]
fn the_ground_rules_stand_beside_every_meeting() {
    let common = english("c0").rules;
    assert_eq!(common.len(), 9);
    for one in built_in("en").into_iter().filter(|one| one.guide.kind == model::GuideKind::Meeting) {
        let rules = ground_rules(&one.guide, "en");
        assert_eq!(rules.starts_with(&common), one.guide.id != "p5-short", "{}", one.guide.id);
    }
    assert_eq!(ground_rules(&english("p3"), "de")[0], find_built_in("c0", "de").unwrap().guide.rules[0]);
    assert!(ground_rules(&english("j1"), "en").is_empty());
}

#[test]
fn a_step_of_which_somebody_is_not_sure_is_made_smaller_and_that_is_promised() {
    let (guide, mut run) = begun_by_two("p3");
    give(&guide, &mut run, "ben", "action", words("rewrite the whole plan"));
    give(&guide, &mut run, "ben", "confidence", Answer::Rating(7));
    assert!(!asked(&guide, &run, "will", "ben").contains(&"smaller".to_owned()));
    give(&guide, &mut run, "ben", "confidence", Answer::Rating(6));
    assert!(asked(&guide, &run, "will", "ben").contains(&"smaller".to_owned()));
    let step = steps(&guide, &run, &around(1)).into_iter().find(|step| step.key == "will").unwrap();
    assert!(look(&guide, &run, &around(1), &step, "ben").iter().any(|note| note.check == "sure_enough"));
    give(&guide, &mut run, "ben", "smaller", words("rewrite one page"));
    give(&guide, &mut run, "ben", "obstacle", words("the phone rings"));
    give(&guide, &mut run, "ben", "then", words("let it ring"));
    let promises = together(&guide, &run, &around(1)).promises;
    let said: Vec<_> =
        promises.iter().map(|one| (one.by.as_str(), one.text.as_str(), one.if_then.as_str())).collect();
    assert_eq!(said, [("ben", "rewrite one page", "If the phone rings, then I let it ring")]);
}

#[test]
fn four_options_are_asked_for_a_fifth_once_and_either_may_write_them() {
    let (guide, mut run) = begun_by_two("p3");
    let lines = |count: usize| {
        Answer::Lines(
            (0..count).map(|at| MarkedLine { text: format!("option {at}"), marked: false }).collect(),
        )
    };
    let step = steps(&guide, &run, &around(1)).into_iter().find(|step| step.key == "options").unwrap();
    give(&guide, &mut run, "ana", "choices", lines(4));
    let said = |run: &RunState, by: &str| look(&guide, run, &around(1), &step, by).len();
    assert_eq!((said(&run, "ana"), said(&run, "ben")), (1, 1));
    give(&guide, &mut run, "ana", "choices", lines(5));
    assert_eq!((said(&run, "ana"), said(&run, "ben")), (0, 0));
}

#[test]
fn roles_are_swapped_in_the_second_half_of_peer_coaching() {
    let (guide, run) = begun_by_two("p7");
    assert_eq!(run.people[0].roles, ["coach"]);
    assert_eq!(asked(&guide, &run, "topic", "ben"), ["outcome"]);
    assert!(asked(&guide, &run, "topic", "ana").is_empty());
    assert_eq!(asked(&guide, &run, "b_topic", "ana"), ["b_outcome"]);
    assert!(asked(&guide, &run, "b_topic", "ben").is_empty());
    let wrong = Event::Answer { by: "ben".into(), key: AnswerKey::of("b_outcome"), answer: words("x") };
    assert_eq!(apply(&guide, &run, wrong, &around(1)), Err(Refusal::NotYours));
}

#[test]
fn what_the_senior_says_back_the_junior_writes_down() {
    let (guide, mut run) = begun_by_two("p6-s4");
    assert_eq!(run.people[0].roles, ["junior"], "whoever is learned from leads");
    assert_eq!(asked(&guide, &run, "say_back", "ana"), ["said_back"]);
    assert!(asked(&guide, &run, "say_back", "ben").is_empty());
    give(&guide, &mut run, "ana", "said_back", words("I answer what was asked of Tom."));
    give(&guide, &mut run, "ana", "silent", words("that was hard"));
    give(&guide, &mut run, "ben", "action", words("count to five"));
    let came = together(&guide, &run, &around(1));
    assert!(came.notes.contains("I answer what was asked of Tom."), "{}", came.notes);
    assert!(!came.notes.contains("that was hard"), "what is for one alone is in no notes");
    assert_eq!(came.promises[0].by, "ben");
    assert!(!sight_of(&guide, &run, &around(1), "ben").iter().any(|sight| sight.key.prompt == "silent"));
}

#[test]
fn the_agreement_has_ten_sections_and_three_more_where_one_stands_above_the_other() {
    let (guide, mut run) = begun_by_two("p1");
    for (by, why) in [("ana", "to understand the shop floor"), ("ben", "to be asked")] {
        give(&guide, &mut run, by, "why", words(why));
    }
    let line = |text: &str| Answer::Lines(vec![MarkedLine { text: text.into(), marked: false }]);
    give(&guide, &mut run, "ana", "goal_lines", line("decide nearer to the work"));
    let sections = |run: &RunState| together(&guide, run, &around(1)).agreement;
    let numbers: Vec<u32> = sections(&run).iter().map(|one| one.section).collect();
    assert_eq!(numbers, [1, 2, 5, 6, 7, 9, 10], "a section without words is left out");
    assert_eq!(sections(&run)[0].text, "to understand the shop floor\nto be asked");
    give(&guide, &mut run, "ben", "power", Answer::Tick(true));
    let numbers: Vec<u32> = sections(&run).iter().map(|one| one.section).collect();
    assert!(numbers.ends_with(&[11, 12, 13]), "{numbers:?}");
    assert!(steps(&guide, &run, &around(1)).iter().any(|step| step.key == "candour"));
}

/// Practice 19: behaviour anchors, first and second try side by side, no star.
#[test]
fn a_teach_back_shows_both_tries_and_says_when_somebody_is_ready() {
    let (guide, mut run) = begun_by_two("c5");
    let criteria = guide.prompt("first_try").unwrap().1.capture.criteria.clone();
    assert_eq!(criteria.len(), 9);
    assert!(criteria.iter().all(|one| one.levels.len() == 4));
    let levels = |level: u32, other: &[(&str, u32)]| {
        let mut all: BTreeMap<String, u32> = criteria.iter().map(|one| (one.id.clone(), level)).collect();
        all.extend(other.iter().map(|(id, level)| ((*id).to_owned(), *level)));
        Answer::Rubric(all)
    };
    give(&guide, &mut run, "ben", "first_try", levels(2, &[("time", 1)]));
    give(
        &guide,
        &mut run,
        "ben",
        "second_try",
        levels(2, &[("accuracy", 3), ("learner_does", 3), ("climate", 3)]),
    );
    let shown = rubric(&guide, &run, "ben", "second_try").unwrap();
    let accuracy = shown.rows.iter().find(|row| row.text == "Accuracy").unwrap();
    assert_eq!((accuracy.before, accuracy.now, shown.is_ready), (Some(2), Some(3), Some(true)));
    assert_eq!(rubric(&guide, &run, "ben", "first_try").unwrap().is_ready, Some(false));
    give(&guide, &mut run, "ben", "second_try", levels(4, &[("chunking", 1)]));
    assert_eq!(rubric(&guide, &run, "ben", "second_try").unwrap().is_ready, Some(false), "no ones");
    give(&guide, &mut run, "ben", "second_try", Answer::Rubric(BTreeMap::from([("aim".to_owned(), 4)])));
    assert_eq!(rubric(&guide, &run, "ben", "second_try").unwrap().is_ready, None, "a level is missing");
    assert!(
        !together(&guide, &run, &around(1)).notes.contains("Accuracy"),
        "the result belongs to the teacher"
    );
    let wrong = Answer::Rubric(BTreeMap::from([("aim".to_owned(), 5)]));
    let event = Event::Answer { by: "ben".into(), key: AnswerKey::of("second_try"), answer: wrong };
    assert_eq!(apply(&guide, &run, event, &around(1)), Err(Refusal::WrongKind));
}

/// Practice 51: six meetings, primers for both, circles as dates.
#[test]
fn the_programme_has_two_primers_six_meetings_and_three_dates_for_circles() {
    let guide = english("p6");
    let of = |with: With| guide.plan.iter().filter(|part| part.with == with).collect::<Vec<_>>();
    let meetings: Vec<_> = of(With::Pair).into_iter().map(|part| part.guide.clone().unwrap()).collect();
    assert_eq!(meetings, ["p6-s1", "p6-s2", "p6-s3", "p6-s4", "p6-s5", "p6-s6"]);
    assert!(meetings.iter().all(|id| find_built_in(id, "en").is_some()));
    assert_eq!(of(With::Own).len(), 2);
    let circles = of(With::Circle);
    let days = |id: &str| guide.plan.iter().find(|part| part.id == id).unwrap().day;
    assert_eq!(circles.len(), 3);
    assert!(circles.iter().all(|part| part.role.as_deref() == Some("junior") && part.guide.is_none()));
    assert!(circles[0].day < days("s1") && days("s2") < circles[1].day && circles[1].day < days("s3"));
    assert!(days("s5") < circles[2].day && circles[2].day < days("s6"));
    assert!(guide.plan.iter().all(|part| part.day <= 184), "within six months");
}

#[test]
fn a_rubric_that_leads_nowhere_is_refused_with_its_place() {
    let source = find_built_in("c5", "en").unwrap().source;
    for (from, to) in [
        ("compare = \"first_try\"", "compare = \"nobody\""),
        ("kind = \"rubric\"", "kind = \"line\""),
        ("at_least = 3, of = [\"accuracy\"", "at_least = 3, of = [\"grace\""),
    ] {
        let text = source.replacen(from, to, 1);
        assert_ne!(text, source, "{from}");
        assert!(parse(&text).is_err(), "{to}");
    }
}
