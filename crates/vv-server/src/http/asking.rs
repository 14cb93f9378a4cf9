//! How requests are read: ids in paths, tokens, and bodies with a limit and a deadline.

use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{HeaderMap, header};
use bytes::{Bytes, BytesMut};
use http_body_util::BodyExt;
use vv_protocol::wire::{ErrorCode, hex};

use super::Refused;
use crate::seals::Token;
use crate::server::Server;
use crate::store::{Caller, SpaceId};

/// How long a body may pause.
const PAUSE: Duration = Duration::from_secs(15);
/// How long a body may take in all.
const WHOLE: Duration = Duration::from_secs(300);
/// How long a large body waits for room.
const ROOM: Duration = Duration::from_secs(10);

/// Reads an id from a path.
pub fn id<const N: usize>(text: &str) -> Result<[u8; N], Refused> {
    hex::from_text(text).ok_or_else(|| Refused::new(ErrorCode::NotFound, "There is nothing of that name."))
}

/// Reads the number of a stream from a path.
pub fn stream(text: &str) -> Result<u32, Refused> {
    text.parse().map_err(|_| Refused::new(ErrorCode::NotFound, "There is no such stream."))
}

impl Server {
    /// Reads who asks about a space. What the key may do there is for the store.
    pub fn caller(&self, headers: &HeaderMap, space: SpaceId) -> Result<Caller, Refused> {
        let no =
            || Refused::new(ErrorCode::Unauthorised, "The token is missing or too old. Ask for a new one.");
        let text = headers.get(header::AUTHORIZATION).and_then(|it| it.to_str().ok()).ok_or_else(no)?;
        let token = self.token(text.strip_prefix("Bearer ").ok_or_else(no)?)?;
        if token.caller.space != space {
            return Err(Refused::new(ErrorCode::Forbidden, "The token is for another space."));
        }
        Ok(token.caller)
    }

    /// Reads a token.
    pub fn token(&self, text: &str) -> Result<Token, Refused> {
        self.seals.read_token(text, self.now()).ok_or_else(|| {
            Refused::new(ErrorCode::Unauthorised, "The token is missing or too old. Ask for a new one.")
        })
    }

    /// Refuses claims that are meant for another server.
    pub fn check_host(&self, host: &str) -> Result<(), Refused> {
        if self.settings.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)) {
            return Ok(());
        }
        let text = "The request is meant for another server. Its administrator must name this host.";
        Err(Refused::new(ErrorCode::OtherHost, text))
    }

    /// Reads a large body from somebody who is known, once there is room for it.
    pub async fn large_body(&self, headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Refused> {
        refuse_length(headers, most)?;
        let room = tokio::time::timeout(ROOM, self.large_bodies.acquire()).await;
        let Ok(Ok(_room)) = room else {
            return Err(Refused::too_many(ROOM));
        };
        read_body(body, most).await
    }
}

/// Reads a small body, from anybody.
pub async fn small_body(headers: &HeaderMap, body: Body, most: usize) -> Result<Bytes, Refused> {
    refuse_length(headers, most)?;
    read_body(body, most).await
}

/// Refuses by the length that is announced, before anything is read. What is not much too large is read to its end all
/// the same and thrown away: who is cut off in the middle of sending seldom hears why.
fn refuse_length(headers: &HeaderMap, most: usize) -> Result<(), Refused> {
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|it| it.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > 2 * most as u64) { Err(too_large(most)) } else { Ok(()) }
}

fn too_large(most: usize) -> Refused {
    Refused::new(ErrorCode::TooLarge, format!("The request is larger than {most} bytes."))
}

async fn read_body(mut body: Body, most: usize) -> Result<Bytes, Refused> {
    let too_slow = || Refused::new(ErrorCode::Malformed, "The request came too slowly, or broke off.");
    let begun = Instant::now();
    let mut all = BytesMut::new();
    let mut length = 0;
    loop {
        let left = WHOLE.saturating_sub(begun.elapsed()).min(PAUSE);
        let frame = match tokio::time::timeout(left, body.frame()).await {
            Ok(Some(frame)) => frame.map_err(|_| too_slow())?,
            Ok(None) if length > most => return Err(too_large(most)),
            Ok(None) => return Ok(all.freeze()),
            Err(_) => return Err(too_slow()),
        };
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > 2 * most {
            return Err(too_large(most));
        }
        if length <= most {
            all.extend_from_slice(&data);
        }
    }
}
