//! What the administrator does with all of it.

use vv_protocol::wire::Rights;
use vv_server::store::{Chunk, StoreError};

use super::*;

#[tokio::test]
async fn a_space_goes_from_one_store_to_the_other_and_only_its_logs_are_new() {
    let [sqlite, postgres] = both_with_a_space().await;
    let targets = both().await;
    for (from, to) in [(&sqlite, &targets[1]), (&postgres, &targets[0])] {
        let (mut one, mut other) = (feed(1), feed(2));
        for _ in 0..3 {
            from.store.push(push(one.batch(2, CT))).await.unwrap();
            from.store.push(push(other.batch(1, CT))).await.unwrap();
        }
        from.store.put_note(caller(2), 0, b"note".to_vec()).await.unwrap();
        from.store.add_chunk(caller(2), Chunk { name: [7; 32], size: 10 }).await.unwrap();
        from.store.change_access(key(1), access(1, &[(3, Rights::NONE)])).await.unwrap();

        let content = from.store.content(SPACE).await.unwrap();
        to.store.put_back(content.clone()).await.unwrap();
        assert_eq!(refused(to.store.put_back(content.clone()).await), StoreError::Exists);
        for stream in &content.streams {
            let stored = from.store.stored(SPACE, stream.stream, 0).await.unwrap();
            let records: Vec<_> = stored.into_iter().map(|(raw, _)| raw).collect();
            let (some, rest) = records.split_at(4);
            to.store.put_back_records(SPACE, stream.stream, 0, some.to_vec()).await.unwrap();
            to.store.put_back_records(SPACE, stream.stream, 4, rest.to_vec()).await.unwrap();
            let again = to.store.put_back_records(SPACE, stream.stream, 4, rest.to_vec()).await;
            assert_eq!(refused(again), StoreError::Stale { is: 9 }, "{}", to.name);
        }
        let back = to.store.content(SPACE).await.unwrap();
        assert_ne!(back.streams[0].log, content.streams[0].log);
        assert_eq!(
            (back.streams[0].head, back.streams[0].chain),
            (content.streams[0].head, content.streams[0].chain)
        );
        assert_eq!(
            (back.row, back.keys, back.note, back.chunks),
            (content.row, content.keys, content.note, content.chunks)
        );
        assert_eq!(back.access_version, 2, "{}", to.name);
        // A device that was in the middle goes on.
        let answer = to.store.push(push(one.batch(1, CT))).await.unwrap();
        assert_eq!((answer.accepted, answer.head), (1, 10), "{}", to.name);
        let answer = to.store.push(push(other.batch(1, CT))).await.unwrap();
        assert_eq!(answer.head, 11, "{}", to.name);
    }
}

#[tokio::test]
async fn spaces_are_counted_listed_and_removed_for_good() {
    for place in both_with_a_space().await {
        for number in [4, 2, 3] {
            place.store.make_space(new_space([number; 16])).await.unwrap();
        }
        place.store.push(push(feed(1).batch(5, CT))).await.unwrap();
        place.store.add_chunk(caller(2), Chunk { name: [7; 32], size: 10 }).await.unwrap();
        let totals = place.store.totals().await.unwrap();
        assert_eq!(
            (totals.spaces, totals.streams, totals.records, totals.chunks),
            (4, 1, 5, 1),
            "{}",
            place.name
        );
        let first = place.store.spaces(None, 3).await.unwrap();
        let rest = place.store.spaces(first.last().map(|row| row.space), 3).await.unwrap();
        let ids: Vec<_> = first.iter().chain(&rest).map(|row| row.space[0]).collect();
        assert_eq!(ids, [1, 2, 3, 4], "{}", place.name);
        assert_eq!(place.store.remove_space(SPACE).await.unwrap(), [[7; 32]], "{}", place.name);
        assert_eq!(refused(place.store.remove_space(SPACE).await), StoreError::NotFound);
        assert_eq!(refused(place.store.set_quota(SPACE, 1).await), StoreError::NotFound);
        assert_eq!(refused(place.store.pull(caller(3), all()).await), StoreError::Forbidden);
        assert_eq!(place.store.totals().await.unwrap().records, 0, "{}", place.name);
        // The id may be used again, and begins with nothing.
        place.store.make_space(new_space(SPACE)).await.unwrap();
        assert_eq!(place.store.push(push(feed(1).batch(1, CT))).await.unwrap().head, 1, "{}", place.name);
    }
}

#[tokio::test]
async fn new_logs_keep_the_records() {
    for place in both_with_a_space().await {
        place.store.push(push(feed(1).batch(5, CT))).await.unwrap();
        let before = place.store.pull(caller(3), all()).await.unwrap();
        assert_eq!(place.store.renew_logs().await.unwrap(), 1, "{}", place.name);
        let after = place.store.pull(caller(3), all()).await.unwrap();
        assert_ne!(after.log, before.log, "{}", place.name);
        assert_eq!((after.chain, after.records), (before.chain, before.records));
    }
}

#[tokio::test]
async fn tables_of_a_later_version_are_refused_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("server.db");
    drop(SqliteStore::open(&path).unwrap());
    rusqlite::Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = std::fs::read(&path).unwrap();
    assert!(SqliteStore::open(&path).is_err());
    assert_eq!(std::fs::read(&path).unwrap(), before);
}
