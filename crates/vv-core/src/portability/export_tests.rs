//! Stories of taking out: which entries, one file, and there and back for any journal.

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::helped::{self, HelpedFilter, NewHelped};
use crate::ids::EntryId;
use crate::journal::{
    Entry, EntryFilter, EntryOrigin, Moment, NewEntry, Source, attach_bytes, create_entry, get_entry,
    list_entries, read_attachment,
};
use crate::loops;
use crate::notebook::NewKey;
use crate::people::{self, PersonWords};
use crate::ports::testing::TestHost;
use crate::voice::{Recording, change_mark};

/// A picture of one red dot.
const DOT: &[u8] = &[
    0x89, b'P', b'N', b'G', 13, 10, 26, 10, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    2, 0, 0, 0, 0x90, 0x77, 0x53, 0xDE, 0, 0, 0, 12, b'I', b'D', b'A', b'T', 8, 0xD7, 0x63, 0xF8, 0xCF, 0xC0,
    0, 0, 3, 1, 1, 0, 0x18, 0xDD, 0x8D, 0xB0, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xAE, 0x42, 0x60, 0x82,
];

pub(super) struct Desk {
    pub(super) notebook: Notebook,
    pub(super) folder: TempDir,
}

impl Desk {
    pub(super) fn new(seed: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(seed, &folder.path().join("state"));
        let notebook =
            Notebook::create(&folder.path().join("notebook"), &host.host, "Mira <b>", NewKey::Keyring)
                .unwrap();
        Self { notebook, folder }
    }

    pub(super) fn make(&self, new: NewEntry) -> EntryId {
        self.notebook.write(|tx| create_entry(tx, new)).unwrap()
    }

    pub(super) fn write(&self, on: &str, title: &str, text: &str, tags: &[&str]) -> EntryId {
        let at =
            chrono::NaiveDateTime::parse_from_str(&format!("{on}T08:00:00"), "%Y-%m-%dT%H:%M:%S").unwrap();
        self.make(NewEntry {
            title: title.into(),
            text: text.into(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            written: Some(Moment::local(at, Some("Europe/Lisbon")).unwrap()),
            ..NewEntry::default()
        })
    }

    pub(super) fn ask(&self, name: &str, format: ExportFormat) -> ExportJournal {
        ExportJournal {
            path: self.folder.path().join(name),
            format,
            choice: ExportChoice::default(),
            replace: false,
            language: String::new(),
        }
    }

    pub(super) fn export(&self, request: &ExportJournal) -> Result<ExportReport, PortabilityError> {
        let stop = AtomicBool::new(false);
        export(&self.notebook, request, &mut Watch { progress: &mut |_| {}, stop: &stop })
    }

    fn entries(&self) -> Vec<Entry> {
        let mut entries = self
            .notebook
            .read(|reader| {
                let rows = list_entries(reader, &EntryFilter::default(), 0, 500)?.rows;
                rows.iter()
                    .map(|row| get_entry(reader, row.id))
                    .collect::<Result<Vec<_>, crate::journal::JournalError>>()
            })
            .unwrap();
        for entry in &mut entries {
            entry.changed_at = Default::default();
            entry.version_count = 0;
            entry.attachments.sort_by_key(|file| file.id);
        }
        entries.sort_by_key(|entry| entry.id);
        entries
    }

    fn left_beside(&self) -> Vec<String> {
        fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.ends_with(".part"))
            .collect()
    }
}

fn titles(folder: &Path) -> Vec<String> {
    let lines = fs::read_to_string(folder.join("entries.jsonl")).unwrap();
    let title = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap()["title"].to_string();
    lines.lines().map(|line| title(line).trim_matches('"').to_owned()).collect()
}

