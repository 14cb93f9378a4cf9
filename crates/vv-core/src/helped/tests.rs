//! Stories of who helped, told over a notebook in a folder of its own.

use chrono::NaiveDate;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::{EntryId, HelpedId, PersonId};
use crate::journal::{NewEntry, create_entry, trash_entry};
use crate::notebook::NewKey;
use crate::people::{PersonWords, merge_people, save_person};
use crate::ports::testing::TestHost;

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

    fn meet(&self, name: &str) -> PersonId {
        let words = PersonWords { name: name.into(), ..PersonWords::default() };
        self.notebook.write(|tx| save_person(tx, None, words)).unwrap()
    }

    fn note(&self, person: PersonId, subject: &str, entry: Option<EntryId>) -> HelpedId {
        let new = NewHelped { person, subject: subject.into(), on: None, entry };
        self.notebook.write(|tx| note_helped(tx, &new)).unwrap()
    }

    fn subjects(&self, filter: HelpedFilter) -> Vec<String> {
        let notes = self.notebook.read(|reader| list_helped(reader, &filter)).unwrap();
        notes.into_iter().map(|note| note.subject).collect()
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn a_note_says_who_with_what_and_on_what_day_and_may_belong_to_an_entry() {
    let story = Story::begin();
    let katie = story.meet("Katie");
    let entry = NewEntry { title: "Review".into(), on: Some(on("2026-02-20")), ..NewEntry::default() };
    let entry = story.notebook.write(|tx| create_entry(tx, entry)).unwrap();
    story.note(katie, " Data ", None);
    let second = story.note(katie, "The margin", Some(entry));
    let notes = story.notebook.read(|reader| list_helped(reader, &HelpedFilter::default())).unwrap();
    assert_eq!(
        (notes[0].subject.as_str(), notes[0].on, notes[0].who.as_str()),
        ("Data", on("2026-03-01"), "Katie")
    );
    assert_eq!(
        (notes[1].on, notes[1].entry, notes[1].entry_title.as_str()),
        (on("2026-02-20"), Some(entry), "Review")
    );

    story.notebook.write(|tx| change_helped(tx, second, "Margins", on("2026-02-21"))).unwrap();
    story.notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    let note = story.notebook.read(|reader| get_helped(reader, second)).unwrap();
    assert_eq!((note.subject.as_str(), note.on, note.entry), ("Margins", on("2026-02-21"), None));
    story.assert_sound();
    story.notebook.write(|tx| remove_helped(tx, second)).unwrap();
    assert!(matches!(story.notebook.read(|reader| get_helped(reader, second)), Err(HelpedError::NoNote)));
    story.assert_sound();
}

#[test]
fn notes_are_listed_by_person_and_by_subject_however_it_is_written() {
    let story = Story::begin();
    let (katie, alias, scott) = (story.meet("Katie"), story.meet("KM"), story.meet("Scott"));
    story.note(katie, "data", None);
    story.note(alias, "Data", None);
    story.note(scott, "slides", None);
    story.notebook.write(|tx| merge_people(tx, alias, katie)).unwrap();
    let of = |person| HelpedFilter { person: Some(person), ..HelpedFilter::default() };
    assert_eq!(story.subjects(of(katie)), ["Data", "data"]);
    assert_eq!(story.subjects(of(alias)), ["Data", "data"]);
    let about = HelpedFilter { subject: Some(" DATA".into()), ..HelpedFilter::default() };
    assert_eq!(story.subjects(about).len(), 2);
    assert_eq!(story.notebook.read(list_subjects).unwrap(), ["Data", "slides"]);
}

#[test]
fn a_note_without_a_subject_a_person_or_its_entry_is_refused() {
    let story = Story::begin();
    let katie = story.meet("Katie");
    let note = |new: NewHelped| story.notebook.write(|tx| note_helped(tx, &new));
    let new = NewHelped { person: katie, subject: " ".into(), on: None, entry: None };
    assert!(matches!(note(new.clone()), Err(HelpedError::Unfit(unfit)) if unfit.field == "subject"));
    let nobody = PersonId::from_bytes([9; 16]);
    assert!(matches!(
        note(NewHelped { person: nobody, subject: "data".into(), ..new.clone() }),
        Err(HelpedError::NoPerson)
    ));
    let gone = Some(EntryId::from_bytes([9; 16]));
    assert!(matches!(
        note(NewHelped { entry: gone, subject: "data".into(), ..new }),
        Err(HelpedError::NoEntry)
    ));
    assert_eq!(story.subjects(HelpedFilter::default()), Vec::<String>::new());
}
