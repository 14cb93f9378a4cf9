//! Notes, sealed chunks and mailboxes.

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vv_protocol::limits::{MAX_MAILBOX_ITEM_LEN, MAX_MAILBOX_SECONDS, MAX_NOTE_LEN, MAX_SEALED_CHUNK_LEN};
use vv_protocol::wire::{ErrorCode, MailboxAnswer, MailboxItem, NoteAnswer, Refusal};

use super::asking::{id, small_body};
use super::{Refused, Shared};
use crate::store::{Chunk, StoreError};

/// Gives the note.
#[utoipa::path(get, path = "/v1/spaces/{space}/note", tag = "notes", params(("space" = String, Path)),
    security(("token" = [])), responses((status = 200, body = NoteAnswer), (status = 403, body = Refusal)))]
pub async fn note(
    State(server): Shared,
    Path(space): Path<String>,
    headers: HeaderMap,
) -> Result<Json<NoteAnswer>, Refused> {
    let caller = server.caller(&headers, id(&space)?)?;
    let (version, note) = server.store.note(caller).await?;
    Ok(Json(NoteAnswer { version, note }))
}

/// Names the version that is replaced.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Replaced {
    /// The version that is replaced, 0 when there is none.
    version: u64,
}

/// Replaces the note.
#[utoipa::path(put, path = "/v1/spaces/{space}/note", tag = "notes", params(("space" = String, Path), Replaced),
    security(("token" = [])), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = NoteAnswer, description = "the new version; the note itself is left out"),
        (status = 403, body = Refusal), (status = 409, body = Refusal)))]
pub async fn put_note(
    State(server): Shared,
    Path(space): Path<String>,
    replaced: Result<Query<Replaced>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<NoteAnswer>, Refused> {
    let caller = server.caller(&headers, id(&space)?)?;
    let Query(replaced) = replaced
        .map_err(|_| Refused::new(ErrorCode::Malformed, "The address says no version that is replaced."))?;
    let note = small_body(&headers, body, MAX_NOTE_LEN).await?;
    let version = server.store.put_note(caller, replaced.version, note.to_vec()).await?;
    Ok(Json(NoteAnswer { version, note: Vec::new() }))
}

/// Takes in a sealed chunk. Its name is the hash of its bytes.
#[utoipa::path(put, path = "/v1/spaces/{space}/blobs/{name}", tag = "files",
    params(("space" = String, Path), ("name" = String, Path)), security(("token" = [])),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "taken in"), (status = 200, description = "was there"),
        (status = 400, body = Refusal), (status = 403, body = Refusal), (status = 507, body = Refusal)))]
pub async fn put_chunk(
    State(server): Shared,
    Path((space, name)): Path<(String, String)>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refused> {
    let (space, name) = (id(&space)?, id(&name)?);
    let caller = server.caller(&headers, space)?;
    let content = server.large_body(&headers, body, MAX_SEALED_CHUNK_LEN).await?;
    if blake3::hash(&content) != blake3::Hash::from_bytes(name) {
        return Err(Refused::new(ErrorCode::Malformed, "The chunk is not the one that it is named after."));
    }
    let chunk = Chunk { name, size: content.len() as u64 };
    // A name without its content is what stays when somebody removes a chunk while somebody else brings it.
    if !server.store.expects_chunk(caller, chunk).await? && server.chunks.has(space, name).await? {
        return Ok(StatusCode::OK);
    }
    server.chunks.put(space, name, content).await?;
    if let Err(refused) = server.store.add_chunk(caller, chunk).await {
        // Others took the room meanwhile. A content that nobody counts must not stay; one that has its name is somebody's.
        if matches!(server.store.chunk(caller, name).await, Err(StoreError::NotFound)) {
            server.chunks.remove(space, name).await?;
        }
        return Err(refused.into());
    }
    server.metrics.chunk_bytes.inc_by(chunk.size);
    Ok(StatusCode::CREATED)
}

/// Gives a sealed chunk, or a part of it (`Range: bytes=`).
#[utoipa::path(get, path = "/v1/spaces/{space}/blobs/{name}", tag = "files",
    params(("space" = String, Path), ("name" = String, Path)), security(("token" = [])),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"),
        (status = 206, description = "a part"), (status = 403, body = Refusal), (status = 404, body = Refusal),
        (status = 416, description = "there is no such part")))]
