//! What is counted, over small journals.

use super::*;
use crate::Notebook;
use crate::journal::{Moment, NewEntry, create_entry};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;

fn journal(entries: &[(&str, &str, &str, &[&str])]) -> (tempfile::TempDir, Notebook) {
    let folder = tempfile::tempdir().unwrap();
    let host = TestHost::new(1, &folder.path().join("state"));
    let notebook =
        Notebook::create(&folder.path().join("notebook"), &host.host, "Mira", NewKey::Keyring).unwrap();
    for (on, title, text, tags) in entries {
        let at = NaiveDate::parse_from_str(on, "%Y-%m-%d").unwrap().and_hms_opt(9, 0, 0).unwrap();
        let new = NewEntry {
            title: (*title).into(),
            text: (*text).into(),
            tags: tags.iter().map(|tag| (*tag).into()).collect(),
            written: Some(Moment::local(at, Some("Europe/Berlin")).unwrap()),
            ..NewEntry::default()
        };
        notebook.write(|tx| create_entry(tx, new)).unwrap();
    }
    (folder, notebook)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn topics_are_counted_month_by_month_and_the_most_used_come_first() {
    let (_folder, notebook) = journal(&[
        ("2025-12-31", "", "x", &["late"]),
        ("2026-01-05", "", "x", &["Work", "slow"]),
        ("2026-01-09", "", "x", &["work"]),
        ("2026-03-01", "", "x", &["work"]),
    ]);
    let read = |from, to, most| notebook.read(|reader| read_topics(reader, day(from), day(to), most));
    let topics = read("2026-01-01", "2026-03-31", 5).unwrap();
    assert_eq!(topics.months, [day("2026-01-01"), day("2026-02-01"), day("2026-03-01")]);
    assert_eq!(
        topics.topics,
        [
            Topic { tag: "work".into(), entries: 3, by_month: vec![2, 0, 1] },
            Topic { tag: "slow".into(), entries: 1, by_month: vec![1, 0, 0] },
        ]
    );
    assert_eq!(read("2025-12-01", "2026-01-31", 1).unwrap().topics[0].by_month, [0, 2]);
    assert!(read("2026-02-01", "2026-01-01", 1).is_err());
}

#[test]
fn a_word_counts_once_for_an_entry_and_small_words_not_at_all() {
    let (_folder, notebook) = journal(&[
        ("2026-01-05", "Patience", "Patience, patience and the garden. https://x.example/garden", &[]),
        ("2026-01-06", "", "With patience the review went well. [garden](https://x.example/review)", &[]),
        ("2026-01-07", "", "Der Review war gut, und die Geduld auch.", &[]),
        ("2027-01-07", "", "Patience", &[]),
    ]);
    let words = notebook.read(|reader| read_words(reader, day("2026-01-01"), day("2026-12-31"), 10)).unwrap();
    let words: Vec<(String, u32)> =
        words.into_iter().map(|word| (word.word.to_lowercase(), word.entries)).collect();
    assert_eq!(words, [("garden".into(), 2), ("patience".into(), 2), ("review".into(), 2)]);
}
