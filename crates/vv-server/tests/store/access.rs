//! Spaces, access, vouchers and notes.

use vv_protocol::wire::Rights;
use vv_server::store::{Caller, Made, NewSpace, SpentVoucher, StoreError};

use super::*;

#[tokio::test]
async fn a_space_is_made_once_and_its_maker_may_ask_again() {
    for place in both().await {
        assert_eq!(place.store.make_space(new_space(SPACE)).await.unwrap(), Made::Now, "{}", place.name);
        assert_eq!(place.store.make_space(new_space(SPACE)).await.unwrap(), Made::Before, "{}", place.name);
        let other = NewSpace { by: key(2), ..new_space(SPACE) };
        assert_eq!(refused(place.store.make_space(other).await), StoreError::Exists, "{}", place.name);
        assert_eq!(place.store.rights(caller(2)).await.unwrap(), Rights::MEMBER);
        assert_eq!(place.store.rights(caller(9)).await.unwrap(), Rights::NONE);
        let elsewhere = Caller { space: [9; 16], key: key(1) };
        assert_eq!(place.store.rights(elsewhere).await.unwrap(), Rights::NONE);
    }
}

#[tokio::test]
async fn a_voucher_makes_as_many_spaces_as_it_says_and_a_failure_costs_nothing() {
    for place in both().await {
        let voucher = Some(SpentVoucher { hash: [5; 32], uses: 2, expires: 100 });
        let new = |number| NewSpace { voucher, ..new_space([number; 16]) };
        place.store.make_space(new(1)).await.unwrap();
        assert_eq!(place.store.make_space(new(1)).await.unwrap(), Made::Before, "{}", place.name);
        place.store.make_space(new(2)).await.unwrap();
        assert_eq!(refused(place.store.make_space(new(3)).await), StoreError::VoucherSpent, "{}", place.name);
        let third = Caller { space: [3; 16], key: key(1) };
        assert_eq!(place.store.rights(third).await.unwrap(), Rights::NONE, "{}", place.name);
        assert_eq!(place.store.tidy(99).await.unwrap(), 0);
        assert_eq!(place.store.tidy(100).await.unwrap(), 1, "{}: it need not be remembered", place.name);
    }
}

#[tokio::test]
async fn who_administers_changes_access_one_list_after_the_other() {
    for place in both_with_a_space().await {
        let change = |by, version, changes: &[(u64, Rights)]| {
            place.store.change_access(key(by), access(version, changes))
        };
        assert_eq!(change(1, 1, &[(4, Rights::READ), (2, Rights::NONE)]).await.unwrap(), 2, "{}", place.name);
        assert_eq!(place.store.rights(caller(4)).await.unwrap(), Rights::READ);
        assert_eq!(place.store.rights(caller(2)).await.unwrap(), Rights::NONE);
        let again = refused(change(1, 1, &[(2, Rights::MEMBER)]).await);
        assert_eq!(again, StoreError::Stale { is: 2 }, "{}", place.name);
        assert_eq!(refused(change(4, 2, &[(4, Rights::ALL)]).await), StoreError::Forbidden);
        assert_eq!(
            refused(change(1, 2, &[(1, Rights::MEMBER)]).await),
            StoreError::NobodyLeft,
            "{}",
            place.name
        );
        assert_eq!(place.store.rights(caller(1)).await.unwrap(), Rights::ALL, "{}", place.name);
        assert_eq!(change(1, 2, &[(1, Rights::NONE), (4, Rights::ALL)]).await.unwrap(), 3);
        assert_eq!(place.store.heads(caller(4)).await.unwrap().access_version, 3);
    }
}

#[tokio::test]
async fn of_two_who_replace_a_note_at_once_one_learns_that_it_is_stale() {
    for place in both_with_a_space().await {
        assert_eq!(place.store.note(caller(3)).await.unwrap(), (0, Vec::new()), "{}", place.name);
        assert_eq!(place.store.put_note(caller(2), 0, b"one".to_vec()).await.unwrap(), 1);
        assert_eq!(place.store.put_note(caller(2), 1, b"two".to_vec()).await.unwrap(), 2);
        let stale = refused(place.store.put_note(caller(1), 1, b"other".to_vec()).await);
        assert_eq!(stale, StoreError::Stale { is: 2 }, "{}", place.name);
        // The answer was lost, and the same note comes again.
        assert_eq!(place.store.put_note(caller(2), 1, b"two".to_vec()).await.unwrap(), 2, "{}", place.name);
        assert_eq!(
            refused(place.store.put_note(caller(2), 0, b"new".to_vec()).await),
            StoreError::Stale { is: 2 }
        );
        assert_eq!(place.store.note(caller(3)).await.unwrap(), (2, b"two".to_vec()));
        assert_eq!(refused(place.store.put_note(caller(3), 2, Vec::new()).await), StoreError::Forbidden);
        assert_eq!(refused(place.store.note(caller(9)).await), StoreError::Forbidden);
        assert_eq!(place.store.heads(caller(3)).await.unwrap().note_version, 2);
    }
}

#[tokio::test]
async fn all_who_share_a_store_share_its_secret() {
    for place in both().await {
        assert_eq!(place.store.secret([1; 32]).await.unwrap(), [1; 32]);
        assert_eq!(place.store.secret([2; 32]).await.unwrap(), [1; 32], "{}", place.name);
        place.store.ready().await.unwrap();
    }
}
