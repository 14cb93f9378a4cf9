//! The guides that come with the app in each language: the same questions in other words, each run to its end, and each check
//! on sentences of its own language.

use super::super::built_in::files;
use super::super::run::{Earlier, look, notes};
use super::super::template::{filled, placeholders};
use super::*;

/// Fields that hold words for people; every other field says the same in every language.
const SAID: [&str; 28] = [
    "title", "summary", "subject", "rules", "name", "ask", "help", "note", "text", "hint", "lead", "low",
    "high", "mark", "say", "tags", "from", "wish", "if_then", "gain", "practise", "feedback", "who",
    "reflect", "card", "levels", "where", "instead",
];

/// Words that people use in both languages.
const THE_SAME: [&str; 1] = ["Mentee"];

fn german(id: &str) -> Guide {
    find_built_in(id, "de").unwrap().guide.clone()
}

/// Compares two files field by field, and gathers the words for people that are the same in both.
fn compare(path: &str, key: &str, one: &toml::Value, other: &toml::Value, same: &mut Vec<String>) {
    use toml::Value::{Array, String, Table};
    match (one, other) {
        (Table(a), Table(b)) => {
            assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>(), "{path}");
            for (name, value) in a {
                // Which words a check looks for is a matter of each language.
                if path.ends_with("/words") {
                    assert!(value.is_array() && b[name].is_array(), "{path}/{name}");
                    continue;
                }
                compare(&format!("{path}/{name}"), name, value, &b[name], same);
            }
        }
        (Array(a), Array(b)) => {
            assert_eq!(a.len(), b.len(), "{path}");
            for (at, (a, b)) in a.iter().zip(b).enumerate() {
                compare(&format!("{path}/{at}"), key, a, b, same);
            }
        }
        (String(a), String(b)) if SAID.contains(&key) => {
            let sorted = |text: &str| {
                let mut found: Vec<_> = placeholders(text).unwrap().into_iter().map(str::to_owned).collect();
                found.sort();
                found
            };
            assert_eq!(sorted(a), sorted(b), "{path}");
            let is_said = filled(a, |_| None).0.contains(char::is_alphabetic);
            if is_said
                && !THE_SAME.contains(&a.as_str())
                && a.trim().to_lowercase() == b.trim().to_lowercase()
            {
                same.push(format!("{path}: {a}"));
            }
        }
        (String(a), String(b)) if key == "language" => assert_ne!(a, b, "{path}"),
        _ => assert_eq!(one, other, "{path}"),
    }
}

#[test]
fn every_language_has_every_guide_in_the_same_order() {
    let languages = ["en", "de"];
    for language in languages {
        let ids: Vec<_> = built_in(language).iter().map(|one| one.guide.id.as_str()).collect();
        assert_eq!(ids, shipped_ids());
        assert!(built_in(language).iter().all(|one| one.guide.language == language));
    }
    assert_eq!(files().len(), languages.len() * shipped_ids().len(), "no file is left out");
}

#[test]
fn the_languages_of_a_guide_differ_in_words_alone_and_in_all_of_them() {
    for one in built_in("en") {
        let read = |source: &str| toml::from_str::<toml::Value>(source).unwrap();
        let other = find_built_in(&one.guide.id, "de").unwrap();
        let mut same = Vec::new();
        compare(&one.guide.id, "", &read(one.source), &read(other.source), &mut same);
        assert_eq!(same, Vec::<String>::new());
        let lists = |guide: &Guide| guide.words.values().map(Vec::len).collect::<Vec<_>>();
        assert!(
            lists(&one.guide).iter().zip(lists(&other.guide)).all(|(a, b)| b * 2 > *a),
            "{}",
            one.guide.id
        );
    }
}

#[test]
fn every_german_guide_can_be_run_to_its_end_and_its_entry_is_german() {
    for one in built_in("de") {
        let (guide, around) = (&one.guide, around(1));
        let mut run = begin(guide, alone(), Form::Whole, 0, &around);
        let came_by = run_to_end(guide, &mut run, &around);
        let mut in_english = begin(&english(&guide.id), alone(), Form::Whole, 0, &around);
        assert_eq!(came_by, run_to_end(&english(&guide.id), &mut in_english, &around), "{}", guide.id);
        let (planned, other) =
            (outcome(guide, &run, &around, SOLO), outcome(&english(&guide.id), &run, &around, SOLO));
        let is_written = |phase: &model::Phase| {
            let is_kept = |asked: model::Asked<'_>| {
                asked.capture.kind != CaptureKind::Nothing && asked.capture.into == model::Into::Entry
            };
            phase.when.is_none() && phase.asked().any(is_kept)
        };
        for phase in guide.phases.iter().filter(|phase| is_written(phase)) {
            assert!(planned.entry.text.contains(&format!("## {}", phase.name)), "{}: {}", guide.id, phase.id);
        }
        assert!(!planned.entry.text.contains(['{', '}']), "{}: {}", guide.id, planned.entry.text);
        assert!(planned.entry.tags.iter().zip(&other.entry.tags).all(|(a, b)| a != b), "{}", guide.id);
        assert_eq!(planned.intentions.len(), other.intentions.len(), "{}", guide.id);
        assert!(apply(guide, &run, Event::Finish { by: SOLO.into() }, &around).is_ok(), "{}", guide.id);
    }
}

