//! Pushing, pulling, erasing.

use vv_protocol::wire::{Carried, PurgeClaim, Rights};
use vv_protocol::{STREAM_CHAIN_START, stream_chain};
use vv_server::store::{Ask, Caller, Push, StoreError};

use super::*;

#[tokio::test]
async fn what_was_pushed_is_pulled_in_order_with_its_chain() {
    for place in both_with_a_space().await {
        let (mut one, mut other) = (feed(1), feed(2));
        let mut chain = STREAM_CHAIN_START;
        let mut raws = Vec::new();
        for (count, from) in [(3, &mut one), (2, &mut other)] {
            let batch = from.batch(count, CT);
            for record in &batch.records {
                chain = stream_chain(&chain, &record.hash());
                raws.push(record.raw().to_vec());
            }
            let answer = place.store.push(push(batch)).await.unwrap();
            assert_eq!(
                (answer.accepted, answer.known, answer.chain),
                (count as u64, 0, chain),
                "{}",
                place.name
            );
            assert_eq!(answer.head, raws.len() as u64);
        }
        let pulled = place.store.pull(caller(3), all()).await.unwrap();
        assert_eq!((pulled.after, pulled.head, pulled.chain), (0, 5, chain), "{}", place.name);
        assert_eq!(pulled.records, raws);
        let heads = place.store.heads(caller(3)).await.unwrap();
        assert_eq!((heads.streams.len(), heads.streams[0].head, heads.streams[0].chain), (1, 5, chain));
        assert_eq!(heads.streams[0].log_id, pulled.log);
        assert_eq!(heads.used, raws.iter().map(Vec::len).sum::<usize>() as u64);
    }
}

#[tokio::test]
async fn a_pull_keeps_to_its_limits_but_always_gives_one() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        place.store.push(push(feed.batch(10, CT))).await.unwrap();
        let ask = |after, limit, max_bytes| Ask { after, limit, max_bytes, ..all() };
        let whole = place.store.pull(caller(3), all()).await.unwrap();
        let some = place.store.pull(caller(3), ask(3, 4, 4_000_000)).await.unwrap();
        assert_eq!(some.records, whole.records[3..7], "{}", place.name);
        let few = place.store.pull(caller(3), ask(0, 10, 1_000)).await.unwrap();
        assert_eq!(few.records, whole.records[..2], "{}", place.name);
        let one = place.store.pull(caller(3), ask(5, 10, 1)).await.unwrap();
        assert_eq!(one.records, whole.records[5..6], "{}", place.name);
        let mut chain = STREAM_CHAIN_START;
        for raw in &whole.records[..6] {
            chain = stream_chain(&chain, &Carried::from_raw(raw.clone()).unwrap().hash());
        }
        assert_eq!(one.chain, chain);
        let none = place.store.pull(caller(3), ask(10, 10, 1)).await.unwrap();
        assert_eq!((none.after, none.chain, none.records.len()), (10, whole.chain, 0));
        let beyond = place.store.pull(caller(3), ask(99, 10, 1)).await.unwrap();
        assert_eq!((beyond.after, beyond.head, beyond.chain), (10, 10, whole.chain));
        let nothing = place.store.pull(caller(3), Ask { stream: 7, ..all() }).await.unwrap();
        assert_eq!((nothing.log, nothing.head), ([0; 8], 0));
    }
}

#[tokio::test]
async fn a_batch_pushed_twice_is_there_once() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        let records: Vec<Carried> = (0..6).map(|_| feed.write(CT)).collect();
        let part = |from: usize, to: usize| push(feed.sign(records[from..to].to_vec()));
        let steps = [
            ((0, 3), (3, 0)),
            ((0, 3), (0, 3)),
            ((1, 5), (2, 2)),
            ((0, 2), (0, 2)),
            ((4, 6), (1, 1)),
            ((0, 6), (0, 6)),
        ];
        for ((from, to), (accepted, known)) in steps {
            let answer = place.store.push(part(from, to)).await.unwrap();
            assert_eq!((answer.accepted, answer.known), (accepted, known), "{} {from}..{to}", place.name);
        }
        assert_eq!(place.store.pull(caller(3), all()).await.unwrap().records.len(), 6);
    }
}

