//! Connections to PostgreSQL: how they are made, pooled and brought up to date.

use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, PoolError, RecyclingMethod, Runtime};
use tokio_postgres::{Config, NoTls, Row};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::store::{Outcome, StoreError};

/// The version of the tables that this program knows.
const VERSION: i64 = 1;
/// The advisory lock under which one replica brings the tables up to date. Any number will do that nobody else uses.
const MIGRATION_LOCK: i64 = 0x7676_0001;
/// What every session asks of the server: a replica that was stopped in the middle of something holds its locks for
/// ten seconds at most.
const SESSION: &str =
    "-c idle_in_transaction_session_timeout=10s -c statement_timeout=60s -c lock_timeout=30s";

impl From<tokio_postgres::Error> for StoreError {
    fn from(error: tokio_postgres::Error) -> Self {
        match error.as_db_error() {
            // Only the kind: details may name values.
            Some(problem) => Self::Unavailable(format!("{} ({})", problem.message(), problem.code().code())),
            None => Self::Unavailable(error.to_string()),
        }
    }
}

impl From<PoolError> for StoreError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            other => Self::Unavailable(other.to_string()),
        }
    }
}

/// Says how connections are encrypted.
#[derive(Clone)]
pub enum Encryption {
    /// Not at all, because the address says so.
    None,
    /// With TLS wherever the server speaks it, or always if the address says `sslmode=require`.
    Rustls(MakeRustlsConnect),
}

/// Reads an address and decides about encryption.
pub fn read_address(address: &str) -> Outcome<(Config, Encryption)> {
    let mut config: Config = address
        .parse()
        .map_err(|_| StoreError::Unavailable("its address is not one of PostgreSQL".to_owned()))?;
    config.options(SESSION).application_name("vv-server").connect_timeout(Duration::from_secs(5));
    config.keepalives_idle(Duration::from_secs(15)).tcp_user_timeout(Duration::from_secs(20));
    let encryption = match config.get_ssl_mode() {
        tokio_postgres::config::SslMode::Disable => Encryption::None,
        mode => match MakeRustlsConnect::with_native_certs() {
            Ok((tls, _)) => Encryption::Rustls(tls),
            Err(_) if mode == tokio_postgres::config::SslMode::Prefer => Encryption::None,
            Err(_) => {
                let text = "this computer has no certificates by which to trust it".to_owned();
                return Err(StoreError::Unavailable(text));
            }
        },
    };
    Ok((config, encryption))
}

/// Makes the pool. No connection is made yet.
pub fn pool(config: Config, encryption: Encryption, connections: usize) -> Outcome<Pool> {
    let how = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = match encryption {
        Encryption::None => Manager::from_config(config, NoTls, how),
        Encryption::Rustls(tls) => Manager::from_config(config, tls, how),
    };
    Pool::builder(manager)
        .max_size(connections)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(20)))
        .create_timeout(Some(Duration::from_secs(10)))
        .build()
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

/// Brings the tables up to date, one replica at a time, and refuses what a later version wrote.
pub async fn migrate(client: &mut Object) -> Outcome<()> {
    let tx = client.transaction().await?;
    tx.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK]).await?;
    tx.batch_execute("CREATE TABLE IF NOT EXISTS vv_schema (version bigint NOT NULL)").await?;
    let found: Option<i64> = tx.query_one("SELECT max(version) FROM vv_schema", &[]).await?.get(0);
    match found {
        None => {
            tx.batch_execute(include_str!("schema.sql")).await?;
            tx.execute("INSERT INTO vv_schema (version) VALUES ($1)", &[&VERSION]).await?;
        }
        Some(VERSION) => {}
        Some(later) => {
            let text = format!(
                "its tables have version {later}, and this program knows up to {VERSION}; update the program"
            );
            return Err(StoreError::Unavailable(text));
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Reads bytes of one length from a row.
pub fn fixed<const N: usize>(row: &Row, column: usize) -> Outcome<[u8; N]> {
    row.try_get::<_, &[u8]>(column)?
        .try_into()
        .map_err(|_| StoreError::Damaged("a stored id has a wrong length"))
}

/// Reads a number that is never negative from a row.
pub fn number(row: &Row, column: usize) -> Outcome<u64> {
    let value: i64 = row.try_get(column)?;
    u64::try_from(value).map_err(|_| StoreError::Damaged("a stored number is negative"))
}

/// Gives a number as the database keeps it. No number of ours reaches 2^63.
pub fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
