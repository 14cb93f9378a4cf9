//! Stories of import and export, told over notebooks and folders of their own.

mod dayone;
mod fuzz;
mod hostile;
mod joplin;
mod jrnl;
mod notes;
mod packing;
mod spaces;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

use tempfile::TempDir;

use super::*;
use crate::Notebook;
use crate::ids::EntryId;
use crate::journal::{
    Entry, EntryChange, EntryFilter, EntryOrigin, Moment, NewEntry, Source, attach_bytes, change_entry,
    create_entry, get_entry, list_entries, list_versions, read_attachment, trash_entry,
};
use crate::notebook::NewKey;
use crate::ports::testing::TestHost;

const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\nnot much of a picture";

fn request(path: PathBuf, format: ExportFormat) -> ExportJournal {
    ExportJournal { path, format, choice: ExportChoice::default(), replace: false, language: String::new() }
}

struct Story {
    notebook: Notebook,
    host: TestHost,
    folder: TempDir,
}

impl Story {
    fn begin(seed: u32) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let host = TestHost::new(seed, &folder.path().join("state"));
        let notebook =
            Notebook::create(&folder.path().join("notebook"), &host.host, "Mira", NewKey::Keyring).unwrap();
        Self { notebook, host, folder }
    }

    /// Writes files into a folder that can be imported.
    fn notes(&self, files: &[(&str, &[u8])]) -> PathBuf {
        let root = self.folder.path().join("notes");
        for (path, bytes) in files {
            let at = root.join(path);
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            fs::write(at, bytes).unwrap();
        }
        root
    }

    fn import_as(
        &self,
        path: &Path,
        format: Option<ImportFormat>,
        dry_run: bool,
    ) -> Result<ImportReport, PortabilityError> {
        let request = ImportJournal { format, dry_run, ..ImportJournal::of(path) };
        let stop = AtomicBool::new(false);
        import(&self.notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop })
    }

    fn import(&self, path: &Path) -> ImportReport {
        self.import_as(path, None, false).unwrap()
    }

    fn export(&self, name: &str, format: ExportFormat) -> PathBuf {
        let path = self.folder.path().join(name);
        let stop = AtomicBool::new(false);
        let request = request(path.clone(), format);
        export(&self.notebook, &request, &mut Watch { progress: &mut |_| {}, stop: &stop }).unwrap();
        path
    }

    fn entries(&self) -> Vec<Entry> {
        self.notebook
            .read(|reader| {
                let rows = list_entries(reader, &EntryFilter::default(), 0, 500)?.rows;
                rows.iter()
                    .map(|row| get_entry(reader, row.id))
                    .collect::<Result<Vec<_>, crate::journal::JournalError>>()
            })
            .unwrap()
    }

    fn titled(&self, title: &str) -> Entry {
        let found: Vec<Entry> = self.entries().into_iter().filter(|entry| entry.title == title).collect();
        assert_eq!(found.len(), 1, "{title}");
        found.into_iter().next().unwrap()
    }
}

#[test]
fn a_folder_of_markdown_becomes_entries_with_their_files_and_links() {
    let story = Story::begin(1);
    let root = story.notes(&[
        ("2026-11-19 The question.md", b"See ![board](img/board.png \"x\"), [plan](work/plan.md), [[Plan|the plan]], [web](https://x.example)." as &[u8]),
        ("work/plan.md", b"---\ncreated: 2026-11-18T09:00:00Z\ntags: planning\n---\n\nThe plan. Again ![[board.png]] and [gone](gone.png)."),
        ("img/board.png", PICTURE),
        ("img/unused.png", PICTURE),
    ]);
    let report = story.import(&root);
    assert_eq!((report.found, report.added, report.unchanged, report.updated), (2, 2, 0, 0));
    assert_eq!((report.attachments.found, report.attachments.added), (2, 2));
    assert_eq!(report.attachments.missing, ["work/plan.md → gone.png"]);
    assert_eq!(report.skipped.len(), 1);
    assert_eq!(report.skipped[0].item, "img/unused.png");

    let question = story.titled("The question");
    let plan = story.titled("plan");
    let file = &question.attachments[0];
    assert_eq!(
        question.text,
        format!(
            "See ![board](attachment:{}), [[plan|{}]], [[the plan|{}]], [web](https://x.example).",
            file.id, plan.id, plan.id
        )
    );
    assert_eq!(question.on.to_string(), "2026-11-19");
    assert_eq!(question.origin, EntryOrigin::Imported);
    assert_eq!(&read_attachment(&story.notebook, file.id).unwrap()[..], PICTURE);
    assert_eq!(plan.tags, ["planning", "work"]);
    assert_eq!(
        plan.text,
        format!("The plan. Again ![board.png](attachment:{}) and [gone](gone.png).", plan.attachments[0].id)
    );
}