#[test]
fn a_voice_note_leaves_with_its_marks_and_comes_back_as_it_was() {
    let desk = Desk::new(21);
    let entry = desk.write("2026-03-04", "On the train", "What I said.", &[]);
    let mut recording = Recording::begin(&desk.notebook, entry, "Aloud").unwrap();
    for _ in 0..30 {
        recording.hear(&desk.notebook, &[0.3; 4_800]).unwrap();
    }
    recording.mark(&desk.notebook).unwrap();
    let file = recording.finish(&desk.notebook, true).unwrap().unwrap();
    desk.notebook.write(|tx| change_mark(tx, file.id, 1_500, Some("the <idea>"))).unwrap();
    desk.notebook.write(|tx| change_mark(tx, file.id, 3_000, None)).unwrap();

    let request = desk.ask("out", ExportFormat::Json);
    desk.export(&request).unwrap();
    let line = fs::read_to_string(request.path.join("entries.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(line.trim()).unwrap();
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../docs/export-json.schema.json")).unwrap();
    let known = &schema["properties"]["attachments"]["items"]["properties"]["voice"]["properties"];
    let voice = line["attachments"][0]["voice"].as_object().unwrap();
    assert!(voice.keys().all(|key| !known[key].is_null()), "{voice:?}");
    let other = Desk::new(22);
    let stop = AtomicBool::new(false);
    for added in [1, 0] {
        let wanted = ImportJournal::of(&request.path);
        let report =
            import(&other.notebook, &wanted, &mut Watch { progress: &mut |_| {}, stop: &stop }).unwrap();
        assert_eq!((report.added, report.skipped.len()), (added, 0), "{report:?}");
    }
    assert_eq!(other.entries(), desk.entries());
    assert_eq!(other.notebook.verify().unwrap().problems, Vec::<String>::new());

    let folder = desk.ask("notes", ExportFormat::Markdown);
    desk.export(&folder).unwrap();
    let note = fs::read_to_string(folder.path.join("2026-03-04 On the train.md")).unwrap();
    assert!(
        note.contains("length: 0:03") && note.contains("at: 0:01.5") && note.contains("the <idea>"),
        "{note}"
    );
    assert!(fs::read(folder.path.join("files/Aloud.ogg")).unwrap().starts_with(b"OggS"));
    let page = desk.ask("journal.html", ExportFormat::Html);
    desk.export(&page).unwrap();
    let page = fs::read_to_string(&page.path).unwrap();
    assert!(page.contains("<audio") && page.contains("0:01.5 the &lt;idea&gt;"));
}

#[test]
fn days_tags_and_single_entries_choose_what_goes_along() {
    let desk = Desk::new(1);
    let a = desk.write("2026-01-01", "a", "x", &["work"]);
    let b = desk.write("2026-01-02", "b", "x", &["work", "slow"]);
    desk.write("2026-01-03", "c", "x", &["slow"]);
    let mut number = 0;
    let mut chosen = |choice: ExportChoice| {
        number += 1;
        let request = ExportJournal { choice, ..desk.ask(&format!("out {number}"), ExportFormat::Json) };
        let report = desk.export(&request).unwrap();
        let titles = titles(&request.path);
        assert_eq!(report.entries as usize, titles.len());
        titles
    };
    let day = |day: &str| day.parse().ok();
    assert_eq!(chosen(ExportChoice { from: day("2026-01-02"), ..Default::default() }), ["b", "c"]);
    assert_eq!(chosen(ExportChoice { to: day("2026-01-02"), ..Default::default() }), ["a", "b"]);
    assert_eq!(
        chosen(ExportChoice { tags: vec!["work".into(), "slow".into()], ..Default::default() }),
        ["b"]
    );
    assert_eq!(chosen(ExportChoice { entries: vec![b], ..Default::default() }), ["b"]);
    let of = desk.notebook.write(|tx| {
        let of = loops::make_loop(tx, "Asking slowly")?;
        loops::fill(tx, of, loops::Part::Gain, loops::Filling::Entry(a))?;
        Ok::<_, loops::LoopError>(of)
    });
    assert_eq!(chosen(ExportChoice { in_loop: of.ok(), ..Default::default() }), ["a"]);
    assert_eq!(chosen(ExportChoice::default()), ["a", "b", "c"]);
}

#[test]
fn loops_goals_and_whatever_else_is_kept_leave_and_return_with_their_entries() {
    let desk = Desk::new(11);
    let entry = desk.write("2026-03-04", "One", "x", &[]);
    let id = desk
        .notebook
        .write(|tx| {
            let id = loops::make_loop(tx, "Asking slowly")?;
            loops::fill(tx, id, loops::Part::Gain, loops::Filling::Entry(entry))?;
            loops::fill(tx, id, loops::Part::Reflect, loops::Filling::Words("I wait now".into()))?;
            loops::close(tx, id, "then", "now")?;
            Ok::<_, loops::LoopError>(id)
        })
        .unwrap();
    let request = desk.ask("out", ExportFormat::Json);
    desk.export(&request).unwrap();
    let other = Desk::new(12);
    let stop = AtomicBool::new(false);
    for added in [1, 0] {
        let wanted = ImportJournal::of(&request.path);
        let report =
            import(&other.notebook, &wanted, &mut Watch { progress: &mut |_| {}, stop: &stop }).unwrap();
        assert_eq!((report.added, report.skipped.len()), (added, 0), "{report:?}");
    }
    let of = |desk: &Desk| desk.notebook.read(|reader| loops::get_loop(reader, id)).unwrap();
    let (here, there) = (of(&desk), of(&other));
    assert_eq!(here.fillings, there.fillings);
    assert_eq!(here.closings, there.closings);
    assert_eq!(here.row.title, there.row.title);
    assert_eq!(other.notebook.verify().unwrap().problems, Vec::<String>::new());
    // A choice of entries takes entries alone.
    let some = ExportChoice { tags: vec!["none".into()], ..ExportChoice::default() };
    let some = ExportJournal { choice: some, ..desk.ask("some", ExportFormat::Json) };
    desk.export(&some).unwrap();
    assert!(!some.path.join("objects.jsonl").exists());
}

#[test]
fn people_leave_by_name_and_return_whole_with_the_entries_that_name_them() {
    let desk = Desk::new(13);
    let met = desk.notebook.write(|tx| {
        let words =
            PersonWords { name: "Katie".into(), other_names: vec!["KM".into()], about: "Data".into() };
        people::save_person(tx, None, words)
    });
    let katie = met.unwrap();
    let text = format!("Asked {} at ten.", people::mention_of(katie, "Katie"));
    let entry = desk.write("2026-03-04", "One", &text, &[]);
    let note = |subject: &str, entry| {
        let new = NewHelped { person: katie, subject: subject.into(), on: None, entry };
        desk.notebook.write(|tx| helped::note_helped(tx, &new)).unwrap();
    };
    note("data", Some(entry));
    note("slides", None);
    let renamed = PersonWords { name: "Katie Moran".into(), ..PersonWords::default() };
    desk.notebook.write(|tx| people::save_person(tx, Some(katie), renamed)).unwrap();

    // As Markdown: the text exactly, the names of today beside it, and all of it in a file for reading.
    let request = desk.ask("notes", ExportFormat::Markdown);
    desk.export(&request).unwrap();
    let file = fs::read_to_string(request.path.join("2026-03-04 One.md")).unwrap();
    assert!(
        file.contains("people:\n- Katie Moran\n") && file.contains("helped:\n- 'Katie Moran: data'\n"),
        "{file}"
    );
    assert!(file.ends_with(&text));
    assert!(fs::read_to_string(request.path.join("people.yaml")).unwrap().contains("with: slides"));
    let (report, back) = bring(&request.path, 14);
    assert_eq!((report.added, report.kept_as_fields.len()), (1, 0), "{report:?}");
    let left: Vec<&str> = report.skipped.iter().map(|one| one.item.as_str()).collect();
    assert_eq!(left, ["people.yaml"], "what is for reading is named in the report");
    assert_eq!(back.entries()[0].text, text);

    // As a page: the name of today, as words.
    let page = desk.ask("page.html", ExportFormat::Html);
    desk.export(&page).unwrap();
    let page = fs::read_to_string(page.path).unwrap();
    assert!(page.contains("Asked @Katie Moran at ten.") && !page.contains("person:"));

    // As JSON: equal.
    let request = desk.ask("whole", ExportFormat::Json);
    desk.export(&request).unwrap();
    let (_, back) = bring(&request.path, 15);
    let seen = |desk: &Desk| {
        let people = desk.notebook.read(people::list_people).unwrap();
        let notes =
            desk.notebook.read(|reader| helped::list_helped(reader, &HelpedFilter::default())).unwrap();
        let person = desk.notebook.read(|reader| people::get_person(reader, katie)).unwrap();
        (
            people,
            notes.into_iter().map(|note| (note.id, note.who, note.subject, note.entry)).collect::<Vec<_>>(),
            person,
        )
    };
    assert_eq!(seen(&desk), seen(&back));
    assert_eq!(back.notebook.verify().unwrap().problems, Vec::<String>::new());
}

/// Brings an export into an empty notebook.
fn bring(path: &Path, seed: u32) -> (ImportReport, Desk) {
    let desk = Desk::new(seed);
    let stop = AtomicBool::new(false);
    let watch = &mut Watch { progress: &mut |_| {}, stop: &stop };
    let report = import(&desk.notebook, &ImportJournal::of(path), watch).unwrap();
    (report, desk)
}

#[test]
fn every_key_of_a_line_stands_in_the_documented_schema() {
    let schema: serde_json::Value =
        serde_json::from_str(include_str!("../../../../docs/export-json.schema.json")).unwrap();
    let desk = Desk::new(10);
    let with_source = Source {
        app: "jrnl".into(),
        id: "1".into(),
        fields: [("mood".to_owned(), "calm".to_owned())].into(),
    };
    let written = Moment::with_offset("0033-04-03T15:00:00Z".parse().unwrap(), 3_208, None).unwrap();
    let id = desk.make(NewEntry { source: Some(with_source), written: Some(written), ..NewEntry::default() });
    attach_bytes(&desk.notebook, id, "dot.png", DOT).unwrap();
    let request = desk.ask("out", ExportFormat::Json);
    desk.export(&request).unwrap();
    let text = fs::read_to_string(request.path.join("entries.jsonl")).unwrap();
    let line: serde_json::Value = serde_json::from_str(text.trim()).unwrap();
    let same_keys = |object: &serde_json::Value, schema: &serde_json::Value| {
        let known = schema["properties"].as_object().unwrap();
        for key in object.as_object().unwrap().keys() {
            assert!(known.contains_key(key), "{key} is written and not documented");
        }
        for key in schema["required"].as_array().unwrap() {
            assert!(!object[key.as_str().unwrap()].is_null() || key == "time_zone", "{key} is missing");
        }
    };
    same_keys(&line, &schema);
    assert!(line["utc_offset_seconds"].is_i64(), "the odd case is among them");
    same_keys(&line["source"], &schema["properties"]["source"]);
    same_keys(&line["attachments"][0], &schema["properties"]["attachments"]["items"]);
}

#[test]
fn a_page_brings_everything_along_and_asks_nobody_for_anything() {
    let desk = Desk::new(2);
    let first = desk.write("2021-03-04", "First & <last>", "Words.\n\n- one\n- two", &["slow <work>"]);
    let picture = attach_bytes(&desk.notebook, first, "board.png", DOT).unwrap().attachment;
    attach_bytes(&desk.notebook, first, "plan & notes.pdf", b"%PDF-1.4 not much").unwrap();
    desk.write(
        "2026-11-19",
        "",
        &format!("See [[the first|{first}]] ![web](https://x.example/p.png) <script>alert(1)</script>"),
        &[],
    );
    let id = desk.write("2026-11-20", "Board", "", &[]);
    let shown = attach_bytes(&desk.notebook, id, "b.png", DOT).unwrap().attachment;
    desk.notebook
        .write(|tx| {
            let text = format!("![the board](attachment:{})", shown.id);
            create_entry(tx, NewEntry { text, ..NewEntry::default() })
        })
        .unwrap();
    let request = desk.ask("journal.html", ExportFormat::Html);
    let report = desk.export(&request).unwrap();
    assert_eq!((report.entries, report.attachments, report.left_out.len()), (4, 3, 0));
    let page = fs::read_to_string(&request.path).unwrap();

    assert!(
        page.contains("default-src 'none'") && page.contains("<title>The journal of Mira &lt;b&gt;</title>")
    );
    assert!(page.contains(&format!("id=\"f-{}\"", picture.id)));
    assert!(page.contains("data:image/png;base64,iVBORw0KGgo"), "pictures stand in the page");
    assert!(page.contains("download=\"plan &amp; notes.pdf\" href=\"data:application/octet-stream;base64,"));
    assert!(page.contains(&format!("<a href=\"#e-{first}\">the first</a>")));
    assert!(page.contains("aria-label=\"March 2021, 1 entry\""), "the table of dates");
    assert!(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
    assert!(
        page.contains(&format!("<a href=\"#f-{}\">the board</a>", shown.id)),
        "a picture of another entry"
    );
    assert_eq!(page.matches("<script").count(), 1, "the one script is that of the page");
    // Nothing that a browser fetches by itself leads out of the file.
    for fetched in ["src=\"", "srcset=", "url(", "@import", "<link", "<iframe", "<object", "<base"] {
        for (at, _) in page.match_indices(fetched) {
            assert!(page[at..].starts_with("src=\"data:"), "{}", &page[at..at + 40]);
        }
    }
    let ids: Vec<&str> =
        page.match_indices(" id=\"").map(|(at, _)| page[at + 5..].split('"').next().unwrap()).collect();
    let different: std::collections::HashSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), different.len(), "an id stands once");
}

#[test]
fn a_page_speaks_the_language_that_was_asked_for() {
    let desk = Desk::new(3);
    desk.write("2026-03-04", "Eins", "x", &[]);
    let request = ExportJournal { language: "de".into(), ..desk.ask("journal.html", ExportFormat::Html) };
    desk.export(&request).unwrap();
    let page = fs::read_to_string(&request.path).unwrap();
    assert!(page.contains("<html lang=\"de\">") && page.contains("Mittwoch, 4. März 2026"));
}

#[test]
fn a_book_has_a_title_page_contents_numbers_pictures_and_its_own_fonts() {
    let desk = Desk::new(8);
    let long = "A sentence that goes on for a while, as sentences do when nobody stops them. ".repeat(60);
    for day in 1..=12 {
        let on = format!("2026-0{}-1{}", 1 + day % 3, day % 9);
        desk.write(
            &on,
            &format!("Entry {day} ż 東京 🌱"),
            &format!("## Head\n\n{long}\n\n- *one*\n- **two**\n\n> quoted\n\n|a|b|\n|-|-|\n|1|2|"),
            &["slow"],
        );
    }
    let id = desk.write("2026-04-01", "Board", "", &[]);
    let mut png = std::io::Cursor::new(Vec::new());
    image::DynamicImage::new_rgb8(300, 200).write_to(&mut png, image::ImageFormat::Png).unwrap();
    attach_bytes(&desk.notebook, id, "board.png", png.get_ref()).unwrap();
    let request = desk.ask("book.pdf", ExportFormat::Pdf);
    let report = desk.export(&request).unwrap();
    assert_eq!((report.entries, report.attachments), (13, 1));
    let bytes = fs::read(&request.path).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    let has = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
    assert!(has(b"/Outlines") && has(b"/FontFile"), "bookmarks, and fonts inside");
    assert!(has(b"/Subtype /Image") || has(b"/Subtype/Image"));
}

#[test]
fn a_book_of_nothing_is_a_book_all_the_same() {
    let desk = Desk::new(9);
    let request = desk.ask("book.pdf", ExportFormat::Pdf);
    assert_eq!(desk.export(&request).unwrap().entries, 0);
    assert!(fs::read(&request.path).unwrap().starts_with(b"%PDF-"));
}

#[test]
fn a_file_is_replaced_only_when_that_was_said_and_never_before_the_new_one_is_whole() {
    let desk = Desk::new(4);
    desk.write("2026-03-04", "One", "x", &[]);
    let mut request = desk.ask("journal.html", ExportFormat::Html);
    fs::write(&request.path, "mine").unwrap();
    assert!(matches!(desk.export(&request), Err(PortabilityError::FileTaken)));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "mine");

    request.replace = true;
    let stop = AtomicBool::new(true);
    let stopped = export(&desk.notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop });
    assert!(matches!(stopped, Err(PortabilityError::Stopped)));
    assert_eq!(fs::read_to_string(&request.path).unwrap(), "mine");
    assert!(desk.left_beside().is_empty());

    desk.export(&request).unwrap();
    assert!(fs::read_to_string(&request.path).unwrap().starts_with("<!doctype html>"));
    fs::create_dir(desk.folder.path().join("folder")).unwrap();
    let folder = ExportJournal { replace: true, ..desk.ask("folder", ExportFormat::Html) };
    assert!(matches!(desk.export(&folder), Err(PortabilityError::PlaceTaken)));
}