fn said_at(guide: &Guide, run: &RunState) -> Vec<run::Note> {
    let around = around(1);
    let step = steps(guide, run, &around).into_iter().find(|step| step.key == run.at).unwrap();
    look(guide, run, &around, &step, SOLO)
}

#[test]
fn a_german_description_that_judges_is_named_and_one_of_facts_is_not() {
    let guide = german("j5");
    let said = |text: &str| {
        let mut run = begun(&guide);
        answer(&mut run, &guide, "description", words(text));
        said_at(&guide, &run).into_iter().map(|note| note.say).collect::<Vec<_>>()
    };
    for (text, found) in [
        ("Tom war faul, und natürlich hat er überreagiert.", "faul, natürlich, überreagier"),
        ("Sie hätte mich fragen müssen.", "hätte"),
        ("Schon wieder kam niemand.", "schon wieder"),
        ("Zum Glück hatte sie einen besseren Plan.", "besser, zum Glück"),
        ("Er reagierte über und weigerte sich, das zu lesen.", "weigerte, reagierte über"),
        ("Das war eine unverschämte, respektlose Antwort.", "unverschämt, respektlos"),
        ("IMMER kommt er als Letzter; typisch.", "typisch, immer"),
        ("Die Stimmung war schlecht, leider auch bei mir.", "schlecht, leider"),
    ] {
        let notes = said(text);
        assert_eq!(notes.len(), 1, "{text}");
        assert!(notes[0].contains(&format!("beschreiben: {found}. Was")), "{}", notes[0]);
    }
    for text in [
        "Tom las die Nachricht um neun und schloss die Tür.",
        "Beim Sturm fiel der Gutschein vom Tisch; wir bestellten einen neuen Dummy.",
        "Sie sagte zweimal Nein und stand auf. Gemeinsam gingen wir hinaus.",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_german_plan_without_a_trigger_is_asked_for_one() {
    let guide = german("j5");
    let said = |next_time: &str, trigger: Option<&str>| {
        let mut run = begun(&guide);
        run = apply(&guide, &run, Event::GoTo("plan".into()), &around(1)).unwrap();
        answer(&mut run, &guide, "next_time", words(next_time));
        if let Some(trigger) = trigger {
            answer(&mut run, &guide, "trigger", words(trigger));
        }
        said_at(&guide, &run).into_iter().map(|note| note.check).collect::<Vec<_>>()
    };
    assert_eq!(said("besser zuhören", None), ["has_trigger"]);
    assert_eq!(said("frage ich nach", Some("ein Seufzen")), ["has_trigger"]);
    for trigger in [
        "Wenn jemand „offensichtlich“ sagt",
        "sobald die Tür zugeht",
        "jedes Mal, das jemand seufzt",
        "in dem Moment, in dem es still wird",
        "beim nächsten Seufzer",
        "nach der Besprechung",
        "Montagmorgen um neun",
        "bevor ich antworte",
    ] {
        assert_eq!(said("frage ich zuerst", Some(trigger)), Vec::<String>::new(), "{trigger}");
    }
}

#[test]
fn a_german_review_wants_all_three_causes_a_fresh_memory_and_the_other_kind() {
    let guide = german("j3");
    let mut run = begun(&guide);
    let then = around(1).local - TimeDelta::hours(72);
    answer(&mut run, &guide, "when", Answer::Moment { on: then.date(), time: Some(then.time()) });
    assert!(said_at(&guide, &run)[0].say.contains("72 Stunden"));
    answer(&mut run, &guide, "went", Answer::Choice("failure".into()));
    let earlier = Earlier([(AnswerKey::of("went"), Answer::Choice("failure".into()))].into());
    let again = Around { earlier: vec![earlier], ..around(1) };
    let step = steps(&guide, &run, &again).into_iter().find(|step| step.key == run.at).unwrap();
    let kinds = look(&guide, &run, &again, &step, SOLO);
    assert!(kinds.iter().any(|note| note.check == "both_kinds" && note.say.contains("Misserfolg")));
    run = apply(&guide, &run, Event::GoTo("why".into()), &around(1)).unwrap();
    answer(&mut run, &guide, "conditions", words("Die Anzeige zeigt Fehler, nicht Stille."));
    let missing = said_at(&guide, &run);
    assert_eq!(missing[0].about, [AnswerKey::of("choices"), AnswerKey::of("habits")]);
    assert!(missing[0].say.contains("Schau noch einmal hin"));
}

#[test]
fn a_german_loop_page_stays_open_until_its_fourth_part() {
    let guide = german("j7");
    let mut run = begun(&guide);
    answer(&mut run, &guide, "topic", words("Ein Nein hören"));
    answer(&mut run, &guide, "idea", words("Schweigen ist eine Antwort."));
    let finish = Event::Finish { by: SOLO.into() };
    assert_eq!(apply(&guide, &run, finish.clone(), &around(1)), Err(Refusal::Held));
    assert!(notes::held(&guide, &run, &around(1), SOLO)[0].say.contains("vierten Teil"));
    answer(&mut run, &guide, "reflected", words("Ich frage, bevor ich weitermache."));
    assert!(apply(&guide, &run, finish, &around(1)).is_ok());
    assert_eq!(outcome(&guide, &run, &around(1), SOLO).entry.title, "Lernschleife: Ein Nein hören");
}

#[test]
fn german_sentences_are_whole_when_answers_stand_in_them() {
    let at = around(1);
    let with = |id: &str, given: &[(&str, &str)]| {
        let guide = german(id);
        let mut run = begun(&guide);
        for (key, text) in given {
            let is_choice = guide.prompt(key).unwrap().1.capture.kind == CaptureKind::Choice;
            let given = if is_choice { Answer::Choice((*text).into()) } else { words(text) };
            answer(&mut run, &guide, key, given);
        }
        let planned = outcome(&guide, &run, &at, SOLO);
        (guide, run, planned)
    };
    let (guide, run, planned) = with(
        "j10",
        &[("wish", "frei sprechen"), ("obstacle", "ich zu hetzen anfange"), ("move", "halte ich inne")],
    );
    let step = steps(&guide, &run, &at).into_iter().find(|step| step.key == "plan").unwrap();
    assert_eq!(fields(&guide, &run, &at, &step, SOLO)[0].lead, "Wenn ich zu hetzen anfange, dann");
    assert_eq!(planned.goal.unwrap().if_then, "Wenn ich zu hetzen anfange, dann halte ich inne");
    let (_, _, planned) = with(
        "j2",
        &[("which", "Zuhören"), ("trigger", "die Runde vorbei ist"), ("move", "frage ich zwei Leute")],
    );
    assert_eq!(planned.intentions[0].text, "Zuhören: Wenn die Runde vorbei ist, dann frage ich zwei Leute");
    let (_, _, planned) = with("j14", &[("known", "Verträge lesen"), ("who", "Ines")]);
    assert_eq!(planned.intentions[0].text, "Ines zehn Minuten anbieten: Verträge lesen");
    let (guide, run, planned) = with("j15", &[("value", "reliability")]);
    assert_eq!(planned.entry.tags, ["gelebter Wert", "Wort halten"]);
    let ask = run.fill(&guide, SOLO, &guide.phase("lived").unwrap().ask, 1).0;
    assert_eq!(ask, "Wann hast du „Wort halten“ gelebt, obwohl es etwas kostete?");
    let (_, _, planned) = with("j9", &[("from", "Noor"), ("words", "Zu lang."), ("test", "kürzer reden")]);
    let texts: Vec<_> = planned.intentions.iter().map(|one| one.text.as_str()).collect();
    assert_eq!(texts, ["Ausprobieren: kürzer reden", "Danke sagen: Noor"]);
}

#[test]
fn the_same_pain_a_third_time_is_seen_in_german_as_well() {
    let guide = german("j11");
    let pain = Earlier([(AnswerKey::of("pain"), words("nicht gefragt werden"))].into());
    let around = Around { earlier: vec![pain.clone(), pain], ..around(1) };
    let mut run = begin(&guide, alone(), Form::Whole, 0, &around);
    for (key, given) in [
        ("pain", words("Nicht gefragt werden!")),
        ("way", Answer::Choice("person".into())),
        ("whom", words("Noor")),
    ] {
        let event = Event::Answer { by: SOLO.into(), key: AnswerKey::of(key), answer: given };
        run = apply(&guide, &run, event, &around).unwrap();
    }
    let made = outcome(&guide, &run, &around, SOLO).intentions;
    assert_eq!(made[0].text, "Mit Noor darüber sprechen: Nicht gefragt werden!");
}

#[test]
fn lines_that_shake_become_questions_in_german_quotes() {
    let guide = german("j12");
    let mut run = begun(&guide);
    let line = |text: &str, marked| MarkedLine { text: text.into(), marked };
    let lines = vec![line("Er läuft nachts.", false), line("Er läuft nie doppelt.", true)];
    answer(&mut run, &guide, "lines", Answer::Lines(lines));
    let at = around(1);
    let step = steps(&guide, &run, &at).into_iter().find(|step| step.key == "ask").unwrap();
    assert_eq!(fields(&guide, &run, &at, &step, SOLO)[0].label, "„Er läuft nie doppelt.“");
    answer(&mut run, &guide, "question~2", words("Was hält den zweiten auf?"));
    let planned = outcome(&guide, &run, &at, SOLO);
    assert!(planned.entry.text.contains("- Er läuft nie doppelt. *(wackelt)*"));
    assert_eq!(planned.intentions[0].text, "Herausfinden: Was hält den zweiten auf?");
}
