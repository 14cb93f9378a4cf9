//! Records, notes, chunks and mailboxes over HTTP.

use reqwest::{Method, header};
use vv_protocol::STREAM_CHAIN_START;
use vv_protocol::limits::{MAX_BATCH_LEN, MAX_MAILBOX_ITEM_LEN};
use vv_protocol::wire::{ErrorCode, MailboxAnswer, NoteAnswer, PurgeClaim, hex, paths};

use super::*;

#[tokio::test]
async fn what_one_device_pushes_another_pulls_and_verifies() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let mut feed = feed(1);
    let batch = feed.batch(1_000, CT);
    let answer = maker.push(1, &batch).await.unwrap();
    assert_eq!((answer.accepted, answer.head), (1_000, 1_000));
    let page = reader.pull(1, 0, 1_000).await.unwrap();
    assert_eq!(page.records, batch.records);
    assert_eq!((page.chain_from(&STREAM_CHAIN_START), page.log), (answer.chain, answer.log_id));
    let rest = reader.pull(1, 990, 1_000).await.unwrap();
    assert_eq!(rest.records, batch.records[990..]);
    assert_eq!(maker.push(1, &batch).await.unwrap().known, 1_000);
    assert_eq!(refused(reader.push(1, &feed.batch(1, CT)).await), (403, ErrorCode::Forbidden, None));
}

#[tokio::test]
async fn what_is_wrong_with_a_batch_is_said_and_nothing_of_it_stays() {
    let place = Place::start(&["--pushes", "1000"]);
    let maker = place.maker().await;
    let mut feed = feed(1);
    let good = feed.batch(3, CT);
    let forged = vv_protocol::wire::Batch { signature: [3; 64], ..good.clone() };
    assert_eq!(refused(maker.push(1, &forged).await), (400, ErrorCode::Signature, None));
    assert_eq!(refused(maker.push(2, &good).await).0, 400, "it was signed for another stream");
    assert_eq!(refused(maker.push(0, &good).await).0, 400);
    let path = paths::records(&SPACE, 1);
    let cut = good.encode();
    assert_eq!(
        refused(maker.send(Method::POST, &path, cut[..cut.len() - 1].to_vec()).await).1,
        ErrorCode::Malformed
    );
    assert_eq!(
        refused(maker.send(Method::POST, &path, vec![0; MAX_BATCH_LEN + 1]).await),
        (413, ErrorCode::TooLarge, None)
    );
    let later = feed.batch(1, CT);
    assert_eq!(refused(maker.push(1, &later).await), (409, ErrorCode::FeedGap, Some(1)));
    assert!(maker.heads().await.unwrap().streams.is_empty());
    let mut control = Feed::begin(Key::of(77), SPACE, 0);
    let mut first = control.batch(1, CT);
    assert_eq!(
        refused(maker.push(0, &first).await),
        (400, ErrorCode::Malformed, None),
        "stream 0 asks for the head"
    );
    first.head = Some(4);
    assert_eq!(refused(maker.push(0, &first).await), (409, ErrorCode::Stale, Some(0)));
    first.head = Some(0);
    assert_eq!(maker.push(0, &first).await.unwrap().accepted, 1);
}

#[tokio::test]
async fn a_large_body_from_a_stranger_is_not_even_read() {
    let place = Place::start(&[]);
    place.maker().await;
    let stranger = place.device(9, SPACE);
    let path = paths::records(&SPACE, 1);
    assert_eq!(refused(stranger.send(Method::POST, &path, vec![0; 100]).await).0, 401);
    let answer = stranger.send(Method::POST, paths::TOKEN, vec![0; 100_000]).await;
    assert_eq!(refused(answer), (413, ErrorCode::TooLarge, None));
}

#[tokio::test]
async fn what_is_erased_by_its_feed_is_a_stub_for_everybody() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let mut feed = feed(1);
    maker.push(1, &feed.batch(3, CT)).await.unwrap();
    let claim = PurgeClaim { space: SPACE, stream: 1, feed: feed.id(), seqs: vec![2] };
    let path = paths::purge(&SPACE, 1);
    let ask = |body: Vec<u8>| maker.json::<serde_json::Value>(Method::POST, &path, body);
    assert_eq!(refused(ask(Key::of(55).claim(&claim).encode()).await).0, 403);
    assert_eq!(ask(feed.key().claim(&claim).encode()).await.unwrap()["erased"], 1);
    let page = reader.pull(1, 0, 10).await.unwrap();
    assert_eq!(page.records.iter().map(|it| it.is_stub()).collect::<Vec<_>>(), [false, true, false]);
    assert_eq!(page.chain_from(&STREAM_CHAIN_START), page.chain);
}

#[tokio::test]
async fn notes_are_replaced_one_after_the_other() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let path = paths::note(&SPACE);
    let none: NoteAnswer = reader.json(Method::GET, &path, Vec::new()).await.unwrap();
    assert_eq!((none.version, none.note.len()), (0, 0));
    let put = |version: u64, note: &[u8]| {
        let (path, note) = (format!("{path}?version={version}"), note.to_vec());
        let maker = maker.clone();
        async move { maker.json::<NoteAnswer>(Method::PUT, &path, note).await }
    };
    assert_eq!(put(0, b"first").await.unwrap().version, 1);
    assert_eq!(refused(put(0, b"second").await), (409, ErrorCode::Stale, Some(1)));
    assert_eq!(put(1, b"second").await.unwrap().version, 2);
    let found: NoteAnswer = reader.json(Method::GET, &path, Vec::new()).await.unwrap();
    assert_eq!((found.version, found.note.as_slice()), (2, b"second".as_slice()));
    assert_eq!(refused(put(2, &[0; 65_537]).await).0, 413);
    assert_eq!(refused(maker.send(Method::PUT, &path, Vec::new()).await), (400, ErrorCode::Malformed, None));
}

