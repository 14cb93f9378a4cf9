//! How the server is put together, and how it ends.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use hyper_util::rt::TokioTimer;
use tokio::signal;

use crate::chunks::Chunks;
use crate::config::Options;
use crate::http;
use crate::patience::PatientAcceptor;
use crate::seals::random;
use crate::server::Server;
use crate::store::postgres::PostgresStore;
use crate::store::sqlite::SqliteStore;
use crate::store::{Store, StoreError};

/// How long the head of a request may take, and a connection be idle before it.
const HEAD: Duration = Duration::from_secs(30);
/// How much of a connection is read ahead at most.
const READ_AHEAD: usize = 64 * 1024;
/// How often what has expired is removed.
const TIDY: Duration = Duration::from_secs(600);
/// How long a TLS handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// Opens the store that the options name.
pub async fn open_store(options: &Options) -> Result<Arc<dyn Store>, StoreError> {
    match &options.database {
        Some(address) => {
            let connections = options.connections.unwrap_or(16).max(2);
            Ok(Arc::new(PostgresStore::open(address, connections).await?))
        }
        None => {
            let folder = options.data();
            let problem = |error: std::io::Error| {
                StoreError::Unavailable(format!("the folder {} cannot be used: {error}", folder.display()))
            };
            std::fs::create_dir_all(&folder).map_err(problem)?;
            Ok(Arc::new(SqliteStore::open(&folder.join("server.db"))?))
        }
    }
}

/// Opens the store for chunks that the options name.
pub fn open_chunks(options: &Options) -> Result<Chunks, String> {
    let chunks = match options.blobs.as_deref() {
        Some(address) if address.starts_with("s3://") => Chunks::in_bucket(address),
        Some(folder) => Chunks::in_folder(Path::new(folder)),
        None => Chunks::in_folder(&options.data().join("blobs")),
    };
    chunks.map_err(|error| error.to_string())
}

/// Gives the secret that proves tokens and vouchers.
pub async fn secret(options: &Options, store: &dyn Store) -> Result<[u8; 32], String> {
    match &options.secret_file {
        Some(path) => {
            let text = std::fs::read_to_string(path)
                .map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
            vv_protocol::wire::hex::from_text(text.trim())
                .ok_or_else(|| format!("{} does not hold 64 hexadecimal digits.", path.display()))
        }
        None => store.secret(random()).await.map_err(|error| error.to_string()),
    }
}

/// Serves until it is told to stop. `listening` hears the address, once there is one.
pub async fn serve(options: Options, listening: impl FnOnce(SocketAddr)) -> Result<(), String> {
    let store = open_store(&options).await.map_err(|error| error.to_string())?;
    let secret = secret(&options, store.as_ref()).await?;
    let chunks = open_chunks(&options)?;
    let listener = TcpListener::bind(options.listen())
        .map_err(|error| format!("{} cannot be listened at: {error}", options.listen()))?;
    listener.set_nonblocking(true).map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let server = Arc::new(Server::new(store.clone(), chunks, &secret, options.settings(address)?));

    tokio::spawn(server.hub.clone().run(store.clone()));
    tokio::spawn(tidy(server.clone()));
    if let Some(address) = options.metrics_listen {
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(|error| format!("{address} cannot be listened at: {error}"))?;
        let metrics = http::metrics_router(server.clone());
        tokio::spawn(async move { axum::serve(listener, metrics).await });
    }

    let handle = Handle::new();
    let drain = Duration::from_secs(options.drain.unwrap_or(30));
    tokio::spawn(end(server.clone(), handle.clone(), drain));
    let routes = http::router(server.clone()).into_make_service_with_connect_info::<SocketAddr>();
    tracing::info!(%address, version = env!("CARGO_PKG_VERSION"), "listening");
    listening(address);
    let tls = match (&options.tls_certificates, &options.tls_key) {
        (Some(certificates), Some(key)) => {
            let tls = read_certificates(certificates, key)
                .await
                .map(RustlsConfig::from_config)
                .map_err(|error| format!("the certificates for TLS cannot be used: {error}"))?;
            tokio::spawn(renew_certificates(tls.clone(), certificates.clone(), key.clone()));
            Some(tls)
        }
        _ => None,
    };
    let served = match tls {
        Some(tls) => {
            let acceptor = RustlsAcceptor::new(tls).handshake_timeout(HANDSHAKE).acceptor(PatientAcceptor);
            let mut server = axum_server::from_tcp(listener).map_err(|error| error.to_string())?;
            settle(server.http_builder());
            server.acceptor(acceptor).http1_only().handle(handle).serve(routes).await
        }
        None => {
            let mut server = axum_server::from_tcp(listener).map_err(|error| error.to_string())?;
            settle(server.http_builder());
            server.acceptor(PatientAcceptor).http1_only().handle(handle).serve(routes).await
        }
    };
    served.map_err(|error| error.to_string())?;
    tracing::info!("ended");
    Ok(())
}

/// Gives connections their deadlines.
fn settle(builder: &mut hyper_util::server::conn::auto::Builder<hyper_util::rt::TokioExecutor>) {
    builder.http1().timer(TokioTimer::new()).header_read_timeout(HEAD).max_buf_size(READ_AHEAD);
}

/// Waits for the word to stop; then no connection is taken any more, and what runs has `drain` to end.
async fn end(server: Arc<Server>, handle: Handle<SocketAddr>, drain: Duration) {
    told_to_stop().await;
    tracing::info!("draining");
    server.drain();
    handle.graceful_shutdown(Some(drain));
}

#[cfg(unix)]
async fn told_to_stop() {
    let mut terminate =
        signal::unix::signal(signal::unix::SignalKind::terminate()).expect("the system passes signals on");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = signal::ctrl_c() => {}
    }
}

#[cfg(not(unix))]
async fn told_to_stop() {
    signal::ctrl_c().await.expect("the system passes signals on");
}

/// Reads certificates and their key, for HTTP/1.1 and nothing else.
async fn read_certificates(certificates: &Path, key: &Path) -> std::io::Result<Arc<rustls::ServerConfig>> {
    let read = RustlsConfig::from_pem_file(certificates, key).await?;
    let mut tls = rustls::ServerConfig::clone(&read.get_inner());
    tls.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(tls))
}

#[cfg(unix)]
async fn renew_certificates(tls: RustlsConfig, certificates: std::path::PathBuf, key: std::path::PathBuf) {
    let mut told =
        signal::unix::signal(signal::unix::SignalKind::hangup()).expect("the system passes signals on");
    while told.recv().await.is_some() {
        match read_certificates(&certificates, &key).await {
            Ok(new) => {
                tls.reload_from_config(new);
                tracing::info!("the certificates were read again");
            }
            Err(error) => tracing::error!(%error, "the new certificates cannot be used; the old ones stay"),
        }
    }
}

#[cfg(not(unix))]
async fn renew_certificates(_tls: RustlsConfig, _certificates: std::path::PathBuf, _key: std::path::PathBuf) {
}

/// Removes what has expired, for as long as the program runs.
async fn tidy(server: Arc<Server>) {
    let mut due = tokio::time::interval(TIDY);
    loop {
        due.tick().await;
        match server.store.tidy(server.now()).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "removed what had expired"),
            Err(error) => tracing::warn!(%error, "what has expired could not be removed"),
        }
    }
}
