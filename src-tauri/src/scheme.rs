//! The scheme `vv`: how a page shows a picture of the notebook, which lies on the disk only sealed.
//!
//! `vv://localhost/attachment/ID` gives a file, `vv://localhost/thumbnail/ID` a small picture of it. The bytes are opened in
//! memory and go to the page that asked; nothing keeps a copy. Only what is harmless to show is named by its type: all else is
//! plain bytes, and a drawing that could hold a script is shown under a policy that runs none.

use std::sync::Arc;

use tauri::{
    Manager as _, UriSchemeContext, UriSchemeResponder, Wry,
    http::{HeaderValue, Method, Request, Response, StatusCode, header},
};
use vv_api::{App, error::ErrorCode};

use crate::{shell::Shell, windows};

/// The name of the scheme.
pub const NAME: &str = "vv";

/// The types that a page may show. A drawing in SVG can be shown as an image, where its scripts do not run.
const SHOWN: &[&str] = &[
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/avif",
    "image/svg+xml",
    "application/pdf",
];
const SHOWN_FAMILIES: &[&str] = &["audio/", "video/"];
/// Runs nothing and loads nothing, should the file ever be opened as a page.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; sandbox";

/// Names what an address asks for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    File(String),
    Thumbnail(String),
}

/// Holds what is sent.
struct Found {
    mime: String,
    bytes: Vec<u8>,
}

/// Answers a page that asks for a file.
pub fn answer(
    context: &UriSchemeContext<'_, Wry>,
    request: &Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    // The capture window reads nothing of the journal, by this way either.
    if context.webview_label() != windows::main::LABEL || request.method() != Method::GET {
        responder.respond(refuse(StatusCode::FORBIDDEN));
        return;
    }
    let Some(wanted) = read_path(request.uri().path()) else {
        responder.respond(refuse(StatusCode::NOT_FOUND));
        return;
    };
    let range = request.headers().get(header::RANGE).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let notebook = context.app_handle().state::<Shell>().notebook();
    drop(tauri::async_runtime::spawn_blocking(move || {
        responder.respond(match find(&notebook, &wanted) {
            Ok(found) => give(found, range.as_deref()),
            Err(status) => refuse(status),
        });
    }));
}

fn find(notebook: &Arc<App>, wanted: &Wanted) -> Result<Found, StatusCode> {
    let read = match wanted {
        Wanted::File(id) => vv_api::read_attachment(notebook, id),
        Wanted::Thumbnail(id) => vv_api::read_thumbnail(notebook, id),
    };
    read.map(|file| Found { mime: file.mime, bytes: file.bytes }).map_err(|failure| match failure.code {
        ErrorCode::NotFound => StatusCode::NOT_FOUND,
        ErrorCode::Locked | ErrorCode::NoNotebook => StatusCode::FORBIDDEN,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    })
}

/// Reads `/attachment/ID` and `/thumbnail/ID`, also where the slashes came percent-encoded.
fn read_path(path: &str) -> Option<Wanted> {
    let path = path.replace("%2F", "/").replace("%2f", "/");
    let (kind, id) = path.trim_start_matches('/').split_once('/')?;
    let is_id = (32..=36).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    match kind {
        "attachment" if is_id => Some(Wanted::File(id.to_owned())),
        "thumbnail" if is_id => Some(Wanted::Thumbnail(id.to_owned())),
        _ => None,
    }
}

fn give(found: Found, range: Option<&str>) -> Response<Vec<u8>> {
    let total = found.bytes.len();
    let (status, bytes, part) = match range.map(|text| read_range(text, total)) {
        None | Some(Range::All) => (StatusCode::OK, found.bytes, None),
        Some(Range::Part(from, to)) => {
            let mut bytes = found.bytes;
            bytes.truncate(to);
            bytes.drain(..from);
            (StatusCode::PARTIAL_CONTENT, bytes, Some(format!("bytes {from}-{}/{total}", to - 1)))
        }
        Some(Range::Beyond) => {
            (StatusCode::RANGE_NOT_SATISFIABLE, Vec::new(), Some(format!("bytes */{total}")))
        }
    };
    let mut response = refuse(status);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(shown_type(&found.mime)));
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if let Some(Ok(part)) = part.map(HeaderValue::try_from) {
        headers.insert(header::CONTENT_RANGE, part);
    }
    *response.body_mut() = bytes;
    response
}

