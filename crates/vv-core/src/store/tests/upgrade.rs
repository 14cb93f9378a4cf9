//! Older files: brought up to date with a backup before, or not at all.

use super::*;
use crate::notebook::NotebookError;
use crate::store::migrate::{MIGRATIONS, tables};

/// The last version whose notebooks knew one device and one epoch.
const OF_ONE_DEVICE: usize = 9;

fn indexes(migrations: &[&str]) -> Vec<String> {
    let lines = migrations.iter().flat_map(|migration| migration.lines());
    lines
        .filter_map(|line| {
            line.strip_prefix("CREATE INDEX ").or_else(|| line.strip_prefix("CREATE UNIQUE INDEX "))
        })
        .filter_map(|rest| rest.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// Makes a notebook look as an earlier version has written it: without what came later, its keys under their names of then.
fn older(profile: &Profile) {
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, [1; 16], "One", "words")).unwrap();
    notebook
        .write(|tx| {
            let sql = tx.sql();
            for (name, from) in [
                ("account/0", "SELECT secret FROM account_secret"),
                ("account/log", "SELECT log_key FROM account"),
                ("journal/0/content", "SELECT content FROM epoch_key"),
                ("journal/0/history", "SELECT history FROM epoch_key"),
                ("journal/0/control", "SELECT control FROM epoch_key"),
                ("journal/0/process", "SELECT process FROM epoch_key"),
            ] {
                sql.execute(
                    &format!("INSERT INTO secret (name, key) {}", from.replacen("SELECT ", "SELECT ?1, ", 1)),
                    [name],
                )?;
            }
            for index in indexes(&MIGRATIONS[OF_ONE_DEVICE..]) {
                sql.execute_batch(&format!("DROP INDEX {index}"))?;
            }
            for table in tables(&MIGRATIONS[OF_ONE_DEVICE..]).iter().rev() {
                sql.execute_batch(&format!("PRAGMA defer_foreign_keys = ON; DROP TABLE {table}"))?;
            }
            sql.execute_batch("ALTER TABLE element DROP COLUMN fid")?;
            sql.pragma_update(None, "user_version", OF_ONE_DEVICE as u32)?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
}

#[test]
fn an_older_notebook_is_upgraded_after_a_backup_was_made_and_proven() {
    let profile = Profile::new();
    older(&profile);
    let notebook = profile.open();
    assert_eq!(title_of(&notebook, [1; 16]).as_deref(), Some("One"));
    let backups = notebook.backups().unwrap();
    assert_eq!(backups.len(), 1);
    assert!(backups[0].path.to_string_lossy().contains(&format!("before-upgrade-of-{}", OF_ONE_DEVICE)));
    assert_eq!(notebook.rotate_backups(None).unwrap(), 0, "it is never removed by itself");
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    notebook.write(|tx| set_title(tx, [1; 16], "Two")).unwrap();
    let left: i64 = notebook
        .read(|reader| {
            let count = "SELECT count(*) FROM secret WHERE name LIKE 'account/%' OR name LIKE 'journal/%'";
            Ok::<_, StoreError>(reader.sql().query_row(count, [], |row| row.get(0))?)
        })
        .unwrap();
    assert_eq!(left, 0, "each key stands in one place");
    drop(notebook);
    drop(profile.open());
    assert_eq!(profile.open().backups().unwrap().len(), 1);
}

#[test]
fn a_backup_of_an_older_version_is_put_in_place_and_joined() {
    let profile = Profile::new();
    older(&profile);
    let notebook = profile.open();
    let backup = notebook.backups().unwrap().remove(0).path;
    notebook.write(|tx| set_title(tx, [1; 16], "Two")).unwrap();
    notebook.join_backup(&backup).unwrap();
    assert_eq!(title_of(&notebook, [1; 16]).as_deref(), Some("Two"));
    drop(notebook);
    let host = &profile.host.host;
    let notebook = Notebook::restore(&profile.notebook(), host, &backup, Unlock::Keyring).unwrap();
    assert_eq!(title_of(&notebook, [1; 16]).as_deref(), Some("One"));
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_older_notebook_that_another_program_has_open_is_not_upgraded() {
    use crate::store::folder::{Folder, Lock};
    let profile = Profile::new();
    older(&profile);
    let other = Lock::shared(&Folder::new(&profile.notebook())).unwrap();
    let opened = Notebook::open(&profile.notebook(), &profile.host.host, Unlock::Keyring);
    assert!(matches!(opened, Err(NotebookError::InUse)));
    drop(other);
    drop(profile.open());
}
