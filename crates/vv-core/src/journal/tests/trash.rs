//! Into the trash, out of it, and away for good.

use super::*;

#[test]
fn what_goes_to_the_trash_comes_back_whole() {
    let story = Story::begin();
    let id = story.make(NewEntry {
        title: "a".into(),
        text: "words".into(),
        tags: vec!["t".into()],
        ..NewEntry::default()
    });
    let before = story.get(id);
    story.trash(id);
    assert_eq!(story.titles(&EntryFilter::default()), [""; 0]);
    let in_trash = EntryFilter { trashed: true, ..EntryFilter::default() };
    assert_eq!(story.titles(&in_trash), ["a"]);
    assert_eq!(story.titles(&EntryFilter { tags: vec!["t".into()], ..in_trash.clone() }), ["a"]);
    story.notebook.write(|tx| restore_entry(tx, id)).unwrap();
    let after = story.get(id);
    assert_eq!(Entry { changed_at: before.changed_at, ..after }, before);
    assert_eq!(story.titles(&in_trash), [""; 0]);
    story.assert_sound();
}

#[test]
fn only_what_lies_in_the_trash_can_be_deleted_for_good() {
    let story = Story::begin();
    let id = story.write("a", "");
    assert!(matches!(delete_entry(&story.notebook, id), Err(JournalError::NotInTrash)));
    story.trash(id);
    assert_eq!(delete_entry(&story.notebook, id).unwrap().entries, 1);
    assert!(matches!(delete_entry(&story.notebook, id), Err(JournalError::NoEntry)));
    assert!(story.notebook.write(|tx| restore_entry(tx, id)).is_err());
    story.assert_sound();
}

#[test]
fn emptying_the_trash_deletes_what_is_in_it_and_nothing_else() {
    let story = Story::begin();
    let [a, b, c] = ["a", "b", "c"].map(|title| story.write(title, "text"));
    let file = attach_bytes(&story.notebook, b, "b.txt", b"file of b").unwrap().attachment.id;
    story.trash(a);
    story.trash(b);
    assert_eq!(empty_trash(&story.notebook).unwrap().entries, 2);
    assert_eq!(empty_trash(&story.notebook).unwrap().entries, 0);
    assert_eq!(story.titles(&EntryFilter::default()), ["c"]);
    assert_eq!(story.get(c).text, "text");
    assert!(matches!(read_attachment(&story.notebook, file), Err(JournalError::NoAttachment)));
    story.assert_sound();
}

#[test]
fn deleting_for_good_leaves_no_word_in_any_table_and_no_sealed_file() {
    let story = Story::begin();
    let canary = "quokkasaurus";
    let id = story.make(NewEntry {
        title: format!("about {canary}"),
        text: format!("the {canary} sleeps"),
        tags: vec![canary.into()],
        ..NewEntry::default()
    });
    attach_bytes(&story.notebook, id, "a.txt", canary.as_bytes()).unwrap();
    let editor = open_editor(&story.notebook, id).unwrap();
    keep_draft(&story.notebook, editor.session, &format!("{canary} draft"), canary).unwrap();
    crate::search::index_some(&story.notebook, 100).unwrap();
    assert!(tables_hold(&story.notebook, canary));
    story.trash(id);
    delete_entry(&story.notebook, id).unwrap();
    assert!(!tables_hold(&story.notebook, canary));
    assert_eq!(sealed_files(&story), 0);
    assert!(!stands_on_disk(&story.path, canary.as_bytes()));
    // The log still holds that something was there, and is whole.
    story.assert_sound();
    assert!(matches!(
        save_text(&story.notebook, editor.session, canary, "", false),
        Err(JournalError::NoEntry)
    ));
}

#[test]
fn deleting_for_good_names_the_backups_that_may_still_hold_the_text() {
    let story = Story::begin();
    let old = story.notebook.backup(None).unwrap();
    story.later(10);
    let id = story.write("secret", "secret");
    story.later(10);
    let new = story.notebook.backup(None).unwrap();
    story.trash(id);
    let deleted = delete_entry(&story.notebook, id).unwrap();
    let named: Vec<_> = deleted.backups.iter().map(|backup| backup.path.clone()).collect();
    assert_eq!(named, [new.path]);
    assert_ne!(named, [old.path]);
}

#[test]
fn chunks_that_a_crash_left_after_a_deletion_are_removed_at_the_next_start() {
    let story = Story::begin();
    let id = story.write("a", "");
    let file = attach_bytes(&story.notebook, id, "a.txt", b"bytes").unwrap().attachment.id;
    // What a deletion does up to the moment of the crash.
    story.notebook.write(|tx| delete::erase_file(tx, file)).unwrap();
    assert_eq!(sealed_files(&story), 1);
    remove_leftovers(&story.notebook).unwrap();
    assert_eq!(sealed_files(&story), 0);
}

fn sealed_files(story: &Story) -> usize {
    let mut folders = vec![story.path.join("blobs")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for found in std::fs::read_dir(folder).unwrap() {
            let path = found.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files += 1 }
        }
    }
    files
}

/// Looks for a word in every column of every table, the tables behind the index among them.
fn tables_hold(notebook: &Notebook, word: &str) -> bool {
    let holds = |reader: &crate::store::tx::Reader| -> rusqlite::Result<bool> {
        let sql = reader.sql();
        let mut names =
            sql.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")?;
        let names = names.query_map([], |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
        for name in names {
            let mut all = sql.prepare(&format!("SELECT * FROM \"{name}\""))?;
            let columns = all.column_count();
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    let bytes = match row.get_ref(column)? {
                        rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
                            bytes
                        }
                        _ => continue,
                    };
                    if bytes.windows(word.len()).any(|window| window == word.as_bytes()) {
                        return Ok(true);
                    }
                }
            }
        }
        Ok(false)
    };
    notebook.read(|reader| holds(reader).map_err(crate::store::error::StoreError::from)).unwrap()
}
