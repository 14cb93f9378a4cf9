//! Stories of what comes back, told over a notebook under a clock that is moved.

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::day;
use crate::ids::{EntryId, LoopId};
use crate::intentions::{self, NewIntention};
use crate::journal::{EntryChange, NewEntry, change_entry, create_entry, get_entry, trash_entry};
use crate::loops::{self, Filling, NewFilling, NewLoop, Part};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;

struct Story {
    notebook: Notebook,
    host: TestHost,
    _folder: TempDir,
}

impl Story {
    /// Begins at noon of Sunday, 1 March 2026, in Berlin.
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(43, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, _folder: folder }
    }

    fn go_to(&self, day: &str) {
        self.host.clock.set(on(day).and_time(NaiveTime::from_hms_opt(11, 0, 0).unwrap()).and_utc());
    }

    fn later(&self, days: i64) {
        self.host.clock.advance(TimeDelta::days(days));
    }

    fn write_on(&self, day: &str, starred: bool) -> EntryId {
        let new = NewEntry {
            title: day.into(),
            on: Some(on(day)),
            starred,
            text: "t".into(),
            ..NewEntry::default()
        };
        self.notebook.write(|tx| create_entry(tx, new)).unwrap()
    }

    fn today(&self) -> Today {
        self.notebook.read(read_today).unwrap()
    }

    fn remembered(&self, day: &str) -> Vec<(Ago, String)> {
        let found = self.notebook.read(|reader| on_this_day(reader, on(day))).unwrap();
        found.into_iter().map(|one| (one.ago, one.entry.title)).collect()
    }

    fn returning(&self) -> Option<String> {
        self.today().keepsake.map(|one| one.entry.title)
    }

    fn answer(&self, entry: EntryId, answer: StillTrue) -> Option<EntryId> {
        self.notebook.write(|tx| answer_keepsake(tx, entry, &answer)).unwrap()
    }

    fn make_loop(&self, title: &str, begun_on: &str) -> LoopId {
        let new = NewLoop { title: title.into(), begun_on: Some(on(begun_on)), ..NewLoop::default() };
        self.notebook.write(|tx| loops::make_loop_with(tx, new)).unwrap()
    }

    fn fill(&self, id: LoopId, part: Part, day: &str, who: &str) {
        let new = NewFilling {
            part,
            filling: Filling::Words(format!("{part:?}")),
            on: Some(on(day)),
            who: who.into(),
            source: String::new(),
        };
        self.notebook.write(|tx| loops::fill_with(tx, id, new)).unwrap();
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn on_this_day_walks_back_over_years_and_over_those_without_a_word() {
    let story = Story::begin();
    for day in ["2025-03-01", "2025-03-02", "2019-03-01", "1987-03-01", "1987-12-31", "2026-03-01"] {
        story.write_on(day, false);
    }
    assert_eq!(
        story.remembered("2026-03-01"),
        [
            (Ago::Years(1), "2025-03-01".to_owned()),
            (Ago::Years(7), "2019-03-01".to_owned()),
            (Ago::Years(39), "1987-03-01".to_owned()),
        ]
    );
    assert_eq!(story.remembered("2026-06-01"), []);
}

#[test]
fn a_young_journal_remembers_months_and_an_old_one_does_not() {
    let story = Story::begin();
    story.write_on("2026-01-31", false);
    story.write_on("2025-12-01", false);
    assert_eq!(story.remembered("2026-03-01"), [(Ago::Months(3), "2025-12-01".to_owned())]);
    assert_eq!(story.remembered("2026-02-28"), [], "the 31st has no counterpart on the 28th");
    story.write_on("2020-05-05", false);
    assert_eq!(story.remembered("2026-03-01"), []);
}

#[test]
fn the_leap_day_is_remembered_in_common_years_too_and_once() {
    let story = Story::begin();
    for day in ["2024-02-29", "2024-02-28", "2025-02-28"] {
        story.write_on(day, false);
    }
    let days = |today| story.remembered(today).into_iter().map(|(_, title)| title).collect::<Vec<_>>();
    assert_eq!(days("2026-02-28"), ["2025-02-28", "2024-02-28", "2024-02-29"]);
    assert_eq!(days("2028-02-28"), ["2025-02-28", "2024-02-28"]);
    assert_eq!(days("2028-02-29"), ["2025-02-28", "2024-02-29"]);
}

#[test]
fn what_lies_in_the_trash_is_not_remembered() {
    let story = Story::begin();
    let id = story.write_on("2025-03-01", true);
    story.notebook.write(|tx| trash_entry(tx, id)).unwrap();
    assert_eq!(story.remembered("2026-03-01"), []);
    assert_eq!(story.returning(), None);
}

#[test]
fn a_starred_entry_returns_after_a_month_and_then_later_and_later() {
    let story = Story::begin();
    let id = story.write_on("2026-03-01", true);
    assert_eq!(story.returning(), None);
    story.later(29);
    assert_eq!(story.returning(), None);
    story.later(1);
    assert_eq!(story.returning().as_deref(), Some("2026-03-01"));
    story.answer(id, StillTrue::Yes);
    assert_eq!(story.returning(), None);
    for days in [90, 180, 365, 730, 730] {
        story.later(days - 1);
        assert_eq!(story.returning(), None, "{days}");
        story.later(1);
        assert!(story.returning().is_some(), "{days}");
        story.answer(id, StillTrue::Yes);
    }
    story.assert_sound();
}

#[test]
fn one_entry_returns_a_day_and_unanswered_ones_take_turns() {
    let story = Story::begin();
    let ids = ["2020-01-01", "2020-01-02", "2020-01-03"].map(|day| story.write_on(day, true));
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        seen.extend(story.returning());
        story.later(1);
    }
    assert_eq!(seen.len(), 3);
    story.answer(ids[0], StillTrue::Yes);
    assert_eq!(story.returning(), None, "one was answered today");
    story.later(1);
    assert!(story.returning().is_some());
}

