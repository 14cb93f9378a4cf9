//! A server that lies: each thing that it can do beside keeping what it was given, and what finds it out.
//!
//! | What it does | What finds it out |
//! |---|---|
//! | changes a byte of a record | the record is put aside, and the person is told |
//! | leaves a record out | what follows it waits; after a day it is said to keep something back |
//! | leaves out the end of a stream | the same, by what a later record quotes |
//! | shows two people two streams | the first record that crosses |
//! | gives the same record twice | nothing happens |
//! | gives records in another order | nothing happens: each waits for the one before |
//! | names a head that is farther than it gives | it is said to keep something back |
//! | names another hash than what it gives has | it is said to show different things |
//! | goes back under the same name | it is said to be set back |
//! | gives a record of another stream | the record is put aside |

use vv_protocol::wire::Carried;

use super::*;
use crate::store::tests::{make_thing, set_title, title_of};
use crate::sync::testing::{Kept, Stream};

/// Gives the content stream of the journal: the longest there is.
fn content(kept: &mut Kept) -> &mut Stream {
    let streams = kept.spaces.values_mut().flat_map(|space| space.streams.values_mut());
    streams.max_by_key(|stream| stream.records.len()).expect("something was sent")
}

/// Makes two laptops in step, and some records of the first that the second has not seen yet.
fn with_news() -> (Way, Synced, Synced) {
    let way = server();
    let (one, two) = two(&way);
    one.notebook().write(|tx| make_thing(tx, A, "One", "text")).unwrap();
    settle(&one, &two);
    for number in 0..6_u8 {
        one.notebook().write(|tx| make_thing(tx, [number + 50; 16], "News", "words")).unwrap();
    }
    one.sync();
    (way, one, two)
}

fn day_later(laptop: &Synced) {
    laptop.laptop.profile.host.clock.advance(chrono::TimeDelta::hours(25));
}

#[test]
fn a_record_with_a_changed_byte_is_put_aside() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| {
        let records = &mut content(kept).records;
        let last = records.last_mut().unwrap();
        let mut raw = last.raw().to_vec();
        let at = raw.len() - 40;
        raw[at] ^= 1;
        *last = Carried::from_raw(raw).unwrap();
    });
    let round = two.sync();
    assert_eq!((round.received, round.refused), (5, 1));
    assert!(open_alarms(two.notebook()).unwrap().iter().any(|alarm| alarm.kind == AlarmKind::Quarantined));
    assert!(two.notebook().verify().unwrap().problems.is_empty());
}

#[test]
fn a_record_that_is_left_out_is_missed_after_a_day() {
    let (way, one, two) = with_news();
    memory(&way).tamper(|kept| {
        let records = &mut content(kept).records;
        records.remove(records.len() - 3);
    });
    let round = two.sync();
    assert_eq!((round.received, round.parked), (3, 2));
    day_later(&two);
    for _ in 0..2 {
        let _quiet = two.try_sync();
    }
    two.assert_alarm(AlarmKind::Withheld);
    drop(one);
}

#[test]
fn two_streams_for_two_people_are_found_out_by_the_first_record_that_crosses() {
    let (way, one, mut two) = with_news();
    two.sync();
    // From here on each is shown a stream of their own, under the same name.
    let faces = [memory(&way), MemoryServer::new()];
    faces[1].set_back(&faces[0].copy());
    two.way = Way::Server(Arc::clone(&faces[1]));
    one.notebook().write(|tx| set_title(tx, A, "By one")).unwrap();
    two.notebook().write(|tx| set_title(tx, A, "By two")).unwrap();
    one.sync();
    two.sync();
    assert!(open_alarms(two.notebook()).unwrap().is_empty(), "nobody can know yet");
    // The next record of one quotes what one was shown; to let two see it at all is to be found out.
    one.notebook().write(|tx| set_title(tx, A, "By one again")).unwrap();
    one.sync();
    let mut news = Vec::new();
    faces[0].tamper(|kept| {
        let records = &content(kept).records;
        news = records[records.len() - 2..].to_vec();
    });
    faces[1].tamper(|kept| content(kept).records.extend(news));
    two.assert_alarm(AlarmKind::Forked);
    assert_eq!(
        title_of(two.notebook(), A).as_deref(),
        Some("By one again"),
        "what one wrote is kept all the same"
    );
}

#[test]
fn records_that_come_twice_or_in_another_order_are_taken_once_and_in_theirs() {
    let (way, one, two) = with_news();
    memory(&way).tamper(|kept| {
        let records = &mut content(kept).records;
        let count = records.len();
        records.swap(count - 1, count - 4);
        let again = records[count - 2].clone();
        records.push(again);
    });
    two.sync();
    assert_same(one.notebook(), two.notebook());
}

#[test]
fn a_record_of_another_stream_is_put_aside() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| {
        let mut streams: Vec<_> = kept.spaces.values_mut().collect();
        let other = streams[0].streams.values().next().unwrap().records[0].clone();
        let Some(space) = streams
            .iter_mut()
            .max_by_key(|space| space.streams.values().map(|s| s.records.len()).sum::<usize>())
        else {
            return;
        };
        let stream = space.streams.values_mut().max_by_key(|stream| stream.records.len()).unwrap();
        if stream.records[0].header().space != other.header().space {
            stream.records.push(other);
        }
    });
    let round = two.sync();
    assert_eq!(round.received, 6);
    assert!(two.notebook().verify().unwrap().problems.is_empty());
}

#[test]
fn going_back_under_the_same_name_is_noticed_at_once() {
    let (way, one, two) = with_news();
    two.sync();
    memory(&way).tamper(|kept| content(kept).records.truncate(4));
    two.assert_alarm(AlarmKind::RolledBack);
    one.assert_alarm(AlarmKind::RolledBack);
    assert_same(one.notebook(), two.notebook());
}
