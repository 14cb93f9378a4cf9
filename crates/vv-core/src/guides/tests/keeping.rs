//! Runs and own guides in a notebook: kept through kills, seen by other programs, ended in an entry and what belongs to it.

use std::path::PathBuf;

use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::goals;
use crate::ids::RunId;
use crate::intentions;
use crate::journal::{self, EntryOrigin};
use crate::loops::{self, LoopFilter};
use crate::notebook::{NewKey, Unlock};
use crate::ports::testing::TestHost;
use crate::store::op::{Change, Kind, Op, Value};
use crate::store::tx::{Reader, Tx};

struct Story {
    notebook: Notebook,
    host: TestHost,
    _folder: TempDir,
    path: PathBuf,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(11, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, _folder: folder, path }
    }

    fn do_it<R>(&self, work: impl FnOnce(&mut Tx) -> Result<R, GuideError>) -> R {
        self.notebook.write(work).unwrap()
    }

    fn see<R>(&self, work: impl FnOnce(&Reader) -> Result<R, GuideError>) -> R {
        self.notebook.read(work).unwrap()
    }

    fn start(&self, guide: &str) -> RunId {
        self.do_it(|tx| start(tx, guide, "en", Form::Whole, 0))
    }

    fn give(&self, run: RunId, key: &str, given: Answer) {
        let event = Event::Answer { by: SOLO.into(), key: key.parse().unwrap(), answer: given };
        self.do_it(|tx| take(tx, run, event));
    }

    fn finish_all(&self, run: RunId) -> Finished {
        self.do_it(|tx| {
            let kept = get_run(tx, run)?;
            let planned = outcome(&kept.guide, &kept.state, &super::super::around(tx, &kept.guide)?, SOLO);
            let intentions = planned.intentions.iter().map(|one| (one.id.clone(), one.due_on)).collect();
            finish(tx, run, &Chosen { intentions })
        })
    }

    fn runs(&self) -> Vec<RunRow> {
        self.see(|reader| list_runs(reader, "en"))
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn a_run_goes_on_days_later_in_another_program() {
    let story = Story::begin();
    let run = story.start("j3");
    story.give(run, "event", words("The release"));
    story.do_it(|tx| take(tx, run, next()));
    story.do_it(|tx| take(tx, run, Event::Pause));
    story.host.clock.advance(TimeDelta::days(9));
    let other = Notebook::open(&story.path, &story.host.host, Unlock::Keyring).unwrap();
    let rows = other.read(|reader| list_runs(reader, "en")).unwrap();
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].subject.as_str(), rows[0].step.as_deref()), ("The release", Some("Intended")));
    other.write(|tx| take(tx, run, Event::Resume)).unwrap();
    let kept = other.read(|reader| get_run(reader, run)).unwrap();
    assert_eq!(kept.state.answer(SOLO, &AnswerKey::of("event")), Some(&words("The release")));
    assert!(kept.state.clock.spent_at("intended", true, story.host.host.clock.now()) < 60);
    story.assert_sound();
}

#[test]
fn what_was_typed_and_never_saved_is_there_after_a_kill() {
    let mut story = Story::begin();
    let run = story.start("j6");
    let key = AnswerKey::of("what");
    story.do_it(|tx| keep_answer(tx, run, &key, Some(&words("It rai"))));
    story.do_it(|tx| keep_answer(tx, run, &key, Some(&words("It rained "))));
    story.notebook = Notebook::open(&story.path, &story.host.host, Unlock::Keyring).unwrap();
    let typed = story.see(|reader| get_run(reader, run));
    assert_eq!(typed.state.answer(SOLO, &key), Some(&words("It rained ")), "exactly as typed");
    story.do_it(settle_drafts);
    let object = story.notebook.read(|reader| reader.object(run.as_bytes())).unwrap().unwrap();
    assert_eq!(record::state_of(&object).answer(SOLO, &key), Some(&words("It rained ")));
    story.do_it(|tx| keep_answer(tx, run, &key, None));
    story.do_it(|tx| save_drafts(tx, run));
    assert_eq!(story.see(|reader| get_run(reader, run)).state.answer(SOLO, &key), None);
    story.assert_sound();
}