#[test]
fn what_changed_becomes_an_entry_that_returns_in_its_place() {
    let story = Story::begin();
    let old = story.write_on("2026-01-01", true);
    let new = story.answer(old, StillTrue::Changed("Now I ask first.".into())).unwrap();
    let text = story.notebook.read(|reader| get_entry(reader, new)).unwrap().text;
    assert_eq!(text, format!("Now I ask first.\n\n[[2026-01-01|{old}]]\n"));
    story.later(30);
    assert_eq!(story.today().keepsake.unwrap().entry.id, new);
    let again = story.notebook.write(|tx| answer_keepsake(tx, old, &StillTrue::Yes));
    assert!(matches!(again, Err(PastError::NotKept)));
    story.assert_sound();
}

#[test]
fn an_entry_that_was_stopped_returns_when_it_is_marked_again() {
    let story = Story::begin();
    let id = story.write_on("2026-01-01", true);
    story.answer(id, StillTrue::Stop);
    story.later(400);
    assert_eq!(story.returning(), None);
    story.notebook.write(|tx| keep(tx, id, true)).unwrap();
    story.later(30);
    assert!(story.returning().is_some());
    let records = || story.notebook.read(|reader| reader.log_of(&record::object_of(id))).unwrap().len();
    let before = records();
    story.notebook.write(|tx| keep(tx, id, true)).unwrap();
    assert_eq!(records(), before, "what is already so makes no record");
    story.assert_sound();
}

#[test]
fn an_entry_that_lost_its_star_and_is_not_marked_returns_no_more() {
    let story = Story::begin();
    let id = story.write_on("2026-01-01", true);
    story.answer(id, StillTrue::Yes);
    story.later(90);
    assert!(story.returning().is_some());
    let change = EntryChange { starred: Some(false), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, id, &change)).unwrap();
    assert_eq!(story.returning(), None);
    story.notebook.write(|tx| keep(tx, id, true)).unwrap();
    assert!(story.notebook.read(|reader| is_kept(reader, id)).unwrap());
}