#[tokio::test]
async fn a_feed_neither_skips_nor_splits() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        let mut twin = feed.clone();
        let first = feed.batch(2, CT);
        let skipped = feed.write(CT);
        let later = feed.batch(2, CT);
        place.store.push(push(first)).await.unwrap();
        assert_eq!(
            refused(place.store.push(push(later)).await),
            StoreError::FeedGap { next: 3 },
            "{}",
            place.name
        );
        // The twin writes something else at places 2 and 3, as a device put back from a backup would.
        let same = twin.write(CT);
        let _ = same;
        let split = [twin.write(320), twin.write(CT)];
        let fork = |records: &[Carried]| push(twin.sign(records.to_vec()));
        assert_eq!(
            refused(place.store.push(fork(&split[..1])).await),
            StoreError::FeedFork,
            "{}",
            place.name
        );
        assert_eq!(refused(place.store.push(fork(&split[1..])).await), StoreError::FeedFork);
        assert_eq!(refused(place.store.push(fork(&split)).await), StoreError::FeedFork);
        place.store.push(push(feed.sign(vec![skipped]))).await.unwrap();
        assert_eq!(
            refused(place.store.push(fork(&split[..1])).await),
            StoreError::FeedFork,
            "{}",
            place.name
        );
    }
}

#[tokio::test]
async fn a_push_that_believes_in_another_head_changes_nothing() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        let mut batch = feed.batch(2, CT);
        batch.head = Some(1);
        assert_eq!(
            refused(place.store.push(push(batch.clone())).await),
            StoreError::Stale { is: 0 },
            "{}",
            place.name
        );
        batch.head = Some(0);
        place.store.push(push(batch.clone())).await.unwrap();
        // Again: all is known, so nobody minds that the head has moved on.
        assert_eq!(place.store.push(push(batch)).await.unwrap().known, 2);
    }
}

#[tokio::test]
async fn who_may_not_write_writes_nothing_and_who_may_not_read_sees_nothing() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        let batch = feed.batch(1, CT);
        for number in [3, 4] {
            let push = Push { caller: caller(number), ..push(batch.clone()) };
            assert_eq!(refused(place.store.push(push).await), StoreError::Forbidden, "{}", place.name);
        }
        let elsewhere = Caller { space: [9; 16], key: key(2) };
        assert_eq!(
            refused(place.store.push(Push { caller: elsewhere, ..push(batch.clone()) }).await),
            StoreError::Forbidden
        );
        assert_eq!(refused(place.store.pull(caller(4), all()).await), StoreError::Forbidden);
        assert_eq!(refused(place.store.heads(caller(4)).await), StoreError::Forbidden);
        assert_eq!(refused(place.store.heads(elsewhere).await), StoreError::Forbidden);
        assert_eq!(place.store.heads(caller(3)).await.unwrap().streams, []);
        place.store.push(push(batch)).await.unwrap();
    }
}

#[tokio::test]
async fn a_change_of_access_comes_with_its_push_or_not_at_all() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        let change = |batch, version, by| Push {
            access: Some((key(by), access(version, &[(3, Rights::NONE)]))),
            ..push(batch)
        };
        let batch = feed.batch(1, CT);
        let stale = refused(place.store.push(change(batch.clone(), 2, 1)).await);
        assert_eq!(stale, StoreError::Stale { is: 1 }, "{}", place.name);
        assert_eq!(refused(place.store.push(change(batch.clone(), 1, 2)).await), StoreError::Forbidden);
        assert_eq!(place.store.heads(caller(3)).await.unwrap().streams, [], "{}", place.name);
        let answer = place.store.push(change(batch.clone(), 1, 1)).await.unwrap();
        assert_eq!((answer.accepted, answer.access_version), (1, 2));
        assert_eq!(refused(place.store.heads(caller(3)).await), StoreError::Forbidden, "{}", place.name);
        // The answer was lost, and the device pushes again.
        let again = place.store.push(change(batch, 1, 1)).await.unwrap();
        assert_eq!((again.known, again.access_version), (1, 2), "{}", place.name);
    }
}

