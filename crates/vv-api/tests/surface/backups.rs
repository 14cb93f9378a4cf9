//! Backups: made by hand and by themselves, listed, removed, put back.

use chrono::TimeDelta;
use vv_api::{
    error::ErrorCode,
    model::{
        notebook::{MakeBackup, RestoreBackup, UnlockNotebook},
        settings::Settings,
    },
};

use crate::computer::{Computer, PASSPHRASE, code};

fn names(computer: &Computer) -> Vec<String> {
    vv_api::backup_list(&computer.app).unwrap().into_iter().map(|backup| backup.path).collect()
}

#[test]
fn one_backup_is_made_each_day_and_the_last_of_days_weeks_and_months_are_kept() {
    let computer = Computer::with_keyring();
    vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    computer.app.tick();
    assert_eq!(names(&computer).len(), 1, "one of this day is there already");
    for _ in 0..40 {
        computer.ports.clock.advance(TimeDelta::days(1));
        computer.app.tick();
        computer.app.tick();
    }
    let all = names(&computer);
    // Seven days; of the weeks and months those that no day among them stands for; and the one that was asked for.
    assert!((11..=13).contains(&all.len()), "{all:?}");
    assert!(all.last().unwrap().contains("asked-for"), "what a person asked for is never removed");
}

#[test]
fn a_copy_goes_to_the_folder_of_choice_and_waits_calmly_while_it_is_away() {
    let computer = Computer::with_keyring();
    computer.write("one");
    let stick = computer.profile.folder.join("stick");
    let settings = Settings { backup_folder: stick.to_string_lossy().into_owned(), ..Settings::default() };
    vv_api::settings_change(&computer.app, settings).unwrap();
    computer.ports.clock.advance(TimeDelta::days(1));
    computer.app.tick();
    let state = vv_api::backup_state(&computer.app).unwrap();
    let folder = state.elsewhere.unwrap();
    assert!(!folder.is_there && folder.newest_at.is_none() && state.trouble.is_none());
    assert!(!stick.exists(), "a folder that is away is not made");
    assert!(state.newest.is_some(), "the notebook's own backup was made all the same");

    std::fs::create_dir(&stick).unwrap();
    computer.ports.clock.advance(TimeDelta::minutes(2));
    computer.app.tick();
    let folder = vv_api::backup_state(&computer.app).unwrap().elsewhere.unwrap();
    assert!(folder.is_there && folder.newest_at.is_some());
    assert_eq!(std::fs::read_dir(&stick).unwrap().count(), 1);
}

#[test]
fn once_a_month_the_newest_backup_is_opened_again_and_says_what_it_holds() {
    let computer = Computer::with_keyring();
    computer.write("one");
    computer.write("two");
    computer.ports.clock.advance(TimeDelta::hours(1));
    computer.app.tick();
    assert!(vv_api::backup_state(&computer.app).unwrap().drill.is_none());
    computer.ports.clock.advance(TimeDelta::days(31));
    computer.app.tick();
    let drill = vv_api::backup_state(&computer.app).unwrap().drill.unwrap();
    assert_eq!((drill.entries, drill.problem), (Some(2), None));

    // The newest is broken on the disk: the next drill says so, loudly and without an error.
    let newest = vv_api::backup_state(&computer.app).unwrap().newest.unwrap();
    let mut bytes = std::fs::read(&newest.path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    std::fs::write(&newest.path, bytes).unwrap();
    let drill = vv_api::backup_drill(&computer.app).unwrap();
    assert!(drill.entries.is_none() && drill.problem.is_some());
    assert_eq!(vv_api::backup_state(&computer.app).unwrap().drill, Some(drill));
}

#[test]
fn a_restore_keeps_what_stood_before_as_a_backup_that_can_be_joined_again() {
    let computer = Computer::with_keyring();
    computer.write("then");
    let made = vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    computer.write("since");
    let request = RestoreBackup { path: made.path, unlock: UnlockNotebook::Keyring };
    vv_api::backup_restore(&computer.app, request).unwrap();
    assert_eq!(computer.texts(), ["then"]);
    let before = names(&computer).into_iter().find(|path| path.contains("before-restore-")).unwrap();
    let joined = vv_api::backup_join(&computer.app, before).unwrap();
    assert_eq!(joined.entries, 1);
    let mut texts = computer.texts();
    texts.sort();
    assert_eq!(texts, ["since", "then"]);
}

#[test]
fn no_backup_is_made_when_the_person_does_not_want_it_or_the_start_is_not_over() {
    let computer = Computer::with_keyring();
    computer.app.tick();
    assert!(names(&computer).is_empty());
    vv_api::settings_change(&computer.app, Settings { daily_backup: false, ..Settings::default() }).unwrap();
    computer.ports.clock.advance(TimeDelta::hours(5));
    computer.app.tick();
    assert!(names(&computer).is_empty());
}

#[test]
fn only_the_notebooks_own_backups_can_be_removed() {
    let computer = Computer::with_keyring();
    let made = vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    let elsewhere = computer.profile.folder.join("precious.txt");
    std::fs::write(&elsewhere, "precious").unwrap();
    assert!(vv_api::backup_remove(&computer.app, elsewhere.to_string_lossy().into_owned()).is_err());
    assert!(elsewhere.exists());
    vv_api::backup_remove(&computer.app, made.path).unwrap();
    assert!(names(&computer).is_empty());
}

#[test]
fn a_restore_brings_back_what_was_there_then() {
    let computer = Computer::with_passphrase();
    computer.write("then");
    let made = vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    computer.write("now");
    let unlock = UnlockNotebook::Passphrase { passphrase: PASSPHRASE.to_owned() };
    vv_api::backup_restore(&computer.app, RestoreBackup { path: made.path, unlock }).unwrap();
    assert_eq!(computer.texts(), ["then"]);
}

#[test]
fn a_restore_that_is_refused_leaves_what_was_there() {
    let computer = Computer::with_passphrase();
    computer.write("now");
    let made = vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    let unlock = UnlockNotebook::Passphrase { passphrase: "not this one".to_owned() };
    assert_eq!(
        code(vv_api::backup_restore(&computer.app, RestoreBackup { path: made.path, unlock })),
        ErrorCode::WrongKey
    );
    computer.unlock(PASSPHRASE).unwrap();
    assert_eq!(computer.texts(), ["now"]);
}
