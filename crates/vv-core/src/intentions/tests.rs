//! Stories of intentions, told over a notebook in a folder of its own.

use chrono::{NaiveDate, TimeDelta};
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::IntentionId;
use crate::journal::{NewEntry, create_entry, trash_entry};
use crate::loops::{self, Part};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;
use crate::words::Unfit;

struct Story {
    notebook: Notebook,
    host: TestHost,
    _folder: TempDir,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(37, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, _folder: folder }
    }

    fn make(&self, text: &str, due_on: &str) -> IntentionId {
        let new = NewIntention {
            text: text.into(),
            due_on: on(due_on),
            entry: None,
            from_words: "I spoke to my slides.".into(),
            loop_id: None,
        };
        self.notebook.write(|tx| make(tx, new)).unwrap()
    }

    fn due(&self) -> Vec<String> {
        let due = |reader: &crate::store::Reader| due_until(reader.sql(), crate::day::today(reader), 20);
        self.notebook.read(due).unwrap().into_iter().map(|one| one.text).collect()
    }

    fn get(&self, id: IntentionId) -> Intention {
        self.notebook.read(|reader| get_intention(reader, id)).unwrap()
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn an_intention_comes_back_on_its_day_beside_the_words_it_came_from() {
    let story = Story::begin();
    let id = story.make("Ask one question first", "2026-03-05");
    assert!(story.due().is_empty());
    story.host.clock.advance(TimeDelta::days(4));
    assert_eq!(story.due(), ["Ask one question first"]);
    assert_eq!(story.get(id).from_words, "I spoke to my slides.");
    story.host.clock.advance(TimeDelta::days(30));
    assert_eq!(story.due().len(), 1, "it waits and does not go away by itself");
    story.assert_sound();
}

#[test]
fn not_yet_moves_it_ahead_and_a_day_that_has_passed_is_refused() {
    let story = Story::begin();
    let id = story.make("a", "2026-03-01");
    let past = Answer::NotYet { due_on: on("2026-03-01") };
    let refused = story.notebook.write(|tx| answer(tx, id, past));
    assert!(matches!(refused, Err(IntentionError::Unfit(Unfit { field: "due_on", .. }))));
    story.notebook.write(|tx| answer(tx, id, Answer::NotYet { due_on: on("2026-03-09") })).unwrap();
    let moved = story.get(id);
    assert_eq!((moved.due_on, moved.moved, moved.answered), (on("2026-03-09"), 1, None));
    assert!(story.due().is_empty());
    story.assert_sound();
}

#[test]
fn what_was_done_begins_a_loop_or_fills_the_next_part_of_one() {
    let story = Story::begin();
    let first = story.make("a", "2026-03-01");
    let done = Answer::Done {
        words: "It went quiet, then somebody answered.".into(),
        into: Into::NewLoop { title: "Asking before advising".into() },
    };
    let of = story.notebook.write(|tx| answer(tx, first, done)).unwrap().unwrap();
    let made = story.notebook.read(|reader| loops::get_loop(reader, of)).unwrap();
    assert_eq!(made.row.counts, [1, 0, 0, 0]);
    assert_eq!(made.fillings[0].words, "It went quiet, then somebody answered.");
    assert_eq!(story.get(first).loop_id, Some(of));

    let second = story.make("Ask again", "2026-03-01");
    let done = Answer::Done { words: String::new(), into: Into::Loop { id: of, part: None } };
    story.notebook.write(|tx| answer(tx, second, done)).unwrap();
    let made = story.notebook.read(|reader| loops::get_loop(reader, of)).unwrap();
    assert_eq!(made.row.missing(), [Part::Feedback, Part::Reflect]);
    assert_eq!(made.fillings[1].words, "Ask again", "without words, what was to be done says what was done");
    story.assert_sound();
}

#[test]
fn letting_go_is_an_answer_like_any_other_and_can_be_taken_back() {
    let story = Story::begin();
    let id = story.make("a", "2026-03-01");
    story
        .notebook
        .write(|tx| answer(tx, id, Answer::LetGo { words: "another team does it".into() }))
        .unwrap();
    assert!(story.due().is_empty());
    let again = story.notebook.write(|tx| answer(tx, id, Answer::LetGo { words: String::new() }));
    assert!(matches!(again, Err(IntentionError::Answered)));
    story.notebook.write(|tx| take_back_answer(tx, id)).unwrap();
    assert_eq!(story.due(), ["a"]);
    story.assert_sound();
}

#[test]
fn an_answer_that_its_loop_refuses_leaves_the_intention_waiting() {
    let story = Story::begin();
    let id = story.make("a", "2026-03-01");
    let of = story.notebook.write(|tx| loops::make_loop(tx, "closed")).unwrap();
    story.notebook.write(|tx| loops::close(tx, of, "", "now")).unwrap();
    let done = Answer::Done { words: "w".into(), into: Into::Loop { id: of, part: None } };
    let refused = story.notebook.write(|tx| answer(tx, id, done));
    assert!(matches!(refused, Err(IntentionError::Loop(loops::LoopError::Closed))));
    assert_eq!(story.get(id).answered, None);
    story.assert_sound();
}

#[test]
fn it_knows_whether_the_entry_it_came_from_is_still_there() {
    let story = Story::begin();
    let entry = story.notebook.write(|tx| create_entry(tx, NewEntry::default())).unwrap();
    let new = NewIntention {
        text: "a".into(),
        due_on: on("2026-03-01"),
        entry: Some(entry),
        from_words: String::new(),
        loop_id: None,
    };
    let id = story.notebook.write(|tx| make(tx, new)).unwrap();
    assert!(story.get(id).is_there);
    story.notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    assert!(!story.get(id).is_there);
    let of = story.notebook.read(|reader| list_intentions(reader, IntentionFilter::OfEntry(entry))).unwrap();
    assert_eq!(of.len(), 1);
}

#[test]
fn it_goes_to_the_trash_and_back_and_away_for_good() {
    let story = Story::begin();
    let id = story.make("a", "2026-03-01");
    assert!(matches!(story.notebook.write(|tx| erase_intention(tx, id)), Err(IntentionError::NotInTrash)));
    story.notebook.write(|tx| trash_intention(tx, id)).unwrap();
    assert!(story.due().is_empty());
    story.notebook.write(|tx| restore_intention(tx, id)).unwrap();
    assert_eq!(story.due(), ["a"]);
    story.notebook.write(|tx| trash_intention(tx, id)).unwrap();
    story.notebook.write(|tx| erase_intention(tx, id)).unwrap();
    assert!(matches!(
        story.notebook.read(|reader| get_intention(reader, id)),
        Err(IntentionError::NoIntention)
    ));
    story.assert_sound();
}
