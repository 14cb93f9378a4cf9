//! A sync server over HTTP: the only code that reaches a network, and only the address that the person named.
//!
//! It fetches a token for each space by signing the server's challenge, keeps it until shortly before it ends, and fetches another
//! when the server asks for one. It tries nothing again but that: when to come back is for the sync engine to decide.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::{Method, StatusCode, Url};
use serde::de::DeserializeOwned;
use vv_core::ports::remote::wire::{
    AuthClaim, Batch, Challenge, ErrorCode, Known, Listening, MailboxAnswer, NoteAnswer, Page, Poke,
    PushAnswer, Refusal, ServerView, Signed, SpaceHeads, TokenAnswer, paths,
};
use vv_core::ports::remote::{AccessKey, Remote, RemoteError};

/// How long a connection may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long a connection is kept that nobody uses: shorter than servers keep theirs, so that none is used that has just been closed.
const IDLE: Duration = Duration::from_secs(20);
/// How long an answer may take; a page or a batch over a slow line needs time.
const ANSWER: Duration = Duration::from_secs(120);
/// How long a server may hold a wait open, with room for the way there.
const WAIT: Duration = Duration::from_secs(40);
/// So long before its end a token is not used any more.
const EARLY: Duration = Duration::from_secs(60);
/// The most bytes of one answer.
const MAX_ANSWER: u64 = 16 * 1024 * 1024;
const CBOR: &str = "application/cbor";

/// Says that an address is none that a server can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no address of a server; it begins with https:// and names a host")]
pub struct BadAddress;

/// Reaches one server.
pub struct HttpServer {
    base: Url,
    host: String,
    client: Client,
    tokens: Mutex<HashMap<[u8; 32], Token>>,
}

struct Token {
    text: String,
    until: Instant,
}

/// What is asked of the server, apart from who asks.
struct Request<'a> {
    method: Method,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Body<'a>,
    within: Duration,
}

enum Body<'a> {
    None,
    Cbor(Vec<u8>),
    Json(Vec<u8>),
    Bytes(&'a [u8]),
}

impl<'a> Request<'a> {
    fn get(path: impl Into<String>) -> Self {
        Self { method: Method::GET, path: path.into(), query: Vec::new(), body: Body::None, within: ANSWER }
    }

    fn with(method: Method, path: impl Into<String>, body: Body<'a>) -> Self {
        Self { method, body, ..Self::get(path) }
    }

    fn asking(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }
}

impl HttpServer {
    /// Prepares to reach a server; nothing is sent yet. Without encryption only this computer itself is reached.
    pub fn at(address: &str) -> Result<Self, BadAddress> {
        let base = Url::parse(address.trim().trim_end_matches('/')).map_err(|_| BadAddress)?;
        let name = base.host_str().ok_or(BadAddress)?;
        let is_here = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
        if !(base.scheme() == "https" || (base.scheme() == "http" && is_here)) {
            return Err(BadAddress);
        }
        let host = base.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
        Ok(Self { host, client: client()?, base, tokens: Mutex::default() })
    }

    fn tokens(&self) -> MutexGuard<'_, HashMap<[u8; 32], Token>> {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks for something that needs no key.
    fn ask(&self, request: &Request<'_>) -> Result<Response, RemoteError> {
        judge(self.prepare(request)?.send().map_err(of_transport)?)
    }

    /// Asks with the token of a key, fetching another one when the server wants that.
    fn ask_with(&self, key: &AccessKey, request: &Request<'_>) -> Result<Response, RemoteError> {
        for is_fresh in [false, true] {
            let token = self.token(key)?;
            let answer = self.prepare(request)?.bearer_auth(token).send().map_err(of_transport)?;
            if answer.status() == StatusCode::UNAUTHORIZED && !is_fresh {
                self.tokens().remove(&key.public());
                continue;
            }
            return judge(answer);
        }
        Err(RemoteError::Refused)
    }

    fn prepare(&self, request: &Request<'_>) -> Result<RequestBuilder, RemoteError> {
        let path = format!("{}{}", self.base.path().trim_end_matches('/'), request.path);
        let mut url = self.base.clone();
        url.set_path(&path);
        for (name, value) in &request.query {
            url.query_pairs_mut().append_pair(name, value);
        }
        let prepared = self.client.request(request.method.clone(), url).timeout(request.within);
        let kind = |prepared: RequestBuilder, kind: &str| prepared.header("content-type", kind);
        Ok(match &request.body {
            Body::None => prepared,
            Body::Cbor(bytes) => kind(prepared, CBOR).body(bytes.clone()),
            Body::Json(bytes) => kind(prepared, "application/json").body(bytes.clone()),
            Body::Bytes(bytes) => kind(prepared, "application/octet-stream").body(bytes.to_vec()),
        })
    }

