//! The guides that come with the app, each run to its end, and what is special about some of them.

use super::super::run::{Earlier, look, notes};
use super::*;

fn step_at(guide: &Guide, run: &RunState, around: &Around) -> Step {
    steps(guide, run, around).into_iter().find(|step| step.key == run.at).unwrap()
}

#[test]
fn every_guide_can_be_run_to_its_end_and_gives_a_readable_entry() {
    for one in built_in("en") {
        let (guide, around) = (&one.guide, around(1));
        let mut run = begin(guide, alone(), Form::Whole, 0, &around);
        let came_by = run_to_end(guide, &mut run, &around);
        let laid_out: Vec<String> = steps(guide, &run, &around).into_iter().map(|step| step.key).collect();
        assert_eq!(came_by, laid_out, "{}", guide.id);
        let planned = outcome(guide, &run, &around, SOLO);
        assert!(!planned.entry.title.contains(['{', '…']), "{}: {}", guide.id, planned.entry.title);
        for step in &laid_out {
            let phase = guide.phase(step.split('#').next().unwrap()).unwrap();
            // What is only said, or only serves the run, leaves nothing in the entry.
            let is_kept = |asked: model::Asked<'_>| {
                asked.capture.kind != CaptureKind::Nothing && asked.capture.into == model::Into::Entry
            };
            if !phase.asked().any(is_kept) {
                continue;
            }
            assert!(planned.entry.text.contains(&format!("## {}", phase.name)), "{}: {step}", guide.id);
        }
        assert!(!planned.entry.text.contains(['{', '}']), "{}: {}", guide.id, planned.entry.text);
        assert!(!planned.entry.tags.is_empty(), "{}", guide.id);
        let finished = apply(guide, &run, Event::Finish { by: SOLO.into() }, &around).unwrap();
        assert_eq!(finished.status, run::Status::Finished, "{}", guide.id);
    }
}

#[test]
fn every_guide_can_be_passed_through_without_a_word_and_then_has_nothing_to_keep() {
    for one in built_in("en") {
        let (guide, around) = (&one.guide, around(1));
        let mut run = begin(guide, alone(), Form::Whole, 0, &around);
        while run.at != END {
            run = apply(guide, &run, Event::Skip, &around).unwrap();
        }
        let refused = apply(guide, &run, Event::Finish { by: SOLO.into() }, &around);
        assert_eq!(refused, Err(Refusal::Empty), "{}", guide.id);
    }
}

#[test]
fn a_review_wants_conditions_choices_and_habits_and_says_so_once() {
    let (guide, around) = (english("j3"), around(1));
    let mut run = begun(&guide);
    run = apply(&guide, &run, Event::GoTo("why".into()), &around).unwrap();
    answer(&mut run, &guide, "conditions", words("The board shows errors, not absence."));
    answer(&mut run, &guide, "choices", words("I told myself it was early there."));
    let said = look(&guide, &run, &around, &step_at(&guide, &run, &around), SOLO);
    assert_eq!(said.len(), 1);
    assert_eq!(said[0].about, [AnswerKey::of("habits")]);
    run = apply(&guide, &run, next(), &around).unwrap();
    assert_eq!(run.at, "why");
    let went = apply(&guide, &run, next(), &around).unwrap();
    assert_eq!(went.at, "then");
    answer(&mut run, &guide, "habits", words("We read quiet as good."));
    assert!(look(&guide, &run, &around, &step_at(&guide, &run, &around), SOLO).is_empty());
}

#[test]
fn a_review_asks_for_the_other_kind_after_one_of_the_same() {
    let guide = english("j3");
    let mut run = begun(&guide);
    answer(&mut run, &guide, "went", Answer::Choice("failure".into()));
    let earlier = |kind: &str| Earlier([(AnswerKey::of("went"), Answer::Choice(kind.into()))].into());
    let fires = |kinds: &[&str]| {
        let around = Around { earlier: kinds.iter().map(|kind| earlier(kind)).collect(), ..around(1) };
        let said = look(&guide, &run, &around, &step_at(&guide, &run, &around), SOLO);
        said.iter().any(|note| note.check == "both_kinds")
    };
    assert!(fires(&["failure", "success"]));
    assert!(!fires(&["success", "failure"]));
    assert!(!fires(&[]));
}

