//! What a program is told without asking.

use std::{sync::mpsc::Receiver, time::Duration};

use vv_api::{
    App, Event,
    model::{
        events::Topic,
        journal::ListEntries,
        portability::{ExportChoice, ExportFormat, ExportJournal, ImportJournal},
        settings::Settings,
    },
};

use crate::computer::{Computer, code};

/// Waits until a topic is raised. The wait is for a thread, and only a failure takes as long as it may.
fn hears(events: &Receiver<Event>, topic: Topic) -> bool {
    let heard = |event: Event| matches!(event, Event::Changed(changed) if changed.topics.contains(&topic));
    std::iter::from_fn(|| events.recv_timeout(Duration::from_secs(30)).ok()).any(heard)
}

#[test]
fn who_listens_hears_what_changes() {
    let computer = Computer::with_keyring();
    let events = computer.app.subscribe();
    computer.write("words");
    assert!(hears(&events, Topic::Journal));
    vv_api::settings_change(&computer.app, Settings::default()).unwrap();
    assert!(hears(&events, Topic::Settings));
}

#[test]
fn who_listened_before_the_opening_hears_what_changes_after_it() {
    let mut computer = Computer::with_keyring();
    computer.restart();
    let events = computer.app.subscribe();
    computer.status();
    assert!(hears(&events, Topic::Notebook));
    computer.write("words");
    assert!(hears(&events, Topic::Journal));
}

#[test]
fn a_tick_hears_of_what_another_program_wrote() {
    let computer = Computer::with_keyring();
    let other = App::with_host(computer.profile.clone(), computer.ports.host.clone());
    vv_api::notebook_status(&other).unwrap();
    computer.app.tick();
    let events = computer.app.subscribe();
    vv_api::journal_create_entry(&other, Default::default()).unwrap();
    computer.app.tick();
    assert!(hears(&events, Topic::Journal));
    let page = ListEntries { filter: Default::default(), offset: 0, limit: 10 };
    assert_eq!(vv_api::journal_list_entries(&computer.app, page).unwrap().total, 1);
}

#[test]
fn a_tick_takes_what_was_written_into_the_search() {
    let computer = Computer::with_keyring();
    for number in 0..10 {
        computer.write(&format!("word{number}"));
    }
    computer.app.tick();
    assert_eq!(vv_api::fill_search(&computer.app).unwrap().waiting, 0);
}

#[test]
fn long_work_tells_how_far_it_is() {
    let computer = Computer::with_keyring();
    let notes = computer.profile.folder.join("notes");
    std::fs::create_dir_all(&notes).unwrap();
    for number in 0..30 {
        std::fs::write(notes.join(format!("{number}.md")), format!("note {number}\n")).unwrap();
    }
    let events = computer.app.subscribe();
    let path = notes.to_string_lossy().into_owned();
    let request = ImportJournal { path, format: None, dry_run: false, passphrase: None };
    assert_eq!(vv_api::portability_import(&computer.app, request).unwrap().added, 30);
    assert!(events.try_iter().any(|event| matches!(event, Event::Progress(_))));
}

#[test]
fn long_work_needs_an_open_notebook() {
    let computer = Computer::new();
    let request = ExportJournal {
        path: "anywhere".to_owned(),
        format: ExportFormat::Json,
        choice: ExportChoice::default(),
        replace: false,
        language: String::new(),
    };
    assert_eq!(code(vv_api::portability_export(&computer.app, request)), vv_api::error::ErrorCode::Locked);
    vv_api::portability_stop(&computer.app).unwrap();
}
