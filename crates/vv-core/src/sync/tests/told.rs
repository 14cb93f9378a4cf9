//! What a person is told without being asked: once, by name, and no longer than it is so.

use super::*;
use crate::spaces::tests::people::{Person, create, let_in};
use crate::spaces::{History, Role, SpaceKind, remove_member};
use crate::store::StoreError;
use crate::store::inner::{Inner, TYPE_VERSION};
use crate::store::tests::{make_thing, set_title, title_of};
use crate::sync::{clock_ahead, look_at_space, refused};

fn kinds(notebook: &Notebook) -> Vec<AlarmKind> {
    open_alarms(notebook).unwrap().iter().map(|alarm| alarm.kind).collect()
}

/// Writes a record of a later version into the journal.
fn write_unknown(notebook: &Notebook, flags: u64) {
    notebook
        .write(|tx| {
            let (sql, now, core, place) = (tx.sql(), tx.now(), tx.core().clone(), tx.place());
            let own = tx.own()?;
            let (fid, hlc) = (own.fid(), own.tick(now));
            tx.put_own_away()?;
            let mut feed =
                crate::store::log::list_feeds(sql)?.into_iter().find(|feed| feed.fid == fid).unwrap();
            let key = core.keyring.for_writing(&place.space, place.stream)?;
            let space = core.keyring.space(&place.space).unwrap();
            let signing = core.feed_key(space, place.stream, feed.incarnation);
            let inner = Inner {
                kind: 9_999,
                version: TYPE_VERSION,
                hlc,
                object: [77; 16],
                body: vec![0x80],
                mview: [0; 16],
                acct_head: [0; 16],
                seen: None,
                flags,
            };
            let (raw, head) =
                crate::store::seal::seal_record(&feed.head, &key.epoch, &key.key, &signing, &inner)?;
            let row = crate::store::log::RecordRow {
                rid: 0,
                fid,
                seq: head.seq,
                kind: inner.kind,
                object: inner.object,
                hlc,
                state: crate::store::log::RecordState::Unknown,
                raw,
            };
            crate::store::log::insert_record(sql, &row)?;
            feed.head = head;
            crate::store::log::update_feed(sql, &feed)
        })
        .unwrap();
}

#[test]
fn what_this_version_must_understand_and_does_not_stops_writing_until_the_app_is_updated() {
    let (one, two) = two(&server());
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    write_unknown(one.notebook(), 0);
    one.sync();
    two.sync();
    two.notebook().write(|tx| set_title(tx, A, "Written all the same")).unwrap();
    assert!(kinds(two.notebook()).is_empty(), "what may be passed over stops nothing");

    write_unknown(one.notebook(), 1);
    one.sync();
    two.sync();
    assert_eq!(kinds(two.notebook()), [AlarmKind::UpdateNeeded]);
    let written = two.notebook().write(|tx| set_title(tx, A, "No"));
    assert!(matches!(written, Err(StoreError::UpdateNeeded)), "{written:?}");
    one.notebook().write(|tx| make_thing(tx, B, "Later", "is read")).unwrap();
    one.sync();
    two.sync();
    assert_eq!(title_of(two.notebook(), B).as_deref(), Some("Later"), "everything can be read");
    // Who belongs is said all the same.
    let third = Laptop::join(two.notebook(), 7);
    drop(third);

    // Another version looks again, and understands as little as this one.
    let sql = "UPDATE space_stopped SET version = '0.0.1'";
    two.notebook().write(|tx| Ok::<_, StoreError>(tx.sql().execute(sql, [])?)).unwrap();
    let Synced { laptop: Laptop { profile, notebook }, .. } = two;
    drop(notebook);
    let notebook = profile.open();
    assert!(matches!(notebook.write(|tx| set_title(tx, A, "No")), Err(StoreError::UpdateNeeded)));
    // A version that passes over nothing more goes on.
    let sql = "UPDATE space_stopped SET version = '0.0.1'";
    let passed = "UPDATE record SET state = 4 WHERE state = 1";
    for sql in [sql, passed] {
        notebook.write(|tx| Ok::<_, StoreError>(tx.sql().execute(sql, [])?)).unwrap();
    }
    drop(notebook);
    profile.open().write(|tx| set_title(tx, A, "Yes")).unwrap();
}

