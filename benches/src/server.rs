//! How much the server takes in and holds: the program itself, asked over loopback by clients in this process.
//!
//! The control of the embedded server is a bare SQLite file on the same disk: the same bytes, a thousand rows in each durable
//! transaction. PostgreSQL runs from a folder on the same disk, as safe as it comes. Server, database and clients share the machine.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use vv_server::testing::{Cluster, Device, Feed, Key, Process};

use crate::figures::Table;
use crate::machine;
use crate::place::Place;

/// The sealed part of a record whose body has 140 bytes.
const CT: usize = 304;
const FIRST_PUSH: usize = 10_000;
const BATCH: usize = 1_000;
const SPACES: usize = 1_000;
const CLIENTS: usize = 32;
/// Records in one push of somebody who writes.
const SMALL: usize = 10;
/// How many pushes each space gets, and the hot one in all.
const ROUNDS: usize = 6;
const HOT: usize = 3_000;
const LISTENERS: usize = 5_000;
/// In how many spaces they listen.
const LISTENED: usize = 100;
const NO_LIMITS: [&str; 6] = ["--pushes", "1000000", "--requests", "1000000", "--pulled", "1000000"];
/// How long the last poke may take to reach the last listener.
const HEARD: Duration = Duration::from_secs(30);

/// Measures first pushes, PostgreSQL and idle listeners.
pub async fn measure(table: &mut Table) {
    first_push(table).await;
    postgres(table).await;
    listeners(table).await;
}

/// Finds the server that was built beside this program.
fn program() -> PathBuf {
    let this = std::env::current_exe().expect("a program knows where it lies");
    this.with_file_name("vv-server")
}

/// Starts the server's program with a folder of its own in a place.
pub fn start(place: &Place, name: &str, options: &[&str]) -> Process {
    let data = place.path(name);
    let data = data.to_str().expect("the folder of a measure has a plain name");
    Process::start(&program(), &[&["--data", data], &NO_LIMITS[..], options].concat())
}

async fn sign_in(address: &str, space: [u8; 16]) -> Device {
    let mut device = Device::new(&Device::client(), address, Key::of(1), space);
    device.make_space(&[], None).await.expect("a space can be made");
    device.sign_in().await.expect("its maker may enter");
    device
}

fn space(number: usize) -> [u8; 16] {
    let mut id = [0x5a; 16];
    id[..8].copy_from_slice(&(number as u64).to_le_bytes());
    id
}

async fn first_push(table: &mut Table) {
    let place = Place::new();
    let process = start(&place, "embedded", &[]);
    let device = sign_in(process.address(), space(0)).await;
    let mut feed = Feed::begin(Key::of(2), space(0), 1);
    let batches: Vec<_> = (0..FIRST_PUSH / BATCH).map(|_| feed.batch(BATCH, CT)).collect();
    let bytes: usize = batches.iter().map(|batch| batch.encode().len()).sum();
    let raw = batches[0].records[0].raw().len();
    machine::settle_disk();
    let bare = bare_rows(&place, raw);
    let begun = Instant::now();
    for batch in &batches {
        let answer = device.push(1, batch).await.expect("a push goes through");
        assert_eq!(answer.accepted as usize, BATCH);
    }
    let took = begun.elapsed();
    let each = |took: Duration| FIRST_PUSH as f64 / took.as_secs_f64();
    table.row(
        format!("server: first push of {FIRST_PUSH} records to the embedded server, loopback"),
        format!(
            "{:.0}/s = 1/{:.1} of {:.0}/s",
            each(took),
            took.as_secs_f64() / bare.as_secs_f64(),
            each(bare)
        ),
        "≥ 15,000/s",
        each(took) >= 15_000.0,
    );
    let on_the_wire = (bytes + FIRST_PUSH / BATCH * 600).div_ceil(FIRST_PUSH);
    table.row(
        "server: bytes on the wire for such a record, with heads of HTTP",
        format!("{on_the_wire}"),
        "≤ 360",
        on_the_wire <= 360,
    );
    let begun = Instant::now();
    let mut after = 0;
    while after < FIRST_PUSH as u64 {
        after = device.pull(1, after, BATCH as u32).await.expect("a pull goes through").last();
    }
    table.note("server: pulling them, with chains verified", format!("{:.0}/s", each(begun.elapsed())));
}

/// Writes rows of the same size into a bare file, durably, a thousand at a time.
pub fn bare_rows(place: &Place, size: usize) -> Duration {
    let mut sql = Connection::open(place.path("bare.db")).expect("a database can be made");
    sql.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (number INTEGER PRIMARY KEY, body BLOB);",
    )
    .expect("a table can be made");
    let body = vec![7u8; size];
    let begun = Instant::now();
    for _ in 0..FIRST_PUSH / BATCH {
        let tx = sql.transaction().expect("a transaction begins");
        for _ in 0..BATCH {
            tx.prepare_cached("INSERT INTO row (body) VALUES (?1)")
                .and_then(|mut insert| insert.execute([&body]))
                .expect("a row can be added");
        }
        tx.commit().expect("a transaction is durable");
    }
    begun.elapsed()
}

