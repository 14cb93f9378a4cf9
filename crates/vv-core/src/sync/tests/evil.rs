//! A server that lies: each thing that it can do beside keeping what it was given, and what finds it out.
//!
//! | What it does | What finds it out | Test |
//! |---|---|---|
//! | changes a byte of a record | the record is put aside, and the person is told | `a_record_with_a_changed_byte_is_put_aside` |
//! | leaves a record out | what follows it waits; after a day it is said to keep something back | `a_record_that_is_left_out_is_missed_after_a_day` |
//! | leaves a whole feed out, and the end of a stream with it | what a later record of somebody else quotes; after a day | `the_end_that_is_kept_back_is_missed_by_what_a_later_record_quotes` |
//! | hides an operation of a control stream or account log | the next one quotes a hash that it is part of | `an_operation_that_is_hidden_is_noticed_by_the_next_one` |
//! | shows two people two streams | the first record that crosses | `two_streams_for_two_people_are_found_out_by_the_first_record_that_crosses` |
//! | gives the same record twice, or records in another order | nothing happens: each waits for the one before | `records_that_come_twice_or_in_another_order_are_taken_once_and_in_theirs` |
//! | names a head that is farther than it gives | it is said to keep something back | `a_head_that_is_farther_than_what_is_given_is_said_to_keep_something_back` |
//! | names another hash than what it gives has | it is said to show different things | `another_hash_than_that_of_what_is_given_is_said_to_show_different_things` |
//! | names another hash of what was read before | the same | `another_hash_of_what_was_read_before_is_noticed_without_anything_new` |
//! | gives another page than was asked for | the same | `a_page_from_elsewhere_in_the_stream_is_not_taken_in` |
//! | gives a page of another copy | it is asked again, and nothing is taken in | `a_page_of_another_copy_is_not_taken_in` |
//! | goes back under the same name | it is said to be set back | `going_back_under_the_same_name_is_noticed_at_once` |
//! | denies that there is a stream | the same | `a_stream_that_it_says_is_not_there_is_said_to_be_set_back` |
//! | gives a record of another stream or space | the record is put aside | `a_record_of_another_stream_is_put_aside` |
//! | gives another chunk of a file | it is not kept, and asked for again | `another_chunk_than_its_name_says_is_not_kept` |
//! | adds a record under a feed of its own | the record waits for a beginning that never comes | `crates/vv-core/src/store/tests/arriving.rs` |
//! | wraps keys to others, adds or removes a member or device | what it made counts for nobody | `crates/vv-core/src/spaces/epochs/tests`, `crates/vv-core/src/identity/resolve/tests.rs` |
//! | repeats a token or claim, passes a claim on to another server | the honest server refuses it | `crates/vv-server/tests` |
//!
//! One thing it can do unnoticed: give header and hash of a record alone, as if somebody had deleted it for good. Whoever has the record
//! keeps it, and it lacks where it was not yet.

use vv_protocol::wire::Carried;

use super::*;
use crate::devices::list_devices;
use crate::journal::{NewEntry, attach_bytes, create_entry, get_entry, read_attachment};
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
fn an_operation_that_is_hidden_is_noticed_by_the_next_one() {
    let (way, one, two) = with_news();
    two.sync();
    let before = memory(&way).copy();
    // Two devices are added, one after the other; the server does not want the first of them to be known.
    for seed in [3, 4] {
        drop(Laptop::join(one.notebook(), seed));
        one.sync();
    }
    let mut hidden = 0;
    memory(&way).tamper(|kept| {
        for (id, space) in &mut kept.spaces {
            let Some(log) = space.streams.get_mut(&vv_protocol::CONTROL_STREAM) else { continue };
            let known = before.spaces[id].streams[&vv_protocol::CONTROL_STREAM].records.len();
            if log.records.len() > known + 1 {
                log.records.remove(known);
                hidden += 1;
            }
        }
    });
    assert_eq!(hidden, 1, "the log of the account");
    // What follows the hidden one quotes a hash that it is part of.
    two.assert_alarm(AlarmKind::Forked);
    assert_eq!(two.notebook().read(list_devices).unwrap().len(), 2, "nothing is merged out of its order");
}