#[test]
fn a_clock_that_is_a_day_off_is_told_and_one_that_is_an_hour_off_is_not() {
    let way = server();
    let (one, _two) = two(&way);
    let now = one.laptop.profile.host.host.clock.now().timestamp();
    let ahead = |by: i64| {
        memory(&way).set_time(u64::try_from(now - by).unwrap());
        clock_ahead(one.notebook(), memory(&way).as_ref()).unwrap()
    };
    assert_eq!(ahead(3_600), None);
    assert_eq!(ahead(90_000), Some(90_000));
    assert_eq!(ahead(-200_000), Some(-200_000));
}

#[test]
fn a_record_that_ended_the_app_each_time_is_told_once() {
    let (one, two) = two(&server());
    settle(&one, &two);
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    let raw = crate::store::tests::devices::raws(one.notebook()).pop().unwrap();
    let hash = vv_protocol::Record::decode(&raw).unwrap().hash();
    for _ in 0..2 {
        two.notebook().write(|tx| crate::store::parked::note_death(tx.sql(), &hash)).unwrap();
    }
    one.sync();
    two.sync();
    assert!(kinds(two.notebook()).contains(&AlarmKind::Crashed));
    crate::sync::pause_place(two.notebook(), two.place, true).unwrap();
    two.answer(Answer::TryAgain);
    let pause = crate::sync::list_places(two.notebook()).unwrap()[0].pause;
    assert_eq!(pause, crate::sync::Pause::ByPerson, "what a person paused goes on when they say so");
    two.sync();
    assert_eq!(kinds(two.notebook()), []);
    let aside = refused(two.notebook()).unwrap();
    assert_eq!(aside[0].from.as_deref(), Some("Test laptop 1"), "it says whose it is");
}

#[test]
fn somebody_who_was_taken_out_is_told_plainly_and_reads_what_is_here() {
    let way = server();
    let (ana, cleo) = (Person::new("Ana", 1), Person::new("Cleo", 3));
    let at = Address::Server("https://sync.example.org".to_owned());
    let [a, c] = [&ana, &cleo].map(|person| add_place(&person.notebook, &at, "").unwrap());
    let sync = |person: &Person, place| {
        sync_with_server(&person.notebook, place, memory(&way).as_ref(), &mut Unwatched).unwrap()
    };
    let space = create(&ana, SpaceKind::Circle);
    let_in(&ana, &cleo, space, Role::Member, History::FromJoin);
    for _ in 0..3 {
        sync(&ana, a);
        sync(&cleo, c);
    }
    ana.write(space, A, "from Ana");
    sync(&ana, a);
    sync(&cleo, c);
    let look = look_at_space(&cleo.notebook, &space.0).unwrap();
    assert_eq!(look.heard.unwrap().device, "Ana", "a member goes by their name in the space");
    // Cleo is offline when it happens, and the server knows her no more when she is back.
    ana.notebook.write(|tx| remove_member(tx, space, cleo.id())).unwrap();
    for _ in 0..2 {
        sync(&ana, a);
    }
    sync(&cleo, c);
    sync(&cleo, c);
    let told = open_alarms(&cleo.notebook).unwrap();
    assert_eq!(
        told.iter().map(|alarm| (alarm.kind, alarm.space)).collect::<Vec<_>>(),
        [(AlarmKind::ShutOut, Some(space.0))]
    );
    assert_eq!(cleo.title(space, A).as_deref(), Some("from Ana"));
}

#[test]
fn a_server_that_was_restored_is_told_again_who_may_come_in() {
    let way = server();
    let (ana, ben) = (Person::new("Ana", 1), Person::new("Ben", 2));
    let at = Address::Server("https://sync.example.org".to_owned());
    let [a, b] = [&ana, &ben].map(|person| add_place(&person.notebook, &at, "").unwrap());
    let sync = |person: &Person, place| {
        sync_with_server(&person.notebook, place, memory(&way).as_ref(), &mut Unwatched).unwrap()
    };
    let space = create(&ana, SpaceKind::Circle);
    for _ in 0..2 {
        sync(&ana, a);
        sync(&ben, b);
    }
    let before = memory(&way).copy();
    let_in(&ana, &ben, space, Role::Member, History::FromJoin);
    for _ in 0..3 {
        sync(&ana, a);
        sync(&ben, b);
    }
    memory(&way).restore(&before);
    for _ in 0..2 {
        sync(&ana, a);
    }
    ana.write(space, B, "after the restore");
    for _ in 0..2 {
        sync(&ana, a);
        sync(&ben, b);
    }
    assert_eq!(ben.title(space, B).as_deref(), Some("after the restore"));
}
