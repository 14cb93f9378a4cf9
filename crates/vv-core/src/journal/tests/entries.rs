//! Making, reading and changing entries.

use std::collections::BTreeMap;

use super::*;

#[test]
fn an_entry_comes_back_as_it_was_written() {
    let story = Story::begin();
    let text = "# A hard meeting\n\n*Amal* said: “wait”. 学习 🙂\n\n\n- [ ] ask again  \n";
    let id = story.make(NewEntry {
        title: "Meeting".into(),
        text: text.into(),
        tags: vec!["Work".into(), "feedback".into(), "work".into()],
        starred: true,
        ..NewEntry::default()
    });
    let entry = story.get(id);
    assert_eq!((entry.title.as_str(), entry.text.as_str()), ("Meeting", text));
    assert_eq!(entry.tags, ["feedback", "Work"]);
    assert_eq!(entry.time_zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!(entry.on, day("2026-03-01"));
    assert_eq!(entry.local_at.to_string(), "2026-03-01 12:00:00");
    assert!(entry.starred && !entry.trashed);
    assert_eq!((entry.origin, entry.version_count, entry.source), (EntryOrigin::Written, 1, None));
    story.assert_sound();
}

#[test]
fn a_new_entry_is_one_record() {
    let story = Story::begin();
    let id = story.make(NewEntry {
        title: "One".into(),
        text: "text".into(),
        tags: vec!["a".into(), "b".into()],
        ..NewEntry::default()
    });
    assert_eq!(story.records(id), 1);
}

#[test]
fn an_imported_entry_keeps_when_and_where_it_was_written_and_what_else_its_source_said() {
    let story = Story::begin();
    let fields: BTreeMap<_, _> = [("weather".to_owned(), "rain".to_owned())].into();
    let source = Source { app: "markdown".into(), id: "2019/trip.md".into(), fields };
    let at = chrono::DateTime::parse_from_rfc3339("2019-07-04T23:30:00+09:00").unwrap();
    let id = story.make(NewEntry {
        text: "In the train".into(),
        written: Some(Moment::at(at.to_utc(), Some("Asia/Tokyo")).unwrap()),
        origin: EntryOrigin::Imported,
        source: Some(source.clone()),
        ..NewEntry::default()
    });
    let entry = story.get(id);
    assert_eq!((entry.on, entry.local_at.to_string().as_str()), (day("2019-07-04"), "2019-07-04 23:30:00"));
    assert_eq!((entry.origin, entry.source), (EntryOrigin::Imported, Some(source)));
    let found = story.notebook.read(|reader| find_by_source(reader, "markdown", "2019/trip.md")).unwrap();
    assert_eq!(found, Some(id));
    assert_eq!(story.notebook.read(|reader| find_by_source(reader, "markdown", "other.md")).unwrap(), None);
    story.assert_sound();
}

#[test]
fn what_cannot_be_kept_is_refused_and_nothing_is_made() {
    let story = Story::begin();
    let refused = |new: NewEntry| story.notebook.write(|tx| create_entry(tx, new)).unwrap_err();
    let long_tag = refused(NewEntry { tags: vec!["x".repeat(10_000)], ..NewEntry::default() });
    assert!(matches!(&long_tag, JournalError::Invalid { field: "tags", why } if why.contains("10000")));
    let long_title = refused(NewEntry { title: "x".repeat(501), ..NewEntry::default() });
    assert!(matches!(long_title, JournalError::Invalid { field: "title", .. }));
    for year in [0, 99_999] {
        let on = NaiveDate::from_ymd_opt(year, 1, 1);
        assert!(matches!(
            refused(NewEntry { on, ..NewEntry::default() }),
            JournalError::Invalid { field: "on", .. }
        ));
    }
    let large = refused(NewEntry { text: "x".repeat(10 << 20), ..NewEntry::default() });
    assert!(matches!(large, JournalError::TooLarge { bytes } if bytes == 10 << 20));
    assert_eq!(story.titles(&EntryFilter::default()).len(), 0);
}

#[test]
fn nul_and_foreign_line_ends_become_what_the_editor_can_show() {
    let story = Story::begin();
    let (text, broken) = text_from_bytes(b"one\r\ntwo\0\rcaf\xe9");
    assert!(broken);
    let id = story.write("a\0b", &text);
    assert_eq!(story.get(id).text, "one\ntwo\u{fffd}\ncaf\u{fffd}");
    assert_eq!(story.get(id).title, "a b");
    story.assert_sound();
}

#[test]
fn the_longest_text_is_kept_and_can_be_edited() {
    let story = Story::begin();
    let text: String = (0..).map(|n| format!("Line {n} of a long day\n")).take(50_000).collect();
    let text = &text[..MAX_TEXT_BYTES - 8];
    let id = story.write("Long", text);
    assert_eq!(story.get(id).text, text);
    let editor = open_editor(&story.notebook, id).unwrap();
    let longer = format!("{text}the end");
    save_text(&story.notebook, editor.session, &longer, "Long", true).unwrap();
    assert_eq!(story.get(id).text, longer);
    story.assert_sound();
}

#[test]
fn changing_facts_changes_nothing_else_and_saying_the_same_makes_no_record() {
    let story = Story::begin();
    let id = story.make(NewEntry {
        title: "a".into(),
        text: "t".into(),
        tags: vec!["x".into()],
        ..NewEntry::default()
    });
    story.change(id, EntryChange { starred: Some(true), ..EntryChange::default() });
    story.change(id, EntryChange { title: Some("b".into()), ..EntryChange::default() });
    let tags = Some(vec!["y".into(), "X".into()]);
    story.change(id, EntryChange { tags: tags.clone(), ..EntryChange::default() });
    let entry = story.get(id);
    assert_eq!((entry.title.as_str(), entry.text.as_str(), entry.starred), ("b", "t", true));
    assert_eq!(entry.tags, ["X", "y"]);
    let before = story.records(id);
    story.change(
        id,
        EntryChange { starred: Some(true), title: Some("b".into()), tags, ..EntryChange::default() },
    );
    story.change(
        id,
        EntryChange {
            on: Some(entry.on),
            local_at: Some("2026-03-01T12:00".into()),
            ..EntryChange::default()
        },
    );
    assert_eq!(story.records(id), before);
    story.assert_sound();
}

#[test]
fn an_entry_can_move_to_another_day_and_keeps_the_instant_of_its_writing() {
    let story = Story::begin();
    let id = story.write("a", "");
    let at = story.get(id).at;
    story.change(id, EntryChange { on: Some(day("2025-12-24")), ..EntryChange::default() });
    assert_eq!((story.get(id).on, story.get(id).at), (day("2025-12-24"), at));
    // The time zone is another matter than the day that was chosen.
    story.change(id, EntryChange { time_zone: Some("Pacific/Auckland".into()), ..EntryChange::default() });
    let entry = story.get(id);
    assert_eq!(
        (entry.on, entry.at, entry.local_at.to_string().as_str()),
        (day("2025-12-24"), at, "2026-03-02 00:00:00")
    );
    story.assert_sound();
}

#[test]
fn the_day_follows_the_clock_until_one_is_chosen() {
    let story = Story::begin();
    let id = story.write("a", "");
    story.change(id, EntryChange { time_zone: Some("Pacific/Auckland".into()), ..EntryChange::default() });
    assert_eq!(story.get(id).on, day("2026-03-02"));
    story.change(id, EntryChange { local_at: Some("2024-02-29T23:59".into()), ..EntryChange::default() });
    let entry = story.get(id);
    assert_eq!((entry.on, entry.at.to_rfc3339().as_str()), (day("2024-02-29"), "2024-02-29T10:59:00+00:00"));
    story.assert_sound();
}

#[test]
fn an_entry_written_in_the_hour_that_comes_twice_stays_where_it_was() {
    let story = Story::begin();
    for (instant, clock) in [("2026-10-25T00:30:00Z", "02:30"), ("2026-10-25T01:30:00Z", "02:30")] {
        story.host.clock.set(instant.parse().unwrap());
        let id = story.write(instant, "");
        let entry = story.get(id);
        assert_eq!(entry.local_at.format("%H:%M").to_string(), clock);
        // The form shows 02:30 for both; saying it again must not move the second to the first.
        story.change(id, EntryChange { local_at: Some("2026-10-25T02:30".into()), ..EntryChange::default() });
        assert_eq!(story.get(id).at, entry.at);
    }
}

#[test]
fn a_computer_without_a_known_time_zone_can_write_all_the_same() {
    let story = Story::begin();
    story.host.clock.set_time_zone(None);
    let id = story.write("a", "");
    assert_eq!(
        (story.get(id).time_zone, story.get(id).local_at.to_string().as_str()),
        (None, "2026-03-01 11:00:00")
    );
    story.host.clock.set_time_zone(Some("Not/AZone"));
    let id = story.write("b", "");
    assert_eq!(story.get(id).time_zone, None);
    story.change(id, EntryChange { local_at: Some("2026-03-01T20:15".into()), ..EntryChange::default() });
    assert_eq!(story.get(id).local_at.to_string(), "2026-03-01 20:15:00");
}

#[test]
fn an_unknown_time_zone_or_time_is_refused() {
    let story = Story::begin();
    let id = story.write("a", "");
    for change in [
        EntryChange { time_zone: Some("Berlin".into()), ..EntryChange::default() },
        EntryChange { local_at: Some("yesterday".into()), ..EntryChange::default() },
        EntryChange { local_at: Some("0000-01-01T00:00".into()), ..EntryChange::default() },
    ] {
        let error = story.notebook.write(|tx| change_entry(tx, id, &change)).unwrap_err();
        assert!(matches!(error, JournalError::Invalid { .. }), "{error}");
    }
}

#[test]
fn a_text_over_one_mebibyte_becomes_a_file_with_its_beginning_as_the_entry() {
    let story = Story::begin();
    let text: String = (0..).map(|n| format!("Paragraph {n} of a long report.\n\n")).take(60_000).collect();
    assert!(text.len() > MAX_TEXT_BYTES);
    let new = NewEntry { title: "Report".into(), text: text.clone(), ..NewEntry::default() };
    let made = story.notebook.write(|tx| create_with_long_text(tx, story.notebook.blobs(), new)).unwrap();
    let (entry, file) = (story.get(made.entry), made.file.unwrap());
    assert!(entry.text.starts_with("Paragraph 0") && entry.text.contains(&format!("(attachment:{file})")));
    assert_eq!(
        (entry.attachments[0].name.as_str(), entry.attachments[0].mime.as_str()),
        ("Report.md", "text/markdown")
    );
    assert_eq!(read_attachment(&story.notebook, file).unwrap().as_slice(), text.as_bytes());
    story.assert_sound();
}

#[test]
fn many_entries_are_made_in_one_transaction_or_none() {
    let story = Story::begin();
    let new =
        |n: usize| NewEntry { title: format!("n{n}"), text: format!("text {n}"), ..NewEntry::default() };
    let ids = story.notebook.write(|tx| create_entries(tx, (0..300).map(new))).unwrap();
    assert_eq!(ids.len(), 300);
    let bad = (0..50).map(new).chain([NewEntry { title: "x".repeat(501), ..NewEntry::default() }]);
    story.notebook.write(|tx| create_entries(tx, bad)).unwrap_err();
    assert_eq!(story.titles(&EntryFilter::default()).len(), 300);
    story.assert_sound();
}

#[test]
fn what_is_not_there_is_said_to_be_missing() {
    let story = Story::begin();
    let nobody: EntryId = story.notebook.host().ids.make_id().into();
    let missing = |result: Result<(), JournalError>| assert!(matches!(result, Err(JournalError::NoEntry)));
    missing(story.notebook.read(|reader| get_entry(reader, nobody)).map(|_| ()));
    missing(story.notebook.write(|tx| trash_entry(tx, nobody)));
    missing(story.notebook.write(|tx| change_entry(tx, nobody, &EntryChange::default())));
    missing(open_editor(&story.notebook, nobody).map(|_| ()));
    missing(story.notebook.read(|reader| list_versions(reader, nobody)).map(|_| ()));
    let file = story.notebook.host().ids.make_id().into();
    assert!(matches!(read_attachment(&story.notebook, file), Err(JournalError::NoAttachment)));
    // The id of an attachment is none of an entry.
    let entry = story.write("a", "");
    let file = attach_bytes(&story.notebook, entry, "a.txt", b"hello").unwrap().attachment.id;
    missing(
        story.notebook.read(|reader| get_entry(reader, EntryId::from_bytes(*file.as_bytes()))).map(|_| ()),
    );
}