/// A third device writes, the first reads it and writes too. The server gives what the first wrote, and nothing of the third.
#[test]
fn the_end_that_is_kept_back_is_missed_by_what_a_later_record_quotes() {
    let (way, one, mut two) = with_news();
    two.sync();
    let three = Synced::with(Laptop::join(one.notebook(), 3), way.clone());
    for round in 0..2_u8 {
        for laptop in [&one, &three, &two] {
            laptop.sync();
            laptop.notebook().write(keep_up).unwrap();
        }
        three.notebook().write(|tx| make_thing(tx, [round + 80; 16], "Third", "words")).unwrap();
    }
    two.sync();
    let before = memory(&way).copy();
    for number in 0..5_u8 {
        three.notebook().write(|tx| make_thing(tx, [number + 90; 16], "Kept back", "words")).unwrap();
    }
    three.sync();
    one.sync();
    one.notebook().write(|tx| set_title(tx, A, "By one, later")).unwrap();
    one.sync();
    let mut late = None;
    memory(&way).tamper(|kept| late = content(kept).records.last().cloned());
    let face = MemoryServer::new();
    face.set_back(&before);
    face.tamper(|kept| content(kept).records.extend(late));
    two.way = Way::Server(face);
    two.sync();
    assert_eq!(title_of(two.notebook(), A).as_deref(), Some("By one, later"));
    assert!(open_alarms(two.notebook()).unwrap().is_empty(), "it may only be late");
    day_later(&two);
    for _ in 0..2 {
        let _quiet = two.try_sync();
    }
    two.assert_alarm(AlarmKind::Withheld);
}

#[test]
fn a_head_that_is_farther_than_what_is_given_is_said_to_keep_something_back() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| kept.lies.heads = Some(|head| head.head += 3));
    two.assert_alarm(AlarmKind::Withheld);
    assert!(two.notebook().verify().unwrap().problems.is_empty());
}

#[test]
fn another_hash_than_that_of_what_is_given_is_said_to_show_different_things() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| kept.lies.pages = Some(|page| page.chain[0] ^= 1));
    two.assert_alarm(AlarmKind::Forked);
    assert_eq!(title_of(two.notebook(), [50; 16]), None, "nothing of such a page is taken in");
}

#[test]
fn another_hash_of_what_was_read_before_is_noticed_without_anything_new() {
    let (way, _one, two) = with_news();
    two.sync();
    memory(&way).tamper(|kept| kept.lies.heads = Some(|head| head.chain[31] ^= 1));
    two.assert_alarm(AlarmKind::Forked);
}

#[test]
fn a_page_from_elsewhere_in_the_stream_is_not_taken_in() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| kept.lies.pages = Some(|page| page.after += 1));
    two.assert_alarm(AlarmKind::Forked);
    assert_eq!(title_of(two.notebook(), [50; 16]), None);
}

#[test]
fn a_page_of_another_copy_is_not_taken_in() {
    let (way, _one, two) = with_news();
    memory(&way).tamper(|kept| kept.lies.pages = Some(|page| page.log[0] ^= 1));
    assert!(two.try_sync().is_err());
    assert_eq!(title_of(two.notebook(), [50; 16]), None);
    memory(&way).tamper(|kept| kept.lies.pages = None);
    assert_eq!(two.sync().received, 6, "an honest page is taken as if nothing had been");
}

#[test]
fn a_stream_that_it_says_is_not_there_is_said_to_be_set_back() {
    let (way, one, two) = with_news();
    two.sync();
    memory(&way).tamper(|kept| content(kept).records.clear());
    two.assert_alarm(AlarmKind::RolledBack);
    one.assert_alarm(AlarmKind::RolledBack);
}

#[test]
fn another_chunk_than_its_name_says_is_not_kept() {
    let (way, one, two) = with_news();
    two.sync();
    let new = NewEntry { text: "with a file".into(), ..NewEntry::default() };
    let entry = one.notebook().write(|tx| create_entry(tx, new)).unwrap();
    attach_bytes(one.notebook(), entry, "board.bin", &[7; 3000]).unwrap();
    one.sync();
    let flip = |kept: &mut Kept| {
        for chunk in kept.spaces.values_mut().flat_map(|space| space.chunks.values_mut()) {
            chunk[100] ^= 1;
        }
    };
    memory(&way).tamper(flip);
    two.sync();
    let file = two.notebook().read(|reader| get_entry(reader, entry)).unwrap().attachments.remove(0);
    let read = || read_attachment(two.notebook(), file.id).map(|bytes| bytes.to_vec());
    assert!(read().is_err(), "a file that is not what was attached is not shown");
    memory(&way).tamper(flip);
    two.sync();
    assert_eq!(read().unwrap(), vec![7; 3000]);
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