#[test]
fn what_does_not_change_makes_no_record() {
    let story = Story::begin();
    let run = story.start("j6");
    story.give(run, "what", words("It rained."));
    let count = |story: &Story| story.notebook.read(|reader| reader.log_of(run.as_bytes())).unwrap().len();
    let before = count(&story);
    story.do_it(|tx| save_drafts(tx, run));
    assert_eq!(count(&story), before);
}

#[test]
fn an_end_is_an_entry_that_says_where_it_came_from_and_the_intentions_that_were_chosen() {
    let story = Story::begin();
    let run = story.start("j1");
    story.give(run, "moment", words("Helen asked what would change our mind."));
    story.give(run, "again", words("ask it first"));
    story.give(run, "day", Answer::Day(day("2030-01-07")));
    let done = story.finish_all(run);
    let entry = story.notebook.read(|reader| journal::get_entry(reader, done.entry)).unwrap();
    assert_eq!(entry.origin, EntryOrigin::Guided);
    assert_eq!(entry.tags, ["daily close"]);
    assert!(entry.text.contains("## One moment") && entry.text.contains("Helen asked"), "{}", entry.text);
    let made = story.notebook.read(|reader| intentions::get_intention(reader, done.made[0].0)).unwrap();
    assert_eq!((made.text.as_str(), made.due_on), ("ask it first", day("2030-01-07")));
    assert_eq!(made.entry, Some(done.entry));
    assert!(made.from_words.contains("Helen asked"), "it comes back beside the words it came from");
    assert!(story.runs().is_empty());
    let again = story.notebook.write(|tx| finish(tx, run, &Chosen::default()));
    assert!(matches!(again, Err(GuideError::Refused(Refusal::NotOpen))));
    story.assert_sound();
}

#[test]
fn a_loop_page_makes_a_loop_that_its_reflection_closes() {
    let story = Story::begin();
    let run = story.start("j7");
    for (key, text) in [
        ("topic", "Hearing a no"),
        ("source", "Helen"),
        ("idea", "Silence is an answer."),
        ("where", "Three calls."),
        ("words", "You waited."),
        ("from", "Tom"),
    ] {
        story.give(run, key, words(text));
    }
    let held = story.notebook.write(|tx| finish(tx, run, &Chosen::default()));
    assert!(matches!(held, Err(GuideError::Refused(Refusal::Held))));
    assert_eq!(story.runs().len(), 1, "it stays open");
    story.give(run, "reflected", words("I ask before I go on."));
    let done = story.finish_all(run);
    let made = story.notebook.read(|reader| loops::get_loop(reader, done.learning_loop.unwrap())).unwrap();
    assert_eq!(made.row.title, "Hearing a no");
    assert!(made.row.closed_on.is_some() && made.row.missing().is_empty());
    assert_eq!(made.closings[0].now, "I ask before I go on.");
    assert!(made.fillings.iter().any(|filling| filling.who == "Tom"));
    story.assert_sound();
}

#[test]
fn a_goal_page_makes_a_goal_with_its_plan_and_review() {
    let story = Story::begin();
    let run = story.start("j10");
    for (key, text) in [
        ("wish", "give the talk"),
        ("best", "They ask."),
        ("obstacle", "I rush"),
        ("move", "breathe"),
        ("first_step", "three lines"),
    ] {
        story.give(run, key, words(text));
    }
    let done = story.finish_all(run);
    let goal = story.notebook.read(|reader| goals::get_goal(reader, done.goal.unwrap())).unwrap();
    assert_eq!(goal.plan.if_then, "If I rush, then I breathe");
    assert!(goal.plan.review_on.is_some());
    story.assert_sound();
}

#[test]
fn a_weekly_intention_belongs_to_the_open_loop_it_names() {
    let story = Story::begin();
    let of = story.notebook.write(|tx| loops::make_loop(tx, "Hearing a no")).unwrap();
    assert_eq!(story.see(open_loops), ["Hearing a no"]);
    let run = story.start("j2");
    for (key, text) in [("which", "hearing a no"), ("trigger", "the call ends"), ("move", "wait ten seconds")]
    {
        story.give(run, key, words(text));
    }
    let done = story.finish_all(run);
    let made = story.notebook.read(|reader| intentions::get_intention(reader, done.made[0].0)).unwrap();
    assert_eq!(made.loop_id, Some(of));
    assert_eq!(story.notebook.read(|reader| loops::list_loops(reader, LoopFilter::Open)).unwrap().len(), 1);
}

