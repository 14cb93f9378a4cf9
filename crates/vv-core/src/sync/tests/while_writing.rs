//! Accidents of people who write while sync goes on, or before it was ever set up.

use std::fs;
use std::sync::atomic::AtomicBool;

use super::*;
use crate::journal::{
    Entry, EntryFilter, JournalError, NewEntry, create_entry, get_entry, keep_draft, list_entries,
    open_editor, save_text, settle_editors,
};
use crate::notebook::Unlock;
use crate::portability::{ImportJournal, Watch as ImportWatch, import};
use crate::store::StoreError;
use crate::store::tests::{make_thing, text_of, title_of};

fn entries(laptop: &Synced) -> Vec<Entry> {
    let read = |reader: &crate::store::Reader<'_>| {
        let rows = list_entries(reader, &EntryFilter::default(), 0, 500)?.rows;
        rows.iter().map(|row| get_entry(reader, row.id)).collect::<Result<Vec<_>, JournalError>>()
    };
    let mut entries = laptop.notebook().read(read).unwrap();
    entries.sort_by_key(|entry| entry.id);
    entries
}

#[test]
fn two_devices_first_syncing_the_same_import() {
    let notes = tempfile::tempdir().unwrap();
    fs::write(
        notes.path().join("one.md"),
        "---\nid: a1\ncreated: 2026-02-01T09:00:00Z\n---\n\nWords of one.\n",
    )
    .unwrap();
    fs::write(notes.path().join("two.md"), "Words of two.\n").unwrap();
    let (one, two) = two(&server());
    let bring_in = |laptop: &Synced| {
        let stop = AtomicBool::new(false);
        let mut watch = ImportWatch { progress: &mut |_| {}, stop: &stop };
        import(laptop.notebook(), &ImportJournal::of(notes.path()), &mut watch).unwrap()
    };
    for laptop in [&one, &two] {
        assert_eq!(bring_in(laptop).added, 2);
    }
    settle(&one, &two);
    for laptop in [&one, &two] {
        // Which of two that say the same a person keeps is for them to say: each is there, whole, and no text is doubled.
        let mut texts: Vec<String> = entries(laptop).into_iter().map(|entry| entry.text).collect();
        texts.sort();
        let twice = ["Words of one.\n", "Words of two.\n"].map(|text| [text, text]);
        assert_eq!(texts, twice.concat());
        let again = bring_in(laptop);
        assert_eq!((again.added, again.updated), (0, 0), "and the same import brings nothing more");
    }
    settle(&one, &two);
}

#[test]
fn the_same_daily_note_created_on_two_offline_devices() {
    let way = server();
    let (one, two) = two(&way);
    settle(&one, &two);
    for (laptop, text) in [(&one, "In the morning, on one.\n"), (&two, "In the evening, on two.\n")] {
        let note = NewEntry { title: "Today".into(), text: text.into(), ..Default::default() };
        laptop.notebook().write(|tx| create_entry(tx, note.clone())).unwrap();
    }
    settle(&one, &two);
    for laptop in [&one, &two] {
        let mut texts: Vec<String> = entries(laptop).into_iter().map(|entry| entry.text).collect();
        texts.sort();
        assert_eq!(texts, ["In the evening, on two.\n", "In the morning, on one.\n"], "both are kept, whole");
    }
}

#[test]
fn typing_while_a_sync_applies() {
    let (one, two) = two(&server());
    let note = NewEntry { text: "first\nlast\n".into(), ..Default::default() };
    let id = one.notebook().write(|tx| create_entry(tx, note)).unwrap();
    settle(&one, &two);
    let typing = open_editor(one.notebook(), id).unwrap().session;
    keep_draft(one.notebook(), typing, "first\nlast, and I am typ", "").unwrap();
    let other = open_editor(two.notebook(), id).unwrap().session;
    save_text(two.notebook(), other, "from the other\nfirst\nlast\n", "", true).unwrap();
    two.sync();
    one.sync();
    // What is typed stays under the cursor, and the other's line comes around it.
    let saved = save_text(one.notebook(), typing, "first\nlast, and I am typing\n", "", false).unwrap();
    assert_eq!(saved.splices.len(), 1);
    settle(&one, &two);
    for laptop in [&one, &two] {
        assert_eq!(entries(laptop)[0].text, "from the other\nfirst\nlast, and I am typing\n");
    }
}

#[test]
fn logout_with_unsent_edits() {
    let way = server();
    let (one, two) = two(&way);
    let note = NewEntry { text: "saved\n".into(), ..Default::default() };
    let id = one.notebook().write(|tx| create_entry(tx, note)).unwrap();
    settle(&one, &two);
    memory(&way).set_offline(true);
    let editor = open_editor(one.notebook(), id).unwrap().session;
    save_text(one.notebook(), editor, "saved\nand not sent\n", "", false).unwrap();
    keep_draft(one.notebook(), editor, "saved\nand not sent\nnor saved\n", "").unwrap();
    settle_editors(one.notebook()).unwrap();
    let Synced { laptop: Laptop { profile, notebook }, place, way } = one;
    drop(notebook);
    memory(&way).set_offline(false);
    two.sync();
    let notebook = Notebook::open(&profile.notebook(), &profile.host.host, Unlock::Keyring).unwrap();
    let one = Synced { laptop: Laptop { profile, notebook }, place, way: way.clone() };
    settle(&one, &two);
    assert_eq!(entries(&two)[0].text, "saved\nand not sent\nnor saved\n");
}

/// Gives the file of a notebook no more room than so many pages beyond what it has; none takes the limit away.
fn limit_room(laptop: &Synced, pages: Option<i64>) {
    laptop
        .notebook()
        .write(|tx| {
            let now: i64 = tx.sql().query_row("PRAGMA page_count", [], |row| row.get(0))?;
            let most = pages.map_or(1_000_000_000, |pages| now + pages);
            tx.sql().query_row(&format!("PRAGMA max_page_count = {most}"), [], |row| row.get::<_, i64>(0))?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn disk_full_during_apply() {
    let shared = tempfile::tempdir().unwrap();
    for way in [server(), folder(shared.path())] {
        let (one, two) = two(&way);
        two.notebook().write(|tx| make_thing(tx, B, "Of two", "written here\n")).unwrap();
        settle(&one, &two);
        for number in 0..60_u8 {
            one.notebook()
                .write(|tx| make_thing(tx, [number + 20; 16], "News", &"many words ".repeat(300)))
                .unwrap();
        }
        one.sync();
        limit_room(&two, Some(12));
        let ended = two.try_sync();
        assert!(matches!(ended, Err(SyncError::Store(StoreError::DiskFull))), "{ended:?}");
        assert_eq!(text_of(two.notebook(), B), "written here\n");
        assert_eq!(two.notebook().verify().unwrap().problems, Vec::<String>::new());
        limit_room(&two, None);
        settle(&one, &two);
        assert_eq!(title_of(two.notebook(), [40; 16]).as_deref(), Some("News"));
    }
}