pub async fn chunk(
    State(server): Shared,
    Path((space, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let (space, name) = (id(&space)?, id(&name)?);
    let caller = server.caller(&headers, space)?;
    let size = server.store.chunk(caller, name).await?;
    let kind = (header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    let parts = (header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    match headers.get(header::RANGE).map(|range| part(range, size)) {
        None => {
            let content = server.chunks.get(space, name, None).await?;
            Ok(([kind, parts], content).into_response())
        }
        Some(None) => {
            let whole = [(header::CONTENT_RANGE, format!("bytes */{size}"))];
            Ok((StatusCode::RANGE_NOT_SATISFIABLE, whole).into_response())
        }
        Some(Some(range)) => {
            let told = format!("bytes {}-{}/{size}", range.start, range.end - 1);
            let content = server.chunks.get(space, name, Some(range)).await?;
            let told = [(header::CONTENT_RANGE, told)];
            Ok((StatusCode::PARTIAL_CONTENT, [kind, parts], told, content).into_response())
        }
    }
}

/// Reads the one part that is asked for.
fn part(range: &HeaderValue, size: u64) -> Option<std::ops::Range<u64>> {
    let (first, last) = range.to_str().ok()?.strip_prefix("bytes=")?.split_once('-')?;
    let range = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) => first..last.checked_add(1)?.min(size),
        (Ok(first), Err(_)) if last.is_empty() => first..size,
        (Err(_), Ok(count)) if first.is_empty() => size.saturating_sub(count)..size,
        _ => return None,
    };
    (range.start < range.end).then_some(range)
}

/// Says whether a chunk is there, and how large it is.
#[utoipa::path(head, path = "/v1/spaces/{space}/blobs/{name}", tag = "files",
    params(("space" = String, Path), ("name" = String, Path)), security(("token" = [])),
    responses((status = 200, description = "it is there"), (status = 404, description = "it is not")))]
pub async fn has_chunk(
    State(server): Shared,
    Path((space, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let caller = server.caller(&headers, id(&space)?)?;
    let size = server.store.chunk(caller, id(&name)?).await?;
    Ok([(header::CONTENT_LENGTH, HeaderValue::from(size))].into_response())
}

/// Removes a chunk.
#[utoipa::path(delete, path = "/v1/spaces/{space}/blobs/{name}", tag = "files",
    params(("space" = String, Path), ("name" = String, Path)), security(("token" = [])),
    responses((status = 204, description = "removed"), (status = 403, body = Refusal), (status = 404, body = Refusal)))]
pub async fn remove_chunk(
    State(server): Shared,
    Path((space, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<StatusCode, Refused> {
    let (space, name) = (id(&space)?, id(&name)?);
    let caller = server.caller(&headers, space)?;
    server.store.remove_chunk(caller, name).await?;
    server.chunks.remove(space, name).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Says how long an item stays.
#[derive(Debug, serde::Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Stay {
    /// Seconds, at most 30 days.
    seconds: u64,
}

/// Leaves an item.
#[utoipa::path(post, path = "/v1/mailbox/{id}", tag = "mailboxes", params(("id" = String, Path), Stay),
    request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, description = "left there"), (status = 413, body = Refusal), (status = 507, body = Refusal)))]
pub async fn leave(
    State(server): Shared,
    Path(mailbox): Path<String>,
    stay: Result<Query<Stay>, QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refused> {
    let mailbox = id(&mailbox)?;
    let Query(stay) =
        stay.map_err(|_| Refused::new(ErrorCode::Malformed, "The address says not for how many seconds."))?;
    let body = small_body(&headers, body, MAX_MAILBOX_ITEM_LEN).await?;
    let now = server.now();
    let expires = now + stay.seconds.min(MAX_MAILBOX_SECONDS);
    server.store.leave(mailbox, body.to_vec(), now, expires).await?;
    Ok(StatusCode::CREATED)
}

/// Gives all items.
#[utoipa::path(get, path = "/v1/mailbox/{id}", tag = "mailboxes", params(("id" = String, Path)),
    responses((status = 200, body = MailboxAnswer)))]
pub async fn mailbox(
    State(server): Shared,
    Path(mailbox): Path<String>,
) -> Result<Json<MailboxAnswer>, Refused> {
    let items = server.store.mailbox(id(&mailbox)?, server.now()).await?;
    let items = items.into_iter().map(|item| MailboxItem { number: item.number, body: item.body }).collect();
    Ok(Json(MailboxAnswer { items }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_chunk_are_read_as_the_standard_says() {
        let of_ten = |text: &str| part(&HeaderValue::from_str(text).unwrap(), 10);
        assert_eq!(of_ten("bytes=0-3"), Some(0..4));
        assert_eq!(of_ten("bytes=4-"), Some(4..10));
        assert_eq!(of_ten("bytes=-3"), Some(7..10));
        assert_eq!(of_ten("bytes=-30"), Some(0..10));
        assert_eq!(of_ten("bytes=8-99"), Some(8..10));
        for wrong in
            ["bytes=10-", "bytes=5-4", "bytes=-", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=-0"]
        {
            assert_eq!(of_ten(wrong), None, "{wrong}");
        }
        assert_eq!(of_ten(&format!("bytes=0-{}", u64::MAX)), None);
    }
}
