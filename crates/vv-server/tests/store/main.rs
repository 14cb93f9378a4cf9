//! What every store promises, asked of both: one SQLite file, and PostgreSQL.

#![allow(clippy::unwrap_used)]

mod access;
mod parcels;
mod records;
mod whole;

use std::sync::Arc;

use tempfile::TempDir;
use vv_protocol::wire::{AccessClaim, KeyRights, Rights};
use vv_server::store::postgres::PostgresStore;
use vv_server::store::sqlite::SqliteStore;
use vv_server::store::{Ask, Caller, NewSpace, Outcome, Push, Store};
use vv_server::testing::{Cluster, Feed, Key};

/// A length that a sealed part may have.
const CT: usize = 304;
const SPACE: [u8; 16] = [1; 16];
const QUOTA: u64 = 10_000_000;

/// A store with what keeps it alive.
struct Place {
    store: Arc<dyn Store>,
    name: &'static str,
    _folder: TempDir,
    _cluster: Option<Arc<Cluster>>,
}

async fn sqlite() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let store = Arc::new(SqliteStore::open(&folder.path().join("server.db")).unwrap());
    Place { store, name: "SQLite", _folder: folder, _cluster: None }
}

async fn postgres() -> Place {
    let cluster = Cluster::shared();
    let store = Arc::new(PostgresStore::open(&cluster.make_database().await, 8).await.unwrap());
    Place { store, name: "PostgreSQL", _folder: tempfile::tempdir().unwrap(), _cluster: Some(cluster) }
}

/// Both stores, empty.
async fn both() -> [Place; 2] {
    [sqlite().await, postgres().await]
}

/// Both stores, each with one space that `key(1)` administers, `key(2)` writes and `key(3)` reads.
async fn both_with_a_space() -> [Place; 2] {
    let places = both().await;
    for place in &places {
        place.store.make_space(new_space(SPACE)).await.unwrap();
    }
    places
}

fn key(number: u64) -> [u8; 32] {
    Key::of(number).public()
}

fn new_space(space: [u8; 16]) -> NewSpace {
    let one = |number, rights| KeyRights { key: key(number), rights };
    NewSpace {
        space,
        by: key(1),
        keys: vec![one(1, Rights::ALL), one(2, Rights::MEMBER), one(3, Rights::READ)],
        quota: QUOTA,
        voucher: None,
    }
}

fn caller(number: u64) -> Caller {
    Caller { space: SPACE, key: key(number) }
}

fn feed(number: u64) -> Feed {
    Feed::begin(Key::of(1_000 + number), SPACE, 1)
}

fn push(batch: vv_protocol::wire::Batch) -> Push {
    Push { caller: caller(2), stream: 1, batch, access: None }
}

fn all() -> Ask {
    Ask { stream: 1, after: 0, limit: 1_000, max_bytes: 4_000_000 }
}

fn access(version: u64, changes: &[(u64, Rights)]) -> AccessClaim {
    let mut keys: Vec<_> =
        changes.iter().map(|(number, rights)| KeyRights { key: key(*number), rights: *rights }).collect();
    keys.sort_by_key(|one| one.key);
    AccessClaim { space: SPACE, version, keys }
}

fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> vv_server::store::StoreError {
    outcome.expect_err("the store refuses")
}