#[test]
fn a_review_after_two_days_says_that_facts_fade() {
    let guide = english("j3");
    let mut run = begun(&guide);
    let said = |run: &RunState| {
        let notes = look(&guide, run, &around(1), &step_at(&guide, run, &around(1)), SOLO);
        notes.into_iter().find(|note| note.check == "fresh").map(|note| note.say)
    };
    let moment = |hours: i64| {
        let then = around(1).local - TimeDelta::hours(hours);
        Answer::Moment { on: then.date(), time: Some(then.time()) }
    };
    answer(&mut run, &guide, "when", moment(31));
    assert_eq!(said(&run), None);
    answer(&mut run, &guide, "when", moment(72));
    assert!(said(&run).unwrap().contains("72 hours"));
}

#[test]
fn a_description_that_judges_is_named_and_one_of_facts_is_not() {
    let (guide, around) = (english("j5"), around(1));
    let mut run = begun(&guide);
    let said = |run: &RunState| look(&guide, run, &around, &step_at(&guide, run, &around), SOLO);
    answer(&mut run, &guide, "description", words("Tom was lazy, and of course he overreacted."));
    assert!(said(&run)[0].say.contains("lazy, of course, overreact"), "{}", said(&run)[0].say);
    answer(&mut run, &guide, "description", words("Tom read the mail at nine and closed the door."));
    assert!(said(&run).is_empty());
}

#[test]
fn an_action_plan_without_a_trigger_is_asked_for_one() {
    let (guide, around) = (english("j5"), around(1));
    let mut run = begun(&guide);
    run = apply(&guide, &run, Event::GoTo("plan".into()), &around).unwrap();
    let said = |run: &RunState| look(&guide, run, &around, &step_at(&guide, run, &around), SOLO);
    assert!(said(&run).is_empty(), "an empty plan is not judged");
    answer(&mut run, &guide, "next_time", words("listen more"));
    assert_eq!(said(&run)[0].check, "has_trigger");
    answer(&mut run, &guide, "trigger", words("As soon as somebody says “obviously”"));
    assert!(said(&run).is_empty());
}

#[test]
fn a_loop_page_stays_open_until_its_fourth_part() {
    let (guide, around) = (english("j7"), around(1));
    let mut run = begun(&guide);
    answer(&mut run, &guide, "topic", words("Hearing a no"));
    answer(&mut run, &guide, "idea", words("Silence is an answer."));
    let finish = Event::Finish { by: SOLO.into() };
    assert_eq!(apply(&guide, &run, finish.clone(), &around), Err(Refusal::Held));
    assert_eq!(notes::held(&guide, &run, &around, SOLO).len(), 1);
    answer(&mut run, &guide, "reflected", words("I ask before I go on."));
    assert!(apply(&guide, &run, finish, &around).is_ok());
    let planned = outcome(&guide, &run, &around, SOLO).learning_loop.unwrap();
    assert_eq!((planned.title.as_str(), planned.practise), ("Hearing a no", None));
    assert_eq!(planned.reflect.as_deref(), Some("I ask before I go on."));
}

#[test]
fn what_an_intention_says_itself_does_not_stand_beside_it_once_more() {
    let (guide, around) = (english("j8"), around(1));
    let mut run = begun(&guide);
    let on = around.local.date();
    for (key, said) in [
        ("unanswered", words("Why not the other way round?")),
        ("cut", words("the history")),
        ("keep", words("the exercise")),
        ("add", words("a question")),
        ("on", Answer::Day(on)),
    ] {
        answer(&mut run, &guide, key, said);
    }
    let planned = outcome(&guide, &run, &around, SOLO).intentions;
    let beside: Vec<(&str, &str)> =
        planned.iter().map(|one| (one.text.as_str(), one.from_words.as_str())).collect();
    assert_eq!(
        beside,
        [
            ("Find the answer: Why not the other way round?", ""),
            ("Teach it again: cut the history, add a question", "the exercise"),
        ]
    );
}

