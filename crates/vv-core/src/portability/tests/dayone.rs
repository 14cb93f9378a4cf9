//! Day One: a zip, the Classic folder, the plain text, and every trap that their real exports hold.

use super::packing::{files_of, fixture, zip};
use super::*;

/// Packs the fixture as the program does.
fn packed(story: &Story) -> PathBuf {
    let to = story.folder.path().join("2024-06-01_Export.zip");
    zip(&to, &files_of(&fixture("dayone")));
    to
}

fn named<'r>(report: &'r ImportReport, part: &str) -> Vec<&'r str> {
    report.skipped.iter().filter(|line| line.item.contains(part)).map(|line| line.why.as_str()).collect()
}

#[test]
fn a_zip_arrives_with_dates_places_photos_and_links() {
    let story = Story::begin(101);
    let report = story.import(&packed(&story));
    assert_eq!(report.format, Some(ImportFormat::DayOne));
    assert_eq!((report.found, report.added), (6, 6), "{report:?}");
    assert_eq!(report.first_on.unwrap().to_string(), "2023-12-31");
    assert_eq!(named(&report, "Work.json, entry").len(), 2, "{report:?}");

    let asked = story.titled("The question");
    let forward = story.titled("Clocks went forward");
    // 23:30 in Greenwich is the next morning where it was written.
    assert_eq!((asked.on.to_string(), asked.time_zone.as_deref()), ("2024-01-16".into(), Some("Asia/Tokyo")));
    assert_eq!(asked.local_at.to_string(), "2024-01-16 08:30:00");
    assert_eq!(asked.tags, ["listening", "Slow work", "Work"]);
    assert!(asked.starred);
    let (photo, sound, page) = (&asked.attachments[0], &asked.attachments[1], &asked.attachments[2]);
    assert_eq!(
        asked.text,
        format!(
            "It took 5.5 minutes! See ![{}](attachment:{}) and [[that day|{}]].\n\n[{}](attachment:{})\n\n[Minutes.pdf](attachment:{})",
            photo.name, photo.id, forward.id, sound.name, sound.id, page.id
        )
    );
    assert!(sound.name.ends_with(".m4a"), "the ending on the disk counts, not that in the list");
    let fields = &asked.source.as_ref().unwrap().fields;
    assert_eq!(fields["place"], "Café Lune, Shibuya, Tokyo, Japan");
    for (name, value) in [
        ("location.region.radius", "75"),
        ("weather.conditionsDescription", "Rain"),
        ("userActivity.stepCount", "1200"),
        ("creationDevice", "Mira’s Phone"),
        ("modifiedDate", "2024-01-16T08:00:00Z"),
        ("editingTime", "91.5"),
        ("pinned", "true"),
    ] {
        assert_eq!(fields[name], value, "{name}");
    }
    assert!(fields["photos 1"].contains("cameraMake") && fields["audios 1"].contains("On the way"));
}

#[test]
fn rich_text_is_read_where_there_is_no_other() {
    let story = Story::begin(102);
    let report = story.import(&packed(&story));
    let forward = story.titled("Clocks went forward");
    let roof = forward.attachments.iter().find(|file| file.name.starts_with("roof")).unwrap();
    assert_eq!(
        forward.text,
        format!(
            "An hour ==**gone**==.\n- [x] sleep\n\n![roof 1.jpeg](attachment:{})\n\nkept **words**",
            roof.id
        )
    );
    assert_eq!(forward.local_at.to_string(), "2024-03-31 03:15:30", "the hour of the change of clocks");
    let why = named(&report, "Clocks went forward");
    assert!(why.iter().any(|why| why.contains("script")), "{why:?}");
    assert!(forward.source.unwrap().fields["richText workout"].contains("miles"));
}

#[test]
fn media_are_compared_with_their_hashes_and_what_is_not_there_is_named() {
    let story = Story::begin(103);
    let report = story.import(&packed(&story));
    assert!(
        report
            .skipped
            .iter()
            .any(|line| line.item.contains("00000000")
                && line.why.contains("not those that its journal names")),
        "{report:?}"
    );
    let missing = &report.attachments.missing;
    assert!(missing.iter().any(|name| name.contains("1111") && name.contains("empty")), "{missing:?}");
    assert!(missing.iter().any(|name| name.contains("2222")), "{missing:?}");
    // A photo that nothing lists by its new id is the one photo that is left; one without a hash is found by its id.
    let reused = story.entries().into_iter().find(|entry| entry.text.starts_with("The board again")).unwrap();
    assert!(reused.text.contains(&format!("](attachment:{})", reused.attachments[0].id)), "{}", reused.text);
    assert!(
        reused.text.ends_with(&format!("[[Day One|{}]]", story.titled("The question").id)),
        "{}",
        reused.text
    );
    let lone = story.entries().into_iter().find(|entry| entry.text.starts_with("No hash")).unwrap();
    assert_eq!(lone.attachments.len(), 1);
    assert!(report.skipped.iter().any(|line| line.why == "no entry names it"), "a photo that no entry names");
}

