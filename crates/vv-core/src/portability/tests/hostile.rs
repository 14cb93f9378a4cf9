//! What a stranger may send: each of it ends in a clear line and does no harm.

use std::io::Write;

use serde_json::json;
use zip::write::SimpleFileOptions;

use super::packing::{files_of, fixture, tar, zip};
use super::*;

const DAY: &str = "2024-01-15T10:00:00Z";

fn day_one(entries: serde_json::Value) -> Vec<u8> {
    json!({ "metadata": { "version": "1.0" }, "entries": entries }).to_string().into_bytes()
}

fn why<'r>(report: &'r ImportReport, part: &str) -> Vec<&'r str> {
    report.skipped.iter().filter(|line| line.why.contains(part)).map(|line| line.item.as_str()).collect()
}

#[test]
fn names_that_lead_out_of_an_archive_lead_nowhere() {
    let story = Story::begin(201);
    let path = story.folder.path().join("slip.zip");
    zip(
        &path,
        &[
            ("../../escaped.md".to_owned(), b"x".to_vec()),
            ("/etc/escaped.md".to_owned(), b"x".to_vec()),
            ("a/../../escaped.md".to_owned(), b"x".to_vec()),
            ("2024-01-01 inside.md".to_owned(), b"![x](../../../etc/passwd)".to_vec()),
        ],
    );
    let report = story.import(&path);
    assert_eq!(report.added, 1, "{report:?}");
    assert_eq!(why(&report, "leads out of the archive").len(), 3, "{report:?}");
    assert!(!story.folder.path().parent().unwrap().join("escaped.md").exists());
}