    fn token(&self, key: &AccessKey) -> Result<String, RemoteError> {
        if let Some(token) = self.tokens().get(&key.public())
            && token.until > Instant::now()
        {
            return Ok(token.text.clone());
        }
        let challenge: Challenge =
            json(self.ask(&Request::with(Method::POST, paths::CHALLENGE, Body::None))?)?;
        let claim = AuthClaim {
            nonce: challenge.nonce,
            host: self.host.clone(),
            space: key.space,
            not_after: challenge.time + 900,
        };
        let signed = key.sign(&claim).encode();
        let answer: TokenAnswer =
            json(self.ask(&Request::with(Method::POST, paths::TOKEN, Body::Cbor(signed)))?)?;
        let lasts = Duration::from_secs(answer.not_after.saturating_sub(challenge.time));
        let until = Instant::now() + lasts.saturating_sub(EARLY);
        self.tokens().insert(key.public(), Token { text: answer.token.clone(), until });
        Ok(answer.token)
    }
}

/// Makes the client: certificates are judged as this system judges them.
fn client() -> Result<Client, BadAddress> {
    static PROVIDER: Once = Once::new();
    PROVIDER.call_once(|| {
        // One that is there already serves as well.
        let _there = rustls::crypto::ring::default_provider().install_default();
    });
    Client::builder()
        .connect_timeout(CONNECT)
        .pool_idle_timeout(IDLE)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("vice-versa/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|_| BadAddress)
}

fn of_transport(problem: reqwest::Error) -> RemoteError {
    let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&problem);
    while let Some(error) = cause {
        let is_certificate = |error: &rustls::Error| matches!(error, rustls::Error::InvalidCertificate(_));
        let inner = error.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref());
        if error.downcast_ref().is_some_and(is_certificate)
            || inner.and_then(|inner| inner.downcast_ref()).is_some_and(is_certificate)
        {
            return RemoteError::Untrusted;
        }
        cause = error.source();
    }
    RemoteError::Offline
}

/// Gives an answer that is what was asked for, and says of every other what it means.
fn judge(answer: Response) -> Result<Response, RemoteError> {
    let status = answer.status();
    if status.is_success() {
        return Ok(answer);
    }
    let after = answer.headers().get("retry-after").and_then(|value| value.to_str().ok()?.parse().ok());
    let refusal: Option<Refusal> = json(answer).ok();
    let Some(refusal) = refusal else {
        return Err(if status.is_server_error() { RemoteError::Failed } else { RemoteError::NotUnderstood });
    };
    Err(match refusal.code {
        ErrorCode::Unauthorised | ErrorCode::Forbidden | ErrorCode::Signature | ErrorCode::OtherHost => {
            RemoteError::Refused
        }
        ErrorCode::NotFound => RemoteError::NotFound,
        ErrorCode::TooLarge => RemoteError::TooLarge,
        ErrorCode::FeedFork => RemoteError::FeedFork,
        ErrorCode::FeedGap => RemoteError::FeedGap { expected: refusal.expected.unwrap_or(1) },
        ErrorCode::Stale => RemoteError::Stale,
        ErrorCode::Exists => RemoteError::Refused,
        ErrorCode::Voucher => RemoteError::Voucher,
        ErrorCode::Quota | ErrorCode::Full => RemoteError::Quota,
        ErrorCode::TooMany => RemoteError::Busy { after: Duration::from_secs(after.unwrap_or(5)) },
        ErrorCode::Unavailable => RemoteError::Failed,
        ErrorCode::Malformed | ErrorCode::Unknown => RemoteError::NotUnderstood,
    })
}

fn bytes(answer: Response) -> Result<Vec<u8>, RemoteError> {
    use std::io::Read as _;
    let mut bytes = Vec::new();
    answer.take(MAX_ANSWER + 1).read_to_end(&mut bytes).map_err(|_| RemoteError::Offline)?;
    if bytes.len() as u64 > MAX_ANSWER { Err(RemoteError::NotUnderstood) } else { Ok(bytes) }
}

fn json<T: DeserializeOwned>(answer: Response) -> Result<T, RemoteError> {
    serde_json::from_slice(&bytes(answer)?).map_err(|_| RemoteError::NotUnderstood)
}

impl Remote for HttpServer {
    fn host(&self) -> &str {
        &self.host
    }

    fn info(&self) -> Result<ServerView, RemoteError> {
        let view: ServerView = json(self.ask(&Request::get(paths::INFO))?)?;
        if view.protocols.contains(&1) { Ok(view) } else { Err(RemoteError::NotUnderstood) }
    }