#[test]
fn a_loop_that_was_open_for_a_month_surfaces_on_one_day_and_never_again() {
    let story = Story::begin();
    let old = story.make_loop("old", "2026-01-10");
    let older = story.make_loop("older", "2026-01-05");
    story.make_loop("new", "2026-02-20");
    assert_eq!(story.today().surfaced.map(|row| row.id), Some(older));
    story.notebook.write(|tx| loops::note_surfaced(tx, older)).unwrap();
    assert_eq!(story.today().surfaced.map(|row| row.id), Some(older), "all of that day");
    story.later(1);
    assert_eq!(story.today().surfaced.map(|row| row.id), Some(old));
    story.notebook.write(|tx| loops::note_surfaced(tx, old)).unwrap();
    story.later(1);
    assert_eq!(story.today().surfaced, None);
    story.notebook.write(|tx| loops::note_surfaced(tx, older)).unwrap();
    assert_eq!(story.today().surfaced, None);
    story.assert_sound();
}

#[test]
fn a_loop_waits_when_one_step_is_left_or_nothing_happened_for_long_and_not_while_it_is_parked() {
    let story = Story::begin();
    let near = story.make_loop("near", "2026-02-20");
    for part in [Part::Gain, Part::Practise, Part::Feedback] {
        story.fill(near, part, "2026-02-25", "");
    }
    story.make_loop("fresh", "2026-02-25");
    let still = story.make_loop("still", "2025-12-01");
    story.notebook.write(|tx| loops::note_surfaced(tx, still)).unwrap();
    story.later(1);
    let titles = |today: Today| today.loops.into_iter().map(|row| row.title).collect::<Vec<_>>();
    assert_eq!(titles(story.today()), ["near", "still"]);
    let park = loops::LoopChange {
        parked_until: Some(Some(day::after(on("2026-03-02"), 3))),
        ..loops::LoopChange::default()
    };
    story.notebook.write(|tx| loops::change_loop(tx, near, &park)).unwrap();
    assert_eq!(titles(story.today()), ["still"]);
    story.later(3);
    assert_eq!(titles(story.today()), ["near", "still"]);
}

#[test]
fn six_weeks_after_something_was_learned_it_is_asked_once_whether_it_was_used() {
    let story = Story::begin();
    let id = story.make_loop("P&L", "2026-03-01");
    story.fill(id, Part::Gain, "2026-03-01", "");
    story.later(41);
    assert_eq!(story.today().learned, None);
    story.later(1);
    let learned = story.today().learned.unwrap();
    assert_eq!((learned.loop_id, learned.title.as_str()), (id, "P&L"));
    let used = Used::Yes("in the budget round".into());
    story.notebook.write(|tx| answer_learned(tx, id, learned.gain.id, &used)).unwrap();
    assert_eq!(story.today().learned, None);
    let row = story.notebook.read(|reader| loops::get_loop(reader, id)).unwrap().row;
    assert_eq!(row.counts, [1, 1, 0, 0]);
    story.assert_sound();
}

#[test]
fn the_look_back_gathers_what_was_written_what_moved_and_who_taught() {
    let story = Story::begin();
    story.write_on("2026-02-25", false);
    story.write_on("2026-02-01", false);
    let id = story.make_loop("P&L", "2026-02-24");
    story.fill(id, Part::Feedback, "2026-02-26", "Jon");
    story.fill(id, Part::Practise, "2026-02-01", "Ann");
    let new = NewIntention {
        text: "a".into(),
        due_on: on("2026-03-10"),
        entry: None,
        from_words: String::new(),
        loop_id: None,
    };
    story.notebook.write(|tx| intentions::make(tx, new)).unwrap();
    let back = story.notebook.read(|reader| look_back(reader, on("2026-02-23"), on("2026-03-01"))).unwrap();
    assert_eq!((back.entry_count, back.word_count), (1, 1));
    assert_eq!(back.loops.len(), 1);
    assert_eq!((back.intentions.len(), back.people), (1, vec!["Jon".to_owned()]));
}

#[test]
fn the_day_is_the_one_where_the_person_is() {
    let story = Story::begin();
    story.go_to("2026-03-01");
    story.host.clock.advance(TimeDelta::hours(12));
    assert_eq!(story.today().on, on("2026-03-02"), "23:00 UTC is past midnight in Berlin");
    story.host.clock.set_time_zone(Some("America/Los_Angeles"));
    assert_eq!(story.today().on, on("2026-03-01"));
}