#[test]
fn a_file_that_is_damaged_is_named_and_the_rest_goes_along() {
    for format in [ExportFormat::Html, ExportFormat::Json] {
        let desk = Desk::new(5);
        let id = desk.write("2026-03-04", "One", "x", &[]);
        attach_bytes(&desk.notebook, id, "gone.png", DOT).unwrap();
        fs::remove_dir_all(desk.notebook.blobs().folder()).unwrap();
        let report = desk.export(&desk.ask("out", format)).unwrap();
        assert_eq!((report.entries, report.attachments), (1, 0));
        assert_eq!(report.left_out, ["2026-03-04  gone.png"], "{format:?}");
    }
}

/// Describes an entry that a journal could hold.
fn any_entry() -> impl Strategy<Value = (NewEntry, Vec<(String, Vec<u8>)>)> {
    let tags = proptest::collection::vec("[a-zA-Zäßé世 ,#-]{1,12}", 0..4);
    let files =
        proptest::collection::vec(("[ -~äé世]{1,24}", proptest::collection::vec(any::<u8>(), 0..200)), 0..3);
    let source = proptest::option::of((
        "[a-z]{1,8}",
        "[ -~]{1,20}",
        proptest::collection::btree_map("[a-z_]{1,8}", "[ -~\\n世]{0,20}", 0..3),
    ));
    let when = (1_i64..253_402_000_000, -43_200_i32..43_200);
    let words = ("[ -~äé世😀\"]{0,40}", "[ -~\\n\\[\\]|()!`äé世😀]{0,200}");
    (words, tags, files, source, when, any::<bool>(), 0..3_u8).prop_map(
        |((title, text), tags, files, source, (seconds, offset), starred, origin)| {
            let at = chrono::DateTime::from_timestamp(seconds, 0).unwrap();
            let new = NewEntry {
                title,
                text,
                tags: tags.into_iter().filter(|tag| crate::journal::tag::clean_tag(tag).is_ok()).collect(),
                written: Moment::with_offset(at, offset, None).ok(),
                on: at.date_naive().succ_opt().filter(|_| seconds % 3 == 0),
                starred,
                origin: [EntryOrigin::Written, EntryOrigin::Captured, EntryOrigin::Imported][origin as usize],
                source: source.map(|(app, id, fields)| Source { app, id, fields }),
                ..NewEntry::default()
            };
            (new, files)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn any_journal_comes_back_from_json_entry_by_entry_and_file_by_file(
        entries in proptest::collection::vec(any_entry(), 1..8)
    ) {
        let desk = Desk::new(6);
        for (new, files) in entries {
            let Ok(id) = desk.notebook.write(|tx| create_entry(tx, new)) else { continue };
            for (name, bytes) in files {
                let _ = attach_bytes(&desk.notebook, id, &name, &bytes);
            }
        }
        let request = desk.ask("out", ExportFormat::Json);
        desk.export(&request).unwrap();
        let other = Desk::new(7);
        let stop = AtomicBool::new(false);
        let import_it = || {
            let wanted = ImportJournal::of(&request.path);
            import(&other.notebook, &wanted, &mut Watch { progress: &mut |_| {}, stop: &stop }).unwrap()
        };
        let report = import_it();
        prop_assert!(report.skipped.is_empty(), "{:?}", report.skipped);
        prop_assert_eq!(other.entries(), desk.entries());
        for entry in desk.entries() {
            for file in entry.attachments {
                let (here, there) = (read_attachment(&desk.notebook, file.id), read_attachment(&other.notebook, file.id));
                prop_assert_eq!(&here.unwrap()[..], &there.unwrap()[..]);
            }
        }
        let again = import_it();
        prop_assert_eq!((again.added, again.updated), (0, 0));
    }
}
