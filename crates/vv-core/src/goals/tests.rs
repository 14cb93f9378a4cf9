//! Stories of goals, told over a notebook in a folder of its own.

use chrono::NaiveDate;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::GoalId;
use crate::journal::{NewEntry, create_entry, trash_entry};
use crate::language::Language;
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;
use crate::words::Unfit;

struct Story {
    notebook: Notebook,
    _folder: TempDir,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(41, &folder.path().join("state"));
        let path = folder.path().join("notebook");
        let notebook = Notebook::create(&path, &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, _folder: folder }
    }

    fn make(&self) -> GoalId {
        let new = NewGoal {
            wish: "Speak first in the review".into(),
            best_result: "I have said it before the slide changes.".into(),
            obstacle: "I polish the sentence until somebody else says it.".into(),
            if_then: "If I polish, then I say the half of it.".into(),
            first_step: "Write one half sentence before the review.".into(),
            review_on: Some(on("2026-03-29")),
        };
        self.notebook.write(|tx| make(tx, new)).unwrap()
    }

    fn get(&self, id: GoalId) -> Goal {
        self.notebook.read(|reader| get_goal(reader, id)).unwrap()
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn progress(words: &str) -> NewPoint {
    NewPoint {
        kind: PointKind::Progress,
        words: words.into(),
        on: None,
        entry: None,
        behaviour: String::new(),
    }
}

#[test]
fn a_goal_keeps_wish_obstacle_and_plan_and_is_changed_field_by_field() {
    let story = Story::begin();
    let id = story.make();
    let before = story.get(id);
    assert_eq!(before.plan.obstacle, "I polish the sentence until somebody else says it.");
    assert_eq!((before.begun_on, before.plan.review_on), (on("2026-03-01"), Some(on("2026-03-29"))));
    let plan = GoalPlan {
        fallback: "One half sentence a week.".into(),
        why: "I want my name on what I think.".into(),
        behaviours: vec!["I speak in the first ten minutes.".into(), "  ".into()],
        ..before.plan.clone()
    };
    let change = GoalChange { plan: Some(plan), review_on: None };
    story.notebook.write(|tx| change_goal(tx, id, &change)).unwrap();
    let after = story.get(id).plan;
    assert_eq!(after.behaviours, ["I speak in the first ten minutes."]);
    assert_eq!((after.wish, after.why.as_str()), (before.plan.wish, "I want my name on what I think."));
    story.assert_sound();
}

#[test]
fn progress_has_evidence_and_evidence_in_the_trash_does_not_count() {
    let story = Story::begin();
    let id = story.make();
    let entry = story
        .notebook
        .write(|tx| create_entry(tx, NewEntry { title: "Review".into(), ..NewEntry::default() }));
    let entry = entry.unwrap();
    let point = NewPoint { entry: Some(entry), behaviour: "I speak early".into(), ..progress("") };
    story.notebook.write(|tx| add_point(tx, id, point)).unwrap();
    story.notebook.write(|tx| add_point(tx, id, progress("said the half of it"))).unwrap();
    let goal = story.get(id);
    assert_eq!((goal.points.len(), goal.evidence_count()), (2, 1));
    assert_eq!(goal.points[0].entry_title, "Review");
    story.notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    assert_eq!(story.get(id).evidence_count(), 0);
    story.assert_sound();
}

#[test]
fn an_honest_skip_has_its_reason_and_is_kept() {
    let story = Story::begin();
    let id = story.make();
    let skip = NewPoint { kind: PointKind::Skip, ..progress(" ") };
    let refused = story.notebook.write(|tx| add_point(tx, id, skip.clone()));
    assert!(matches!(refused, Err(GoalError::Unfit(Unfit { field: "words", .. }))));
    let skip = NewPoint { words: "the release took all of it".into(), ..skip };
    let point = story.notebook.write(|tx| add_point(tx, id, skip)).unwrap();
    assert_eq!(story.get(id).points[0].kind, PointKind::Skip);
    story.notebook.write(|tx| remove_point(tx, id, point)).unwrap();
    assert!(story.get(id).points.is_empty());
    story.assert_sound();
}

#[test]
fn a_goal_ends_reached_or_let_go_and_can_be_taken_up_again() {
    let story = Story::begin();
    let id = story.make();
    let end = GoalEnd { on: on("2026-03-20"), ending: Ending::LetGo, words: "not mine".into() };
    story.notebook.write(|tx| end_goal(tx, id, &end)).unwrap();
    assert_eq!(story.get(id).end, Some(end));
    let ended = |filter| story.notebook.read(|reader| list_goals(reader, filter)).unwrap().len();
    assert_eq!((ended(GoalFilter::Open), ended(GoalFilter::Ended)), (0, 1));
    story.notebook.write(|tx| reopen_goal(tx, id)).unwrap();
    assert_eq!((ended(GoalFilter::Open), ended(GoalFilter::Ended)), (1, 0));
    story.notebook.write(|tx| trash_goal(tx, id)).unwrap();
    story.notebook.write(|tx| erase_goal(tx, id)).unwrap();
    assert!(matches!(story.notebook.read(|reader| get_goal(reader, id)), Err(GoalError::NoGoal)));
    story.assert_sound();
}

#[test]
fn the_five_objectives_have_behaviours_one_can_observe() {
    for (language, i) in [(Language::English, "I "), (Language::German, "Ich ")] {
        let objectives = list_objectives(language);
        let keys: Vec<&str> = objectives.iter().map(|one| one.key.as_str()).collect();
        assert_eq!(keys, ["growth", "communication", "team", "organisation", "change"]);
        for objective in &objectives {
            assert!(objective.behaviours.len() >= 3, "{}", objective.key);
            assert!(objective.behaviours.iter().all(|one| one.starts_with(i)), "{}", objective.key);
        }
    }
}
