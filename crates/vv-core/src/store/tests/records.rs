//! Records: what is written, what is refused, what stays after erasing.

use vv_protocol::{Record, limits};

use super::*;
use crate::store::log;
use crate::store::take_in::{Chain, Taken};

const A: [u8; 16] = [1; 16];
const B: [u8; 16] = [2; 16];

fn raw_records(notebook: &Notebook) -> Vec<log::RecordRow> {
    notebook.read(|reader| log::records_after(reader.sql(), 0, 10_000)).unwrap()
}

#[test]
fn a_change_is_one_record_and_the_object_is_there_after_reopening() {
    let profile = Profile::new();
    let notebook = profile.create();
    let before = raw_records(&notebook).len();
    notebook.write(|tx| make_thing(tx, A, "One", "first words")).unwrap();
    assert_eq!(raw_records(&notebook).len(), before + 1);
    drop(notebook);
    let notebook = profile.open();
    assert_eq!(title_of(&notebook, A).as_deref(), Some("One"));
    assert_eq!(text_of(&notebook, A), "first words");
    assert_eq!(notebook.name().unwrap(), NAME);
    let report = notebook.verify().unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
}

#[test]
fn an_error_in_a_transaction_leaves_nothing_of_it() {
    let profile = Profile::new();
    let notebook = profile.create();
    let before = raw_records(&notebook).len();
    let failed: Result<(), StoreError> = notebook.write(|tx| {
        make_thing(tx, A, "One", "gone")?;
        Err(StoreError::NotFound)
    });
    assert!(failed.is_err());
    assert_eq!(raw_records(&notebook).len(), before);
    assert_eq!(title_of(&notebook, A), None);
    notebook.write(|tx| make_thing(tx, B, "Two", "kept")).unwrap();
    assert!(notebook.verify().unwrap().problems.is_empty());
}

#[test]
fn a_large_change_becomes_several_records_in_one_transaction() {
    let profile = Profile::new();
    let notebook = profile.create();
    let text: String = (0..200_000).map(|n| format!("w{n} ")).collect::<String>()[..900_000].to_owned();
    notebook.write(|tx| make_thing(tx, A, "Long", &text)).unwrap();
    assert_eq!(text_of(&notebook, A), text);
    for row in raw_records(&notebook) {
        assert!(row.raw.len() <= limits::MAX_RECORD_LEN);
    }
    assert!(notebook.verify().unwrap().problems.is_empty());
}

#[test]
fn one_value_that_is_larger_than_a_record_is_refused() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    let long = "x".repeat(300_000);
    assert!(matches!(notebook.write(|tx| set_title(tx, A, &long)), Err(StoreError::TooLarge)));
    assert_eq!(title_of(&notebook, A).as_deref(), Some("One"));
}

#[test]
fn a_change_to_what_was_never_made_is_refused() {
    let profile = Profile::new();
    let notebook = profile.create();
    assert!(matches!(notebook.write(|tx| set_title(tx, A, "x")), Err(StoreError::NotFound)));
}

#[test]
fn the_log_of_an_object_tells_its_changes_in_order_with_device_and_time() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "first")).unwrap();
    profile.host.clock.advance(chrono::TimeDelta::minutes(7));
    notebook.write(|tx| set_title(tx, A, "Two")).unwrap();
    let log = notebook.read(|reader| reader.log_of(&A)).unwrap();
    assert_eq!(log.len(), 2);
    assert_eq!(log[0].device, "Test laptop 1");
    assert_eq!((log[1].at - log[0].at).num_minutes(), 7);
    assert_eq!(log[1].ops, [Op::Set { field: TITLE, value: Value::from("Two") }]);
}

#[test]
fn a_clock_that_goes_back_does_not_turn_the_order_of_changes() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    profile.host.clock.advance(chrono::TimeDelta::days(-400));
    notebook.write(|tx| set_title(tx, A, "Two")).unwrap();
    assert_eq!(title_of(&notebook, A).as_deref(), Some("Two"));
}

#[test]
fn every_changed_byte_of_a_record_is_refused() {
    let profile = Profile::new();
    let notebook = profile.create();
    let other = second_life(&profile);
    let other_before = raw_records(&other).len();
    other.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    let new: Vec<_> = raw_records(&other).split_off(other_before);
    let (open, change) = (&new[0].raw, &new[1].raw);
    notebook.write(|tx| tx.take_in(open, Chain::Whole)).unwrap();
    for place in 0..change.len() {
        let mut changed = change.clone();
        changed[place] ^= 1;
        let taken = notebook.write(|tx| tx.take_in(&changed, Chain::Whole));
        assert!(taken.is_err(), "byte {place} was changed and nobody noticed");
    }
    assert_eq!(title_of(&notebook, A), None);
    assert_eq!(notebook.write(|tx| tx.take_in(change, Chain::Whole)).unwrap(), Taken::New);
    assert_eq!(notebook.write(|tx| tx.take_in(change, Chain::Whole)).unwrap(), Taken::Known);
    assert_eq!(title_of(&notebook, A).as_deref(), Some("One"));
}

