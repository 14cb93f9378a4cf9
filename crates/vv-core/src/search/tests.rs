//! Stories of search, told over a notebook in a folder of its own.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::journal::{
    EntryChange, Moment, NewEntry, change_entry, create_entry, delete_entry, restore_entry, trash_entry,
};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;

struct Story {
    notebook: Notebook,
    _host: TestHost,
    _folder: TempDir,
}

impl Story {
    fn begin() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(11, &folder.path().join("state"));
        let notebook =
            Notebook::create(&folder.path().join("notebook"), &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, _host: host, _folder: folder }
    }

    fn write(&self, day: &str, title: &str, text: &str, tags: &[&str]) -> EntryId {
        let local = day.parse::<NaiveDate>().unwrap().and_hms_opt(9, 0, 0).unwrap();
        let new = NewEntry {
            title: title.into(),
            text: text.into(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            written: Some(Moment::local(local, Some("Europe/Berlin")).unwrap()),
            ..NewEntry::default()
        };
        self.notebook.write(|tx| create_entry(tx, new)).unwrap()
    }

    fn fill(&self) {
        while !index_some(&self.notebook, 1_000).unwrap().settled {}
    }

    fn ask(&self, query: &str, order: SearchOrder) -> SearchResult {
        search(&self.notebook, &SearchEntries { query: query.into(), order, limit: 200 }).unwrap()
    }

    fn found(&self, query: &str) -> Vec<EntryId> {
        self.ask(query, SearchOrder::Newest).hits.iter().map(|hit| hit.id).collect()
    }
}

#[test]
fn words_prefixes_parts_phrases_and_tags_find_their_entries_newest_first() {
    let story = Story::begin();
    let one = story.write("2026-01-05", "Naïve plans", "A silence nobody broke, good work.", &["listening"]);
    let two = story.write(
        "2026-02-05",
        "Rückmeldung",
        "I asked for feedback; work went on.",
        &["Slow work", "review"],
    );
    let three = story.write("2025-12-05", "", "東京都で会議。", &[]);
    for indexed in [false, true] {
        if indexed {
            story.fill();
        }
        assert_eq!(story.found("work"), [two, one]);
        assert_eq!(story.found("sil"), [one]);
        assert_eq!(story.found("si"), [one]);
        assert_eq!(story.found("NAIVE"), [one]);
        assert_eq!(story.found("meldung"), [two]);
        assert_eq!(story.found("edb"), [two]);
        assert_eq!(story.found("\"silence nobody\""), [one]);
        assert_eq!(story.found("\"nobody silence\""), Vec::<EntryId>::new());
        assert_eq!(story.found("tag:listening"), [one]);
        assert_eq!(story.found("tag:listen"), Vec::<EntryId>::new());
        assert_eq!(story.found("tag:\"slow work\" feedback"), [two]);
        assert_eq!(story.found("work -silence"), [two]);
        assert_eq!(story.found("work -tag:review"), [one]);
        assert_eq!(story.found("on:2026-01"), [one]);
        assert_eq!(story.found("from:2026-01-06"), [two]);
        assert_eq!(story.found("to:2025"), [three]);
        assert_eq!(story.found("-work"), [three]);
        assert_eq!(story.found("京都"), [three]);
        assert_eq!(story.found("議"), [three]);
        assert_eq!(story.found("review"), [two]);
    }
}

#[test]
fn what_was_just_written_is_found_before_the_index_has_it_and_old_words_are_not() {
    let story = Story::begin();
    let id = story.write("2026-01-05", "Before", "an apricot", &[]);
    story.fill();
    let change = EntryChange { title: Some("After".into()), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, id, &change)).unwrap();
    let result = story.ask("after", SearchOrder::Newest);
    assert_eq!((result.hits.len(), result.not_indexed), (1, 1));
    assert!(story.found("before").is_empty());
    story.fill();
    assert_eq!(story.ask("after", SearchOrder::Newest).not_indexed, 0);
    assert!(story.found("before").is_empty());
}

