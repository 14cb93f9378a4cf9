//! Who wrote what: told from the records, also of what an earlier version kept without saying so.

use super::*;
use crate::store::authors::{self, Act};

const KEPT: [u8; 16] = [1; 16];

fn add(tx: &mut Tx, words: &str) -> Result<(), StoreError> {
    let ops = vec![Op::Add { field: TAGS, element: Value::from(words) }];
    tx.commit(Change { object: KEPT, ops }).map(|_| ())
}

fn acts(notebook: &Notebook) -> Vec<Act> {
    let read = |reader: &crate::store::Reader| {
        Ok::<_, StoreError>(reader.authored(&KEPT)?.map(|authored| authored.acts(TAGS).to_vec()))
    };
    notebook.read(read).unwrap().unwrap_or_default()
}

#[test]
fn each_element_has_its_author_and_keeps_it_when_it_is_removed() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, KEPT, "One", "words")).unwrap();
    notebook.write(|tx| add(tx, "stays")).unwrap();
    notebook.write(|tx| add(tx, "goes")).unwrap();
    let gone = Op::Remove { field: TAGS, element: Value::from("goes") };
    notebook.write(|tx| tx.commit(Change { object: KEPT, ops: vec![gone] }).map(drop)).unwrap();
    let me = notebook.read(|reader| Ok::<_, StoreError>(reader.core().account_id)).unwrap();
    let found: Vec<_> =
        acts(&notebook).into_iter().map(|act| (act.value, act.author == Some(me), act.stands)).collect();
    assert_eq!(found, [(Value::from("goes"), true, false), (Value::from("stays"), true, true)]);
    let kept = notebook.read(|reader| reader.object(&KEPT)).unwrap().unwrap();
    assert_eq!(kept.elements(TAGS), [Value::from("stays")]);
}

#[test]
fn what_an_earlier_version_kept_without_an_author_gets_one_from_the_log() {
    let profile = Profile::new();
    let notebook = profile.create();
    notebook.write(|tx| make_thing(tx, KEPT, "One", "words")).unwrap();
    notebook.write(|tx| add(tx, "old")).unwrap();
    let before = acts(&notebook);
    notebook
        .write(|tx| tx.sql().execute("UPDATE element SET fid = 0", []).map_err(StoreError::from))
        .unwrap();
    assert!(acts(&notebook).is_empty(), "nobody is made up");
    assert_ne!(notebook.verify().unwrap().problems, Vec::<String>::new());
    let host = &profile.host.host;
    notebook.write(|tx| authors::resolve_older(tx.sql(), host)).unwrap();
    assert_eq!(acts(&notebook), before);
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}
