//! Pokes.

use reqwest::Method;
use vv_protocol::wire::{Known, Listening, Poke, paths};

use super::*;

#[tokio::test]
async fn who_listens_hears_first_what_is_there_and_then_what_comes() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let mut feed = feed(1);
    let first = maker.push(1, &feed.batch(2, CT)).await.unwrap();
    let mut live = reader.listen(vec![reader.token().to_owned()], Vec::new()).await.unwrap();
    let poke = live.next().await.unwrap();
    assert_eq!((poke.space, poke.stream, poke.head, poke.chain), (SPACE, 1, 2, first.chain));
    let second = maker.push(1, &feed.batch(3, CT)).await.unwrap();
    let poke = live.next().await.unwrap();
    assert_eq!((poke.head, poke.chain, poke.log_id), (5, second.chain, second.log_id));

    let known = vec![Known { space: SPACE, stream: 1, head: 5 }];
    let mut knowing = reader.listen(vec![reader.token().to_owned()], known).await.unwrap();
    maker.push(1, &feed.batch(1, CT)).await.unwrap();
    assert_eq!(knowing.next().await.unwrap().head, 6);
}

#[tokio::test]
async fn an_answer_that_waits_comes_with_the_next_poke() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let mut feed = feed(1);
    maker.push(1, &feed.batch(2, CT)).await.unwrap();
    let ask = |head: Option<u64>| {
        let known = head.map(|head| Known { space: SPACE, stream: 1, head }).into_iter().collect();
        let body = serde_json::to_vec(&Listening { tokens: vec![reader.token().to_owned()], known }).unwrap();
        let reader = reader.clone();
        async move { reader.json::<Vec<Poke>>(Method::POST, paths::WAIT, body).await.unwrap() }
    };
    assert_eq!(ask(None).await[0].head, 2);
    let waiting = tokio::spawn(ask(Some(2)));
    maker.push(1, &feed.batch(1, CT)).await.unwrap();
    assert_eq!(waiting.await.unwrap()[0].head, 3);
}

#[tokio::test]
async fn nobody_listens_where_he_may_not_read() {
    let place = Place::start(&[]);
    let maker = place.maker().await;
    assert_eq!(refused(maker.listen(vec!["made up".to_owned()], Vec::new()).await).0, 401);
    assert_eq!(refused(maker.listen(Vec::new(), Vec::new()).await).0, 400);
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_ends_what_goes_on_and_keeps_what_it_took_in() {
    let place = Place::start(&[]);
    let (maker, reader) = (place.maker().await, place.reader().await);
    let mut feed = feed(1);
    maker.push(1, &feed.batch(2, CT)).await.unwrap();
    let mut live = reader.listen(vec![reader.token().to_owned()], Vec::new()).await.unwrap();
    live.next().await.unwrap();
    let Place { folder, process } = place;
    let ended = tokio::task::spawn_blocking(|| process.terminate());
    assert!(live.next().await.is_none(), "listeners are let go");
    assert!(ended.await.unwrap());
    let again = start_in(folder.path(), &[]);
    let reader = reader.at(again.address());
    assert_eq!(reader.pull(1, 0, 10).await.unwrap().records.len(), 2, "the token is still good, too");
}
