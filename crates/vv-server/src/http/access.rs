//! Who may do what: challenges, tokens, new spaces, changes of access.

use axum::Json;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use vv_protocol::wire::{
    AccessClaim, AuthClaim, Challenge, ErrorCode, Refusal, Rights, ServerView, Signed, SpaceClaim,
    TokenAnswer,
};

use super::asking::{id, small_body};
use super::{Refused, Shared};
use crate::seals::{TOKEN_SECONDS, Token};
use crate::store::{Caller, Made, NewSpace};

/// Longest body of a signed claim.
const CLAIM_LEN: usize = 64 * 1024;
const MIB: u64 = 1024 * 1024;

/// What the server is and allows.
#[utoipa::path(get, path = "/v1/info", tag = "server", responses((status = 200, body = ServerView)))]
pub async fn info(State(server): Shared) -> Json<ServerView> {
    Json(ServerView {
        program: "vv-server".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        protocols: vec![1],
        time: server.now(),
        needs_voucher: server.settings.needs_voucher,
        limits: server.limits(),
    })
}

/// A nonce to sign, good for a minute.
#[utoipa::path(post, path = "/v1/auth/challenge", tag = "access", responses((status = 200, body = Challenge)))]
pub async fn challenge(State(server): Shared) -> Json<Challenge> {
    let time = server.now();
    Json(Challenge { nonce: server.seals.challenge(time), time })
}

/// A token for a signed claim to an access key.
#[utoipa::path(post, path = "/v1/auth/token", tag = "access",
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "signed auth-claim"),
    responses((status = 200, body = TokenAnswer), (status = 400, body = Refusal), (status = 403, body = Refusal)))]
pub async fn token(
    State(server): Shared,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<TokenAnswer>, Refused> {
    let signed = Signed::decode(&small_body(&headers, body, CLAIM_LEN).await?)?;
    let claim: AuthClaim = signed.open()?;
    server.check_host(&claim.host)?;
    let now = server.now();
    if !server.seals.is_challenge(&claim.nonce, now) {
        return Err(Refused::new(ErrorCode::Unauthorised, "The challenge is too old. Ask for a new one."));
    }
    if claim.not_after < now {
        return Err(Refused::new(ErrorCode::Malformed, "The claim ends in the past."));
    }
    let caller = Caller { space: claim.space, key: signed.by };
    let rights = server.store.rights(caller).await?;
    if rights == Rights::NONE {
        return Err(Refused::new(ErrorCode::Forbidden, "This key opens no such space here."));
    }
    let not_after = claim.not_after.min(now + TOKEN_SECONDS);
    let token = server.seals.token(Token { caller, not_after });
    Ok(Json(TokenAnswer { token, not_after, rights: rights.bits() }))
}

/// Makes a space. Again with the same key, it says that it is there.
#[utoipa::path(put, path = "/v1/spaces/{space}", tag = "access", params(("space" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "signed space-claim"),
    responses((status = 201, description = "made"), (status = 200, description = "was there, made by the same key"),
        (status = 403, body = Refusal), (status = 409, body = Refusal)))]
pub async fn make_space(
    State(server): Shared,
    Path(space): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<StatusCode, Refused> {
    let space = id(&space)?;
    let signed = Signed::decode(&small_body(&headers, body, CLAIM_LEN).await?)?;
    let claim: SpaceClaim = signed.open()?;
    server.check_host(&claim.host)?;
    let administers =
        |key: [u8; 32]| claim.keys.iter().any(|one| one.key == key && one.rights.allow(Rights::ADMIN));
    if claim.space != space || !administers(signed.by) {
        let text = "A space is made by a key that administers it, at its own address.";
        return Err(Refused::new(ErrorCode::Malformed, text));
    }
    let voucher = match &claim.voucher {
        Some(text) => Some(server.seals.read_voucher(text, server.now()).ok_or_else(|| {
            Refused::new(ErrorCode::Voucher, "The voucher is not one of this server, or has ended.")
        })?),
        None => None,
    };
    if voucher.is_none() && server.settings.needs_voucher {
        let text = "This server asks for a voucher. Its administrator has one for you.";
        return Err(Refused::new(ErrorCode::Voucher, text));
    }
    let quota = match voucher {
        Some(voucher) if voucher.quota_mib > 0 => u64::from(voucher.quota_mib) * MIB,
        _ => server.settings.quota,
    };
    let voucher = voucher.map(|voucher| voucher.spent());
    let new = NewSpace { space, by: signed.by, keys: claim.keys, quota, voucher };
    match server.store.make_space(new).await? {
        Made::Now => Ok(StatusCode::CREATED),
        Made::Before => Ok(StatusCode::OK),
    }
}

/// Says where the list of access stands.
#[derive(serde::Serialize, utoipa::ToSchema)]
pub struct AccessAnswer {
    /// The number of the list.
    access_version: u64,
}

/// Changes who has access.
#[utoipa::path(patch, path = "/v1/spaces/{space}/access", tag = "access", params(("space" = String, Path)),
    request_body(content = Vec<u8>, content_type = "application/cbor", description = "signed access-claim"),
    responses((status = 200, body = AccessAnswer), (status = 403, body = Refusal), (status = 409, body = Refusal)))]
pub async fn change_access(
    State(server): Shared,
    Path(space): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Json<AccessAnswer>, Refused> {
    let space = id(&space)?;
    let signed = Signed::decode(&small_body(&headers, body, CLAIM_LEN).await?)?;
    let claim: AccessClaim = signed.open()?;
    if claim.space != space {
        return Err(Refused::new(ErrorCode::Malformed, "The change is meant for another space."));
    }
    let access_version = server.store.change_access(signed.by, claim).await?;
    Ok(Json(AccessAnswer { access_version }))
}
