//! The golden vectors: what this version writes and reads, every later version must too.

use vv_protocol::*;

use crate::vectors::{lend, read};

#[test]
fn hashes_are_those_of_the_protocol() {
    for v in read("hashes.json").list_at("hashes") {
        let parts = v.parts("parts");
        assert_eq!(hash(&v.text("context"), &lend(&parts)), v.array("hash"));
    }
}

#[test]
fn signatures_made_elsewhere_verify() {
    for v in read("hashes.json").list_at("signatures") {
        let (public, parts, signature) = (v.array("public"), v.parts("parts"), v.array("signature"));
        assert_eq!(verify_signature(&public, &v.text("context"), &lend(&parts), &signature), Ok(()));
        let other = verify_signature(&public, "other/v1", &lend(&parts), &signature);
        assert_eq!(other, Err(SignatureError));
    }
}

#[test]
fn names_are_those_of_the_protocol() {
    let v = read("names.json");
    assert_eq!(account_id(&v.bytes("genesis")), v.array("account_id"));
    assert_eq!(space_id(&v.bytes("genesis")), v.array("space_id"));
    assert_eq!(feed_id(&v.array("feed_public")), v.array("feed_id"));
    let mut chain = STREAM_CHAIN_START;
    for v in v.list_at("chain") {
        assert_eq!(chain, v.array("previous"));
        chain = stream_chain(&chain, &v.array("record_hash"));
        assert_eq!(chain, v.array("chain"));
    }
}

#[test]
fn records_written_elsewhere_are_read_verified_and_chained() {
    let vectors = read("records.json");
    let public = vectors.array("feed_public");
    assert_eq!(feed_id(&public), vectors.array("feed"));
    let stream = vectors.number("stream") as u32;
    let mut head = FeedHead::start(vectors.array("space"), stream, vectors.array("feed"));
    let mut chain = STREAM_CHAIN_START;
    for v in vectors.list_at("records") {
        let record = Record::decode(&v.bytes("record")).unwrap();
        let header = &record.header;
        assert_eq!((header.version, header.space, header.stream), (VERSION, head.space, head.stream));
        assert_eq!((header.feed, header.seq), (head.feed, v.number("seq")));
        assert_eq!((header.prev, header.nonce), (v.array("prev"), v.array("nonce")));
        assert_eq!(header.epoch, vectors.array("epoch"));
        assert_eq!(header.encode(), v.bytes("header"));
        assert_eq!((&record.ct, record.ct_hash()), (&v.bytes("ct"), v.array("ct_hash")));
        assert_eq!((record.encode(), record.hash()), (v.bytes("record"), v.array("hash")));

        let stub = Stub::decode(&v.bytes("stub")).unwrap();
        assert_eq!((&record.to_stub(), stub.encode()), (&stub, v.bytes("stub")));
        assert_eq!(stub.hash(), record.hash());

        let (padded, inner) = (v.bytes("padded"), v.bytes("inner"));
        let signature = v.array::<64>("signature");
        let content = [inner.as_slice(), &signature].concat();
        assert_eq!(unpad(&padded), Ok(content.as_slice()));
        assert_eq!(pad(&content), padded);
        assert_eq!(verify_record(&public, &header.encode(), &inner, &signature), Ok(()));

        head = head.follow(header, record.hash()).unwrap();
        chain = stream_chain(&chain, &record.hash());
        assert_eq!(chain, v.array("chain"));
    }
}

#[test]
fn paddings_are_those_of_the_protocol() {
    let vectors = read("paddings.json");
    for pair in vectors.list_at("padded_len") {
        let [from, to] = pair.numbers().try_into().unwrap();
        assert_eq!(padded_len(from as usize), to as usize);
    }
    for v in vectors.list_at("padded") {
        assert_eq!(pad(&v.bytes("content")), v.bytes("padded"));
        assert_eq!(unpad(&v.bytes("padded")), Ok(v.bytes("content").as_slice()));
    }
}
