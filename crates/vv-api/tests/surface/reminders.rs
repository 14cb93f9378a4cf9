//! The reminder of the day, as the window hears of it.

use std::sync::mpsc::Receiver;

use chrono::{DateTime, TimeDelta, Utc};
use vv_api::{
    Event, Reminder,
    error::ErrorCode,
    model::{intentions::MakeIntention, settings::Settings},
};

use crate::computer::{Computer, code};

/// Chooses every day at 17:00, and stands at 16:59 of Monday, 2 March 2026, in Berlin.
fn planned(computer: &Computer) -> Receiver<Event> {
    let settings = Settings { reminder_days: vec![0, 1, 2, 3, 4, 5, 6], ..Settings::default() };
    vv_api::settings_change(&computer.app, settings).unwrap();
    computer.ports.clock.set("2026-03-02T15:59:00Z".parse::<DateTime<Utc>>().unwrap());
    computer.app.subscribe()
}

fn reminders(computer: &Computer, events: &Receiver<Event>) -> Vec<Reminder> {
    computer.app.tick();
    events
        .try_iter()
        .filter_map(|event| if let Event::Reminder(reminder) = event { Some(reminder) } else { None })
        .collect()
}

#[test]
fn it_comes_once_a_day_also_after_a_new_start() {
    let mut computer = Computer::with_keyring();
    let events = planned(&computer);
    assert_eq!(reminders(&computer, &events), []);
    computer.ports.clock.advance(TimeDelta::minutes(1));
    assert_eq!(reminders(&computer, &events), [Reminder::Write]);
    assert_eq!(reminders(&computer, &events), []);
    computer.restart();
    let events = computer.app.subscribe();
    computer.ports.clock.advance(TimeDelta::minutes(30));
    assert_eq!(reminders(&computer, &events), []);
    computer.ports.clock.advance(TimeDelta::days(1));
    assert_eq!(reminders(&computer, &events), [Reminder::Write]);
}

#[test]
fn who_wrote_today_is_not_reminded_unless_something_comes_back() {
    let computer = Computer::with_keyring();
    let events = planned(&computer);
    computer.write("five minutes");
    computer.ports.clock.advance(TimeDelta::minutes(1));
    assert_eq!(reminders(&computer, &events), []);
    let intention = MakeIntention {
        text: "ask first".into(),
        due_on: "2026-03-03".parse().unwrap(),
        entry: None,
        from_words: String::new(),
        loop_id: None,
    };
    vv_api::intentions_make(&computer.app, intention).unwrap();
    computer.ports.clock.advance(TimeDelta::days(1));
    assert_eq!(reminders(&computer, &events), [Reminder::IntentionDue]);
}

#[test]
fn it_comes_behind_a_lock_too_and_never_without_a_notebook() {
    let computer = Computer::with_passphrase();
    let events = planned(&computer);
    vv_api::notebook_lock(&computer.app).unwrap();
    computer.ports.clock.advance(TimeDelta::minutes(1));
    assert_eq!(reminders(&computer, &events), [Reminder::Write]);

    let nobody = Computer::new();
    let events = planned(&nobody);
    nobody.ports.clock.advance(TimeDelta::minutes(1));
    assert_eq!(reminders(&nobody, &events), []);
}

#[test]
fn a_plan_that_could_never_come_is_refused() {
    let computer = Computer::with_keyring();
    let quiet = Settings { reminder_days: vec![0], reminder_at: "21:00".into(), ..Settings::default() };
    let refused = vv_api::settings_change(&computer.app, quiet).unwrap_err();
    assert_eq!((refused.code, refused.field.as_deref()), (ErrorCode::Invalid, Some("reminder_at")));
    let none = Settings { quiet_to: "25:00".into(), ..Settings::default() };
    assert_eq!(code(vv_api::settings_change(&computer.app, none)), ErrorCode::Invalid);
}
