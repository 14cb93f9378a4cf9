//! Batches as a server checks them.

use vv_protocol::*;

use crate::vectors::{golden_records, read};

fn golden_batch() -> (Vec<Record>, [u8; 32], [u8; 64]) {
    let vectors = read("records.json");
    (golden_records(), vectors.array("feed_public"), vectors.at("push").array("signature"))
}

#[test]
fn a_batch_signed_elsewhere_is_accepted() {
    let (records, public, signature) = golden_batch();
    let claim = check_batch(&records, &public, &signature).unwrap();
    assert_eq!(claim.to_bytes().as_slice(), read("records.json").at("push").bytes("claim"));
    assert_eq!(PushClaim::of(&records), Some(claim));
    assert_eq!((claim.first_seq, claim.last_seq), (1, 3));
    assert_eq!(verify_push(&public, &claim, &signature), Ok(()));
}

#[test]
fn a_batch_with_anything_changed_is_refused() {
    let (records, public, signature) = golden_batch();
    assert_eq!(check_batch(&[], &public, &signature), Err(BatchError::Empty));
    assert_eq!(check_batch(&records[..2], &public, &signature), Err(BatchError::Signature(SignatureError)));
    assert_eq!(check_batch(&records[1..], &public, &signature), Err(BatchError::Signature(SignatureError)));

    let mut gap = records.clone();
    gap.remove(1);
    let out_of_order = ChainError::OutOfOrder { expected: 2, found: 3 };
    assert_eq!(check_batch(&gap, &public, &signature), Err(BatchError::Chain(out_of_order)));

    let mut changed = records.clone();
    changed[1].ct[0] ^= 1;
    assert_eq!(check_batch(&changed, &public, &signature), Err(BatchError::Chain(ChainError::Fork)));
    let mut changed = records.clone();
    changed[2].ct[0] ^= 1;
    assert_eq!(check_batch(&changed, &public, &signature), Err(BatchError::Signature(SignatureError)));

    let mut forged = signature;
    forged[3] ^= 1;
    assert_eq!(check_batch(&records, &public, &forged), Err(BatchError::Signature(SignatureError)));
}

#[test]
fn nobody_pushes_under_the_name_of_another_feed() {
    let (records, _, signature) = golden_batch();
    let other = read("names.json").array("feed_public");
    assert_eq!(check_batch(&records, &other, &signature), Err(BatchError::OtherKey));
}

#[test]
fn a_batch_larger_than_the_limit_is_refused() {
    let (records, public, signature) = golden_batch();
    let many = vec![records[0].clone(); limits::MAX_BATCH_RECORDS + 1];
    assert_eq!(check_batch(&many, &public, &signature), Err(BatchError::TooLarge));
    let large = Record { ct: vec![0; 200 * 1024], ..records[0].clone() };
    assert_eq!(check_batch(&vec![large; 21], &public, &signature), Err(BatchError::TooLarge));
}