#[test]
fn links_in_archives_are_named_and_not_followed() {
    let story = Story::begin(202);
    let path = story.folder.path().join("links.jex");
    let mut archive = ::tar::Builder::new(fs::File::create(&path).unwrap());
    for (kind, name) in [
        (::tar::EntryType::Symlink, "a.md"),
        (::tar::EntryType::Link, "b.md"),
        (::tar::EntryType::Char, "c.md"),
    ] {
        let mut header = ::tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_size(0);
        archive.append_link(&mut header, name, "/etc/passwd").unwrap();
    }
    // The usual way to write a name refuses to climb; a stranger does not.
    let mut header = ::tar::Header::new_gnu();
    header.as_old_mut().name[..15].copy_from_slice(b"../../climb.md\0");
    header.set_size(1);
    header.set_cksum();
    archive.append(&header, &b"x"[..]).unwrap();
    let mut header = ::tar::Header::new_gnu();
    header.set_size(4);
    archive.append_data(&mut header, "2024-01-01 note.md", &b"safe"[..]).unwrap();
    archive.into_inner().unwrap();
    let report = story.import(&path);
    assert_eq!((report.added, why(&report, "links are not followed").len()), (1, 2), "{report:?}");
    assert_eq!(why(&report, "leads out of the archive").len(), 1, "{report:?}");

    let path = story.folder.path().join("links.zip");
    let mut archive = ::zip::ZipWriter::new(fs::File::create(&path).unwrap());
    archive.add_symlink("link.md", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    archive.start_file("2024-01-02 note.md", SimpleFileOptions::default()).unwrap();
    archive.write_all(b"safe").unwrap();
    archive.finish().unwrap();
    let report = story.import(&path);
    assert_eq!((report.added, why(&report, "symbolic link").len()), (1, 1), "{report:?}");
}

#[test]
fn a_bomb_is_named_and_not_unfolded() {
    let story = Story::begin(203);
    let path = story.folder.path().join("bomb.zip");
    zip(
        &path,
        &[
            ("2024-01-01 bomb.md".to_owned(), vec![b' '; 64 << 20]),
            ("2024-01-02 note.md".to_owned(), b"safe".to_vec()),
        ],
    );
    assert!(fs::metadata(&path).unwrap().len() < 1 << 20);
    let report = story.import(&path);
    assert_eq!((report.added, why(&report, "unfolds to hundreds of times").len()), (1, 1), "{report:?}");

    // One that lies about its size unfolds no further than it says, and its check shows the lie.
    let mut bytes = fs::read(&path).unwrap();
    let size = (64_u32 << 20).to_le_bytes();
    for at in 0..bytes.len() - 4 {
        if bytes[at..at + 4] == size {
            bytes[at..at + 4].copy_from_slice(&9_u32.to_le_bytes());
        }
    }
    fs::write(&path, bytes).unwrap();
    let report = story.import(&path);
    assert_eq!((report.added, why(&report, "cannot be read").len()), (0, 1), "{report:?}");
}

#[test]
fn one_photo_named_a_million_times_has_an_end() {
    let story = Story::begin(204);
    // Eight megabytes out of a hundred kilobytes, and named forty times.
    let mut photo = vec![7_u8; 8 << 20];
    photo.iter_mut().step_by(512).enumerate().for_each(|(at, byte)| *byte = at as u8);
    let name = data_encoding::HEXLOWER.encode(&<md5::Md5 as md5::Digest>::digest(&photo));
    let entries: Vec<serde_json::Value> = (0..40)
        .map(|n| {
            let photos = json!([{ "identifier": format!("{n:032}"), "md5": name, "type": "png" }]);
            json!({ "uuid": format!("{n:032X}"), "creationDate": DAY, "timeZone": "UTC", "text": "x", "photos": photos })
        })
        .collect();
    let root = story.folder.path().join("photos.zip");
    zip(&root, &[("J.json".to_owned(), day_one(entries.into())), (format!("photos/{name}.jpeg"), photo)]);
    let report = story.import_as(&root, None, true).unwrap();
    assert_eq!(report.added, 40, "{report:?}");
    let refused = why(&report, "over and over").len();
    assert!(refused > 20 && refused < 40, "{refused}");
}

#[test]
fn archives_that_break_off_say_so() {
    let story = Story::begin(205);
    let path = story.folder.path().join("cut.zip");
    zip(&path, &files_of(&fixture("dayone")));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    assert!(matches!(story.import_as(&path, None, false), Err(PortabilityError::DamagedArchive)));
    assert!(story.entries().is_empty());

    let path = story.folder.path().join("cut.jex");
    tar(&path, &files_of(&fixture("joplin")));
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 3]).unwrap();
    let report = story.import(&path);
    assert!(report.added > 0 && !why(&report, "breaks off").is_empty(), "{report:?}");

    let cut = day_one(
        json!([{ "uuid": "A".repeat(32), "creationDate": DAY, "text": "whole" }, { "uuid": "B".repeat(32), "text": "cut" }]),
    );
    let root = story.notes(&[("J.json", &cut[..cut.len() - 20])]);
    let report = story.import(&root);
    assert_eq!((report.added, why(&report, "breaks off").len()), (1, 1), "{report:?}");
}

#[test]
fn an_archive_that_claims_more_than_any_journal_is_not_opened() {
    let story = Story::begin(206);
    let path = story.folder.path().join("many.zip");
    let mut end = b"PK\x05\x06".to_vec();
    end.extend([0, 0, 0, 0, 0xFE, 0xFF, 0xFE, 0xFF]);
    end.extend(0xFFFF_FFF0_u32.to_le_bytes());
    end.extend([0; 6]);
    fs::write(&path, [b"PK\x03\x04".as_slice(), &end].concat()).unwrap();
    assert!(matches!(story.import_as(&path, None, false), Err(PortabilityError::TooMuch)));

    // A tar whose file is said to have eight exabytes, and one with a name of gigabytes.
    for (kind, size) in [(::tar::EntryType::Regular, u64::MAX / 4), (::tar::EntryType::GNULongName, 1 << 40)]
    {
        let mut header = ::tar::Header::new_gnu();
        header.set_path("note.md").unwrap();
        header.set_entry_type(kind);
        header.set_size(size);
        header.set_cksum();
        let path = story.folder.path().join("large.tar");
        fs::write(&path, [header.as_bytes().as_slice(), &vec![b'a'; 4 << 20]].concat()).unwrap();
        let outcome = story.import_as(&path, None, false);
        assert!(matches!(outcome, Err(PortabilityError::UnknownFormat)), "{outcome:?}");
    }
}

