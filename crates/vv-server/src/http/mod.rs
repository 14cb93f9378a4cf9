//! The API over HTTP: one handler for each request, and the document that describes them.
//!
//! Handlers read and verify; the store decides. The document is made from the handlers' own descriptions, so it cannot list
//! what there is not. Start at [`router`].

mod access;
mod asking;
mod live;
mod ops;
mod parcels;
mod records;
mod refused;

use std::sync::Arc;

use axum::extract::State;
use axum::routing::get;
use axum::{Json, Router, middleware};
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use refused::Refused;

use crate::server::Server;

/// What every handler has.
type Shared = State<Arc<Server>>;

#[derive(OpenApi)]
#[openapi(info(
    title = "vv-server",
    description = "Keeps spaces that it cannot read. What is CBOR here is described in docs/protocol.md."
))]
struct Document;

/// Gives all routes under `/v1` with the document that describes them.
fn described() -> (Router<Arc<Server>>, utoipa::openapi::OpenApi) {
    let mut document = Document::openapi();
    let token = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    document.components.get_or_insert_default().add_security_scheme("token", token);
    OpenApiRouter::with_openapi(document)
        .routes(routes!(access::info))
        .routes(routes!(access::challenge))
        .routes(routes!(access::token))
        .routes(routes!(access::make_space))
        .routes(routes!(access::change_access))
        .routes(routes!(records::heads))
        .routes(routes!(records::push, records::pull))
        .routes(routes!(records::purge))
        .routes(routes!(parcels::note, parcels::put_note))
        .routes(routes!(parcels::put_chunk, parcels::chunk, parcels::has_chunk, parcels::remove_chunk))
        .routes(routes!(parcels::leave, parcels::mailbox))
        .routes(routes!(live::live))
        .routes(routes!(live::wait))
        .split_for_parts()
}

/// Gives the document that describes the API.
pub fn document() -> utoipa::openapi::OpenApi {
    described().1
}

/// Gives everything that the server answers.
pub fn router(server: Arc<Server>) -> Router {
    let (routes, document) = described();
    let document = Arc::new(document);
    routes
        .route("/v1/openapi.json", get(move || async move { Json(document.as_ref().clone()) }))
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .route("/metrics", get(ops::metrics))
        .fallback(ops::nothing)
        .method_not_allowed_fallback(ops::not_so)
        .layer(middleware::from_fn_with_state(server.clone(), ops::watched))
        .with_state(server)
}

/// Gives what is answered at an address of its own for those who run the server.
pub fn metrics_router(server: Arc<Server>) -> Router {
    Router::new()
        .route("/metrics", get(ops::all_metrics))
        .route("/healthz", get(ops::healthz))
        .route("/readyz", get(ops::readyz))
        .with_state(server)
}
