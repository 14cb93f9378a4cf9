//! Stories of people, told over a notebook in a folder of its own, and over two that write apart.

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::helped::{HelpedFilter, NewHelped, list_helped, note_helped};
use crate::ids::{EntryId, PersonId};
use crate::journal::{self, EntryFilter, NewEntry, create_entry, list_entries, trash_entry};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;
use crate::search::{SearchEntries, SearchOrder, index_some, search};
use crate::store::Tx;
use crate::store::tests::Profile;
use crate::store::tests::convergence::take;
use crate::store::tests::records::second_life;

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
        self.notebook.write(|tx| save_person(tx, None, called(name))).unwrap()
    }

    fn write(&self, title: &str, text: &str) -> EntryId {
        write(&self.notebook, title, text)
    }

    fn get(&self, id: PersonId) -> Person {
        self.notebook.read(|reader| get_person(reader, id)).unwrap()
    }

    fn names(&self) -> Vec<String> {
        self.notebook.read(list_people).unwrap().into_iter().map(|row| row.name).collect()
    }

    fn people_of(&self, entry: EntryId) -> Vec<String> {
        let people = self.notebook.read(|reader| people_of_entry(reader, entry)).unwrap();
        people.into_iter().map(|one| one.name).collect()
    }

    fn excerpts(&self) -> Vec<String> {
        excerpts(&self.notebook)
    }

    fn settle(&self) {
        while !index_some(&self.notebook, 1_000).unwrap().settled {}
    }

    fn found(&self, query: &str) -> Vec<String> {
        let request = SearchEntries { query: query.into(), order: SearchOrder::Newest, limit: 20 };
        let hits = search(&self.notebook, &request).unwrap().hits;
        hits.iter().map(|hit| hit.title.iter().map(|part| part.text.as_str()).collect()).collect()
    }

    fn assert_sound(&self) {
        assert_eq!(self.notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

fn called(name: &str) -> PersonWords {
    PersonWords { name: name.into(), ..PersonWords::default() }
}

fn write(notebook: &Notebook, title: &str, text: &str) -> EntryId {
    let new = NewEntry { title: title.into(), text: text.into(), ..NewEntry::default() };
    notebook.write(|tx| create_entry(tx, new)).unwrap()
}

fn excerpts(notebook: &Notebook) -> Vec<String> {
    let page = notebook.read(|reader| list_entries(reader, &EntryFilter::default(), 0, 100)).unwrap();
    let mut excerpts: Vec<String> = page.rows.into_iter().map(|row| row.excerpt).collect();
    excerpts.sort();
    excerpts
}

#[test]
fn an_entry_names_somebody_and_a_new_name_shows_everywhere_while_the_entry_stays_as_it_is() {
    let story = Story::begin();
    let katie = story.meet(" @Katie Moran ");
    let text = format!("Asked {} about the pivot table.", mention_of(katie, "Katie Moran"));
    let entry = story.write("", &text);
    assert_eq!(story.people_of(entry), ["Katie Moran"]);
    assert_eq!(story.excerpts(), ["Asked @Katie Moran about the pivot table."]);
    story.settle();

    let words = PersonWords { about: "Data, third floor.".into(), ..called("Katie Lindgren") };
    story.notebook.write(|tx| save_person(tx, Some(katie), words)).unwrap();
    assert_eq!(story.excerpts(), ["Asked @Katie Lindgren about the pivot table."]);
    let kept = story.notebook.read(|reader| journal::get_entry(reader, entry)).unwrap();
    assert_eq!((kept.text, kept.version_count), (text, 1));
    let person = story.get(katie);
    assert_eq!(
        (person.words.about.as_str(), person.entries[0].id, person.entry_count),
        ("Data, third floor.", entry, 1)
    );
    assert_eq!(story.found("lindgren").len(), 1, "found by the new name before the index knows it");
    story.settle();
    assert_eq!((story.found("lindgren").len(), story.found("moran").len()), (1, 0));
    story.assert_sound();
}

#[test]
fn entries_are_found_by_whom_they_name_by_any_of_their_names_and_nobody_elses() {
    let story = Story::begin();
    let katie = story.meet("Katie Moran");
    let other = story.meet("Katie Lim");
    let words = PersonWords {
        other_names: vec!["KM".into(), "Katie Moran".into(), " ".into()],
        ..called("Katie Moran")
    };
    story.notebook.write(|tx| save_person(tx, Some(katie), words)).unwrap();
    story.write("one", &format!("With {}.", mention_of(katie, "Katie Moran")));
    story.write("both", &format!("{} and {}", mention_of(other, "Katie"), mention_of(katie, "K")));
    story.write("word", "Katie alone, as a word, and an @KMX.");
    for settled in [false, true] {
        if settled {
            story.settle();
        }
        assert_eq!(story.found("person:moran"), ["both", "one"]);
        assert_eq!(story.found("@km with"), ["one"]);
        assert_eq!(story.found("person:\"katie l\""), ["both"]);
        assert_eq!(story.found("person:katie -person:lim"), ["one"]);
        assert_eq!(story.found(&format!("person:{other}")), ["both"]);
        assert_eq!(story.found("person:nobody"), Vec::<String>::new());
        assert_eq!(story.found("@kmx"), ["word"], "a sign before a word nobody goes by is that word");
        assert_eq!(story.found(&other.to_string()[..8]), Vec::<String>::new(), "ids are no words");
    }
    let both = story.notebook.read(list_people).unwrap();
    assert_eq!(both[1].other_names, ["KM"]);
}

#[test]
fn two_of_one_name_stay_two_and_two_that_are_one_are_led_together_and_parted() {
    let story = Story::begin();
    let (first, second) = (story.meet("Jon"), story.meet("Jon"));
    let rows = story.notebook.read(list_people).unwrap();
    assert!(rows.len() == 2 && rows.iter().all(|row| row.shares_name));
    let words = PersonWords { about: "Plans releases.".into(), ..called("Jon B.") };
    story.notebook.write(|tx| save_person(tx, Some(second), words)).unwrap();
    let entry = story.write("", &format!("{} and {}", mention_of(first, "Jon"), mention_of(second, "Jon")));
    assert_eq!(story.people_of(entry), ["Jon", "Jon B."]);

    let root = story.notebook.write(|tx| merge_people(tx, first, second)).unwrap();
    assert_eq!(root, second);
    assert_eq!(
        (story.people_of(entry), story.excerpts()),
        (vec!["Jon B.".to_owned()], vec!["@Jon B. and @Jon B.".to_owned()])
    );
    let person = story.get(first);
    assert_eq!((person.id, person.same[0].name.as_str(), person.entry_count), (second, "Jon", 1));
    assert_eq!(story.notebook.read(list_people).unwrap()[0].other_names, ["Jon"]);
    let again = story.notebook.write(|tx| merge_people(tx, second, first));
    assert!(matches!(again, Err(PersonError::SamePerson)));

    story.notebook.write(|tx| part_people(tx, first)).unwrap();
    assert_eq!(story.names(), ["Jon", "Jon B."]);
    assert_eq!(story.excerpts(), ["@Jon and @Jon B."]);
    assert_eq!(story.get(second).words.about, "Plans releases.");
    story.assert_sound();
}

#[test]
fn whoever_is_deleted_leaves_the_words_and_the_notes_of_help() {
    let story = Story::begin();
    let (jon, alias) = (story.meet("Jon Baxter"), story.meet("JB"));
    story.notebook.write(|tx| merge_people(tx, alias, jon)).unwrap();
    let entry = story.write("One", &format!("{} said it.", mention_of(alias, "JB")));
    let new = NewHelped { person: alias, subject: "The margin".into(), on: None, entry: Some(entry) };
    story.notebook.write(|tx| note_helped(tx, &new)).unwrap();
    story.settle();
    story.notebook.write(|tx| delete_person(tx, jon)).unwrap();
    assert_eq!((story.names(), story.people_of(entry)), (vec![], vec![]));
    assert_eq!(story.excerpts(), ["@JB said it."]);
    let notes = story.notebook.read(|reader| list_helped(reader, &HelpedFilter::default())).unwrap();
    assert_eq!((notes[0].person, notes[0].who.as_str()), (None, "Jon Baxter"));
    story.settle();
    assert_eq!(story.found("said jb"), ["One"]);
    assert!(matches!(story.notebook.read(|reader| get_person(reader, jon)), Err(PersonError::NoPerson)));
    story.assert_sound();
}

#[test]
fn entries_in_the_trash_are_not_shown_with_a_person_and_deleted_ones_are_forgotten() {
    let story = Story::begin();
    let katie = story.meet("Katie");
    let entry = story.write("One", &format!("With {}", mention_of(katie, "Katie")));
    story.notebook.write(|tx| trash_entry(tx, entry)).unwrap();
    assert_eq!(story.get(katie).entry_count, 0);
    story.notebook.write(|tx| save_person(tx, Some(katie), called("Kate"))).unwrap();
    story.assert_sound();
    journal::delete_entry(&story.notebook, entry).unwrap();
    story.assert_sound();
    assert_eq!(story.people_of(entry), Vec::<String>::new());
}

#[test]
fn somebody_needs_a_name_and_the_same_words_make_no_record() {
    let story = Story::begin();
    let refused = story.notebook.write(|tx| save_person(tx, None, called(" @ ")));
    assert!(matches!(refused, Err(PersonError::Unfit(unfit)) if unfit.field == "name"));
    let katie = story.meet("Katie");
    let records = || story.notebook.verify().unwrap().records;
    let before = records();
    story.notebook.write(|tx| save_person(tx, Some(katie), called("Katie"))).unwrap();
    story.notebook.write(|tx| part_people(tx, katie)).unwrap();
    assert_eq!(records(), before);
}

#[test]
fn a_name_finds_whoever_goes_by_it_or_meets_somebody_new() {
    let story = Story::begin();
    let find = |name: &str| story.notebook.write(|tx| find_or_meet(tx, name));
    let katie = find("@Katie Moran").unwrap();
    assert_eq!(find("katie moran").unwrap(), katie);
    let words = PersonWords { other_names: vec!["KM".into()], ..called("Katie Moran") };
    story.notebook.write(|tx| save_person(tx, Some(katie), words)).unwrap();
    assert_eq!(find("km").unwrap(), katie);
    story.meet("Katie Moran");
    assert!(matches!(find("Katie Moran"), Err(PersonError::SeveralOfName)));
    assert_ne!(find("Katie").unwrap(), katie, "the beginning of a name is another name");
}

#[derive(Debug, Clone)]
enum Act {
    Meet(String),
    Rename(usize, String),
    Lead(usize, usize),
    Part(usize),
    Delete(usize),
    Write(usize, usize),
    Take(u8),
}

fn act() -> impl Strategy<Value = Act> {
    let one = || 0..6usize;
    prop_oneof![
        3 => "[A-C]{1,2}".prop_map(Act::Meet),
        3 => (one(), "[D-F]{1,2}").prop_map(|(who, name)| Act::Rename(who, name)),
        4 => (one(), one()).prop_map(|(from, into)| Act::Lead(from, into)),
        2 => one().prop_map(Act::Part),
        1 => one().prop_map(Act::Delete),
        4 => (one(), one()).prop_map(|(who, with)| Act::Write(who, with)),
        4 => (1..6u8).prop_map(Act::Take),
    ]
}

/// Does something; what is refused, because somebody is not there (yet), is refused.
fn perform(notebook: &Notebook, met: &mut Vec<PersonId>, act: &Act) {
    let who = |at: &usize| met.get(*at).copied();
    let attempt = |doing: &dyn Fn(&mut Tx) -> Result<(), PersonError>| match notebook.write(doing) {
        Ok(()) | Err(PersonError::NoPerson | PersonError::SamePerson) => {}
        Err(error) => panic!("{error}"),
    };
    match act {
        Act::Meet(name) => {
            let id = notebook.write(|tx| save_person(tx, None, called(name))).unwrap();
            met.push(id);
        }
        Act::Rename(one, name) => {
            if let Some(id) = who(one) {
                attempt(&|tx| save_person(tx, Some(id), called(name)).map(drop));
            }
        }
        Act::Lead(from, into) => {
            if let (Some(from), Some(into)) = (who(from), who(into)) {
                attempt(&|tx| merge_people(tx, from, into).map(drop));
            }
        }
        Act::Part(one) => {
            if let Some(id) = who(one) {
                attempt(&|tx| part_people(tx, id));
            }
        }
        Act::Delete(one) => {
            if let Some(id) = who(one) {
                attempt(&|tx| delete_person(tx, id));
            }
        }
        Act::Write(one, other) => {
            if let (Some(one), Some(other)) = (who(one), who(other)) {
                write(notebook, "", &format!("{} {}", mention_of(one, "x"), mention_of(other, "y")));
            }
        }
        Act::Take(_) => {}
    }
}

fn shown(notebook: &Notebook) -> (Vec<PersonRow>, Vec<String>, Vec<Person>) {
    let rows = notebook.read(list_people).unwrap();
    let whole = rows.iter().map(|row| notebook.read(|reader| get_person(reader, row.id)).unwrap()).collect();
    (rows, excerpts(notebook), whole)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn two_computers_that_rename_lead_together_and_delete_apart_end_with_the_same_people(
        acts in proptest::collection::vec((any::<bool>(), act()), 1..40),
    ) {
        let profile = Profile::new();
        let a = profile.create();
        let b = second_life(&profile);
        let mut met = Vec::new();
        for (on_a, act) in &acts {
            let (here, there) = if *on_a { (&a, &b) } else { (&b, &a) };
            match act {
                Act::Take(count) => take(there, here, usize::from(*count)),
                act => perform(here, &mut met, act),
            }
        }
        take(&a, &b, usize::MAX);
        take(&b, &a, usize::MAX);
        prop_assert_eq!(shown(&a), shown(&b));
        for notebook in [&a, &b] {
            prop_assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
            let known = notebook.read(name_everybody).unwrap();
            prop_assert!(known.iter().all(|one| !one.name.is_empty()), "everybody has somebody who stands for them");
        }
    }
}