#[test]
fn a_changed_date_moves_the_entry_in_the_order() {
    let story = Story::begin();
    let one = story.write("2026-01-05", "one", "apricot", &[]);
    let two = story.write("2026-01-06", "two", "apricot", &[]);
    story.fill();
    assert_eq!(story.found("apricot"), [two, one]);
    let change = EntryChange { on: "2026-03-01".parse().ok(), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, one, &change)).unwrap();
    assert_eq!(story.found("apricot"), [one, two]);
    story.fill();
    assert_eq!(story.found("apricot"), [one, two]);
    assert_eq!(story.found("apricot on:2026-03"), [one]);
    assert_eq!(story.found("apricot on:2026-01-05"), Vec::<EntryId>::new());
}

#[test]
fn the_trash_is_not_searched_and_what_comes_back_is() {
    let story = Story::begin();
    let id = story.write("2026-01-05", "", "apricot", &[]);
    story.fill();
    story.notebook.write(|tx| trash_entry(tx, id)).unwrap();
    assert!(story.found("apricot").is_empty());
    story.fill();
    assert!(story.found("apricot").is_empty());
    story.notebook.write(|tx| restore_entry(tx, id)).unwrap();
    assert_eq!(story.found("apricot"), [id]);
}

#[test]
fn a_deleted_entry_leaves_no_term_in_the_index() {
    let story = Story::begin();
    let id = story.write("2026-01-05", "apricotword", "apricottext", &["apricottag"]);
    let other = story.write("2026-01-05", "", "something else", &[]);
    story.fill();
    story.notebook.write(|tx| trash_entry(tx, id)).unwrap();
    delete_entry(&story.notebook, id).unwrap();
    let terms = |beginning: &str| {
        let read = |reader: &crate::store::Reader<'_>| -> Result<i64, SearchError> {
            let sql = "SELECT count(*) FROM search_term WHERE term LIKE ?1";
            Ok(reader.sql().query_row(sql, [format!("%{beginning}%")], |row| row.get(0))?)
        };
        story.notebook.read(read).unwrap()
    };
    assert_eq!(terms("apric"), 0);
    assert!(terms("some") > 0);
    assert_eq!(story.found("else"), [other]);
}

#[test]
fn best_first_puts_titles_and_whole_words_before_parts() {
    let story = Story::begin();
    let part = story.write("2026-01-09", "", "unmarginal things", &[]);
    let often = story.write("2026-01-05", "", "the margin, margin and margin again in a note", &[]);
    let once = story.write(
        "2026-01-08",
        "",
        "a long note that says margin once among many other words than that",
        &[],
    );
    let title = story.write("2026-01-01", "Margin", "what it is", &[]);
    for number in 0..20 {
        story.write("2026-02-01", "", &format!("something else {number}"), &[]);
    }
    story.fill();
    let best: Vec<EntryId> = story.ask("margin", SearchOrder::Best).hits.iter().map(|hit| hit.id).collect();
    assert_eq!(best.first(), Some(&title));
    assert_eq!(best[1..], [often, once, part]);
    assert_eq!(story.found("margin"), [part, once, often, title]);
}

#[test]
fn snippets_are_cut_from_the_original_and_hide_what_nobody_wrote() {
    let story = Story::begin();
    let text = "# Heading\n\nSee ![board](attachment:0190a1b2-0000-7000-8000-000000000001) and **Über** all.";
    story.write("2026-01-05", "", text, &[]);
    story.fill();
    let hit = &story.ask("uber", SearchOrder::Newest).hits[0];
    let shown: String = hit.snippet.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(shown, "Heading See board and Über all.");
    assert!(hit.snippet.iter().any(|part| part.marked && part.text == "Über"));
    assert!(story.found("0190a1b2").is_empty());
}

#[test]
fn no_query_is_an_error_whatever_is_typed() {
    let story = Story::begin();
    story.write("2026-01-05", "", "apricot AND NOT near", &[]);
    story.fill();
    for query in [
        "\"",
        "\"\"",
        "a\"b\"c",
        "*",
        "a*",
        "^a",
        "(a",
        "a)",
        "{title}: a",
        "title:a",
        "NEAR(a b)",
        "AND",
        "a AND",
        "NOT a",
        "a OR",
        "-",
        "--a",
        "+",
        "a+b",
        "\0",
        "a\0b",
        "'; DROP TABLE entry; --",
        "tag:\"",
        "on:",
        "\u{E001}",
        "\u{E000}x",
        "💥",
        "\u{301}",
        "ﷺ",
    ] {
        for order in [SearchOrder::Newest, SearchOrder::Best] {
            story.ask(query, order);
        }
    }
    story.ask(&"apricot ".repeat(1_300), SearchOrder::Best);
    story.ask(&"(\"*".repeat(3_500), SearchOrder::Newest);
}