#[test]
fn the_obstacle_becomes_the_if_of_the_plan() {
    let (guide, around) = (english("j10"), around(1));
    let mut run = begun(&guide);
    answer(&mut run, &guide, "wish", words("give the talk"));
    answer(&mut run, &guide, "obstacle", words("I rush when somebody looks at the clock"));
    let step = steps(&guide, &run, &around).into_iter().find(|step| step.key == "plan").unwrap();
    let lead = fields(&guide, &run, &around, &step, SOLO)[0].lead.clone();
    assert_eq!(lead, "If I rush when somebody looks at the clock, then I");
    answer(&mut run, &guide, "move", words("stop and breathe"));
    let planned = outcome(&guide, &run, &around, SOLO);
    let goal = planned.goal.unwrap();
    assert_eq!(goal.if_then, "If I rush when somebody looks at the clock, then I stop and breathe");
    assert!(
        planned.entry.text.contains("If I rush when somebody looks at the clock, then I stop and breathe")
    );
}

#[test]
fn the_same_pain_a_third_time_is_offered_three_ways_and_not_before() {
    let guide = english("j11");
    let mut run = begun(&guide);
    let pain = |text: &str| Earlier([(AnswerKey::of("pain"), words(text))].into());
    let has_step = |run: &RunState, earlier: &[&str]| {
        let around = Around { earlier: earlier.iter().map(|text| pain(text)).collect(), ..around(1) };
        steps(&guide, run, &around).iter().any(|step| step.key == "again")
    };
    assert!(!has_step(&run, &["not being asked", "not being asked"]), "nothing was named yet");
    answer(&mut run, &guide, "pain", words("Not being asked!"));
    assert!(!has_step(&run, &["not being asked", "too many meetings"]));
    assert!(has_step(&run, &["not being asked", "too many meetings", "being asked, not"]));
}

#[test]
fn what_is_parked_comes_back_on_its_day_and_nothing_else_of_the_three_ways() {
    let guide = english("j11");
    let pain = Earlier([(AnswerKey::of("pain"), words("not being asked"))].into());
    let around = Around { earlier: vec![pain.clone(), pain], ..around(1) };
    let mut run = begin(&guide, alone(), Form::Whole, 0, &around);
    for (key, given) in [
        ("pain", words("not being asked")),
        ("way", Answer::Choice("act".into())),
        ("act", words("ask for a place in the round")),
        ("way", Answer::Choice("park".into())),
        ("until", Answer::Day(day("2027-01-15"))),
    ] {
        let event = Event::Answer { by: SOLO.into(), key: AnswerKey::of(key), answer: given };
        run = apply(&guide, &run, event, &around).unwrap();
    }
    let made = outcome(&guide, &run, &around, SOLO).intentions;
    let said: Vec<_> = made.iter().map(|one| (one.text.as_str(), one.due_on)).collect();
    assert_eq!(said, [("Parked until now: not being asked", day("2027-01-15"))]);
}

#[test]
fn each_line_marked_shaky_becomes_a_question_and_each_question_an_intention() {
    let (guide, around) = (english("j12"), around(1));
    let mut run = begun(&guide);
    answer(&mut run, &guide, "topic", words("the nightly run"));
    let line = |text: &str, marked| MarkedLine { text: text.into(), marked };
    let lines =
        vec![line("It runs at night.", false), line("It never runs twice.", true), line("It is fast.", true)];
    answer(&mut run, &guide, "lines", Answer::Lines(lines));
    let step = steps(&guide, &run, &around).into_iter().find(|step| step.key == "ask").unwrap();
    let asked = fields(&guide, &run, &around, &step, SOLO);
    let labels: Vec<_> = asked.iter().map(|field| field.label.as_str()).collect();
    assert_eq!(labels, ["“It never runs twice.”", "“It is fast.”"]);
    answer(&mut run, &guide, "question~2", words("What stops the second one?"));
    let planned = outcome(&guide, &run, &around, SOLO);
    assert!(planned.entry.text.contains("- It never runs twice. *(shaky)*"));
    let texts: Vec<_> = planned.intentions.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Find out: What stops the second one?", "Explain it once more: the nightly run"]);
}