#[tokio::test]
async fn a_chunk_is_taken_under_its_own_name_only_and_given_in_parts() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let content: Vec<u8> = (0..100_000u32).map(|at| at as u8).collect();
    let name = *blake3::hash(&content).as_bytes();
    let path = paths::blob(&SPACE, &name);
    assert_eq!(refused(maker.send(Method::PUT, &path, content[1..].to_vec()).await).1, ErrorCode::Malformed);
    assert_eq!(refused(reader.send(Method::PUT, &path, content.clone()).await).0, 403);
    assert_eq!(maker.send(Method::PUT, &path, content.clone()).await.unwrap().status(), 201);
    assert_eq!(maker.send(Method::PUT, &path, content.clone()).await.unwrap().status(), 200);
    let head = reader.send(Method::HEAD, &path, Vec::new()).await.unwrap();
    assert_eq!(head.headers()[header::CONTENT_LENGTH], "100000");
    assert_eq!(reader.send(Method::GET, &path, Vec::new()).await.unwrap().bytes().await.unwrap(), content);
    let url = format!("http://{}{path}", place.process.address());
    let part = Device::client().get(url).bearer_auth(reader.token()).header(header::RANGE, "bytes=99990-");
    let part = part.send().await.unwrap();
    assert_eq!(
        (part.status().as_u16(), part.headers()[header::CONTENT_RANGE].to_str().unwrap()),
        (206, "bytes 99990-99999/100000")
    );
    assert_eq!(part.bytes().await.unwrap(), content[99_990..]);
    let kept = place.folder.path().join("blobs").join(hex::to_text(&SPACE));
    std::fs::remove_dir_all(&kept).unwrap();
    assert_eq!(refused(reader.send(Method::GET, &path, Vec::new()).await).0, 404);
    assert_eq!(maker.send(Method::PUT, &path, content.clone()).await.unwrap().status(), 201, "it comes back");
    assert_eq!(reader.send(Method::GET, &path, Vec::new()).await.unwrap().bytes().await.unwrap(), content);
    assert_eq!(maker.send(Method::DELETE, &path, Vec::new()).await.unwrap().status(), 204);
    assert_eq!(refused(reader.send(Method::GET, &path, Vec::new()).await).0, 404);
}

#[tokio::test]
async fn a_mailbox_needs_its_name_and_nothing_else() {
    let place = Place::start(&[]);
    let one = place.device(1, SPACE);
    let path = paths::mailbox(&vv_protocol::wire::mailbox_id("join", b"secret"));
    let leave = format!("{path}?seconds=600");
    one.send(Method::POST, &leave, b"hello".to_vec()).await.unwrap();
    one.send(Method::POST, &leave, vec![7; MAX_MAILBOX_ITEM_LEN]).await.unwrap();
    assert_eq!(refused(one.send(Method::POST, &leave, vec![7; MAX_MAILBOX_ITEM_LEN + 1]).await).0, 413);
    assert_eq!(refused(one.send(Method::POST, &path, b"hello".to_vec()).await).0, 400);
    let found: MailboxAnswer = one.json(Method::GET, &path, Vec::new()).await.unwrap();
    assert_eq!(found.items.iter().map(|item| item.body.len()).collect::<Vec<_>>(), [5, MAX_MAILBOX_ITEM_LEN]);
    let elsewhere = paths::mailbox(&vv_protocol::wire::mailbox_id("join", b"other"));
    let none: MailboxAnswer = one.json(Method::GET, &elsewhere, Vec::new()).await.unwrap();
    assert!(none.items.is_empty());
}

#[tokio::test]
async fn who_pushes_too_often_is_told_when_to_come_back() {
    let place = Place::start(&["--pushes", "0.01"]);
    let maker = place.maker().await;
    let mut feed = feed(1);
    maker.push(1, &feed.batch(1, CT)).await.unwrap();
    assert_eq!(refused(maker.push(1, &feed.batch(1, CT)).await), (429, ErrorCode::TooMany, None));
    assert_eq!(maker.heads().await.unwrap().streams[0].head, 1);
}

#[tokio::test]
async fn chunks_for_which_there_is_no_room_leave_nothing_behind_that_nobody_counts() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    let (done, text) = place.administer(&["quota", &hex::to_text(&SPACE), "3"]);
    assert!(done, "{text}");
    let contents: Vec<Vec<u8>> = (0..8_u8).map(|number| vec![number; 1_000_000]).collect();
    // All of them are told that there is room before any of them takes it.
    let puts = contents.iter().map(|content| {
        let path = paths::blob(&SPACE, blake3::hash(content).as_bytes());
        let maker = &maker;
        async move { maker.send(Method::PUT, &path, content.clone()).await.is_ok() }
    });
    let taken = futures_util::future::join_all(puts).await.into_iter().filter(|taken| *taken).count();
    assert_eq!(taken, 3);
    assert_eq!(maker.heads().await.unwrap().used, 3_000_000);
    let mut lying = 0;
    let mut folders = vec![place.folder.path().join("blobs")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() { folders.push(entry.path()) } else { lying += 1 }
        }
    }
    assert_eq!(lying, taken);
}