#[test]
fn many_entries_of_one_second_all_stand_in_the_index() {
    let story = Story::begin();
    let all: BTreeSet<EntryId> = (0..50).map(|_| story.write("2026-01-05", "", "same second", &[])).collect();
    story.fill();
    assert_eq!(story.found("second").into_iter().collect::<BTreeSet<_>>(), all);
    assert_eq!(story.ask("second", SearchOrder::Newest).total, Some(50));
}

#[test]
fn the_index_is_filled_within_its_budget_and_says_what_is_missing() {
    let story = Story::begin();
    for number in 0..30 {
        story.write("2026-01-05", "", &format!("apricot {number}"), &[]);
    }
    let filled = index_some(&story.notebook, 10).unwrap();
    assert_eq!((filled.taken_in, filled.waiting, filled.settled), (10, 20, false));
    assert_eq!(story.ask("apricot", SearchOrder::Newest).not_indexed, 20);
    story.fill();
    assert_eq!(story.found("apricot").len(), 30);
}

/// Says in the plainest way whether an entry fits: what the index must agree with.
fn fits(entry: &(String, String, Vec<String>, u32), word: &str, phrase: bool) -> bool {
    let fold = |text: &str| terms::terms(text).into_iter().map(|term| term.folded).collect::<Vec<_>>();
    let mut places = vec![fold(&entry.0), fold(&entry.1)];
    places.extend(entry.2.iter().map(|tag| fold(tag)));
    let wanted = fold(word);
    let Some(first) = wanted.first() else { return false };
    places.iter().any(|place| {
        if phrase {
            return place.windows(wanted.len()).any(|window| window == wanted.as_slice());
        }
        place.iter().any(|term| match first.chars().count() {
            1 => term == first,
            2 => term.starts_with(first.as_str()),
            _ => term.contains(first.as_str()),
        })
    })
}

fn some_text() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "silence",
        "silent",
        "sile",
        "unsilent",
        "margin",
        "Marge",
        "mar",
        "naïve",
        "NAIVE",
        "a",
        "ab",
        "Über",
        "uber",
        "follow-up",
        "don't",
        "3.5",
    ]);
    prop::collection::vec(word, 0..6).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_index_agrees_with_a_plain_reading(
        entries in prop::collection::vec((some_text(), some_text(), prop::collection::vec(some_text(), 0..2), 1_u32..28), 1..10),
        queries in prop::collection::vec(
            ("sil|silen|a|ab|mar|marg|nai|uber|ent|argi|ilen|xyz", any::<bool>(), "(silence)?|mar|ab", 1_u32..28),
            1..8,
        ),
        taken_in in 0_u32..12,
    ) {
        let story = Story::begin();
        let mut ids = Vec::new();
        for (title, text, tags, day) in &entries {
            let tags: Vec<&str> = tags.iter().map(String::as_str).filter(|tag| !tag.is_empty()).collect();
            ids.push(story.write(&format!("2026-01-{day:02}"), title, text, &tags));
        }
        // Some entries are in the index, some still wait: a search must not tell the difference.
        index_some(&story.notebook, taken_in).unwrap();
        for (word, phrase, without, from) in &queries {
            let mut query = if *phrase { format!("\"{word}\"") } else { word.clone() };
            if !without.is_empty() {
                query.push_str(&format!(" -{without}"));
            }
            query.push_str(&format!(" from:2026-01-{from:02}"));
            let wanted: BTreeSet<EntryId> = entries
                .iter()
                .zip(&ids)
                .filter(|(entry, _)| {
                    fits(entry, word, *phrase)
                        && (without.is_empty() || !fits(entry, without, true))
                        && entry.3 >= *from
                })
                .map(|(_, id)| *id)
                .collect();
            for order in [SearchOrder::Newest, SearchOrder::Best] {
                let result = story.ask(&query, order);
                let found: BTreeSet<EntryId> = result.hits.iter().map(|hit| hit.id).collect();
                prop_assert_eq!(&found, &wanted, "{} {:?}", query, order);
                prop_assert_eq!(result.total, Some(wanted.len() as u32));
                let days: Vec<NaiveDate> = result.hits.iter().map(|hit| hit.on).collect();
                if order == SearchOrder::Newest {
                    prop_assert!(days.is_sorted_by(|a, b| a >= b));
                }
                let shows_why = |hit: &SearchHit| {
                    hit.title.iter().chain(&hit.snippet).any(|part| part.marked)
                        || hit.tags.iter().any(|tag| fits(&(tag.clone(), String::new(), vec![], 1), word, *phrase))
                };
                prop_assert!(result.hits.iter().all(shows_why));
            }
        }
    }
}