#[test]
fn deep_nesting_and_millions_of_tags_come_to_an_end() {
    let story = Story::begin(207);
    let tags: Vec<String> = (0..1_000_000).map(|n| format!("t{n}")).collect();
    let mut bytes = day_one(json!([
        { "uuid": "A".repeat(32), "creationDate": DAY, "timeZone": "UTC", "text": "many", "tags": tags },
        { "uuid": "B".repeat(32), "creationDate": DAY, "timeZone": "UTC", "text": "deep" },
    ]));
    let at = bytes.windows(6).rposition(|window| window == b"\"deep\"").unwrap();
    bytes.splice(at..at + 6, format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)).into_bytes());
    let report = story.import(&story.notes(&[("J.json", &bytes)]));
    assert_eq!((report.added, why(&report, "breaks off").len()), (1, 1), "{report:?}");
    let many = story.entries().pop().unwrap();
    assert_eq!(many.tags.len(), 200);
    assert!(
        report.fields.keys().any(|field| field.contains("tags more than an entry can have")),
        "{:?}",
        report.fields
    );

    let nested = format!(
        "<?xml version=\"1.0\"?><plist version=\"1.0\">{}{}</plist>",
        "<dict><key>a</key>".repeat(100_000),
        "</dict>".repeat(100_000)
    );
    let other = Story::begin(208);
    let root =
        other.notes(&[("J.dayone/entries/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA.doentry", nested.as_bytes())]);
    assert_eq!(why(&other.import(&root), "no entry of Day One Classic").len(), 1);
}

#[test]
fn two_entries_of_one_id_are_both_kept_and_the_same_twice_is_one() {
    let story = Story::begin(209);
    let entry =
        |text: &str| json!({ "uuid": "A".repeat(32), "creationDate": DAY, "timeZone": "UTC", "text": text });
    let root = story.notes(&[("J.json", &day_one(json!([entry("one"), entry("two"), entry("one")])))]);
    let report = story.import(&root);
    assert_eq!((report.added, why(&report, "stands twice").len()), (2, 1), "{report:?}");
    let again = story.import(&root);
    assert_eq!((again.added, again.updated, again.unchanged), (0, 0, 2), "{again:?}");
}

#[test]
fn a_program_in_a_page_is_left_out_and_named() {
    let story = Story::begin(210);
    let page = "A page\n\n<h1>Hi</h1><script>steal()</script><img src=x onerror=steal()><a href=\"javascript:steal()\">go</a>\n\nid: \
                0123456789abcdef0123456789abcdef\ncreated_time: 2024-01-15T10:00:00.000Z\nmarkup_language: 2\ntype_: 1";
    let root = story.notes(&[("0123456789abcdef0123456789abcdef.md", page.as_bytes())]);
    let report = story.import(&root);
    assert_eq!(why(&report, "").len(), 3, "{report:?}");
    let entry = story.titled("A page");
    assert!(!entry.text.contains("steal") && entry.text.contains("go"), "{}", entry.text);
}

#[test]
fn a_stop_while_it_looks_or_seals_leaves_things_whole() {
    let story = Story::begin(211);
    let path = story.folder.path().join("export.zip");
    zip(&path, &files_of(&fixture("dayone")));
    let stop = AtomicBool::new(true);
    let report =
        import(&story.notebook, &ImportJournal::of(&path), &mut Watch { progress: &mut |_| {}, stop: &stop })
            .unwrap();
    assert!(report.stopped && report.added == 0);
    // Told to stop between the look and the writing.
    let stop = AtomicBool::new(false);
    let mut progress =
        |progress: Progress| stop.store(progress.total.is_some(), std::sync::atomic::Ordering::Relaxed);
    let report = import(
        &story.notebook,
        &ImportJournal::of(&path),
        &mut Watch { progress: &mut progress, stop: &stop },
    )
    .unwrap();
    assert!(report.stopped && report.added == 0, "{report:?}");
    assert!(story.entries().is_empty());
    assert_eq!(story.import(&path).added, 6);
}
