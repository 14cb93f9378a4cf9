//! A client that asks a server as a device does.

use std::collections::VecDeque;
use std::time::Duration;

use reqwest::{Client, Method, Response, StatusCode};
use serde::de::DeserializeOwned;
use vv_protocol::wire::{
    AuthClaim, Batch, Challenge, Claim, KeyRights, Known, Listening, Page, Poke, PushAnswer, Refusal, Rights,
    SpaceClaim, SpaceHeads, TokenAnswer, paths,
};

use super::Key;

/// Is what a server answered: what was asked for, or why not; nothing when it did not answer.
pub type Answer<T> = Result<T, Option<(u16, Refusal)>>;

/// Is one access key of one space at one server.
#[derive(Clone)]
pub struct Device {
    client: Client,
    address: String,
    host: String,
    key: Key,
    space: [u8; 16],
    token: String,
}

impl Device {
    /// Asks the server at `address` (`host:port`) as this key of this space. There is no token yet.
    pub fn new(client: &Client, address: &str, key: Key, space: [u8; 16]) -> Self {
        let (host, address) = (address.to_owned(), format!("http://{address}"));
        Self { client: client.clone(), address, host, key, space, token: String::new() }
    }

    /// Gives a client without pauses and without a proxy.
    pub fn client() -> Client {
        Self::client_with(Duration::from_secs(60))
    }

    /// Gives a client that gives up after a while.
    pub fn client_with(patience: Duration) -> Client {
        // Another test of the same program may have been first.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Client::builder()
            .no_proxy()
            .pool_max_idle_per_host(64)
            .timeout(patience)
            .build()
            .expect("a client can be made")
    }

    /// Makes the same device ask another server, with the same token.
    pub fn at(&self, address: &str) -> Self {
        Self { host: address.to_owned(), address: format!("http://{address}"), ..self.clone() }
    }

    /// Gives the key.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Gives the space.
    pub fn space(&self) -> [u8; 16] {
        self.space
    }

    /// Gives the token.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// Makes the space, with this key and others.
    pub async fn make_space(&self, others: &[KeyRights], voucher: Option<&str>) -> Answer<u16> {
        let mut keys = vec![KeyRights { key: self.key.public(), rights: Rights::ALL }];
        keys.extend_from_slice(others);
        keys.sort_by_key(|one| one.key);
        let claim = SpaceClaim {
            host: self.host.clone(),
            space: self.space,
            keys,
            voucher: voucher.map(str::to_owned),
        };
        let answer = self.send(Method::PUT, &paths::space(&self.space), self.signed(&claim)).await?;
        Ok(answer.status().as_u16())
    }

    /// Signs a claim with the access key.
    pub fn signed<C: Claim>(&self, claim: &C) -> Vec<u8> {
        self.key.claim(claim).encode()
    }

    /// Gets a token.
    pub async fn sign_in(&mut self) -> Answer<TokenAnswer> {
        let challenge: Challenge = self.json(Method::POST, paths::CHALLENGE, Vec::new()).await?;
        let claim = AuthClaim {
            nonce: challenge.nonce,
            host: self.host.clone(),
            space: self.space,
            not_after: challenge.time + 900,
        };
        let answer: TokenAnswer = self.json(Method::POST, paths::TOKEN, self.signed(&claim)).await?;
        self.token.clone_from(&answer.token);
        Ok(answer)
    }

    /// Pushes a batch.
    pub async fn push(&self, stream: u32, batch: &Batch) -> Answer<PushAnswer> {
        self.json(Method::POST, &paths::records(&self.space, stream), batch.encode()).await
    }

    /// Pulls a page.
    pub async fn pull(&self, stream: u32, after: u64, limit: u32) -> Answer<Page> {
        let path = format!("{}?after={after}&limit={limit}", paths::records(&self.space, stream));
        let answer = self.send(Method::GET, &path, Vec::new()).await?;
        let bytes = answer.bytes().await.map_err(|_| None)?;
        Ok(Page::decode(&bytes, self.space, stream).expect("a server gives pages that can be read"))
    }

    /// Asks how far the streams have come.
    pub async fn heads(&self) -> Answer<SpaceHeads> {
        self.json(Method::GET, &paths::heads(&self.space), Vec::new()).await
    }

    /// Begins to listen for the spaces of some tokens.
    pub async fn listen(&self, tokens: Vec<String>, known: Vec<Known>) -> Answer<Live> {
        let body = serde_json::to_vec(&Listening { tokens, known }).expect("it can be written");
        let answer = self.send(Method::POST, paths::LIVE, body).await?;
        Ok(Live { answer, text: String::new(), pokes: VecDeque::new() })
    }

    /// Asks something and reads JSON.
    pub async fn json<T: DeserializeOwned>(&self, method: Method, path: &str, body: Vec<u8>) -> Answer<T> {
        let answer = self.send(method, path, body).await?;
        let bytes = answer.bytes().await.map_err(|_| None)?;
        Ok(serde_json::from_slice(&bytes).expect("a server answers what it says it does"))
    }

    /// Asks something and gives the whole answer.
    pub async fn send(&self, method: Method, path: &str, body: Vec<u8>) -> Answer<Response> {
        let request = self.client.request(method, format!("{}{path}", self.address)).body(body);
        let request = if self.token.is_empty() { request } else { request.bearer_auth(&self.token) };
        let answer = request.send().await.map_err(|_| None)?;
        if answer.status().is_success() {
            return Ok(answer);
        }
        let status: StatusCode = answer.status();
        let bytes = answer.bytes().await.map_err(|_| None)?;
        let refusal = serde_json::from_slice(&bytes).expect("a server says why in JSON");
        Err(Some((status.as_u16(), refusal)))
    }
}

/// Reads pokes as they come.
pub struct Live {
    answer: Response,
    text: String,
    pokes: VecDeque<Poke>,
}

impl Live {
    /// Waits for the next poke; nothing when the server has ended.
    pub async fn next(&mut self) -> Option<Poke> {
        loop {
            if let Some(poke) = self.pokes.pop_front() {
                return Some(poke);
            }
            let bytes = self.answer.chunk().await.ok()??;
            self.text.push_str(std::str::from_utf8(&bytes).ok()?);
            while let Some(end) = self.text.find("\n\n") {
                let event: String = self.text.drain(..end + 2).collect();
                if let Some(data) = event.lines().find_map(|line| line.strip_prefix("data: ")) {
                    self.pokes.push_back(serde_json::from_str(data).expect("a poke can be read"));
                }
            }
        }
    }
}