#[test]
fn a_growth_page_has_two_behaviours_each_with_then_now_and_evidence() {
    let (guide, around) = (english("j13"), around(1));
    let mut run = begun(&guide);
    answer(&mut run, &guide, "does", words("ask first"));
    answer(&mut run, &guide, "then", Answer::Rating(2));
    answer(&mut run, &guide, "now", Answer::Rating(4));
    let id = EntryId::from_bytes([9; 16]);
    answer(&mut run, &guide, "evidence", Answer::Entry { id, title: "The [big] round".into() });
    answer(&mut run, &guide, "does#2", words("say it shorter"));
    let text = outcome(&guide, &run, &around, SOLO).entry.text;
    assert!(text.contains("## Behaviour 1\n") && text.contains("## Behaviour 2\n"), "{text}");
    assert!(text.contains("- **Then:** 2/5\n- **Now:** 4/5\n"), "{text}");
    assert!(text.contains(&format!("[[The big round|{id}]]")), "{text}");
}

#[test]
fn a_course_becomes_a_loop_with_what_was_gained_and_three_dated_tries() {
    let (guide, around) = (english("to-practice"), around(1));
    let mut run = begun(&guide);
    for (key, text) in [
        ("source", "Reading a balance sheet"),
        ("idea", "Begin with the cash."),
        ("first_try", "the forecast, alone"),
        ("third_try", "with Ana beside me"),
    ] {
        answer(&mut run, &guide, key, words(text));
    }
    answer(&mut run, &guide, "third_on", Answer::Day(day("2026-12-04")));
    let planned = outcome(&guide, &run, &around, SOLO);
    let made = planned.learning_loop.unwrap();
    assert_eq!((made.gain.as_deref(), made.practise), (Some("Begin with the cash."), None));
    assert_eq!((made.feedback, made.reflect), (None, None));
    let texts: Vec<_> = planned.intentions.iter().map(|one| (one.text.as_str(), one.is_offered)).collect();
    assert_eq!(
        texts[..2],
        [("First try: the forecast, alone", false), ("Third try: with Ana beside me", false)]
    );
    assert_eq!(planned.intentions[1].due_on, day("2026-12-04"));
    let today = around.local.date();
    let later: Vec<_> = planned.intentions[2..].iter().map(|one| (one.due_on - today).num_days()).collect();
    assert_eq!((later, texts[2].1), (vec![42, 84], true), "six and twelve weeks later it is asked about");
}

#[test]
fn three_things_one_could_teach_are_kept_as_an_entry_and_offered_to_nobody() {
    let (guide, around) = (english("could-teach"), around(1));
    assert_eq!(guide.minutes(false), 10);
    let mut run = begun(&guide);
    run_to_end(&guide, &mut run, &around);
    answer(&mut run, &guide, "first", words("reading a contract"));
    let planned = outcome(&guide, &run, &around, SOLO);
    assert!(planned.entry.text.contains("- **The first:** reading a contract"), "{}", planned.entry.text);
    assert!(planned.intentions.iter().all(|one| one.is_offered), "nothing is set out to do unasked");
    assert_eq!(planned.intentions[0].text, "Show somebody ten minutes of it: reading a contract");
}

#[test]
fn a_value_is_one_of_the_list_or_ones_own_and_becomes_a_tag() {
    let (guide, around) = (english("j15"), around(1));
    for (chosen, said) in
        [("honesty", "honesty"), ("ownership", "act like an owner"), ("slowness", "slowness")]
    {
        let mut run = begun(&guide);
        answer(&mut run, &guide, "value", Answer::Choice(chosen.into()));
        let planned = outcome(&guide, &run, &around, SOLO);
        assert_eq!(planned.entry.tags, ["value in action", said]);
        let step = steps(&guide, &run, &around).into_iter().find(|step| step.key == "lived").unwrap();
        let ask = run.fill(&guide, SOLO, &guide.phase_of(&step).ask, 1).0;
        assert_eq!(ask, format!("When did you live {said} at a cost?"));
    }
}