#[test]
fn the_same_folder_twice_changes_nothing_and_a_changed_file_updates() {
    let story = Story::begin(2);
    let root = story.notes(&[
        ("2026-01-01 One.md", b"first ![p](p.png) [[2026-01-02 Two]]" as &[u8]),
        ("2026-01-02 Two.md", b"second"),
        ("p.png", PICTURE),
    ]);
    story.import(&root);
    let before = story.entries();
    story.host.clock.advance(chrono::TimeDelta::hours(1));
    let again = story.import(&root);
    assert_eq!((again.found, again.unchanged, again.added, again.updated), (2, 2, 0, 0));
    assert_eq!(again.attachments.added, 0);
    assert_eq!(story.entries(), before);

    fs::write(root.join("2026-01-01 One.md"), "---\nstarred: true\n---\nfirst, changed ![p](p.png)").unwrap();
    let third = story.import(&root);
    assert_eq!((third.unchanged, third.updated, third.added), (1, 1, 0));
    let one = story.titled("One");
    assert_eq!(one.id, before.iter().find(|entry| entry.title == "One").unwrap().id);
    assert_eq!(one.attachments.len(), 1);
    assert_eq!(one.text, format!("first, changed ![p](attachment:{})", one.attachments[0].id));
    assert!(one.starred);
    let versions = story.notebook.read(|reader| list_versions(reader, one.id)).unwrap();
    assert_eq!(versions.len(), 2);
}

#[test]
fn what_a_person_changed_after_an_import_stays_when_the_same_folder_comes_again() {
    let story = Story::begin(3);
    let root = story.notes(&[("2026-01-01 One.md", b"first" as &[u8])]);
    story.import(&root);
    let one = story.titled("One");
    let change = EntryChange { title: Some("Mine".into()), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, one.id, &change)).unwrap();
    assert_eq!(story.import(&root).unchanged, 1);
    assert_eq!(story.titled("Mine").id, one.id);
}

#[test]
fn a_dry_run_tells_the_same_and_writes_nothing() {
    let story = Story::begin(4);
    let root = story.notes(&[
        ("2026-01-01 One.md", b"---\nmood: calm\n---\n![p](p.png) [[2026-01-02 Two]]" as &[u8]),
        ("2026-01-02 Two.md", b"x"),
        ("p.png", PICTURE),
    ]);
    let told = story.import_as(&root, None, true).unwrap();
    assert!(story.entries().is_empty());
    assert!(!story.folder.path().join("notebook/blobs").exists());
    assert_eq!(story.import(&root), told);
    assert_eq!(told.kept_as_fields, [KeptField { item: "2026-01-01 One.md".into(), field: "mood".into() }]);
}

#[test]
fn what_cannot_be_imported_is_named_and_the_rest_comes_in() {
    let story = Story::begin(5);
    let mut large = b"# Large\n".repeat(200_000);
    large.extend_from_slice(b"end");
    let root = story.notes(&[
        ("0000-01-01 zero.md", b"x" as &[u8]),
        ("far.md", b"---\ndate: 99999-01-01\n---\nx"),
        ("broken.md", b"---\ndate: 2026-01-01\n---\ngr\xFC\xDFe"),
        ("2026-01-01 escape.md", b"![x](../../../etc/passwd) ![y](/etc/passwd)"),
        ("2026-01-02 large.md", &large),
        ("2026-01-03 empty.md", b""),
    ]);
    let report = story.import(&root);
    assert_eq!((report.found, report.added), (4, 4));
    let mut skipped: Vec<&str> = report.skipped.iter().map(|skipped| skipped.item.as_str()).collect();
    skipped.sort_unstable();
    assert_eq!(skipped, ["0000-01-01 zero.md", "2026-01-01 escape.md", "broken.md", "far.md"]);
    assert_eq!(story.titled("broken").text, "gr\u{FFFD}\u{FFFD}e");
    assert_eq!(story.titled("escape").text, "![x](../../../etc/passwd) ![y](/etc/passwd)");
    let entry = story.titled("large");
    assert!(entry.text.len() < 20_000 && entry.text.starts_with("# Large"));
    assert_eq!(read_attachment(&story.notebook, entry.attachments[0].id).unwrap().len(), large.len());
    assert_eq!(story.titled("empty").text, "");
}

