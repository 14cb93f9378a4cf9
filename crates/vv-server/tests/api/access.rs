//! Who gets in.

use reqwest::Method;
use vv_protocol::wire::{AccessClaim, AuthClaim, Challenge, ErrorCode, KeyRights, Rights, ServerView, paths};
use vv_server::testing::Key;

use super::*;

#[tokio::test]
async fn without_a_token_of_the_space_nothing_of_it_is_said() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    let stranger = place.device(9, SPACE);
    assert_eq!(refused(stranger.heads().await).0, 401);
    let mut stranger = place.device(9, SPACE);
    assert_eq!(refused(stranger.sign_in().await), (403, ErrorCode::Forbidden, None));
    let mut nowhere = place.device(9, [2; 16]);
    assert_eq!(refused(nowhere.sign_in().await), (403, ErrorCode::Forbidden, None));
    // A token of one space opens no other.
    let other = place.device(1, [2; 16]);
    other.make_space(&[], None).await.unwrap();
    let path = paths::heads(&[2; 16]);
    let answer = maker.json::<serde_json::Value>(Method::GET, &path, Vec::new()).await;
    assert_eq!(refused(answer).0, 403);
}

#[tokio::test]
async fn a_signature_for_another_host_or_an_old_challenge_is_of_no_use() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    let challenge: Challenge = maker.json(Method::POST, paths::CHALLENGE, Vec::new()).await.unwrap();
    let claim = AuthClaim {
        nonce: challenge.nonce,
        host: place.process.address().to_owned(),
        space: SPACE,
        not_after: challenge.time + 100,
    };
    let ask = |claim: AuthClaim| {
        let body = maker.signed(&claim);
        let maker = &maker;
        async move { maker.json::<serde_json::Value>(Method::POST, paths::TOKEN, body).await }
    };
    assert_eq!(
        refused(ask(AuthClaim { host: "evil.example.org".to_owned(), ..claim.clone() }).await).1,
        ErrorCode::OtherHost
    );
    assert_eq!(
        refused(ask(AuthClaim { nonce: vec![1; 40], ..claim.clone() }).await).1,
        ErrorCode::Unauthorised
    );
    assert_eq!(refused(ask(AuthClaim { not_after: 5, ..claim.clone() }).await).1, ErrorCode::Malformed);
    let far = ask(AuthClaim { not_after: challenge.time + 1_000_000, ..claim.clone() }).await.unwrap();
    assert!(
        far["not_after"].as_u64().unwrap() <= challenge.time + 960,
        "a token ends within a quarter of an hour"
    );
    let mut bent = maker.signed(&claim);
    *bent.last_mut().unwrap() ^= 1;
    let answer = maker.json::<serde_json::Value>(Method::POST, paths::TOKEN, bent).await;
    assert_eq!(refused(answer).1, ErrorCode::Signature);
}

#[tokio::test]
async fn a_key_that_was_removed_is_out_although_its_token_is_still_good() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    let reader = place.reader().await;
    assert_eq!(reader.heads().await.unwrap().access_version, 1);
    let claim = AccessClaim {
        space: SPACE,
        version: 1,
        keys: vec![KeyRights { key: Key::of(3).public(), rights: Rights::NONE }],
    };
    let change = |by: &Device| {
        let (by, body) = (by.clone(), by.signed(&claim));
        async move { by.json::<serde_json::Value>(Method::PATCH, &paths::access(&SPACE), body).await }
    };
    assert_eq!(refused(change(&reader).await).0, 403);
    assert_eq!(change(&maker).await.unwrap()["access_version"], 2);
    assert_eq!(refused(change(&maker).await), (409, ErrorCode::Stale, Some(2)));
    assert_eq!(refused(reader.heads().await), (403, ErrorCode::Forbidden, None));
    assert_eq!(refused(reader.pull(1, 0, 10).await).0, 403);
}

#[tokio::test]
async fn where_vouchers_are_asked_for_one_makes_as_many_spaces_as_it_says() {
    let place = Place::start(&["--vouchers", "true"]);
    let known: ServerView = place.device(1, SPACE).json(Method::GET, paths::INFO, Vec::new()).await.unwrap();
    assert!(known.needs_voucher && known.limits.record == 262_144);
    assert_eq!(
        refused(place.device(1, [1; 16]).make_space(&[], None).await),
        (403, ErrorCode::Voucher, None)
    );
    let (done, text) = place.administer(&["voucher", "--spaces", "2", "--quota", "3"]);
    assert!(done, "{text}");
    let voucher = text.trim();
    for number in [1, 2] {
        let device = place.device(1, [number; 16]);
        assert_eq!(device.make_space(&[], Some(voucher)).await.unwrap(), 201);
        assert_eq!(device.make_space(&[], Some(voucher)).await.unwrap(), 200, "the answer was lost");
    }
    let mut first = place.device(1, [1; 16]);
    first.sign_in().await.unwrap();
    assert_eq!(first.heads().await.unwrap().quota, 3 * 1024 * 1024);
    assert_eq!(refused(place.device(1, [3; 16]).make_space(&[], Some(voucher)).await).1, ErrorCode::Voucher);
    assert_eq!(
        refused(place.device(1, [3; 16]).make_space(&[], Some("VV1-MADE-UP")).await).1,
        ErrorCode::Voucher
    );
    assert_eq!(refused(place.device(2, [1; 16]).make_space(&[], Some(voucher)).await).1, ErrorCode::Exists);
}

#[tokio::test]
async fn the_document_lists_what_there_is_and_other_addresses_say_no_in_json() {
    let place = Place::start(&[]);
    let device = place.device(1, SPACE);
    let document: serde_json::Value = device.json(Method::GET, "/v1/openapi.json", Vec::new()).await.unwrap();
    for path in ["/v1/info", "/v1/spaces/{space}/streams/{stream}/records", "/v1/live", "/v1/mailbox/{id}"] {
        assert!(document["paths"].get(path).is_some(), "{path}");
    }
    let (done, printed) = place.administer(&["openapi"]);
    assert!(done && serde_json::from_str::<serde_json::Value>(&printed).unwrap() == document);
    assert_eq!(
        refused(device.send(Method::GET, "/nothing", Vec::new()).await),
        (404, ErrorCode::NotFound, None)
    );
    assert_eq!(refused(device.send(Method::GET, "/v1/spaces/zz/heads", Vec::new()).await).0, 404);
    assert_eq!(refused(device.send(Method::DELETE, paths::INFO, Vec::new()).await).0, 405);
    for path in ["/healthz", "/readyz", "/metrics"] {
        assert!(device.send(Method::GET, path, Vec::new()).await.unwrap().status().is_success(), "{path}");
    }
    let counted = device.send(Method::GET, "/metrics", Vec::new()).await.unwrap().text().await.unwrap();
    assert!(counted.contains("vv_requests_total") && !counted.contains(&"01".repeat(16)), "{counted}");
}