async fn postgres(table: &mut Table) {
    let place = Place::new();
    let cluster = Cluster::start(place.root(), &["shared_buffers=256MB", "max_wal_size=2GB"]);
    let database = cluster.make_database().await;
    let process = start(&place, "postgres", &["--database", &database, "--connections", "32"]);
    let first = sign_in(process.address(), space(0)).await;

    let mut work = Vec::new();
    for number in 1..=SPACES {
        let device = sign_in(process.address(), space(number)).await;
        let mut feed = Feed::begin(Key::of(10_000 + number as u64), space(number), 1);
        work.push((device, (0..ROUNDS).map(|_| feed.batch(SMALL, CT)).collect::<Vec<_>>()));
    }
    let shares: Vec<Vec<_>> = deal(work);
    machine::settle_disk();
    let begun = Instant::now();
    let pushing: Vec<_> = shares
        .into_iter()
        .map(|share| {
            tokio::spawn(async move {
                for round in 0..ROUNDS {
                    for (device, batches) in &share {
                        device.push(1, &batches[round]).await.expect("a push goes through");
                    }
                }
            })
        })
        .collect();
    for one in pushing {
        one.await.expect("a client comes to its end");
    }
    let many = (SPACES * ROUNDS * SMALL) as f64 / begun.elapsed().as_secs_f64();
    table.row(
        format!("server with PostgreSQL: {SPACES} spaces, {CLIENTS} clients, {SMALL} records a push"),
        format!("{many:.0}/s"),
        "≥ 10,000/s",
        many >= 10_000.0,
    );

    let shares: Vec<_> = (0..CLIENTS)
        .map(|client| {
            let mut feed = Feed::begin(Key::of(50_000 + client as u64), space(0), 1);
            (0..HOT / CLIENTS).map(|_| feed.batch(SMALL, CT)).collect::<Vec<_>>()
        })
        .collect();
    let count: usize = shares.iter().map(Vec::len).sum();
    machine::settle_disk();
    let begun = Instant::now();
    let pushing: Vec<_> = shares
        .into_iter()
        .map(|share| {
            let device = first.clone();
            tokio::spawn(async move {
                for batch in &share {
                    device.push(1, batch).await.expect("a push goes through");
                }
            })
        })
        .collect();
    for one in pushing {
        one.await.expect("a client comes to its end");
    }
    let hot = (count * SMALL) as f64 / begun.elapsed().as_secs_f64();
    table.row(
        format!("server with PostgreSQL: one hot space, {CLIENTS} clients"),
        format!("{hot:.0}/s"),
        "≥ 4,000/s",
        hot >= 4_000.0,
    );
}

/// Deals work out to the clients.
fn deal<T>(work: Vec<T>) -> Vec<Vec<T>> {
    let mut shares: Vec<Vec<T>> = (0..CLIENTS).map(|_| Vec::new()).collect();
    for (at, one) in work.into_iter().enumerate() {
        shares[at % CLIENTS].push(one);
    }
    shares
}

async fn listeners(table: &mut Table) {
    let files = Command::new("sh").args(["-c", "ulimit -n"]).output().expect("the shell says its limits");
    let files: usize = String::from_utf8_lossy(&files.stdout).trim().parse().unwrap_or(usize::MAX);
    if files < LISTENERS + 1_000 {
        let told = format!("not measured: this shell allows {files} open files");
        table.row(format!("server: {LISTENERS} idle live connections"), told, "≤ 250 MB", false);
        return;
    }
    let place = Place::new();
    let process = start(&place, "listeners", &[]);
    let mut devices = Vec::new();
    for number in 0..LISTENED {
        devices.push(sign_in(process.address(), space(number)).await);
    }
    let before = machine::tree_pss_mib(process.id());
    let heard = Arc::new(AtomicUsize::new(0));
    let mut waiting = Vec::new();
    for at in 0..LISTENERS {
        let device = &devices[at % LISTENED];
        let mut live = device.listen(vec![device.token().to_owned()], Vec::new()).await.expect("it listens");
        let heard = heard.clone();
        waiting.push(tokio::spawn(async move {
            if live.next().await.is_some_and(|poke| poke.head == 1) {
                heard.fetch_add(1, Ordering::Relaxed);
            }
            live
        }));
    }
    let idle = machine::tree_pss_mib(process.id());
    let begun = Instant::now();
    for (number, device) in devices.iter().enumerate() {
        let mut feed = Feed::begin(Key::of(90_000 + number as u64), space(number), 1);
        device.push(1, &feed.batch(1, CT)).await.expect("a push goes through");
    }
    let all = async {
        let mut lives = Vec::new();
        for one in waiting {
            lives.push(one.await);
        }
        lives
    };
    let lives = tokio::time::timeout(HEARD, all).await;
    let took = begun.elapsed();
    let heard = heard.load(Ordering::Relaxed);
    drop(lives);
    table.row(
        format!("server: {LISTENERS} idle live connections in one process"),
        format!(
            "{idle:.0} MiB ({before:.0} before); a poke for each heard by {heard} within {:.1} s",
            took.as_secs_f64()
        ),
        "≤ 250 MB, no missed poke",
        idle * 1.048_576 <= 250.0 && heard == LISTENERS,
    );
}