    fn create_space(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError> {
        let request = Request::with(Method::PUT, paths::space(&key.space), Body::Cbor(claim.encode()));
        match self.ask(&request) {
            // Made before, by this key or by another: the heads tell which.
            Err(RemoteError::Refused) => self.heads(key).map(drop),
            made => made.map(drop),
        }
    }

    fn change_access(&self, key: &AccessKey, claim: &Signed) -> Result<(), RemoteError> {
        let path = paths::access(&key.space);
        self.ask(&Request::with(Method::PATCH, path, Body::Cbor(claim.encode()))).map(drop)
    }

    fn heads(&self, key: &AccessKey) -> Result<SpaceHeads, RemoteError> {
        json(self.ask_with(key, &Request::get(paths::heads(&key.space)))?)
    }

    fn pull(&self, key: &AccessKey, stream: u32, after: u64, most: u32) -> Result<Page, RemoteError> {
        let request =
            Request::get(paths::records(&key.space, stream)).asking("after", after).asking("limit", most);
        let page = bytes(self.ask_with(key, &request)?)?;
        Page::decode(&page, key.space, stream).map_err(|_| RemoteError::NotUnderstood)
    }

    fn push(&self, key: &AccessKey, stream: u32, batch: &Batch) -> Result<PushAnswer, RemoteError> {
        let path = paths::records(&key.space, stream);
        json(self.ask_with(key, &Request::with(Method::POST, path, Body::Cbor(batch.encode())))?)
    }

    fn purge(&self, key: &AccessKey, stream: u32, claim: &Signed) -> Result<(), RemoteError> {
        let path = paths::purge(&key.space, stream);
        self.ask_with(key, &Request::with(Method::POST, path, Body::Cbor(claim.encode()))).map(drop)
    }

    fn has_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<bool, RemoteError> {
        let request = Request::with(Method::HEAD, paths::blob(&key.space, name), Body::None);
        let token = self.token(key)?;
        let answer = self.prepare(&request)?.bearer_auth(token).send().map_err(of_transport)?;
        // An answer to HEAD has no body that could say more.
        match answer.status() {
            status if status.is_success() => Ok(true),
            StatusCode::NOT_FOUND => Ok(false),
            StatusCode::UNAUTHORIZED => {
                self.tokens().remove(&key.public());
                Err(RemoteError::Stale)
            }
            status if status.is_server_error() => Err(RemoteError::Failed),
            _ => Err(RemoteError::Refused),
        }
    }

    fn put_chunk(&self, key: &AccessKey, name: &[u8; 32], bytes: &[u8]) -> Result<(), RemoteError> {
        let path = paths::blob(&key.space, name);
        self.ask_with(key, &Request::with(Method::PUT, path, Body::Bytes(bytes))).map(drop)
    }

    fn get_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<Vec<u8>, RemoteError> {
        bytes(self.ask_with(key, &Request::get(paths::blob(&key.space, name)))?)
    }

    fn remove_chunk(&self, key: &AccessKey, name: &[u8; 32]) -> Result<(), RemoteError> {
        let path = paths::blob(&key.space, name);
        match self.ask_with(key, &Request::with(Method::DELETE, path, Body::None)) {
            Err(RemoteError::NotFound) => Ok(()),
            removed => removed.map(drop),
        }
    }

    fn note(&self, key: &AccessKey) -> Result<NoteAnswer, RemoteError> {
        json(self.ask_with(key, &Request::get(paths::note(&key.space)))?)
    }

    fn put_note(&self, key: &AccessKey, over: u64, bytes: &[u8]) -> Result<(), RemoteError> {
        let path = paths::note(&key.space);
        let request = Request::with(Method::PUT, path, Body::Bytes(bytes)).asking("version", over);
        self.ask_with(key, &request).map(drop)
    }

    fn post(&self, mailbox: &[u8; 16], bytes: &[u8], keep: Duration) -> Result<(), RemoteError> {
        let path = paths::mailbox(mailbox);
        let request = Request::with(Method::POST, path, Body::Bytes(bytes)).asking("seconds", keep.as_secs());
        self.ask(&request).map(drop)
    }

    fn fetch(&self, mailbox: &[u8; 16]) -> Result<Vec<Vec<u8>>, RemoteError> {
        let answer: MailboxAnswer = json(self.ask(&Request::get(paths::mailbox(mailbox)))?)?;
        Ok(answer.items.into_iter().map(|item| item.body).collect())
    }

    fn wait(&self, keys: &[AccessKey], known: &[Known]) -> Result<Vec<Poke>, RemoteError> {
        let tokens = keys.iter().map(|key| self.token(key)).collect::<Result<Vec<_>, _>>()?;
        let listening = Listening { tokens, known: known.to_vec() };
        let body = serde_json::to_vec(&listening).map_err(|_| RemoteError::Failed)?;
        let request = Request { within: WAIT, ..Request::with(Method::POST, paths::WAIT, Body::Json(body)) };
        match self.ask(&request) {
            Err(RemoteError::Refused) => {
                // A token may have ended; the next wait fetches another.
                self.tokens().clear();
                Ok(Vec::new())
            }
            answer => json(answer?),
        }
    }
}
