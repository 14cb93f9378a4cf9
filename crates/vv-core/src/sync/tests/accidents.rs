//! Accidents that other programs are known for: nothing here is ever removed because something there is missing. The two that are
//! about files in pieces or under other names stand in `folders.rs`, those about writing in `while_writing.rs`.

use std::fs;

use super::*;
use crate::store::tests::{make_thing, set_title, text_of, title_of};
use crate::sync::{Pause, list_places};

#[test]
fn remote_folder_emptied() {
    let shared = tempfile::tempdir().unwrap();
    let (one, two) = two(&folder(shared.path()));
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    fs::remove_dir_all(shared.path().join(".vv1")).unwrap();
    one.assert_alarm(AlarmKind::Emptied);
    assert!(open_alarms(one.notebook()).unwrap()[0].count > 3, "it says how much was there");
    assert_eq!(list_places(one.notebook()).unwrap()[0].pause, Pause::ByAlarm);
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("One"));
    assert!(fs::read_dir(shared.path()).unwrap().next().is_none(), "nothing was written before the answer");
    one.answer(Answer::UploadAgain);
    one.sync();
    two.assert_alarm(AlarmKind::OtherPlace);
    two.answer(Answer::UploadAgain);
    settle(&one, &two);
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("One"));
}

#[test]
fn remote_folder_replaced_by_another_persons() {
    let (mine, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, two) = two(&folder(mine.path()));
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    let profile = crate::store::tests::Profile::of_another();
    let notebook = profile.create();
    let other = Synced::with(Laptop { profile, notebook }, folder(theirs.path()));
    other.sync();
    fs::remove_dir_all(mine.path().join(".vv1")).unwrap();
    crate::store::tests::copy_folder(theirs.path(), mine.path());
    let before = crate::store::tests::files_under(mine.path());
    one.assert_alarm(AlarmKind::OtherPlace);
    assert_eq!(crate::store::tests::files_under(mine.path()), before);
    assert_eq!(text_of(one.notebook(), A), "text");
    assert_same(one.notebook(), two.notebook());
}

#[test]
fn a_folder_that_is_not_there_is_only_away() {
    let shared = tempfile::tempdir().unwrap();
    let stick = shared.path().join("stick");
    fs::create_dir(&stick).unwrap();
    let (one, two) = two(&folder(&stick));
    settle(&one, &two);
    let elsewhere = shared.path().join("drawn");
    fs::rename(&stick, &elsewhere).unwrap();
    assert!(matches!(one.try_sync(), Err(SyncError::Folder(_))));
    assert!(open_alarms(one.notebook()).unwrap().is_empty());
    fs::rename(&elsewhere, &stick).unwrap();
    settle(&one, &two);
}

#[test]
fn server_restored_from_last_weeks_backup() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "Last week", "text")).unwrap();
    settle(&one, &two);
    let last_week = memory(&way).copy();
    one.notebook().write(|tx| set_title(tx, A, "Today")).unwrap();
    two.notebook().write(|tx| make_thing(tx, B, "Two", "of this week")).unwrap();
    settle(&one, &two);
    let count = memory(&way).count();
    memory(&way).restore(&last_week);
    settle(&one, &two);
    assert_eq!(memory(&way).count(), count);
    for laptop in [&one, &two] {
        let told = open_alarms(laptop.notebook()).unwrap();
        let told: Vec<_> =
            told.iter().map(|alarm| (alarm.kind, alarm.kind.pauses(), alarm.count > 0)).collect();
        assert_eq!(
            told,
            [(AlarmKind::Restored, false, true)],
            "it is told once, and nothing waits for an answer"
        );
    }
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("Today"));
}

#[test]
fn a_server_that_was_set_back_and_does_not_say_so_is_found_out() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "Last week", "text")).unwrap();
    settle(&one, &two);
    let last_week = memory(&way).copy();
    one.notebook().write(|tx| set_title(tx, A, "Today")).unwrap();
    settle(&one, &two);
    memory(&way).set_back(&last_week);
    one.assert_alarm(AlarmKind::RolledBack);
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("Today"));
    one.answer(Answer::UploadAgain);
    // What was lost is there again in its old place, so the other laptop has nothing to complain about.
    settle(&one, &two);
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("Today"));
}

#[test]
fn clock_set_to_1970_and_to_2199() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "Now", "text")).unwrap();
    settle(&one, &two);
    let at = |text: &str| chrono::DateTime::parse_from_rfc3339(text).unwrap().to_utc();
    two.laptop.profile.host.clock.set(at("2199-06-01T00:00:00Z"));
    two.notebook().write(|tx| set_title(tx, A, "From far ahead")).unwrap();
    settle(&one, &two);
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("From far ahead"));
    one.laptop.profile.host.clock.set(at("1970-01-02T00:00:00Z"));
    one.notebook().write(|tx| set_title(tx, A, "From long ago, and later")).unwrap();
    settle(&one, &two);
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("From long ago, and later"));
}

#[test]
fn a_device_returning_after_a_year() {
    let way = server();
    let (one, two) = two(&way);
    settle(&one, &two);
    two.notebook().write(|tx| make_thing(tx, B, "Unsent", "written before the year")).unwrap();
    for week in 0..52_u8 {
        one.laptop.profile.host.clock.advance(chrono::TimeDelta::weeks(1));
        one.notebook().write(|tx| make_thing(tx, [week + 10; 16], "Week", "words")).unwrap();
        one.sync();
    }
    two.laptop.profile.host.clock.advance(chrono::TimeDelta::weeks(52));
    settle(&one, &two);
    assert_eq!(title_of(one.notebook(), B).as_deref(), Some("Unsent"));
}

#[test]
fn a_notebook_brought_back_from_last_weeks_backup_gets_the_rest_from_the_server() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "Last week", "text")).unwrap();
    settle(&one, &two);
    let backup = one.notebook().backup(None).unwrap();
    one.notebook().write(|tx| set_title(tx, A, "Today")).unwrap();
    settle(&one, &two);

    let Synced { laptop: Laptop { profile, notebook }, place, way } = one;
    drop(notebook);
    let host = &profile.host.host;
    let unlock = crate::notebook::Unlock::Keyring;
    let notebook = Notebook::restore(&profile.notebook(), host, &backup.path, unlock).unwrap();
    let one = Synced { laptop: Laptop { profile, notebook }, place, way };
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("Last week"));
    one.notebook().write(|tx| make_thing(tx, B, "Since", "written after the restore")).unwrap();
    settle(&one, &two);
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("Today"));
    assert_eq!(title_of(two.notebook(), B).as_deref(), Some("Since"));
}
