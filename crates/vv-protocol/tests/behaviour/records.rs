//! Records, stubs and the chain of a feed.

use proptest::prelude::*;
use vv_protocol::*;

use crate::vectors::{golden_records, read, some_header};

#[test]
fn a_record_without_its_content_still_proves_its_place() {
    let records = golden_records();
    let first = &records[0].header;
    let mut head = FeedHead::start(first.space, first.stream, first.feed);
    for record in &records {
        let stub = record.to_stub();
        head = head.follow(&stub.header, stub.hash()).unwrap();
    }
    assert_eq!(head.hash, records[2].hash());
}

#[test]
fn a_missing_repeated_or_strange_record_does_not_follow() {
    let [a, b, c] = golden_records().try_into().unwrap();
    let start = FeedHead::start(a.header.space, a.header.stream, a.header.feed);
    let order = |expected, found| Err(ChainError::OutOfOrder { expected, found });
    assert_eq!(start.follow(&b.header, b.hash()), order(1, 2));
    let after_a = start.follow(&a.header, a.hash()).unwrap();
    assert_eq!(after_a.follow(&c.header, c.hash()), order(2, 3));
    assert_eq!(after_a.follow(&a.header, a.hash()), order(2, 1));
    let elsewhere = FeedHead { stream: 9, ..after_a };
    assert_eq!(elsewhere.follow(&b.header, b.hash()), Err(ChainError::OtherFeed));
    let other_past = FeedHead { hash: [9; 32], ..after_a };
    assert_eq!(other_past.follow(&b.header, b.hash()), Err(ChainError::Fork));
}

#[test]
fn a_sealed_part_of_a_length_that_padding_never_gives_is_no_record() {
    let header = some_header().encode();
    let with = |len: usize| Record::decode(&[header.clone(), vec![0; len]].concat());
    assert!(with(256 + 16).is_ok());
    assert!(with(272 + 16).is_ok());
    for len in [0, 15, 32, 271, 273, 287] {
        assert_eq!(with(len), Err(RecordError::WrongLength), "{len}");
    }
    assert_eq!(with(limits::MAX_RECORD_LEN), Err(RecordError::TooLarge));
}

#[test]
fn the_longest_content_still_makes_a_record() {
    let header = Header { stream: u32::MAX, seq: limits::MAX_SEQ, ..some_header() };
    let record = |len: usize| {
        let ct = vec![0; pad(&vec![0; len]).len() + limits::TAG_LEN];
        Record::decode(&Record { header: header.clone(), ct }.encode())
    };
    assert!(record(limits::MAX_CONTENT_LEN).is_ok());
    assert_eq!(record(limits::MAX_CONTENT_LEN + 1), Err(RecordError::TooLarge));
}

#[test]
fn a_stub_is_not_read_as_a_record_nor_a_record_as_a_stub() {
    let record = &golden_records()[0];
    assert_eq!(Record::decode(&record.to_stub().encode()), Err(RecordError::WrongLength));
    assert_eq!(Stub::decode(&record.encode()), Err(RecordError::WrongLength));
}

#[test]
fn an_authors_signature_covers_header_and_content() {
    let vectors = read("records.json");
    let public = vectors.array("feed_public");
    let v = &vectors.list_at("records")[0];
    let (header, inner, signature) = (v.bytes("header"), v.bytes("inner"), v.array("signature"));
    assert_eq!(verify_record(&public, &header, &inner, &signature), Ok(()));
    for at in 0..header.len() {
        let mut header = header.clone();
        header[at] ^= 1;
        assert_eq!(verify_record(&public, &header, &inner, &signature), Err(SignatureError));
    }
    for at in 0..inner.len() {
        let mut inner = inner.clone();
        inner[at] ^= 1;
        assert_eq!(verify_record(&public, &header, &inner, &signature), Err(SignatureError));
    }
    for at in 0..64 {
        let mut signature = signature;
        signature[at] ^= 1;
        assert_eq!(verify_record(&public, &header, &inner, &signature), Err(SignatureError));
    }
}

proptest! {
    #[test]
    fn a_record_with_any_byte_changed_is_refused_or_has_another_hash(which in 0usize..3, at: prop::sample::Index, with in 1u8..) {
        let record = golden_records().swap_remove(which);
        let mut bytes = record.encode();
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        if let Ok(changed) = Record::decode(&bytes) {
            prop_assert_ne!(changed.hash(), record.hash());
        }
    }
}
