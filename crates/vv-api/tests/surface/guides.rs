//! Guides through the surface: a run from its first question to its entry, and what is refused on the way.

use vv_api::{
    error::ErrorCode,
    ids::RunId,
    model::{
        guides::{
            AnswerView, ChosenIntention, FinishRun, GiveAnswers, GivenAnswer, InLanguage, MoveRun, OpenRun,
            RunAct, RunStatus, SaveGuide, StartGuide,
        },
        journal::EntryOrigin,
    },
};

use crate::computer::{Computer, PASSPHRASE, code};

fn begin(guide: &str) -> StartGuide {
    StartGuide { guide: guide.to_owned(), language: "en".to_owned(), short: false, pace: 0 }
}

fn english() -> InLanguage {
    InLanguage { language: "en".to_owned() }
}

fn opening(run: String, language: &str) -> OpenRun {
    OpenRun { run, language: language.to_owned() }
}

fn words(run: RunId, key: &str, text: &str) -> GiveAnswers {
    let answer = Some(AnswerView::Words { text: text.to_owned() });
    GiveAnswers { run, answers: vec![GivenAnswer { key: key.to_owned(), answer }] }
}

#[test]
fn a_run_goes_from_its_first_question_to_its_entry() {
    let computer = Computer::with_keyring();
    let app = &computer.app;
    let run = vv_api::guides_start(app, begin("j6")).unwrap();
    assert_eq!(run.here.as_ref().unwrap().ask, "What?");
    assert_eq!(run.here.unwrap().next.as_deref(), Some("So what"));
    vv_api::guides_answer(app, words(run.id, "what", "It rained.")).unwrap();
    let moved = vv_api::guides_move(app, MoveRun { run: run.id, act: RunAct::Next }).unwrap();
    assert_eq!(moved.here.unwrap().ask, "So what?");
    assert_eq!(moved.past[0].answers[0].text, "It rained.");
    vv_api::guides_answer(app, words(run.id, "first", "ask first")).unwrap();
    let end = vv_api::guides_move(app, MoveRun { run: run.id, act: RunAct::To { step: "end".to_owned() } });
    let planned = end.unwrap().outcome.unwrap();
    assert!(planned.text.contains("It rained."));
    let make = planned
        .intentions
        .iter()
        .map(|one| ChosenIntention { id: one.id.clone(), due_on: one.due_on })
        .collect();
    let done = vv_api::guides_finish(app, FinishRun { run: run.id, make }).unwrap();
    assert_eq!(done.intentions.len(), 1);
    let entry = vv_api::journal_get_entry(app, done.entry.to_string()).unwrap();
    assert_eq!(entry.origin, EntryOrigin::Guided);
    assert!(vv_api::guides_runs(app, english()).unwrap().is_empty());
    assert_eq!(vv_api::guides_open(app, opening(run.id.to_string(), "en")).unwrap().entry, Some(done.entry));
}

#[test]
fn what_comes_with_the_app_comes_in_the_language_of_the_interface() {
    let computer = Computer::with_keyring();
    let app = &computer.app;
    let german = || InLanguage { language: "de-CH".to_owned() };
    let titles = |language: InLanguage| {
        let rows = vv_api::guides_list(app, language).unwrap();
        rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    assert_eq!(titles(german())[5], "Was war, was heißt das, was nun");
    assert_eq!(titles(InLanguage { language: "sv".to_owned() }), titles(english()));
    let run = vv_api::guides_start(app, begin("j6")).unwrap();
    vv_api::guides_answer(app, words(run.id, "what", "It rained.")).unwrap();
    assert_eq!(vv_api::guides_runs(app, german()).unwrap()[0].title, "Was war, was heißt das, was nun");
    let opened = vv_api::guides_open(app, opening(run.id.to_string(), "de")).unwrap();
    let here = opened.here.unwrap();
    assert_eq!((here.ask.as_str(), here.name.as_str()), ("Was war?", "Was war"));
    assert_eq!(here.fields[0].answer, Some(AnswerView::Words { text: "It rained.".to_owned() }));
    let suggested = vv_api::templates_list(app, "de-CH".to_owned()).unwrap().suggestions;
    assert_eq!(suggested[1].name, "Nach einem Gespräch");
    assert_eq!(vv_api::goals_list_objectives(app, "de-CH".to_owned()).unwrap()[2].title, "Das Team stärken");
}

#[test]
fn what_was_typed_is_saved_when_the_notebook_locks() {
    let computer = Computer::with_passphrase();
    let app = &computer.app;
    let run = vv_api::guides_start(app, begin("j6")).unwrap();
    vv_api::guides_keep(app, words(run.id, "what", "It rai")).unwrap();
    vv_api::notebook_lock(app).unwrap();
    assert_eq!(code(vv_api::guides_runs(app, english())), ErrorCode::Locked);
    computer.unlock(PASSPHRASE).unwrap();
    let again = vv_api::guides_open(app, opening(run.id.to_string(), "en")).unwrap();
    let answer = again.here.unwrap().fields.remove(0).answer;
    assert_eq!(answer, Some(AnswerView::Words { text: "It rai".to_owned() }));
}

#[test]
fn refusals_say_what_to_do_and_never_the_words() {
    let computer = Computer::with_keyring();
    let app = &computer.app;
    assert_eq!(code(vv_api::guides_start(app, begin("j99"))), ErrorCode::NotFound);
    assert_eq!(code(vv_api::guides_open(app, opening("x".to_owned(), "en"))), ErrorCode::Invalid);
    let run = vv_api::guides_start(app, begin("j7")).unwrap();
    assert_eq!(code(vv_api::guides_answer(app, words(run.id, "nothing", "secret"))), ErrorCode::Invalid);
    vv_api::guides_answer(app, words(run.id, "topic", "secret")).unwrap();
    let held = vv_api::guides_finish(app, FinishRun { run: run.id, make: Vec::new() }).unwrap_err();
    assert_eq!(held.code, ErrorCode::Conflict);
    assert!(held.message.contains("does not close yet") && !held.message.contains("secret"));
    let broken = SaveGuide { id: None, text: "format = 1\ntitle = \"secret\"\nkind = 3".to_owned() };
    let refused = vv_api::guides_save(app, broken).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("text")));
    assert!(refused.message.contains("line 3") && !refused.message.contains("secret"), "{}", refused.message);
    let built_in = SaveGuide { id: Some("j1".to_owned()), text: String::new() };
    assert_eq!(code(vv_api::guides_save(app, built_in)), ErrorCode::Invalid);
    assert_eq!(code(vv_api::guides_delete_run(app, run.id.to_string())), ErrorCode::Conflict);
    let away = vv_api::guides_move(app, MoveRun { run: run.id, act: RunAct::PutAway }).unwrap();
    assert_eq!(away.status, RunStatus::PutAway);
    vv_api::guides_delete_run(app, run.id.to_string()).unwrap();
    assert!(vv_api::guides_runs(app, english()).unwrap().is_empty());
}
