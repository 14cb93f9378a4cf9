//! What two devices say to each other, damaged by whoever carries it.

use super::code::LinkCode;
use super::words::{About, Answer, Opening, Piece, Said, decode_gift, encode_gift, read_all};
use crate::fuzzing::{fuzz, fuzz_cbor};

#[test]
fn messages_survive() {
    let about = About::new([1; 32], [2; 32], "A tall desk 🪑");
    let (_, public) = vv_crypto::AgreeSecret::make();
    let seeds: Vec<Vec<u8>> = [
        Said::Commit([3; 32]),
        Said::Answer(Answer::new(&public)),
        Said::Opening(Opening::new(&public, &about)),
        Said::Sealed(Piece { step: 1, number: 300, count: 70_000, sealed: vec![9; 90] }),
        Said::Stop,
    ]
    .iter()
    .map(Said::encode)
    .collect();
    fuzz_cbor("linking messages", &seeds, |bytes| {
        if let Ok(Some(said)) = Said::decode(bytes) {
            assert_eq!(said.encode(), bytes, "a message has one encoding");
        }
        let _said_or_refused = read_all(&[bytes.to_vec(), bytes.to_vec()]);
    });
}

#[test]
fn what_is_sealed_in_messages_survives() {
    let about = About::new([1; 32], [2; 32], "A tall desk 🪑").encode();
    let gift = encode_gift(&[4; 32], &[5; 400]);
    fuzz_cbor("what is sealed while linking", &[about, gift], |bytes| {
        if let Some(about) = About::decode(bytes) {
            assert_eq!(about.encode(), bytes);
        }
        if let Some((certificate, welcome)) = decode_gift(bytes) {
            assert_eq!(encode_gift(&certificate, &welcome), bytes);
        }
    });
}

#[test]
fn codes_survive() {
    let seeds = [LinkCode::make().to_string().into_bytes(), b"o0i-l1l uvw".to_vec()];
    fuzz("codes", &seeds, &[b"-", b"\xe2\x80\x93", b" ", b"\xc3\xa4", b"O"], |bytes| {
        if let Ok(code) = LinkCode::read(&String::from_utf8_lossy(bytes)) {
            assert_eq!(LinkCode::read(&code.to_string()).unwrap(), code);
        }
    });
}
