//! Order, windows, places, tags and days.

use super::*;

/// Makes an entry whose title says where it stands.
fn at(story: &Story, on: &str, local_at: &str, tags: &[&str]) -> EntryId {
    let local = moment::parse_local(local_at).unwrap();
    story.make(NewEntry {
        title: format!("{on} {}", &local_at[11..]),
        text: "three words here".into(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        written: Some(Moment::local(local, Some("Europe/Berlin")).unwrap()),
        on: Some(day(on)),
        ..NewEntry::default()
    })
}

#[test]
fn entries_stand_by_day_then_by_their_own_clock_then_by_id() {
    let story = Story::begin();
    at(&story, "2026-01-02", "2026-01-02T08:00", &[]);
    at(&story, "2026-01-01", "2026-03-01T23:00", &[]);
    at(&story, "2026-01-02", "2020-01-01T09:00", &[]);
    at(&story, "0001-01-01", "0001-01-01T00:00", &[]);
    at(&story, "9999-12-31", "9999-12-31T23:59", &[]);
    let one = at(&story, "2026-01-02", "2026-01-02T08:00", &[]);
    let expected = [
        "9999-12-31 23:59",
        "2026-01-02 09:00",
        "2026-01-02 08:00",
        "2026-01-02 08:00",
        "2026-01-01 23:00",
        "0001-01-01 00:00",
    ];
    assert_eq!(story.titles(&EntryFilter::default()), expected);
    let page = story.notebook.read(|reader| list_entries(reader, &EntryFilter::default(), 2, 1)).unwrap();
    assert_eq!((page.rows[0].id, page.rows[0].time.as_str()), (one, "08:00"));
    story.assert_sound();
}

#[test]
fn the_clock_that_counts_is_that_of_the_place_of_writing() {
    let story = Story::begin();
    let write = |title: &str, zone: &str, instant: &str| {
        let written = Some(Moment::at(instant.parse().unwrap(), Some(zone)).unwrap());
        story.make(NewEntry { title: title.into(), written, ..NewEntry::default() })
    };
    // Ten in the evening in Tokyo is earlier than nine in the evening in Berlin, and stands later in the day.
    write("Tokyo 22:00", "Asia/Tokyo", "2026-05-01T13:00:00Z");
    write("Berlin 21:00", "Europe/Berlin", "2026-05-01T19:00:00Z");
    assert_eq!(story.titles(&EntryFilter::default()), ["Tokyo 22:00", "Berlin 21:00"]);
}

#[test]
fn every_window_of_the_timeline_is_the_same_stretch_of_the_whole() {
    let story = Story::begin();
    for n in 0..37 {
        at(
            &story,
            &format!("2026-01-{:02}", n % 28 + 1),
            "2026-01-01T10:00",
            if n % 3 == 0 { &["third"] } else { &[] },
        );
    }
    for filter in
        [EntryFilter::default(), EntryFilter { tags: vec!["Third".into()], ..EntryFilter::default() }]
    {
        let whole = story.notebook.read(|reader| list_entries(reader, &filter, 0, 500)).unwrap();
        for offset in 0..=whole.total + 1 {
            let page = story.notebook.read(|reader| list_entries(reader, &filter, offset, 5)).unwrap();
            let rows = whole.rows.iter().skip(offset as usize).take(5).cloned().collect::<Vec<_>>();
            assert_eq!((page.total, page.rows), (whole.total, rows), "at {offset}");
        }
        for (row, entry) in whole.rows.iter().enumerate() {
            let place =
                story.notebook.read(|reader| locate_entry(reader, &filter, Place::Entry(entry.id))).unwrap();
            assert_eq!(place, Some(row as u32));
        }
    }
}

#[test]
fn the_timeline_is_filtered_by_tags_days_and_star() {
    let story = Story::begin();
    let a = at(&story, "2026-01-01", "2026-01-01T01:00", &["Work", "people"]);
    at(&story, "2026-01-02", "2026-01-02T02:00", &["work"]);
    at(&story, "2026-01-03", "2026-01-03T03:00", &["people"]);
    story.change(a, EntryChange { starred: Some(true), ..EntryChange::default() });
    let tags = |tags: &[&str]| EntryFilter {
        tags: tags.iter().map(|tag| (*tag).into()).collect(),
        ..EntryFilter::default()
    };
    assert_eq!(story.titles(&tags(&["WORK"])), ["2026-01-02 02:00", "2026-01-01 01:00"]);
    assert_eq!(story.titles(&tags(&["work", "people"])), ["2026-01-01 01:00"]);
    assert_eq!(story.titles(&tags(&["work", "nothing"])), [""; 0]);
    assert_eq!(story.titles(&EntryFilter { starred: true, ..tags(&["people"]) }), ["2026-01-01 01:00"]);
    assert_eq!(story.titles(&EntryFilter { starred: true, ..EntryFilter::default() }), ["2026-01-01 01:00"]);
    let days =
        EntryFilter { from: Some(day("2026-01-02")), to: Some(day("2026-01-02")), ..EntryFilter::default() };
    assert_eq!(story.titles(&days), ["2026-01-02 02:00"]);
    assert_eq!(story.titles(&EntryFilter { tags: vec!["people".into()], ..days }), [""; 0]);
    let count = story.notebook.read(|reader| count_entries(reader, &EntryFilter::default())).unwrap();
    assert_eq!(count, 3);
}

#[test]
fn a_day_is_found_even_when_nothing_was_written_on_it() {
    let story = Story::begin();
    for on in ["2026-01-01", "2026-01-05", "2026-01-09"] {
        at(&story, on, "2026-01-01T12:00", &[]);
    }
    let row = |on: &str| {
        story
            .notebook
            .read(|reader| locate_entry(reader, &EntryFilter::default(), Place::Day(day(on))))
            .unwrap()
    };
    assert_eq!(row("2026-01-09"), Some(0));
    assert_eq!(row("2026-01-07"), Some(1));
    assert_eq!(row("2026-01-05"), Some(1));
    assert_eq!(row("2025-12-31"), None);
    let elsewhere = story.notebook.host().ids.make_id().into();
    let place =
        story.notebook.read(|reader| locate_entry(reader, &EntryFilter::default(), Place::Entry(elsewhere)));
    assert_eq!(place.unwrap(), None);
}

#[test]
fn an_entry_that_the_filter_leaves_out_has_no_place() {
    let story = Story::begin();
    let id = at(&story, "2026-01-01", "2026-01-01T12:00", &["a"]);
    let filter = EntryFilter { tags: vec!["b".into()], ..EntryFilter::default() };
    assert_eq!(story.notebook.read(|reader| locate_entry(reader, &filter, Place::Entry(id))).unwrap(), None);
}

#[test]
fn tags_are_counted_across_spellings_and_without_the_trash() {
    let story = Story::begin();
    at(&story, "2026-01-01", "2026-01-01T12:00", &["work"]);
    at(&story, "2026-01-02", "2026-01-01T12:00", &["Work", "Élan"]);
    let gone = at(&story, "2026-01-03", "2026-01-01T12:00", &["WORK", "gone"]);
    story.trash(gone);
    let tags = story.notebook.read(list_tags).unwrap();
    let shown: Vec<_> = tags.iter().map(|tag| (tag.tag.as_str(), tag.count)).collect();
    assert_eq!(shown, [("Work", 2), ("Élan", 1)]);
}

#[test]
fn the_calendar_counts_entries_and_words_of_each_day() {
    let story = Story::begin();
    at(&story, "2026-01-01", "2026-01-01T12:00", &[]);
    at(&story, "2026-01-01", "2026-01-01T13:00", &[]);
    at(&story, "2026-01-31", "2026-01-01T12:00", &[]);
    at(&story, "2026-02-01", "2026-01-01T12:00", &[]);
    let trashed = at(&story, "2026-01-15", "2026-01-01T12:00", &[]);
    story.trash(trashed);
    let days =
        story.notebook.read(|reader| read_calendar(reader, day("2026-01-01"), day("2026-01-31"))).unwrap();
    let shown: Vec<_> = days.iter().map(|day| (day.on.to_string(), day.entries, day.words)).collect();
    assert_eq!(shown, [("2026-01-01".to_owned(), 2, 6), ("2026-01-31".to_owned(), 1, 3)]);
}

#[test]
fn a_link_finds_titles_by_their_beginning_and_untitled_entries_by_their_first_words() {
    let story = Story::begin();
    let titled = story.write("Überblick over the year", "x");
    story.later(1);
    let untitled = story.write("", "# Über alles\nmore");
    story.write("Something else", "über");
    let found = story.notebook.read(|reader| find_link(reader, "ÜBER")).unwrap();
    assert_eq!(found.iter().map(|link| link.id).collect::<Vec<_>>(), [untitled, titled]);
    assert_eq!(found[0].title, "Über alles more");
    story.trash(titled);
    assert_eq!(story.notebook.read(|reader| find_link(reader, "über")).unwrap().len(), 1);
    assert_eq!(story.notebook.read(|reader| find_link(reader, "")).unwrap().len(), 2);
}