#[test]
fn what_is_no_entry_is_found_with_its_kind_while_it_lies_outside_the_trash() {
    use crate::goals::{self, GoalPlan};
    use crate::guides::run::Form;
    use crate::guides::{self, Answer, AnswerKey};
    use crate::intentions::{self, NewIntention};
    use crate::loops::{self, Filling, NewFilling, NewLoop, Part};
    use crate::people::{self, PersonWords};

    let story = Story::begin();
    let made = story.notebook.write(|tx| {
        let new = NewLoop { title: "Reading a P&L".into(), why: "to speak first".into(), begun_on: None };
        let learned = loops::make_loop_with(tx, new)?;
        let filling = Filling::Words("The walrus margin hides in line four.".into());
        let filling =
            NewFilling { part: Part::Gain, filling, on: None, who: "Jon".into(), source: String::new() };
        loops::fill_with(tx, learned, filling)?;
        let plan = GoalPlan { wish: "Ask sooner".into(), why: "walrus".into(), ..GoalPlan::default() };
        let goal = goals::make_with(tx, plan)?;
        let words =
            PersonWords { name: "Ines".into(), about: "Knows the walrus.".into(), other_names: vec![] };
        let ines = people::save_person(tx, None, words)?;
        let note =
            crate::helped::NewHelped { person: ines, subject: "the walrus".into(), on: None, entry: None };
        let note = crate::helped::note_helped(tx, &note)?;
        let run = guides::start(tx, "j6", "en", Form::Whole, 0)?;
        Ok::<_, SearchError>((learned, goal, ines, note, run))
    });
    let (learned, goal, ines, note, run) = made.unwrap();
    let found = |query: &str| -> Vec<Other> {
        search_others(&story.notebook, query, "en", 20).unwrap().into_iter().map(|hit| hit.what).collect()
    };
    let all = found("walrus");
    for what in
        [Other::Loop(learned), Other::Goal(goal), Other::Person(ines), Other::Helped(note, Some(ines))]
    {
        assert!(all.contains(&what), "{what:?}");
    }
    assert_eq!(all.len(), 4);
    assert_eq!(found("person:ines"), [Other::Person(ines), Other::Helped(note, Some(ines))]);
    assert_eq!(found("walrus -hides -sooner -knows"), [Other::Helped(note, Some(ines))]);
    assert_eq!(found("walrus tag:slow"), []);
    assert_eq!(found("walrus to:2020"), []);
    let hit = &search_others(&story.notebook, "margin", "en", 20).unwrap()[0];
    assert!(hit.snippet.iter().any(|part| part.marked && part.text == "margin"));

    let intention = NewIntention {
        text: "Try the walrus".into(),
        due_on: "2026-04-01".parse().unwrap(),
        entry: None,
        from_words: String::new(),
        loop_id: None,
    };
    let intention = story.notebook.write(|tx| intentions::make(tx, intention)).unwrap();
    assert!(found("try").contains(&Other::Intention(intention, None)));
    let key = AnswerKey::of("what");
    let answer = Some(Answer::Words("A zebra crossed.".into()));
    story.notebook.write(|tx| guides::give(tx, run, vec![(key, answer)])).unwrap();
    assert_eq!(found("zebra"), [Other::Run(run)]);

    story.notebook.write(|tx| loops::trash_loop(tx, learned)).unwrap();
    story.notebook.write(|tx| goals::trash_goal(tx, goal)).unwrap();
    assert_eq!(found("margin"), []);
    assert_eq!(found("sooner"), []);
}
