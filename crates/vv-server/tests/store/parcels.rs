//! Chunks by name and size, and mailboxes.

use vv_server::store::{Chunk, StoreError};

use super::*;

#[tokio::test]
async fn a_chunk_counts_once_and_its_room_comes_back() {
    for place in both_with_a_space().await {
        let chunk = Chunk { name: [7; 32], size: 1_000 };
        assert!(place.store.expects_chunk(caller(2), chunk).await.unwrap(), "{}", place.name);
        place.store.add_chunk(caller(2), chunk).await.unwrap();
        place.store.add_chunk(caller(2), chunk).await.unwrap();
        assert!(!place.store.expects_chunk(caller(2), chunk).await.unwrap(), "{}", place.name);
        assert_eq!(place.store.heads(caller(3)).await.unwrap().used, 1_000, "{}", place.name);
        assert_eq!(place.store.chunk(caller(3), chunk.name).await.unwrap(), 1_000);
        assert_eq!(refused(place.store.chunk(caller(3), [8; 32]).await), StoreError::NotFound);
        let large = Chunk { name: [8; 32], size: QUOTA };
        assert_eq!(
            refused(place.store.expects_chunk(caller(2), large).await),
            StoreError::Quota,
            "{}",
            place.name
        );
        assert_eq!(
            refused(place.store.add_chunk(caller(2), large).await),
            StoreError::Quota,
            "{}",
            place.name
        );
        assert_eq!(refused(place.store.expects_chunk(caller(3), chunk).await), StoreError::Forbidden);
        assert_eq!(refused(place.store.remove_chunk(caller(3), chunk.name).await), StoreError::Forbidden);
        place.store.remove_chunk(caller(2), chunk.name).await.unwrap();
        assert_eq!(refused(place.store.remove_chunk(caller(2), chunk.name).await), StoreError::NotFound);
        assert_eq!(place.store.heads(caller(3)).await.unwrap().used, 0, "{}", place.name);
    }
}

#[tokio::test]
async fn a_mailbox_keeps_order_limits_and_time() {
    for place in both().await {
        let (mailbox, other) = ([1; 16], [2; 16]);
        for number in 1..=20u8 {
            let left = place.store.leave(mailbox, vec![number], 100, 200).await.unwrap();
            assert_eq!(left, u64::from(number), "{}", place.name);
        }
        assert_eq!(
            place.store.leave(mailbox, vec![3], 100, 200).await.unwrap(),
            3,
            "{}: it is there",
            place.name
        );
        assert_eq!(refused(place.store.leave(mailbox, vec![99], 100, 200).await), StoreError::Full);
        let items = place.store.mailbox(mailbox, 199).await.unwrap();
        assert_eq!(items.iter().map(|item| item.body[0]).collect::<Vec<_>>(), (1..=20).collect::<Vec<u8>>());
        assert!(place.store.mailbox(other, 199).await.unwrap().is_empty());
        assert!(place.store.mailbox(mailbox, 200).await.unwrap().is_empty(), "{}", place.name);
        place.store.leave(mailbox, vec![99], 200, 300).await.unwrap();
        assert_eq!(
            place.store.mailbox(mailbox, 200).await.unwrap().len(),
            1,
            "{}: old ones made room",
            place.name
        );
        place.store.leave(other, vec![1], 100, 200).await.unwrap();
        assert_eq!(place.store.tidy(250).await.unwrap(), 1, "{}", place.name);
    }
}
