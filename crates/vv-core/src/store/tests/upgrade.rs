//! Older files: brought up to date with a backup before, or not at all.

use super::*;
use crate::notebook::NotebookError;
use crate::store::migrate::{MIGRATIONS, tables};

/// Makes a notebook look as if an earlier version had written it: its last migration was not applied.
fn older(profile: &Profile) {
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, [1; 16], "One", "words")).unwrap();
    let last = MIGRATIONS.len() - 1;
    notebook
        .write(|tx| {
            for table in tables(&MIGRATIONS[last..]) {
                tx.sql().execute_batch(&format!("DROP TABLE {table}"))?;
            }
            tx.sql().pragma_update(None, "user_version", last as u32)?;
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
    assert!(
        backups[0].path.to_string_lossy().contains(&format!("before-upgrade-of-{}", MIGRATIONS.len() - 1))
    );
    assert_eq!(notebook.rotate_backups(None).unwrap(), 0, "it is never removed by itself");
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    drop(notebook);
    drop(profile.open());
    assert_eq!(profile.open().backups().unwrap().len(), 1);
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
