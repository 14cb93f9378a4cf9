//! Headers: one encoding each, and nothing else is one.

use proptest::prelude::*;
use vv_protocol::*;

use crate::vectors::{read, some_header};

fn header() -> impl Strategy<Value = Header> {
    let place = (any::<[u8; 16]>(), any::<u32>(), any::<[u8; 16]>(), 1..=limits::MAX_SEQ);
    let rest = (any::<[u8; 32]>(), any::<[u8; 32]>(), any::<[u8; 24]>());
    (place, rest).prop_map(|((space, stream, feed, seq), (prev, epoch, nonce))| {
        let prev = if seq == 1 { FIRST_PREV } else { prev };
        Header { version: VERSION, space, stream, feed, seq, prev, epoch, nonce }
    })
}

#[test]
fn every_valid_header_is_read_and_written_back_alike() {
    for v in read("headers.json").list_at("valid") {
        let bytes = v.as_bytes();
        assert_eq!(Header::decode(&bytes).unwrap().encode(), bytes);
    }
}

#[test]
fn every_other_spelling_of_a_header_is_refused() {
    for v in read("headers.json").list_at("invalid") {
        assert!(Header::decode(&v.bytes("bytes")).is_err(), "{} was accepted", v.text("what"));
    }
}

#[test]
fn a_header_of_a_later_version_is_told_from_a_damaged_one() {
    let mut bytes = some_header().encode();
    bytes[1] = 2;
    assert_eq!(Header::decode(&bytes), Err(HeaderError::UnknownVersion(2)));
    bytes[0] = 0x89;
    assert_eq!(Header::decode(&bytes), Err(HeaderError::UnknownVersion(2)));
    bytes[1] = 1;
    assert_eq!(Header::decode(&bytes), Err(HeaderError::Malformed));
}

proptest! {
    #[test]
    fn a_header_comes_back_from_its_encoding(header in header(), rest: Vec<u8>) {
        let bytes = header.encode();
        prop_assert!(bytes.len() <= 144);
        prop_assert_eq!(Header::decode(&bytes), Ok(header.clone()));
        let record = [bytes, rest.clone()].concat();
        prop_assert_eq!(Header::decode_prefix(&record), Ok((header, rest.as_slice())));
    }

    #[test]
    fn whatever_is_read_as_a_header_is_its_one_encoding(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(header) = Header::decode(&bytes) {
            prop_assert_eq!(header.encode(), bytes);
        }
    }

    #[test]
    fn a_header_with_any_byte_changed_is_refused_or_another(header in header(), at: prop::sample::Index, with in 1u8..) {
        let mut bytes = header.encode();
        let at = at.index(bytes.len());
        bytes[at] ^= with;
        if let Ok(read) = Header::decode(&bytes) {
            prop_assert_eq!(read.encode(), bytes);
            prop_assert_ne!(read, header);
        }
    }
}