/// Makes an answer without a body, with the headers that all answers bear.
fn refuse(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}

/// Gives the type under which bytes are sent.
fn shown_type(mime: &str) -> &'static str {
    let essence = mime.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if let Some(shown) = SHOWN.iter().find(|shown| **shown == essence) {
        return shown;
    }
    match SHOWN_FAMILIES.iter().find(|family| essence.starts_with(**family)) {
        Some(&"audio/") => "audio/*",
        Some(_) => "video/*",
        None => "application/octet-stream",
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Range {
    All,
    /// From the first byte to behind the last.
    Part(usize, usize),
    Beyond,
}

/// Reads one range of bytes. More than one, or what cannot be read, means all.
fn read_range(text: &str, total: usize) -> Range {
    let Some((from, to)) = text
        .strip_prefix("bytes=")
        .filter(|ranges| !ranges.contains(','))
        .and_then(|range| range.split_once('-'))
    else {
        return Range::All;
    };
    let (from, to) = (from.trim(), to.trim());
    let (from, to) = match (from.parse::<usize>(), to.parse::<usize>()) {
        (Ok(from), Ok(to)) if from <= to => (from, to.saturating_add(1).min(total)),
        (Ok(from), Err(_)) if to.is_empty() => (from, total),
        (Err(_), Ok(last)) if from.is_empty() => (total.saturating_sub(last), total),
        _ => return Range::All,
    };
    if from >= to { Range::Beyond } else { Range::Part(from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "01939d2e-7c00-7000-8000-000000000001";

    #[test]
    fn an_address_names_a_file_or_a_thumbnail() {
        assert_eq!(read_path(&format!("/attachment/{ID}")), Some(Wanted::File(ID.to_owned())));
        assert_eq!(read_path(&format!("/thumbnail%2F{ID}")), Some(Wanted::Thumbnail(ID.to_owned())));
        for path in [
            "/",
            "/attachment",
            "/attachment/",
            "/attachment/../x",
            "/secrets/1",
            &format!("/attachment/{ID}/x"),
        ] {
            assert_eq!(read_path(path), None, "{path}");
        }
    }

    #[test]
    fn nothing_is_sent_as_a_page_or_a_script() {
        for mime in [
            "text/html",
            "application/xhtml+xml",
            "text/javascript",
            "text/xml",
            "application/wasm",
            "",
            "image/unheard-of",
        ] {
            assert_eq!(shown_type(mime), "application/octet-stream", "{mime}");
        }
        assert_eq!(shown_type("image/PNG; q=1"), "image/png");
    }

    #[test]
    fn every_answer_forbids_guessing_scripts_and_copies() {
        let svg = give(Found { mime: "image/svg+xml".to_owned(), bytes: b"<svg/>".to_vec() }, None);
        for response in [svg, refuse(StatusCode::NOT_FOUND)] {
            assert_eq!(response.headers()[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
            assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
            let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && policy.contains("sandbox"));
        }
    }

    #[test]
    fn a_part_of_a_file_can_be_asked_for() {
        assert_eq!(read_range("bytes=0-3", 10), Range::Part(0, 4));
        assert_eq!(read_range("bytes=4-", 10), Range::Part(4, 10));
        assert_eq!(read_range("bytes=-3", 10), Range::Part(7, 10));
        assert_eq!(read_range("bytes=8-99", 10), Range::Part(8, 10));
        assert_eq!(read_range("bytes=10-", 10), Range::Beyond);
        assert_eq!(read_range("bytes=0-1,3-4", 10), Range::All);
        assert_eq!(read_range("lines=1-2", 10), Range::All);
        let part = give(Found { mime: "audio/ogg".to_owned(), bytes: (0..10).collect() }, Some("bytes=2-4"));
        assert_eq!((part.status(), part.body().as_slice()), (StatusCode::PARTIAL_CONTENT, &[2u8, 3, 4][..]));
        assert_eq!(part.headers()[header::CONTENT_RANGE], "bytes 2-4/10");
    }
}
