//! Chunks in a store that speaks S3: here a small one of our own, which keeps what it is given under its path.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method as Verb, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use reqwest::Method;
use vv_protocol::wire::{hex, paths};

use super::*;

type Kept = Arc<Mutex<HashMap<String, Bytes>>>;

async fn answer(State(kept): State<Kept>, verb: Verb, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    assert!(headers.contains_key(header::AUTHORIZATION), "requests to a bucket are signed");
    let mut kept = kept.lock().unwrap();
    let told = [(header::LAST_MODIFIED, "Sat, 21 Nov 2026 08:00:00 GMT"), (header::ETAG, "\"1\"")];
    match verb {
        Verb::PUT => {
            kept.insert(uri.path().to_owned(), body);
            told.into_response()
        }
        Verb::GET => {
            let Some(found) = kept.get(uri.path()).cloned() else { return missing() };
            let Some(range) = headers.get(header::RANGE) else { return (told, found).into_response() };
            let (first, last) =
                range.to_str().unwrap().strip_prefix("bytes=").unwrap().split_once('-').unwrap();
            let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
            let part = [(header::CONTENT_RANGE, format!("bytes {first}-{last}/{}", found.len()))];
            (StatusCode::PARTIAL_CONTENT, told, part, found.slice(first..=last)).into_response()
        }
        Verb::DELETE => {
            kept.remove(uri.path());
            StatusCode::NO_CONTENT.into_response()
        }
        _ => missing(),
    }
}

fn missing() -> Response {
    let body = "<?xml version=\"1.0\"?><Error><Code>NoSuchKey</Code><Message>none</Message></Error>";
    (StatusCode::NOT_FOUND, body).into_response()
}

#[tokio::test]
async fn chunks_lie_in_a_bucket_when_that_is_wanted() {
    let kept = Kept::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(
        axum::serve(listener, Router::new().fallback(answer).with_state(kept.clone())).into_future(),
    );

    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap().to_owned();
    let options = ["--data", data.as_str(), "--blobs", "s3://chunks"];
    let variables = [
        ("AWS_ENDPOINT", endpoint.as_str()),
        ("AWS_ALLOW_HTTP", "true"),
        ("AWS_REGION", "somewhere"),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let place = Place { process: Process::start_with(&program(), &options, &variables), folder };
    let maker = place.maker().await;
    let content: Vec<u8> = (0..50_000u32).map(|at| at as u8).collect();
    let name = *blake3::hash(&content).as_bytes();
    let path = paths::blob(&SPACE, &name);
    assert_eq!(maker.send(Method::PUT, &path, content.clone()).await.unwrap().status(), 201);
    assert!(kept.lock().unwrap().keys().any(|path| path.contains(&hex::to_text(&name))));
    assert_eq!(maker.send(Method::GET, &path, Vec::new()).await.unwrap().bytes().await.unwrap(), content);
    let url = format!("http://{}{path}", place.process.address());
    let part = Device::client().get(url).bearer_auth(maker.token()).header("range", "bytes=100-199");
    assert_eq!(part.send().await.unwrap().bytes().await.unwrap(), content[100..200]);
    // The store answers on this thread, so the command waits on another.
    let mut command = Command::new(program());
    command.arg("backup").arg(place.folder.path().join("backup")).args(options).envs(variables);
    let out = tokio::task::spawn_blocking(move || command.output().unwrap()).await.unwrap();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    assert_eq!(maker.send(Method::DELETE, &path, Vec::new()).await.unwrap().status(), 204);
    assert!(kept.lock().unwrap().is_empty());
}
