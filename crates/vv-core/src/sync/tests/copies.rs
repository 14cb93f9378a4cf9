//! One notebook on two computers that do not know of each other: a disk that was copied, a backup put back while the other went on.

use std::fs;

use super::*;
use crate::identity::table as identity;
use crate::notebook::Unlock;
use crate::store::StoreError;
use crate::store::tests::TAGS;
use crate::store::tests::{
    Profile, copy_folder, files_under, make_thing, set_title, text_of, title_of, write_text,
};
use crate::store::{Change, Op, Value};

const C: [u8; 16] = [3; 16];
const D: [u8; 16] = [4; 16];

/// Copies the whole disk of a laptop, so that nothing tells the two apart.
fn copy_of(one: &Synced) -> Synced {
    let life: [u8; 8] =
        one.notebook().read(|reader| identity::fact_of(reader.sql(), identity::fact::INCARNATION)).unwrap();
    let backup = one.notebook().backup(None).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let host = crate::ports::testing::TestHost::new(9, &folder.path().join("state"));
    let profile = Profile { folder, host };
    let host = &one.laptop.profile.host.host;
    let notebook = Notebook::restore(&profile.notebook(), host, &backup.path, Unlock::Keyring).unwrap();
    notebook.write(|tx| identity::put_fact(tx.sql(), identity::fact::INCARNATION, life)).unwrap();
    Synced { laptop: Laptop { profile, notebook }, place: one.place, way: one.way.clone() }
}

fn settle_all(laptops: &[&Synced]) {
    for _ in 0..4 {
        for laptop in laptops {
            laptop.sync();
        }
    }
    for laptop in &laptops[1..] {
        assert_same(laptops[0].notebook(), laptop.notebook());
    }
}

fn tag(laptop: &Synced, tag: &str) {
    let ops = vec![Op::Add { field: TAGS, element: Value::from(tag) }];
    laptop.notebook().write(|tx| tx.commit(Change { object: A, ops: ops.clone() })).unwrap();
}

fn tags(laptop: &Synced) -> Vec<Value> {
    laptop.notebook().read(|reader| reader.object(&A)).unwrap().unwrap().sets[&TAGS].clone()
}

/// Lets both copies write, in the same object and in their own.
fn both_write(one: &Synced, copy: &Synced) {
    one.notebook().write(|tx| write_text(tx, A, "by one\nbase\n")).unwrap();
    one.notebook().write(|tx| make_thing(tx, B, "Of one", "words of one\n")).unwrap();
    tag(one, "one");
    copy.notebook().write(|tx| write_text(tx, A, "base\nby the copy\n")).unwrap();
    copy.notebook().write(|tx| make_thing(tx, C, "Of the copy", "words of the copy\n")).unwrap();
    copy.notebook().write(|tx| write_text(tx, C, "more words of the copy\n")).unwrap();
    copy.notebook().write(|tx| tx.erase(&D)).unwrap();
    tag(copy, "copy");
}

fn assert_both_are_everywhere(laptops: &[&Synced]) {
    for laptop in laptops {
        assert_eq!(text_of(laptop.notebook(), A), "by one\nbase\nby the copy\n");
        assert_eq!(title_of(laptop.notebook(), B).as_deref(), Some("Of one"));
        assert_eq!(text_of(laptop.notebook(), C), "more words of the copy\n");
        assert_eq!(tags(laptop), [Value::from("copy"), Value::from("one")]);
        assert!(laptop.notebook().read(|reader| reader.object(&D)).unwrap().unwrap().erased);
        assert!(open_alarms(laptop.notebook()).unwrap().is_empty());
    }
}

/// Makes two laptops in step.
fn begin(way: &Way) -> (Synced, Synced) {
    let (one, two) = two(way);
    one.notebook().write(|tx| make_thing(tx, A, "Shared", "base\n")).unwrap();
    one.notebook().write(|tx| make_thing(tx, D, "Gone soon", "words\n")).unwrap();
    settle(&one, &two);
    (one, two)
}

#[test]
fn two_copies_of_one_notebook_at_a_server_both_keep_what_they_wrote() {
    let way = server();
    let (one, two) = begin(&way);
    let copy = copy_of(&one);
    both_write(&one, &copy);
    one.sync();
    copy.assert_alarm(AlarmKind::SetBack);
    assert_eq!(text_of(copy.notebook(), A), "base\nby the copy\n", "nothing changes before the answer");
    copy.answer(Answer::UploadAgain);
    assert_eq!(copy.notebook().verify().unwrap().problems, Vec::<String>::new());
    settle_all(&[&one, &two, &copy]);
    assert_both_are_everywhere(&[&one, &two, &copy]);

    // Both write on, and never meet again in one place.
    one.notebook().write(|tx| set_title(tx, A, "One goes on")).unwrap();
    copy.notebook().write(|tx| set_title(tx, C, "The copy goes on")).unwrap();
    settle_all(&[&one, &two, &copy]);
    assert_eq!(title_of(one.notebook(), C).as_deref(), Some("The copy goes on"));
    assert_eq!(title_of(copy.notebook(), A).as_deref(), Some("One goes on"));
}

