//! Batches, pages and claims: as they were written elsewhere, as they are refused, and what they cost.

use proptest::prelude::*;
use vv_protocol::wire::*;
use vv_protocol::*;

use crate::vectors::{Vector, read};

fn place(v: &Vector) -> ([u8; 16], u32) {
    (v.array("space"), v.number("stream") as u32)
}

fn carried(list: &[Vector]) -> Vec<Carried> {
    list.iter().map(|raw| Carried::from_raw(raw.as_bytes()).unwrap()).collect()
}

#[test]
fn a_batch_written_elsewhere_is_read_and_written_alike() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    let batch = Batch::decode(&v.bytes("batch"), space, stream).unwrap();
    assert_eq!(batch.records, carried(&v.list_at("mine")));
    assert_eq!((batch.feed_key, batch.head, &batch.access), (v.array("feed_public"), None, &None));
    assert_eq!(batch.encode(), v.bytes("batch"));

    let changing = v.at("changing");
    let batch = Batch::decode(&changing.bytes("batch"), space, stream).unwrap();
    assert_eq!(batch.head, Some(changing.number("head")));
    assert_eq!(batch.access, Some(changing.bytes("access")));
    assert_eq!(batch.records.first().unwrap().header().seq, 3);
    assert_eq!(batch.encode(), changing.bytes("batch"));
}

#[test]
fn a_batch_is_good_in_its_own_stream_only() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    assert!(Batch::decode(&v.bytes("batch"), [9; 16], stream).is_err());
    assert!(Batch::decode(&v.bytes("batch"), space, stream + 1).is_err());
}

#[test]
fn a_page_written_elsewhere_is_read_and_written_alike() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    let golden = v.at("page");
    let page = Page::decode(&golden.bytes("bytes"), space, stream).unwrap();
    assert_eq!((page.log, page.after, page.head), (golden.array("log"), 40, 50));
    assert_eq!(page.records, carried(&golden.list_at("stored")));
    assert!(page.records[2].is_stub() && page.records[2].to_record().is_none());
    assert_eq!(page.chain_from(&golden.array("before")), page.chain);
    assert_eq!(page.chain, golden.array("chain"));
    assert_eq!(page.last(), 46);
    assert_eq!(page.encode(), golden.bytes("bytes"));

    let empty = v.at("empty_page");
    let page = Page::decode(&empty.bytes("bytes"), space, stream).unwrap();
    assert_eq!((page.records.len(), page.chain), (0, empty.array("chain")));
    assert_eq!(page.encode(), empty.bytes("bytes"));
}

#[test]
fn everything_that_is_not_the_one_encoding_is_refused() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    for refused in v.list_at("refused_batches") {
        let outcome = Batch::decode(&refused.bytes("bytes"), space, stream);
        assert!(outcome.is_err(), "a batch with {} was taken", refused.text("what"));
    }
    for refused in v.list_at("refused_pages") {
        let outcome = Page::decode(&refused.bytes("bytes"), space, stream);
        assert!(outcome.is_err(), "a page with {} was taken", refused.text("what"));
    }
    for refused in v.list_at("refused_claims") {
        let body = refused.bytes("body");
        let is_taken = match refused.text("claim").as_str() {
            "auth" => AuthClaim::decode(&body).is_ok(),
            "access" => AccessClaim::decode(&body).is_ok(),
            "purge" => PurgeClaim::decode(&body).is_ok(),
            _ => SpaceClaim::decode(&body).is_ok(),
        };
        assert!(!is_taken, "a claim with {} was taken", refused.text("what"));
    }
    let late = WireError::UnknownVersion(2);
    let future = v
        .list_at("refused_batches")
        .iter()
        .find(|v| v.text("what").ends_with("of fields"))
        .unwrap()
        .bytes("bytes");
    assert_eq!(Batch::decode(&future, space, stream), Err(late));
}

#[test]
fn claims_signed_elsewhere_are_believed_under_their_own_context_only() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    let values = v.at("claim_values");
    let signed = |name: &str| Signed::decode(&v.at("claims").at(name).bytes("signed")).unwrap();
    let auth: AuthClaim = signed("auth").open().unwrap();
    assert_eq!(
        auth,
        AuthClaim {
            nonce: values.bytes("nonce"),
            host: "vv.example.org:8443".to_owned(),
            space,
            not_after: 1_795_219_200
        }
    );
    assert_eq!(auth.encode(), v.at("claims").at("auth").bytes("body"));

    let made: SpaceClaim = signed("space").open().unwrap();
    assert_eq!((made.voucher.as_deref(), made.keys.len()), (Some("v-123"), 2));
    let rights_of = |key: [u8; 32]| made.keys.iter().find(|one| one.key == key).unwrap().rights;
    assert_eq!(rights_of(v.array("claim_key")), Rights::ALL);
    assert_eq!(rights_of(values.array("member")), Rights::MEMBER);
    let open: SpaceClaim = signed("open_space").open().unwrap();
    assert_eq!(open.voucher, None);

    let access: AccessClaim = signed("access").open().unwrap();
    assert_eq!((access.space, access.version), (space, 4));
    assert!(access.keys.iter().any(|one| one.key == values.array("member") && one.rights == Rights::NONE));

    let purge: PurgeClaim = signed("purge").open().unwrap();
    assert_eq!(purge, PurgeClaim { space, stream, feed: v.array("feed"), seqs: vec![1, 3, 300] });

    assert_eq!(signed("space").open::<AuthClaim>(), Err(ClaimError::Signature(SignatureError)));
    for name in ["auth", "space", "open_space", "access", "purge"] {
        let golden = signed(name);
        assert_eq!(golden.by, v.array("claim_key"));
        assert_eq!(golden.encode(), v.at("claims").at(name).bytes("signed"));
        let mut bent = golden;
        bent.body[20] ^= 1;
        assert!(bent.open::<AuthClaim>().is_err() && bent.open::<SpaceClaim>().is_err());
        assert!(bent.open::<AccessClaim>().is_err() && bent.open::<PurgeClaim>().is_err());
    }
}

