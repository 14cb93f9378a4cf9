//! What an answer that says no looks like, and which problem gets which code.

use std::time::Duration;

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use vv_protocol::wire::{ClaimError, ErrorCode, Refusal, WireError};

use crate::chunks::ChunkError;
use crate::store::StoreError;

/// Is an answer that says no.
#[derive(Debug)]
pub struct Refused {
    status: StatusCode,
    body: Refusal,
    retry_after: Option<Duration>,
}

impl Refused {
    /// Says no.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let body = Refusal { code, message: message.into(), expected: None };
        Self { status: status_of(code), body, retry_after: None }
    }

    /// Says that somebody asks too often.
    pub fn too_many(wait: Duration) -> Self {
        let refused = Self::new(ErrorCode::TooMany, "Too many requests. Try again a little later.");
        Self { retry_after: Some(wait), ..refused }
    }

    fn expecting(self, expected: u64) -> Self {
        Self { body: Refusal { expected: Some(expected), ..self.body }, ..self }
    }
}

fn status_of(code: ErrorCode) -> StatusCode {
    match code {
        ErrorCode::Unauthorised => StatusCode::UNAUTHORIZED,
        ErrorCode::Forbidden | ErrorCode::Voucher => StatusCode::FORBIDDEN,
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Malformed | ErrorCode::Signature | ErrorCode::OtherHost => StatusCode::BAD_REQUEST,
        ErrorCode::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::FeedFork | ErrorCode::FeedGap | ErrorCode::Stale | ErrorCode::Exists => {
            StatusCode::CONFLICT
        }
        ErrorCode::Quota | ErrorCode::Full => StatusCode::INSUFFICIENT_STORAGE,
        ErrorCode::TooMany => StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::Unavailable | ErrorCode::Unknown => StatusCode::SERVICE_UNAVAILABLE,
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if let Some(wait) = self.retry_after {
            let seconds = HeaderValue::from(wait.as_secs().max(1));
            response.headers_mut().insert(header::RETRY_AFTER, seconds);
        }
        response
    }
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        let text = error.to_string();
        match error {
            StoreError::Forbidden => Self::new(ErrorCode::Forbidden, text),
            StoreError::NotFound => Self::new(ErrorCode::NotFound, text),
            StoreError::Exists => Self::new(ErrorCode::Exists, text),
            StoreError::Stale { is } => Self::new(ErrorCode::Stale, text).expecting(is),
            StoreError::FeedFork => Self::new(ErrorCode::FeedFork, text),
            StoreError::FeedGap { next } => Self::new(ErrorCode::FeedGap, text).expecting(next),
            StoreError::NobodyLeft => Self::new(ErrorCode::Malformed, text),
            StoreError::Quota => Self::new(ErrorCode::Quota, text),
            StoreError::Full => Self::new(ErrorCode::Full, text),
            StoreError::VoucherSpent => Self::new(ErrorCode::Voucher, text),
            StoreError::Damaged(_) | StoreError::Unavailable(_) => {
                tracing::error!(%error, "the store failed");
                Self::new(ErrorCode::Unavailable, "The server cannot answer now. Nothing was changed.")
            }
        }
    }
}

impl From<ChunkError> for Refused {
    fn from(error: ChunkError) -> Self {
        match error {
            ChunkError::Missing => Self::new(ErrorCode::NotFound, error.to_string()),
            ChunkError::Unavailable(_) => {
                tracing::error!(%error, "the store for chunks failed");
                Self::new(ErrorCode::Unavailable, "The server cannot answer now. Nothing was changed.")
            }
        }
    }
}

impl From<WireError> for Refused {
    fn from(error: WireError) -> Self {
        let code = match error {
            WireError::TooLarge => ErrorCode::TooLarge,
            WireError::Batch(vv_protocol::BatchError::Signature(_)) => ErrorCode::Signature,
            _ => ErrorCode::Malformed,
        };
        Self::new(code, error.to_string())
    }
}

impl From<ClaimError> for Refused {
    fn from(error: ClaimError) -> Self {
        match error {
            ClaimError::Malformed(error) => error.into(),
            ClaimError::Signature(error) => Self::new(ErrorCode::Signature, error.to_string()),
        }
    }
}
