//! Stories of loops, told over a notebook in a folder of its own.

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::{EntryId, LoopId};
use crate::journal::{NewEntry, create_entry, restore_entry, trash_entry};
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
        let host = TestHost::new(31, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, _folder: folder }
    }

    fn later(&self, days: i64) {
        self.host.clock.advance(TimeDelta::days(days));
    }

    fn make(&self, title: &str) -> LoopId {
        self.notebook.write(|tx| make_loop(tx, title)).unwrap()
    }

    fn write(&self, title: &str) -> EntryId {
        let new = NewEntry { title: title.into(), text: "words".into(), ..NewEntry::default() };
        self.notebook.write(|tx| create_entry(tx, new)).unwrap()
    }

    fn fill(&self, id: LoopId, part: Part, words: &str) -> crate::ids::FillingId {
        self.notebook.write(|tx| fill(tx, id, part, Filling::Words(words.into()))).unwrap()
    }

    fn get(&self, id: LoopId) -> Loop {
        self.notebook.read(|reader| get_loop(reader, id)).unwrap()
    }

    fn list(&self, filter: LoopFilter) -> Vec<LoopRow> {
        self.notebook.read(|reader| list_loops(reader, filter)).unwrap()
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_loop_is_filled_by_entries_and_by_words_and_shows_what_is_missing() {
    let story = Story::begin();
    let id = story.make("  Reading a P&L ");
    assert_eq!(story.get(id).row.missing(), Part::ALL);
    let entry = story.write("Jon’s walk through July");
    story.notebook.write(|tx| fill(tx, id, Part::Gain, Filling::Entry(entry))).unwrap();
    let words = NewFilling {
        part: Part::Feedback,
        filling: Filling::Words("You can read it now.".into()),
        on: Some(on("2026-02-20")),
        who: "Jon".into(),
        source: String::new(),
    };
    story.notebook.write(|tx| fill_with(tx, id, words)).unwrap();
    let got = story.get(id);
    assert_eq!(got.row.title, "Reading a P&L");
    assert_eq!(got.row.missing(), [Part::Practise, Part::Reflect]);
    assert_eq!(got.row.counts, [1, 0, 1, 0]);
    assert_eq!(got.row.feedback_from, "Jon");
    assert_eq!(
        got.fillings.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(),
        ["You can read it now.", "Jon’s walk through July"]
    );
    assert_eq!(story.notebook.read(|reader| loops_of_entry(reader, entry)).unwrap()[0].0.id, id);
    story.assert_sound();
}

#[test]
fn one_entry_fills_one_part_once_and_several_parts_if_wanted() {
    let story = Story::begin();
    let (id, entry) = (story.make("a"), story.write("e"));
    for part in [Part::Gain, Part::Gain, Part::Practise] {
        story.notebook.write(|tx| fill(tx, id, part, Filling::Entry(entry))).unwrap();
    }
    assert_eq!(story.get(id).row.counts, [1, 1, 0, 0]);
}

#[test]
fn a_loop_closes_only_with_a_reflection_and_keeps_then_and_now() {
    let story = Story::begin();
    let id = story.make("Saying no");
    story.fill(id, Part::Gain, "a talk");
    let refused = story.notebook.write(|tx| close(tx, id, "I said yes to all.", "  "));
    assert!(matches!(refused, Err(LoopError::NeedsReflection)));
    assert_eq!(story.get(id).row.closed_on, None);
    story.later(3);
    story.notebook.write(|tx| close(tx, id, "I said yes to all.", "I name a date.")).unwrap();
    let closed = story.get(id);
    assert_eq!(closed.row.closed_on, Some(on("2026-03-04")));
    assert_eq!(closed.row.counts, [1, 0, 0, 1], "what closed it is its reflection");
    assert_eq!(
        (closed.closings[0].then.as_str(), closed.closings[0].now.as_str()),
        ("I said yes to all.", "I name a date.")
    );
    assert!(story.list(LoopFilter::Open).is_empty());
    let late = story.notebook.write(|tx| fill(tx, id, Part::Practise, Filling::Words("more".into())));
    assert!(matches!(late, Err(LoopError::Closed)));
    story.assert_sound();
}

#[test]
fn a_loop_that_is_opened_again_keeps_how_it_was_closed() {
    let story = Story::begin();
    let id = story.make("a");
    story.notebook.write(|tx| close(tx, id, "then", "first")).unwrap();
    story.notebook.write(|tx| reopen(tx, id)).unwrap();
    assert_eq!(story.list(LoopFilter::Open).len(), 1);
    story.fill(id, Part::Practise, "once more");
    story.later(1);
    story.notebook.write(|tx| close(tx, id, "first", "second")).unwrap();
    let closings: Vec<String> = story.get(id).closings.into_iter().map(|closing| closing.now).collect();
    assert_eq!(closings, ["second", "first"]);
    assert_eq!(story.get(id).row.counts[3], 1, "the first reflection stands");
    story.assert_sound();
}

#[test]
fn what_fills_a_part_can_be_changed_moved_and_taken_out() {
    let story = Story::begin();
    let id = story.make("a");
    let filling = story.fill(id, Part::Gain, "first words");
    let change = FillingChange {
        part: Some(Part::Practise),
        words: Some("better words".into()),
        who: Some("Ann".into()),
        ..FillingChange::default()
    };
    story.notebook.write(|tx| change_filling(tx, id, filling, &change)).unwrap();
    let got = story.get(id).fillings;
    assert_eq!(
        (got.len(), got[0].part, got[0].words.as_str(), got[0].who.as_str()),
        (1, Part::Practise, "better words", "Ann")
    );
    story.notebook.write(|tx| empty(tx, id, filling)).unwrap();
    assert!(story.get(id).fillings.is_empty());
    assert!(matches!(story.notebook.write(|tx| empty(tx, id, filling)), Err(LoopError::NoFilling)));
    story.assert_sound();
}

#[test]
fn an_entry_in_the_trash_fills_nothing_until_it_comes_back() {
    let story = Story::begin();
    let (id, entry) = (story.make("a"), story.write("e"));
    story.notebook.write(|tx| fill(tx, id, Part::Gain, Filling::Entry(entry))).unwrap();
    story.notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    assert_eq!(story.get(id).row.counts, [0; 4]);
    assert!(!story.get(id).fillings[0].is_there);
    let again = story.notebook.write(|tx| fill(tx, id, Part::Practise, Filling::Entry(entry)));
    assert!(matches!(again, Err(LoopError::NoEntry)));
    story.notebook.write(|tx| restore_entry(tx, entry)).unwrap();
    assert_eq!(story.get(id).row.counts, [1, 0, 0, 0]);
    story.assert_sound();
}

#[test]
fn a_loop_goes_to_the_trash_and_back_and_away_for_good() {
    let story = Story::begin();
    let id = story.make("a");
    assert!(matches!(story.notebook.write(|tx| erase_loop(tx, id)), Err(LoopError::NotInTrash)));
    story.notebook.write(|tx| trash_loop(tx, id)).unwrap();
    assert_eq!((story.list(LoopFilter::Open).len(), story.list(LoopFilter::Trashed).len()), (0, 1));
    story.notebook.write(|tx| restore_loop(tx, id)).unwrap();
    assert_eq!(story.list(LoopFilter::Open).len(), 1);
    story.notebook.write(|tx| trash_loop(tx, id)).unwrap();
    story.notebook.write(|tx| erase_loop(tx, id)).unwrap();
    assert!(matches!(story.notebook.read(|reader| get_loop(reader, id)), Err(LoopError::NoLoop)));
    story.assert_sound();
}

#[test]
fn words_of_nothing_and_titles_of_nothing_are_refused_by_their_names() {
    let story = Story::begin();
    let refused = story.notebook.write(|tx| make_loop(tx, " \n"));
    assert!(matches!(refused, Err(LoopError::Unfit(Unfit { field: "title", .. }))));
    let id = story.make("a");
    let refused = story.notebook.write(|tx| fill(tx, id, Part::Gain, Filling::Words(" ".into())));
    assert!(matches!(refused, Err(LoopError::Unfit(Unfit { field: "words", .. }))));
}

#[test]
fn what_is_already_so_makes_no_record() {
    let story = Story::begin();
    let id = story.make("a");
    let filling = story.fill(id, Part::Gain, "w");
    let records = || story.notebook.read(|reader| reader.log_of(id.as_bytes())).unwrap().len();
    let before = records();
    let same = LoopChange { title: Some("a".into()), why: Some(String::new()), parked_until: Some(None) };
    story.notebook.write(|tx| change_loop(tx, id, &same)).unwrap();
    let same = FillingChange { words: Some("w".into()), ..FillingChange::default() };
    story.notebook.write(|tx| change_filling(tx, id, filling, &same)).unwrap();
    story.notebook.write(|tx| reopen(tx, id)).unwrap();
    assert_eq!(records(), before);
}

/// One act on a loop.
#[derive(Debug, Clone)]
enum Act {
    Fill(usize),
    Empty(usize),
    Close(bool),
    Reopen,
    Trash,
    Restore,
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        3 => (0..4usize).prop_map(Act::Fill),
        1 => (0..4usize).prop_map(Act::Empty),
        2 => any::<bool>().prop_map(Act::Close),
        1 => Just(Act::Reopen),
        1 => Just(Act::Trash),
        1 => Just(Act::Restore),
    ];
    prop::collection::vec(act, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn whatever_is_done_a_closed_loop_has_a_reflection_and_the_tables_follow_from_the_log(acts in acts()) {
        let story = Story::begin();
        let id = story.make("a");
        for act in acts {
            let loop_now = story.get(id);
            story.later(1);
            match act {
                Act::Fill(part) => {
                    let filling = Filling::Words("w".into());
                    let _ = story.notebook.write(|tx| fill(tx, id, Part::ALL[part], filling));
                }
                Act::Empty(part) => {
                    if let Some(one) = loop_now.fillings.iter().find(|one| one.part as usize == part) {
                        let _ = story.notebook.write(|tx| empty(tx, id, one.id));
                    }
                }
                Act::Close(said) => {
                    let _ = story.notebook.write(|tx| close(tx, id, "then", if said { "now" } else { " " }));
                }
                Act::Reopen => story.notebook.write(|tx| reopen(tx, id)).unwrap(),
                Act::Trash => story.notebook.write(|tx| trash_loop(tx, id)).unwrap(),
                Act::Restore => story.notebook.write(|tx| restore_loop(tx, id)).unwrap(),
            }
            let now = story.get(id);
            if now.row.closed_on.is_some() {
                prop_assert!(now.row.counts[Part::Reflect as usize] > 0);
                prop_assert!(!now.closings[0].now.is_empty());
            }
            prop_assert!(now.closings.len() >= loop_now.closings.len(), "then and now are kept");
        }
        story.assert_sound();
    }
}
