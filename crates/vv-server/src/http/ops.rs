//! For those who run the server: health, counters, and what every request goes through.

use std::net::{IpAddr, SocketAddr};
use std::time::Instant;

use axum::extract::{ConnectInfo, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use vv_protocol::wire::ErrorCode;

use super::{Refused, Shared};
use crate::metrics::{RequestKind, RouteKind};

const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Says that the process lives.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// Says whether the database answers.
pub async fn readyz(State(server): Shared) -> Result<&'static str, Refused> {
    server.store.ready().await?;
    Ok("ready\n")
}

/// Gives the counters, to who asks from the same computer and not through a proxy.
pub async fn metrics(
    State(server): Shared,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    if !peer.ip().is_loopback() || headers.contains_key(FORWARDED) {
        return Err(nothing().await);
    }
    Ok(all_metrics(State(server)).await.into_response())
}

/// Gives the counters.
pub async fn all_metrics(State(server): Shared) -> impl IntoResponse {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], server.metrics.to_text())
}

/// Answers what there is not.
pub async fn nothing() -> Refused {
    Refused::new(ErrorCode::NotFound, "There is nothing at this address.")
}

/// Answers a method that an address does not know.
pub async fn not_so() -> Response {
    let refused = Refused::new(ErrorCode::Malformed, "This address does not take that method.");
    let mut response = refused.into_response();
    *response.status_mut() = StatusCode::METHOD_NOT_ALLOWED;
    response
}

/// Holds back addresses that ask too often, counts, and writes a line to the log: what kind of request, never whose.
pub async fn watched(State(server): Shared, request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = request.method().to_string();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let response = match asking_address(&request, server.settings.behind_proxy)
        .map_or(Ok(()), |address| server.requests.take(address, 1.0, begun))
    {
        Ok(()) => next.run(request).await,
        Err(wait) => Refused::too_many(wait).into_response(),
    };
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    tracing::info!(method, route, status, ms = took.as_millis() as u64, "request");
    server.metrics.seconds.get_or_create(&RouteKind { route: route.clone() }).observe(took.as_secs_f64());
    server.metrics.requests.get_or_create(&RequestKind { method, route, status }).inc();
    response
}

/// Gives the address to be held back; nobody for the same computer, unless a proxy there speaks for others.
fn asking_address(request: &Request, behind_proxy: bool) -> Option<IpAddr> {
    if behind_proxy {
        let told = request.headers().get(FORWARDED)?.to_str().ok()?;
        // The last one is the one that our own proxy saw.
        return told.rsplit(',').next()?.trim().parse().ok();
    }
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    (!peer.ip().is_loopback()).then(|| peer.ip())
}
