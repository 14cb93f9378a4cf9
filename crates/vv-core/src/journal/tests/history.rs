//! Versions: how saves join, how two compare, how an older one comes back.

use super::*;

fn save(story: &Story, editor: &Editor, text: &str) -> SavedText {
    save_text(&story.notebook, editor.session, text, "Title", false).unwrap()
}

fn numbers(story: &Story, id: EntryId) -> Vec<(u32, u32, u32, u32)> {
    let rows = story.notebook.read(|reader| list_versions(reader, id)).unwrap();
    rows.iter().map(|row| (row.number, row.word_count, row.words_added, row.words_removed)).collect()
}

fn version(story: &Story, id: EntryId, number: u32) -> Version {
    story.notebook.read(|reader| read_version(reader, id, number, None)).unwrap()
}

#[test]
fn saves_close_together_are_one_version() {
    let story = Story::begin();
    let id = story.write("Title", "one");
    let editor = open_editor(&story.notebook, id).unwrap();
    story.later(2);
    assert_eq!(save(&story, &editor, "one two").version_count, 1);
    story.later(2);
    assert_eq!(save(&story, &editor, "one two three").version_count, 1);
    story.later(2);
    assert_eq!(save(&story, &editor, "one three").version_count, 2);
    story.later(10);
    assert_eq!(save(&story, &editor, "four").version_count, 3);
    assert_eq!(numbers(&story, id), [(3, 1, 1, 2), (2, 2, 0, 1), (1, 3, 3, 0)]);
    assert_eq!(story.get(id).version_count, 3);
    assert_eq!(version(&story, id, 1).text, "one two three");
    assert_eq!(version(&story, id, 2).text, "one three");
}

#[test]
fn an_entry_that_was_made_empty_and_filled_later_has_no_empty_version() {
    let story = Story::begin();
    let id = story.write("", "");
    let editor = open_editor(&story.notebook, id).unwrap();
    story.later(30);
    assert_eq!(save(&story, &editor, "first words").version_count, 1);
    assert_eq!(version(&story, id, 1).text, "first words");
}

#[test]
fn stars_tags_and_dates_make_no_version() {
    let story = Story::begin();
    let id = story.write("Title", "one");
    story.later(30);
    let change = EntryChange {
        starred: Some(true),
        tags: Some(vec!["x".into()]),
        on: Some(day("2020-01-01")),
        ..EntryChange::default()
    };
    story.change(id, change);
    story.trash(id);
    assert_eq!(numbers(&story, id).len(), 1);
}

#[test]
fn an_older_version_comes_back_as_the_newest_one_and_nothing_in_between_is_lost() {
    let story = Story::begin();
    let id = story.write("Title", "the first version\n");
    let editor = open_editor(&story.notebook, id).unwrap();
    story.later(10);
    save(&story, &editor, "the second version, longer\n");
    // At once: the version before must not be swallowed as one that lies close.
    story.notebook.write(|tx| restore_version(tx, id, 1)).unwrap();
    let entry = story.get(id);
    assert_eq!((entry.text.as_str(), entry.version_count), ("the first version\n", 3));
    assert_eq!(version(&story, id, 2).text, "the second version, longer\n");
    let records = story.records(id);
    story.notebook.write(|tx| restore_version(tx, id, 1)).unwrap();
    assert_eq!(story.records(id), records, "what already stands is not written again");
    // The editor that was open gets it with its next save, with what was typed there.
    let saved = save(&story, &editor, "the second version, longer\nand typed after\n");
    assert_eq!(saved.version_count, 3);
    assert_eq!(story.get(id).text, "the first version\nand typed after\n");
    story.assert_sound();
}

#[test]
fn a_restored_title_comes_back_with_its_text() {
    let story = Story::begin();
    let id = story.write("First title", "same text");
    story.later(10);
    story.change(id, EntryChange { title: Some("Second title".into()), ..EntryChange::default() });
    assert_eq!(numbers(&story, id).len(), 2);
    story.notebook.write(|tx| restore_version(tx, id, 1)).unwrap();
    assert_eq!(story.get(id).title, "First title");
}

#[test]
fn a_version_is_compared_with_another_or_with_what_stands_now() {
    let story = Story::begin();
    let id = story.write("Title", "one two");
    let editor = open_editor(&story.notebook, id).unwrap();
    story.later(10);
    save(&story, &editor, "one three");
    story.later(10);
    save(&story, &editor, "one three four");
    let shown = |version: Version| {
        version.compared.into_iter().map(|stretch| (stretch.change, stretch.text)).collect::<Vec<_>>()
    };
    use StretchChange::{Added, Removed, Same};
    let against_second = story.notebook.read(|reader| read_version(reader, id, 1, Some(2))).unwrap();
    let expected = [(Same, "one "), (Removed, "two"), (Added, "three")];
    assert_eq!(shown(against_second), expected.map(|(change, text)| (change, text.to_owned())));
    let joined: String =
        shown(version(&story, id, 1)).into_iter().filter(|(c, _)| *c != Removed).map(|(_, t)| t).collect();
    assert_eq!(joined, "one three four");
    for (number, with) in [(9, None), (1, Some(9))] {
        let missing = story.notebook.read(|reader| read_version(reader, id, number, with));
        assert!(matches!(missing, Err(JournalError::NoVersion(9))));
    }
}

#[test]
fn a_version_names_the_device_that_wrote_it() {
    let story = Story::begin();
    let id = story.write("Title", "x");
    let rows = story.notebook.read(|reader| list_versions(reader, id)).unwrap();
    assert_eq!(rows[0].device, story.host.host.device_name);
}
