//! Records that arrive: in any order, erased elsewhere, wrong inside, twice for one place, deadly.

use super::devices::{A, B, Laptop, assert_same, bring, exchange, raws, take_all};
use super::*;
use crate::store::log::{self, RecordState};
use crate::store::take_in::{Taken, Why};

#[test]
fn records_in_any_order_wait_for_what_they_need() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    for number in 0..6 {
        one.notebook.write(|tx| make_thing(tx, [10 + number; 16], "t", "words\n")).unwrap();
        one.notebook.write(|tx| write_text(tx, [10 + number; 16], "words\nand more\n")).unwrap();
    }
    let mut backwards = raws(&one.notebook);
    backwards.reverse();
    // Each alone, the last first.
    let taken: Vec<Taken> =
        backwards.iter().map(|raw| take_all(&two.notebook, vec![raw.clone()])[0]).collect();
    assert!(taken.contains(&Taken::Parked(Why::Predecessor)));
    assert_same(&one.notebook, &two.notebook);
    let left: i64 = two
        .notebook
        .read(|reader| {
            Ok::<_, StoreError>(reader.sql().query_row("SELECT count(*) FROM parked", [], |r| r.get(0))?)
        })
        .unwrap();
    assert_eq!(left, 0, "nothing waits any more");
}

#[test]
fn what_was_erased_before_a_device_came_travels_as_what_is_left_of_it() {
    let one = Laptop::first();
    one.notebook.write(|tx| make_thing(tx, A, "gone", "walrus words")).unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "stays", "words")).unwrap();
    one.notebook.write(|tx| tx.erase(&A)).unwrap();
    let two = Laptop::join(&one.notebook, 2);
    let rows = one.notebook.read(|reader| log::records_after(reader.sql(), 0, 100_000)).unwrap();
    let taken = take_all(&two.notebook, rows.into_iter().map(|row| row.raw).collect());
    assert!(!taken.iter().any(|taken| matches!(taken, Taken::Refused(_))));
    assert_eq!(title_of(&two.notebook, B).as_deref(), Some("stays"));
    assert!(two.notebook.read(|reader| reader.object(&A)).unwrap().unwrap().erased);
    exchange(&one.notebook, &two.notebook);
    for notebook in [&one.notebook, &two.notebook] {
        assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
    }
}

#[test]
fn content_that_one_place_has_erased_comes_back_from_another_that_has_it() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    one.notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "Other", "words")).unwrap();
    let mut rows = one.notebook.read(|reader| log::records_after(reader.sql(), 0, 100_000)).unwrap();
    let whole: Vec<Vec<u8>> = rows.iter().map(|row| row.raw.clone()).collect();
    for row in rows.iter_mut().filter(|row| row.object == A) {
        row.raw = log::stub_of(&row.raw).unwrap();
    }
    take_all(&two.notebook, rows.into_iter().map(|row| row.raw).collect());
    assert_eq!((title_of(&two.notebook, A), title_of(&two.notebook, B).as_deref()), (None, Some("Other")));
    take_all(&two.notebook, whole);
    assert_eq!(text_of(&two.notebook, A), "words");
    exchange(&one.notebook, &two.notebook);
    assert_same(&one.notebook, &two.notebook);
}

/// Seals a record as the next of this device's own feed, whatever it holds.
fn forge(notebook: &Notebook, object: [u8; 16], body: &[u8]) -> Vec<u8> {
    notebook
        .write(|tx| {
            let (sql, now) = (tx.sql(), tx.now());
            let own = tx.own()?;
            let hlc = own.tick(now);
            own.append(sql, vv_protocol::OpType::Change, object, body.to_vec(), hlc)?;
            let fid = own.fid();
            let seq = own.head().seq;
            Ok::<_, StoreError>(log::record_at(sql, fid, seq)?.unwrap().raw)
        })
        .unwrap()
}

#[test]
fn a_record_that_cannot_be_merged_is_kept_in_its_place_and_the_rest_goes_on() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    one.notebook.write(|tx| make_thing(tx, A, "before", "words")).unwrap();
    let wrong = forge(&one.notebook, A, b"no operations at all");
    one.notebook.write(|tx| make_thing(tx, B, "after", "words")).unwrap();
    let mut all = raws(&one.notebook);
    all.push(b"no record".to_vec());
    all.push(vec![0; 300_000]);
    let taken = take_all(&two.notebook, all.clone());
    let refused = all.iter().zip(&taken).filter(|(_, taken)| matches!(taken, Taken::Refused(_)));
    let refused: Vec<&Vec<u8>> = refused.map(|(raw, _)| raw).collect();
    assert_eq!(refused.len(), 3);
    assert_eq!(refused[0], &wrong);
    assert_eq!(title_of(&two.notebook, A).as_deref(), Some("before"));
    assert_eq!(title_of(&two.notebook, B).as_deref(), Some("after"));
    assert_eq!(two.notebook.verify().unwrap().problems, Vec::<String>::new());
    assert!(take_all(&two.notebook, vec![wrong]).contains(&Taken::Known));
}