#[test]
fn zones_at_the_ends_of_the_world_keep_their_wall_clock() {
    let story = Story::begin(104);
    story.import(&packed(&story));
    let zones: Vec<(String, Option<String>)> =
        story.entries().into_iter().map(|entry| (entry.local_at.to_string(), entry.time_zone)).collect();
    for (local, zone) in [
        ("2024-05-02 00:00:00", Some("Pacific/Kiritimati")),
        ("2024-05-01 22:00:00", None),
        ("2023-12-31 23:30:00", Some("Europe/London")),
    ] {
        assert!(zones.contains(&(local.to_owned(), zone.map(str::to_owned))), "{local} {zones:?}");
    }
}

#[test]
fn the_same_zip_twice_changes_nothing_and_a_dry_run_tells_the_same() {
    let story = Story::begin(105);
    let path = packed(&story);
    let told = story.import_as(&path, None, true).unwrap();
    assert!(story.entries().is_empty());
    assert_eq!(story.import(&path), told);
    let before = story.entries();
    let again = story.import(&path);
    assert_eq!((again.added, again.updated, again.unchanged, again.attachments.added), (0, 0, 6, 0));
    assert_eq!(story.entries(), before);
    // The same export, unpacked by hand into a folder of another name.
    let unpacked = story.import(&fixture("dayone"));
    assert_eq!((unpacked.added, unpacked.updated, unpacked.unchanged), (0, 0, 6), "{unpacked:?}");
}

#[test]
fn a_newer_export_updates_unless_the_person_changed_the_entry_here() {
    let story = Story::begin(106);
    story.import(&packed(&story));
    let newer = |text: &str| {
        let to = story.folder.path().join("newer.zip");
        let mut files = files_of(&fixture("dayone"));
        for (path, bytes) in &mut files {
            if path == "Home.json" {
                *bytes = String::from_utf8_lossy(bytes).replace("At home", text).into_bytes();
            }
        }
        zip(&to, &files);
        to
    };
    let with_text = |text: &str| story.entries().into_iter().find(|entry| entry.text == text);
    let id = with_text("At home").unwrap().id;
    let report = story.import(&newer("At home again"));
    assert_eq!((report.updated, report.unchanged, report.added), (1, 5, 0));
    assert_eq!(with_text("At home again").unwrap().id, id);

    let change = EntryChange { title: Some("Mine".into()), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, id, &change)).unwrap();
    let path = newer("At home for good");
    let report = story.import(&path);
    assert_eq!((report.updated, report.unchanged, report.added), (0, 5, 1));
    assert_eq!(report.kept_both.len(), 1);
    assert_eq!(story.titled("Mine").text, "At home again");
    assert_ne!(with_text("At home for good").unwrap().id, id);
    // Both are known from now on, and what came beside is updated like any other.
    assert_eq!(story.import(&path).unchanged, 6);
    let report = story.import(&newer("At home, once more"));
    assert_eq!((report.updated, report.added, report.kept_both.len()), (1, 0, 0));
    assert_eq!(story.titled("Mine").text, "At home again");
}

#[test]
fn a_classic_folder_arrives_and_is_the_same_journal_as_the_zip() {
    let story = Story::begin(107);
    let report = story.import(&fixture("dayone-classic"));
    assert_eq!((report.format, report.found, report.added), (Some(ImportFormat::DayOne), 1, 1), "{report:?}");
    let old = story.titled("Old days");
    assert_eq!((old.text.as_str(), old.starred), ("Words & more.", true));
    assert_eq!(old.local_at.to_string(), "2013-06-10 00:30:00");
    assert_eq!(
        (old.attachments.len(), old.tags.as_slice()),
        (1, ["Journal".to_owned(), "travel".to_owned()].as_slice())
    );
    let source = old.source.unwrap();
    assert_eq!(
        (source.id.as_str(), source.fields["place"].as_str()),
        ("0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A", "Paris, France")
    );
    assert_eq!(
        (source.fields["Activity"].as_str(), source.fields["Creator.Software Agent"].as_str()),
        ("Stationary", "Day One iOS/1.11.4")
    );
    assert_eq!(story.import(&fixture("dayone-classic")).unchanged, 1);
}

#[test]
fn the_plain_text_keeps_what_it_says_and_names_what_it_lacks() {
    let story = Story::begin(108);
    let report = story.import(&fixture("dayone-text/Journal.txt"));
    assert_eq!((report.format, report.found, report.added), (Some(ImportFormat::DayOne), 2, 2), "{report:?}");
    assert_eq!((report.skipped.len(), report.attachments.missing.len()), (1, 1), "{report:?}");
    let first = story.entries().into_iter().find(|entry| entry.text.starts_with("First words.")).unwrap();
    assert!(first.text.ends_with("not a field: indented"));
    assert_eq!(first.at.to_rfc3339(), "2024-01-15T09:05:00+00:00");
    let fields = first.source.unwrap().fields;
    assert_eq!((fields["place"].as_str(), fields["Weather"].as_str()), ("Shibuya, Tokyo, Japan", "7°C Rain"));
    let second = story.entries().into_iter().find(|entry| entry.text == "Second words.").unwrap();
    assert_eq!(second.local_at.to_string(), "2024-01-16 21:00:00");
    assert_eq!(story.import(&fixture("dayone-text/Journal.txt")).unchanged, 2);
}
