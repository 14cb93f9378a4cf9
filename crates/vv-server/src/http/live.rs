//! Pokes: as server-sent events, and as an answer that waits.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::sse::{Event, KeepAlive, Sse};
use futures_util::stream::{Stream, unfold};
use vv_protocol::wire::{ErrorCode, Listening, Poke, Refusal, Rights};

use super::asking::small_body;
use super::{Refused, Shared};
use crate::hub::Listener;
use crate::server::Server;

/// Most spaces that one listener names.
const MOST_SPACES: usize = 512;
/// Longest body that names them.
const LISTENING_LEN: usize = 256 * 1024;
/// How long an answer waits.
const WAIT: Duration = Duration::from_secs(25);
/// How often an idle line says that it is alive.
const ALIVE: Duration = Duration::from_secs(20);

/// Reads who wants to listen, checks what they may read, and begins to listen. Gives when the first token ends.
async fn listen(
    server: &Arc<Server>,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Listener, Duration), Refused> {
    let body = small_body(headers, body, LISTENING_LEN).await?;
    let asked: Listening = serde_json::from_slice(&body)
        .map_err(|_| Refused::new(ErrorCode::Malformed, "The list of tokens cannot be read."))?;
    if asked.tokens.is_empty() || asked.tokens.len() > MOST_SPACES {
        let text = format!("A listener names between one and {MOST_SPACES} spaces.");
        return Err(Refused::new(ErrorCode::Malformed, text));
    }
    let (mut spaces, mut ends) = (Vec::with_capacity(asked.tokens.len()), u64::MAX);
    for text in &asked.tokens {
        let token = server.token(text)?;
        if !server.store.rights(token.caller).await?.allow(Rights::READ) {
            return Err(crate::store::StoreError::Forbidden.into());
        }
        spaces.push(token.caller.space);
        ends = ends.min(token.not_after);
    }
    let known: Vec<_> = asked.known.iter().map(|it| (it.space, it.stream, it.head)).collect();
    let listener = server.hub.listen(spaces, &known);
    // After beginning to listen, so that nothing falls between.
    listener.look(server.store.as_ref()).await?;
    Ok((listener, Duration::from_secs(ends.saturating_sub(server.now()))))
}

/// Counts a listener for as long as it is there.
struct Counted(Arc<Server>);

impl Counted {
    fn new(server: &Arc<Server>) -> Self {
        server.metrics.listeners.inc();
        Self(server.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.metrics.listeners.dec();
    }
}

/// Pokes until the first token ends.
#[utoipa::path(post, path = "/v1/live", tag = "pokes", request_body = Listening,
    responses((status = 200, description = "events named poke", body = Poke, content_type = "text/event-stream"),
        (status = 401, body = Refusal), (status = 403, body = Refusal)))]
pub async fn live(
    State(server): Shared,
    headers: HeaderMap,
    body: Body,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, Refused> {
    let (listener, left) = listen(&server, &headers, body).await?;
    let counted = Counted::new(&server);
    let ends = Box::pin(async move {
        tokio::select! {
            () = tokio::time::sleep(left) => {}
            () = server.draining() => {}
        }
    });
    let begun = (listener, counted, ends, VecDeque::new());
    let events = unfold(begun, |(listener, counted, mut ends, mut waiting)| async move {
        if waiting.is_empty() {
            tokio::select! {
                pokes = listener.next() => waiting.extend(pokes),
                () = &mut ends => return None,
            }
        }
        let poke: Poke = waiting.pop_front()?;
        counted.0.metrics.pokes.inc();
        let event = Event::default().event("poke").json_data(&poke).unwrap_or_default();
        Some((Ok(event), (listener, counted, ends, waiting)))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)))
}

/// Pokes as soon as there are any, none after 25 seconds.
#[utoipa::path(post, path = "/v1/wait", tag = "pokes", request_body = Listening,
    responses((status = 200, body = Vec<Poke>), (status = 401, body = Refusal), (status = 403, body = Refusal)))]
pub async fn wait(State(server): Shared, headers: HeaderMap, body: Body) -> Result<Json<Vec<Poke>>, Refused> {
    let (listener, left) = listen(&server, &headers, body).await?;
    let _counted = Counted::new(&server);
    let pokes = tokio::select! {
        pokes = listener.next() => pokes,
        () = tokio::time::sleep(left.min(WAIT)) => Vec::new(),
        () = server.draining() => Vec::new(),
    };
    server.metrics.pokes.inc_by(pokes.len() as u64);
    Ok(Json(pokes))
}