#[test]
fn a_signed_record_in_which_nothing_can_be_read_does_not_stop_its_feed() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    let wrong = one
        .notebook
        .write(|tx| {
            tx.own()?;
            tx.put_own_away()?;
            let (sql, core, place) = (tx.sql(), tx.core().clone(), tx.place());
            let space = core.keyring.space(&place.space).unwrap();
            let life = crate::identity::table::incarnation(sql)?;
            let feed = log::find_feed_of(sql, place.sid, place.stream, &core.device(), life)?;
            let mut feed = feed.unwrap();
            let key = core.keyring.for_writing(&place.space, place.stream)?;
            let signing = core.feed_key(space, place.stream, life);
            let content = vv_crypto::Zeroizing::new(b"nothing of what belongs here".to_vec());
            let (raw, head) =
                crate::store::seal::seal_content(&feed.head, &key.epoch, &key.key, &signing, content)?;
            let (rid, kind, object, hlc) = (0, 0, [0; 16], feed.hlc);
            let (fid, seq, state) = (feed.fid, head.seq, RecordState::Refused);
            log::insert_record(
                sql,
                &log::RecordRow { rid, fid, seq, kind, object, hlc, state, raw: raw.clone() },
            )?;
            feed.head = head;
            log::update_feed(sql, &feed)?;
            Ok::<_, StoreError>(raw)
        })
        .unwrap();
    one.notebook.write(|tx| make_thing(tx, B, "after", "words")).unwrap();
    let all = raws(&one.notebook);
    assert!(all.contains(&wrong));
    let taken = take_all(&two.notebook, all);
    assert_eq!(taken.iter().filter(|taken| matches!(taken, Taken::Refused(_))).count(), 1);
    assert_eq!(title_of(&two.notebook, B).as_deref(), Some("after"));
    assert_eq!(two.notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn two_records_for_one_place_are_kept_as_evidence_and_the_feed_is_marked() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    // A copy of the device that does not notice it was copied: the same life twice.
    let incarnation: [u8; 8] =
        one.notebook.read(|reader| crate::identity::table::fact_of(reader.sql(), "incarnation")).unwrap();
    let backup = one.notebook.backup(None).unwrap();
    let folder = one.profile.folder.path().join("clone/notebook");
    let clone = Notebook::restore(&folder, &one.profile.host.host, &backup.path, Unlock::Keyring).unwrap();
    clone.write(|tx| crate::identity::table::put_fact(tx.sql(), "incarnation", incarnation)).unwrap();
    one.notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    clone.write(|tx| make_thing(tx, B, "clone", "words")).unwrap();
    bring(&one.notebook, &two.notebook);
    let taken = bring(&clone, &two.notebook);
    assert!(taken.iter().any(|taken| matches!(taken, Taken::Refused(reason) if reason.contains("split"))));
    let kept: (i64, i64) = two
        .notebook
        .read(|reader| {
            let count = |text: &str| -> Result<i64, StoreError> {
                Ok(reader.sql().query_row(text, [], |row| row.get(0))?)
            };
            Ok::<_, StoreError>((
                count("SELECT count(*) FROM evidence")?,
                count("SELECT count(*) FROM feed_limit WHERE split = 1")?,
            ))
        })
        .unwrap();
    assert_eq!(kept, (1, 1));
    assert_eq!(title_of(&two.notebook, A).as_deref(), Some("One"));
    assert_eq!(two.notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn a_record_over_which_the_program_ended_waits_until_the_rest_is_safe_and_is_skipped_the_second_time() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    let wrong = forge(&one.notebook, A, &crate::store::op_cbor::encode_ops(&[]));
    one.notebook.write(|tx| make_thing(tx, B, "after", "words")).unwrap();
    let hash = vv_protocol::Record::decode(&wrong).unwrap().hash();
    let die = |profile: &Profile, notebook: Notebook| {
        let id: [u8; 16] =
            notebook.read(|r| crate::identity::table::fact_of(r.sql(), "notebook_id")).unwrap();
        drop(notebook);
        let name: String = id.iter().map(|byte| format!("{byte:02x}")).collect();
        let state = profile.host.host.state_folder.clone();
        std::fs::create_dir_all(&state).unwrap();
        std::fs::write(state.join(format!("notebook-{name}.merging")), hash).unwrap();
        profile.open()
    };
    let Laptop { profile, notebook } = two;
    let notebook = die(&profile, notebook);
    let taken = bring(&one.notebook, &notebook);
    assert!(taken.contains(&Taken::Parked(Why::Suspect)));
    // Had it been innocent, it would come in now, alone. It ends the program again.
    let notebook = die(&profile, notebook);
    assert_eq!(notebook.write(|tx| tx.try_suspects()).unwrap(), 0);
    let reason: String = notebook
        .read(|r| Ok::<_, StoreError>(r.sql().query_row("SELECT reason FROM refused", [], |row| row.get(0))?))
        .unwrap();
    assert!(reason.contains("ended"), "{reason}");
    assert_eq!(title_of(&notebook, B).as_deref(), Some("after"), "the rest goes on");
    assert_eq!(notebook.verify().unwrap().problems, Vec::<String>::new());
}

#[test]
fn an_innocent_record_over_which_the_program_was_ended_comes_in_when_it_is_tried_again() {
    let one = Laptop::first();
    let two = Laptop::join(&one.notebook, 2);
    exchange(&one.notebook, &two.notebook);
    one.notebook.write(|tx| make_thing(tx, A, "One", "words")).unwrap();
    let raw = raws(&one.notebook).pop().unwrap();
    let hash = vv_protocol::Record::decode(&raw).unwrap().hash();
    two.notebook.write(|tx| crate::store::parked::note_death(tx.sql(), &hash)).unwrap();
    bring(&one.notebook, &two.notebook);
    assert_eq!(title_of(&two.notebook, A), None);
    assert_eq!(two.notebook.write(|tx| tx.try_suspects()).unwrap(), 1);
    assert_same(&one.notebook, &two.notebook);
}