#[test]
fn a_run_begins_with_what_was_set_out_to_do_in_the_one_before() {
    let story = Story::begin();
    let set_out = |run: RunId| -> Vec<String> {
        let kept = story.see(|reader| get_run(reader, run));
        story.see(|reader| set_out_before(reader, &kept)).into_iter().map(|one| one.text).collect()
    };
    for text in ["ask first", "wait ten seconds"] {
        let run = story.start("j1");
        story.give(run, "moment", words("It rained."));
        story.give(run, "again", words(text));
        story.give(run, "day", Answer::Day(day("2030-01-07")));
        assert_eq!(set_out(run), if text == "ask first" { vec![] } else { vec!["ask first"] });
        story.finish_all(run);
        story.host.clock.advance(TimeDelta::days(1));
    }
    assert_eq!(set_out(story.start("j1")), ["wait ten seconds"]);
    assert_eq!(set_out(story.start("j6")), Vec::<String>::new(), "each guide looks back at its own");
}

#[test]
fn the_third_hard_day_of_one_kind_is_seen_in_the_notebook() {
    let story = Story::begin();
    for turn in 0..3 {
        let run = story.start("j11");
        story.give(run, "pain", words("not being asked"));
        let kept = story.see(|reader| get_run(reader, run));
        let around = story.see(|reader| super::super::around(reader, &kept.guide));
        let has_step = steps(&kept.guide, &kept.state, &around).iter().any(|step| step.key == "again");
        assert_eq!(has_step, turn == 2);
        if turn > 0 {
            assert_eq!(earlier_answers(&kept.guide, &around, "pain"), ["not being asked"]);
        }
        story.finish_all(run);
        story.host.clock.advance(TimeDelta::days(1));
    }
}

#[test]
fn a_value_in_ones_own_words_is_offered_the_next_time_and_a_chosen_one_is_in_the_list_anyway() {
    let story = Story::begin();
    for value in ["we ship on Thursdays", "courage", "We ship on Thursdays", "slowness"] {
        let run = story.start("j15");
        story.give(run, "value", Answer::Choice(value.into()));
        story.finish_all(run);
        story.host.clock.advance(TimeDelta::days(1));
    }
    let run = story.start("j15");
    let kept = story.see(|reader| get_run(reader, run));
    let around = story.see(|reader| super::super::around(reader, &kept.guide));
    assert_eq!(earlier_answers(&kept.guide, &around, "value"), ["slowness", "We ship on Thursdays"]);
}

#[test]
fn deleting_the_entry_for_good_takes_the_answers_of_its_run_along() {
    let story = Story::begin();
    let run = story.start("j6");
    story.give(run, "what", words("Zirkonlampe"));
    let done = story.finish_all(run);
    story.notebook.write(|tx| journal::trash_entry(tx, done.entry)).unwrap();
    journal::delete_entry(&story.notebook, done.entry).unwrap();
    let gone = story.notebook.read(|reader| get_run(reader, run));
    assert!(matches!(gone, Err(GuideError::NoRun)));
    story.assert_sound();
}

#[test]
fn a_run_is_put_away_taken_up_again_and_deleted_for_good() {
    let story = Story::begin();
    let run = story.start("j6");
    story.give(run, "what", words("It rained."));
    story.do_it(|tx| take(tx, run, Event::PutAway));
    let statuses = |story: &Story| -> Vec<_> { story.runs().into_iter().map(|row| row.status).collect() };
    assert_eq!(statuses(&story), [run::Status::PutAway]);
    story.do_it(|tx| take(tx, run, Event::TakeUp));
    assert_eq!(statuses(&story), [run::Status::Open]);
    assert!(matches!(story.notebook.write(|tx| delete_run(tx, run)), Err(GuideError::NotPutAway)));
    story.do_it(|tx| take(tx, run, Event::PutAway));
    story.do_it(|tx| delete_run(tx, run));
    assert!(story.runs().is_empty());
    assert!(matches!(story.notebook.read(|reader| get_run(reader, run)), Err(GuideError::NoRun)));
    story.assert_sound();
}

