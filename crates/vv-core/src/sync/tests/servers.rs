//! Through a server.

use super::*;
use crate::spaces::{History, SpaceKind, create_space};
use crate::store::tests::{make_thing, set_title, text_of, title_of, write_text};
use crate::sync::{leave_place, list_places, pause_place, space_progress};

#[test]
fn one_journal_is_on_two_laptops_through_a_server() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "One", "first line\n")).unwrap();
    one.sync();
    two.sync();
    assert_eq!(text_of(two.notebook(), A), "first line\n");

    // Both offline for weeks, both write into the same text.
    memory(&way).set_offline(true);
    one.notebook().write(|tx| write_text(tx, A, "above\nfirst line\n")).unwrap();
    two.notebook().write(|tx| write_text(tx, A, "first line\nbelow\n")).unwrap();
    two.notebook().write(|tx| make_thing(tx, B, "Two", "other")).unwrap();
    assert!(matches!(one.try_sync(), Err(SyncError::Remote(_))));
    memory(&way).set_offline(false);
    settle(&one, &two);
    assert_eq!(text_of(one.notebook(), A), "above\nfirst line\nbelow\n");
    assert_eq!(text_of(one.notebook(), B), "other");
}

#[test]
fn a_round_with_nothing_to_do_sends_and_fetches_nothing() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    let before = memory(&way).count();
    let round = one.sync();
    assert_eq!((round.sent, round.received, round.parked, round.refused), (0, 0, 0, 0));
    assert_eq!(memory(&way).count(), before);
    let waiting: u64 =
        space_progress(one.notebook(), one.place).unwrap().iter().map(|space| space.waiting).sum();
    assert_eq!(waiting, 0);
}

#[test]
fn what_is_sent_twice_is_there_once() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    let before = memory(&way).count();
    // The answers of all pushes were lost: everything is compared and sent anew.
    one.notebook().write(|tx| crate::sync::table::forget_progress(tx.sql(), one.place)).unwrap();
    one.notebook().write(|tx| crate::sync::table::count_traffic(tx.sql(), one.place, 1, 0, 0, 0)).unwrap();
    one.sync();
    assert_eq!(memory(&way).count(), before);
    settle(&one, &two);
}

#[test]
fn a_place_that_was_left_is_forgotten_and_the_notebook_stays() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    leave_place(one.notebook(), one.place).unwrap();
    assert!(list_places(one.notebook()).unwrap().is_empty());
    assert!(matches!(one.try_sync(), Err(SyncError::NoPlace)));
    assert_eq!(title_of(one.notebook(), A).as_deref(), Some("One"));
    let again =
        add_place(one.notebook(), &Address::Server("https://sync.example.org".to_owned()), "").unwrap();
    sync_with_server(one.notebook(), again, memory(&way).as_ref(), &mut Unwatched).unwrap();
    pause_place(one.notebook(), again, true).unwrap();
    assert_eq!(list_places(one.notebook()).unwrap()[0].pause, crate::sync::Pause::ByPerson);
}

#[test]
fn a_round_that_is_stopped_in_the_middle_keeps_what_came_and_goes_on_later() {
    struct Stop;
    impl crate::sync::Watch for Stop {
        fn step(&mut self, _: crate::sync::Progress) -> bool {
            false
        }
    }
    let way = server();
    let (one, two) = two(&way);
    for number in 0..40_u8 {
        one.notebook().write(|tx| make_thing(tx, [number + 10; 16], "Many", "words")).unwrap();
    }
    one.sync();
    let mut rounds = 0;
    while sync_with_server(two.notebook(), two.place, memory(&way).as_ref(), &mut Stop).is_err() {
        rounds += 1;
        assert!(rounds < 100, "each round gets further");
    }
    assert!(rounds > 0);
    settle(&one, &two);
}

#[test]
fn a_device_that_was_taken_away_gets_nothing_that_is_written_later() {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "Before", "text")).unwrap();
    settle(&one, &two);
    let lost = two.notebook().read(crate::devices::list_devices).unwrap();
    let lost = lost.iter().find(|device| device.is_this).unwrap().id;
    one.notebook().write(|tx| crate::devices::revoke_device(tx, lost)).unwrap();
    one.sync();
    one.notebook().write(|tx| set_title(tx, A, "After")).unwrap();
    one.sync();
    // The server does not know its key any more; and even with all the records it could open none.
    let ended = two.try_sync();
    assert!(matches!(ended, Err(SyncError::Alarm(AlarmKind::Refused))), "{ended:?}");
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("Before"));
    crate::store::tests::devices::bring(one.notebook(), two.notebook());
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("Before"));
}

#[test]
fn promise_17_the_access_keys_of_one_account_are_unequal_and_share_nothing() {
    let way = server();
    let laptop = Synced::with(Laptop::first(), way.clone());
    for kind in [SpaceKind::Pairing, SpaceKind::Circle, SpaceKind::Circle] {
        laptop.notebook().write(|tx| create_space(tx, kind, "Ours", "Ada", History::Full)).unwrap();
    }
    for _ in 0..2 {
        laptop.sync();
    }
    let Way::Server(memory) = &way else { unreachable!("it is a server") };
    let kept = memory.copy();
    let ids: Vec<[u8; 16]> = kept.spaces.keys().copied().collect();
    let keys: Vec<[u8; 32]> = kept.spaces.values().flat_map(|space| space.keys()).collect();
    assert_eq!((ids.len(), keys.len()), (5, 5), "the account's log, the journal, and three more");
    let shares =
        |one: &[u8], other: &[u8]| one.windows(5).any(|window| other.windows(5).any(|other| other == window));
    for (place, key) in keys.iter().enumerate() {
        assert!(keys[place + 1..].iter().all(|other| !shares(key, other)));
        assert!(ids.iter().all(|id| !shares(key, id)));
    }
}