#[tokio::test]
async fn a_space_takes_no_more_than_its_quota() {
    for place in both_with_a_space().await {
        place.store.set_quota(SPACE, 2_000).await.unwrap();
        let mut feed = feed(1);
        place.store.push(push(feed.batch(4, CT))).await.unwrap();
        let more = feed.batch(1, CT);
        assert_eq!(refused(place.store.push(push(more.clone())).await), StoreError::Quota, "{}", place.name);
        place.store.set_quota(SPACE, 3_000).await.unwrap();
        place.store.push(push(more)).await.unwrap();
    }
}

#[tokio::test]
async fn what_is_erased_is_gone_and_the_chain_still_holds() {
    for place in both_with_a_space().await {
        let mut feed = feed(1);
        place.store.push(push(feed.batch(4, CT))).await.unwrap();
        let before = place.store.heads(caller(3)).await.unwrap();
        let claim = PurgeClaim { space: SPACE, stream: 1, feed: feed.id(), seqs: vec![2, 3, 9] };
        assert_eq!(refused(place.store.purge(caller(3), claim.clone(), None).await), StoreError::Forbidden);
        let by_writer = place.store.purge(caller(2), claim.clone(), Some(key(2))).await;
        assert_eq!(refused(by_writer), StoreError::Forbidden, "{}", place.name);
        assert_eq!(place.store.purge(caller(2), claim.clone(), None).await.unwrap(), 2, "{}", place.name);
        assert_eq!(place.store.purge(caller(2), claim, Some(key(1))).await.unwrap(), 0);
        let pulled = place.store.pull(caller(3), all()).await.unwrap();
        let records: Vec<Carried> =
            pulled.records.iter().map(|raw| Carried::from_raw(raw.clone()).unwrap()).collect();
        assert_eq!(records.iter().map(Carried::is_stub).collect::<Vec<_>>(), [false, true, true, false]);
        let chain =
            records.iter().fold(STREAM_CHAIN_START, |chain, record| stream_chain(&chain, &record.hash()));
        assert_eq!((chain, pulled.chain), (before.streams[0].chain, chain), "{}", place.name);
        let after = place.store.heads(caller(3)).await.unwrap();
        assert!(after.used < before.used);
        // The feed goes on where it was, and what was erased is still known.
        place.store.push(push(feed.batch(1, CT))).await.unwrap();
    }
}

#[tokio::test]
async fn many_who_push_at_once_leave_no_gap_and_one_chain() {
    for place in both_with_a_space().await {
        let pushing: Vec<_> = (0..16)
            .map(|number| {
                let (store, mut feed) = (place.store.clone(), feed(number));
                tokio::spawn(async move {
                    for _ in 0..10 {
                        let answer = store.push(push(feed.batch(3, CT))).await.unwrap();
                        assert_eq!(answer.accepted, 3);
                    }
                })
            })
            .collect();
        for one in pushing {
            one.await.unwrap();
        }
        let pulled = place.store.pull(caller(3), all()).await.unwrap();
        assert_eq!((pulled.head, pulled.records.len()), (480, 480), "{}", place.name);
        let mut chain = STREAM_CHAIN_START;
        let mut seqs = std::collections::HashMap::new();
        for raw in pulled.records {
            let record = Carried::from_raw(raw).unwrap();
            let seq = seqs.entry(record.header().feed).or_insert(0);
            *seq += 1;
            assert_eq!(record.header().seq, *seq, "{}: a feed is in order", place.name);
            chain = stream_chain(&chain, &record.hash());
        }
        assert_eq!(chain, pulled.chain);
    }
}

#[tokio::test]
async fn whoever_listens_hears_of_what_grew() {
    for place in both_with_a_space().await {
        let mut pokes = place.store.pokes();
        let answer = place.store.push(push(feed(1).batch(2, CT))).await.unwrap();
        let poke = pokes.recv().await.unwrap();
        assert_eq!((poke.space, poke.stream, poke.head), (SPACE, 1, 2), "{}", place.name);
        assert_eq!((poke.log_id, poke.chain), (answer.log_id, answer.chain));
        assert_eq!(place.store.stream_heads(&[SPACE, [9; 16]]).await.unwrap(), [poke], "{}", place.name);
    }
}