#[test]
fn an_unknown_thing_is_refused_with_what_can_be_read() {
    let story = Story::begin(6);
    let file = story.folder.path().join("archive.bin");
    fs::write(&file, "x").unwrap();
    let empty = story.folder.path().join("empty");
    fs::create_dir(&empty).unwrap();
    for path in [&file, &empty] {
        let error = story.import_as(path, None, false).unwrap_err();
        assert!(error.to_string().contains("folder of Markdown files"), "{error}");
    }
    let error = story.import_as(&story.folder.path().join("none"), None, false).unwrap_err();
    assert!(matches!(error, PortabilityError::Unreadable(std::io::ErrorKind::NotFound)));
}

#[test]
fn stopped_in_the_middle_it_leaves_whole_entries_and_can_go_on() {
    let story = Story::begin(7);
    let files: Vec<(String, Vec<u8>)> =
        (0..2_500).map(|n| (format!("2026-01-01 n{n:04}.md"), format!("note {n}").into_bytes())).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let root = story.notes(&files);
    let stop = AtomicBool::new(false);
    let mut told = Vec::new();
    let mut progress = |progress: Progress| {
        told.push(progress);
        if progress.done > 0 {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    };
    let request = ImportJournal::of(&root);
    let report =
        import(&story.notebook, &request, &mut Watch { progress: &mut progress, stop: &stop }).unwrap();
    assert!(report.stopped && report.added > 0 && report.added < 2_500, "{}", report.added);
    assert_eq!(told[0].total, None);
    assert_eq!(told[1].total, Some(2_500));
    let rest = story.import(&root);
    assert_eq!((rest.unchanged, rest.added), (report.added, 2_500 - report.added));
}

/// Writes a journal with everything an entry can have.
fn write_a_journal(story: &Story) -> Vec<EntryId> {
    let make = |new: NewEntry| story.notebook.write(|tx| create_entry(tx, new)).unwrap();
    let local = |text: &str| chrono::NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").unwrap();
    let one = make(NewEntry {
        title: "Who: \"asked\" twice? / yes".into(),
        text: "---\nnot: front matter\n---\n\nText with `[[code]]`.\n\n".into(),
        tags: vec!["Slow work".into(), "reviéw".into(), "a, b".into()],
        written: Some(Moment::local(local("2026-11-19T18:42:07.250"), Some("Asia/Kolkata")).unwrap()),
        on: "2026-11-18".parse().ok(),
        starred: true,
        ..NewEntry::default()
    });
    let two = make(NewEntry {
        title: "Who: \"asked\" twice? / yes".into(),
        text: format!("See [[the other|{one}]] and [[Who]] (東京).\r\nLast line without end"),
        written: Some(Moment::with_offset("2026-11-19T10:00:00Z".parse().unwrap(), -12_600, None).unwrap()),
        origin: EntryOrigin::Captured,
        ..NewEntry::default()
    });
    let three = make(NewEntry {
        text: "imported".into(),
        origin: EntryOrigin::Imported,
        written: Some(Moment::local(local("0033-04-03T15:00:00"), Some("Europe/Berlin")).unwrap()),
        source: Some(Source {
            app: "jrnl".into(),
            id: "17: x".into(),
            fields: [("mood".to_owned(), "calm\nand: tired".to_owned()), ("n".to_owned(), "007".to_owned())]
                .into(),
        }),
        ..NewEntry::default()
    });
    let file = attach_bytes(&story.notebook, one, "board (1) #2.png", PICTURE).unwrap().attachment;
    attach_bytes(&story.notebook, two, "board (1) #2.png", b"another of the same name").unwrap();
    story
        .notebook
        .write(|tx| {
            let text = format!("With ![the board](attachment:{}) and a loose file.", file.id);
            create_entry(tx, NewEntry { text, title: "four".into(), ..NewEntry::default() })
        })
        .unwrap();
    let gone = make(NewEntry { title: "trashed".into(), ..NewEntry::default() });
    story.notebook.write(|tx| trash_entry(tx, gone)).unwrap();
    vec![one, two, three]
}

/// Leaves out what belongs to a notebook and not to an entry.
fn comparable(mut entries: Vec<Entry>) -> Vec<Entry> {
    for entry in &mut entries {
        entry.changed_at = Default::default();
        entry.version_count = 0;
        entry.attachments.sort_by_key(|file| file.id);
    }
    entries.sort_by_key(|entry| entry.id);
    entries
}

#[test]
fn an_export_comes_back_into_an_empty_notebook_as_the_same_entries() {
    for format in [ExportFormat::Json, ExportFormat::Markdown] {
        let story = Story::begin(8);
        write_a_journal(&story);
        let exported = story.export("out", format);
        let other = Story::begin(9);
        let report = other.import(&exported);
        assert_eq!((report.found, report.added), (4, 4), "{format:?} {report:?}");
        assert_eq!((report.skipped.len(), report.attachments.missing.len()), (0, 0), "{format:?} {report:?}");
        assert_eq!(comparable(other.entries()), comparable(story.entries()), "{format:?}");
        // Once more, and into the notebook it came from: nothing changes.
        assert_eq!(other.import(&exported).unchanged, 4, "{format:?}");
        let report = story.import(&exported);
        assert_eq!(report.unchanged, 4, "{format:?} {report:?}");
    }
}

#[test]
fn an_older_export_never_overwrites_what_was_written_since() {
    let story = Story::begin(10);
    let ids = write_a_journal(&story);
    let exported = story.export("out", ExportFormat::Json);
    let change = EntryChange { title: Some("written since".into()), ..EntryChange::default() };
    story.notebook.write(|tx| change_entry(tx, ids[0], &change)).unwrap();
    let report = story.import(&exported);
    assert_eq!((report.unchanged, report.updated, report.skipped.len()), (3, 0, 1));
    assert_eq!(story.titled("written since").id, ids[0]);
}

#[test]
fn an_entry_deleted_for_good_comes_back_from_an_export_once() {
    let story = Story::begin(11);
    let ids = write_a_journal(&story);
    let exported = story.export("out", ExportFormat::Json);
    story.notebook.write(|tx| trash_entry(tx, ids[0])).unwrap();
    crate::journal::delete_entry(&story.notebook, ids[0]).unwrap();
    let report = story.import(&exported);
    assert_eq!((report.added, report.unchanged), (1, 3));
    assert_eq!(story.import(&exported).unchanged, 4);
}

#[test]
fn an_export_never_writes_over_anything_nor_into_the_notebook() {
    let story = Story::begin(12);
    write_a_journal(&story);
    let stop = AtomicBool::new(false);
    let try_at = |path: PathBuf, stop: &AtomicBool| {
        let request = request(path, ExportFormat::Markdown);
        export(&story.notebook, &request, &mut Watch { progress: &mut |_| {}, stop })
    };
    let taken = story.folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("x"), "x").unwrap();
    assert!(matches!(try_at(taken, &stop), Err(PortabilityError::PlaceTaken)));
    let inside = story.folder.path().join("notebook/out");
    assert!(matches!(try_at(inside, &stop), Err(PortabilityError::InsideNotebook)));
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert!(matches!(try_at(story.folder.path().join("out"), &stop), Err(PortabilityError::Stopped)));
    let left: Vec<String> = fs::read_dir(story.folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("out"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn exported_markdown_links_from_file_to_file() {
    let story = Story::begin(13);
    write_a_journal(&story);
    let exported = story.export("out", ExportFormat::Markdown);
    let mut names: Vec<String> = fs::read_dir(&exported)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.contains(&"2026-11-18 Who asked twice yes.md".to_owned()), "{names:?}");
    assert!(names.contains(&"2026-11-19 Who asked twice yes.md".to_owned()), "{names:?}");
    let two = fs::read_to_string(exported.join("2026-11-19 Who asked twice yes.md")).unwrap();
    assert!(two.contains("[the other](2026-11-18%20Who%20asked%20twice%20yes.md)"), "{two}");
    assert_eq!(fs::read_dir(exported.join("files")).unwrap().count(), 2);
}