#[test]
fn two_copies_that_met_in_a_folder_before_either_read_the_other_end_the_same_everywhere() {
    let (left, right) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let way = folder(left.path());
    let (one, two) = begin(&way);
    let mut copy = copy_of(&one);
    // The drive of the copy is late.
    copy_folder(left.path(), right.path());
    copy.way = folder(right.path());
    both_write(&one, &copy);
    one.sync();
    copy.sync();
    let before = files_under(left.path());
    for file in files_under(right.path()) {
        let place = left.path().join(file.strip_prefix(right.path()).unwrap());
        if !before.contains(&place) {
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            fs::copy(file, place).unwrap();
        }
    }
    copy.way = way;
    for laptop in [&one, &two, &copy] {
        laptop.assert_alarm(AlarmKind::SetBack);
        laptop.answer(Answer::UploadAgain);
    }
    settle_all(&[&one, &two, &copy]);
    assert_both_are_everywhere(&[&one, &two, &copy]);
    one.notebook().write(|tx| set_title(tx, A, "One goes on")).unwrap();
    copy.notebook().write(|tx| set_title(tx, C, "The copy goes on")).unwrap();
    settle_all(&[&one, &two, &copy]);
    // Whoever comes later reads one story.
    let late = Synced::with(Laptop::join(one.notebook(), 3), one.way.clone());
    settle_all(&[&one, &late]);
    assert_both_are_everywhere(&[&late]);
}

#[test]
fn a_copy_that_reads_a_folder_first_gives_way_without_having_put_anything_there() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = begin(&folder(shared.path()));
    let copy = copy_of(&one);
    both_write(&one, &copy);
    one.sync();
    two.sync();
    copy.assert_alarm(AlarmKind::SetBack);
    copy.answer(Answer::UploadAgain);
    settle_all(&[&one, &two, &copy]);
    assert_both_are_everywhere(&[&one, &two, &copy]);
}

#[test]
fn a_feed_that_has_split_goes_to_no_other_place_either() {
    let shared = tempfile::tempdir().unwrap();
    let way = server();
    let (one, two) = begin(&way);
    let copy = copy_of(&one);
    both_write(&one, &copy);
    one.sync();
    copy.assert_alarm(AlarmKind::SetBack);
    let place = add_place(copy.notebook(), &Address::Folder(shared.path().to_path_buf()), "").unwrap();
    sync_with_folder(copy.notebook(), place, shared.path(), &mut Unwatched).unwrap();
    let reader = Synced::with(Laptop::join(two.notebook(), 5), folder(shared.path()));
    reader.sync();
    assert_eq!(title_of(reader.notebook(), C), None);
    copy.answer(Answer::UploadAgain);
    sync_with_folder(copy.notebook(), place, shared.path(), &mut Unwatched).unwrap();
    for _ in 0..4 {
        for laptop in [&one, &two, &copy, &reader] {
            laptop.sync();
        }
        sync_with_folder(copy.notebook(), place, shared.path(), &mut Unwatched).unwrap();
    }
    assert_both_are_everywhere(&[&one, &two, &copy, &reader]);
}

#[test]
fn devices_that_were_added_on_both_copies_belong_to_the_person() {
    let way = server();
    let (one, two) = begin(&way);
    let copy = copy_of(&one);
    let by_one = Synced::with(Laptop::join(one.notebook(), 5), way.clone());
    let by_copy = Synced::with(Laptop::join(copy.notebook(), 6), way);
    one.sync();
    copy.assert_alarm(AlarmKind::SetBack);
    copy.answer(Answer::UploadAgain);
    copy.sync();
    // The device that the copy added has begun with what gave way.
    by_copy.assert_alarm(AlarmKind::SetBack);
    by_copy.answer(Answer::UploadAgain);
    settle_all(&[&one, &two, &copy, &by_one, &by_copy]);
    let devices = two.notebook().read(crate::devices::list_devices).unwrap();
    assert_eq!(devices.iter().filter(|device| device.revoked_at.is_none()).count(), 4);
}

#[test]
fn words_in_an_open_editor_of_the_copy_that_gives_way_are_kept_once() {
    let way = server();
    let (one, two) = begin(&way);
    let text = crate::journal::NewEntry { text: "a line\n".into(), ..Default::default() };
    let entry = one.notebook().write(|tx| crate::journal::create_entry(tx, text)).unwrap();
    settle(&one, &two);
    let copy = copy_of(&one);
    let on_one = crate::journal::open_editor(one.notebook(), entry).unwrap().session;
    crate::journal::save_text(one.notebook(), on_one, "by one\na line\n", "", true).unwrap();
    let open = crate::journal::open_editor(copy.notebook(), entry).unwrap().session;
    crate::journal::save_text(copy.notebook(), open, "a line\nby the copy\n", "", false).unwrap();
    one.sync();
    copy.assert_alarm(AlarmKind::SetBack);
    copy.answer(Answer::UploadAgain);
    copy.sync();
    // The editor still shows what it showed, and its person types on.
    let saved =
        crate::journal::save_text(copy.notebook(), open, "a line\nby the copy, and on\n", "", false).unwrap();
    assert!(!saved.splices.is_empty(), "the editor is told of the other line");
    settle_all(&[&one, &two, &copy]);
    let shown = two.notebook().read(|reader| crate::journal::get_entry(reader, entry)).unwrap();
    assert_eq!(shown.text, "by one\na line\nby the copy, and on\n");
    let kept: i64 = copy
        .notebook()
        .read(|reader| {
            let sql = reader.sql();
            Ok::<_, StoreError>(sql.query_row(
                "SELECT count(*) FROM evidence WHERE settled = 2",
                [],
                |row| row.get(0),
            )?)
        })
        .unwrap();
    assert!(kept > 0, "what gave way is kept as it was");
}
