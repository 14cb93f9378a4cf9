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
fn after_quiet_weeks_it_comes_less_often_for_who_planned_their_time() {
    let mut computer = Computer::with_keyring();
    let events = planned(&computer);
    computer.write("five minutes");
    let in_a_week = |computer: &Computer, events: &Receiver<Event>, from: &str| {
        computer.ports.clock.set(from.parse::<DateTime<Utc>>().unwrap());
        let mut given = 0;
        for _ in 0..7 {
            given += reminders(computer, events).len();
            computer.ports.clock.advance(TimeDelta::days(1));
        }
        given
    };
    let plan = |minutes: Option<u16>| {
        let days = vec![0, 1, 2, 3, 4, 5, 6];
        Settings { reminder_days: days, weekly_minutes: minutes, ..Settings::default() }
    };
    assert_eq!(in_a_week(&computer, &events, "2026-03-23T16:30:00Z"), 7, "as they were chosen");
    vv_api::settings_change(&computer.app, plan(Some(30))).unwrap();
    assert_eq!(in_a_week(&computer, &events, "2026-04-13T16:30:00Z"), 2, "every fourth day");
    computer.restart();
    let events = computer.app.subscribe();
    assert_eq!(
        in_a_week(&computer, &events, "2026-04-20T16:30:00Z"),
        2,
        "not opened, it goes by what it knew"
    );
    vv_api::notebook_status(&computer.app).unwrap();
    computer.write("again");
    assert_eq!(in_a_week(&computer, &events, "2026-05-04T16:30:00Z"), 7, "one week with a word is enough");
    let refused = vv_api::settings_change(&computer.app, plan(Some(3)));
    assert_eq!(code(refused), ErrorCode::Invalid);
}

#[test]
fn the_time_given_in_a_week_stands_beside_the_plan_when_there_is_one() {
    let computer = Computer::with_keyring();
    computer.ports.clock.set("2026-03-02T08:00:00Z".parse::<DateTime<Utc>>().unwrap());
    let given = || vv_api::past_today(&computer.app).unwrap().given;
    assert_eq!(given(), None);
    let settings = Settings { weekly_minutes: Some(30), ..Settings::default() };
    vv_api::settings_change(&computer.app, settings).unwrap();
    let nothing = given().unwrap();
    assert_eq!((nothing.planned, nothing.enough), (30, 30));
    let before = nothing.minutes;
    computer.ports.clock.advance(TimeDelta::hours(1));
    for text in ["one", "two", "three"] {
        computer.write(text);
        computer.ports.clock.advance(TimeDelta::minutes(3));
    }
    computer.ports.clock.advance(TimeDelta::hours(2));
    computer.write("later");
    assert_eq!(given().unwrap().minutes - before, 8, "one, and twice three, and one by itself");
    computer.ports.clock.advance(TimeDelta::days(7));
    assert_eq!(given().unwrap().minutes, 0, "a new week begins at nothing");
    assert_eq!(given().unwrap().enough, 30);
    computer.ports.clock.advance(TimeDelta::days(7));
    assert_eq!(given().unwrap().enough, 15, "one quiet week");
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
