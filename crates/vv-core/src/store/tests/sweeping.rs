//! Chunks that nothing names go; all others stay.

use std::fs::{self, File};
use std::time::Duration;

use super::*;
use crate::journal::{self, NewEntry, create_entry};
use crate::ports::Clock as _;

/// Makes every file of the notebook's chunks as old as the clock of the test says.
fn age(profile: &Profile, hours: u64) {
    let then = std::time::SystemTime::from(profile.host.clock.now()) - Duration::from_secs(hours * 3600);
    for path in files_under(&profile.notebook().join("blobs")) {
        File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
    }
}

#[test]
fn only_old_chunks_that_nothing_names_are_swept() {
    let profile = Profile::new();
    let notebook = profile.create();
    let entry =
        notebook.write(|tx| create_entry(tx, NewEntry { text: "x".into(), ..NewEntry::default() })).unwrap();
    let kept = journal::attach_bytes(&notebook, entry, "kept.bin", &[1; 3000]).unwrap().attachment;
    // As a crash leaves it: sealed, and no record.
    let orphan = notebook.blobs().put(&mut [2u8; 3000].as_slice(), u64::MAX).unwrap();
    // As another feature keeps it: named in a table that this one knows nothing of.
    let elsewhere = notebook.blobs().put(&mut [3u8; 3000].as_slice(), u64::MAX).unwrap();
    notebook
        .write(|tx| {
            let name = [b"before ".as_slice(), elsewhere.chunks[0].as_slice(), b" after".as_slice()].concat();
            tx.sql().execute("INSERT INTO meta (name, value) VALUES ('a draft of something', ?1)", [name])?;
            Ok::<_, StoreError>(())
        })
        .unwrap();
    let half = notebook.blobs().path_of(&orphan.chunks[0]).with_extension("part");
    fs::write(&half, "half").unwrap();

    age(&profile, 23);
    assert_eq!(notebook.sweep_chunks().unwrap(), 0, "too young: its record may be on the way");
    age(&profile, 25);
    assert_eq!(notebook.sweep_chunks().unwrap(), 2);
    assert!(!half.exists() && notebook.blobs().check(&orphan).is_err());
    notebook.blobs().check(&elsewhere).unwrap();
    assert_eq!(journal::read_attachment(&notebook, kept.id).unwrap().len(), 3000);
    assert_eq!(notebook.sweep_chunks().unwrap(), 0);
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}