#[test]
fn a_copy_can_be_changed_run_passed_on_and_brought_in_again() {
    let story = Story::begin();
    let own = story.do_it(|tx| copy_guide(tx, "j6", "en", "My three boxes"));
    let found = story.see(|reader| find(reader, &own.to_string(), "en"));
    assert_eq!((found.guide.id.as_str(), found.guide.title.as_str()), ("j6-2", "My three boxes"));
    let text = found.source.replace("Three boxes, three minutes each.", "Mine.") + "\n# a remark\n";
    story.do_it(|tx| save_guide(tx, Some(own), &text));
    let run = story.start(&own.to_string());
    story.do_it(|tx| save_guide(tx, Some(own), &text.replace("\"What?\"", "\"Well?\"")));
    let kept = story.see(|reader| get_run(reader, run));
    assert_eq!(kept.guide.phases[0].ask, "What?", "a run keeps the guide it began with");
    let file = story.see(|reader| source_of(reader, &own.to_string(), "en"));
    assert!(file.ends_with("# a remark\n"));
    let same = story.do_it(|tx| import_guide(tx, file.as_bytes()));
    assert_eq!(same, Imported::Unchanged(own));
    let Imported::Added(second) = story.do_it(|tx| import_guide(tx, text.as_bytes())) else {
        panic!("it is another")
    };
    assert_eq!(story.see(|reader| find(reader, &second.to_string(), "en")).guide.id, "j6-2-2");
    let shipped = find_built_in("j6", "en").unwrap().source;
    assert_eq!(story.do_it(|tx| import_guide(tx, shipped.as_bytes())), Imported::BuiltIn);
    let own_ones = |story: &Story, is_trashed: bool| {
        let rows = story.see(|reader| list_guides(reader, "en"));
        rows.iter().filter(|row| row.is_own && row.is_trashed == is_trashed).count()
    };
    assert!(matches!(story.notebook.write(|tx| delete_guide(tx, own)), Err(GuideError::NotPutAway)));
    story.do_it(|tx| trash_guide(tx, own, true));
    assert_eq!((own_ones(&story, false), own_ones(&story, true)), (1, 1));
    story.do_it(|tx| trash_guide(tx, own, false));
    assert_eq!((own_ones(&story, false), own_ones(&story, true)), (2, 0));
    story.do_it(|tx| trash_guide(tx, own, true));
    story.do_it(|tx| delete_guide(tx, own));
    assert_eq!((own_ones(&story, false), own_ones(&story, true)), (1, 0));
    story.assert_sound();
}

#[test]
fn a_guide_for_two_can_be_kept_and_read_and_is_not_begun_alone() {
    let story = Story::begin();
    let text = find_built_in("j6", "en")
        .unwrap()
        .source
        .replace("id = \"j6\"", "id = \"pair\"\npeople = { least = 2, most = 2 }");
    let own = story.do_it(|tx| save_guide(tx, None, &text));
    let refused = story.notebook.write(|tx| start(tx, &own.to_string(), "en", Form::Whole, 0));
    assert!(matches!(refused, Err(GuideError::NotAlone)));
}

#[test]
fn a_guide_that_a_newer_version_wrote_is_kept_and_named_and_not_run() {
    let story = Story::begin();
    let own = story.do_it(|tx| copy_guide(tx, "j6", "en", "From tomorrow"));
    let newer = "format = 2\n";
    story.do_it(|tx| {
        let ops = vec![Op::Set { field: record::guide::SOURCE, value: Value::from(newer) }];
        tx.commit(Change { object: *own.as_bytes(), ops })?;
        Ok(())
    });
    let rows = story.see(|reader| list_guides(reader, "en"));
    let row = rows.iter().find(|row| row.is_own).unwrap();
    assert_eq!((row.title.as_str(), row.kind, row.is_for_one), ("From tomorrow", None, false));
    assert_eq!(story.see(|reader| source_of(reader, &own.to_string(), "en")), newer);
    let refused = story.notebook.write(|tx| start(tx, &own.to_string(), "en", Form::Whole, 0));
    assert!(refused.unwrap_err().to_string().contains("newer version"));
    story.assert_sound();
}