#[test]
fn mailboxes_are_named_as_the_protocol_says() {
    for v in read("wire.json").list_at("mailboxes") {
        assert_eq!(mailbox_id(&v.text("purpose"), &v.bytes("secret")), v.array("id"));
    }
}

/// A batch whose records are those of people who wrote 140 bytes each: what the budget is about. Nothing is signed, so it is
/// only measured.
#[test]
fn a_record_of_140_bytes_costs_at_most_360_bytes_of_a_first_push() {
    // type, version, time, object, body of 140, membership and account heads, as CBOR; then the signature.
    let inner = 1 + 2 + 2 + 10 + 18 + 3 + 140 + 18 + 18;
    let ct = padded_len(inner + 64 + 4) + limits::TAG_LEN;
    let mut prev = FIRST_PREV;
    let records: Vec<Carried> = (1..=1_000)
        .map(|seq| {
            let header = Header { seq, prev, epoch: [7; 32], ..crate::vectors::some_header() };
            let record = Record { header, ct: vec![3; ct] };
            prev = record.hash();
            Carried::from_raw(record.encode()).unwrap()
        })
        .collect();
    let batch = Batch { feed_key: [1; 32], records, signature: [2; 64], head: Some(1_000), access: None };
    let headers_of_http = 600;
    let each = (batch.encode().len() + headers_of_http).div_ceil(1_000);
    assert!(each <= 360, "{each} bytes");
    let page = Page { log: [0; 8], after: 0, head: 1_000, chain: [0; 32], records: batch.records };
    assert!((page.encode().len() + headers_of_http).div_ceil(1_000) <= 360);
}

#[test]
fn a_list_that_claims_to_be_endless_takes_no_memory() {
    let v = read("wire.json");
    let (space, stream) = place(&v);
    let mut bytes = v.bytes("batch");
    // Array of eight, version, key of 32 bytes, number 1, hash of 32 bytes: then the list of runs.
    let at = 1 + 1 + 34 + 1 + 34;
    bytes.splice(at..=at, [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
    assert_eq!(Batch::decode(&bytes, space, stream), Err(WireError::TooLarge));
}

#[test]
fn bodies_in_json_read_what_they_wrote_and_pass_over_what_they_do_not_know() {
    let poke = Poke { space: [1; 16], stream: 1, log_id: [2; 8], head: 3, chain: [4; 32] };
    let text = serde_json::to_string(&poke).unwrap();
    assert!(text.contains("\"log_id\":\"0202020202020202\""));
    let wider = text.replacen('{', "{\"later\":true,", 1);
    assert_eq!(serde_json::from_str::<Poke>(&wider).unwrap(), poke);
    let refusal: Refusal = serde_json::from_str(r#"{"code":"of_the_future","message":"m"}"#).unwrap();
    assert_eq!(refusal.code, ErrorCode::Unknown);
    assert!(serde_json::from_str::<Poke>(&text.replace("0202020202020202", "02")).is_err());
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic_and_what_it_reads_is_canonical(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(page) = Page::decode(&bytes, [1; 16], 1) { prop_assert_eq!(page.encode(), bytes.clone()); }
        if let Ok(batch) = Batch::decode(&bytes, [1; 16], 1) { prop_assert_eq!(batch.encode(), bytes.clone()); }
        if let Ok(signed) = Signed::decode(&bytes) { prop_assert_eq!(signed.encode(), bytes.clone()); }
    }

    #[test]
    fn a_page_with_any_byte_changed_is_refused_or_breaks_the_chain(at in 0usize..4_000, bit in 0u8..8) {
        let v = read("wire.json");
        let (space, stream) = place(&v);
        let golden = v.at("page");
        let mut bytes = golden.bytes("bytes");
        let at = at % bytes.len();
        bytes[at] ^= 1 << bit;
        if let Ok(page) = Page::decode(&bytes, space, stream) {
            let place_differs = (page.log, page.after, page.head) != (golden.array("log"), 40, 50);
            prop_assert!(place_differs || page.chain_from(&golden.array("before")) != page.chain);
        }
    }

    #[test]
    fn any_order_of_feeds_epochs_and_stubs_comes_back_as_it_was(order in proptest::collection::vec((0usize..3, 0u8..2, any::<bool>()), 0..40)) {
        let mut heads = [(0u64, FIRST_PREV); 3];
        let mut records = Vec::new();
        for (feed, epoch, erased) in order {
            let (seq, prev) = heads[feed];
            let header = Header { seq: seq + 1, prev, feed: [feed as u8; 16], epoch: [epoch; 32], ..crate::vectors::some_header() };
            let record = Record { header, ct: vec![epoch; 272] };
            heads[feed] = (seq + 1, record.hash());
            let raw = if erased { record.to_stub().encode() } else { record.encode() };
            records.push(Carried::from_raw(raw).unwrap());
        }
        let head = records.len() as u64 + 5;
        let page = Page { log: [1; 8], after: 5, head, chain: [2; 32], records };
        let place = crate::vectors::some_header();
        prop_assert_eq!(Page::decode(&page.encode(), place.space, place.stream), Ok(page));
    }
}
