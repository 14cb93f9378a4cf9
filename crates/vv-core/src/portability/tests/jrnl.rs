//! jrnl: JSON, text, days, the old text, and what is encrypted.

use zeroize::Zeroizing;

use super::packing::fixture;
use super::*;

#[test]
fn entries_of_one_minute_stay_apart_and_twice_changes_nothing() {
    for name in ["jrnl/journal.json", "jrnl/journal.txt"] {
        let story = Story::begin(121);
        story.host.clock.set_time_zone(Some("Europe/Berlin"));
        let report = story.import(&fixture(name));
        assert_eq!(
            (report.format, report.found, report.added),
            (Some(ImportFormat::Jrnl), 3, 3),
            "{name} {report:?}"
        );
        assert_eq!(report.skipped.len(), 1, "{name} {report:?}");
        let asked = story.titled("Asked twice.");
        assert!(asked.starred && asked.text.starts_with("And waited. @Work"), "{name}");
        assert_eq!(
            (asked.local_at.to_string().as_str(), asked.time_zone.as_deref()),
            ("2024-01-15 10:05:00", Some("Europe/Berlin"))
        );
        assert_eq!(asked.tags, ["journal", "Work"], "{name}: the words show how a tag is written");
        let before = story.entries();
        let again = story.import(&fixture(name));
        assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 3), "{name} {again:?}");
        assert_eq!(story.entries(), before);
    }
}

#[test]
fn brackets_that_hold_no_date_stay_text_and_a_skipped_hour_moves_on() {
    let story = Story::begin(122);
    story.host.clock.set_time_zone(Some("Europe/Berlin"));
    story.import(&fixture("jrnl/journal.txt"));
    assert!(story.titled("Asked twice.").text.ends_with("[not a date] still the same entry\n[x] done"));
    let left_out = story.titled("In the hour that was left out.");
    assert_eq!(
        (left_out.text.as_str(), left_out.local_at.to_string().as_str()),
        ("Two sentences.", "2024-03-31 03:30:00")
    );
}

#[test]
fn an_entry_between_two_of_its_minute_moves_none_of_them() {
    let story = Story::begin(123);
    let path = story.folder.path().join("work.txt");
    fs::write(&path, "[2024-01-15 10:05] One\nfirst words\n[2024-01-15 10:05] Two\nsecond words\n").unwrap();
    story.import(&path);
    let (one, two) = (story.titled("One").id, story.titled("Two").id);
    fs::write(&path, "[2024-01-15 10:05] Zero\nx\n[2024-01-15 10:05] One\nfirst words, changed\n[2024-01-15 10:05] Two\nsecond words\n").unwrap();
    let report = story.import(&path);
    assert_eq!((report.added, report.updated, report.unchanged), (1, 1, 1), "{report:?}");
    assert_eq!((story.titled("One").id, story.titled("Two").id), (one, two));
    assert_eq!(story.titled("One").text, "first words, changed");
    // Another journal with an entry of the same minute is another entry.
    let other = story.folder.path().join("home.txt");
    fs::write(&other, "[2024-01-15 10:05] Elsewhere\nnothing alike\n").unwrap();
    assert_eq!(story.import(&other).added, 1);
}

#[test]
fn the_folder_of_days_the_old_text_and_dates_of_figures_are_read() {
    let story = Story::begin(124);
    assert_eq!(story.import(&fixture("jrnl/days")).added, 2);
    assert_eq!(story.titled("In a file of its day").tags, ["days"]);
    let report = story.import(&fixture("jrnl/old.txt"));
    assert_eq!((report.format, report.added), (Some(ImportFormat::Jrnl), 2), "{report:?}");
    assert!(story.titled("My first entry").starred);
    assert_eq!(story.import(&fixture("jrnl/dates.txt")).added, 2);
    assert_eq!(story.titled("The day comes first").local_at.to_string(), "2024-01-31 22:05:00");
    assert_eq!(
        story.titled("Here too").on.to_string(),
        "2024-01-02",
        "one date of the file shows the order of all"
    );
}

#[test]
fn an_encrypted_journal_asks_for_its_passphrase() {
    let story = Story::begin(125);
    let open = |name: &str, passphrase: Option<&str>, format| {
        let passphrase = passphrase.map(|words| Zeroizing::new(words.to_owned()));
        let request = ImportJournal { passphrase, format, ..ImportJournal::of(fixture(name)) };
        let stop = AtomicBool::new(false);
        import(&story.notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop })
    };
    for name in ["jrnl/locked-1.txt", "jrnl/locked-ancient.txt", "jrnl/locked-2.txt"] {
        assert!(matches!(open(name, None, None), Err(PortabilityError::NeedsPassphrase)), "{name}");
        let error = open(name, Some("lanterns"), None).unwrap_err();
        assert!(matches!(error, PortabilityError::WrongPassphrase), "{name} {error}");
        let report = open(name, Some("lantern"), Some(ImportFormat::Jrnl)).unwrap();
        assert_eq!((report.found, report.skipped.len()), (1, 0), "{name} {report:?}");
    }
    let entry = story.entries().into_iter().next().unwrap();
    assert!(entry.starred && entry.text == "Words nobody sees");
}