#[test]
fn a_record_that_leaves_one_out_is_refused() {
    let profile = Profile::new();
    let notebook = profile.create();
    let other = second_life(&profile);
    let before = raw_records(&other).len();
    other.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    other.write(|tx| set_title(tx, A, "Two")).unwrap();
    let new = raw_records(&other).split_off(before);
    notebook.write(|tx| tx.take_in(&new[0].raw, Chain::Whole)).unwrap();
    assert!(notebook.write(|tx| tx.take_in(&new[2].raw, Chain::Whole)).is_err());
    assert!(notebook.write(|tx| tx.take_in(&new[1].raw, Chain::Whole)).is_ok());
    assert!(notebook.write(|tx| tx.take_in(&new[2].raw, Chain::Whole)).is_ok());
}

#[test]
fn a_record_of_another_notebook_is_refused() {
    let (mine, other) = (Profile::new(), Profile::new());
    let (mine, other) = (mine.create(), other.create());
    for row in raw_records(&other) {
        assert!(mine.write(|tx| tx.take_in(&row.raw, Chain::Whole)).is_err());
    }
}

#[test]
fn what_was_deleted_for_good_is_in_no_file_and_a_stub_remains() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, A, "zebra title", "walrus words")).unwrap();
    notebook.write(|tx| write_text(tx, A, "walrus words and more")).unwrap();
    notebook.write(|tx| make_thing(tx, B, "Other", "stays")).unwrap();
    notebook.write(|tx| tx.erase(&A)).unwrap();
    assert_eq!(text_of(&notebook, A), "");
    assert!(notebook.read(|reader| reader.object(&A)).unwrap().unwrap().erased);
    assert!(matches!(notebook.write(|tx| set_title(tx, A, "again")), Err(StoreError::Erased)));
    let stubs = raw_records(&notebook).iter().filter(|row| Record::decode(&row.raw).is_err()).count();
    assert_eq!(stubs, 2, "both records of the object became stubs");
    // Nothing of it is left, even for somebody who has the key.
    let values = notebook.read(|reader| dump_values(reader.sql())).unwrap();
    for words in ["zebra title", "walrus words"] {
        assert!(!values.windows(words.len()).any(|window| window == words.as_bytes()));
    }
    assert_eq!(std::fs::metadata(profile.notebook().join("notebook.db-wal")).map_or(0, |wal| wal.len()), 0);
    assert!(notebook.verify().unwrap().problems.is_empty());
    drop(notebook);
    let notebook = profile.open();
    assert_eq!(text_of(&notebook, B), "stays");
}

/// Writes out every value of every table, as somebody sees them who has the key.
fn dump_values(sql: &rusqlite::Connection) -> Result<Vec<u8>, StoreError> {
    let wipes: i64 = sql.query_row("PRAGMA secure_delete", [], |row| row.get(0))?;
    assert_eq!(wipes, 1, "what is freed is overwritten");
    let tables: Vec<String> = sql
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let mut values = Vec::new();
    for table in tables {
        let mut select = sql.prepare(&format!("SELECT * FROM {table}"))?;
        let count = select.column_count();
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..count {
                if let rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) =
                    row.get_ref(column)?
                {
                    values.extend_from_slice(bytes);
                }
            }
        }
    }
    Ok(values)
}

/// Opens a copy of the notebook on the same computer: another life of the same device.
pub(crate) fn second_life(profile: &Profile) -> Notebook {
    let backup = profile.open().backup(None).unwrap();
    let folder = profile.folder.path().join(format!("other-{}/notebook", vv_crypto::make_bytes::<4>()[0]));
    Notebook::restore(&folder, &profile.host.host, &backup.path, Unlock::Keyring).unwrap()
}

#[test]
fn two_programs_write_at_once_and_notice_each_other() {
    let profile = Profile::new();
    let window = profile.create();
    let terminal = profile.open();
    let changes = window.subscribe();
    assert!(!window.notice_changes_by_others());
    window.write(|tx| make_thing(tx, A, "One", "")).unwrap();
    terminal.write(|tx| set_title(tx, A, "Two")).unwrap();
    window.write(|tx| make_thing(tx, B, "Other", "")).unwrap();
    assert!(window.notice_changes_by_others());
    assert!(!window.notice_changes_by_others());
    assert!(changes.try_iter().any(|changed| changed.topics.len() == crate::store::Topic::ALL.len()));
    assert_eq!(title_of(&window, A).as_deref(), Some("Two"));
    assert!(terminal.verify().unwrap().problems.is_empty());
}

#[test]
fn many_writers_never_continue_the_same_record() {
    let profile = Profile::new();
    drop(profile.create());
    std::thread::scope(|scope| {
        for writer in 0..4u8 {
            let profile = &profile;
            scope.spawn(move || {
                let notebook = profile.open();
                for number in 0..20u8 {
                    let mut id = [writer; 16];
                    id[15] = number;
                    notebook.write(|tx| make_thing(tx, id, "t", "words")).unwrap();
                }
            });
        }
    });
    let notebook = profile.open();
    let report = notebook.verify().unwrap();
    assert_eq!(report.problems, Vec::<String>::new());
    assert!(report.records >= 80);
}
