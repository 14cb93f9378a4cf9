//! The server as its handlers see it: store, chunks, seals, who listens, and the limits.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::sync::{Semaphore, watch};
use vv_protocol::limits;
use vv_protocol::wire::ServerLimits;

use crate::chunks::Chunks;
use crate::hub::Hub;
use crate::metrics::Metrics;
use crate::rates::{Rate, Rates};
use crate::seals::Seals;
use crate::store::{AccessKey, Store};

/// How many large bodies are taken in at once; each may be 4 MiB.
const LARGE_BODIES: usize = 64;

/// What an administrator may choose about how requests are answered.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The names by which devices may call this server.
    pub hosts: Vec<String>,
    /// Whether a space is made with a voucher only.
    pub needs_voucher: bool,
    /// How many bytes a new space may hold.
    pub quota: u64,
    /// How large an attached file may be; devices hold to it.
    pub blob: u64,
    /// Pushes of one access key.
    pub pushes: Rate,
    /// Requests of one address.
    pub requests: Rate,
    /// Bytes pulled by one access key.
    pub pulled: Rate,
    /// Whether a proxy before this server says in `X-Forwarded-For` who asks.
    pub behind_proxy: bool,
}

/// Answers requests.
pub struct Server {
    /// Where spaces are kept.
    pub store: Arc<dyn Store>,
    /// Where the contents of chunks are kept.
    pub chunks: Chunks,
    /// What proves challenges, tokens and vouchers.
    pub seals: Seals,
    /// Who listens.
    pub hub: Arc<Hub>,
    /// What is counted.
    pub metrics: Metrics,
    /// What the administrator chose.
    pub settings: Settings,
    /// Pushes of access keys.
    pub pushes: Rates<AccessKey>,
    /// Requests of addresses.
    pub requests: Rates<IpAddr>,
    /// Bytes pulled by access keys.
    pub pulled: Rates<AccessKey>,
    /// Room for large bodies.
    pub large_bodies: Arc<Semaphore>,
    draining: watch::Sender<bool>,
}

impl Server {
    /// Puts the server together.
    pub fn new(store: Arc<dyn Store>, chunks: Chunks, secret: &[u8; 32], settings: Settings) -> Self {
        Self {
            store,
            chunks,
            seals: Seals::new(secret),
            hub: Arc::new(Hub::default()),
            metrics: Metrics::default(),
            pushes: Rates::new(settings.pushes),
            requests: Rates::new(settings.requests),
            pulled: Rates::new(settings.pulled),
            large_bodies: Arc::new(Semaphore::new(LARGE_BODIES)),
            draining: watch::channel(false).0,
            settings,
        }
    }

    /// Gives the clock, in seconds since 1970.
    pub fn now(&self) -> u64 {
        SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs()
    }

    /// Ends what would go on for long, because the server is about to end.
    pub fn drain(&self) {
        self.draining.send_replace(true);
    }

    /// Waits until the server is about to end.
    pub fn draining(&self) -> impl Future<Output = ()> + Send + 'static {
        let mut draining = self.draining.subscribe();
        async move {
            // A server that is gone drains too.
            let _ = draining.wait_for(|it| *it).await;
        }
    }

    /// Says what is accepted at most.
    pub fn limits(&self) -> ServerLimits {
        ServerLimits {
            record: limits::MAX_RECORD_LEN as u64,
            batch_records: limits::MAX_BATCH_RECORDS as u64,
            batch_bytes: limits::MAX_BATCH_LEN as u64,
            chunk: limits::MAX_SEALED_CHUNK_LEN as u64,
            blob: self.settings.blob,
            space: self.settings.quota,
            note: limits::MAX_NOTE_LEN as u64,
            mailbox_item: limits::MAX_MAILBOX_ITEM_LEN as u64,
            mailbox_items: limits::MAX_MAILBOX_ITEMS as u64,
        }
    }
}