#[test]
fn a_run_that_was_begun_in_one_language_goes_on_in_the_other() {
    let story = Story::begin();
    let run = story.start("j15");
    story.give(run, "value", Answer::Choice("courage".into()));
    story.do_it(|tx| take(tx, run, next()));
    let named = |language: &str| {
        let rows = story.see(|reader| list_runs(reader, language));
        (rows[0].title.clone(), rows[0].subject.clone(), rows[0].step.clone().unwrap())
    };
    assert_eq!(named("de"), ("Ein Wert, gelebt".into(), "Mut".into(), "Gelebt".into()));
    assert_eq!(named("fr"), ("Value in action".into(), "courage".into(), "Lived".into()));
    story.do_it(|tx| open(tx, run, "de-AT"));
    let kept = story.see(|reader| get_run(reader, run));
    assert_eq!((kept.guide.language.as_str(), kept.state.at.as_str()), ("de", "lived"));
    assert_eq!(kept.state.answer(SOLO, &AnswerKey::of("value")), Some(&Answer::Choice("courage".into())));
    let records = |story: &Story| story.notebook.read(|reader| reader.log_of(run.as_bytes())).unwrap().len();
    let before = records(&story);
    story.do_it(|tx| open(tx, run, "de"));
    assert!(records(&story) <= before + 1, "only the clock goes on");
    let done = story.finish_all(run);
    let entry = story.notebook.read(|reader| journal::get_entry(reader, done.entry)).unwrap();
    assert_eq!(entry.title, "Ein Wert, gelebt: Mut");
    story.do_it(|tx| open(tx, run, "en"));
    assert_eq!(story.see(|reader| get_run(reader, run)).guide.language, "de", "what is finished stays");
    story.assert_sound();
}

#[test]
fn a_guide_of_ones_own_and_one_of_another_version_keep_their_language() {
    let story = Story::begin();
    let own = story.do_it(|tx| copy_guide(tx, "j6", "en", "My three boxes"));
    let text = story.see(|reader| source_of(reader, &own.to_string(), "de"));
    story.do_it(|tx| save_guide(tx, Some(own), &text.replace("\"j6-2\"", "\"j6\"")));
    let of_own = story.start(&own.to_string());
    let of_built_in = story.start("j6");
    story.do_it(|tx| {
        let ops = vec![Op::Set { field: record::run::BUILT_IN, value: Value::Int(99) }];
        tx.commit(Change { object: *of_built_in.as_bytes(), ops })?;
        Ok(())
    });
    for run in [of_own, of_built_in] {
        story.do_it(|tx| open(tx, run, "de"));
        assert_eq!(story.see(|reader| get_run(reader, run)).guide.language, "en");
    }
    assert!(
        story.see(|reader| list_runs(reader, "de")).iter().all(|row| row.step.as_deref() == Some("What"))
    );
}

#[test]
fn the_numbers_of_the_fields_never_change() {
    assert_eq!((Kind::GuideRun.0, Kind::Guide.0), (7, 8));
    use super::super::record::{guide as g, run as r};
    let run = [
        r::GUIDE,
        r::SOURCE,
        r::STARTED_AT,
        r::AT,
        r::STATUS,
        r::FORM,
        r::PACE,
        r::PEOPLE,
        r::SKIPPED,
        r::ASKED,
        r::SEALED,
        r::CLOCK,
        r::ENTRY,
        r::FINISHED_AT,
        r::TITLE,
        r::SUBJECT,
        r::BUILT_IN,
    ];
    assert_eq!(run.to_vec(), (1..=17).collect::<Vec<u32>>());
    assert_eq!([g::SOURCE, g::ID, g::TITLE, g::TRASHED_AT], [1, 2, 3, 4]);
    assert_eq!(
        record::answer_field("me", &AnswerKey::of("what")),
        record::answer_field("me", &AnswerKey::of("what"))
    );
    assert_ne!(
        record::answer_field("me", &AnswerKey::of("what")),
        record::answer_field("ana", &AnswerKey::of("what"))
    );
}
