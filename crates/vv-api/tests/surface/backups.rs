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
fn one_backup_is_made_each_day_and_seven_are_kept() {
    let computer = Computer::with_keyring();
    vv_api::backup_make(&computer.app, MakeBackup { path: None }).unwrap();
    computer.app.tick();
    assert_eq!(names(&computer).len(), 1, "one of this day is there already");
    for _ in 0..9 {
        computer.ports.clock.advance(TimeDelta::days(1));
        computer.app.tick();
        computer.app.tick();
    }
    let all = names(&computer);
    assert_eq!(all.len(), 8, "seven by themselves, and the one that was asked for");
    assert!(all.last().unwrap().contains("asked-for"), "what a person asked for is never removed");
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
