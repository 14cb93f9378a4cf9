//! Streams: heads, pushing, pulling, erasing.

use std::time::Instant;

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use vv_protocol::limits::{MAX_BATCH_LEN, MAX_BATCH_RECORDS, MAX_PAGE_LEN};
use vv_protocol::wire::{
    AccessClaim, Batch, Carried, ErrorCode, Page, PurgeClaim, PushAnswer, Refusal, Signed, SpaceHeads,
};
use vv_protocol::{CONTROL_STREAM, feed_id};

use super::asking::{id, small_body, stream};
use super::{Refused, Shared};
use crate::store::{Ask, Push};

/// What a page takes beside its records.
const PAGE_FRAME: u64 = 4 * 1024;
/// Longest body of a signed claim to erase.
const PURGE_LEN: usize = 64 * 1024;

/// How far the streams of a space have come.
#[utoipa::path(get, path = "/v1/spaces/{space}/heads", tag = "records", params(("space" = String, Path)),
    security(("token" = [])), responses((status = 200, body = SpaceHeads), (status = 403, body = Refusal)))]
pub async fn heads(
    State(server): Shared,
    Path(space): Path<String>,
    headers: HeaderMap,
) -> Result<Json<SpaceHeads>, Refused> {
    let caller = server.caller(&headers, id(&space)?)?;
    Ok(Json(server.store.heads(caller).await?))
}

/// Takes in a batch.
#[utoipa::path(post, path = "/v1/spaces/{space}/streams/{stream}/records", tag = "records",
    params(("space" = String, Path), ("stream" = u32, Path)), security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "batch"),
    responses((status = 200, body = PushAnswer), (status = 400, body = Refusal), (status = 403, body = Refusal),
        (status = 409, body = Refusal), (status = 429, body = Refusal), (status = 507, body = Refusal)))]
pub async fn push(
    State(server): Shared,
    Path((space, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PushAnswer>, Refused> {
    let (space, stream) = (id(&space)?, stream(&number)?);
    let caller = server.caller(&headers, space)?;
    server.pushes.take(caller.key, 1.0, Instant::now()).map_err(Refused::too_many)?;
    let body = server.large_body(&headers, body, MAX_BATCH_LEN).await?;
    // Hashing and verifying a large batch takes some milliseconds of a core; other requests need not wait for it.
    let read = tokio::task::spawn_blocking(move || read_push(&body, space, stream)).await;
    let (batch, access) = read.map_err(|_| malformed("The batch cannot be read."))??;
    if stream == CONTROL_STREAM && batch.head.is_none() {
        return Err(malformed("A batch for stream 0 says how many records it believes there to be."));
    }
    let answer = server.store.push(Push { caller, stream, batch, access }).await?;
    server.metrics.records_pushed.inc_by(answer.accepted);
    Ok(Json(answer))
}

type Read = (Batch, Option<([u8; 32], AccessClaim)>);

fn read_push(body: &[u8], space: [u8; 16], stream: u32) -> Result<Read, Refused> {
    let batch = Batch::decode(body, space, stream)?;
    let access = match &batch.access {
        Some(bytes) => {
            let signed = Signed::decode(bytes)?;
            let claim: AccessClaim = signed.open()?;
            if claim.space != space {
                return Err(malformed("The change of access is meant for another space."));
            }
            Some((signed.by, claim))
        }
        None => None,
    };
    Ok((batch, access))
}

fn malformed(text: &str) -> Refused {
    Refused::new(ErrorCode::Malformed, text)
}

/// Says which records are wanted.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Wanted {
    /// The number of the record before the first.
    #[serde(default)]
    after: u64,
    /// Most records, at most 1,000.
    limit: Option<u32>,
    /// Most bytes, at most 4 MiB; one record comes in any case.
    max_bytes: Option<u64>,
}

/// Gives a page.
#[utoipa::path(get, path = "/v1/spaces/{space}/streams/{stream}/records", tag = "records",
    params(("space" = String, Path), ("stream" = u32, Path), Wanted), security(("token" = [])),
    responses((status = 200, description = "page", body = Vec<u8>, content_type = "application/cbor"),
        (status = 403, body = Refusal), (status = 429, body = Refusal)))]
pub async fn pull(
    State(server): Shared,
    Path((space, number)): Path<(String, String)>,
    wanted: Result<Query<Wanted>, QueryRejection>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (space, stream) = (id(&space)?, stream(&number)?);
    let caller = server.caller(&headers, space)?;
    let Query(wanted) = wanted.map_err(|_| malformed("The numbers in the address cannot be read."))?;
    let most = MAX_PAGE_LEN as u64 - PAGE_FRAME;
    let ask = Ask {
        stream,
        after: wanted.after,
        limit: wanted.limit.unwrap_or(u32::MAX).clamp(1, MAX_BATCH_RECORDS as u32),
        max_bytes: wanted.max_bytes.unwrap_or(most).min(most),
    };
    // Nobody knows yet how much it will be, so what is taken now is taken for the next time too.
    server.pulled.take(caller.key, 0.0, Instant::now()).map_err(Refused::too_many)?;
    let pulled = server.store.pull(caller, ask).await?;
    let bytes: usize = pulled.records.iter().map(Vec::len).sum();
    let paid = server.pulled.take(caller.key, bytes as f64, Instant::now());
    if pulled.records.len() > 1 {
        // A single record is always given, or a slow reader would never get past a large one.
        paid.map_err(Refused::too_many)?;
    }
    server.metrics.records_pulled.inc_by(pulled.records.len() as u64);
    let records = pulled
        .records
        .into_iter()
        .map(Carried::from_raw)
        .collect::<Result<_, _>>()
        .map_err(|_| crate::store::StoreError::Damaged("a stored record cannot be read"))?;
    let (log, after, head, chain) = (pulled.log, pulled.after, pulled.head, pulled.chain);
    let page = Page { log, after, head, chain, records }.encode();
    let headers = [(header::CONTENT_TYPE, "application/cbor"), (header::CACHE_CONTROL, "no-store")];
    Ok((headers, page).into_response())
}

/// Says how many contents went.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct PurgeAnswer {
    /// How many contents were there and are not any more.
    erased: u64,
}

/// Erases the contents of records; their stubs stay.
#[utoipa::path(post, path = "/v1/spaces/{space}/streams/{stream}/purge", tag = "records",
    params(("space" = String, Path), ("stream" = u32, Path)), security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "signed purge-claim"),
    responses((status = 200, body = PurgeAnswer), (status = 403, body = Refusal), (status = 404, body = Refusal)))]
pub async fn purge(
    State(server): Shared,
    Path((space, number)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<PurgeAnswer>, Refused> {
    let (space, stream) = (id(&space)?, stream(&number)?);
    let caller = server.caller(&headers, space)?;
    let signed = Signed::decode(&small_body(&headers, body, PURGE_LEN).await?)?;
    let claim: PurgeClaim = signed.open()?;
    if (claim.space, claim.stream) != (space, stream) {
        return Err(malformed("The request is meant for another stream."));
    }
    let signer = (feed_id(&signed.by) != claim.feed).then_some(signed.by);
    let erased = server.store.purge(caller, claim, signer).await?;
    Ok(Json(PurgeAnswer { erased }))
}
